//! The mapping: blank places are tried with texts until the recogniser says what they are.

use super::blank::{Slots, blanks, lengthened};
use crate::block::{Block, Blocks, GridCell};
use crate::document::{CellId, Document};
use crate::number::Magnitude;
use crate::prelude::*;
use crate::recognise::{Fate, Found, Recogniser, SourcePlace};
use crate::template::Form;

/// More blank cells are no form to be filled in.
const MOST: usize = 20_000;

/// A template as the recogniser understands it.
pub struct Sample {
    pub(super) found: Found,
    /// Places that hold nothing of their own.
    blank: SortedMap<SourcePlace, Slots>,
    /// Of places with several values, which one a cell is.
    slots: SortedMap<CellId, usize>,
    /// Lines that the file does not have: below titles that nothing stands under.
    added: SortedSet<(usize, u32)>,
    /// Places, or one of their values, that are told to hold nothing.
    none: SortedSet<(SourcePlace, Option<usize>)>,
}

/// A form has more cells than so few: what is less was found by chance.
const LEAST: usize = 4;

/// Titles over numbers. It is only where trying begins: what stands there is said by the recogniser.
const NUMBERS: &[&str] = &["数", "额", "分", "权重", "率", "元"];

/// Texts of every kind that a cell may want, the commonest first.
const KINDS: [fn(usize) -> String; 8] = [
    |number| format!("值甲{}", 1000 + number),
    |number| format!("{}.5", 1000 + number),
    |number| format!("{}%", 1000 + number),
    |_| "良".to_owned(),
    |number| format!("2023年3月{}日", number % 28 + 1),
    |_| "2023".to_owned(),
    |number| (1000 + number).to_string(),
    |_| "1".to_owned(),
];

/// A value of a place.
type Slot = (SourcePlace, usize);

/// Reads a template as one of this form; `None` where nothing in it is. `blocks` has its blank cells too.
pub fn sample(recogniser: &Recogniser<'_>, blocks: &Blocks, form: &Form) -> Option<Sample> {
    let (longer, added) = lengthened(blocks);
    let blocks = &longer;
    let blank = blanks(blocks);
    if blank.len() > MOST {
        return None;
    }
    // By place, which kind of text was understood there.
    let mut known: SortedMap<Slot, usize> = SortedMap::new();
    // A row is only understood as a whole, so its first texts must be of about the right kinds.
    let first: SortedMap<SourcePlace, usize> =
        blank.keys().map(|place| (*place, usize::from(is_number(blocks, *place)))).collect();
    let mut found = None;
    // What stands before a label is mostly the rest of a label at the side, and a text there would be one more column: it comes last.
    let tries = [None].into_iter().chain((0..KINDS.len()).map(Some));
    for (with_first, kind) in [false, true].into_iter().flat_map(|with| tries.clone().map(move |kind| (with, kind))) {
        let tried = tried(blocks, &blank, &|slot| {
            let tries = with_first || !before_label(blocks, slot.0);
            known.get(slot).or(kind.as_ref().or(first.get(&slot.0)).filter(|_| tries)).copied()
        });
        let Some(next) = recogniser.recognise_as(&tried.blocks, &form.id).tables.into_iter().next() else { continue };
        let now: SortedMap<Slot, usize> = tried
            .understood(&next, &blank)
            .into_iter()
            .map(|(_, slot)| (slot, known.get(&slot).copied().or(kind).or(first.get(&slot.0).copied()).unwrap_or(0)))
            .into_map();
        // A text that takes from what was understood says nothing.
        if found.is_none() || now.len() > known.len() {
            known = now;
            found = Some(next);
        }
    }
    // What no text made sense in stays blank.
    let last = tried(blocks, &blank, &|slot| known.get(slot).copied());
    let found = recogniser.recognise_as(&last.blocks, &form.id).tables.into_iter().next().or(found)?;
    let slots = last.understood(&found, &blank).into_iter().filter_map(|(cell, (_, slot))| Some((cell?, slot))).into_map();
    (found.sources.len() >= LEAST).then_some(Sample { found, blank, slots, added, none: SortedSet::new() })
}

