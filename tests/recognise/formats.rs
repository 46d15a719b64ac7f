//! Tables in every format that people bring: written as bytes, read, recognised, and each cell held against what the table says.
//!
//! A cell is right, or listed as not understood or asked for, or wrong; what is nowhere counts as wrong. None is.

use super::grids::{Lie, printed};
use super::round_trip::texts;
use super::support::{cases, library};
use super::tables::{blocks, expected, read_rows, said};
use super::write;
use jixiao::block::{Block, Blocks, Refusal};
use jixiao::office;
use jixiao::recognise::{Fate, Recognised, Recogniser, SourcePlace};
use jixiao::template::Library;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What tables a file holds: form, and the text of each cell.
type Tables = Vec<(String, BTreeMap<String, String>)>;

/// A file as blocks, and what is in it.
pub struct Original {
    pub name: String,
    pub blocks: Blocks,
    tables: Tables,
    /// Texts that may be two things where cells are merged; where none can be, they stand in one.
    asked: Vec<String>,
    /// The tables name every row of a fixed list, also those of which nothing is read.
    whole: bool,
}

type Read = fn(&Blocks) -> Result<Blocks, Refusal>;

/// Each format by what people call it, and how a form that is printed into it lies there.
const FORMATS: [(&str, Lie, Read); 6] = [
    ("docx", Lie::Sections, |blocks| office::read(&write::docx(blocks), Some("表.docx"))),
    ("xlsx", Lie::OneGrid, |blocks| office::read(&write::xlsx(blocks), Some("表.xlsx"))),
    ("xls", Lie::OneGrid, |blocks| office::read(&write::xls(blocks), Some("表.xls"))),
    ("HTML", Lie::Sections, |blocks| office::read(write::html(blocks).as_bytes(), Some("表.html"))),
    ("CSV", Lie::OneGrid, |blocks| office::read(write::csv(blocks).as_bytes(), Some("表.csv"))),
    ("pasted", Lie::OneGrid, |blocks| office::read_pasted(None, Some(&write::tabbed(blocks)))),
];

/// The tables as they were published.
pub fn published() -> Vec<Original> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recognise/tables");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut originals = Vec::new();
    for path in paths {
        let file: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        if file.contains_key("forced") {
            continue;
        }
        let found = file.get("found").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        let tables = found.iter().map(|table| (table["form"].as_str().unwrap().to_owned(), expected(table.as_table().unwrap())));
        let asked = found.iter().filter_map(|table| table.get("questions")?.as_array()).flatten();
        let asked = asked.map(|text| text.as_str().unwrap().split_once('：').unwrap().0.to_owned()).collect();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let blocks = blocks(file["blocks"].as_str().unwrap());
        originals.push(Original { name, blocks, tables: tables.collect(), asked, whole: false });
    }
    originals
}

/// The golden cases as their own form prints them: in one grid, or with headings between grids.
pub fn printed_cases(library: &Library, lie: Lie) -> Vec<Original> {
    let known = cases(library).into_iter().filter(|case| library.form(&case.document.form).is_some());
    known
        .map(|case| Original {
            name: format!("{} {lie:?}", case.name),
            blocks: printed(&case.template, &case.document, lie),
            tables: vec![(case.document.form.clone(), texts(&library.form(&case.document.form).unwrap(), &case.document))],
            asked: Vec::new(),
            whole: true,
        })
        .collect()
}

/// Right, listed, wrong.
#[derive(Clone, Copy, Default)]
pub struct Share {
    pub right: usize,
    pub listed: usize,
    pub wrong: usize,
}

fn plain(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

/// The texts at some places.
fn texts_of(blocks: &Blocks, places: impl Iterator<Item = SourcePlace>) -> Vec<String> {
    let text = |place: SourcePlace| match (place, &blocks.list[place.block()]) {
        (SourcePlace::Cell { row, column, .. }, Block::Grid(grid)) => {
            let cell = grid.cells.iter().find(|cell| (cell.row, cell.column) == (row, column));
            cell.map_or("", |cell| &cell.text).to_owned()
        }
        (_, Block::Paragraph(paragraph)) => paragraph.text.clone(),
        (_, Block::Grid(grid)) => grid.caption.clone().unwrap_or_default(),
    };
    places.map(|place| plain(&text(place))).collect()
}

/// Whether a text stands in a list.
fn known(list: &[String], text: &str) -> bool {
    list.iter().any(|known| known.contains(&plain(text)))
}

/// Holds what was recognised against what stands there.
pub fn judge(
    original: &Original,
    library: &Library,
    read: &Blocks,
    recognised: &Recognised,
    share: &mut Share,
    lines: &mut Vec<String>,
) {
    let name = &original.name;
    let mut listed: Vec<String> = recognised.unrecognised.iter().map(|unread| plain(&unread.text)).collect();
    let mut labels: Vec<String> = Vec::new();
    for found in &recognised.tables {
        labels.extend(texts_of(
            read,
            found.fates.iter().filter(|(_, fate)| matches!(fate, Fate::Label | Fate::Note)).map(|(place, _)| *place),
        ));
        listed.extend(found.unrecognised.iter().map(|unread| plain(&unread.text)));
        listed.extend(found.questions.iter().map(|question| plain(&question.text)));
    }
    let mut left: Vec<_> = recognised.tables.iter().collect();
    for (form, wanted) in &original.tables {
        let place = left.iter().position(|found| found.form == *form);
        let said = place.map(|at| {
            let (found, form) = (left.remove(at), library.form(form).unwrap());
            if original.whole { texts(&form, &found.document) } else { said(&form, &read_rows(&form, found)) }
        });
        if said.is_none() {
            lines.push(format!("{name}: no {form}"));
        }
        let said = said.unwrap_or_default();
        for (cell, text) in wanted {
            match said.get(cell) {
                Some(other) if plain(other) == plain(text) => share.right += 1,
                // On a sheet a title that begins a report is understood as one, and what follows a note as its end.
                None if text.lines().all(|line| known(&listed, line) || cell.starts_with("report.") && known(&labels, line)) => {
                    share.listed += 1;
                }
                other => {
                    share.wrong += 1;
                    lines.push(format!("{name} {cell}: {text:?} became {other:?}"));
                }
            }
        }
        for (cell, text) in said.iter().filter(|(cell, text)| !wanted.contains_key(*cell) && !original.asked.contains(text)) {
            share.wrong += 1;
            lines.push(format!("{name} {cell}: {text:?} stands nowhere"));
        }
    }
    for found in left {
        share.wrong += found.sources.len();
        lines.push(format!("{name}: a table of {} that is not there", found.form));
    }
}

#[test]
fn tables_come_in_from_every_format() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let published = published();
    let printed = [Lie::Sections, Lie::OneGrid].map(|lie| (lie, printed_cases(&library, lie)));
    let mut lines = Vec::new();
    for (format, lie, read) in FORMATS {
        let mut share = Share::default();
        let printed = printed.iter().filter(|(known, _)| *known == lie).flat_map(|(_, originals)| originals);
        for original in published.iter().chain(printed) {
            let read = read(&original.blocks).unwrap_or_else(|refusal| panic!("{format} {}: {refusal:?}", original.name));
            let mut own = Vec::new();
            judge(original, &library, &read, &recogniser.recognise(&read), &mut share, &mut own);
            lines.extend(own.into_iter().map(|line| format!("{format} {line}")));
        }
        println!("{format}: right {}, listed {}, wrong {}", share.right, share.listed, share.wrong);
    }
    assert!(lines.is_empty(), "{} cells are wrong\n{}", lines.len(), lines.join("\n"));
}
