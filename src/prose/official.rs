//! How an office writes dates, document numbers and changes, and what is written otherwise.

use super::plain::head;
use crate::number::{Exact, Quantity, Reading, Unit, read};
use crate::prelude::*;
use core::ops::Range;

/// Before a bracket with a year, these name something else than an office.
const NOT_OFFICES: [&str; 6] = ["编号", "合同", "年", "年度", "批次", "版本"];
/// Words that say a fall by themselves.
const FALLS: [&str; 8] = ["下降", "减少", "降低", "下滑", "缩减", "回落", "压减", "核减"];
/// What may stand between such a word and its number.
const LINKS: [&str; 4] = ["了", "约", "幅度为", "近"];
/// Words before the distance of two rates, longer ones first.
const MOVES: &[&str] = &[
    "提高了",
    "提升了",
    "上升了",
    "下降了",
    "降低了",
    "增加了",
    "减少了",
    "回落了",
    "高出",
    "相差",
    "提高",
    "提升",
    "上升",
    "下降",
    "降低",
    "增加",
    "减少",
    "回落",
    "高",
    "低",
];
const PERCENTAGE_POINTS: &str = "个百分点";

/// Something that is written otherwise than it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
    /// What should stand there instead.
    pub proper: String,
    /// As it stands, with enough around it to be found.
    pub written: String,
    /// The same, as it should be.
    pub right: String,
}

/// 2021-4-1, 2021/4/1 and 2021.4.1 as 2021年4月1日; anything else as it is.
pub fn dates(text: &str) -> String {
    let plain = text.trim();
    let Reading::Date(date) = read(plain) else { return plain.to_owned() };
    let mark = |char: char| matches!(char, '-' | '/' | '.');
    // A span (2021.1-2021.12) is left as it is.
    let numeric = plain.chars().all(|char| char.is_ascii_digit() || mark(char)) && plain.matches(mark).count() <= 2;
    match (date.year, date.month()) {
        (Some(year), Some(month)) if numeric => written(year, month, date.day()),
        _ => plain.to_owned(),
    }
}

/// Every slip of a text, in order and without overlap: brackets of document numbers, a fall by a negative number, percentage points
/// written as percent.
pub fn slips(text: &str) -> Vec<Slip> {
    let mut slips = document_numbers(text);
    slips.extend(negative_falls(text));
    slips.extend(points_as_percent(text));
    slips.order_by(|slip| slip.at.start);
    let mut end = 0;
    slips.retain(|slip| {
        let free = slip.at.start >= end;
        end = end.max(slip.at.end);
        free
    });
    slips
}

/// The text without its slips.
pub fn mended(text: &str, slips: &[Slip]) -> String {
    let (mut mended, mut from) = (String::new(), 0);
    for slip in slips {
        mended.push_str(text.get(from..slip.at.start).unwrap_or_default());
        mended.push_str(&slip.proper);
        from = slip.at.end;
    }
    mended.push_str(text.get(from..).unwrap_or_default());
    mended
}

/// How many bytes after its opening bracket the closing one of a year may stand.
const YEAR_WITH_BLANKS: usize = 24;

/// 财预〔2020〕10号: the year stands in hexagonal brackets.
pub fn document_numbers(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (at, open) in text.char_indices() {
        let close = match open {
            '[' => ']',
            '［' => '］',
            '(' => ')',
            '（' => '）',
            '【' => '】',
            '{' => '}',
            '<' => '>',
            '〈' => '〉',
            '《' => '》',
            _ => continue,
        };
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at.saturating_add(open.len_utf8())..).unwrap_or_default();
        // A year with blanks around it is short: looking further would make many brackets without an end slow.
        let near = head(after, YEAR_WITH_BLANKS);
        let Some(closed) = near.find(close) else { continue };
        let (year, rest) =
            (near.get(..closed).unwrap_or_default(), after.get(closed.saturating_add(close.len_utf8())..).unwrap_or_default());
        let year_plain = year.trim();
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let is_year = year_plain.len() == 4 && year_plain.parse::<u16>().is_ok_and(|year| (1949..=2100).contains(&year));
        let is_number =
            !number.is_empty() && number.len() <= 5 && rest.get(number.len()..).is_some_and(|rest| rest.starts_with('号'));
        // 机关代字 stands before the year, and nothing else that is numbered.
        let is_office =
            before.chars().next_back().is_some_and(is_hanzi) && !NOT_OFFICES.iter().any(|word| before.ends_with(word));
        if is_year && is_number && is_office {
            let end = text.len().saturating_sub(rest.len());
            let head = tail(before, 4);
            let proper = format!("〔{year_plain}〕");
            slips.push(Slip {
                at: at..end,
                written: format!("{head}{}{number}号", text.get(at..end).unwrap_or_default()),
                right: format!("{head}{proper}{number}号"),
                proper,
            });
        }
    }
    slips
}

