//! What the page and the module for office files agree on. They are two programs, so all that one tells the other is text: lists within
//! lists, each kind with a separator of its own from ASCII, and HTML.

use crate::prelude::*;

/// Between the parts of an answer.
pub const PARTS: char = '\u{1c}';
/// Between the things of a list.
pub const LIST: char = '\u{1d}';
/// Between the parts of a thing.
pub const THING: char = '\u{1e}';
/// Between the pieces of a part.
pub const PIECE: char = '\u{1f}';

/// Before a grid in HTML, between how it is named and what it holds, and behind it: another program says what its words say.
pub const GRID: char = '\u{2}';
/// The same of a file that may be a whole published document: before what is said without that program, then its blocks.
pub const WHOLE: char = '\u{3}';

/// The whole answer where a file holds documents in the saved format, which the page reads itself.
pub const JSON: &str = "{";

/// What a person says of a text that is to stand in no cell.
pub const NOWHERE: &str = "-";

/// Before a blank cell whose text may be among those that were not understood.
pub const DOUBTFUL: char = '?';

/// Parts with a separator between them.
pub fn joined(parts: &[impl AsRef<str>], separator: char) -> String {
    let mut text = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            text.push(separator);
        }
        text.push_str(part.as_ref());
    }
    text
}

/// A text without the signs that separate: they mean nothing in any text.
pub fn plain(text: &str) -> String {
    text.chars().filter(|char| !(PARTS..=PIECE).contains(char)).collect()
}

/// A text within HTML, without the control characters that mean nothing there.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            char if char.is_control() && char != '\n' && char != '\t' => {}
            char => out.push(char),
        }
    }
    out
}
