//! Which row of a block goes to which line of the sheet: one after the other from the cell that has the focus, and by the words of the
//! form where the block has them.

use super::Why;
use super::block::{Block, Spot};
use super::target::Target;
use super::words::{Likeness, Words};
use crate::document::{Document, RowId, room};
use crate::prelude::*;
use crate::template::{Form, TableIndex};

/// The titles of a block: its columns, each with the column of the sheet's grid that it names; and those whose title the table has not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub known: Vec<(usize, usize)>,
    pub unknown: Vec<usize>,
}

/// Rows of a block that lie over one table, or one line of cells.
#[derive(Debug)]
pub(super) struct Region {
    /// The first line.
    pub line: usize,
    pub table: Option<TableIndex>,
    /// The titles that stand over it in the block.
    pub header: Option<Header>,
    pub rows: Vec<Placed>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    /// The row of the block.
    pub row: usize,
    pub line: usize,
    /// The row of the table that it goes to; none beyond the last of a table that gets no more.
    pub to: Option<RowId>,
}

#[derive(Default)]
pub(super) struct Walked {
    pub regions: Vec<Region>,
    /// Rows that only hold words of the form.
    pub headings: usize,
    /// Rows without a line.
    pub out: Vec<(usize, Why)>,
    /// How many rows each table gets more.
    pub added: Vec<(TableIndex, usize)>,
}

/// Whether the first column of a block holds the titles of a table, and its first row does not.
pub(super) fn is_turned(form: &Form, target: &Target, line: usize, block: &Block, words: &Words) -> bool {
    let titles = target.titles(form, line);
    let is_title = |text: &str| titles.iter().any(|(title, _)| words.is(text, title));
    let mut names = (0..block.rows.len()).map(|row| match block.spot(row, 0) {
        Spot::Text(text, _) => is_title(text),
        Spot::Blank | Spot::Above(_) | Spot::Beside(_) => false,
    });
    let first = block.texts(0).filter(|(_, text)| is_title(text)).count();
    block.rows.len() >= 2 && block.width() >= 2 && first == 1 && names.all(|is_title| is_title)
}

pub(super) fn walk(
    form: &Form,
    document: &Document,
    target: &Target,
    anchor: (usize, usize),
    block: &Block,
    words: &Words,
) -> Walked {
    let mut walk = Walk {
        form,
        document,
        target,
        block,
        words,
        line: Some(anchor.0),
        passed: anchor.0,
        more: None,
        header: None,
        next_row: document.next_row,
        walked: Walked::default(),
    };
    (0..block.rows.len()).for_each(|row| walk.row(row));
    walk.walked
}

struct Walk<'a> {
    form: &'a Form,
    document: &'a Document,
    target: &'a Target,
    block: &'a Block,
    words: &'a Words,
    /// Where the next row goes; none beyond what can be filled in.
    line: Option<usize>,
    /// The lines above are done with.
    passed: usize,
    /// The table that grows below its last line, and how many rows it may still get.
    more: Option<(TableIndex, usize)>,
    /// Titles that no row has followed yet.
    header: Option<Header>,
    next_row: RowId,
    walked: Walked,
}

