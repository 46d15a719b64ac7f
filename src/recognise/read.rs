//! Reads the lines of one table under one form. Each form that may fit reads it, and the one that explains most is taken.

use super::key::{bare, points};
use super::plan::{Hit, LabelId, Plan};
use super::source::{Cell, Line, Source};
use super::vocabulary::stem;
use super::{Certainty, FoundNotice, SourcePlace, around};
use crate::number::{Magnitude, Reading, Unit, read};
use crate::prelude::*;
use crate::template::{CellIndex, CellKind, ColumnIndex, Labels, Role, TableIndex};
use core::ops::Range;

/// As many words of a form must be there that not every table of money has.
const FEWEST_TELLING: usize = 2;

/// What became of a text, before there is a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Open,
    Fixed(CellIndex),
    Row(TableIndex, usize, ColumnIndex),
    Label,
    Note,
    /// Running text of the report.
    Prose,
}

/// A text for a cell, with the source cells it comes from, the telling one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub text: String,
    pub from: usize,
}

/// A row of a table as it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub cells: SortedMap<ColumnIndex, Entry>,
    /// The row of a fixed table that it fills.
    pub fixed: Option<usize>,
}

/// Column titles in force.
#[derive(Clone, Debug)]
pub(super) struct Active {
    pub header: usize,
    pub titles: Vec<Title>,
    /// The grid they stand in.
    pub block: usize,
    /// Whether rows may follow.
    pub open: bool,
    /// The values stand beside their titles and not below.
    pub beside: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Title {
    pub label: Option<LabelId>,
    pub from: u32,
    pub to: u32,
}

/// Part of a text that was not understood while the rest was.
#[derive(Clone, Debug)]
pub(super) struct Remainder {
    pub text: String,
    pub cell: usize,
}

/// A text that may be two things.
#[derive(Clone, Debug)]
pub(super) struct Doubt {
    pub cell: usize,
    /// Columns of a row, or fixed cells.
    pub options: Vec<Vec<(Mark, String)>>,
}

pub(super) struct Reader<'r, 'a> {
    pub plan: &'r Plan<'a>,
    pub words: &'r Labels,
    pub source: &'r Source<'r>,
    /// What became of each cell, from `first` on.
    marks: Vec<Mark>,
    /// The words of the form that each cell may be.
    hits: Vec<Vec<Hit>>,
    first: usize,
    pub fixed: SortedMap<CellIndex, Entry>,
    pub tables: Vec<Vec<Draft>>,
    pub active: Option<Active>,
    /// Headers whose table has ended with its total.
    pub closed: SortedSet<usize>,
    /// Labels of the form that were met.
    pub found: SortedSet<LabelId>,
    /// The cells in which they were met, in order.
    pub met: Vec<(LabelId, usize)>,
    /// Level and indicator names that the form gives and the table prints.
    pub given: SortedSet<(ColumnIndex, String)>,
    pub remainders: Vec<Remainder>,
    pub doubts: Vec<Doubt>,
    pub notices: Vec<FoundNotice>,
    pub template_rows: u32,
    pub title: bool,
    pub unit: Option<Magnitude>,
    /// The year that a line right above a list names, for lists that print no year in their rows.
    pub list_year: Option<(String, usize)>,
    /// Names of levels that no row has taken up yet, with their columns.
    pub branches: Vec<(ColumnIndex, usize)>,
    /// The year of the table, and whether a line of its own says so.
    pub year: Option<(String, usize, bool)>,
    /// A label that fills its line; its value stands in the next.
    pub below: Option<LabelId>,
    /// Lines that the header above has taken already.
    pub skip: usize,
    /// Inside the notes under a table.
    pub noting: bool,
    /// Points that stand in brackets beside 预算执行情况.
    pub side_points: Option<(String, usize)>,
    pub last_block: Option<usize>,
    last_width: u32,
    last_left: Option<u32>,
}

impl<'r, 'a> Reader<'r, 'a> {
    pub fn read(plan: &'r Plan<'a>, words: &'r Labels, source: &'r Source<'r>, lines: Range<usize>) -> Self {
        let cells = |line: &Line| line.starts.first().copied();
        let range = source.lines.get(lines.clone()).unwrap_or_default();
        let first = range.first().and_then(cells).unwrap_or(0);
        let end = range.last().and_then(|line| line.starts.last()).map_or(first, |last| last + 1);
        let mut reader = Reader {
            plan,
            words,
            source,
            marks: vec![Mark::Open; end.saturating_sub(first)],
            hits: source
                .cells
                .get(first..end)
                .unwrap_or_default()
                .iter()
                .map(|cell| if cell.known { plan.hits(&cell.key) } else { Vec::new() })
                .collect(),
            first,
            fixed: SortedMap::new(),
            tables: vec![Vec::new(); plan.form.tables.len()],
            active: None,
            closed: SortedSet::new(),
            found: SortedSet::new(),
            met: Vec::new(),
            given: SortedSet::new(),
            remainders: Vec::new(),
            doubts: Vec::new(),
            notices: Vec::new(),
            template_rows: 0,
            title: false,
            unit: None,
            list_year: None,
            branches: Vec::new(),
            year: None,
            below: None,
            skip: 0,
            noting: false,
            side_points: None,
            last_block: None,
            last_width: 0,
            last_left: None,
        };
        // A form of which so few words are there is none that need be tried.
        let words_there: SortedSet<LabelId> = reader.hits.iter().flatten().map(|hit| hit.label).into_set();
        let lines = if words_there.len() < 3 { lines.end..lines.end } else { lines };
        for at in lines.clone() {
            if reader.skip > 0 {
                reader.skip -= 1;
                continue;
            }
            let Some(line) = source.lines.get(at) else { continue };
            if line.paragraph {
                let rest = source.lines.get(at..lines.end).unwrap_or_default();
                let run = rest.iter().position(|line| !line.paragraph).unwrap_or(rest.len());
                let run_of = rest.get(..run).unwrap_or_default();
                if !reader.turn(run_of) {
                    reader.paragraphs(run_of);
                }
                reader.skip = run.saturating_sub(1);
            } else {
                reader.line(at, line);
            }
        }
        reader.finish();
        reader
    }

