//! Explanations (算式): a computed cell explains itself by walking the formula that computes it.

use crate::document::{CellId, Document};
use crate::engine::Evaluation;
use crate::prelude::*;
use crate::template::{Library, Template};

/// How a computed cell comes about, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The cell's own name.
    pub title: String,
    /// Named line, substituted line, result, comparison with what is typed; in that order.
    pub lines: Vec<Vec<Span>>,
    pub sources: Vec<Citation>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    /// The cell that the piece stands for: a link on the page.
    pub cell: Option<CellId>,
}

/// A source as it is cited, and whether it was checked against the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    pub text: String,
    pub verified: bool,
}

impl Explanation {
    /// As plain text, one line each: for files, tests and the annex.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            line.iter().for_each(|span| text.push_str(&span.text));
            text.push('\n');
        }
        text
    }
}

/// Explains a computed cell; `None` for a cell that nothing computes.
pub fn explain(_: &Library, _: &Template, _: &Document, _: &Evaluation, _: CellId) -> Option<Explanation> {
    None
}
