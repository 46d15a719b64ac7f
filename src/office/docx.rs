//! Word: `.docx`, flat OPC and Word 2003 XML, which share their elements but for a few names.

use super::flow::{Flow, Span};
use super::package::{Package, Relations};
use super::words;
use super::xml::{Node, Tag, Xml, is_off};
use crate::block::{BlockNotice, Blocks, FileKind, Refusal};
use crate::prelude::*;

mod elements;
mod numbering;
mod properties;
mod styles;
mod symbols;

use properties::ParagraphProperties;
use styles::Styles;

pub use numbering::Numbering;
pub use symbols::shown as symbol;

/// Reads the main part of a package, and the notes it refers to.
pub fn read(package: &Package<'_>) -> Result<Blocks, Refusal> {
    let root = package.relations("", KIND)?;
    let main = root.of_kind("officeDocument").unwrap_or("word/document.xml").to_owned();
    let text = package.xml(&main, KIND)?.ok_or(Refusal::Damaged(KIND))?;
    let relations = package.relations(&main, KIND)?;
    let mut reader = Reader { package: Some(package), relations, ..Reader::default() };
    if let Some(text) = reader.part("styles")? {
        reader.styles = Styles::read(&text)?;
    }
    if let Some(text) = reader.part("numbering")? {
        reader.numbering = Numbering::read(&text)?;
    }
    reader.walk(&mut package.reader(&text, KIND))?;
    for notes in ["footnotes", "endnotes"] {
        if let Some(text) = reader.part(notes)? {
            reader.walk(&mut package.reader(&text, KIND))?;
        }
    }
    reader.margins()?;
    if package.names().iter().any(|name| name.ends_with("vbaproject.bin")) {
        reader.flow.notices.push(BlockNotice::Macros);
    }
    reader.finish()
}

/// Reads Word 2003 XML.
pub fn read_2003(text: &str) -> Result<Blocks, Refusal> {
    let mut reader = Reader::default();
    reader.walk(&mut Xml::lenient(text, FileKind::WordXml))?;
    reader.finish()
}

const KIND: FileKind = FileKind::Word;

#[derive(Default)]
struct Reader<'p> {
    package: Option<&'p Package<'p>>,
    relations: Relations,
    styles: Styles,
    numbering: Numbering,
    flow: Flow,
    /// What to do as each open element closes.
    closing: Vec<Closing>,
    paragraphs: Vec<ParagraphProperties>,
    /// Fields that are open; true while their code is read, which is not seen.
    fields: Vec<bool>,
    /// A cell has opened and its properties have not come yet.
    cell_waits: bool,
    /// The row that is open was deleted.
    row_deleted: bool,
    /// The mark at the end of the last paragraph was deleted, so that the next one goes on with it.
    goes_on: bool,
    /// How many elements around this place hide their text: the prompt of an empty control.
    prompts: u32,
    /// The font of the run, where it may be one of symbols; and whether the run is hidden.
    font: String,
    hidden: bool,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    deletions: u32,
    hidden: u32,
    boxes: u32,
    pictures: u32,
    embedded: u32,
}

enum Closing {
    Nothing,
    Paragraph,
    Run,
    Table,
    Row,
    Cell,
    Box,
    Prompt,
    /// A choice between two forms of the same thing; true once one was taken.
    Choice(bool),
}

