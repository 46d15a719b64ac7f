//! 是或否: met gets all points, not met none.

use super::Indicator;
use crate::engine::calc::{Calc, Decision};
use crate::outcome::{Outcome, Why};

const YES: [&str; 12] = ["是", "有", "已", "完成", "已完成", "全部完成", "达标", "合格", "通过", "符合", "达成", "达到"];
const NO: [&str; 11] = ["否", "无", "没有", "未", "未完成", "不达标", "不合格", "未通过", "不符合", "未达成", "未达到"];

/// Other answers to the question whether something was done or is in order, which nobody would write in another way.
const ANSWERS: [&str; 24] = [
    "按时",
    "按期",
    "如期",
    "按时完成",
    "按期完成",
    "如期完成",
    "及时完成",
    "按要求完成",
    "全面完成",
    "圆满完成",
    "验收合格",
    "验收通过",
    "全部合格",
    "全部达标",
    "符合要求",
    "符合规定",
    "符合标准",
    "合规",
    "未发生",
    "无事故",
    "零事故",
    "无投诉",
    "零投诉",
    "已建立",
];

/// Whether a text only answers a question with yes or no, in one of the ways in which that is done.
pub fn is_answer(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['。', '；', ';']);
    YES.contains(&text) || NO.contains(&text) || ANSWERS.contains(&text)
}

pub fn score<C: Calc>(calc: &mut C, weight: C::V, indicator: &Indicator<'_>) -> C::V {
    let at = &indicator.def.at;
    let actual = indicator.typed(at.actual).text().trim().trim_end_matches('。');
    let target = indicator.typed(at.target).text().trim().trim_end_matches('。');
    if actual.is_empty() {
        return calc.cell(indicator.id(at.actual), Outcome::missing(indicator.id(at.actual)));
    }
    let expected = !NO.contains(&target);
    let met = if actual == target {
        true
    } else if YES.contains(&actual) {
        expected
    } else if NO.contains(&actual) {
        !expected
    } else {
        return calc.undefined(Why::NeedsJudgement);
    };
    if met {
        return calc.decided(weight, Decision::Met, None);
    }
    calc.nothing(Decision::NotMet, None)
}
