//! A table that is a grid: what each column and each row means by its words, and so what each figure is.

use super::figure::{self, Figure, Item, Key, Spot};
use super::found::Found;
use super::words::{self, About, Shape, TableKind, unnumbered};
use crate::block::{Grid, GridCell};
use crate::prelude::*;

/// More places than this are no table of such a document.
const MOST_PLACES: usize = 400_000;
/// The head of a table has no more rows than this.
const MOST_HEAD: usize = 12;

/// A grid with a cell for each place, merged cells in all that they cover.
pub(super) struct Laid<'g> {
    cells: Vec<Option<&'g GridCell>>,
    pub rows: usize,
    pub columns: usize,
}

impl<'g> Laid<'g> {
    pub fn of(grid: &'g Grid) -> Laid<'g> {
        let size = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        let (rows, columns) = (size(grid.rows), size(grid.columns));
        let Some(places) = rows.checked_mul(columns).filter(|places| *places <= MOST_PLACES) else {
            return Laid { cells: Vec::new(), rows: 0, columns: 0 };
        };
        let mut laid = Laid { cells: vec![None; places], rows, columns };
        // Cells that lie over one another would cost their area each.
        let mut left = MOST_PLACES * 4;
        for cell in &grid.cells {
            let area = size(cell.row_span.min(grid.rows)).saturating_mul(size(cell.column_span.min(grid.columns)));
            if area > left {
                break;
            }
            left -= area;
            for row in cell.row..cell.row.saturating_add(cell.row_span).min(grid.rows) {
                for column in cell.column..cell.column.saturating_add(cell.column_span).min(grid.columns) {
                    if let Some(place) = laid.cells.get_mut(size(row) * columns + size(column)) {
                        *place = Some(cell);
                    }
                }
            }
        }
        laid
    }

    fn cell(&self, row: usize, column: usize) -> Option<&'g GridCell> {
        if column >= self.columns { None } else { *self.cells.get(row * self.columns + column)? }
    }

    pub fn text(&self, row: usize, column: usize) -> &'g str {
        self.cell(row, column).map_or("", |cell| cell.text.as_str())
    }

    /// The texts of the first rows that stand alone in their row.
    pub fn titles(&self) -> impl Iterator<Item = &'g str> {
        (0..self.rows.min(6)).filter_map(|row| self.alone(row))
    }

    /// The one text of a row.
    fn alone(&self, row: usize) -> Option<&'g str> {
        let mut texts: Vec<&'g str> =
            (0..self.columns).map(|column| self.text(row, column)).filter(|text| !text.trim().is_empty()).collect();
        texts.dedup();
        match texts.as_slice() {
            [text] => Some(text),
            _ => None,
        }
    }

    pub fn power(&self) -> Option<u32> {
        let rows = 0..self.rows.min(6);
        rows.flat_map(|row| (0..self.columns).map(move |column| (row, column)))
            .find_map(|(row, column)| words::power(self.text(row, column)))
    }

    /// Whether a cell begins here, and does not cover this place from elsewhere.
    fn begins(&self, row: usize, column: usize) -> bool {
        let at = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        self.cell(row, column).is_none_or(|cell| cell.row == at(row) && cell.column == at(column))
    }
}

/// What a column holds.
#[derive(Clone, PartialEq)]
enum Column {
    /// Codes and names.
    Label,
    /// 行次, 备注
    Nothing,
    Value {
        measure: Option<&'static str>,
        fund: Option<&'static str>,
        phase: Option<&'static str>,
        name: String,
    },
}

/// A part of the table with rows of its own: names, then figures.
struct Strip {
    labels: Vec<usize>,
    values: Vec<usize>,
}

