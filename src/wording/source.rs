//! What is said around a table as it stands in its file, beside the form that it became.

use crate::prelude::*;

pub const TITLE: &str = "原表";
pub const LEAD: &str = "用方向键或鼠标选择原表中的文字，表中对应的单元格随之标出；按 Enter 转到该单元格。";
pub const ACCEPT: &str = "导入";
pub const DROP: &str = "不导入";
pub const TO_LIST: &str = "返回清单";
pub const FORGET: &str = "撤销全部更正";
pub const READ_AS: &str = "按此表式识别";
pub const AS_RECOGNISED: &str = "按识别结果";
pub const THIS_COLUMN: &str = "本列是";
pub const THIS_ROW: &str = "本行是";
pub const THIS_CELL: &str = "本格填入";
pub const NOWHERE: &str = "不填入";

/// What a text became.
#[derive(Clone, Copy, Debug)]
pub enum Says<'a> {
    /// The name of its cell.
    Cell(&'a str),
    Label,
    Note,
    Unread,
    Doubt,
    Nothing,
}

pub fn says(says: Says<'_>) -> String {
    match says {
        Says::Cell(cell) => format!("填入：{cell}"),
        Says::Label => "表头或栏目名称".to_owned(),
        Says::Note => "说明文字，不填入表中".to_owned(),
        Says::Unread => "未识别，没有填入表中".to_owned(),
        Says::Doubt => "可作不同理解，请在下方选定".to_owned(),
        Says::Nothing => "空白，或不属于本表".to_owned(),
    }
}

/// The name of a file, or what stands for what was pasted.
pub fn file(name: &str) -> &str {
    if name.is_empty() { "粘贴的内容" } else { name }
}

/// A form of the choice that comes near.
pub fn near_form(short: &str) -> String {
    format!("{short}（相近）")
}

/// Rows and columns that are not shown.
pub fn more(rows: u32, columns: u32) -> String {
    let rows = (rows > 0).then(|| format!("{rows} 行"));
    let columns = (columns > 0).then(|| format!("{columns} 列"));
    let parts: Vec<String> = rows.into_iter().chain(columns).collect();
    format!("另有 {}未显示，已一并识别。", parts.join("、"))
}

/// A grid of a file that no form fits.
pub fn no_form(place: &str) -> String {
    format!("{place}：没有相符的表式，未导入")
}

/// The module that checks whole documents was not loaded, or died.
pub const fn not_as_whole() -> &'static str {
    "整本核对的部件未能载入或未能运行，本文件未作整本核对；可刷新本页后重新导入。"
}
