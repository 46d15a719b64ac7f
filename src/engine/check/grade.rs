//! A23: the printed grade against the total by the profile's bands; A24: the execution gate on the total.

use super::{Checked, IndicatorRow};
use crate::document::{CellId, Edit};
use crate::engine::evaluation::RowState;
use crate::engine::total::{execution_ratio, gate};
use crate::engine::values::typed_value;
use crate::engine::{grade_of, in_gap, same_grade};
use crate::finding::{Code, Facts, Finding, Severity};
use crate::number::{Exact, Reading};
use crate::prelude::*;
use crate::template::{CellKind, Role};

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let Some((cell, total)) = total(checked) else { return };
    grade(checked, total, findings);
    let Some(gate) = gate(checked.entered).filter(|gate| total > gate.max.value) else { return };
    if let Some(rate) = execution_ratio(checked.entered).and_then(|rate| checked.profile().rounding.percent(rate)) {
        findings.push(Finding::new(Code::A24, vec![cell], Facts::Gate { rate, max: gate.max.value, total }));
    }
}

/// The total that the grade is read from, or the mean of several years: as printed, else the sum of scores that are all printed. Nobody
/// is held to a total that only this page has made.
pub fn total(checked: &Checked<'_>) -> Option<(CellId, Exact)> {
    let at = checked.form().role(Role::ScoreTotal).or(checked.form().role(Role::MeanScore))?;
    let cell = CellId::Fixed(at);
    let printed = typed_value(checked.form(), CellKind::Points, checked.document().fixed(at), cell).value();
    let summed = || {
        let is_typed = |row: IndicatorRow<'_>| row.eval.state != RowState::Scored || row.eval.claimed.value().is_some();
        let execution = checked.form().role(Role::ExecutionScore).is_none_or(|at| !checked.document().fixed(at).is_blank());
        let score = checked.evaluation.score.as_ref();
        let whole =
            score.is_none_or(|score| score.weight.value().is_some_and(|weight| weight >= checked.profile().weights.total.value));
        let all = execution && whole && checked.indicators().all(is_typed);
        checked.evaluation.graded.filter(|_| all).map(Exact::from_decimal)
    };
    Some((cell, printed.or_else(summed)?))
}

fn is_printed(checked: &Checked<'_>) -> bool {
    checked.form().role(Role::ScoreTotal).is_some_and(|at| !checked.document().fixed(at).is_blank())
}

fn grade(checked: &Checked<'_>, total: Exact, findings: &mut Vec<Finding>) {
    let (Some(grades), Some(at)) = (&checked.profile().grades, checked.form().role(Role::Grade)) else { return };
    let typed = checked.document().fixed(at);
    let (Some(band), false) = (grade_of(grades, total), matches!(typed.reading(), Reading::Blank | Reading::NotApplicable))
    else {
        return;
    };
    let cell = CellId::Fixed(at);
    // What was added up may be graded before it is scaled or capped.
    let plain = checked.evaluation.score.as_ref().filter(|_| !is_printed(checked)).and_then(|score| score.entered.sum.value());
    let plain = plain.and_then(|plain| grade_of(grades, plain)).is_some_and(|band| same_grade(band, typed.text()));
    if !same_grade(band, typed.text()) && !plain {
        let facts = Facts::Grade { printed: typed.text().trim().to_owned(), expected: band.name.clone(), total };
        let fix = Edit::Set { cell, text: band.name.clone() };
        findings.push(Finding::new(Code::A23, vec![cell], facts).with_fix(Some(fix)));
    } else if in_gap(grades, total) {
        let facts = Facts::GradeGap { total, grade: band.name.clone() };
        findings.push(Finding::new(Code::A23, vec![cell], facts).with_severity(Severity::Info));
    }
}
