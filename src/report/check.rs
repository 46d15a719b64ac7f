//! N03 and the report's part of L12: fields that stand for nothing, and sections that are too long.

use super::{Bound, SpanKind};
use crate::document::Document;
use crate::engine::Evaluation;
use crate::finding::{Code, Facts, Finding, Severity};
use crate::id::CellId;
use crate::prelude::*;
use crate::template::Template;

/// What was typed for the report under its outline. Sections of other outlines are kept and not looked at.
pub fn check(template: &Template, document: &Document, evaluation: &Evaluation) -> Vec<Finding> {
    let form = &template.form;
    let mut findings = Vec::new();
    let Some(outline) = super::outline(form, document).filter(|_| super::is_written(form, document)) else { return findings };
    let bound = Bound { template, document, evaluation };
    let title = [("report.title", None)].into_iter();
    let sections = outline.sections.iter().filter_map(|section| Some((section.cell.as_deref()?, section.limit)));
    for (id, limit) in title.chain(sections) {
        let Some(at) = form.cell_index(id).filter(|at| !document.fixed(*at).is_blank()) else { continue };
        let cell = CellId::Fixed(at);
        let text = document.fixed(at).text();
        let length = bound.length(text);
        if let Some(limit) = limit.filter(|limit| length > usize::from(*limit)) {
            findings.push(Finding::new(Code::L12, vec![cell], Facts::TooLong { length, limit }));
        }
        let (mut unknown, mut missing) = (Vec::new(), Vec::new());
        for span in bound.resolve(text) {
            let names = match span.kind {
                SpanKind::Unknown => &mut unknown,
                SpanKind::Missing => &mut missing,
                SpanKind::Words | SpanKind::Field | SpanKind::Blank => continue,
            };
            if !names.contains(&span.text) {
                names.push(span.text);
            }
        }
        if !unknown.is_empty() || !missing.is_empty() {
            let severity = if unknown.is_empty() { Severity::Info } else { Severity::Warning };
            findings.push(Finding::new(Code::N03, vec![cell], Facts::FieldsLeft { unknown, missing }).with_severity(severity));
        }
    }
    findings
}
