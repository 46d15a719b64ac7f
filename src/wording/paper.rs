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

/// Before the code of a printed table; `templates/labels.toml` has it among the notes.
pub const CODE: &str = "计算核对码";

/// 计算核对码：3F7A-91C2-0B4D-77E1（绩效自评 0.1.0）
pub fn code(code: &str) -> String {
    format!("{CODE}：{code}（绩效自评 {}）", env!("CARGO_PKG_VERSION"))
}

/// The code that such a line states, in capitals.
pub fn code_in(line: &str) -> Option<String> {
    let (_, rest) = line.split_once(CODE)?;
    let rest = rest.trim_start_matches(|char: char| char.is_whitespace() || matches!(char, ':' | '：'));
    let code: String = rest.chars().take_while(|char| char.is_ascii_hexdigit() || *char == '-').collect();
    (code.len() == 19 && code.split('-').all(|group| group.len() == 4)).then(|| code.to_ascii_uppercase())
}

/// Of a table whose file states a code.
pub fn code_agrees(agrees: bool) -> &'static str {
    if agrees {
        "原件印有计算核对码，内容与打印时一致。"
    } else {
        "原件印有计算核对码，但表内内容与打印时不一致：打印后有改动，或有文字未识别。"
    }
}

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

/// The same of a list over many projects.
pub fn about_many(count: usize, date: &str) -> String {
    let date = if date.is_empty() { String::new() } else { format!("生成日期：{date}；") };
    format!("共{count}张表；{date}版本：绩效自评 {}", env!("CARGO_PKG_VERSION"))
}

/// 2. 水库清淤：项目支出绩效自评表；评分口径：全国通用；文件：表.docx。共发现错误1项。
pub fn of_many(number: usize, file: &str, project: &str, form: &str, profile: &str, result: &str) -> String {
    let profile = if profile.is_empty() { String::new() } else { format!("；评分口径：{profile}") };
    let file = if file.is_empty() { String::new() } else { format!("；文件：{file}") };
    let project = if project.trim().is_empty() { "未命名项目" } else { project };
    format!("{number}. {project}：{form}{profile}{file}。{result}")
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

/// What stands in a cell, for a list: of a long text, such as a report, its beginning.
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 120;
    const BEGINNING: usize = 60;
    let letters = text.chars().count();
    if letters <= LONGEST {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(BEGINNING).map(|char| if char == '\n' { ' ' } else { char }).collect();
    format!("{}……（全文{letters}字）", beginning.trim_end())
}

/// What should stand there is blank where it is not certain.
pub fn stands_and_due(stands: &str, due: &str) -> String {
    let stands = if stands.is_empty() { "（空白）" } else { stands };
    let due = if due.is_empty() { String::new() } else { format!("；应为：{due}") };
    format!("填报内容：{stands}{due}")
}