    pub fn cell(&self, at: usize) -> Option<&'r Cell<'r>> {
        self.source.cells.get(at)
    }

    /// The words of the form that a cell may be.
    pub fn hits(&self, cell: &Cell<'_>) -> &[Hit] {
        cell.at.checked_sub(self.first).and_then(|at| self.hits.get(at)).map_or(&[], Vec::as_slice)
    }

    pub fn mark(&mut self, cell: usize, mark: Mark) {
        if let Some(known) = cell.checked_sub(self.first).and_then(|at| self.marks.get_mut(at)) {
            *known = mark;
        }
    }

    pub fn mark_of(&self, cell: usize) -> Mark {
        cell.checked_sub(self.first).and_then(|at| self.marks.get(at)).copied().unwrap_or(Mark::Open)
    }

    pub fn cells(&self) -> Range<usize> {
        self.first..self.first + self.marks.len()
    }

    /// A word of the form, met in a cell.
    pub fn meet(&mut self, label: LabelId, cell: usize) {
        self.mark(cell, Mark::Label);
        if self.found.insert(label) {
            self.met.push((label, cell));
        }
    }

    /// Puts a text into a fixed cell. A second text is only taken behind a first where both are prose.
    pub fn set(&mut self, slot: CellIndex, cell: usize, text: &str) -> bool {
        let kind = self.plan.form.cell(slot).map_or(CellKind::Text, |cell| cell.kind);
        match self.fixed.get_mut(&slot) {
            Some(known) if kind == CellKind::Prose => {
                known.text.push('\n');
                known.text.push_str(text);
            }
            // Said twice, it is the same.
            Some(known) if known.text == super::text::tidy(kind, text) => {}
            Some(_) => return false,
            None => {
                self.fixed.insert(slot, Entry { text: super::text::tidy(kind, text), from: cell });
            }
        }
        self.mark(cell, Mark::Fixed(slot));
        true
    }

