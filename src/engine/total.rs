//! 总分: what is added up, what is left out, and what may cap it.

use super::calc::{Calc, Constant, Decision, Direct, Is, Label, Sum};
use super::evaluation::{LevelSubtotal, RowEval, RowState, Score, Totals};
use super::levels::{LevelName, LevelNames, LevelPairs};
use super::values::{Basis, Values};
use crate::document::{CellId, Row, RowId, Typed};
use crate::number::{Agreement, Exact, Reading, agreement};
use crate::outcome::Outcome;
use crate::prelude::*;
use crate::template::{NotApplicable, Role, TableDef, TableIndex, grade_of};

/// 预算执行率得分 (F2): points × min(cap, executed ÷ budget), from the unrounded ratio.
pub fn execution_score<C: Calc>(calc: &mut C, values: &Values<'_>) -> C::V {
    let weight = role_cell(calc, values, Role::ExecutionWeight);
    execution_points(calc, values, weight)
}

/// The same for points that stand elsewhere, such as an indicator that is the execution rate.
pub fn execution_points<C: Calc>(calc: &mut C, values: &Values<'_>, weight: C::V) -> C::V {
    let rule = &values.template.profile.execution;
    let ratio = execution_rate(calc, values);
    let zero = calc.zero();
    if calc.choose(&ratio, Is::Below, &zero) {
        return calc.nothing(Decision::Negative, None);
    }
    let cap = calc.sourced(Constant::ExecutionCap, &rule.cap);
    let counted = calc.min(cap, ratio);
    calc.mul(weight, counted)
}

/// 全年执行数 ÷ 全年预算数 (F1); the printed rate where the amounts are not there.
pub fn execution_rate<C: Calc>(calc: &mut C, values: &Values<'_>) -> C::V {
    let executed = role_cell(calc, values, Role::ExecutedAmount);
    let budget = role_cell(calc, values, Role::AdjustedBudget);
    let ratio = calc.div(executed, budget);
    match printed_rate(values) {
        Some((cell, rate)) if C::outcome(&ratio).is_blank() => calc.cell(cell, Outcome::Value(rate)),
        Some(_) | None => ratio,
    }
}

/// The execution rate as it is printed.
fn printed_rate(values: &Values<'_>) -> Option<(CellId, Exact)> {
    let cell = CellId::Fixed(values.template.form.role(Role::ExecutionRate)?);
    Some((cell, values.typed(cell).value()?))
}

fn role_cell<C: Calc>(calc: &mut C, values: &Values<'_>, role: Role) -> C::V {
    match values.template.form.role(role) {
        Some(at) => calc.cell(CellId::Fixed(at), values.fixed(at)),
        None => calc.cell(CellId::Fixed(u16::MAX), Outcome::NotApplicable),
    }
}

/// What the rows of a level count as, under one basis.
pub fn counted(row: &RowEval, basis: Basis) -> &Outcome {
    match basis {
        Basis::Entered => &row.counted,
        Basis::Rule => &row.by_rule,
    }
}

/// 总分 (F16): the levels' subtotals and the execution score; rescaled where indicators do not apply (F15), and kept below
/// the execution gate where the profile has one. None before every score is there.
pub fn total<C: Calc>(calc: &mut C, values: &Values<'_>, rows: &[Vec<Rc<RowEval>>], score: &Partial) -> C::V {
    let sum = plain_sum(calc, values, rows, score);
    let total = adjusted(calc, values, score, sum);
    let missing = missing(values, rows, score);
    if score.is_complete(&missing) { total } else { calc.incomplete(total, missing) }
}

/// The plain sum after rescaling and the gate.
fn adjusted<C: Calc>(calc: &mut C, values: &Values<'_>, score: &Partial, sum: C::V) -> C::V {
    let sum = rescaled(calc, values, score, sum);
    gated(calc, values, sum)
}

