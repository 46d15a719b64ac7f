//! Sentences about sums of points: 分值合计 and 总分.

use crate::number::Exact;
use crate::outcome::Why;
use crate::prelude::*;
use crate::wording::terms::{self, number, signed};

pub fn gap(a: Exact, b: Exact) -> Exact {
    a.checked_sub(b).map(Exact::abs).unwrap_or(Exact::ZERO)
}

pub fn weight_sum(
    sum: Exact,
    expected: Exact,
    indicators: Exact,
    execution: Option<Exact>,
    open: usize,
    outside: bool,
) -> String {
    let parts = match execution {
        Some(execution) => format!("（指标{}分，预算执行{}分）", number(indicators), number(execution)),
        None => String::new(),
    };
    let head = format!("分值合计为{}分{parts}，应为{}分", number(sum), number(expected));
    if outside {
        return format!("{head}；预算执行率未给分，按列在{}分之外理解。", number(expected));
    }
    if open > 0 && sum < expected {
        return format!("{head}，还差{}分，有{open}项未填分值。", number(gap(expected, sum)));
    }
    let direction = if sum > expected { "多出" } else { "还差" };
    format!("{head}，{direction}{}分。", number(gap(sum, expected)))
}

/// A total that lacks a score that can't be computed.
pub fn total_undefined(cause: &str, why: Why) -> String {
    let remedy = match why {
        Why::DivisionByZero => "确不适用的填“／”",
        Why::Unreadable(_)
        | Why::TooLarge
        | Why::NotComparable
        | Why::OtherUnit
        | Why::NeedsJudgement
        | Why::DirectionOpen
        | Why::AtBound
        | Why::Missed
        | Why::Copied
        | Why::Late => "请核对",
    };
    let cause = if cause.is_empty() { String::new() } else { format!("{cause}：") };
    format!("总分无法计算：{cause}{}；{remedy}。", terms::why(why))
}

pub fn total(
    printed: Exact,
    entered: Exact,
    by_rule: Option<Exact>,
    convention: Option<crate::finding::Convention>,
    off_page: Option<usize>,
) -> String {
    let rule = by_rule.map(|by_rule| format!("，按口径重算为{}", number(by_rule))).unwrap_or_default();
    if let Some(open) = off_page {
        let left = if open == 0 { "预算执行得分".to_owned() } else { format!("{open}项得分") };
        return format!("总分填{}，与表上已填得分相符；{left}未填，计入后为{}{rule}。", number(printed), number(entered));
    }
    let because = match convention {
        Some(convention) => terms::convention(convention, gap(entered, printed)),
        None => "所填数与常见的各种加总方法均不符。".to_owned(),
    };
    format!(
        "总分填{}，各项得分相加为{}，相差{}{rule}。{because}",
        number(printed),
        number(entered),
        signed(printed.checked_sub(entered).unwrap_or(Exact::ZERO))
    )
}
