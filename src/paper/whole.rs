//! 整本公开文件的核对结果: what was found in a whole published document, as it is handed on.

use super::{Align, Block, Cell, PageKind, Pages, Paper, Paragraph, Row, Style, Table};
use crate::block::Blocks;
use crate::disclosure::{Disclosure, DisclosureFinding, GapKind, Relation, RemnantKind, Statement};
use crate::id::Severity;
use crate::prelude::*;
use crate::wording::disclosure as words;
use crate::wording::paper::FINDINGS;

/// One thing that was found.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    pub part: words::Part,
    pub code: &'static str,
    pub title: &'static str,
    pub text: String,
    /// Where it stands in the file.
    pub place: String,
    pub about: About<'a>,
}

/// What it is about.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    Tables(&'a DisclosureFinding),
    Text(&'a Statement),
    /// A paragraph, or a table as a whole.
    Block(usize),
}

/// All that was found, part by part.
pub fn told<'a>(blocks: &'a Blocks, found: &'a Disclosure) -> Vec<Told<'a>> {
    let part = |severity| match severity {
        Severity::Error => words::Part::Wrong,
        Severity::Warning => words::Part::Doubt,
        Severity::Info => words::Part::Tail,
    };
    let tables = found.findings.iter().map(|one| Told {
        part: part(one.severity),
        code: one.kind.id(),
        title: words::kind(one.kind),
        text: words::finding(found, one),
        place: found.figures.get(one.at).map_or(String::new(), |at| words::place(blocks, found, at)),
        about: About::Tables(one),
    });
    let text = found.statements.iter().filter_map(|one| {
        Some(Told {
            part: part(one.standing.severity()?),
            code: one.kind.id(),
            title: words::statement_kind(one.kind),
            text: words::statement(blocks, found, one)?,
            place: words::paragraph(blocks, one.block),
            about: About::Text(one),
        })
    });
    let gaps = found.gaps.iter().map(|gap| Told {
        part: words::Part::Formal,
        code: GapKind::CODE,
        title: words::gap_kind(gap.kind),
        text: words::gap(gap),
        place: words::paragraph(blocks, gap.block),
        about: About::Block(gap.block),
    });
    let remnants = found.remnants.iter().map(|one| Told {
        part: words::Part::Formal,
        code: RemnantKind::CODE,
        title: words::remnant_kind(one.kind),
        text: words::remnant(one),
        place: words::paragraph(blocks, one.block),
        about: About::Block(one.block),
    });
    let mut all: Vec<Told<'a>> = tables.chain(text).chain(gaps).chain(remnants).collect();
    all.order_by(|told| told.part);
    all
}

/// 核对结果 of a document: what was found, then 勾稽关系 with both sides.
pub fn whole(blocks: &Blocks, found: &Disclosure, file: &str, date: &str) -> Paper {
    let said = |style, text: String| Block::Paragraph(Paragraph { style, text });
    let all = told(blocks, found);
    let counts = words::counted(all.iter().map(|told| told.part));
    let mut first = vec![said(Style::Title, FINDINGS.to_owned()), said(Style::Note, words::checked(file, date))];
    first.push(said(Style::Note, words::headline_of(found, &counts)));
    if !found.statements.is_empty() {
        first.push(said(Style::Note, words::coverage(found)));
    }
    if !all.is_empty() {
        let row = |(at, told): (usize, &Told<'_>)| {
            let number = at.saturating_add(1).to_string();
            vec![
                number,
                words::named(told.part).to_owned(),
                told.code.to_owned(),
                told.title.to_owned(),
                told.place.clone(),
                told.text.clone(),
            ]
        };
        first.push(Block::Table(table(&words::FOUND, &[4, 7, 5, 9, 18, 45], all.iter().enumerate().map(row))));
    }
    let mut pages = vec![Pages { kind: PageKind::Table, landscape: true, blocks: first }];
    if !found.relations.is_empty() {
        let row = |(at, relation): (usize, &Relation)| {
            let number = at.saturating_add(1).to_string();
            let verdict = words::verdict(relation.verdict).to_owned();
            vec![number, verdict, relation.kind.id().to_owned(), relation.name.to_owned(), words::sides(blocks, found, relation)]
        };
        let rows = words::VERDICTS.iter().flat_map(|verdict| found.relations.iter().filter(move |one| one.verdict == *verdict));
        let list = table(&words::HELD, &[4, 7, 5, 22, 50], rows.enumerate().map(row));
        let head = [said(Style::Title, words::RELATIONS.to_owned()), said(Style::Note, words::verdicts(found))];
        let blocks = head.into_iter().chain([Block::Table(list)]).collect();
        pages.push(Pages { kind: PageKind::Table, landscape: true, blocks });
    }
    Paper { title: FINDINGS.to_owned(), pages }
}

fn table(titles: &[&str], widths: &[u16], rows: impl Iterator<Item = Vec<String>>) -> Table {
    let head = Row { heading: true, cells: titles.iter().map(|title| Cell::label(title, 1)).collect() };
    let row = |texts: Vec<String>| {
        let cell = |(at, text): (usize, &String)| {
            // The words of the last columns stand at the left.
            let align = if at < 3 { Align::Center } else { Align::Left };
            Cell { align, ..Cell::label(text, 1) }
        };
        Row { heading: false, cells: texts.iter().enumerate().map(cell).collect() }
    };
    Table { widths: widths.to_vec(), rows: core::iter::once(head).chain(rows.map(row)).collect() }
}
