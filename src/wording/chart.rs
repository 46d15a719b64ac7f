//! What stands in and under a chart, and the sentences that say its numbers without it.

use crate::engine::{Outcome, Why};
use crate::prelude::*;

pub const SCORES: &str = "各级指标得分";
pub const SCORE: &str = "得分";
pub const WEIGHT: &str = "分值";
pub const SCORE_RATE: &str = "得分率";
pub const FUNDS: &str = "预算执行情况";
pub const EXECUTION_RATE: &str = "执行率";
/// A quotient that the form gives no name.
pub const RATE: &str = "比率";
pub const SHARE: &str = "占比";
/// What the length of a bar in a chart of shares is measured against.
pub const WHOLE: &str = "合计";
pub const NO_LEVEL: &str = "未填一级指标";

/// What stands for a number that is not there.
pub fn no_value(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Value(_) => "",
        Outcome::Blank(_) => "未填",
        Outcome::NotApplicable => "不适用",
        Outcome::Undefined(Why::Unreadable(_)) => "不是数字",
        Outcome::Undefined(Why::TooLarge) => "数字过长",
        Outcome::Undefined(_) => "无法计算",
    }
}

/// 第3行, for a row without a name.
pub fn row(position: usize) -> String {
    format!("第{}行", position.saturating_add(1))
}

/// 分值（100%）: the frame that a part is drawn in.
pub fn frame(name: &str) -> String {
    format!("{name}（100%）")
}

/// 44/50分　88%
pub fn against(part: &str, whole: Option<&str>, unit: &str, rate: Option<&str>) -> String {
    let whole = whole.map(|whole| format!("/{whole}")).unwrap_or_default();
    let rate = rate.map(|rate| format!("　{rate}")).unwrap_or_default();
    format!("{part}{whole}{unit}{rate}")
}

/// 336.16万元　94.29%
pub fn share(amount: &str, unit: &str, share: &str) -> String {
    format!("{amount}{unit}　{share}")
}

/// 年初预算数160万元, or 年初预算数未填.
pub fn named(name: &str, value: &str, unit: &str) -> String {
    format!("{name}{value}{unit}")
}

/// 占94.29%
pub fn of_whole(share: &str) -> String {
    format!("占{share}")
}

/// 产出指标：得分44分，分值50分，得分率88%。
pub fn sentence(label: &str, parts: &[String]) -> String {
    format!("{label}：{}。", parts.join("，"))
}

/// The title, before the sentences of the rows.
pub fn opening(title: &str) -> String {
    format!("{title}。")
}

/// 总分89.60分，分值合计110分，按口径重算92.26分。
pub fn total(entered: &str, weight: Option<&str>, by_rule: Option<&str>) -> String {
    let weight = weight.map(|weight| format!("，分值合计{weight}分")).unwrap_or_default();
    let by_rule = by_rule.map(|by_rule| format!("，按口径重算为{by_rule}分")).unwrap_or_default();
    format!("总分{entered}分{weight}{by_rule}。")
}

/// 合计356.50万元。
pub fn sum(sum: &str, unit: &str) -> String {
    format!("合计{sum}{unit}。")
}

pub fn missing_scores(count: usize) -> String {
    format!("尚缺{count}项得分，未计入。")
}

pub fn not_applicable(points: &str) -> String {
    format!("不适用指标{points}分未计入。")
}

pub fn unreadable(count: usize) -> String {
    format!("{count}行不是数字，未绘出。")
}

pub fn left_out(count: usize) -> String {
    format!("行数较多，后{count}行未绘出。")
}

pub fn tail(sum: &str) -> String {
    format!("各项占比经四舍五入，相加为{sum}。")
}
