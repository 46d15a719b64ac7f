//! Blocks: what a file holds, in the order of the file, without any of its format. Readers of files make them, the recogniser turns
//! them into documents. Text is what a person sees; nothing here says what it means.

use crate::prelude::*;

mod refusal;

pub use refusal::{FileKind, Limit, Refusal};

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

/// Text outside of grids. Line breaks within it are `\n`, tabs are `\t`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    pub text: String,
    /// Its place among the paragraphs of the file, from 1.
    pub number: u32,
    /// The level of a heading (标题 1 is 1), where the file says so.
    pub heading: Option<u8>,
}

/// A table, or a sheet of a workbook. A sheet whose cells stand far apart is several grids with the same name.
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
    /// The n-th table of a document, from 1. A table within a cell has a number of its own, and follows the table that holds it.
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
    /// What a person sees, with line breaks as `\n`. Words that stand one character a line are joined.
    pub text: String,
    /// The stored number as a plain decimal (`0.455555555555556` where the text says 46%), where the text is a rounding of it or
    /// hides it. In the measure of the text: a format in thousands shows 180 for a stored 180000, and 180 is what stands here.
    pub exact: Option<String>,
}

/// What a reader left out or could not have. The sentence is made in [`crate::wording`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockNotice {
    /// What the file is, where its name says otherwise.
    NamedOtherwise(FileKind),
    /// A hidden sheet, by its name.
    HiddenSheet(String),
    /// A sheet of macros or a chart, which holds no table.
    OtherSheet(String),
    /// Hidden rows and columns of a sheet. They were read: sums count them.
    HiddenLines { sheet: String, rows: u32, columns: u32 },
    /// So many tracked deletions.
    Deletions(u32),
    /// So many pieces of hidden text.
    HiddenText(u32),
    /// Formulas without a stored value, by the place of the first.
    NoValue { count: u32, place: String },
    /// So many text boxes. Their text stands behind the paragraph, or the sheet, that holds them.
    TextBoxes(u32),
    /// So many pictures, whose words can't be read.
    Pictures(u32),
    /// So many embedded files or parts that were not followed.
    Embedded(u32),
    /// Macros, which are not run.
    Macros,
    /// So many characters that could not be read.
    DamagedText(u32),
    /// The encoding of the text is a guess.
    GuessedEncoding,
    /// A quotation mark that is never closed, in this line (from 1): what follows it is one cell.
    OpenQuote(u32),
    /// Columns were told by the blanks between words.
    AlignedColumns,
    /// A table had every cell in a line of its own, and was put together by its words.
    CellsInLines,
    /// The same, where more than one way of putting it together fits, or none.
    CellsInLinesOpen,
    /// So many rows of pasted text were put to the right, below a cell that is merged downwards.
    ShiftedRows(u32),
    /// So many cells of a table whose lines leave open what they cover.
    DoubtfulCells { origin: Origin, count: u32 },
    /// So many lines whose words stand in columns, which could not be told from each other.
    LooseColumns(u32),
    /// So many letters that stand at an angle, as those of a watermark do.
    SlantedText(u32),
    /// So many letters lie unseen over a picture: a program recognised them there.
    RecognisedText(u32),
    /// Words above or below the pages.
    HeaderFooter(String),
}
