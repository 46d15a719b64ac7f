//! 金额单位: a document in another unit, converted or only relabelled.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use jixiao::document::{CellId, Conversion, Document, Edit, History, apply, converted};
use jixiao::evaluate;
use jixiao::number::{Exact, Magnitude};
use jixiao::template::{AMOUNT_UNITS, CellKind, Form, amount_unit};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::rc::Rc;
use support::{cases, library};

fn unit(name: &str) -> Magnitude {
    amount_unit(name).unwrap_or_else(|| panic!("{name} is no unit"))
}

/// A national form in a unit, with one typed amount.
fn with(from: Magnitude, text: &str) -> (Rc<Form>, Document, CellId) {
    let form = library().form("national").unwrap();
    let cell = CellId::from_name("funds.adjusted", &form).unwrap();
    let blank = apply(&Document::blank(&form), &form, &Edit::Relabel(from));
    let document = apply(&blank, &form, &Edit::Set { cell, text: text.to_owned() });
    (form, document, cell)
}

#[test]
fn a_typed_amount_is_converted_digit_by_digit() {
    let file: toml::Table = include_str!("units/conversion.toml").parse().unwrap();
    let mut tried = 0;
    for table in file["table"].as_array().unwrap() {
        let (from, to) = (unit(table["from"].as_str().unwrap()), unit(table["to"].as_str().unwrap()));
        let texts =
            table["texts"].as_array().unwrap().iter().map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap(), false));
        let left = table["left"].as_array().unwrap().iter().map(|text| (text.as_str().unwrap(), text.as_str().unwrap(), true));
        for (text, expected, left) in texts.chain(left) {
            let (form, document, cell) = with(from, text);
            let conversion = Conversion::new(&document, &form, to);
            let next = apply(&document, &form, &Edit::Convert(to));
            assert_eq!(next.typed(cell).text(), expected, "{text} of {from:?} in {to:?}");
            assert_eq!((next.unit, conversion.left == [cell]), (to, left), "{text}");
            // 只改单位 changes no text.
            let relabelled = apply(&document, &form, &Edit::Relabel(to));
            assert_eq!((relabelled.unit, relabelled.typed(cell).text()), (to, text));
            tried += 1;
        }
    }
    assert!(tried > 70, "{tried} amounts");
}

#[test]
fn a_change_of_unit_is_one_step_back() {
    let (form, document, cell) = with(Magnitude(4), "180.00");
    let mut history = History::new(document.clone());
    history.edit(&form, &Edit::Convert(Magnitude(0)));
    assert_eq!(history.document().typed(cell).text(), "1800000.00");
    history.edit(&form, &Edit::Relabel(Magnitude(3)));
    assert_eq!(history.undo(), Some(None));
    assert_eq!((history.document().unit, history.document().typed(cell).text()), (Magnitude(0), "1800000.00"));
    assert_eq!(history.undo(), Some(None));
    assert_eq!(**history.document(), document);
    assert_eq!(history.undo(), None);
}

fn said(outcome: &jixiao::engine::Outcome) -> String {
    outcome.value().map_or_else(|| format!("{outcome:?}"), Exact::to_text)
}

/// What is worked out from a document, in 元: every computed cell and every total.
fn values(library: &jixiao::template::Library, document: &Document) -> Vec<String> {
    let template = document.template(library).unwrap();
    let evaluation = evaluate(&template, document);
    let mut values: Vec<String> = Vec::new();
    for (def, eval) in template.form.cells.iter().zip(&evaluation.cells) {
        values.extend(eval.as_ref().map(|eval| format!("{} {} {}", def.id, said(&eval.computed), said(&eval.by_rule))));
    }
    for row in evaluation.tables.iter().flatten() {
        values.push(format!("{} {} {} {:?}", row.row, said(&row.counted), said(&row.by_rule), row.state));
        values.extend(row.cells.iter().map(|(column, eval)| format!("{}.{column} {}", row.row, said(&eval.computed))));
    }
    values.extend(evaluation.score.iter().map(|score| format!("{} {}", said(&score.entered.total), said(&score.by_rule.total))));
    values
}

