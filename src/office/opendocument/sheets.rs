//! Sheets of OpenDocument.

use super::*;

const KIND: FileKind = FileKind::OpenSheet;

struct Reader<'s> {
    styles: &'s Styles,
    blocks: Blocks,
    budget: Budget,
    pictures: u32,
    boxes: Vec<String>,
    no_values: crate::office::xlsx::NoValues,
}

/// A cell that is being read.
struct Cell {
    text: String,
    lines: u32,
    stored: Option<String>,
    has_formula: bool,
    columns: u32,
    rows: u32,
    repeated: u32,
    covered: bool,
}

pub fn read(xml: &mut Xml<'_>, styles: &Styles) -> Result<Blocks, Refusal> {
    let mut reader = Reader {
        styles,
        blocks: Blocks::default(),
        budget: Budget::default(),
        pictures: 0,
        boxes: Vec::new(),
        no_values: crate::office::xlsx::NoValues::default(),
    };
    let depth = xml.depth();
    let mut sheets = 0;
    while xml.depth() >= depth {
        match xml.next()? {
            Some(Node::Open(tag)) if tag.name() == "table" => {
                sheets += 1;
                if sheets > limits::SHEETS {
                    return Err(Refusal::Over(Limit::Count));
                }
                let name = tag.get("name").unwrap_or_default();
                if reader.styles.is_hidden(&tag) {
                    reader.blocks.notices.push(BlockNotice::HiddenSheet(name));
                    xml.skip()?;
                } else {
                    reader.sheet(xml, &name)?;
                }
            }
            Some(Node::Open(tag)) if tag.name() == "tracked-changes" => xml.skip()?,
            Some(_) => {}
            None => return Err(Refusal::Damaged(KIND)),
        }
    }
    let mut blocks = reader.blocks;
    reader.no_values.say(&mut blocks.notices);
    if reader.pictures > 0 {
        blocks.notices.push(BlockNotice::Pictures(reader.pictures));
    }
    Ok(blocks)
}

