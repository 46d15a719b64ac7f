//! What is handed to other programs and people: a document with everything that follows from it.

mod evaluated;

use crate::document::Document;
use crate::engine::Evaluation;
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
    line(&Line { source, notices, evaluation, error: None })
}

/// One line for a document of many that could not be read. `code` is for programs, `message` for people.
pub fn refused_line(source: Source<'_>, code: &'static str, message: String) -> String {
    line(&Line { source, notices: Vec::new(), evaluation: None, error: Some(Refusal { code, message }) })
}

fn line(line: &Line<'_>) -> String {
    // Serializing these types can't fail: all keys are texts.
    serde_json::to_string(line).unwrap_or_default()
}
