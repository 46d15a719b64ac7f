//! How what was found in a whole document is parted, shown and handed on.

use super::verdict;
use crate::disclosure::{Disclosure, Verdict};
use crate::prelude::*;

/// What was found, by how certain it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Wrong,
    /// Words leave something open.
    Doubt,
    /// Words of a template, tables and chapters that are missing.
    Formal,
    Tail,
}

impl Part {
    pub const ALL: [Part; 4] = [Part::Wrong, Part::Doubt, Part::Formal, Part::Tail];
}

pub fn named(part: Part) -> &'static str {
    match part {
        Part::Wrong => "问题",
        Part::Doubt => "存疑",
        Part::Formal => "体例与缺项",
        Part::Tail => "尾差",
    }
}

/// How many there are of each part.
pub fn counted(parts: impl Iterator<Item = Part> + Clone) -> String {
    let of = |part: Part| (named(part), parts.clone().filter(|each| *each == part).count());
    let some = Part::ALL.map(of).into_iter().filter(|(_, count)| *count > 0);
    some.map(|(name, count)| format!("{name}{count}处")).collect::<Vec<_>>().join("，")
}

pub const RELATIONS: &str = "勾稽关系";
pub const UNBOUND: &str = "未关联的数";
/// The document as it stands.
pub const ORIGINAL: &str = "原文";
/// Those that do not hold first.
pub const VERDICTS: [Verdict; 3] = [Verdict::Wrong, Verdict::Tail, Verdict::Right];
/// Columns of what was found, and of 勾稽关系.
pub const FOUND: [&str; 6] = ["序号", "类别", "编号", "核对事项", "位置", "核对意见"];
pub const HELD: [&str; 5] = ["序号", "结果", "编号", "勾稽关系", "两边的数"];

/// Where the document comes from, and when it was checked.
pub fn checked(file: &str, date: &str) -> String {
    format!("文件：{file}　核对日期：{date}　绩效自评 {}", env!("CARGO_PKG_VERSION"))
}

/// Ways to hand it on.
pub const HAND_ON: [(&str, &str); 3] = [("docx", "导出 Word"), ("csv", "导出 CSV"), ("html", "导出网页")];

/// How a line leads to its places.
pub const fn leads() -> &'static str {
    "选一条，右侧原文中标出有关的各处；再选一次，看下一处。窄屏时原文在下方。"
}

/// A part with how many there are in it: 存疑（3）.
pub fn part(name: &str, count: usize) -> String {
    format!("{name}（{count}）")
}

/// What stands where a part has nothing in it.
pub const fn none() -> &'static str {
    "无"
}

/// How many relations hold.
pub fn verdicts(found: &Disclosure) -> String {
    let of = |verdict: Verdict| found.relations.iter().filter(|relation| relation.verdict == verdict).count();
    let named = VERDICTS.map(|each| format!("{}{}处", verdict(each), of(each)));
    named.join("，")
}

/// What is left of a list that is too long to be shown.
pub fn more(count: usize) -> String {
    format!("其余{count}处未列，可用命令行程序查看全部。")
}

/// Why numbers stand under [`UNBOUND`].
pub const fn unbound_lead() -> &'static str {
    "下列各数在表和上下文中没有找到可以核对的数，请人工核对。"
}
