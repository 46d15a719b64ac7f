//! What each row of an indicator table is taken for: its aspect, and which way a number without a sign counts.

mod support;

use jixiao::engine::RowEval;
use jixiao::engine::meaning::{Direction, Meaning};
use jixiao::io::json;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn table(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/meaning").join(name);
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The rows of an indicator table as they are read in a form.
fn meanings(form: &str, rows: &Value) -> Vec<Meaning> {
    let library = support::library();
    let mut rows = rows.clone();
    for (row, id) in rows.as_array_mut().unwrap().iter_mut().zip(1..) {
        row["id"] = json!(id);
    }
    let text = json!({ "format": "jixiao", "version": 1, "form": { "id": form }, "tables": { "indicators": rows } });
    let document = json::read(&text.to_string(), &library).unwrap().document;
    let template = library.template(form, &document.profile).unwrap();
    let evaluation = jixiao::evaluate(&template, &document);
    let (at, _) = template.form.indicators().unwrap();
    evaluation.rows(at).iter().map(|row: &std::rc::Rc<RowEval>| row.meaning.clone()).collect()
}

fn direction(meaning: &Meaning) -> &'static str {
    match meaning.read_as.map(|read_as| read_as.direction) {
        Some(Direction::AtLeast) => "at least",
        Some(Direction::AtMost) => "at most",
        Some(Direction::Equal) => "equal",
        Some(Direction::Open) => "open",
        None => "said",
    }
}

#[test]
fn a_number_without_a_sign_is_read_one_way() {
    let file = table("directions.toml");
    let cases = file["case"].as_array().unwrap();
    assert!(cases.len() >= 110, "{} cases", cases.len());
    let mut failures = Vec::new();
    for case in cases {
        let form = case.get("form").and_then(Value::as_str).unwrap_or("national");
        let mut row = case["row"].clone();
        // Columns that only some forms print.
        for (key, value) in [("actual", "1"), ("weight", "10")] {
            row.as_object_mut().unwrap().entry(key).or_insert(json!(value));
        }
        let found = &meanings(form, &json!([row]))[0];
        if direction(found) != case["reads"] {
            failures.push(format!("{}: {} ({:?}, {:?})", case["row"], direction(found), found.aspect, found.read_as));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn a_row_is_what_its_levels_and_else_its_name_say() {
    let file = table("aspects.toml");
    let cases = file["case"].as_array().unwrap();
    assert!(cases.len() >= 40, "{} cases", cases.len());
    for case in cases {
        let found = meanings("national", &json!([case["row"]]));
        let name = format!("{:?}", found[0].aspect).to_lowercase();
        assert_eq!(name, case["is"].as_str().unwrap(), "{}", case["row"]);
    }
    for case in file["table"].as_array().unwrap() {
        let found: Vec<String> = meanings("national", &case["rows"])
            .iter()
            .map(|meaning| {
                let group = if meaning.is_group { " group" } else { "" };
                format!("{:?}{group}", meaning.aspect).to_lowercase()
            })
            .collect();
        let expected: Vec<&str> = case["are"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(found, expected, "{}", case["rows"]);
    }
}

#[test]
fn what_is_chosen_counts_whatever_the_words_say() {
    let row = |kind: &str, target: &str| json!([{ "level2": "时效指标", "indicator": "投诉响应时间", "target": target, "actual": "1", "weight": "5", "kind": kind }]);
    assert_eq!(direction(&meanings("national", &row("", "30分钟"))[0]), "at most");
    assert_eq!(direction(&meanings("national", &row("higher-better", "30分钟"))[0]), "at least");
    assert_eq!(direction(&meanings("national", &row("equal", "30分钟"))[0]), "equal");
    // A choice that the sign says too needs no words.
    assert_eq!(direction(&meanings("national", &row("lower-better", "≤30分钟"))[0]), "said");
    assert_eq!(direction(&meanings("national", &row("higher-better", "≤30分钟"))[0]), "at least");
    assert_eq!(direction(&meanings("national", &row("tier", "30分钟"))[0]), "said");
}
