//! GB18030, which contains GBK and GB2312. Its table is packed, 15 KB; a program that runs in a browser asks the browser for it, since every
//! browser has one.

use crate::prelude::*;
use std::sync::OnceLock;

#[cfg(not(all(feature = "office_module", target_arch = "wasm32")))]
use packed::table;

/// So many sequences of four bytes stand for characters that two bytes have not.
const FOURS: u32 = 39_420;

pub struct Gb18030 {
    pairs: Vec<u16>,
    /// Where a run of sequences of four bytes begins, and its first character.
    runs: Vec<(u32, u32)>,
}

pub struct Read {
    pub text: String,
    pub damaged: u32,
    /// Characters of GB2312, which everyday texts are made of.
    pub common: usize,
    pub rare: usize,
}

impl Gb18030 {
    /// Made out once, when the first such text comes.
    pub fn table() -> &'static Self {
        static TABLE: OnceLock<Gb18030> = OnceLock::new();
        TABLE.get_or_init(table)
    }

    pub fn decode(&self, mut bytes: &[u8]) -> Read {
        let mut read = Read { text: String::with_capacity(bytes.len()), damaged: 0, common: 0, rare: 0 };
        while let Some((&first, rest)) = bytes.split_first() {
            if first < 0x80 {
                read.text.push(char::from(first));
                bytes = rest;
                continue;
            }
            let second = rest.first().copied().unwrap_or(0);
            let (letter, used) = match second {
                _ if first == 0x80 => (Some('€'), 1),
                0x30..=0x39 => match self.four(bytes) {
                    Some(letter) => (Some(letter), 4),
                    None => (None, 1),
                },
                0x40..=0x7e | 0x80..=0xfe => (self.two(first, second), 2),
                _ => (None, 1),
            };
            match letter {
                Some(letter) => {
                    read.text.push(letter);
                    // Symbols and the 6,763 characters of GB2312 stand in this corner of the table.
                    let everyday = second >= 0xa1 && matches!(first, 0xa1..=0xa9 | 0xb0..=0xf7);
                    if everyday { read.common += 1 } else { read.rare += 1 }
                }
                None => {
                    read.text.push('\u{fffd}');
                    read.damaged += 1;
                }
            }
            bytes = bytes.get(used..).unwrap_or(&[]);
        }
        read
    }

    fn two(&self, first: u8, second: u8) -> Option<char> {
        let trail = usize::from(second) - if second < 0x7f { 0x40 } else { 0x41 };
        let code = self.pairs.get(usize::from(first.checked_sub(0x81)?) * 190 + trail)?;
        char::from_u32(u32::from(*code)).filter(|letter| *letter != '\u{fffd}')
    }

    fn four(&self, bytes: &[u8]) -> Option<char> {
        let part = |at: usize, from: u8, to: u8| {
            bytes.get(at).filter(|byte| (from..=to).contains(byte)).map(|byte| u32::from(byte - from))
        };
        let (a, b, c, d) = (part(0, 0x81, 0xfe)?, part(1, 0x30, 0x39)?, part(2, 0x81, 0xfe)?, part(3, 0x30, 0x39)?);
        let place = ((a * 10 + b) * 126 + c) * 10 + d;
        if place >= 189_000 {
            return char::from_u32(place - 189_000 + 0x1_0000);
        }
        if place >= FOURS {
            return None;
        }
        let run = self.runs.partition_point(|(begins, _)| *begins <= place).checked_sub(1)?;
        let (begins, code) = self.runs.get(run)?;
        char::from_u32(code + place - begins)
    }
}

/// The table as the browser has it.
#[cfg(all(feature = "office_module", target_arch = "wasm32"))]
fn table() -> Gb18030 {
    BROWSER.get().map_or(Gb18030 { pairs: Vec::new(), runs: Vec::new() }, |decode| asked(decode))
}

#[cfg(feature = "office_module")]
static BROWSER: OnceLock<fn(&[u8]) -> String> = OnceLock::new();

/// Names who decodes GB18030 in place of the packed table.
#[cfg(feature = "office_module")]
pub fn decode_by(browser: fn(&[u8]) -> String) {
    let _ = BROWSER.set(browser);
}

