//! What is handed to other programs and people: a document with everything that follows from it.

pub mod blocks;
mod disclosure;
mod evaluated;
pub mod found;
pub mod mapping;
mod name;
mod place;
pub mod tables;

pub use name::file_name;

use crate::block::Blocks;
use crate::disclosure::Disclosure;
use crate::document::Document;
use crate::engine::Evaluation;
use crate::finding::Finding;
use crate::io::Imported;
use crate::io::json::{pretty, v1, writing};
use crate::prelude::*;
use crate::template::Template;
use serde::Serialize;

/// A document as it is handed to other programs: as saved, with everything that follows from it.
pub fn document(template: &Template, document: &Document, evaluation: &Evaluation) -> String {
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
    written(&Line { source, notices, evaluation, error: None })
}

/// One line for a table of a file: where it came from, the document it became, and what was not understood. `beside` is what else the file
/// holds; the first table of a file says it.
pub fn table_line(source: Source<'_>, table: &found::Table<'_>, beside: &found::Beside<'_>) -> String {
    written(&Found { source, table: Some(table), beside, evaluation: None, error: None })
}

/// The same with everything that follows from the document. Each finding says where in the file that stands which it speaks of.
pub fn checked_line(
    source: Source<'_>,
    table: &found::Table<'_>,
    beside: &found::Beside<'_>,
    template: &Template,
    document: &Document,
    evaluation: &Evaluation,
    place: impl Fn(&Finding) -> Option<String>,
) -> String {
    let mut written_out = v1::Evaluation::new(template, document, evaluation);
    for (written, finding) in written_out.findings.iter_mut().zip(&evaluation.findings) {
        written.source = place(finding);
    }
    written(&Found { source, table: Some(table), beside, evaluation: Some(written_out), error: None })
}

/// One line for a file that was read and holds no table that a form fits: what it holds instead.
pub fn unfit_line(source: Source<'_>, message: String, beside: &found::Beside<'_>) -> String {
    written(&Found { source, table: None, beside, evaluation: None, error: Some(Refusal { code: "no-table", message }) })
}

/// One line for a whole published document: its tables, every relation with its two sides, and what was found.
pub fn disclosure_line(source: Source<'_>, blocks: &Blocks, found: &Disclosure) -> String {
    written(&Whole { source, document: disclosure::Whole::new(blocks, found) })
}

/// The same without where it comes from.
pub fn disclosure_json(blocks: &Blocks, found: &Disclosure) -> String {
    written(&disclosure::Whole::new(blocks, found))
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    source: Source<'a>,
    document: disclosure::Whole<'a>,
}

#[derive(Serialize)]
struct Found<'a> {
    #[serde(flatten)]
    source: Source<'a>,
    #[serde(flatten)]
    table: Option<&'a found::Table<'a>>,
    #[serde(flatten)]
    beside: &'a found::Beside<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evaluation: Option<v1::Evaluation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Refusal>,
}

/// One line for a document of many that could not be read. `code` is for programs, `message` for people.
pub fn refused_line(source: Source<'_>, code: &'static str, message: String) -> String {
    written(&Line { source, notices: Vec::new(), evaluation: None, error: Some(Refusal { code, message }) })
}

fn written(line: &impl Serialize) -> String {
    // Serializing these types can't fail: all keys are texts.
    serde_json::to_string(line).unwrap_or_default()
}
