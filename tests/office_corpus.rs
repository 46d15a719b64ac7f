//! The readers over a corpus of real and odd files beside the project, which may not be copied into it: `../shared/office`, where it
//! is there. What each file must give stands in its `index.tsv`; what must be read in some of them, in `tests/office/corpus.toml`.

#[path = "office/print.rs"]
mod print;

use jixiao::block::{Block, Blocks, FileKind, Grid, Limit, Refusal};
use jixiao::id::Severity;
use jixiao::{office, wording};
use std::fs;
use std::path::{Path, PathBuf};

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/office");
    if folder.join("index.tsv").is_file() {
        return Some(folder);
    }
    println!("skipped: there is no corpus in {}", folder.display());
    None
}

struct Entry {
    file: String,
    expected: String,
}

fn entries(folder: &Path) -> Vec<Entry> {
    let text = fs::read_to_string(folder.join("index.tsv")).unwrap();
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let column = |name: &str| head.iter().position(|known| *known == name).unwrap();
    let (file, expected) = (column("file"), column("expected"));
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split('\t').collect();
            Entry { file: parts[file].into(), expected: parts[expected].into() }
        })
        .collect()
}

fn read(folder: &Path, file: &str) -> Result<Blocks, Refusal> {
    let bytes = fs::read(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let name = Path::new(file).file_name().unwrap().to_string_lossy().into_owned();
    office::read(&bytes, Some(&name))
}

fn grids(blocks: &Blocks) -> Vec<&Grid> {
    let mut grids = Vec::new();
    for block in &blocks.list {
        match block {
            Block::Grid(grid) => grids.push(grid),
            Block::Paragraph(_) => {}
        }
    }
    grids
}

/// Whether what was read is what the index asks for.
fn fits(expected: &str, read: &Result<Blocks, Refusal>) -> bool {
    let (may_read, refusal) = match expected.split_once("refuse") {
        None => (true, None),
        Some((before, reason)) => {
            let may_read = before.contains("read") || reason.contains("(or read") || reason.contains("or read");
            (may_read, Some(reason.trim_start_matches(':').trim()))
        }
    };
    match read {
        // That a text holds no table is said of its blocks, by those who look for tables.
        Ok(blocks) => may_read || refusal.is_some_and(|reason| reason.starts_with("no table")) && grids(blocks).is_empty(),
        Err(Refusal::Encoding) => expected.contains("the encoding is unknown"),
        Err(refused) => refusal.is_some_and(|reason| is_reason(reason, *refused)),
    }
}

/// Whether a refusal says what the index names.
fn is_reason(reason: &str, refused: Refusal) -> bool {
    let kind = |wanted: FileKind| matches!(refused, Refusal::Unsupported(kind) if kind == wanted);
    let not_as_named = matches!(refused, Refusal::NotAsNamed(_) | Refusal::Unknown);
    let damaged = matches!(refused, Refusal::Damaged(_));
    let first = reason.split([',', ';', '(']).next().unwrap_or_default().trim();
    match first {
        "" => true,
        "encrypted" | "encrypted with the default password" => matches!(refused, Refusal::Encrypted(_)),
        "damaged" => damaged,
        "empty" => matches!(refused, Refusal::Empty | Refusal::Blank { .. }),
        "empty file" => refused == Refusal::Empty,
        "no table" => matches!(refused, Refusal::Blank { .. }),
        "no text" => matches!(refused, Refusal::Blank { pictures: true, .. }),
        "DTD" => refused == Refusal::Entities,
        "too large when unpacked" | "too large" => matches!(refused, Refusal::Over(_)),
        "too deep" => refused == Refusal::Over(Limit::Depth),
        "too wide" => refused == Refusal::Over(Limit::Size),
        ".doc" | ".wps" => kind(FileKind::WordBinary) || kind(FileKind::WordOld),
        "PDF" => matches!(refused, Refusal::Damaged(FileKind::Pdf) | Refusal::Blank { kind: FileKind::Pdf, .. }),
        "OFD" => kind(FileKind::Ofd),
        "RTF" => kind(FileKind::Rtf),
        "xlsb" => kind(FileKind::ExcelBinaryPackage),
        "Works file" => kind(FileKind::Works),
        "version named" => kind(FileKind::ExcelOld),
        "a picture" => kind(FileKind::Picture),
        "an archive" => kind(FileKind::Archive),
        "not an office file" if kind(FileKind::Picture) => true,
        "not a workbook" | "not a Word file" | "not an office file" | "not a table" | "text" | "a web page without a table" => {
            not_as_named || matches!(refused, Refusal::Blank { kind: FileKind::WebPage, .. })
        }
        "lock file" => refused == Refusal::Lock,
        "not downloaded yet" => refused == Refusal::Placeholder,
        "with a sentence" | "or refuse with a sentence" => true,
        // Formats that may be read or refused, and what is said of them then.
        _ => matches!(refused, Refusal::Unsupported(_)) && !damaged,
    }
}

/// Files that give something else than the index says, with what and why.
fn exceptions() -> Vec<(String, String)> {
    let file: toml::Table = toml::from_str(include_str!("office/corpus.toml")).unwrap();
    let list = file["otherwise"].as_array().unwrap();
    list.iter().map(|entry| (entry["file"].as_str().unwrap().into(), entry["gives"].as_str().unwrap().into())).collect()
}

/// What came out, in a word.
fn outcome(read: &Result<Blocks, Refusal>) -> String {
    match read {
        Ok(blocks) => format!("{} tables", grids(blocks).len()),
        Err(refusal) => format!("{refusal:?}"),
    }
}

#[test]
fn every_file_gives_what_the_index_says() {
    let Some(folder) = corpus() else { return };
    let exceptions = exceptions();
    let entries = entries(&folder);
    assert!(entries.len() > 360, "{}", entries.len());
    let mut wrong = Vec::new();
    for entry in &entries {
        let read = read(&folder, &entry.file);
        if let Err(refusal) = &read {
            let sentence = wording::refusal(*refusal);
            assert!(sentence.ends_with('。'), "{sentence}");
        }
        let excepted = exceptions.iter().find(|(file, _)| *file == entry.file);
        match excepted {
            Some((_, gives)) if *gives == outcome(&read) && !fits(&entry.expected, &read) => {}
            None if fits(&entry.expected, &read) => {}
            _ => wrong.push(format!("{}: {} instead of {}", entry.file, outcome(&read), entry.expected)),
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), entries.len(), wrong.join("\n"));
}

/// Column B shows what column D says, in every format that keeps number formats or the text they show.
#[test]
fn number_formats_are_applied() {
    let Some(folder) = corpus() else { return };
    for file in ["odd/formats-cn.xlsx", "odd/formats-cn.xls", "odd/formats-cn.ods", "odd/formats-cn.html", "odd/formats-cn.csv"] {
        let blocks = read(&folder, file).unwrap();
        let grids = grids(&blocks);
        let text = |row: u32, column: u32| {
            let found = grids[0].cells.iter().find(|cell| (cell.row, cell.column) == (row, column));
            found.map_or("", |cell| &cell.text).to_owned()
        };
        // The web page holds 1 where the others hold TRUE.
        let rows: Vec<u32> = (1..46).filter(|row| !file.ends_with(".html") || *row != 36).collect();
        let wrong: Vec<String> = rows
            .iter()
            .filter(|row| text(**row, 1) != text(**row, 3))
            .map(|row| format!("{row}: {:?} instead of {:?}", text(*row, 1), text(*row, 3)))
            .collect();
        assert!(wrong.is_empty(), "{file}: {} of 45\n{}", 45 - wrong.len(), wrong.join("\n"));
    }
}

/// What stands in single files, where the index describes it in words.
#[test]
fn what_the_index_describes_is_read() {
    let Some(folder) = corpus() else { return };
    let file: toml::Table = toml::from_str(include_str!("office/corpus.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in file["case"].as_array().unwrap() {
        let name = case["file"].as_str().unwrap();
        let lines = match read(&folder, name) {
            Ok(blocks) => print::lines(&blocks),
            Err(refusal) => format!("× {refusal:?}"),
        };
        let list = |key: &str| -> Vec<String> {
            let list = case.get(key).and_then(toml::Value::as_array);
            list.into_iter().flatten().map(|line| line.as_str().unwrap().to_owned()).collect()
        };
        for line in list("has") {
            if !lines.lines().any(|known| known == line) {
                wrong.push(format!("{name} lacks {line:?}:\n{lines}\n"));
            }
        }
        for words in list("lacks") {
            if lines.contains(&words) {
                wrong.push(format!("{name} has {words:?}:\n{lines}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The tables of the corpus are right, as far as their own words tell: none of them is called wrong.
#[test]
fn no_table_is_called_wrong_by_its_words() {
    let Some(folder) = corpus() else { return };
    let (mut relations, mut wrong) = (0, Vec::new());
    for entry in entries(&folder) {
        let Ok(blocks) = read(&folder, &entry.file) else { continue };
        for grid in grids(&blocks) {
            let checked = jixiao::tabular::check(grid);
            relations += checked.relations;
            // What rounding explains is called right.
            let wrongs = checked.findings.iter().filter(|finding| finding.severity != Severity::Info);
            wrong.extend(wrongs.map(|finding| format!("{}: {}", entry.file, wording::tabular::finding(finding))));
        }
    }
    assert!(relations > 80, "{relations}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
