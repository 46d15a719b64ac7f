//! Every Chinese sentence that the core speaks, in one place.

use crate::prelude::*;

/// （2020年度）
pub fn year(text: &str) -> String {
    if text.is_empty() {
        return "（　　　　年度）".to_owned();
    }
    format!("（{}年度）", text.trim_end_matches("年度").trim_end_matches('年'))
}

/// 第3行 租赁核心机房 年度指标值
pub fn row_cell(position: usize, name: &str, column: &str) -> String {
    format!("第{}行 {name} {column}", position.saturating_add(1))
}

/// 错误 / 提醒 / 提示
pub fn severity(severity: crate::finding::Severity) -> &'static str {
    match severity {
        crate::finding::Severity::Error => "错误",
        crate::finding::Severity::Warning => "提醒",
        crate::finding::Severity::Info => "提示",
    }
}
