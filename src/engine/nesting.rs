//! Nested rows (上级行、下级行): which row stands under which, told by how their names are numbered, and where a name has no number by
//! what stands around it and whether its amounts still fit into those of the row above.

use crate::document::{Document, Row};
use crate::number::{Exact, Reading};
use crate::prelude::*;
use crate::template::{CellKind, Form, TableDef};

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
        let styles: Vec<Style> = rows.iter().map(|row| style(row.cell_at(def.at.name).text())).collect();
        let next = next_numbered(&styles);
        let mut family = Family::default();
        // The styles of rows with unnumbered rows under them, with the first such row.
        let mut leading: Vec<(Style, usize)> = Vec::new();
        for (position, row) in rows.iter().enumerate() {
            let year = row.cell_at(grouping).text().trim();
            if position > 0 && !year.is_empty() && year != group {
                open.clear();
            }
            if !year.is_empty() {
                group = year;
            }
            let name = row.cell_at(def.at.name).text().trim();
            let named = !name.is_empty() && !WHOLES.iter().any(|whole| name.ends_with(whole));
            let next = next.get(position).copied().flatten();
            let (style, level) = match styles.get(position).copied().unwrap_or(Style::None) {
                // A sum heads the list that follows it, and ends one where it stands last.
                Style::Whole if !open.is_empty() => TOP,
                Style::None if named => unnumbered(&open, next, |parent, style| {
                    let led = leading.iter().any(|(known, first)| *known == style && *first != parent);
                    (led || !is_numbered(style)) && family.fits(def, rows, &nesting, parent, position, led)
                }),
                Style::None => TOP,
                style => (style, open.iter().position(|(known, _)| *known == style).unwrap_or(open.len())),
            };
            open.truncate(level);
            let above = open.last().copied();
            let parent = above.map(|(_, position)| position);
            leading.extend(above.filter(|(above, _)| style == Style::None && leading.iter().all(|(known, _)| known != above)));
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

/// For each row the style of the first numbered row behind it.
fn next_numbered(styles: &[Style]) -> Vec<Option<Style>> {
    let mut next = None;
    let mut all: Vec<Option<Style>> = Vec::with_capacity(styles.len());
    for style in styles.iter().rev() {
        all.push(next);
        if is_numbered(*style) {
            next = Some(*style);
        }
    }
    all.reverse();
    all
}

fn is_numbered(style: Style) -> bool {
    match style {
        Style::Chinese | Style::ChineseInBrackets | Style::Arabic(_) | Style::ArabicInBrackets | Style::Circled => true,
        Style::Whole | Style::OfWhich | Style::None => false,
    }
}

/// Without a number and without anything that tells more, a row stands at the top.
const TOP: (Style, usize) = (Style::None, 0);

/// Where a name without a number belongs: 公务用车购置 behind 其中：公务用车运行维护费 goes on with that list, and 增值税 between
/// 一、税收收入 and 二、非税收入 is a part of the former. `fits` says whether the amounts leave room under a row, and where that row is
/// numbered, whether its like have such parts.
fn unnumbered(open: &[(Style, usize)], next: Option<Style>, fits: impl FnOnce(usize, Style) -> bool) -> (Style, usize) {
    if let Some(list) = open.iter().position(|(style, _)| *style == Style::OfWhich) {
        let Some((above, parent)) = list.checked_sub(1).and_then(|above| open.get(above)) else { return TOP };
        let goes_on = is_numbered(*above) && next.is_some() || fits(*parent, Style::OfWhich);
        return if goes_on { (Style::OfWhich, list) } else { TOP };
    }
    if open.first().is_some_and(|(style, _)| *style == Style::None) {
        return TOP;
    }
    let between = next.and_then(|next| open.iter().position(|(style, _)| *style == next));
    if let Some(above) = between {
        return (Style::None, above.saturating_add(1));
    }
    let last = open.iter().enumerate().rev().find(|(_, (style, _))| is_numbered(*style));
    match last.filter(|(_, (style, parent))| fits(*parent, *style)) {
        Some((above, _)) => (Style::None, above.saturating_add(1)),
        None => TOP,
    }
}

/// The amounts that stand under one row so far, one for each column.
#[derive(Default)]
struct Family {
    parent: Option<usize>,
    /// How far down rows were added.
    to: usize,
    sums: Vec<Option<Exact>>,
}

impl Family {
    /// Whether a row's amounts leave the amounts under `parent` within its own. Where nothing can be compared, `otherwise`.
    fn fits(
        &mut self,
        def: &TableDef,
        rows: &[Rc<Row>],
        nesting: &Nesting,
        parent: usize,
        position: usize,
        otherwise: bool,
    ) -> bool {
        let amount = |row: usize, column: usize| -> Option<Exact> {
            match rows.get(row)?.cells.get(column)?.reading() {
                Reading::Quantity(quantity) => quantity.value().ok(),
                _ => None,
            }
        };
        let is_amount = |kind: CellKind| matches!(kind, CellKind::Amount | CellKind::Points | CellKind::Count);
        if self.parent != Some(parent) {
            *self =
                Family { parent: Some(parent), to: parent.saturating_add(1), sums: vec![Some(Exact::ZERO); def.columns.len()] };
        }
        for row in self.to..position {
            if nesting.parent(row) == Some(parent) {
                for (column, sum) in self.sums.iter_mut().enumerate() {
                    let more = amount(row, column).unwrap_or(Exact::ZERO);
                    *sum = sum.and_then(|sum| sum.checked_add(more).ok());
                }
            }
        }
        self.to = position;
        let mut compared = false;
        for (column, (def, sum)) in def.columns.iter().zip(&self.sums).enumerate() {
            if !is_amount(def.kind) {
                continue;
            }
            let (Some(whole), Some(part)) = (amount(parent, column), amount(position, column)) else { continue };
            compared = true;
            if sum.and_then(|sum| sum.checked_add(part).ok()).is_none_or(|sum| sum > whole) {
                return false;
            }
        }
        compared || otherwise
    }
}

const WHOLES: [&str; 3] = ["合计", "总计", "小计"];
const NUMERALS: &str = "一二三四五六七八九十百";

fn style(name: &str) -> Style {
    let name = name.trim();
    if WHOLES.iter().any(|whole| name.starts_with(whole)) {
        return Style::Whole;
    }
    if let Some(rest) = name.strip_prefix("其中") {
        // 其中：（1）公务用车购置费 is numbered like the rows that go on with its list.
        let numbered = style(rest.trim_start_matches(['：', ':']));
        return if is_numbered(numbered) { numbered } else { Style::OfWhich };
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
