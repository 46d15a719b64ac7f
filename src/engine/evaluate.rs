use super::calc::Direct;
use super::evaluation::{CellEval, Evaluation, Progress, RowEval, RowState, Score, Totals};
use super::formula::{self, At};
use super::meaning::Meanings;
use super::percent;
use super::scoring::{self, Indicator, ScoringKind};
use super::settled::Trees;
use super::values::{Values, factor, printed_units};
use super::{check, total};
use crate::document::{CellId, Document, Row, Typed};
use crate::number::{Agreement, Exact, Reading, Rounding, RoundingMode, Unit, agreement};
use crate::outcome::{Outcome, Why};
use crate::prelude::*;
use crate::template::{CellKind, ColumnIndex, Formula, Role, Rule, Step, TableDef, TableIndex, TableRole, Template};
use rust_decimal::Decimal;

/// The values and findings of the table itself; [`crate::evaluate()`] adds what is found in its report. Total: every document has an
/// evaluation, whatever is typed in it.
pub fn compute(template: &Template, document: &Document) -> Evaluation {
    let form = &template.form;
    let mut prepared = prepare(template, document);
    let Prepared { entered, by_rule, .. } = &prepared;
    let rows = |(table, def): (TableIndex, &TableDef)| {
        let rows = document.rows(table).iter().enumerate();
        rows.map(|(position, row)| Rc::new(row_eval(entered, by_rule, table, def, position, row))).collect()
    };
    let tables: Vec<Vec<Rc<RowEval>>> = (0..).zip(&form.tables).map(rows).collect();
    let score = form.has_points().then(|| total::score(entered, by_rule, &tables));
    if let Some(score) = &score {
        prepared.settle_total(score);
    }
    let Prepared { entered, by_rule, cells } = prepared;
    let graded = graded(&entered, score.as_ref());
    let progress = Progress { checked: false, open: Vec::new() };
    let index = document.index.clone();
    let settled = entered.settled();
    let mut evaluation = Evaluation { cells, tables, score, graded, progress, findings: Vec::new(), settled, index };
    if let Some(score) = &evaluation.score {
        let weight = cell_for(template, document, Role::WeightTotal, score.weight.clone(), score.weight.clone());
        let total = cell_for(template, document, Role::ScoreTotal, score.entered.total.clone(), score.by_rule.total.clone());
        // Points are written as they are given: 100, not 100.00.
        let weight = weight.map(|(at, eval)| (at, CellEval { shown: eval.shown.map(|shown| shown.normalize()), ..eval }));
        for (at, eval) in [weight, total].into_iter().flatten() {
            put(&mut evaluation.cells, at, eval);
        }
    }
    (evaluation.progress, evaluation.findings) = check::run(&entered, &by_rule, &evaluation);
    evaluation
}

/// The number that the grade is read from.
fn graded(values: &Values<'_>, score: Option<&Score>) -> Option<Decimal> {
    match score {
        Some(score) => score.entered.shown,
        None => {
            let mean = values.fixed(values.template.form.role(Role::MeanScore)?).value()?;
            mean.round(values.template.profile.rounding.total).ok()
        }
    }
}

/// The fixed cells under both bases, before any row is looked at.
struct Prepared<'a> {
    entered: Values<'a>,
    by_rule: Values<'a>,
    cells: Vec<Option<CellEval>>,
}

impl Prepared<'_> {
    /// Computes the few cells that look at the total, such as its distance from a reviewer's score, now that it is known.
    fn settle_total(&mut self, score: &Score) {
        let template = self.entered.template;
        let Some(total) = template.form.role(Role::ScoreTotal) else { return };
        let cell = CellId::Fixed(total);
        let shown = |totals: &Totals| {
            totals.shown.map_or_else(|| totals.total.clone(), |shown| Outcome::Value(Exact::from_decimal(shown)))
        };
        self.entered.put_computed(cell, &shown(&score.entered), true);
        self.by_rule.put_computed(cell, &shown(&score.by_rule), true);
        for (at, def) in (0..).zip(&template.form.cells) {
            let Some(Formula::Expr(expr)) = &def.formula else { continue };
            if formula::operands(&self.entered, None, expr).contains(&cell) {
                let (computed, by_rule) =
                    (formula::fixed(&mut Direct, &self.entered, expr), formula::fixed(&mut Direct, &self.by_rule, expr));
                let typed = self.entered.document.fixed(at);
                put(&mut self.cells, at, cell_eval(template, def.kind, typed, computed, by_rule));
            }
        }
    }
}

