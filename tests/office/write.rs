//! Blocks as files of each format, as plain writers put them: what a reader gives for them must be the blocks again, as far as the format
//! can hold them.

use super::make;
use super::make_xls::{self, Cell, Sheet, Value};
use jixiao::block::{Block, Blocks, Grid, GridCell, Origin};

/// A text for XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The rows of a grid: for each column the cell that begins there, or the one that covers it.
fn rows(grid: &Grid) -> Vec<Vec<Option<&GridCell>>> {
    let mut rows = vec![vec![None; grid.columns as usize]; grid.rows as usize];
    for cell in &grid.cells {
        for row in rows.iter_mut().skip(cell.row as usize).take(cell.row_span as usize) {
            for slot in row.iter_mut().skip(cell.column as usize).take(cell.column_span as usize) {
                *slot = Some(cell);
            }
        }
    }
    rows
}

/// Where a cell that covers several begins.
fn begins(cell: &GridCell, row: usize, column: usize) -> bool {
    (cell.row as usize, cell.column as usize) == (row, column)
}

fn word_text(text: &str) -> String {
    let lines = text.split('\n').map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line)));
    format!("<w:p><w:r>{}</w:r></w:p>", lines.collect::<Vec<_>>().join("<w:br/>"))
}

pub fn docx(blocks: &Blocks) -> Vec<u8> {
    let mut body = String::new();
    for block in &blocks.list {
        match block {
            Block::Paragraph(paragraph) => body += &word_text(&paragraph.text),
            Block::Grid(grid) => {
                body += "<w:tbl>";
                for (row, cells) in rows(grid).iter().enumerate() {
                    body += "<w:tr>";
                    let mut column = 0;
                    while column < cells.len() {
                        let cell = cells[column];
                        let span = cell.map_or(1, |cell| cell.column_span as usize);
                        body += &format!("<w:tc><w:tcPr><w:gridSpan w:val=\"{span}\"/>");
                        body += match cell {
                            Some(cell) if cell.row_span > 1 && begins(cell, row, column) => "<w:vMerge w:val=\"restart\"/>",
                            Some(cell) if cell.row_span > 1 => "<w:vMerge/>",
                            _ => "",
                        };
                        let text = cell.filter(|cell| begins(cell, row, column)).map_or("", |cell| &cell.text);
                        body += &format!("</w:tcPr>{}</w:tc>", word_text(text));
                        column += span;
                    }
                    body += "</w:tr>";
                }
                body += "</w:tbl>";
            }
        }
    }
    make::docx(&body, &[])
}

pub fn html(blocks: &Blocks) -> String {
    let text = |text: &str| escaped(text).replace('\n', "<br>");
    let mut body = String::new();
    for block in &blocks.list {
        match block {
            Block::Paragraph(paragraph) => body += &format!("<p>{}</p>\n", text(&paragraph.text)),
            Block::Grid(grid) => {
                body += "<table border=1>\n";
                for (row, cells) in rows(grid).iter().enumerate() {
                    body += "<tr>";
                    for (column, cell) in cells.iter().enumerate() {
                        match cell {
                            None => body += "<td></td>",
                            Some(cell) if begins(cell, row, column) => {
                                let (rows, columns) = (cell.row_span, cell.column_span);
                                body += &format!("<td rowspan={rows} colspan={columns}>{}</td>", text(&cell.text));
                            }
                            Some(_) => {}
                        }
                    }
                    body += "</tr>\n";
                }
                body += "</table>\n";
            }
        }
    }
    format!("<html><head><meta charset=\"utf-8\"></head><body>\n{body}</body></html>")
}

/// A sheet of a workbook: its name and its cells.
pub struct Page {
    pub name: String,
    pub columns: u32,
    pub rows: u32,
    pub cells: Vec<GridCell>,
}

