//! The words of `templates/words.toml`, and looking for them.

use super::Aspect;
use crate::number::is_space;
use crate::prelude::*;

/// Words by their first characters, each with its place in the file and what it tells.
type ByFirst = [(char, &'static [(u16, &'static str, Aspect)])];

// LEVELS, NAMES, NOTHING and SENSES, as `build.rs` writes them.
include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The row that the execution rate makes in a form without a line of its own for it.
pub(super) const EXECUTION: &str = "预算执行率";

/// Whether a target asks a question that is answered by yes or no.
pub(super) fn is_yes_or_no(text: &str) -> bool {
    matches!(text.trim(), "是" | "否" | "有" | "无")
}

/// Whether a text says that nothing happened.
pub(super) fn is_nothing(text: &str) -> bool {
    // 未发生安全事故 and 零投诉, but not 未发生投诉处理 nor what goes on behind them.
    let of_unwanted = |rest: &str| {
        let senses = Senses::of(rest);
        rest.chars().count() <= 8
            && rest.chars().all(char::is_alphabetic)
            && senses.has(Senses::UNWANTED)
            && !senses.has(Senses::TURNED)
    };
    NOTHING.contains(&text) || NOTHING.iter().any(|word| text.strip_prefix(word).is_some_and(of_unwanted))
}

/// The levels' words.
pub(super) fn of_level(name: &str) -> Aspect {
    first(LEVELS, name)
}

/// The words of an indicator's own name.
pub(super) fn of_name(name: &str) -> Aspect {
    first(NAMES, name)
}

/// The first of the words that a name holds, white space within it left out.
fn first(words: &ByFirst, name: &str) -> Aspect {
    let find = |name: &str| {
        let words = name.char_indices().map(|(at, first)| (at, starting(words, first))).filter(|(_, words)| !words.is_empty());
        let found = words.flat_map(|(at, words)| {
            let behind = name.get(at..).unwrap_or_default();
            words.iter().filter(move |(_, word, _)| behind.starts_with(word))
        });
        found.min_by_key(|(place, ..)| *place).map(|(.., aspect)| *aspect)
    };
    if name.is_empty() {
        return Aspect::Other;
    }
    let found = find(name).or_else(|| {
        let spaced = name.trim().contains(is_space);
        spaced.then(|| find(&name.chars().filter(|char| !is_space(*char)).collect::<String>())).flatten()
    });
    found.unwrap_or(Aspect::Other)
}

/// The words that begin with a character.
fn starting<T>(words: &[(char, &'static [T])], first: char) -> &'static [T] {
    let at = words.binary_search_by_key(&first, |(first, _)| *first).ok();
    at.and_then(|at| words.get(at)).map(|(_, words)| *words).unwrap_or_default()
}

/// What the words of a name say about its number; several may hold at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Senses(u32);

impl Senses {
    pub const AT_MOST: Senses = Senses(1);
    pub const AT_LEAST: Senses = Senses(1 << 1);
    pub const HIGHER: Senses = Senses(1 << 2);
    pub const LOWER: Senses = Senses(1 << 3);
    pub const UNWANTED: Senses = Senses(1 << 4);
    pub const TURNED: Senses = Senses(1 << 5);
    pub const SAVING: Senses = Senses(1 << 6);
    pub const STANDARD: Senses = Senses(1 << 7);
    pub const BALANCED: Senses = Senses(1 << 8);
    pub const SHARE: Senses = Senses(1 << 9);
    pub const COSTLY: Senses = Senses(1 << 10);
    pub const CONTROLLED: Senses = Senses(1 << 11);
    pub const SHORTER: Senses = Senses(1 << 12);
    pub const LASTING: Senses = Senses(1 << 13);
    pub const TIME: Senses = Senses(1 << 14);
    pub const RATE: Senses = Senses(1 << 15);
    pub const FUNDS: Senses = Senses(1 << 16);
    pub const EXECUTION: Senses = Senses(1 << 17);
    pub const WHOLE: Senses = Senses(1 << 18);
    pub const NEUTRAL: Senses = Senses(0);

    pub const fn and(self, other: Senses) -> Senses {
        Senses(self.0 | other.0)
    }

    /// What the words of a name say, each read where the one before ends: 不合格率 does not hold 合格率.
    pub fn of(name: &str) -> Senses {
        let mut found = Senses::default();
        let mut rest = name;
        while let Some(first) = rest.chars().next() {
            let word = starting(SENSES, first).iter().find(|(word, _)| rest.starts_with(word));
            found = word.map_or(found, |(_, sense)| found.and(*sense));
            let length = word.map_or(first.len_utf8(), |(word, _)| word.len());
            rest = rest.get(length..).unwrap_or_default();
        }
        found
    }

    pub fn has(self, sense: Senses) -> bool {
        self.0 & sense.0 != 0
    }
}
