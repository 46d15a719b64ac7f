//! 部门决算公开, 部门预算公开: a whole published document, its tables held against each other and its sentences against the tables.
//!
//! Every figure of a table and of a sentence is told by words: what is measured (本年支出, 基本支出, 因公出国费 …), whose money it is
//! (财政拨款, 一般公共预算 …), of which function or economic kind, and of which plan or year. Figures of the same meaning must agree, and
//! `templates/disclosure.toml` says which figures are the sum of which. Nothing is bound by equal numbers.

#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)]

mod figure;
mod found;
mod grid;
mod judge;
mod lines;
mod relate;
mod tables;
mod words;

use crate::block::Blocks;
use crate::id::Severity;
use crate::number::Exact;
use crate::prelude::*;

pub use figure::{Figure, Item, Key, Spot};

/// What was found in a whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disclosure {
    pub tables: Vec<Table>,
    pub figures: Vec<Figure>,
    /// 勾稽关系, in the order of the tables.
    pub relations: Vec<Relation>,
    /// By place.
    pub findings: Vec<DisclosureFinding>,
    /// Figures of tables whose column the text of a page does not tell.
    pub unplaced: usize,
}

/// A table that was recognised by its name or its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Stable name of what it is.
    pub kind: &'static str,
    /// 收入支出决算总表
    pub name: &'static str,
    /// The blocks of the file that hold it, from its first.
    pub blocks: Vec<usize>,
    /// 4 for 万元
    pub power: u32,
    /// How many figures were read.
    pub figures: usize,
}

/// Σ of the left is Σ of the right; each by its position among the figures, with its sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    pub kind: RelationKind,
    pub name: &'static str,
    pub source: &'static str,
    /// What claims to be the sum.
    pub claim: usize,
    pub parts: Vec<usize>,
    /// The claim less the parts, in 元.
    pub difference: Exact,
    pub verdict: Verdict,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelationKind {
    /// 表内: a sum and its parts of one table.
    Within,
    /// 表间: the same figure in two tables, or a sum whose parts stand in another.
    Across,
}

impl RelationKind {
    pub const ALL: [RelationKind; 2] = [RelationKind::Within, RelationKind::Across];

    /// Stable code.
    pub fn id(self) -> &'static str {
        match self {
            RelationKind::Within => "D01",
            RelationKind::Across => "D02",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// Rounding explains the difference (尾差).
    Tail,
    Wrong,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisclosureFinding {
    pub kind: RelationKind,
    pub severity: Severity,
    /// The figure that is named: the one that explains all its relations, or the claim of the relation.
    pub at: usize,
    /// What it should be, in 元, where one value mends every relation.
    pub should: Option<Exact>,
    /// The relations that it explains, by their positions.
    pub relations: Vec<usize>,
}

impl Disclosure {
    /// Whether a block of the file belongs to one of its tables.
    pub fn holds(&self, block: usize) -> bool {
        self.tables.iter().any(|table| table.blocks.contains(&block))
    }
}

/// Reads a file as a whole document. `None` where fewer than two of its tables are known ones: then it is no such document.
pub fn check(blocks: &Blocks) -> Option<Disclosure> {
    let found = tables::tables(blocks);
    if found.tables.len() < 2 {
        return None;
    }
    let found::Found { tables, figures, unplaced, .. } = found;
    let relations = relate::relations(&tables, &figures);
    let findings = judge::findings(&figures, &relations);
    Some(Disclosure { tables, figures, relations, findings, unplaced })
}
