//! How every number comes about (计算底稿).

use super::{Block, Given, PageKind, Pages, Paragraph, Style};
use crate::explain::annex;
use crate::prelude::*;
use crate::wording::{explaining, paper as words};

pub(super) fn pages(given: Given<'_>) -> Pages {
    let mut said = vec![Paragraph { style: Style::Title, text: words::ANNEX.to_owned() }];
    said.extend(given.about());
    for explained in annex(given.library, given.template, given.document, given.evaluation) {
        said.push(Paragraph { style: Style::Heading3, text: explained.title.clone() });
        let lines = explained.text();
        said.extend(lines.lines().map(|line| Paragraph { style: Style::Body, text: line.to_owned() }));
        let sources = explained.sources.iter().map(explaining::basis);
        said.extend(sources.map(|basis| Paragraph { style: Style::Note, text: basis.trim().to_owned() }));
    }
    Pages { kind: PageKind::Table, landscape: false, blocks: said.into_iter().map(Block::Paragraph).collect() }
}
