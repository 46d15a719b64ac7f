//! Sentences about files: what is wrong, where, and how to mend it.

pub mod check;
pub mod command;

use crate::io::{Broken, ImportError, Limit, Misfit, Notice, Place};
use crate::prelude::*;
use core::fmt;

/// Why a file can't be read.
pub fn import_error(error: &ImportError) -> String {
    match error {
        ImportError::TooLarge(Limit::Bytes { most }) => {
            format!("文件超过 {} MB，不能导入。请确认选择的是绩效自评文件；多份文件请逐份导入。", most / 1_048_576)
        }
        ImportError::TooLarge(Limit::Rows { most }) => format!("文件中的行数超过 {most} 行，不能导入。请拆分后分别导入。"),
        ImportError::NotJson { what: Broken::Empty, .. } => "文件是空的。请重新选择文件。".to_owned(),
        ImportError::NotJson { line, column, what: Broken::Encoding } => {
            format!(
                "不是 UTF-8 编码的文本：第 {line} 行第 {column} 个字符无法识别。请另存为 UTF-8 编码，或确认选择的是 JSON 文件。"
            )
        }
        ImportError::NotJson { line, column, what: Broken::Unfinished } => {
            format!("文件不完整：内容到第 {line} 行第 {column} 个字符就结束了，缺少引号或右括号。请重新获取完整的文件。")
        }
        ImportError::NotJson { line, column, what: Broken::Near(found) } => {
            format!(
                "不是有效的 JSON：第 {line} 行第 {column} 个字符“{found}”处有误。请检查此处及前面的逗号、引号和括号，须为半角符号。"
            )
        }
        ImportError::NotADocument { place, what } => misfit(place, what),
        ImportError::Newer { version } => {
            format!(
                "文件由更新的版本保存（格式版本 {version}，本工具支持到 {}）。文件未作任何改动，请用新版导入。",
                crate::io::json::VERSION
            )
        }
        ImportError::UnknownForm { id } => format!("没有编号为“{id}”的表式。请用导出该文件的版本或更新的版本导入。"),
    }
}

fn misfit(at: &Place, what: &Misfit) -> String {
    let at = place(at);
    match what {
        Misfit::NotAnObject => format!("{at}应为 {{…}} 形式的对象。请对照格式说明修改。"),
        Misfit::NotAList => format!("{at}应为 […] 形式的列表，一行一项。请对照格式说明修改。"),
        Misfit::NotText => format!("{at}应为文字，写在英文双引号内，空白可以省略。请修改。"),
        Misfit::NotAWholeNumber => format!("{at}应为整数。请修改。"),
        Misfit::Exponent(number) => format!("{at}的数字“{number}”用了指数形式。请写出全部数字，并加英文双引号。"),
        Misfit::BadEscape => format!("{at}的文字中有不成对的转义字符（\\u 编码）。请改为正常文字。"),
        Misfit::Twice(key) => format!("{at}中“{key}”出现了两次，无法确定以哪一个为准。请删除其中一个。"),
        Misfit::NotOurs => {
            "不是绩效自评文件（缺少本工具的格式标记）。请选择本工具导出的 JSON 文件；Word、Excel 表格请直接导入原文件。"
                .to_owned()
        }
        Misfit::NotAFlag => format!("{at}应为 true 或 false，不加引号。请修改。"),
        Misfit::NotAUnit(found) => format!("{at}应为元、千元、万元或亿元，不能是“{found}”。请修改。"),
        Misfit::Missing => format!("文件缺少{at}。请对照格式说明补充。"),
    }
}

/// What a person should know about a file that was read.
pub fn notice(notice: &Notice) -> String {
    match notice {
        Notice::Unknown { places } => {
            let named: Vec<String> = places.iter().take(5).map(place).collect();
            let more = if places.len() > named.len() { format!("等 {} 处", places.len()) } else { String::new() };
            format!("有本工具不认识的内容：{}{more}。已原样保留，保存时一并写回，不参与计算。", named.join("、"))
        }
        Notice::UnknownProfile { id, used } => {
            format!("没有编号为“{id}”的口径，暂按“{used}”计算，文件中的口径编号保留不变。可在“口径”中导入该口径。")
        }
        Notice::FormVersion { file, current } => {
            format!("文件按表式第 {file} 版填写，现按第 {current} 版导入。请核对各项是否对应。")
        }
        Notice::RowIds { count } => format!("有 {count} 行的编号（id）重复或无效，已重新编号，填写内容不变。"),
        Notice::ForeignRows { table, count } => {
            format!("表“{table}”有 {count} 行与表式规定的行对不上，已保留在该表末尾。请核对。")
        }
        Notice::OtherTexts { table, rows } => {
            let rows: Vec<String> = rows.iter().take(10).map(ToString::to_string).collect();
            format!("表“{table}”第 {} 行的固定内容与表式不同，已按文件保留。请核对。", rows.join("、"))
        }
    }
}

/// 表“indicators”第3行“score”
pub fn place(place: &Place) -> String {
    match place {
        Place::Document => "文件最外层".to_owned(),
        Place::Key(key) => format!("“{key}”"),
        Place::Cell(cell) => format!("单元格“{cell}”"),
        Place::Table(table) => format!("表“{table}”"),
        Place::Row { table, row } => format!("表“{table}”第 {row} 行"),
        Place::RowCell { table, row, column } => format!("表“{table}”第 {row} 行“{column}”"),
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&import_error(self))
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&notice(self))
    }
}
