//! Every digit of every figure that stood in a relation is changed, one at a time: the change is found, and the finding holds the figure.

use super::grids::tables;
use jixiao::block::Grid;
use jixiao::id::Severity;
use jixiao::tabular::{Checked, GridPlace, check};

struct Count {
    found: usize,
    as_error: usize,
    missed: Vec<String>,
}

#[test]
fn a_changed_digit_is_found() {
    let mut count = Count { found: 0, as_error: 0, missed: Vec::new() };
    let mut uncovered = 0;
    for table in tables("right.toml") {
        let covered = check(&table.grid).covered;
        let figures = table.grid.cells.iter().filter(|cell| cell.text.contains(|char: char| char.is_ascii_digit()));
        uncovered += figures.filter(|cell| !covered.contains(&GridPlace { row: cell.row, column: cell.column })).count();
        for place in covered {
            plant(&table.name, &table.grid, place, &mut count);
        }
    }
    let planted = count.found + count.missed.len();
    println!(
        "{planted} planted: {} found, {} as errors, {} missed; {uncovered} figures in no relation",
        count.found,
        count.as_error,
        count.missed.len()
    );
    println!("{}", count.missed.join("\n"));
    // What is missed are last digits of amounts that only a rate of fewer digits holds.
    assert!(count.missed.len() * 100 <= planted, "{} of {planted} missed:\n{}", count.missed.len(), count.missed.join("\n"));
    assert!(count.as_error * 100 >= planted * 85, "{} of {planted} as errors", count.as_error);
}

fn plant(name: &str, grid: &Grid, place: GridPlace, count: &mut Count) {
    let position = grid.cells.iter().position(|cell| (cell.row, cell.column) == (place.row, place.column)).unwrap();
    let text = grid.cells[position].text.clone();
    for (at, digit) in text.char_indices().filter(|(_, char)| char.is_ascii_digit()) {
        let other = char::from_digit((digit.to_digit(10).unwrap() + 4) % 10, 10).unwrap();
        let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
        let mut planted = grid.clone();
        planted.cells[position].text = changed.clone();
        let checked = check(&planted);
        if !holds(&checked, place) {
            count.missed.push(format!("{name}: {},{} {text} as {changed}", place.row + 1, place.column + 1));
            continue;
        }
        count.found += 1;
        count.as_error += usize::from(checked.findings.iter().any(|finding| finding.severity == Severity::Error));
    }
}

fn holds(checked: &Checked, place: GridPlace) -> bool {
    checked.findings.iter().any(|finding| {
        let operands = finding.readings.iter().flat_map(|reading| &reading.operands);
        finding.claim.place == place || operands.into_iter().any(|operand| operand.figure.place == place)
    })
}
