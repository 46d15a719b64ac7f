use alloc::string::String;

use rust_decimal::Decimal;

use super::date::deadline;
use super::lexeme::{has_leading_zero, is_longer, number, strip_any};
use super::normalise::{is_longer_seen, is_plain, is_space, normalise, without_stop};
use super::numeral;
use super::prefix::prefix;
use super::reading::{Comparator, Quantity, Reading, Unit};
use super::suffix::suffix;
use super::unit::Dimension;

/// A longer text is a sentence; it is not searched for numbers.
const LONGEST: usize = 64;

/// What is longer than any sign of 不适用 and has no digit is words.
const LONGEST_SIGN: usize = 8;

/// Reads what was typed or pasted into a cell. Every text reads as something; what is not surely a number, an interval
/// or a date is [`Reading::Words`].
///
/// White space is ignored and full-width characters (１２３．５％) count as half-width, see the tests for the spellings.
pub fn read(text: &str) -> Reading {
    let text = text.trim_matches(is_space);
    if text.is_empty() {
        return Reading::Blank;
    }
    if is_longer_seen(text, LONGEST) || (is_longer_seen(text, LONGEST_SIGN) && !may_count(text)) {
        return Reading::Words;
    }
    if is_plain(text) { parse(without_stop(text)) } else { parse(without_stop(&normalise(text))) }
}

/// Whether a text may hold a number or a date: most cells are words, and this is all they cost. 年底前 and 上半年 are dates
/// without a digit.
fn may_count(text: &str) -> bool {
    let full_width = |text: &str| text.chars().any(|char| ('０'..='９').contains(&char));
    // 0xEF begins every full-width character, so most texts need no decoding.
    text.bytes().any(|byte| byte.is_ascii_digit())
        || (text.as_bytes().contains(&0xEF) && full_width(text))
        || (text.contains('年') && text.contains(['底', '末', '终', '内', '半', '全']))
        || (!is_longer_seen(text, numeral::LONGEST) && numeral::may_hold(text))
}

fn parse(text: &str) -> Reading {
    if is_not_applicable(text) {
        return Reading::NotApplicable;
    }
    in_digits(text).or_else(|| numeral::reading(text, in_digits)).unwrap_or(Reading::Words)
}

fn in_digits(text: &str) -> Option<Reading> {
    // Without a digit only 年底, 年内, 全年 and 上半年 are dates, and nothing is a number.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return if text.contains('年') { deadline(text).map(Reading::Date) } else { None };
    }
    deadline(text)
        .map(Reading::Date)
        .or_else(|| range(text))
        .or_else(|| bounds(text))
        .or_else(|| quantity(text).map(Reading::Quantity))
}

fn is_not_applicable(text: &str) -> bool {
    matches!(text, "/" | "//" | "\\" | "-" | "--" | "---" | "----" | "不适用" | "无此项" | "不涉及")
        || text.eq_ignore_ascii_case("n/a")
}

fn quantity(text: &str) -> Option<Quantity> {
    let before = text.get(..text.find(|character: char| character.is_ascii_digit())?)?;
    let whole = before.strip_suffix('.').unwrap_or(before);
    let head = whole.strip_suffix(['+', '-']).unwrap_or(whole);
    let prefix = prefix(head)?;
    // Directly after words a sign may be a dash and a point may end a sentence: 满意度-95%, 完成.95%.
    if !prefix.words.is_empty() && !prefix.is_signed() && head.len() != before.len() {
        return None;
    }
    let (first, rest) = number(text.get(head.len()..)?)?;
    let factor = rest.strip_prefix(['*', 'x', 'X']).and_then(number);
    let (number, rest) = match factor {
        Some((second, rest)) => (product(first, second)?, rest),
        None => (first, rest),
    };
    let suffix = suffix(rest)?;
    let comparator = prefix.join(suffix.comparator)?;
    let unit = if prefix.money { money(suffix.unit)? } else { suffix.unit };
    if (factor.is_some() && is_length(&unit)) || (comparator.is_none() && is_year(number, &unit)) {
        return None;
    }
    if let Some((before, each)) = prefix.each()
        && (comparator.is_some() || before.is_empty())
    {
        let unit = per(&unit, each)?;
        return Some(Quantity { comparator, number, unit });
    }
    let attached = comparator.is_some() || unit == Unit::Percent;
    let counted = || unit.dimension().is_some_and(Dimension::is_amount) && prefix.names_count() && is_short(&unit);
    (prefix.words.is_empty() || attached || counted()).then_some(Quantity { comparator, number, unit })
}

/// 完成3个小区, but not 完成3个小区改造: the longer the words behind a number, the likelier they are another sentence.
fn is_short(unit: &Unit) -> bool {
    match unit {
        Unit::Other { name, .. } => !is_longer(name, 4),
        Unit::None | Unit::Percent | Unit::Money(_) => true,
    }
}

/// 每人每年300元 is 300元/人/年.
fn per(unit: &Unit, each: &str) -> Option<Unit> {
    let (magnitude, name) = match unit {
        Unit::Money(magnitude) => (*magnitude, "元"),
        Unit::Other { magnitude, name } if !name.is_empty() => (*magnitude, &**name),
        Unit::None | Unit::Percent | Unit::Other { .. } => return None,
    };
    let mut joined = String::from(name);
    for unit in each.split('每').filter(|unit| !unit.is_empty()) {
        joined.push('/');
        joined.push_str(unit);
    }
    Some(Unit::Other { magnitude, name: joined.into() })
}

