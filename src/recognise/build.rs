//! From what was read to documents, places and lists of what was not understood.

use super::around;
use super::key::{bare, key};
use super::plan::LabelId;
use super::read::{Entry, Mark, Reader};
use super::report::Run;
use super::source::Source;
use super::{Fate, Found, Question, Recognised, SourcePlace, Unread};
use crate::document::{CellId, Document, Edit, Extra, Row, RowId, Typed, apply};
use crate::prelude::*;
use crate::template::{CellIndex, CellKind, ColumnIndex, Library, Role, TableIndex};
use core::ops::Range;

/// Forms that come near are named as far as this.
const MOST_NEAR: usize = 3;
/// Labels that say why a form was taken.
const MOST_WHY: usize = 8;

/// Adds a stretch of the file: as a table of the best reading, or as texts that no form fits.
pub(super) fn add(
    recognised: &mut Recognised,
    runs: &mut Vec<Run>,
    readings: Vec<Reader<'_, '_>>,
    source: &Source<'_>,
    lines: Range<usize>,
) {
    let mut readings = readings.into_iter();
    let Some(best) = readings.next() else {
        let lines = source.lines.get(lines).unwrap_or_default();
        for line in lines {
            if !line.paragraph && recognised.others.last() != Some(&line.block) {
                recognised.others.push(line.block);
            }
            for cell in line.starts.iter().filter_map(|at| source.cells.get(*at)) {
                recognised.unrecognised.extend(unread(cell));
            }
        }
        return;
    };
    let near: Vec<Reader<'_, '_>> = readings.take(MOST_NEAR).collect();
    let found = found(best, &near, recognised, runs);
    recognised.tables.push(found);
}

/// A text and the cells whose characters were joined with it.
fn unread(cell: &super::source::Cell<'_>) -> Vec<Unread> {
    let first = Unread { text: cell.text.as_ref().to_owned(), place: cell.place };
    let rest = cell.more.iter().map(|place| Unread { text: String::new(), place: *place });
    [first].into_iter().chain(rest).collect()
}

fn found(best: Reader<'_, '_>, near: &[Reader<'_, '_>], recognised: &mut Recognised, runs: &mut Vec<Run>) -> Found {
    let form = best.plan.form.clone();
    let mut document = Document::blank(&form);
    document.unit = best.unit.unwrap_or(form.unit);
    let mut sources = SortedMap::new();
    for (at, entry) in &best.fixed {
        set_fixed(&mut document, *at, &entry.text);
        sources.extend(place_of(&best, entry).map(|place| (CellId::Fixed(*at), place)));
    }
    let rows = fill_tables(&best, &mut document, &mut sources);
    let whole = best.grids();
    // The last text of the report that was met, to tell runs of it apart.
    let mut last_prose: Option<usize> = None;
    let mut fates = SortedMap::new();
    let mut unrecognised: Vec<Unread> = Vec::new();
    let mut apart: SortedSet<usize> = SortedSet::new();
    for at in best.cells() {
        let Some(cell) = best.cell(at).filter(|cell| !cell.joined) else { continue };
        let inside = match cell.place {
            SourcePlace::Cell { block, .. } => whole.contains(&block),
            SourcePlace::Paragraph { .. } | SourcePlace::Caption { .. } => true,
        };
        let fate = match best.mark_of(at) {
            Mark::Fixed(at) => Fate::Cell(CellId::Fixed(at)),
            Mark::Row(table, row, column) => match rows.get(usize::from(table)).and_then(|rows| rows.get(row)) {
                Some(row) => Fate::Cell(CellId::Row { table, row: *row, column }),
                None => Fate::Unrecognised,
            },
            Mark::Label => Fate::Label,
            Mark::Note => Fate::Note,
            Mark::Prose => {
                let text = cell.text.as_ref().to_owned();
                match runs.last_mut().filter(|_| last_prose.is_some_and(|last| last + 1 == at)) {
                    Some(run) => run.push((cell.place, text)),
                    None => runs.push(vec![(cell.place, text)]),
                }
                last_prose = Some(at);
                continue;
            }
            Mark::Open => Fate::Unrecognised,
        };
        if !inside {
            if apart.insert(cell.place.block()) {
                recognised.others.push(cell.place.block());
            }
            recognised.unrecognised.extend(unread(cell));
            continue;
        }
        if fate == Fate::Unrecognised {
            unrecognised.extend(unread(cell));
        }
        for place in [&cell.place].into_iter().chain(&cell.more) {
            fates.insert(*place, fate);
        }
    }
    for part in &best.remainders {
        unrecognised.extend(best.cell(part.cell).map(|cell| Unread { text: part.text.clone(), place: cell.place }));
    }
    let (untitled, unprinted) = (untitled(&best), unprinted(&best));
    let place = first_place(&best).unwrap_or(SourcePlace::Paragraph { block: 0 });
    Found {
        place,
        form: form.id.clone(),
        certainty: best.certainty(&whole),
        why: why(&best, near.first()),
        near: near.iter().map(|other| (other.plan.form.id.clone(), other.certainty(&whole))).collect(),
        questions: questions(&best, &rows),
        notices: best.notices.clone(),
        document,
        sources,
        fates,
        unrecognised,
        untitled,
        unprinted,
    }
}

