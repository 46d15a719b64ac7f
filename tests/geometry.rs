//! Geometry: every line of every form is covered once, and the neighbours of a cell are those that a person sees beside it.

mod support;

use jixiao::document::{CellId, Document};
use jixiao::evaluate;
use jixiao::layout::{Direction, Geometry, layout};
use support::{cases, library};

#[test]
fn every_place_of_every_form_is_covered_by_one_cell() {
    let library = library();
    let mut sheets = Vec::new();
    for form in &library.forms {
        let template = library.template(&form.id, "").unwrap();
        let document = Document::blank(form);
        sheets.push((form.id.clone(), layout(&template, &document, &evaluate(&template, &document), None)));
    }
    for case in cases(&library) {
        let evaluation = evaluate(&case.template, &case.document);
        sheets.push((case.name.clone(), layout(&case.template, &case.document, &evaluation, None)));
    }
    for (name, sheet) in &sheets {
        let geometry = Geometry::of(sheet);
        let mut area = 0;
        for place in geometry.places() {
            area += place.lines * place.columns;
            for line in place.line..place.line + place.lines {
                for column in place.column..place.column + place.columns {
                    assert_eq!(geometry.at(line, column), Some(place), "{name}: line {line}, column {column}");
                }
            }
        }
        assert_eq!(area, geometry.lines() * geometry.width(), "{name}: nothing is left free and nothing lies twice");
        assert_eq!(geometry.at(geometry.lines(), 0), None);
        assert_eq!(geometry.at(0, geometry.width()), None);
    }
}

#[test]
fn going_there_and_back_stays_in_the_columns_of_a_cell() {
    let library = library();
    for case in cases(&library) {
        let evaluation = evaluate(&case.template, &case.document);
        let geometry = Geometry::of(&layout(&case.template, &case.document, &evaluation, None));
        for place in geometry.places() {
            let Some(cell) = place.cell.filter(|_| !place.locked) else { continue };
            for (direction, line, column) in
                [(Direction::Down, 1, 0), (Direction::Up, -1, 0), (Direction::Right, 0, 1), (Direction::Left, 0, -1)]
            {
                let Some(other) = geometry.beside(cell, direction).and_then(|other| geometry.place(other)) else { continue };
                let apart = |a: usize, b: usize| b.cmp(&a) as i8;
                if line != 0 {
                    assert_eq!(apart(place.line, other.line), line, "{}", case.name);
                    assert!(other.column < place.column + place.columns && place.column < other.column + other.columns);
                } else {
                    assert_eq!(apart(place.column, other.column), column, "{}", case.name);
                    assert!(other.line < place.line + place.lines && place.line < other.line + other.lines);
                }
            }
        }
    }
}

fn beside(name: &str, direction: Direction) -> Option<String> {
    let library = library();
    let template = library.template("national", "").unwrap();
    let document = Document::blank(&template.form);
    let geometry = Geometry::of(&layout(&template, &document, &evaluate(&template, &document), None));
    let cell = CellId::from_name(name, &template.form).unwrap();
    geometry.beside(cell, direction).map(|cell| cell.name(&template.form))
}

#[test]
fn the_column_stays_the_same_past_tall_cells() {
    assert_eq!(beside("indicators.4.target", Direction::Down).as_deref(), Some("indicators.5.target"));
    assert_eq!(beside("indicators.5.target", Direction::Up).as_deref(), Some("indicators.4.target"));
    // The level of four rows is one cell; below it stands the next level, and beside it the first of its rows.
    assert_eq!(beside("indicators.4.level1", Direction::Down).as_deref(), Some("indicators.8.level1"));
    assert_eq!(beside("indicators.4.level1", Direction::Right).as_deref(), Some("indicators.4.level2"));
    assert_eq!(beside("indicators.5.level2", Direction::Left).as_deref(), Some("indicators.4.level1"));
}

#[test]
fn the_ends_of_the_form_are_ends() {
    assert_eq!(beside("project_name", Direction::Up), None);
    assert_eq!(beside("project_name", Direction::Right), None);
    assert_eq!(beside("total.score", Direction::Down), None);
}
