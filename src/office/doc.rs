//! Word from 97 to 2003: `.doc`, and `.wps` of Kingsoft, which is the same.
//!
//! The text lies in pieces, what paragraphs and letters are lies in pages of properties beside it, and a table is nothing but
//! paragraphs that say they are in one. No library gave all of it within limits, so it is read here, from the public description of
//! the format ([MS-DOC]).

use super::bytes;
use super::compound::Compound;
use super::docx::Numbering;
use super::flow::Flow;
use crate::block::{BlockNotice, Blocks, FileKind, Refusal};
use crate::prelude::*;

mod letters;
mod lists;
mod pages;
mod pieces;
mod rows;
mod sprm;

use letters::Letters;
use pages::Pages;
use rows::Paragraph;

const DAMAGED: Refusal = Refusal::Damaged(FileKind::WordBinary);

/// The head of the file: where its parts lie.
struct Head<'a> {
    document: &'a [u8],
    table: &'a [u8],
    /// What is too long for its place elsewhere.
    data: &'a [u8],
}

/// Places of parts in the head, as numbers of its list.
mod part {
    pub const CHARACTER_PAGES: usize = 12;
    pub const PARAGRAPH_PAGES: usize = 13;
    pub const FONTS: usize = 15;
    pub const PIECES: usize = 33;
    pub const TEXT_BOXES: usize = 56;
    pub const LISTS: usize = 73;
    pub const LIST_USES: usize = 74;
}

impl<'a> Head<'a> {
    /// A part in the table stream.
    fn part(&self, number: usize) -> &'a [u8] {
        let at = 154 + number * 8;
        let range = bytes::size(self.document, at).zip(bytes::size(self.document, at + 4));
        let found = range.and_then(|(start, length)| self.table.get(start..start.checked_add(length)?));
        found.unwrap_or(&[])
    }

    /// A part whose length in the head leaves out what stands behind it.
    fn part_and_more(&self, number: usize) -> &'a [u8] {
        let start = bytes::size(self.document, 154 + number * 8).filter(|_| !self.part(number).is_empty());
        start.and_then(|start| self.table.get(start..)).unwrap_or(&[])
    }

    /// How many characters each story has: the text, notes, headers, remarks, end notes, boxes.
    fn count(&self, story: usize) -> usize {
        bytes::size(self.document, 76 + story * 4).unwrap_or(0)
    }
}

/// Stories by their place behind one another.
const FOOT_NOTES: usize = 1;
const END_NOTES: usize = 5;
const BOXES: usize = 6;

/// The first version whose text is in pieces of Unicode: Word 97.
const WORD_97: u16 = 0xc1;

pub fn read(compound: &Compound<'_>) -> Result<Blocks, Refusal> {
    let document = compound.stream("WordDocument")?.ok_or(DAMAGED)?;
    let flags = bytes::u16(&document, 10).ok_or(DAMAGED)?;
    if bytes::u16(&document, 2).ok_or(DAMAGED)? < WORD_97 {
        return Err(Refusal::Unsupported(FileKind::WordOld));
    }
    // The text is scrambled with a password.
    if flags & 0x100 != 0 {
        return Err(Refusal::Encrypted(FileKind::WordBinary));
    }
    let table = compound.stream(if flags & 0x200 != 0 { "1Table" } else { "0Table" })?.ok_or(DAMAGED)?;
    let data = compound.stream("Data").ok().flatten().unwrap_or_default();
    let head = Head { document: &document, table: &table, data: &data };
    let text = pieces::text(&head)?;
    let paragraphs = Pages::read(&document, head.part(part::PARAGRAPH_PAGES), pages::Kind::Paragraphs);
    let characters = Pages::read(&document, head.part(part::CHARACTER_PAGES), pages::Kind::Characters);
    let fonts = letters::fonts(head.part(part::FONTS));
    let mut numbering = lists::read(head.part_and_more(part::LISTS), head.part(part::LIST_USES));
    let mut letters = Letters::new(&characters, &fonts);
    let mut flow = Flow::default();
    let main = head.count(0).min(text.len());
    story(text.get(..main).unwrap_or(&[]), (&paragraphs, head.data), &mut letters, &mut numbering, &mut flow)?;
    let mut start = main;
    for number in 1..=BOXES {
        let end = start.saturating_add(head.count(number)).min(text.len());
        if matches!(number, FOOT_NOTES | END_NOTES | BOXES) {
            let part = text.get(start..end).unwrap_or(&[]);
            story(part, (&paragraphs, head.data), &mut letters, &mut numbering, &mut flow)?;
        }
        start = end;
    }
    let boxes = head.part(part::TEXT_BOXES).len().saturating_sub(4) / 26;
    letters.boxes = u32::try_from(boxes.saturating_sub(1)).unwrap_or(0);
    letters.say(&mut flow.notices);
    if compound.has("Macros") {
        flow.notices.push(BlockNotice::Macros);
    }
    flow.finish()
}

/// One story: its characters into paragraphs, those into tables and text.
fn story(
    text: &[pieces::Letter],
    (pages, data): (&Pages<'_>, &[u8]),
    letters: &mut Letters<'_>,
    numbering: &mut Numbering,
    flow: &mut Flow,
) -> Result<(), Refusal> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for (at, letter) in text.iter().enumerate() {
        if !matches!(letter.code, 0x07 | 0x0c | 0x0d) {
            continue;
        }
        let inner = text.get(start..at).unwrap_or(&[]);
        start = at + 1;
        let mut paragraph = Paragraph::of(pages.at(letter.place), data, letter.code);
        paragraph.text = letters.text(inner);
        // A mark that was deleted joins its paragraph with the next one; the ends of cells stay.
        paragraph.goes_on = letter.code == 0x0d && letters.is_deleted(letter.place);
        paragraphs.push(paragraph);
    }
    let rest = text.get(start..).unwrap_or(&[]);
    if !rest.is_empty() {
        paragraphs.push(Paragraph::plain(letters.text(rest)));
    }
    rows::write(paragraphs, numbering, flow)
}
