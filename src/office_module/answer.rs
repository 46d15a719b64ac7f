//! What the page is told of a file.

use super::told::{self, Said};
use super::view::{self, View};
use jixiao::block::{Block, Blocks, Refusal};
use jixiao::export::{blocks as written, found};
use jixiao::io::json;
use jixiao::recognise::{Found, Recogniser, SourcePlace};
use jixiao::template::{Form, Library};
use jixiao::wording;
use jixiao::wording::recognise as words;
use serde::Serialize;
use serde_json::value::RawValue;

#[derive(Default, Serialize)]
struct Answer {
    /// Why nothing was read, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
    /// What was left out of the file.
    notices: Vec<String>,
    tables: Vec<Table>,
    /// Grids that no form fits: the place of their first cell, and where they stand in words.
    others: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<Box<RawValue>>,
}

/// A table that was recognised.
#[derive(Serialize)]
struct Table {
    /// 表2
    place: String,
    /// What it was recognised as, and what to know about it.
    about: Vec<String>,
    /// How many texts were not understood or may be two things.
    open: usize,
    /// The document in the saved format, as text.
    document: String,
    view: View,
    /// What to keep of the corrections for tables of this shape.
    shape: String,
    learnt: Vec<told::Learnt>,
}

thread_local! {
    static LIBRARY: &'static Library = Box::leak(Box::new(Library::builtin().0));
    /// Forms are turned round only once.
    static RECOGNISER: Recogniser<'static> = Recogniser::new(LIBRARY.with(|library| *library));
}

/// What was pasted, as blocks.
pub fn blocks(read: Result<Blocks, Refusal>) -> String {
    json(match read {
        Err(refusal) => refused(refusal),
        Ok(blocks) => Answer {
            blocks: RawValue::from_string(written::write(&blocks)).ok(),
            notices: found::notices(&blocks.notices),
            ..Answer::default()
        },
    })
}

/// The tables of a file.
pub fn of(read: Result<Blocks, Refusal>, file: &str, said: &str) -> String {
    let library = LIBRARY.with(|library| *library);
    json(match read {
        Err(refusal) => refused(refusal),
        Ok(blocks) => RECOGNISER.with(|recogniser| tables(recogniser, library, &blocks, file, &Said::read(said))),
    })
}

fn tables(recogniser: &Recogniser<'_>, library: &Library, blocks: &Blocks, file: &str, said: &Said) -> Answer {
    let plain = recogniser.recognise(blocks);
    let heard = said.about(&plain, blocks);
    let mut recognised = if heard.is_empty() { plain } else { recogniser.recognise_told(blocks, &heard.told) };
    let mut answer = Answer { notices: found::notices(&blocks.notices), ..Answer::default() };
    for found in &mut recognised.tables {
        let Some(form) = library.form(&found.form) else { continue };
        heard.choose(found, &form);
        answer.tables.push(Table {
            place: words::table_place(blocks, found),
            about: about(found, &form, blocks, heard.remembers(found)),
            open: found.unrecognised.len() + found.questions.len(),
            document: json::write(&found.document, &form),
            view: view::of(found, &form, blocks, file),
            shape: heard.shape(found),
            learnt: heard.learnt(found),
        });
    }
    let other = |block: &usize| Some((view::key(first_cell(*block, blocks)?), words::block_place(blocks, *block)));
    answer.others = recognised.others.iter().filter_map(other).collect();
    answer
}

/// Where a grid begins to say something.
fn first_cell(block: usize, blocks: &Blocks) -> Option<SourcePlace> {
    let Block::Grid(grid) = blocks.list.get(block)? else { return None };
    let cell = grid.cells.iter().find(|cell| !cell.text.trim().is_empty())?;
    Some(SourcePlace::Cell { block, row: cell.row, column: cell.column })
}

fn about(found: &Found, form: &Form, blocks: &Blocks, remembered: bool) -> Vec<String> {
    let certainty = words::certainty(&form.short, found.certainty);
    let notices = found.notices.iter().map(|notice| words::found_notice(notice, blocks));
    let remembered = remembered.then(|| words::remembered().to_owned());
    [certainty].into_iter().chain(remembered).chain(notices).collect()
}

fn refused(refusal: Refusal) -> Answer {
    Answer { refused: Some(wording::refusal(refusal)), ..Answer::default() }
}

fn json(answer: Answer) -> String {
    // Serializing these types can't fail: they hold texts and numbers.
    serde_json::to_string(&answer).unwrap_or_default()
}
