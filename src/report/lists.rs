//! Fields that list rows of a table.

use super::value::{Bound, Found, Value};
use crate::document::{CellId, Row, Typed};
use crate::engine::{LevelSubtotal, Nesting, RowEval, RowState, Trees, is_same_level};
use crate::number::{Exact, Reading, Unit, read};
use crate::prelude::*;
use crate::template::{CellKind, ColumnDef, ColumnIndex, TableDef, TableIndex, TableRole};
use crate::wording::report as words;

/// 运行维护·实际完成值, or one or more whole columns: 资金来源·全年执行数, 收入决算·决算数、占比.
pub(super) fn row_or_column(bound: &Bound<'_>, row_name: &str, column_labels: &str) -> Found {
    let form = &bound.template.form;
    let mut blank = None;
    for (table, def) in (0..).zip(&form.tables) {
        let column_of = |label: &str| (0..).zip(&def.columns).find(|(_, column)| column.label == label.trim());
        if def.name == row_name {
            let columns: Option<Vec<(ColumnIndex, &ColumnDef)>> = column_labels.split('、').map(column_of).collect();
            return columns.map_or(Found::Unknown, |columns| column_list(bound, table, def, &columns));
        }
        let Some((column, _)) = column_of(column_labels) else { continue };
        let rows = bound.document.rows(table);
        // The whole name first: under another head, a part may bear the name of a sum.
        let whole = rows.iter().find(|row| written_name(def, row) == row_name);
        if let Some(row) = whole.or_else(|| rows.iter().find(|row| name(def, row) == row_name)) {
            blank = blank.or(Some(CellId::Row { table, row: row.id, column }));
            if let Some(value) = bound.row_value(table, row, column) {
                return Found::Value(value);
            }
        }
    }
    blank.map_or(Found::Unknown, |cell| Found::Blank(Some(cell)))
}

/// The top rows of a table in one text: amounts one after the other, several columns with their labels, words numbered.
fn column_list(bound: &Bound<'_>, table: TableIndex, def: &TableDef, columns: &[(ColumnIndex, &ColumnDef)]) -> Found {
    let rows = bound.document.rows(table);
    let nesting = Nesting::of(def, rows);
    // A column of words at the head, such as 年度, names the rows.
    let (naming, columns) = match columns {
        [(at, first), rest @ ..] if !first.kind.is_numeric() && !rest.is_empty() => (Some(*at), rest),
        _ => (None, columns),
    };
    let labels = labels(columns);
    let words_only = columns.iter().any(|(_, column)| !column.kind.is_numeric());
    let mut list = Vec::new();
    let mut cell = None;
    for (_, row) in rows.iter().enumerate().filter(|(position, _)| nesting.is_top_item(*position)) {
        let name = naming.map_or_else(|| name(def, row), |at| row.cell(at).text().trim());
        let values: Vec<(&str, Value)> = columns
            .iter()
            .zip(&labels)
            .filter_map(|((at, _), label)| Some((*label, bound.row_value(table, row, *at)?)))
            .collect();
        let Some((_, first)) = values.first() else { continue };
        cell = cell.or(first.cell);
        list.push(match (columns, words_only) {
            ([_], true) => first.text.clone(),
            ([_], false) => words::amount_of(name, &first.text),
            _ => words::row_of(name, values.iter().map(|(label, value)| (*label, value.text.as_str()))),
        });
    }
    if list.is_empty() {
        return Found::Blank(None);
    }
    let text = match (columns, words_only) {
        ([_], true) => words::numbered(list.iter().map(String::as_str)),
        ([_], false) => words::listed(&list),
        _ => words::joined(&list),
    };
    Found::Value(Value { text, number: None, cell })
}

/// How the columns of a list are called. What stands in brackets is said only where it tells one from another.
fn labels<'f>(columns: &[(ColumnIndex, &'f ColumnDef)]) -> Vec<&'f str> {
    let bare: Vec<&str> = columns.iter().map(|(_, column)| column.label.split('（').next().unwrap_or_default()).collect();
    let told_apart = bare.iter().all(|label| bare.iter().filter(|other| *other == label).count() == 1);
    if told_apart { bare } else { columns.iter().map(|(_, column)| column.label.as_str()).collect() }
}

/// How a row is called: its indicator, its name, or its first words, without a number before it.
fn name<'a>(def: &TableDef, row: &'a Row) -> &'a str {
    words::bare_name(written_name(def, row))
}

fn written_name<'a>(def: &TableDef, row: &'a Row) -> &'a str {
    let named = def.at.indicator.or(def.at.name);
    // A running number is no name.
    let is_words = |column| matches!(row.cell(column).reading(), Reading::Words);
    let first = || (0..).zip(&def.columns).find(|(at, column)| column.kind == CellKind::Text && is_words(*at)).map(|(at, _)| at);
    named.or_else(first).or(def.at.year).map_or("", |column| row.cell(column).text().trim())
}

