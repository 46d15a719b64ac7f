//! Sentences about entries: what is missing, and what no table can hold.

use super::terms;
use crate::finding::{EntryFacts, UnitFacts};
use crate::number::Exact;
use crate::prelude::*;

/// `other`: the second place, where there is one. `unit`: the unit of amounts.
pub fn text(facts: &EntryFacts, place: &str, other: &str, unit: &str) -> String {
    match facts {
        EntryFacts::RequiredBlank => format!("{place}未填。"),
        EntryFacts::NoYear { printed } => {
            format!("{place}填的“{}”不能确认是哪一年，请填四位年份，如“2023”。", terms::short(printed))
        }
        EntryFacts::NegativeAmount { printed } => {
            format!("{place}填{}，预算数和执行数一般不为负数，请核对。", terms::amount(printed))
        }
        EntryFacts::ExecutionTwice { points } => {
            format!(
                "{}与资金一栏的预算执行率（{}分）是同一内容，重复计分，请核对指标设置。",
                terms::row_of(place),
                terms::number(*points)
            )
        }
        EntryFacts::CostAgainstExecution { cost, executed } => {
            let (cost, executed) = (terms::amount(&cost.to_string()), terms::amount(&executed.to_string()));
            format!("{place}合{cost}{unit}，{other}为{executed}{unit}，两者不一致，请核对口径。")
        }
        EntryFacts::SpentWithoutBudget => format!("{place}有支出，而{other}为0，请核对预算数。"),
    }
}

/// `other`: the amount that tells it. `unit`: the unit of the table.
pub fn unit(facts: &UnitFacts, place: &str, other: &str, unit: &str) -> String {
    let (number, amount) = (terms::number, terms::amount);
    match facts {
        UnitFacts::Sum { printed, sum, power } => format!(
            "合计填{}，所属各项相加为{}，恰差{}，两者不在同一单位；本表金额单位为{unit}，请核对{place}。",
            amount(printed),
            number(*sum),
            times(*power)
        ),
        UnitFacts::Part { printed, scaled } => {
            format!(
                "{place}填{}，按{}{unit}计，{other}即与各项之和相符；该数与其他各项不在同一单位，请核对。",
                amount(printed),
                number(*scaled)
            )
        }
        UnitFacts::Beside { printed, other: beside, power: Some(power), .. } => {
            format!(
                "{place}填{}，{other}填{}，恰差{}，两者不在同一单位；本表金额单位为{unit}，请核对。",
                amount(printed),
                amount(beside),
                times(*power)
            )
        }
        UnitFacts::Beside { printed, other: beside, scaled, power: None } => format!(
            "{place}填{}，{other}填{}，相差悬殊；本表金额单位为{unit}，前者如应为{}{unit}，请改正。",
            amount(printed),
            amount(beside),
            number(*scaled)
        ),
        UnitFacts::TooSmall { printed } => {
            format!("本表金额单位为{unit}，{place}填{}，各项金额均很小，疑似按万元填列；请核对单位。", amount(printed))
        }
    }
}

fn times(power: u32) -> String {
    match power {
        3 => "1000倍".to_owned(),
        4 => "1万倍".to_owned(),
        8 => "1亿倍".to_owned(),
        other => format!("10的{other}次方倍"),
    }
}

/// A score that is not 分值 × 得分系数.
pub fn coefficient(place: &str, score: Exact, coefficient: Exact, expected: Exact) -> String {
    let by = score.checked_sub(expected).map(terms::signed).unwrap_or_default();
    let (score, coefficient, expected) = (terms::number(score), terms::number(coefficient), terms::number(expected));
    format!("{place}填{score}，分值乘得分系数{coefficient}应为{expected}，相差{by}。")
}
