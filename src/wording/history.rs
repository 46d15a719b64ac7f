//! What was changed in a table, in words.

use super::terms::{place, row_name, short};
use crate::document::{Difference, Document};
use crate::prelude::*;
use crate::template::{Form, Library, amount_unit_name};

/// 年度资金总额·全年执行数 82→180
pub fn difference(difference: &Difference, library: &Library, form: &Form, before: &Document, after: &Document) -> String {
    let profile = |id: &str| library.profile(id).map_or_else(|| id.to_owned(), |profile| profile.name.clone());
    let name = |table: &u8| form.table(*table).map(|table| table.name.clone()).unwrap_or_default();
    match difference {
        Difference::Cell { cell, before: old, after: new } => {
            format!("{} {}→{}", place(*cell, form, after), text(old), text(new))
        }
        Difference::Added { table, row } => format!("增加{}", row_name(*table, *row, form, after)),
        Difference::Removed { table, row } => format!("删除{}", row_name(*table, *row, form, before)),
        Difference::Order { table } => format!("{}各行顺序调整", name(table)),
        Difference::Profile { before, after } => format!("口径 {}→{}", profile(before), profile(after)),
        Difference::Unit { before, after } => format!("金额单位 {}→{}", amount_unit_name(*before), amount_unit_name(*after)),
    }
}

fn text(text: &str) -> String {
    if text.trim().is_empty() { "（空）".to_owned() } else { short(text) }
}

/// 总分 85→89.6
pub fn total(before: Option<&str>, after: Option<&str>) -> Option<String> {
    let (old, new) = (before.unwrap_or("（空）"), after.unwrap_or("（空）"));
    (old != new).then(|| format!("总分 {old}→{new}"))
}

/// The first of several changes, and how many there are.
pub fn summary(changes: &[String]) -> String {
    const SHOWN: usize = 3;
    let first: Vec<&str> = changes.iter().take(SHOWN).map(String::as_str).collect();
    match changes.len() {
        0 => "内容未变".to_owned(),
        few if few <= SHOWN => first.join("；"),
        many => format!("{}；等{many}处", first.join("；")),
    }
}
