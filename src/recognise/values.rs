//! Fixed cells: which word leads to which value, by what stands at the left and above.

use super::around;
use super::glued::Cut;
use super::key::bare;
use super::plan::{LabelId, Slot};
use super::read::{Active, Doubt, Mark, Reader};
use super::source::{Cell, Line};
use super::text::fits;
use crate::prelude::*;
use crate::template::{CellIndex, CellKind, Role};

/// What a word at the beginning of a line can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// 年度资金总额: values follow under the titles in force.
    Row,
    /// 总分
    Total,
    /// 项目名称: its value follows.
    Pair,
}

/// A word is taken for certain only when it is printed nearly as the form prints it.
pub(super) const SURE: u8 = 80;

impl<'r> Reader<'r, '_> {
    /// Whether a line begins with a word that leads to fixed cells; they are then filled.
    pub(super) fn values(&mut self, line: &'r Line) -> bool {
        let Some((first, leader, lead)) = self.lead(line) else { return self.inline_line(line) };
        let cells: Vec<usize> = line.starts.clone();
        let mut seen: Vec<LabelId> = Vec::new();
        let mut current: Option<(LabelId, u8)> = None;
        // Up to which column the line was read.
        let mut end = 0_u32;
        let mut filled = false;
        for at in cells {
            let Some(cell) = self.cell(at) else { continue };
            if at < first && self.plan.is_side(&cell.key) {
                self.side(at);
                continue;
            }
            let own = if at == first { Some(leader) } else { self.label_of(cell, &seen) };
            if let Some(label) = own {
                self.meet(label, at);
                self.say_unit(&cell.key, at);
                seen.push(label);
                current = Some((label, 0));
                end = cell.to;
                continue;
            }
            if around::is_unit_line(&cell.key) {
                self.say_unit(&cell.key, at);
                self.mark(at, Mark::Label);
                continue;
            }
            // A word with its value behind a colon, and a line to sign, are no values of the word before.
            if self.is_pair(cell) || cell.text.contains([':', '：', '(', '（']) && around::is_sign(self.words, &cell.key) {
                if !self.inline(at, cell) {
                    self.loose(at, cell);
                }
                (current, end) = (None, cell.to);
                continue;
            }
            // A word of the form that leads nowhere, such as 金额单位, is no value either.
            if let Some(hit) = self.hits(cell).iter().copied().find(|hit| hit.strength >= 95) {
                self.meet(hit.label, at);
                current = None;
                continue;
            }
            // A value stands right beside its word. Where nothing is merged any more, the columns of merged cells are blank between.
            let apart = cell.from > end && (line.merged || self.is_label_like(&cell.key));
            let current_here = current.filter(|_| !apart);
            end = cell.to;
            let slot = match lead {
                Lead::Total => self
                    .total_slot(cell)
                    .or_else(|| current_here.and_then(|(label, gap)| self.pair_slot(label, gap, cell, &seen, line))),
                Lead::Row | Lead::Pair => self
                    .matrix_slot(cell, &seen)
                    .or_else(|| current_here.and_then(|(label, gap)| self.pair_slot(label, gap, cell, &seen, line))),
            };
            match slot {
                Some(slot) => {
                    let kind = self.plan.form.cell(slot).map_or(CellKind::Text, |cell| cell.kind);
                    let taken = self.put(slot, kind, at, cell) || self.unglue(cell, &seen, line);
                    filled |= taken;
                    current = current.filter(|_| taken).map(|(label, gap)| (label, gap.saturating_add(1)));
                }
                None if self.plan.signs.contains(&cell.key) => self.mark(at, Mark::Label),
                None => current = None,
            }
        }
        // A word of which nothing came is the name of something else.
        let mut rest = line.starts.iter().filter(|at| **at > first);
        if lead == Lead::Pair && !filled && rest.any(|at| self.mark_of(*at) == Mark::Open) {
            self.mark(first, Mark::Open);
        }
        match lead {
            Lead::Total => {
                self.closed.extend(self.active.as_ref().map(|active| active.header));
                self.close();
            }
            Lead::Pair => self.close(),
            Lead::Row => {}
        }
        if let ([only], Some((label, 0))) = (line.starts.as_slice(), current)
            && *only == first
        {
            self.below = Some(label);
        }
        true
    }

    /// Numbers of a whole line that ran together in the last cell with a text.
    fn unglue(&mut self, cell: &Cell<'_>, seen: &[LabelId], line: &Line) -> bool {
        let last = line.starts.last() == Some(&cell.at);
        let (Some(active), true) = (&self.active, last) else { return false };
        let under = active.titles.iter().filter(|title| title.to > cell.from);
        let slots: Vec<Option<&Slot>> = under
            .map(|title| {
                self.plan.slots.iter().find(|slot| {
                    slot.matrix
                        && slot.header == Some(active.header)
                        && slot.above == title.label
                        && slot.row.is_some_and(|row| seen.contains(&row))
                })
            })
            .collect();
        let Some(slots) = slots.into_iter().collect::<Option<Vec<&Slot>>>() else { return false };
        let roles: Vec<Option<Role>> =
            slots.iter().map(|slot| self.plan.form.cell(slot.cell).and_then(|cell| cell.role)).collect();
        let cells: Vec<CellIndex> = slots.iter().map(|slot| slot.cell).collect();
        if cells.iter().any(|cell| self.fixed.contains_key(cell)) {
            return false;
        }
        match super::glued::cut(&cell.text, &roles) {
            Cut::Surely(parts) => cells.iter().zip(&parts).rev().all(|(slot, part)| self.set(*slot, cell.at, part)),
            Cut::Maybe(ways) => {
                let option =
                    |way: &Vec<String>| cells.iter().zip(way).map(|(slot, part)| (Mark::Fixed(*slot), part.clone())).collect();
                let options = ways.iter().map(option).collect();
                self.doubts.push(Doubt { cell: cell.at, options });
                false
            }
            Cut::No => false,
        }
    }

    /// Whether a text looks like the name of something to be filled in.
    fn is_label_like(&self, key: &str) -> bool {
        const ENDS: &[&str] = &[
            "名称",
            "编号",
            "编码",
            "代码",
            "单位",
            "部门",
            "类别",
            "类型",
            "属性",
            "性质",
            "日期",
            "时间",
            "年限",
            "电话",
            "负责人",
            "联系人",
            "金额",
            "总额",
        ];
        let name = bare(key);
        self.words.foreign.iter().any(|word| word == name)
            || (name.chars().count() <= 10 && ENDS.iter().any(|end| name.ends_with(end)))
    }

    /// Fills a fixed cell where the text is of its kind.
    fn put(&mut self, slot: CellIndex, kind: CellKind, at: usize, cell: &Cell<'_>) -> bool {
        match super::text::ticked(kind, &cell.text) {
            Some(Ok(choice)) => self.set(slot, at, &choice),
            Some(Err(())) => false,
            None => fits(kind, &cell.text) && self.set(slot, at, &cell.text),
        }
    }

    /// The first word of a line that leads to fixed cells.
    fn lead(&self, line: &Line) -> Option<(usize, LabelId, Lead)> {
        // In a list that is being read, only what stands at its left edge can be such a word.
        let open = self.active.as_ref().filter(|active| active.open && active.block == line.block);
        let edge = open.and_then(|active| active.titles.iter().find(|title| title.label.is_some())).map(|title| title.from);
        for at in &line.starts {
            let cell = self.cell(*at)?;
            let inside = edge.is_some_and(|edge| cell.from > edge);
            // At the left of several rows it is the name of them all.
            let side = cell.rows > 1 && self.plan.is_side(&cell.key);
            let leads = self.hits(cell).iter().copied().filter_map(|hit| Some((hit, self.lead_of(hit.label, hit.strength)?)));
            // 总计 sums up the list in force before it is a word of anything else.
            if let Some((hit, lead)) = leads
                .max_by_key(|(hit, lead)| (hit.strength, *lead != Lead::Pair))
                .filter(|(hit, _)| !side && !self.is_apart(cell, hit.label, line))
            {
                return (!inside || (lead != Lead::Pair && line.covers.is_empty())).then_some((*at, hit.label, lead));
            }
            if inside {
                return None;
            }
            if !self.plan.is_side(&cell.key) {
                return None;
            }
        }
        None
    }

    /// Whether a title stands alone before texts of which nothing tells which of them is below it.
    fn is_apart(&self, cell: &Cell<'_>, label: LabelId, line: &Line) -> bool {
        let leads = |slot: &Slot| slot.row == Some(label) || slot.left.is_some_and(|(left, _)| left == label);
        let title = self.plan.slots.iter().any(|slot| slot.is_under(label)) && !self.plan.slots.iter().any(leads);
        let behind = line.starts.iter().filter(|at| **at > cell.at).filter_map(|at| self.cell(*at));
        title && behind.take_while(|next| self.hits(next).is_empty()).count() > 1
    }

    fn lead_of(&self, label: LabelId, strength: u8) -> Option<Lead> {
        let open = self.active.as_ref().filter(|active| active.open);
        if let Some(active) = open {
            let row = |slot: &&Slot| slot.matrix && slot.row == Some(label) && slot.header == Some(active.header);
            let fresh = self.plan.slots.iter().filter(row).all(|slot| !self.fixed.contains_key(&slot.cell));
            if self.plan.slots.iter().any(|slot| row(&slot))
                && (strength >= SURE || fresh && !self.has_rows(active))
                && !self.is_total_row(label, active)
            {
                return Some(Lead::Row);
            }
        }
        let points = self.active.as_ref().is_some_and(|active| self.is_total_row(label, active));
        if points && strength >= SURE {
            return Some(Lead::Total);
        }
        let leads = |slot: &Slot| slot.left == Some((label, 0)) || slot.row == Some(label);
        let pair = |slot: &&Slot| !slot.matrix && !slot.total && leads(slot) && (open.is_none() || slot.row == Some(label));
        let sure = if open.is_some() { SURE } else { 50 };
        let found = strength >= sure && self.plan.slots.iter().any(|slot| pair(&slot));
        let beside = strength >= SURE && self.plan.slots.iter().any(|slot| slot.is_under(label));
        (found || beside).then_some(Lead::Pair)
    }

    /// Whether a word ends the table of points that is being read.
    fn is_total_row(&self, label: LabelId, active: &Active) -> bool {
        let total = self.plan.total.score;
        let header = self.plan.slots.iter().find(|slot| Some(slot.cell) == total).and_then(|slot| slot.header);
        self.plan.total.labels.contains(&label) && header == Some(active.header)
    }

    fn has_rows(&self, active: &Active) -> bool {
        let table = self.plan.headers.get(active.header).and_then(|header| header.table);
        table.is_some_and(|table| self.tables.get(usize::from(table)).is_some_and(|rows| !rows.is_empty()))
    }

    /// The word of the form that a cell within a line is, where it leads to a cell of the same line.
    fn label_of(&self, cell: &Cell<'_>, seen: &[LabelId]) -> Option<LabelId> {
        let hits = self.hits(cell);
        let leads = |label: LabelId| {
            self.plan.slots.iter().any(|slot| {
                slot.left.is_some_and(|(left, _)| left == label)
                    && (seen.is_empty()
                        || slot.row == Some(label)
                        || slot.row.is_some_and(|row| seen.contains(&row))
                        || !slot.matrix)
                    || slot.row == Some(label)
            })
        };
        hits.iter()
            .copied()
            .filter(|hit| hit.strength >= SURE || seen.is_empty())
            .filter(|hit| leads(hit.label))
            .max_by_key(|hit| hit.strength)
            .map(|hit| hit.label)
    }

    /// The title over a cell.
    pub(super) fn title_over(&self, cell: &Cell<'_>) -> Option<LabelId> {
        let active = self.active.as_ref().filter(|active| cell.place.block() == active.block || active.open)?;
        let over =
            active.titles.iter().map(|title| (cell.overlap(title.from, title.to), title)).filter(|(overlap, _)| *overlap > 0);
        over.max_by_key(|(overlap, title)| (*overlap, core::cmp::Reverse(title.from))).and_then(|(_, title)| title.label)
    }

    /// The fixed cell in the row and under the title that a cell stands in.
    pub(super) fn matrix_slot(&self, cell: &Cell<'_>, seen: &[LabelId]) -> Option<CellIndex> {
        let header = self.active.as_ref()?.header;
        let above = self.title_over(cell)?;
        let mut slots = self.plan.slots.iter().filter(|slot| {
            slot.header == Some(header)
                && slot.above == Some(above)
                && slot.matrix
                && slot.row.is_none_or(|row| seen.contains(&row))
                && (slot.row.is_some() || seen.is_empty())
        });
        let found = slots.next()?;
        slots.next().is_none().then_some(found.cell)
    }

    /// The fixed cell behind a word, and behind as many cells.
    fn pair_slot(&self, label: LabelId, gap: u8, cell: &Cell<'_>, seen: &[LabelId], line: &Line) -> Option<CellIndex> {
        let beside = |slot: &&Slot| !slot.matrix && !slot.total && slot.left == Some((label, gap));
        let mut candidates: Vec<&Slot> = self.plan.slots.iter().filter(beside).collect();
        if candidates.is_empty() && gap == 0 {
            candidates.extend(self.plan.slots.iter().filter(|slot| slot.is_under(label)));
        }
        let [first, rest @ ..] = candidates.as_slice() else { return None };
        if rest.is_empty() {
            // The name of a row of some list leads to a fixed cell only in its own line.
            let own = !self.plan.is_given(label) || first.row == Some(label) || first.row.is_some_and(|row| seen.contains(&row));
            return own.then_some(first.cell);
        }
        // The same word in several places: the row, the title above, and the order of the line must tell.
        let in_row = |slot: &&&Slot| slot.row.is_some_and(|row| seen.contains(&row));
        let free = |slot: &&&Slot| !self.fixed.contains_key(&slot.cell);
        let above = self.title_over(cell);
        let under: Vec<&&Slot> =
            candidates.iter().filter(in_row).filter(free).filter(|slot| slot.above.is_some() && slot.above == above).collect();
        match under.as_slice() {
            [slot] => Some(slot.cell),
            _ => {
                let nth = seen.iter().filter(|known| **known == label).count();
                let same_row: Vec<&&Slot> = candidates.iter().filter(in_row).collect();
                // The order tells only where the line says the word as often as the form.
                let times = line
                    .starts
                    .iter()
                    .filter_map(|at| self.cell(*at))
                    .filter(|cell| self.hits(cell).iter().any(|hit| hit.label == label && hit.strength >= SURE));
                let whole = above.is_none() && times.count() == same_row.len();
                let slot = same_row.get(nth.saturating_sub(1)).filter(|_| whole)?;
                free(slot).then_some(slot.cell)
            }
        }
    }

    /// The cell of the line 总分 that a value belongs to.
    fn total_slot(&self, cell: &Cell<'_>) -> Option<CellIndex> {
        let total = &self.plan.total;
        let ticked = super::text::ticked(CellKind::Grade, &cell.text);
        if super::text::is_grade(&cell.text)
            || ticked.is_some_and(|ticked| ticked.is_ok_and(|choice| super::text::is_grade(&choice)))
        {
            return total.grade.filter(|grade| !self.fixed.contains_key(grade));
        }
        let active = self.active.as_ref()?;
        let def = self.plan.headers.get(active.header)?;
        let columns = &self.plan.form.table(def.table?)?.at;
        let above = self.title_over(cell)?;
        let column = def.columns.iter().find(|(_, label)| *label == Some(above)).map(|(column, _)| *column);
        match column {
            Some(column) if columns.weight == Some(column) => total.weight,
            Some(column) if columns.score == Some(column) => total.score,
            Some(_) | None => None,
        }
    }

    /// A value below a label that fills its line.
    pub(super) fn value_below(&mut self, label: LabelId, line: &'r Line) -> bool {
        let [at] = line.starts.as_slice() else { return false };
        let Some(cell) = self.cell(*at) else { return false };
        if !self.hits(cell).is_empty() {
            return false;
        }
        let mut slots = self.plan.slots.iter().filter(|slot| !slot.matrix && slot.left == Some((label, 0)));
        let (Some(slot), None) = (slots.next(), slots.next()) else { return false };
        let (slot, kind) = (slot.cell, slot.kind);
        self.put(slot, kind, *at, cell)
    }
}
