//! The JSON Schema of the saved format: made from the types, kept in `docs/`, and true of what is written.
//! `BLESS=1 cargo test --features schema --test schema` writes it anew.

mod support;

use jixiao::document::Document;
use jixiao::engine::evaluate;
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
    assert_eq!(
        serde_json::from_str(&published).ok(),
        Some(current),
        "docs/document.schema.json is out of date; see the top of this file"
    );
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
        assert_fits(&case.name, &json::export(&case.template, &case.document, &evaluation));
    }
    for form in &library.forms {
        let document = Document::blank(form);
        let template = library.template(&form.id, &document.profile).unwrap();
        assert_fits(&form.id, &json::export(&template, &document, &evaluate(&template, &document)));
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
