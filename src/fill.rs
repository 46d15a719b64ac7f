//! 套用模板: which places of a bureau's own file hold which cells of a document, and what is to be written there. It knows no file format:
//! the file is given as [`Blocks`] with its blank cells, and what comes out are texts for places and rows to be copied.
//!
//! A template is mostly blank, and the recogniser finds cells by what stands in them. So blank places are tried with texts of each kind
//! ([`sample`]); what the recogniser makes of them is the mapping, found by the same words as in any other file.

#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)]

mod blank;
mod rows;
mod sample;

pub use sample::{Sample, sample};

use crate::block::{Block, Blocks};
use crate::document::{CellId, Document, Edit, apply};
use crate::evaluate::evaluate;
use crate::layout::{Field, Sheet, layout};
use crate::prelude::*;
use crate::recognise::SourcePlace;
use crate::recognise::key::{bare, key};
use crate::template::{Form, Library, Role};

/// What is to be done with a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filling {
    /// By place.
    pub writes: Vec<Write>,
    /// Rows that the template has too few of.
    pub copies: Vec<Copy>,
    /// What finds no place: cells with their texts.
    pub left: Vec<(CellId, String)>,
    /// Old texts in rows that the document has nothing for; they are taken out.
    pub cleared: Vec<(SourcePlace, String)>,
    /// Texts of the template in cells that are blank in the document. They stay: a person has to look at them.
    pub kept: Vec<(SourcePlace, String)>,
}

/// A text for a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    pub place: SourcePlace,
    /// None where an old text is taken out.
    pub cell: Option<CellId>,
    /// All that is to stand there, with the words that stand before the value.
    pub text: String,
}

/// A row to be written below one of the template, as a copy of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    pub block: usize,
    /// The row of the grid that it is a copy of, and stands below.
    pub row: u32,
    /// Texts by the column of the grid. Labels go on over it, everything else is blank.
    pub texts: Vec<(u32, CellId, String)>,
    /// Whether the row is one of titles, which do not go on.
    pub under_titles: bool,
    /// Titles that begin in a line above it and reach down to it, by their columns.
    pub above: Vec<u32>,
}

/// Lays a document, with all that is computed, over a template; in the unit of the template. `None` for a form that is unknown.
pub fn fill(sample: &Sample, blocks: &Blocks, library: &Library, document: &Document) -> Option<Filling> {
    let form = library.form(&document.form)?;
    let converted = in_unit_of(sample, &form, document);
    let document = converted.as_ref().unwrap_or(document);
    let template = document.template(library)?;
    let evaluation = evaluate(&template, document);
    let sheet = layout(&template, document, &evaluation, None);
    Some(lay(sample, blocks, &template.form, &completed(document, &template.form, &sheet)))
}

/// The same for a document in which everything computed is typed in ([`completed`]); without engine.
pub fn fill_completed(sample: &Sample, blocks: &Blocks, form: &Form, document: &Document) -> Filling {
    let converted = in_unit_of(sample, form, document);
    lay(sample, blocks, form, converted.as_ref().unwrap_or(document))
}

fn in_unit_of(sample: &Sample, form: &Form, document: &Document) -> Option<Document> {
    (sample.unit() != document.unit).then(|| apply(document, form, &Edit::Convert(sample.unit())))
}

/// A document with what is computed, as it is shown, in its blank cells.
pub fn completed(document: &Document, form: &Form, sheet: &Sheet) -> Document {
    let is_computed = |field: &&Field| field.typed.trim().is_empty() && !field.shown.is_empty();
    let computed = sheet.fields().filter(is_computed).map(|field| (field.id, field.shown.clone()));
    apply(document, form, &Edit::SetMany(computed.collect()))
}

fn lay(sample: &Sample, blocks: &Blocks, form: &Form, document: &Document) -> Filling {
    let mut filling = Filling::default();
    for (place, slots, cells) in sample.shared() {
        let text = |cell: &CellId| Some(document.typed(*cell).text().trim()).filter(|text| !text.is_empty());
        // What is there already stays where the document says nothing.
        for (slot, _) in cells.iter().filter(|(_, cell)| text(cell).is_none()) {
            filling.kept.extend(slots.old(*slot).map(|old| (place, old.to_owned())));
        }
        let Some((cell, _)) = cells.values().find_map(|cell| Some((*cell, text(cell)?))) else { continue };
        let text = slots.with(&|slot| cells.get(&slot).and_then(text).map(str::to_owned));
        if text != printed(blocks, place) {
            filling.writes.push(Write { place, cell: Some(cell), text });
        }
    }
    for (at, cell) in (0..).zip(&form.cells) {
        let id = CellId::Fixed(at);
        let text = document.typed(id).text().trim();
        match sample.place(id) {
            Some(_) if sample.shares(id) => {}
            Some(place) => put(&mut filling, sample, blocks, place, id, text),
            None if Some(at) == form.role(Role::FiscalYear) && !text.is_empty() => match sample::year_line(blocks, text) {
                Some((place, line)) => filling.writes.push(Write { place, cell: Some(id), text: line }),
                None => filling.left.push((id, text.to_owned())),
            },
            None if text.is_empty() || cell.id.starts_with("report.") => {}
            None => filling.left.push((id, text.to_owned())),
        }
    }
    rows::fill(&mut filling, sample, blocks, form, document);
    filling.writes.order_by(|write| write.place);
    filling.writes.dedup_by(|next, known| next.place == known.place);
    filling
}

/// The text at a place.
fn printed(blocks: &Blocks, place: SourcePlace) -> &str {
    let text = match (place, blocks.list.get(place.block())) {
        (SourcePlace::Paragraph { .. }, Some(Block::Paragraph(paragraph))) => Some(paragraph.text.as_str()),
        (SourcePlace::Caption { .. }, Some(Block::Grid(grid))) => grid.caption.as_deref(),
        (SourcePlace::Cell { row, column, .. }, Some(Block::Grid(grid))) => {
            let at = grid.cells.binary_search_by(|cell| (cell.row, cell.column).cmp(&(row, column))).ok();
            at.and_then(|at| grid.cells.get(at)).map(|cell| cell.text.as_str())
        }
        _ => None,
    };
    text.unwrap_or_default().trim()
}

/// Whether two texts say the same, but for spaces, width, numbering and what stands in brackets behind them.
fn same(one: &str, other: &str) -> bool {
    one == other || { !key(one).is_empty() && bare(&key(one)) == bare(&key(other)) }
}

/// Has a text stand at a place, behind the words that the template keeps there. What says the same already stays as it is.
fn put(filling: &mut Filling, sample: &Sample, blocks: &Blocks, place: SourcePlace, cell: CellId, text: &str) {
    let there = printed(blocks, place);
    let Some((words, behind)) = sample.around(place, there) else {
        // Several things in one text: it can't be told where one ends.
        if !text.is_empty() && !there.contains(text) {
            filling.left.push((cell, text.to_owned()));
        }
        return;
    };
    let old = there.strip_prefix(words).and_then(|old| old.strip_suffix(behind)).unwrap_or(there).trim();
    if old == text || sample.is_blank(place) && text.is_empty() {
        return;
    }
    match (text.is_empty(), cell) {
        (false, _) => filling.writes.push(Write { place, cell: Some(cell), text: format!("{words}{text}{behind}") }),
        // Beside the texts of this row it would be one of another.
        (true, CellId::Row { .. }) => {
            filling.cleared.push((place, old.to_owned()));
            filling.writes.push(Write { place, cell: None, text: format!("{words}{behind}") });
        }
        (true, CellId::Fixed(_)) => filling.kept.push((place, old.to_owned())),
    }
}
