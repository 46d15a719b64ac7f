//! Excel before 2007: workbooks of records (BIFF8, and BIFF5 of Excel 5 and 95), also `.et` of WPS.

use super::bytes;
use super::compound::Compound;
use super::limits;
use super::number_format::{Epoch, NumberFormat};
use super::xlsx::Extra;
use super::xlsx::styles::Styles;
use crate::block::{Block, BlockNotice, Blocks, FileKind, Limit, Paragraph, Refusal};
use crate::prelude::*;

mod records;
mod sheet;
mod strings;

use records::{Records, id};
use strings::{CodePage, Cursor};

pub const DAMAGED: Refusal = Refusal::Damaged(FileKind::ExcelBinary);

/// What all sheets of a workbook share.
struct Globals {
    version: Version,
    page: CodePage,
    epoch: Epoch,
    strings: Vec<String>,
    styles: Styles,
    sheets: Vec<Entry>,
    /// Strings were read by a guess.
    guessed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    Five,
    Eight,
}

struct Entry {
    name: String,
    place: usize,
    hidden: bool,
    is_sheet: bool,
}

/// Reads the workbook of a container.
pub fn read(compound: &Compound<'_>) -> Result<Blocks, Refusal> {
    let stream = match compound.stream("Workbook")? {
        Some(stream) => Some(stream),
        None => compound.stream("Book")?,
    };
    let mut blocks = read_stream(&stream.ok_or(DAMAGED)?)?;
    if compound.has("_VBA_PROJECT_CUR") {
        blocks.notices.push(BlockNotice::Macros);
    }
    Ok(blocks)
}

/// Reads the records of a workbook.
pub fn read_stream(stream: &[u8]) -> Result<Blocks, Refusal> {
    let globals = globals(stream)?;
    let mut blocks = Blocks::default();
    let mut extra = Extra::default();
    let mut readable = false;
    for entry in &globals.sheets {
        if !entry.is_sheet {
            blocks.notices.push(BlockNotice::OtherSheet(entry.name.clone()));
            continue;
        }
        readable = true;
        if entry.hidden {
            blocks.notices.push(BlockNotice::HiddenSheet(entry.name.clone()));
            continue;
        }
        let read = sheet::read(stream.get(entry.place..).ok_or(DAMAGED)?, &entry.name, &globals, &mut extra)?;
        read.sheet.finish(&mut blocks.list, &mut blocks.notices)?;
        for text in read.texts {
            extra.budget.take(text.len())?;
            extra.paragraphs += 1;
            extra.boxes += 1;
            blocks.list.push(Block::Paragraph(Paragraph { text, number: extra.paragraphs, heading: None }));
        }
    }
    if !readable && !globals.sheets.is_empty() {
        return Err(Refusal::NoSheet);
    }
    extra.guessed |= globals.guessed;
    extra.say(&mut blocks.notices);
    Ok(blocks)
}

/// The head of a workbook: up to the end of its first part.
fn globals(stream: &[u8]) -> Result<Globals, Refusal> {
    let mut records = Records::new(stream);
    let first = records.next().ok_or(DAMAGED)??;
    let version = match (first.id, bytes::u16(first.data, 0)) {
        (id::BOF, Some(0x0600)) => Version::Eight,
        (id::BOF, Some(0x0500)) => Version::Five,
        (id::BOF | 0x009 | 0x209 | 0x409, _) => return Err(Refusal::Unsupported(FileKind::ExcelOld)),
        _ => return Err(DAMAGED),
    };
    let mut globals = Globals {
        version,
        page: CodePage::Unknown,
        epoch: Epoch::Of1900,
        strings: Vec::new(),
        styles: Styles::default(),
        sheets: Vec::new(),
        guessed: false,
    };
    let mut codes: SortedMap<u32, String> = SortedMap::new();
    let mut used: Vec<(u32, u8)> = Vec::new();
    let mut sheets = Vec::new();
    loop {
        // A head that does not end was cut off.
        let record = records.next().ok_or(DAMAGED)??;
        let data = record.data;
        match record.id {
            id::EOF => break,
            id::FILE_PASS => return Err(Refusal::Encrypted(FileKind::ExcelBinary)),
            id::CODE_PAGE => globals.page = CodePage::of(bytes::u16(data, 0).unwrap_or(0)),
            id::DATE_MODE if bytes::u16(data, 0) == Some(1) => globals.epoch = Epoch::Of1904,
            id::FORMAT => {
                let number = u32::from(bytes::u16(data, 0).ok_or(DAMAGED)?);
                let rest = data.get(2..).unwrap_or(&[]);
                let code = match version {
                    Version::Eight => Cursor::new(&[rest]).text(2),
                    Version::Five => Some(globals.page.short(rest).0),
                };
                codes.insert(number, code.ok_or(DAMAGED)?);
            }
            id::XF => {
                let indent = data.get(8).filter(|_| version == Version::Eight).map_or(0, |bits| bits & 15);
                used.push((bytes::u16(data, 2).map_or(0, u32::from), indent));
            }
            id::BOUND_SHEET => sheets.push(data),
            id::SST => {
                let segments = records.with_continued(data);
                globals.strings = strings::shared(&segments)?;
            }
            _ => {}
        }
        if codes.len() > limits::STYLES || used.len() > limits::STYLES || sheets.len() > limits::SHEETS {
            return Err(Refusal::Over(Limit::Count));
        }
    }
    globals.styles = Styles::new(&codes, &used);
    for data in sheets {
        let place = bytes::size(data, 0).ok_or(DAMAGED)?;
        let rest = data.get(6..).ok_or(DAMAGED)?;
        let name = match version {
            Version::Eight => Cursor::new(&[rest]).text(1).ok_or(DAMAGED)?,
            Version::Five => {
                let (name, guessed) = globals.page.short(rest);
                globals.guessed |= guessed;
                name
            }
        };
        let hidden = data.get(4).is_some_and(|state| state & 3 != 0);
        globals.sheets.push(Entry { name, place, hidden, is_sheet: data.get(5) == Some(&0) });
    }
    Ok(globals)
}

impl Globals {
    fn format(&self, style: u16) -> &NumberFormat {
        self.styles.format(usize::from(style))
    }
}
