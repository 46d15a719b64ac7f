//! The words of `templates/tabular.toml`, and what a name says by them.

use crate::number::{half_width, is_space};
use crate::prelude::*;

/// What a figure is, for the rates and balances between figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Budget,
    Plan,
    Received,
    Paid,
    Done,
    Contract,
    Income,
    Opening,
    Balance,
    Saved,
}

/// What is made of a figure of one class and a figure of another: 执行率 of what was paid and the budget.
pub(super) struct Pairing {
    pub words: &'static [&'static str],
    pub first: &'static [Class],
    pub second: &'static [Class],
}

// A list for each key, CLASSES, RATES and BALANCES, as `build.rs` writes them.
include!(concat!(env!("OUT_DIR"), "/tabular.rs"));

/// Longer names are sentences.
const LONGEST: usize = 40;

/// A name as it is compared: half width, without white space, numbers before it and what stands in brackets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub key: String,
    /// What stood in brackets: units, letters of a formula.
    pub inside: Vec<String>,
}

impl Name {
    pub fn of(text: &str) -> Name {
        let mut name = Name::default();
        let mut depth = 0_u32;
        let mut inside = String::new();
        for char in text.chars().filter(|char| !is_space(*char)).map(half_width).take(200) {
            match (char, depth) {
                ('(' | '[' | '【' | '〔', _) => depth += 1,
                (')' | ']' | '】' | '〕', 1) => {
                    depth = 0;
                    name.inside.push(core::mem::take(&mut inside));
                }
                (')' | ']' | '】' | '〕', 0) => {}
                (')' | ']' | '】' | '〕', _) => depth -= 1,
                (_, 0) => name.key.push(char),
                (_, _) => inside.push(char),
            }
        }
        if !inside.is_empty() {
            name.inside.push(inside);
        }
        name
    }

    pub fn has(&self, words: &[&str]) -> bool {
        has(&self.key, words)
    }

    /// Whether its classes hold one of these.
    pub fn is(&self, classes: &[Class]) -> bool {
        classes.iter().any(|class| is(&self.key, *class))
    }
}

pub(super) fn has(key: &str, words: &[&str]) -> bool {
    words.iter().any(|word| key.contains(word))
}

/// Whether a name says that it is a figure of this class.
fn is(key: &str, class: Class) -> bool {
    let holds = |class: Class| CLASSES.iter().any(|(known, words)| *known == class && has(key, words));
    if !holds(class) {
        return false;
    }
    match class {
        // 预算执行数 is no budget, 年初结转 no balance and 预算支出 nothing that was paid.
        Class::Budget | Class::Plan => !has(key, STRONG),
        Class::Paid | Class::Done => has(key, STRONG) || !holds(Class::Budget) && !holds(Class::Plan),
        Class::Balance => !holds(Class::Opening),
        Class::Received | Class::Contract | Class::Income | Class::Opening | Class::Saved => true,
    }
}

/// How large a sum a name says it is: 小计, 合计, 总计.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Sub,
    Total,
    Grand,
}

/// Whether a name is that of a sum: 合计, 本年收入合计, 合计(大写).
pub(super) fn rank(name: &Name) -> Option<Rank> {
    let key = name.key.trim_end_matches([':', '：', '=', '数']).trim_start_matches([':', '、']);
    if key.chars().nth(LONGEST).is_some() || key.is_empty() || has(key, NET) {
        return None;
    }
    let ends = |words: &[&str]| words.iter().any(|word| key.ends_with(word) || is_head(key, word));
    if ends(GRAND) {
        Some(Rank::Grand)
    } else if ends(TOTAL) || ALONE.contains(&key) {
        Some(Rank::Total)
    } else if ends(SUBTOTAL) {
        Some(Rank::Sub)
    } else {
        None
    }
}

/// Whether a name is that of a sum and nothing else: 合计, and not 分值合计.
pub(super) fn is_alone(name: &Name) -> bool {
    [SUBTOTAL, TOTAL, GRAND, ALONE].iter().any(|words| words.contains(&name.key.as_str()))
}

/// 合计¥: a word with nothing behind it that is a word.
fn is_head(key: &str, word: &str) -> bool {
    key.strip_prefix(word).is_some_and(|rest| !rest.chars().any(|char| char.is_alphabetic() || char == ':'))
}

/// Whether a name is that of a part which others of its kind need not complete: 其中:财政拨款.
pub(super) fn is_part(name: &Name) -> bool {
    PART.iter().any(|word| name.key.starts_with(word))
}

/// Whether a name is that of what is taken off: 减:累计折旧.
pub(super) fn is_less(name: &Name) -> bool {
    LESS.iter().any(|word| name.key.starts_with(word)) && !name.key.starts_with("减少") && !name.key.starts_with("减免")
}

/// The one year that a name speaks of: 2023年预算数.
pub(super) fn year(name: &Name) -> Option<i32> {
    let mut years = Vec::new();
    let mut digits = String::new();
    for char in name.key.chars().chain(core::iter::once(' ')) {
        if char.is_ascii_digit() {
            digits.push(char);
        } else if !digits.is_empty() {
            let year = digits.parse::<i32>().ok().filter(|year| digits.len() == 4 && (1949..=2099).contains(year));
            years.extend(year);
            digits.clear();
        }
    }
    years.dedup();
    match years.as_slice() {
        [year] => Some(*year),
        _ => None,
    }
}
