//! The JSON Schema of the saved format: made from the types, kept in `docs/`, and true of what is written.
//! `BLESS=1 cargo test --features schema --test schema` writes it anew.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use jixiao::document::Document;
use jixiao::evaluate;
use jixiao::io::json::{self, v1};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};
use support::{cases, library};

fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12();
    let mut schema = settings.into_generator().into_root_schema_for::<v1::File<'_>>().to_value();
    schema["$id"] = "jixiao/document/1".into();
    schema
}

#[test]
fn the_published_schema_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/document.schema.json");
    let current = schema();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, format!("{current:#}\n")).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    let same = serde_json::from_str::<Value>(&published).is_ok_and(|published| published == current);
    assert!(same, "docs/document.schema.json is out of date; see the top of this file");
}

#[test]
fn what_is_written_fits_the_schema() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let assert_fits = |name: &str, text: &str| {
        let value: Value = serde_json::from_str(text).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|error| format!("{} {error}", error.instance_path())).collect();
        assert_eq!(errors, [] as [String; 0], "{name}");
    };
    let library = library();
    for case in cases(&library) {
        let evaluation = evaluate(&case.template, &case.document);
        assert_fits(&case.name, &json::write(&case.document, &case.template.form));
        assert_fits(&case.name, &jixiao::export::document(&case.template, &case.document, &evaluation));
    }
    for form in &library.forms {
        let document = Document::blank(form);
        let template = library.template(&form.id, &document.profile).unwrap();
        assert_fits(&form.id, &jixiao::export::document(&template, &document, &evaluate(&template, &document)));
    }
    for name in ["minimal", "rubric"] {
        let path = format!("{}/tests/fixtures/json/{name}.json", env!("CARGO_MANIFEST_DIR"));
        assert_fits(name, &std::fs::read_to_string(path).unwrap());
    }
}

#[test]
fn what_the_reader_refuses_does_not_fit_the_schema() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let good = json!({"format": "jixiao", "version": 1, "form": {"id": "national"}});
    assert!(validator.is_valid(&good));
    for (key, value) in [
        ("format", json!("other")),
        ("version", json!(2)),
        ("form", json!({"version": 1})),
        ("cells", json!({"total.score": true})),
        ("tables", json!({"funds": [{"name": ["a"]}]})),
        ("tables", json!({"funds": {}})),
    ] {
        let mut bad = good.clone();
        bad[key] = value;
        assert!(!validator.is_valid(&bad), "{bad}");
        assert!(json::read(&bad.to_string(), &library()).is_err(), "{bad}");
    }
}

#[test]
fn the_types_for_javascript_say_what_the_schema_says() {
    let schema = schema();
    let types = include_str!("../src/js_api.d.ts");
    let keys_of = |interface: &str| -> Vec<(String, bool)> {
        let start = types.find(&format!("export interface {interface} ")).expect(interface);
        let body = types[start..].split("\n}").next().unwrap();
        let fields = body.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": "));
        let keys = fields.filter(|(key, _)| key.trim_end_matches('?').chars().all(|c| c.is_ascii_lowercase() || c == '_'));
        keys.map(|(key, _)| (key.trim_end_matches('?').to_owned(), !key.ends_with('?'))).collect()
    };
    for (name, interface) in [
        ("Agreement", "Agreement"),
        ("Cell", "Cell"),
        ("Evaluation", "Evaluation"),
        ("Finding", "Finding"),
        ("Level", "Level"),
        ("Reason", "Reason"),
        ("Report", "Report"),
        ("ReportSection", "ReportSection"),
        ("Row2", "EvaluatedRow"),
        ("Totals", "Totals"),
        ("Value", "Value"),
        ("Weights", "Weights"),
    ] {
        let mut typed = keys_of(interface);
        if interface == "Cell" {
            typed.extend(keys_of("Value"));
        }
        typed.sort();
        let definition = &schema["$defs"][name];
        let required = definition["required"].as_array().unwrap();
        let keys = definition["properties"].as_object().unwrap().keys();
        let known: Vec<(String, bool)> = keys.map(|key| (key.clone(), required.contains(&json!(key)))).collect();
        assert_eq!(typed, known, "{interface} in src/js_api.d.ts");
    }
}
