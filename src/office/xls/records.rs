//! The records of a workbook: a number that says what it is, a length, and as many bytes.

use super::DAMAGED;
use crate::block::Refusal;
use crate::office::bytes;
use crate::prelude::*;

/// The records that are read.
pub mod id {
    pub const FORMULA: u16 = 0x006;
    pub const EOF: u16 = 0x00a;
    pub const DATE_MODE: u16 = 0x022;
    pub const FILE_PASS: u16 = 0x02f;
    pub const CONTINUE: u16 = 0x03c;
    pub const CODE_PAGE: u16 = 0x042;
    pub const OBJECT: u16 = 0x05d;
    pub const COLUMN_INFO: u16 = 0x07d;
    pub const BOUND_SHEET: u16 = 0x085;
    pub const MUL_RK: u16 = 0x0bd;
    pub const RICH_STRING: u16 = 0x0d6;
    pub const XF: u16 = 0x0e0;
    pub const MERGED_CELLS: u16 = 0x0e5;
    pub const SST: u16 = 0x0fc;
    pub const LABEL_SST: u16 = 0x0fd;
    pub const TEXT_OBJECT: u16 = 0x1b6;
    pub const NUMBER: u16 = 0x203;
    pub const LABEL: u16 = 0x204;
    pub const BOOL_ERROR: u16 = 0x205;
    pub const STRING: u16 = 0x207;
    pub const ROW: u16 = 0x208;
    pub const WINDOW: u16 = 0x23e;
    pub const RK: u16 = 0x27e;
    pub const FORMAT: u16 = 0x41e;
    pub const FORMULA_OLD: [u16; 2] = [0x206, 0x406];
    pub const BOF: u16 = 0x809;
}

#[derive(Clone, Copy)]
pub struct Record<'a> {
    pub id: u16,
    pub data: &'a [u8],
}

pub struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub fn new(stream: &'a [u8]) -> Self {
        Self { rest: stream }
    }

    /// A record with those that continue it, as separate pieces: texts change their width where one begins.
    pub fn with_continued(&mut self, first: &'a [u8]) -> Vec<&'a [u8]> {
        let mut pieces = vec![first];
        while bytes::u16(self.rest, 0) == Some(id::CONTINUE) {
            let Some(Ok(record)) = self.next() else { break };
            pieces.push(record.data);
        }
        pieces
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, Refusal>;

    /// The next record; an error where one is cut off.
    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (Some(id), Some(length)) = (bytes::u16(self.rest, 0), bytes::u16(self.rest, 2)) else {
            self.rest = &[];
            return Some(Err(DAMAGED));
        };
        let end = 4 + usize::from(length);
        let record = self.rest.get(4..end).map(|data| Record { id, data }).ok_or(DAMAGED);
        self.rest = self.rest.get(end..).unwrap_or(&[]);
        Some(record)
    }
}
