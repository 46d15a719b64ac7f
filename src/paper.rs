//! Paper (纸面): what is handed in and handed on, as paragraphs and tables in order, without any file format. Word, the clipboard, a page to
//! print and plain text are writers of this one description; the table in it is the printed sheet of [`crate::layout`].

mod annex;
mod code;
pub mod csv;
mod findings;
mod grid;
pub mod html;
mod report;
mod table;
pub mod text;
mod whole;

pub use code::{agrees, code, stated};
pub use findings::{About, Listed, listed, many};
pub use grid::Slot;
pub use whole::{About as ToldAbout, Told, told, whole};

use crate::document::Document;
use crate::engine::Evaluation;
use crate::finding::Finding;
use crate::layout::Sheet;
use crate::prelude::*;
use crate::template::{Library, Role, Template};
use crate::wording::paper as words;
use serde::{Deserialize, Serialize};

/// Pages in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What the file calls itself.
    pub title: String,
    pub pages: Vec<Pages>,
}

/// Pages of one kind; each of them begins on a new sheet of paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    pub kind: PageKind,
    pub landscape: bool,
    pub blocks: Vec<Block>,
}

/// What the margins and letters of a page follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageKind {
    /// 表格: narrow margins, small letters.
    Table,
    /// 公文: margins, letters and lines of GB/T 9704—2012.
    Official,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    pub style: Style,
    pub text: String,
}

/// What a paragraph is; each page kind has its own letters for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    Title,
    /// （2020年度）, under the title.
    Subtitle,
    /// 单位：万元, at the right above the table.
    Unit,
    /// 一、
    Heading1,
    /// （一）
    Heading2,
    /// 1.
    Heading3,
    Body,
    /// Small print beside tables: what was checked, by which rules, and when.
    Note,
    /// 填报人, 公章: below the table, never alone on a page.
    Sign,
}

/// A table whose merged cells stand once, where they begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Relative widths of the grid.
    pub widths: Vec<u16>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Column titles, to be repeated on every page. Only the first rows of a table can be.
    pub heading: bool,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    pub columns: u16,
    pub rows: u16,
    pub align: Align,
    /// How far the name of a nested row is set in.
    pub depth: u8,
    /// Lines are parted by `\n`.
    pub text: String,
    /// Whether no line is drawn above it, since it goes on from there.
    pub open_above: bool,
    /// Whether no line is drawn below it.
    pub open_below: bool,
}

impl Cell {
    /// Words over so many columns of one line.
    fn label(text: &str, columns: u16) -> Cell {
        Cell { columns, rows: 1, align: Align::Center, depth: 0, text: text.to_owned(), open_above: false, open_below: false }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    Left,
    Center,
    Right,
}

/// What is put on paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// 自评表
    pub table: bool,
    /// 自评报告
    pub report: bool,
    /// 核对结果
    pub findings: bool,
    /// 计算底稿
    pub annex: bool,
    /// 计算核对码, below the table.
    pub code: bool,
}

impl Parts {
    /// The parts of these names: `table`, `report`, `findings`, `annex`, and `all`; without any, the table. `no-code` leaves out the
    /// code below the table.
    ///
    /// # Errors
    /// A name that is none of them.
    pub fn named(names: &[impl AsRef<str>]) -> Result<Parts, String> {
        let (mut parts, mut code) = (Parts { code: true, ..Parts::default() }, true);
        for name in names {
            match name.as_ref().trim() {
                "table" => parts.table = true,
                "report" => parts.report = true,
                "findings" => parts.findings = true,
                "annex" => parts.annex = true,
                "all" => parts = Parts::ALL,
                "no-code" => code = false,
                other => return Err(other.to_owned()),
            }
        }
        let parts = if parts.is_none() { Parts::TABLE } else { parts };
        Ok(Parts { code: code && parts.table, ..parts })
    }

    /// Whether nothing is put on paper.
    pub fn is_none(self) -> bool {
        !(self.table || self.report || self.findings || self.annex)
    }

    pub const ALL: Parts = Parts { table: true, report: true, findings: true, annex: true, code: true };
    pub const TABLE: Parts = Parts { table: true, report: false, findings: false, annex: false, code: true };
    pub const FINDINGS: Parts = Parts { table: false, report: false, findings: true, annex: false, code: false };
}

/// A document with everything that follows from it, and what the paper says of how it came about.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    pub library: &'a Library,
    pub template: &'a Template,
    pub document: &'a Document,
    pub evaluation: &'a Evaluation,
    pub sheet: &'a Sheet,
    /// Whether the table lies on its side.
    pub landscape: bool,
    /// The day it is made, as it is written: the core knows no clock.
    pub date: &'a str,
    /// Where the text that a finding is about stands in the file that the table came from.
    pub source: &'a dyn Fn(&Finding) -> Option<String>,
}

impl<'a> Given<'a> {
    /// On paper that lies as the form does; the table came from no file.
    pub fn new(
        library: &'a Library,
        (template, document): (&'a Template, &'a Document),
        evaluation: &'a Evaluation,
        sheet: &'a Sheet,
        date: &'a str,
    ) -> Given<'a> {
        let landscape = template.form.landscape;
        Given { library, template, document, evaluation, sheet, landscape, date, source: &|_| None }
    }
}

impl Given<'_> {
    /// The project's name as typed; blank where there is none.
    pub fn project(&self) -> &str {
        self.template.form.role(Role::ProjectName).map_or("", |at| self.document.fixed(at).text().trim())
    }

    /// 计算核对码, as it is printed.
    pub fn code(&self) -> String {
        words::code(&code(self.template, self.evaluation, self.sheet))
    }

    /// Project, form, profile, date and version, for what is handed on without the table.
    fn about(&self) -> Vec<Paragraph> {
        let profile = self.evaluation.score.is_some().then_some(self.template.profile.name.as_str());
        let lines = words::about(self.project(), &self.sheet.year, &self.template.form.name, profile, self.date);
        lines.into_iter().map(|text| Paragraph { style: Style::Note, text }).collect()
    }
}

/// The asked parts of a document, each on pages of its own.
pub fn paper(given: Given<'_>, parts: Parts) -> Paper {
    let mut pages = Vec::new();
    if parts.table {
        pages.push(table::pages(given, parts.code));
    }
    if parts.report {
        pages.extend(report::pages(given));
    }
    if parts.findings {
        pages.push(findings::pages(given));
    }
    if parts.annex {
        pages.push(annex::pages(given));
    }
    let title = if given.project().is_empty() { given.template.form.short.as_str() } else { given.project() };
    Paper { title: title.to_owned(), pages }
}

/// The printed sheet with all its lines in one table, for where nothing repeats: the clipboard, and separated values.
pub fn sheet(sheet: &Sheet, landscape: bool) -> Pages {
    table::whole(sheet, landscape)
}
