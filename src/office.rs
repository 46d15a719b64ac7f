//! Reading office files: bytes to [blocks](crate::block). Everything here may use `std`; the core never imports it.
//!
//! A file is told by its first bytes, never by its name. Nothing is allocated for what a file claims before it was held against
//! [`limits`]; what can't be read is refused with a [`Refusal`] that says which kind of file it is.

use crate::block::{BlockNotice, Blocks, FileKind, Limit};

pub use crate::block::Refusal;

mod bytes;
mod compound;
mod decimal;
mod decode;
mod doc;
mod docx;
mod flow;
mod gb18030;
mod grid;
mod html;
mod kind;
pub mod limits;
mod mime;
mod number_format;
mod opendocument;
mod package;
mod paste;
#[cfg(feature = "pdf")]
mod pdf;
pub mod refill;
mod sheet;
mod spreadsheetml;
mod text;
mod words;
mod xls;
mod xlsx;
mod xml;
mod zip;

#[cfg(feature = "office_module")]
pub use gb18030::decode_by;

/// Reads a file. Its name, where there is one, only helps to word a refusal, and settles whether a text is a table where the text
/// itself leaves it open.
///
/// # Errors
/// A [`Refusal`] where nothing could be read; [`crate::wording::refusal`] says it.
pub fn read(bytes: &[u8], name: Option<&str>) -> Result<Blocks, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > limits::FILE {
        return Err(Refusal::Over(Limit::File));
    }
    let name = kind::Name::of(name);
    let found = kind::of(bytes)?;
    let (kind, mut blocks) = kind::read(found, bytes, &name)?;
    if blocks.list.is_empty() {
        let pictures = blocks.notices.iter().any(|notice| matches!(notice, BlockNotice::Pictures(_)));
        return Err(Refusal::Blank { kind, pictures });
    }
    if name.says_otherwise(kind) {
        blocks.notices.insert(0, BlockNotice::NamedOtherwise(kind));
    }
    Ok(blocks)
}

/// Reads what was pasted: the HTML, which has the geometry, and the plain text where the HTML has no table or shows only `#####`.
///
/// # Errors
/// As [`read`].
pub fn read_pasted(html: Option<&str>, plain: Option<&str>) -> Result<Blocks, Refusal> {
    paste::read(html.unwrap_or_default(), plain.unwrap_or_default())
}

/// What kind of file it is, by its first bytes. What is no office file at all is [`FileKind::Text`] or [`FileKind::Unknown`].
pub fn kind(bytes: &[u8]) -> FileKind {
    kind::of(bytes).map_or(FileKind::Unknown, |found| found.kind())
}

/// Reads a part that stands within another file: a web page, an archive of one, or text.
fn read_text_part(bytes: &[u8]) -> Result<Blocks, Refusal> {
    match kind::of(bytes)? {
        found @ (kind::Found::WebPage(_) | kind::Found::WebArchive | kind::Found::Text(_)) => {
            kind::read(found, bytes, &kind::Name::of(None)).map(|(_, blocks)| blocks)
        }
        other => Err(Refusal::Unsupported(other.kind())),
    }
}
