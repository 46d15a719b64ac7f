//! What is to be drawn, before any length is known: scores by level, execution of the budget, and the charts of a form's own.

use crate::document::{CellId, Document, Row};
use crate::engine::{Evaluation, Outcome, Score, Values, calc, computed_cell};
use crate::number::Exact;
use crate::prelude::*;
use crate::template::{
    CellDef, CellKind, CellRange, ChartDef, ChartKind, ChartRows, ColumnIndex, Expr, Form, Formula, Role, TableIndex, Template,
};
use crate::wording::chart as words;

/// A chart before its lengths are known.
pub(super) struct Plan {
    pub kind: ChartKind,
    pub title: String,
    /// What the numbers are: amounts, points or rates.
    pub holds: CellKind,
    /// Names of the numbers of a line, in their order.
    pub series: Vec<String>,
    /// What the quotient of part and whole is called.
    pub rate: String,
    pub lines: Vec<Line>,
    pub notes: Vec<String>,
}

/// What is drawn of one row, one outcome for each of the series. Amounts in 元, rates as ratios.
pub(super) struct Line {
    pub label: String,
    pub values: Vec<Outcome>,
}

pub(super) fn plans(template: &Template, document: &Document, evaluation: &Evaluation) -> Vec<Plan> {
    let reader = Reader { template, document, evaluation, values: Values::of(template, document, evaluation) };
    let standard = [reader.scores(), reader.funds()].into_iter().flatten();
    standard.chain(template.form.charts.iter().filter_map(|def| reader.declared(def))).collect()
}

struct Reader<'a> {
    template: &'a Template,
    document: &'a Document,
    evaluation: &'a Evaluation,
    /// The fixed cells as they stand on the page.
    values: Values<'a>,
}

