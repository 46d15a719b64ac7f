//! 计算核对码: a small fingerprint of what a printed table says, so that paper and file can be told to be the same. It is no signature: it
//! tells that two tables say the same, and not who wrote either, and whoever changes a table may print it anew.

use crate::block::{Block, Blocks};
use crate::document::{CellId, Document};
use crate::engine::Evaluation;
use crate::evaluate;
use crate::layout::{CellView, Field, Sheet, layout};
use crate::prelude::*;
use crate::recognise::{Fate, Found, SourcePlace};
use crate::template::{Form, Library, Template};
use crate::wording::paper as words;

/// The fingerprint of a sheet: its form, its profile where that gives points, and what is printed in every cell, whether it was typed or
/// computed. Blanks, line breaks and the commas that group digits count for nothing, and neither do rows without a text: each kind of
/// file has its own way with them.
pub fn code(template: &Template, evaluation: &Evaluation, sheet: &Sheet) -> String {
    let mut hash = Hash::new();
    hash.part(&template.form.id);
    hash.part(if evaluation.score.is_some() { &template.profile.id } else { "" });
    hash.part(&sheet.year);
    hash.part(&sheet.unit);
    for row in sheet.sections.iter().flat_map(|section| &section.rows) {
        let fields = row.cells.iter().filter_map(CellView::field).filter(|field| !field.locked && !is_blank(&field.shown));
        let mut any = false;
        for field in fields {
            hash.field(field, &template.form);
            any = true;
        }
        if any {
            hash.part("");
        }
    }
    for field in sheet.sign.iter().filter_map(|part| part.field.as_ref()).filter(|field| !is_blank(&field.shown)) {
        hash.field(field, &template.form);
    }
    hash.text()
}

fn is_blank(text: &str) -> bool {
    telling(text).next().is_none()
}

/// The characters of a text that say something.
fn telling(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|char| !char.is_whitespace() && !char.is_control() && *char != ',')
}

/// FNV-1a of 64 bits, whose last step is mixed, so that a small change is seen in every group.
struct Hash(u64);

impl Hash {
    fn new() -> Hash {
        Hash(0xcbf2_9ce4_8422_2325)
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    /// A text with its end, so that no two lists of parts run into each other.
    fn part(&mut self, text: &str) {
        let mut bytes = [0; 4];
        for char in telling(text) {
            char.encode_utf8(&mut bytes).bytes().for_each(|byte| self.byte(byte));
        }
        self.byte(0);
    }

    /// The column that a text stands in, and the text. Rows have no lasting name, and stand in their order.
    fn field(&mut self, field: &Field, form: &Form) {
        match field.id {
            CellId::Fixed(_) => self.part(&field.name),
            CellId::Row { table, column, .. } => {
                let def = form.table(table);
                self.part(def.map_or("", |def| &def.id));
                self.part(def.and_then(|def| def.column(column)).map_or("", |column| &column.id));
            }
        }
        self.part(&field.shown);
    }

    /// 3F7A-91C2-0B4D-77E1
    fn text(&self) -> String {
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        mixed ^= mixed >> 33;
        let digits: Vec<char> = format!("{mixed:016X}").chars().collect();
        digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }
}

/// The code that a file prints with a table; `None` where it prints none.
pub fn stated(found: &Found, blocks: &Blocks) -> Option<String> {
    let notes = found.fates.iter().filter(|(_, fate)| **fate == Fate::Note);
    notes.filter_map(|(place, _)| words::code_in(text_at(blocks, *place)?)).next()
}

fn text_at(blocks: &Blocks, place: SourcePlace) -> Option<&str> {
    match (place, blocks.list.get(place.block())?) {
        (SourcePlace::Paragraph { .. }, Block::Paragraph(paragraph)) => Some(&paragraph.text),
        (SourcePlace::Cell { row, column, .. }, Block::Grid(grid)) => {
            grid.cells.iter().find(|cell| (cell.row, cell.column) == (row, column)).map(|cell| cell.text.as_str())
        }
        (_, _) => None,
    }
}

/// Whether a document says what stood on the paper of this code. A file does not print its profile, so that each of them is tried.
pub fn agrees(library: &Library, document: &Document, stated: &str) -> bool {
    let Some(own) = document.template(library) else { return false };
    let others = library.profiles.iter().filter(|profile| profile.id != own.profile.id);
    core::iter::once(&own.profile).chain(others).any(|profile| {
        let template = Template { profile: profile.clone(), form: own.form.clone() };
        let evaluation = evaluate(&template, document);
        code(&template, &evaluation, &layout(&template, document, &evaluation, None)) == stated
    })
}