/// Computes everything that has a formula and is read by others, in the order of the form's steps.
fn prepare<'a>(template: &'a Template, document: &'a Document) -> Prepared<'a> {
    let form = &template.form;
    let trees = Trees::of(form, document);
    let meanings =
        (0..).zip(&form.tables).map(|(table, def)| Meanings::of(template, table, def, document.rows(table), trees.levels(table)));
    let meanings: Rc<[Meanings]> = meanings.collect();
    let mut entered = Values::new(template, document, trees, meanings);
    let mut by_rule = entered.by_rule();
    let mut cells: Vec<Option<CellEval>> = vec![None; form.cells.len()];
    for step in &form.steps {
        let at = match *step {
            Step::Cell(at) => at,
            Step::Column(table, column) => {
                settle_column(&mut entered, table, column);
                settle_column(&mut by_rule, table, column);
                continue;
            }
        };
        let Some((def, formula)) = form.cell(at).and_then(|def| Some((def, def.formula.as_ref()?))) else { continue };
        let typed = document.fixed(at);
        let eval = match formula {
            Formula::Rule(Rule::WeightTotal | Rule::ScoreTotal | Rule::Grade | Rule::IndicatorScore | Rule::SingleScore) => {
                continue;
            }
            Formula::Rule(Rule::ExecutionWeight) => {
                // A weight is a choice, not a result: what is typed stands under both bases, and agrees with itself.
                let weight = if execution_unscored(&entered) { Outcome::NotApplicable } else { execution_weight(template) };
                CellEval {
                    // A number of the profile is shown as it is written there.
                    shown: shown(template, def.kind, &weight).map(|weight| weight.normalize()),
                    by_rule: entered.fixed(at).or(&weight),
                    computed: weight,
                    agreement: None,
                }
            }
            Formula::Rule(Rule::ExecutionScore) => {
                let score = total::execution_score(&mut Direct, &entered);
                let by_rule = rounded_score(template, total::execution_score(&mut Direct, &by_rule));
                cell_eval(template, def.kind, typed, score, by_rule)
            }
            Formula::Expr(expr) => {
                let computed = formula::fixed(&mut Direct, &entered, expr);
                cell_eval(template, def.kind, typed, computed, formula::fixed(&mut Direct, &by_rule, expr))
            }
        };
        // A score counts as it is printed, rounded; everything else unrounded.
        let counts =
            if def.kind == CellKind::Points { rounded_score(template, eval.computed.clone()) } else { eval.computed.clone() };
        entered.put_computed(CellId::Fixed(at), &counts, def.fill);
        by_rule.put_computed(CellId::Fixed(at), &eval.by_rule, def.fill);
        put(&mut cells, at, eval);
    }
    Prepared { entered, by_rule, cells }
}

/// Settles what the cells of a column count as, before others read them.
fn settle_column(values: &mut Values<'_>, table: TableIndex, column: ColumnIndex) {
    let template = values.template;
    let Some(def) = template.form.table(table).and_then(|def| def.column(column)) else { return };
    let Some(Formula::Expr(expr)) = &def.formula else { return };
    let rows = values.document.rows(table);
    for position in values.nesting(table).deepest_first(rows.len()) {
        let Some(row) = rows.get(position) else { continue };
        if let Some(computed) = formula::row(&mut Direct, values, At { table, position, row: row.id }, expr) {
            values.put_computed(CellId::Row { table, row: row.id, column }, &computed, def.fill);
        }
    }
}

