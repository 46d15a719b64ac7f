//! Operations over fields: the words of a comparison follow its sign, so that nothing ever falls by a negative number.

use super::value::{Bound, Found, Number, NumberKind, Value, least_decimals};
use crate::number::{Exact, Reading, Unit, group_digits, read};
use crate::prelude::*;
use crate::wording::report as words;

/// The operations by name, and what each gives.
pub const OPERATIONS: &[(&str, Operation)] = &[
    ("增减", Operation::Change),
    ("增减率", Operation::ChangeRate),
    ("相差", Operation::Distance),
    ("占比", Operation::Share),
    ("若有", Operation::IfSome),
    ("若无", Operation::IfNone),
    ("若高于", Operation::IfAbove),
    ("若低于", Operation::IfBelow),
    ("若等于", Operation::IfEqual),
    ("若不等于", Operation::IfUnequal),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `增减:本年:上年`: 增加9.10万元, 减少338.35万元, 提高2个百分点, 持平.
    Change,
    /// `增减率:本年:上年`: 增长2.62%, 下降42.32%, 持平.
    ChangeRate,
    /// `相差:a:b`: how far apart, without direction.
    Distance,
    /// `占比:部分:总数`: 77.30%.
    Share,
    /// `若有:a`: there is a number, and it is not 0.
    IfSome,
    /// `若无:a`: the number is 0.
    IfNone,
    /// `若高于:a:b`; 若低于, 若等于 and 若不等于 likewise. A number such as 90% may stand for b.
    IfAbove,
    IfBelow,
    IfEqual,
    IfUnequal,
}

/// What another field stands for, by its name.
type Find<'f> = &'f dyn Fn(&str) -> Found;

pub(super) fn operation(bound: &Bound<'_>, find: Find<'_>, name: &str, arguments: &str) -> Found {
    let Some((_, operation)) = OPERATIONS.iter().find(|(known, _)| *known == name) else { return Found::Unknown };
    let mut names = arguments.split([':', '：']).map(str::trim);
    let (first, second) = (names.next().unwrap_or_default(), names.next());
    if names.next().is_some() {
        return Found::Unknown;
    }
    let one = |holds: fn(Exact) -> bool| match argument(bound, find, first) {
        Ok(a) => Found::Condition(a.number.is_some_and(|number| holds(number.value))),
        Err(Found::Unknown) => Found::Unknown,
        Err(_) => Found::Condition(false),
    };
    let condition = |holds: fn(Exact, Exact) -> bool| match pair(bound, find, first, second) {
        Ok((a, b, _)) => Found::Condition(a.kind == b.kind && holds(a.value, b.value)),
        Err(Found::Unknown) => Found::Unknown,
        Err(_) => Found::Condition(false),
    };
    match operation {
        Operation::IfSome => one(|a| !a.is_zero()),
        Operation::IfNone => one(Exact::is_zero),
        Operation::IfAbove => condition(|a, b| a > b),
        Operation::IfBelow => condition(|a, b| a < b),
        Operation::IfEqual => same(bound, find, first, second, true),
        Operation::IfUnequal => same(bound, find, first, second, false),
        Operation::Change => computed(bound, find, first, second, change),
        Operation::ChangeRate => computed(bound, find, first, second, change_rate),
        Operation::Distance => computed(bound, find, first, second, distance),
        Operation::Share => computed(bound, find, first, second, share),
    }
}

/// Whether two fields are the same, or are not: numbers by their value, words as they are written.
fn same(bound: &Bound<'_>, find: Find<'_>, first: &str, second: Option<&str>, wanted: bool) -> Found {
    match pair(bound, find, first, second) {
        Ok((a, b, _)) => Found::Condition(a.kind == b.kind && (a.value == b.value) == wanted),
        Err(Found::Unknown) => Found::Unknown,
        Err(_) => match (argument(bound, find, first), second.map(|second| argument(bound, find, second))) {
            (Ok(a), Some(Ok(b))) => Found::Condition((a.text.trim() == b.text.trim()) == wanted),
            _ => Found::Condition(false),
        },
    }
}

