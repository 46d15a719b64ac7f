//! What is said when a project is handed out.

use crate::page::browser::office::Trouble;

pub fn handed_out(name: &str) -> String {
    format!("已导出“{name}”，请在浏览器的下载文件夹中查看。")
}

pub fn table_copied() -> &'static str {
    "表格已复制，可粘贴到 Word、Excel、WPS。"
}

pub fn cannot_write() -> &'static str {
    "未能导出"
}

pub fn writing_trouble(trouble: Trouble) -> String {
    match trouble {
        Trouble::Missing => {
            "写入 Word、Excel 文件的部件未能载入。请检查网络连接后重试，或改用保存在本机的单文件版；网页和 JSON 可照常导出。"
        }
        Trouble::Unreadable | Trouble::Died | Trouble::Slow => "写入文件时中途出错。请重试；仍不能导出的，可改为导出网页或打印。",
    }
    .to_owned()
}

/// Errors of a table that is about to be printed or handed out.
pub fn open_errors(count: usize, named: usize) -> String {
    if count > named {
        format!("本表还有 {count} 项错误，前 {named} 项为：")
    } else {
        format!("本表还有 {count} 项错误：")
    }
}

/// Sections of the report without a text.
pub fn empty_sections(headings: &[String]) -> String {
    format!("自评报告有 {} 个部分尚无内容：{}。", headings.len(), headings.join("、"))
}

/// The file that says which place of a template holds which cell.
pub fn mapping_file(template: &str) -> String {
    format!("{template}_对应关系.json")
}

/// Nothing could be written into a template.
pub fn cannot_fill() -> &'static str {
    "未能套用模板"
}