/// What the total needs beside the rows.
pub struct Partial {
    pub levels: Vec<LevelSubtotal>,
    /// The scores of rows that the form prints and nobody used yet, while the points of the used ones are not all of them.
    pub unused: Vec<CellId>,
    /// The typed total is the sum of the scores that are there: what is blank counts nothing in this table.
    pub closed: bool,
    /// The points that are given make the whole: a row without any has them in another.
    pub whole: bool,
    pub applicable_weight: Outcome,
    pub not_applicable_weight: Exact,
}

impl Partial {
    /// Whether there is a total, and so something to grade: some row is scored and no score is missing, or the table itself was added up
    /// without the missing ones.
    fn is_complete(&self, missing: &[CellId]) -> bool {
        let scored = |level: &LevelSubtotal| matches!(level.entered, Outcome::Value(_) | Outcome::Undefined(_));
        self.closed || (missing.is_empty() && self.levels.iter().any(scored))
    }
}

fn plain_sum<C: Calc>(calc: &mut C, values: &Values<'_>, rows: &[Vec<Rc<RowEval>>], score: &Partial) -> C::V {
    let mut items = Vec::new();
    for level in &score.levels {
        items.push(level_sum(calc, values, rows, level));
    }
    if let Some(at) = values.template.form.role(Role::ExecutionScore) {
        let outcome = values.fixed(at);
        items.push(calc.cell(CellId::Fixed(at), outcome));
    }
    calc.sum(items)
}

fn level_sum<C: Calc>(calc: &mut C, values: &Values<'_>, rows: &[Vec<Rc<RowEval>>], level: &LevelSubtotal) -> C::V {
    let column = values.template.form.table(level.table).and_then(|table| table.at.score).unwrap_or(u8::MAX);
    let all = rows.get(usize::from(level.table)).map_or(&[][..], Vec::as_slice);
    let items = level
        .rows(all)
        .map(|row| calc.cell(CellId::Row { table: level.table, row: row.row, column }, counted(row, values.basis).clone()))
        .collect();
    let sum = calc.sum(items);
    calc.named(Label::Level(&level.name), sum)
}

fn rescaled<C: Calc>(calc: &mut C, values: &Values<'_>, score: &Partial, sum: C::V) -> C::V {
    let profile = &values.template.profile;
    let Some(applicable) = score.applicable_weight.value().filter(|weight| weight.is_positive()) else { return sum };
    if profile.not_applicable.effect != NotApplicable::Rescale || score.not_applicable_weight.is_zero() {
        return sum;
    }
    let full = calc.sourced(Constant::WeightTotal, &profile.weights.total);
    let applicable = calc.constant(Constant::ApplicableWeight, applicable, None);
    let scaled = calc.mul(sum, full);
    let scaled = calc.div(scaled, applicable);
    calc.decided(scaled, Decision::Rescaled, Some(&profile.not_applicable.source))
}

fn gated<C: Calc>(calc: &mut C, values: &Values<'_>, sum: C::V) -> C::V {
    let gates = &values.template.profile.execution.gate;
    if gates.is_empty() {
        return sum;
    }
    let rate = execution_rate(calc, values);
    for gate in gates {
        let below = calc.sourced(Constant::GateBelow, &gate.below);
        if !calc.choose(&rate, Is::Below, &below) {
            continue;
        }
        let max = calc.sourced(Constant::GateMax, &gate.max);
        if !calc.choose(&sum, Is::Above, &max) {
            return sum;
        }
        let capped = calc.min(sum, max);
        return calc.decided(capped, Decision::Gated, Some(&gate.max.source));
    }
    sum
}

/// The gate that the execution rate falls under.
pub fn gate<'a>(values: &Values<'a>) -> Option<&'a crate::template::Gate> {
    let gates = &values.template.profile.execution.gate;
    let rate = if gates.is_empty() { None } else { execution_ratio(values) }?;
    gates.iter().find(|gate| rate < gate.below.value)
}

/// The execution rate, where there is one.
pub fn execution_ratio(values: &Values<'_>) -> Option<Exact> {
    execution_rate(&mut Direct, values).value()
}

