//! What one table costs, as medians of interleaved rounds. `cargo bench` prints; nothing is asserted, machines differ.

use jixiao::block::{Block, Blocks, Grid, GridCell, Origin};
use jixiao::document::{CellId, Document, Edit, apply};
use jixiao::evaluate;
use jixiao::io::json;
use jixiao::layout::{Content, layout};
use jixiao::recognise::Recogniser;
use jixiao::template::{Library, Template};
use rust_decimal::{Decimal, RoundingStrategy};
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 9;
const RUNS: u32 = 2_000;

fn main() {
    let (library, _) = Library::builtin();
    let text = &library
        .examples
        .iter()
        .find(|example| example.id == "yiyang-2020")
        .map(|example| example.json.clone())
        .unwrap_or_default();
    let Ok(imported) = json::read(text, &library) else { return };
    let document = imported.document;
    let Some(template) = document.template(&library) else { return };
    let evaluation = evaluate(&template, &document);
    println!("one published national table, 14 indicators, all checks; medians of {ROUNDS} rounds");
    // The bare scoring of such a table, from parsed numbers and without a single check: what the rest is measured against.
    report("plain decimals, 25 scores", || {
        black_box(plain_scores(black_box(25)));
    });
    report("evaluate", || {
        black_box(evaluate(&template, &document));
    });
    report("read from JSON", || {
        black_box(json::read(text, &library).is_ok());
    });
    report("lay out", || {
        black_box(layout(&template, &document, &evaluation, None));
    });
    report("export with evaluation", || {
        black_box(jixiao::export::document(&template, &document, &evaluation));
    });
    // Twice the rows, or twice the files, are twice the work.
    let recogniser = Recogniser::new(&library);
    for rows in [25_usize, 200, 400, 800] {
        let blocks = printed(&template, &long(&template, &document, rows));
        report(&format!("recognise {rows} indicators"), || {
            black_box(recogniser.recognise(&blocks));
        });
    }
    for rows in [25_usize, 200, 1000] {
        let (template, document) = (template.clone(), long(&template, &document, rows));
        report(&format!("evaluate {rows} indicators"), || {
            black_box(evaluate(&template, &document));
        });
        // The document after a key, and all that follows from it.
        if let Some(edit) = typing(&template, &document) {
            report(&format!("edit and evaluate {rows} indicators"), || {
                black_box(evaluate(&template, &apply(&document, &template.form, &edit)));
            });
        }
        // As after a key on the page: what did not change is taken over from the sheet before.
        let evaluation = evaluate(&template, &document);
        let before = layout(&template, &document, &evaluation, None);
        report(&format!("lay out {rows} indicators again"), || {
            black_box(layout(&template, &document, &evaluation, Some(&before)));
        });
    }
}

/// Another 完成值 in the middle of the indicators.
fn typing(template: &Template, document: &Document) -> Option<Edit> {
    let (table, def) = template.form.indicators()?;
    let rows = document.rows(table);
    let row = rows.get(rows.len() / 2)?.id;
    Some(Edit::Set { cell: CellId::Row { table, row, column: def.at.actual? }, text: "97%".to_owned() })
}

/// The printed table as one grid.
fn printed(template: &Template, document: &Document) -> Blocks {
    let sheet = layout(template, document, &evaluate(template, document), None);
    let columns = u32::try_from(sheet.grid.len()).unwrap_or(0);
    let mut cells = Vec::new();
    let mut covered = vec![0_u32; sheet.grid.len()];
    let mut rows = 0;
    for line in sheet.sections.iter().flat_map(|section| &section.rows) {
        let mut column = 0_u32;
        for cell in &line.cells {
            let (wide, high) = (u32::from(cell.column_span), u32::from(cell.row_span));
            while covered.get(column as usize).is_some_and(|end| *end > rows) {
                column += 1;
            }
            covered.iter_mut().skip(column as usize).take(wide as usize).for_each(|end| *end = rows + high);
            let text = match &cell.content {
                Content::Label(text) => text.clone(),
                Content::Field(field) => field.typed.clone(),
            };
            cells.push(GridCell { row: rows, column, row_span: high, column_span: wide, text, exact: None });
            column += wide;
        }
        rows += 1;
    }
    let grid = Grid { origin: Origin::Table(1), caption: None, rows, columns, cells };
    Blocks { list: vec![Block::Grid(grid)], notices: Vec::new() }
}

/// Weight × actual ÷ target, rounded half up to two decimals and added up, as any calculator would.
#[expect(clippy::disallowed_methods, reason = "the yardstick rounds as rust_decimal does")]
fn plain_scores(rows: u32) -> Decimal {
    let target = Decimal::from(100);
    let score = |row: u32| {
        let actual = Decimal::new(i64::from(row) * 37 % 10_000, 2);
        let score = (Decimal::new(35, 1) * actual).checked_div(target).unwrap_or_default();
        score.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
    };
    (0..rows).map(score).sum()
}

/// The document with its indicator rows repeated.
fn long(template: &Template, document: &Document, rows: usize) -> Document {
    let mut document = document.clone();
    let Some((table, _)) = template.form.indicators() else { return document };
    let own = document.rows(table).to_vec();
    let repeated = own.iter().cycle().take(rows).zip(1..).map(|(row, id)| {
        let mut row = (**row).clone();
        row.id = id;
        row.into()
    });
    if let Some(slot) = document.tables.get_mut(usize::from(table)) {
        *slot = repeated.collect();
    }
    document
}

/// `cargo bench -- evaluate` runs only what is named so.
fn report(name: &str, mut run: impl FnMut()) {
    if std::env::args().skip(1).any(|wanted| !wanted.starts_with('-') && !name.contains(&wanted)) {
        return;
    }
    let runs = if name.contains("1000") || name.contains("200") { RUNS / 20 } else { RUNS };
    let mut times: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            (0..runs).for_each(|_| run());
            start.elapsed().as_nanos() / u128::from(runs)
        })
        .collect();
    times.sort_unstable();
    let median = times.get(ROUNDS / 2).copied().unwrap_or_default();
    println!("{name:<28}{:>9}.{:02} µs", median / 1000, median % 1000 / 10);
}
