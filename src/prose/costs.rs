//! Costs of one year paid in another: 2019年的费用, 2018年支付2017年度租线费.

use super::numbers::{Walked, YearAt};
use super::plain::{Sentence, head, is_pause};
use super::words::has_any;
use super::{Fact, FactKind, Scope, Year};
use crate::number::Quantity;
use crate::prelude::*;

const PAYS: &[&str] = &["支付", "付款", "支出", "列支", "结算", "付清", "缴纳"];

/// Words that make a cost a plan, a comparison or the name of something.
const OTHERWISE: &[&str] =
    &["预算", "计划", "安排", "比", "较", "增", "减", "项目", "标准", "申请", "应", "拟", "签订", "合同", "采购", "办法", "通知"];

pub(super) fn read(sentence: &Sentence<'_>, walked: &Walked, facts: &mut Vec<Fact>) {
    let years = walked.years.iter().enumerate();
    let costs: Vec<(usize, &YearAt, u16, usize)> = years
        .filter_map(|(index, at)| {
            let Year::In(year) = at.year else { return None };
            let compared = sentence.text.get(..at.at.start).is_some_and(|before| before.ends_with(['比', '较', '与', '同']));
            if compared {
                return None;
            }
            Some((index, at, year, cost_end(sentence.text.get(at.at.end..)?)?))
        })
        .collect();
    for (index, at, year, length) in costs {
        let end = at.at.end + length;
        let mut others = walked.years.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
        let paid = others.find_map(|other| match other.year {
            Year::In(paid) if paid != year && pays(sentence.text, other, at) => Some(paid),
            Year::In(_) | Year::Relative(_) | Year::Several | Year::Unstated => None,
        });
        let (amount, from, to) = amount(sentence.text, walked, at.at.start, end);
        let place = sentence.original(from.unwrap_or(at.at.start)..to.unwrap_or(end));
        let kind = FactKind::Cost { year, paid, amount };
        facts.push(Fact { at: place, sentence: sentence.number, year: at.year, topic: None, scope: Scope::Plain, kind });
    }
}

/// Whether the text behind a year names a cost, with its length: 年 is already read, 的费用 or 租线费 follows.
fn cost_end(behind: &str) -> Option<usize> {
    let window = head(behind, 48);
    let clause = window.find(|char: char| is_pause(char) || char.is_ascii_digit() || char == '《').unwrap_or(window.len());
    let clause = window.get(..clause)?;
    let (at, word) = ["费用", "费", "租金", "款项"].into_iter().filter_map(|word| Some((clause.find(word)?, word))).min()?;
    let end = at + word.len();
    let end = if clause.get(at..).is_some_and(|rest| rest.starts_with("费用")) { at + "费用".len() } else { end };
    // 费率, 费改税 and 经费 of a plan are no costs of the year.
    let name = clause.get(..end)?;
    let goes_on = clause.get(end..).is_some_and(|rest| has_any(head(rest, 12), &["预算", "项目", "及", "等", "率", "改"]));
    let ended = name.ends_with("经费") || goes_on;
    (!has_any(name, PAYS) && !has_any(name, OTHERWISE) && !ended).then_some(end)
}

/// Whether the payment of `cost` was made in the other year: a word of payment follows it before the next year or stop.
fn pays(text: &str, year: &YearAt, cost: &YearAt) -> bool {
    let behind = text.get(year.at.end..).unwrap_or_default();
    let window = head(behind, 48);
    let stop = window.find(|char: char| is_pause(char) || char.is_ascii_digit()).unwrap_or(window.len());
    let close = year.at.start.abs_diff(cost.at.start) < 120;
    close && window.get(..stop).is_some_and(|clause| has_any(clause, PAYS) && !has_any(clause, &["未支付", "拟", "计划", "应"]))
}

/// The amount of a cost, behind it (2020年费用9.90万) or before it (24.90万是2019年的费用), with where the whole begins and ends.
fn amount(text: &str, walked: &Walked, start: usize, end: usize) -> (Option<Quantity>, Option<usize>, Option<usize>) {
    let gap = |from: usize, to: usize| text.get(from..to);
    for (at, quantity) in &walked.amounts {
        let behind =
            at.start >= end && gap(end, at.start).is_some_and(|gap| matches!(gap, "" | "为" | "是" | "共" | "共计" | "计" | ":"));
        if behind {
            return (Some(quantity.clone()), None, Some(at.end));
        }
        let before = at.end <= start
            && gap(at.end, start).is_some_and(|gap| matches!(gap, "是" | "为" | "属" | "属于" | "系" | "(" | ":"));
        if before {
            return (Some(quantity.clone()), Some(at.start), None);
        }
    }
    (None, None, None)
}
