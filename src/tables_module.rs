//! What the page loads when a grid comes that no form fits: the check of any table by its own words (`jixiao::tabular`), in a wasm of its
//! own. It is given an answer of the module for office files, and says in it what the words of each such grid say.

#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::panic)]

#[path = "office_module/drawn.rs"]
mod drawn;

use drawn::{button, drawn as table, key, span};
use jixiao::block::{Block, Grid};
use jixiao::export::blocks;
use jixiao::id::Severity;
use jixiao::order::Gather;
use jixiao::recognise::SourcePlace;
use jixiao::tabular::{self, Checked, GridPlace, TableFinding};
use jixiao::wire::{GRID, escaped};
use jixiao::wording::io::check::{Counts, by_words, more_found};
use jixiao::wording::source as said;
use jixiao::wording::tabular as words;
use wasm_bindgen::prelude::*;

/// So many findings are shown of one grid.
const MOST: usize = 200;

/// Nothing is done before a function is called.
fn main() {}

/// The answer with every grid in it replaced by what its words say.
#[wasm_bindgen]
pub fn fill(answer: &str) -> String {
    let mut filled = String::with_capacity(answer.len());
    // Every third piece is a grid.
    for (at, piece) in answer.split(GRID).enumerate() {
        if at % 3 < 2 {
            filled.push_str(piece);
        } else if let Some(checked) = checked(piece) {
            filled.push_str(&checked);
        }
    }
    filled
}

/// `block`: which of the blocks of its file the grid is, with a blank and the grid behind it.
fn checked(piece: &str) -> Option<String> {
    let (block, grid) = piece.split_once(' ')?;
    let block: usize = block.parse().ok()?;
    let mut told = blocks::read(grid)?.list;
    match told.pop()? {
        Block::Grid(grid) => Some(said_of(block, &grid)),
        Block::Paragraph(_) => None,
    }
}

fn said_of(block: usize, grid: &Grid) -> String {
    let checked = tabular::check(grid);
    let counts = Counts::of_severities(checked.findings.iter().map(|finding| finding.severity));
    let errors = checked.findings.iter().any(|finding| finding.severity == Severity::Error);
    let findings: String = checked.findings.iter().take(MOST).map(|finding| found(block, grid, finding)).collect();
    let more = checked.findings.len().saturating_sub(MOST);
    format!(
        "<p class=\"import-found{}\">{}</p>{}{}{}",
        if errors { " trouble" } else { "" },
        escaped(&by_words("", &checked, counts)),
        if findings.is_empty() { findings } else { format!("<ul class=\"list by-words\">{findings}</ul>") },
        if more > 0 { format!("<p class=\"note\">{}</p>", more_found(more)) } else { String::new() },
        shown(block, grid, &checked),
    )
}

/// A finding, which leads to its figure.
fn found(block: usize, grid: &Grid, finding: &TableFinding) -> String {
    let title = format!("{}<span class=\"code\">{}</span>", words::relation(finding.relation), finding.relation.id());
    let at = key(at(block, finding.claim.place));
    let text = escaped(&words::finding(finding));
    let place = escaped(&words::place(grid, &finding.claim));
    let label =
        format!("<span class=\"finding-title\">{title}</span><span>{text}</span><span class=\"in-source\">{place}</span>");
    format!("<li class=\"finding\">{}</li>", button("finding-text", &format!("data-do=\"mark\" data-at=\"{at}\""), &label))
}

fn at(block: usize, place: GridPlace) -> SourcePlace {
    SourcePlace::Cell { block, row: place.row, column: place.column }
}

/// The grid as it stands in its file, with the figures that were found and those that were checked.
fn shown(block: usize, grid: &Grid, checked: &Checked) -> String {
    if checked.relations == 0 {
        return String::new();
    }
    let wrong = checked.findings.iter().map(|finding| finding.claim.place).into_set();
    let cell = |place: SourcePlace, text: &str, down: u32, across: u32| {
        let class = match place {
            SourcePlace::Cell { row, column, .. } if wrong.contains(&GridPlace { row, column }) => "doubt",
            SourcePlace::Cell { row, column, .. } if checked.covered.contains(&GridPlace { row, column }) => "cell",
            SourcePlace::Cell { .. } | SourcePlace::Paragraph { .. } | SourcePlace::Caption { .. } => "none",
        };
        format!("<td class=\"{class}\" data-at=\"{}\"{}>{}</td>", key(place), span(down, across), escaped(text))
    };
    format!(
        "<details class=\"source is-listed\"><summary>{}</summary><div class=\"source-table\">{}</div></details>",
        said::TITLE,
        table(block, grid, &cell)
    )
}