/// Reads the figures of a grid.
pub(super) fn read(laid: &Laid<'_>, kind: &'static TableKind, table: usize, block: usize, about: About, found: &mut Found) {
    if kind.shape == Shape::None || laid.rows == 0 {
        return;
    }
    let power = found.tables.get(table).map_or(4, |table| table.power);
    let body = body(laid);
    let columns: Vec<Column> = (0..laid.columns).map(|column| meaning(laid, kind, column, body, about)).collect();
    for (side, strip) in strips(&columns).iter().enumerate() {
        let mut rows = Rows::new(kind, side);
        for row in body..laid.rows {
            let Some(named) = rows.next(laid, row, strip) else { continue };
            for column in &strip.values {
                let (Some(Column::Value { measure, fund, phase, name }), true) =
                    (columns.get(*column), laid.begins(row, *column))
                else {
                    continue;
                };
                let text = laid.text(row, *column);
                let Some(number) = figure::read(text) else { continue };
                let Some((value, last)) = figure::measured(number.unwrap_or_default(), power) else { continue };
                // The side of income tells what its rows are; elsewhere the column tells.
                let measure =
                    named.measure.or(*measure).unwrap_or(if kind.shape == Shape::Sides { rows.running } else { kind.measure });
                let fund = named.fund.or(*fund).unwrap_or(kind.fund);
                let key = Key::new(measure, fund, phase.unwrap_or("main"), named.item.clone());
                let at = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
                let spot = Spot::Cell { table, block, row: at(row), column: at(*column) };
                let printed = if number.is_some() { text.trim().to_owned() } else { String::new() };
                found.add(Figure { spot, printed, value, last, power, key, row: named.name.clone(), column: name.clone() });
            }
        }
    }
}

/// The first row that is no head: a code, a whole, a number in order, or a figure stands in it.
fn body(laid: &Laid<'_>) -> usize {
    let mut head = 0;
    for row in 0..laid.rows.min(MOST_HEAD) {
        let texts: Vec<String> = (0..laid.columns)
            .filter(|column| laid.begins(row, *column))
            .map(|column| words::key(laid.text(row, column)))
            .collect();
        if is_order(&texts) {
            return row + 1;
        }
        let first = texts.iter().find(|text| !text.is_empty()).map_or("", String::as_str);
        let numbered = unnumbered(first) != first;
        let figures = texts.iter().any(|text| matches!(figure::read(text), Some(Some(_))));
        let whole =
            words::WHOLE.contains(&first) && head > 0 && texts.iter().filter(|text| !text.is_empty()).count() <= 2 && row > 1;
        if (figures || numbered || whole) && laid.alone(row).is_none() {
            return row;
        }
        head = row + 1;
    }
    head
}

/// 栏次 1 2 3: numbers that go up by one.
fn is_order(texts: &[String]) -> bool {
    let numbers: Vec<u32> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    let ordered = numbers.windows(2).all(|pair| matches!(pair, [one, next] if *next == one + 1));
    let rest = texts.iter().filter(|text| !text.is_empty() && text.parse::<u32>().is_err());
    numbers.len() >= 2 && numbers.first().is_some_and(|first| *first <= 2) && ordered && rest.count() <= 3
}

/// What a column holds, by its head; by its body where the head says nothing.
fn meaning(laid: &Laid<'_>, kind: &'static TableKind, column: usize, body: usize, about: About) -> Column {
    let mut path: Vec<String> = Vec::new();
    for row in 0..body {
        if laid.alone(row).is_some() {
            continue;
        }
        let text = words::key(laid.text(row, column));
        if !text.is_empty() && text != "栏次" && path.last() != Some(&text) && text.parse::<u32>().is_err() {
            path.push(text);
        }
    }
    let leaf = path.last().map_or("", String::as_str);
    if words::ORDER.contains(&leaf) {
        return Column::Nothing;
    }
    let holds_words = (body..laid.rows).any(|row| laid.begins(row, column) && figure::read(laid.text(row, column)).is_none());
    // Codes alone, under whatever head.
    let filled: Vec<&str> = (body..laid.rows).map(|row| laid.text(row, column).trim()).filter(|text| !text.is_empty()).collect();
    let coded = |text: &&str| text.len() > 2 && words::is_code(text) && text.starts_with(['2', '3']);
    let codes = filled.len() > 1 && filled.iter().all(coded);
    if words::LABEL.contains(&leaf) || holds_words || codes {
        return Column::Label;
    }
    let (mut measure, mut fund, mut phase) = (None, None, None);
    for text in &path {
        let text = unnumbered(text);
        phase = about.phase(text).or(phase);
        if let Some((named, _)) = words::longest(words::FUNDS, text) {
            fund = Some(named.id);
        }
        if words::WHOLE.contains(&text) {
            continue;
        }
        if let Some((named, _)) = words::longest(words::MEASURES, text) {
            measure = Some(named.id);
        }
    }
    // A head over all columns names the table, not what stands in one of them.
    if kind.shape == Shape::Sides {
        measure = None;
    }
    Column::Value { measure, fund, phase, name: path.join("/") }
}

