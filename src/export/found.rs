//! Tables that were recognised in a file, as they are handed to other programs: the document, where each of its texts stands, and what
//! was not understood.

pub use super::place::At;
use super::tables;
use crate::block::{Block, BlockNotice, Blocks};
use crate::document::{CellId, Document};
use crate::io::json::v1::{Entries, File};
use crate::io::json::writing;
use crate::prelude::*;
use crate::recognise::{self, SourcePlace};
use crate::tabular::Checked;
use crate::template::Form;
use crate::wording;
use crate::wording::recognise as words;
use serde::Serialize;

/// A table of a file.
#[derive(Serialize)]
pub struct Table<'a> {
    /// Where it stands, as people find it: 表2, 工作表“Sheet1”. Blank for a document that is a file of its own.
    pub place: String,
    /// Id of the form that explains most of it.
    pub form: &'a str,
    /// How much of it that form explains, from 0 to 1, as a decimal.
    pub certainty: String,
    /// Words of the table that tell this form.
    pub why: &'a [String],
    /// Other forms that come near, the nearest first.
    pub near: Vec<Near<'a>>,
    pub document: File<'a>,
    /// Where the text of each cell stands, as people find it.
    pub sources: Entries<'a, String>,
    /// The same for programs.
    pub at: Entries<'a, At>,
    /// Texts that were not understood.
    pub unrecognised: Vec<Text<'a>>,
    /// Texts that may be two things. They are in no cell.
    pub questions: Vec<Question<'a>>,
    /// What to know about the file and the table.
    pub notices: Vec<String>,
}

#[derive(Serialize)]
pub struct Near<'a> {
    pub form: &'a str,
    pub certainty: String,
}

/// A text and where it stands.
#[derive(Serialize)]
pub struct Text<'a> {
    pub text: &'a str,
    pub place: String,
    pub at: At,
}

#[derive(Serialize)]
pub struct Question<'a> {
    #[serde(flatten)]
    pub text: Text<'a>,
    /// What it may be: in each, texts for cells.
    pub options: Vec<Entries<'a, &'a str>>,
}

impl<'a> Table<'a> {
    /// `form` is that of the table.
    pub fn new(found: &'a recognise::Found, form: &'a Form, blocks: &'a Blocks) -> Table<'a> {
        let name = |cell: CellId| cell.name(form);
        let question = |question: &'a recognise::Question| {
            let option = |cells: &'a Vec<(CellId, String)>| {
                Entries(cells.iter().map(|(cell, text)| (name(*cell).into(), text.as_str())).collect())
            };
            let text = text(blocks, &question.text, question.place);
            Question { text, options: question.options.iter().map(option).collect() }
        };
        let of_table = found.notices.iter().map(|notice| words::found_notice(notice, blocks));
        let cells = |(cell, place): (&CellId, &SourcePlace)| (name(*cell).into(), *place);
        let sources: Vec<(alloc::borrow::Cow<'a, str>, SourcePlace)> = found.sources.iter().map(cells).collect();
        Table {
            place: words::table_place(blocks, found),
            form: &found.form,
            certainty: found.certainty.to_text(),
            why: &found.why,
            near: found.near.iter().map(|(form, near)| Near { form, certainty: near.to_text() }).collect(),
            document: writing::file(&found.document, form, None),
            at: Entries(sources.iter().map(|(cell, place)| (cell.clone(), At::from(*place))).collect()),
            sources: Entries(sources.into_iter().map(|(cell, place)| (cell, words::source_place(blocks, place))).collect()),
            unrecognised: unread(blocks, &found.unrecognised),
            questions: found.questions.iter().map(question).collect(),
            notices: notices(&blocks.notices).into_iter().chain(of_table).collect(),
        }
    }

    /// A document in the saved format, which is certainly what it says.
    pub fn of_document(document: &'a Document, form: &'a Form, notices: Vec<String>) -> Table<'a> {
        Table {
            place: String::new(),
            form: &document.form,
            certainty: "1".to_owned(),
            why: &[],
            near: Vec::new(),
            document: writing::file(document, form, None),
            sources: Entries::default(),
            at: Entries::default(),
            unrecognised: Vec::new(),
            questions: Vec::new(),
            notices,
        }
    }
}

/// What a file holds beside the tables that a form fits.
#[derive(Default, Serialize)]
pub struct Beside<'a> {
    /// Grids that no form fits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Other<'a>>,
    /// Texts that belong to no table that was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<Text<'a>>,
}

/// A grid that no form fits.
#[derive(Serialize)]
pub struct Other<'a> {
    pub place: String,
    /// Its position among the blocks of the file, from 0.
    pub block: usize,
    /// What its own words say of it, where it was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<tables::Checked<'a>>,
}

impl<'a> Beside<'a> {
    pub fn new(recognised: &'a recognise::Recognised, blocks: &Blocks) -> Beside<'a> {
        let other = |block: &usize| Other { place: words::block_place(blocks, *block), block: *block, checked: None };
        Beside { others: recognised.others.iter().map(other).collect(), outside: unread(blocks, &recognised.unrecognised) }
    }

    /// The same, with what was found in the grids that no form fits, by their positions.
    pub fn checked(recognised: &'a recognise::Recognised, blocks: &'a Blocks, checks: &'a [(usize, Checked)]) -> Beside<'a> {
        let mut beside = Beside::new(recognised, blocks);
        for other in &mut beside.others {
            let found = checks.iter().find(|(block, _)| *block == other.block);
            if let (Some((_, checked)), Some(Block::Grid(grid))) = (found, blocks.list.get(other.block)) {
                other.checked = Some(tables::Checked::new(checked, grid, other.block));
            }
        }
        beside
    }
}

/// The sentences about a file.
pub fn notices(notices: &[BlockNotice]) -> Vec<String> {
    notices.iter().map(wording::block_notice).collect()
}

fn text<'a>(blocks: &Blocks, text: &'a str, place: SourcePlace) -> Text<'a> {
    Text { text, place: words::source_place(blocks, place), at: place.into() }
}

fn unread<'a>(blocks: &Blocks, list: &'a [recognise::Unread]) -> Vec<Text<'a>> {
    // Characters that were joined with the first of their word have no text of their own.
    let texts = list.iter().filter(|unread| !unread.text.is_empty());
    texts.map(|unread| text(blocks, &unread.text, unread.place)).collect()
}
