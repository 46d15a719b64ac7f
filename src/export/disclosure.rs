//! A whole published document, as it is handed to other programs.

use super::place::At;
use crate::block::Blocks;
use crate::disclosure::{self, Disclosure, Item, Spot, Standing, Verdict};
use crate::prelude::*;
use crate::wording::disclosure as words;
use serde::Serialize;

#[derive(Serialize)]
pub struct Whole<'a> {
    pub tables: Vec<Table<'a>>,
    /// 勾稽关系
    pub relations: Vec<Relation<'a>>,
    pub findings: Vec<Finding<'a>>,
    /// The numbers of the text.
    pub statements: Vec<Statement<'a>>,
    pub remnants: Vec<Remnant<'a>>,
    pub gaps: Vec<Gap<'a>>,
    pub coverage: Coverage,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Figures that were not checked, since the text of a page does not tell their column.
    pub unplaced: usize,
}

#[derive(Serialize)]
pub struct Table<'a> {
    pub kind: &'a str,
    pub name: &'a str,
    /// Positions among the blocks of the file, from 0.
    pub blocks: &'a [usize],
    pub figures: usize,
}

/// A figure, where it stands and what it means.
#[derive(Serialize)]
pub struct Figure<'a> {
    pub place: String,
    pub at: At,
    pub row: &'a str,
    pub column: &'a str,
    pub printed: &'a str,
    pub measure: &'a str,
    pub fund: &'a str,
    pub phase: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub item: &'a str,
}

#[derive(Serialize)]
pub struct Relation<'a> {
    pub code: &'static str,
    pub name: &'a str,
    pub source: &'a str,
    pub verdict: &'static str,
    pub claim: Option<Figure<'a>>,
    pub parts: Vec<Figure<'a>>,
    /// The claim less its parts, in 元.
    pub difference: String,
}

#[derive(Serialize)]
pub struct Finding<'a> {
    pub code: &'static str,
    pub severity: &'static str,
    pub title: &'static str,
    pub message: String,
    pub figure: Option<Figure<'a>>,
    /// In 元, where one value mends every relation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub should: Option<String>,
    /// Positions in `relations`.
    pub relations: &'a [usize],
}

/// An amount, a rate or a count of a sentence.
#[derive(Serialize)]
pub struct Statement<'a> {
    pub code: &'static str,
    pub title: &'static str,
    pub at: At,
    /// The bytes of the number in its paragraph.
    pub from: usize,
    pub to: usize,
    pub printed: &'a str,
    pub quote: &'a str,
    /// right, tail, wrong, doubt, unbound
    pub standing: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fund: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<&'a str>,
    /// What it was held against, where there is something to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// What the document lacks as a whole.
#[derive(Serialize)]
pub struct Gap<'a> {
    pub code: &'static str,
    pub title: &'static str,
    pub at: At,
    pub table: &'a str,
    pub message: String,
}

/// What a template left behind.
#[derive(Serialize)]
pub struct Remnant<'a> {
    pub code: &'static str,
    pub title: &'static str,
    pub at: At,
    pub quote: &'a str,
}

#[derive(Serialize)]
pub struct Coverage {
    pub right: usize,
    pub wrong: usize,
    pub doubt: usize,
    pub unbound: usize,
}

impl<'a> Whole<'a> {
    pub fn new(blocks: &Blocks, found: &'a Disclosure) -> Whole<'a> {
        let figure = |at: usize| found.figures.get(at).map(|one| figure(blocks, found, one));
        let table = |table: &'a disclosure::Table| Table {
            kind: table.kind,
            name: table.name,
            blocks: &table.blocks,
            figures: table.figures,
        };
        let relation = |relation: &'a disclosure::Relation| Relation {
            code: relation.kind.id(),
            name: relation.name,
            source: relation.source,
            verdict: match relation.verdict {
                Verdict::Right => "right",
                Verdict::Tail => "tail",
                Verdict::Wrong => "wrong",
            },
            claim: figure(relation.claim),
            parts: relation.parts.iter().filter_map(|part| figure(*part)).collect(),
            difference: relation.difference.to_text(),
        };
        let finding = |finding: &'a disclosure::DisclosureFinding| Finding {
            code: finding.kind.id(),
            severity: finding.severity.id(),
            title: words::kind(finding.kind),
            message: words::finding(found, finding),
            figure: figure(finding.at),
            should: finding.should.map(crate::number::Exact::to_text),
            relations: &finding.relations,
        };
        Whole {
            tables: found.tables.iter().map(table).collect(),
            relations: found.relations.iter().map(relation).collect(),
            findings: found.findings.iter().map(finding).collect(),
            statements: found.statements.iter().map(|one| statement(blocks, found, one)).collect(),
            remnants: found.remnants.iter().map(remnant).collect(),
            gaps: found.gaps.iter().map(gap).collect(),
            coverage: {
                let disclosure::Coverage { right, wrong, doubt, unbound } = found.coverage();
                Coverage { right, wrong, doubt, unbound }
            },
            year: found.year,
            unplaced: found.unplaced,
        }
    }
}

fn item(item: &Item) -> &str {
    match item {
        Item::Function(code) | Item::Economic(code) | Item::Named(code) => code.as_str(),
        Item::All => "",
    }
}

fn gap(gap: &disclosure::Gap) -> Gap<'_> {
    Gap {
        code: disclosure::GapKind::CODE,
        title: words::gap_kind(gap.kind),
        at: At { block: gap.block, row: None, column: None },
        table: gap.table,
        message: words::gap(gap),
    }
}

fn remnant(remnant: &disclosure::Remnant) -> Remnant<'_> {
    Remnant {
        code: disclosure::RemnantKind::CODE,
        title: words::remnant_kind(remnant.kind),
        at: At { block: remnant.block, row: None, column: None },
        quote: &remnant.quote,
    }
}

fn statement<'a>(blocks: &Blocks, found: &Disclosure, one: &'a disclosure::Statement) -> Statement<'a> {
    let key = one.key.as_ref();
    Statement {
        code: one.kind.id(),
        title: words::statement_kind(one.kind),
        at: At { block: one.block, row: None, column: None },
        from: one.at.0,
        to: one.at.1,
        printed: &one.printed,
        quote: &one.quote,
        standing: match one.standing {
            Standing::Right => "right",
            Standing::Tail => "tail",
            Standing::Wrong => "wrong",
            Standing::Doubt => "doubt",
            Standing::Unbound => "unbound",
        },
        measure: key.map(|key| key.measure),
        fund: key.map(|key| key.fund),
        phase: key.map(|key| key.phase),
        item: key.map(|key| item(&key.item)).filter(|item| !item.is_empty()),
        message: one.standing.severity().and_then(|_| words::statement(blocks, found, one)),
    }
}

fn figure<'a>(blocks: &Blocks, found: &Disclosure, figure: &'a disclosure::Figure) -> Figure<'a> {
    let at = match figure.spot {
        Spot::Cell { block, row, column, .. } => At { block, row: Some(row), column: Some(column) },
        Spot::Line { block, .. } => At { block, row: None, column: None },
    };
    let item = item(&figure.key.item);
    Figure {
        place: words::place(blocks, found, figure),
        at,
        row: &figure.row,
        column: &figure.column,
        printed: &figure.printed,
        measure: figure.key.measure,
        fund: figure.key.fund,
        phase: figure.key.phase,
        item,
    }
}
