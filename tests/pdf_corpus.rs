//! A whole document as it was published, beside the project and not to be copied into it: `../shared/cases2`, where it is there. Its
//! PDF must give what its text gives, and every cell of its tables must be one of the text.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jixiao::block::{Block, Blocks, GridCell};
use jixiao::{disclosure, office, wording};
use std::fs;
use std::path::{Path, PathBuf};

const NAME: &str = "22-putuo-planning-accounts-2024";

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases2");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no {}", folder.display());
    None
}

/// The amounts of a text.
fn amounts(text: &str) -> Vec<String> {
    let pieces = text.split(|letter: char| !(letter.is_ascii_digit() || letter == '.' || letter == ','));
    pieces
        .filter(|piece| piece.contains('.'))
        .map(|piece| piece.trim_matches('.').replace(',', ""))
        .filter(|piece| piece.contains('.'))
        .collect()
}

/// What was found, without places: the code, how grave it is, and the amounts of its sentence.
fn found(blocks: &Blocks) -> Vec<String> {
    let found = disclosure::check(blocks).unwrap();
    let lines = wording::disclosure::found(blocks, &found);
    let bare = |line: &String| {
        let (head, rest) = line.split_once('[')?;
        Some(format!("{} {:?}", head.trim(), amounts(rest.split_once(']')?.1)))
    };
    let mut found: Vec<String> = lines.iter().filter_map(bare).collect();
    found.sort();
    found
}

fn bare(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// Whether a label is put together of some words of the text.
fn is_made_of(label: &str, words: &[String]) -> bool {
    label.is_empty() || words.iter().any(|word| label.strip_prefix(word.as_str()).is_some_and(|rest| is_made_of(rest, words)))
}

#[test]
fn a_pdf_gives_what_its_text_gives() {
    let Some(folder) = folder() else { return };
    let pdf = office::read(&fs::read(folder.join(format!("{NAME}.pdf"))).unwrap(), Some("a.pdf")).unwrap();
    let text = fs::read_to_string(folder.join(format!("text/{NAME}.txt"))).unwrap();
    let lines = office::read(text.as_bytes(), Some("a.txt")).unwrap();
    assert_eq!(found(&pdf), found(&lines));

    // Its tables stand between the name of the first and the text behind the last.
    let section = text.split_once("收入支出决算总表").unwrap().1.split_once("第三部分").unwrap().0;
    let cells: Vec<&GridCell> = pdf
        .list
        .iter()
        .filter_map(|block| if let Block::Grid(grid) = block { Some(&grid.cells) } else { None })
        .skip(1)
        .flatten()
        .filter(|cell| !cell.text.is_empty())
        .collect();
    let printed: Vec<String> = cells.iter().flat_map(|cell| amounts(&cell.text)).collect();
    assert_eq!(printed, amounts(section));
    let words: Vec<String> = section.split_whitespace().map(str::to_owned).collect();
    let labels: Vec<String> = cells.iter().filter(|cell| amounts(&cell.text).is_empty()).map(|cell| bare(&cell.text)).collect();
    let wrong: Vec<&String> = labels.iter().filter(|label| !is_made_of(label, &words)).collect();
    println!(
        "{} cells: {} amounts and {} labels right, {} wrong",
        cells.len(),
        printed.len(),
        labels.len() - wrong.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{wrong:?}");
}
