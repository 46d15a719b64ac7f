//! Units that a form prints and nobody put a number before: 占 %，比上年减少 万元。

use super::plain::{Plain, is_pause};
use super::words;
use crate::prelude::*;

/// What stands before the unit, as far as it helps to find it, with the unit.
pub(super) fn read(plain: &Plain<'_>) -> Vec<String> {
    let mut missing = Vec::new();
    for (at, _) in plain.text.match_indices('%') {
        let before = plain.text.get(..at).unwrap_or_default();
        let last = before.chars().next_back();
        if last.is_some_and(is_hanzi) && !words::BEFORE_BARE_PERCENT.iter().any(|word| before.ends_with(word)) {
            missing.push(quote(before, "%"));
        }
    }
    for (at, unit) in plain.text.match_indices(words::TEN_THOUSAND_YUAN) {
        let before = plain.text.get(..at).unwrap_or_default();
        let after = plain.text.get(at.saturating_add(unit.len())..).unwrap_or_default();
        let ends = after.chars().next().is_none_or(|char| is_pause(char) || char == '、');
        if ends && words::WANTING_A_NUMBER.iter().any(|word| before.ends_with(word)) {
            missing.push(quote(before, unit));
        }
    }
    missing
}

fn quote(before: &str, unit: &str) -> String {
    let mut last: Vec<char> = before.chars().rev().take_while(|char| is_hanzi(*char)).take(8).collect();
    last.reverse();
    last.into_iter().chain(unit.chars()).collect()
}

fn is_hanzi(char: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&char)
}
