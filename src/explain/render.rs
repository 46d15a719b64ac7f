//! A traced formula as lines: with names, with numbers, and the result.

use super::Span;
use super::quantity::quantity_text;
use super::tracing::{Node, Op};
use crate::document::{CellId, Document};
use crate::engine::calc::Constant;
use crate::engine::{Evaluation, Outcome, printed_units};
use crate::number::{Exact, Magnitude, Reading, Rounding, RoundingMode, group_digits};
use crate::prelude::*;
use crate::template::{CellKind, Template};
use crate::wording::{self, explaining};

/// Digits of an unrounded value before it is cut with an ellipsis.
const DIGITS: u32 = 6;
/// So many cells that are missing are named.
const NAMED: usize = 6;

pub struct Renderer<'a> {
    pub template: &'a Template,
    pub document: &'a Document,
    /// The cell that is explained.
    pub cell: CellId,
    pub kind: CellKind,
}

/// Whether a line shows names, numbers, or every name with its number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    Names,
    Numbers,
    Both,
}

impl Renderer<'_> {
    /// The lines of an explanation, and whether rounding changed the value.
    pub fn lines(&self, node: &Node, rounding: Option<Rounding>) -> (Vec<Vec<Span>>, bool) {
        if matches!(node.op, Op::Undefined(_)) {
            // There is no formula, only the reason why.
            return (vec![self.result(node, None).0], false);
        }
        let mut lines = Vec::new();
        let mut named = vec![Span::plain(self.own_label(node)), Span::plain(" = ")];
        self.expression(node, Face::Names, 0, &mut named);
        lines.push(named);
        let mut numbers = vec![Span::plain("= ")];
        self.expression(node, Face::Numbers, 0, &mut numbers);
        let (result, rounded) = self.result(node, rounding);
        // A formula of one number would say it twice.
        if text(&numbers) != text(&result) {
            lines.push(numbers);
        }
        lines.push(result);
        for decision in node.decisions() {
            lines.push(vec![Span::plain(explaining::decided(decision))]);
        }
        let several = |level: &&Node| level.children().first().is_some_and(|sum| sum.children().len() > 1);
        for level in levels(node).into_iter().filter(several) {
            lines.push(level_line(self, level));
        }
        (lines, rounded)
    }

    /// Name, formula with every number, and result in one line; `None` where there is no value.
    pub fn one_line(&self, node: &Node, rounding: Option<Rounding>) -> Option<String> {
        let value = self.printed(node.outcome.value()?)?;
        let unit = match self.kind {
            CellKind::Amount => self.template.form.unit_name(),
            _ => wording::kind_unit(self.kind),
        };
        let mut line = Vec::new();
        self.expression(node, Face::Both, 0, &mut line);
        let formula = text(&line).replace(' ', "");
        // A number of its own is its own formula.
        let formula = (!is_bare(node)).then_some(formula);
        let rounded = rounding.and_then(|rounding| Some((rounding, value.round(rounding).ok()?)));
        let result = match rounded {
            Some((rounding, rounded)) if Exact::from_decimal(rounded) != value => {
                explaining::rounded(&rounded.to_string(), unit, rounding)
            }
            Some((_, rounded)) => format!("{}{unit}", group_digits(&rounded.to_string())),
            None => format!("{}{unit}", plain(value)),
        };
        let decisions: Vec<&str> = node.decisions().into_iter().map(wording::decision).collect();
        Some(explaining::one_line(&self.own_label(node), formula.as_deref(), &result, &decisions))
    }

    fn result(&self, node: &Node, rounding: Option<Rounding>) -> (Vec<Span>, bool) {
        let unit = wording::kind_unit(self.kind).trim_end_matches('分');
        match &node.outcome {
            Outcome::Value(value) => {
                let Some(value) = self.printed(*value) else { return (vec![Span::plain(explaining::TOO_LONG)], false) };
                let exact = format!("= {}{unit}", plain(value));
                match rounding.and_then(|rounding| Some((rounding, value.round(rounding).ok()?))) {
                    Some((rounding, rounded)) if Exact::from_decimal(rounded) != value => (
                        vec![Span::plain(format!("{exact} ≈ {}", explaining::rounded(&rounded.to_string(), unit, rounding)))],
                        true,
                    ),
                    _ => (vec![Span::plain(exact)], false),
                }
            }
            Outcome::Blank(cells) => {
                let mut line = vec![Span::plain(explaining::MISSING)];
                for (at, cell) in cells.iter().take(NAMED).enumerate() {
                    if at > 0 {
                        line.push(Span::plain("、"));
                    }
                    line.push(Span { text: wording::place(*cell, &self.template.form, self.document), cell: Some(*cell) });
                }
                if let Some(more) = cells.len().checked_sub(NAMED).filter(|more| *more > 0) {
                    line.push(Span::plain(explaining::and_more(more)));
                }
                (line, false)
            }
            Outcome::NotApplicable => (vec![Span::plain(explaining::NOT_APPLICABLE)], false),
            Outcome::Undefined(why) => (vec![Span::plain(wording::why(*why))], false),
        }
    }

    /// What a formula gives when the printed sums that it reads are recomputed too, where that is something else.
    pub fn recomputed(&self, evaluation: &Evaluation) -> Option<String> {
        let eval = crate::engine::computed_cell(evaluation, self.cell)?;
        let (Outcome::Value(computed), Outcome::Value(by_rule)) = (&eval.computed, &eval.by_rule) else { return None };
        if computed == by_rule || self.kind == CellKind::Points {
            return None;
        }
        let two = Rounding { dp: 2, mode: RoundingMode::HalfUp };
        let value = self.printed(*by_rule)?;
        let shown = if self.kind == CellKind::Percent { value.round(two).ok()?.to_string() } else { plain(value) };
        Some(explaining::recomputed(&shown, wording::kind_unit(self.kind)))
    }

    /// A value in the units in which the cell is printed.
    fn printed(&self, value: Exact) -> Option<Exact> {
        printed_units(&self.template.form, self.kind, value)
    }

    /// `above` is how tightly the operator around this part binds: 0 none, 1 plus and minus, 2 times, 3 the right of a division.
    fn expression(&self, node: &Node, face: Face, above: u8, line: &mut Vec<Span>) {
        match &node.op {
            Op::Cell(cell) => {
                let negative = node.outcome.value().is_some_and(Exact::is_negative);
                let mut span = self.operand(*cell, &node.outcome, face);
                // － -338.35 reads badly.
                if negative && face == Face::Numbers && above > 0 {
                    span.text = format!("（{}）", span.text);
                }
                line.push(span);
            }
            Op::Constant(name, _) => line.push(constant(*name, &node.outcome, face)),
            Op::Undefined(why) => line.push(Span::plain(wording::why(*why))),
            Op::Decided(_, _, inner) => self.expression(inner, face, above, line),
            Op::Named(name, _) => line.push(Span::plain(match face {
                Face::Names => level_name(name),
                Face::Numbers => outcome_text(&node.outcome),
                Face::Both => format!("{}{}", level_name(name), outcome_text(&node.outcome)),
            })),
            Op::Whole(inner) => {
                line.push(Span::plain(format!("{}（", explaining::WHOLE_PART)));
                self.expression(inner, face, 0, line);
                line.push(Span::plain("）"));
            }
            Op::Sum(items) => self.joined(items, " ＋ ", 1, above, face, line),
            Op::Sub(pair) => self.joined(&**pair, " － ", 1, above, face, line),
            Op::Mul(pair) => self.joined(&**pair, " × ", 2, above, face, line),
            Op::Div(pair) => self.joined(&**pair, " ÷ ", 2, above, face, line),
            // In one line for a report, what counted reads better than the choice.
            Op::Min(pair) | Op::Max(pair) if face == Face::Both => self.expression(counting(node, pair), face, above, line),
            // With numbers, what counted is enough: the line above says the limit.
            Op::Min(pair) | Op::Max(pair) if face == Face::Numbers && limit(pair).is_some() => {
                let taken = counting(node, pair);
                match &taken.op {
                    Op::Constant(..) => line.push(Span::plain(limit_text(taken))),
                    _ => self.expression(taken, face, above, line),
                }
            }
            Op::Min(_) | Op::Max(_) if above == 0 => self.limited(node, face, line),
            Op::Min(_) | Op::Max(_) => {
                line.push(Span::plain("（"));
                self.limited(node, face, line);
                line.push(Span::plain("）"));
            }
        }
    }

    fn joined(&self, items: &[Node], sign: &str, binding: u8, above: u8, face: Face, line: &mut Vec<Span>) {
        // Blank addends count nothing; leaving them out keeps the line short.
        let shown: Vec<&Node> = if binding == 1 && sign == " ＋ " {
            let filled: Vec<&Node> = items.iter().filter(|item| matches!(item.outcome, Outcome::Value(_))).collect();
            if filled.is_empty() {
                items.iter().collect()
            } else if face == Face::Names {
                // A blank row without a name is not there yet.
                items.iter().filter(|item| !self.is_nameless(item)).collect()
            } else {
                filled
            }
        } else {
            items.iter().collect()
        };
        let brackets = above > binding;
        if brackets {
            line.push(Span::plain("（"));
        }
        for (at, item) in shown.iter().enumerate() {
            if at > 0 {
                line.push(Span::plain(sign));
            }
            let right_of_minus = at > 0 && (sign == " － " || sign == " ÷ ");
            self.expression(item, face, if right_of_minus { binding.saturating_add(1) } else { binding }, line);
        }
        if brackets {
            line.push(Span::plain("）"));
        }
    }

    fn is_nameless(&self, node: &Node) -> bool {
        let Op::Cell(CellId::Row { table, row, .. }) = node.op else { return false };
        let name = || Some(self.template.form.table(table)?.row_name(self.document.row(table, row)?));
        matches!(node.outcome, Outcome::Blank(_)) && name().is_none_or(|name| name.is_empty())
    }

    /// The smaller or the larger of two, in words: 执行数 ÷ 预算数，超过100%按100%计.
    fn limited(&self, node: &Node, face: Face, line: &mut Vec<Span>) {
        let (pair, beyond, taken) = match &node.op {
            Op::Min(pair) => (pair, explaining::ABOVE, explaining::SMALLER),
            Op::Max(pair) => (pair, explaining::BELOW, explaining::LARGER),
            _ => return self.expression(node, face, 0, line),
        };
        if let Some((limit, inner)) = limit(pair) {
            self.limited(inner, face, line);
            let limit = limit_text(limit);
            line.push(Span::plain(explaining::limited(beyond, &limit)));
        } else {
            let [first, second] = &**pair;
            self.expression(first, face, 0, line);
            line.push(Span::plain(explaining::AND));
            self.expression(second, face, 0, line);
            line.push(Span::plain(taken));
        }
    }

    fn operand(&self, cell: CellId, outcome: &Outcome, face: Face) -> Span {
        let text = match face {
            Face::Names => self.label(cell),
            Face::Numbers => self.number(cell, outcome),
            Face::Both => {
                let number = self.number(cell, outcome);
                // A sign behind a name would read as an operator.
                let number = if number.starts_with('-') { format!("（{number}）") } else { number };
                format!("{}{number}", self.label(cell))
            }
        };
        Span { text, cell: Some(cell) }
    }

    /// The name of the explained cell: its column, or its row where the operands stand in the same column of a matrix.
    fn own_label(&self, node: &Node) -> String {
        let form = &self.template.form;
        let in_matrix = |cell: &CellId| matches!(cell, CellId::Fixed(_)) && self.column(*cell) == self.column(self.cell);
        match self.cell {
            CellId::Fixed(at) if operands(node).iter().any(in_matrix) => {
                form.cell(at).and_then(|def| def.row.clone()).unwrap_or_else(|| self.column(self.cell))
            }
            CellId::Fixed(_) | CellId::Row { .. } => self.column(self.cell),
        }
    }

    /// The heading of a cell's column.
    fn column(&self, cell: CellId) -> String {
        let form = &self.template.form;
        match cell {
            CellId::Fixed(at) => form.cell(at).map(|def| def.label.clone()),
            CellId::Row { table, column, .. } => {
                form.table(table).and_then(|def| def.column(column)).map(|def| def.label.clone())
            }
        }
        .unwrap_or_default()
    }

    /// The name of an operand: the part of its place that tells it from its neighbours.
    fn label(&self, cell: CellId) -> String {
        let form = &self.template.form;
        let column = self.column(cell);
        match cell {
            CellId::Fixed(at) => {
                let row = form.cell(at).and_then(|def| def.row.clone());
                let own_row = match self.cell {
                    CellId::Fixed(own) => form.cell(own).and_then(|def| def.row.clone()),
                    CellId::Row { .. } => None,
                };
                match row {
                    // Seen from a row of a table, a cell outside of it is told by its row.
                    Some(row) if matches!(self.cell, CellId::Row { .. }) && cell.kind(form) != CellKind::Points => row,
                    Some(row) if Some(&row) == own_row.as_ref() => column,
                    Some(row) if column == self.column(self.cell) => row,
                    // 分值 and 得分 stand in many rows.
                    Some(row) if cell.kind(form) == CellKind::Points => format!("{row}{column}"),
                    Some(_) | None => column,
                }
            }
            CellId::Row { table, row, .. } => {
                let Some(def) = form.table(table) else { return String::new() };
                let same_row = matches!(self.cell, CellId::Row { row: own, .. } if own == row);
                let name = self.document.row(table, row).map(|row| def.row_name(row)).unwrap_or_default();
                let name = name.trim().trim_start_matches("其中").trim_start_matches(['：', ':']);
                if same_row || name.is_empty() { column } else { wording::short(name) }
            }
        }
    }

    /// A cell's number at the precision that was used: as typed, or unrounded.
    fn number(&self, cell: CellId, outcome: &Outcome) -> String {
        let Some(value) = outcome.value() else { return outcome_text(outcome) };
        let kind = cell.kind(&self.template.form);
        match (kind, self.document.typed(cell).reading()) {
            (CellKind::Value, Reading::Quantity(quantity)) => quantity_text(&self.template.form, self.document, cell, quantity),
            (CellKind::Percent, _) => wording::percent(value),
            // Money in another unit than the result says its own.
            (CellKind::Price, _) if self.kind == CellKind::Amount && self.template.form.unit != Magnitude(0) => {
                format!("{}{}", plain(value), wording::kind_unit(kind))
            }
            (CellKind::Amount, _) if self.kind == CellKind::Price && self.template.form.unit != Magnitude(0) => value
                .checked_div(power(self.template.form.unit))
                .map_or_else(|_| outcome_text(outcome), |amount| format!("{}{}", plain(amount), self.template.form.unit_name())),
            (CellKind::Amount, _) => {
                value.checked_div(power(self.template.form.unit)).map_or_else(|_| outcome_text(outcome), plain)
            }
            _ => plain(value),
        }
    }
}

