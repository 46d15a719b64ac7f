//! What an indicator row still lacks. A row that others hold values for, or that holds values for others, lacks nothing by that.

use super::{Checked, IndicatorRow};
use crate::engine::evaluation::RowState;
use crate::engine::is_same_level;
use crate::engine::meaning::Aspect;
use crate::engine::scoring::ScoringKind;
use crate::finding::Missing;
use crate::numbering;
use crate::prelude::*;
use crate::template::{ColumnIndex, TableDef, TableIndex, TableRole};

/// How the rows of the indicator tables stand to one another.
pub struct Parts {
    /// Whether weights are printed. A table that prints none may join the scores of several rows in one cell.
    weighed: bool,
    /// Whether the weights that are there make the whole already: a row without one has its points in another.
    whole: bool,
    tables: Vec<(TableIndex, Vec<Part>)>,
}

/// How one row stands to others.
#[derive(Clone, Copy, Default)]
struct Part {
    /// 1. 培训, with 1.1 and 1.2 or 其中 below it: the rows below hold the values.
    heads: bool,
    /// Below a row that holds the points.
    pointed_above: bool,
    /// 其中：…
    of_which: bool,
    /// In a 一级指标 that judges without any values, such as 项目决策.
    rubric: bool,
    /// The only row of its 二级指标, which names it.
    alone: bool,
}

impl Parts {
    pub fn of(checked: &Checked<'_>) -> Parts {
        let weighed = checked.indicators().any(|row| row.eval.weight.value().is_some());
        let total = checked.profile().weights.total.value;
        let weight = checked.evaluation.score.as_ref().and_then(|score| score.weight.value());
        let tables = (0..).zip(&checked.form().tables).filter(|(_, def)| def.role == TableRole::Indicators);
        let tables = tables.map(|(table, def)| (table, parts(checked, table, def))).collect();
        Parts { weighed, whole: weight.is_some_and(|weight| weight >= total), tables }
    }

    fn part(&self, row: &IndicatorRow<'_>) -> Part {
        let table = self.tables.iter().find(|(table, _)| *table == row.indicator.table);
        table.and_then(|(_, parts)| parts.get(row.indicator.position)).copied().unwrap_or_default()
    }

    /// The parts that an indicator row in use still lacks.
    pub fn missing(&self, row: &IndicatorRow<'_>) -> Vec<(Missing, ColumnIndex)> {
        let part = self.part(row);
        let bonus = [row.eval.meaning.aspect, row.eval.meaning.section].contains(&Aspect::Bonus);
        if !matches!(row.eval.state, RowState::Scored | RowState::Plain) || part.heads || part.of_which || bonus {
            return Vec::new();
        }
        let at = &row.indicator.def.at;
        let manual_score = row.eval.kind == ScoringKind::Manual && at.target.is_none();
        let parts: [(Missing, Option<ColumnIndex>); 5] = [
            (Missing::Indicator, at.indicator),
            (Missing::Target, at.target),
            (Missing::Actual, at.actual),
            (Missing::Weight, at.weight),
            (Missing::Score, at.score),
        ];
        let parts = parts.into_iter().filter_map(|(part, column)| Some((part, column?)));
        let blank = |column: Option<ColumnIndex>| row.indicator.typed(column).is_blank();
        // Without a weight of its own, and with nothing left to give, its points stand in another row.
        let joined = !self.weighed || (blank(at.weight) && blank(at.score) && (self.whole || part.pointed_above));
        let lacks = |(missing, _): &(Missing, ColumnIndex)| {
            let elsewhere = match missing {
                Missing::Indicator => part.alone,
                Missing::Target => part.rubric,
                Missing::Actual => part.rubric || row.indicator.is_free_of_actual() || row.indicator.is_measured_elsewhere(),
                Missing::Weight => joined,
                // A blank score that the page fills in is not missing.
                Missing::Score => joined || row.eval.suggested.value().is_some(),
            };
            !elsewhere && (!manual_score || *missing == Missing::Score)
        };
        parts.filter(|(_, column)| blank(Some(*column))).filter(lacks).collect()
    }
}

fn parts(checked: &Checked<'_>, table: TableIndex, def: &TableDef) -> Vec<Part> {
    let rows = checked.document().rows(table);
    let evals = checked.evaluation.rows(table);
    let levels = checked.entered.levels(table);
    let mut parts = vec![Part::default(); rows.len()];
    let name = |position: usize| rows.get(position).map_or("", |row| row.cell_at(def.at.indicator).text().trim());
    let is_blank =
        |position: usize, column: Option<ColumnIndex>| rows.get(position).is_none_or(|row| row.cell_at(column).is_blank());
    let is_used =
        |position: usize| evals.get(position).is_some_and(|eval| !matches!(eval.state, RowState::Unused | RowState::Sum));
    let mut start = 0;
    while start < rows.len() {
        // The rows of one 二级指标 are one list.
        let level = levels.names(def, rows, start);
        let is_other = |row: &usize| {
            let name = levels.names(def, rows, *row);
            !is_same_level(name.0, level.0) || !is_same_level(name.1, level.1)
        };
        let end = (start..rows.len()).find(is_other).unwrap_or(rows.len());
        for (offset, parent) in numbering::parents((start..end).map(name)).into_iter().enumerate() {
            let position = start + offset;
            let head = parent.map(|parent| start + parent);
            if let Some(above) = head.and_then(|head| parts.get_mut(head)) {
                above.heads = true;
            }
            if let Some(part) = parts.get_mut(position) {
                part.of_which = head.is_some() && name(position).starts_with("其中");
                part.pointed_above = head.is_some_and(|head| !is_blank(head, def.at.weight) || !is_blank(head, def.at.score));
            }
        }
        let own_level = !is_blank(start, def.at.level2);
        if own_level
            && (start..end).filter(|row| is_used(*row)).count() == 1
            && let Some(part) = parts.get_mut(start)
        {
            part.alone = true;
        }
        start = end;
    }
    for position in 0..rows.len() {
        for held in checked.entered.held(table, position) {
            if let Some(part) = parts.get_mut(held) {
                part.pointed_above = true;
            }
            if let Some(head) = parts.get_mut(position) {
                head.heads = true;
            }
        }
    }
    for level in checked.evaluation.score.iter().flat_map(|score| &score.levels).filter(|level| level.table == table) {
        let judged = |position: &usize| is_blank(*position, def.at.target) && is_blank(*position, def.at.actual);
        let other = |position: &usize| evals.get(*position).is_some_and(|eval| eval.meaning.section == Aspect::Other);
        let named = !level.name.trim().is_empty();
        if named && level.positions.iter().all(|position| judged(position) && other(position)) {
            for position in &level.positions {
                if let Some(part) = parts.get_mut(*position) {
                    part.rubric = true;
                }
            }
        }
    }
    parts
}
