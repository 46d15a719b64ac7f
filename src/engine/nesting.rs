//! Nested rows (上级行、下级行): which row stands under which, told by how their names are numbered, and where a name has no number by
//! what stands around it and whether its amounts still fit into those of the row above.

mod sums;

use crate::document::{Document, Row};
use crate::number::{Exact, Reading};
use crate::numbering::{Numbered, Style, WHOLES, parents, styles};
use crate::prelude::*;
use crate::template::{CellKind, ColumnIndex, Form, TableDef, TableRole};

/// The tree of a table's rows. A table that is not nested has top rows only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nesting {
    /// The position of the row above, for each row.
    parents: Vec<Option<usize>>,
    depths: Vec<u8>,
    has_below: Vec<bool>,
    /// Whether a row is the sum of the rows beside it (合计); empty where none is.
    sums: Vec<bool>,
}

impl Nesting {
    /// Top rows only.
    pub const FLAT: Nesting = Nesting { parents: Vec::new(), depths: Vec::new(), has_below: Vec::new(), sums: Vec::new() };

    /// The trees of all tables of a document.
    pub fn all(form: &Form, document: &Document) -> Rc<[Nesting]> {
        (0..).zip(&form.tables).map(|(table, def)| Nesting::of(def, document.rows(table))).collect()
    }

