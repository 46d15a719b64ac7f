//! The zip container with some of its parts replaced: every other entry is copied as it lies there, byte by byte.

use super::super::zip::checksum;
use super::super::{bytes, limits};
use crate::prelude::*;
use miniz_oxide::deflate::compress_to_vec;

pub struct Container<'a> {
    bytes: &'a [u8],
    /// In the order of the directory.
    entries: Vec<Entry<'a>>,
    /// What stands behind it: the end, with its comment.
    comment: &'a [u8],
}

struct Entry<'a> {
    /// The line of the directory.
    line: &'a [u8],
    name: String,
    place: usize,
    /// Up to where the next one begins.
    end: usize,
}

const END: &[u8] = b"PK\x05\x06";
const LINE: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    bytes::u16(bytes, at).map(usize::from)
}

fn put(bytes: &mut [u8], at: usize, value: &[u8]) -> Option<()> {
    bytes.get_mut(at..at.checked_add(value.len())?)?.copy_from_slice(value);
    Some(())
}

impl<'a> Container<'a> {
    /// `None` for the large form of a zip and what is no plain one: such a file can be read, and is not rewritten.
    pub fn open(bytes: &'a [u8]) -> Option<Container<'a>> {
        let end = bytes.windows(4).rposition(|four| four == END)?;
        let record = bytes.get(end..)?;
        let (count, directory) = (u16_at(record, 10)?, bytes::size(record, 16)?);
        let comment = record.get(22..)?;
        if count == 0xffff || directory == 0xffff_ffff || count > limits::PARTS {
            return None;
        }
        let mut entries = Vec::new();
        let mut at = directory;
        for _ in 0..count {
            let line = bytes.get(at..).filter(|rest| rest.starts_with(LINE))?;
            let name = u16_at(line, 28)?;
            let length = 46 + name + u16_at(line, 30)? + u16_at(line, 32)?;
            let line = line.get(..length)?;
            let name = String::from_utf8_lossy(line.get(46..46 + name)?).replace('\\', "/");
            let place = bytes::size(line, 42)?;
            if place >= directory || [bytes::size(line, 20)?, bytes::size(line, 24)?].contains(&0xffff_ffff) {
                return None;
            }
            entries.push(Entry { line, name: name.trim_start_matches('/').to_ascii_lowercase(), place, end: directory });
            at += length;
        }
        let mut places: Vec<usize> = entries.iter().map(|entry| entry.place).collect();
        places.order();
        places.dedup();
        if places.len() != entries.len() {
            return None;
        }
        for entry in &mut entries {
            let next = places.partition_point(|place| *place <= entry.place);
            entry.end = places.get(next).copied().unwrap_or(directory);
        }
        Some(Container { bytes, entries, comment })
    }

    /// The container with these parts, by name, in place of its own.
    pub fn with(&self, parts: &[(&str, String)]) -> Option<Vec<u8>> {
        let mut out = self.bytes.get(..self.entries.iter().map(|entry| entry.place).min()?)?.to_vec();
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.order_by(|at| self.entries.get(*at).map(|entry| entry.place));
        let mut lines: Vec<Vec<u8>> = self.entries.iter().map(|entry| entry.line.to_vec()).collect();
        for at in order {
            let (entry, line) = (self.entries.get(at)?, lines.get_mut(at)?);
            let place = u32::try_from(out.len()).ok()?;
            put(line, 42, &place.to_le_bytes())?;
            let own = self.bytes.get(entry.place..entry.end)?;
            match parts.iter().find(|(name, _)| name.trim_start_matches('/').to_ascii_lowercase() == entry.name) {
                None => out.extend_from_slice(own),
                Some((_, text)) => {
                    let data = compress_to_vec(text.as_bytes(), 6);
                    let head = 30 + u16_at(own, 26)? + u16_at(own, 28)?;
                    let mut head = own.get(..head).filter(|head| head.starts_with(LOCAL))?.to_vec();
                    let numbers = (
                        checksum(text.as_bytes()).to_le_bytes(),
                        u32::try_from(data.len()).ok()?.to_le_bytes(),
                        u32::try_from(text.len()).ok()?.to_le_bytes(),
                    );
                    // Lengths stand in front and not behind; the rest of the flags stays.
                    for (record, at) in [(&mut head, 6), (line, 8)] {
                        let flags = u16::try_from(u16_at(record, at)? & !8).ok()?;
                        put(record, at, &flags.to_le_bytes())?;
                        put(record, at + 2, &8_u16.to_le_bytes())?;
                        put(record, at + 8, &numbers.0)?;
                        put(record, at + 12, &numbers.1)?;
                        put(record, at + 16, &numbers.2)?;
                    }
                    out.extend_from_slice(&head);
                    out.extend_from_slice(&data);
                }
            }
        }
        let directory = u32::try_from(out.len()).ok()?;
        lines.iter().for_each(|line| out.extend_from_slice(line));
        let size = u32::try_from(out.len()).ok()?.checked_sub(directory)?;
        let count = u16::try_from(self.entries.len()).ok()?.to_le_bytes();
        out.extend_from_slice(END);
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&count);
        out.extend_from_slice(&count);
        out.extend_from_slice(&size.to_le_bytes());
        out.extend_from_slice(&directory.to_le_bytes());
        out.extend_from_slice(&u16::try_from(self.comment.len()).unwrap_or(0).to_le_bytes());
        out.extend_from_slice(self.comment);
        Some(out)
    }
}
