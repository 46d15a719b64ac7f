//! The zip container: its directory, and one part at a time. Our own, because every length and place of the file is checked against
//! [`limits`](super::limits) before anything is unpacked, and because people's files break the rules that libraries hold to: bytes in
//! front or behind, backslashes, names in other capitals, the same part twice.

use super::{bytes, limits};
use crate::block::{FileKind, Limit, Refusal};
use crate::prelude::*;
use core::cell::Cell;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

pub struct Zip<'a> {
    bytes: &'a [u8],
    /// By name: in small letters, with slashes, without one in front.
    parts: SortedMap<String, Part>,
    /// Names in the order of the directory.
    pub names: Vec<String>,
    /// What may still be unpacked.
    left: Cell<usize>,
}

#[derive(Clone, Copy)]
struct Part {
    method: u16,
    encrypted: bool,
    crc: u32,
    packed: usize,
    size: usize,
    place: usize,
}

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

impl<'a> Zip<'a> {
    /// Reads the directory. Without one the file was cut off.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let damaged = Refusal::Damaged(FileKind::Zip);
        let end = bytes.windows(4).rposition(|four| four == END).ok_or(damaged)?;
        let record = bytes.get(end..).unwrap_or(&[]);
        let mut count = usize::from(bytes::u16(record, 10).ok_or(damaged)?);
        let mut size = bytes::size(record, 12).ok_or(damaged)?;
        let mut start = bytes::size(record, 16).ok_or(damaged)?;
        if count == 0xffff || start == 0xffff_ffff {
            // The large form of the directory: some writers use it for every file.
            if let Some(at) = bytes.get(..end).and_then(|head| head.windows(4).rposition(|four| four == b"PK\x06\x06")) {
                let large = bytes.get(at..).unwrap_or(&[]);
                count = bytes::large_size(large, 32).ok_or(damaged)?;
                size = bytes::large_size(large, 40).ok_or(damaged)?;
                start = bytes::large_size(large, 48).ok_or(damaged)?;
            }
        }
        if count > limits::PARTS {
            return Err(Refusal::Over(Limit::Parts));
        }
        // Bytes in front of the zip move everything by their length.
        let moved = match bytes.get(start..).is_some_and(|rest| rest.starts_with(ENTRY)) {
            true => 0,
            false => end.checked_sub(size).and_then(|real| real.checked_sub(start)).unwrap_or(0),
        };
        let mut zip = Self { bytes, parts: SortedMap::new(), names: Vec::new(), left: Cell::new(limits::UNPACKED) };
        let mut at = start.saturating_add(moved);
        while let Some(entry) = bytes.get(at..).filter(|rest| rest.starts_with(ENTRY)) {
            let Some(length) = zip.entry(entry, moved) else { return Err(damaged) };
            at = at.saturating_add(length);
            if zip.names.len() > limits::PARTS {
                return Err(Refusal::Over(Limit::Parts));
            }
        }
        if zip.names.is_empty() { Err(damaged) } else { Ok(zip) }
    }

    /// One line of the directory; how long it is.
    fn entry(&mut self, entry: &[u8], moved: usize) -> Option<usize> {
        let flags = bytes::u16(entry, 8)?;
        let method = bytes::u16(entry, 10)?;
        let crc = bytes::u32(entry, 16)?;
        let mut packed = bytes::size(entry, 20)?;
        let mut size = bytes::size(entry, 24)?;
        let name_length = usize::from(bytes::u16(entry, 28)?);
        let extra_length = usize::from(bytes::u16(entry, 30)?);
        let comment_length = usize::from(bytes::u16(entry, 32)?);
        let mut place = bytes::size(entry, 42)?;
        let name = entry.get(46..46 + name_length)?;
        let extra = entry.get(46 + name_length..46 + name_length + extra_length)?;
        if [packed, size, place].contains(&0xffff_ffff) {
            let mut values = large_values(extra).into_iter();
            for value in [&mut size, &mut packed, &mut place] {
                if *value == 0xffff_ffff {
                    *value = values.next()?;
                }
            }
        }
        let name = normal(&String::from_utf8_lossy(name));
        let encrypted = flags & 1 != 0 || method == 99;
        let part = Part { method, encrypted, crc, packed, size, place: place.saturating_add(moved) };
        if !name.ends_with('/') {
            self.names.push(name.clone());
            // Where a name is there twice, the first one counts.
            self.parts.entry(name).or_insert(part);
        }
        Some(46 + name_length + extra_length + comment_length)
    }

    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&normal(name))
    }

    /// Whether any part needs a password.
    pub fn is_encrypted(&self) -> bool {
        self.parts.values().any(|part| part.encrypted)
    }

    /// The bytes of a part; none if it is not there.
    pub fn part(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(part) = self.parts.get(&normal(name)) else { return Ok(None) };
        if part.encrypted {
            return Err(Refusal::Encrypted(FileKind::Zip));
        }
        if part.size > self.left.get() {
            return Err(Refusal::Over(Limit::Unpacked));
        }
        let damaged = Refusal::Damaged(FileKind::Zip);
        let local = self.bytes.get(part.place..).filter(|rest| rest.starts_with(LOCAL)).ok_or(damaged)?;
        let name_length = usize::from(bytes::u16(local, 26).ok_or(damaged)?);
        let extra_length = usize::from(bytes::u16(local, 28).ok_or(damaged)?);
        let data = local.get(30 + name_length + extra_length..).unwrap_or(&[]);
        let data = data.get(..part.packed).ok_or(damaged)?;
        let unpacked = match part.method {
            0 => data.to_vec(),
            8 => decompress_to_vec_with_limit(data, part.size).map_err(|_| damaged)?,
            _ => return Err(damaged),
        };
        if unpacked.len() != part.size || checksum(&unpacked) != part.crc {
            return Err(damaged);
        }
        self.left.set(self.left.get() - unpacked.len());
        Ok(Some(unpacked))
    }
}

fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The values of the large-size extra field.
fn large_values(mut extra: &[u8]) -> Vec<usize> {
    while let (Some(id), Some(length)) = (bytes::u16(extra, 0), bytes::u16(extra, 2)) {
        let end = 4 + usize::from(length);
        if id == 1 {
            let data = extra.get(4..end).unwrap_or(&[]);
            return (0..data.len() / 8).filter_map(|at| bytes::large_size(data, at * 8)).collect();
        }
        extra = extra.get(end..).unwrap_or(&[]);
    }
    Vec::new()
}

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut value = at as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { 0xedb8_8320 ^ (value >> 1) } else { value >> 1 };
            bit += 1;
        }
        table[at] = value;
        at += 1;
    }
    table
}

/// CRC-32, as zip has it.
pub fn checksum(bytes: &[u8]) -> u32 {
    let step = |value: u32, byte: &u8| {
        let at = usize::from(value.to_le_bytes()[0] ^ byte);
        TABLE.get(at).copied().unwrap_or(0) ^ (value >> 8)
    };
    !bytes.iter().fold(u32::MAX, step)
}