/// Single cells of which no word was met that leads to them. A year has none but 年度 itself.
fn unprinted(best: &Reader<'_, '_>) -> SortedSet<CellIndex> {
    let met = |label: Option<LabelId>| label.is_some_and(|label| best.found.contains(&label));
    let mut unprinted: SortedSet<CellIndex> = SortedSet::new();
    let slots = best.plan.slots.iter().filter(|slot| !best.fixed.contains_key(&slot.cell));
    unprinted.extend(
        slots.filter(|slot| !met(slot.left.map(|(label, _)| label)) && !met(slot.row) && !met(slot.above)).map(|slot| slot.cell),
    );
    if let Some(year) = best.plan.form.role(Role::FiscalYear).filter(|year| !best.fixed.contains_key(year)) {
        let is_year = |at: usize| best.cell(at).is_some_and(|cell| around::is_open_year(&cell.key));
        if !best.cells().any(is_year) {
            unprinted.insert(year);
        }
    }
    unprinted
}

/// Columns whose title was met nowhere.
fn untitled(best: &Reader<'_, '_>) -> SortedSet<(TableIndex, ColumnIndex)> {
    let headers = best.plan.headers.iter().filter_map(|header| Some((header.table?, &header.columns)));
    let columns = headers.flat_map(|(table, columns)| columns.iter().map(move |(column, label)| ((table, *column), *label)));
    let missing = columns.filter(|(_, label)| label.is_some_and(|label| !best.found.contains(&label)));
    missing.map(|(column, _)| column).into_set()
}

/// Puts texts into the cells that a person named for them. A text that belongs nowhere is understood as such.
pub(super) fn correct(found: &mut Found, told: &SortedMap<SourcePlace, String>, library: &Library) {
    let Some(form) = library.form(&found.form) else { return };
    for (place, name) in told {
        if !found.fates.contains_key(place) {
            continue;
        }
        let cell = CellId::from_name(name, &form);
        let listed = found.unrecognised.iter().find(|unread| unread.place == *place).map(|unread| unread.text.clone());
        let held = found.sources.iter().find(|(_, source)| *source == place).map(|(cell, _)| *cell);
        let text = match (listed, held) {
            (Some(text), _) => Some(text),
            // It stands in a wrong cell.
            (None, Some(old)) => {
                let text = found.document.typed(old).text().to_owned();
                found.document = apply(&found.document, &form, &Edit::Set { cell: old, text: String::new() });
                found.sources.remove(&old);
                Some(text)
            }
            (None, None) => None,
        };
        let fate = match (cell, text) {
            (Some(cell), Some(text)) => {
                found.document = apply(&found.document, &form, &Edit::Set { cell, text });
                found.sources.insert(cell, *place);
                Fate::Cell(cell)
            }
            (None, Some(_)) if name.is_empty() => Fate::Note,
            _ => continue,
        };
        found.fates.insert(*place, fate);
        found.unrecognised.retain(|unread| unread.place != *place);
        found.questions.retain(|question| question.place != *place);
    }
}

fn set_fixed(document: &mut Document, at: CellIndex, text: &str) {
    if let Some(cell) = document.cells.get_mut(usize::from(at)) {
        *cell = Typed::new(text);
    }
}

fn place_of(reader: &Reader<'_, '_>, entry: &Entry) -> Option<SourcePlace> {
    reader.cell(entry.from).map(|cell| cell.place)
}

