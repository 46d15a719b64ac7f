//! Counts with what they list: 7个机房（甲、乙、……）.

use super::plain::{Sentence, head, tail};
use super::words::has_any;
use super::{Fact, FactKind, Scope, Year};
use crate::prelude::*;

const CLASSIFIERS: &[char] = &['个', '家', '台', '条', '项', '处', '所', '类', '种', '座', '套', '间', '部', '大', '支', '名'];

/// What shows that the brackets do not list all, or list something else.
const OPEN: &[&str] =
    &["等", "…", "如", "含", "包括", "其中", "见", "按", "指", "不", "或", "每", "分别为", "以及其", "共", "即"];

pub(super) fn read(sentence: &Sentence<'_>, facts: &mut Vec<Fact>) {
    for (open, _) in sentence.text.match_indices('(') {
        let Some((start, stated)) = stated(sentence.text.get(..open).unwrap_or_default()) else { continue };
        let Some(inside) = sentence.text.get(open + 1..).map(|rest| head(rest, 900)) else { continue };
        let Some(close) = inside.find(')') else { continue };
        let Some(inside) = inside.get(..close) else { continue };
        let Some((fewest, most)) = listed(inside) else { continue };
        let at = sentence.original(start..open + 1 + close + 1);
        let kind = FactKind::Listing { stated, fewest, most };
        facts.push(Fact { at, sentence: sentence.number, year: Year::Unstated, topic: None, scope: Scope::Plain, kind });
    }
}

/// The count right before a bracket, with where it begins: 机房7个, 3个科室, 四个方面.
fn stated(before: &str) -> Option<(usize, u32)> {
    let window = tail(before, 36);
    let offset = before.len() - window.len();
    let classifier = window.rfind(CLASSIFIERS)?;
    // A name may stand between, but no other number and no stop.
    let name = window.get(classifier..)?;
    let plain = |char: char| char.is_alphanumeric() && !char.is_ascii_digit();
    if !name.chars().all(plain) || name.chars().count() > 8 || name.contains('余') {
        return None;
    }
    let front = window.get(..classifier)?;
    let digits = front.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let start = front.len() - digits;
        let whole = front.get(..start)?;
        let alone = !whole
            .ends_with(|char: char| matches!(char, '.' | '第' | '约' | '近' | '-' | '~' | '±') || char.is_ascii_alphabetic());
        let number = front.get(start..)?.parse().ok()?;
        return (alone && (2..=99).contains(&number)).then_some((offset + start, number));
    }
    let last = front.chars().next_back()?;
    let number = "两二三四五六七八九十".chars().zip([2, 2, 3, 4, 5, 6, 7, 8, 9, 10]).find(|(char, _)| *char == last)?.1;
    let start = front.len() - last.len_utf8();
    // 十三个 is not 三个, 第三个 no count.
    let alone = !front.get(..start)?.ends_with(['十', '百', '第', '一', '二', '三', '四', '五', '六', '七', '八', '九', '近']);
    alone.then_some((offset + start, number))
}

/// How many items a bracket lists, at least and at most: 和 may join two items or stand in a name.
fn listed(inside: &str) -> Option<(u32, u32)> {
    let items: Vec<&str> = inside.split('、').collect();
    let plain = |item: &&str| {
        let length = item.chars().count();
        (1..=24).contains(&length)
            && !item.contains(['(', ',', '，', ';', ':', '【'])
            && !item.contains(|char: char| char.is_ascii_digit())
    };
    if items.len() < 3 || !items.iter().all(plain) || has_any(inside, OPEN) {
        return None;
    }
    let fewest = u32::try_from(items.len()).ok()?;
    let joins = ["和", "及", "与"].iter().map(|word| inside.matches(word).count()).sum::<usize>();
    Some((fewest, fewest + u32::try_from(joins).ok()?))
}
