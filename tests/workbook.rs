//! Workbooks: what stands in their cells, and that the files are whole.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use jixiao::document::Document;
use jixiao::layout::layout;
use jixiao::paper::Given;
use jixiao::template::{Library, Template};
use jixiao::workbook::{Workbook, workbook};
use jixiao::{evaluate, writer};
use support::{cases, library};

fn of(library: &Library, template: &Template, document: &Document) -> Workbook {
    let evaluation = evaluate(template, document);
    let sheet = layout(template, document, &evaluation, None);
    let evaluation = &evaluation;
    workbook(Given {
        library,
        template,
        document,
        evaluation,
        sheet: &sheet,
        landscape: template.form.landscape,
        date: "",
        source: &|_| None,
    })
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