/// Blocks as sheets: a sheet of its own stays one, all else stands on one sheet, paragraphs as rows across.
pub fn pages(blocks: &Blocks) -> Vec<Page> {
    let width = |grid: &Grid| matches!(grid.origin, Origin::Table(_)).then_some(grid.columns);
    let grids = || blocks.list.iter().filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None });
    let columns = grids().filter_map(width).max().unwrap_or(1);
    let mut pages: Vec<Page> = Vec::new();
    for block in &blocks.list {
        let (name, width, height, cells) = match block {
            Block::Paragraph(paragraph) => {
                let (row, column, text) = (0, 0, paragraph.text.clone());
                ("Sheet1", columns, 1, vec![GridCell { row, column, row_span: 1, column_span: columns, text, exact: None }])
            }
            Block::Grid(grid) => match &grid.origin {
                Origin::Table(_) => ("Sheet1", columns, grid.rows, grid.cells.clone()),
                Origin::Sheet { name, .. } => (name.as_str(), grid.columns, grid.rows, grid.cells.clone()),
            },
        };
        if pages.last().is_none_or(|page| page.name != name) {
            pages.push(Page { name: name.to_owned(), columns: width, rows: 0, cells: Vec::new() });
        }
        let page = pages.last_mut().unwrap();
        page.cells.extend(cells.into_iter().map(|cell| GridCell { row: cell.row + page.rows, ..cell }));
        page.rows += height;
        page.columns = page.columns.max(width);
    }
    pages
}

/// How a number is stored: its digits without what the format shows, and the format. `None` for a text.
pub fn stored(text: &str) -> Option<(String, String)> {
    let (digits, percent) = text.strip_suffix('%').map_or((text, false), |digits| (digits, true));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let bare = whole.strip_prefix('-').unwrap_or(whole);
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = !bare.is_empty() && all_digits(bare) && all_digits(part) && (bare == "0" || !bare.starts_with('0'));
    if !plain || digits.ends_with('.') || digits.len() > 14 || digits.starts_with("-0") {
        return None;
    }
    let zeros = if part.is_empty() { "0".to_owned() } else { format!("0.{}", "0".repeat(part.len())) };
    let digits = if percent { format!("{digits}e-2") } else { digits.to_owned() };
    let value: f64 = digits.parse().ok()?;
    Some((format!("{value}"), if percent { format!("{zeros}%") } else { zeros }))
}

