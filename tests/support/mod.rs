//! What the data-driven tests share: cases as files, and evaluations as plain lines.
#![allow(dead_code)] // Not every test uses all of it.

use jixiao::document::{CellId, Document, Edit};
use jixiao::engine::Evaluation;
use jixiao::evaluate;
use jixiao::explain::annex_text;
use jixiao::fix;
use jixiao::io::json;
use jixiao::number::Agreement;
use jixiao::template::{Library, Template, load};
use jixiao::wording;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A document to be checked, with the template it is for.
pub struct Case {
    pub name: String,
    pub file: toml::Table,
    pub template: Template,
    pub document: Document,
}

pub fn library() -> Library {
    thread_local! {
        // Loaded once for each thread: the long runs ask for it hundreds of times.
        static LIBRARY: Library = {
            let (library, errors) = Library::builtin();
            assert!(errors.is_empty(), "builtin templates: {errors:#?}");
            library
        };
    }
    LIBRARY.with(Library::clone)
}

/// Every case of `tests/cases`, by name.
pub fn cases(library: &Library) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    paths.iter().map(|path| case(library, path)).collect()
}

pub fn case(library: &Library, path: &Path) -> Case {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let file: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap_or_else(|error| panic!("{name}: {error}"));
    // A case may bring a form of its own, for checks that no builtin form needs yet.
    let mut library = library.clone();
    if let Some(form) = file.get("form") {
        let value = serde_json::to_value(form).unwrap();
        let form = load::form(&name, &value, &library.sources).unwrap_or_else(|error| panic!("{error:#?}"));
        library.forms.push(Rc::new(form));
    }
    let text = match file.get("example").and_then(toml::Value::as_str) {
        Some(id) => library.examples.iter().find(|example| example.id == id).expect("an example").json.clone(),
        None => serde_json::to_string(&file["document"]).unwrap(),
    };
    let document = json::read(&text, &library).unwrap_or_else(|error| panic!("{name}: {error:?}")).document;
    let template = document.template(&library).expect("form and profile");
    Case { name, file, template, document }
}

/// `error A08 total.score`: what a case expects of a finding.
pub fn finding_lines(case: &Case, evaluation: &Evaluation) -> Vec<String> {
    let form = &case.template.form;
    let line = |finding: &jixiao::finding::Finding| {
        let cell = finding.at.first().expect("a finding has a place").name(form);
        format!("{} {} {cell}", finding.severity.id(), finding.code.id())
    };
    evaluation.findings.iter().map(line).collect()
}

/// `exact`, `rounds 1`, `truncates 0`, `padded 0`, `differs -9`.
pub fn agreement_text(agreement: Agreement) -> String {
    match agreement {
        Agreement::Exact => "exact".to_owned(),
        Agreement::RoundsTo { dp } => format!("rounds {dp}"),
        Agreement::TruncatesTo { dp } => format!("truncates {dp}"),
        Agreement::Padded { dp } => format!("padded {dp}"),
        Agreement::Differs { by } => format!("differs {}", by.to_plain(6)),
    }
}

/// Findings and explanations of a document as people read them.
pub fn report(library: &Library, case: &Case) -> String {
    let evaluation = evaluate(&case.template, &case.document);
    let mut text = format!("{} · {}\n\n", case.template.form.name, case.template.profile.name);
    for finding in &evaluation.findings {
        let sentence = wording::finding(finding, &case.template, &case.document);
        text.push_str(&format!(
            "{} {} {}：{}",
            wording::severity(finding.severity),
            finding.code.id(),
            sentence.title,
            sentence.text
        ));
        let fix = fix(&case.template, &case.document, &evaluation, finding);
        if let (Some(label), Some(fix)) = (sentence.fix, fix) {
            // Cells of another kind than the finding's follow from the change.
            let kind = |cell: CellId| match cell {
                CellId::Fixed(_) => cell,
                CellId::Row { table, column, .. } => CellId::Row { table, row: 0, column },
            };
            let own = |cell: CellId| finding.at.iter().any(|at| kind(*at) == kind(cell));
            let follows = matches!(&fix, Edit::SetMany(cells) if cells.iter().any(|(cell, _)| !own(*cell)));
            text.push_str(&format!("［{label}{}］", if follows { "，随改" } else { "" }));
        }
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&annex_text(library, &case.template, &case.document, &evaluation));
    text
}
