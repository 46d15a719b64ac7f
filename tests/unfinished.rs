//! A table that is still being filled in: whatever is left out of a published table, nothing is called an error because it is missing.
//! Every case and every example loses generated parts of what was typed, its total always. An error that the whole table does not have
//! would be one for what is not there yet.

mod support;

use jixiao::document::{CellId, Document, Typed};
use jixiao::engine::Evaluation;
use jixiao::finding::{Finding, Severity};
use jixiao::template::Role;
use jixiao::{evaluate, wording};
use std::rc::Rc;
use support::{cases, library};

/// Where something is typed.
fn typed_cells(document: &Document) -> Vec<CellId> {
    let fixed = (0..).zip(&document.cells).filter(|(_, typed)| !typed.is_blank()).map(|(at, _)| CellId::Fixed(at));
    let rows = (0..).zip(&document.tables).flat_map(|(table, rows)| {
        rows.iter().flat_map(move |row| {
            let cells = (0..).zip(&row.cells).filter(|(_, typed)| !typed.is_blank());
            cells.map(move |(column, _)| CellId::Row { table, row: row.id, column })
        })
    });
    fixed.chain(rows).collect()
}

fn without(document: &Document, cells: &[CellId]) -> Document {
    let mut document = document.clone();
    for cell in cells {
        match *cell {
            CellId::Fixed(at) => document.cells[usize::from(at)] = Typed::default(),
            CellId::Row { table, row, column } => {
                let rows = &mut document.tables[usize::from(table)];
                let row = rows.iter_mut().find(|known| known.id == row).unwrap();
                Rc::make_mut(row).cells[usize::from(column)] = Typed::default();
            }
        }
    }
    document
}

/// Codes that speak of what is not there, or of what does not add up without it.
const OF_WHAT_IS_MISSING: [&str; 8] = ["L01", "L04", "L18", "A05", "A06", "A07", "A08", "A23"];

/// The next of a row of numbers that look like chance and are always the same.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn what_is_missing_is_never_an_error() {
    let library = library();
    let (mut tried, mut right, mut failures) = (0, 0, Vec::new());
    for case in cases(&library) {
        let template = &case.template;
        // A table with errors may show another side of them; then only what speaks of missing things is asked for.
        let whole: Vec<Finding> = errors(&evaluate(template, &case.document)).cloned().collect();
        right += usize::from(whole.is_empty());
        let known = |error: &Finding| {
            let same = |known: &Finding| known.code == error.code && known.at.contains(&error.at[0]);
            whole.iter().any(same) || !whole.is_empty() && !OF_WHAT_IS_MISSING.contains(&error.code.id())
        };
        let cells = typed_cells(&case.document);
        let total = template.form.role(Role::ScoreTotal).map(CellId::Fixed);
        let mut state = case.name.bytes().fold(7, |state: u64, byte| state.wrapping_mul(31).wrapping_add(u64::from(byte)));
        for round in 0..72 {
            // From nearly everything to nearly nothing.
            let keep = 95 - round * 4 % 96;
            let mut left_out: Vec<CellId> = cells.iter().copied().filter(|_| next(&mut state) % 100 >= keep).collect();
            left_out.extend(total);
            let document = without(&case.document, &left_out);
            let evaluation = evaluate(template, &document);
            tried += 1;
            for error in errors(&evaluation).filter(|error| !known(error)) {
                let (code, place) = (error.code.id(), error.at[0].name(&template.form));
                let text = wording::finding(error, template, &document).text;
                failures.push(format!("{}, {keep}%: {code} {place}：{text}", case.name));
            }
        }
    }
    println!("{tried} unfinished tables");
    assert!(tried > 3000 && right > 15, "{tried} unfinished tables, {right} cases without an error");
    assert!(failures.is_empty(), "{} of {tried}:\n{}", failures.len(), failures.join("\n"));
}

fn errors(evaluation: &Evaluation) -> impl Iterator<Item = &Finding> {
    evaluation.findings.iter().filter(|finding| finding.severity == Severity::Error)
}