/// Names followed by figures, from left to right.
fn strips(columns: &[Column]) -> Vec<Strip> {
    let mut strips: Vec<Strip> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        match column {
            Column::Label => match strips.last_mut().filter(|strip| strip.values.is_empty()) {
                Some(strip) => strip.labels.push(at),
                None => strips.push(Strip { labels: vec![at], values: Vec::new() }),
            },
            Column::Value { .. } => match strips.last_mut() {
                Some(strip) => strip.values.push(at),
                None => strips.push(Strip { labels: Vec::new(), values: vec![at] }),
            },
            Column::Nothing => {}
        }
    }
    strips.retain(|strip| !strip.values.is_empty());
    strips
}

/// What a row is.
struct Row {
    item: Item,
    measure: Option<&'static str>,
    fund: Option<&'static str>,
    name: String,
}

/// The rows of a strip, one after the other: what came before tells what a name means.
struct Rows {
    kind: &'static TableKind,
    side: usize,
    /// On a side of a balance: what its rows are parts of.
    running: &'static str,
    /// 类, 款, 项 as they stand in columns of their own.
    levels: Vec<String>,
}

impl Rows {
    fn new(kind: &'static TableKind, side: usize) -> Rows {
        let running = if side == 0 { "income" } else { "expenditure" };
        Rows { kind, side, running, levels: Vec::new() }
    }

    fn next(&mut self, laid: &Laid<'_>, row: usize, strip: &Strip) -> Option<Row> {
        let mut texts: Vec<String> = Vec::new();
        for column in &strip.labels {
            let text = laid.text(row, *column);
            if laid.begins(row, *column) || texts.is_empty() {
                texts.push(text.chars().filter(|char| !crate::number::is_space(*char)).collect());
            }
        }
        let code = self.code(&texts);
        let name: String = texts.iter().filter(|text| !words::is_code(text)).map(String::as_str).collect();
        let name = if code.is_empty() { name } else { name.trim_start_matches(|char: char| char.is_ascii_digit()).to_owned() };
        if strip.labels.is_empty() {
            return Some(Row { item: Item::All, measure: None, fund: None, name });
        }
        if code.is_empty() && name.is_empty() {
            return None;
        }
        if words::NOTE.iter().any(|word| name.starts_with(word)) {
            return None;
        }
        Some(self.row(&code, name))
    }

    fn row(&mut self, code: &str, name: String) -> Row {
        let plain = words::key(&name);
        let key = unnumbered(&plain);
        match self.kind.shape {
            Shape::Sides => self.of_side(name.clone(), key),
            Shape::Economic if !code.is_empty() => {
                Row { item: Item::Economic(code.into()), measure: Some("basic"), fund: None, name }
            }
            Shape::Functions if !code.is_empty() => Row { item: Item::Function(code.into()), measure: None, fund: None, name },
            Shape::Functions | Shape::Economic | Shape::Plain | Shape::None => plain_row(self.kind, key, name.clone()),
        }
    }

