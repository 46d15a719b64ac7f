//! Which cells of a document are computed, and by which formula.

use super::formula::{self, Given, Node, Tree, Writing};
use super::open::Open;
use crate::engine::calc::Calc;
use crate::engine::computed::{self, scored};
use crate::engine::scoring::{self, Indicator, ScoringKind};
use crate::engine::{Evaluation, LevelSubtotal, Outcome, RowState, Values, total};
use crate::explain::computed_cells;
use crate::id::CellId;
use crate::number::{Exact, Rounding, RoundingMode};
use crate::prelude::*;
use crate::template::{CellKind, Formula, Role, Rule};

/// A computed cell with its formula.
pub(super) struct Computed {
    pub(super) cell: CellId,
    pub(super) tree: Tree,
    /// How the number of its cell is rounded.
    pub(super) rounding: Option<Rounding>,
    /// What it shows: a rate where a 完成值 stands elsewhere on the form.
    pub(super) kind: CellKind,
    /// Whether the rule gives nothing unless all that it asks about is there.
    pub(super) waits: bool,
    /// Whether a blank cell shows it.
    pub(super) fills: bool,
    /// The cells without which it has no value.
    pub(super) needed: Vec<CellId>,
    /// Cells of which one must have a value.
    pub(super) any: Vec<CellId>,
    /// Whether what it measures is still to be typed, so that it has no value yet.
    pub(super) is_open: bool,
}

/// Every computed cell, in the order of the form.
pub(super) fn all(values: &Values<'_>, evaluation: &Evaluation, open: Option<&Open>) -> Vec<Computed> {
    let given = Given { values, applicable: applicable(values, evaluation) };
    let cells = computed_cells(values.template, values.document).into_iter();
    let filled = open.map(|open| Values::of(values.template, &open.document, &open.evaluation));
    let filled = filled.as_ref().map(|values| Given { values, applicable: Vec::new() });
    let computed = cells.filter_map(|cell| match (open, &filled) {
        (Some(open), Some(filled)) if open.holds(cell) && scored(values, evaluation, cell).is_some() => {
            let computed = by_formula(filled.values, &open.evaluation, cell, filled)?;
            let tree = computed.tree.opened(&|cell| open.cells.contains_key(&cell));
            // A typed 单项得分 is converted without it.
            let is_open = tree.cells().iter().any(|(cell, _)| open.cells.contains_key(cell));
            Some(Computed { tree, is_open, ..computed })
        }
        (Some(_) | None, _) => by_formula(values, evaluation, cell, &given),
    });
    computed.chain(measured(values, evaluation, &given)).collect()
}

fn by_formula(values: &Values<'_>, evaluation: &Evaluation, cell: CellId, given: &Given<'_>) -> Option<Computed> {
    let form = &values.template.form;
    let rules = &values.template.profile.rounding;
    let kind = cell.kind(form);
    let (rule, fill) = match cell {
        CellId::Fixed(at) => form.cell(at).map(|def| (def.formula.as_ref(), def.fill))?,
        CellId::Row { table, column, .. } => form.table(table)?.column(column).map(|def| (def.formula.as_ref(), def.fill))?,
    };
    let rule = rule?;
    let tree = match tier(values, evaluation, cell) {
        Some(tree) => tree,
        None => formula::tree(given, &|writing| computed::computed(writing, values, evaluation, cell))?,
    };
    if tree == Tree::Leaf(Node::Nothing) {
        return None;
    }
    let rounding = match rule {
        Formula::Rule(Rule::ScoreTotal) => Some(rules.total),
        Formula::Rule(Rule::WeightTotal) => None,
        Formula::Rule(_) => Some(rules.score),
        Formula::Expr(_) => rounding(values, kind),
    };
    let (mut needed, mut any) = (Vec::new(), Vec::new());
    if matches!(rule, Formula::Rule(Rule::ScoreTotal)) {
        let partial = total::partial(values, &evaluation.tables);
        needed = total::needed(values, &evaluation.tables, &partial);
        any = scores(values, evaluation, &partial.levels);
        // Without any row there is nothing to add up.
        any.first()?;
    }
    Some(Computed {
        cell,
        tree,
        rounding,
        kind,
        fills: fill || matches!(rule, Formula::Rule(_)),
        waits: matches!(rule, Formula::Rule(Rule::IndicatorScore | Rule::SingleScore)),
        needed,
        any,
        is_open: false,
    })
}

/// What the number of a cell of a kind is rounded to: of a percentage the ratio.
fn rounding(values: &Values<'_>, kind: CellKind) -> Option<Rounding> {
    let rules = &values.template.profile.rounding;
    match kind {
        CellKind::Percent => Some(Rounding { dp: rules.rate.dp.saturating_add(2), ..rules.rate }),
        CellKind::Points => Some(rules.score),
        CellKind::Amount | CellKind::Price | CellKind::Count => Some(Rounding { dp: 6, mode: RoundingMode::HalfUp }),
        CellKind::Text
        | CellKind::Prose
        | CellKind::Year
        | CellKind::Date
        | CellKind::Value
        | CellKind::Grade
        | CellKind::Choice => None,
    }
}

