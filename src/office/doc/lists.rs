//! Lists: the numbers that Word puts before paragraphs by itself.

use crate::office::bytes;
use crate::office::docx::Numbering;
use crate::prelude::*;

const LIST: usize = 28;
const USE: usize = 16;
const LEVEL: usize = 28;

/// From the two tables of lists. What can't be read gives no numbers, and takes nothing from the text.
pub fn read(lists: &[u8], uses: &[u8]) -> Numbering {
    let mut numbering = Numbering::default();
    let count = bytes::u16(lists, 0).map_or(0, usize::from);
    let mut rest = lists.get(2 + count * LIST..).unwrap_or(&[]);
    // The levels stand behind the list of all lists, and are no part of its length: the table goes on.
    for list in 0..count {
        let Some(head) = lists.get(2 + list * LIST..).and_then(|head| head.get(..LIST)) else { break };
        let id = bytes::u32(head, 0).unwrap_or(0);
        let is_simple = head.get(26).is_some_and(|flags| flags & 1 != 0);
        let mut levels = Vec::new();
        for _ in 0..if is_simple { 1 } else { 9 } {
            let Some((level, length)) = level(rest) else { break };
            levels.push(level);
            rest = rest.get(length..).unwrap_or(&[]);
        }
        numbering.add_list(&id.to_string(), &levels);
    }
    let count = bytes::size(uses, 0).unwrap_or(0).min(uses.len() / USE);
    for at in 0..count {
        if let Some(id) = bytes::u32(uses, 4 + at * USE) {
            numbering.add_use(&(at + 1).to_string(), &id.to_string());
        }
    }
    numbering
}

/// A level: its number format, its text with places for the counters, where it begins; and its length in bytes.
fn level(rest: &[u8]) -> Option<((&'static str, String, u32), usize)> {
    let head = rest.get(..LEVEL)?;
    let start = bytes::u32(head, 0)?;
    let format = format(*head.get(4)?);
    let skipped = usize::from(*head.get(24)?) + usize::from(*head.get(25)?);
    let text_at = LEVEL + skipped;
    let count = usize::from(bytes::u16(rest, text_at)?);
    let mut text = String::new();
    for at in 0..count {
        let unit = bytes::u16(rest, text_at + 2 + at * 2)?;
        match unit {
            // The counter of a level, from 0.
            0..=8 => text.push_str(&format!("%{}", unit + 1)),
            _ => text.extend(char::from_u32(u32::from(unit))),
        }
    }
    Some(((format, text, start), text_at + 2 + count * 2))
}

/// Number formats by the names that newer files give them.
fn format(number: u8) -> &'static str {
    match number {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 | 19 => "decimalFullWidth",
        18 | 28 => "decimalEnclosedCircle",
        22 => "decimalZero",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        33..=37 | 39 => "chineseCounting",
        38 => "chineseLegalSimplified",
        255 => "none",
        _ => "decimal",
    }
}
