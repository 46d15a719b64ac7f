//! Files (文件): the saved format, and what reading any file can say.
//!
//! A file that can't be read gives one [`ImportError`]: what is wrong, where, and how to mend it. A file that can be read may
//! still give [`Notice`]s: what was kept without being understood, or taken otherwise than it was written. The sentences are in
//! [`crate::wording::io`].

pub mod json;

use crate::document::Document;
use crate::prelude::*;
use core::fmt;

/// A text without the byte order mark that Windows programs put before it.
pub fn without_mark(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// Whether a file begins as documents or a list of them do, whatever it is called. RTF begins with a brace too, and a text may begin with
/// a bracket.
pub fn begins_as_json(bytes: &[u8]) -> bool {
    let begins = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    let list = begins.strip_prefix(b"[").map(<[u8]>::trim_ascii_start);
    begins.starts_with(b"{") && !begins.starts_with(b"{\\rtf")
        || list.is_some_and(|list| list.starts_with(b"{") || list.starts_with(b"\""))
}

/// Whether a file in a folder, by its name, is none that anybody put there: hidden files, what an office program keeps beside a document that
/// is open, and what systems put into folders.
pub fn is_left_by_programs(name: &str) -> bool {
    name.starts_with(['.', '~']) || ["thumbs.db", "desktop.ini"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// A document read from a file, with what the person should know about the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    pub document: Document,
    pub notices: Vec<Notice>,
}

/// Why a file can't be read. The file itself is never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// More than a sensible document holds.
    TooLarge(Limit),
    /// The text is no JSON. Line and column count from 1, the column in characters.
    NotJson { line: usize, column: usize, what: Broken },
    /// JSON, but not of the shape that a document has.
    NotADocument { place: Place, what: Misfit },
    /// Written by a later version of the program, in a format that this one does not know.
    Newer { version: String },
    /// Made for a form that is not at hand.
    UnknownForm { id: String },
}

/// A limit on what is read, so that no file can exhaust the memory of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of text.
    Bytes { most: usize },
    /// Rows of all tables together.
    Rows { most: usize },
}

/// How a text fails to be JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It holds nothing but white space.
    Empty,
    /// Not UTF-8.
    Encoding,
    /// It ends too early.
    Unfinished,
    /// Something unexpected stands here.
    Near(char),
}

/// Where something stands in a saved document. Rows count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The document as a whole.
    Document,
    /// A key of the document itself, such as `version` or `form.id`.
    Key(String),
    /// A cell under `cells`.
    Cell(String),
    /// A table under `tables`.
    Table(String),
    /// A row of a table.
    Row { table: String, row: usize },
    /// A cell of a row.
    RowCell { table: String, row: usize, column: String },
}

/// What does not fit in the shape of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// `{…}` was expected.
    NotAnObject,
    /// `[…]` was expected.
    NotAList,
    /// Text in quotes was expected; numbers are taken as their literal text, `null` as blank.
    NotText,
    /// A whole number was expected.
    NotAWholeNumber,
    /// A number with an exponent, whose digits as a person types them are unknown.
    Exponent(String),
    /// A text with an escape that stands for no character (half of a surrogate pair).
    BadEscape,
    /// The same key twice; only one of the two could be kept.
    Twice(String),
    /// `format` is missing or names something else.
    NotOurs,
    /// A key that every document has is missing.
    Missing,
    /// `true` or `false` was expected.
    NotAFlag,
    /// `unit` names no unit that a table may be in; what stands there instead.
    NotAUnit(String),
}

/// What a person should know about a file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Parts that this version does not know. They are kept and written again.
    Unknown { places: Vec<Place> },
    /// The profile is not at hand; the form's own is used until it is, and the id is kept.
    UnknownProfile { id: String, used: String },
    /// Written for another version of the form.
    FormVersion { file: u32, current: u32 },
    /// Row ids that were unusable or used twice, and were given anew.
    RowIds { count: usize },
    /// Rows of a fixed table that match no row of the form. They are kept after the form's own rows.
    ForeignRows { table: String, count: usize },
    /// Rows of a fixed table whose given texts differ from the form's. The file's texts are kept.
    OtherTexts { table: String, rows: Vec<usize> },
}

impl ImportError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            ImportError::TooLarge(_) => "too-large",
            ImportError::NotJson { .. } => "not-json",
            ImportError::NotADocument { .. } => "not-a-document",
            ImportError::Newer { .. } => "newer",
            ImportError::UnknownForm { .. } => "unknown-form",
        }
    }
}

impl core::error::Error for ImportError {}

/// The place as engineers write it: `tables.indicators[2].score`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Document => f.write_str("$"),
            Place::Key(key) => f.write_str(key),
            Place::Cell(cell) => write!(f, "cells[\"{cell}\"]"),
            Place::Table(table) => write!(f, "tables.{table}"),
            Place::Row { table, row } => write!(f, "tables.{table}[{}]", row.saturating_sub(1)),
            Place::RowCell { table, row, column } => write!(f, "tables.{table}[{}].{column}", row.saturating_sub(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_left_by_programs;

    #[test]
    fn what_programs_leave_in_folders_is_told_by_its_name() {
        for (name, left) in [
            (".DS_Store", true),
            ("~$自评表.docx", true),
            ("THUMBS.DB", true),
            ("desktop.ini", true),
            ("自评表.docx", false),
            ("thumbs.db.xlsx", false),
        ] {
            assert_eq!(is_left_by_programs(name), left, "{name}");
        }
    }
}