/// Groups the indicator rows by 一级指标 and adds up weights.
pub fn partial(values: &Values<'_>, rows: &[Vec<Rc<RowEval>>]) -> Partial {
    let form = &values.template.form;
    let mut levels: Vec<LevelSubtotal> = Vec::new();
    let mut names = LevelNames::default();
    let mut weights = Sum::default();
    let mut unused = Vec::new();
    let mut not_applicable_weight = Exact::ZERO;
    for (table, def) in (0..).zip(&form.tables) {
        if def.at.score.is_none() || form.indicators().is_none_or(|(at, _)| at != table) {
            continue;
        }
        let evals = rows.get(usize::from(table)).map_or(&[][..], Vec::as_slice);
        let rows = values.document.rows(table);
        let column = def.at.score.unwrap_or(u8::MAX);
        unused.extend(unused_rows(values, table, def, evals).into_iter().map(|row| CellId::Row { table, row, column }));
        for (position, eval) in evals.iter().enumerate().take(rows.len()) {
            if matches!(eval.state, RowState::Sum | RowState::Unused) {
                continue;
            }
            let (name, _) = values.levels(table).names(def, rows, position);
            let Some(level) = level_of(&mut levels, &mut names, table, name) else { continue };
            level.positions.push(position);
            match (eval.state, eval.weight.value()) {
                (RowState::NotApplicable, Some(weight)) => {
                    not_applicable_weight = not_applicable_weight.checked_add(weight).unwrap_or(not_applicable_weight);
                    level.not_applicable = level.not_applicable.checked_add(weight).unwrap_or(level.not_applicable);
                }
                (
                    RowState::NotApplicable
                    | RowState::Deduction
                    | RowState::Unused
                    | RowState::Bonus
                    | RowState::Sum
                    | RowState::Plain,
                    _,
                ) => {}
                (RowState::Scored, _) => weights.add(&eval.weight),
            }
        }
    }
    for level in &mut levels {
        let evals = rows.get(usize::from(level.table)).map_or(&[][..], Vec::as_slice);
        let of_level = |pick: fn(&RowEval) -> &Outcome| super::calc::sum(level.rows(evals).map(|row| pick(row)));
        // Where the sheet has no column for points, they stand in the name of the level.
        let unweighed = form.table(level.table).is_some_and(|def| def.at.weight.is_none());
        let printed = level.printed.filter(|_| unweighed).map(Outcome::Value);
        let weight = of_level(|row| &row.weight);
        let weight = printed.filter(|_| weight.is_blank()).unwrap_or(weight);
        let (entered, by_rule) = (of_level(|row| &row.counted), of_level(|row| &row.by_rule));
        level.weight = weight;
        level.entered = entered;
        level.by_rule = by_rule;
    }
    let execution = form.role(Role::ExecutionWeight).map(|at| values.fixed(at));
    if let Some((execution, weight)) = execution.as_ref().and_then(|execution| Some((execution, execution.value()?))) {
        let score = form.role(Role::ExecutionScore).map(|at| values.fixed(at));
        if score == Some(Outcome::NotApplicable) {
            not_applicable_weight = not_applicable_weight.checked_add(weight).unwrap_or(not_applicable_weight);
        } else {
            weights.add(execution);
        }
    }
    let applicable_weight = weights.outcome();
    let all = applicable_weight.value().and_then(|weight| weight.checked_add(not_applicable_weight).ok());
    let typed = form.role(Role::ScoreTotal).map(|at| values.document.fixed(at)).filter(|typed| !typed.is_blank());
    // With a total on the page the table is at its end: rows left blank are no work to come.
    let whole = all.is_some_and(|all| all >= values.template.profile.weights.total.value);
    if typed.is_some() || whole {
        unused.clear();
    }
    let closed = typed.is_some_and(|typed| is_sum(values, &levels, typed));
    Partial { levels, unused, closed, whole, applicable_weight, not_applicable_weight }
}

