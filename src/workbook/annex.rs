//! 计算底稿: how every number comes about, each with a link to its cell.

use super::draw::{Drawing, Drawn};
use super::formulas::link;
use super::look::{self, Looks};
use super::places::Held;
use super::{Across, Look, Worksheet};
use crate::explain;
use crate::id::CellId;
use crate::paper::{self, Block, Given, Parts, Style};
use crate::prelude::*;
use crate::wording::paper as words;

pub(super) fn sheet(given: Given<'_>, held: &SortedMap<CellId, Held>, looks: &mut Looks) -> Worksheet {
    let Given { library, template, document, evaluation, .. } = given;
    let explained = explain::annex(library, template, document, evaluation);
    let mut cells = explained.iter().map(|explained| explained.cell);
    let paper = paper::paper(given, Parts { annex: true, ..Parts::default() });
    // Of one column that is a little wider than the paper, LibreOffice cuts the beginnings of all lines; several it makes smaller.
    let mut drawing = Drawing::new(words::ANNEX, &[1; 12], false, looks);
    for block in paper.pages.iter().flat_map(|pages| &pages.blocks) {
        let Block::Paragraph(paragraph) = block else { continue };
        let plain = look::outside(Across::Left);
        let (look, cell) = match paragraph.style {
            Style::Title => (look::title(), None),
            Style::Heading1 | Style::Heading2 | Style::Heading3 => (Look { bold: true, ..plain }, cells.next()),
            Style::Subtitle | Style::Unit | Style::Body | Style::Note | Style::Sign => (plain, None),
        };
        let link = cell.and_then(|cell| link(held, cell));
        drawing.across(Drawn { link, ..Drawn::text(&paragraph.text, look) });
    }
    drawing.grow();
    drawing.sheet
}
