use super::terms::{self, number, percent, short, signed};
use crate::document::Document;
use crate::engine::power_of_ten;
use crate::finding::{ProseFacts, ProseHint};
use crate::number::Exact;
use crate::prelude::*;
use crate::prose::NumberingKind;
use crate::template::Form;

/// What is wrong with a text. `place` is the text's, `table` that of the cell it is held against.
pub(super) fn text(facts: &ProseFacts, place: &str, table: &str, form: &Form, document: &Document) -> String {
    let money = |value: Exact| {
        let unit = form.unit_name();
        value.checked_div(power_of_ten(form.unit)).map(|value| format!("{}{unit}", number(value))).unwrap_or_default()
    };
    let by = |said: Exact, table: Exact| said.checked_sub(table).unwrap_or(Exact::ZERO);
    match facts {
        ProseFacts::Amount { said, table: value, hint, parts, .. } if *parts > 1 => {
            let after = if *hint == Some(ProseHint::AfterUnit) { "按单位更正后" } else { "" };
            format!(
                "{place}所写同一年度的{parts}笔金额相加为{}，表中{table}{after}为{}，多出{}；属重复叙述的可不调整。",
                money(*said),
                money(*value),
                money(by(*said, *value))
            )
        }
        ProseFacts::Amount { quote, said, table: value, balance, hint, .. } => {
            let there = if *balance { "表中预算数减执行数".to_owned() } else { format!("表中{table}") };
            let differs = || format!("相差{}", money(by(*said, *value).abs()));
            match hint {
                Some(ProseHint::Unit) => {
                    format!("{place}写“{quote}”，{there}为{}，两者恰差10000倍，应是元与万元混用，请统一单位。", money(*value))
                }
                Some(ProseHint::AfterUnit) => {
                    format!("{place}写“{quote}”，{there}按单位更正后为{}，{}。", money(*value), differs())
                }
                Some(ProseHint::Same(cell)) => format!(
                    "{place}写“{quote}”，{there}为{}，{}；所写数与表中{}相同，请核对。",
                    money(*value),
                    differs(),
                    terms::place(*cell, form, document)
                ),
                Some(ProseHint::InitialBudget) | None => {
                    format!("{place}写“{quote}”，{there}为{}，{}。", money(*value), differs())
                }
            }
        }
        ProseFacts::Rate { quote, said, table: value, hint } => {
            let points = by(*said, *value).checked_mul(Exact::HUNDRED).map(signed).unwrap_or_default();
            let base = match hint {
                Some(ProseHint::InitialBudget) => "所写数是以年初预算数为分母算得。",
                Some(ProseHint::Unit | ProseHint::AfterUnit | ProseHint::Same(_)) | None => "",
            };
            format!("{place}写“{quote}”，表中执行率为{}，相差{points}个百分点。{base}", percent(*value))
        }
        ProseFacts::Score { quote, said, table: value } => {
            format!("{place}写“{quote}”，表中{table}为{}分，相差{}分。", number(*value), number(by(*said, *value).abs()))
        }
        ProseFacts::Grade { quote, table: value } => format!("{place}写“{quote}”，按表中{table}为“{value}”。"),
        ProseFacts::Name { said, table: value } => {
            format!("{place}所写项目为“{said}”，表中项目名称为“{value}”，疑似误用其他项目的文字。")
        }
        ProseFacts::Bases { quote, contract, budget } => format!(
            "{place}写“{quote}”，高于预算{}，差{}；到位率、执行率以哪一数为分母，差额如何解决，宜予写明。",
            money(*budget),
            money(by(*contract, *budget))
        ),
        ProseFacts::CostYear { quote, costs, paid, count } => {
            let places = if *count > 1 { format!("等{count}处") } else { String::new() };
            let belongs = if costs.len() > 1 { "分属" } else { "属" };
            let years = costs.iter().map(|year| format!("{year}年度")).collect::<Vec<_>>().join("、");
            let paid = paid.map(|paid| format!("，于{paid}年支付")).unwrap_or_default();
            format!("{place}写“{quote}”{places}，费用{belongs}{years}{paid}；跨年度支付的，应说明原因并核对预算年度。")
        }
        ProseFacts::CostSum { parts, sum, paid, .. } => {
            format!("{place}所列{parts}笔分年度费用相加为{}，与本行实际支出{}及以下各行均不相等。", money(*sum), money(*paid))
        }
        ProseFacts::WholeUnit { quote, parts, sum, unit } => {
            let unit = super::report::money(*unit).unwrap_or_default();
            format!("{place}写“{}”，所列{parts}项相加为{}{unit}，数字相同而单位不同，请核对。", quote, number(*sum))
        }
        ProseFacts::ListedCount { quote, stated, listed } => {
            format!("{place}写“{}”，所称数为{stated}，括号内列出{listed}项。", short(quote))
        }
        ProseFacts::Headings { problems } => headings(place, problems),
    }
}

/// The first three, and how many there are.
fn headings(place: &str, problems: &[(String, NumberingKind)]) -> String {
    let named: Vec<String> =
        problems.iter().take(3).map(|(heading, kind)| format!("“{}”{}", short(heading), numbering(*kind))).collect();
    let more = if problems.len() > 3 { format!("，等{}处", problems.len()) } else { String::new() };
    format!("{place}标题序号不规范：{}{more}。", named.join("，"))
}

fn numbering(kind: NumberingKind) -> &'static str {
    match kind {
        NumberingKind::Repeated => "序号重复",
        NumberingKind::Skipped => "之前缺号",
        NumberingKind::OtherStyle => "与前面的序号写法不同",
    }
}