    /// The tree of one table's rows.
    pub fn of(def: &TableDef, rows: &[Rc<Row>]) -> Nesting {
        if def.role == TableRole::Funds {
            return Nesting::of_sources(def, rows);
        }
        if !def.nested {
            return Nesting { sums: sums::sums(def, rows, &[], &[]), ..Nesting::default() };
        }
        // The rows that are open above the current one, with their styles.
        let mut open: Vec<(Style, usize)> = Vec::new();
        // Rows of one printed year stand together, and each year begins a tree of its own.
        let grouping = def.at.year.filter(|year| def.column(*year).is_some_and(|column| column.merge));
        let styles = styles(rows.iter().map(|row| row.cell_at(def.at.name).text()));
        let starts = group_starts(rows, grouping);
        let sums = sums::sums(def, rows, &styles, &starts);
        let mut nesting = Nesting { sums, ..Nesting::default() };
        let next = next_numbered(&styles);
        let mut family = Family::default();
        // The styles of rows with unnumbered rows under them, with the first such row.
        let mut leading: Vec<(Style, usize)> = Vec::new();
        // The last row that was looked at for rows right below it that make it up, and whether they do.
        let mut made_up: Option<(usize, bool)> = None;
        for (position, row) in rows.iter().enumerate() {
            if starts.get(position).copied().unwrap_or(false) {
                open.clear();
            }
            if nesting.is_sum(position) {
                nesting.push(None, 0);
                continue;
            }
            let name = row.cell_at(def.at.name).text().trim();
            let named = !name.is_empty() && !WHOLES.iter().any(|whole| name.ends_with(whole));
            let next = next.get(position).copied().flatten();
            let (style, level) = match styles.get(position).map_or(Style::None, |numbered| numbered.style) {
                // A sum heads the list that follows it.
                Style::Whole if !open.is_empty() => TOP,
                Style::None if named => unnumbered(&open, next, |parent, style| {
                    let led = leading.iter().any(|(known, first)| *known == style && *first != parent);
                    if !led && style.is_numbered() {
                        let known = made_up.filter(|(known, _)| *known == parent);
                        let found = known.unwrap_or_else(|| (parent, is_made_up(def, rows, &styles, &nesting.sums, parent)));
                        made_up = Some(found);
                        return found.1;
                    }
                    family.fits(def, rows, &nesting, parent, position, led)
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
            nesting.push(parent, open.len());
            open.push((style, position));
        }
        nesting
    }

    /// The tree of fund sources: numbers and 其中 tell it alone. 其中 at the head means the whole, and names without a number are sources.
    fn of_sources(def: &TableDef, rows: &[Rc<Row>]) -> Nesting {
        let sums = sums::sums(def, rows, &[], &[]);
        let mut nesting = Nesting { sums, ..Nesting::default() };
        let parents = parents(rows.iter().map(|row| row.cell_at(def.at.name).text()));
        if parents.iter().all(Option::is_none) {
            return nesting;
        }
        for (position, parent) in parents.into_iter().enumerate() {
            let parent = parent.filter(|parent| !nesting.is_sum(position) && !nesting.is_sum(*parent));
            let depth = parent.map_or(0, |parent| usize::from(nesting.depth(parent)) + 1);
            if let Some(below) = parent.and_then(|parent| nesting.has_below.get_mut(parent)) {
                *below = true;
            }
            nesting.push(parent, depth);
        }
        nesting
    }

    fn push(&mut self, parent: Option<usize>, depth: usize) {
        self.parents.push(parent);
        self.depths.push(u8::try_from(depth).unwrap_or(u8::MAX));
        self.has_below.push(false);
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

    /// Whether a row is the sum of the rows beside it (合计), so that it is not added up once more.
    pub fn is_sum(&self, position: usize) -> bool {
        self.sums.get(position).copied().unwrap_or(false)
    }

    /// Whether a row is an item of the top level: together they are the whole.
    pub fn is_top_item(&self, position: usize) -> bool {
        self.is_top(position) && !self.is_sum(position)
    }

    /// The positions of the sums.
    pub fn sums(&self) -> impl Iterator<Item = usize> + '_ {
        self.sums.iter().enumerate().filter(|(_, is_sum)| **is_sum).map(|(position, _)| position)
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
            .take_while(move |row| self.is_sum(*row) || self.depth(*row) > depth)
            .filter(move |row| self.parent(*row) == Some(position))
    }

    /// Positions with the deepest rows first, for sums of sums.
    pub fn deepest_first(&self, rows: usize) -> Vec<usize> {
        let mut positions: Vec<usize> = (0..rows).collect();
        positions.order_by(|position| core::cmp::Reverse(self.depth(*position)));
        positions
    }
}

/// For each row whether it is the first of a printed year.
fn group_starts(rows: &[Rc<Row>], grouping: Option<ColumnIndex>) -> Vec<bool> {
    let mut group: &str = "";
    let mut starts = Vec::with_capacity(rows.len());
    for row in rows {
        let year = row.cell_at(grouping).text().trim();
        starts.push(!year.is_empty() && year != group);
        if !year.is_empty() {
            group = year;
        }
    }
    if let Some(first) = starts.first_mut() {
        *first = true;
    }
    starts
}

/// For each row the style of the first numbered row behind it.
fn next_numbered(styles: &[Numbered]) -> Vec<Option<Style>> {
    let mut next = None;
    let mut all: Vec<Option<Style>> = Vec::with_capacity(styles.len());
    for Numbered { style, .. } in styles.iter().rev() {
        all.push(next);
        if style.is_numbered() {
            next = Some(*style);
        }
    }
    all.reverse();
    all
}

/// Without a number and without anything that tells more, a row stands at the top.
const TOP: (Style, usize) = (Style::None, 0);

/// Where a name without a number belongs: 公务用车购置 behind 其中：公务用车运行维护费 goes on with that list, and 增值税 between
/// 一、税收收入 and 二、非税收入 is a part of the former. `fits` says whether the amounts leave room under a row, and where that row is
/// numbered, whether its like have such parts.
fn unnumbered(open: &[(Style, usize)], next: Option<Style>, fits: impl FnOnce(usize, Style) -> bool) -> (Style, usize) {
    if let Some(list) = open.iter().position(|(style, _)| *style == Style::OfWhich) {
        let Some((above, parent)) = list.checked_sub(1).and_then(|above| open.get(above)) else { return TOP };
        let goes_on = above.is_numbered() && next.is_some() || fits(*parent, Style::OfWhich);
        return if goes_on { (Style::OfWhich, list) } else { TOP };
    }
    if open.first().is_some_and(|(style, _)| *style == Style::None) {
        return TOP;
    }
    let between = next.and_then(|next| open.iter().position(|(style, _)| *style == next));
    if let Some(above) = between {
        return (Style::None, above.saturating_add(1));
    }
    let last = open.iter().enumerate().rev().find(|(_, (style, _))| style.is_numbered());
    match last.filter(|(_, (style, parent))| fits(*parent, *style)) {
        Some((above, _)) => (Style::None, above.saturating_add(1)),
        None => TOP,
    }
}

/// Whether the rows right below a row, without numbers to the next that has one, add up to it: then they are its parts, whatever its like
/// have.
fn is_made_up(def: &TableDef, rows: &[Rc<Row>], styles: &[Numbered], sums: &[bool], parent: usize) -> bool {
    let is_part = |row: &usize| {
        let plain = styles.get(*row).is_some_and(|numbered| numbered.style == Style::None);
        plain && !sums.get(*row).copied().unwrap_or(false)
    };
    let parts = parent.saturating_add(1)..rows.len();
    let mut compared = false;
    for (column, _) in def.columns.iter().enumerate().filter(|(_, column)| is_amount(column.kind)) {
        let Some(whole) = amount(rows, parent, column) else { continue };
        let found = parts.clone().take_while(is_part).filter_map(|row| amount(rows, row, column));
        let Some(sum) = found.fold(None, |sum: Option<Exact>, part| sum.unwrap_or(Exact::ZERO).checked_add(part).ok()) else {
            continue;
        };
        if sum != whole {
            return false;
        }
        compared |= !whole.is_zero();
    }
    compared
}

fn is_amount(kind: CellKind) -> bool {
    matches!(kind, CellKind::Amount | CellKind::Points | CellKind::Count)
}

fn amount(rows: &[Rc<Row>], row: usize, column: usize) -> Option<Exact> {
    match rows.get(row)?.cells.get(column)?.reading() {
        Reading::Quantity(quantity) => quantity.value().ok(),
        _ => None,
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
        if self.parent != Some(parent) {
            *self =
                Family { parent: Some(parent), to: parent.saturating_add(1), sums: vec![Some(Exact::ZERO); def.columns.len()] };
        }
        for row in self.to..position {
            if nesting.parent(row) == Some(parent) {
                for (column, sum) in self.sums.iter_mut().enumerate() {
                    let more = amount(rows, row, column).unwrap_or(Exact::ZERO);
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
            let (Some(whole), Some(part)) = (amount(rows, parent, column), amount(rows, position, column)) else { continue };
            compared = true;
            if sum.and_then(|sum| sum.checked_add(part).ok()).is_none_or(|sum| sum > whole) {
                return false;
            }
        }
        compared || otherwise
    }
}
