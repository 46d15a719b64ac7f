//! Formulas of a form: as written, resolved to indexes, and put in an order without cycles.

use crate::prelude::*;
use crate::template::reader::{Object, Problems};
use crate::template::{CellDef, CellIndex, ColumnIndex, Expected, Formula, RowFormula, Rule, TableDef};

/// A formula as written, before its references are known.
pub enum RawFormula {
    Sum(Vec<String>),
    Column(String),
    Sub(Vec<String>),
    Div(Vec<String>),
    Rule(Rule),
}

/// The `formula` key of a fixed cell.
pub fn raw(object: &Object<'_>) -> Option<RawFormula> {
    let inner = object.object("formula")?;
    let formula = if inner.has("sum") {
        RawFormula::Sum(inner.texts("sum"))
    } else if inner.has("column") {
        RawFormula::Column(inner.text("column"))
    } else if inner.has("sub") {
        RawFormula::Sub(inner.texts("sub"))
    } else if inner.has("div") {
        RawFormula::Div(inner.texts("div"))
    } else {
        RawFormula::Rule(match inner.text("rule").as_str() {
            "execution_weight" => Rule::ExecutionWeight,
            "execution_score" => Rule::ExecutionScore,
            "weight_total" => Rule::WeightTotal,
            "score_total" => Rule::ScoreTotal,
            "grade" => Rule::Grade,
            _ => {
                inner.problem("rule", Expected::Formula);
                return None;
            }
        })
    };
    inner.finish();
    Some(formula)
}

/// The `formula` key of a column, over the columns named `ids`.
pub fn of_row(entry: &Object<'_>, ids: &[String]) -> Option<RowFormula> {
    let inner = entry.object("formula")?;
    let column = |id: &String| ids.iter().position(|known| known == id).and_then(|at| ColumnIndex::try_from(at).ok());
    let pair = |key: &'static str| match inner.texts(key).as_slice() {
        [a, b] => Some((column(a)?, column(b)?)),
        _ => None,
    };
    let formula = if inner.has("div") {
        pair("div").map(|(a, b)| RowFormula::Div(a, b))
    } else if inner.has("sub") {
        pair("sub").map(|(a, b)| RowFormula::Sub(a, b))
    } else if inner.has("add") {
        pair("add").map(|(a, b)| RowFormula::Add(a, b))
    } else if inner.has("share") {
        column(&inner.text("share")).map(RowFormula::Share)
    } else {
        (inner.optional_text("rule").as_deref() == Some("indicator_score")).then_some(RowFormula::IndicatorScore)
    };
    if formula.is_none() {
        entry.problem("formula", Expected::RowFormula);
    }
    inner.finish();
    formula
}

impl RawFormula {
    pub fn resolve(&self, cells: &[CellDef], tables: &[TableDef], problems: &Problems) -> Option<Formula> {
        let cell = |id: &String| {
            let found = cells.iter().position(|cell| cell.id == *id).and_then(|at| CellIndex::try_from(at).ok());
            if found.is_none() {
                problems.add(id, Expected::Cell);
            }
            found
        };
        let pair = |ids: &[String]| match ids {
            [a, b] => Some((cell(a)?, cell(b)?)),
            _ => {
                problems.add(ids.join(", "), Expected::TwoCells);
                None
            }
        };
        match self {
            RawFormula::Sum(ids) => Some(Formula::Sum(ids.iter().filter_map(cell).collect())),
            RawFormula::Sub(ids) => pair(ids).map(|(a, b)| Formula::Sub(a, b)),
            RawFormula::Div(ids) => pair(ids).map(|(a, b)| Formula::Div(a, b)),
            RawFormula::Rule(rule) => Some(Formula::Rule(*rule)),
            RawFormula::Column(path) => {
                let found = path.split_once('.').and_then(|(table, column)| {
                    let (at, table) = (0..).zip(tables).find(|(_, known)| known.id == table)?;
                    Some(Formula::Column(at, table.column_index(column)?))
                });
                if found.is_none() {
                    problems.add(path, Expected::TableColumn);
                }
                found
            }
        }
    }
}

/// The fixed cells that a formula reads.
fn reads(formula: &Formula) -> Vec<CellIndex> {
    match formula {
        Formula::Sum(cells) => cells.clone(),
        Formula::Sub(a, b) | Formula::Div(a, b) => vec![*a, *b],
        Formula::Column(..) | Formula::Rule(_) => Vec::new(),
    }
}

/// Cells with a formula, each after the cells it reads. A cycle is a problem.
pub fn order(cells: &[CellDef], problems: &Problems) -> Vec<CellIndex> {
    let mut order: Vec<CellIndex> = Vec::new();
    let mut waiting: Vec<CellIndex> = (0..).zip(cells).filter(|(_, cell)| cell.formula.is_some()).map(|(at, _)| at).collect();
    while !waiting.is_empty() {
        let ready = |at: &CellIndex| {
            let formula = cells.get(usize::from(*at)).and_then(|cell| cell.formula.as_ref());
            formula.is_none_or(|formula| reads(formula).iter().all(|read| !waiting.contains(read)))
        };
        let (now, later): (Vec<CellIndex>, Vec<CellIndex>) = waiting.iter().copied().partition(ready);
        if now.is_empty() {
            problems.add("formula", Expected::NoCycle);
            break;
        }
        order.extend(now);
        waiting = later;
    }
    // Rules look at rows and at other rules, so they come last, in the order in which `Rule` lists them.
    order.sort_by_key(|at| match cells.get(usize::from(*at)).and_then(|cell| cell.formula.as_ref()) {
        Some(Formula::Rule(rule)) => Some(*rule),
        _ => None,
    });
    order
}
