//! 套用模板: texts go into the places of a bureau's own `.docx` or `.xlsx`, and every other byte of the package stays its own.
//!
//! Which cell of a grid is which element of the file is never worked out anew: a copy of the file is marked, element by element, and the
//! reader of this program says where the marks come out.

mod container;
mod sheet;
mod table;
mod tags;

use super::limits;
use super::package::Package;
use super::zip::Zip;
use crate::block::{Block, Blocks, FileKind, Origin, Refusal};
use crate::fill::{Filling, Write};
use crate::prelude::*;
use crate::recognise::SourcePlace;
use container::Container;

/// A file that is to be filled in.
pub struct Original<'a> {
    container: Container<'a>,
    parts: Parts,
    blocks: Blocks,
    signed: bool,
}

enum Parts {
    Word { name: String, text: String, anchors: SortedMap<SourcePlace, usize>, scan: table::Scan },
    Excel { name: String, text: String, sheets: Vec<Sheet>, styles: super::xlsx::styles::Styles },
}

struct Sheet {
    name: String,
    part: String,
    text: String,
}

/// Why a file can't be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    Refused(Refusal),
    /// Only `.docx` and `.xlsx` are.
    Kind,
    /// The marked copy is read otherwise than the file.
    Structure,
}

impl From<Refusal> for Unfit {
    fn from(refusal: Refusal) -> Unfit {
        Unfit::Refused(refusal)
    }
}

/// A filled file, and what could not be written.
pub struct Filled {
    pub bytes: Vec<u8>,
    /// Places of which a formula stays, with the text that is not written.
    pub formulas: Vec<(SourcePlace, String)>,
    /// Rows that a sheet has too few of: formulas or drawings below would have to be rewritten for them.
    pub rows: Vec<crate::fill::Copy>,
}

/// Around the number of an element, in the marked copy.
const MARK: (char, char) = ('\u{27E6}', '\u{27E7}');

fn mark(number: usize) -> String {
    format!("{}{number}{}", MARK.0, MARK.1)
}

/// The number that a text is marked with, and the text without it.
fn unmarked(text: &str) -> Option<(usize, String)> {
    let (before, rest) = text.split_once(MARK.0)?;
    let (number, behind) = rest.split_once(MARK.1)?;
    Some((number.parse().ok()?, format!("{before}{behind}")))
}

