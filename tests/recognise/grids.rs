//! Blocks for tests: the layout of a document as a file would hold it, and a plain way to write grids down.

use jixiao::block::{Block, Blocks, Grid, GridCell, Origin, Paragraph};
use jixiao::document::Document;
use jixiao::evaluate;
use jixiao::layout::{Content, Sheet, layout};
use jixiao::template::Template;

/// How a printed table lies in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// A grid for each section, its heading a paragraph above.
    Sections,
    /// One grid, headings as rows across.
    OneGrid,
    /// One sheet without any merged cell: what covered several stands in the first.
    Unmerged,
}

pub const LIES: [Lie; 3] = [Lie::Sections, Lie::OneGrid, Lie::Unmerged];

pub fn sheet(template: &Template, document: &Document) -> Sheet {
    layout(template, document, &evaluate(template, document), None)
}

/// What a file with the printed table holds. Only what was typed is printed.
pub fn printed(template: &Template, document: &Document, lie: Lie) -> Blocks {
    let sheet = sheet(template, document);
    let mut blocks = Builder::default();
    if lie == Lie::Sections {
        blocks.paragraph(&sheet.title);
        blocks.paragraph(&sheet.year);
        blocks.paragraph(&format!("单位：{}", sheet.unit));
    }
    let width = u32::try_from(sheet.grid.len()).unwrap();
    let mut grid = GridBuilder::new(width, lie != Lie::Unmerged);
    if lie != Lie::Sections {
        grid.across(&sheet.title);
        grid.across(&sheet.year);
        grid.across(&format!("单位：{}", sheet.unit));
    }
    for section in &sheet.sections {
        if let Some(heading) = &section.heading {
            if lie == Lie::Sections {
                blocks.grid(core::mem::replace(&mut grid, GridBuilder::new(width, true)));
                blocks.paragraph(heading);
            } else {
                grid.across(heading);
            }
        }
        for row in &section.rows {
            let cells = row.cells.iter().map(|cell| {
                let text = match &cell.content {
                    Content::Label(text) => text.clone(),
                    Content::Field(field) => field.typed.clone(),
                };
                (text, u32::from(cell.column_span), u32::from(cell.row_span))
            });
            grid.row(cells);
        }
    }
    blocks.grid(grid);
    for part in &sheet.sign {
        let typed = part.field.as_ref().map_or("", |field| &field.typed);
        blocks.paragraph(&format!("{}{typed}", part.label));
    }
    blocks.blocks
}

#[derive(Default)]
pub struct Builder {
    pub blocks: Blocks,
    paragraphs: u32,
    tables: u32,
}

impl Builder {
    pub fn paragraph(&mut self, text: &str) {
        self.paragraphs += 1;
        self.blocks.list.push(Block::Paragraph(Paragraph { text: text.to_owned(), number: self.paragraphs, heading: None }));
    }

    pub fn grid(&mut self, grid: GridBuilder) {
        if grid.cells.is_empty() {
            return;
        }
        self.tables += 1;
        self.blocks.list.push(Block::Grid(Grid {
            origin: Origin::Table(self.tables),
            caption: None,
            rows: grid.row,
            columns: grid.width,
            cells: grid.cells,
        }));
    }
}

pub struct GridBuilder {
    width: u32,
    merged: bool,
    row: u32,
    /// For each column, the row up to which it is covered from above.
    covered: Vec<u32>,
    pub cells: Vec<GridCell>,
}

impl GridBuilder {
    pub fn new(width: u32, merged: bool) -> GridBuilder {
        GridBuilder { width, merged, row: 0, covered: vec![0; width as usize], cells: Vec::new() }
    }

    pub fn across(&mut self, text: &str) {
        let width = self.width;
        self.row([(text.to_owned(), width, 1)].into_iter());
    }

    /// Cells of one row: text, columns, rows.
    pub fn row(&mut self, cells: impl Iterator<Item = (String, u32, u32)>) {
        let mut column = 0_u32;
        for (text, columns, rows) in cells {
            while self.covered.get(column as usize).is_some_and(|end| *end > self.row) {
                column += 1;
            }
            for at in column..column + columns {
                if let Some(end) = self.covered.get_mut(at as usize) {
                    *end = self.row + rows;
                }
            }
            let (column_span, row_span) = if self.merged { (columns, rows) } else { (1, 1) };
            self.cells.push(GridCell { row: self.row, column, row_span, column_span, text, exact: None });
            column += columns;
        }
        self.row += 1;
    }
}

/// Blocks in the plain notation of `tests/recognise/tables`, to be read when something failed.
pub fn notation(blocks: &Blocks) -> String {
    let mut text = String::new();
    for block in &blocks.list {
        match block {
            Block::Paragraph(paragraph) => text.push_str(&format!("> {}\n", paragraph.text.replace('\n', "\\n"))),
            Block::Grid(grid) => {
                let mut lines = vec![vec![String::new(); grid.columns as usize]; grid.rows as usize];
                for cell in &grid.cells {
                    for row in cell.row..cell.row + cell.row_span {
                        for column in cell.column..cell.column + cell.column_span {
                            let Some(slot) = lines.get_mut(row as usize).and_then(|line| line.get_mut(column as usize)) else {
                                continue;
                            };
                            *slot = match (row > cell.row, column > cell.column) {
                                (true, _) => "^".to_owned(),
                                (false, true) => "<".to_owned(),
                                (false, false) => cell.text.replace('\n', "\\n"),
                            };
                        }
                    }
                }
                lines.iter().for_each(|line| text.push_str(&format!("| {} |\n", line.join(" | "))));
                text.push('\n');
            }
        }
    }
    text
}
