//! Sentences about entries: what is missing, and what no table can hold.

use super::terms;
use crate::finding::EntryFacts;
use crate::prelude::*;

/// `other`: the second place, where there is one. `unit`: the unit of amounts.
pub fn text(facts: &EntryFacts, place: &str, other: &str, unit: &str) -> String {
    match facts {
        EntryFacts::RequiredBlank => format!("{place}未填。"),
        EntryFacts::NoYear { printed } => {
            format!("{place}填的“{}”不能确认是哪一年，请填四位年份，如“2023”。", terms::short(printed))
        }
        EntryFacts::NegativeAmount { printed } => format!("{place}填{printed}，预算数和执行数一般不为负数，请核对。"),
        EntryFacts::ExecutionTwice { points } => {
            format!(
                "{}与资金一栏的预算执行率（{}分）是同一内容，重复计分，请核对指标设置。",
                terms::row_of(place),
                terms::number(*points)
            )
        }
        EntryFacts::CostAgainstExecution { cost, executed } => {
            format!("{place}合{cost}{unit}，{other}为{executed}{unit}，两者不一致，请核对口径。")
        }
        EntryFacts::SpentWithoutBudget => format!("{place}有支出，而{other}为0，请核对预算数。"),
    }
}
