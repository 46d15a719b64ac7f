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

/// A document as it is saved: indented, keys in the order of the form. Blank cells are left out.
pub fn write(document: &Document, form: &Form) -> String {
    pretty(&writing::file(document, form, None))
}

/// A document as it is handed to other programs: as saved, with everything that follows from it.
pub fn export(template: &Template, document: &Document, evaluation: &Evaluation) -> String {
    let evaluation = v1::Evaluation::new(template, document, evaluation);
    pretty(&writing::file(document, &template.form, Some(evaluation)))
}

/// The evaluation alone, in one line.
pub fn evaluation_line(template: &Template, document: &Document, evaluation: &Evaluation) -> String {
    // Serializing these types can't fail: all keys are texts.
    serde_json::to_string(&v1::Evaluation::new(template, document, evaluation)).unwrap_or_default()
}

fn pretty(file: &v1::File<'_>) -> String {
    // Serializing these types can't fail: all keys are texts.
    let mut text = serde_json::to_string_pretty(file).unwrap_or_default();
    text.push('\n');
    text
}

/// Anything serializable as one line; used by the command for its own wrappers.
pub fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