/// The formats of all numbers, each once.
fn formats(pages: &[Page]) -> Vec<String> {
    let mut formats: Vec<String> = Vec::new();
    for (_, format) in pages.iter().flat_map(|page| &page.cells).filter_map(|cell| stored(&cell.text)) {
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    formats
}

/// A, B, …, Z, AA
fn letters(column: u32) -> String {
    let last = char::from(b'A' + (column % 26) as u8).to_string();
    if column < 26 { last } else { letters(column / 26 - 1) + &last }
}

pub fn xlsx(blocks: &Blocks) -> Vec<u8> {
    let pages = pages(blocks);
    let formats = formats(&pages);
    let style = |format: &String| formats.iter().position(|known| known == format).unwrap() + 1;
    let sheets: Vec<String> = pages
        .iter()
        .map(|page| {
            let mut cells: Vec<&GridCell> = page.cells.iter().collect();
            cells.sort_by_key(|cell| (cell.row, cell.column));
            let mut data = String::new();
            for row in 0..page.rows {
                data += &format!("<row r=\"{}\">", row + 1);
                for cell in cells.iter().filter(|cell| cell.row == row && !cell.text.is_empty()) {
                    let place = format!("{}{}", letters(cell.column), row + 1);
                    data += &match stored(&cell.text) {
                        Some((value, format)) => format!("<c r=\"{place}\" s=\"{}\"><v>{value}</v></c>", style(&format)),
                        None => {
                            let text = escaped(&cell.text);
                            format!("<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
                        }
                    };
                }
                data += "</row>";
            }
            let merged: Vec<String> = cells
                .iter()
                .filter(|cell| cell.row_span > 1 || cell.column_span > 1)
                .map(|cell| {
                    let last = (letters(cell.column + cell.column_span - 1), cell.row + cell.row_span);
                    format!("<mergeCell ref=\"{}{}:{}{}\"/>", letters(cell.column), cell.row + 1, last.0, last.1)
                })
                .collect();
            let merged = if merged.is_empty() { String::new() } else { format!("<mergeCells>{}</mergeCells>", merged.concat()) };
            format!("<sheetData>{data}</sheetData>{merged}")
        })
        .collect();
    let entries: String = (1..)
        .zip(&pages)
        .map(|(at, page)| format!("<sheet name=\"{}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>", escaped(&page.name)))
        .collect();
    let codes: String =
        (164..).zip(&formats).map(|(at, code)| format!("<numFmt numFmtId=\"{at}\" formatCode=\"{code}\"/>")).collect();
    let styles: String = (164..164 + formats.len()).map(|at| format!("<xf numFmtId=\"{at}\"/>")).collect();
    let styles = format!("<styleSheet><numFmts>{codes}</numFmts><cellXfs><xf numFmtId=\"0\"/>{styles}</cellXfs></styleSheet>");
    make::workbook(&entries, "", &sheets.iter().map(String::as_str).collect::<Vec<_>>(), &styles, None)
}

/// A cell of a binary workbook, with the place of its format among all.
fn stored_cell<'a>(cell: &'a GridCell, formats: &[String]) -> Cell<'a> {
    let (value, style) = match stored(&cell.text) {
        None => (Value::Text(&cell.text), 0),
        Some((value, format)) => {
            let style = formats.iter().position(|known| *known == format).unwrap() as u16 + 1;
            (Value::Number(value.parse().unwrap()), style)
        }
    };
    Cell { row: cell.row as u16, column: cell.column as u16, style, value }
}

pub fn xls(blocks: &Blocks) -> Vec<u8> {
    let pages = pages(blocks);
    let formats = formats(&pages);
    let sheets: Vec<Sheet<'_>> = pages
        .iter()
        .map(|page| {
            let mut cells: Vec<&GridCell> = page.cells.iter().filter(|cell| !cell.text.is_empty()).collect();
            cells.sort_by_key(|cell| (cell.row, cell.column));
            let merges = cells.iter().filter(|cell| cell.row_span > 1 || cell.column_span > 1).map(|cell| {
                [cell.row, cell.row + cell.row_span - 1, cell.column, cell.column + cell.column_span - 1].map(|at| at as u16)
            });
            Sheet {
                name: &page.name,
                hidden: 0,
                cells: cells.iter().map(|cell| stored_cell(cell, &formats)).collect(),
                merges: merges.collect(),
                zeros: true,
            }
        })
        .collect();
    make_xls::xls(&sheets, &formats.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Lines of fields, sheet after sheet; what a merged cell covers is blank.
fn lines(blocks: &Blocks) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    for page in pages(blocks) {
        let mut fields = vec![vec![String::new(); page.columns as usize]; page.rows as usize];
        for cell in page.cells {
            fields[cell.row as usize][cell.column as usize] = cell.text;
        }
        lines.extend(fields);
    }
    lines
}

fn quoted(field: &str, between: char) -> String {
    if field.contains(['"', '\n', between]) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.to_owned() }
}

/// As Excel saves it for people in China who want it to open again.
pub fn csv(blocks: &Blocks) -> String {
    let line = |fields: &Vec<String>| fields.iter().map(|field| quoted(field, ',')).collect::<Vec<_>>().join(",") + "\r\n";
    format!("\u{feff}{}", lines(blocks).iter().map(line).collect::<String>())
}

/// As a spreadsheet puts it on the clipboard.
pub fn tabbed(blocks: &Blocks) -> String {
    let line = |fields: &Vec<String>| fields.iter().map(|field| quoted(field, '\t')).collect::<Vec<_>>().join("\t") + "\r\n";
    lines(blocks).iter().map(line).collect()
}
