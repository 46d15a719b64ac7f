//! The numbers of a passage, with the words before each: what it is, and of what.

use super::numerals;
use super::text::Passage;
use super::token::is_sign;
pub(super) use super::token::{Measure, Token};
use super::words;
use crate::prelude::*;
use rust_decimal::Decimal;

const COUNTED: &[&str] = &["人次", "批次", "台(套)", "辆", "台", "套", "个", "人", "名", "家", "批", "分", "项", "件"];

/// The numbers of a passage that are amounts, rates or counts, in order.
pub(super) fn tokens(passage: &Passage) -> Vec<Token> {
    let chars = &passage.chars;
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let token = zero(chars, at).or_else(|| numerals::token(chars, at)).or_else(|| digits(chars, at));
        at = match &token {
            Some(token) => token.end.max(at + 1),
            // A number of nothing that we count is passed over as a whole.
            None => {
                at + chars
                    .get(at..)
                    .unwrap_or(&[])
                    .iter()
                    .take_while(|char| char.is_ascii_digit() || **char == '.')
                    .count()
                    .max(1)
            }
        };
        tokens.extend(token);
    }
    tokens
}

/// 支出为零
fn zero(chars: &[char], at: usize) -> Option<Token> {
    let is_zero = chars.get(at) == Some(&'零')
        && matches!(at.checked_sub(1).and_then(|before| chars.get(before)), Some('为' | '是'))
        && !chars.get(at + 1).is_some_and(|next| "星售部散".contains(*next));
    let token =
        Token { from: at, to: at + 1, end: at + 1, number: Decimal::ZERO, measure: Measure::Money(0), unit: String::new() };
    is_zero.then_some(token)
}

fn digits(chars: &[char], from: usize) -> Option<Token> {
    chars.get(from).filter(|char| char.is_ascii_digit())?;
    let signed =
        from > 0 && chars.get(from - 1) == Some(&'-') && !chars.get(from.wrapping_sub(2)).is_some_and(char::is_ascii_digit);
    let mut at = from;
    let mut digits = String::new();
    while let Some(char) = chars.get(at) {
        let next_is_digit = chars.get(at + 1).is_some_and(char::is_ascii_digit);
        match char {
            '0'..='9' => digits.push(*char),
            '.' if next_is_digit && !digits.contains('.') => digits.push('.'),
            ',' if next_is_digit && !digits.contains('.') && grouped(chars, at) => {}
            // 677,00万元: a comma in the place of a point, which is said elsewhere.
            ',' if !digits.contains('.') && is_point(chars, at) => digits.push('.'),
            _ => break,
        }
        at += 1;
    }
    let number = digits.parse::<Decimal>().ok()?;
    let number = if signed { -number } else { number };
    let rest: String = chars.get(at..(at + 6).min(chars.len())).unwrap_or(&[]).iter().collect();
    let (measure, unit) = measure(&rest, &digits);
    // 安排费用180万，已支付82万
    let colloquial = || {
        let behind = chars.get(at + 1).is_none_or(|next| is_sign(*next));
        let lead: String = chars.get(from.saturating_sub(12)..from).unwrap_or(&[]).iter().collect();
        chars.get(at) == Some(&'万') && behind && has(&lead, words::MONEY)
    };
    let (measure, unit) =
        if measure.is_none() && colloquial() { (Some(Measure::Money(4)), "万".to_owned()) } else { (measure, unit) };
    let end = at + unit.chars().count();
    Some(Token { from, to: at, end, number, measure: measure?, unit })
}

/// Two digits and a unit of money follow a comma.
fn is_point(chars: &[char], comma: usize) -> bool {
    (1..=2).all(|step| chars.get(comma + step).is_some_and(char::is_ascii_digit))
        && chars.get(comma + 3).is_some_and(|next| matches!(next, '万' | '元' | '亿'))
}

/// Three digits and no more follow a comma.
fn grouped(chars: &[char], comma: usize) -> bool {
    (1..=3).all(|step| chars.get(comma + step).is_some_and(char::is_ascii_digit))
        && !chars.get(comma + 4).is_some_and(char::is_ascii_digit)
}

