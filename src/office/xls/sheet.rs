//! One sheet of records.

use super::records::{Record, Records, id};
use super::strings::Cursor;
use super::{DAMAGED, Globals, Version};
use crate::block::Refusal;
use crate::office::decimal::Decimal;
use crate::office::sheet::{Merge, Sheet};
use crate::office::xlsx::Extra;
use crate::office::{bytes, limits, words};
use crate::prelude::*;

pub struct Read {
    pub sheet: Sheet,
    /// Texts of boxes over the cells.
    pub texts: Vec<String>,
}

/// A kind of object: a note of a cell, whose text nobody prints.
const NOTE: u16 = 0x19;
const PICTURE: u16 = 0x08;

struct Reader<'g, 'e> {
    globals: &'g Globals,
    extra: &'e mut Extra,
    sheet: Sheet,
    zeros: bool,
    /// The cell of a formula whose text comes in a record of its own.
    waits: Option<(u32, u32, u16)>,
    /// Numbers that are 0, kept until it is known whether zeros are shown.
    cells: Vec<(u32, u32, u16)>,
}

pub fn read(stream: &[u8], name: &str, globals: &Globals, extra: &mut Extra) -> Result<Read, Refusal> {
    let mut records = Records::new(stream);
    let first = records.next().ok_or(DAMAGED)??;
    if first.id != id::BOF {
        return Err(DAMAGED);
    }
    let mut reader = Reader { globals, extra, sheet: Sheet::new(name), zeros: true, waits: None, cells: Vec::new() };
    let mut texts = Vec::new();
    // Charts on the sheet are parts within it.
    let mut depth = 0_u32;
    let mut object = 0;
    loop {
        let record = records.next().ok_or(DAMAGED)??;
        match record.id {
            id::BOF => depth += 1,
            id::EOF if depth == 0 => break,
            id::EOF => depth -= 1,
            _ if depth > 0 => {}
            id::OBJECT => {
                object = bytes::u16(record.data, 4).unwrap_or(0);
                reader.extra.pictures += u32::from(object == PICTURE);
            }
            id::TEXT_OBJECT => {
                let length = bytes::u16(record.data, 10).map_or(0, usize::from);
                let pieces = records.with_continued(&[]);
                if object != NOTE && globals.version == Version::Eight && length > 0 && texts.len() < limits::PARTS {
                    let text = box_text(&pieces, length);
                    let text = words::paragraph(&text.unwrap_or_default());
                    if !text.is_empty() {
                        texts.push(text);
                    }
                }
            }
            id::STRING => {
                let pieces = records.with_continued(record.data);
                reader.formula_text(&pieces)?;
            }
            _ => reader.record(record)?,
        }
    }
    reader.zeros()?;
    Ok(Read { sheet: reader.sheet, texts })
}

/// The text of a box stands in the records behind it, the first byte of which says how wide it is.
fn box_text(pieces: &[&[u8]], length: usize) -> Option<String> {
    let inner = pieces.get(1..)?;
    let wide = inner.first()?.first()? & 1 != 0;
    let first = inner.first()?.get(1..)?;
    let whole: Vec<&[u8]> = core::iter::once(first).chain(inner.iter().skip(1).copied()).collect();
    Cursor::new(&whole).characters(length, wide)
}

impl Reader<'_, '_> {
    fn record(&mut self, record: Record<'_>) -> Result<(), Refusal> {
        let data = record.data;
        let half = |at: usize| bytes::u16(data, at);
        match record.id {
            id::ROW => self.sheet.hidden_rows += u32::from(half(12).is_some_and(|flags| flags & 0x20 != 0)),
            id::COLUMN_INFO if half(8).is_some_and(|flags| flags & 1 != 0) => {
                let (first, last) = (half(0).unwrap_or(0), half(2).unwrap_or(0));
                // The columns behind the table are often hidden all together.
                if last < 255 {
                    self.sheet.hidden_columns += u32::from(last.saturating_sub(first)) + 1;
                }
            }
            id::WINDOW => self.zeros = half(0).is_none_or(|flags| flags & 0x10 != 0),
            id::MERGED_CELLS => {
                for at in 0..usize::from(half(0).unwrap_or(0)) {
                    let part = |place: usize| half(2 + at * 8 + place * 2).map(u32::from);
                    let (Some(row), Some(last_row), Some(column), Some(last_column)) = (part(0), part(1), part(2), part(3))
                    else {
                        break;
                    };
                    self.sheet.merge(Merge { row, column, last_row, last_column })?;
                }
            }
            id::MUL_RK => {
                let row = u32::from(half(0).ok_or(DAMAGED)?);
                let first = u32::from(half(2).ok_or(DAMAGED)?);
                for at in 0..data.len().saturating_sub(6) / 6 {
                    let style = half(4 + at * 6).ok_or(DAMAGED)?;
                    let value = bytes::u32(data, 6 + at * 6).ok_or(DAMAGED)?;
                    let column = first + u32::try_from(at).map_err(|_| DAMAGED)?;
                    self.number(row, column, style, rk(value))?;
                }
            }
            id::NUMBER | id::RK | id::LABEL_SST | id::LABEL | id::RICH_STRING | id::BOOL_ERROR | id::FORMULA => {
                self.cell(record)?
            }
            other if id::FORMULA_OLD.contains(&other) => self.cell(record)?,
            _ => {}
        }
        Ok(())
    }