/// Whether the title above a cell is one of numbers.
fn is_number(blocks: &Blocks, place: SourcePlace) -> bool {
    let (SourcePlace::Cell { row, column, .. }, Some(Block::Grid(grid))) = (place, blocks.list.get(place.block())) else {
        return false;
    };
    let over = |cell: &&GridCell| {
        cell.row < row
            && cell.column <= column
            && column < cell.column.saturating_add(cell.column_span)
            && !cell.text.trim().is_empty()
    };
    let title = grid.cells.iter().rev().find(over);
    title.is_some_and(|title| NUMBERS.iter().any(|word| title.text.contains(word)))
}

/// Whether a cell is the first of its row and another holds a label.
fn before_label(blocks: &Blocks, place: SourcePlace) -> bool {
    let (SourcePlace::Cell { row, column, .. }, Some(Block::Grid(grid))) = (place, blocks.list.get(place.block())) else {
        return false;
    };
    let from = grid.cells.partition_point(|cell| cell.row < row);
    let mut own = grid.cells.get(from..).unwrap_or_default().iter().take_while(|cell| cell.row == row);
    own.next().is_some_and(|cell| cell.column == column) && own.next().is_some_and(|cell| !cell.text.trim().is_empty())
}

/// A template with texts in its blank places.
struct Tried {
    blocks: Blocks,
    texts: SortedMap<Slot, String>,
}

/// The template with texts of some kinds in its blank places.
fn tried(blocks: &Blocks, blank: &SortedMap<SourcePlace, Slots>, kind: &dyn Fn(&Slot) -> Option<usize>) -> Tried {
    let (mut tried, mut texts) = (blocks.clone(), SortedMap::new());
    let mut number = 0;
    for (place, slots) in blank {
        let before = number;
        if !(0..slots.count()).any(|at| slots.old(at).is_none()) {
            continue;
        }
        let value = |at: usize| {
            if slots.old(at).is_some() {
                return None;
            }
            let kind = kind(&(*place, at)).and_then(|kind| KINDS.get(kind))?;
            Some(kind(at.saturating_add(before)))
        };
        let text = slots.with(&value);
        texts.extend((0..slots.count()).filter_map(|at| Some(((*place, at), value(at)?))));
        number = number.saturating_add(slots.count());
        match (place, tried.list.get_mut(place.block())) {
            (SourcePlace::Paragraph { .. }, Some(Block::Paragraph(paragraph))) => paragraph.text = text,
            (SourcePlace::Cell { row, column, .. }, Some(Block::Grid(grid))) => {
                let at = grid.cells.binary_search_by(|cell| (cell.row, cell.column).cmp(&(*row, *column)));
                if let Some(cell) = at.ok().and_then(|at| grid.cells.get_mut(at)) {
                    cell.text = text;
                }
            }
            _ => {}
        }
    }
    Tried { blocks: tried, texts }
}

impl Tried {
    /// The values that were understood; of a place with several, with the cells that they are.
    fn understood(&self, found: &Found, blank: &SortedMap<SourcePlace, Slots>) -> Vec<(Option<CellId>, Slot)> {
        let mut understood = Vec::new();
        for (place, slots) in blank {
            if slots.count() == 1 {
                if matches!(found.fates.get(place), Some(Fate::Cell(_))) {
                    understood.push((None, (*place, 0)));
                }
                continue;
            }
            for (cell, _) in found.sources.iter().filter(|(_, at)| *at == place) {
                let text = found.document.typed(*cell).text().trim();
                let stands = |at: usize| self.texts.get(&(*place, at)).map(String::as_str).or_else(|| slots.old(at));
                let mut own = (0..slots.count()).filter(|at| stands(*at).is_some_and(|own| own == text));
                // Two values of one text can't be told apart.
                if let (Some(at), None) = (own.next(), own.next()) {
                    understood.push((Some(*cell), (*place, at)));
                }
            }
        }
        understood
    }
}

