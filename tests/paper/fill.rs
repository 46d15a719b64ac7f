//! A bureau's own file is filled in: what was written comes back, and every other byte of the package stays its own.

use super::support::library;
use super::{Printed, builtin_cases, differences, plain};
use jixiao::document::{CellId, Document};
use jixiao::fill::{self, Filling};
use jixiao::office;
use jixiao::office::refill::{Filled, Original};
use jixiao::paper::Parts;
use jixiao::recognise::Recogniser;
use jixiao::template::{Library, Template};
use jixiao::workbook::workbook;
use jixiao::writer;
use std::collections::BTreeMap;
use std::io::Read;

/// The form as a bureau hands it out: its labels, and nothing in the cells. Of each group of rows the first `most` are there.
fn handed_out(template: &Template, document: &Document, most: usize) -> Document {
    let form = &template.form;
    let mut blank = document.clone();
    blank.cells.clone_from(&Document::blank(form).cells);
    for (table, def) in blank.tables.iter_mut().zip(&form.tables) {
        let mut groups: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        table.retain_mut(|row| {
            let row = std::rc::Rc::make_mut(row);
            let mut group = Vec::new();
            for (cell, column) in row.cells.iter_mut().zip(&def.columns) {
                let named = def.fixed || def.at.name.is_some();
                let keeps = column.merge || column.locked || named && def.at.name == def.column_index(&column.id);
                if column.merge {
                    group.push(cell.text().to_owned());
                }
                if !keeps {
                    *cell = jixiao::document::Typed::default();
                }
            }
            let count = groups.entry(group.clone()).or_default();
            *count += 1;
            def.fixed || group.is_empty() || group.iter().all(String::is_empty) || *count <= most
        });
    }
    blank
}

pub fn filled(library: &Library, recogniser: &Recogniser<'_>, bytes: &[u8], printed: &Printed) -> Option<(Filling, Filled)> {
    let original = Original::open(bytes).ok()?;
    let sample = fill::sample(recogniser, original.blocks(), &printed.template.form)?;
    let filling = fill::fill(&sample, original.blocks(), library, &printed.document)?;
    let filled = original.write(&filling).ok()?;
    Some((filling, filled))
}

pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut data = Vec::new();
        file.read_to_end(&mut data).unwrap();
        parts.insert(file.name().unwrap().into_owned(), data);
    }
    parts
}

#[test]
fn a_blank_form_in_word_is_filled_in() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let (mut right, mut lines, mut rows) = (0, Vec::new(), 0);
    for case in builtin_cases(&library) {
        let printed = Printed::of(&case.template, &case.document);
        for most in [usize::MAX, 1] {
            let blank = Printed::of(&case.template, &handed_out(&case.template, &case.document, most));
            let bytes = writer::docx::write(&blank.paper(&library, Parts::TABLE));
            let Some((filling, filled)) = filled(&library, &recogniser, &bytes, &printed) else {
                lines.push(format!("{}: not filled", case.name));
                continue;
            };
            rows += filling.copies.len() - filled.rows.len();
            let (before, after) = (parts(&bytes), parts(&filled.bytes));
            assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
            for (name, data) in &before {
                assert!(name == "word/document.xml" || after[name] == *data, "{}: {name}", case.name);
            }
            let read = recogniser.recognise_as(&office::read(&filled.bytes, None).unwrap(), &case.template.form.id);
            let found = read.tables.into_iter().next();
            let different =
                found.map_or_else(|| vec!["not recognised".to_owned()], |found| differences(&printed, &found.document));
            right += usize::from(different.is_empty());
            // What found no place is said, and nothing else is missing.
            let form = &case.template.form;
            let said = |line: &String| filling.left.iter().any(|(_, text)| line.contains(&format!("{text:?} became None")));
            let unsaid: Vec<_> = different.iter().filter(|line| !said(line)).collect();
            if !unsaid.is_empty() {
                let left: Vec<_> = filling.left.iter().map(|(cell, text)| (cell.name(form), text)).collect();
                lines.push(format!("{} ({most}): {unsaid:?}\n  left {left:?}", case.name));
            }
        }
    }
    println!("{right} equal, {rows} rows added");
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert!(right > 115 && rows > 80, "{right} equal, {rows} rows added");
}

