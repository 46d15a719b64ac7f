//! Sections of a grid: a head of one or more rows, and the rows under it. A head that comes again begins another section.

use super::column::{self, Column};
use super::lay::{Cell, Lay};
use super::value::Value;
use super::words::{AROUND, LEDGER, has};
use crate::number::{Exact, Unit, half_width, is_space};
use crate::prelude::*;

pub(super) struct Section {
    /// Rows of the grid under the head, in order.
    pub body: Vec<usize>,
    pub columns: Vec<Column>,
}

impl Section {
    /// Whether its rows are things that were found or are to be mended, each with words of its own.
    pub fn is_ledger(&self) -> bool {
        self.columns.iter().filter_map(Column::leaf).any(|leaf| LEDGER.contains(&leaf.key.as_str()))
    }
}

/// What a row looks like by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Blank,
    /// One text, and nothing else.
    Single,
    /// Several texts, and no figure.
    Words,
    /// Years, perhaps with words beside them.
    Years,
    /// 1 2 3 …, or 栏次 with numbers and formulas.
    Numbers,
    /// Titles of which some are 1 2 3 …: weeks, months.
    Steps,
    Figures,
}

/// The sections of a grid, and the unit of amounts that the lines above a table name.
pub(super) fn sections(lay: &Lay<'_>) -> Vec<Section> {
    let mut found = Vec::new();
    let mut open = Open::default();
    let mut unit = None;
    for row in 0..lay.rows {
        unit = stated_unit(lay, row).or(unit);
        match look(lay, row) {
            Look::Blank => {}
            Look::Numbers if open.body.iter().all(|row| !open.figures_in(lay, *row)) && !open.head.is_empty() => {
                open.numbers = Some(row);
            }
            Look::Words | Look::Years | Look::Steps if open.is_head(lay, row) => {
                if open.has_figures {
                    found.extend(core::mem::take(&mut open).close(lay, unit.clone()));
                }
                open.head.push(row);
                open.body.clear();
            }
            Look::Single if !open.has_figures && is_part_of_head(lay, row, &open.head) => open.head.push(row),
            Look::Single if open.head.is_empty() => {}
            Look::Single | Look::Words | Look::Years | Look::Numbers | Look::Steps | Look::Figures => open.add(lay, row),
        }
    }
    found.extend(open.close(lay, unit));
    found
}

#[derive(Default)]
struct Open {
    head: Vec<usize>,
    /// The row that numbers the columns.
    numbers: Option<usize>,
    body: Vec<usize>,
    /// For each column, how many figures it holds.
    figures: Vec<u32>,
    has_figures: bool,
}

impl Open {
    fn figures_in(&self, lay: &Lay<'_>, row: usize) -> bool {
        self.has_figures && lay.row(row).any(|cell| cell.value.number().is_some())
    }

    fn add(&mut self, lay: &Lay<'_>, row: usize) {
        self.figures.resize(lay.columns, 0);
        for cell in lay.row(row).filter(|cell| cell.value.number().is_some()) {
            self.has_figures = true;
            if let Some(count) = self.figures.get_mut(cell.column) {
                *count += 1;
            }
        }
        self.body.push(row);
    }

    /// Whether a row of words is a head: it stands before all figures, or over columns that held figures above it.
    fn is_head(&self, lay: &Lay<'_>, row: usize) -> bool {
        if lay.row(row).all(|cell| has(&cell.name.key, AROUND)) {
            return false;
        }
        let look = look(lay, row);
        if !self.has_figures {
            return look != Look::Steps || !self.head.is_empty();
        }
        if look == Look::Steps {
            return false;
        }
        let holds = |column: usize| self.figures.get(column).is_some_and(|count| *count > 0);
        let columns = self.figures.iter().filter(|count| **count > 0).count();
        let over = lay.row(row).filter(|cell| (cell.column..cell.to_column).any(holds)).count();
        let again = || self.head.last().is_some_and(|head| texts(lay, *head).eq(texts(lay, row)));
        over >= 2 && over * 2 >= columns || again()
    }

    fn close(self, lay: &Lay<'_>, unit: Option<Unit>) -> Option<Section> {
        let mut columns = column::columns(lay, &self.head, &self.body, unit.as_ref());
        // 3=1+2 below a title says the same as within it.
        for column in columns.iter_mut().filter(|column| column.kind.is_figure()) {
            let number = self.numbers.and_then(|row| lay.cell(row, column.at));
            if let (Some(number), Some(title)) = (number, column.path.last_mut()) {
                title.inside.push(number_of_column(number.text));
            }
        }
        self.has_figures.then_some(Section { body: self.body, columns })
    }
}

