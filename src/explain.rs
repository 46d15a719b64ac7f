//! Explanations (算式): a computed cell explains itself by walking the formula that computes it.

mod met;
mod quantity;
mod render;
mod tracing;

use crate::document::{CellId, Document};
use crate::engine::calc::{Constant, Direct};
use crate::engine::computed::{self, execution_weight, is_single, scored};
use crate::engine::meaning::Because;
use crate::engine::scoring::{self, Indicator, ScoringKind};
use crate::engine::{self, Evaluation, Outcome, Values, grade_of};
use crate::number::{Agreement, Exact, Reading, Rounding, RoundingMode};
use crate::prelude::*;
use crate::template::{CellKind, Citation, Formula, Library, RoundingRules, Rule, RuleKind, SourceId, Step, Template};
use crate::wording::{self, explaining};
use render::Renderer;
use rust_decimal::Decimal;
use tracing::{Node, Tracing};

/// How a computed cell comes about, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The cell that is explained.
    pub cell: CellId,
    /// The cell's own name.
    pub title: String,
    /// Named line, substituted line, result, comparison with what is typed; in that order.
    pub lines: Vec<Vec<Span>>,
    pub sources: Vec<Citation>,
    /// The unrounded value at the root, the same as the evaluation's.
    pub value: Outcome,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    /// The cell that the piece stands for: a link on the page.
    pub cell: Option<CellId>,
}

impl Span {
    fn plain(text: impl Into<String>) -> Span {
        Span { text: text.into(), cell: None }
    }
}

impl Explanation {
    /// As plain text, one line each: for files, tests and the annex.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            line.iter().for_each(|span| text.push_str(&span.text));
            text.push('\n');
        }
        text
    }
}

/// Explains a computed cell; `None` for a cell that nothing computes.
pub fn explain(
    library: &Library,
    template: &Template,
    document: &Document,
    evaluation: &Evaluation,
    cell: CellId,
) -> Option<Explanation> {
    explain_settled(library, &Values::of(template, document, evaluation), evaluation, cell)
}

/// The same from the values of all cells, for those who explain many.
fn explain_settled(library: &Library, entered: &Values<'_>, evaluation: &Evaluation, cell: CellId) -> Option<Explanation> {
    let (template, document) = (entered.template, entered.document);
    if let CellId::Fixed(at) = cell
        && template.form.cell(at)?.formula == Some(Formula::Rule(Rule::Grade))
    {
        return grade(library, template, document, evaluation, cell);
    }
    let scored = scored(entered, evaluation, cell);
    if let Some((indicator, kind)) = &scored
        && is_judged(indicator, *kind, cell)
    {
        return Some(judged(library, template, document, indicator, *kind, cell));
    }
    let (node, rounding) = traced(entered, evaluation, cell)?;
    let rules = &template.profile.rounding;
    let kind = cell.kind(&template.form);
    if matches!(&node.op, tracing::Op::Sum(items) if items.is_empty()) {
        // Nothing is added up: the table has no rows.
        return None;
    }
    let renderer = Renderer { template, document, cell, kind };
    let mut sources = node.sources();
    let typed = document.typed(cell);
    let met = scored.and_then(|(indicator, kind)| met::line(&renderer, &node, &indicator, kind));
    let (mut lines, rounded) = met.map_or_else(|| renderer.lines(&node, rounding), |met| (vec![met], false));
    if rounded {
        sources.push(rules.source.clone());
    }
    lines.extend(rule_lines(entered, cell));
    if !typed.is_blank() {
        let computed = match cell {
            CellId::Fixed(at) => evaluation.cell(at).and_then(|eval| eval.agreement),
            CellId::Row { table, row, .. } => match crate::engine::computed_cell(evaluation, cell) {
                Some(eval) => eval.agreement,
                None => evaluation.row(table, row).and_then(|eval| eval.agreement),
            },
        };
        if let Some(agreement) = computed {
            let printed = if kind == CellKind::Amount { wording::amount(typed.text()) } else { typed.text().to_owned() };
            let computed = node.outcome.value().and_then(|value| engine::printed_units(&template.form, kind, value));
            let agreement = as_shown(agreement, typed.reading(), rounding);
            lines.push(vec![Span::plain(explaining::printed(&printed, agreement, computed))]);
        }
    }
    lines.extend(renderer.recomputed(evaluation).map(|line| vec![Span::plain(line)]));
    Some(Explanation {
        cell,
        title: wording::place(cell, &template.form, document),
        lines,
        sources: citations(library, sources),
        value: node.outcome,
    })
}