impl<'a> Original<'a> {
    /// # Errors
    /// An [`Unfit`] for what is no such file, or can't be told apart cell by cell.
    pub fn open(bytes: &'a [u8]) -> Result<Original<'a>, Unfit> {
        let plain = super::read(bytes, None)?;
        if super::kind(bytes) != FileKind::Zip {
            return Err(Unfit::Kind);
        }
        let package = Package::Zip(Zip::open(bytes)?);
        let container = Container::open(bytes).ok_or(Unfit::Structure)?;
        let signed = package.names().iter().any(|name| name.starts_with("_xmlsignatures/"));
        let root = package.relations("", FileKind::Zip)?;
        let main = root.of_kind("officeDocument").ok_or(Unfit::Kind)?.to_owned();
        let text = package.xml(&main, FileKind::Zip)?.ok_or(Unfit::Kind)?;
        let (parts, blocks) = match tags::tags(&text).first().map(tags::Tag::name) {
            Some("document") => word(&container, main, text, &plain)?,
            Some("workbook") => excel(&container, &package, &main, &text)?,
            _ => return Err(Unfit::Kind),
        };
        Ok(Original { container, parts, blocks, signed })
    }

    /// What the file holds, with its blank cells.
    pub fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// Whether it bears a digital signature, which holds no more once anything is written.
    pub fn is_signed(&self) -> bool {
        self.signed
    }

    /// The file with these texts in it.
    ///
    /// # Errors
    /// Where the container can't be written.
    pub fn write(&self, filling: &Filling) -> Result<Filled, Unfit> {
        let mut filled = Filled { bytes: Vec::new(), formulas: Vec::new(), rows: Vec::new() };
        let mut parts: Vec<(&str, String)> = Vec::new();
        match &self.parts {
            Parts::Word { name, text, anchors, scan } => {
                let written = scan.write(text, anchors, filling);
                filled.rows.extend(written.rows);
                parts.push((name, written.text));
            }
            Parts::Excel { name, text, sheets, styles } => {
                let mut book = text.clone();
                for sheet in sheets {
                    let own = |block: usize| match self.blocks.list.get(block) {
                        Some(Block::Grid(grid)) => match &grid.origin {
                            Origin::Sheet { name, row, column } if *name == sheet.name => Some((*row, *column)),
                            _ => None,
                        },
                        _ => None,
                    };
                    let place = |write: &Write| match write.place {
                        SourcePlace::Cell { block, row, column } => {
                            let (top, left) = own(block)?;
                            Some((top.checked_add(row)?, left.checked_add(column)?))
                        }
                        SourcePlace::Paragraph { .. } | SourcePlace::Caption { .. } => None,
                    };
                    let writes: Vec<((u32, u32), &Write)> =
                        filling.writes.iter().filter_map(|write| Some((place(write)?, write))).collect();
                    let copies: Vec<_> = filling.copies.iter().filter_map(|copy| Some((own(copy.block)?, copy))).collect();
                    if writes.is_empty() && copies.is_empty() {
                        continue;
                    }
                    let written = sheet::write(&sheet.text, styles, &writes, &copies)?;
                    filled.formulas.extend(written.formulas);
                    filled.rows.extend(written.rows);
                    parts.push((&sheet.part, written.text));
                    for row in written.longer {
                        book = sheet::insert::names(&book, &sheet.name, row);
                    }
                }
                if book != *text {
                    parts.push((name, book));
                }
            }
        }
        filled.bytes = self.container.with(&parts).ok_or(Unfit::Structure)?;
        Ok(filled)
    }
}

fn word(container: &Container<'_>, name: String, text: String, plain: &Blocks) -> Result<(Parts, Blocks), Unfit> {
    let scan = table::Scan::of(&text)?;
    let read = |marked: String| -> Result<Blocks, Unfit> {
        let bytes = container.with(&[(&name, marked)]).ok_or(Unfit::Structure)?;
        Ok(super::read(&bytes, None)?)
    };
    // With every element marked, for where each stands; with the blank ones alone, so that all words are read as in the file itself.
    let whole = read(scan.marked(&text, true))?;
    let mut blocks = read(scan.marked(&text, false))?;
    let mut anchors = SortedMap::new();
    for (block, each) in whole.list.iter().enumerate() {
        match each {
            Block::Paragraph(paragraph) => {
                if let Some((number, _)) = unmarked(&paragraph.text) {
                    anchors.insert(SourcePlace::Paragraph { block }, number);
                }
            }
            Block::Grid(grid) => {
                for cell in &grid.cells {
                    if let Some((number, _)) = unmarked(&cell.text) {
                        anchors.insert(SourcePlace::Cell { block, row: cell.row, column: cell.column }, number);
                    }
                }
            }
        }
    }
    let alike = blocks.list.len() == whole.list.len()
        && blocks.list.iter().zip(&whole.list).all(|pair| match pair {
            (Block::Paragraph(_), Block::Paragraph(_)) => true,
            (Block::Grid(one), Block::Grid(other)) => (one.rows, one.columns) == (other.rows, other.columns),
            _ => false,
        });
    let grids = |blocks: &Blocks| blocks.list.iter().filter(|block| matches!(block, Block::Grid(_))).count();
    if !alike || grids(&blocks) < grids(plain) {
        return Err(Unfit::Structure);
    }
    unmark(&mut blocks);
    Ok((Parts::Word { name, text, anchors, scan }, blocks))
}

fn excel(container: &Container<'_>, package: &Package<'_>, main: &str, text: &str) -> Result<(Parts, Blocks), Unfit> {
    let relations = package.relations(main, FileKind::Excel)?;
    let styles = match relations.of_kind("styles") {
        Some(name) => package.xml(name, FileKind::Excel)?.map(|text| super::xlsx::styles::Styles::read(&text)).transpose()?,
        None => None,
    };
    let mut sheets = Vec::new();
    let mut marked = Vec::new();
    let mut left = limits::CELLS;
    for (name, id) in super::xlsx::sheet_names(text)? {
        let Some(part) =
            relations.get(&id).filter(|relation| relation.kind == "worksheet").and_then(|relation| relation.target.clone())
        else {
            continue;
        };
        let Some(text) = package.xml(&part, FileKind::Excel)? else { continue };
        marked.push((part.clone(), sheet::marked(&text, &mut left)?));
        sheets.push(Sheet { name, part, text });
    }
    let parts: Vec<(&str, String)> = marked.iter().map(|(part, text)| (part.as_str(), text.clone())).collect();
    let bytes = container.with(&parts).ok_or(Unfit::Structure)?;
    let mut blocks = super::read(&bytes, None)?;
    unmark(&mut blocks);
    let (name, text) = (main.to_owned(), text.to_owned());
    Ok((Parts::Excel { name, text, sheets, styles: styles.unwrap_or_default() }, blocks))
}

fn unmark(blocks: &mut Blocks) {
    for block in &mut blocks.list {
        match block {
            Block::Paragraph(paragraph) => {
                if let Some((_, text)) = unmarked(&paragraph.text) {
                    paragraph.text = text;
                }
            }
            Block::Grid(grid) => {
                for cell in &mut grid.cells {
                    if let Some((_, text)) = unmarked(&cell.text) {
                        cell.text = text;
                    }
                }
            }
        }
    }
}

/// A text as it stands in XML.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // XML has no other control characters.
            '\t' | '\n' => out.push(char),
            char if char < ' ' || matches!(char, '\u{FFFE}' | '\u{FFFF}') => {}
            char => out.push(char),
        }
    }
    out
}

/// What is to stand in place of parts of a text.
#[derive(Default)]
struct Edits(Vec<(core::ops::Range<usize>, String)>);

impl Edits {
    fn replace(&mut self, range: core::ops::Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.0.push((at..at, text.into()));
    }

    /// The part `within` of a text with its edits; those of one place in the order they came.
    fn apply(mut self, text: &str, within: core::ops::Range<usize>) -> String {
        self.0.order_by(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(text.len());
        let mut at = within.start;
        for (range, new) in self.0 {
            if range.start < at || range.end > within.end {
                continue;
            }
            out.push_str(text.get(at..range.start).unwrap_or_default());
            out.push_str(&new);
            at = range.end;
        }
        out.push_str(text.get(at..within.end).unwrap_or_default());
        out
    }
}
