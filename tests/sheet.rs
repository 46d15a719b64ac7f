//! The printed sheet: what stands at its foot.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use jixiao::document::{CellId, Document, Edit, apply};
use jixiao::evaluate;
use jixiao::layout::layout;
use jixiao::template::{Form, SignItem};
use support::{cases, library};

/// The cells at the foot of a form.
fn signature(form: &Form) -> Vec<CellId> {
    let cell = |item: &SignItem| match item {
        SignItem::Cell(at) => Some(CellId::Fixed(*at)),
        SignItem::Words(_) => None,
    };
    form.sign.iter().filter_map(cell).collect()
}

#[test]
fn what_is_to_be_filled_in_at_the_foot_is_a_cell() {
    let library = library();
    for form in &library.forms {
        for item in &form.sign {
            if let SignItem::Words(words) = item {
                assert!(words.starts_with('（') && words.ends_with('）'), "{}: {words} leaves a blank that is no cell", form.id);
            }
        }
        // Who filled it in, and when, can be typed in every form, wherever it prints them.
        for label in ["人", "日期"] {
            let named = form.table_cells().iter().any(|cell| cell.label.ends_with(label) || cell.label.contains("填报人"));
            assert!(named, "{} has no cell for {label}", form.id);
        }
        let document = signature(form).into_iter().fold(Document::blank(form), |document, cell| {
            apply(&document, form, &Edit::Set { cell, text: "张三，2024年3月1日".to_owned() })
        });
        let template = document.template(&library).unwrap();
        let sheet = layout(&template, &document, &evaluate(&template, &document), None);
        assert_eq!(sheet.sign.len(), form.sign.len());
        for part in &sheet.sign {
            let Some(field) = &part.field else { continue };
            assert_eq!(part.label, format!("{}：", form.cell_index(&field.name).and_then(|at| form.cell(at)).unwrap().label));
            assert_eq!((field.shown.as_str(), field.locked), ("张三，2024年3月1日", false));
        }
    }
}

/// A foot that is left blank is signed by hand, and one that is filled in is nobody's business: neither changes a finding.
#[test]
fn the_foot_changes_no_finding() {
    let library = library();
    let mut compared = 0;
    for case in cases(&library) {
        let codes = |document: &Document| {
            let evaluation = evaluate(&case.template, document);
            evaluation.findings.iter().map(|finding| (finding.code, finding.at.clone())).collect::<Vec<_>>()
        };
        let form = &case.template.form;
        for text in ["", "李四", "/", "13次", "2024年2月30日"] {
            let signed = signature(form)
                .into_iter()
                .fold(case.document.clone(), |document, cell| apply(&document, form, &Edit::Set { cell, text: text.to_owned() }));
            assert_eq!(codes(&signed), codes(&case.document), "{} signed {text:?}", case.name);
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared}");
}