/// 产出指标得分, 产出指标分值, 产出指标完成情况.
pub(super) fn of_level(bound: &Bound<'_>, field: &str) -> Found {
    let [score, weight, fulfilment] = words::LEVEL_FIELDS;
    let level = |name: &str| level(bound, name).filter(|_| !name.is_empty());
    if let Some(name) = field.strip_suffix(fulfilment).filter(|name| !name.is_empty()) {
        // Several levels make one list: 效益指标、满意度指标完成情况.
        let named = |level: &str| !level.is_empty() && name.split('、').any(|name| name.trim() == level);
        let list = self::fulfilment(bound, |level1, level2| named(level1) || named(level2));
        let known =
            bound.document.tables.iter().flatten().any(|row| row.cells.iter().any(|cell| named(words::level_name(cell.text()))));
        return match list {
            Some(value) => Found::Value(value),
            None if known => Found::Blank(None),
            None => Found::Unknown,
        };
    }
    let found = if let Some(found) = field.strip_suffix(score).and_then(level) {
        (found, level_score(bound, found))
    } else if let Some(found) = field.strip_suffix(weight).and_then(level) {
        (found, found.weight.value())
    } else {
        return Found::Unknown;
    };
    let cell = level_cell(bound, found.0);
    match found.1 {
        Some(points) => Found::Value(Value { text: wording_points(points), number: None, cell }),
        None => Found::Blank(cell),
    }
}

fn wording_points(points: Exact) -> String {
    crate::wording::number(points)
}

fn level<'b>(bound: &'b Bound<'_>, name: &str) -> Option<&'b LevelSubtotal> {
    bound.evaluation.score.as_ref()?.levels.iter().find(|level| words::level_name(&level.name) == name)
}

/// 各级得分. A sum of scores that are still to be given is no result.
fn level_score(bound: &Bound<'_>, level: &LevelSubtotal) -> Option<Exact> {
    let score = bound.evaluation.score.as_ref()?;
    let is_open = |cell: &CellId| match cell {
        CellId::Row { table, row, .. } => level.rows(bound.evaluation.rows(*table)).any(|known| known.row == *row),
        CellId::Fixed(_) => false,
    };
    let complete = score.entered.total.value().is_some() || !score.entered.missing.iter().any(is_open);
    level.entered.value().filter(|_| complete)
}

fn level_cell(bound: &Bound<'_>, level: &LevelSubtotal) -> Option<CellId> {
    let row = bound.document.rows(level.table).get(*level.positions.first()?)?;
    let column = bound.form().table(level.table)?.at.score?;
    Some(CellId::Row { table: level.table, row: row.id, column })
}

/// The fields of every level that has a score.
pub(super) fn level_names(bound: &Bound<'_>) -> Vec<String> {
    let levels = bound.evaluation.score.iter().flat_map(|score| &score.levels);
    levels.flat_map(|level| words::LEVEL_FIELDS.map(|field| format!("{}{field}", words::level_name(&level.name)))).collect()
}

/// 产出指标得41分（分值50分），…
pub(super) fn levels(bound: &Bound<'_>) -> Option<Value> {
    let score = bound.evaluation.score.as_ref()?;
    let levels: Vec<(&LevelSubtotal, Exact, Exact)> =
        score.levels.iter().filter_map(|level| Some((level, level_score(bound, level)?, level.weight.value()?))).collect();
    let cell = level_cell(bound, levels.first()?.0);
    let text = words::levels(
        levels
            .iter()
            .map(|(level, entered, weight)| (words::level_name(&level.name), wording_points(*entered), wording_points(*weight))),
    );
    Some(Value { text, number: None, cell })
}

/// What was done for each indicator of the levels that belong, under the name of its 二级指标.
pub(super) fn fulfilment(bound: &Bound<'_>, belongs: impl Fn(&str, &str) -> bool) -> Option<Value> {
    let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
    let mut cell = None;
    let trees = Trees::of(bound.form(), bound.document);
    for FilledRow { table, def, position, row, .. } in indicator_rows(bound) {
        let (level1, level2) = trees.levels(table).names(def, bound.document.rows(table), position);
        let (level1, level2) = (words::level_name(level1), words::level_name(level2));
        if !belongs(level1, level2) {
            continue;
        }
        let Some(text) = done(def, row) else { continue };
        let column = def.at.actual.or(def.at.reason)?;
        cell = cell.or(Some(CellId::Row { table, row: row.id, column }));
        match groups.last_mut().filter(|(name, _)| is_same_level(name, level2)) {
            Some((_, rows)) => rows.push(text),
            None => groups.push((level2, vec![text])),
        }
    }
    if groups.is_empty() {
        return None;
    }
    Some(Value { text: words::groups(&groups), number: None, cell })
}