fn put(cells: &mut [Option<CellEval>], at: u16, eval: CellEval) {
    if let Some(slot) = cells.get_mut(usize::from(at)) {
        *slot = Some(eval);
    }
}

fn cell_for(
    template: &Template,
    document: &Document,
    role: Role,
    computed: Outcome,
    by_rule: Outcome,
) -> Option<(u16, CellEval)> {
    let at = template.form.role(role)?;
    Some((at, cell_eval(template, CellKind::Points, document.fixed(at), computed, by_rule)))
}

fn execution_weight(template: &Template) -> Outcome {
    match &template.profile.weights.execution {
        Some(weight) => Outcome::Value(weight.value),
        None => Outcome::NotApplicable,
    }
}

/// Whether the table does not score execution: neither points nor score in its row, and indicators that make the total alone.
fn execution_unscored(values: &Values<'_>) -> bool {
    let form = &values.template.form;
    let blank = |role| form.role(role).is_none_or(|at| values.document.fixed(at).is_blank());
    let Some((table, column)) = form.indicators().and_then(|(table, def)| Some((table, def.at.weight?))) else { return false };
    let rows = values.document.rows(table).iter().enumerate();
    let rows = rows.filter(|(position, _)| !values.nesting(table).is_sum(*position)).map(|(_, row)| row);
    let full = || {
        let weights = rows.map(|row| values.cell(CellId::Row { table, row: row.id, column }));
        super::calc::sum(weights).value() == Some(values.template.profile.weights.total.value)
    };
    blank(Role::ExecutionWeight) && blank(Role::ExecutionScore) && full()
}

fn rounded_score(template: &Template, outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Value(value) => value.round(template.profile.rounding.score).map(Exact::from_decimal).into(),
        other => other,
    }
}

fn cell_eval(template: &Template, kind: CellKind, typed: &Typed, computed: Outcome, by_rule: Outcome) -> CellEval {
    // Where the page's own inputs give no value (0 ÷ 0), the recomputed ones may.
    let reference = computed.or(&by_rule);
    CellEval {
        shown: shown(template, kind, &reference),
        agreement: agreement_of(template, kind, typed, &reference),
        computed,
        by_rule,
    }
}

/// An amount with decimals has at least two: 849.70 beside 881.39.
fn two_decimals(kind: CellKind, mut amount: Decimal) -> Decimal {
    if kind == CellKind::Amount && amount.scale() == 1 {
        amount.rescale(2);
    }
    amount
}

/// A computed value as it is printed: in printed units, rounded as the profile says.
pub(crate) fn shown(template: &Template, kind: CellKind, outcome: &Outcome) -> Option<Decimal> {
    let value = printed_units(&template.form, kind, outcome.value()?)?;
    let rules = &template.profile.rounding;
    match kind {
        CellKind::Percent => value.round(rules.rate).ok(),
        CellKind::Points => value.round(rules.score).ok(),
        CellKind::Amount | CellKind::Price | CellKind::Count => {
            // Amounts are sums of typed decimals: six decimals hold 0.01 元 in 万元, so nothing is lost.
            let six = Rounding { dp: 6, mode: RoundingMode::HalfUp };
            value.round(six).ok().map(|amount| two_decimals(kind, amount.normalize()))
        }
        CellKind::Text
        | CellKind::Prose
        | CellKind::Year
        | CellKind::Date
        | CellKind::Value
        | CellKind::Grade
        | CellKind::Choice => None,
    }
}

/// How a typed number agrees with a computed value, at its own number of decimals.
pub(crate) fn agreement_of(template: &Template, kind: CellKind, typed: &Typed, computed: &Outcome) -> Option<Agreement> {
    let Reading::Quantity(quantity) = typed.reading() else { return None };
    let factor = factor(&template.form, kind, quantity)?;
    let value = computed.value()?;
    if kind == CellKind::Percent && quantity.unit == Unit::None {
        return percent::agrees(quantity.number, value);
    }
    Some(agreement(quantity.number, value.checked_div(factor).ok()?))
}

