//! Tables as they were published, and the documents they must become: `tests/recognise/tables/*.toml`.
//!
//! `blocks` is written line by line: `> ` a paragraph, `| … |` a row of a grid, `== name` a sheet. In a row `<` belongs to the cell at its
//! left, `^` to the one above; `\n` is a line break within a cell. A blank line ends a grid.

use super::grids::Builder;
use super::support::library;
use jixiao::block::{Block, Blocks, Grid, GridCell, Origin};
use jixiao::document::Document;
use jixiao::recognise::{Found, Recognised, recognise, recognise_as};
use jixiao::template::Form;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Blocks from their plain notation.
pub fn blocks(text: &str) -> Blocks {
    let mut builder = Builder::default();
    let mut lines: Vec<&str> = Vec::new();
    let mut sheet: Option<String> = None;
    for line in text.lines().map(str::trim).chain([""]) {
        if !line.starts_with('|') && !lines.is_empty() {
            let mut next = grid(&lines);
            if let Some(name) = &sheet {
                next.origin = Origin::Sheet { name: name.clone(), row: 0, column: 0 };
            }
            builder.blocks.list.push(Block::Grid(next));
            lines.clear();
        }
        if line.starts_with('|') {
            lines.push(line);
        } else if let Some(text) = line.strip_prefix("> ") {
            builder.paragraph(text);
        } else if let Some(name) = line.strip_prefix("== ") {
            sheet = Some(name.to_owned());
        }
    }
    let mut tables = 0;
    for block in &mut builder.blocks.list {
        if let Block::Grid(Grid { origin: Origin::Table(number), .. }) = block {
            tables += 1;
            *number = tables;
        }
    }
    builder.blocks
}

fn grid(lines: &[&str]) -> Grid {
    let mut cells: Vec<GridCell> = Vec::new();
    // For each column, the cell that the one above belongs to.
    let mut above: Vec<Option<usize>> = Vec::new();
    let mut width = 0;
    for (row, line) in (0..).zip(lines) {
        let parts: Vec<&str> = line.trim_matches('|').split('|').map(|part| part.trim_matches(' ')).collect();
        above.resize(above.len().max(parts.len()), None);
        let mut left: Option<usize> = None;
        for (column, part) in (0..).zip(&parts) {
            let at = column as usize;
            match *part {
                "<" => {
                    let cell = left.expect("a cell at the left");
                    cells[cell].column_span = cells[cell].column_span.max(column + 1 - cells[cell].column);
                    above[at] = Some(cell);
                }
                "^" => {
                    let cell = above[at].expect("a cell above");
                    cells[cell].row_span = row + 1 - cells[cell].row;
                    left = Some(cell);
                }
                text => {
                    left = Some(cells.len());
                    above[at] = left;
                    let text = text.replace("\\n", "\n");
                    cells.push(GridCell { row, column, row_span: 1, column_span: 1, text, exact: None });
                }
            }
            width = width.max(column + 1);
        }
    }
    Grid { origin: Origin::Table(0), caption: None, rows: lines.len() as u32, columns: width, cells }
}

/// What a document says, cell by cell, the report too. Rows are counted without those that say nothing.
pub fn said(form: &Form, document: &Document) -> BTreeMap<String, String> {
    let mut said = super::round_trip::texts(form, document);
    for (at, cell) in form.report_cells() {
        let text = document.fixed(at).text();
        if !text.is_empty() {
            said.insert(cell.id.clone(), text.to_owned());
        }
    }
    said
}

/// What a fixture expects, in the same words.
pub fn expected(table: &toml::Table) -> BTreeMap<String, String> {
    let mut said = BTreeMap::new();
    let text = |value: &toml::Value| value.as_str().expect("texts").to_owned();
    for (cell, value) in table.get("cells").and_then(toml::Value::as_table).into_iter().flatten() {
        said.insert(cell.clone(), text(value));
    }
    for (name, rows) in table.get("tables").and_then(toml::Value::as_table).into_iter().flatten() {
        for (at, row) in rows.as_array().unwrap().iter().enumerate() {
            for (column, value) in row.as_table().unwrap() {
                said.insert(format!("{name}.{}.{column}", at + 1), text(value));
            }
        }
    }
    said
}

/// Only what was read: rows of a fixed table stand there in any case.
pub fn read_rows(form: &Form, found: &Found) -> Document {
    let mut document = found.document.clone();
    for ((table, def), rows) in (0..).zip(&form.tables).zip(&mut document.tables) {
        if def.fixed {
            let has_source = |id: u32| {
                found
                    .sources
                    .keys()
                    .any(|cell| matches!(cell, jixiao::id::CellId::Row { table: at, row, .. } if *at == table && *row == id))
            };
            rows.retain(|row| has_source(row.id));
        }
    }
    document
}

