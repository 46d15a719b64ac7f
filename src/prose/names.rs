//! What a text calls its project: 项目名称：X, and 对2020年度X项目开展绩效自评.

use super::plain::{Sentence, is_pause};
use super::words::{has_any, strip_any};
use super::{Fact, FactKind, Scope, Year, time};
use crate::prelude::*;

const DOES: &[&str] = &["开展了", "开展", "进行了", "进行", "实施了", "实施", "组织了", "组织开展了", "组织开展"];
const EVALUATES: &[&str] = &["绩效自评", "绩效评价", "自评", "自我评价", "绩效自我评价", "支出绩效自评", "支出绩效评价"];

/// Whole names that stand for any project.
const KINDS: &[&str] = &["专项资金", "财政支出", "项目支出", "财政资金", "财政专项", "民生实事", "政府投资"];

/// Words in names that stand for any project.
const GENERIC: &[&str] = &[
    "该",
    "本项目",
    "上述",
    "各",
    "所有",
    "全部",
    "每个",
    "整体",
    "部门",
    "个项目",
    "重点项目",
    "预算项目",
    "以上",
    "其他",
    "相关",
    "这",
];

pub(super) fn read(sentence: &Sentence<'_>, facts: &mut Vec<Fact>) {
    let text = sentence.text;
    for (at, word) in text.match_indices("项目名称") {
        let Some(behind) = text.get(at + word.len()..).and_then(|rest| rest.strip_prefix(':')) else { continue };
        let start = text.len() - behind.len();
        let length = behind.find(|char: char| is_pause(char)).unwrap_or(behind.len());
        push(sentence, start, start + length, facts);
    }
    for (at, word) in text.match_indices('对') {
        let start = at + word.len();
        let Some(behind) = text.get(start..) else { continue };
        let stop =
            behind.char_indices().take(70).find(|(_, char)| is_pause(*char) || *char == '对').map_or(behind.len(), |(at, _)| at);
        let Some(clause) = behind.get(..stop) else { continue };
        let found = DOES.iter().filter_map(|does| {
            let at = clause.find(does)?;
            let evaluates = strip_any(clause.get(at + does.len()..)?, EVALUATES);
            evaluates.map(|_| at)
        });
        let Some(end) = found.min() else { continue };
        let name = clause.get(..end).unwrap_or_default();
        // Inside quotes stands the name itself; without them it must end as names of projects do.
        let quoted =
            name.find('“').and_then(|from| Some((from + '“'.len_utf8(), name.rfind('”')?))).filter(|(from, to)| from < to);
        let (from, to) = quoted.unwrap_or((0, name.len()));
        if quoted.is_some() || ["项目", "工程", "专项", "经费", "资金"].iter().any(|ending| name.ends_with(ending)) {
            push(sentence, start + from, start + to, facts);
        }
    }
}

/// Takes a name without the year before it.
fn push(sentence: &Sentence<'_>, start: usize, end: usize, facts: &mut Vec<Fact>) {
    let Some(name) = sentence.text.get(start..end) else { return };
    let skipped = time::read(name).filter(|(time, _)| time.years.is_some()).map_or(0, |(_, length)| length);
    let Some(name) = name.get(skipped..) else { return };
    let length = name.chars().count();
    if !(4..=60).contains(&length)
        || has_any(name, GENERIC)
        || name.contains('【')
        || core(name).count() < 4
        || KINDS.contains(&&*core(name).collect::<String>())
    {
        return;
    }
    let at = sentence.original(start + skipped..end);
    let kind = FactKind::Project(name.to_owned());
    facts.push(Fact { at, sentence: sentence.number, year: Year::Unstated, topic: None, scope: Scope::Plain, kind });
}

/// Whether two names may be meant for the same project: one contains the other, or they share half of their pairs of characters.
pub fn same_name(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (core(one).collect(), core(other).collect());
    if one.is_empty() || other.is_empty() {
        return true;
    }
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if long.windows(short.len()).any(|window| window == &short[..]) {
        return true;
    }
    let pairs = |name: &[char]| -> Vec<(char, char)> { name.iter().copied().zip(name.iter().copied().skip(1)).collect() };
    let mut rest = pairs(long);
    let mut shared = 0;
    for pair in pairs(short) {
        if let Some(at) = rest.iter().position(|known| *known == pair) {
            rest.swap_remove(at);
            shared += 1;
        }
    }
    // Of the shorter name, since the other may be the full one.
    shared * 2 >= short.len().saturating_sub(1)
}

/// The characters of a name that tell it from others: no digits, signs or common endings.
fn core(name: &str) -> impl Iterator<Item = char> {
    let name = name.trim().trim_end_matches("项目").trim_end_matches("经费");
    name.chars().filter(|char| char.is_alphabetic() && !matches!(char, '年' | '度'))
}