fn row_eval(values: &Values<'_>, by_rule: &Values<'_>, table: TableIndex, def: &TableDef, position: usize, row: &Row) -> RowEval {
    let template = values.template;
    let at = At { table, position, row: row.id };
    let cells = (0..)
        .zip(&def.columns)
        .filter_map(|(column, column_def)| {
            let Some(Formula::Expr(expr)) = &column_def.formula else { return None };
            let computed = formula::row(&mut Direct, values, at, expr)?;
            let by_rule = formula::row(&mut Direct, by_rule, at, expr)?;
            Some((column, cell_eval(template, column_def.kind, row.cell(column), computed, by_rule)))
        })
        .collect();
    let indicator = Indicator::new(values, table, def, position, row);
    let scored = def.role == TableRole::Indicators && def.at.score.is_some();
    let state = if def.role != TableRole::Indicators {
        RowState::Plain
    } else if values.nesting(table).is_sum(position) || indicator.meaning().is_group {
        RowState::Sum
    } else if indicator.is_unused() {
        RowState::Unused
    } else {
        RowState::Plain
    };
    let plain = RowEval {
        row: row.id,
        state,
        kind: ScoringKind::Manual,
        meaning: indicator.meaning().clone(),
        weight: Outcome::NotApplicable,
        claimed: Outcome::NotApplicable,
        suggested: Outcome::NotApplicable,
        suggested_shown: None,
        interval: None,
        counted: Outcome::NotApplicable,
        by_rule: Outcome::NotApplicable,
        agreement: None,
        over: false,
        cells,
    };
    if scored && plain.state == RowState::Plain { indicator_eval(&indicator, plain) } else { plain }
}

fn indicator_eval(indicator: &Indicator<'_>, base: RowEval) -> RowEval {
    let template = indicator.values.template;
    let profile = &template.profile;
    let kind = indicator.kind();
    let weight = indicator.weight();
    let claimed = indicator.score();
    let blank_counts = profile.not_applicable.blank_counts && indicator.is_left_blank();
    let state = match kind {
        ScoringKind::NotApplicable => RowState::NotApplicable,
        _ if blank_counts => RowState::NotApplicable,
        ScoringKind::Deduction => RowState::Deduction,
        ScoringKind::Bonus => RowState::Bonus,
        _ => RowState::Scored,
    };
    let suggested = scoring::direct_score(kind, indicator);
    let cells = base.cells.iter().cloned().chain(measured(indicator, kind)).chain(single(indicator, kind)).collect();
    let suggested_shown = shown(template, CellKind::Points, &suggested);
    let rounded = match (&suggested, suggested_shown) {
        (Outcome::Value(_), Some(shown)) => Outcome::Value(Exact::from_decimal(shown)),
        (Outcome::Value(_), None) => Outcome::Undefined(Why::TooLarge),
        (other, _) => other.clone(),
    };
    // By rule, what is typed as 单项得分 counts no more than any other score.
    let ruled = match indicator.def.at.single {
        Some(_) => rounded_score(template, scoring::by_profile(&mut Direct, kind, indicator)),
        None => rounded.clone(),
    };
    let over = is_over(indicator, kind);
    let interval = match (&weight, kind) {
        (Outcome::Value(weight), ScoringKind::Tier) => scoring::implied_tier(indicator)
            .and_then(|tier| scoring::tier_share(tier, *weight))
            .and_then(|(low, high)| Some((low.round(profile.rounding.score).ok()?, high.round(profile.rounding.score).ok()?))),
        _ => None,
    };
    // The person's judgement stays where no rule computes, but never beyond the points at stake.
    let judged = match (&claimed, &weight) {
        (Outcome::Value(score), Outcome::Value(weight)) => {
            let within = score.is_positive() && score <= weight;
            let most = if within { None } else { indicator.most(*weight) };
            Outcome::Value(most.map_or(*score, |most| scoring::clamp(*score, most)))
        }
        (other, _) => other.clone(),
    };
    let (counted, by_rule) = match state {
        RowState::NotApplicable => (Outcome::NotApplicable, Outcome::NotApplicable),
        RowState::Deduction => (rounded.clone(), rounded.clone()),
        RowState::Bonus => (claimed.clone(), claimed.clone()),
        RowState::Scored | RowState::Unused | RowState::Sum | RowState::Plain => (claimed.or(&rounded), ruled.or(&judged)),
    };
    // Without a target or a weight that applies there is no score to give.
    let (state, by_rule) = match counted {
        Outcome::NotApplicable => (RowState::NotApplicable, Outcome::NotApplicable),
        Outcome::Value(_) | Outcome::Blank(_) | Outcome::Undefined(_) => (state, by_rule),
    };
    // What is taken off or added on top is no part of the 100.
    let weight = if matches!(state, RowState::Deduction | RowState::Bonus) { Outcome::NotApplicable } else { weight };
    let typed = indicator.typed(indicator.def.at.score);
    // A score that only the 得分系数 gives is claimed all the same.
    let given =
        indicator.by_coefficient().filter(|_| typed.is_blank()).and_then(|score| score.round(profile.rounding.score).ok());
    let agreed = match given {
        Some(given) => suggested.value().map(|suggested| agreement(given.normalize(), suggested)),
        None => agreement_of(template, CellKind::Points, typed, &suggested),
    };
    RowEval {
        state,
        kind,
        agreement: agreed.filter(|_| state == RowState::Scored),
        suggested_shown,
        weight,
        claimed,
        suggested,
        interval,
        counted: as_missing(counted, indicator),
        by_rule: as_missing(by_rule, indicator),
        over,
        cells,
        ..base
    }
}

