//! How names are numbered: 一、（一）1. 1.1（1）①. A name may begin with a number that counts something else: 10.5公里道路, 100台电脑.

use crate::number::{half_width, is_quantity, is_space};
use crate::prelude::*;

/// How a name is numbered. Two names of one style stand on one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// 合计, 总计 at the head of a list.
    Whole,
    /// 一、
    Chinese,
    /// （一）
    ChineseInBrackets,
    /// 1. 1、 1 and, with a count of 2, 1.1
    Arabic(u8),
    /// （1）
    ArabicInBrackets,
    /// ①
    Circled,
    /// 其中：
    OfWhich,
    None,
}

impl Style {
    pub(crate) fn is_numbered(self) -> bool {
        match self {
            Style::Chinese | Style::ChineseInBrackets | Style::Arabic(_) | Style::ArabicInBrackets | Style::Circled => true,
            Style::Whole | Style::OfWhich | Style::None => false,
        }
    }
}

/// A number before a name, and where the list is at with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbered {
    pub style: Style,
    /// The last part of the number: 2 in 1.2.
    pub number: u16,
}

const PLAIN: Numbered = Numbered { style: Style::None, number: 0 };

/// The styles of a list of names. Whether 1.5 begins a name or counts something is told by the names around it.
pub(crate) fn styles<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Numbered> {
    let marks: Vec<Mark<'_>> = names.map(mark).collect();
    let doubtful = |mark: &Mark<'_>| matches!(mark, Mark::Arabic(arabic) if arabic.needs_like());
    if !marks.iter().any(doubtful) {
        return marks.iter().map(|mark| mark.settled(|_| true)).collect();
    }
    let known: SortedSet<Path> = marks.iter().filter_map(Mark::path).into_set();
    marks.iter().map(|mark| mark.settled(|arabic| arabic.goes_on(&known))).collect()
}

/// For each name of a list the one it belongs to, as far as numbers and 其中 tell.
pub(crate) fn parents<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Vec<Option<usize>> {
    // Most lists have no numbers at all.
    if !names.clone().any(|name| name.trim_start().starts_with(may_begin_a_number)) {
        return names.map(|_| None).collect();
    }
    let mut open: Vec<(Style, usize)> = Vec::new();
    let mut parents = Vec::new();
    for (position, Numbered { style, .. }) in styles(names).into_iter().enumerate() {
        let level = match style {
            Style::Whole | Style::None => 0,
            style => open.iter().position(|(known, _)| *known == style).unwrap_or(open.len()),
        };
        open.truncate(level);
        parents.push(open.last().map(|(_, parent)| *parent));
        open.push((style, position));
    }
    parents
}

/// The parts of a number: 1, 2 for 1.2.
type Path = [u16; 4];

enum Mark<'a> {
    Sure(Numbered),
    Arabic(Arabic<'a>),
}

struct Arabic<'a> {
    path: Path,
    depth: u8,
    /// Whether 、 or its like ends the number, which no quantity has.
    ended: bool,
    name: &'a str,
}

impl Mark<'_> {
    fn path(&self) -> Option<Path> {
        match self {
            Mark::Arabic(arabic) => Some(arabic.path),
            // 一、 may stand above 1.1.
            Mark::Sure(Numbered { style: Style::Chinese, number }) => Some([*number, 0, 0, 0]),
            Mark::Sure(_) => None,
        }
    }

    fn settled(&self, goes_on: impl Fn(&Arabic<'_>) -> bool) -> Numbered {
        match self {
            Mark::Sure(numbered) => *numbered,
            Mark::Arabic(arabic) if arabic.needs_like() && !goes_on(arabic) => PLAIN,
            Mark::Arabic(arabic) => Numbered { style: Style::Arabic(arabic.depth), number: arabic.last() },
        }
    }
}

impl Arabic<'_> {
    fn needs_like(&self) -> bool {
        !self.ended
    }

    fn at(&self) -> usize {
        usize::from(self.depth).saturating_sub(1)
    }

    fn last(&self) -> u16 {
        self.path.get(self.at()).copied().unwrap_or(0)
    }

    fn with_last(&self, last: u16) -> Path {
        let mut path = self.path;
        if let Some(part) = path.get_mut(self.at()) {
            *part = last;
        }
        path
    }

    /// Whether the list holds the number before or behind it, or it is the first under a number that the list holds.
    fn goes_on(&self, known: &SortedSet<Path>) -> bool {
        let last = self.last();
        let above = self.depth > 1 && known.contains(&self.with_last(0));
        let next = last > 1 && known.contains(&self.with_last(last - 1)) || known.contains(&self.with_last(last + 1));
        match (next, above) {
            (true, true) => true,
            (true, false) => !is_quantity(self.name),
            (false, above) => last == 1 && (above || self.depth == 1 && !is_quantity(self.name)),
        }
    }
}

const NUMERALS: &str = "一二三四五六七八九十百";

/// The words that a sum is called by.
pub(crate) const WHOLES: [&str; 4] = ["合计", "总计", "小计", "共计"];

