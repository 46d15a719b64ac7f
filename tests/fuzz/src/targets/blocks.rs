//! What a file holds, as text: a line with tabs is a row of a table, `<` a cell that the one before covers, `^` one that the one above covers;
//! a line without tabs is a paragraph.

use super::{Outcome, Target, bytes, files_of, library, texts_of};
use crate::mutate;
use jixiao::block::{Block, Blocks, Grid, GridCell, Origin, Paragraph};
use jixiao::document::{CellId, Document, apply};
use jixiao::io::json;
use jixiao::layout::layout;
use jixiao::paper::{self, Given, Parts};
use jixiao::recognise::Recogniser;
use jixiao::template::Labels;
use jixiao::{disclosure, evaluate, export, fill, office, paste, tabular, wording};

pub fn targets() -> Vec<Target> {
    vec![
        Target {
            name: "recognise",
            about: "tables of any file become documents, and those are evaluated",
            seeds: printed,
            change: mutate::text,
            run: recognised,
        },
        Target {
            name: "tabular",
            about: "any table held against its own words",
            seeds: || {
                bytes(
                    files_of("tests/tabular", "toml")
                        .iter()
                        .flat_map(|file| texts_of(file))
                        .map(|text| text.replace(" | ", "\t")),
                )
            },
            change: mutate::text,
            run: by_words,
        },
        Target { name: "disclosure", about: "whole published documents", seeds: documents, change: mutate::text, run: disclosed },
        Target {
            name: "paste",
            about: "a block of cells laid over an open table",
            seeds: pasted_seeds,
            change: mutate::text,
            run: pasted,
        },
        Target { name: "fill", about: "a document laid over a template", seeds: printed, change: mutate::text, run: filled },
    ]
}

fn blocks(text: &str) -> Blocks {
    let mut list = Vec::new();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    let mut number = 0;
    for line in text.split('\n').chain([""]) {
        if line.contains('\t') {
            rows.push(line.split('\t').collect());
            continue;
        }
        if !rows.is_empty() {
            list.push(Block::Grid(grid(&std::mem::take(&mut rows), list.len())));
        }
        if !line.is_empty() {
            number += 1;
            list.push(Block::Paragraph(Paragraph { text: line.to_owned(), number, heading: None }));
        }
    }
    Blocks { list, notices: Vec::new() }
}

