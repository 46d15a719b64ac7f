//! Label and value in one text: 项目名称：防汛物资.

use super::around;
use super::key::key;
use super::plan::LabelId;
use super::read::{Mark, Reader, Remainder};
use super::source::{Cell, Line};
use super::text::{fits, parts, trimmed, without_seal};
use super::values::SURE;
use crate::prelude::*;

impl<'r> Reader<'r, '_> {
    /// 项目名称：防汛物资, where the word leads to a cell of the form.
    pub(super) fn is_pair(&self, cell: &Cell<'_>) -> bool {
        let Some((label, _)) = cell.text.split_once([':', '：']) else { return false };
        let leads = |label: LabelId| self.plan.slots.iter().any(|slot| !slot.matrix && slot.left == Some((label, 0)));
        self.plan.hits(&key(label)).iter().any(|hit| hit.strength >= SURE && leads(hit.label))
    }

    /// Cells that hold label and value together, 项目名称：…, all along a line.
    pub(super) fn inline_line(&mut self, line: &'r Line) -> bool {
        if self.active.as_ref().is_some_and(|active| active.open) {
            return false;
        }
        let mut any = false;
        for at in &line.starts {
            if let Some(cell) = self.cell(*at) {
                any |= self.inline(*at, cell) || self.loose(*at, cell);
            }
        }
        any
    }

    /// A cell in a line of its own kind that stands around the table.
    pub(super) fn loose(&mut self, at: usize, cell: &Cell<'_>) -> bool {
        if around::is_unit_line(&cell.key) {
            self.say_unit(&cell.key, at);
            self.mark(at, Mark::Label);
            return true;
        }
        let note = around::is_annex(self.words, &cell.key) || around::is_sign(self.words, &cell.key);
        if note {
            self.mark(at, Mark::Note);
        }
        note
    }

    /// 填报人：甲 联系电话：乙 are two, because what stands behind the blank is a word of the form or a line to sign.
    fn pairs<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut pairs = Vec::new();
        let mut rest = text;
        let begins = |token: &str| {
            let Some((label, _)) = token.split_once([':', '：']) else { return false };
            let label = key(label);
            self.plan.hits(&label).iter().any(|hit| hit.strength >= SURE) || around::is_sign(self.words, &label)
        };
        let mut from = 0;
        while let Some((at, blank)) = rest.get(from..).and_then(|rest| rest.char_indices().find(|(_, char)| char.is_whitespace()))
        {
            let (before, after) = (from + at, from + at + blank.len_utf8());
            let next = rest.get(after..).and_then(|rest| rest.split_whitespace().next());
            if next.is_some_and(begins) {
                pairs.extend(rest.get(..before));
                rest = rest.get(after..).unwrap_or_default();
                from = 0;
            } else {
                from = after;
            }
        }
        pairs.push(rest);
        pairs
    }

    /// Label and value in one text; several, where wide gaps stand between them.
    pub(super) fn inline(&mut self, at: usize, cell: &Cell<'_>) -> bool {
        let mut rest = Vec::new();
        let mut any = false;
        let parts: Vec<&str> = parts(&cell.text).flat_map(|part| self.pairs(part)).collect();
        for part in parts {
            let part_key = key(part);
            let Some((label, value)) = part.split_once([':', '：']) else {
                rest.push(part);
                continue;
            };
            let value = without_seal(trimmed(value));
            let hits = self.plan.hits(&key(label));
            let slot = hits.iter().filter(|hit| hit.strength >= SURE).max_by_key(|hit| hit.strength).and_then(|hit| {
                let mut slots = self.plan.slots.iter().filter(|slot| !slot.matrix && slot.left == Some((hit.label, 0)));
                let slot = slots.next()?;
                slots.next().is_none().then_some((slot.cell, slot.kind, hit.label))
            });
            match slot {
                Some((_, _, label)) if value.is_empty() => {
                    self.meet(label, at);
                    any = true;
                }
                Some((slot, kind, label)) if fits(kind, value) && self.set(slot, at, value) => {
                    if self.found.insert(label) {
                        self.met.push((label, at));
                    }
                    any = true;
                }
                _ if around::is_unit_line(&part_key) => {
                    self.say_unit(&part_key, at);
                    any = true;
                }
                _ if around::is_sign(self.words, &part_key) => {}
                _ => rest.push(part),
            }
        }
        if any {
            if self.mark_of(at) == Mark::Open {
                self.mark(at, Mark::Label);
            }
            self.remainders.extend(rest.into_iter().map(|part| Remainder { text: part.to_owned(), cell: at }));
        }
        any
    }
}
