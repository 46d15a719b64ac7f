//! Lines that the page lays down by itself, and open tables that it tells the module for office files.

use super::{cell, first_cell, sheet, support, told};
use jixiao::document::{Document, Edit};
use jixiao::paste::{Block, Open, Pasted, is_even, lines, open};
use jixiao::template::Labels;

#[test]
fn lines_are_laid_down_without_a_look_at_their_words() {
    let library = support::library();
    let template = library.template("national", "").unwrap();
    let form = &template.form;
    let document = Document::blank(form);
    let sheet = sheet(&template, &document);
    let told = |at: &str, text: &str| {
        let pasted = lines(form, &document, &sheet, cell(form, &document, at).unwrap(), text);
        let cells = match &pasted.edit {
            Some(Edit::Paste { cells, .. }) => cells.iter().map(|(cell, text)| format!("\n{} {text}", cell.name(form))).collect(),
            _ => String::new(),
        };
        told(form, &pasted) + &cells
    };
    // The title is what the form prints, the table grows, and what may be two numbers is asked.
    assert_eq!(
        told("indicators.#8.weight", "分值\n10\n\n8324,23\n5\n"),
        "4×1 headings 1 added 2\n? indicators.13.weight \"8324,23\" [\"8324.23\", \"832423\"]\n\
         indicators.11.weight 10\nindicators.12.weight \nindicators.13.weight 8324,23\nindicators.14.weight 5"
    );
    // Below the last line of the sheet is nothing.
    assert_eq!(told("total.score", "1\n2\n"), "1×1\n× 1,0 \"2\" Below\ntotal.score 1");
    assert_eq!(told("project_name", "甲\t乙"), "1×1\n× 0,1 \"乙\" Beyond\nproject_name 甲");
    for (text, even) in [("甲\t乙\n丙\t丁", true), ("甲\n乙", false), ("甲\t乙\n丙", false), ("", false)] {
        assert_eq!(is_even(text), even, "{text:?}");
    }
}

#[test]
fn what_is_no_open_table_is_none() {
    let library = support::library();
    let template = library.template("national", "").unwrap();
    let document = Document::blank(&template.form);
    let at = first_cell(&sheet(&template, &document));
    let text = open::write(&template.form, &document, &sheet(&template, &document), at);
    assert!(Open::read(&text, &library.forms).is_some());
    for cut in (0..text.len()).filter(|cut| text.is_char_boundary(*cut)).step_by(97) {
        // Half a table is none, or one that takes a block like any other.
        if let Some(open) = Open::read(&text[..cut], &library.forms) {
            open.paste(&Block::of_text("1\t2\n3").unwrap(), &Labels::builtin());
        }
    }
    assert!(Open::read(&text, &[]).is_none());
    assert!(Pasted::read("", &template.form).is_none());
}