/// The rows that the form prints for a kind of indicator and that nobody used, unless the kind is filled in elsewhere: a spare row leaves
/// nothing out.
pub fn unused_rows(values: &Values<'_>, table: TableIndex, def: &TableDef, evals: &[Rc<RowEval>]) -> Vec<RowId> {
    let rows = values.document.rows(table);
    let is_printed = |row: &Row| !row.cell_at(def.at.level2).text().trim().is_empty();
    let unused = rows.iter().zip(evals).enumerate().filter(|(_, (row, eval))| eval.state == RowState::Unused && is_printed(row));
    let unused: Vec<usize> = unused.map(|(position, _)| position).collect();
    if unused.is_empty() {
        return Vec::new();
    }
    let names = |position: usize| values.levels(table).names(def, rows, position);
    let in_use = evals.iter().enumerate().filter(|(_, eval)| eval.state != RowState::Unused);
    let mut filled = LevelPairs::default();
    for (position, _) in in_use {
        let (level1, level2) = names(position);
        filled.number(level1, level2);
    }
    let is_spare = |position: usize| {
        let (level1, level2) = names(position);
        filled.find(level1, level2).is_some()
    };
    unused.into_iter().filter(|position| !is_spare(*position)).filter_map(|position| Some(rows.get(position)?.id)).collect()
}

/// Whether a typed total is the sum of the scores that are there, some of them of indicators.
fn is_sum(values: &Values<'_>, levels: &[LevelSubtotal], typed: &Typed) -> bool {
    let given = levels.iter().any(|level| level.entered.value().is_some());
    let execution = values.template.form.role(Role::ExecutionScore).map(|at| values.fixed(at));
    let sum = super::calc::sum(levels.iter().map(|level| &level.entered).chain(&execution));
    match (typed.reading(), sum) {
        (Reading::Quantity(quantity), Outcome::Value(sum)) => {
            given && matches!(agreement(quantity.number, sum), Agreement::Exact | Agreement::RoundsTo { .. })
        }
        _ => false,
    }
}

/// The level of a name, as it is printed there or above.
fn level_of<'a, 'n>(
    levels: &'a mut Vec<LevelSubtotal>,
    names: &mut LevelNames<'n>,
    table: TableIndex,
    name: &'n str,
) -> Option<&'a mut LevelSubtotal> {
    // Rows of a level mostly follow one another, so the last level is looked at first.
    let last = levels.len().checked_sub(1).filter(|last| levels.get(*last).is_some_and(|level| level.name == name));
    if let Some(last) = last {
        return levels.get_mut(last);
    }
    let read = LevelName::of(name);
    let Some(known) = names.find(&read) else {
        levels.push(LevelSubtotal {
            table,
            name: name.to_owned(),
            printed: read.points,
            weight: Outcome::nothing(),
            entered: Outcome::nothing(),
            by_rule: Outcome::nothing(),
            positions: Vec::new(),
            not_applicable: Exact::ZERO,
        });
        names.add(read, levels.len().saturating_sub(1));
        return levels.last_mut();
    };
    let level = levels.get_mut(known)?;
    // The points may be printed only once.
    if level.printed.is_none() && level.name != name && read.points.is_some() {
        level.printed = read.points;
        names.add(read, known);
        name.clone_into(&mut level.name);
    }
    Some(level)
}

/// All totals of a form that gives points.
pub fn score(entered: &Values<'_>, by_rule: &Values<'_>, rows: &[Vec<Rc<RowEval>>]) -> Score {
    let partial = partial(entered, rows);
    let form = &entered.template.form;
    let execution_weight = form.role(Role::ExecutionWeight).map_or(Outcome::NotApplicable, |at| entered.fixed(at));
    let indicator_weight = super::calc::sum(partial.levels.iter().map(|level| &level.weight));
    // Without a single printed weight there is nothing to add up.
    let weight = match &indicator_weight {
        Outcome::Value(_) => super::calc::sum([&indicator_weight, &execution_weight]),
        Outcome::Blank(_) | Outcome::NotApplicable | Outcome::Undefined(_) => indicator_weight.clone(),
    };
    Score {
        entered: totals(entered, rows, &partial),
        by_rule: totals(by_rule, rows, &partial),
        weight,
        indicator_weight,
        execution_weight,
        not_applicable_weight: partial.not_applicable_weight,
        levels: partial.levels,
    }
}