/// 换算 changes how amounts are written, and no value that follows from them. Every case, in every unit.
#[test]
fn converting_changes_no_value() {
    let library = library();
    let mut compared = 0;
    for case in cases(&library) {
        if library.form(&case.document.form).is_none() {
            continue;
        }
        let before = values(&library, &case.document);
        for (to, name) in AMOUNT_UNITS {
            let conversion = Conversion::new(&case.document, &case.template.form, to);
            if !conversion.left.is_empty() {
                continue;
            }
            let next = apply(&case.document, &case.template.form, &Edit::Convert(to));
            assert_eq!(values(&library, &next), before, "{} in {name}", case.name);
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared} documents");
}

/// A label of a form never names a unit of its own: it would go on naming it when the document has another.
#[test]
fn labels_name_the_unit_of_the_document() {
    let library = library();
    for form in &library.forms {
        for (unit, name) in AMOUNT_UNITS {
            let document = apply(&Document::blank(form), form, &Edit::Relabel(unit));
            let template = document.template(&library).unwrap();
            let sheet = jixiao::layout::layout(&template, &document, &evaluate(&template, &document), None);
            let mut texts: Vec<&str> = vec![&sheet.unit];
            texts.extend(sheet.sections.iter().filter_map(|section| section.heading.as_deref()));
            for cell in sheet.sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.cells) {
                match &cell.content {
                    jixiao::layout::Content::Label(text) => texts.push(text),
                    jixiao::layout::Content::Field(field) => texts.extend([field.label.as_str(), field.column.as_str()]),
                }
            }
            let strays: Vec<&&str> = texts.iter().filter(|text| names_another(text, name)).collect();
            assert!(strays.is_empty(), "{} in {name}: {strays:?}", form.id);
        }
    }
}

/// Whether a text names another unit than this one: 万元 names no 元.
fn names_another(text: &str, unit: &str) -> bool {
    let rest = AMOUNT_UNITS
        .iter()
        .rev()
        .fold(text.to_owned(), |rest, (_, name)| if *name == unit { rest.replace(name, "") } else { rest });
    let named: BTreeMap<&str, bool> =
        AMOUNT_UNITS.iter().rev().map(|(_, name)| (*name, rest.contains(name) && *name != unit)).collect();
    // A price is in 元 whatever the table is in.
    named.iter().any(|(name, found)| *found && *name != "元")
}

#[test]
fn the_kinds_of_cells_that_are_converted_are_those_in_the_unit_of_the_table() {
    let library = library();
    for form in &library.forms {
        let document = form.cells.iter().enumerate().fold(Document::blank(form), |document, (at, _)| {
            apply(&document, form, &Edit::Set { cell: CellId::Fixed(at as u16), text: "7".to_owned() })
        });
        let to = if form.unit == Magnitude(0) { Magnitude(4) } else { Magnitude(0) };
        let next = apply(&document, form, &Edit::Convert(to));
        for (at, cell) in form.cells.iter().enumerate() {
            let changed = next.cells[at] != document.cells[at];
            assert_eq!(changed, cell.kind == CellKind::Amount, "{} {}", form.id, cell.id);
        }
    }
}

fn unit_of() -> impl Strategy<Value = Magnitude> {
    (0..AMOUNT_UNITS.len()).prop_map(|at| AMOUNT_UNITS[at].0)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_conversion_is_exact_and_comes_back(mantissa in -1_000_000_000_000_i64..1_000_000_000_000, scale in 0_u32..7, from in unit_of(), to in unit_of()) {
        let number = Decimal::new(mantissa, scale);
        let there = converted(number, from, to).unwrap();
        let yuan = |number: Decimal, unit: Magnitude| {
            Exact::from_decimal(number).checked_mul(jixiao::engine::power_of_ten(unit)).unwrap()
        };
        prop_assert_eq!(yuan(number, from), yuan(there, to));
        let back = converted(there, to, from).unwrap();
        prop_assert_eq!(back, number);
        // What was typed without zeros behind the point, or with two decimals in a larger unit, is written as it was.
        if number.normalize().scale() == scale || (scale == 2 && to <= from) {
            prop_assert_eq!(back.to_string(), number.to_string());
        }
    }
}
