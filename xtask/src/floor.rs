//! What the oldest promised browser, Chromium 79, does not know: looked for in the scripts and styles of each bundle, so that a page with it
//! is never built. What the browser itself can tell, its real build is asked (`tests/browser/tests/old.rs`); here is what it can't tell, and
//! what would otherwise be seen only where it runs.

use anyhow::{Result, bail};

/// Calls and syntax that came after Chromium 79, as they are written. `?.` and `??` are for `glue`.
const NEWER: &[(&str, u32)] = &[
    (".replaceAll(", 85),
    ("Promise.any(", 85),
    ("&&=", 85),
    ("||=", 85),
    (".at(", 92),
    ("randomUUID(", 92),
    ("Object.hasOwn(", 93),
    (".findLast(", 97),
    ("structuredClone(", 98),
    (".toSorted(", 110),
    (".toReversed(", 110),
    (".replaceChildren(", 86),
    ("Object.groupBy(", 117),
    ("Promise.withResolvers(", 119),
    ("AbortSignal.timeout(", 103),
    ("static {", 94),
    ("import.meta.resolve(", 105),
    (".scheduler.", 94),
];

/// Refuses a script with anything newer.
pub fn script(text: &str) -> Result<()> {
    for (word, since) in NEWER {
        if let Some(line) = text.lines().find(|line| code(line).contains(word)) {
            bail!("`{word}` came with Chromium {since}, and 79 is promised: {}", line.trim());
        }
    }
    Ok(())
}

/// A line without the comment at its end.
fn code(line: &str) -> &str {
    let trimmed = line.trim_start();
    if trimmed.starts_with("//") || trimmed.starts_with('*') { "" } else { line }
}

/// Refuses a style with a gap outside of a grid: `CSS.supports` says that Chromium 79 knows it, and it does in grids alone.
pub fn style(css: &str) -> Result<()> {
    for rule in css.split('}') {
        let Some((selector, body)) = rule.rsplit_once('{') else { continue };
        let gap = body.split(';').any(|declaration| {
            let name = declaration.split(':').next().unwrap_or_default().trim();
            ["gap", "row-gap", "column-gap"].contains(&name)
        });
        if gap && !body.contains("display: grid") && !body.contains("display: inline-grid") {
            bail!("a gap in anything but a grid came with Chromium 84, and 79 is promised: {}", selector.trim());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_later_is_refused() {
        assert!(script("a.b = c.replaceAll('x', 'y');").is_err());
        assert!(script("if (a) b ||= 1;").is_err());
        assert!(script("// .replaceAll( is not known\nconst at = items[at]; format.att(1);").is_ok());
        assert!(style(".a { display: flex; gap: 4px; }").is_err());
        assert!(style("@media print { .a { row-gap: 1px } }").is_err());
        assert!(style(".a { display: grid; gap: 4px; } .bar-gap { width: 1px; }").is_ok());
    }
}
