//! Paper as separated values: the table as the clipboard takes it, and the list of findings for other programs.

use super::findings::{About, Listed, columns};
use super::{Block, Pages, Slot, Table};
use crate::number::{Reading, read};
use crate::prelude::*;
use crate::wording::paper as words;

/// Tells Excel and WPS that a text is UTF-8: without it they take the local encoding.
pub const MARK: &str = "\u{feff}";

/// What parts the values of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// For files.
    Comma,
    /// For the clipboard.
    Tab,
}

impl Separator {
    fn char(self) -> char {
        match self {
            Separator::Comma => ',',
            Separator::Tab => '\t',
        }
    }
}

/// Line by line: a paragraph is a line of one value.
pub fn pages(pages: &Pages, separator: Separator) -> String {
    let mut text = String::new();
    for block in &pages.blocks {
        match block {
            Block::Paragraph(paragraph) => push_line(&[&paragraph.text], separator, &mut text),
            Block::Table(table) => push_table(table, separator, &mut text),
        }
    }
    text
}

/// What a merged cell covers is blank, so that every value stands once.
fn push_table(table: &Table, separator: Separator, text: &mut String) {
    for slots in table.lines() {
        let mut line: Vec<&str> = Vec::with_capacity(table.widths.len());
        for slot in slots {
            let first = if let Slot::Begins(cell) = slot { cell.text.as_str() } else { "" };
            line.push(first);
            line.extend((1..slot.columns()).map(|_| ""));
        }
        push_line(&line, separator, text);
    }
}

/// 核对结果 of many projects as one list: a line for each finding, complete in itself, and one for a project without any.
pub fn findings(projects: &[(About, Vec<Listed>)]) -> String {
    let mut text = String::new();
    for line in lines(projects) {
        push_line(&line.iter().map(String::as_str).collect::<Vec<_>>(), Separator::Comma, &mut text);
    }
    text
}

/// The same as texts, the titles of the columns first.
pub fn lines(projects: &[(About, Vec<Listed>)]) -> Vec<Vec<String>> {
    let own: Vec<words::Column> = columns(true).collect();
    let titles = words::ABOUT.iter().copied().chain(own.iter().map(|column| words::column(*column)));
    let mut lines = vec![titles.map(ToOwned::to_owned).collect()];
    for (about, all) in projects {
        let About { file, project, form, profile, date, result } = about;
        let fixed = [file.as_str(), project, form, profile, date, env!("CARGO_PKG_VERSION"), result];
        let mut push = |fields: Vec<String>| lines.push(fixed.iter().map(ToString::to_string).chain(fields).collect());
        if all.is_empty() {
            push(own.iter().map(|_| String::new()).collect());
        }
        for (at, listed) in all.iter().enumerate() {
            push(own.iter().map(|column| listed.field(*column, at)).collect());
        }
    }
    lines
}

fn push_line(values: &[&str], separator: Separator, text: &mut String) {
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            text.push(separator.char());
        }
        push_value(value, separator, text);
    }
    text.push_str("\r\n");
}

fn push_value(value: &str, separator: Separator, text: &mut String) {
    // A program for tables would run what begins like a formula. The clipboard carries the cells' own format beside the text.
    let guarded = separator == Separator::Comma && is_like_formula(value);
    let quoted = guarded || value.contains(['"', '\n', '\r', separator.char()]);
    if !quoted {
        return text.push_str(value);
    }
    text.push('"');
    if guarded {
        text.push('\'');
    }
    for char in value.chars() {
        if char == '"' {
            text.push('"');
        }
        text.push(char);
    }
    text.push('"');
}

/// Whether a program for tables would take a text for a formula. A number with its sign is none.
fn is_like_formula(value: &str) -> bool {
    value.len() > 1 && value.starts_with(['=', '+', '-', '@', '\t', '\r']) && !matches!(read(value), Reading::Quantity(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_guarded_in_files() {
        let line = |value: &str, separator: Separator| {
            let mut text = String::new();
            push_line(&[value, "a"], separator, &mut text);
            text
        };
        for value in ["=1+1", "+cmd|x", "-a", "@SUM(A1)", "\t=A1", "\r=A1", "=HYPERLINK(\"x\")"] {
            let written = line(value, Separator::Comma);
            assert!(written.starts_with("\"'"), "{written}");
            assert!(written.ends_with(",a\r\n"), "{written}");
        }
        // Numbers with a sign, words, and a lone sign are what they are.
        for value in ["-4.6", "+5", "-4.6%", "≥50", "-", "=", "1=1"] {
            assert_eq!(line(value, Separator::Comma), format!("{value},a\r\n"));
        }
        assert_eq!(line("=1+1", Separator::Tab), "=1+1\ta\r\n");
    }
}