fn mark(name: &str) -> Mark<'_> {
    let name = name.trim();
    if !name.starts_with(may_begin_a_number) {
        return Mark::Sure(PLAIN);
    }
    let sure = |style, number| Mark::Sure(Numbered { style, number });
    if begins_with_whole(name) {
        return sure(Style::Whole, 0);
    }
    if let Some(rest) = name.strip_prefix("其中") {
        // 其中：（1）公务用车购置费 is numbered like the rows that go on with its list.
        let numbered = mark(rest.trim_start_matches(['：', ':'])).settled(|arabic| arabic.last() == 1);
        return if numbered.style.is_numbered() { Mark::Sure(numbered) } else { sure(Style::OfWhich, 0) };
    }
    let circled = name.chars().next().filter(|char| ('①'..='⑳').contains(char));
    if let Some(char) = circled {
        return sure(Style::Circled, u16::try_from(u32::from(char) - u32::from('①') + 1).unwrap_or(0));
    }
    let bracketed = name.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')'])).map(|(number, _)| number);
    if let Some(number) = bracketed {
        if let Some((number, "")) = chinese(number) {
            return sure(Style::ChineseInBrackets, number);
        }
        if let Some((number, "")) = digits(number)
            && number < 100
        {
            return sure(Style::ArabicInBrackets, number);
        }
    }
    if let Some((number, rest)) = chinese(name)
        && rest.starts_with(['、', '.', '．', ' ', '\u{3000}', '，'])
    {
        return sure(Style::Chinese, number);
    }
    arabic(name).unwrap_or(Mark::Sure(PLAIN))
}

/// Most names begin with none of these, and need no closer look.
fn may_begin_a_number(char: char) -> bool {
    matches!(char, '0'..='9' | '０'..='９' | '①'..='⑳' | '（' | '(' | '其' | '合' | '总' | '小' | '共') || NUMERALS.contains(char)
}

/// 合计, 合 计：, 合计（万元）
fn begins_with_whole(name: &str) -> bool {
    let letters = || name.chars().filter(|char| !is_space(*char));
    WHOLES.iter().any(|whole| whole.chars().eq(letters().take(2)))
}

/// 1、 1. 1 and their like, and 1.1, 1.1.1; not 3D打印, 2021年, 1:500地形图 and 3-5年期.
fn arabic(name: &str) -> Option<Mark<'_>> {
    let mut path: Path = [0; 4];
    let mut depth: u8 = 0;
    let mut rest = name;
    let mut ended = false;
    while let Some((number, behind)) = digits(rest).filter(|(number, _)| *number > 0) {
        *path.get_mut(usize::from(depth))? = number;
        depth += 1;
        rest = behind;
        ended = false;
        match behind.strip_prefix(['.', '．']) {
            Some(behind) => (rest, ended) = (behind, true),
            None => break,
        }
    }
    let first = path.first().copied().filter(|first| *first > 0)?;
    if rest.starts_with(|char: char| half_width(char).is_ascii_digit()) {
        // 10.05, 4.0
        return None;
    }
    let parts = path.get(1..usize::from(depth)).unwrap_or_default();
    if first >= 1000 || parts.iter().any(|part| *part >= 100) {
        return None;
    }
    let spaced = rest.starts_with([' ', '\u{3000}', '\t']);
    ended |= rest.starts_with(['、', ')', '）']);
    let dashed =
        rest.strip_prefix('-').is_some_and(|rest| !rest.starts_with(|char: char| half_width(char).is_ascii_alphanumeric()));
    // Only behind several parts may the name follow at once: 1.1联通.
    let bare = depth > 1 && !rest.starts_with([':', '：', '-', '~', '～', '/', '%', '％']);
    (ended || spaced || dashed || bare).then_some(Mark::Arabic(Arabic { path, depth, ended, name }))
}

/// Digits, with what stands behind them.
fn digits(text: &str) -> Option<(u16, &str)> {
    let rest = text.trim_start_matches(|char: char| half_width(char).is_ascii_digit());
    let digits = text.get(..text.len() - rest.len()).filter(|digits| !digits.is_empty())?;
    let mut number: u16 = 0;
    for digit in digits.chars().filter_map(|char| half_width(char).to_digit(10)) {
        number = number.checked_mul(10)?.checked_add(u16::try_from(digit).ok()?)?;
    }
    Some((number, rest))
}

/// 一 to 九十九, with what stands behind; not 十四五 and not 三百.
fn chinese(text: &str) -> Option<(u16, &str)> {
    let rest = text.trim_start_matches(|char| NUMERALS.contains(char));
    let numeral = text.get(..text.len() - rest.len())?;
    let digit = |char: char| (1..=9).zip("一二三四五六七八九".chars()).find(|(_, known)| *known == char).map(|(value, _)| value);
    let (tens, ones) = match numeral.split_once('十') {
        Some(("", ones)) => (1, ones),
        Some((tens, ones)) => (single(tens, digit)?, ones),
        None => (0, numeral),
    };
    let ones = if ones.is_empty() && tens > 0 { 0 } else { single(ones, digit)? };
    Some((tens * 10 + ones, rest))
}

fn single(text: &str, digit: impl Fn(char) -> Option<u16>) -> Option<u16> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(char), None) => digit(char),
        _ => None,
    }
}