impl Reader<'_> {
    fn part(&self, kind: &str) -> Result<Option<String>, Refusal> {
        match (self.package, self.relations.of_kind(kind)) {
            (Some(package), Some(name)) => package.xml(name, KIND),
            _ => Ok(None),
        }
    }

    fn walk(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => {
                    if self.cell_waits && tag.name() != "tcPr" {
                        self.begin_cell(Span::default())?;
                    }
                    let closing = self.open(&tag, xml)?;
                    // Properties and texts have been read to their end.
                    if let Some(closing) = closing {
                        self.closing.push(closing);
                    }
                }
                Node::Close(_) => match self.closing.pop() {
                    Some(closing) => self.close(closing)?,
                    None => break,
                },
                Node::Text(_) => {}
            }
        }
        Ok(())
    }

    /// What an element begins; none if all of it has been read here.
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<Option<Closing>, Refusal> {
        let closing = match tag.name() {
            "p" => {
                if core::mem::take(&mut self.goes_on) {
                    if let Some(open) = self.paragraphs.last_mut() {
                        open.mark_deleted = false;
                    }
                } else {
                    self.flow.begin_paragraph();
                    self.paragraphs.push(ParagraphProperties::default());
                }
                Closing::Paragraph
            }
            "r" => {
                self.font.clear();
                self.hidden = false;
                Closing::Run
            }
            "tbl" => {
                self.flow.begin_table()?;
                Closing::Table
            }
            "tr" => {
                self.flow.begin_row()?;
                self.row_deleted = false;
                Closing::Row
            }
            "tc" => {
                self.cell_waits = true;
                Closing::Cell
            }
            "txbxContent" | "txBody" => {
                self.counts.boxes += 1;
                self.flow.begin_box()?;
                Closing::Box
            }
            "footnote" | "endnote" => {
                let of_text = tag.get("type").is_none_or(|kind| kind == "normal");
                if !of_text {
                    xml.skip()?;
                    return Ok(None);
                }
                self.flow.begin_box()?;
                Closing::Box
            }
            "AlternateContent" => Closing::Choice(false),
            "Choice" | "Fallback" => match self.closing.last_mut() {
                Some(Closing::Choice(taken)) if !*taken => {
                    *taken = true;
                    Closing::Nothing
                }
                _ => {
                    xml.skip()?;
                    return Ok(None);
                }
            },
            "den" => {
                self.text("/");
                Closing::Nothing
            }
            _ => return self.open_small(tag, xml),
        };
        Ok(Some(closing))
    }

    fn close(&mut self, closing: Closing) -> Result<(), Refusal> {
        match closing {
            Closing::Nothing | Closing::Choice(_) => {}
            Closing::Paragraph => {
                let properties = self.paragraphs.last();
                if properties.is_some_and(|properties| properties.mark_deleted) {
                    self.goes_on = true;
                    return Ok(());
                }
                let heading = self.paragraphs.pop().and_then(|properties| properties.heading);
                self.flow.end_paragraph(heading)?;
            }
            Closing::Run => {
                self.font.clear();
                self.hidden = false;
            }
            Closing::Table => self.flow.end_table()?,
            Closing::Row if self.row_deleted => {
                self.counts.deletions += 1;
                self.row_deleted = false;
                self.flow.drop_row()?;
            }
            Closing::Row => self.flow.end_row()?,
            Closing::Cell => {
                if self.cell_waits {
                    self.begin_cell(Span::default())?;
                }
                if core::mem::take(&mut self.goes_on) {
                    self.paragraphs.pop();
                }
                self.flow.end_cell()?;
            }
            Closing::Box => self.flow.end_box()?,
            Closing::Prompt => self.prompts = self.prompts.saturating_sub(1),
        }
        Ok(())
    }

    fn begin_cell(&mut self, span: Span) -> Result<(), Refusal> {
        self.cell_waits = false;
        if self.flow.in_row() { self.flow.begin_cell(span) } else { Ok(()) }
    }

    fn text(&mut self, text: &str) {
        if self.hidden {
            self.counts.hidden += 1;
        } else if self.prompts == 0 && !self.fields.contains(&true) {
            if self.font.is_empty() {
                self.flow.text(text);
            } else {
                let shown = |letter| symbols::shown(&self.font, letter).unwrap_or(letter);
                let text: String = text.chars().map(shown).collect();
                self.flow.text(&text);
            }
        }
    }

    fn paragraph_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let mut found = properties::paragraph(xml)?;
        if let Some(style) = found.style.take() {
            let style = self.styles.get(&style);
            found.heading = found.heading.or(style.heading);
            found.number_id = found.number_id.or(style.number_id);
            found.level = found.level.or(style.level);
            found.indent = found.indent.or(style.indent);
        }
        let label = match (found.label.take(), &found.number_id) {
            (Some(label), _) => label,
            (None, Some(id)) => self.numbering.next(id, found.level.unwrap_or(0)),
            (None, None) => String::new(),
        };
        if self.flow.current().is_empty() {
            // In a list it tells the members of a group; before a paragraph of text it says nothing.
            if self.flow.in_cell() {
                self.flow.text(&found.indent.blanks());
            }
            self.flow.text(&label);
        }
        if let Some(open) = self.paragraphs.last_mut() {
            // A paragraph that goes on with another one keeps what the first one said.
            found.heading = open.heading.or(found.heading);
            *open = found;
        }
        Ok(())
    }

    fn run_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let run = properties::run(xml)?;
        self.hidden = run.hidden;
        self.font = run.font;
        Ok(())
    }

    /// Words above and below the pages, said once each; page numbers are no words.
    fn margins(&mut self) -> Result<(), Refusal> {
        let Some(package) = self.package else { return Ok(()) };
        let mut said: Vec<String> = Vec::new();
        for kind in ["header", "footer"] {
            for name in self.relations.all(kind).take(20) {
                let Some(text) = package.xml(name, KIND)? else { continue };
                let mut inner = Reader::default();
                if inner.walk(&mut package.reader(&text, KIND)).is_err() {
                    continue;
                }
                let blocks = inner.flow.finish()?;
                for block in blocks.list {
                    if let crate::block::Block::Paragraph(paragraph) = block
                        && paragraph.text.chars().filter(|letter| words::is_chinese(*letter)).count() > 3
                        && !said.contains(&paragraph.text)
                    {
                        said.push(paragraph.text);
                    }
                }
            }
        }
        self.flow.notices.extend(said.into_iter().map(BlockNotice::HeaderFooter));
        Ok(())
    }

    fn finish(mut self) -> Result<Blocks, Refusal> {
        let counts = self.counts;
        let notices = &mut self.flow.notices;
        let mut say = |count: u32, notice: fn(u32) -> BlockNotice| {
            if count > 0 {
                notices.push(notice(count));
            }
        };
        say(counts.deletions, BlockNotice::Deletions);
        say(counts.hidden, BlockNotice::HiddenText);
        say(counts.boxes, BlockNotice::TextBoxes);
        say(counts.pictures, BlockNotice::Pictures);
        say(counts.embedded, BlockNotice::Embedded);
        self.flow.finish()
    }
}

/// Whether a switch among properties is on.
fn on(tag: &Tag<'_>) -> bool {
    !tag.get("val").is_some_and(|value| is_off(&value))
}
