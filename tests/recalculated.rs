//! Workbooks compute on: LibreOffice computes every formula anew, and gives what the engine gives.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_arithmetic,
    reason = "a test fails by panicking, and a spreadsheet has floats"
)]

#[path = "recalculated/libre.rs"]
mod libre;
mod support;

use jixiao::document::{CellId, Document, Typed};
use jixiao::layout::layout;
use jixiao::paper::Given;
use jixiao::template::{CellKind, Library, Template};
use jixiao::workbook::{Cell, Content, Value, Workbook, workbook};
use jixiao::{evaluate, writer};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use std::rc::Rc;
use support::{cases, library};

fn of(library: &Library, template: &Template, document: &Document) -> Workbook {
    let evaluation = evaluate(template, document);
    let sheet = layout(template, document, &evaluation, None);
    workbook(Given::new(library, (template, document), &evaluation, &sheet, ""))
}

/// The same workbook with false values beside its formulas, so that nothing but computing gives the right ones.
fn forgetful(workbook: &Workbook) -> Workbook {
    let mut workbook = workbook.clone();
    for cell in workbook.sheets.iter_mut().flat_map(|sheet| &mut sheet.cells) {
        if let Content::Formula { value, .. } = &mut cell.content {
            *value = Value::Number("123456".to_owned());
        }
    }
    workbook
}

/// A number as LibreOffice writes it: 45.56% is 0.4556.
fn number(text: &str) -> Option<f64> {
    match text.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok().map(|number| number / 100.0),
        None => text.parse().ok(),
    }
}

fn is_same(expected: &Value, found: &str) -> bool {
    match expected {
        Value::Text(text) => text == found,
        Value::Number(text) => {
            let expected: f64 = text.parse().unwrap();
            number(found).is_some_and(|found| (found - expected).abs() <= 1e-9 * expected.abs().max(1.0))
        }
    }
}

/// The formulas of a workbook with what they give: those of the table by their place, those beside it by what their row is about.
fn formulas(workbook: &Workbook) -> BTreeMap<(usize, String), &Cell> {
    let mut found = BTreeMap::new();
    for (at, sheet) in workbook.sheets.iter().enumerate() {
        let names: BTreeMap<u32, &str> = sheet
            .cells
            .iter()
            .filter(|cell| cell.column == 1 && at > 0)
            .filter_map(|cell| match &cell.content {
                Content::Text(text) => Some((cell.row, text.as_str())),
                _ => None,
            })
            .collect();
        for cell in sheet.cells.iter().filter(|cell| matches!(cell.content, Content::Formula { .. })) {
            let name = names.get(&cell.row).map_or_else(|| cell.row.to_string(), |name| (*name).to_owned());
            found.insert((at, format!("{name} {}", cell.column)), cell);
        }
    }
    found
}

/// What came of computing.
#[derive(Default)]
struct Computed {
    /// How many formulas were held against the engine.
    count: usize,
    /// Where LibreOffice computes something else.
    differences: Vec<String>,
    /// Whether the engine has another formula there and another value: the new numbers made a row what it was not before.
    read_anew: bool,
}

/// Holds what LibreOffice computes in a workbook against what `expected` says.
fn computed(name: &str, workbook: &Workbook, expected: &Workbook, values: &libre::Values) -> Computed {
    let mut computed = Computed::default();
    let (own, expected) = (formulas(workbook), formulas(expected));
    let has_value = |cell: &Cell| matches!(&cell.content, Content::Formula { value: Value::Number(_), .. });
    // What had nothing to compute with these rows has now.
    computed.read_anew = expected.iter().any(|(key, cell)| !own.contains_key(key) && has_value(cell));
    for ((at, key), cell) in own {
        let sheet = &workbook.sheets[at];
        let found = values.get(&sheet.name).unwrap_or_else(|| panic!("{name}: {} is missing", sheet.name));
        let text = found.get(cell.row as usize).and_then(|row| row.get(cell.column as usize)).map_or("", String::as_str);
        let (Content::Formula { formula, .. }, Some(Content::Formula { value, formula: other })) =
            (&cell.content, expected.get(&(at, key)).map(|cell| &cell.content))
        else {
            computed.read_anew |= !text.is_empty();
            continue;
        };
        computed.count += 1;
        if !is_same(value, text) {
            let at = jixiao::workbook::reference(cell.row, cell.column);
            computed.read_anew |= formula != other;
            computed.differences.push(format!("{name} {}!{at}: {text} and not {value:?}, by {formula}", sheet.name));
        }
    }
    computed
}