/// The rates that rows show where they are measured elsewhere on the form.
fn measured(values: &Values<'_>, evaluation: &Evaluation, given: &Given<'_>) -> Vec<Computed> {
    let Some((table, def)) = values.template.form.indicators() else { return Vec::new() };
    let Some(column) = def.at.actual else { return Vec::new() };
    let of_row = |row: &crate::engine::RowEval| {
        row.cells.iter().find(|(known, _)| *known == column)?;
        let indicator = Indicator::find(values, table, row.row)?;
        let reads = indicator.rule().map(|rule| rule.reads);
        let run = |writing: &mut Writing<'_>| match reads {
            Some(reads) => reads.map(|at| writing.cell(CellId::Fixed(at), values.fixed(at))),
            None => Some(total::execution_rate(writing, values)),
        };
        let tree = formula::tree(given, &run)?;
        let rounding = rounding(values, CellKind::Percent);
        let cell = CellId::Row { table, row: row.row, column };
        Some(Computed {
            cell,
            tree,
            rounding,
            kind: CellKind::Percent,
            waits: false,
            fills: true,
            needed: Vec::new(),
            any: Vec::new(),
            is_open: false,
        })
    };
    evaluation.rows(table).iter().filter_map(|row| of_row(row)).collect()
}

/// The nearest score in the tier that was chosen, for a score that was given within it or not.
fn tier(values: &Values<'_>, evaluation: &Evaluation, cell: CellId) -> Option<Tree> {
    use super::formula::Pair;
    let (indicator, kind) = scored(values, evaluation, cell)?;
    let tier = scoring::implied_tier(&indicator).filter(|_| kind == ScoringKind::Tier)?;
    let at = &indicator.def.at;
    if values.document.typed(cell).is_blank() || at.score.is_none_or(|score| indicator.id(Some(score)) != cell) {
        return None;
    }
    let weight = || Node::Cell(indicator.id(at.weight), indicator.weight());
    let share = |share: Exact| {
        if share == Exact::ONE { weight() } else { Node::Pair(Pair::Mul, Box::new([weight(), Node::Number(share)])) }
    };
    let claim = Node::Cell(cell, indicator.score());
    let most = Node::Pair(Pair::Min, Box::new([claim, share(tier.to)]));
    Some(Tree::Leaf(Node::Pair(Pair::Max, Box::new([most, share(tier.from)]))))
}

/// The scores of all rows of these levels.
fn scores(values: &Values<'_>, evaluation: &Evaluation, levels: &[LevelSubtotal]) -> Vec<CellId> {
    let mut cells = Vec::new();
    for level in levels {
        let Some(column) = values.template.form.table(level.table).and_then(|def| def.at.score) else { continue };
        let rows = level.rows(evaluation.rows(level.table));
        cells.extend(rows.map(|row| CellId::Row { table: level.table, row: row.row, column }));
    }
    cells
}

/// The points of all that applies.
fn applicable(values: &Values<'_>, evaluation: &Evaluation) -> Vec<(CellId, Outcome)> {
    let mut cells = Vec::new();
    for level in evaluation.score.iter().flat_map(|score| &score.levels) {
        let Some(column) = values.template.form.table(level.table).and_then(|def| def.at.weight) else { continue };
        let rows = level.rows(evaluation.rows(level.table)).filter(|row| row.state == RowState::Scored);
        cells.extend(rows.map(|row| (CellId::Row { table: level.table, row: row.row, column }, row.weight.clone())));
    }
    if let Some(at) = values.template.form.role(Role::ExecutionWeight).filter(|at| values.fixed(*at).value().is_some()) {
        cells.push((CellId::Fixed(at), values.fixed(at)));
    }
    cells
}

/// The points and the score of a level, added up.
pub(super) fn level(values: &Values<'_>, evaluation: &Evaluation, level: &LevelSubtotal) -> (Option<Tree>, Option<Tree>) {
    let Some(def) = values.template.form.table(level.table) else { return (None, None) };
    let sum = |column: Option<u8>, of: fn(&crate::engine::RowEval) -> &Outcome| {
        let column = column?;
        let rows = level.rows(evaluation.rows(level.table));
        let cells = rows.map(|row| (CellId::Row { table: level.table, row: row.row, column }, of(row).clone()));
        // 扣分项 and 加分项 carry no points.
        let counts = cells.filter(|(cell, outcome)| *outcome != Outcome::NotApplicable || values.typed(*cell).value().is_none());
        let cells: Vec<Node> = counts.map(|(cell, outcome)| Node::Cell(cell, outcome)).collect();
        (!cells.is_empty()).then_some(Tree::Leaf(Node::Sum(cells)))
    };
    (sum(def.at.weight, |row| &row.weight), sum(def.at.score, |row| &row.counted))
}