/// 指标值 and 完成值 as they read together with the sign and the unit that some forms print apart: ≥95%, 89%.
pub(super) fn target_and_actual(def: &TableDef, row: &Row) -> (String, String) {
    let text_at = |column| row.cell_at(column).text().trim();
    let (sign, unit, own) = (text_at(def.at.sign), text_at(def.at.unit), text_at(def.at.actual_unit));
    let (target, actual) = (row.cell_at(def.at.target), row.cell_at(def.at.actual));
    let bare = |typed: &Typed| matches!(typed.reading(), Reading::Quantity(quantity) if quantity.unit == Unit::None);
    let with_unit = |typed: &Typed, unit: &str| {
        let text = words::bare(typed.text());
        if bare(typed) { format!("{text}{unit}") } else { text.to_owned() }
    };
    // 完成值 is in the unit of 指标值 where none of its own is printed.
    let (target_text, actual_text) = (with_unit(target, unit), with_unit(actual, if own.is_empty() { unit } else { own }));
    // 定性 is no sign.
    let signed = format!("{sign}{target_text}");
    let is_sign = bare(target) && matches!(read(&signed), Reading::Quantity(quantity) if quantity.comparator.is_some());
    (if is_sign { signed } else { target_text }, actual_text)
}

/// 指标值17台，实际完成17台; or what was written on it.
fn done(def: &TableDef, row: &Row) -> Option<String> {
    let name = words::bare_name(row.cell_at(def.at.indicator).text());
    let (target, actual) = (row.cell_at(def.at.target), row.cell_at(def.at.actual));
    let measured = |reading: &Reading| matches!(reading, Reading::Quantity(_) | Reading::Range { .. } | Reading::Date(_));
    if def.at.actual.is_none() {
        let said = words::bare(row.cell_at(def.at.reason).text());
        return (!said.is_empty()).then(|| words::said_of(name, said));
    }
    let (target_text, said) = target_and_actual(def, row);
    if said.is_empty() || matches!(actual.reading(), Reading::NotApplicable) {
        return None;
    }
    if measured(target.reading()) && measured(actual.reading()) {
        return Some(words::measured(name, &target_text, &said));
    }
    Some(words::said_of(name, &said))
}

/// The indicators below full points, with what was written on them.
pub(super) fn losses(bound: &Bound<'_>) -> Option<Value> {
    let mut list = Vec::new();
    let mut cell = None;
    for FilledRow { table, def, row, eval, .. } in indicator_rows(bound) {
        if !loss(eval).is_some_and(Exact::is_positive) {
            continue;
        }
        let (score, weight) = (eval.counted.value()?, eval.weight.value()?);
        cell = cell.or(def.at.score.map(|column| CellId::Row { table, row: row.id, column }));
        let name = words::bare_name(row.cell_at(def.at.indicator).text());
        let reason = words::bare(row.cell_at(def.at.reason).text());
        list.push(words::lost(name, &wording_points(score), &wording_points(weight), reason));
    }
    (!list.is_empty()).then(|| Value { text: words::joined(&list), number: None, cell })
}

/// An indicator row that is filled in.
pub(super) struct FilledRow<'b> {
    pub table: TableIndex,
    pub def: &'b TableDef,
    pub position: usize,
    pub row: &'b Row,
    pub eval: &'b RowEval,
}

/// The indicator rows that are filled in.
pub(super) fn indicator_rows<'b>(bound: &'b Bound<'_>) -> impl Iterator<Item = FilledRow<'b>> {
    let form = &bound.template.form;
    let tables = (0..).zip(&form.tables).filter(|(_, def)| def.role == TableRole::Indicators);
    tables.flat_map(move |(table, def)| {
        let rows = bound.document.rows(table).iter().zip(bound.evaluation.rows(table)).enumerate();
        let rows = rows.map(move |(position, (row, eval))| FilledRow { table, def, position, row, eval });
        rows.filter(|FilledRow { def, row, eval, .. }| {
            let typed = |column| !row.cell_at(column).is_blank();
            let used = match eval.state {
                RowState::Scored | RowState::Plain => true,
                RowState::NotApplicable | RowState::Unused | RowState::Deduction | RowState::Bonus | RowState::Sum => false,
            };
            // What the form gives was not filled in by anybody.
            let filled = |column: Option<ColumnIndex>| {
                let text = row.cell_at(column).text();
                let given = |skeleton: &Vec<String>| {
                    column.and_then(|at| skeleton.get(usize::from(at))).is_some_and(|given| given == text)
                };
                typed(column) && !def.skeleton.iter().any(given)
            };
            used && typed(def.at.indicator) && (filled(def.at.target) || filled(def.at.actual) || filled(def.at.score))
        })
    })
}

/// Points below full, where a score and a weight are there.
pub(super) fn loss(row: &RowEval) -> Option<Exact> {
    row.weight.value()?.checked_sub(row.counted.value()?).ok()
}
