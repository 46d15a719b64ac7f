//! Numbers in words: 三十五万元, 壹佰元整, 百分之三十五, 千分之三, 三成, 翻一番.

use super::token::{Measure, Token, is_sign};
use crate::number::{chinese_digit, chinese_power};
use crate::prelude::*;
use rust_decimal::Decimal;

/// More characters are no numeral.
const LONGEST: usize = 24;

/// A number in words that begins here, with its unit.
pub(super) fn token(chars: &[char], at: usize) -> Option<Token> {
    let before = at.checked_sub(1).and_then(|before| chars.get(before));
    if before.is_some_and(|char| is_numeral(*char)) {
        return None;
    }
    per(chars, at).or_else(|| doubled(chars, at)).or_else(|| counted(chars, at))
}

fn is_numeral(char: char) -> bool {
    chinese_digit(char).is_some() || chinese_power(char).is_some() || matches!(char, '万' | '亿' | '点')
}

fn starts(chars: &[char], at: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(step, char)| chars.get(at + step) == Some(&char))
}

/// 百分之三十五, 千分之3
fn per(chars: &[char], at: usize) -> Option<Token> {
    let (word, measure) =
        [("百分之", Measure::Percent), ("千分之", Measure::Parts(1000))].into_iter().find(|(word, _)| starts(chars, at, word))?;
    let from = at + word.chars().count();
    let typed: String =
        chars.get(from..).unwrap_or(&[]).iter().take_while(|char| char.is_ascii_digit() || **char == '.').collect();
    let (number, length) = match typed.trim_end_matches('.').parse::<Decimal>() {
        Ok(number) => (number, typed.trim_end_matches('.').chars().count()),
        Err(_) => numeral(chars, from)?,
    };
    Some(Token { from: at, to: from + length, end: from + length, number, measure, unit: String::new() })
}

/// 翻一番: as much again.
fn doubled(chars: &[char], at: usize) -> Option<Token> {
    let before = at.checked_sub(1).and_then(|before| chars.get(before));
    if before != Some(&'翻') || chars.get(at + 1) != Some(&'番') {
        return None;
    }
    let times = chinese_digit(*chars.get(at)?).filter(|times| (1..=6).contains(times))?;
    let number = Decimal::from(2_u32.pow(times).saturating_sub(1));
    Some(Token { from: at, to: at + 1, end: at + 2, number, measure: Measure::Parts(1), unit: "番".to_owned() })
}

/// 三十五万元, 一百二十三万四千元, 三成, 两倍
fn counted(chars: &[char], at: usize) -> Option<Token> {
    let (number, length) = numeral(chars, at)?;
    let to = at + length;
    let next = chars.get(to)?;
    let behind = chars.get(to + 1);
    let before = at.checked_sub(1).and_then(|before| chars.get(before)).copied().unwrap_or(' ');
    // 增长三成, and not 三成员单位.
    let changed = "长加升高少降低减占达约近".contains(before);
    let (measure, unit) = match next {
        '元' if behind.is_none_or(|next| !"旦素月件".contains(*next)) => (Measure::Money(0), "元"),
        '圆' if behind == Some(&'整') => (Measure::Money(0), "圆"),
        '成' if changed && behind.is_none_or(|next| is_sign(*next) || matches!(next, '多' | '以' | '左')) => {
            (Measure::Parts(10), "成")
        }
        '倍' if behind.is_none_or(|next| !"增".contains(*next)) => (Measure::Parts(1), "倍"),
        _ => return None,
    };
    Some(Token { from: at, to, end: to + 1, number, measure, unit: unit.to_owned() })
}

/// A numeral in words, and how many characters it takes.
fn numeral(chars: &[char], from: usize) -> Option<(Decimal, usize)> {
    let (mut whole, mut section, mut digit) = (0_u64, 0_u64, None::<u64>);
    let mut at = from;
    let mut met = false;
    while let Some(char) = chars.get(at).filter(|_| at - from <= LONGEST) {
        if let Some(next) = chinese_digit(*char) {
            // 二〇二三 is a list of digits.
            if digit.is_some_and(|digit| digit != 0) {
                return None;
            }
            digit = Some(u64::from(next));
        } else if let Some(power) = chinese_power(*char) {
            section = section.checked_add(digit.take().unwrap_or(1).checked_mul(10_u64.checked_pow(power)?)?)?;
        } else if let Some(factor) = match char {
            '万' => Some(10_000),
            '亿' => Some(100_000_000),
            _ => None,
        } {
            if !met {
                return None;
            }
            let below = section.checked_add(digit.take().unwrap_or(0))?;
            whole = whole.checked_add(below)?.checked_mul(factor)?;
            section = 0;
        } else if *char == '点' && met {
            return decimals(chars, at + 1, whole.checked_add(section)?.checked_add(digit.unwrap_or(0))?)
                .map(|(number, end)| (number, end - from));
        } else {
            break;
        }
        met = true;
        at += 1;
    }
    let number = whole.checked_add(section)?.checked_add(digit.unwrap_or(0))?;
    met.then_some((Decimal::from(number), at - from))
}

/// 三点五万: the digits behind the point, and the factor behind them.
fn decimals(chars: &[char], from: usize, whole: u64) -> Option<(Decimal, usize)> {
    let digits: Vec<u32> = chars.get(from..)?.iter().map_while(|char| chinese_digit(*char)).take(6).collect();
    let scale = u32::try_from(digits.len()).ok().filter(|scale| *scale > 0)?;
    let mantissa =
        digits.iter().try_fold(i128::from(whole), |sum, digit| sum.checked_mul(10)?.checked_add(i128::from(*digit)))?;
    let number = Decimal::try_from_i128_with_scale(mantissa, scale).ok()?;
    let end = from + digits.len();
    match chars.get(end) {
        Some('万') => Some((number.checked_mul(Decimal::from(10_000))?.normalize(), end + 1)),
        Some('亿') => Some((number.checked_mul(Decimal::from(100_000_000))?.normalize(), end + 1)),
        _ => Some((number, end)),
    }
}
