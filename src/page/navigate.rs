//! Finds the cell above or below another one. Spans make "the same column" a matter of places on the grid.

use jixiao::document::CellId;
use jixiao::layout::{Content, Sheet};

/// A field and the grid columns it covers, by printed line.
struct Place {
    cell: CellId,
    line: usize,
    last_line: usize,
    from: usize,
    to: usize,
}

/// The nearest field below (or above) that shares a grid column with this one.
pub fn beside(sheet: &Sheet, cell: CellId, down: bool) -> Option<CellId> {
    let places = places(sheet);
    let here = places.iter().find(|place| place.cell == cell)?;
    let shares = |place: &&Place| place.from < here.to && here.from < place.to;
    if down {
        places
            .iter()
            .filter(shares)
            .filter(|place| place.line > here.last_line)
            .min_by_key(|place| place.line)
            .map(|place| place.cell)
    } else {
        places
            .iter()
            .filter(shares)
            .filter(|place| place.last_line < here.line)
            .max_by_key(|place| place.last_line)
            .map(|place| place.cell)
    }
}

fn places(sheet: &Sheet) -> Vec<Place> {
    let mut places = Vec::new();
    let width = sheet.grid.len();
    // For each grid column, the first line that is free again below the tall cells met so far.
    let mut free = vec![0_usize; width];
    let rows = sheet.sections.iter().flat_map(|section| &section.rows);
    for (line, row) in rows.enumerate() {
        let mut column = 0;
        for cell in &row.cells {
            while free.get(column).is_some_and(|until| *until > line) {
                column += 1;
            }
            let to = (column + usize::from(cell.column_span)).min(width);
            let below = line + usize::from(cell.row_span.max(1));
            free.iter_mut().take(to).skip(column).for_each(|until| *until = below);
            if let Content::Field(field) = &cell.content
                && !field.locked
            {
                places.push(Place { cell: field.id, line, last_line: below - 1, from: column, to });
            }
            column = to;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::store::Entry;
    use jixiao::document::Document;
    use jixiao::template::Library;

    fn name_below(name: &str, down: bool) -> Option<String> {
        let (library, _) = Library::builtin();
        let form = library.form("national").unwrap();
        let template = library.template("national", "").unwrap();
        let entry = Entry::new(template, Document::blank(&form));
        let cell = CellId::from_name(name, &form).unwrap();
        beside(&entry.sheet, cell, down).map(|cell| cell.name(&form))
    }

    #[test]
    fn the_column_stays_the_same_past_tall_cells() {
        assert_eq!(name_below("indicators.4.target", true).as_deref(), Some("indicators.5.target"));
        assert_eq!(name_below("indicators.5.target", false).as_deref(), Some("indicators.4.target"));
        // The level of four rows is one cell; below it stands the next level.
        assert_eq!(name_below("indicators.4.level1", true).as_deref(), Some("indicators.8.level1"));
    }

    #[test]
    fn the_ends_of_the_form_are_ends() {
        assert_eq!(name_below("project_name", false), None);
        assert_eq!(name_below("total.score", true), None);
    }
}
