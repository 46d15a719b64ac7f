//! Texts of records: in two widths, with runs and reading aids behind them, over several records; in BIFF5 by a code page.

use super::DAMAGED;
use crate::block::{Limit, Refusal};
use crate::office::{bytes, decode, limits};
use crate::prelude::*;

/// What the bytes of BIFF5 mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodePage {
    Chinese,
    Western,
    /// Not said, or another one: told by the bytes.
    Unknown,
}

impl CodePage {
    pub fn of(number: u16) -> Self {
        match number {
            936 | 54_936 => Self::Chinese,
            367 | 1_252 | 32_769 => Self::Western,
            _ => Self::Unknown,
        }
    }

    /// A text, and whether it is a guess.
    pub fn text(self, bytes: &[u8]) -> (String, bool) {
        match self {
            _ if bytes.is_ascii() => (String::from_utf8_lossy(bytes).into_owned(), false),
            Self::Chinese => (decode::gbk(bytes), false),
            Self::Western => (decode::windows_1252(bytes), false),
            Self::Unknown => match decode::decode(bytes) {
                Ok(read) => (read.text, true),
                Err(_) => (decode::windows_1252(bytes), true),
            },
        }
    }

    /// A text with a length of one byte.
    pub fn short(self, data: &[u8]) -> (String, bool) {
        let length = data.first().map_or(0, |length| usize::from(*length));
        let rest = data.get(1..).unwrap_or(&[]);
        self.text(rest.get(..length.min(rest.len())).unwrap_or(rest))
    }

    /// A text with a length of two bytes.
    pub fn long(self, data: &[u8]) -> (String, bool) {
        let length = bytes::u16(data, 0).map_or(0, usize::from);
        let rest = data.get(2..).unwrap_or(&[]);
        self.text(rest.get(..length.min(rest.len())).unwrap_or(rest))
    }
}

/// Reads on over the borders of records.
pub struct Cursor<'a, 'b> {
    pieces: &'b [&'a [u8]],
    piece: usize,
    at: usize,
}

impl<'a, 'b> Cursor<'a, 'b> {
    pub fn new(pieces: &'b [&'a [u8]]) -> Self {
        Self { pieces, piece: 0, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        self.pieces.get(self.piece).and_then(|piece| piece.get(self.at..)).unwrap_or(&[])
    }

    fn byte(&mut self) -> Option<u8> {
        while self.rest().is_empty() {
            if self.piece >= self.pieces.len() {
                return None;
            }
            self.piece += 1;
            self.at = 0;
        }
        let byte = self.rest().first().copied();
        self.at += 1;
        byte
    }

    /// A number of so many bytes, the low one first.
    fn number(&mut self, count: usize) -> Option<usize> {
        let mut value = 0;
        for place in 0..count {
            value |= usize::from(self.byte()?) << (8 * place);
        }
        Some(value)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let here = self.rest().len();
            if here == 0 {
                if self.piece >= self.pieces.len() {
                    return None;
                }
                self.piece += 1;
                self.at = 0;
            } else {
                let step = here.min(count);
                self.at += step;
                count -= step;
            }
        }
        Some(())
    }

    pub fn is_at_end(&self) -> bool {
        self.rest().is_empty() && self.pieces.iter().skip(self.piece + 1).all(|piece| piece.is_empty())
    }

    /// A text whose length has so many bytes, with what stands behind it passed over.
    pub fn text(&mut self, length_bytes: usize) -> Option<String> {
        let count = self.number(length_bytes)?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let aids = if flags & 4 != 0 { self.number(4)? } else { 0 };
        let text = self.characters(count, flags & 1 != 0)?;
        self.skip(runs * 4)?;
        self.skip(aids)?;
        Some(text)
    }

    /// So many characters; where a record ends, the next one says anew how wide they are.
    pub fn characters(&mut self, count: usize, wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        let mut wide = wide;
        while units.len() < count {
            let rest = self.rest();
            let width = if wide { 2 } else { 1 };
            if rest.len() < width {
                // A last half of a character is lost with its record.
                self.piece += 1;
                self.at = 0;
                if self.piece >= self.pieces.len() {
                    return None;
                }
                wide = self.byte()? & 1 != 0;
                continue;
            }
            let here = (rest.len() / width).min(count - units.len());
            let part = rest.get(..here * width).unwrap_or(&[]);
            if wide {
                units.extend((0..here).filter_map(|at| bytes::u16(part, at * 2)));
            } else {
                units.extend(part.iter().map(|byte| u16::from(*byte)));
            }
            self.at += here * width;
        }
        Some(String::from_utf16_lossy(&units))
    }
}

/// The shared texts, as many as there are: the count that the record gives is often wrong.
pub fn shared(pieces: &[&[u8]]) -> Result<Vec<String>, Refusal> {
    let mut cursor = Cursor::new(pieces);
    cursor.skip(8).ok_or(DAMAGED)?;
    let mut strings = Vec::new();
    while !cursor.is_at_end() {
        // What is left behind the last text is no text.
        let Some(text) = cursor.text(2) else { break };
        strings.push(text);
        if strings.len() > limits::SHARED_STRINGS {
            return Err(Refusal::Over(Limit::Count));
        }
    }
    Ok(strings)
}
