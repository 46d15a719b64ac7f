//! A figure: what it says, where it stands, and what it means.

use super::words::{self, MEASURES, PHASES};
use crate::number::{Exact, half_width, is_space};
use crate::prelude::*;
use rust_decimal::Decimal;

/// A figure of a table or of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub spot: Spot,
    /// As it stands.
    pub printed: String,
    /// In 元.
    pub value: Exact,
    /// One of its last printed digit, in 元.
    pub last: Exact,
    /// Of its unit: 4 for 万元.
    pub power: u32,
    pub key: Key,
    /// How its row is called.
    pub row: String,
    /// How its column is called.
    pub column: String,
}

/// Where a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// A cell of a grid: the table, the block, row and column from 0.
    Cell { table: usize, block: usize, row: u32, column: u32 },
    /// A line of a table that was given as text, with the bytes of its paragraph that it is.
    Line { table: usize, block: usize, at: (usize, usize) },
}

impl Spot {
    pub fn table(self) -> Option<usize> {
        match self {
            Spot::Cell { table, .. } | Spot::Line { table, .. } => Some(table),
        }
    }

    pub fn block(self) -> usize {
        match self {
            Spot::Cell { block, .. } | Spot::Line { block, .. } => block,
        }
    }
}

/// What a figure means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub measure: &'static str,
    pub fund: &'static str,
    pub phase: &'static str,
    pub item: Item,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// The whole.
    All,
    /// 支出功能分类, by its code.
    Function(String),
    /// 支出经济分类, by its code.
    Economic(String),
    /// A row without a code.
    Named(String),
}

/// Measures that are the same whosever money it is: they are published for 财政拨款 only.
const OF_ANY_FUND: &[&str] = &[
    "three",
    "abroad",
    "car",
    "car-buy",
    "car-run",
    "reception",
    "reception-home",
    "reception-foreign",
    "running",
    "procurement",
    "goods",
    "works",
    "services",
    "small",
    "micro",
    "vehicles",
];

impl Key {
    pub fn new(measure: &'static str, fund: &'static str, phase: &'static str, item: Item) -> Key {
        let fund = if OF_ANY_FUND.contains(&measure) && !matches!(fund, "government" | "capital") { "" } else { fund };
        Key { measure, fund, phase, item }
    }

    /// The same of another measure.
    pub fn of(&self, measure: &'static str) -> Key {
        Key { measure, ..self.clone() }
    }

    /// How people call it: 一般公共预算财政拨款基本支出.
    pub fn name(&self) -> String {
        let fund = words::named(words::FUNDS, self.fund).map_or("", |fund| fund.name);
        let measure = words::named(MEASURES, self.measure).map_or("", |measure| measure.name);
        let phase = words::named(PHASES, self.phase).map_or("", |phase| phase.name);
        let measure = if fund.ends_with("收入") && self.measure == "income" { "" } else { measure };
        format!("{fund}{measure}{phase}")
    }
}

/// A number as a cell prints it, with its decimals; `None` for words, `Some(None)` for a cell that is blank or holds a stroke.
pub(super) fn read(text: &str) -> Option<Option<Decimal>> {
    let plain: String = text.chars().filter(|char| !is_space(*char)).map(half_width).collect();
    if plain.chars().all(|char| matches!(char, '-' | '/')) {
        return Some(None);
    }
    let plain = plain.replace(',', "");
    let (bare, negative) = match plain.strip_prefix(['-', '△', '▲']) {
        Some(rest) => (rest, true),
        None => (plain.as_str(), false),
    };
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    let shaped = bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && bare.matches('.').count() <= 1;
    if !shaped || digits == 0 || digits > 20 || bare.starts_with('.') || bare.ends_with('.') {
        return None;
    }
    let number: Decimal = bare.parse().ok()?;
    Some(Some(if negative { -number } else { number }))
}

/// Value and last digit of a number in a unit of 10^`power` 元.
pub(super) fn measured(number: Decimal, power: u32) -> Option<(Exact, Exact)> {
    let factor = Exact::ten_to(power).ok()?;
    let value = Exact::from_decimal(number).checked_mul(factor).ok()?;
    let last = factor.checked_div(Exact::ten_to(number.scale()).ok()?).ok()?;
    Some((value, last))
}
