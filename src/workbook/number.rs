//! A typed text as a number with a format that shows it as it was typed: 180.00 is 180 shown with two decimals, 45.56% is 0.4556 shown as a
//! percentage, 12万元 is 12 with 万元 behind it. What no number and format give back exactly stays a text.

use crate::number::{Reading, Unit};
use crate::prelude::*;
use rust_decimal::Decimal;

/// A spreadsheet keeps so many digits of a number; more of them are a code, such as that of an account.
const DIGITS: usize = 15;
/// A longer unit is rather a sentence.
const UNIT: usize = 12;

/// A number as a cell holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// What the cell holds: of a percentage the ratio.
    pub(super) number: Decimal,
    pub(super) format: String,
    /// Whether the format shows it as a percentage.
    pub(super) percent: bool,
}

/// A typed text as a number; `None` where it stays a text.
pub(super) fn typed(text: &str, reading: &Reading) -> Option<Shown> {
    let Reading::Quantity(quantity) = reading else { return None };
    if quantity.comparator.is_some() {
        return None;
    }
    let shown = plain(text.trim())?;
    let own = if shown.percent { shown.number.checked_mul(Decimal::ONE_HUNDRED)? } else { shown.number };
    // What was read is what is shown, and not the number before a 1/10 or a second one.
    (own == quantity.number && shown.percent == (quantity.unit == Unit::Percent)).then_some(shown)
}

/// A text that begins with a number and goes on with a unit.
pub(super) fn plain(text: &str) -> Option<Shown> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let end = unsigned.find(|char: char| !char.is_ascii_digit() && char != ',' && char != '.').unwrap_or(unsigned.len());
    let (core, unit) = unsigned.split_at_checked(end)?;
    let (whole, decimals) = core.split_once('.').map_or((core, None), |(whole, decimals)| (whole, Some(decimals)));
    let grouped = whole.contains(',');
    let digits: String = whole.chars().filter(|char| *char != ',').collect();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(&digits) || decimals.is_some_and(|decimals| !is_digits(decimals)) || !is_grouped(whole) {
        return None;
    }
    let scale = decimals.map_or(0, str::len);
    // A zero before other digits is part of a code, and a spreadsheet would drop it.
    if (digits.len() > 1 && digits.starts_with('0')) || digits.len().saturating_add(scale) > DIGITS {
        return None;
    }
    let percent = unit == "%";
    let plain = unit.chars().all(|char| !char.is_numeric() && !char.is_whitespace() && !matches!(char, '"' | '\\' | '%'));
    if !(percent || plain && unit.chars().count() <= UNIT) {
        return None;
    }
    let mut number: Decimal = format!("{digits}.{}", decimals.unwrap_or("0")).parse().ok()?;
    if percent {
        number.set_scale(number.scale().saturating_add(2)).ok()?;
    }
    if text.len() > unsigned.len() {
        if number.is_zero() {
            return None;
        }
        number.set_sign_negative(true);
    }
    let mut format = if grouped { "#,##0".to_owned() } else { "0".to_owned() };
    if scale > 0 {
        format.push('.');
        format.extend(core::iter::repeat_n('0', scale));
    }
    match unit {
        "" => {}
        "%" => format.push('%'),
        unit => format.push_str(&format!("\"{unit}\"")),
    }
    Some(Shown { number: number.normalize(), format, percent })
}

/// Whether commas stand where they group digits by three, if any do.
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().map_or(0, str::len);
    let mut rest = groups.peekable();
    rest.peek().is_none() || (1..=3).contains(&first) && rest.all(|group| group.len() == 3)
}
