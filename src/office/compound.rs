//! The container of the binary formats (OLE, MS-CFB): streams in chains of sectors. Our own, a page long, since every chain must end
//! within the file: a loop or a length that lies ends the reading instead of the program.

use super::bytes;
use crate::block::{FileKind, Refusal};
use crate::prelude::*;

pub struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    small_sector: usize,
    /// Streams shorter than this stand in the small stream.
    small_below: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
    next_small: Vec<u32>,
    small: Vec<u8>,
    /// The streams and folders at the top.
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    is_stream: bool,
    start: u32,
    size: usize,
}

const DAMAGED: Refusal = Refusal::Damaged(FileKind::Compound);
/// Values from here on are no sectors: the end of a chain, a free sector.
const NO_SECTOR: u32 = 0xffff_fffa;
const NO_ENTRY: u32 = 0xffff_ffff;

impl<'a> Compound<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let number = |at| bytes::u32(bytes, at).ok_or(DAMAGED);
        let shift = |at| bytes::u16(bytes, at).filter(|shift| (6..=16).contains(shift)).map(|shift| 1_usize << shift);
        let sector = shift(30).filter(|size| *size >= 128).ok_or(DAMAGED)?;
        let small_sector = shift(32).ok_or(DAMAGED)?;
        let small_below = bytes::size(bytes, 56).ok_or(DAMAGED)?;
        let mut compound = Self {
            bytes,
            sector,
            small_sector,
            small_below,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        for place in compound.table_sectors(number(68)?)? {
            // The last sector of a file may be cut short.
            let table = compound.sector_bytes(place);
            compound.next.extend((0..table.len() / 4).filter_map(|at| bytes::u32(table, at * 4)));
        }
        let directory = compound.chain(number(48)?, usize::MAX)?;
        let small_table = compound.chain(number(60)?, usize::MAX)?;
        compound.next_small = (0..small_table.len() / 4).filter_map(|at| bytes::u32(&small_table, at * 4)).collect();
        compound.read_directory(&directory)?;
        Ok(compound)
    }

    /// The sectors that hold the table of chains: some are named in the head, the others in a chain of their own.
    fn table_sectors(&self, first: u32) -> Result<Vec<u32>, Refusal> {
        let count = self.bytes.len() / self.sector + 1;
        let head = self.bytes.get(76..512).ok_or(DAMAGED)?;
        let mut sectors: Vec<u32> =
            (0..109).filter_map(|at| bytes::u32(head, at * 4)).filter(|place| *place < NO_SECTOR).collect();
        let mut next = first;
        let mut steps = 0;
        while next < NO_SECTOR && steps < count {
            let list = self.sector_bytes(next);
            let entries = (list.len() / 4).saturating_sub(1);
            sectors.extend((0..entries).filter_map(|at| bytes::u32(list, at * 4)).filter(|place| *place < NO_SECTOR));
            next = bytes::u32(list, entries * 4).unwrap_or(NO_ENTRY);
            steps += 1;
        }
        sectors.truncate(count);
        Ok(sectors)
    }

    fn sector_bytes(&self, place: u32) -> &'a [u8] {
        let start = usize::try_from(place).ok().and_then(|place| place.checked_add(1)?.checked_mul(self.sector));
        let rest = start.and_then(|start| self.bytes.get(start..)).unwrap_or(&[]);
        rest.get(..self.sector.min(rest.len())).unwrap_or(rest)
    }

    /// The bytes of a chain of sectors, as many as are asked for at most.
    fn chain(&self, start: u32, size: usize) -> Result<Vec<u8>, Refusal> {
        let mut out = Vec::new();
        let mut place = start;
        let mut steps = 0;
        while place < NO_SECTOR && out.len() < size {
            // A chain that is longer than the file goes in a circle.
            if steps > self.next.len() {
                return Err(DAMAGED);
            }
            steps += 1;
            out.extend_from_slice(self.sector_bytes(place));
            place = usize::try_from(place).ok().and_then(|place| self.next.get(place)).copied().ok_or(DAMAGED)?;
        }
        out.truncate(size);
        Ok(out)
    }

    fn small_chain(&self, start: u32, size: usize) -> Result<Vec<u8>, Refusal> {
        let mut out = Vec::new();
        let mut place = start;
        let mut steps = 0;
        while place < NO_SECTOR && out.len() < size {
            if steps > self.next_small.len() {
                return Err(DAMAGED);
            }
            steps += 1;
            let at = usize::try_from(place).map_err(|_| DAMAGED)?;
            let start = at.checked_mul(self.small_sector).ok_or(DAMAGED)?;
            let rest = self.small.get(start..).ok_or(DAMAGED)?;
            out.extend_from_slice(rest.get(..self.small_sector.min(rest.len())).unwrap_or(rest));
            place = self.next_small.get(at).copied().ok_or(DAMAGED)?;
        }
        out.truncate(size);
        Ok(out)
    }

    /// The entries at the top: those of folders belong to files within the file.
    fn read_directory(&mut self, directory: &[u8]) -> Result<(), Refusal> {
        let root = directory.get(..128).ok_or(DAMAGED)?;
        let start = bytes::u32(root, 116).ok_or(DAMAGED)?;
        let size = bytes::size(root, 120).ok_or(DAMAGED)?;
        self.small = self.chain(start, size)?;
        let mut waiting = vec![bytes::u32(root, 76).unwrap_or(NO_ENTRY)];
        let mut seen = SortedSet::new();
        while let Some(place) = waiting.pop() {
            let Some(at) = usize::try_from(place).ok().and_then(|place| place.checked_mul(128)) else { continue };
            let Some(entry) = directory.get(at..).and_then(|rest| rest.get(..128)) else { continue };
            if !seen.insert(place) {
                continue;
            }
            let length = usize::from(bytes::u16(entry, 64).unwrap_or(0)).min(64) / 2;
            let units: Vec<u16> = (0..length.saturating_sub(1)).filter_map(|at| bytes::u16(entry, at * 2)).collect();
            self.entries.push(Entry {
                name: String::from_utf16_lossy(&units),
                is_stream: entry.get(66) == Some(&2),
                start: bytes::u32(entry, 116).unwrap_or(NO_ENTRY),
                size: bytes::size(entry, 120).unwrap_or(0),
            });
            waiting.extend([68, 72].into_iter().filter_map(|at| bytes::u32(entry, at)));
        }
        Ok(())
    }

    /// Whether there is a stream or a folder of this name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream; none if it is not there.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let found = self.entries.iter().find(|entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name));
        let Some(entry) = found else { return Ok(None) };
        let bytes = if entry.size < self.small_below {
            self.small_chain(entry.start, entry.size)
        } else {
            self.chain(entry.start, entry.size)
        };
        bytes.map(Some)
    }
}
