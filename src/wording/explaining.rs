//! The sentences of explanations.

use super::terms;
use crate::engine::calc::Decision;
use crate::engine::meaning::{Because, ReadAs};
use crate::engine::scoring::ScoringKind;
use crate::number::{Agreement, Exact};
use crate::prelude::*;
use crate::template::{Band, Citation, Tier};

/// 表中填4.6：四舍五入至1位小数后相符
pub fn printed(text: &str, agreement: Agreement, computed: Option<Exact>) -> String {
    format!("表中填{}：{}", text.trim(), terms::agreement(agreement, computed))
}

/// What stands around the points of a target that was met, behind the comparison.
pub fn full_marks() -> [String; 2] {
    [format!("，{}", terms::decision(Decision::Met)), "分".to_owned()]
}

/// Where the sums that a formula reads are printed wrong.
pub fn recomputed(value: &str, unit: &str) -> String {
    format!("各项重算后为{value}{unit}")
}

/// 依据, with a word where the point was not read in the original.
pub fn basis(source: &Citation) -> String {
    let mark = if source.verified { "" } else { "（未核对原文）" };
    format!("依据：{}{mark}\n", source.text)
}

pub fn scored_as(kind: ScoringKind) -> String {
    format!("计分方式：{}", terms::scoring_kind(kind))
}

/// 指标值未标符号，按不超过计（时限）
pub fn read_as(read_as: ReadAs, signed: bool) -> String {
    let head = if signed { "指标值" } else { "指标值未标符号，" };
    let because = match read_as.because {
        Because::Sign | Because::Usual => "",
        Because::Chosen => "（所选计分方式）",
        Because::Column => "（指标性质）",
        Because::Name => "（指标名称）",
        Because::Zero => "（指标值为0）",
        Because::Time => "（时限）",
        Because::Cost => "（成本）",
        Because::Unwanted => "（投诉、事故一类的数，上限或实有数均有可能）",
        Because::Balanced => "（高低均未必为好）",
        Because::Lasting => "（时长以长为好还是以短为好，看不出来）",
        Because::Contradiction => "（符号与指标性质不一致）",
    };
    format!("{head}{}{because}", terms::direction(read_as.direction))
}

/// 评分标准：每超过1个百分点扣0.5分
pub fn by_rule(rule: &str) -> String {
    format!("评分标准：{rule}")
}

/// Before the value that a rule looked at.
pub const MEASURED: &str = "实际值：";

/// A tier with the scores that belong to it, or with its shares where the weight is not known.
pub fn tier(tier: &Tier, scores: Option<(Exact, Exact)>, chosen: bool) -> String {
    let range = match scores {
        Some((low, high)) => format!("{}～{}分", terms::number(low), terms::number(high)),
        None => format!("{}～{}", terms::percent(tier.from), terms::percent(tier.to)),
    };
    let mark = if chosen { "　← 本项" } else { "" };
    format!("{}：{range}{mark}", tier.name)
}

pub fn not_applicable() -> &'static str {
    "不适用：不计得分，分值不计入合计。"
}

pub fn deduction(points: Option<Exact>) -> String {
    let taken = points.map(|points| format!("从总分中扣{}分，", terms::number(points))).unwrap_or_default();
    format!("扣分项：{taken}分值不计入合计。")
}

pub fn bonus() -> &'static str {
    "加分项：得分在总分之外另加，分值不计入合计。"
}

pub fn manual() -> &'static str {
    "本项由填报人评定，无计算公式。"
}

pub fn graded(total: &str, band: &Band) -> String {
    format!("等级按总分{total}评定：{}", band.name)
}

/// 良：80分及以上; the last one by the one above it: 差：60分以下.
pub fn band(band: &Band, above: Option<&Band>) -> String {
    match above {
        Some(above) if !band.from.is_positive() => format!("{}：{}分以下", band.name, terms::number(above.from)),
        Some(_) | None => format!("{}：{}分及以上", band.name, terms::number(band.from)),
    }
}

pub fn decided(decision: Decision) -> String {
    format!("判定：{}", terms::decision(decision))
}

/// A part of a total: 其中 产出指标 =
pub fn of_which(level: &str) -> String {
    format!("其中 {level} = ")
}

pub const MISSING: &str = "尚缺：";
pub const ABOVE: &str = "超过";
pub const BELOW: &str = "低于";
pub const AND: &str = "与";
pub const SMALLER: &str = "中较小的数";
pub const LARGER: &str = "中较大的数";

/// ，超过100%按100%计
pub fn limited(beyond: &str, limit: &str) -> String {
    format!("，{beyond}{limit}按{limit}计")
}

/// Behind the cells that are named: 等，另有3处
pub fn and_more(count: usize) -> String {
    format!("等，另有{count}处")
}

pub const TOO_LONG: &str = "= 数字过长";
pub const NOT_APPLICABLE: &str = "不适用";
/// What a share is a share of.
pub const WHOLE: &str = "合计";
/// The whole part of a number of steps.
pub const WHOLE_PART: &str = "取整";
pub const ALL_INDICATORS: &str = "各项指标";

/// What stands for an operand without a value.
pub fn no_value(outcome: &crate::engine::Outcome) -> &'static str {
    match outcome {
        crate::engine::Outcome::Value(_) => "",
        crate::engine::Outcome::Blank(_) => "（未填）",
        crate::engine::Outcome::NotApplicable => "（不适用）",
        crate::engine::Outcome::Undefined(_) => "（无法计算）",
    }
}

/// 执行率＝全年执行数82÷全年预算数180＝45.56%（保留2位小数，四舍五入）
pub fn one_line(name: &str, formula: Option<&str>, result: &str, decisions: &[&str]) -> String {
    let formula = formula.map(|formula| format!("＝{formula}")).unwrap_or_default();
    let mut line = format!("{name}{formula}＝{result}");
    for decision in decisions {
        line.push_str(&format!("（{decision}）"));
    }
    line
}

/// 45.56%（保留2位小数，四舍五入）
pub fn rounded(value: &str, unit: &str, rounding: crate::number::Rounding) -> String {
    format!("{}{unit}（{}）", crate::number::group_digits(value), terms::rounding(rounding))
}