impl Reader<'_> {
    fn form(&self) -> &Form {
        &self.template.form
    }

    /// 各级指标得分 against 分值, execution among them, as entered.
    fn scores(&self) -> Option<Plan> {
        let score = self.evaluation.score.as_ref()?;
        let mut lines: Vec<Line> = score
            .levels
            .iter()
            .map(|level| {
                let weight = match level.weight.value().map(|weight| weight.checked_sub(level.not_applicable)) {
                    Some(applicable) => applicable.into(),
                    None => level.weight.clone(),
                };
                let label = one_line(&level.name);
                let label = if label.is_empty() { words::NO_LEVEL.to_owned() } else { label };
                Line { label, values: vec![level.entered.clone(), weight] }
            })
            .collect();
        if let Some(def) = self.role(Role::ExecutionScore).filter(|_| score.execution_weight.value().is_some()) {
            let label = def.row.clone().unwrap_or_else(|| def.label.clone());
            lines.push(Line { label, values: vec![score.entered.execution.clone(), score.execution_weight.clone()] });
        }
        lines.retain(|line| !line.values.first().is_some_and(|part| matches!(part, Outcome::NotApplicable)));
        Some(Plan {
            kind: ChartKind::Against,
            title: words::SCORES.to_owned(),
            holds: CellKind::Points,
            series: vec![words::SCORE.to_owned(), words::WEIGHT.to_owned()],
            rate: words::SCORE_RATE.to_owned(),
            lines,
            notes: score_notes(score),
        })
    }

    /// 执行数 against 预算数: all funds together, and each source where the form lists them in the columns that are added up.
    fn funds(&self) -> Option<Plan> {
        let form = self.form();
        let (executed, budget) = (form.role(Role::ExecutedAmount)?, form.role(Role::AdjustedBudget)?);
        let (part, whole) = (form.cell(executed)?, form.cell(budget)?);
        let mut lines = vec![Line {
            label: if part.row == whole.row { part.row.clone() } else { None }.unwrap_or_else(|| words::WHOLE.to_owned()),
            values: vec![self.values.fixed(executed), self.values.fixed(budget)],
        }];
        if let (
            Some(Formula::Expr(Expr::SumOf(CellRange::All(table, executed)))),
            Some(Formula::Expr(Expr::SumOf(CellRange::All(other, budget)))),
        ) = (&part.formula, &whole.formula)
            && table == other
            && let Some(def) = form.table(*table)
            && let Some(label) = def.at.year.or(def.at.name)
        {
            let mut rows = self.lines(*table, label, &[*executed, *budget], ChartRows::Top);
            rows.retain(has_value);
            // A single row is the whole once more.
            if rows.len() > 1 {
                lines.extend(rows);
            }
        }
        // Where both stand in one row their labels tell them apart, else their rows do.
        let name = |def: &CellDef| match &def.row {
            Some(row) if part.row != whole.row => row.clone(),
            Some(_) | None => def.label.clone(),
        };
        Some(Plan {
            kind: ChartKind::Against,
            title: words::FUNDS.to_owned(),
            holds: CellKind::Amount,
            series: vec![name(part), name(whole)],
            rate: words::EXECUTION_RATE.to_owned(),
            lines,
            notes: Vec::new(),
        })
    }

    fn declared(&self, def: &ChartDef) -> Option<Plan> {
        let table = self.form().table(def.table)?;
        let columns = || def.series.iter().filter_map(|column| table.column(*column));
        Some(Plan {
            kind: def.kind,
            title: def.title.clone(),
            holds: columns().next()?.kind,
            series: columns().map(|column| one_line(&column.label)).collect(),
            rate: def.rate.clone().unwrap_or_else(|| words::RATE.to_owned()),
            lines: self.lines(def.table, def.label, &def.series, def.rows),
            notes: Vec::new(),
        })
    }

    /// The rows of a table as lines. Top rows whose labels are printed as one cell are one line with their sum: the items of a year.
    fn lines(&self, table: TableIndex, label: ColumnIndex, series: &[ColumnIndex], which: ChartRows) -> Vec<Line> {
        let nesting = self.values.nesting(table);
        let joins = which == ChartRows::Top
            && self.form().table(table).and_then(|def| def.column(label)).is_some_and(|column| column.merge);
        let mut lines: Vec<Line> = Vec::new();
        for (position, row) in self.document.rows(table).iter().enumerate() {
            match which {
                ChartRows::Top if !nesting.is_top(position) => continue,
                ChartRows::Top | ChartRows::All if nesting.is_sum(position) => continue,
                ChartRows::Top | ChartRows::All => {}
            }
            let name = one_line(row.cell(label).text());
            let values = series.iter().map(|column| self.cell(table, row, *column));
            match lines.last_mut() {
                Some(line) if joins && (name.is_empty() || line.label == name) => {
                    for (sum, value) in line.values.iter_mut().zip(values) {
                        *sum = calc::sum([&*sum, &value]);
                    }
                }
                Some(_) | None => {
                    let label = if name.is_empty() { words::row(position) } else { name };
                    lines.push(Line { label, values: values.collect() });
                }
            }
        }
        lines
    }

    fn role(&self, role: Role) -> Option<&CellDef> {
        self.form().cell(self.form().role(role)?)
    }

    /// What a cell of a row counts as: what is typed, or the computed value that the page shows in its place.
    fn cell(&self, table: TableIndex, row: &Row, column: u8) -> Outcome {
        let cell = CellId::Row { table, row: row.id, column };
        let typed = self.values.cell(cell);
        let fills = self.form().table(table).and_then(|def| def.column(column)).is_some_and(|column| column.fill);
        match computed_cell(self.evaluation, cell) {
            Some(eval) if typed.is_blank() && fills => eval.computed.clone(),
            Some(_) | None => typed,
        }
    }
}

pub(super) fn has_value(line: &Line) -> bool {
    line.values.iter().any(|value| value.value().is_some())
}

/// A text of several lines as one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect()
}

fn score_notes(score: &Score) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(entered) = score.entered.shown {
        let weight = score.weight.value().map(crate::wording::number);
        let by_rule = score.by_rule.shown.filter(|by_rule| *by_rule != entered).map(|by_rule| by_rule.to_string());
        notes.push(words::total(&entered.to_string(), weight.as_deref(), by_rule.as_deref()));
    }
    let missing = score.entered.missing.len();
    if missing > 0 {
        notes.push(words::missing_scores(missing));
    }
    if score.not_applicable_weight > Exact::ZERO {
        notes.push(words::not_applicable(&crate::wording::number(score.not_applicable_weight)));
    }
    notes
}
