//! Letters with their properties: what is seen of them.

use super::pages::Pages;
use super::pieces::Letter;
use super::sprm::{Properties, id, is_on};
use crate::block::BlockNotice;
use crate::office::bytes;
use crate::office::docx::symbol;
use crate::prelude::*;

pub struct Letters<'a> {
    pages: &'a Pages<'a>,
    fonts: &'a [String],
    /// Fields that are open; true while their code is read, which is not seen.
    fields: Vec<bool>,
    deletions: u32,
    hidden: u32,
    pictures: u32,
    pub boxes: u32,
    /// Whether the letter before was deleted, or hidden: one piece of text counts once.
    was_deleted: bool,
    was_hidden: bool,
}

/// What holds for a run of letters.
#[derive(Default)]
struct Run<'a> {
    deleted: bool,
    hidden: bool,
    special: bool,
    /// A letter of a symbol font that stands for the one in the text: font and letter.
    symbol: Option<(u16, u16)>,
    font: Option<&'a str>,
}

impl<'a> Letters<'a> {
    pub fn new(pages: &'a Pages<'a>, fonts: &'a [String]) -> Self {
        Self {
            pages,
            fonts,
            fields: Vec::new(),
            deletions: 0,
            hidden: 0,
            pictures: 0,
            boxes: 0,
            was_deleted: false,
            was_hidden: false,
        }
    }

    pub fn say(&self, notices: &mut Vec<BlockNotice>) {
        let mut say = |count: u32, notice: fn(u32) -> BlockNotice| {
            if count > 0 {
                notices.push(notice(count));
            }
        };
        say(self.deletions, BlockNotice::Deletions);
        say(self.hidden, BlockNotice::HiddenText);
        say(self.boxes, BlockNotice::TextBoxes);
        say(self.pictures, BlockNotice::Pictures);
    }

    pub fn is_deleted(&self, place: u32) -> bool {
        self.run(place).deleted
    }

    fn run(&self, place: u32) -> Run<'a> {
        let mut run = Run::default();
        for (id, value) in Properties(self.pages.at(place)) {
            match id {
                id::DELETED => run.deleted = is_on(value),
                id::HIDDEN => run.hidden = is_on(value),
                id::SPECIAL => run.special = is_on(value),
                id::SYMBOL => run.symbol = bytes::u16(value, 0).zip(bytes::u16(value, 2)),
                id::FONT => run.font = bytes::u16(value, 0).and_then(|font| self.font(font)),
                _ => {}
            }
        }
        run
    }

    fn font(&self, number: u16) -> Option<&'a str> {
        self.fonts.get(usize::from(number)).map(String::as_str)
    }

    /// What is seen of a paragraph.
    pub fn text(&mut self, letters: &[Letter]) -> String {
        let mut units: Vec<u16> = Vec::with_capacity(letters.len());
        for letter in letters {
            let run = self.run(letter.place);
            self.deletions += u32::from(run.deleted && !self.was_deleted);
            self.hidden += u32::from(run.hidden && !run.deleted && !self.was_hidden);
            (self.was_deleted, self.was_hidden) = (run.deleted, run.hidden);
            match letter.code {
                0x13 => self.fields.push(true),
                0x14 => {
                    if let Some(last) = self.fields.last_mut() {
                        *last = false;
                    }
                }
                0x15 => {
                    self.fields.pop();
                }
                _ if run.deleted || run.hidden || self.fields.contains(&true) => {}
                0x01 if run.special => self.pictures += 1,
                0x0b => units.push(0x0a),
                0x1e => units.push(u16::from(b'-')),
                0x09 => units.push(0x09),
                _ if run.symbol.is_some() => {
                    let (font, code) = run.symbol.unwrap_or_default();
                    let code = char::from_u32(u32::from(code)).unwrap_or(' ');
                    let shown = self.font(font).and_then(|font| symbol(font, code)).unwrap_or(code);
                    units.extend(shown.encode_utf16(&mut [0; 2]).iter());
                }
                // Marks of notes, remarks, drawings, page numbers.
                0..=0x1f => {}
                code => {
                    let letter = char::from_u32(u32::from(code));
                    let shown = run.font.zip(letter).and_then(|(font, letter)| symbol(font, letter));
                    match shown {
                        Some(shown) => units.extend(shown.encode_utf16(&mut [0; 2]).iter()),
                        None => units.push(code),
                    }
                }
            }
        }
        String::from_utf16_lossy(&units)
    }
}

/// The names of fonts, by their number.
pub fn fonts(table: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let count = bytes::u16(table, 0).map_or(0, usize::from);
    let mut rest = table.get(4..).unwrap_or(&[]);
    for _ in 0..count {
        let Some(length) = rest.first().map(|length| usize::from(*length)) else { break };
        let entry = rest.get(1..1 + length).unwrap_or(&[]);
        let units: Vec<u16> = (0..length.saturating_sub(39) / 2).filter_map(|at| bytes::u16(entry, 39 + at * 2)).collect();
        let name = units.split(|unit| *unit == 0).next().unwrap_or(&[]);
        names.push(String::from_utf16_lossy(name));
        rest = rest.get(1 + length..).unwrap_or(&[]);
    }
    names
}
