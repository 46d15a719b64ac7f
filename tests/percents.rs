//! A bare number in a rate cell counts as one thing everywhere: in the check of its formula, in rules that read it, and in the report.

mod support;

use jixiao::engine::percent::{agrees, worth};
use jixiao::io::json;
use jixiao::number::{Exact, Reading, read};
use jixiao::report;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn exact(text: &str) -> Exact {
    match read(text) {
        Reading::Quantity(quantity) => quantity.value().unwrap(),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn each_number_counts_as_it_should() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/percents/numbers.toml");
    let file: Value = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let cases = file["case"].as_array().unwrap();
    assert!(cases.len() >= 35, "{} cases", cases.len());
    for case in cases {
        let number: Decimal = case["number"].as_str().unwrap().parse().unwrap();
        let computed = case.get("computed").map(|text| exact(text.as_str().unwrap()));
        let found = Exact::from_decimal(number).checked_mul(worth(number, computed)).unwrap();
        assert_eq!(found, exact(case["counts"].as_str().unwrap()), "{case}");
        if let Some(value) = computed {
            let agreement = agrees(number, value).map(support::agreement_text).unwrap();
            assert_eq!(agreement, case["agrees"].as_str().unwrap(), "{case}");
        }
    }
}

/// The national form with a budget of 200 and what was typed for its rate.
fn with_rate(rate: &str, more: Value) -> (jixiao::template::Template, jixiao::document::Document) {
    let library = support::library();
    let mut cells = json!({ "funds.adjusted": "200", "funds.executed": "190", "funds.weight": "10", "funds.rate": rate });
    cells.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let text = json!({ "format": "jixiao", "version": 1, "form": { "id": "national" }, "cells": cells });
    let document = json::read(&text.to_string(), &library).unwrap().document;
    (library.template("national", "national-2020").unwrap(), document)
}

#[test]
fn the_rate_of_execution_is_read_once() {
    for (typed, agreement, said) in [
        ("0.95", "exact", "95%"),
        ("95", "exact", "95%"),
        ("95%", "exact", "95%"),
        ("95.00", "exact", "95.00%"),
        ("0.9500", "exact", "95.00%"),
        ("0.90", "differs -5", "90%"),
        ("90", "differs -5", "90%"),
        ("1", "differs 5", "100%"),
    ] {
        let (template, document) = with_rate(typed, json!({}));
        let evaluation = jixiao::evaluate(&template, &document);
        let at = template.form.cell_index("funds.rate").unwrap();
        let found = evaluation.cell(at).unwrap().agreement.map(support::agreement_text);
        assert_eq!(found.as_deref(), Some(agreement), "{typed}");
        let bound = report::Bound { template: &template, document: &document, evaluation: &evaluation };
        let text: String = bound.resolve("【执行率】").into_iter().map(|span| span.text).collect();
        assert_eq!(text, said, "{typed}");
    }
}

#[test]
fn a_score_from_the_printed_rate_is_known_however_the_rate_is_written() {
    // 10 × 88%, where the amounts say 95%.
    for rate in ["88%", "88", "0.88"] {
        let (template, document) = with_rate(rate, json!({ "funds.score": "8.8" }));
        let evaluation = jixiao::evaluate(&template, &document);
        let sentences: Vec<String> =
            evaluation.findings.iter().map(|finding| jixiao::wording::finding(finding, &template, &document).text).collect();
        assert!(sentences.iter().any(|text| text.contains("所填数与所填执行率一致")), "{rate}: {sentences:#?}");
    }
}

proptest! {
    /// However a rate is typed that agrees with its formula, the cell counts as the same, at the digits that were typed.
    #[test]
    fn a_ratio_and_its_percentage_count_alike(part in 1i64..4000, whole in 1000i64..4000) {
        let value = Exact::from_int(part).checked_div(Exact::from_int(whole)).unwrap();
        let rounding = |dp| jixiao::number::Rounding { dp, mode: jixiao::number::RoundingMode::HalfUp };
        let ratio = value.round(rounding(4)).unwrap();
        let percent = value.checked_mul(Exact::HUNDRED).unwrap().round(rounding(2)).unwrap();
        let counts = |number: Decimal| Exact::from_decimal(number).checked_mul(worth(number, Some(value))).unwrap();
        prop_assert_eq!(counts(ratio), counts(percent));
        let differs = agrees(ratio, value).map(support::agreement_text).unwrap().starts_with("differs");
        prop_assert!(!differs, "{} {}", ratio, value.to_plain(8));
    }
}
