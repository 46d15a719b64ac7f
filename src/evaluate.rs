//! Evaluating a document: the values and checks of the engine, and the checks of the report that is written from them.

use crate::document::Document;
use crate::engine::{self, Evaluation};
use crate::prelude::*;
use crate::report;
use crate::template::Template;

/// Evaluates a document under a template. Total: every document has an evaluation, whatever is typed in it. Findings come in the order of
/// severity, then of code, then of the form.
pub fn evaluate(template: &Template, document: &Document) -> Evaluation {
    let mut evaluation = engine::compute(template, document);
    let written = report::check(template, document, &evaluation);
    if !written.is_empty() {
        evaluation.findings.extend(written);
        evaluation.findings.order_by(|finding| (finding.severity, finding.code));
    }
    evaluation
}
