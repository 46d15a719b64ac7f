//! A05–A07: weights against 100, against the levels' printed weights, and against the profile.

use super::{Checked, IndicatorRow};
use crate::document::{CellId, Edit};
use crate::engine::calc::sum;
use crate::engine::evaluation::{LevelSubtotal, RowState, Score};
use crate::engine::values::typed_value;
use crate::engine::{LevelPairs, printed_points};
use crate::finding::{Code, Facts, Finding, Severity};
use crate::number::Exact;
use crate::outcome::Outcome;
use crate::prelude::*;
use crate::template::{CellKind, Role, TableRole};

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let Some(score) = &checked.evaluation.score else { return };
    weight_sum(checked, score, findings);
    named_weights(checked, score, findings);
    sources_with_points(checked, findings);
    level_weights(checked, score, findings);
    second_level_weights(checked, findings);
    profile_weights(checked, score, findings);
}

/// A05
fn weight_sum(checked: &Checked<'_>, score: &Score, findings: &mut Vec<Finding>) {
    let (Some(total), Some(indicators)) = (score.weight.value(), score.indicator_weight.value()) else { return };
    let expected = checked.profile().weights.total.value;
    let Some(cell) = checked.role(Role::WeightTotal).or(checked.role(Role::ScoreTotal)) else { return };
    let printed = checked
        .form()
        .role(Role::WeightTotal)
        .and_then(|at| typed_value(checked.form(), CellKind::Points, checked.document().fixed(at), CellId::Fixed(at)).value());
    let weighed = |row: &super::IndicatorRow<'_>| row.indicator.def.at.weight.is_some();
    let is_open = |row: &IndicatorRow<'_>| weighed(row) && row.eval.state == RowState::Scored && row.eval.weight.is_blank();
    let open = || checked.indicators().filter(is_open).count();
    if total != expected {
        let open = open();
        let execution = score.execution_weight.value();
        // Execution that carries a weight but no score, over indicators that make the total alone, stands outside the 100.
        let unscored = checked.form().role(Role::ExecutionScore).is_some_and(|at| checked.document().fixed(at).is_blank());
        let outside = indicators == expected && unscored && checked.is_finished();
        let severity =
            if outside || (open > 0 && total < expected) || !checked.is_finished() { Severity::Warning } else { Severity::Error };
        let mut at = vec![cell];
        at.extend(checked.role(Role::ExecutionWeight));
        let facts = Facts::WeightSum { sum: total, expected, indicators, execution, open, outside };
        findings.push(Finding::new(Code::A05, at, facts).with_severity(severity));
    }
    // A printed 100 over rows that make something else is said above. A sum of the indicators alone is one too.
    if let Some(printed) =
        printed.filter(|printed| ![total, indicators].contains(printed) && (*printed != expected || total == expected))
    {
        let severity = if checked.is_finished() || open() == 0 { Severity::Error } else { Severity::Warning };
        let facts = Facts::WeightTotalPrinted { printed, sum: total };
        findings.push(Finding::new(Code::A05, vec![cell], facts).with_severity(severity));
    }
}

/// A05 for tables that print points only in the names of their levels: 产出指标（60分）, 效益指标（40分） beside 20 for execution.
fn named_weights(checked: &Checked<'_>, score: &Score, findings: &mut Vec<Finding>) {
    if score.indicator_weight.value().is_some() || score.levels.len() < 2 {
        return;
    }
    let mut named = score.levels.iter().map(|level| level.printed);
    let indicators = named.try_fold(Exact::ZERO, |sum, points| sum.checked_add(points?).ok());
    let Some(indicators) = indicators else { return };
    let scored = checked.form().role(Role::ExecutionScore).is_some_and(|at| !checked.document().fixed(at).is_blank());
    let execution = score.execution_weight.value().filter(|_| scored);
    let Ok(total) = indicators.checked_add(execution.unwrap_or(Exact::ZERO)) else { return };
    let expected = checked.profile().weights.total.value;
    // Levels may still be to come, and execution may stand outside.
    if total == expected || (total < expected && !checked.is_finished()) {
        return;
    }
    let name = |level: &LevelSubtotal| {
        let first = checked.level_rows(level).next()?;
        Some(first.at(first.indicator.def.at.level1))
    };
    let mut at: Vec<CellId> = score.levels.iter().filter_map(name).collect();
    at.extend(checked.role(Role::ExecutionWeight).filter(|_| execution.is_some()));
    let facts = Facts::WeightSum { sum: total, expected, indicators, execution, open: 0, outside: false };
    let severity = if checked.is_finished() { Severity::Error } else { Severity::Warning };
    if !at.is_empty() {
        findings.push(Finding::new(Code::A05, at, facts).with_severity(severity));
    }
}