impl Sample {
    /// Where the text of a cell stands.
    pub fn place(&self, cell: CellId) -> Option<SourcePlace> {
        self.found.sources.get(&cell).copied()
    }

    /// Whether a place waits for all of its values.
    pub fn is_blank(&self, place: SourcePlace) -> bool {
        self.blank.get(&place).is_some_and(Slots::is_blank)
    }

    /// Whether a line is none of the file, but one below its titles.
    pub(super) fn is_added(&self, block: usize, row: u32) -> bool {
        self.added.contains(&(block, row))
    }

    /// Places that hold several values, each with its cells.
    pub(super) fn shared(&self) -> Vec<(SourcePlace, &Slots, SortedMap<usize, CellId>)> {
        let shared = self.blank.iter().filter(|(_, slots)| slots.count() > 1);
        let cells = |place: SourcePlace| {
            let own = self.slots.iter().filter(move |(cell, _)| self.place(**cell) == Some(place));
            own.map(|(cell, slot)| (*slot, *cell)).into_map()
        };
        shared.map(|(place, slots)| (*place, slots, cells(*place))).collect()
    }

    /// Whether a cell is one of several at its place.
    pub(super) fn shares(&self, cell: CellId) -> bool {
        self.slots.contains_key(&cell)
    }

    /// The unit of the amounts in the template.
    pub fn unit(&self) -> Magnitude {
        self.found.document.unit
    }