    fn line(&mut self, at: usize, line: &'r Line) {
        if self.last_block != Some(line.block) {
            self.enter(line);
        }
        if self.noting && !self.ends_notes(line) {
            line.starts.iter().for_each(|cell| self.mark(*cell, Mark::Note));
            return;
        }
        self.noting = false;
        if line.starts.is_empty() || self.turn_within(line) || self.alone(at, line) || self.is_notes(line) {
            return;
        }
        if let Some(label) = self.below.take()
            && self.value_below(label, line)
        {
            return;
        }
        let _understood =
            self.around_row(line) || self.column_numbers(line) || self.header(at, line) || self.values(line) || self.row(line);
        for at in &line.starts {
            let side = |cell: &Cell<'_>| cell.rows > 1 && self.plan.is_side(&cell.key);
            if self.mark_of(*at) == Mark::Open && self.cell(*at).is_some_and(side) {
                self.side(*at);
            }
        }
    }

    /// A new grid goes on with the list of the last one only where nothing stands between and it is as wide; of a sheet, whose blank columns
    /// are not read, the last column may be missing.
    fn enter(&mut self, line: &Line) {
        let last_title = self.active.as_ref().and_then(|active| active.titles.last()).map_or(u32::MAX, |title| title.from);
        let cut = line.left.is_some() && line.width < self.last_width && line.width >= last_title;
        let as_wide = self.last_left == line.left && (self.last_width == line.width || cut);
        let apart = self.last_block.is_some_and(|last| line.block != last + 1) || !as_wide;
        (self.last_block, self.last_width, self.last_left) = (Some(line.block), line.width, line.left);
        if let Some(active) = &mut self.active {
            if apart {
                active.open = false;
            } else if active.open {
                active.block = line.block;
            }
        }
    }

    /// No more rows of the list above.
    pub fn close(&mut self) {
        if let Some(active) = &mut self.active {
            active.open = false;
        }
    }

    /// Keeps the unit that the table states, the first time it does.
    pub fn say_unit(&mut self, key: &str, cell: usize) {
        let Some(other) = around::unit(key) else { return };
        match self.unit {
            None => self.unit = Some(other),
            Some(first) if first != other => {
                let place = self.cell(cell).map(|cell| cell.place);
                self.notices.extend(place.map(|place| FoundNotice::Units { first, other, place }));
            }
            Some(_) => {}
        }
    }

    /// Labels at the left of several lines, with the unit and the points they carry.
    pub fn side(&mut self, at: usize) {
        let Some(cell) = self.cell(at) else { return };
        self.mark(at, Mark::Label);
        self.say_unit(&cell.key, at);
        let funds = self.plan.funds_sides.contains(bare(&cell.key)) || cell.key.contains("预算执行") || cell.key.contains("资金");
        if funds && self.side_points.is_none() {
            self.side_points = points(&cell.text).map(|points| (points, at));
        }
    }

    fn finish(&mut self) {
        let form = self.plan.form;
        // What no row took up belongs to none.
        for (_, at) in core::mem::take(&mut self.branches) {
            self.mark(at, Mark::Open);
        }
        if let (Some((year, cell, _)), Some(at)) = (self.year.take(), form.role(Role::FiscalYear))
            && !self.fixed.contains_key(&at)
        {
            self.fixed.insert(at, Entry { text: year, from: cell });
            self.mark(cell, Mark::Fixed(at));
        }
        if let (Some((points, cell)), Some(at)) = (self.side_points.take(), form.role(Role::ExecutionWeight))
            && !self.fixed.contains_key(&at)
            && form.role(Role::ExecutedAmount).is_some_and(|executed| self.fixed.contains_key(&executed))
        {
            self.fixed.insert(at, Entry { text: points, from: cell });
        }
        if self.template_rows > 0 {
            self.notices.push(FoundNotice::TemplateRows(self.template_rows));
        }
        if self.unit.is_none() {
            let said = |at: &usize| matches!(self.mark_of(*at), Mark::Note | Mark::Prose);
            let texts = self.cells().filter(said).filter_map(|at| self.cell(at));
            self.unit = texts.filter_map(|cell| around::unit_of_all(&cell.text)).next();
        }
        if self.unit.is_none() && self.has_bare_amounts() {
            self.notices.push(FoundNotice::NoUnit(form.unit));
        }
    }

