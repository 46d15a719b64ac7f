//! The text as it is searched: one spelling for full-width digits and signs, no blanks, and the way back to the original.

use crate::number::{half_width, is_space};
use crate::prelude::*;
use core::ops::Range;

pub(super) struct Plain<'a> {
    original: &'a str,
    pub text: String,
    /// For each byte of `text` the byte of the original where its character begins.
    at: Vec<u32>,
}

/// A part of the text up to a full stop, semicolon or line break.
pub(super) struct Sentence<'a> {
    plain: &'a Plain<'a>,
    pub text: &'a str,
    /// Where it begins in the plain text.
    start: usize,
    pub number: u32,
}

/// What a sentence is looked back or ahead for at most, in bytes. Text without stops costs no more than text with them.
const LONGEST: usize = 3000;

impl<'a> Plain<'a> {
    pub fn new(original: &'a str) -> Plain<'a> {
        let mut plain = Plain { original, text: String::with_capacity(original.len()), at: Vec::with_capacity(original.len()) };
        let mut gap = false;
        let mut before = None;
        for (at, char) in original.char_indices() {
            // Positions are kept in half a word; no text of a cell comes near.
            let Ok(at) = u32::try_from(at) else { break };
            if matches!(char, '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                gap = false;
                if !plain.text.ends_with('\n') {
                    plain.push('\n', at);
                }
                continue;
            }
            if is_space(char) {
                gap = true;
                continue;
            }
            // A comma of prose groups digits only where all of them are full-width.
            let wide = |char: Option<char>| char.is_some_and(|char| ('０'..='９').contains(&char));
            let comma = char == '，'
                && !(wide(before) && wide(original.get(at as usize + char.len_utf8()..).and_then(|rest| rest.chars().next())));
            before = Some(char);
            let char = if comma { char } else { half_width(char) };
            let apart = gap && char.is_ascii_alphanumeric() && plain.text.ends_with(|last: char| last.is_ascii_alphanumeric());
            if apart {
                plain.push(' ', at);
            }
            gap = false;
            plain.push(char, at);
        }
        plain
    }

    fn push(&mut self, char: char, at: u32) {
        self.text.push(char);
        self.at.extend(core::iter::repeat_n(at, char.len_utf8()));
    }

    /// A range of the plain text in the original.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let begin = |byte: usize| self.at.get(byte).map_or(self.original.len(), |at| *at as usize);
        let start = begin(range.start);
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start);
        let end = last.map_or(start, begin);
        let width = self.original.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start..if last.is_some() { end + width } else { start }
    }

    pub fn sentences(&'a self) -> impl Iterator<Item = Sentence<'a>> {
        let mut start = 0;
        let mut number = 0;
        core::iter::from_fn(move || {
            let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
            let longest = LONGEST.min(rest.len());
            let stop = rest.char_indices().find(|(at, char)| ends_sentence(*char) || *at >= longest);
            let end = stop.map_or(rest.len(), |(at, char)| at + char.len_utf8());
            let sentence = Sentence { plain: self, text: rest.get(..end)?, start, number };
            start += end;
            number += 1;
            Some(sentence)
        })
    }

    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut start = 0;
        self.text.split('\n').map(move |line| {
            let at = start;
            start += line.len() + 1;
            (at, line)
        })
    }
}

impl Sentence<'_> {
    /// A range of the sentence in the original.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        self.plain.original(self.start + range.start..self.start + range.end)
    }
}

pub(super) fn ends_sentence(char: char) -> bool {
    matches!(char, '。' | ';' | '；' | '!' | '！' | '?' | '？' | '\n')
}

/// Whether a new clause begins behind it.
pub(super) fn is_pause(char: char) -> bool {
    matches!(char, ',' | '，') || ends_sentence(char)
}

/// The last `most` bytes of a text, or a little less.
pub(super) fn tail(text: &str, most: usize) -> &str {
    let from = text.len().saturating_sub(most);
    (from..text.len()).find_map(|from| text.get(from..)).unwrap_or_default()
}

/// The first `most` bytes of a text, or a little less.
pub(super) fn head(text: &str, most: usize) -> &str {
    let to = most.min(text.len());
    (0..=to).rev().find_map(|to| text.get(..to)).unwrap_or_default()
}
