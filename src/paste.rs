//! Pasting (粘贴): a block of cells laid over an open table by its printed geometry. Words of the form are recognised and not pasted, merged
//! cells fill what they cover, rows are added where the table grows, and whatever finds no place is handed back with its text.

#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)]

mod arrange;
mod block;
mod comma;
mod lay;
pub mod open;
mod simple;
mod target;
mod text;
mod walk;
mod words;

pub use block::Block;
pub use open::Open;
pub use simple::lines;
pub use text::{cell_of, is_block, is_even};

use crate::document::{CellId, Document, Edit};
use crate::layout::Sheet;
use crate::prelude::*;
use crate::template::{Form, Labels};

/// More cells than any table has.
const MOST_CELLS: usize = 200_000;

/// A block of more cells than any table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// What comes of a block that is pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// One step; none where nothing found a place.
    pub edit: Option<Edit>,
    /// How many rows and columns of the block went into the table.
    pub rows: usize,
    pub columns: usize,
    /// Rows of the block that only hold words of the form: titles of columns, headings.
    pub headings: usize,
    /// How many rows the table gets more.
    pub added: usize,
    /// Cells that held something else before.
    pub overwritten: usize,
    /// Numbers of merged cells that stand in the first of their rows only, where they would otherwise count several times.
    pub once: usize,
    /// Titles stood in the first column, so rows were taken for columns.
    pub turned: bool,
    /// What found no place, in the order of the block.
    pub left: Vec<Left>,
    /// Texts that may be one number or another. They stand as they came until a person says which.
    pub asked: Vec<Asked>,
}

impl Pasted {
    /// What found no place, as a block that can be pasted elsewhere.
    pub fn rest(&self) -> String {
        text::written(&self.left)
    }
}

/// A text that found no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Row and column of the block, from 0.
    pub row: usize,
    pub column: usize,
    pub text: String,
    pub why: Why,
}

/// Why a text found no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Right of the last column.
    Beyond,
    /// Below the last row, and the table gets no more.
    Below,
    /// Under a title that the table has not.
    NoColumn,
    /// Where the form has words of its own, or a text of its own.
    Given,
    /// Its row is named otherwise than any row of the form.
    OtherName,
    /// It lies over several columns, or over a cell that is taken.
    Taken,
}

impl Why {
    pub const ALL: [Why; 6] = [Why::Beyond, Why::Below, Why::NoColumn, Why::Given, Why::OtherName, Why::Taken];

    fn sign(self) -> &'static str {
        match self {
            Why::Beyond => "beyond",
            Why::Below => "below",
            Why::NoColumn => "no-column",
            Why::Given => "given",
            Why::OtherName => "other-name",
            Why::Taken => "taken",
        }
    }
}

/// A text with a comma that no number has: 8324,23.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub cell: CellId,
    pub text: String,
    /// What it may be.
    pub options: Vec<String>,
}

/// So many words of forms, and so many rows, are no part of a table but all of it.
const WORDS_OF_A_TABLE: usize = 6;
const ROWS_OF_A_TABLE: usize = 5;

/// Whether a block is a whole table, by its words: it names its project or unit, and holds words of every kind of line.
pub fn is_table(block: &Block, labels: &Labels) -> bool {
    let words = words::Words::of(labels);
    let texts = || (0..block.rows.len()).flat_map(|row| block.texts(row).map(|(_, text)| text));
    let names = ["项目名称", "部门（单位）名称"];
    let named = || texts().any(|text| names.iter().any(|name| words.is(text, name)));
    let known = || texts().flat_map(|text| words.meanings(text)).into_set().len();
    block.rows.len() >= ROWS_OF_A_TABLE && named() && known() >= WORDS_OF_A_TABLE
}

/// Lays a block over the cells from `at` on. `sheet` is the document as it is printed.
pub fn paste(form: &Form, document: &Document, sheet: &Sheet, at: CellId, block: &Block, labels: &Labels) -> Pasted {
    over(form, document, &target::Target::of(form, document, sheet), at, block, labels)
}

impl Open {
    /// Lays a block over the table, as [`paste`] does.
    pub fn paste(&self, block: &Block, labels: &Labels) -> Pasted {
        over(&self.form, &self.document, &self.target, self.at, block, labels)
    }
}

fn over(form: &Form, document: &Document, target: &target::Target, at: CellId, block: &Block, labels: &Labels) -> Pasted {
    let words = words::Words::of(labels);
    let Some(anchor) = target.find(at) else {
        return Pasted { left: lay::all_left(block, Why::Given), ..Pasted::default() };
    };
    if walk::is_turned(form, target, anchor.0, block, &words) {
        let turned = block.turned();
        let walked = walk::walk(form, document, target, anchor, &turned, &words);
        return Pasted { turned: true, ..lay::lay(form, document, target, anchor, turned, walked, &words) };
    }
    let walked = walk::walk(form, document, target, anchor, block, &words);
    lay::lay(form, document, target, anchor, block.clone(), walked, &words)
}
