//! The text: pieces of the file, in one or two bytes a letter.

use super::{DAMAGED, Head, part};
use crate::block::{Limit, Refusal};
use crate::office::{bytes, decode, limits};
use crate::prelude::*;

/// A letter and its place in the file, by which its properties are found.
#[derive(Clone, Copy)]
pub struct Letter {
    pub code: u16,
    pub place: u32,
}

pub fn text(head: &Head<'_>) -> Result<Vec<Letter>, Refusal> {
    let table = piece_table(head.part(part::PIECES)).ok_or(DAMAGED)?;
    let count = table.len().saturating_sub(4) / 12;
    let start_of = |piece: usize| bytes::size(table, piece * 4);
    let total = start_of(count).ok_or(DAMAGED)?;
    // No text is longer than the file that it lies in.
    if total > head.document.len() {
        return Err(DAMAGED);
    }
    if total > limits::TEXT {
        return Err(Refusal::Over(Limit::Count));
    }
    let mut letters = Vec::with_capacity(total);
    for piece in 0..count {
        let (from, to) = start_of(piece).zip(start_of(piece + 1)).ok_or(DAMAGED)?;
        let length = to.checked_sub(from).ok_or(DAMAGED)?;
        if from != letters.len() || to > total {
            return Err(DAMAGED);
        }
        let place = bytes::u32(table, (count + 1) * 4 + piece * 8 + 2).ok_or(DAMAGED)?;
        // A bit says that the letters are single bytes of the western code page.
        let single = place & 0x4000_0000 != 0;
        let place = place & 0x3fff_ffff;
        let (place, width) = if single { (place / 2, 1) } else { (place, 2) };
        for at in 0..u32::try_from(length).map_err(|_| DAMAGED)? {
            let place = place.checked_add(at * width).ok_or(DAMAGED)?;
            let at = usize::try_from(place).map_err(|_| DAMAGED)?;
            let code = match width {
                1 => head.document.get(at).map(|byte| western(*byte)),
                _ => bytes::u16(head.document, at),
            };
            letters.push(Letter { code: code.ok_or(DAMAGED)?, place });
        }
    }
    Ok(letters)
}

fn western(byte: u8) -> u16 {
    if byte < 0x80 {
        return u16::from(byte);
    }
    let letter = decode::windows_1252(&[byte]).chars().next();
    letter.and_then(|letter| u16::try_from(u32::from(letter)).ok()).unwrap_or(0xfffd)
}

/// The table of pieces stands behind lists of changes, which are of no interest.
fn piece_table(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        match rest.first()? {
            1 => {
                let length = usize::from(bytes::u16(rest, 1)?);
                rest = rest.get(3 + length..)?;
            }
            2 => {
                let length = bytes::size(rest, 1)?;
                return rest.get(5..5_usize.checked_add(length)?);
            }
            _ => return None,
        }
    }
}
