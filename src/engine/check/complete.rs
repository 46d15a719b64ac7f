//! L04, L05, L13, L16, L17: what is missing, and what should say that it does not apply.

use super::parts::Parts;
use super::progress;
use super::{Checked, IndicatorRow};
use crate::document::CellId;
use crate::engine::calc::sum;
use crate::engine::evaluation::RowState;
use crate::engine::meaning::{Aspect, Meaning};
use crate::finding::{Code, Facts, Finding, RequiredKind, Severity};
use crate::number::Reading;
use crate::prelude::*;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let finished = checked.is_finished();
    let parts = checked.parts();
    for row in checked.indicators() {
        incomplete(checked, &row, parts, findings);
    }
    evidence(checked, finished, findings);
    if finished {
        required_kinds(checked, findings);
        blanks(checked, findings);
    }
}

/// L13: where sources are given at all, or asked for in print, every measured value has one.
fn evidence(checked: &Checked<'_>, finished: bool, findings: &mut Vec<Finding>) {
    for (table, def) in (0..).zip(&checked.form().tables) {
        let Some(column) = def.at.evidence else { continue };
        let given = checked.document().rows(table).iter().any(|row| !row.cell(column).is_blank());
        let printed = def.column(column).is_some_and(|column| !column.hidden);
        let asked = given || printed && finished;
        if !asked {
            continue;
        }
        let measured = |row: &IndicatorRow<'_>| {
            let actual = row.indicator.typed(row.indicator.def.at.actual).reading();
            matches!(actual, Reading::Quantity(_) | Reading::Range { .. }) && row.indicator.row.cell(column).is_blank()
        };
        let rows = checked.indicators().filter(|row| row.indicator.table == table && row.is_used());
        let rows = rows.filter(|row| row.eval.state != RowState::NotApplicable);
        let cells: Vec<CellId> = rows.filter(measured).map(|row| row.at(Some(column))).collect();
        if !cells.is_empty() {
            let count = cells.len();
            findings.push(Finding::new(Code::L13, cells, Facts::EvidenceMissing { count }));
        }
    }
}

/// L04
fn incomplete(checked: &Checked<'_>, row: &IndicatorRow<'_>, parts: &Parts, findings: &mut Vec<Finding>) {
    let finished = checked.is_finished();
    let to_come = !finished && row.indicator.is_measured_elsewhere();
    if left_blank(row) || to_come {
        return;
    }
    let missing = parts.missing(row);
    if missing.is_empty() {
        return;
    }
    let cells = missing.iter().map(|(_, column)| row.at(Some(*column))).collect();
    let facts = Facts::RowIncomplete { missing: missing.iter().map(|(part, _)| *part).collect() };
    // Where no total says that the table is at its end, nobody knows what is still to come.
    let severity = match (finished, checked.form().has_points()) {
        (true, true) => Severity::Error,
        (true, false) => Severity::Warning,
        (false, _) => Severity::Info,
    };
    findings.push(Finding::new(Code::L04, cells, facts).with_severity(severity));
}

/// A row that carries points or a name given by the form, but nothing of its own.
fn left_blank(row: &IndicatorRow<'_>) -> bool {
    row.indicator.is_free_of_actual() && row.indicator.is_left_blank()
}

/// L05: only where the table names levels at all.
fn required_kinds(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let mut named: Vec<Aspect> = Vec::new();
    let mut last = None;
    for row in checked.indicators() {
        // A rubric names its own rows, and prints no targets.
        if row.indicator.def.fixed || row.indicator.def.at.level2.is_none() || row.indicator.def.at.target.is_none() {
            return;
        }
        let at = &row.indicator.def.at;
        // What is declared not to apply is not missing.
        let declared = || row.indicator.typed(at.level2).reading() == &Reading::NotApplicable;
        let Meaning { aspect, section, .. } = row.eval.meaning;
        if !(named.contains(&aspect) && named.contains(&section)) && (row.is_used() || declared()) {
            named.extend([aspect, section]);
        }
        last = Some(row.at(at.level2));
    }
    let any = |belongs: fn(Aspect) -> bool| named.iter().any(|aspect| belongs(*aspect));
    if !any(|aspect| matches!(aspect, Aspect::Output | Aspect::Quantity | Aspect::Quality) || aspect.is_benefit()) {
        return;
    }
    let required = [
        (RequiredKind::Quantity, any(|aspect| aspect == Aspect::Quantity)),
        (RequiredKind::Quality, any(|aspect| aspect == Aspect::Quality)),
        (RequiredKind::Timeliness, any(|aspect| aspect == Aspect::Timeliness)),
        (RequiredKind::Cost, any(|aspect| aspect == Aspect::Cost)),
        (RequiredKind::Benefit, any(Aspect::is_benefit)),
        (RequiredKind::Satisfaction, any(|aspect| aspect == Aspect::Satisfaction)),
    ];
    let kinds: Vec<RequiredKind> = required.into_iter().filter(|(_, there)| !there).map(|(kind, _)| kind).collect();
    if let (false, Some(cell)) = (kinds.is_empty(), last) {
        findings.push(Finding::new(Code::L05, vec![cell], Facts::KindsMissing { kinds }));
    }
}

/// L16 and L17
fn blanks(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let with_points: Vec<IndicatorRow<'_>> = checked
        .indicators()
        .filter(|row| row.is_used() && row.indicator.is_left_blank() && row.indicator.def.at.score.is_some())
        .collect();
    if !with_points.is_empty() {
        let points = sum(with_points.iter().map(|row| &row.eval.weight)).value();
        let cells: Vec<CellId> = with_points.iter().map(IndicatorRow::score_cell).collect();
        if let Some(points) = points {
            findings.push(Finding::new(Code::L17, cells, Facts::WeightOnBlank { points, count: with_points.len() }));
        }
    }
    let unused = progress::unused(checked);
    let undeclared: Vec<CellId> = checked
        .indicators()
        .map(|row| {
            let blank = row.is_used() && row.indicator.def.fixed && row.indicator.is_left_blank();
            let at = &row.indicator.def.at;
            (row.at(at.score.or(at.actual)), blank && row.eval.state != RowState::NotApplicable)
        })
        .filter(|(cell, blank)| *blank || unused.contains(cell))
        .map(|(cell, _)| cell)
        .collect();
    if !undeclared.is_empty() {
        let count = undeclared.len();
        findings.push(Finding::new(Code::L16, undeclared, Facts::BlankNotDeclared { count }));
    }
}