/// A difference at the decimals that both numbers are shown with: 0.01 between 86.19 and 86.18, whatever is behind that.
fn as_shown(agreement: Agreement, typed: &Reading, rounding: Option<Rounding>) -> Agreement {
    let (Agreement::Differs { by }, Some(rounding), Reading::Quantity(quantity)) = (agreement, rounding, typed) else {
        return agreement;
    };
    let rounding = Rounding { dp: rounding.dp.max(quantity.decimals()), mode: RoundingMode::HalfUp };
    by.round(rounding).map_or(agreement, |by| Agreement::Differs { by: Exact::from_decimal(by) })
}

/// Whether a person judges the score in this cell, or it does not apply. A typed 单项得分 is converted, whoever gave it.
fn is_judged(indicator: &Indicator<'_>, kind: ScoringKind, cell: CellId) -> bool {
    let judgement = matches!(kind, ScoringKind::Tier | ScoringKind::Manual | ScoringKind::Deduction | ScoringKind::Bonus);
    kind == ScoringKind::NotApplicable || (judgement && (is_single(indicator, cell) || indicator.score_alone()))
}

/// What a cell is computed from, and how its value is rounded to be shown.
fn traced(entered: &Values<'_>, evaluation: &Evaluation, cell: CellId) -> Option<(Node, Option<Rounding>)> {
    let template = entered.template;
    let rules = &template.profile.rounding;
    let rule = match cell {
        CellId::Fixed(at) => template.form.cell(at)?.formula.as_ref()?,
        CellId::Row { table, column, .. } => template.form.table(table)?.column(column)?.formula.as_ref()?,
    };
    let rounding = match rule {
        Formula::Rule(Rule::ExecutionWeight | Rule::WeightTotal | Rule::Grade) => None,
        Formula::Rule(Rule::ExecutionScore | Rule::IndicatorScore | Rule::SingleScore) => Some(rules.score),
        Formula::Rule(Rule::ScoreTotal) => Some(rules.total),
        Formula::Expr(_) => shown_rounding(cell.kind(&template.form), rules),
    };
    let node = match (rule, cell) {
        (Formula::Rule(Rule::ExecutionWeight), CellId::Fixed(at)) => execution_weight(&mut Tracing, entered, evaluation, at)
            .unwrap_or_else(|| tracing::not_applicable(Constant::ExecutionWeight)),
        (Formula::Rule(_) | Formula::Expr(_), _) => computed::computed(&mut Tracing, entered, evaluation, cell)?,
    };
    Some((node, rounding))
}

/// The number that the formula of a cell gives, rounded as it is shown. `None` where nothing computes the cell, a person judges it, or there
/// is no value.
pub fn computed(template: &Template, document: &Document, evaluation: &Evaluation, cell: CellId) -> Option<Decimal> {
    let entered = Values::of(template, document, evaluation);
    if scored(&entered, evaluation, cell).is_some_and(|(indicator, kind)| is_judged(&indicator, kind, cell)) {
        return None;
    }
    let (node, rounding) = traced(&entered, evaluation, cell)?;
    match rounding {
        Some(rounding) => {
            engine::printed_units(&template.form, cell.kind(&template.form), node.outcome.value()?)?.round(rounding).ok()
        }
        // Amounts are exact.
        None => engine::computed_cell(evaluation, cell)?.shown,
    }
}

