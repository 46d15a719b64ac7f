//! Texts in XML.

use crate::prelude::*;

pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A run of text; a line break within it stays one.
pub fn push_run(text: &str, xml: &mut String) {
    xml.push_str("<w:r>");
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            xml.push_str("<w:br/>");
        }
        if !line.is_empty() {
            xml.push_str("<w:t xml:space=\"preserve\">");
            escape(line, xml);
            xml.push_str("</w:t>");
        }
    }
    xml.push_str("</w:r>");
}

/// Characters that XML has no place for are left out: Word would refuse the whole file.
pub fn escape(text: &str, xml: &mut String) {
    for char in text.chars() {
        match char {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\t' => xml.push(char),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => xml.push(other),
        }
    }
}