    /// Whether an amount of the form is there that no unit stands behind.
    fn has_bare_amounts(&self) -> bool {
        let form = self.plan.form;
        let fixed = self.fixed.iter().map(|(at, entry)| (form.cell(*at).map(|cell| cell.kind), entry));
        let rows = self.tables.iter().zip(&form.tables).flat_map(|(drafts, def)| {
            let cells = drafts.iter().flat_map(|draft| &draft.cells);
            cells.map(|(column, entry)| (def.column(*column).map(|column| column.kind), entry))
        });
        let is_bare = |text: &str| matches!(read(text), Reading::Quantity(quantity) if quantity.unit == Unit::None);
        fixed.chain(rows).any(|(kind, entry)| kind == Some(CellKind::Amount) && is_bare(&entry.text))
    }

    /// How much of each grid is explained.
    pub fn by_grid(&self) -> SortedMap<usize, Certainty> {
        let mut grids: SortedMap<usize, Certainty> = SortedMap::new();
        for at in self.cells() {
            if let Some(SourcePlace::Cell { block, .. }) = self.cell(at).filter(|cell| !cell.joined).map(|cell| cell.place) {
                let count = grids.entry(block).or_default();
                count.of += 1;
                count.explained += u32::from(self.mark_of(at) != Mark::Open);
            }
        }
        grids
    }

    /// The grids that belong to the table: enough of them was understood.
    pub fn grids(&self) -> SortedSet<usize> {
        self.by_grid().into_iter().filter(|(_, count)| count.explained * 3 > count.of).map(|(grid, _)| grid).into_set()
    }

    /// How much of some grids is explained.
    pub fn certainty(&self, grids: &SortedSet<usize>) -> Certainty {
        let mut sum = Certainty::default();
        for (_, count) in self.by_grid().into_iter().filter(|(grid, _)| grids.contains(grid)) {
            sum.explained += count.explained;
            sum.of += count.of;
        }
        sum
    }

    /// How many texts became cells of the document.
    pub fn filled(&self) -> usize {
        self.cells().filter(|at| matches!(self.mark_of(*at), Mark::Fixed(_) | Mark::Row(..))).count()
    }

    /// Whether the table is one of this form at all.
    pub fn fits(&self) -> bool {
        let labels = self.plan.labels.len().max(1);
        let enough = self.found.len() >= 4 && self.found.len() * 100 >= labels * 15 && self.telling() >= FEWEST_TELLING;
        self.certainty(&self.grids()).per_mille() >= 500
            && self.filled() >= 3
            && (enough || (self.title && self.found.len() >= 3))
    }

    /// How many of the words that were met are not such as any table of money has.
    fn telling(&self) -> usize {
        let cells = self.met.iter().filter_map(|(_, cell)| self.cell(*cell));
        let plain = |cell: &Cell<'_>| {
            // 预算数（万元） and 预算数（A） are plain words, 预算数（调整前） is none.
            let bare = bare(&cell.key);
            let inside = cell.key.strip_prefix(bare).unwrap_or_default();
            let says = around::unit(inside).is_none() && inside.contains(char::is_alphabetic) && !inside.is_ascii();
            let name = if says { cell.key.as_str() } else { bare };
            self.words.plain.iter().any(|word| word == name || word == stem(name))
        };
        cells.filter(|cell| !plain(cell)).count()
    }

    /// Which of several forms fits better: what it explains, then how much of the form is there, its title, and the names it gives.
    pub fn rank(&self) -> u32 {
        let share =
            |part: usize, of: usize, most: u32| u32::try_from(part).unwrap_or(0) * most / u32::try_from(of.max(1)).unwrap_or(1);
        let all = self.by_grid().into_keys().into_set();
        self.certainty(&all).per_mille() * 3
            + share(self.found.len(), self.plan.labels.len(), 600)
            + u32::from(self.title) * 150
            + share(self.given.len(), self.plan.given.len(), 120)
            + share(self.given.len(), 1, 2)
    }
}
