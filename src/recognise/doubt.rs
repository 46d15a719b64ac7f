//! Blank cells of which nobody knows that they are blank: a text that was not understood, or may be several things, stands where theirs
//! would. Nothing is said to be missing there.

use super::{Found, SourcePlace};
use crate::document::{CellId, Document};
use crate::finding::{EntryFacts, Facts, Finding};
use crate::prelude::*;
use crate::template::{CellIndex, Form, Line, LineContent};

/// A line of a grid in the file.
type FileLine = (usize, u32);

impl Found {
    /// The blank cells whose text may be among those in the list: one of them stands in the line of the rest of their row, under the title of
    /// their column, or anywhere in that line where no row tells which column it is.
    pub fn doubtful(&self, form: &Form) -> SortedSet<CellId> {
        let mut doubtful: SortedSet<CellId> = SortedSet::new();
        let offered = self.questions.iter().flat_map(|question| question.options.iter().flatten());
        doubtful.extend(offered.map(|(cell, _)| *cell).filter(|cell| is_blank(&self.document, *cell)));
        let unread = self.unrecognised.iter().filter(|unread| !unread.text.is_empty()).map(|unread| unread.place);
        let unread: Vec<(FileLine, u32)> = unread.filter_map(in_grid).collect();
        if unread.is_empty() {
            return doubtful;
        }
        for (table, def) in (0..).zip(&form.tables) {
            for row in self.document.rows(table) {
                let cells = || (0..).zip(&def.columns).map(|(column, _)| CellId::Row { table, row: row.id, column });
                let lines = self.lines(cells());
                for cell in cells().filter(|cell| is_blank(&self.document, *cell)) {
                    let CellId::Row { column, .. } = cell else { continue };
                    let beside = || unread.iter().filter(|(line, _)| lines.contains(line));
                    let under = |at: &u32| {
                        self.document.rows(table).iter().any(|other| {
                            let place = self.sources.get(&CellId::Row { table, row: other.id, column }).copied();
                            place.and_then(in_grid).is_some_and(|(_, other)| other == *at)
                        })
                    };
                    let titled = self
                        .document
                        .rows(table)
                        .iter()
                        .any(|other| self.sources.contains_key(&CellId::Row { table, row: other.id, column }));
                    if beside().any(|(_, at)| !titled || under(at)) {
                        doubtful.insert(cell);
                    }
                }
            }
        }
        for cells in lines_of(form) {
            let lines = self.lines(cells.iter().map(|at| CellId::Fixed(*at)));
            if unread.iter().any(|(line, _)| lines.contains(line)) {
                doubtful.extend(cells.into_iter().map(CellId::Fixed).filter(|cell| is_blank(&self.document, *cell)));
            }
        }
        doubtful
    }

    /// Where the texts of these cells stand.
    fn lines(&self, cells: impl Iterator<Item = CellId>) -> SortedSet<FileLine> {
        let mut lines = SortedSet::new();
        lines.extend(cells.filter_map(|cell| in_grid(*self.sources.get(&cell)?)).map(|(line, _)| line));
        lines
    }
}

fn in_grid(place: SourcePlace) -> Option<(FileLine, u32)> {
    match place {
        SourcePlace::Cell { block, row, column } => Some(((block, row), column)),
        SourcePlace::Paragraph { .. } | SourcePlace::Caption { .. } => None,
    }
}

fn is_blank(document: &Document, cell: CellId) -> bool {
    document.typed(cell).text().trim().is_empty()
}

/// The single cells that the form prints in one line.
fn lines_of(form: &Form) -> impl Iterator<Item = Vec<CellIndex>> {
    form.blocks.iter().flat_map(|block| &block.lines).filter_map(|line| match line {
        Line::Cells { cells, .. } => {
            let cells = cells.iter().filter_map(|cell| match cell.content {
                LineContent::Cell(at) => Some(at),
                LineContent::Label(_) => None,
            });
            Some(cells.collect())
        }
        Line::Table(_) => None,
    })
}

/// Takes out of the findings what calls such a cell blank.
pub fn excuse(findings: &mut Vec<Finding>, is_doubtful: impl Fn(CellId) -> bool) {
    findings.retain_mut(|finding| match &mut finding.facts {
        Facts::RowIncomplete { missing } => {
            let kept: Vec<bool> = finding.at.iter().map(|cell| !is_doubtful(*cell)).collect();
            let mut keeps = kept.iter().copied();
            finding.at.retain(|_| keeps.next().unwrap_or(true));
            let mut keeps = kept.iter().copied();
            missing.retain(|_| keeps.next().unwrap_or(true));
            !finding.at.is_empty()
        }
        Facts::ReasonMissing { .. } | Facts::Entry(EntryFacts::RequiredBlank) => {
            finding.at.first().is_none_or(|cell| !is_doubtful(*cell))
        }
        _ => true,
    });
}