fn measure(rest: &str, digits: &str) -> (Option<Measure>, String) {
    for (unit, power) in [("万元", 4), ("亿元", 8), ("千元", 3), ("元", 0)] {
        if rest.starts_with(unit) {
            return (Some(Measure::Money(power)), unit.to_owned());
        }
    }
    // 0.39万(含外宾接待…): 元 was left out; 1.2万亩 is no money.
    let behind = rest.strip_prefix('万').and_then(|rest| rest.chars().next());
    if digits.contains('.') && rest.starts_with('万') && behind.is_none_or(is_sign) {
        return (Some(Measure::Money(4)), "万".to_owned());
    }
    if rest.starts_with('%') {
        return (Some(Measure::Percent), "%".to_owned());
    }
    for (unit, measure) in
        [("个百分点", Measure::Points), ("百分点", Measure::Points), ("‰", Measure::Parts(1000)), ("倍", Measure::Parts(1))]
    {
        if rest.starts_with(unit) {
            return (Some(measure), unit.to_owned());
        }
    }
    if rest.starts_with('年') || rest.starts_with('月') || rest.starts_with('日') || rest.starts_with('号') {
        return (None, String::new());
    }
    for unit in COUNTED {
        if rest.starts_with(unit) {
            return (Some(Measure::Count), (*unit).to_owned());
        }
    }
    // 增长13.95。: the sign was left out.
    let bare = digits.contains('.') && rest.chars().next().is_none_or(|next| matches!(next, '。' | ',' | ';' | '、'));
    (bare.then_some(Measure::Bare), String::new())
}

/// What is said of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// How much it is.
    Amount,
    /// By how much it changed: up or down, or not said.
    Change(Option<bool>),
    Growth(Option<bool>),
    Share,
    Done,
    /// By how many 百分点 a rate changed.
    Points,
    Count,
}

/// Whether words of a list stand in a text.
pub(super) fn has(text: &str, list: &[&str]) -> bool {
    list.iter().any(|word| text.contains(word))
}

/// Up, down, or both (减少(增加)), where a text says that something changed.
fn direction(clause: &str) -> Option<Option<bool>> {
    match (has(clause, words::UP), has(clause, words::DOWN)) {
        (true, true) => Some(None),
        (true, false) => Some(Some(true)),
        (false, true) => Some(Some(false)),
        (false, false) => None,
    }
}

pub(super) fn role(token: &Token, clause: &str, sentence: &str) -> Role {
    let changed = direction(clause);
    match token.measure {
        Measure::Count => Role::Count,
        Measure::Money(_) => match changed {
            Some(way) if has(sentence, words::COMPARED) => Role::Change(way),
            _ => Role::Amount,
        },
        Measure::Points => Role::Points,
        Measure::Percent | Measure::Parts(_) | Measure::Bare => match changed {
            Some(way) => Role::Growth(way),
            None if has(clause, words::DONE) => Role::Done,
            // 完成年初预算850万元的105.88%
            None if clause == "的" && sentence.rsplit(',').next().is_some_and(|last| has(last, words::DONE)) => Role::Done,
            None => Role::Share,
        },
    }
}

/// A sentence from where its reasons end: …，主要原因是人员增加；支出预算828.47万元. Reasons have semicolons, too, so what follows one
/// must name nothing but a measure.
pub(super) fn behind_causes(sentence: &str) -> &str {
    let mut rest = sentence;
    for (at, _) in sentence.match_indices(';') {
        let Some(after) = sentence.get(at + 1..) else { continue };
        let named = words::key(after.split([',', ';']).next().unwrap_or_default());
        let named = named.trim_end_matches(|char: char| char.is_ascii_digit() || "万亿元.".contains(char));
        if words::MEASURES.iter().flat_map(|measure| measure.words).any(|word| *word == named) {
            rest = after;
        }
    }
    rest
}

/// The words of a number's own clause: behind the last comma, without brackets that are closed.
pub(super) fn last_clause(lead: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_u32;
    for char in lead.chars() {
        match char {
            '(' => {
                depth += 1;
                plain.push('\u{1}');
            }
            ')' if depth > 0 => {
                depth -= 1;
                if let Some(at) = plain.rfind('\u{1}') {
                    plain.truncate(at);
                }
            }
            _ => plain.push(char),
        }
    }
    let plain = plain.trim_start_matches('、');
    let clause = plain.rsplit([',', '。', ';', ':', '\u{1}']).next().unwrap_or_default();
    clause.to_owned()
}
