//! Sentences about a template that is filled in.

use super::recognise::source_place;
use crate::block::Blocks;
use crate::prelude::*;
use crate::recognise::SourcePlace;

/// What a list without a name is called.
pub const TABLE: &str = "表格";
/// What the list of places says of each.
pub const COLUMNS: [&str; 3] = ["模板中的位置", "对应项目", "填入内容"];

/// 表2第5行第3列 ← 全年执行数：82
pub fn write(blocks: &Blocks, place: SourcePlace, label: &str, text: &str) -> String {
    let text = text.replace('\n', " ");
    // What the template itself prints before the value is not said twice.
    let own = text.split_once([':', '：']).is_some_and(|(words, _)| label.ends_with(words.trim()));
    let label = if own { String::new() } else { format!("{label}：") };
    format!("{} ← {label}{text}", source_place(blocks, place))
}

/// One of several values that a place asks for, counted from 0.
pub fn value_of(place: &str, value: usize) -> String {
    format!("{place}第{}处填写", value.saturating_add(1))
}

/// A row that is added for lack of one; `table` is the name of its list.
pub fn row_added(table: &str, texts: &[String]) -> String {
    format!("{table}增加一行：{}", texts.join("，").replace('\n', " "))
}

pub fn cleared(blocks: &Blocks, place: SourcePlace, old: &str) -> String {
    format!("{} 清除原有内容“{old}”", source_place(blocks, place))
}

pub fn kept(blocks: &Blocks, place: SourcePlace, old: &str) -> String {
    format!("{} 保留模板原有内容“{}”，与所填表格不同，请核对", source_place(blocks, place), old.replace('\n', " "))
}

pub fn left(label: &str, text: &str) -> String {
    format!("未填入：{label}“{}”，模板中没有对应的位置", text.replace('\n', " "))
}

pub fn formula_stays(blocks: &Blocks, place: SourcePlace, text: &str) -> String {
    format!("{} 为公式，予以保留，未填入“{text}”；打开文件后自动重算", source_place(blocks, place))
}

/// `table` is the name of the list, `texts` what the row was to hold.
pub fn row_missing(table: &str, texts: &[String]) -> String {
    format!("未填入：{table}的一行（{}）。工作表中该处行数不足，请先在模板中插入空行再填", texts.join("，"))
}

/// What was said of another template of the same shape counted for this one too.
pub fn remembered() -> &'static str {
    "已按以前对相同格式模板所作的更正填入。"
}

pub fn signed() -> &'static str {
    "模板带有数字签名，填入内容后签名失效。"
}

/// The last line: how much was filled in.
pub fn done(written: usize, rows: usize, cleared: usize, left: usize) -> String {
    let parts = [
        Some(format!("填入{written}处")),
        (rows > 0).then(|| format!("增加{rows}行")),
        (cleared > 0).then(|| format!("清除原有内容{cleared}处")),
        (left > 0).then(|| format!("{left}项没有对应的位置，未填入")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}

/// The file is none that can be filled in.
pub fn not_a_template() -> &'static str {
    "只能套用 .docx 或 .xlsx 模板。请用 Word、Excel 或 WPS 打开模板，选“文件—另存为”，类型选“Word 文档（*.docx）”或“Excel 工作簿（*.xlsx）”，再套用另存的文件。"
}

pub fn structure() -> &'static str {
    "模板的结构不能逐格对应，无法套用。请用 Word、Excel 或 WPS 打开模板，另存为新文件后再试。"
}

/// Nothing in the template is of the form.
pub fn no_table(form: &str) -> String {
    format!("模板中没有找到与“{form}”对应的表格。请核对模板，或改用与模板一致的表式。")
}

pub fn no_such_cell(name: &str) -> String {
    format!("对应关系中的“{name}”不是此表式的单元格。")
}

pub fn bad_mapping(why: &str) -> String {
    format!("对应关系文件读不出：{why}。请在网页（保存对应关系）或命令（--save-mapping）中重新保存。")
}
