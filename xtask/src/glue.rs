//! The script that wasm-bindgen writes, made fit for Chromium 78, which knows neither `?.` nor `??`.
//!
//! wasm-bindgen writes `name?.field` for values that may be missing from the global scope. That one form is rewritten;
//! anything else of the kind stops the build, so that it is seen here and not on an office machine.

use anyhow::{Context, Result, bail};

pub fn for_old_browsers(glue: &str) -> Result<String> {
    let mut glue = glue.to_owned();
    while let Some((start, end, replacement)) = first_optional_field(&glue) {
        glue.replace_range(start..end, &replacement);
    }
    let code = without_literals(&glue);
    let too_new = |line: &&str| line.contains("??") || optional_chains(line).next().is_some();
    if let Some(line) = code.lines().find(too_new) {
        bail!("wasm-bindgen's script uses `?.` or `??` in a way that xtask/src/glue.rs cannot rewrite:\n{line}");
    }
    Ok(glue)
}

/// The page's script, made to ask `pageRest` for what the two parts of the program share, and to start when that is there. `script`
/// defines it, and `rest` is the file of the second part.
pub fn in_parts(glue: &str, script: &str, rest: &str) -> Result<String> {
    let around = format!(r#"= pageRest.around(__wbg_get_imports(), "./{rest}");"#);
    let begin = "await pageRest.before(instance);\nconst started = __wbg_finalize_init(instance, module);\npageRest.after();\nreturn started;";
    Ok(script.to_owned() + &starting(glue, &[(IMPORTS, &around), (BEGIN, begin)])?)
}

/// The page's script, made to keep the numbers of all functions that are called in `pageSeen`.
pub fn recording(glue: &str) -> Result<String> {
    let seen = "= Object.assign(__wbg_get_imports(), { first: { seen: at => window.pageSeen.add(at) } });";
    Ok("window.pageSeen = new Set();\n".to_owned() + &starting(glue, &[(IMPORTS, seen)])?)
}

const IMPORTS: &str = "= __wbg_get_imports();";
const BEGIN: &str = "return __wbg_finalize_init(instance, module);";

/// The script with other words in the function that starts the program; each of the words stands there once.
fn starting(glue: &str, changes: &[(&str, &str)]) -> Result<String> {
    const START: &str = "async function __wbg_init";
    let (before, start) = glue.split_once(START).context("wasm-bindgen's script has no start of the kind known")?;
    let mut start = start.to_owned();
    for (known, other) in changes {
        if start.matches(known).count() != 1 {
            bail!("wasm-bindgen's script does not say `{known}` once in its start");
        }
        start = start.replace(known, other);
    }
    Ok([before, START, &start].concat())
}

/// Where the first `name?.field` or `name?.field?.field` is, and the same in older words.
fn first_optional_field(glue: &str) -> Option<(usize, usize, String)> {
    let code = without_literals(glue);
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.');
    optional_chains(&code).find_map(|at| {
        let start = code[..at].rfind(|c| !in_name(c)).map_or(0, |before| before + 1);
        let mut value = code[start..at].to_owned();
        let mut end = at;
        while let Some(rest) = code[end..].strip_prefix("?.") {
            let field = &rest[..rest.find(|c| !in_name(c)).unwrap_or(rest.len())];
            if field.is_empty() {
                break;
            }
            value = format!("({value} == null ? undefined : {value}.{field})");
            end += 2 + field.len();
        }
        (start < at && end > at && !code[end..].starts_with('(')).then_some((start, end, value))
    })
}

/// Where `?.` stands for optional chaining: before a digit it is a condition and a fraction, as in `a?.5:1`.
fn optional_chains(code: &str) -> impl Iterator<Item = usize> {
    let chains = code.match_indices("?.").map(|(at, _)| at);
    chains.filter(|at| !code[at + 2..].starts_with(|c: char| c.is_ascii_digit()))
}

/// The script with comments, strings and regular expressions blanked out, every place as it was. Templates stay, since
/// they may hold code.
fn without_literals(script: &str) -> String {
    let bytes = script.as_bytes();
    let mut code = bytes.to_vec();
    let (mut at, mut before) = (0, b'(');
    while at < bytes.len() {
        let end = match &bytes[at..] {
            [b'/', b'/', ..] => end_of(bytes, at, "\n"),
            [b'/', b'*', ..] => end_of(bytes, at, "*/"),
            [b'/', ..] if b"(,=:[!&|?{};".contains(&before) => end_of(bytes, at, "/"),
            [b'"', ..] => end_of(bytes, at, "\""),
            [b'\'', ..] => end_of(bytes, at, "'"),
            [b'`', ..] => {
                at = end_of(bytes, at, "`");
                before = b'`';
                continue;
            }
            [other, ..] => {
                if !other.is_ascii_whitespace() {
                    before = *other;
                }
                at += 1;
                continue;
            }
            [] => break,
        };
        for byte in &mut code[at..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at = end;
    }
    String::from_utf8(code).expect("whole literals are blanked, so no character is cut")
}

/// Just after the closing mark of the literal that begins at `start`; a backslash takes the next character's meaning.
fn end_of(bytes: &[u8], start: usize, mark: &str) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        if bytes[at..].starts_with(mark.as_bytes()) {
            return at + mark.len();
        }
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(glue: &str, expected: &str) {
        assert_eq!(for_old_browsers(glue).unwrap(), expected);
    }

    #[test]
    fn fields_that_may_be_missing_are_rewritten() {
        check(
            "const ret = typeof window === 'undefined' ? null : window?.performance;",
            "const ret = typeof window === 'undefined' ? null : (window == null ? undefined : window.performance);",
        );
        check("x = a?.b?.c;", "x = ((a == null ? undefined : a.b) == null ? undefined : (a == null ? undefined : a.b).c);");
    }

    #[test]
    fn strings_comments_and_conditions_stay() {
        for glue in [
            "throw new Error('what??, a?.b');",
            "f(\"it's ?? here\"); // why?? a?.b\n/* a ?? b */",
            "const m = /[?][?.]a??'/.exec(b), c = '??';",
            "const x = a?.5:1;",
            "const t = `it's ${a} here`;",
            "const 中 = '文??';",
        ] {
            check(glue, glue);
        }
    }

    #[test]
    fn everything_else_stops_the_build() {
        for glue in ["f() ?? 0n", "f()?.x", "a?.[b]", "a?.b(c)", "a?.()", "const t = `${a ?? b}`;"] {
            assert!(for_old_browsers(glue).is_err(), "{glue}");
        }
    }
}
