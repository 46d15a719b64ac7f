//! Strips: a list of names with the figures beside it. 收支总表 sets two of them side by side.

use super::column::{Column, Kind};
use super::lay::Lay;
use super::section::Section;
use super::words::{self, Name, has};
use crate::prelude::*;

pub(super) struct Strip {
    /// Columns of names before the figures.
    pub labels: Vec<usize>,
    pub figures: Vec<usize>,
    /// The column whose names tell the rows apart.
    pub name: Option<usize>,
}

pub(super) fn strips(lay: &Lay<'_>, section: &Section) -> Vec<Strip> {
    let columns = &section.columns;
    let last_figure = columns.iter().rposition(|column| column.kind.is_figure());
    let mut strips: Vec<Strip> = Vec::new();
    let mut open = Strip { labels: Vec::new(), figures: Vec::new(), name: None };
    for column in columns {
        if column.kind.is_figure() {
            open.figures.push(column.at);
        } else if open.figures.is_empty() {
            open.labels.push(column.at);
        } else if last_figure.is_some_and(|last| last > column.at)
            && (begins_list(lay, section, column) || again(columns, &open.labels, column))
        {
            let next = Strip { labels: vec![column.at], figures: Vec::new(), name: None };
            strips.push(core::mem::replace(&mut open, next));
        }
    }
    if !open.figures.is_empty() {
        strips.push(open);
    }
    for strip in &mut strips {
        strip.name = name_column(lay, section, &strip.labels);
    }
    strips
}

/// Whether a column has the title of one of these: a list that is set in several strips has the same head over each.
fn again(columns: &[Column], labels: &[usize], column: &Column) -> bool {
    let key = |column: &Column| column.leaf().map(|leaf| leaf.key.clone()).filter(|key| !key.is_empty());
    let own = key(column);
    own.is_some() && labels.iter().any(|at| columns.get(*at).is_some_and(|label| key(label) == own))
}

/// Whether a column of words behind figures begins another list of names, and is no remark.
fn begins_list(lay: &Lay<'_>, section: &Section, column: &Column) -> bool {
    if column.kind != Kind::Words || !column.worded {
        return false;
    }
    let whole = column.whole();
    if column.leaf().is_some_and(|leaf| has(&leaf.key, words::REMARKS)) && !whole.key.contains("单位名称") {
        return false;
    }
    has(&whole.key, words::NAMES)
        || section.body.iter().any(|row| lay.own(*row, column.at).is_some_and(|cell| words::rank(&cell.name).is_some()))
}

fn name_column(lay: &Lay<'_>, section: &Section, labels: &[usize]) -> Option<usize> {
    let column = |at: usize| section.columns.get(at);
    let score = |at: &usize| {
        let named = section.body.iter().filter(|row| lay.own(**row, *at).is_some_and(|cell| cell.is_words())).count();
        let leaf = column(*at).and_then(Column::leaf);
        let titled = leaf.is_some_and(|leaf| has(&leaf.key, words::NAMES) && !is_remark(leaf));
        if titled {
            named * 3
        } else if leaf.is_some_and(is_remark) {
            named
        } else {
            named * 2
        }
    };
    labels.iter().copied().filter(|at| column(*at).is_some_and(|column| column.kind == Kind::Words)).max_by_key(score)
}

fn is_remark(name: &Name) -> bool {
    has(&name.key, words::REMARKS) && !name.key.contains("单位名称")
}
