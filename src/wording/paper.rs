//! What is said on paper beside the table itself.

use super::progress;
use super::terms;
use crate::engine::Standing;
use crate::id::Severity;
use crate::prelude::*;

pub const FINDINGS: &str = "核对结果";
pub const ANNEX: &str = "计算底稿";
/// Between two items of the foot.
pub const BETWEEN_SIGNATURES: &str = "　　";

/// A column of the list of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Number,
    Severity,
    Code,
    Title,
    Place,
    Source,
    Text,
    Stands,
    Due,
    Basis,
}

/// Before those columns, in a list of many projects.
pub const ABOUT: [&str; 7] = ["文件", "项目名称", "表式", "评分口径", "生成日期", "版本", "结论"];

/// In the order of the list.
pub const COLUMNS: [Column; 10] = [
    Column::Number,
    Column::Severity,
    Column::Code,
    Column::Title,
    Column::Place,
    Column::Source,
    Column::Text,
    Column::Stands,
    Column::Due,
    Column::Basis,
];

pub fn column(column: Column) -> &'static str {
    match column {
        Column::Number => "序号",
        Column::Severity => "级别",
        Column::Code => "编号",
        Column::Title => "核对事项",
        Column::Place => "位置",
        Column::Source => "原件位置",
        Column::Text => "核对意见",
        Column::Stands => "填报内容",
        Column::Due => "应为",
        Column::Basis => "依据",
    }
}

/// 单位：万元
pub fn unit(unit: &str) -> String {
    format!("单位：{unit}")
}

/// A place to sign by hand.
pub fn to_sign(label: &str) -> String {
    format!("{label}　　　　　　")
}

/// Which project was checked, by what, when and with which version.
pub fn about(name: &str, year: &str, form: &str, profile: Option<&str>, date: &str) -> Vec<String> {
    let rules = profile.map(|profile| format!("；评分口径：{profile}")).unwrap_or_default();
    let date = if date.is_empty() { String::new() } else { format!("生成日期：{date}；") };
    vec![
        format!("项目名称：{name}{year}"),
        format!("表式：{form}{rules}"),
        format!("{date}版本：绩效自评 {}", env!("CARGO_PKG_VERSION")),
    ]
}

/// How many findings there are, and what is still blank: a table half filled in is never without findings.
pub fn counted(counts: &[(Severity, usize)], standing: Standing) -> String {
    if counts.is_empty() {
        return format!("{}。", progress::nothing_found(standing));
    }
    let parts: Vec<String> = counts.iter().map(|(severity, count)| format!("{}{count}项", terms::severity(*severity))).collect();
    let open = progress::beside_findings(standing).map(|open| format!("；{open}")).unwrap_or_default();
    format!("共发现{}{open}。", parts.join("、"))
}

/// 1. 错误 A08 总分：总分·得分合计
pub fn item(number: usize, severity: &str, code: &str, title: &str, place: &str) -> String {
    format!("{number}. {severity} {code} {title}：{place}")
}

pub fn in_source(place: &str) -> String {
    format!("原件位置：{place}")
}

pub fn stands_and_due(stands: &str, due: &str) -> String {
    let stands = if stands.is_empty() { "（空白）" } else { stands };
    format!("填报内容：{stands}；应为：{due}")
}
