//! Workbook (工作簿): a document with everything that follows from it as worksheets, as plain data: which text, number or formula stands in
//! which cell, and how it looks. No file format and no engine is needed to write it down, so a program that only writes files can.

mod annex;
mod build;
mod computed;
mod draw;
mod findings;
mod formula;
mod formulas;
mod grade;
mod guards;
mod look;
mod number;
mod open;
mod places;
mod render;
mod table;

pub use build::{list, workbook, workbook_of};

use crate::prelude::*;
use crate::wording::workbook as words;
use serde::{Deserialize, Serialize};

/// Worksheets in order, and the looks that their cells have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workbook {
    /// What the file calls itself.
    pub title: String,
    pub sheets: Vec<Worksheet>,
    /// Looks by their number in [`Cell::look`].
    pub looks: Vec<Look>,
}

/// 工作表
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worksheet {
    pub name: String,
    /// Widths of the columns, in tenths of a millimetre.
    pub columns: Vec<u16>,
    /// Heights of the rows, in points.
    pub rows: Vec<u16>,
    /// In the order of rows, then of columns. What a merged cell covers has no cell of its own.
    pub cells: Vec<Cell>,
    pub page: Page,
}

/// How a worksheet is printed: on A4, as wide as one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub landscape: bool,
    /// Above, right, below and left, in millimetres.
    pub margins: [u8; 4],
    /// What stands at the foot of every page, with the signs that Excel has for its number and their count.
    pub footer: String,
    /// First and last of the rows that repeat at the head of every page.
    pub repeat: Option<(u32, u32)>,
    /// Rows from which a new page begins.
    pub breaks: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    pub row: u32,
    pub column: u16,
    /// How many rows and columns it covers, at least 1.
    pub rows: u32,
    pub columns: u16,
    pub content: Content,
    pub look: usize,
    /// The cell that a click leads to, as formulas name it.
    pub link: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    Blank,
    /// Never a formula, whatever it begins with.
    Text(String),
    /// A decimal as text: what a spreadsheet makes of it is its own affair.
    Number(String),
    /// A formula without its sign, and what it gave when the workbook was made.
    Formula {
        formula: String,
        value: Value,
    },
}

/// What a formula gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    Number(String),
    /// Mostly a blank one: there is nothing to compute yet.
    Text(String),
}

/// How a cell looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    pub font: String,
    /// In tenths of a point.
    pub size: u16,
    pub bold: bool,
    pub across: Across,
    pub down: Down,
    pub flow: Flow,
    pub border: bool,
    /// How far a text is set in.
    pub indent: u8,
    /// Number format; blank for the general one.
    pub format: String,
}

/// 水平对齐
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Across {
    Left,
    Center,
    Right,
}

/// 垂直对齐
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Down {
    Top,
    Center,
}

/// What happens to a text that is wider than its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flow {
    /// It goes on in the next line (自动换行).
    Wrap,
    /// Its letters get smaller (缩小字体填充): a number that is cut would be another one.
    Shrink,
}

/// The worksheets of a document, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sheets {
    Table,
    Formulas,
}

impl Sheets {
    fn name(self) -> &'static str {
        match self {
            Sheets::Table => words::TABLE,
            Sheets::Formulas => words::FORMULAS,
        }
    }
}

/// A cell of a worksheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct At {
    sheet: Sheets,
    row: u32,
    column: u16,
}

impl Worksheet {
    /// How many columns it has.
    pub fn width(&self) -> u16 {
        u16::try_from(self.columns.len()).unwrap_or(u16::MAX)
    }
}

/// A cell as formulas name it: C7.
pub fn reference(row: u32, column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column).saturating_add(1);
    while let Some(above) = rest.checked_sub(1) {
        letters.push(char::from(b'A'.saturating_add(u8::try_from(above % 26).unwrap_or(0))));
        rest = above / 26;
    }
    let name: String = letters.iter().rev().collect();
    format!("{name}{}", row.saturating_add(1))
}
