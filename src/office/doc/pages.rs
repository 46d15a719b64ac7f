//! Pages of properties: each of 512 bytes, with the places of the file where its runs begin, and what holds for each run.

use crate::office::bytes;
use crate::prelude::*;

pub struct Pages<'a> {
    /// Runs by where they begin in the file: begin, end, properties.
    runs: Vec<(u32, u32, &'a [u8])>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Paragraphs,
    Characters,
}

const PAGE: usize = 512;

impl<'a> Pages<'a> {
    /// Reads all pages that a table names. What lies outside of the file is passed over: it has no properties.
    pub fn read(document: &'a [u8], table: &[u8], kind: Kind) -> Self {
        let mut runs = Vec::new();
        let count = table.len().saturating_sub(4) / 8;
        for entry in 0..count.min(document.len() / PAGE + 1) {
            let number = bytes::size(table, (count + 1) * 4 + entry * 4).map(|number| number & 0x003f_ffff);
            let page = number.and_then(|number| document.get(number.checked_mul(PAGE)?..)?.get(..PAGE));
            if let Some(page) = page {
                Self::page(page, kind, &mut runs);
            }
        }
        runs.order_by(|(begin, _, _)| *begin);
        Self { runs }
    }

    fn page(page: &'a [u8], kind: Kind, runs: &mut Vec<(u32, u32, &'a [u8])>) {
        let count = page.last().map_or(0, |count| usize::from(*count));
        for run in 0..count {
            let (Some(begin), Some(end)) = (bytes::u32(page, run * 4), bytes::u32(page, run * 4 + 4)) else { break };
            let properties = match kind {
                Kind::Characters => characters(page, (count + 1) * 4 + run),
                Kind::Paragraphs => paragraphs(page, (count + 1) * 4 + run * 13),
            };
            if begin < end {
                runs.push((begin, end, properties.unwrap_or(&[])));
            }
        }
    }

    /// The properties at a place of the file.
    pub fn at(&self, place: u32) -> &'a [u8] {
        let after = self.runs.partition_point(|(begin, _, _)| *begin <= place);
        let run = after.checked_sub(1).and_then(|at| self.runs.get(at));
        run.filter(|(_, end, _)| place < *end).map_or(&[], |(_, _, properties)| properties)
    }
}

/// Properties of letters: a length, then as many bytes.
fn characters(page: &[u8], at: usize) -> Option<&[u8]> {
    let start = usize::from(*page.get(at)?) * 2;
    if start == 0 {
        return None;
    }
    let length = usize::from(*page.get(start)?);
    page.get(start + 1..start + 1 + length)
}

/// Properties of paragraphs: a length in pairs of bytes, then the number of the style and the properties.
fn paragraphs(page: &[u8], at: usize) -> Option<&[u8]> {
    let start = usize::from(*page.get(at)?) * 2;
    if start == 0 {
        return None;
    }
    let (start, length) = match page.get(start)? {
        0 => (start + 2, usize::from(*page.get(start + 1)?) * 2),
        pairs => (start + 1, usize::from(*pairs) * 2 - 1),
    };
    page.get(start..(start + length).min(page.len()))
}