    /// A record of one cell: row, column, style, and what it holds.
    fn cell(&mut self, record: Record<'_>) -> Result<(), Refusal> {
        let data = record.data;
        let place = |at: usize| bytes::u16(data, at).ok_or(DAMAGED);
        let (row, column, style) = (u32::from(place(0)?), u32::from(place(2)?), place(4)?);
        let rest = data.get(6..).ok_or(DAMAGED)?;
        match record.id {
            id::NUMBER => {
                let bits = bytes::u64(rest, 0).ok_or(DAMAGED)?;
                self.number(row, column, style, Decimal::from_bits(bits))
            }
            id::RK => self.number(row, column, style, rk(bytes::u32(rest, 0).ok_or(DAMAGED)?)),
            id::LABEL_SST => {
                let at = bytes::size(rest, 0).ok_or(DAMAGED)?;
                let text = self.globals.strings.get(at).ok_or(DAMAGED)?;
                self.text(row, column, style, text)
            }
            id::LABEL | id::RICH_STRING => {
                let text = match self.globals.version {
                    Version::Eight => Cursor::new(&[rest]).text(2).ok_or(DAMAGED)?,
                    Version::Five => self.page_text(rest),
                };
                self.text(row, column, style, &text)
            }
            id::BOOL_ERROR => {
                let value = rest.first().copied().ok_or(DAMAGED)?;
                let is_error = rest.get(1).is_some_and(|flag| *flag != 0);
                self.sheet.put(row, column, named(value, is_error), None, &mut self.extra.budget)
            }
            // A formula with the value that was last computed.
            _ => match rest.get(..8).ok_or(DAMAGED)? {
                [0, _, _, _, _, _, 0xff, 0xff] => {
                    self.waits = Some((row, column, style));
                    Ok(())
                }
                [kind @ (1 | 2), _, value, _, _, _, 0xff, 0xff] => {
                    self.sheet.put(row, column, named(*value, *kind == 2), None, &mut self.extra.budget)
                }
                [_, _, _, _, _, _, 0xff, 0xff] => Ok(()),
                _ => {
                    let bits = bytes::u64(rest, 0).ok_or(DAMAGED)?;
                    self.number(row, column, style, Decimal::from_bits(bits))
                }
            },
        }
    }

    fn page_text(&mut self, data: &[u8]) -> String {
        let (text, guessed) = self.globals.page.long(data);
        self.extra.guessed |= guessed;
        text
    }

    fn formula_text(&mut self, pieces: &[&[u8]]) -> Result<(), Refusal> {
        let Some((row, column, style)) = self.waits.take() else { return Ok(()) };
        let text = match self.globals.version {
            Version::Eight => Cursor::new(pieces).text(2).ok_or(DAMAGED)?,
            Version::Five => self.page_text(pieces.first().copied().unwrap_or(&[])),
        };
        self.text(row, column, style, &text)
    }

    fn text(&mut self, row: u32, column: u32, style: u16, text: &str) -> Result<(), Refusal> {
        let text = self.globals.styles.text(usize::from(style), text);
        self.sheet.put(row, column, &text, None, &mut self.extra.budget)
    }

    fn number(&mut self, row: u32, column: u32, style: u16, value: Option<Decimal>) -> Result<(), Refusal> {
        let Some(value) = value else { return Ok(()) };
        if value.is_zero() {
            self.extra.budget.take(0)?;
            self.cells.push((row, column, style));
            return Ok(());
        }
        let shown = self.globals.format(style).number(&value, self.globals.epoch);
        self.sheet.put(row, column, &shown.text, shown.exact, &mut self.extra.budget)
    }

    /// Whether zeros are shown is said behind the cells.
    fn zeros(&mut self) -> Result<(), Refusal> {
        for (row, column, style) in core::mem::take(&mut self.cells) {
            let format = self.globals.format(style);
            let shown = format.number(&Decimal::default(), self.globals.epoch);
            if self.zeros || format.is_date() {
                self.sheet.put(row, column, &shown.text, shown.exact, &mut self.extra.budget)?;
            } else {
                self.sheet.put(row, column, "", Some("0".to_owned()), &mut self.extra.budget)?;
            }
        }
        Ok(())
    }
}

/// A number in four bytes: a whole one or the upper part of a binary one, perhaps in hundredths.
fn rk(value: u32) -> Option<Decimal> {
    let number = if value & 2 != 0 {
        Decimal::from_integer(i64::from(value.cast_signed() >> 2))
    } else {
        Decimal::from_bits(u64::from(value & 0xffff_fffc) << 32)?
    };
    Some(if value & 1 != 0 { number.shift(-2) } else { number })
}

/// A truth value or an error by its name.
fn named(value: u8, is_error: bool) -> &'static str {
    match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0f) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1d) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    }
}
