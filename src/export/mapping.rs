//! Which places of a template hold which cells, as a small file for colleagues.

use super::place::At;
use crate::prelude::*;
use crate::recognise::SourcePlace;
use serde::{Deserialize, Serialize};

/// What stands at a place: a cell by its name, or nothing where the name is empty. Rows of lists are those of the template, from the top.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Told {
    block: usize,
    #[serde(default)]
    row: Option<u32>,
    #[serde(default)]
    column: Option<u32>,
    /// Which of several values at the place is meant, from 0.
    #[serde(default)]
    pub value: Option<usize>,
    pub cell: String,
}

impl Told {
    /// The place that is meant.
    pub fn place(&self) -> SourcePlace {
        match (self.row, self.column) {
            (Some(row), Some(column)) => SourcePlace::Cell { block: self.block, row, column },
            (_, _) => SourcePlace::Paragraph { block: self.block },
        }
    }
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u32,
    form: &'a str,
    cells: Vec<Cell>,
}

/// A place with what is said of it: the name of its cell.
#[derive(Serialize)]
pub struct Cell {
    #[serde(flatten)]
    at: At,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<usize>,
    cell: String,
}

impl Cell {
    pub fn new(place: SourcePlace, cell: &str) -> Cell {
        Cell { at: At::from(place), value: None, cell: cell.to_owned() }
    }

    /// One of several values at a place.
    pub fn of(place: SourcePlace, value: Option<usize>, cell: &str) -> Cell {
        Cell { value, ..Cell::new(place, cell) }
    }
}

#[derive(Deserialize)]
struct Read {
    format: String,
    version: u32,
    cells: Vec<Told>,
}

const FORMAT: &str = "jixiao-mapping";

pub fn write(form: &str, mapping: &[(SourcePlace, Option<usize>, String)]) -> String {
    let cells = mapping.iter().map(|(place, value, cell)| Cell::of(*place, *value, cell)).collect();
    let text = serde_json::to_string_pretty(&Written { format: FORMAT, version: 1, form, cells });
    // Texts and numbers are always JSON.
    text.unwrap_or_default() + "\n"
}

/// # Errors
/// Why it is none.
pub fn read(text: &str) -> Result<Vec<Told>, String> {
    let read: Read = serde_json::from_str(crate::io::without_mark(text)).map_err(|error| error.to_string())?;
    if read.format != FORMAT || read.version != 1 {
        return Err(format!("format {} version {}", read.format, read.version));
    }
    Ok(read.cells)
}
