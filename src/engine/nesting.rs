//! Nested rows (上级行、下级行): which row stands under which, told by how their names are numbered.

use crate::document::{Document, Row};
use crate::prelude::*;
use crate::template::{Form, TableDef};

/// The tree of a table's rows. A table that is not nested has top rows only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nesting {
    /// The position of the row above, for each row.
    parents: Vec<Option<usize>>,
    depths: Vec<u8>,
    has_below: Vec<bool>,
}

/// How a name is numbered. Two names of one style stand on one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// 合计, 总计 at the head of a list.
    Whole,
    /// 一、
    Chinese,
    /// （一）
    ChineseInBrackets,
    /// 1. 1、 1 and, with a count of 2, 1.1
    Arabic(u8),
    /// （1）
    ArabicInBrackets,
    /// ①
    Circled,
    /// 其中：
    OfWhich,
    None,
}

impl Nesting {
    /// Top rows only.
    pub const FLAT: Nesting = Nesting { parents: Vec::new(), depths: Vec::new(), has_below: Vec::new() };

    /// The trees of all tables of a document.
    pub fn all(form: &Form, document: &Document) -> Rc<[Nesting]> {
        (0..).zip(&form.tables).map(|(table, def)| Nesting::of(def, document.rows(table))).collect()
    }

    /// The tree of one table's rows.
    pub fn of(def: &TableDef, rows: &[Rc<Row>]) -> Nesting {
        if !def.nested {
            return Nesting::default();
        }
        let mut nesting = Nesting::default();
        // The rows that are open above the current one, with their styles.
        let mut open: Vec<(Style, usize)> = Vec::new();
        // Rows of one printed year stand together, and each year begins a tree of its own.
        let grouping = def.at.year.filter(|year| def.column(*year).is_some_and(|column| column.merge));
        let mut group: &str = "";
        for (position, row) in rows.iter().enumerate() {
            let year = row.cell_at(grouping).text().trim();
            if position > 0 && !year.is_empty() && year != group {
                open.clear();
            }
            if !year.is_empty() {
                group = year;
            }
            let style = match style(row.cell_at(def.at.name).text()) {
                // A sum heads the list that follows it, and ends one where it stands last.
                Style::Whole if !open.is_empty() => Style::None,
                style => style,
            };
            let level = match style {
                Style::None => match open.first() {
                    // A name without a number stands beside those without one, or at the top.
                    Some(_) => open.iter().position(|(known, _)| *known == Style::None).unwrap_or(0),
                    None => 0,
                },
                style => open.iter().position(|(known, _)| *known == style).unwrap_or(open.len()),
            };
            open.truncate(level);
            let parent = open.last().map(|(_, position)| *position);
            if let Some(below) = parent.and_then(|parent| nesting.has_below.get_mut(parent)) {
                *below = true;
            }
            nesting.parents.push(parent);
            nesting.depths.push(u8::try_from(open.len()).unwrap_or(u8::MAX));
            nesting.has_below.push(false);
            open.push((style, position));
        }
        nesting
    }

    /// The position of the row above.
    pub fn parent(&self, position: usize) -> Option<usize> {
        self.parents.get(position).copied().flatten()
    }

    /// How many rows stand above, 0 for a top row.
    pub fn depth(&self, position: usize) -> u8 {
        self.depths.get(position).copied().unwrap_or(0)
    }

    pub fn is_top(&self, position: usize) -> bool {
        self.parent(position).is_none()
    }

    /// Whether rows stand below.
    pub fn has_below(&self, position: usize) -> bool {
        self.has_below.get(position).copied().unwrap_or(false)
    }

    /// The positions of the rows directly below, in order.
    pub fn below(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        let after = position.saturating_add(1);
        let depth = self.depth(position);
        (after..self.parents.len())
            .take_while(move |row| self.depth(*row) > depth)
            .filter(move |row| self.parent(*row) == Some(position))
    }

    /// Positions with the deepest rows first, for sums of sums.
    pub fn deepest_first(&self, rows: usize) -> Vec<usize> {
        let mut positions: Vec<usize> = (0..rows).collect();
        positions.sort_by_key(|position| core::cmp::Reverse(self.depth(*position)));
        positions
    }
}

const NUMERALS: &str = "一二三四五六七八九十百";

fn style(name: &str) -> Style {
    let name = name.trim();
    if ["合计", "总计", "小计"].iter().any(|whole| name.starts_with(whole)) {
        return Style::Whole;
    }
    if name.starts_with("其中") {
        return Style::OfWhich;
    }
    if name.starts_with(|char: char| ('①'..='⑳').contains(&char)) {
        return Style::Circled;
    }
    let bracketed = name.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')'])).map(|(number, _)| number);
    if let Some(number) = bracketed.filter(|number| !number.is_empty()) {
        if number.chars().all(|char| NUMERALS.contains(char)) {
            return Style::ChineseInBrackets;
        }
        if number.chars().all(is_digit) {
            return Style::ArabicInBrackets;
        }
    }
    let numeral = name.trim_start_matches(|char| NUMERALS.contains(char));
    if numeral.len() < name.len() {
        // 一般公共服务 begins with a numeral that counts nothing.
        return if numeral.starts_with(['、', '.', '．', ' ', '\u{3000}', '，']) { Style::Chinese } else { Style::None };
    }
    arabic(name)
}

/// 1、 1. 1 and their like, and 1.1, 1.1.1; not 3D打印 and not 2021年.
fn arabic(name: &str) -> Style {
    let number = name.trim_start_matches(|char| is_digit(char) || matches!(char, '.' | '．'));
    let Some(text) = name.get(..name.len().saturating_sub(number.len())).filter(|text| !text.is_empty()) else {
        return Style::None;
    };
    let ends = text.ends_with(['.', '．']) || number.starts_with(['、', ' ', '\u{3000}', '\t', '-', ')', '）']);
    let parts = text.split(['.', '．']).filter(|part| !part.is_empty()).count();
    if (ends || parts > 1) && !text.starts_with(['.', '．']) {
        Style::Arabic(u8::try_from(parts).unwrap_or(u8::MAX))
    } else {
        Style::None
    }
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || ('０'..='９').contains(&char)
}
