//! Whole published documents: what is found in each, and that no figure can be altered unnoticed.
//! `BLESS=1 cargo test --test disclosure` writes the lists anew.

use jixiao::block::{Block, Blocks};
use jixiao::disclosure::{self, Disclosure, Spot, Standing};
use jixiao::id::Severity;
use jixiao::office;
use jixiao::wording::disclosure as words;
use std::fs;
use std::path::{Path, PathBuf};

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/disclosure");
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending != "found"));
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Blocks {
    office::read(&fs::read(path).unwrap(), Some(&name(path))).unwrap_or_else(|refusal| panic!("{}: {refusal:?}", path.display()))
}

/// Headline and findings, as the command prints them.
fn told(path: &Path, blocks: &Blocks, found: &Disclosure) -> String {
    let mut lines = vec![words::headline(&name(path), found, "")];
    lines.extend(words::found(blocks, found));
    lines.join("\n") + "\n"
}

#[test]
fn each_document_gives_its_exact_list() {
    for path in documents() {
        let blocks = read(&path);
        let found = disclosure::check(&blocks).unwrap_or_else(|| panic!("{} is a whole document", path.display()));
        let told = told(&path, &blocks, &found);
        let golden = path.with_extension("found");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &told).unwrap();
        }
        assert_eq!(told, fs::read_to_string(&golden).unwrap_or_default(), "{}", path.display());
    }
}

