//! The sentences of the rate calculator.

use super::explaining::MISSING;
use super::terms;
use crate::number::{Agreement, Exact};
use crate::prelude::*;
use crate::template::CellKind;

/// 所填46%：四舍五入取整后相符
pub fn compared(printed: &str, kind: CellKind, agreement: Agreement, computed: Option<Exact>) -> String {
    let points = match (kind, agreement) {
        (CellKind::Percent, Agreement::Differs { .. }) => "个百分点",
        _ => "",
    };
    format!("所填{}：{}{points}", terms::short(printed), terms::agreement(agreement, computed))
}

pub fn not_compared(printed: &str) -> String {
    format!("待核对结果“{}”不是可识别的数字，未作比较。", terms::short(printed))
}

/// 尚缺：全年执行数、全年预算数
pub fn missing(labels: &[String]) -> String {
    format!("{MISSING}{}", labels.join("、"))
}

/// The value and what it is called.
pub fn with_band(line: &str, band: Option<&str>) -> String {
    match band {
        Some(band) => format!("{line}，{band}"),
        None => line.to_owned(),
    }
}

/// 分母：全年（调整后）预算数
pub fn base(text: &str) -> String {
    format!("分母：{text}")
}

pub fn note(text: &str) -> String {
    format!("说明：{text}")
}

pub fn remark(text: &str) -> String {
    format!("提醒：{text}")
}

/// F1　预算执行率
pub fn title(number: &str, name: &str) -> String {
    format!("{number}　{name}")
}

/// What a person types for an input: its label and a hint.
pub fn input(label: &str, hint: Option<&str>) -> String {
    match hint {
        Some(hint) => format!("{label}（{hint}）"),
        None => label.to_owned(),
    }
}