fn grid(rows: &[Vec<&str>], number: usize) -> Grid {
    let mut cells: Vec<GridCell> = Vec::new();
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    for (row, texts) in rows.iter().enumerate() {
        for (column, text) in texts.iter().enumerate() {
            let (row, column) = (count(row), count(column));
            let beside = |cell: &&mut GridCell| cell.row == row && cell.row_span == 1 && cell.column + cell.column_span == column;
            let above = |cell: &&mut GridCell| cell.column == column && cell.column_span == 1 && cell.row + cell.row_span == row;
            let covering = match *text {
                "<" => cells.iter_mut().find(beside).map(|cell| cell.column_span += 1),
                "^" => cells.iter_mut().find(above).map(|cell| cell.row_span += 1),
                _ => None,
            };
            if covering.is_none() && !text.is_empty() {
                cells.push(GridCell {
                    row,
                    column,
                    row_span: 1,
                    column_span: 1,
                    text: (*text).replace('\u{2028}', "\n"),
                    exact: None,
                });
            }
        }
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    Grid { origin: Origin::Table(count(number + 1)), caption: None, rows: count(rows.len()), columns: count(columns), cells }
}

/// Blocks as such a text.
fn text_of(blocks: &Blocks) -> String {
    let mut text = String::new();
    for block in &blocks.list {
        match block {
            Block::Paragraph(paragraph) => text += &format!("{}\n", paragraph.text.replace(['\n', '\t'], " ")),
            Block::Grid(grid) => {
                let mut lines = vec![vec![String::new(); grid.columns as usize]; grid.rows as usize];
                for cell in &grid.cells {
                    for row in cell.row..cell.row + cell.row_span {
                        for column in cell.column..cell.column + cell.column_span {
                            lines[row as usize][column as usize] = if (row, column) == (cell.row, cell.column) {
                                cell.text.replace('\n', "\u{2028}").replace('\t', " ")
                            } else if column > cell.column {
                                "<".into()
                            } else {
                                "^".into()
                            };
                        }
                    }
                }
                text += &lines.iter().map(|line| line.join("\t") + "\n").collect::<String>();
                text += "\n";
            }
        }
    }
    text
}

/// The examples and every blank form as they are printed.
fn printed() -> Vec<Vec<u8>> {
    let library = library();
    let mut texts = Vec::new();
    let examples =
        library.examples.iter().filter_map(|example| json::read(&example.json, library).ok()).map(|read| read.document);
    for document in examples.chain(library.forms.iter().map(|form| Document::blank(form))) {
        let Some(template) = document.template(library) else { continue };
        let evaluation = evaluate(&template, &document);
        let sheet = layout(&template, &document, &evaluation, None);
        let given = Given::new(library, (&template, &document), &evaluation, &sheet, "2026-01-01");
        let page = paper::html::page(&paper::paper(given, Parts { table: true, ..Parts::default() }));
        if let Ok(read) = office::read(page.as_bytes(), Some("a.html")) {
            texts.push(text_of(&read));
        }
    }
    bytes(texts)
}

fn documents() -> Vec<Vec<u8>> {
    let pages = files_of("tests/disclosure", "html");
    let texts = files_of("tests/disclosure", "txt");
    let read = |text: &String, name: &str| office::read(text.as_bytes(), Some(name)).ok().map(|blocks| text_of(&blocks));
    // Whole documents are long; pieces of them are quicker, and each is changed further.
    let whole: Vec<String> =
        pages.iter().filter_map(|text| read(text, "a.html")).chain(texts.iter().filter_map(|text| read(text, "a.txt"))).collect();
    bytes(whole)
}

pub fn recogniser() -> &'static Recogniser<'static> {
    thread_local! {
        static RECOGNISER: &'static Recogniser<'static> = Box::leak(Box::new(Recogniser::new(library())));
    }
    RECOGNISER.with(|recogniser| *recogniser)
}

fn recognised(input: &[u8]) -> Outcome {
    let blocks = blocks(&String::from_utf8_lossy(input));
    let found = recogniser().recognise(&blocks);
    for table in &found.tables {
        let Some(template) = table.document.template(library()) else { return Err("a table of an unknown form".into()) };
        let evaluation = evaluate(&template, &table.document);
        layout(&template, &table.document, &evaluation, None);
        super::text::again(&table.document)?;
        for cell in table.sources.keys() {
            if table.document.typed(*cell).text().is_empty() {
                return Err(format!("{} comes from a place and is blank", cell.name(&template.form)));
            }
        }
    }
    for notice in found.tables.iter().flat_map(|table| &table.notices) {
        super::text::sentence(&wording::recognise::found_notice(notice, &blocks))?;
    }
    Ok(())
}

fn by_words(input: &[u8]) -> Outcome {
    let blocks = blocks(&String::from_utf8_lossy(input));
    for block in &blocks.list {
        let Block::Grid(grid) = block else { continue };
        let checked = tabular::check(grid);
        if checked.findings.len() > checked.relations {
            return Err(format!("{} findings of {} relations", checked.findings.len(), checked.relations));
        }
    }
    Ok(())
}

fn disclosed(input: &[u8]) -> Outcome {
    let blocks = blocks(&String::from_utf8_lossy(input));
    if let Some(found) = disclosure::check(&blocks) {
        let line = export::disclosure_json(&blocks, &found);
        if serde_json::from_str::<serde_json::Value>(&line).is_err() {
            return Err("its line is no JSON".into());
        }
    }
    Ok(())
}

fn pasted_seeds() -> Vec<Vec<u8>> {
    let files = files_of("tests/paste", "toml");
    let rows = files.iter().flat_map(|file| texts_of(file)).filter(|text| text.contains(['\t', '|']));
    let mut seeds: Vec<String> = rows.map(|text| format!("0 20\n{}", text.replace(" | ", "\t"))).collect();
    seeds.extend(
        (0..library().forms.len())
            .map(|form| format!("{form} {}\n项目\t180\t82\n其中：财政拨款\t180万元\t46%\n\t\t\n", form * 7)),
    );
    bytes(seeds)
}

fn pasted(input: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(input);
    let (head, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let numbers: Vec<usize> = head.split(' ').map(|part| part.parse().unwrap_or(0)).collect();
    let library = library();
    let form = &library.forms[numbers.first().map_or(0, |at| at % library.forms.len())];
    let document = Document::blank(form);
    let Some(template) = document.template(library) else { return Err("a document without a template".into()) };
    let evaluation = evaluate(&template, &document);
    let sheet = layout(&template, &document, &evaluation, None);
    let mut cells: Vec<CellId> = (0..form.cells.len()).filter_map(|at| Some(CellId::Fixed(at.try_into().ok()?))).collect();
    for (table, rows) in document.tables.iter().enumerate() {
        for row in rows {
            for column in 0..row.cells.len() {
                let (Ok(table), Ok(column)) = (table.try_into(), column.try_into()) else { continue };
                cells.push(CellId::Row { table, row: row.id, column });
            }
        }
    }
    let at = cells[numbers.get(1).map_or(0, |at| at % cells.len())];
    let Ok(block) = paste::Block::of_blocks(&blocks(rest)) else { return Ok(()) };
    let pasted = paste::paste(&template.form, &document, &sheet, at, &block, &Labels::builtin());
    let Some(edit) = pasted.edit else { return Ok(()) };
    let after = apply(&document, form, &edit);
    evaluate(&template, &after);
    super::text::again(&after)
}

fn filled(input: &[u8]) -> Outcome {
    let blocks = blocks(&String::from_utf8_lossy(input));
    let library = library();
    let at = input.len() % library.examples.len();
    let Ok(imported) = json::read(&library.examples[at].json, library) else { return Err("an example can't be read".into()) };
    let Some(form) = library.form(&imported.document.form) else { return Err("an example of an unknown form".into()) };
    let Some(sample) = fill::sample(recogniser(), &blocks, &form) else { return Ok(()) };
    match fill::fill(&sample, &blocks, library, &imported.document) {
        Some(_) => Ok(()),
        None => Err("a known form is unknown".into()),
    }
}
