//! Grades in prose: 评价等级为“良好”.

use super::numbers::Walked;
use super::plain::{Sentence, is_pause, tail};
use super::words::{INDICATORS, has_any, strip_any};
use super::{Fact, FactKind, Scope};
use crate::prelude::*;

/// They begin with 等, 档, 评 or 自.
const BEFORE: &[&str] =
    &["等级", "等次", "档次", "评级", "评定", "评为", "自评为", "自评结果", "评价结果", "自评结论", "评价结论", "评分结果"];

/// Between the word and the grade.
const LINKS: &[&str] = &["评定", "确定", "评级", "结果", "为", "是", "属于", "属", "达到", ":", "“", "\"", "‘", "「", "『", "'"];

/// Longer names first.
const GRADES: &[&str] = &["优秀", "良好", "中等", "不合格", "不及格", "合格", "及格", "一般", "较差", "优", "良", "中", "差"];

pub(super) fn read(sentence: &Sentence<'_>, walked: &Walked, facts: &mut Vec<Fact>) {
    let text = sentence.text;
    let mut done = 0;
    for (at, _) in text.match_indices(['等', '档', '评', '自']) {
        let Some(mut rest) = text.get(at..).filter(|_| at >= done).and_then(|rest| strip_any(rest, BEFORE)) else { continue };
        let behind = rest;
        while let Some(shorter) = strip_any(rest, LINKS) {
            rest = shorter;
        }
        let before = text.get(..at).unwrap_or_default();
        let word = text.get(at..text.len() - behind.len()).unwrap_or_default();
        // 等级良好 without a link may be part of a name, and 90分以上评为优 is a rule.
        let rule = before.rsplit(is_pause).next().is_some_and(|clause| clause.contains(|char: char| char.is_ascii_digit()));
        let linked = rest.len() < behind.len() || (word.ends_with('为') && !rule);
        let Some(name) = GRADES.iter().find(|name| rest.starts_with(**name)).filter(|_| linked) else { continue };
        let start = text.len() - rest.len();
        let end = start + name.len();
        let after = text.get(end..).unwrap_or_default().trim_start_matches(['”', '"', '’', '」', '』', '\'', '级', '档', '等']);
        // 优、良、中、差四个等级 lists them all.
        let ends = after.chars().next().is_none_or(|char| is_pause(char) || char == ')');
        let about = tail(before, 200);
        if !ends || has_any(about, INDICATORS) {
            continue;
        }
        done = end;
        let kind = FactKind::Grade((*name).to_owned());
        let year = walked.year_before(at);
        facts.push(Fact {
            at: sentence.original(start..end),
            sentence: sentence.number,
            year,
            topic: None,
            scope: Scope::Plain,
            kind,
        });
    }
}