/// 7*24小时. Only whole numbers without a sign: anything else is a formula.
fn product(first: Decimal, second: Decimal) -> Option<Decimal> {
    let whole = |factor: Decimal| factor.scale() == 0 && !factor.is_sign_negative();
    if whole(first) && whole(second) { first.checked_mul(second) } else { None }
}

/// 60*80cm gives the sides of something, not an amount.
fn is_length(unit: &Unit) -> bool {
    match unit {
        Unit::None | Unit::Money(_) => false,
        Unit::Percent => true,
        Unit::Other { name, .. } => {
            unit.dimension() == Some(Dimension::Length) || (name.contains(|c: char| c.is_ascii_alphabetic()) && &**name != "h")
        }
    }
}

/// 2021年, 2021年度: a year, and not so many years.
fn is_year(number: Decimal, unit: &Unit) -> bool {
    matches!(unit, Unit::Other { name, .. } if name.starts_with('年')) && could_be_year(number)
}

fn could_be_year(number: Decimal) -> bool {
    number.scale() == 0 && (1900..=2100).contains(&number.mantissa())
}

fn money(unit: Unit) -> Option<Unit> {
    match unit {
        Unit::None => Some(Unit::Money(super::Magnitude(0))),
        Unit::Other { magnitude, name } if name.is_empty() => Some(Unit::Money(magnitude)),
        Unit::Money(magnitude) => Some(Unit::Money(magnitude)),
        Unit::Percent | Unit::Other { .. } => None,
    }
}

fn range(text: &str) -> Option<Reading> {
    // 介于90%和95%之间
    let between = text.strip_suffix("之间");
    let text = between.map_or(text, |text| strip_any(text, &["介于", "在"]).unwrap_or(text));
    let (low, rest) = number(text)?;
    let dash = rest.find(['-', '~', '至', '到']).or_else(|| between.and_then(|_| rest.find(['和', '与'])))?;
    let (low_name, tail) = rest.split_at_checked(dash)?;
    let high_text = match tail.strip_prefix('-') {
        // 10——15 is written with a double dash; behind a negative number the second one would be a sign.
        Some(tail) if low.is_sign_negative() => tail,
        Some(tail) => tail.strip_prefix('-').unwrap_or(tail),
        None => tail.trim_start_matches(['~', '至', '到', '和', '与']),
    };
    let (high, rest) = number(high_text)?;
    if has_leading_zero(text) || has_leading_zero(high_text) {
        return None;
    }
    let behind = suffix(rest).filter(|suffix| suffix.comparator.is_none())?;
    let unit = if low_name.is_empty() {
        behind.unit.clone()
    } else {
        let before = suffix(low_name).filter(|suffix| suffix.comparator.is_none())?;
        adopt(before.unit, &behind.unit)?
    };
    // 2020-2022 is a span of years and 2021.1-2021.12 one of months, even without 年.
    let bare = unit == Unit::None || is_year(low, &unit);
    let years = bare && [low, high].iter().all(|end| could_be_year(end.trunc()));
    let low = Quantity { comparator: None, number: low, unit };
    let high = Quantity { comparator: None, number: high, unit: behind.unit };
    let ordered = matches!((low.value(), high.value()), (Ok(low), Ok(high)) if low <= high);
    (ordered && !years).then_some(Reading::Range { low, high })
}

/// ≥50人且≤60人, 不低于85%，不高于95%: both ends with a sign of their own. Strict signs leave no range that could be met at its ends.
fn bounds(text: &str) -> Option<Reading> {
    let (first, second) = text.split_once(['且', ',', ';', '、'])?;
    let (first, second) = (quantity(first)?, quantity(second)?);
    let (mut low, mut high) = match (first.comparator?, second.comparator?) {
        (Comparator::AtLeast, Comparator::AtMost) => (first, second),
        (Comparator::AtMost, Comparator::AtLeast) => (second, first),
        (_, _) => return None,
    };
    (low.comparator, high.comparator) = (None, None);
    if low.unit == Unit::None {
        low.unit = high.unit.clone();
    } else if high.unit == Unit::None {
        high.unit = low.unit.clone();
    }
    let ordered = low.unit == high.unit && matches!((low.value(), high.value()), (Ok(low), Ok(high)) if low <= high);
    ordered.then_some(Reading::Range { low, high })
}

/// The unit of the lower end, which must be of the kind of the upper one. A bare 万 takes over the name: 5万-10万元.
fn adopt(low: Unit, high: &Unit) -> Option<Unit> {
    match (low, high) {
        (Unit::Percent, Unit::Percent) => Some(Unit::Percent),
        (Unit::Money(magnitude), Unit::Money(_)) => Some(Unit::Money(magnitude)),
        (Unit::Other { magnitude, name }, Unit::Money(_)) if name.is_empty() => Some(Unit::Money(magnitude)),
        (Unit::Other { magnitude, name }, Unit::Other { name: high, .. }) if name.is_empty() || name == *high => {
            Some(Unit::Other { magnitude, name: high.clone() })
        }
        _ => None,
    }
}