/// A field, or a number that is written out.
fn argument(bound: &Bound<'_>, find: Find<'_>, name: &str) -> Result<Value, Found> {
    if let Reading::Quantity(quantity) = read(name)
        && quantity.comparator.is_none()
    {
        let kind = match quantity.unit {
            Unit::Percent => NumberKind::Percent,
            Unit::Money(_) => NumberKind::Amount,
            Unit::None | Unit::Other { .. } => NumberKind::Plain,
        };
        let value = match kind {
            NumberKind::Amount => in_unit(bound, &quantity),
            NumberKind::Percent | NumberKind::Points | NumberKind::Plain => Some(Exact::from_decimal(quantity.number)),
        };
        let dp = |value| if kind == NumberKind::Amount { least_decimals(value) } else { quantity.decimals() };
        let number = value.map(|value| Number { value, dp: dp(value), kind });
        return Ok(Value { text: name.to_owned(), number, cell: None });
    }
    match find(name) {
        Found::Value(value) => Ok(value),
        Found::Condition(_) => Err(Found::Unknown),
        other => Err(other),
    }
}

fn in_unit(bound: &Bound<'_>, quantity: &crate::number::Quantity) -> Option<Exact> {
    let own = Exact::ten_to(u32::from(bound.form().unit.0)).ok()?;
    quantity.value().ok()?.checked_div(own).ok()
}

/// Two numbers and the first one's cell.
fn pair(bound: &Bound<'_>, find: Find<'_>, first: &str, second: Option<&str>) -> Result<(Number, Number, Value), Found> {
    let second = second.ok_or(Found::Unknown)?;
    let (a, b) = (argument(bound, find, first)?, argument(bound, find, second)?);
    match (a.number, b.number) {
        (Some(x), Some(y)) => {
            // A plain number written out is of the kind that it is compared with.
            let y = if y.kind == NumberKind::Plain { Number { kind: x.kind, ..y } } else { y };
            Ok((x, y, a))
        }
        _ => Err(Found::Blank(a.cell)),
    }
}

fn computed(
    bound: &Bound<'_>,
    find: Find<'_>,
    first: &str,
    second: Option<&str>,
    text: fn(&Bound<'_>, Number, Number) -> Option<String>,
) -> Found {
    match pair(bound, find, first, second) {
        Ok((a, b, at)) if a.kind == b.kind => match text(bound, a, b) {
            Some(text) => Found::Value(Value { text, number: None, cell: at.cell }),
            None => Found::Blank(at.cell),
        },
        Ok((_, _, at)) => Found::Blank(at.cell),
        Err(found) => found,
    }
}

/// The difference as it is printed: at the decimals of its parts, in percentage points between two rates.
fn printed(bound: &Bound<'_>, a: Number, b: Number) -> Option<String> {
    let apart = a.value.checked_sub(b.value).ok()?.abs();
    let text = bound.computed(NumberKind::Plain, apart, a.dp.max(b.dp))?.text;
    Some(match a.kind {
        NumberKind::Amount => format!("{}{}", group_digits(&text), bound.unit()),
        NumberKind::Percent => words::percentage_points(text.trim_end_matches('0').trim_end_matches('.'), &text),
        NumberKind::Points => words::points(&text),
        NumberKind::Plain => text,
    })
}

fn change(bound: &Bound<'_>, a: Number, b: Number) -> Option<String> {
    Some(words::change(a.kind == NumberKind::Percent, a.value.cmp(&b.value), &printed(bound, a, b)?))
}

fn distance(bound: &Bound<'_>, a: Number, b: Number) -> Option<String> {
    printed(bound, a, b)
}

/// None for rates: a rate of rates is what is mistaken for percentage points.
fn change_rate(bound: &Bound<'_>, a: Number, b: Number) -> Option<String> {
    if a.kind == NumberKind::Percent {
        return None;
    }
    let ratio = a.value.checked_sub(b.value).ok()?.checked_div(b.value.abs()).ok()?;
    Some(words::change_rate(a.value.cmp(&b.value), &percent(bound, ratio.abs())?))
}

fn share(bound: &Bound<'_>, a: Number, b: Number) -> Option<String> {
    percent(bound, a.value.checked_div(b.value).ok()?)
}

/// A ratio in percent, at the decimals that the profile gives rates.
fn percent(bound: &Bound<'_>, ratio: Exact) -> Option<String> {
    Some(format!("{}%", bound.template.profile.rounding.percent(ratio)?))
}