fn texts<'l>(lay: &'l Lay<'_>, row: usize) -> impl Iterator<Item = &'l str> {
    lay.row(row).map(|cell| cell.text)
}

/// Below a head over several columns, a single text under one of them is a part of the head.
fn is_part_of_head(lay: &Lay<'_>, row: usize, head: &[usize]) -> bool {
    let (Some(last), Some(only)) = (head.last(), lay.row(row).next()) else { return false };
    only.column > 0
        && only.to_column < lay.columns
        && lay.cell(*last, only.column).is_some_and(|above| above.to_column - above.column > 1)
}

fn look(lay: &Lay<'_>, row: usize) -> Look {
    let (mut words, mut figures, mut years) = (0, 0, 0);
    for cell in lay.row(row) {
        match &cell.value {
            Value::Number(_) => {
                figures += 1;
                years += usize::from(is_year(cell));
            }
            Value::Words if is_year(cell) => (words, years) = (words + 1, years + 1),
            Value::Words => words += 1,
            Value::Blank | Value::Nothing | Value::Covered => {}
        }
    }
    match (words, figures) {
        (0, 0) => Look::Blank,
        (1, 0) => Look::Single,
        (_, 0) => Look::Words,
        _ if is_numbering(lay, row) => Look::Numbers,
        (words, figures) if words > 0 && figures > 2 && is_steps(lay, row) => Look::Steps,
        (_, figures) if years >= figures && words > 0 && figures > 1 => Look::Years,
        _ => Look::Figures,
    }
}

fn is_year(cell: &Cell<'_>) -> bool {
    crate::number::is_year(cell.text) && cell.text.chars().count() <= 8
}

/// 栏次 1 2 3, also 甲 乙 1 2=3+4.
fn is_numbering(lay: &Lay<'_>, row: usize) -> bool {
    let mut next = None;
    let mut count = 0;
    let mut named = false;
    for cell in lay.row(row) {
        let plain = number_of_column(cell.text);
        match plain.parse::<i64>() {
            Ok(own) => {
                // A formula may stand for a number between.
                if next.map_or(!(1..=3).contains(&own), |next| own < next || own > next + 4) {
                    return false;
                }
                next = Some(own + 1);
                count += 1;
            }
            Err(_) if cell.value.number().is_some() => return false,
            Err(_) => {
                let key = &cell.name.key;
                named |= matches!(key.as_str(), "栏次" | "行次" | "栏目" | "序号" | "甲" | "乙" | "列次");
                let is_letter = key.chars().count() == 1;
                if !named && !is_letter && !plain.contains('=') && !key.is_empty() {
                    return false;
                }
            }
        }
    }
    count >= 3 || named && count >= 1
}

/// （3）＝（1）＋（2） as 3=1+2: brackets around a number mean nothing, others hold it together.
fn number_of_column(text: &str) -> String {
    let plain: String = text.chars().filter(|char| !is_space(*char)).map(half_width).collect();
    let mut bare = String::new();
    let mut rest = plain.as_str();
    while let Some((before, behind)) = rest.split_once('(') {
        bare.push_str(before);
        rest = match behind.split_once(')') {
            Some((number, after)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                bare.push_str(number);
                after
            }
            _ => {
                bare.push('(');
                behind
            }
        };
    }
    bare + rest
}

/// 1, 2, 3 and so on from 1, in cells beside one another.
fn is_steps(lay: &Lay<'_>, row: usize) -> bool {
    let numbers = lay.row(row).filter_map(|cell| cell.value.number());
    numbers
        .zip(1_i64..)
        .all(|(number, step)| number.decimals() == 0 && !number.percent && number.exact() == Exact::from_int(step))
}

/// 单位：万元, as a line above a table states it.
fn stated_unit(lay: &Lay<'_>, row: usize) -> Option<Unit> {
    lay.row(row).filter(|cell| cell.is_words()).find_map(|cell| {
        let plain: String = cell.text.chars().filter(|char| !is_space(*char)).collect();
        let (_, behind) = plain.rsplit_once("单位:").or_else(|| plain.rsplit_once("单位："))?;
        column::unit(behind.trim_end_matches([')', '）']))
    })
}
