//! What the page loads when a file comes that may be a whole published document (部门决算公开, 部门预算公开, 绩效自评报告): the check of its
//! tables, its sentences and the two against each other (`jixiao::disclosure`), in a wasm of its own. It is given an answer of the module for
//! office files, and puts into it what was found, beside the document as it stands.

#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::panic)]

#[path = "office_module/drawn.rs"]
mod drawn;
#[path = "whole_module/places.rs"]
mod places;
#[path = "whole_module/said.rs"]
mod said;
#[path = "whole_module/shown.rs"]
mod shown;

use jixiao::block::{BlockNotice, Blocks};
use jixiao::disclosure::{self, Disclosure};
use jixiao::export::blocks as written;
use jixiao::paper::csv::{self, Separator};
use jixiao::paper::{Paper, html};
use jixiao::wire::{GRID, WHOLE};
use wasm_bindgen::prelude::*;

/// Nothing is done before a function is called.
fn main() {}

/// The answer with what was found in place of the document, and without the grids that the document's own tables are. The name of the file
/// and the day stand on what is handed on.
#[wasm_bindgen]
pub fn fill(answer: &str, file: &str, date: &str) -> String {
    let pieces: Vec<&str> = answer.splitn(4, WHOLE).collect();
    let [before, _, piece, behind] = pieces.as_slice() else { return answer.to_owned() };
    match checked(piece) {
        Some((blocks, found)) => [*before, &document(&blocks, &found, file, date), &without(behind, &found)].concat(),
        None => [*before, *behind].concat(),
    }
}

/// What was found as separated values, of the paper that [`fill`] left beside it; blank for what is none.
#[wasm_bindgen]
pub fn csv(paper: &str) -> String {
    let Ok(Paper { pages, .. }) = serde_json::from_str(paper) else { return String::new() };
    let lists = pages.iter().map(|pages| csv::pages(pages, Separator::Comma)).collect::<Vec<_>>();
    format!("{}{}", csv::MARK, lists.join("\r\n"))
}

/// The same as a page to print.
#[wasm_bindgen]
pub fn html(paper: &str) -> String {
    serde_json::from_str(paper).map(|paper| html::page(&paper)).unwrap_or_default()
}

/// The document of a piece: how many of its tables have a form, whether its columns were told by blanks, its blocks.
fn checked(piece: &str) -> Option<(Blocks, Disclosure)> {
    let mut parts = piece.splitn(3, ' ');
    let (tables, aligned) = (parts.next()?, parts.next()?);
    let mut blocks = written::read(parts.next()?)?;
    if aligned == "1" {
        blocks.notices.push(BlockNotice::AlignedColumns);
    }
    let found = disclosure::check(&blocks)?;
    // The text of a report beside its table: where it is sound nobody need hear of it.
    let is_heard = !found.tables.is_empty() || tables == "0" || found.severities().next().is_some();
    is_heard.then_some((blocks, found))
}

/// The grids that no form fits, but for those whose figures the document holds against the rest.
fn without(others: &str, found: &Disclosure) -> String {
    let pieces: Vec<&str> = others.split(GRID).collect();
    let mut left = String::with_capacity(others.len());
    for three in pieces.chunks(3) {
        let [text, grid @ ..] = three else { continue };
        left.push_str(text);
        let [title, held] = grid else { continue };
        let block = held.split_once(' ').and_then(|(block, _)| block.parse().ok());
        if !block.is_some_and(|block| found.holds(block)) {
            left.extend([&GRID.to_string(), *title, &GRID.to_string(), held, &GRID.to_string()]);
        }
    }
    left
}

