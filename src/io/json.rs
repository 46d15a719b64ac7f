//! The saved format: a versioned JSON document that a person can write by hand. `docs/format.md` describes it.
//!
//! Numbers are read by their literal text. serde_json's `RawValue` hands that text over as it stands, so no number passes
//! through a float, and unknown parts survive byte for byte; its `arbitrary_precision` would do the first as well, but changes
//! how numbers work in every other crate of the program, and not the second.

mod evaluated;
mod raw;
mod reading;
mod rows;
pub mod v1;
mod writing;

use super::{ImportError, Imported};
use crate::document::Document;
use crate::engine::Evaluation;
use crate::prelude::*;
use crate::template::{Form, Library, Template};
use serde::Serialize;

/// The word that every document begins with.
pub const FORMAT: &str = "jixiao";
/// The newest version of the format, and the one that is written.
pub const VERSION: u32 = 1;
/// The longest text that is read, in bytes.
pub const MOST_BYTES: usize = 16 * 1_048_576;
/// The most rows that are read, in all tables together.
pub const MOST_ROWS: usize = 20_000;

/// Reads a document. An `evaluation` in the text is ignored: it follows from the rest.
///
/// # Errors
/// [`ImportError`] says what is wrong and where; see there.
pub fn read(text: &str, library: &Library) -> Result<Imported, ImportError> {
    reading::read(text, library)
}

/// Reads a document from the bytes of a file.
///
/// # Errors
/// As [`read`], and [`super::Broken::Encoding`] for bytes that are no UTF-8.
pub fn read_bytes(bytes: &[u8], library: &Library) -> Result<Imported, ImportError> {
    reading::read(raw::utf8(bytes)?, library)
}

/// A document as it is saved: indented, keys in the order of the form. Blank cells are left out.
pub fn write(document: &Document, form: &Form) -> String {
    pretty(&writing::file(document, form, None))
}

/// A document as it is handed to other programs: as saved, with everything that follows from it.
pub fn export(template: &Template, document: &Document, evaluation: &Evaluation) -> String {
    let evaluation = v1::Evaluation::with_report(template, document, evaluation);
    pretty(&writing::file(document, &template.form, Some(evaluation)))
}

/// Where a document of many comes from.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Source<'a> {
    /// `-` for standard input.
    pub file: &'a str,
    /// Its line, in JSON Lines; from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

/// What [`evaluated_line`] and [`refused_line`] say of a document, in one line.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    source: Source<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notices: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evaluation: Option<v1::Evaluation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Refusal>,
}

#[derive(Serialize)]
struct Refusal {
    code: &'static str,
    message: String,
}

/// One line for a document of many: where it came from, notices and evaluation.
pub fn evaluated_line(source: Source<'_>, template: &Template, imported: &Imported, evaluation: &Evaluation) -> String {
    let notices = imported.notices.iter().map(ToString::to_string).collect();
    let evaluation = Some(v1::Evaluation::new(template, &imported.document, evaluation));
    line(&Line { source, notices, evaluation, error: None })
}

/// One line for a document of many that could not be read. `code` is for programs, `message` for people.
pub fn refused_line(source: Source<'_>, code: &'static str, message: String) -> String {
    line(&Line { source, notices: Vec::new(), evaluation: None, error: Some(Refusal { code, message }) })
}

fn pretty(file: &v1::File<'_>) -> String {
    // Serializing these types can't fail: all keys are texts.
    let mut text = serde_json::to_string_pretty(file).unwrap_or_default();
    text.push('\n');
    text
}

fn line(line: &Line<'_>) -> String {
    // Serializing these types can't fail: all keys are texts.
    serde_json::to_string(line).unwrap_or_default()
}
