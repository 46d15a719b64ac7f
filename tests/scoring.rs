//! Every scoring kind on single indicators, and what the rules for whole tables do: not applicable, deductions, the gate.

mod support;

use jixiao::evaluate;
use jixiao::io::json;
use jixiao::template::{Library, Profile, Template, load};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// The national profile with parts of it replaced.
fn profile(library: &Library, parts: &Value) -> Rc<Profile> {
    let mut value = packed("profiles", "national-2020");
    for (key, part) in parts.as_object().unwrap() {
        value[key] = part.clone();
    }
    Rc::new(load::profile("test", &value, &library.sources).unwrap())
}

/// A part of the packed templates.
fn packed(kind: &str, id: &str) -> Value {
    let packed: Value = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/templates.json"))).unwrap();
    packed[kind].as_array().unwrap().iter().find(|value| value["id"] == id).unwrap().clone()
}

/// The national form with a scoring rule for its indicators.
fn ruled(library: &Library, parts: &Value, rule: &Value) -> Template {
    let mut form = packed("forms", "national");
    let mut rule = rule.clone();
    for (key, value) in [("id", "the-rule"), ("name", "规则"), ("source", "product-default")] {
        rule[key] = json!(value);
    }
    let tables = form["table"].as_array_mut().unwrap();
    tables.iter_mut().find(|table| table["id"] == "indicators").unwrap()["rule"] = json!([rule]);
    let form = load::form("test", &form, &library.sources).unwrap_or_else(|error| panic!("{error:#?}"));
    Template { form: Rc::new(form), profile: profile(library, parts) }
}

fn template(library: &Library, parts: &Value) -> Template {
    Template { form: library.form("national").unwrap(), profile: profile(library, parts) }
}

fn document(cells: Value, rows: Value) -> String {
    json!({ "format": "jixiao", "version": 1, "form": { "id": "national" }, "cells": cells, "tables": { "indicators": rows } })
        .to_string()
}

