//! 部门决算公开, 部门预算公开: a whole published document, its tables held against each other and its sentences against the tables.
//!
//! Every figure of a table and of a sentence is told by words: what is measured (本年支出, 基本支出, 因公出国费 …), whose money it is
//! (财政拨款, 一般公共预算 …), of which function or economic kind, and of which plan or year. Figures of the same meaning must agree, and
//! `templates/disclosure.toml` says which figures are the sum of which. Nothing is bound by equal numbers.

#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)]

mod adding;
mod beside;
mod bind;
mod clause;
mod compare;
mod course;
mod executed;
mod figure;
mod found;
mod grid;
mod growing;
mod hold;
mod judge;
mod lined;
mod lines;
mod listed;
mod numerals;
mod outline;
mod prose;
mod reckon;
mod relate;
mod scores;
mod sentence;
mod slip;
mod statement;
mod tables;
mod text;
mod token;
mod whole;
mod words;

use crate::block::{Block, Blocks, Origin};
use crate::id::Severity;
use crate::number::Exact;
use crate::prelude::*;

pub use figure::{Figure, Item, Key, Spot};
pub use statement::{Against, Coverage, Gap, GapKind, Remnant, RemnantKind, Standing, Statement, StatementKind};

/// What was found in a whole document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disclosure {
    pub tables: Vec<Table>,
    pub figures: Vec<Figure>,
    /// 勾稽关系, in the order of the tables.
    pub relations: Vec<Relation>,
    /// By place.
    pub findings: Vec<DisclosureFinding>,
    /// What its sentences say in numbers, in order.
    pub statements: Vec<Statement>,
    pub remnants: Vec<Remnant>,
    pub gaps: Vec<Gap>,
    /// The year that it is about.
    pub year: Option<u16>,
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
    /// The severities of all that was found.
    pub fn severities(&self) -> impl Iterator<Item = Severity> + Clone {
        let tables = self.findings.iter().map(|finding| finding.severity);
        let text = self.statements.iter().filter_map(|one| one.against.as_ref().and(one.standing.severity()));
        let whole = self.remnants.len().saturating_add(self.gaps.len());
        tables.chain(text).chain(core::iter::repeat_n(Severity::Warning, whole))
    }

    /// How much of the text could be held against something.
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        for one in &self.statements {
            *match one.standing {
                Standing::Right | Standing::Tail => &mut coverage.right,
                Standing::Wrong => &mut coverage.wrong,
                Standing::Doubt => &mut coverage.doubt,
                Standing::Unbound => &mut coverage.unbound,
            } += 1;
        }
        coverage
    }

    /// Whether a block of the file belongs to one of its tables.
    pub fn holds(&self, block: usize) -> bool {
        self.tables.iter().any(|table| table.blocks.contains(&block))
    }
}

/// Without tables, a text of fewer bound numbers is no such document.
const FEWEST: usize = 4;
/// A title stands among so many first paragraphs.
const TITLES: usize = 12;
/// And in so many first characters of one.
const TITLE: usize = 60;

/// Reads a file as a whole document. `None` where it is none: fewer than two of the tables are known, no heading speaks of accounts, and
/// no title of a report.
pub fn check(blocks: &Blocks) -> Option<Disclosure> {
    match lined::lined(blocks) {
        Some(lined) => held(&lined.blocks).map(|found| lined.placed(found)),
        None => held(blocks),
    }
}

/// Whether a file may be a whole document: what a program asks before it has [`check`] at hand. Without such words there is none.
pub fn may_be(blocks: &Blocks) -> bool {
    let mut named = 0_usize;
    let mut sentences = false;
    for block in &blocks.list {
        let mut told = |text: &str| {
            named = named.saturating_add(usize::from(words::table(text).is_some()));
            sentences |= text.contains('。');
            clause::has(&words::key(text), words::HEADING)
        };
        let spoken = match block {
            Block::Paragraph(paragraph) => told(&paragraph.text),
            Block::Grid(grid) => {
                let sheet = match &grid.origin {
                    Origin::Sheet { name, .. } => Some(name.as_str()),
                    Origin::Table(_) => None,
                };
                let mut spoken = grid.caption.as_deref().into_iter().chain(sheet).any(&mut told);
                for cell in &grid.cells {
                    spoken |= told(&cell.text);
                }
                spoken
            }
        };
        if spoken || named > 1 {
            return true;
        }
    }
    sentences && is_report(blocks)
}

fn held(blocks: &Blocks) -> Option<Disclosure> {
    let year = year(blocks);
    let about = words::About { year, budget: is_budget(blocks), report: false };
    let found::Found { tables, figures, unplaced, covered, announced, .. } = tables::tables(blocks, about);
    let text = text::text(blocks, |block| covered.contains(&block));
    let spoken = text
        .headings
        .iter()
        .chain(text.passages.iter().map(|passage| &passage.head))
        .filter(|heading| clause::has(heading, words::HEADING))
        .count();
    let report = is_report(blocks);
    if tables.len() < 2 && spoken == 0 && !report {
        return None;
    }
    let about = words::About { report: tables.len() < 2 && spoken == 0, ..about };
    let relations = relate::relations(&tables, &figures);
    let findings = judge::findings(&figures, &relations);
    let (statements, mut remnants) = prose::statements(&text, &figures, about);
    remnants.extend(outline::outline(blocks, |block| covered.contains(&block), year));
    remnants.order_by(|remnant| (remnant.block, remnant.kind));
    let gaps = whole::gaps(blocks, &tables, &figures, &announced);
    let bound = statements.iter().filter(|one| one.standing != Standing::Unbound).count();
    let fewest = if report { 1 } else { FEWEST };
    (tables.len() >= 2 || bound >= fewest).then_some(Disclosure {
        tables,
        figures,
        relations,
        findings,
        statements,
        remnants,
        gaps,
        unplaced,
        year,
    })
}

/// Whether one of its first lines is the title of a report (绩效自评报告).
fn is_report(blocks: &Blocks) -> bool {
    let texts = blocks.list.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
        Block::Grid(_) => None,
    });
    texts.take(TITLES).map(words::key).any(|text| {
        let first: String = text.chars().take(TITLE).collect();
        clause::has(&first, words::REPORT) && !first.contains('。')
    })
}

/// Whether it is a budget and no accounts: what its first lines call it.
fn is_budget(blocks: &Blocks) -> bool {
    let texts = blocks.list.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
        Block::Grid(grid) => grid.cells.first().map(|cell| cell.text.as_str()),
    });
    let first = texts.take(60).map(words::key).find(|text| {
        text.contains("决算") || text.contains("预算公开") || text.contains("部门预算") || text.contains("单位预算")
    });
    first.is_some_and(|text| !text.contains("决算"))
}

/// The year that the document is about: the first that stands before 年度 with 决算 or 预算 in one line.
fn year(blocks: &Blocks) -> Option<u16> {
    let texts = blocks.list.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
        Block::Grid(_) => None,
    });
    for text in texts.take(400) {
        let plain: String = text.chars().filter(|char| !crate::number::is_space(*char)).collect();
        if !clause::has(&plain, &["决算", "预算"]) || plain.chars().count() > 60 {
            continue;
        }
        let Some((before, _)) = plain.split_once('年') else { continue };
        let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        let digits: String = digits.chars().rev().collect();
        if let Some(year) = digits.parse::<u16>().ok().filter(|year| (1990..=2100).contains(year)) {
            return Some(year);
        }
    }
    None
}