#[test]
fn a_blank_workbook_is_filled_in() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let (mut right, mut lines, mut rows) = (0, Vec::new(), 0);
    for case in builtin_cases(&library) {
        let printed = Printed::of(&case.template, &case.document);
        for most in [usize::MAX, 1] {
            let blank = Printed::of(&case.template, &handed_out(&case.template, &case.document, most));
            // A bureau's form computes nothing, or other things than ours.
            let bytes = plain_book(&writer::xlsx::write(&workbook(blank.given(&library))).unwrap());
            let Some((filling, filled)) = filled(&library, &recogniser, &bytes, &printed) else {
                lines.push(format!("{}: not filled", case.name));
                continue;
            };
            rows += filling.copies.len() - filled.rows.len();
            let (before, after) = (parts(&bytes), parts(&filled.bytes));
            assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
            for (name, data) in &before {
                let moved = name == "xl/workbook.xml" && !filling.copies.is_empty();
                assert!(name == "xl/worksheets/sheet1.xml" || moved || after[name] == *data, "{}: {name}", case.name);
            }
            let read = recogniser.recognise_as(&office::read(&filled.bytes, None).unwrap(), &case.template.form.id);
            let found = read.tables.into_iter().next();
            let different =
                found.map_or_else(|| vec!["not recognised".to_owned()], |found| differences(&printed, &found.document));
            right += usize::from(different.is_empty());
            let said = |line: &String| {
                let left = filling.left.iter().map(|(_, text)| text);
                let copies = filled.rows.iter().flat_map(|copy| &copy.texts).map(|(_, _, text)| text);
                left.chain(copies).any(|text| line.contains(&format!("{text:?} became None")))
            };
            let unsaid: Vec<_> = different.iter().filter(|line| !said(line) && !is_same_number(line)).collect();
            if !unsaid.is_empty() {
                lines.push(format!("{} ({most}): {unsaid:?}", case.name));
            }
        }
    }
    println!("{right} equal, {rows} rows added\n{}", lines.join("\n"));
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

/// A stored number takes the format of its cell: 46% is shown as 46.00% where the form says so.
fn is_same_number(line: &str) -> bool {
    let texts: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
    let number = |text: &&str| text.trim_end_matches('%').parse::<rust_decimal::Decimal>().ok();
    matches!(texts[..], [one, other] if number(&one).is_some() && number(&one) == number(&other))
}

