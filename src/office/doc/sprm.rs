//! Single properties: a number that says what and how long, and a value.

use crate::office::bytes;

/// Properties that are read.
pub mod id {
    pub const DELETED: u16 = 0x0800;
    pub const HIDDEN: u16 = 0x083c;
    pub const SPECIAL: u16 = 0x0855;
    pub const SYMBOL: u16 = 0x6a09;
    pub const FONT: u16 = 0x4a4f;
    pub const IN_TABLE: u16 = 0x2416;
    pub const ROW_END: u16 = 0x2417;
    pub const TABLE_DEPTH: u16 = 0x6649;
    pub const INNER_CELL: u16 = 0x244b;
    pub const INNER_ROW_END: u16 = 0x244c;
    pub const OUTLINE: u16 = 0x2640;
    pub const LIST_LEVEL: u16 = 0x260a;
    pub const LIST_USE: u16 = 0x460b;
    pub const TABLE: u16 = 0xd608;
    /// The properties are too long for their page and stand in a stream of their own, at this place.
    pub const ELSEWHERE: [u16; 2] = [0x6645, 0x6646];
    pub const MERGE: u16 = 0x5624;
    pub const MERGE_DOWN: u16 = 0xd62b;
    /// Tab stops, which have a length of their own.
    pub const TABS: u16 = 0xc615;
}

pub struct Properties<'a>(pub &'a [u8]);

impl<'a> Iterator for Properties<'a> {
    type Item = (u16, &'a [u8]);

    /// The next property with its value; nothing more where one is cut off.
    fn next(&mut self) -> Option<Self::Item> {
        let id = bytes::u16(self.0, 0)?;
        let rest = self.0.get(2..)?;
        let (skip, length) = match id >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if id == id::TABLE => (2, usize::from(bytes::u16(rest, 0)?).checked_sub(1)?),
            _ if id == id::TABS && rest.first() == Some(&255) => (1, tabs(rest)?),
            _ => (1, usize::from(*rest.first()?)),
        };
        let value = rest.get(skip..skip + length)?;
        self.0 = rest.get(skip + length..)?;
        Some((id, value))
    }
}

/// So many tab stops taken away, so many set, that their length is told by them.
fn tabs(rest: &[u8]) -> Option<usize> {
    let removed = usize::from(*rest.get(1)?);
    let set = usize::from(*rest.get(2 + removed * 4)?);
    Some(1 + removed * 4 + 1 + set * 3)
}

/// The properties themselves, where those of a page only say that they stand in the stream of data.
pub fn whole<'a>(properties: &'a [u8], data: &'a [u8]) -> &'a [u8] {
    let elsewhere = Properties(properties).find(|(id, _)| id::ELSEWHERE.contains(id));
    let found = elsewhere.and_then(|(_, value)| {
        let rest = data.get(bytes::size(value, 0)?..)?;
        rest.get(2..2 + usize::from(bytes::u16(rest, 0)?))
    });
    found.unwrap_or(properties)
}

/// Whether a switch is on; values beyond 1 ask the style, which says no.
pub fn is_on(value: &[u8]) -> bool {
    value.first() == Some(&1)
}
