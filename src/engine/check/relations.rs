//! Relations between cells that a form states (A19–A22): two figures that should be equal, or one that should not exceed another. And
//! means whose parts are not there.

use super::{Checked, rounding_tolerance};
use crate::document::CellId;
use crate::engine::calc::Direct;
use crate::engine::formula::{self, At};
use crate::engine::printed_units;
use crate::finding::{Code, Facts, Finding, Hint, Severity};
use crate::number::{Agreement, Exact, Reading, Rounding, RoundingMode, agreement};
use crate::outcome::Outcome;
use crate::prelude::*;
use crate::template::{Expr, Formula, Relation, RelationKind};

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    for relation in &checked.form().relations {
        match relation.table {
            None => findings.extend(relation_at(checked, relation, None)),
            Some(table) => {
                for (position, row) in checked.document().rows(table).iter().enumerate() {
                    findings.extend(relation_at(checked, relation, Some(At { table, position, row: row.id })));
                }
            }
        }
    }
    means(checked, findings);
}

fn relation_at(checked: &Checked<'_>, relation: &Relation, at: Option<At>) -> Option<Finding> {
    let left = side(checked, &relation.left.expr, at)?;
    let right = side(checked, &relation.right.expr, at)?;
    let by = left.checked_sub(right).ok()?;
    let mut cells = formula::operands(checked.entered, at, &relation.left.expr);
    cells.extend(formula::operands(checked.entered, at, &relation.right.expr));
    let tail = tolerance(checked, &cells).is_some_and(|tolerance| by.abs() <= tolerance);
    let mut severity = relation.code.severity();
    // A list that is still being filled in is not all of what it will be held against.
    if severity == Severity::Error && checked.form().has_points() && !checked.is_finished() {
        severity = Severity::Warning;
    }
    let mut kind = relation.kind;
    let mut hint = None;
    let mut cut_at = None;
    match relation.kind {
        RelationKind::Equal => match agreement_with_one(checked, relation, at, right)? {
            Agreement::Exact | Agreement::RoundsTo { .. } => return None,
            Agreement::TruncatesTo { dp } => (hint, cut_at) = (Some(Hint::Truncated), Some(dp)),
            Agreement::Padded { .. } => hint = Some(Hint::Padded),
            Agreement::Differs { .. } if tail => {
                severity = Severity::Info;
                kind = RelationKind::Tail;
            }
            Agreement::Differs { .. } => {}
        },
        RelationKind::AtMost if tail || !by.is_positive() => return None,
        RelationKind::AtMost => {}
        RelationKind::Tail if by.is_zero() || !tail => return None,
        RelationKind::Tail => severity = Severity::Info,
    }
    let printed = |value: Exact| printed_units(checked.form(), relation.unit, value);
    let at_decimals = |value: Exact, dp: u32| printed(value)?.round(Rounding { dp, mode: RoundingMode::HalfUp }).ok();
    let shown = |value: Exact| at_decimals(value, 6).map(|value| value.normalize());
    let facts = Facts::Relation {
        row: at.map(|at| (at.table, at.row)),
        left: (relation.left.name.clone(), shown(left)?),
        right: (relation.right.name.clone(), shown(right)?),
        by: Exact::from_decimal(shown(by)?),
        kind,
        unit: relation.unit,
        rounded: cut_at.and_then(|dp| at_decimals(right, dp)),
        hint,
    };
    // A finding needs a place; both sides of a relation of numbers only can't be at odds.
    if cells.is_empty() { None } else { Some(Finding::new(relation.code, cells, facts).with_severity(severity)) }
}

fn side(checked: &Checked<'_>, expr: &Expr, at: Option<At>) -> Option<Exact> {
    match at {
        Some(at) => formula::row(&mut Direct, checked.entered, at, expr)?.value(),
        None => formula::fixed(&mut Direct, checked.entered, expr).value(),
    }
}

/// How the left side agrees: where it is one printed number, at its own decimals.
fn agreement_with_one(checked: &Checked<'_>, relation: &Relation, at: Option<At>, right: Exact) -> Option<Agreement> {
    let cells = formula::operands(checked.entered, at, &relation.left.expr);
    if let ([cell], Expr::Operand(_)) = (cells.as_slice(), &relation.left.expr)
        && let Reading::Quantity(quantity) = checked.document().typed(*cell).reading()
        && let Some(factor) = crate::engine::values::factor(checked.form(), cell.kind(checked.form()), quantity)
    {
        return Some(agreement(quantity.number, right.checked_div(factor).ok()?));
    }
    let left = side(checked, &relation.left.expr, at)?;
    let by = left.checked_sub(right).ok()?;
    Some(if by.is_zero() { Agreement::Exact } else { Agreement::Differs { by } })
}

/// (n + 1) halves of the last printed decimal among the figures of both sides, in 元.
fn tolerance(checked: &Checked<'_>, cells: &[CellId]) -> Option<Exact> {
    let mut finest: Option<Exact> = None;
    for cell in cells {
        let Reading::Quantity(quantity) = checked.document().typed(*cell).reading() else { continue };
        let factor = crate::engine::values::factor(checked.form(), cell.kind(checked.form()), quantity)?;
        // Whole numbers are counted, not rounded.
        if quantity.decimals() > 0 {
            let step = factor.checked_div(Exact::ten_to(quantity.decimals()).ok()?).ok()?;
            finest = Some(finest.map_or(step, |finest| finest.min(step)));
        }
    }
    rounding_tolerance(cells.len(), finest?)
}

/// A08: a printed mean that nothing on the page can confirm.
fn means(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    for (at, def) in (0..).zip(&checked.form().cells) {
        let is_mean = matches!(&def.formula, Some(Formula::Expr(Expr::MeanOf(_))));
        let typed = checked.document().fixed(at);
        let open = checked.evaluation.cell(at).is_some_and(|eval| matches!(eval.computed, Outcome::Blank(_)));
        if is_mean && open && !typed.is_blank() {
            let facts = Facts::MeanWithoutParts { printed: typed.text().trim().to_owned() };
            findings.push(Finding::new(Code::A08, vec![CellId::Fixed(at)], facts).with_severity(Severity::Info));
        }
    }
}
