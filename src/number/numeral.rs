//! Chinese numerals (五十个, 百分之九十五, 二〇二〇年, 半年) as Arabic digits.
//!
//! 一般, 统一, 三公 and 十分 are words. So a numeral counts only where a unit, a sign or 百分之 stands next to it, and the
//! whole text reads as one quantity, interval or date.

use alloc::format;
use alloc::string::{String, ToString};

use super::lexeme::{digit, is_digit, is_longer, number, power, strip_any};
use super::normalise::{half_width, is_space};
use super::reading::{Quantity, Reading, Unit};
use super::unit::{Spelling, spelling};

/// A longer text is a sentence; its numerals are words.
pub(super) const LONGEST: usize = 24;

/// What looks like a numeral and a unit and means something else: very, together, a side, phase two.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "十分", "一起", "一度", "一时", "一方", "两方", "三方", "四方", "多方", "一片", "一块", "一头", "一把", "一眼", "一回", "一支", "一批", "一道", "一面",
    "一期", "二期", "四季", "半年度",
];

/// What the unit behind a numeral, a bound or the rest of a date begins with.
const BEHIND: &str = "个台套件项家处座所只张份本册条根块辆艘架栋幢间部篇幅枚颗株棵盏扇头匹支把片款顶眼樘尊人名位户次起场期批轮届回趟遍\
    元万亿秒分小钟时天日自周星礼月季年工法米毫厘公里海平亩市立升克微斤吨瓦兆度成倍摄点半号以及或之内至到(完。;,-~/%Oo0";

/// Whether a text may hold a Chinese numeral: one look at each character. 一 in 进一步 and 统一 is none.
pub(super) fn may_hold(text: &str) -> bool {
    let mut after = false;
    for char in text.chars() {
        if digit(char).is_some() || power(char).is_some() || char == '半' {
            after = true;
        } else if after && !is_space(char) {
            if BEHIND.contains(half_width(char)) {
                return true;
            }
            after = false;
        }
    }
    after
}

/// Reads a normalised text by its Chinese numerals, with `read` for the same text in Arabic digits.
pub(super) fn reading(text: &str, read: impl Fn(&str) -> Option<Reading>) -> Option<Reading> {
    if is_longer(text, LONGEST) || !may_hold(text) || WORDS.contains(&text) {
        return None;
    }
    let (arabic, numerals) = arabic(text)?;
    let reading = read(&arabic)?;
    let counts = match &reading {
        Reading::Quantity(quantity) => numerals == 1 && is_meant(&arabic, quantity),
        Reading::Range { low, high } => numerals == 2 && [low, high].iter().all(|end| is_unit(&end.unit)),
        Reading::Date(_) => true,
        Reading::Blank | Reading::NotApplicable | Reading::Words => false,
    };
    counts.then_some(reading)
}

/// Behind a sign a number may stand alone and its unit may name what is counted; without one the unit must be all there is.
fn is_meant(arabic: &str, quantity: &Quantity) -> bool {
    if quantity.comparator.is_some() {
        return quantity.unit == Unit::None || spelling(&quantity.unit) != Spelling::Unknown;
    }
    is_unit(&quantity.unit)
        && (arabic.starts_with(|first: char| first.is_ascii_digit())
            || ["人民币", "每"].iter().any(|lead| arabic.starts_with(lead))
            || quantity.unit == Unit::Percent)
}

fn is_unit(unit: &Unit) -> bool {
    spelling(unit) == Spelling::Plain
}

/// The text with its numerals in Arabic digits, and how many there were; `None` where one of them is no number.
fn arabic(text: &str) -> Option<(String, usize)> {
    let mut plain = String::with_capacity(text.len());
    let (mut rest, mut count) = (text, 0_usize);
    while let Some(first) = rest.chars().next() {
        let (digits, behind) = if let Some((tail, sign)) = share(rest) {
            let (digits, behind) = if let Some(behind) = tail.strip_prefix('百') {
                ("100".to_string(), behind)
            } else {
                numeral(tail).or_else(|| number(tail).map(|(number, behind)| (number.to_string(), behind)))?
            };
            (format!("{digits}{sign}"), behind)
        } else if let Some(behind) = rest.strip_prefix("百分百") {
            ("100%".to_string(), behind)
        } else if is_digit(first)
            && let Some(spelled) = year(rest)
        {
            spelled
        } else if first == '半'
            && let Some(tail) = rest.strip_prefix('半')
        {
            // 上半年 is a date and 半数 no number.
            (strip_any(tail, HALVED).filter(|_| !plain.ends_with(['上', '下'])).map(|_| "0.5".to_string())?, tail)
        } else if digit(first).is_some() || matches!(first, '十' | '拾') {
            half(numeral(rest)?)
        } else if first.is_ascii_digit() {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (digits, behind) = rest.split_at_checked(length)?;
            let (with_half, behind) = half((digits.to_string(), behind));
            plain.push_str(&with_half);
            rest = behind;
            continue;
        } else {
            plain.push(first);
            rest = rest.strip_prefix(first)?;
            continue;
        };
        // 2三 and 三.5 are slips of the keyboard.
        let mixed = |char: char| char.is_ascii_digit() || matches!(char, '.' | ',');
        if plain.ends_with(mixed) || behind.starts_with(mixed) {
            return None;
        }
        count = count.checked_add(1)?;
        plain.push_str(&digits);
        rest = behind;
    }
    Some((plain, count.max(usize::from(text.contains('半')))))
}

