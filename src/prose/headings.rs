//! Numbers of headings: 一、（一）1.（1）, one below the other.

use super::plain::Plain;
use super::time::digits;
use crate::prelude::*;
use core::ops::Range;

/// What is wrong with a numbered heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// The number as it is written, in the text.
    pub at: Range<usize>,
    pub kind: NumberingKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberingKind {
    /// The same number as a heading before it.
    Repeated,
    /// Numbers between it and the heading before it are missing.
    Skipped,
    /// It goes on counting in another style: 一、2、三、
    OtherStyle,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// 一、
    Chinese,
    /// （一）
    ChineseInBrackets,
    /// 1. 1、
    Arabic,
    /// (1)
    ArabicInBrackets,
}

const STYLES: usize = 4;

struct Heading {
    style: Style,
    number: u16,
    /// Bytes of the number in the line.
    length: usize,
    /// 2.5个: a heading, or a number with decimals. It may go on counting, and is not reported.
    doubtful: bool,
}

/// Follows the headings of a text and reports what does not count up.
pub(super) fn read(plain: &Plain<'_>) -> Vec<Numbering> {
    let mut found = Vec::new();
    // The last number of each style since a heading of a higher one.
    let mut last: [u16; STYLES] = [0; STYLES];
    // A number that another style gave at a level: 2 of 一、2、三、
    let mut lent: [u16; STYLES] = [0; STYLES];
    for (start, line) in plain.lines() {
        let Some(heading) = heading(line) else { continue };
        let level = heading.style as usize;
        let Some(before) = last.get(level).copied() else { continue };
        let number = heading.number;
        let at = || plain.original(start..start + heading.length);
        let mut report = |kind| found.push(Numbering { at: at(), kind });
        if heading.doubtful && number != before + 1 {
            continue;
        }
        // A first number always begins a list of its own.
        if number == 1 || number == before + 1 {
        } else if before > 0 && number == before {
            report(NumberingKind::Repeated);
        } else if lent.get(level).is_some_and(|lent| *lent + 1 == number) {
            // The number between was written in another style, and said so there.
        } else if let Some(other) = continued(&last, level, number) {
            if let Some(lent) = lent.get_mut(other) {
                *lent = number;
            }
            report(NumberingKind::OtherStyle);
        } else if before > 0 && number > before + 1 {
            report(NumberingKind::Skipped);
        }
        if let Some(known) = last.get_mut(level) {
            *known = number;
        }
        for lower in level + 1..STYLES {
            for list in [&mut last, &mut lent] {
                if let Some(known) = list.get_mut(lower) {
                    *known = 0;
                }
            }
        }
    }
    found
}

/// The other level that this number goes on counting.
fn continued(last: &[u16; STYLES], level: usize, number: u16) -> Option<usize> {
    let mut levels = (0..STYLES).rev().filter(|other| *other != level);
    levels.find(|other| last.get(*other).is_some_and(|last| *last > 0 && last + 1 == number))
}

fn heading(line: &str) -> Option<Heading> {
    let done = |style, number, rest: &str| Some(Heading { style, number, length: line.len() - rest.len(), doubtful: false });
    if let Some(inside) = line.strip_prefix('(') {
        let (style, (number, rest)) = chinese(inside)
            .map(|read| (Style::ChineseInBrackets, read))
            .or_else(|| Some((Style::ArabicInBrackets, digits(inside, 2)?)))?;
        return done(style, number, rest.strip_prefix(')')?);
    }
    if let Some((number, rest)) = chinese(line) {
        return done(Style::Chinese, number, rest.strip_prefix('、')?);
    }
    let (number, behind) = digits(line, 2)?;
    let rest = behind.strip_prefix(['、', '.'])?;
    let doubtful = behind.starts_with('.') && rest.starts_with(|next: char| next.is_ascii_digit());
    done(Style::Arabic, number, rest).map(|heading| Heading { doubtful, ..heading })
}

/// 一 to 九十九, with the text behind.
fn chinese(text: &str) -> Option<(u16, &str)> {
    let digit = |char: char| (1..).zip("一二三四五六七八九".chars()).find(|(_, known)| *known == char).map(|(value, _)| value);
    let (mut tens, mut ones, mut seen) = (0, 0, false);
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        match (digit(char), char) {
            (Some(value), _) if ones == 0 => ones = value,
            (None, '十') if tens == 0 => (tens, ones) = (ones.max(1), 0),
            _ => break,
        }
        seen = true;
        rest = rest.get(char.len_utf8()..)?;
    }
    seen.then_some((tens * 10 + ones, rest))
}