    /// The words that stay before and behind the value at a place; `None` where the text there is several values and words between them.
    pub(super) fn around<'t>(&'t self, place: SourcePlace, there: &'t str) -> Option<(&'t str, &'t str)> {
        if let Some(slots) = self.blank.get(&place).filter(|slots| slots.is_blank()) {
            return Some((slots.words()?, ""));
        }
        // What the recogniser took for the value stands among them: 项目名称：路灯改造, （2019年度）.
        let mut own =
            self.found.sources.iter().filter(|(_, at)| **at == place).map(|(cell, _)| self.found.document.typed(*cell).text());
        let value = own.next()?.trim();
        if own.any(|other| other.trim() != value) {
            return None;
        }
        match there.match_indices(value).map(|(at, _)| at).collect::<Vec<_>>().as_slice() {
            [at] if !value.is_empty() => Some((there.get(..*at)?, there.get(at + value.len()..)?)),
            _ => (!there.contains([':', '：'])).then_some(("", "")),
        }
    }

    /// What is told otherwise by a person: the cell of this name stands at a place, or nothing does where the name is empty. `value`: which
    /// of several values is meant, from 0; without it, it is the first, and the others are none.
    pub fn correct(&mut self, place: SourcePlace, value: Option<usize>, name: &str, form: &Form) -> bool {
        let cell = CellId::from_name(name, form);
        if cell.is_none() && !name.is_empty() {
            return false;
        }
        let several = self.blank.get(&place).map_or(1, Slots::count);
        if value.is_some_and(|value| value >= several) {
            return false;
        }
        let slots = core::mem::take(&mut self.slots);
        let is_other = |known: &CellId| several > 1 && value.is_some() && slots.get(known) != value.as_ref();
        self.found.sources.retain(|known, at| (*at != place || is_other(known)) && Some(*known) != cell);
        self.slots = slots.into_iter().filter(|(known, _)| self.found.sources.contains_key(known)).into_map();
        match cell {
            None => self.none.insert((place, value)),
            Some(_) => self.none.remove(&(place, value)),
        };
        if let Some(cell) = cell {
            self.found.sources.insert(cell, place);
            if several > 1 {
                self.slots.insert(cell, value.unwrap_or(0));
            }
        }
        true
    }

    /// The template as a document, with the texts that it was tried with.
    pub fn document(&self) -> &Document {
        &self.found.document
    }

    /// Places with their cells, by place; a merged cell once. Of a place with several values each, with its number from 0, though it be
    /// none of the form.
    pub fn places(&self) -> Vec<(SourcePlace, Option<usize>, Option<CellId>)> {
        let alone = self.found.sources.iter().filter(|(cell, _)| !self.shares(**cell));
        let mut list: Vec<_> = alone.map(|(cell, place)| (*place, None, Some(*cell))).collect();
        list.order();
        list.dedup_by_key(|(place, ..)| *place);
        for (place, slots, cells) in self.shared().into_iter().filter(|(.., cells)| !cells.is_empty()) {
            list.extend((0..slots.count()).map(|at| (place, Some(at), cells.get(&at).copied())));
        }
        list.extend(self.none.iter().map(|(place, value)| (*place, *value, None)));
        list.order();
        list.dedup();
        list
    }

    /// The words of the form that the template prints, by place.
    pub fn labels<'b>(&self, blocks: &'b Blocks) -> Vec<(SourcePlace, &'b str)> {
        let labels = self.found.fates.iter().filter(|(_, fate)| **fate == Fate::Label);
        labels.map(|(place, _)| (*place, super::printed(blocks, *place))).collect()
    }

    /// Every cell that a place may hold.
    pub fn cells(&self, form: &Form) -> Vec<CellId> {
        let fixed = (0..).zip(form.table_cells()).map(|(at, _)| CellId::Fixed(at));
        let rows = (0..).zip(&form.tables).flat_map(|(table, def)| {
            let columns = (0..).zip(&def.columns).filter(|(_, column)| !column.hidden && !column.locked).map(|(at, _)| at);
            let columns: Vec<u8> = columns.collect();
            let rows = self.found.document.rows(table).iter();
            rows.flat_map(move |row| columns.clone().into_iter().map(move |column| CellId::Row { table, row: row.id, column }))
                .collect::<Vec<_>>()
        });
        fixed.chain(rows).collect()
    }

    /// The mapping: places with the names of their cells, by place, as [`Sample::correct`] takes them. Rows are those of the template, from
    /// the top.
    pub fn mapping(&self, form: &Form) -> Vec<(SourcePlace, Option<usize>, String)> {
        let value = |cell: &CellId| self.slots.get(cell).copied();
        let name = |(cell, place): (&CellId, &SourcePlace)| (*place, value(cell), cell.name(form));
        let none = self.none.iter().map(|(place, value)| (*place, *value, String::new()));
        let mut list: Vec<_> = self.found.sources.iter().map(name).chain(none).collect();
        list.order();
        list
    }
}

/// （　　年度）: the line that waits for a year, with the year in it.
pub(super) fn year_line(blocks: &Blocks, year: &str) -> Option<(SourcePlace, String)> {
    let year = year.trim_end_matches('度').trim_end_matches('年');
    let line = |text: &str| -> Option<String> {
        let (before, behind) = text.split_once("年度")?;
        let words = before
            .trim_end_matches(|char: char| char.is_whitespace() || matches!(char, '_' | '＿' | 'X' | 'x' | '×' | '0' | '○'));
        let open = words.is_empty() || words.ends_with(['(', '（']);
        (open && words.len() < before.len() && before.chars().count() <= 20).then(|| format!("{words}{year}年度{behind}"))
    };
    blocks.list.iter().enumerate().find_map(|(block, each)| match each {
        Block::Paragraph(paragraph) => Some((SourcePlace::Paragraph { block }, line(&paragraph.text)?)),
        Block::Grid(grid) => grid
            .cells
            .iter()
            .find_map(|cell| Some((SourcePlace::Cell { block, row: cell.row, column: cell.column }, line(&cell.text)?))),
    })
}
