//! What a cell of a table holds as a figure. Tables write losses as △5 or (5.00), and nothing as a stroke.

use crate::number::{self, Dimension, Exact, Reading, Unit, half_width, is_space};
use rust_decimal::Decimal;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Blank,
    /// A stroke, or 无: nothing, which a sum counts as 0.
    Nothing,
    /// Covered by a figure that begins elsewhere.
    Covered,
    Number(Number),
    /// Anything else, also a figure that can't be read: what holds one is not checked.
    Words,
}

/// A number as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// With as many decimals as are printed.
    pub printed: Decimal,
    /// Whether a percent sign stands behind it.
    pub percent: bool,
    /// The power of ten of a unit behind it: 4 for 12万元.
    pub power: u8,
}

impl Number {
    pub fn exact(&self) -> Exact {
        Exact::from_decimal(self.printed)
    }

    pub fn decimals(&self) -> u32 {
        self.printed.scale()
    }
}

impl Value {
    pub fn of(text: &str) -> Value {
        let text = text.trim_matches(is_space);
        if text.is_empty() {
            return Value::Blank;
        }
        if text.chars().count() <= 4 && text.chars().all(|char| matches!(half_width(char), '-' | '/' | '\\' | '*' | '无')) {
            return Value::Nothing;
        }
        let (bare, negative) = without_sign(text);
        match number::read(bare) {
            Reading::Quantity(quantity) if quantity.comparator.is_none() => {
                let percent = quantity.unit == Unit::Percent;
                // 百分点 measures another thing than %.
                let name = if let Unit::Other { name, .. } = &quantity.unit { name } else { "" };
                // 1.1项目经理 is numbered, 3.2公里道路 named.
                let other = quantity.unit.dimension() == Some(Dimension::Word) || name.chars().count() > 4;
                if name.contains("百分点") || name == "‰" || other {
                    return Value::Words;
                }
                let printed = if negative { -quantity.number } else { quantity.number };
                Value::Number(Number { printed, percent, power: quantity.unit.magnitude().0 })
            }
            Reading::Blank | Reading::NotApplicable => Value::Nothing,
            Reading::Quantity(_) | Reading::Range { .. } | Reading::Date(_) | Reading::Words => Value::Words,
        }
    }

    pub fn number(&self) -> Option<&Number> {
        match self {
            Value::Number(number) => Some(number),
            Value::Blank | Value::Nothing | Value::Covered | Value::Words => None,
        }
    }
}

/// △5 and ↓5 are -5, and so is (5.00); (5) numbers a line.
fn without_sign(text: &str) -> (&str, bool) {
    if let Some(rest) = text.strip_prefix(['△', '▲', '↓', '▽', '▼']) {
        return (rest, true);
    }
    if let Some(rest) = text.strip_prefix('↑') {
        return (rest, false);
    }
    let inside = text.strip_prefix(['(', '（']).and_then(|rest| rest.strip_suffix([')', '）']));
    match inside {
        Some(inside) if inside.contains('.') && inside.starts_with(|char: char| char.is_ascii_digit()) => (inside, true),
        _ => (text, false),
    }
}