#[test]
fn every_golden_case_is_computed_as_the_engine_does() {
    let library = library();
    let cases = cases(&library);
    let workbooks: Vec<Workbook> = cases.iter().map(|case| of(&library, &case.template, &case.document)).collect();
    let files: Vec<(String, Vec<u8>)> = cases
        .iter()
        .zip(&workbooks)
        .map(|(case, book)| (case.name.clone(), writer::xlsx::write(&forgetful(book)).unwrap()))
        .collect();
    let values = libre::computed("golden", &files);
    let all: Vec<Computed> =
        cases.iter().zip(&workbooks).map(|(case, book)| computed(&case.name, book, book, &values[&case.name])).collect();
    let count: usize = all.iter().map(|computed| computed.count).sum();
    println!("{} workbooks, {count} formulas", files.len());
    assert!(count > 2000, "only {count} formulas");
    let lines: Vec<String> = all.into_iter().flat_map(|computed| computed.differences).collect();
    assert!(lines.is_empty(), "{} differences\n{}", lines.len(), lines.join("\n"));
}

/// The cells of a document that hold a plain number, with what stands behind it, and whether they are computed too.
fn inputs(template: &Template, document: &Document) -> Vec<(CellId, String, bool)> {
    let form = &template.form;
    let fixed = (0..).zip(form.table_cells()).map(|(at, _)| CellId::Fixed(at));
    let rows = (0..).zip(&form.tables).flat_map(|(table, def)| {
        document.rows(table).iter().flat_map(move |row| {
            let row = row.id;
            (0..).zip(&def.columns).filter(|(_, column)| !column.hidden).map(move |(column, _)| CellId::Row {
                table,
                row,
                column,
            })
        })
    });
    let numeric = [CellKind::Amount, CellKind::Price, CellKind::Count, CellKind::Percent, CellKind::Points, CellKind::Value];
    let cells = fixed.chain(rows).filter(|cell| numeric.contains(&cell.kind(form)));
    let computed = jixiao::explain::computed_cells(template, document);
    let unit = |cell: CellId| {
        let text = document.typed(cell).text();
        let end = text.find(|char: char| !char.is_ascii_digit() && char != '.').unwrap_or(text.len());
        let is_computed = computed.contains(&cell);
        let end = if text[end..].contains(|char: char| char.is_ascii_digit()) { 0 } else { end };
        (end > 0).then(|| (cell, text[end..].to_owned(), is_computed))
    };
    cells.filter_map(unit).collect()
}

fn typed(document: &mut Document, cell: CellId, text: &str) {
    match cell {
        CellId::Fixed(at) => document.cells[usize::from(at)] = Typed::new(text),
        CellId::Row { table, row, column } => {
            let row = document.tables[usize::from(table)].iter_mut().find(|known| known.id == row).unwrap();
            Rc::make_mut(row).cells[usize::from(column)] = Typed::new(text);
        }
    }
}

/// What a person types over a number: others of the same size, halves of the last decimal, and nothing at all.
fn change() -> impl Strategy<Value = (usize, String)> {
    let number = prop_oneof![
        4 => (0..130_u32).prop_map(|number| number.to_string()),
        3 => (1..9999_u32).prop_map(|number| format!("{}.{:02}", number / 100, number % 100)),
        2 => (1..99_u32, prop::sample::select(vec!["125", "375", "005", "5", "015"])).prop_map(|(whole, part)| format!("{whole}.{part}")),
        1 => (1000..99_999_u32).prop_map(|number| number.to_string()),
        1 => Just(String::new()),
    ];
    (any::<usize>(), number)
}

/// What a person types where a number belongs: other units, words, numbers in words, codes, halves, and what looks like a formula.
const WORDS: [&str; 40] = [
    "0",
    "/",
    "——",
    "不适用",
    "无",
    "部分达成",
    "是",
    "万元",
    "46%",
    "100.00%",
    "≥95%",
    "95%以上",
    "不超过90万元",
    "90%-95%",
    "约5",
    "+5",
    "-3",
    "=1+1",
    "@SUM(A1)",
    "(5)",
    "５．５",
    "1，234",
    "1,23",
    "1e9",
    "12件",
    "5分",
    "180万元",
    "1.2亿元",
    "12月底前",
    "2021年12月",
    "00123456",
    "123456789012345678",
    "2.675",
    "1.005",
    "0.125",
    "4.995",
    "89.995",
    "0.86",
    "1",
    "105",
];

