//! Column titles: which words stand over which columns. They may stand in two rows, in any order, and again on the next page.

use super::key::{bare, key};
use super::plan::{Header, Hit, Join, LabelId};
use super::read::{Active, Mark, Reader, Title};
use super::source::Line;
use super::values::SURE;
use super::vocabulary::WEAK;
use crate::prelude::*;
use crate::template::CellKind;

/// A cell of a header with the title it is.
#[derive(Clone, Copy, Debug)]
struct Match {
    cell: usize,
    label: LabelId,
    strength: u8,
}

impl<'r> Reader<'r, '_> {
    /// Whether a line holds column titles; they are then in force.
    pub(super) fn header(&mut self, at: usize, line: &'r Line) -> bool {
        let Some((header, matches)) = self.best_header(line) else { return self.header_over_two(at, line) };
        let matches = self.settle(line, header, matches);
        let others: Vec<usize> =
            line.starts.iter().copied().filter(|cell| matches.iter().all(|known| known.cell != *cell)).collect();
        if self.has_values_between(&matches, &others) {
            return self.titles_with_values(header, &matches, line);
        }
        let unknown: Vec<usize> = others.iter().copied().filter(|cell| !self.is_side_cell(*cell)).collect();
        if matches.len() < 2 || unknown.len() > matches.len() {
            return false;
        }
        // The second row of titles stands below a first one that is wider, or fills its gaps.
        let lower = self.second_row(at, line, header, &matches);
        self.take_titles(at, line, header, &matches, &lower);
        true
    }

    /// A header of which one row alone shows too few titles: 科目 / 金额 over 本年 / 上年.
    fn header_over_two(&mut self, at: usize, line: &'r Line) -> bool {
        let Some(next) = self.source.lines.get(at + 1).filter(|next| next.block == line.block && !next.paragraph) else {
            return false;
        };
        let cells = |line: &Line| line.starts.iter().filter_map(|cell| self.cell(*cell)).collect::<Vec<_>>();
        let (upper, lower) = (cells(line), cells(next));
        let is_over = |cell: &super::source::Cell<'_>| {
            upper
                .iter()
                .any(|above| above.rows == 1 && above.to - above.from > 1 && cell.from >= above.from && cell.to <= above.to)
        };
        // What stands over nothing reaches down itself.
        let reaches = upper.iter().all(|above| above.rows > 1 || lower.iter().any(|cell| cell.overlap(above.from, above.to) > 0));
        let merged = lower.iter().all(|cell| is_over(cell)) && reaches && upper.iter().any(|above| above.rows > 1);
        if lower.len() < 2 || !merged && upper.iter().chain(&lower).any(|cell| cell.rows > 1 || cell.to - cell.from > 1) {
            return false;
        }
        // Without merged cells, the name of a group stands over its first title, and over the others nothing.
        let grouped = |cell: &super::source::Cell<'_>, titles: &[Match]| {
            let above = upper.iter().rfind(|above| above.from <= cell.from);
            above.is_some_and(|above| titles.iter().all(|known| known.cell != above.at))
        };
        let mut best: Option<(usize, usize)> = None;
        for (header, def) in self.plan.headers.iter().enumerate().filter(|(header, _)| !self.closed.contains(header)) {
            let wanted = def.titles();
            let below = self.matches(next, &wanted);
            let above = self.matches(line, &wanted);
            let titles: SortedSet<LabelId> = above.iter().chain(&below).map(|known| known.label).into_set();
            if !merged && !lower.iter().all(|cell| grouped(cell, &above)) {
                continue;
            }
            if titles.len() > lower.len() && below.len() == lower.len() && best.is_none_or(|(_, known)| titles.len() > known) {
                best = Some((header, titles.len()));
            }
        }
        let Some((header, _)) = best else { return false };
        let wanted = self.plan.headers.get(header).map(Header::titles).unwrap_or_default();
        let matches = self.matches(line, &wanted);
        let lower = self.second_row(at, line, header, &matches);
        if lower.is_empty() {
            return false;
        }
        self.take_titles(at, line, header, &matches, &lower);
        true
    }

    /// Puts titles in force.
    fn take_titles(&mut self, at: usize, line: &Line, header: usize, matches: &[Match], lower: &[Match]) {
        let others: Vec<usize> =
            line.starts.iter().copied().filter(|cell| matches.iter().all(|known| known.cell != *cell)).collect();
        let unknown: Vec<usize> = others.iter().copied().filter(|cell| !self.is_side_cell(*cell)).collect();
        let mut titles: Vec<Title> = Vec::new();
        let mut used = SortedSet::new();
        for known in lower.iter().chain(matches) {
            let Some(cell) = self.cell(known.cell) else { continue };
            let free: Vec<Title> = free_parts(cell.from, cell.to, &titles);
            self.meet(known.label, known.cell);
            self.say_unit_of_title(header, known);
            // A title over others only names the group; one that was met below stands there.
            if !used.contains(&known.label) && !free.is_empty() {
                used.insert(known.label);
                titles.extend(free.into_iter().map(|part| Title { label: Some(known.label), ..part }));
            }
        }
        for cell in unknown {
            if let Some(known) = self.cell(cell) {
                let free = free_parts(known.from, known.to, &titles);
                // Other titles stand below all of it: it only names the group.
                if free.is_empty() {
                    self.mark(cell, Mark::Label);
                }
                titles.extend(free);
            }
        }
        for cell in others {
            if self.is_side_cell(cell) {
                self.side(cell);
            }
        }
        titles.order_by(|title| title.from);
        if !lower.is_empty() {
            self.skip = 1;
            let next = self.source.lines.get(at + 1).map(|line| line.starts.as_slice()).unwrap_or_default();
            next.iter()
                .filter(|cell| lower.iter().all(|known| known.cell != **cell))
                .for_each(|cell| self.mark(*cell, Mark::Label));
        }
        self.active = Some(Active { header, titles, block: line.block, open: true, beside: false });
    }

    /// 全年预算数（元） states the unit; 单价（元） states that of prices only.
    fn say_unit_of_title(&mut self, header: usize, title: &Match) {
        let plan = self.plan;
        let Some(def) = plan.headers.get(header) else { return };
        let table = def.table.and_then(|table| plan.form.table(table));
        let mut columns = def.columns.iter().filter(|(_, label)| *label == Some(title.label));
        let amounts = columns.any(|(column, _)| {
            table.and_then(|table| table.column(*column)).is_some_and(|column| column.kind == CellKind::Amount)
        });
        let under = |slot: &super::plan::Slot| slot.header == Some(header) && slot.above == Some(title.label);
        let slots = plan.slots.iter().any(|slot| under(slot) && slot.kind == CellKind::Amount);
        if let Some(cell) = self.cell(title.cell).filter(|_| amounts || slots) {
            self.say_unit(&cell.key, title.cell);
        }
    }

    /// Two cells that are the same title: the points of levels are told by what stands before them; else neither is taken.
    fn settle(&self, line: &Line, header: usize, matches: Vec<Match>) -> Vec<Match> {
        let plan = self.plan;
        let strong = |cell: &usize| {
            let hits = self.cell(*cell).map(|cell| self.hits(cell)).unwrap_or_default();
            hits.iter().filter(|hit| hit.strength >= SURE).map(|hit| hit.label).collect::<Vec<_>>()
        };
        let taken = |cell: &usize| matches.iter().any(|known| known.cell == *cell) || self.is_side_cell(*cell);
        let free: Vec<usize> = line.starts.iter().copied().filter(|cell| !taken(cell)).collect();
        let rivals =
            |known: &Match| -> Vec<usize> { free.iter().copied().filter(|cell| strong(cell).contains(&known.label)).collect() };
        let table = plan.headers.get(header).and_then(|header| header.table).and_then(|table| plan.form.table(table));
        let weight = plan.title_of(header, table.and_then(|table| table.at.weight));
        let mut settled = Vec::new();
        for known in &matches {
            let rivals = rivals(known);
            if rivals.is_empty() {
                settled.push(*known);
            } else if weight == Some(known.label) {
                let mut cells: Vec<usize> = rivals.iter().copied().chain([known.cell]).collect();
                cells.order();
                settled.extend(self.points_of_levels(header, &cells, &matches, known));
            }
        }
        settled.order_by(|known| known.cell);
        settled
    }

    /// 一级指标 / 分值 / 二级指标 / 分值 / 三级指标 / 分值
    fn points_of_levels(&self, header: usize, cells: &[usize], matches: &[Match], weight: &Match) -> Vec<Match> {
        let Some(def) = self.plan.headers.get(header) else { return Vec::new() };
        let mut found = Vec::new();
        let mut weights = Vec::new();
        for cell in cells {
            let before = matches.iter().rfind(|known| known.cell < *cell && !cells.contains(&known.cell));
            let level = before.filter(|before| before.cell + 1 == *cell).and_then(|before| {
                let column = def.columns.iter().find(|(_, label)| *label == Some(before.label)).map(|(column, _)| *column)?;
                def.joined.iter().find(|(_, join)| *join == Join::Points(column)).map(|(label, _)| *label)
            });
            match level {
                Some(label) => found.push(Match { cell: *cell, label, strength: weight.strength }),
                None => weights.push(*cell),
            }
        }
        if let [only] = weights.as_slice() {
            found.push(Match { cell: *only, ..*weight });
        }
        found
    }

    fn is_side_cell(&self, cell: usize) -> bool {
        self.cell(cell).is_some_and(|cell| self.plan.is_side(&cell.key))
    }

    /// The header of the form that a line shows most titles of.
    fn best_header(&self, line: &Line) -> Option<(usize, Vec<Match>)> {
        let mut best: Option<(usize, Vec<Match>, u32)> = None;
        let current = self.active.as_ref().map(|active| active.header);
        for (header, def) in self.plan.headers.iter().enumerate() {
            let matches = self.matches(line, &def.titles());
            let own = matches.iter().filter(|known| def.labels.iter().any(|(label, _, _)| *label == known.label)).count();
            if own < 2 || self.closed.contains(&header) {
                continue;
            }
            let strength: u32 = matches.iter().map(|known| u32::from(known.strength)).sum();
            // Of headers with the same words, the one that is in force or comes next.
            let near = match current {
                Some(current) if header == current => 2,
                Some(current) if header > current => 1,
                Some(_) => 0,
                None => 1,
            };
            let first = current.is_none_or(|current| header >= current);
            let rank = strength * 4 + near * 8 + u32::from(first);
            if best.as_ref().is_none_or(|(_, _, known)| rank > *known) {
                best = Some((header, matches, rank));
            }
        }
        best.map(|(header, matches, _)| (header, matches))
    }

    /// Which cells of a line are which of the wanted titles: each cell and each title once, the surest first.
    fn matches(&self, line: &Line, wanted: &SortedSet<LabelId>) -> Vec<Match> {
        let mut all: Vec<Match> = Vec::new();
        for cell in &line.starts {
            let Some(known) = self.cell(*cell) else { continue };
            let hits = self.hits(known);
            // 绩效指标 is the third level where it stands behind the others, and the name of them all before them.
            let before = cell == line.starts.first().unwrap_or(cell) && self.is_side_cell(*cell);
            let may = |hit: &&Hit| wanted.contains(&hit.label) && (hit.strength > WEAK || !before);
            all.extend(hits.iter().filter(may).map(|hit| Match { cell: *cell, label: hit.label, strength: hit.strength }));
        }
        // 年度总体目标 at the left of 年初设定目标 means the same and is no title.
        all.order_by(|known| {
            let side = self.is_side_cell(known.cell);
            let reaches = side && self.cell(known.cell).is_some_and(|cell| cell.rows > 1);
            let edge = side && line.starts.first() == Some(&known.cell);
            (reaches, core::cmp::Reverse(known.strength), side, edge, known.cell)
        });
        let mut chosen: Vec<Match> = Vec::new();
        for known in all {
            if chosen.iter().all(|other| other.cell != known.cell && other.label != known.label) {
                chosen.push(known);
            }
        }
        chosen.order_by(|known| known.cell);
        chosen
    }

    /// The titles of the next line, where it is the second row of a header.
    fn second_row(&self, at: usize, line: &Line, header: usize, upper: &[Match]) -> Vec<Match> {
        let Some(next) = self.source.lines.get(at + 1) else { return Vec::new() };
        let Some(def) = self.plan.headers.get(header) else { return Vec::new() };
        if next.block != line.block || next.paragraph || next.starts.is_empty() {
            return Vec::new();
        }
        let lower = self.matches(next, &def.titles());
        // Every cell must be a title, and the row not simply printed twice.
        let repeated =
            lower.iter().all(|known| upper.iter().any(|other| other.label == known.label)) && lower.len() >= upper.len();
        // 值 below 预期指标值, beside 符号: a word of no meaning of its own, under a title that is wider.
        let under = |cell: &super::source::Cell<'_>| {
            upper
                .iter()
                .filter_map(|known| self.cell(known.cell))
                .any(|above| above.overlap(cell.from, cell.to) > 0 && above.to - above.from > 1 && cell.text.chars().count() <= 6)
        };
        // 序号 that stood over both rows, and was filled in.
        let again = |cell: &super::source::Cell<'_>| {
            let mut above = line.starts.iter().filter_map(|above| self.cell(*above));
            above.any(|above| above.key == cell.key && (above.from, above.to) == (cell.from, cell.to))
        };
        let others = next.starts.iter().filter(|cell| lower.iter().all(|known| known.cell != **cell));
        let others: Vec<_> = others.filter_map(|cell| self.cell(*cell)).filter(|cell| !again(cell)).collect();
        let fits = others.iter().all(|cell| under(cell) && !cell.text.contains(|char: char| char.is_ascii_digit()));
        if !fits || others.len() > lower.len() || lower.is_empty() || repeated { Vec::new() } else { lower }
    }

    /// Whether texts that are no titles stand between titles: 预算数 / 480000 / 执行数 / 480000.
    fn has_values_between(&self, matches: &[Match], others: &[usize]) -> bool {
        let (Some(first), Some(last)) = (matches.first(), matches.last()) else { return false };
        // 实际支出额 is a title that nobody knows, and no value.
        let value = |cell: &&usize| self.cell(**cell).is_none_or(|cell| !is_like_title(&cell.text));
        let within = others.iter().filter(|cell| **cell > first.cell && !self.is_side_cell(**cell)).filter(value);
        let before_last = within.clone().filter(|cell| **cell < last.cell).count();
        before_last > 0 && within.count() * 2 >= matches.len()
    }

    /// Titles with their values beside them, as some print the sum of the funds or the goals.
    fn titles_with_values(&mut self, header: usize, matches: &[Match], line: &'r Line) -> bool {
        let mut starts = matches.iter().filter_map(|known| self.cell(known.cell)).map(|cell| cell.from);
        let mut titles: Vec<Title> = Vec::new();
        let mut from = starts.next();
        for known in matches {
            let to = starts.next();
            titles.extend(from.map(|from| Title { label: Some(known.label), from, to: to.unwrap_or(u32::MAX) }));
            from = to;
        }
        let mut placed = Vec::new();
        for (at, known) in matches.iter().enumerate() {
            let next = matches.get(at + 1).map_or(usize::MAX, |next| next.cell);
            let between = line.starts.iter().copied().filter(|cell| *cell > known.cell && *cell < next);
            let values: Vec<usize> = between.filter(|cell| !self.is_side_cell(*cell)).collect();
            let slot = self.whole_slot(header, known.label);
            match (values.as_slice(), slot) {
                ([], _) => {}
                ([value], Some(slot)) => placed.push((*value, slot)),
                _ => return false,
            }
        }
        // The values must be such as the cells take, or the words mean something else here.
        let fits = placed.iter().all(|(value, slot)| {
            let kind = self.plan.form.cell(*slot).map(|cell| cell.kind);
            self.cell(*value).zip(kind).is_some_and(|(cell, kind)| super::text::fits(kind, &cell.text))
        });
        if placed.is_empty() || !fits {
            return false;
        }
        for known in matches {
            self.meet(known.label, known.cell);
            self.say_unit_of_title(header, known);
        }
        for (value, slot) in placed {
            if let Some(text) = self.cell(value).map(|cell| cell.text.as_ref()) {
                self.set(slot, value, text);
            }
        }
        for cell in &line.starts {
            if self.mark_of(*cell) == Mark::Open && self.is_side_cell(*cell) {
                self.side(*cell);
            }
        }
        self.active = Some(Active { header, titles, block: line.block, open: true, beside: true });
        true
    }

    /// The fixed cell of the first line under a title: 年度资金总额 in the column 预算数.
    fn whole_slot(&self, header: usize, label: LabelId) -> Option<crate::template::CellIndex> {
        let under = |slot: &&super::plan::Slot| slot.header == Some(header) && slot.above == Some(label) && slot.matrix;
        self.plan.slots.iter().find(under).map(|slot| slot.cell)
    }
}

/// Few letters, and nothing else.
fn is_like_title(text: &str) -> bool {
    let plain = key(text);
    (2..=8).contains(&bare(&plain).chars().count()) && bare(&plain).chars().all(char::is_alphabetic)
}

/// The parts of some columns over which no title stands yet.
fn free_parts(from: u32, to: u32, titles: &[Title]) -> Vec<Title> {
    let mut taken: Vec<(u32, u32)> =
        titles.iter().filter(|title| title.from < to && title.to > from).map(|title| (title.from, title.to)).collect();
    taken.order();
    let mut free = Vec::new();
    let mut at = from;
    for (start, end) in taken {
        if start > at {
            free.push(Title { label: None, from: at, to: start });
        }
        at = at.max(end);
    }
    if at < to {
        free.push(Title { label: None, from: at, to });
    }
    free
}