/// The first sheet alone, without formulas.
fn plain_book(bytes: &[u8]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, data) in parts(bytes) {
        out.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        let mut data = data;
        if name.starts_with("xl/worksheets/sheet") && name.ends_with(".xml") {
            let text = String::from_utf8(data).unwrap();
            let mut plain = String::new();
            let mut rest = text.as_str();
            while let Some((before, behind)) = rest.split_once("<f>") {
                let (_, after) = behind.split_once("</c>").unwrap();
                let (kept, cell) = before.rsplit_once("<c ").unwrap();
                let style = cell.trim_end_matches('>').replace(" t=\"str\"", "").replace(" t=\"b\"", "");
                plain.push_str(&format!("{kept}<c {style}/>"));
                rest = after;
            }
            data = (plain + rest).into_bytes();
        }
        std::io::Write::write_all(&mut out, &data).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A file that is filled in already is a template too: its old values go, and nothing of them stays unsaid.
#[test]
fn old_values_are_written_over() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let all: Vec<_> = builtin_cases(&library).into_iter().filter(|case| case.template.form.id == "national").collect();
    let mut count = 0;
    let pairs = all.iter().zip(all.iter().skip(1));
    // In another unit the amounts are converted, and so are others.
    for (old, new) in pairs.filter(|(old, new)| old.document.unit == new.document.unit) {
        let before = Printed::of(&old.template, &old.document);
        let printed = Printed::of(&new.template, &new.document);
        let bytes = writer::docx::write(&before.paper(&library, Parts::TABLE));
        let Some((filling, filled)) = filled(&library, &recogniser, &bytes, &printed) else { panic!("{} not filled", old.name) };
        let read = recogniser.recognise_as(&office::read(&filled.bytes, None).unwrap(), "national");
        let found = &read.tables[0].document;
        // Labels of groups that the document has no row for stay, so rows are told by their names.
        let form = &printed.template.form;
        let (table, def) = form.indicators().unwrap();
        let name = def.at.indicator.unwrap();
        // 指标1：/ says that there is none, and is read as a row that was left blank.
        let is_named = |text: &str| !text.is_empty() && !text.ends_with('/');
        let said = |text: &str| filling.left.iter().any(|(_, left)| left == text);
        for row in new.document.rows(table).iter().filter(|row| is_named(row.cell(name).text()) && !said(row.cell(name).text())) {
            let own: Vec<_> = found.rows(table).iter().filter(|own| own.cell(name).text() == row.cell(name).text()).collect();
            assert!(!own.is_empty(), "{} over {}: no row {}", new.name, old.name, row.cell(name).text());
            let same = |own: &Document, id: u32| {
                (0..).zip(&def.columns).filter(|(_, column)| !column.merge && !column.hidden).all(|(column, _)| {
                    let text = |document: &Document, row| plain(document.typed(CellId::Row { table, row, column }).text());
                    let (wanted, got) = (text(&new.document, row.id), text(own, id));
                    wanted == got || wanted.is_empty() || filling.left.iter().any(|(_, left)| plain(left) == wanted)
                })
            };
            assert!(own.iter().any(|own| same(found, own.id)), "{} over {}: {}", new.name, old.name, row.cell(name).text());
        }
        for at in 0..u16::try_from(form.table_cells().len()).unwrap() {
            let (wanted, got) = (plain(new.document.fixed(at).text()), plain(found.fixed(at).text()));
            let said = || filling.left.iter().any(|(cell, _)| *cell == CellId::Fixed(at));
            assert!(wanted == got || wanted.is_empty() || said(), "{} over {}: {wanted} became {got}", new.name, old.name);
        }
        count += 1;
    }
    assert!(count > 8, "{count}");
}

/// Whatever stands in the main part, nothing panics, and what is written can be read again.
#[test]
fn damaged_templates_do_no_harm() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let case = builtin_cases(&library).into_iter().find(|case| case.name == "yiyang-2020").unwrap();
    let printed = Printed::of(&case.template, &case.document);
    let blank = Printed::of(&case.template, &handed_out(&case.template, &case.document, 1));
    let files = [
        ("word/document.xml", writer::docx::write(&blank.paper(&library, Parts::TABLE))),
        ("xl/worksheets/sheet1.xml", plain_book(&writer::xlsx::write(&workbook(blank.given(&library))).unwrap())),
    ];
    let mut seed = 77_u64;
    let mut next = move |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % most.max(1)
    };
    let mut written = 0;
    for (main, bytes) in &files {
        let whole = parts(bytes);
        for _ in 0..150 {
            let mut parts = whole.clone();
            let mut text = String::from_utf8(parts[*main].clone()).unwrap();
            let tags: Vec<usize> = text.match_indices('<').map(|(at, _)| at).collect();
            for _ in 0..=next(3) {
                let (from, to) = (tags[next(tags.len())], tags[next(tags.len())]);
                let (from, to) = (from.min(to).min(text.len()), (from.max(to)).min(from.min(to) + 400).min(text.len()));
                let (from, to) = (text.floor_char_boundary(from), text.floor_char_boundary(to));
                let piece = text[from..to].to_owned();
                match next(3) {
                    0 => text.replace_range(from..to, ""),
                    1 => text.insert_str(from, &piece),
                    _ => text.insert_str(from, "<w:tc><w:p/></w:tc><c r=\"ZZZ9999999\" t=\"s\"><f/></c>"),
                }
            }
            parts.insert((*main).to_owned(), text.into_bytes());
            let damaged = stored(&parts);
            if let Some((_, filled)) = filled(&library, &recogniser, &damaged, &printed) {
                assert!(office::read(&filled.bytes, None).is_ok());
                written += 1;
            }
        }
        for at in (0..bytes.len()).step_by(97) {
            let _cut = filled(&library, &recogniser, &bytes[..at], &printed);
        }
    }
    assert!(written > 10, "{written}");
}

pub fn stored(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, data) in parts {
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut out, data).unwrap();
    }
    out.finish().unwrap().into_inner()
}
