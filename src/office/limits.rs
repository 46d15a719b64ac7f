//! What a file may ask for. Every limit is checked before anything is allocated for it, so that a small file that claims to be huge
//! costs nothing. `docs/import.md` lists them for people.

/// Bytes of a file.
pub const FILE: usize = 64 << 20;
/// Parts of a zip.
pub const PARTS: usize = 20_000;
/// Bytes that all parts of a file may come to when they are unpacked; only parts that are read count.
pub const UNPACKED: usize = 64 << 20;
/// Elements within one another. Word files of people stay under 40.
pub const XML_DEPTH: usize = 200;
/// Bytes that the streams of a PDF may come to, but for its pictures, which are not unpacked. Fonts are large.
pub const PDF_UNPACKED: usize = 160 << 20;
/// Bytes of what one page of a PDF draws, and of a form that it draws.
pub const DRAWING: usize = 16 << 20;
/// Objects of a PDF.
pub const OBJECTS: usize = 500_000;
/// Pages of a PDF.
pub const PAGES: usize = 2_000;
/// Letters of all pages of a PDF.
pub const LETTERS: usize = 4_000_000;
/// Letters of one page of a PDF: all of them are held at once, in words and in lines.
pub const PAGE_LETTERS: usize = 500_000;
/// Straight lines of all pages of a PDF.
pub const RULES: usize = 1_000_000;
/// Whatever else the pages of a PDF draw.
pub const DRAWN: usize = 4_000_000;
/// Tables within one another.
pub const TABLE_DEPTH: usize = 24;
/// Paragraphs outside of tables, and tables.
pub const BLOCKS: usize = 300_000;
/// Cells with a text, of all tables together.
pub const CELLS: usize = 500_000;
/// Rows of a sheet or table: those of Excel.
pub const ROWS: u32 = 1_048_576;
/// Columns of a sheet or table: those of Excel.
pub const COLUMNS: u32 = 16_384;
/// Rows times columns of one grid, blank cells included: whoever walks over a grid must be able to end.
pub const AREA: u64 = 8_000_000;
/// A sheet is parted where so many rows, or columns, in a row are blank, so that two cells far apart are two small grids.
pub const GAP: u32 = 200;
/// Sheets of a workbook.
pub const SHEETS: usize = 2_000;
/// Texts that the cells of a workbook share.
pub const SHARED_STRINGS: usize = 1_000_000;
/// Merged ranges of a sheet.
pub const MERGES: usize = 200_000;
/// Number formats and styles of a workbook.
pub const STYLES: usize = 100_000;
/// Characters of one cell. Excel allows 32,767; a table of Word may hold a whole report.
pub const CELL_TEXT: usize = 1 << 20;
/// Characters of all texts together, where one stored text may stand in many cells.
pub const TEXT: usize = 64 << 20;
/// Columns of a table in a document, a web page or a text. Spans are cut to it at once, so that nothing is walked for them.
pub const TABLE_COLUMNS: u32 = 2_000;
