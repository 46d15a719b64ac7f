//! A number of a passage, and what it is counted in.

use crate::prelude::*;
use rust_decimal::Decimal;

/// What a number is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// 10^n 元
    Money(u32),
    Percent,
    /// So many parts are a whole: 1000 of ‰, 10 of 成, 1 of 倍.
    Parts(u32),
    /// 个百分点
    Points,
    /// 个, 辆, 人次
    Count,
    /// None is written.
    Bare,
}

/// A number of a passage.
pub(super) struct Token {
    /// Characters of the passage: the number, without its unit.
    pub from: usize,
    pub to: usize,
    /// Behind its unit.
    pub end: usize,
    pub number: Decimal,
    pub measure: Measure,
    /// The unit of a count.
    pub unit: String,
}

/// A sign behind which no unit goes on.
pub(super) fn is_sign(char: char) -> bool {
    matches!(char, ',' | '。' | ';' | '、' | '(' | ')')
}
