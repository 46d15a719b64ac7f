//! The sentences of a document: paragraphs in order, lines of a page put together, headings told from text.

use super::words;
use crate::block::{Block, Blocks};
use crate::number::{half_width, is_space};
use crate::prelude::*;

/// A paragraph, or the lines of a page that are one, in half width and without white space.
pub(super) struct Passage {
    pub chars: Vec<char>,
    /// Where each character stands: the block, and the byte in its text.
    pub at: Vec<(usize, usize)>,
    /// What kind of section it stands in: the heading above it.
    pub heading: usize,
    /// Its first words.
    pub head: String,
}

pub(super) struct Text {
    /// Plain texts of the headings; the first is none.
    pub headings: Vec<String>,
    pub passages: Vec<Passage>,
}

impl Passage {
    pub fn text(&self, from: usize, to: usize) -> String {
        self.chars.get(from..to.min(self.chars.len())).unwrap_or(&[]).iter().collect()
    }
}

/// Puts the text of a document together, without what belongs to its tables.
pub(super) fn text(blocks: &Blocks, is_table: impl Fn(usize) -> bool) -> Text {
    let mut text = Text { headings: vec![String::new()], passages: Vec::new() };
    let outside = blocks.list.iter().enumerate().filter(|(at, _)| !is_table(*at));
    let mut widths: Vec<usize> = outside.map(|(_, block)| width(block)).filter(|width| *width > 8).collect();
    widths.order();
    // Lines of a page are about as long as one another; where paragraphs are longer, none is a line of one.
    let part = |percent: usize| widths.get(widths.len() * percent / 100).copied().unwrap_or(0);
    let widest = part(80);
    let is_page = part(97) <= 60;
    let mut open: Option<(Passage, usize)> = None;
    for (at, block) in blocks.list.iter().enumerate() {
        let Block::Paragraph(paragraph) = block else {
            close(&mut text, &mut open);
            continue;
        };
        if is_table(at) {
            close(&mut text, &mut open);
            continue;
        }
        for (line, from) in lines(&paragraph.text) {
            let mut chars = Vec::new();
            let mut places = Vec::new();
            for (byte, char) in line.char_indices().filter(|(_, char)| !is_space(*char)) {
                chars.push(half_width(char));
                places.push((at, from + byte));
            }
            let plain: String = chars.iter().collect();
            if chars.is_empty() || words::is_page(&plain) {
                continue;
            }
            let begins = begins(&plain);
            if let Some((passage, last)) = &mut open {
                let ended = passage.chars.last().is_some_and(|last| matches!(last, '。' | ';' | '!' | '?'));
                let full = is_page && *last * 100 >= widest * 72;
                // A heading that takes up two lines goes on, too.
                let within = is_page && (ends_within(passage) || words::BEHIND.iter().any(|word| plain.starts_with(word)));
                if (full || within) && !ended && (!begins || ends_within(passage)) {
                    *last = chars.len();
                    passage.chars.extend(chars);
                    passage.at.extend(places);
                    continue;
                }
            }
            close(&mut text, &mut open);
            let width = chars.len();
            open = Some((
                Passage {
                    chars,
                    at: places,
                    heading: text.headings.len().saturating_sub(1),
                    head: plain.chars().take(24).collect(),
                },
                width,
            ));
        }
    }
    close(&mut text, &mut open);
    text
}

/// Lines within a paragraph, with the byte where each begins.
fn lines(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut from = 0;
    text.split('\n').map(move |line| {
        let begin = from;
        from += line.len() + 1;
        (line, begin)
    })
}

fn width(block: &Block) -> usize {
    match block {
        Block::Paragraph(paragraph) => {
            paragraph.text.split('\n').map(|line| line.chars().filter(|char| !is_space(*char)).count()).max().unwrap_or(0)
        }
        Block::Grid(_) => 0,
    }
}

/// Whether what was read so far stops in the middle of a bracket or of a number.
fn ends_within(passage: &Passage) -> bool {
    passage.chars.last().is_some_and(|last| last.is_ascii_digit() || matches!(last, ',' | '、' | '('))
}

fn close(text: &mut Text, open: &mut Option<(Passage, usize)>) {
    let Some((mut passage, _)) = open.take() else { return };
    let plain: String = passage.chars.iter().collect();
    if is_heading(&plain) {
        text.headings.push(plain);
        return;
    }
    // Text in the line of its heading: (一)机关运行经费支出情况。2024年…
    if let Some((head, _)) = plain.split_once('。').filter(|(head, _)| is_heading(head) && head.contains("情况")) {
        text.headings.push(head.to_owned());
    }
    passage.heading = text.headings.len().saturating_sub(1);
    text.passages.push(passage);
}

/// Whether a line begins with the number of a heading or an item.
fn begins(plain: &str) -> bool {
    let rest = plain.trim_start_matches(|char: char| char.is_ascii_digit() || "(一二三四五六七八九十".contains(char));
    let numbered = rest.len() < plain.len()
        && rest.starts_with(['、', '.', ')'])
        && !rest.get(1..2).is_some_and(|next| next.bytes().all(|byte| byte.is_ascii_digit()));
    numbered || plain.starts_with('第') && plain.contains("部分")
}

/// Whether a line is a heading: numbered, short, without an amount or a sentence.
fn is_heading(plain: &str) -> bool {
    let plain = plain.trim_end_matches(['。', ':']);
    plain.chars().count() <= 48
        && (begins(plain) && plain.chars().count() <= 40 || plain.ends_with("情况说明") || plain.ends_with("情况"))
        && !plain.contains(['。', ';', '%'])
        && !plain.contains("万元")
        && !plain.contains("(项)")
        && numbering_only(plain)
}

/// A heading holds no number but its own and years.
fn numbering_only(plain: &str) -> bool {
    let rest = plain.trim_start_matches(|char: char| char.is_ascii_digit() || "(一二三四五六七八九十)、.".contains(char));
    let mut digits = 0;
    for char in rest.chars() {
        digits = if char.is_ascii_digit() {
            digits + 1
        } else if digits == 4 && char == '年' {
            0
        } else if digits > 0 {
            return false;
        } else {
            0
        };
    }
    true
}
