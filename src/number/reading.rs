use alloc::boxed::Box;

use rust_decimal::Decimal;

use super::deadline::Deadline;
use super::exact::{Exact, TooLarge};

/// What a typed text reads as. Blank, zero and not applicable (不适用) are three different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing but white space.
    Blank,
    /// Marked as not applicable: `/`, `—`, 不适用, 不涉及.
    NotApplicable,
    /// One number (定量), with its sign of comparison and unit.
    Quantity(Quantity),
    /// An interval such as `90%-95%`; `low` is not above `high`, and both have the same kind of unit.
    Range {
        /// Lower end.
        low: Quantity,
        /// Upper end.
        high: Quantity,
    },
    /// A time to finish (完成时限).
    Date(Deadline),
    /// Anything else (定性): words, several numbers, or a number that is only roughly given.
    Words,
}

/// A number as typed: `≥50个`, `1.2万亩`, `95%以上`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The sign of comparison (计算符号), if one was typed.
    pub comparator: Option<Comparator>,
    /// The number before its unit; the scale is the number of decimals typed.
    pub number: Decimal,
    /// The unit (计量单位).
    pub unit: Unit,
}

impl Quantity {
    /// The number in the plain unit: 95% is 0.95, 1.2万亩 is 12000 (亩), 90万元 is 900000 (元).
    ///
    /// # Errors
    /// [`TooLarge`] only for a magnitude or a number far outside what [`read`](super::read) gives.
    pub fn value(&self) -> Result<Exact, TooLarge> {
        let number = Exact::from_decimal(self.number);
        match self.unit {
            Unit::None => Ok(number),
            Unit::Percent => number.checked_mul(PERCENT),
            Unit::Money(magnitude) | Unit::Other { magnitude, .. } => number.checked_mul(Exact::ten_to(u32::from(magnitude.0))?),
        }
    }

    /// The number of decimals typed.
    pub fn decimals(&self) -> u32 {
        self.number.scale()
    }

    /// What one of the typed unit is in the plain unit: 1/100 for %, 10000 for 万元.
    ///
    /// A magnitude above 38, which [`read`](super::read) never gives, counts as 38.
    pub fn factor(&self) -> Exact {
        match self.unit {
            Unit::None => Exact::ONE,
            Unit::Percent => PERCENT,
            Unit::Money(magnitude) | Unit::Other { magnitude, .. } => {
                Exact::ten_to(u32::from(magnitude.0.min(38))).unwrap_or(Exact::ONE)
            }
        }
    }
}

const PERCENT: Exact = match core::num::NonZero::new(100) {
    Some(hundred) => Exact::ratio(1, hundred),
    None => Exact::ONE,
};

/// A sign of comparison (计算符号).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// ≥ 不少于 以上 不低于 至少 达到.
    AtLeast,
    /// > 超过 大于 高于 多于.
    MoreThan,
    /// ≤ 不超过 以内 以下 不高于 控制在.
    AtMost,
    /// < 小于 低于 少于 不足.
    LessThan,
    /// = 等于.
    Equal,
}

/// A unit (计量单位).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// None typed.
    None,
    /// % or 百分比.
    Percent,
    /// 元, 万元, 亿元, 千元, 百万元, or a currency sign (￥).
    Money(Magnitude),
    /// Any other, such as 个 or 万亩; a bare 万 has an empty name.
    Other {
        /// The 万 in 万亩.
        magnitude: Magnitude,
        /// The 亩 in 万亩.
        name: Box<str>,
    },
}

/// A power of ten in front of a unit: 0 for none, 3 千, 4 万, 6 百万, 7 千万, 8 亿.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Magnitude(pub u8);