fn is_hanzi(char: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&char)
}

/// The last Chinese characters of a text, at most so many.
fn tail(text: &str, most: usize) -> String {
    let mut last: Vec<char> = text.trim_end().chars().rev().take_while(|char| is_hanzi(*char)).take(most).collect();
    last.reverse();
    last.into_iter().collect()
}

/// 下降-5%: the word already says the direction.
pub fn negative_falls(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for word in FALLS {
        for (at, _) in text.match_indices(word) {
            let from = at.saturating_add(word.len());
            let rest = text.get(from..).unwrap_or_default();
            let linked = LINKS.iter().find_map(|link| rest.strip_prefix(link)).unwrap_or(rest);
            let Some(sign) = linked.chars().next().filter(|sign| matches!(sign, '-' | '－' | '−' | '–')) else { continue };
            let number: String = linked.chars().skip(1).take_while(|char| char.is_ascii_digit() || *char == '.').collect();
            if number.is_empty() {
                continue;
            }
            let start = text.len().saturating_sub(linked.len());
            let unit = linked.get(sign.len_utf8().saturating_add(number.len())..).and_then(|rest| rest.chars().next());
            let unit: String = unit.filter(|unit| matches!(unit, '%' | '％')).into_iter().collect();
            let between = text.get(from..start).unwrap_or_default();
            slips.push(Slip {
                at: start..start.saturating_add(sign.len_utf8()),
                written: format!("{word}{between}{sign}{number}{unit}"),
                right: format!("{word}{between}{number}{unit}"),
                proper: String::new(),
            });
        }
    }
    slips
}

/// 由95%提高到98%，提高3%: a difference of two rates is in percentage points. Only where both rates stand in the same sentence, and
/// the number is their difference and not their relative change.
pub fn points_as_percent(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut from = 0;
    for sentence in text.split_inclusive(['。', '；', ';', '\n']) {
        let rates = percentages(sentence);
        for (at, rate) in rates.iter().enumerate() {
            let before = sentence.get(..rate.at.start).unwrap_or_default().trim_end();
            let moved = MOVES.iter().any(|word| before.ends_with(word));
            let earlier = rates.get(..at).unwrap_or_default();
            if moved && is_difference(rate.value, earlier) {
                slips.push(Slip {
                    at: rate.sign.start.saturating_add(from)..rate.sign.end.saturating_add(from),
                    written: format!("{}{}", last_move(before), sentence.get(rate.at.clone()).unwrap_or_default()),
                    right: format!(
                        "{}{}{}",
                        last_move(before),
                        sentence.get(rate.at.start..rate.sign.start).unwrap_or_default(),
                        PERCENTAGE_POINTS
                    ),
                    proper: PERCENTAGE_POINTS.to_owned(),
                });
            }
        }
        from = from.saturating_add(sentence.len());
    }
    slips
}

fn last_move(before: &str) -> &'static str {
    MOVES.iter().find(|word| before.ends_with(*word)).copied().unwrap_or_default()
}

fn is_difference(value: Exact, earlier: &[Percentage]) -> bool {
    let pairs = (1..earlier.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    let mut numbers = pairs.filter_map(|(a, b)| Some((earlier.get(a)?.value, earlier.get(b)?.value)));
    numbers.any(|(a, b)| {
        let apart = a.checked_sub(b).map(Exact::abs);
        let relative =
            |base: Exact| apart.ok().and_then(|apart| apart.checked_mul(Exact::HUNDRED).ok()?.checked_div(base.abs()).ok());
        !value.is_zero() && apart == Ok(value) && relative(a) != Some(value) && relative(b) != Some(value)
    })
}

struct Percentage {
    value: Exact,
    /// The number with its sign.
    at: Range<usize>,
    /// The % alone.
    sign: Range<usize>,
}

fn percentages(text: &str) -> Vec<Percentage> {
    let mut found = Vec::new();
    for (at, sign) in text.char_indices().filter(|(_, char)| matches!(char, '%' | '％')) {
        let before = text.get(..at).unwrap_or_default();
        let digits = before.trim_end_matches(|char: char| char.is_ascii_digit() || char == '.');
        let number = before.get(digits.len()..).unwrap_or_default();
        if let Reading::Quantity(Quantity { number, unit: Unit::None, .. }) = read(number) {
            let end = at.saturating_add(sign.len_utf8());
            found.push(Percentage { value: Exact::from_decimal(number), at: digits.len()..end, sign: at..end });
        }
    }
    found
}

/// 2021年4月1日, or 2021年4月.
fn written(year: u16, month: u8, day: Option<u8>) -> String {
    match day {
        Some(day) => format!("{year}年{month}月{day}日"),
        None => format!("{year}年{month}月"),
    }
}
