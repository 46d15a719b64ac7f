//! The expressions that forms write their formulas in, and the trees that nested rows make.

mod support;

use jixiao::document::{CellId, Document, Edit, apply};
use jixiao::engine::{Nesting, computed_cell};
use jixiao::evaluate;
use jixiao::template::{Form, Template, load};
use proptest::prelude::*;
use serde_json::json;
use std::rc::Rc;
use support::library;

thread_local! {
    static LIBRARY: jixiao::template::Library = library();
}

/// A form with the cells a, b, c, a result of `formula`, and a nested table t of name, x, y with `row_formula` in y.
fn form(formula: &str, row_formula: &str) -> Result<Form, String> {
    let amount = |id: &str| json!({ "id": id, "label": id, "kind": "points" });
    let mut result = amount("result");
    result["formula"] = formula.into();
    let mut y = amount("y");
    y["formula"] = row_formula.into();
    let file = json!({
        "id": "test", "version": 1, "name": "test", "short": "test", "group": "test", "about": "test", "title": "test", "unit": "元",
        "profile": "national-2020", "source": "product-default", "grid": [1, 1, 1, 1],
        "block": [{ "line": [
            { "cells": [amount("a"), amount("b"), amount("c"), result] },
            { "table": "t" },
        ] }],
        "table": [{
            "id": "t", "name": "t", "nested": true,
            "columns": [
                { "id": "name", "label": "name", "kind": "text", "role": "name", "span": 2 },
                amount("x"), y,
            ],
        }],
    });
    LIBRARY.with(|library| load::form("test", &file, &library.sources)).map_err(|error| format!("{error:?}"))
}

fn template(formula: &str, row_formula: &str) -> Template {
    let form = form(formula, row_formula).unwrap();
    Template { profile: LIBRARY.with(|library| library.profile("national-2020")).unwrap(), form: Rc::new(form) }
}

/// A document of that form with a, b, c and rows of name and x.
fn document(template: &Template, cells: [&str; 3], rows: &[(&str, &str)]) -> Document {
    let mut document = Document::blank(&template.form);
    for (at, text) in (0..).zip(cells) {
        document = apply(&document, &template.form, &Edit::Set { cell: CellId::Fixed(at), text: text.into() });
    }
    for (name, x) in rows {
        document = apply(&document, &template.form, &Edit::AddRow { table: 0, after: None });
        let row = document.rows(0).last().unwrap().id;
        let set = |column, text: &str| (CellId::Row { table: 0, row, column }, text.to_owned());
        document = apply(&document, &template.form, &Edit::SetMany(vec![set(0, name), set(1, x)]));
    }
    document
}

fn result(formula: &str, cells: [&str; 3], rows: &[(&str, &str)]) -> String {
    let template = template(formula, "x");
    let evaluation = evaluate(&template, &document(&template, cells, rows));
    let cell = computed_cell(&evaluation, CellId::Fixed(3)).unwrap();
    cell.computed.value().map_or("-".to_owned(), |value| value.to_plain(8))
}

#[test]
fn expressions_compute_as_written() {
    let rows = [("一、甲", "10"), ("1. 子", "4"), ("2. 丑", "6"), ("二、乙", "5")];
    for (formula, expected) in [
        ("a + b * c", "7"),
        ("(a + b) * c", "9"),
        ("a - b - c", "-4"),
        ("a - (b - c)", "2"),
        ("c / b / a", "1.5"),
        ("a + b - c + b", "2"),
        ("100 - a", "99"),
        ("max(0, a - c)", "0"),
        ("min(b, c)", "2"),
        // Rows that stand below others are part of them.
        ("sum(t.x)", "15"),
        ("mean(t.x)", "7.5"),
        ("typed(a) or b", "1"),
        ("result2 or b", "!"),
    ] {
        if expected == "!" {
            assert!(form(formula, "x").unwrap_err().contains("Name(\"result2\")"));
        } else {
            assert_eq!(result(formula, ["1", "2", "3"], &rows), expected, "{formula}");
        }
    }
}

/// Two counts of the source documents that no form holds: what a network reaches, and the years since it was begun.
#[test]
fn counts_of_the_source_documents() {
    assert_eq!(result("a + b + c", ["93", "17", "262"], &[]), "372");
    assert_eq!(result("a - b", ["2023", "2007", ""], &[]), "16");
}

#[test]
fn blanks_count_nothing_in_a_sum_and_leave_a_product_open() {
    for (formula, cells, expected) in [
        ("a + b", ["1", "", ""], "1"),
        ("a + b", ["", "", ""], "-"),
        ("a - b", ["1", "", ""], "-"),
        ("a * b", ["0", "", ""], "-"),
        ("a / b", ["1", "0", ""], "-"),
        ("a or b", ["", "2", ""], "2"),
        ("a / c or b", ["1", "2", "0"], "2"),
        ("mean(t.x)", ["", "", ""], "-"),
    ] {
        assert_eq!(result(formula, cells, &[]), expected, "{formula} of {cells:?}");
    }
}

