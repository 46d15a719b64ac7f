//! 加分: what a standard gives beyond the points of a row, 党政领导有正面批示的，一个加1分，最多加2分.

use crate::number::{Exact, half_width, leading_number};
use crate::prelude::*;

/// How far beyond its points a score may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bonus {
    /// By so many points at most.
    Points(Exact),
    /// By no stated number.
    Open,
}

/// What may stand between 加 and its number.
const BETWEEN: &[&str] =
    &["计", "记", "奖励", "奖", "分", "得", "至", "不超过", "最多", "最高", "上限为", "上限", "：", ":", "（", "("];

/// Words that make 加 another word.
const OTHER_WORDS: &[&str] = &[
    "增加", "追加", "参加", "附加", "添加", "叠加", "外加", "加强", "加快", "加大", "加工", "加班", "加固", "加装", "加入",
    "加盖", "加油",
];

/// Words before a number that bounds all that is added.
const BOUNDS: &[&str] = &["最多", "最高", "不超过", "不得超过", "上限", "至多"];

/// What a standard says of points added, sentence by sentence: the bound that a sentence states, else all that it adds. `None` where it adds
/// nothing.
pub fn bonus(text: &str) -> Option<Bonus> {
    let text: String = text.chars().filter(|char| !char.is_whitespace()).map(half_width).collect();
    let mut all: Option<Bonus> = None;
    for sentence in text.split(['。', '；', ';', '\n']) {
        all = match (all, of_sentence(sentence)) {
            (known, None) => known,
            (None, found) => found,
            (Some(Bonus::Points(known)), Some(Bonus::Points(found))) => known.checked_add(found).ok().map(Bonus::Points),
            (Some(_), Some(_)) => Some(Bonus::Open),
        };
    }
    all
}

fn of_sentence(sentence: &str) -> Option<Bonus> {
    let (mut added, mut bound, mut any) = (Exact::ZERO, None, false);
    for (at, _) in sentence.match_indices('加') {
        let (before, after) = sentence.split_at_checked(at)?;
        let is_other = |word: &&str| {
            let (front, back) = word.split_once('加').unwrap_or((word, ""));
            before.ends_with(front) && after.strip_prefix('加').is_some_and(|rest| rest.starts_with(back))
        };
        if OTHER_WORDS.iter().any(is_other) {
            continue;
        }
        let mut rest = after.strip_prefix('加').unwrap_or(after);
        let bounded_before = BOUNDS.iter().any(|word| before.ends_with(word));
        let mut bounded = bounded_before;
        let mut named = false;
        while let Some(word) = BETWEEN.iter().find(|word| rest.starts_with(**word)) {
            bounded = bounded || BOUNDS.contains(word);
            named = named || *word == "分";
            rest = rest.strip_prefix(*word).unwrap_or(rest);
        }
        match points(rest) {
            Some(points) if bounded => bound = Some(bound.map_or(points, |known: Exact| known.max(points))),
            Some(points) => added = added.checked_add(points).ok()?,
            None if named => any = true,
            None => {}
        }
    }
    match bound {
        Some(bound) => Some(Bonus::Points(bound)),
        None if added.is_positive() => Some(Bonus::Points(added)),
        None => any.then_some(Bonus::Open),
    }
}

/// A number of points: 1分, 0.5分, 两分, and of 1-2分 the larger.
fn points(text: &str) -> Option<Exact> {
    let (number, rest) = counted(text)?;
    if let Some((larger, rest)) = rest.strip_prefix(['-', '~', '至', '到']).and_then(counted) {
        return rest.starts_with('分').then_some(larger);
    }
    rest.starts_with('分').then_some(number)
}

fn counted(text: &str) -> Option<(Exact, &str)> {
    if let Some((number, rest)) = leading_number(text).filter(|_| text.starts_with(|char: char| char.is_ascii_digit())) {
        return Some((Exact::from_decimal(number), rest));
    }
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let (number, word) = (0..).zip(digits).chain([(2, "两")]).find(|(_, word)| text.starts_with(word))?;
    Some((Exact::from_int(number), text.strip_prefix(word)?))
}