/// Rows as they were read; for each draft the id of its row.
fn fill_tables(
    reader: &Reader<'_, '_>,
    document: &mut Document,
    sources: &mut SortedMap<CellId, SourcePlace>,
) -> Vec<Vec<RowId>> {
    let form = reader.plan.form;
    let mut next: RowId = 1;
    let mut ids = Vec::new();
    for ((table, def), drafts) in (0 as TableIndex..).zip(&form.tables).zip(&reader.tables) {
        let mut rows: Vec<Rc<Row>> = Vec::new();
        if def.fixed {
            for texts in &def.skeleton {
                let cells = texts.iter().map(|text| Typed::new(text)).collect();
                rows.push(Rc::new(Row { id: next, cells, extra: Extra::new() }));
                next = next.saturating_add(1);
            }
        }
        let mut own = Vec::new();
        for draft in drafts {
            let at = match draft.fixed {
                Some(at) => at,
                None => {
                    let mut cells = vec![Typed::default(); def.columns.len()];
                    hidden(reader, table, draft, &mut cells);
                    rows.push(Rc::new(Row { id: next, cells, extra: Extra::new() }));
                    next = next.saturating_add(1);
                    rows.len() - 1
                }
            };
            let Some(row) = rows.get_mut(at) else { continue };
            let id = row.id;
            own.push(id);
            for (column, entry) in &draft.cells {
                if let Some(cell) = Rc::make_mut(row).cells.get_mut(usize::from(*column)) {
                    *cell = Typed::new(&entry.text);
                }
                sources.extend(place_of(reader, entry).map(|place| (CellId::Row { table, row: id, column: *column }, place)));
            }
        }
        if let Some(slot) = document.tables.get_mut(usize::from(table)) {
            *slot = rows;
        }
        ids.push(own);
    }
    document.next_row = next;
    ids
}

/// What the form keeps beside a row of its own without printing it, such as how the row is scored.
fn hidden(reader: &Reader<'_, '_>, table: TableIndex, draft: &super::read::Draft, cells: &mut [Typed]) {
    let Some(def) = reader.plan.form.table(table) else { return };
    let Some(name) = def.at.indicator.or(def.at.name) else { return };
    let Some(own) = draft.cells.get(&name).map(|entry| key(&entry.text)).filter(|own| !own.is_empty()) else { return };
    let same = |row: &&Vec<String>| row.get(usize::from(name)).is_some_and(|text| bare(&key(text)) == bare(&own));
    let Some(row) = def.skeleton.iter().find(same) else { return };
    for ((column, text), cell) in def.columns.iter().zip(row).zip(cells) {
        if column.hidden && !text.is_empty() {
            *cell = Typed::new(text);
        }
    }
}

/// Where the table begins: its first text that is neither running text nor apart.
fn first_place(reader: &Reader<'_, '_>) -> Option<SourcePlace> {
    let mut cells = reader.cells().filter(|at| !matches!(reader.mark_of(*at), Mark::Prose | Mark::Open | Mark::Note));
    cells.find_map(|at| reader.cell(at)).map(|cell| cell.place)
}

/// The words that this form has and the next best has not, and where there are few, those that few forms have.
fn why(best: &Reader<'_, '_>, next: Option<&Reader<'_, '_>>) -> Vec<String> {
    let others: SortedSet<usize> = next.into_iter().flat_map(|next| next.met.iter().map(|(_, cell)| *cell)).into_set();
    let cells = best.met.iter().map(|(_, cell)| *cell);
    let (telling, common): (Vec<usize>, Vec<usize>) = cells.partition(|cell| !others.contains(cell));
    let mut why: Vec<String> = Vec::new();
    for at in telling.into_iter().chain(common) {
        let Some(cell) = best.cell(at) else { continue };
        let text = super::text::tidy(CellKind::Text, &cell.text);
        if why.len() < MOST_WHY && !why.contains(&text) {
            why.push(text);
        }
    }
    why
}

fn questions(reader: &Reader<'_, '_>, rows: &[Vec<RowId>]) -> Vec<Question> {
    let id = |mark: &Mark| match mark {
        Mark::Fixed(at) => Some(CellId::Fixed(*at)),
        Mark::Row(table, row, column) => {
            let row = rows.get(usize::from(*table)).and_then(|rows| rows.get(*row))?;
            Some(CellId::Row { table: *table, row: *row, column: *column })
        }
        Mark::Open | Mark::Label | Mark::Note | Mark::Prose => None,
    };
    let mut questions = Vec::new();
    for doubt in &reader.doubts {
        let Some(cell) = reader.cell(doubt.cell) else { continue };
        let option =
            |cells: &Vec<(Mark, String)>| cells.iter().filter_map(|(mark, text)| Some((id(mark)?, text.clone()))).collect();
        let options = doubt.options.iter().map(option).collect();
        questions.push(Question { text: cell.text.as_ref().to_owned(), place: cell.place, options });
    }
    questions
}
