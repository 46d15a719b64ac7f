//! Excel: `.xlsx`, `.xlsm` and templates, in both dialects.

use super::limits;
use super::number_format::Epoch;
use super::package::{Package, Relations};
use super::sheet::Budget;
use super::xml::{Node, Xml};
use crate::block::{Block, BlockNotice, Blocks, FileKind, Limit, Paragraph, Refusal};
use crate::prelude::*;

mod drawing;
mod sheet;
mod strings;
pub mod styles;

pub use sheet::reference;

pub const KIND: FileKind = FileKind::Excel;

/// What all sheets of a workbook share.
pub struct Shared {
    pub strings: Vec<String>,
    pub styles: styles::Styles,
    pub epoch: Epoch,
}

/// What formulas without a stored value there are.
#[derive(Default)]
pub struct NoValues {
    pub count: u32,
    /// The place of the first.
    pub place: String,
}

impl NoValues {
    pub fn add(&mut self, sheet: &str, row: u32, column: u32) {
        if self.count == 0 {
            self.place = format!("{sheet}!{}", place(row, column));
        }
        self.count += 1;
    }

    pub fn say(self, notices: &mut Vec<BlockNotice>) {
        if self.count > 0 {
            notices.push(BlockNotice::NoValue { count: self.count, place: self.place });
        }
    }
}

/// A place as spreadsheets name it: `F7`.
pub fn place(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from_u32(u32::from('A') + (rest - 1) % 26).unwrap_or('A'));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", row + 1)
}

/// The visible sheets of a workbook by their names, with the ids of their parts.
pub fn sheet_names(text: &str) -> Result<Vec<(String, String)>, Refusal> {
    let (entries, _) = workbook(text)?;
    Ok(entries.into_iter().filter(|entry| !entry.hidden).map(|entry| (entry.name, entry.id)).collect())
}

struct Entry {
    name: String,
    id: String,
    hidden: bool,
}

pub fn read(package: &Package<'_>) -> Result<Blocks, Refusal> {
    let root = package.relations("", KIND)?;
    let main = root.of_kind("officeDocument").unwrap_or("xl/workbook.xml").to_owned();
    let text = package.xml(&main, KIND)?.ok_or(Refusal::Damaged(KIND))?;
    let (entries, epoch) = workbook(&text)?;
    let relations = package.relations(&main, KIND)?;
    let strings = match relations.of_kind("sharedStrings") {
        Some(name) => package.xml(name, KIND)?.map(|text| strings::shared(&text)).transpose()?.unwrap_or_default(),
        None => Vec::new(),
    };
    let styles = match relations.of_kind("styles") {
        Some(name) => package.xml(name, KIND)?.map(|text| styles::Styles::read(&text)).transpose()?.unwrap_or_default(),
        None => styles::Styles::default(),
    };
    let shared = Shared { strings, styles, epoch };
    let mut blocks = Blocks::default();
    let mut extra = Extra::default();
    let mut readable = false;
    for entry in &entries {
        let Some(relation) = relations.get(&entry.id) else { continue };
        if relation.kind != "worksheet" {
            blocks.notices.push(BlockNotice::OtherSheet(entry.name.clone()));
            continue;
        }
        readable = true;
        if entry.hidden {
            blocks.notices.push(BlockNotice::HiddenSheet(entry.name.clone()));
            continue;
        }
        let Some(name) = relation.target.as_deref() else { continue };
        let text = package.xml(name, KIND)?.ok_or(Refusal::Damaged(KIND))?;
        let read = sheet::read(&text, &entry.name, &shared, &mut extra)?;
        read.sheet.finish(&mut blocks.list, &mut blocks.notices)?;
        let relations = package.relations(name, KIND)?;
        pictures_and_boxes(package, &relations, &mut blocks, &mut extra)?;
    }
    if !readable {
        return Err(Refusal::NoSheet);
    }
    extra.say(&mut blocks.notices);
    if package.names().iter().any(|name| name.ends_with("vbaproject.bin")) {
        blocks.notices.push(BlockNotice::Macros);
    }
    Ok(blocks)
}

/// What is counted over all sheets.
#[derive(Default)]
pub struct Extra {
    pub budget: Budget,
    pub no_values: NoValues,
    pub boxes: u32,
    pub pictures: u32,
    pub paragraphs: u32,
    /// Texts were read by a guess of their encoding.
    pub guessed: bool,
}

impl Extra {
    pub fn say(self, notices: &mut Vec<BlockNotice>) {
        self.no_values.say(notices);
        if self.boxes > 0 {
            notices.push(BlockNotice::TextBoxes(self.boxes));
        }
        if self.pictures > 0 {
            notices.push(BlockNotice::Pictures(self.pictures));
        }
        if self.guessed {
            notices.push(BlockNotice::GuessedEncoding);
        }
    }
}

fn workbook(text: &str) -> Result<(Vec<Entry>, Epoch), Refusal> {
    let mut xml = Xml::new(text, KIND);
    let mut entries = Vec::new();
    let mut epoch = Epoch::Of1900;
    let mut known = false;
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "workbook" => known = true,
            "workbookPr" if tag.get("date1904").is_some_and(|value| !super::xml::is_off(&value)) => epoch = Epoch::Of1904,
            "sheet" => {
                let hidden = tag.get("state").is_some_and(|state| state != "visible");
                let id = tag.get_whole("r:id").or_else(|| tag.get("id")).unwrap_or_default();
                entries.push(Entry { name: tag.get("name").unwrap_or_default(), id, hidden });
                if entries.len() > limits::SHEETS {
                    return Err(Refusal::Over(Limit::Count));
                }
            }
            _ => {}
        }
    }
    // A workbook has a sheet.
    if known && !entries.is_empty() { Ok((entries, epoch)) } else { Err(Refusal::Damaged(KIND)) }
}

/// Text boxes of a sheet as paragraphs behind it, and how many pictures it has.
fn pictures_and_boxes(
    package: &Package<'_>,
    relations: &Relations,
    blocks: &mut Blocks,
    extra: &mut Extra,
) -> Result<(), Refusal> {
    for name in relations.all("drawing").take(100) {
        let Some(text) = package.xml(name, KIND)? else { continue };
        // A drawing that can't be read takes nothing from the cells.
        let Ok(found) = drawing::read(&text) else { continue };
        extra.pictures += found.pictures;
        extra.boxes += u32::try_from(found.texts.len()).unwrap_or(0);
        for text in found.texts {
            extra.budget.take(text.len())?;
            extra.paragraphs += 1;
            blocks.list.push(Block::Paragraph(Paragraph { text, number: extra.paragraphs, heading: None }));
        }
    }
    Ok(())
}
