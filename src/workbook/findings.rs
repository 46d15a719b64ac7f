//! 核对结果: the findings as they are put on paper, each with a link to its cell.

use super::draw::{Drawing, Drawn};
use super::formulas::link;
use super::look::{self, Looks};
use super::places::Held;
use super::{Across, Look, Worksheet};
use crate::id::CellId;
use crate::paper::{self, About, Align, Block, Given, Listed, Parts, Style, Table, csv};
use crate::prelude::*;
use crate::wording::paper as words;

pub(super) fn sheet(given: Given<'_>, held: &SortedMap<CellId, Held>, looks: &mut Looks) -> Worksheet {
    let paper = paper::paper(given, Parts { findings: true, ..Parts::default() });
    let blocks: Vec<&Block> = paper.pages.iter().flat_map(|pages| &pages.blocks).collect();
    let grid = blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table.widths.clone()),
        Block::Paragraph(_) => None,
    });
    let mut drawing = Drawing::new(words::FINDINGS, &grid.unwrap_or_else(|| vec![1; 12]), true, looks);
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let look = if paragraph.style == Style::Title { look::title() } else { look::outside(Across::Left) };
                drawing.across(Drawn::text(&paragraph.text, look));
            }
            Block::Table(table) => list(given, table, held, &mut drawing),
        }
    }
    drawing.grow();
    drawing.sheet
}

fn list(given: Given<'_>, table: &Table, held: &SortedMap<CellId, Held>, drawing: &mut Drawing<'_>) {
    let mut findings = given.evaluation.findings.iter();
    for row in &table.rows {
        let cell = if row.heading { None } else { findings.next().and_then(|finding| finding.at.first()) };
        let leads = cell.and_then(|cell| link(held, *cell));
        let cells = row.cells.iter().enumerate().map(|(at, cell)| {
            let across = match cell.align {
                Align::Left => Across::Left,
                Align::Center => Across::Center,
                Align::Right => Across::Right,
            };
            let look = Look { across, bold: row.heading, ..look::text() };
            // The number leads to the cell: it is short, and links of some programs don't wrap.
            Drawn { link: leads.clone().filter(|_| at == 0), ..Drawn::text(&cell.text, look) }
        });
        let at = drawing.row(cells.collect());
        if row.heading {
            drawing.sheet.page.repeat = Some((at, at));
        }
    }
}

/// The findings of many projects, with what each is about in columns of their own, so that the list can be sorted and filtered.
pub(super) fn list_of_many(projects: &[(About, Vec<Listed>)], looks: &mut Looks) -> Worksheet {
    let lines = csv::lines(projects);
    let mut drawing = Drawing::new(words::FINDINGS, &MANY, true, looks);
    drawing.across(Drawn::text(words::FINDINGS, look::title()));
    for (at, line) in lines.iter().enumerate() {
        let look = Look { bold: at == 0, ..look::text() };
        let row = drawing.row(line.iter().map(|text| Drawn::text(text, look.clone())).collect());
        if at == 0 {
            drawing.sheet.page.repeat = Some((row, row));
        }
    }
    drawing.grow();
    drawing.sheet
}

/// Relative widths of the columns of [`words::ABOUT`] and [`words::COLUMNS`].
const MANY: [u16; 17] = [9, 11, 9, 7, 6, 4, 8, 3, 4, 4, 7, 10, 8, 20, 7, 7, 16];
