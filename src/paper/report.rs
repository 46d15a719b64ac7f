//! The report (自评报告), laid out as an official document.

use super::{Block, Given, PageKind, Pages, Paragraph, Style};
use crate::prelude::*;
use crate::report::{self, Section};

/// `None` for a form that has no report.
pub(super) fn pages(given: Given<'_>) -> Option<Pages> {
    let report = report::draft(given.template, given.document, given.evaluation)?;
    let mut blocks = paragraphs(&report.title, Style::Title);
    for section in &report.sections {
        let heading = match section.level {
            0 | 1 => Style::Heading1,
            2 => Style::Heading2,
            _ => Style::Heading3,
        };
        blocks.push(Block::Paragraph(Paragraph { style: heading, text: section.heading.clone() }));
        blocks.extend(paragraphs(section, Style::Body));
    }
    Some(Pages { kind: PageKind::Official, landscape: false, blocks })
}

fn paragraphs(section: &Section, style: Style) -> Vec<Block> {
    let words = section.words();
    let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| Block::Paragraph(Paragraph { style, text: line.to_owned() })).collect()
}