/// `50具：indicators.1.target=50具；indicators.1.actual=50具`, rows counted from 1.
fn asked(form: &Form, document: &Document, question: &jixiao::recognise::Question) -> String {
    use jixiao::id::CellId;
    let name = |cell: &CellId| match *cell {
        CellId::Row { table, row, column } => {
            let position = document.rows(table).iter().position(|known| known.id == row).map_or(0, |at| at + 1);
            let def = form.table(table).unwrap();
            format!("{}.{position}.{}", def.id, def.column(column).unwrap().id)
        }
        CellId::Fixed(_) => cell.name(form),
    };
    let option = |cells: &Vec<(CellId, String)>| {
        cells.iter().map(|(cell, text)| format!("{}={text}", name(cell))).collect::<Vec<_>>().join(" ")
    };
    format!("{}：{}", question.text, question.options.iter().map(option).collect::<Vec<_>>().join("；"))
}

/// What is wrong with what came out, as lines, and how many cells were right, listed and wrong.
fn compare(name: &str, file: &toml::Table, recognised: &Recognised, shares: &mut BTreeMap<String, [usize; 3]>) -> Vec<String> {
    let library = library();
    let mut lines = Vec::new();
    let wanted = file.get("found").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    if wanted.len() != recognised.tables.len() {
        let forms: Vec<&str> = recognised.tables.iter().map(|table| table.form.as_str()).collect();
        lines.push(format!("{name}: {} tables, found {forms:?}", wanted.len()));
    }
    for (table, found) in wanted.iter().zip(&recognised.tables) {
        let table = table.as_table().unwrap();
        let wanted_form = table["form"].as_str().unwrap();
        if found.form != wanted_form {
            lines.push(format!("{name}: {wanted_form} was taken for {} near {:?}", found.form, found.near));
            continue;
        }
        let form = library.form(&found.form).unwrap();
        let (expected, said) = (expected(table), said(&form, &read_rows(&form, found)));
        let share = shares.entry(found.form.clone()).or_default();
        for (cell, text) in &expected {
            match said.get(cell) {
                Some(other) if other == text => share[0] += 1,
                Some(other) => {
                    share[2] += 1;
                    lines.push(format!("{name} {cell}: {text:?} became {other:?}"));
                }
                None => lines.push(format!("{name} {cell}: {text:?} is missing")),
            }
        }
        for (cell, text) in said.iter().filter(|(cell, _)| !expected.contains_key(*cell)) {
            share[2] += 1;
            lines.push(format!("{name} {cell}: {text:?} is not expected"));
        }
        let texts = |key: &str| -> Vec<String> {
            let list = table.get(key).and_then(toml::Value::as_array);
            list.into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let asked: Vec<String> = found.questions.iter().map(|question| asked(&form, &found.document, question)).collect();
        if texts("questions") != asked {
            lines.push(format!("{name}: asked: {asked:?}"));
        }
        let listed: Vec<String> = found.unrecognised.iter().map(|unread| unread.text.clone()).collect();
        share[1] += listed.len();
        if texts("unrecognised") != listed {
            lines.push(format!("{name}: not understood: {listed:?}"));
        }
    }
    let outside: Vec<&str> = recognised.unrecognised.iter().map(|unread| unread.text.as_str()).collect();
    let wanted = file.get("outside").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let wanted: Vec<&str> = wanted.iter().map(|text| text.as_str().unwrap()).collect();
    if wanted != outside {
        lines.push(format!("{name}: outside of tables: {outside:?}"));
    }
    lines
}

#[test]
fn published_tables_come_in_as_they_are_printed() {
    let library = library();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recognise/tables");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut lines = Vec::new();
    let mut shares: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for path in paths {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let file: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap_or_else(|error| panic!("{name}: {error}"));
        let blocks = blocks(file["blocks"].as_str().unwrap());
        let recognised = match file.get("forced").and_then(toml::Value::as_str) {
            Some(form) => recognise_as(&library, &blocks, form),
            None => recognise(&library, &blocks),
        };
        lines.extend(compare(&name, &file, &recognised, &mut shares));
        super::accounts::accounted(&name, &blocks, &recognised);
    }
    println!("form: right, listed, wrong");
    for (form, [right, listed, wrong]) in &shares {
        println!("{form}: {right}, {listed}, {wrong}");
    }
    assert!(lines.is_empty(), "{} differences\n{}", lines.len(), lines.join("\n"));
}