/// The table of a decoder, which is asked for every sequence, each on a line of its own.
#[cfg(all(feature = "office_module", any(test, target_arch = "wasm32")))]
fn asked(decode: impl Fn(&[u8]) -> String) -> Gb18030 {
    let mut bytes = Vec::new();
    for lead in 0x81..=0xfe_u8 {
        for trail in (0x40..=0x7e).chain(0x80..=0xfe_u8) {
            bytes.extend([lead, trail, b'\n']);
        }
    }
    let part = |value: u32, from: u8| from.wrapping_add(u8::try_from(value).unwrap_or(0));
    for place in 0..FOURS {
        let four = [(place / 12_600, 0x81), (place / 1_260 % 10, 0x30), (place / 10 % 126, 0x81), (place % 10, 0x30)];
        bytes.extend(four.map(|(value, from)| part(value, from)));
        bytes.push(b'\n');
    }
    let text = decode(&bytes);
    let code = |line: &str| {
        let mut letters = line.chars();
        letters.next().filter(|_| letters.next().is_none()).map_or(0xfffd, u32::from)
    };
    let mut lines = text.lines().map(code);
    let pairs = lines.by_ref().take(126 * 190).map(|code| u16::try_from(code).unwrap_or(0xfffd)).collect();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    let mut next = None;
    for (place, code) in (0..).zip(lines) {
        if next != Some(code) {
            runs.push((place, code));
        }
        next = Some(code.wrapping_add(1));
    }
    Gb18030 { pairs, runs }
}

#[cfg(not(all(feature = "office_module", target_arch = "wasm32")))]
mod packed {
    use super::Gb18030;
    use crate::prelude::*;

    pub fn table() -> Gb18030 {
        let mut pairs = Vec::with_capacity(126 * 190);
        let mut code = 0_i32;
        for step in Numbers(include_bytes!(concat!(env!("OUT_DIR"), "/gb18030-pairs.bin"))) {
            code += step;
            pairs.push(u16::try_from(code).unwrap_or(0xfffd));
        }
        let mut runs = Vec::new();
        let (mut place, mut next) = (0, -1);
        let mut numbers = Numbers(include_bytes!(concat!(env!("OUT_DIR"), "/gb18030-runs.bin")));
        // A run begins where the one before it would have gone on, moved by the second number.
        while let (Some(gap), Some(step)) = (numbers.next(), numbers.next()) {
            let went_on = if runs.is_empty() { -1 } else { next + gap };
            place += gap;
            next = went_on + step;
            runs.push((u32::try_from(place).unwrap_or(0), u32::try_from(next).unwrap_or(0)));
        }
        Gb18030 { pairs, runs }
    }

    /// Signed numbers in groups of seven bits.
    struct Numbers(&'static [u8]);

    impl Iterator for Numbers {
        type Item = i32;

        fn next(&mut self) -> Option<i32> {
            let mut value = 0_u32;
            let mut shift = 0;
            loop {
                let (&byte, rest) = self.0.split_first()?;
                self.0 = rest;
                value |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            let half = i32::try_from(value >> 1).unwrap_or(0);
            Some(if value & 1 == 1 { -half - 1 } else { half })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packed_table_holds_every_character_of_gb18030() {
        let table = Gb18030::table();
        let mut seen = 0_u32;
        for code in (0x80..=0xffff).chain([0x1f600, 0x20000, 0x2a6d6]) {
            let Some(letter) = char::from_u32(code) else { continue };
            let text = letter.to_string();
            let (bytes, _, failed) = encoding_rs::GB18030.encode(&text);
            if failed {
                continue;
            }
            let read = table.decode(&bytes);
            // What was moved from the private area in 2005 and 2022 is decoded as it is today.
            let today = encoding_rs::GB18030.decode_without_bom_handling(&bytes).0;
            assert_eq!(read.text, today, "U+{code:04X} {bytes:x?}");
            seen += 1;
        }
        assert!(seen > 60_000, "{seen}");
    }

    #[cfg(feature = "office_module")]
    #[test]
    fn a_table_that_is_asked_for_is_the_packed_one() {
        let asked = asked(|bytes| encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned());
        let packed = Gb18030::table();
        assert!(asked.pairs == packed.pairs && asked.runs == packed.runs);
    }
}
