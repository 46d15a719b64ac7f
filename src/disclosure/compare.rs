//! A number of the text as a statement, and how two numbers stand to each other.

use super::bind::Bound;
use super::clause::{Measure, Role, has, last_clause};
use super::statement::{Standing, Statement, StatementKind};
use super::text::Text;
use super::words;
use crate::number::Exact;
use crate::prelude::*;
use rust_decimal::Decimal;

/// By how much a rate in percent may be off where the change is off by half of its last digit.
pub(super) fn slack(change: Exact, last: Exact, base: Exact) -> Exact {
    let one = |change: Exact| change.checked_div(base).ok().and_then(|rate| rate.checked_mul(Exact::HUNDRED).ok());
    let more = change.checked_add(last).ok().and_then(one);
    match (one(change), more) {
        (Some(plain), Some(more)) => more.checked_sub(plain).map_or(Exact::ZERO, Exact::abs),
        _ => Exact::ZERO,
    }
}

/// An amount of the text against a known one, at the coarser of their last digits.
pub(super) fn compared(value: Exact, last: Exact, known: Exact, known_last: Exact) -> Standing {
    let Ok(off) = value.checked_sub(known) else { return Standing::Doubt };
    if off.is_zero() {
        return Standing::Right;
    }
    let coarse = last.max(known_last);
    let half = coarse.checked_div(Exact::from_int(2)).unwrap_or(Exact::ZERO);
    let cent = Exact::from_decimal(Decimal::new(1, 2));
    if last != known_last && off.abs() <= half {
        Standing::Right
    } else if off.abs() <= coarse && coarse > cent {
        Standing::Tail
    } else {
        Standing::Wrong
    }
}

pub(super) fn statement(bound: &Bound, text: &Text) -> Statement {
    let token = &bound.token;
    let passage = text.passages.get(bound.passage);
    let place = |at: usize| passage.and_then(|passage| passage.at.get(at)).copied().unwrap_or_default();
    let (block, from) = place(token.from);
    let (_, to) = place(token.to.saturating_sub(1));
    let power = if let Measure::Money(power) = token.measure { power } else { 0 };
    let factor = match token.measure {
        // In percent, however it is written.
        Measure::Parts(parts) => Exact::HUNDRED.checked_div(Exact::from_int(i64::from(parts))).unwrap_or(Exact::ONE),
        _ => Exact::ten_to(power).unwrap_or(Exact::ONE),
    };
    let value = Exact::from_decimal(token.number).checked_mul(factor).unwrap_or(Exact::ZERO);
    let last = Exact::ten_to(token.number.scale()).ok().and_then(|tens| factor.checked_div(tens).ok()).unwrap_or(Exact::ONE);
    let kind = match bound.role {
        Role::Amount => StatementKind::Amount,
        Role::Change(_) => StatementKind::Change,
        Role::Growth(_) | Role::Points => StatementKind::Growth,
        Role::Share if has(&last_clause(&bound.sentence), words::RATE) => StatementKind::Done,
        Role::Share if has(&last_clause(&bound.sentence), words::ARRIVAL_RATE) => StatementKind::Done,
        Role::Share => StatementKind::Share,
        Role::Done => StatementKind::Done,
        Role::Count => StatementKind::Count,
    };
    let printed = passage.map_or(String::new(), |passage| passage.text(token.from, token.to));
    let begin = passage.map_or(0, |passage| {
        let stop = |at: &usize| passage.chars.get(*at).is_some_and(|char| matches!(char, ',' | '。' | ';' | ':'));
        (token.from.saturating_sub(24)..token.from).rev().find(stop).map_or(token.from.saturating_sub(24), |at| at + 1)
    });
    let quote = passage.map_or(String::new(), |passage| passage.text(begin, token.end));
    let last_byte = passage
        .and_then(|passage| passage.chars.get(token.to.saturating_sub(1)))
        .map_or(1, |char| if char.is_ascii() { 1 } else { char.len_utf8() });
    Statement {
        block,
        at: (from, to + last_byte),
        printed,
        quote,
        kind,
        value,
        last,
        power,
        key: bound.key.clone(),
        standing: Standing::Unbound,
        against: None,
    }
}

pub(super) fn order(standing: Standing) -> u8 {
    match standing {
        Standing::Right => 0,
        Standing::Tail => 1,
        Standing::Doubt => 2,
        Standing::Wrong => 3,
        Standing::Unbound => 4,
    }
}
