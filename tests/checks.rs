//! Small tables with what must be found in them, and what must not. `tests/checks/*.toml` hold the cases, `bases.toml` the sound tables
//! that they change.
//!
//! A case names a `form` (and perhaps a `profile`), or a `base`. `cells` are set by name, those of rows too (`indicators.3.score`);
//! `tables` bring rows of their own, and `without` takes rows of the base away (`indicators.3`). A finding is named as far as it
//! matters, severity, code and place: `error A08 total.score`, `A08`, `error`. `finds` must each be found, `not` must not, and `only` is
//! the whole list. `unit` is the unit of the table, `columns` are shown or hidden by name. `standing` is how far the work has come (`unchecked`, `partial 3`, `complete`), `total` the total and grade as shown (`-`
//! before there is something to grade).

mod support;

use jixiao::document::{CellId, Document, Edit, apply};
use jixiao::engine::{Evaluation, Standing};
use jixiao::evaluate;
use jixiao::io::json;
use jixiao::template::{Form, Library, Template};
use jixiao::wording;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use toml::{Table, Value};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks")
}

fn read(path: &Path) -> Table {
    fs::read_to_string(path).unwrap().parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn bases() -> Table {
    read(&folder().join("bases.toml"))
}

/// The form, the profile and the document of a case, with its changes to the base made.
fn set_up(library: &Library, bases: &Table, case: &Table) -> (Template, Document) {
    let text = |key: &str| case.get(key).and_then(Value::as_str);
    let base = text("base").map(|name| bases[name].as_table().unwrap());
    let part = |key: &str| base.and_then(|base| base.get(key)).or(case.get(key)).and_then(Value::as_str);
    let form = library.form(part("form").expect("a form")).expect("a form of the library");
    let mut file = Table::new();
    file.insert("format".into(), "jixiao".into());
    file.insert("version".into(), Value::Integer(1));
    file.insert("form".into(), Value::Table(Table::from_iter([("id".to_owned(), form.id.as_str().into())])));
    let profile = text("profile").or(part("profile")).unwrap_or(&form.default_profile);
    file.insert("profile".into(), profile.into());
    let mut tables = base.and_then(|base| base.get("tables")).and_then(Value::as_table).cloned().unwrap_or_default();
    tables.extend(case.get("tables").and_then(Value::as_table).cloned().unwrap_or_default());
    for name in list(case, "without") {
        let (table, row) = name.split_once('.').expect("a table and a row");
        let rows = tables[table].as_array_mut().unwrap();
        let count = rows.len();
        rows.retain(|known| known["id"].as_integer() != row.parse().ok());
        assert_eq!(rows.len() + 1, count, "there is no {name} to take away");
    }
    // Without rows of its own, the table is the blank form.
    let mut document = if tables.is_empty() {
        Document { profile: profile.to_owned(), ..Document::blank(&form) }
    } else {
        file.insert("tables".into(), Value::Table(tables));
        let json = serde_json::to_string(&file).unwrap();
        json::read(&json, library).unwrap_or_else(|error| panic!("{case:?}: {error:?}")).document
    };
    for cells in [base.and_then(|base| base.get("cells")), case.get("cells")] {
        for (name, value) in cells.and_then(Value::as_table).into_iter().flatten() {
            let text = value.as_str().unwrap_or_else(|| panic!("{name} is no text")).to_owned();
            document = apply(&document, &form, &Edit::Set { cell: cell(name, &form, &document), text });
        }
    }
    for (name, shown) in case.get("columns").and_then(Value::as_table).into_iter().flatten() {
        let (table, column) = form.open_column(name).unwrap_or_else(|| panic!("{name} is no column to show or hide"));
        document = apply(&document, &form, &Edit::ShowColumn { table, column, shown: shown.as_bool().unwrap() });
    }
    if let Some(unit) = text("unit") {
        document = apply(&document, &form, &Edit::Relabel(jixiao::template::amount_unit(unit).expect("a unit")));
    }
    let template = library.template(&form.id, profile).expect("a profile of the library");
    (document.fitted(template), document)
}

fn cell(name: &str, form: &Form, document: &Document) -> CellId {
    let cell = CellId::from_name(name, form).filter(|cell| match cell {
        CellId::Fixed(_) => true,
        CellId::Row { table, row, .. } => document.row(*table, *row).is_some(),
    });
    cell.unwrap_or_else(|| panic!("the form {} has no cell {name}", form.id))
}

fn list(case: &Table, key: &str) -> Vec<String> {
    let values = case.get(key).and_then(Value::as_array).into_iter().flatten();
    values.map(|value| value.as_str().expect("a text").to_owned()).collect()
}

/// `error A08 total.score：…`: every finding by severity, code and place, with its sentence.
fn found(template: &Template, document: &Document, evaluation: &Evaluation) -> Vec<(String, String)> {
    let said = |finding: &jixiao::finding::Finding| {
        let place = finding.at.first().expect("a finding has a place").name(&template.form);
        let line = format!("{} {} {place}", finding.severity.id(), finding.code.id());
        (line, wording::finding(finding, template, document).text)
    };
    evaluation.findings.iter().map(said).collect()
}

/// Whether a line names what the wanted one does.
fn names(line: &str, wanted: &str) -> bool {
    let parts: Vec<&str> = line.split(' ').collect();
    wanted.split(' ').all(|part| parts.contains(&part))
}

const KEYS: [&str; 14] = [
    "about", "form", "profile", "base", "cells", "unit", "columns", "tables", "without", "finds", "not", "only", "standing",
    "total",
];

fn standing(evaluation: &Evaluation) -> String {
    match evaluation.progress.standing() {
        Standing::Unchecked => "unchecked".to_owned(),
        Standing::Partial(open) => format!("partial {open}"),
        Standing::Complete => "complete".to_owned(),
    }
}

/// `89.60 良`, as entered.
fn total(template: &Template, evaluation: &Evaluation) -> String {
    let Some(totals) = evaluation.score.as_ref().map(|score| &score.entered) else { return "-".to_owned() };
    let band = totals.grade.and_then(|at| template.profile.grades.as_ref()?.bands.get(at));
    let grade = band.map(|band| format!(" {}", band.name)).unwrap_or_default();
    format!("{}{grade}", totals.shown.map_or("-".to_owned(), |shown| shown.to_string()))
}

#[test]
fn each_table_has_the_findings_it_should() {
    let (library, bases) = (support::library(), bases());
    let mut failures = Vec::new();
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut paths: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| !path.ends_with("bases.toml")) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        for case in read(path)["case"].as_array().unwrap() {
            let case = case.as_table().unwrap();
            let about = case["about"].as_str().unwrap();
            for key in case.keys() {
                assert!(KEYS.contains(&key.as_str()), "{name}, {about}: {key} means nothing");
            }
            let (template, document) = set_up(&library, &bases, case);
            let evaluation = evaluate(&template, &document);
            let found = found(&template, &document, &evaluation);
            let lines: String = found.iter().map(|(line, text)| format!("\n    {line}：{text}")).collect();
            let mut fails = |what: &str, wanted: &str| failures.push(format!("{name}, {about}: {what} {wanted}{lines}"));
            let (finds, not) = (list(case, "finds"), list(case, "not"));
            for wanted in &finds {
                if !found.iter().any(|(line, _)| names(line, wanted)) {
                    fails("not found:", wanted);
                }
            }
            for unwanted in &not {
                if found.iter().any(|(line, _)| names(line, unwanted)) {
                    fails("found:", unwanted);
                }
            }
            if case.contains_key("only") {
                let only = list(case, "only");
                if !(only.len() == found.len() && only.iter().zip(&found).all(|(wanted, (line, _))| names(line, wanted))) {
                    fails("not the whole list:", &format!("{only:?}"));
                }
            }
            for (key, now) in [("standing", standing(&evaluation)), ("total", total(&template, &evaluation))] {
                if case.get(key).is_some_and(|wanted| wanted.as_str() != Some(&now)) {
                    fails(&format!("{key} is {now}, not"), case[key].as_str().unwrap_or_default());
                }
            }
            let count = counts.entry(name.clone()).or_default();
            count.0 += usize::from(!finds.is_empty() || case.contains_key("only"));
            count.1 += usize::from(!not.is_empty());
            let expects = ["finds", "not", "only", "standing", "total"].iter().any(|key| case.contains_key(*key));
            assert!(expects, "{name}, {about} expects nothing");
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    for (name, (hit, miss)) in counts {
        assert!(hit > 0 && miss > 0, "{name}: a file of cases that must hit ({hit}) and of such that must not ({miss})");
    }
}

#[test]
fn the_tables_that_cases_change_are_sound() {
    let (library, bases) = (support::library(), bases());
    for (name, _) in &bases {
        let case = Table::from_iter([("base".to_owned(), Value::String(name.clone()))]);
        let (template, document) = set_up(&library, &bases, &case);
        let evaluation = evaluate(&template, &document);
        let found = found(&template, &document, &evaluation);
        assert!(found.is_empty(), "{name}: {found:#?}");
        assert_eq!(standing(&evaluation), "complete", "{name}: {:?}", evaluation.progress.open);
    }
}