/// The rate that a rule or the execution row measures, where it stands elsewhere on the form: computed for the row's own 完成值.
fn measured(indicator: &Indicator<'_>, kind: ScoringKind) -> Option<(ColumnIndex, CellEval)> {
    let column = indicator.def.at.actual?;
    let values = indicator.values;
    let rate = match indicator.rule() {
        Some(rule) => values.fixed(rule.reads?),
        None if kind == ScoringKind::Execution => total::execution_rate(&mut Direct, values),
        None => return None,
    };
    Some((column, cell_eval(values.template, CellKind::Percent, indicator.typed(Some(column)), rate.clone(), rate)))
}

/// 单项得分 on a scale of 100, where the form has it.
fn single(indicator: &Indicator<'_>, kind: ScoringKind) -> Option<(ColumnIndex, CellEval)> {
    let column = indicator.def.at.single?;
    let score = scoring::single(&mut Direct, kind, indicator);
    Some((column, cell_eval(indicator.values.template, CellKind::Points, indicator.typed(Some(column)), score.clone(), score)))
}

/// A score that no rule gives is a blank that the person has to fill.
fn as_missing(outcome: Outcome, indicator: &Indicator<'_>) -> Outcome {
    match outcome {
        Outcome::Undefined(why) if why.asks() => Outcome::missing(indicator.id(indicator.def.at.score)),
        other => other,
    }
}

fn is_over(indicator: &Indicator<'_>, kind: ScoringKind) -> bool {
    let Some(over) = &indicator.profile().quantitative.over else { return false };
    kind == ScoringKind::HigherBetter
        && scoring::pair(indicator).is_ok_and(|pair| scoring::exceeds(pair.actual, pair.target, over.limit.value))
}

/// The value of a computed cell of any table, for those who only know its id.
pub fn computed_cell(evaluation: &Evaluation, cell: CellId) -> Option<&CellEval> {
    match cell {
        CellId::Fixed(at) => evaluation.cell(at),
        CellId::Row { table, row, column } => {
            evaluation.row(table, row)?.cells.iter().find(|(known, _)| *known == column).map(|(_, eval)| eval)
        }
    }
}
