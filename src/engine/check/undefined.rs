//! A08 for a total that can't be added up: one of its scores can't be computed, or none of them applies.

use super::Checked;
use crate::document::CellId;
use crate::engine::evaluation::{RowState, Score};
use crate::finding::{Code, Facts, Finding, Severity};
use crate::outcome::{Outcome, Why};
use crate::prelude::*;
use crate::template::Role;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let (Some(score), Some(at)) = (&checked.evaluation.score, checked.form().role(Role::ScoreTotal)) else { return };
    let total = CellId::Fixed(at);
    let printed = !checked.document().fixed(at).is_blank();
    let facts = match &score.entered.sum {
        Outcome::Undefined(why) => {
            let (cells, why) = causes(checked, score, *why);
            Some((cells, Facts::TotalUndefined { why }))
        }
        Outcome::NotApplicable if printed => Some((Vec::new(), Facts::TotalOfNothing)),
        Outcome::Value(_) | Outcome::Blank(_) | Outcome::NotApplicable => None,
    };
    let Some((cells, facts)) = facts else { return };
    let severity = if printed { Severity::Warning } else { Severity::Info };
    let at = core::iter::once(total).chain(cells).collect();
    findings.push(Finding::new(Code::A08, at, facts).with_severity(severity));
}

/// The scores that can't be computed, and why the first of them can't. Where each of them can, only their sum is too large.
fn causes(checked: &Checked<'_>, score: &Score, of_sum: Why) -> (Vec<CellId>, Why) {
    let why = |outcome: &Outcome| match outcome {
        Outcome::Undefined(why) => Some(*why),
        Outcome::Value(_) | Outcome::Blank(_) | Outcome::NotApplicable => None,
    };
    let rows =
        checked.indicators().filter(|row| matches!(row.eval.state, RowState::Scored | RowState::Deduction | RowState::Bonus));
    let rows = rows.filter_map(|row| Some((row.score_cell(), why(&row.eval.counted)?)));
    let execution = checked.role(Role::ExecutionScore).zip(why(&score.entered.execution));
    let causes: Vec<(CellId, Why)> = execution.into_iter().chain(rows).collect();
    let first = causes.first().map_or(of_sum, |(_, why)| *why);
    (causes.into_iter().map(|(cell, _)| cell).collect(), first)
}