#[test]
fn rows_read_what_stands_above_and_below_them() {
    let rows = [("一、甲", ""), ("1. 子", "4"), ("（1）孙", "9"), ("2. 丑", "6"), ("二、乙", "5")];
    let ys = |formula: &str| {
        let template = template("a", formula);
        let document = document(&template, ["7", "", ""], &rows);
        let evaluation = evaluate(&template, &document);
        let y = |row: &Rc<jixiao::document::Row>| {
            let cell = computed_cell(&evaluation, CellId::Row { table: 0, row: row.id, column: 2 })?;
            cell.computed.value().map(|value| value.to_plain(4))
        };
        document.rows(0).iter().map(|row| y(row).unwrap_or_else(|| "-".to_owned())).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ys("below(x)"), "10 9 - - -");
    // Sums of sums are added up from the deepest row.
    assert_eq!(ys("below(y) or x"), "15 9 9 6 5");
    assert_eq!(ys("x / parent(x)"), "- - 2.25 - -");
    assert_eq!(ys("x + a"), "7 11 16 13 12");
    assert_eq!(ys("x / sum(t.x)"), "- 0.8 1.8 1.2 1");
}

#[test]
fn broken_formulas_are_refused_with_the_place_where_they_break() {
    for (formula, part) in [
        ("", "Formula(\"\")"),
        ("a +", "Formula(\"\")"),
        ("a b", "Formula(\"b\")"),
        ("(a", "Formula(\"\")"),
        ("a ÷ b", "Formula(\"÷ b\")"),
        ("d", "Name(\"d\")"),
        ("sum(a)", "Name(\"a\")"),
        ("sum(t.z)", "Name(\"t.z\")"),
        ("below(x)", "Name(\"x\")"),
        ("square(a)", "Name(\"square\")"),
        ("result + a", "NoCycle"),
    ] {
        let problem = form(formula, "x").unwrap_err();
        assert!(problem.contains(part), "{formula}: {problem}");
    }
    assert!(form("a", "y + 1").unwrap_err().contains("NoCycle"));
    assert!(form(&"(".repeat(10_000), "x").is_err());
}

#[test]
fn numbering_tells_the_tree() {
    let lists: toml::Table = include_str!("formulas/nesting.toml").parse().unwrap();
    let template = template("a", "x");
    for (name, list) in &lists {
        let names: Vec<&str> = list["rows"].as_array().unwrap().iter().filter_map(toml::Value::as_str).collect();
        let expected: Vec<i64> = list["depths"].as_array().unwrap().iter().filter_map(toml::Value::as_integer).collect();
        let texts = |key: &str| list.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let amounts = texts("amounts");
        let amount = |at: usize| amounts.get(at).and_then(toml::Value::as_str).unwrap_or_default();
        let rows: Vec<(&str, &str)> = names.iter().enumerate().map(|(at, name)| (*name, amount(at))).collect();
        let document = document(&template, ["", "", ""], &rows);
        let nesting = Nesting::of(&template.form.tables[0], document.rows(0));
        let depths: Vec<i64> = (0..names.len()).map(|position| i64::from(nesting.depth(position))).collect();
        assert_eq!(depths, expected, "{name}: {names:?}");
        if list.get("sums").is_some() {
            let expected: Vec<usize> = texts("sums").iter().filter_map(|at| at.as_integer()?.try_into().ok()).collect();
            assert_eq!(nesting.sums().collect::<Vec<_>>(), expected, "{name}: {names:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_a_formula_or_a_problem(text in "[a-c0-9+*/()., <=~tsumx-]{0,24}|\\PC{0,24}") {
        let _ = form(&text, "x");
        let _ = form("a", &text);
    }

    #[test]
    fn any_names_make_a_tree(names in proptest::collection::vec("[一二三1-3(（)）、.． 其中合计甲①年度]{0,6}", 0..12)) {
        let template = template("sum(t.x)", "below(y) or x");
        let rows: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();
        let document = document(&template, ["", "", ""], &rows);
        let nesting = Nesting::of(&template.form.tables[0], document.rows(0));
        for position in 0..names.len() {
            // A row stands below one that comes before it, one level up.
            if let Some(parent) = nesting.parent(position) {
                prop_assert!(parent < position);
                prop_assert_eq!(nesting.depth(parent) + 1, nesting.depth(position));
                prop_assert!(nesting.below(parent).any(|below| below == position));
            } else {
                prop_assert_eq!(nesting.depth(position), 0);
            }
        }
        evaluate(&template, &document);
    }
}