/// A05: a row of fund sources that repeats the points of the row above counts them twice.
fn sources_with_points(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    for (table, def) in (0..).zip(&checked.form().tables) {
        if def.role != TableRole::Funds {
            continue;
        }
        for (position, row) in checked.document().rows(table).iter().enumerate() {
            // 合计 is the row whose points count.
            if checked.entered.nesting(table).is_sum(position) {
                continue;
            }
            let cells =
                [def.at.weight, def.at.score].into_iter().flatten().map(|column| CellId::Row { table, row: row.id, column });
            let filled: Vec<CellId> = cells.filter(|cell| matches!(checked.entered.cell(*cell), Outcome::Value(_))).collect();
            if !filled.is_empty() {
                let fix = Edit::SetMany(filled.iter().map(|cell| (*cell, String::new())).collect());
                let finding = Finding::new(Code::A05, filled, Facts::SourceWithPoints).with_severity(Severity::Warning);
                findings.push(finding.with_fix(Some(fix)));
            }
        }
    }
}

/// A06 for 一级指标: the points in the level's own name.
fn level_weights(checked: &Checked<'_>, score: &Score, findings: &mut Vec<Finding>) {
    for level in &score.levels {
        if let Some(printed) = level.printed.filter(|printed| level.weight.value().is_some_and(|weight| weight != *printed)) {
            let rows: Vec<IndicatorRow<'_>> = checked.level_rows(level).collect();
            against_name(checked, &level.name, printed, &rows, findings);
        }
    }
}

/// A06 for 二级指标.
fn second_level_weights(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let says_points = |row: &IndicatorRow<'_>| printed_points(row.indicator.level2()).is_some();
    if !checked.indicators().any(|row| says_points(&row)) {
        return;
    }
    let mut groups: Vec<(&str, Vec<IndicatorRow<'_>>)> = Vec::new();
    let mut pairs = LevelPairs::default();
    for row in checked.indicators().filter(IndicatorRow::is_used) {
        let (level1, level2) = (row.indicator.level1(), row.indicator.level2());
        let number = pairs.number(level1, level2);
        match groups.get_mut(number) {
            Some((name, rows)) => {
                // The points may be printed only once.
                if *name != level2 && printed_points(name).is_none() && printed_points(level2).is_some() {
                    *name = level2;
                }
                rows.push(row);
            }
            None => groups.push((level2, vec![row])),
        }
    }
    for (name, rows) in groups {
        if let Some(printed) = printed_points(name) {
            against_name(checked, name, printed, &rows, findings);
        }
    }
}

/// A06: the weights of the rows of a level against the points in its name. What is still to be filled in is no fault.
fn against_name(checked: &Checked<'_>, name: &str, printed: Exact, rows: &[IndicatorRow<'_>], findings: &mut Vec<Finding>) {
    let Some(sum) = sum(rows.iter().map(|row| &row.eval.weight)).value().filter(|sum| *sum != printed) else { return };
    let open = || rows.iter().any(|row| row.eval.state == RowState::Scored && row.eval.weight.is_blank());
    if sum < printed && open() {
        return;
    }
    let severity = if checked.is_finished() { Severity::Error } else { Severity::Warning };
    let cells = rows.iter().map(|row| row.at(row.indicator.def.at.weight)).collect();
    let facts = Facts::LevelWeight { level: name.to_owned(), printed, sum };
    findings.push(Finding::new(Code::A06, cells, facts).with_severity(severity));
}

/// A07: the profile's usual weights. Documents allow adjusting them, so this only reminds.
fn profile_weights(checked: &Checked<'_>, score: &Score, findings: &mut Vec<Finding>) {
    let weights = &checked.profile().weights;
    // Before every weight is there, no level has all of its points.
    let open = checked.indicators().any(|row| row.eval.state == RowState::Scored && row.eval.weight.is_blank());
    let whole = score.weight.value().is_some_and(|weight| weight >= weights.total.value);
    let levels = if !open && (whole || checked.is_finished()) { weights.levels.as_slice() } else { &[] };
    for usual in levels {
        let matching: Vec<_> =
            score.levels.iter().filter(|level| usual.names.iter().any(|name| level.name.contains(name.as_str()))).collect();
        let sum = sum(matching.iter().map(|level| &level.weight));
        let Some(sum) = sum.value().filter(|sum| *sum != usual.points.value) else { continue };
        let level = matching.iter().map(|level| level.name.as_str()).collect::<Vec<_>>().join("、");
        let rows = matching.iter().flat_map(|level| checked.level_rows(level));
        let cells: Vec<CellId> = rows.map(|row| row.at(row.indicator.def.at.weight)).collect();
        findings.push(Finding::new(Code::A07, cells, Facts::ProfileWeight { level, expected: usual.points.value, sum }));
    }
    if let (Some(usual), Some(at)) = (&weights.execution, checked.form().role(Role::ExecutionWeight))
        && let Some(printed) = checked.entered.fixed(at).value().filter(|printed| *printed != usual.value)
    {
        let cell = CellId::Fixed(at);
        let facts = Facts::ProfileWeight { level: String::new(), expected: usual.value, sum: printed };
        // As many points as the whole table has can't be meant for one row of it.
        let wrong = printed >= weights.total.value;
        let severity = if wrong { Severity::Error } else { Severity::Warning };
        let fix = wrong.then(|| Edit::Set { cell, text: usual.value.to_plain(2) });
        findings.push(Finding::new(Code::A07, vec![cell], facts).with_severity(severity).with_fix(fix));
    }
}
