//! Workbooks: what stands in their cells, and that the files are whole.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use jixiao::document::{CellId, Document, Edit, apply};
use jixiao::layout::layout;
use jixiao::paper::Given;
use jixiao::template::{Library, Role, Template};
use jixiao::workbook::{Workbook, workbook};
use jixiao::{evaluate, writer};
use std::io::{Cursor, Read};
use support::{cases, library};
use zip::ZipArchive;

fn of(library: &Library, template: &Template, document: &Document) -> Workbook {
    let evaluation = evaluate(template, document);
    let sheet = layout(template, document, &evaluation, None);
    workbook(Given::new(library, (template, document), &evaluation, &sheet, ""))
}

/// Set to a folder, the files are put there to be looked at.
fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("WORKBOOKS") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.xlsx")), bytes).unwrap();
    }
}

#[test]
fn every_golden_case_is_written_the_same_each_time() {
    let library = library();
    for case in cases(&library) {
        let workbook = of(&library, &case.template, &case.document);
        let bytes = writer::xlsx::write(&workbook).unwrap_or_else(|| panic!("{} can't be written", case.name));
        keep(&case.name, &bytes);
        // The module for the page gets the workbook as JSON.
        let read: Workbook = serde_json::from_str(&serde_json::to_string(&workbook).unwrap()).unwrap();
        assert_eq!(read, workbook, "{}", case.name);
        assert!(writer::xlsx::write(&read).unwrap() == bytes, "{}: the bytes differ", case.name);
    }
}

/// A text that a program for tables would take for a formula stays a text, in every sheet, and when somebody edits it.
#[test]
fn no_typed_text_becomes_a_formula() {
    let library = library();
    let (form, profile) = ("national", "national-2020");
    let template = library.template(form, profile).unwrap();
    for sign in ['=', '+', '-', '@'] {
        let hostile = format!("{sign}MARKER(\"a\",1)");
        let mut document = Document::blank(&template.form);
        let edits = [CellId::Fixed(template.form.role(Role::ProjectName).unwrap())].into_iter().chain(
            (0..).zip(&template.form.tables).flat_map(|(table, def)| {
                let rows: Vec<_> = document.rows(table).iter().map(|row| row.id).collect();
                rows.into_iter()
                    .flat_map(move |row| (0..).zip(&def.columns).map(move |(column, _)| CellId::Row { table, row, column }))
            }),
        );
        let edits: Vec<_> = edits.map(|cell| (cell, hostile.clone())).collect();
        document = apply(&document, &template.form, &Edit::SetMany(edits));
        let bytes = writer::xlsx::write(&of(&library, &template, &document)).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut seen = false;
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            seen |= text.contains("MARKER");
            for formula in text.split("<f>").skip(1) {
                let formula = formula.split("</f>").next().unwrap();
                assert!(!formula.contains("MARKER"), "{sign} {name}: {formula}");
            }
            assert!(name != "xl/styles.xml" || text.contains("quotePrefix=\"1\""), "{sign}");
        }
        assert!(seen, "{sign}");
    }
}
