//! Blocks of cells from a clipboard.

use jixiao::document::{block_from_text, is_block};
use proptest::prelude::*;

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
