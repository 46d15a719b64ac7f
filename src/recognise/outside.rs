//! Lines outside of lists and values: titles, years, units, headings, notes, lines to sign, and the report around a table.

use super::key::{self, bare, without_numbering};
use super::read::{Mark, Reader};
use super::source::{Cell, Line};
use super::{SourcePlace, around};
use crate::prelude::*;

impl<'r> Reader<'r, '_> {
    /// Paragraphs between two grids. Running text, with the headings in it, is the report; lines around a table belong to the table.
    pub(super) fn paragraphs(&mut self, run: &'r [Line]) {
        let cells: Vec<(usize, &'r Cell<'r>)> =
            run.iter().filter_map(|line| line.starts.first()).filter_map(|at| Some((*at, self.cell(*at)?))).collect();
        // Directly below a table stand lines to sign and notes with their numbered parts, in any order.
        let below = self.last_block.is_some();
        let foot = cells.iter().take_while(|(at, cell)| below && self.is_foot(*at, cell)).count();
        self.noting = false;
        let rest = cells.get(foot..).unwrap_or_default();
        let prose = |(_, cell): &(usize, &Cell<'_>)| around::is_prose(&cell.text) && !around::is_note(self.words, &cell.text);
        let report = rest.iter().rposition(prose).map_or(0, |last| last + 1);
        for (place, (at, cell)) in rest.iter().enumerate() {
            if place < report {
                if around::is_title(self.words, &cell.key) {
                    self.say_year(around::year(&cell.key), *at, false);
                }
                self.mark(*at, Mark::Prose);
            } else if around::is_note(self.words, &cell.text) {
                self.mark(*at, Mark::Note);
            } else if !self.around(*at, cell) && !self.inline(*at, cell) {
                self.list_year = around::year(&cell.key).map(|year| (format!("{year}年"), *at));
            }
        }
        if report > 0 {
            self.close();
        }
    }

    /// Takes a line to sign, a note or a numbered part of one; nothing else.
    fn is_foot(&mut self, at: usize, cell: &Cell<'_>) -> bool {
        let numbered = without_numbering(&cell.text).len() < cell.text.len();
        self.noting = around::is_note(self.words, &cell.text) || self.noting && numbered;
        if self.noting {
            self.mark(at, Mark::Note);
            return true;
        }
        let sign = super::text::parts(&cell.text).next().is_some_and(|part| around::is_sign(self.words, &key::key(part)));
        // 自评等级：优
        let pair = !around::is_prose(&cell.text) && self.is_pair(cell) && self.inline(at, cell);
        pair || sign && (self.inline(at, cell) || self.loose(at, cell))
    }

    /// （2020年度） and 单位：万元 at the two ends of a line above a table.
    pub(super) fn around_row(&mut self, line: &Line) -> bool {
        let cells: Vec<(usize, &'r Cell<'r>)> = line.starts.iter().filter_map(|at| Some((*at, self.cell(*at)?))).collect();
        let own = |cell: &Cell<'_>| around::is_year_line(&cell.key) || around::is_unit_line(&cell.key);
        let other = |cell: &Cell<'_>| around::is_title(self.words, &cell.key) || around::is_annex(self.words, &cell.key);
        let all = cells.iter().all(|(_, cell)| own(cell) || other(cell));
        if cells.len() < 2 || !all || !cells.iter().any(|(_, cell)| own(cell)) {
            return false;
        }
        for (at, cell) in cells {
            let _said = self.around(at, cell);
        }
        true
    }

    /// A line of one cell: titles, years, units, headings, lines to sign.
    pub(super) fn alone(&mut self, number: usize, line: &'r Line) -> bool {
        let [at] = line.starts.as_slice() else { return false };
        let Some(cell) = self.cell(*at) else { return false };
        if self.branch(number, line, *at, cell) {
            return true;
        }
        if self.list_begins_below(number) {
            // The heading of the next list, where no merged cell says so.
            self.close();
            if !self.around(*at, cell) && !self.inline(*at, cell) {
                self.list_year = around::year(&cell.key).map(|year| (format!("{year}年"), *at));
            }
            return true;
        }
        let in_list = self.active.as_ref().filter(|active| active.open && active.block == line.block);
        // 绩效指标 over the titles that follow: no row has that name.
        if in_list.is_some() && self.plan.is_side(&cell.key) && self.titles_below(number) {
            self.mark(*at, Mark::Label);
            return true;
        }
        let leads =
            in_list.is_some_and(|active| active.titles.len() > 2 && active.titles.iter().all(|title| cell.from <= title.from));
        if leads && cell.text.contains('。') && around::is_prose(&cell.text) {
            // Running text in the first column, and nothing beside it, is no row.
            self.close();
            return true;
        }
        let wide = match &self.active {
            Some(active) if active.open && active.block == line.block => {
                let covered = active.titles.iter().filter(|title| cell.overlap(title.from, title.to) > 0).count();
                let first = active.titles.first().is_some_and(|title| cell.from <= title.from);
                covered * 2 > active.titles.len() || (first && (covered > 1 || self.plan.headings.contains(&cell.key)))
            }
            Some(_) | None => true,
        };
        if around::is_note(self.words, &cell.text) && (wide || self.active.as_ref().is_none_or(|active| !active.open)) {
            self.mark(*at, Mark::Note);
            self.noting = true;
            self.close();
            return true;
        }
        (wide || around::is_unit_line(&cell.key)) && (self.around(*at, cell) || self.inline(*at, cell))
    }

    /// Whether the titles of the list in force stand again below a line, with nothing but lines of one cell between.
    fn list_begins_below(&self, line: usize) -> bool {
        let Some(active) = self.active.as_ref().filter(|active| active.open && active.titles.len() > 2) else { return false };
        let mut below = self.source.lines.get(line + 1..).unwrap_or_default().iter().take(4);
        let Some(next) = below.find(|line| line.paragraph || line.starts.len() != 1) else { return false };
        let titled = |at: &&usize| {
            let labels = self.cell(**at).map(|cell| self.hits(cell)).unwrap_or_default();
            active.titles.iter().any(|title| labels.iter().any(|hit| Some(hit.label) == title.label))
        };
        !next.paragraph
            && next.starts.len() >= active.titles.len()
            && next.starts.iter().filter(titled).count() >= active.titles.len()
    }

    /// Whether the line below is one of words of the form, as titles are.
    fn titles_below(&self, line: usize) -> bool {
        let next = self.source.lines.get(line + 1).map(|next| next.starts.as_slice()).unwrap_or_default();
        let words = next.iter().filter_map(|at| self.cell(*at)).filter(|cell| !self.hits(cell).is_empty()).count();
        words > 2 && words * 2 > next.len()
    }

    /// What stands around a table.
    fn around(&mut self, at: usize, cell: &Cell<'_>) -> bool {
        let key = cell.key.as_str();
        // 项目名称：某区绩效自评 ends like a title and is none.
        if self.is_pair(cell) && !around::is_unit_line(key) && self.inline(at, cell) {
            return true;
        }
        // （2023年度）　　　　单位：万元, on web pages with one blank between.
        let known =
            |part: &String| around::is_year_line(part) || around::is_unit_line(part) || around::is_title(self.words, part);
        let wide: Vec<String> = super::text::parts(&cell.text).map(key::key).collect();
        let narrow = || cell.text.split_whitespace().map(key::key).collect();
        let parts: Vec<String> = if wide.iter().all(known) { wide } else { narrow() };
        if parts.len() > 1 && parts.iter().all(known) {
            for part in parts {
                self.say_year(around::year(&part), at, around::is_year_line(&part));
                if around::is_unit_line(&part) {
                    self.say_unit(&part, at);
                }
                self.title |= self.plan.titles.iter().any(|title| part.contains(title.as_str()));
            }
            self.mark(at, Mark::Label);
            return true;
        }
        let heading = self.plan.is_side(key) && !matches!(cell.place, SourcePlace::Cell { .. } if cell.rows > 1);
        let within = self.active.as_ref().is_some_and(|active| active.open && active.block == cell.place.block());
        if around::is_year_line(key) && (!within || key.starts_with('(')) {
            // A second year is that of something else.
            let other = |(known, _, surely): &(String, usize, bool)| *surely && around::year(key).as_ref() != Some(known);
            if self.year.as_ref().is_some_and(other) {
                return false;
            }
            self.say_year(around::year(key), at, true);
        } else if around::is_title(self.words, key) || self.plan.titles.contains(bare(key)) {
            self.title |=
                self.plan.titles.iter().any(|title| bare(key).ends_with(title.as_str()) || key.contains(title.as_str()));
            self.say_year(around::year(key), at, false);
            self.say_unit(key, at);
        } else if around::is_unit_line(key) || heading {
            self.say_unit(key, at);
        } else if around::is_annex(self.words, key) || around::is_sign(self.words, key) {
            // Where the form has a cell for it, it is that cell's label.
            if !self.hits(cell).is_empty() || self.inline(at, cell) {
                return self.mark_of(at) != Mark::Open;
            }
            self.mark(at, Mark::Note);
            return true;
        } else {
            return false;
        }
        self.mark(at, Mark::Label);
        if heading {
            self.close();
        }
        true
    }

    pub(super) fn is_notes(&mut self, line: &Line) -> bool {
        let first = line.starts.first().and_then(|cell| self.cell(*cell));
        let Some(first) = first.filter(|cell| around::is_note(self.words, &cell.text)) else { return false };
        // 备注 with a cell of its own is a label; 注：… across the table is none.
        if self.hits(first).iter().any(|hit| hit.strength > 50) {
            return false;
        }
        line.starts.iter().for_each(|cell| self.mark(*cell, Mark::Note));
        self.noting = true;
        self.close();
        true
    }

    /// Whether a line under notes belongs to something else.
    pub(super) fn ends_notes(&self, line: &Line) -> bool {
        line.starts.len() > 1
            || line.starts.iter().filter_map(|cell| self.cell(*cell)).any(|cell| {
                let word = self.hits(cell).iter().any(|hit| hit.strength > 90);
                around::is_title(self.words, &cell.key) || word || self.is_pair(cell)
            })
    }

    /// The year of a line of its own counts more than that of a title.
    pub(super) fn say_year(&mut self, year: Option<String>, cell: usize, surely: bool) {
        if let Some(year) = year
            && (self.year.is_none() || surely && self.year.as_ref().is_some_and(|(_, _, surely)| !surely))
        {
            self.year = Some((year, cell, surely));
        }
    }
}