fn document(blocks: &Blocks, found: &Disclosure, file: &str, date: &str) -> String {
    format!(
        "<div class=\"whole\">{}<div class=\"whole-panes\">{}{}</div></div>",
        said::head(blocks, found, file, date),
        said::lists(blocks, found),
        shown::shown(blocks, found),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jixiao::block::{Block, Grid, GridCell, Origin, Paragraph};

    fn paragraph(number: u32, text: &str) -> Block {
        Block::Paragraph(Paragraph { text: text.to_owned(), number, heading: None })
    }

    fn grid(rows: &[&[&str]]) -> Block {
        let mut cells = Vec::new();
        for (row, line) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*line) {
                cells.push(GridCell { row, column, row_span: 1, column_span: 1, text: (*text).to_owned(), exact: None });
            }
        }
        let columns = rows.first().map_or(0, |row| u32::try_from(row.len()).unwrap_or(0));
        Block::Grid(Grid {
            origin: Origin::Table(1),
            caption: None,
            rows: u32::try_from(rows.len()).unwrap_or(0),
            columns,
            cells,
        })
    }

    /// Two tables and a sentence of accounts; the second table and the sentence disagree with the first.
    fn accounts() -> Blocks {
        let head = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"];
        let list = vec![
            paragraph(1, "某市<b>教育局</b>2023年度部门决算"),
            paragraph(2, "支出决算表"),
            grid(&[&head, &["", "合计", "100.00", "60.00", "40.00"], &["205", "教育支出", "100.00", "60.00", "40.00"]]),
            paragraph(3, "一般公共预算财政拨款支出决算表"),
            grid(&[&head, &["", "合计", "90.00", "60.00", "40.00"], &["205", "教育支出", "90.00", "60.00", "30.00"]]),
            paragraph(4, "支出决算情况说明"),
            paragraph(5, "本年支出合计100.00万元,其中:基本支出61.00万元,占60.00%,项目支出40.00万元,占40.00%"),
        ];
        Blocks { list, notices: Vec::new() }
    }

    fn answer(blocks: &Blocks) -> String {
        let other = |block: usize| format!("{GRID}<p>其他{block}</p>{GRID}{block} []{GRID}");
        let written = written::write(blocks);
        format!("前{WHOLE}未作{WHOLE}0 0 {written}{WHOLE}{}中{}后", other(2), other(6))
    }

    #[test]
    fn a_document_stands_in_place_of_its_blocks_and_of_its_own_grids() {
        let filled = fill(&answer(&accounts()), "决算.docx", "2024年8月1日");
        assert!(filled.starts_with("前<div class=\"whole\">") && filled.ends_with("后"), "{filled}");
        assert!(!filled.contains("未作") && !filled.contains(WHOLE) && !filled.contains("其他2"), "{filled}");
        assert!(filled.contains("其他6"), "a grid that is none of the document's stays: {filled}");
        assert!(filled.contains("教育局&lt;/b&gt;") && !filled.contains("教育局</b>"), "{filled}");
        // Every place that a line leads to is in the document.
        let mut led = 0;
        for places in filled.split("data-do=\"mark\" data-at=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            for place in places.split(' ') {
                led += 1;
                let shown = [format!("td class=\"wrong\" data-at=\"{place}\""), format!("data-at=\"{place}\"")];
                assert!(filled.matches(shown[1].as_str()).count() > 0, "{place}");
            }
        }
        assert!(led > 4, "{led}");
    }

    #[test]
    fn what_was_found_is_handed_on_as_values_and_as_a_page() {
        let blocks = accounts();
        let found = disclosure::check(&blocks).unwrap();
        let paper = serde_json::to_string(&jixiao::paper::whole(&blocks, &found, "决算.docx", "2024年8月1日")).unwrap();
        for text in [csv(&paper), html(&paper)] {
            for word in ["问题", "勾稽关系", "不一致", "61.00", "决算.docx", "2024年8月1日"] {
                assert!(text.contains(word), "{word}: {text}");
            }
        }
        assert_eq!((csv("{"), html("")), (String::new(), String::new()));
    }

    #[test]
    fn what_is_no_document_harms_nothing() {
        for answer in ["", "前后", "\u{3}", "\u{3}a\u{3}b", "\u{3}a\u{3}0 0 []\u{3}"] {
            let filled = fill(answer, "", "");
            assert!(filled == answer || filled.is_empty(), "{answer:?}: {filled:?}");
        }
        let letter = Blocks { list: vec![paragraph(1, "会议改到周五")], notices: Vec::new() };
        assert_eq!(
            fill(&answer(&letter), "", ""),
            answer(&letter).split(WHOLE).enumerate().filter(|(at, _)| at % 3 == 0).map(|(_, piece)| piece).collect::<String>()
        );
    }
}