/// Nothing but a number that the rule gives, such as 0 points.
fn is_bare(node: &Node) -> bool {
    match &node.op {
        Op::Constant(..) => true,
        Op::Decided(_, _, inner) => is_bare(inner),
        Op::Cell(_)
        | Op::Sum(_)
        | Op::Sub(_)
        | Op::Mul(_)
        | Op::Div(_)
        | Op::Min(_)
        | Op::Max(_)
        | Op::Whole(_)
        | Op::Named(..)
        | Op::Undefined(_) => false,
    }
}

/// The one of two that a choice took; of equal ones, the one that was computed.
fn counting<'a>(node: &Node, pair: &'a [Node; 2]) -> &'a Node {
    let [first, second] = pair;
    let takes = |part: &Node| part.outcome == node.outcome;
    if takes(second) && (!takes(first) || matches!(first.op, Op::Constant(..))) { second } else { first }
}

/// A number of an explanation, its digits grouped.
fn plain(value: Exact) -> String {
    group_digits(&value.to_plain(DIGITS))
}

fn power(magnitude: Magnitude) -> Exact {
    crate::engine::power_of_ten(magnitude)
}

fn outcome_text(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Value(value) => plain(*value),
        other => explaining::no_value(other).to_owned(),
    }
}

fn constant(name: Constant, outcome: &Outcome, face: Face) -> Span {
    match (face, name) {
        // The usual cap of 1 reads better as a number than as a name.
        (Face::Names, Constant::ExecutionCap) if outcome.value() == Some(Exact::ONE) => Span::plain("1"),
        (Face::Names, Constant::Number) => Span::plain(outcome_text(outcome)),
        (Face::Names, name) => Span::plain(wording::constant(name)),
        (
            Face::Both,
            Constant::ExecutionCap
            | Constant::SatisfactionFull
            | Constant::SatisfactionLoss
            | Constant::RuleLimit
            | Constant::RuleStep
            | Constant::RuleShare
            | Constant::RuleLoss,
        ) => {
            let number = constant(name, outcome, Face::Numbers).text;
            let label = constant(name, outcome, Face::Names).text;
            Span::plain(if label == number { number } else { format!("{label}{number}") })
        }
        (Face::Numbers, Constant::SatisfactionFull | Constant::RuleLimit | Constant::RuleStep | Constant::RuleShare) => {
            Span::plain(outcome.value().map(wording::percent).unwrap_or_default())
        }
        (Face::Numbers | Face::Both, _) => Span::plain(outcome_text(outcome)),
    }
}