/// Whatever stands in some cells, each formula gives what the engine gives: it counts no words, no number of another unit, and no score that
/// is none.
#[test]
fn what_is_no_number_counts_as_in_the_engine() {
    let library = library();
    let cases = cases(&library);
    let mut runner = TestRunner::deterministic();
    let text = prop::sample::select(WORDS.to_vec());
    let strategy = (0..cases.len(), prop::collection::vec((any::<usize>(), text), 1..8));
    let (mut files, mut books) = (Vec::new(), Vec::new());
    while files.len() < TABLES {
        let (which, changes) = strategy.new_tree(&mut runner).unwrap().current();
        let case = &cases[which];
        let inputs = inputs(&case.template, &case.document);
        if inputs.is_empty() {
            continue;
        }
        let mut document = case.document.clone();
        for (at, text) in &changes {
            typed(&mut document, inputs[at % inputs.len()].0, text);
        }
        let book = of(&library, &case.template, &document);
        let name = format!("{}_{}", files.len(), case.name);
        files.push((name, writer::xlsx::write(&forgetful(&book)).unwrap()));
        books.push(book);
    }
    let values = libre::computed("words", &files);
    let all: Vec<Computed> =
        files.iter().zip(&books).map(|((name, _), book)| computed(name, book, book, &values[name])).collect();
    let count: usize = all.iter().map(|computed| computed.count).sum();
    println!("{} workbooks, {count} formulas", files.len());
    let lines: Vec<String> = all.into_iter().flat_map(|computed| computed.differences).collect();
    assert!(lines.is_empty(), "{} differences\n{}", lines.len(), lines.join("\n"));
}

/// How many tables are changed; they are computed some at a time.
const TABLES: usize = 240;

#[test]
fn a_changed_input_changes_what_follows_as_in_the_engine() {
    let library = library();
    let cases = cases(&library);
    let mut runner = TestRunner::deterministic();
    let strategy = (0..cases.len(), prop::collection::vec(change(), 1..8));
    let (mut files, mut books) = (Vec::new(), Vec::new());
    while files.len() < TABLES {
        let (which, changes) = strategy.new_tree(&mut runner).unwrap().current();
        let case = &cases[which];
        let inputs = inputs(&case.template, &case.document);
        if inputs.is_empty() {
            continue;
        }
        let (mut first, mut document) = (case.document.clone(), case.document.clone());
        for (at, text) in &changes {
            let (cell, unit, is_computed) = &inputs[at % inputs.len()];
            match (text.is_empty(), is_computed) {
                // What is computed has a formula again as soon as nothing is typed.
                (true, true) => {}
                (true, false) => typed(&mut document, *cell, ""),
                (false, is_computed) => {
                    typed(&mut document, *cell, &format!("{text}{unit}"));
                    // Some of what is typed was left open until then.
                    if at % 3 == 0 && !is_computed {
                        typed(&mut first, *cell, "");
                    }
                }
            }
        }
        let (mut before, after) = (of(&library, &case.template, &first), of(&library, &case.template, &document));
        // What was typed anew is typed into the workbook, and nothing else.
        let (own, other) = (&mut before.sheets[0], &after.sheets[0]);
        for cell in &mut own.cells {
            let same = other.cells.iter().find(|other| (other.row, other.column) == (cell.row, cell.column));
            let inputs = (&cell.content, same.map(|cell| &cell.content));
            if let (Content::Number(_) | Content::Blank, Some(Content::Number(_) | Content::Blank)) = inputs {
                cell.content = same.unwrap().content.clone();
            }
        }
        let name = format!("{}_{}", files.len(), case.name);
        files.push((name, writer::xlsx::write(&forgetful(&before)).unwrap()));
        books.push((before, after));
    }
    let values = libre::computed("changed", &files);
    let all: Vec<Computed> =
        files.iter().zip(&books).map(|((name, _), (before, after))| computed(name, before, after, &values[name])).collect();
    let count: usize = all.iter().map(|computed| computed.count).sum();
    let (anew, followed): (Vec<Computed>, Vec<Computed>) =
        all.into_iter().partition(|computed| computed.read_anew && !computed.differences.is_empty());
    println!("{} workbooks, {count} formulas; in {} tables the new numbers made a row another one", files.len(), anew.len());
    let lines: Vec<String> = followed.into_iter().flat_map(|computed| computed.differences).collect();
    assert!(lines.is_empty(), "{} differences\n{}", lines.len(), lines.join("\n"));
    // A workbook can't ask what a row is: whether its unit is 元, which way its number is meant, and which rows are below it.
    assert!(anew.len() * 10 <= files.len(), "{} tables", anew.len());
}