/// 二〇二〇 before 年, spelled digit by digit. Where the keyboard has no 〇 it is an O or a 0.
fn year(text: &str) -> Option<(String, &str)> {
    let (spelled, _) = text.split_once('年')?;
    let value = |char| if matches!(char, 'O' | 'o' | '0') { Some(0) } else { digit(char) };
    let digits: Option<String> = spelled.chars().map(|char| char::from_digit(value(char)?, 10)).collect();
    let digits = digits.filter(|digits| digits.len() == 4)?;
    Some((digits, text.get(spelled.len()..)?))
}

fn share(text: &str) -> Option<(&str, &'static str)> {
    text.strip_prefix("百分之").map(|tail| (tail, "%")).or_else(|| text.strip_prefix("千分之").map(|tail| (tail, "‰")))
}

/// Of which there are halves: 半年, but not 半数.
const HALVED: &[&str] = &["年", "天", "日", "小时", "个小时", "个钟头", "个月", "个工作日", "个季度", "个星期", "周"];

/// 一个半月 and 两天半: the half behind a whole number.
fn half((whole, rest): (String, &str)) -> (String, &str) {
    let with = |unit: &str, rest| (format!("{whole}.5{unit}"), rest);
    if let Some(rest) = rest.strip_prefix("个半") {
        return with("个", rest);
    }
    let split = rest.split_once('半').filter(|(unit, _)| HALVED.contains(unit));
    match split {
        Some((unit, rest)) => with(unit, rest),
        None => (whole, rest),
    }
}

/// A numeral at the beginning of a text, and the text behind it. A last 万 or 亿 is left to the unit.
fn numeral(text: &str) -> Option<(String, &str)> {
    let part = |char: char| digit(char).is_some() || power(char).is_some() || matches!(char, '万' | '亿');
    let length = text.find(|char| !part(char)).unwrap_or(text.len());
    let run = text.get(..length)?;
    let short = run.trim_end_matches(['万', '亿']);
    // 三百万 is 300万, and 一亿二千万 one number.
    let run = if short.contains(['万', '亿']) { run } else { short };
    let rest = text.get(run.len()..)?;
    let whole = whole(run)?.to_string();
    let Some(tail) = rest.strip_prefix('点') else { return Some((whole, rest)) };
    let length = tail.find(|char| digit(char).is_none()).unwrap_or(tail.len());
    let (decimals, rest) = tail.split_at_checked(length).filter(|(decimals, _)| !decimals.is_empty())?;
    let decimals: String = decimals.chars().filter_map(digit).filter_map(|digit| char::from_digit(digit, 10)).collect();
    Some((format!("{whole}.{decimals}"), rest))
}

/// The value of 三千零五十. What is not written out in full (三百五, 三四, 三千五十) is no number.
fn whole(run: &str) -> Option<u64> {
    let (mut total, mut section) = (0_u64, 0_u64);
    let (mut pending, mut last, mut zero) = (None, 5_u32, false);
    let mut largest = 9_u32;
    for char in run.chars() {
        if let Some(value) = digit(char) {
            if pending.is_some() || (zero && value == 0) {
                return None;
            }
            (zero, pending) = if value == 0 { (true, None) } else { (zero, Some(u64::from(value))) };
        } else if let Some(power) = power(char) {
            let ten = power == 1 && section == 0 && !zero;
            let factor = pending.take().or(ten.then_some(1))?;
            let next = last == 5 || zero || power.checked_add(1)? == last;
            if power >= last || !next {
                return None;
            }
            section = section.checked_add(factor.checked_mul(10_u64.checked_pow(power)?)?)?;
            (last, zero) = (power, false);
        } else {
            let power = if char == '万' { 4 } else { 8 };
            section = close(section, pending.take(), last, zero)?;
            if section == 0 || power >= largest {
                return None;
            }
            total = total.checked_add(section.checked_mul(10_u64.checked_pow(power)?)?)?;
            (section, last, zero, largest) = (0, 5, false, power);
        }
    }
    // 一万五 is not 10005.
    let short = total > 0 && last == 5 && pending.is_some() && !zero;
    let section = close(section, pending, last, zero).filter(|_| !short && !run.is_empty())?;
    total.checked_add(section)
}

/// The ones of a section, which follow the tens or a 零.
fn close(section: u64, ones: Option<u64>, last: u32, zero: bool) -> Option<u64> {
    match ones {
        Some(ones) if last == 5 || last == 1 || zero => section.checked_add(ones),
        Some(_) => None,
        None if zero => (section == 0 && last == 5).then_some(0),
        None => Some(section),
    }
}