    fn of_side(&mut self, name: String, key: &str) -> Row {
        let whole = if self.side == 0 { "income-total" } else { "expenditure-total" };
        let all = |measure| Row { item: Item::All, measure: Some(measure), fund: None, name: name.clone() };
        if words::WHOLE.contains(&key) || key.ends_with("总计") {
            return all(whole);
        }
        if self.side > 0 {
            if let Some(code) = words::class(words::FUNCTIONS, key) {
                return Row { item: Item::Function(code.into()), measure: Some("expenditure"), fund: None, name };
            }
            if let Some(code) = words::class(words::ECONOMIC, key) {
                return Row { item: Item::Economic(code.into()), measure: Some("expenditure"), fund: None, name };
            }
        }
        let fund = words::longest(words::FUNDS, key).map(|(fund, _)| fund.id);
        let measure = words::longest(words::MEASURES, key).map(|(measure, _)| measure.id);
        match (measure, fund) {
            (Some(measure @ ("carry-in" | "carry-out" | "use-surplus" | "distribution")), _) => {
                self.running = measure;
                all(measure)
            }
            (Some("income" | "expenditure"), None) if key.starts_with("本年") || key.ends_with("合计") => {
                all(if self.side == 0 { "income" } else { "expenditure" })
            }
            (_, Some(fund)) if self.kind.fund != fund && !(key.contains("其中") && fund == "fiscal") => {
                Row { item: Item::All, measure: Some(self.running), fund: Some(fund), name }
            }
            (Some(measure), _) if !matches!(measure, "income" | "expenditure") => all(measure),
            _ => Row { item: Item::Named(key.to_owned()), measure: Some(self.running), fund: None, name },
        }
    }

    /// The code of a row: in one cell, before its name, or in three columns.
    fn code(&mut self, texts: &[String]) -> String {
        let parts: Vec<&String> = texts.iter().filter(|text| words::is_code(text)).collect();
        match parts.as_slice() {
            [] => {
                let first = texts.first().map_or("", String::as_str);
                let digits: String = first.chars().take_while(char::is_ascii_digit).collect();
                let glued = matches!(digits.len(), 3 | 5 | 7) && first.len() > digits.len() && !first.contains(['.', '、']);
                if glued { digits } else { String::new() }
            }
            [one] if one.len() > 2 => {
                self.levels = vec![(*one).clone()];
                (*one).clone()
            }
            // 208, 05, 01
            parts => {
                let short: Vec<String> = parts.iter().map(|part| (*part).clone()).collect();
                if short.first().is_some_and(|first| first.len() == 3) {
                    self.levels = short;
                } else {
                    let kept = self.levels.len().saturating_sub(if self.levels.len() > short.len() { short.len() } else { 0 });
                    self.levels.truncate(kept.max(1));
                    self.levels.extend(short);
                }
                self.levels.concat()
            }
        }
    }
}

fn plain_row(kind: &'static TableKind, key: &str, name: String) -> Row {
    let fund = words::longest(words::FUNDS, key).map(|(fund, _)| fund.id);
    let measure = words::longest(words::MEASURES, key).map(|(measure, _)| measure.id);
    if words::WHOLE.contains(&key) {
        return Row { item: Item::All, measure: None, fund: None, name };
    }
    match (kind.shape, measure) {
        (Shape::Functions, Some("income-total" | "expenditure-total")) => Row { item: Item::All, measure, fund: None, name },
        // 收入表 by where it comes from, one a row.
        (Shape::Functions, _) if kind.measure == "income" && (fund.is_some() || key.starts_with("本年收入")) => {
            Row { item: Item::All, measure: Some("income"), fund, name }
        }
        (Shape::Functions, _) => match words::class(words::FUNCTIONS, key) {
            Some(code) => Row { item: Item::Function(code.into()), measure: None, fund: None, name },
            None => Row { item: Item::Named(key.to_owned()), measure: None, fund: None, name },
        },
        (_, Some(measure)) => Row { item: Item::All, measure: Some(measure), fund, name },
        (_, None) => Row { item: Item::Named(key.to_owned()), measure: None, fund, name },
    }
}