/// Which of two is a limit, and what it limits.
fn limit(pair: &[Node; 2]) -> Option<(&Node, &Node)> {
    let [first, second] = pair;
    [(first, second), (second, first)].into_iter().find(|(limit, _)| matches!(limit.op, Op::Constant(..)))
}

/// A limit as a number: one of a rate is a percentage.
fn limit_text(limit: &Node) -> String {
    match (&limit.op, limit.outcome.value()) {
        (Op::Constant(Constant::ExecutionCap, _), Some(value)) => wording::percent(value),
        (_, Some(value)) if value == Exact::ONE => wording::percent(value),
        (_, Some(value)) => plain(value),
        (_, None) => outcome_text(&limit.outcome),
    }
}

/// The cells that a formula reads.
fn operands(node: &Node) -> Vec<CellId> {
    match &node.op {
        Op::Cell(cell) => vec![*cell],
        _ => node.children().iter().flat_map(operands).collect(),
    }
}

fn text(line: &[Span]) -> String {
    line.iter().map(|span| span.text.as_str()).collect()
}

/// 产出指标（50分） → 产出指标
fn level_name(name: &str) -> String {
    let plain = name.split(['（', '(']).next().unwrap_or(name).trim();
    if plain.is_empty() { explaining::ALL_INDICATORS.to_owned() } else { plain.to_owned() }
}

/// The levels that a total is made of.
fn levels(node: &Node) -> Vec<&Node> {
    match &node.op {
        Op::Named(..) => vec![node],
        _ => node.children().iter().flat_map(levels).collect(),
    }
}

fn level_line(renderer: &Renderer<'_>, node: &Node) -> Vec<Span> {
    let Op::Named(name, inner) = &node.op else { return Vec::new() };
    let mut line = vec![Span::plain(explaining::of_which(&level_name(name)))];
    renderer.expression(inner, Face::Numbers, 0, &mut line);
    line.push(Span::plain(format!(" = {}", outcome_text(&node.outcome))));
    line
}
