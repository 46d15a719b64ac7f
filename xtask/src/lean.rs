//! Scripts and styles without what only their readers need: comments on lines of their own, and the indentation.
//!
//! Line by line, so that nothing within a line is ever touched. Our scripts and wasm-bindgen's have no text over several lines.

/// A script as a browser needs it.
pub fn script(text: &str) -> String {
    without(text, |line| line.starts_with("//"))
}

/// A style sheet as a browser needs it.
pub fn style(text: &str) -> String {
    without(text, |_| false)
}

fn without(text: &str, comment: impl Fn(&str) -> bool) -> String {
    let mut lean = String::new();
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        inside |= line.starts_with("/*");
        if !inside && !line.is_empty() && !comment(line) {
            lean += line;
            lean.push('\n');
        }
        inside &= !line.ends_with("*/");
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_their_own_lines_and_indentation_go() {
        let text = "/* one\n   two */\na { b: c; }\n\n  /* three */\n  d { e: url(//f); } /* four */\n";
        assert_eq!(style(text), "a { b: c; }\nd { e: url(//f); } /* four */\n");
        let text = "// one\nf(\"// two\"); // three\n/**\n * four\n */\n  g(a / b);\n";
        assert_eq!(script(text), "f(\"// two\"); // three\ng(a / b);\n");
    }
}
