//! Grids written down as text: a line for each row, cells between strokes, `<` for a cell that the one to its left covers, `^` for one
//! that the one above covers.

use jixiao::block::{Grid, GridCell, Origin};
use std::fs;
use std::path::Path;

pub struct Table {
    pub name: String,
    pub grid: Grid,
    pub file: toml::Table,
}

/// The tables of a file in this folder.
pub fn tables(file: &str) -> Vec<Table> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tabular").join(file);
    let parsed: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap_or_else(|error| panic!("{file}: {error}"));
    let table = |entry: &toml::Value| Table {
        name: entry["name"].as_str().unwrap().to_owned(),
        grid: grid(entry["rows"].as_str().unwrap()),
        file: entry.as_table().unwrap().clone(),
    };
    parsed["table"].as_array().unwrap().iter().map(table).collect()
}

pub fn grid(text: &str) -> Grid {
    let mut cells: Vec<GridCell> = Vec::new();
    let (mut rows, mut columns) = (0, 0);
    for (row, line) in (0_u32..).zip(text.trim_matches('\n').lines()) {
        rows = row + 1;
        for (column, text) in (0_u32..).zip(line.split('|')) {
            columns = columns.max(column + 1);
            // Wide blanks before a name are how far it is set in.
            let text = text.trim_matches(' ');
            let covers = |cell: &&mut GridCell, row: u32, column: u32| {
                (cell.row..cell.row + cell.row_span).contains(&row)
                    && (cell.column..cell.column + cell.column_span).contains(&column)
            };
            match text {
                "<" => {
                    let left = cells.iter_mut().rev().find(|cell| covers(cell, row, column - 1)).expect("a cell to the left");
                    left.column_span = left.column_span.max(column + 1 - left.column);
                }
                "^" => {
                    let above = cells.iter_mut().rev().find(|cell| covers(cell, row - 1, column)).expect("a cell above");
                    above.row_span = above.row_span.max(row + 1 - above.row);
                }
                text => cells.push(GridCell { row, column, row_span: 1, column_span: 1, text: text.to_owned(), exact: None }),
            }
        }
    }
    Grid { origin: Origin::Table(1), caption: None, rows, columns, cells }
}

/// `error T01 5,2 81.00 / 80.00 = 3,2 + 4,2`: a finding in a line, rows and columns from 1.
pub fn line(finding: &jixiao::tabular::TableFinding) -> String {
    let place = |figure: &jixiao::tabular::Figure| format!("{},{}", figure.place.row + 1, figure.place.column + 1);
    let reading = |reading: &jixiao::tabular::Reading| {
        let operands = reading.operands.iter().map(|operand| format!("{} {}", operand.role.id(), place(&operand.figure)));
        format!("{} from {}", reading.shown, operands.collect::<Vec<_>>().join(", "))
    };
    let readings: Vec<String> = finding.readings.iter().map(reading).collect();
    format!(
        "{} {} {} {:?} but {}",
        finding.severity.id(),
        finding.relation.id(),
        place(&finding.claim),
        finding.claim.printed,
        readings.join(" or ")
    )
}
