//! Golden cases: published tables with what must be found in them. `tests/cases/*.toml` hold the facts, the `.txt` beside each the
//! sentences and explanations as people read them. `BLESS=1 cargo test --test cases` writes the `.txt` files anew, to be read as prose.

mod support;

use jixiao::document::CellId;
use jixiao::engine::{Totals, computed_cell};
use jixiao::evaluate;
use jixiao::template::{NotApplicable, Template};
use std::fs;
use std::path::Path;
use std::rc::Rc;
use support::{Case, agreement_text, cases, finding_lines, library, report};

#[test]
fn every_case_has_the_findings_and_numbers_it_expects() {
    let library = library();
    let mut failures = Vec::new();
    let cases = cases(&library);
    assert!(cases.len() >= 15, "the cases are there");
    for case in &cases {
        let evaluation = evaluate(&case.template, &case.document);
        let mut differs = |what: &str, expected: &str, found: &str| {
            if expected != found {
                failures.push(format!("{}: {what}: expected {expected}, found {found}", case.name));
            }
        };
        let Some(expect) = case.file.get("expect").and_then(toml::Value::as_table) else {
            differs("expect", "a table of expectations", "none");
            continue;
        };
        let list = |key: &str| -> Vec<String> {
            let values = expect.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
            values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
        };
        differs("findings", &format!("{:#?}", list("findings")), &format!("{:#?}", finding_lines(case, &evaluation)));
        for (name, value) in expect.get("cells").and_then(toml::Value::as_table).into_iter().flatten() {
            differs(name, value.as_str().unwrap_or_default(), &cell_text(case, name));
        }
        for (name, value) in expect.get("by_rule").and_then(toml::Value::as_table).into_iter().flatten() {
            let cell = CellId::from_name(name, &case.template.form).and_then(|cell| computed_cell(&evaluation, cell).cloned());
            let found = cell.and_then(|cell| cell.by_rule.value()).map(|value| value.to_plain(6));
            differs(name, value.as_str().unwrap_or_default(), &found.unwrap_or_default());
        }
        for (key, value) in expect.get("totals").and_then(toml::Value::as_table).into_iter().flatten() {
            let score = evaluation.score.as_ref().expect("a form with points");
            let found = match key.as_str() {
                "entered" => total_text(&case.template, &score.entered),
                "by_rule" => total_text(&case.template, &score.by_rule),
                "weight" => score.weight.value().map(|weight| weight.to_plain(4)).unwrap_or_default(),
                _ => String::new(),
            };
            differs(key, value.as_str().unwrap_or_default(), &found);
        }
        for what_if in expect.get("what_if").and_then(toml::Value::as_array).into_iter().flatten() {
            let text = |key: &str| what_if.get(key).and_then(toml::Value::as_str);
            let mut template = case.template.clone();
            if let Some(profile) = text("profile") {
                template.profile = library.profile(profile).expect("a profile");
            }
            if text("blank") == Some("not-applicable") {
                template.profile = Rc::new(template.profile.with_not_applicable(NotApplicable::Rescale, true));
            }
            let evaluation = evaluate(&template, &case.document);
            let score = evaluation.score.as_ref().expect("a form with points");
            differs(&format!("what if {what_if}"), text("total").unwrap_or_default(), &total_text(&template, &score.entered));
            let lines = finding_lines(case, &evaluation);
            for line in what_if.get("finds").and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str)
            {
                let found = if lines.iter().any(|found| found == line) { line } else { "no such finding" };
                differs(&format!("what if {what_if}"), line, found);
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// `45.56 rounds 0`: the computed value of a cell, and how the printed one agrees.
fn cell_text(case: &Case, name: &str) -> String {
    let evaluation = evaluate(&case.template, &case.document);
    let Some(cell) = CellId::from_name(name, &case.template.form) else { return format!("no cell {name}") };
    let (shown, agreement) = match (computed_cell(&evaluation, cell), cell) {
        (Some(eval), _) => (eval.shown, eval.agreement),
        (None, CellId::Row { table, row, .. }) => {
            evaluation.row(table, row).map_or((None, None), |eval| (eval.suggested_shown, eval.agreement))
        }
        (None, CellId::Fixed(_)) => (None, None),
    };
    let agreement = agreement.map(agreement_text).unwrap_or_else(|| "-".to_owned());
    format!("{} {agreement}", shown.map_or("-".to_owned(), |shown| shown.to_string()))
}

/// `89.60 良`
fn total_text(template: &Template, totals: &Totals) -> String {
    let grade = totals.grade.and_then(|grade| Some(template.profile.grades.as_ref()?.bands.get(grade)?.name.clone()));
    format!("{} {}", totals.shown.map_or("-".to_owned(), |shown| shown.to_string()), grade.unwrap_or_default())
}

#[test]
fn findings_and_explanations_read_as_they_should() {
    let library = library();
    let bless = std::env::var_os("BLESS").is_some();
    let mut stale = Vec::new();
    for case in cases(&library) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(&case.name).with_extension("txt");
        let text = report(&library, &case);
        if bless {
            fs::write(&path, &text).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != text {
            stale.push(case.name);
        }
    }
    assert!(stale.is_empty(), "read the change and bless it, or mend it: {stale:?}");
}