impl Reader<'_> {
    fn sheet(&mut self, xml: &mut Xml<'_>, name: &str) -> Result<(), Refusal> {
        let mut sheet = Sheet::new(name);
        let depth = xml.depth();
        let mut row = 0_u32;
        let mut repeated_rows = 1;
        let mut column = 0_u32;
        // What is in the row, to be put as often as the row is repeated.
        let mut cells: Vec<(u32, Cell)> = Vec::new();
        while xml.depth() >= depth {
            let node = xml.next()?.ok_or(Refusal::Damaged(KIND))?;
            match node {
                Node::Open(tag) => match tag.name() {
                    "table-column" if is_hidden(&tag) => {
                        let count = number(&tag, "number-columns-repeated");
                        // All columns behind the table together are no news.
                        sheet.hidden_columns = sheet.hidden_columns.saturating_add(if count < 1_000 { count } else { 0 });
                    }
                    "table-row" => {
                        repeated_rows = number(&tag, "number-rows-repeated");
                        column = 0;
                        if is_hidden(&tag) && repeated_rows < 10_000 {
                            sheet.hidden_rows = sheet.hidden_rows.saturating_add(repeated_rows);
                        }
                    }
                    "table-cell" | "covered-table-cell" => {
                        let cell = self.cell(&tag, xml)?;
                        let next = column.saturating_add(cell.repeated);
                        if !cell.text.is_empty() || cell.stored.is_some() || cell.has_formula || cell.rows > 1 || cell.columns > 1
                        {
                            cells.push((column, cell));
                        }
                        column = next;
                    }
                    "shapes" => self.shapes(xml)?,
                    "table-source" | "forms" | "named-expressions" | "event-listeners" => xml.skip()?,
                    _ => {}
                },
                Node::Close(name) if name == "table-row" => {
                    self.put(&mut sheet, row, repeated_rows, &core::mem::take(&mut cells))?;
                    row = row.saturating_add(repeated_rows);
                }
                Node::Close(_) | Node::Text(_) => {}
            }
        }
        sheet.finish(&mut self.blocks.list, &mut self.blocks.notices)?;
        for text in core::mem::take(&mut self.boxes) {
            let number = self.blocks.list.iter().filter(|block| matches!(block, Block::Paragraph(_))).count() + 1;
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            self.blocks.list.push(Block::Paragraph(crate::block::Paragraph { text, number, heading: None }));
        }
        Ok(())
    }

    /// Puts the cells of a row, as often as the row and each cell are repeated; every place counts against the limits first.
    fn put(&mut self, sheet: &mut Sheet, row: u32, rows: u32, cells: &[(u32, Cell)]) -> Result<(), Refusal> {
        for (column, cell) in cells {
            let (text, exact) = shown(cell);
            if cell.has_formula && cell.stored.is_none() && cell.text.is_empty() && !cell.covered {
                self.no_values.add(&sheet.name, row, *column);
            }
            if (cell.rows > 1 || cell.columns > 1) && !cell.covered {
                let (last_row, last_column) = (row.saturating_add(cell.rows - 1), column.saturating_add(cell.columns - 1));
                sheet.merge(Merge { row, column: *column, last_row, last_column })?;
            }
            if cell.covered || text.trim().is_empty() && exact.is_none() {
                continue;
            }
            let count = u64::from(rows) * u64::from(cell.repeated);
            if count > u64::try_from(limits::CELLS).unwrap_or(u64::MAX) {
                return Err(Refusal::Over(Limit::Count));
            }
            for row in row..row.saturating_add(rows) {
                for column in *column..column.saturating_add(cell.repeated) {
                    sheet.put(row, column, &text, exact.clone(), &mut self.budget)?;
                }
            }
        }
        Ok(())
    }

    /// Reads a cell to its end.
    fn cell(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<Cell, Refusal> {
        let mut cell = Cell {
            text: String::new(),
            lines: 0,
            stored: stored(tag),
            has_formula: tag.get("formula").is_some(),
            columns: number(tag, "number-columns-spanned"),
            rows: number(tag, "number-rows-spanned"),
            repeated: number(tag, "number-columns-repeated"),
            covered: tag.name() == "covered-table-cell",
        };
        let string = tag.get("string-value");
        let depth = xml.depth();
        let mut in_line = 0;
        while xml.depth() >= depth {
            let node = xml.next()?.ok_or(Refusal::Damaged(KIND))?;
            match node {
                Node::Open(tag) => match tag.name() {
                    "p" | "h" => {
                        if cell.lines > 0 {
                            cell.text.push('\n');
                        }
                        cell.lines += 1;
                        in_line = xml.depth();
                    }
                    "annotation" | "ruby-text" => xml.skip()?,
                    "image" => {
                        self.pictures += 1;
                        xml.skip()?;
                    }
                    "text-box" => self.text_box(xml)?,
                    _ => cell.text.extend(sign(&tag)),
                },
                Node::Text(text) if in_line > 0 && xml.depth() >= in_line => {
                    let after_space = cell.text.is_empty() || cell.text.ends_with(['\n', ' ']);
                    cell.text.push_str(&collapsed(&text, after_space));
                    if cell.text.len() > limits::CELL_TEXT {
                        return Err(Refusal::Over(Limit::Count));
                    }
                }
                Node::Close(_) | Node::Text(_) => {}
            }
        }
        if cell.lines == 0
            && let Some(string) = string
        {
            cell.text = string;
        }
        Ok(cell)
    }

    fn shapes(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let depth = xml.depth();
        while xml.depth() >= depth {
            match xml.next()? {
                Some(Node::Open(tag)) if tag.name() == "image" => self.pictures += 1,
                Some(Node::Open(tag)) if tag.name() == "text-box" || tag.name() == "custom-shape" => self.text_box(xml)?,
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }

    fn text_box(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let text = crate::office::words::paragraph(&xml.text()?);
        if !text.is_empty() {
            self.budget.take(text.len())?;
            self.boxes.push(text);
        }
        Ok(())
    }
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.get("visibility").is_some_and(|value| value != "visible")
}

/// The number that a cell stores; dates and times are shown whole, so only other numbers are of interest.
fn stored(tag: &Tag<'_>) -> Option<String> {
    match tag.get("value-type")?.as_str() {
        "float" | "percentage" | "currency" => tag.get("value"),
        "date" => tag.get("date-value").filter(|value| serial_of_iso(value).is_none()),
        _ => None,
    }
}

/// What a cell shows, and its number where the text is not all of it.
fn shown(cell: &Cell) -> (String, Option<String>) {
    let number = cell.stored.as_deref().and_then(Decimal::parse);
    let Some(number) = number else { return (cell.text.clone(), None) };
    if cell.lines == 0 && cell.text.is_empty() {
        // Some writers leave the text away.
        return (number.plain(), None);
    }
    let exact = crate::office::number_format::beside(&cell.text, &number);
    (cell.text.clone(), exact)
}
