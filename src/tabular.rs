//! 表内勾稽: a table that no form fits is checked by its words alone. 合计, 小计 and 其中 over rows and columns, 占比, 增减额 and 增减率,
//! 执行率 and its like, 结余, 单价 × 数量.
//!
//! It claims only what words say; that numbers happen to fit is never a rule. Where words leave several readings, numbers that agree with
//! one of them are right, and where none agrees the other rows of the table tell which was meant; without them it is said as a question.
//! All sums and rates are exact, and a printed number is compared at its own decimals.

#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)]

mod across;
mod column;
mod down;
mod formula;
mod judge;
mod label;
mod lay;
mod lines;
mod measure;
mod pairs;
mod report;
mod section;
mod share;
mod strip;
mod value;
mod votes;
mod words;

use crate::block::Grid;
use crate::id::Severity;
use crate::number::{Agreement, Exact};
use crate::prelude::*;
use rust_decimal::Decimal;

/// What was checked in a table, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// By place.
    pub findings: Vec<TableFinding>,
    /// How many figures were held against others. Without any, nothing can be said of the table.
    pub relations: usize,
    /// The figures that stood in any relation, by place: only of these it can be said that nothing was found.
    pub covered: Vec<GridPlace>,
}

/// A place in a grid: row and column of a cell, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GridPlace {
    pub row: u32,
    pub column: u32,
}

/// What stands between figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// 合计, 小计, 总计, 上级行: a sum and its parts.
    Sum,
    /// 其中: no part is more than the whole.
    Part,
    /// 占比, 比重
    Share,
    /// 增减额
    Change,
    /// 增减率, 同比
    Growth,
    /// 执行率, 完成率, 到位率
    Rate,
    /// 差额, 结余
    Balance,
    /// 单价 × 数量
    Product,
}

impl Relation {
    pub const ALL: [Relation; 8] = [
        Relation::Sum,
        Relation::Part,
        Relation::Share,
        Relation::Change,
        Relation::Growth,
        Relation::Rate,
        Relation::Balance,
        Relation::Product,
    ];

    /// Stable code.
    pub fn id(self) -> &'static str {
        match self {
            Relation::Sum => "T01",
            Relation::Part => "T02",
            Relation::Share => "T03",
            Relation::Change => "T04",
            Relation::Growth => "T05",
            Relation::Rate => "T06",
            Relation::Balance => "T07",
            Relation::Product => "T08",
        }
    }
}

/// A figure that does not agree with those that it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFinding {
    pub relation: Relation,
    /// An error where the words, or the rest of the table, leave no doubt; a warning where it is to be looked at; an info for a tail of rounding.
    pub severity: Severity,
    /// The figure that claims to follow from others.
    pub claim: Figure,
    /// What it should be, by each reading that the words allow. Never empty.
    pub readings: Vec<Reading>,
}

/// A printed figure and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub place: GridPlace,
    /// The name of its row.
    pub row: String,
    /// The title of its column.
    pub column: String,
    pub printed: String,
}

/// One way to read what a figure follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub operands: Vec<Operand>,
    /// How many figures it follows from: of long sums not all are listed.
    pub count: usize,
    /// The exact value, in the measure of the printed one: 45.55… where 45.56% is printed.
    pub computed: Exact,
    /// The same at the decimals of the printed figure, or more where the operands have more.
    pub shown: Decimal,
    pub agreement: Agreement,
    /// Rounding of the figures explains the difference (尾差).
    pub tail: bool,
}

/// A figure that another follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand {
    pub figure: Figure,
    pub role: Role,
}

/// What a figure does in a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Added up.
    Added,
    /// Taken off.
    Taken,
    /// Above the stroke.
    Dividend,
    /// Below the stroke; the whole of a share.
    Divisor,
    Factor,
    /// The whole that no part exceeds.
    Whole,
    /// This year's figure of a change.
    Now,
    /// Last year's figure of a change.
    Before,
}

impl Role {
    pub fn id(self) -> &'static str {
        match self {
            Role::Added => "added",
            Role::Taken => "taken",
            Role::Dividend => "dividend",
            Role::Divisor => "divisor",
            Role::Factor => "factor",
            Role::Whole => "whole",
            Role::Now => "now",
            Role::Before => "before",
        }
    }
}

/// Checks a table by its words.
pub fn check(grid: &Grid) -> Checked {
    let Some(lay) = lay::Lay::of(grid) else { return Checked::default() };
    let mut report = report::Report::new(&lay);
    for section in section::sections(&lay) {
        for strip in strip::strips(&lay, &section) {
            let lines = lines::lines(&lay, &section, &strip);
            let table = report::Table { lay: &lay, section: &section, strip: &strip, lines: &lines };
            down::check(&table, &mut report);
            across::check(&table, &mut report);
            measure::check(&table, &mut report);
            share::check(&table, &mut report);
        }
    }
    report.close()
}
