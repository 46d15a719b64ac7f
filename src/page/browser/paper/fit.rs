//! Making long texts fit: wider columns from those that have room to spare, then smaller letters.

use super::{columns, elements, span};
use web_sys::Element;

/// The letters of what would not stand in its cell otherwise.
const SMALL: [&str; 3] = ["small-90", "small-80", "small-70"];

/// Gives columns with a text as long as a good part of a page what others can spare. The grid is changed for all tables alike, so that their
/// columns stay in line.
pub(super) fn widen(paper: &Element, room: i32) -> Option<()> {
    let tables = elements(paper.query_selector_all(".form-table"));
    let columns = elements(tables.first()?.query_selector_all("col"));
    let whole = tables.first()?.client_width().max(1);
    let now: Vec<i32> = columns.iter().map(|column| hundredths(column) * whole / 10_000).collect();
    let cells = |table: &Element| {
        let rows = elements(table.query_selector_all("tr"));
        let cells = self::columns(&rows, rows.len()).into_iter().flatten();
        cells.filter(|(_, cell)| span(cell, "colspan") == 1).collect::<Vec<_>>()
    };
    let cells: Vec<(usize, Element)> = tables.iter().flat_map(cells).collect();
    let is_long = |cell: &Element| {
        let text = cell.query_selector(".mirror").ok().flatten();
        text.is_some_and(|text| text.client_height() > room / 4)
    };
    let long: Vec<bool> = (0..now.len()).map(|at| cells.iter().any(|(column, cell)| *column == at && is_long(cell))).collect();
    let count = i32::try_from(long.iter().filter(|long| **long).count()).ok().filter(|count| *count > 0)?;
    // Every column as wide as its longest text.
    let _ = paper.class_list().add_1("at-length");
    let needs = |at: usize| cells.iter().filter(|(column, _)| *column == at).map(|(_, cell)| cell.client_width() + 2).max();
    let needs: Vec<i32> = (0..now.len()).map(|at| needs(at).unwrap_or(0)).collect();
    let _ = paper.class_list().remove_1("at-length");
    let keeps = |at: usize| match (now.get(at), needs.get(at), long.get(at)) {
        (Some(now), Some(needs), Some(false)) => *now.min(needs),
        (now, _, _) => now.copied().unwrap_or(0),
    };
    let spare: i32 = now.iter().enumerate().map(|(at, now)| now - keeps(at)).sum();
    for table in &tables {
        for (at, column) in elements(table.query_selector_all("col")).iter().enumerate() {
            let width = keeps(at) + if long.get(at) == Some(&true) { spare / count } else { 0 };
            let hundredths = width * 10_000 / whole;
            let _ = column.set_attribute("width", &format!("{}.{:02}%", hundredths / 100, hundredths % 100));
        }
    }
    Some(())
}

/// A width in hundredths of a percent: `10.25%`.
fn hundredths(column: &Element) -> i32 {
    let width = column.get_attribute("width").unwrap_or_default();
    width.trim_end_matches('%').replace('.', "").parse().unwrap_or(0)
}

/// What stands over the edge of its cell, or makes a line as long as a good part of a page, gets smaller letters. A number is never broken;
/// other words that are wider than their cell even then may be, anywhere.
pub(super) fn letters(paper: &Element, room: i32) {
    let mut cells = elements(paper.query_selector_all(".form-table .mirror"));
    let is_wide = |cell: &Element| cell.scroll_width() > cell.client_width();
    for class in SMALL {
        cells.retain(|cell| is_wide(cell) || cell.client_height() > room * 2 / 5);
        for cell in &cells {
            cell.set_class_name(&format!("mirror {class}"));
        }
    }
    cells.retain(is_wide);
    for cell in cells {
        cell.set_class_name("mirror breaks");
    }
}
