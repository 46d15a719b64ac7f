//! The saved format: a versioned JSON document that a person can write by hand. `docs/format.md` describes it.
//!
//! Numbers are read by their literal text. serde_json's `RawValue` hands that text over as it stands, so no number passes
//! through a float, and unknown parts survive byte for byte; its `arbitrary_precision` would do the first as well, but changes
//! how numbers work in every other crate of the program, and not the second.

mod entries;
pub mod evaluated;
mod found;
mod raw;
mod reading;
mod rows;
pub mod v1;
pub(crate) mod writing;

use super::{ImportError, Imported};
use crate::document::Document;
use crate::prelude::*;
use crate::template::{Form, Library};

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

pub(crate) fn pretty(file: &v1::File<'_>) -> String {
    // Serializing these types can't fail: all keys are texts.
    let mut text = serde_json::to_string_pretty(file).unwrap_or_default();
    text.push('\n');
    text
}
