//! A09 and A10 for 单项得分: a score out of 100 that is then converted by the weight. Where it was already given out of the weight, the
//! weight counts twice, and a perfect table stays far below 100.

use super::{Checked, IndicatorRow};
use crate::document::Edit;
use crate::engine::evaluation::RowState;
use crate::finding::{Code, Facts, Finding, Severity};
use crate::number::Exact;
use crate::prelude::*;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    for row in scored(checked) {
        if let Some(score) = row.indicator.single_out_of_range() {
            let cell = row.at(row.indicator.def.at.single);
            findings.push(Finding::new(Code::A09, vec![cell], Facts::ScoreRange { score, weight: Exact::HUNDRED }));
        }
    }
    let Some(most) = weight_twice(checked) else { return };
    let mut cells = Vec::new();
    let mut changes = Some(Vec::new());
    for row in scored(checked).filter(|row| !row.indicator.score_alone()) {
        let at = &row.indicator.def.at;
        cells.push(row.at(at.single));
        let whole = row.eval.cells.iter().find(|(column, _)| Some(*column) == at.single).and_then(|(_, eval)| eval.shown);
        match (whole, row.eval.weight.value()) {
            (Some(whole), Some(weight)) => {
                let converted =
                    weight.checked_mul(Exact::from_decimal(whole)).ok().and_then(|of| of.checked_div(Exact::HUNDRED).ok());
                if let (Some(changes), Some(converted)) = (&mut changes, converted) {
                    changes.push((row.at(at.single), whole.normalize().to_string()));
                    if !row.indicator.typed(at.score).is_blank() {
                        changes.push((row.score_cell(), converted.to_plain(4)));
                    }
                }
            }
            // What only a person can judge is not set.
            (None, _) | (_, None) => changes = None,
        }
    }
    let finding = Finding::new(Code::A10, cells, Facts::WeightTwice { most }).with_severity(Severity::Error);
    findings.push(finding.with_fix(changes.map(Edit::SetMany)));
}

fn scored<'a>(checked: &Checked<'a>) -> impl Iterator<Item = IndicatorRow<'a>> {
    let tables = checked.indicator_tables().filter(|(_, def)| def.at.single.is_some());
    tables.flat_map(|(table, def)| checked.table_rows(table, def)).filter(|row| row.eval.state == RowState::Scored)
}

/// Whether every 单项得分 stays within the row's own weight, and reaches it where the target was met: then it was given out of the
/// weight. Returns what a perfect table filled in like that adds up to.
pub fn weight_twice(checked: &Checked<'_>) -> Option<Exact> {
    let mut full = 0;
    let mut most = Exact::ZERO;
    for row in scored(checked) {
        let Some(weight) = row.eval.weight.value() else { continue };
        most = most.checked_add(weight.checked_mul(weight).ok()?.checked_div(Exact::HUNDRED).ok()?).ok()?;
        let Some(single) = row.indicator.single().value() else { continue };
        // A converted score that is not single × weight says that the form was read in another way.
        let converted = row.indicator.score().value();
        let as_printed = single.checked_mul(weight).ok()?.checked_div(Exact::HUNDRED).ok()?;
        if single > weight || weight >= Exact::HUNDRED || converted.is_some_and(|converted| converted != as_printed) {
            return None;
        }
        let at = row.indicator.def.at.single;
        let rule = row.eval.cells.iter().find(|(column, _)| Some(*column) == at).and_then(|(_, eval)| eval.computed.value());
        full += usize::from(single == weight && rule.is_none_or(|rule| rule == Exact::HUNDRED));
    }
    (full >= 2).then_some(most)
}
