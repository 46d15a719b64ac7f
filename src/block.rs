//! Blocks: what a file holds, in the order of the file, without any of its format. Readers of files make them, the recogniser turns
//! them into documents. Text is what a person sees; nothing here says what it means.

use crate::prelude::*;

/// The contents of one file, or of what was pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    pub list: Vec<Block>,
    /// What was left out or could not be had, for people to know.
    pub notices: Vec<BlockNotice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Paragraph(Paragraph),
    Grid(Grid),
}

/// Text outside of grids. Line breaks within it are `\n`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    pub text: String,
    /// Its place among the paragraphs of the file, from 1.
    pub number: u32,
    /// The level of a heading (标题 1 is 1), where the file says so.
    pub heading: Option<u8>,
}

/// A table, or a sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    pub origin: Origin,
    /// A caption that the file itself ties to the grid.
    pub caption: Option<String>,
    pub rows: u32,
    pub columns: u32,
    /// By row, then by column; a merged cell once, where it begins. Cells without text may be left out.
    pub cells: Vec<GridCell>,
}

/// Where a grid stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The n-th table of a document, from 1. A table within a cell has a number of its own.
    Table(u32),
    /// A sheet by its name, with the row and column (from 0) of the sheet that row 0 and column 0 of the grid are.
    Sheet { name: String, row: u32, column: u32 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCell {
    /// From 0.
    pub row: u32,
    pub column: u32,
    /// How many rows and columns it covers, at least 1.
    pub row_span: u32,
    pub column_span: u32,
    /// What a person sees, with line breaks as `\n`.
    pub text: String,
    /// The stored number, as a decimal of full precision, where it is not what the text says.
    pub exact: Option<String>,
}

/// What a reader left out or could not have. The sentence is made in [`crate::wording`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockNotice {
    /// A hidden sheet, by its name.
    HiddenSheet(String),
    /// So many tracked deletions.
    Deletions(u32),
    /// Formulas without a stored value, by the place of the first.
    NoValue { count: u32, place: String },
    /// So many pictures, whose words can't be read.
    Pictures(u32),
    /// So many embedded files or parts that were not followed.
    Embedded(u32),
    /// Something else that was left out, in the reader's own words for tests; never shown.
    Other(String),
}