#[test]
fn each_kind_scores_as_its_rule_says() {
    let library = support::library();
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scoring/kinds.toml")).unwrap();
    let file: Value = toml::from_str(&text).unwrap();
    let cases = file["case"].as_array().unwrap();
    assert!(cases.len() >= 250, "{} cases", cases.len());
    let mut failures = Vec::new();
    for case in cases {
        let parts = case["profile"].as_str().map_or(json!({}), |name| file["profiles"][name].clone());
        let mut row = case["row"].clone();
        row["id"] = json!(1);
        if row.get("indicator").is_none() {
            row["indicator"] = json!("指标");
        }
        let rule = &file["rules"][case["rule"].as_str().unwrap_or_default()];
        let template = if rule.is_null() { template(&library, &parts) } else { ruled(&library, &parts, rule) };
        if !rule.is_null() {
            row["kind"] = json!("the-rule");
        }
        let cells = case.get("cells").cloned().unwrap_or(json!({}));
        let document = json::read(&document(cells, json!([row])), &library).unwrap().document;
        let evaluation = evaluate(&template, &document);
        let (table, _) = library.form("national").unwrap().indicators().map(|(at, def)| (at, def.id.clone())).unwrap();
        let row = &evaluation.rows(table)[0];
        let found = row.suggested_shown.map_or("-".to_owned(), |score| score.to_string());
        if found != case["score"].as_str().unwrap() {
            failures.push(format!("{case}: {found}"));
        }
        if case["kind"].as_str().is_some_and(|kind| kind != row.kind.id()) {
            failures.push(format!("{case}: read as {}", row.kind.id()));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Total under a profile, as it is shown.
fn total(library: &Library, parts: &Value, cells: &Value, rows: &Value) -> String {
    let document = json::read(&document(cells.clone(), rows.clone()), library).unwrap().document;
    let score = evaluate(&template(library, parts), &document).score.unwrap();
    score.entered.shown.map_or("-".to_owned(), |shown| shown.to_string())
}

#[test]
fn what_does_not_apply_is_rescaled_or_lost_as_the_profile_says() {
    let library = support::library();
    let cells = json!({ "funds.adjusted": "100", "funds.executed": "100" });
    let rows = json!([
        { "id": 1, "indicator": "甲", "target": "10", "actual": "9", "weight": "70" },
        { "id": 2, "indicator": "乙", "target": "/", "actual": "/", "weight": "20" },
    ]);
    // 63 + 10 of the 80 points that apply.
    assert_eq!(total(&library, &json!({}), &cells, &rows), "91.25");
    let zero = json!({ "not_applicable": { "effect": "zero", "source": "product-default" } });
    assert_eq!(total(&library, &zero, &cells, &rows), "73.00");
    // Before every indicator is scored there is no total, unless the table itself was added up without it or the profile takes blanks as
    // not applicable.
    let rows = json!([rows[0], { "id": 2, "indicator": "乙", "weight": "20" }]);
    assert_eq!(total(&library, &json!({}), &cells, &rows), "-");
    let added = json!({ "funds.adjusted": "100", "funds.executed": "100", "total.score": "73" });
    assert_eq!(total(&library, &json!({}), &added, &rows), "73.00");
    let blank = json!({ "not_applicable": { "effect": "rescale", "blank_counts": true, "source": "product-default" } });
    assert_eq!(total(&library, &blank, &cells, &rows), "91.25");
}

#[test]
fn a_deduction_is_taken_off_and_carries_no_weight() {
    let library = support::library();
    let cells = json!({ "funds.adjusted": "100", "funds.executed": "100" });
    let rows = json!([
        { "id": 1, "indicator": "甲", "target": "10", "actual": "10", "weight": "90" },
        { "id": 2, "indicator": "审计问题", "score": "3", "kind": "deduction", "reason": "整改中" },
    ]);
    assert_eq!(total(&library, &json!({}), &cells, &rows), "97.00");
}

#[test]
fn execution_is_capped_and_never_divides_by_zero() {
    let library = support::library();
    let shown = |adjusted: &str, executed: &str| {
        let cells = json!({ "funds.adjusted": adjusted, "funds.executed": executed });
        let document = json::read(&document(cells, json!([])), &library).unwrap().document;
        let score = evaluate(&template(&library, &json!({})), &document).score.unwrap();
        assert_eq!((score.entered.shown, score.entered.grade), (None, None), "execution alone is nothing to grade");
        score.entered.execution.value().map_or("-".to_owned(), |score| score.to_plain(2))
    };
    assert_eq!(shown("100", "120"), "10");
    assert_eq!(shown("100", "0"), "0");
    assert_eq!(shown("100", "-5"), "0");
    assert_eq!(shown("0", "0"), "-");
    assert_eq!(shown("", "5"), "-");
    assert_eq!(shown("8", "0.29"), "0.36");
}

#[test]
fn the_gate_lowers_a_total_and_never_raises_one() {
    let library = support::library();
    let number = |value: &str| json!({ "value": value, "source": "product-default" });
    let gate = json!({ "execution": { "cap": number("1"), "gate": [{ "below": number("0.8"), "max": number("89") }, { "below": number("0.5"), "max": number("59") }] } });
    let rows =
        |score: &str| json!([{ "id": 1, "indicator": "甲", "target": "好", "actual": "好", "weight": "90", "score": score }]);
    let shown = |executed: &str, score: &str| {
        total(&library, &gate, &json!({ "funds.adjusted": "100", "funds.executed": executed }), &rows(score))
    };
    assert_eq!(shown("79.99", "90"), "89.00");
    assert_eq!(shown("80", "90"), "98.00");
    assert_eq!(shown("49", "90"), "59.00");
    assert_eq!(shown("49", "30"), "34.90");
}

#[test]
fn scores_out_of_the_weight_are_mended_at_once() {
    let library = support::library();
    let rows = json!([
        { "id": 1, "indicator": "甲", "target": "≥10", "actual": "10", "single": "60", "weight": "60", "score": "36" },
        { "id": 2, "indicator": "乙", "target": "≥10", "actual": "12", "single": "30", "weight": "30", "score": "9" },
        { "id": 3, "indicator": "预算执行率", "weight": "10", "kind": "execution" },
    ]);
    let text = json!({
        "format": "jixiao", "version": 1, "form": { "id": "hebei" },
        "cells": { "funds.adjusted": "5", "funds.executed": "5" }, "tables": { "indicators": rows },
    });
    let document = json::read(&text.to_string(), &library).unwrap().document;
    let template = library.template("hebei", "hebei-2020").unwrap();
    let twice = |evaluation: &jixiao::engine::Evaluation| {
        evaluation.findings.iter().find(|finding| matches!(finding.facts, jixiao::finding::Facts::WeightTwice { .. })).cloned()
    };
    let found = twice(&evaluate(&template, &document)).unwrap();
    let mut history = jixiao::document::History::new(document);
    let fix = jixiao::fix(&template, history.document(), &evaluate(&template, history.document()), &found).unwrap();
    history.edit(&template.form, &fix);
    let evaluation = evaluate(&template, history.document());
    assert!(twice(&evaluation).is_none());
    assert_eq!(evaluation.score.unwrap().entered.shown.unwrap().to_string(), "100.00");
}