/// Another digit in a text, at a place that goes round with `turn`.
fn altered(text: &str, turn: usize) -> String {
    let digits: Vec<usize> = text.char_indices().filter(|(_, char)| char.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = digits[turn % digits.len()];
    let digit = (text.as_bytes()[at] - b'0' + 1 + u8::try_from(turn % 8).unwrap()) % 10;
    format!("{}{digit}{}", &text[..at], &text[at + 1..])
}

/// The same blocks with one figure of a table altered.
fn with_altered(blocks: &Blocks, spot: Spot, turn: usize) -> Blocks {
    let mut blocks = blocks.clone();
    match (&mut blocks.list[spot.block()], spot) {
        (Block::Grid(grid), Spot::Cell { row, column, .. }) => {
            let cell = grid.cells.iter_mut().find(|cell| (cell.row, cell.column) == (row, column)).unwrap();
            cell.text = altered(&cell.text, turn);
        }
        (Block::Paragraph(paragraph), Spot::Line { at, .. }) => {
            let (from, to) = at;
            let other = altered(&paragraph.text[from..to], turn);
            paragraph.text.replace_range(from..to, &other);
        }
        (block, spot) => panic!("{spot:?} is no place of {block:?}"),
    }
    blocks
}

fn errors(found: &Disclosure) -> usize {
    found.severities().filter(|severity| *severity == Severity::Error).count()
}

/// What is said of a document, without how many numbers it holds.
fn said(path: &Path, blocks: &Blocks, found: &Disclosure) -> String {
    let told = told(path, blocks, found);
    told.lines().skip(1).filter(|line| line.contains('[')).collect::<Vec<_>>().join("\n")
}

#[test]
fn numbers_of_the_text_are_not_altered_unnoticed() {
    for path in documents() {
        let blocks = read(&path);
        let found = disclosure::check(&blocks).unwrap();
        let before = said(&path, &blocks, &found);
        let (mut all, mut noticed, mut wrong, mut bound, mut bound_noticed) = (0, 0, 0, 0, 0);
        let mut missed = Vec::new();
        for (turn, one) in found.statements.iter().enumerate() {
            if !one.printed.contains(|char: char| char.is_ascii_digit()) {
                continue;
            }
            let mut other = blocks.clone();
            let Block::Paragraph(paragraph) = &mut other.list[one.block] else { panic!("a statement stands in a paragraph") };
            assert_eq!(&paragraph.text[one.at.0..one.at.1], one.printed);
            let changed = altered(&one.printed, turn);
            paragraph.text.replace_range(one.at.0..one.at.1, &changed);
            let again = disclosure::check(&other).unwrap();
            let seen = said(&path, &other, &again) != before;
            all += 1;
            noticed += usize::from(seen);
            wrong += usize::from(errors(&again) > errors(&found));
            if !seen {
                println!("  {:?} escapes: {}", one.kind, one.quote);
            }
            if one.standing != Standing::Unbound {
                bound += 1;
                bound_noticed += usize::from(seen);
                if !seen {
                    missed.push(one.quote.clone());
                }
            }
        }
        println!(
            "{}: {all} numbers in the text, {noticed} noticed, {wrong} as errors; of {bound} bound {bound_noticed}; missed {missed:?}",
            name(&path)
        );
        // A small change of a large amount leaves its rate as it is; and of two numbers of one digit a sentence says little.
        let share = if found.tables.is_empty() { 15 } else { 3 };
        assert!(missed.len() <= 1 + bound * share / 100, "{}: {missed:#?}", path.display());
    }
}

#[test]
fn no_figure_of_a_table_is_altered_unnoticed() {
    for path in documents() {
        let blocks = read(&path);
        let found = disclosure::check(&blocks).unwrap();
        let related: std::collections::BTreeSet<usize> =
            found.relations.iter().flat_map(|relation| relation.parts.iter().copied().chain([relation.claim])).collect();
        let (mut noticed, mut named, mut wrong) = (0, 0, 0);
        let before = said(&path, &blocks, &found);

        let mut missed = Vec::new();
        for (turn, at) in related.iter().enumerate() {
            let figure = &found.figures[*at];
            if figure.printed.is_empty() {
                continue;
            }
            let other = with_altered(&blocks, figure.spot, turn);
            let again = disclosure::check(&other).unwrap();
            if said(&path, &other, &again) == before {
                missed.push(format!("{} {}", words::place(&blocks, &found, figure), figure.printed));
                continue;
            }
            noticed += 1;
            wrong += usize::from(errors(&again) > errors(&found));
            named += usize::from(again.findings.iter().any(|finding| again.figures[finding.at].spot == figure.spot));
        }
        let all = noticed + missed.len();
        println!(
            "{}: {} figures in tables, {all} in a relation; {noticed} noticed, {wrong} as errors, {named} at their place; missed {missed:?}",
            name(&path),
            found.figures.len()
        );
        assert!(noticed * 100 >= all * 99, "{}: {missed:#?}", path.display());
    }
}

/// Pieces of documents, and documents with their cells and lines in other places, are answered somehow.
#[test]
fn no_piece_of_a_document_breaks_it() {
    for path in documents() {
        let blocks = read(&path);
        for step in 2..9 {
            let mut piece = blocks.clone();
            let mut at = 0;
            piece.list.retain(|_| {
                at += 1;
                at % step != 0
            });
            for block in &mut piece.list {
                match block {
                    Block::Grid(grid) => {
                        let mut at = 0;
                        grid.cells.retain(|_| {
                            at += 1;
                            at % (step + 1) != 0
                        });
                        grid.rows = grid.rows.saturating_mul(if step == 8 { 900_000 } else { 1 });
                        for cell in grid.cells.iter_mut().step_by(step) {
                            cell.row_span = if step % 2 == 0 { u32::MAX } else { 3 };
                            cell.column = cell.column.saturating_add(u32::from(step == 5));
                            cell.text = cell.text.chars().rev().collect();
                        }
                    }
                    Block::Paragraph(paragraph) => {
                        paragraph.text = paragraph
                            .text
                            .chars()
                            .skip(step % 3)
                            .collect::<String>()
                            .replace(if step % 2 == 0 { "万元" } else { "。" }, "");
                    }
                }
            }
            if let Some(found) = disclosure::check(&piece) {
                words::found(&piece, &found);
                found.relations.iter().for_each(|relation| drop(words::relation(&piece, &found, relation)));
            }
        }
    }
}

/// Before the check is at hand, a program asks whether a file may be such a document: no document is missed.
#[test]
fn every_document_is_told_before_it_is_checked() {
    for path in documents() {
        assert!(disclosure::may_be(&read(&path)), "{}", path.display());
    }
    for sentence in sentences("right.txt").iter().chain(&sentences("silent.txt")) {
        assert!(disclosure::may_be(&report(sentence)) || disclosure::check(&report(sentence)).is_none(), "{sentence}");
    }
    // A table of a form, and a text without such words, are none.
    for (name, text) in [
        ("表.csv", "项目支出绩效自评表\n项目名称,水库清淤\n年度资金总额,200,200,150\n"),
        ("信.txt", "各位同事：\n会议改到周五。\n"),
    ] {
        assert!(!disclosure::may_be(&office::read(text.as_bytes(), Some(name)).unwrap()), "{name}");
    }
}

/// A sentence as the only one of a report.
fn report(sentence: &str) -> Blocks {
    let text = format!("某单位项目支出绩效自评报告\n一、资金情况\n{}\n", sentence.replace(['【', '】'], ""));
    office::read(text.as_bytes(), Some("report.txt")).unwrap()
}

fn sentences(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/disclosure/sentences").join(name);
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// Code and number of all that is said of a report.
fn named(blocks: &Blocks) -> Vec<String> {
    let Some(found) = disclosure::check(blocks) else { return Vec::new() };
    let of = |one: &&disclosure::Statement| one.standing.severity().is_some_and(|severity| severity != Severity::Info);
    found.statements.iter().filter(of).map(|one| format!("{} {}", one.kind.id(), one.printed)).collect()
}

#[test]
fn sentences_of_many_writers_are_told() {
    let mut failed = Vec::new();
    let (mut all, mut noticed) = (0, 0);
    for sentence in sentences("right.txt") {
        let said = named(&report(&sentence));
        let found = disclosure::check(&report(&sentence));
        let told: Vec<String> = found
            .iter()
            .flat_map(|found| &found.statements)
            .filter(|one| matches!(one.standing, Standing::Right | Standing::Tail))
            .map(|one| one.printed.clone())
            .collect();
        let wanted: Vec<&str> = sentence.split('【').skip(1).filter_map(|part| part.split('】').next()).collect();
        let open: Vec<&&str> =
            wanted.iter().filter(|number| !told.iter().any(|told| number.starts_with(told.as_str()))).collect();
        if !said.is_empty() || !open.is_empty() {
            failed.push(format!("{sentence}\n    said {said:?}, not told {open:?}"));
        }
        for (turn, number) in wanted.iter().enumerate().filter(|(_, number)| number.contains(|char: char| char.is_ascii_digit()))
        {
            let marked = format!("【{number}】");
            let at = sentence
                .match_indices(&marked)
                .nth(wanted.iter().take(turn).filter(|before| *before == number).count())
                .unwrap()
                .0;
            let other =
                format!("{}{}{}", &sentence[..at], altered(number, turn + sentence.len()), &sentence[at + marked.len()..]);
            all += 1;
            if named(&report(&other)).is_empty() {
                println!("  escapes: {other}");
            } else {
                noticed += 1;
            }
        }
    }
    for line in sentences("wrong.txt") {
        let (sentence, wanted) = line.split_once("⇒").unwrap();
        let said = named(&report(sentence));
        if said != [wanted.trim()] {
            failed.push(format!("{line}\n    said {said:?}"));
        }
    }
    for sentence in sentences("silent.txt") {
        let said = named(&report(&sentence));
        if !said.is_empty() {
            failed.push(format!("{sentence}\n    said {said:?}"));
        }
    }
    println!("{noticed} of {all} altered numbers of short sentences noticed");
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(noticed * 100 >= all * 85, "{noticed} of {all}");
}
