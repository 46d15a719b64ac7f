//! Blocks of cells from a clipboard.

use jixiao::document::{CellId, Document, Edit, apply, block_from_text, is_block, left_over};
use jixiao::template::{Form, Library};
use proptest::prelude::*;
use std::rc::Rc;

thread_local! {
    /// Loaded once: it costs more than all that is pasted here.
    static FORMS: Vec<Rc<Form>> = Library::builtin().0.forms;
}

fn rows(text: &str) -> Vec<Vec<String>> {
    block_from_text(text)
}

#[test]
fn a_block_is_read_cell_by_cell() {
    assert_eq!(rows("a\tb\nc\td\n"), [["a", "b"], ["c", "d"]]);
    assert_eq!(rows("a\t\r\n\tb\r\n"), [["a", ""], ["", "b"]]);
    assert_eq!(rows("\"两行\n文字\"\t1"), [["两行\n文字", "1"]]);
    assert_eq!(rows("\"他说\"\"好\"\"\"\tx"), [["他说\"好\"", "x"]]);
}

#[test]
fn quotes_that_are_no_quoting_stay() {
    assert_eq!(rows("\"一网\"目标\t5"), [["\"一网\"目标", "5"]]);
    assert_eq!(rows("\"没有结束\t5"), [["\"没有结束", "5"]]);
}

#[test]
fn one_cell_is_no_block() {
    assert!(!is_block("180"));
    assert!(!is_block("180\r\n"));
    assert!(is_block("180\t82"));
    assert!(is_block("180\n82"));
}

proptest! {
    /// Every text of a block stands in the table afterwards, or is counted as one that found no place.
    #[test]
    fn no_text_of_a_block_goes_missing(form in 0usize..100, table in 0usize..8, row in 0usize..12, column in 0u8..12, rows in 1usize..9, columns in 1usize..14) {
        let forms = FORMS.with(Clone::clone);
        let form = &forms[form % forms.len()];
        prop_assume!(!form.tables.is_empty());
        let table = table % form.tables.len();
        let document = Document::blank(form);
        let known = document.rows(table as u8);
        prop_assume!(!known.is_empty());
        let row = known[row % known.len()].id;
        let block: Vec<Vec<String>> =
            (0..rows).map(|y| (0..columns).map(|x| if (x + y) % 5 == 0 { String::new() } else { format!("文{x}.{y}！") }).collect()).collect();
        let at = CellId::Row { table: table as u8, row, column };
        let pasted = apply(&document, form, &Edit::Paste { at, block: block.clone() });
        let stands: Vec<&str> = pasted.rows(table as u8).iter().flat_map(|row| row.cells.iter().map(|cell| cell.text())).collect();
        let missing = block.iter().flatten().filter(|text| !text.is_empty() && !stands.contains(&text.as_str())).count();
        prop_assert_eq!(left_over(&document, form, at, &block), missing);
    }

    /// What stands in cells without quotes, tabs and line breaks comes back as it was.
    #[test]
    fn plain_cells_come_back(cells in prop::collection::vec(prop::collection::vec("[^\t\r\n\"]{0,8}", 1..5), 1..5)) {
        prop_assume!(cells.last().is_some_and(|row| row.len() > 1 || !row[0].is_empty()));
        let text = cells.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n");
        prop_assert_eq!(rows(&text), cells);
    }

    #[test]
    fn no_text_is_too_strange(text in "[\t\r\n\"a]{0,24}") {
        let kept: usize = rows(&text).iter().flatten().map(|cell| cell.matches('a').count()).sum();
        prop_assert_eq!(kept, text.matches('a').count());
    }
}