impl Walk<'_> {
    fn row(&mut self, row: usize) {
        if self.block.is_blank(row) {
            self.place(row);
            return;
        }
        let texts: Vec<(usize, &str)> = self.block.texts(row).collect();
        let own: Vec<(usize, &str)> = texts.iter().copied().skip_while(|(_, text)| self.is_side(text)).collect();
        if (own.is_empty() && !texts.is_empty()) || self.is_around(&own) {
            self.walked.headings += 1;
            return;
        }
        if let Some(line) = self.heading_above(&own) {
            self.walked.headings += 1;
            self.go(line);
            return;
        }
        let titles = self.line.map(|line| self.target.titles(self.form, line)).unwrap_or_default();
        let here = self.header_of(&own, &titles);
        let below = self.titles_below(&own).filter(|_| here.as_ref().is_none_or(|here| !here.unknown.is_empty()));
        if let Some((line, header)) = below {
            self.walked.headings += 1;
            self.go(line.saturating_add(1));
            self.header = Some(header);
            return;
        }
        if let Some(header) = here {
            self.walked.headings += 1;
            self.header = Some(header);
            return;
        }
        let alone = own.len() == 1;
        match own.first().filter(|_| self.block.width() > 1).and_then(|(_, text)| self.line_of(text, alone)) {
            Some(line) => self.go(line),
            None if self.is_note(row) => {
                self.walked.out.push((row, Why::Taken));
                return;
            }
            None => {}
        }
        self.place(row);
    }

    fn go(&mut self, line: usize) {
        if self.line != Some(line) || self.more.is_some() {
            (self.line, self.passed, self.more, self.header) = (Some(line), line, None, None);
        }
    }

    /// A text across a table to its last column, and nothing beside it.
    fn is_note(&self, row: usize) -> bool {
        let in_table = self.line.and_then(|line| self.target.lines.get(line)).is_some_and(|line| line.row.is_some());
        let width = self.block.width();
        let wide = |(column, _): (usize, &str)| matches!(self.block.spot(row, column), Spot::Text(_, span) if span > 2 && column.saturating_add(span) >= width);
        let mut texts = self.block.texts(row);
        in_table && texts.next().is_some_and(wide) && texts.next().is_none()
    }

    /// Words beside several lines: 绩效指标.
    fn is_side(&self, text: &str) -> bool {
        let slots = self.target.lines.iter().flat_map(|line| &line.slots);
        slots.filter(|slot| slot.words().is_none()).any(|slot| match &slot.what {
            super::target::What::Words(words, _) => self.words.likeness(text, words) >= Likeness::Bare,
            super::target::What::Cell(_) => false,
        })
    }

    /// The title over the table, and what stands between both: the year, 单位：万元.
    fn is_around(&self, own: &[(usize, &str)]) -> bool {
        let key = |text: &str| crate::recognise::key::key(text);
        let around = |text: &str| {
            let text = key(text);
            self.target.around.iter().any(|known| !text.is_empty() && key(known) == text)
                || ["单位:", "金额单位:"].iter().any(|unit| text.strip_prefix(unit).is_some_and(|rest| rest.ends_with('元')))
        };
        !own.is_empty() && own.iter().all(|(_, text)| around(text))
    }

    /// The line below a heading of the form: 一、项目概况.
    fn heading_above(&self, own: &[(usize, &str)]) -> Option<usize> {
        let [(_, text)] = own else { return None };
        let from = self.passed;
        let is_it = |(_, heading): &&(usize, String)| self.words.likeness(text, heading) >= Likeness::Bare;
        let (line, _) = self.target.headings.iter().filter(|(line, _)| *line >= from).find(is_it)?;
        Some(*line)
    }

    /// The titles that a row holds, where it holds titles and nothing that could be a value.
    fn header_of(&self, own: &[(usize, &str)], titles: &[(&str, usize)]) -> Option<Header> {
        let mut pairs: Vec<(Likeness, usize, usize)> = Vec::new();
        for (column, text) in own {
            for (title, from) in titles {
                pairs.push((self.words.likeness(text, title), *column, *from));
            }
        }
        // The surest first; of equals the first of both.
        pairs.order_by(|(likeness, column, from)| (core::cmp::Reverse(*likeness), *column, *from));
        let mut header = Header::default();
        for (likeness, column, from) in pairs {
            let taken = header.known.iter().any(|(known, grid)| *known == column || *grid == from);
            if likeness > Likeness::None && !taken {
                header.known.push((column, from));
            }
        }
        header.known.order();
        let unknown = own.iter().filter(|(column, _)| !header.known.iter().any(|(known, _)| known == column));
        let value = |text: &str| text.contains(|char: char| char.is_ascii_digit()) || !Words::has_letters(text);
        if unknown.clone().any(|(_, text)| value(text)) {
            return None;
        }
        header.unknown = unknown.map(|(column, _)| *column).collect();
        let sure = own.iter().filter(|(_, text)| titles.iter().any(|(title, _)| self.words.is(text, title))).count();
        let known = header.known.len();
        let enough = if self.block.width() == 1 { sure == 1 } else { sure >= 1 && known >= 2 && known * 2 >= own.len() };
        enough.then_some(header)
    }

    /// A line of titles further down, of another table or other lines.
    fn titles_below(&self, own: &[(usize, &str)]) -> Option<(usize, Header)> {
        let from = self.passed;
        let lines = self.target.lines.iter().enumerate().skip(from).filter(|(_, line)| line.row.is_none() && !line.is_open());
        lines
            .filter_map(|(at, line)| {
                let titles: Vec<(&str, usize)> = line.slots.iter().filter_map(|slot| Some((slot.words()?, slot.from))).collect();
                let header = self.header_of(own, &titles)?;
                header.unknown.is_empty().then_some((at, header))
            })
            .next()
    }

    /// The line that its first words name: 总分, 年度资金总额.
    fn line_of(&self, text: &str, alone: bool) -> Option<usize> {
        let least = if alone { Likeness::Bare } else { Likeness::Also };
        let lines = self.target.lines.iter().enumerate().skip(self.passed);
        lines.filter(|(_, line)| line.row.is_none() && line.is_open()).find_map(|(at, line)| {
            let first = line.slots.iter().find_map(|slot| slot.words());
            first.is_some_and(|words| self.words.likeness(text, words) >= least).then_some(at)
        })
    }

    /// Puts a row where the walk stands, and goes on.
    fn place(&mut self, row: usize) {
        let Some(at) = self.line else {
            self.walked.out.push((row, Why::Below));
            return;
        };
        let Some(line) = self.target.lines.get(at).filter(|line| line.is_open()) else {
            self.walked.out.push((row, Why::Given));
            return;
        };
        let mut to = line.row.map(|(_, row)| row);
        if let Some((table, left)) = &mut self.more {
            to = None;
            if *left > 0 {
                *left -= 1;
                to = Some(self.next_row);
                self.next_row = self.next_row.saturating_add(1);
                match self.walked.added.iter_mut().find(|(known, _)| known == table) {
                    Some((_, count)) => *count += 1,
                    None => self.walked.added.push((*table, 1)),
                }
            }
        }
        let placed = Placed { row, line: at, to };
        let table = line.table();
        let header = self.header.take();
        match self.walked.regions.last_mut() {
            Some(region) if table.is_some() && region.table == table && header.is_none() => region.rows.push(placed),
            last => {
                // Titles stand over all lines of their block.
                let block = |line: usize| self.target.lines.get(line).map(|line| line.block);
                let above = last.filter(|last| table.is_none() && last.table.is_none() && block(last.line) == Some(line.block));
                let header = header.or_else(|| above.and_then(|above| above.header.clone()));
                self.walked.regions.push(Region { line: at, table, header, rows: vec![placed] });
            }
        }
        self.advance(at);
    }

    /// To the next line of the same table or block; below the last row of a table that grows to a new one.
    fn advance(&mut self, at: usize) {
        self.passed = at;
        if self.more.is_some() {
            return;
        }
        let (Some(line), next) = (self.target.lines.get(at), self.target.lines.get(at.saturating_add(1))) else { return };
        let goes_on = next.is_some_and(|next| next.block == line.block && next.is_open());
        match (line.table(), next.and_then(|next| next.table())) {
            (Some(table), below) if below != Some(table) => {
                self.more = Some((table, room(self.document, self.form, table)));
            }
            (Some(_), _) => self.line = Some(at.saturating_add(1)),
            (None, _) => self.line = goes_on.then(|| at.saturating_add(1)),
        }
    }
}