/// A computed cell in one line, names and numbers together, to be copied: 执行率＝全年执行数82÷全年预算数180＝45.56%（保留2位小数，四舍五入）.
/// `None` where there is no value.
pub fn one_line(template: &Template, document: &Document, evaluation: &Evaluation, cell: CellId) -> Option<String> {
    let entered = Values::of(template, document, evaluation);
    let (node, rounding) = traced(&entered, evaluation, cell)?;
    Renderer { template, document, cell, kind: cell.kind(&template.form) }.one_line(&node, rounding)
}

/// The explanations of every computed cell that has a value or is filled in: the annex 计算底稿.
pub fn annex(library: &Library, template: &Template, document: &Document, evaluation: &Evaluation) -> Vec<Explanation> {
    let entered = Values::of(template, document, evaluation);
    let explained = |cell: CellId| {
        let explanation = explain_settled(library, &entered, evaluation, cell)?;
        let shown = match &explanation.value {
            Outcome::Value(_) => true,
            // Of two figures that follow from each other, the typed one is where the other comes from: the formula the other way round has
            // nothing to say, and would call a figure blank that the table shows.
            Outcome::Blank(missing) if missing.iter().any(|cell| is_shown(evaluation, *cell)) => false,
            _ => !document.typed(cell).is_blank(),
        };
        shown.then_some(explanation)
    };
    computed_cells(template, document).into_iter().filter_map(explained).collect()
}

/// Whether a blank cell shows what was computed.
fn is_shown(evaluation: &Evaluation, cell: CellId) -> bool {
    engine::computed_cell(evaluation, cell).is_some_and(|eval| eval.shown.is_some())
}

/// The annex as one text, to be handed out as a file.
pub fn annex_text(library: &Library, template: &Template, document: &Document, evaluation: &Evaluation) -> String {
    let mut text = String::new();
    for explanation in annex(library, template, document, evaluation) {
        text.push_str(&format!("{}\n{}", explanation.title, explanation.text()));
        explanation.sources.iter().for_each(|source| text.push_str(&explaining::basis(source)));
        text.push('\n');
    }
    text
}

/// Every cell that something computes, in the order of the form.
pub fn computed_cells(template: &Template, document: &Document) -> Vec<CellId> {
    let form = &template.form;
    let fixed = form.steps.iter().filter_map(|step| match step {
        Step::Cell(at) => Some(CellId::Fixed(*at)),
        Step::Column(..) => None,
    });
    let rows = (0..).zip(&form.tables).flat_map(|(table, def)| {
        let columns: Vec<u8> = (0..).zip(&def.columns).filter(|(_, column)| column.formula.is_some()).map(|(at, _)| at).collect();
        document.rows(table).iter().flat_map(move |row| {
            let row = row.id;
            columns.clone().into_iter().map(move |column| CellId::Row { table, row, column })
        })
    });
    fixed.chain(rows).collect()
}

/// Rates and points are rounded to be shown; amounts are exact.
fn shown_rounding(kind: CellKind, rules: &RoundingRules) -> Option<Rounding> {
    match kind {
        CellKind::Percent => Some(rules.rate),
        CellKind::Points => Some(rules.score),
        CellKind::Text
        | CellKind::Prose
        | CellKind::Year
        | CellKind::Date
        | CellKind::Amount
        | CellKind::Price
        | CellKind::Count
        | CellKind::Value
        | CellKind::Grade
        | CellKind::Choice => None,
    }
}

pub(crate) fn citations(library: &Library, sources: Vec<SourceId>) -> Vec<Citation> {
    let mut cited: Vec<SourceId> = Vec::new();
    for source in sources {
        if !cited.contains(&source) {
            cited.push(source);
        }
    }
    let cite =
        |id: SourceId| library.sources.get(&id).map(|source| Citation { text: source.citation(), verified: source.verified });
    cited.into_iter().filter_map(cite).collect()
}

