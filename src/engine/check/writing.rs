//! N02, N03 and the report's part of L12: how prose is written, and what is still to be filled in.

use super::Checked;
use crate::document::{CellId, Edit, Typed};
use crate::finding::{Code, Facts, Finding, Severity};
use crate::prelude::*;
use crate::prose::official;
use crate::report::{self, Bound, SpanKind};
use crate::template::CellKind;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let form = checked.form();
    for (at, def) in (0..).zip(&form.cells) {
        if def.kind == CellKind::Prose {
            prose(CellId::Fixed(at), checked.document().fixed(at), findings);
        }
    }
    for (table, def) in (0..).zip(&form.tables) {
        let columns = (0..).zip(&def.columns).filter(|(_, column)| column.kind == CellKind::Prose);
        for (column, _) in columns {
            for row in checked.document().rows(table) {
                prose(CellId::Row { table, row: row.id, column }, row.cell(column), findings);
            }
        }
    }
    if report::is_written(form, checked.document()) {
        written(checked, findings);
    }
}

fn prose(cell: CellId, typed: &Typed, findings: &mut Vec<Finding>) {
    let prose = typed.prose();
    if !prose.slips.is_empty() {
        let slips = prose.slips.clone();
        let fix = Edit::Set { cell, text: official::mended(typed.text(), &slips) };
        findings.push(Finding::new(Code::N02, vec![cell], Facts::Writing { slips }).with_fix(Some(fix)));
    }
    if prose.blanks > 0 {
        findings.push(Finding::new(Code::N03, vec![cell], Facts::BlanksLeft { count: prose.blanks }));
    }
    if !prose.missing.is_empty() {
        let facts = Facts::NumbersLeft { missing: prose.missing.clone() };
        findings.push(Finding::new(Code::N03, vec![cell], facts));
    }
}

/// What was typed for the report under its outline. Sections of other outlines are kept and not looked at.
fn written(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let form = checked.form();
    let Some(outline) = report::outline(form, checked.document()) else { return };
    let bound = Bound { template: checked.entered.template, document: checked.document(), evaluation: checked.evaluation };
    let title = [("report.title", None)].into_iter();
    let sections = outline.sections.iter().filter_map(|section| Some((section.cell.as_deref()?, section.limit)));
    for (id, limit) in title.chain(sections) {
        let Some(at) = form.cell_index(id).filter(|at| !checked.document().fixed(*at).is_blank()) else { continue };
        let cell = CellId::Fixed(at);
        let text = checked.document().fixed(at).text();
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
}