fn totals<'a>(values: &Values<'_>, rows: &[Vec<Rc<RowEval>>], partial: &'a Partial) -> Totals {
    let profile = &values.template.profile;
    // The levels are added up already; adding up their sums is the same as `plain_sum` does from the rows.
    let subtotal = |level: &'a LevelSubtotal| match values.basis {
        Basis::Entered => &level.entered,
        Basis::Rule => &level.by_rule,
    };
    let subtotals = || partial.levels.iter().map(subtotal);
    let indicators = super::calc::sum(subtotals());
    let execution = values.template.form.role(Role::ExecutionScore).map(|at| values.fixed(at));
    let sum = super::calc::sum(subtotals().chain(&execution));
    let missing = missing(values, rows, partial);
    let total = adjusted(&mut Direct, values, partial, sum.clone());
    let total = if partial.is_complete(&missing) { total } else { Direct.incomplete(total, missing.clone()) };
    // Where the scores don't give a total, as entered it is the one that was typed.
    let typed = || match values.basis {
        Basis::Entered => values.typed(CellId::Fixed(values.template.form.role(Role::ScoreTotal)?)).value(),
        Basis::Rule => None,
    };
    let shown = total.value().or_else(typed).and_then(|total| total.round(profile.rounding.total).ok());
    let grade = shown.and_then(|shown| {
        let grades = profile.grades.as_ref()?;
        let band = grade_of(grades, Exact::from_decimal(shown))?;
        grades.bands.iter().position(|known| known.name == band.name)
    });
    let rescaled = profile.not_applicable.effect == NotApplicable::Rescale && !partial.not_applicable_weight.is_zero();
    let gate = gate(values).filter(|gate| sum.value().is_some_and(|sum| sum > gate.max.value)).map(|gate| gate.max.value);
    Totals {
        indicators,
        execution: execution.unwrap_or(Outcome::NotApplicable),
        sum,
        total,
        shown,
        grade,
        gate,
        rescaled,
        missing,
    }
}

/// The scores without which there is no total, unless one was typed that was added up without some of them.
pub fn needed(values: &Values<'_>, rows: &[Vec<Rc<RowEval>>], partial: &Partial) -> Vec<CellId> {
    scores(values, rows, partial, |_| true)
}

/// The scores that are still to be given: those of execution and of the rows in use, and those of rows that the form prints, unless all
/// points are given already.
fn missing(values: &Values<'_>, rows: &[Vec<Rc<RowEval>>], partial: &Partial) -> Vec<CellId> {
    let is_open = |outcome: &Outcome| match outcome {
        Outcome::Blank(_) | Outcome::Undefined(_) => true,
        Outcome::Value(_) | Outcome::NotApplicable => false,
    };
    scores(values, rows, partial, is_open)
}

fn scores(values: &Values<'_>, rows: &[Vec<Rc<RowEval>>], partial: &Partial, counts: fn(&Outcome) -> bool) -> Vec<CellId> {
    // Where all points are given, a row without any has them in another.
    let whole = partial.whole;
    let execution = values.template.form.role(Role::ExecutionScore);
    // An execution score that can't be computed is told of where it stands.
    let execution = execution.filter(|at| !matches!(values.fixed(*at), Outcome::NotApplicable | Outcome::Undefined(_)));
    let execution = execution.filter(|at| counts(&values.fixed(*at)));
    let mut cells: Vec<CellId> = execution.map(CellId::Fixed).into_iter().collect();
    for level in &partial.levels {
        let column = values.template.form.table(level.table).and_then(|table| table.at.score).unwrap_or(u8::MAX);
        let all = rows.get(usize::from(level.table)).map_or(&[][..], Vec::as_slice);
        for row in level.rows(all) {
            let joined = whole && row.weight.is_blank();
            if row.state == RowState::Scored && counts(counted(row, values.basis)) && !joined {
                cells.push(CellId::Row { table: level.table, row: row.row, column });
            }
        }
    }
    cells.extend_from_slice(&partial.unused);
    cells
}