/// For a score by a rule of the form: the rule in words, and the value it looked at where the formula does not show it.
fn rule_lines(entered: &Values<'_>, cell: CellId) -> Vec<Vec<Span>> {
    let CellId::Row { table, row, column } = cell else { return Vec::new() };
    let is_score = |indicator: &Indicator<'_>| [indicator.def.at.score, indicator.def.at.single].contains(&Some(column));
    let Some(indicator) = Indicator::find(entered, table, row).filter(is_score) else { return Vec::new() };
    let Some(rule) = indicator.rule() else {
        // Who chose the way of scoring knows it, unless the sign says another.
        let read_as = indicator.meaning().read_as;
        let read_as = read_as.filter(|read_as| read_as.because != Because::Chosen || indicator.sign().is_some());
        let line = read_as.map(|read_as| vec![Span::plain(explaining::read_as(read_as, indicator.sign().is_some()))]);
        return line.into_iter().collect();
    };
    let mut lines = vec![vec![Span::plain(explaining::by_rule(&rule.name))]];
    let (read, outcome) = scoring::measured(&indicator, rule);
    if let (RuleKind::Bands(_), Some(value)) = (&rule.kind, outcome.value()) {
        let value = if rule.rate { wording::percent(value) } else { wording::number(value) };
        lines.push(vec![Span::plain(explaining::MEASURED), Span { text: value, cell: Some(read) }]);
    }
    lines
}

/// A score that is a person's judgement: which tier, and between which scores.
fn judged(
    library: &Library,
    template: &Template,
    document: &Document,
    indicator: &Indicator<'_>,
    kind: ScoringKind,
    cell: CellId,
) -> Explanation {
    let on_hundred = is_single(indicator, cell);
    let points = if on_hundred { Some(Exact::HUNDRED) } else { indicator.weight().value() };
    let mut lines = vec![vec![Span::plain(explaining::scored_as(kind))]];
    let mut sources = Vec::new();
    let tiers = &template.profile.tiers;
    if kind == ScoringKind::Tier {
        sources.push(tiers.source.clone());
        for tier in &tiers.list {
            let scores = points.and_then(|weight| scoring::tier_share(tier, weight));
            let chosen = scoring::implied_tier(indicator).is_some_and(|implied| implied.id == tier.id);
            lines.push(vec![Span::plain(explaining::tier(tier, scores, chosen))]);
        }
    } else if kind == ScoringKind::NotApplicable {
        sources.push(template.profile.not_applicable.source.clone());
        lines.push(vec![Span::plain(explaining::not_applicable())]);
    } else if kind == ScoringKind::Deduction {
        lines.push(vec![Span::plain(explaining::deduction(indicator.score().value().map(Exact::abs)))]);
    } else if kind == ScoringKind::Bonus {
        lines.push(vec![Span::plain(explaining::bonus())]);
    } else {
        lines.push(vec![Span::plain(explaining::manual())]);
    }
    let scored = if on_hundred { scoring::single } else { scoring::score };
    let value = scored(&mut Direct, kind, indicator);
    Explanation {
        cell,
        title: wording::place(cell, &template.form, document),
        lines,
        sources: citations(library, sources),
        value,
    }
}

fn grade(
    library: &Library,
    template: &Template,
    document: &Document,
    evaluation: &Evaluation,
    cell: CellId,
) -> Option<Explanation> {
    let grades = template.profile.grades.as_ref()?;
    let shown = evaluation.graded?;
    let band = grade_of(grades, Exact::from_decimal(shown))?;
    let mut lines = vec![vec![Span::plain(explaining::graded(&shown.to_string(), band))]];
    for (at, known) in grades.bands.iter().enumerate() {
        let above = at.checked_sub(1).and_then(|above| grades.bands.get(above));
        lines.push(vec![Span::plain(explaining::band(known, above))]);
    }
    let value = match &evaluation.score {
        Some(score) => score.entered.total.clone(),
        None => Outcome::Value(Exact::from_decimal(shown)),
    };
    let sources = citations(library, vec![grades.source.clone()]);
    Some(Explanation { cell, title: wording::place(cell, &template.form, document), lines, sources, value })
}
