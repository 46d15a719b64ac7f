//! Words of the report: the names of fields, and what joins them.

use crate::number::Magnitude;
pub use crate::numbering::{bare, bare_name};
use crate::prelude::*;
use crate::prose::Slip;
use crate::template::Derived;
use crate::template::Role;
use core::cmp::Ordering;

/// What ends a sentence or a clause of it.
pub const ENDS: [char; 6] = ['。', '；', '，', ';', '！', '：'];
/// What a line may end with, so that the next one follows without a pause.
pub const STOPS: [char; 7] = ['。', '；', '，', '、', ';', '：', ':'];
/// Between two lines that are joined.
pub const PAUSE: &str = "；";

/// The fields that any form may have, by what they mean.
pub const ROLES: &[(&str, Role)] = &[
    ("项目名称", Role::ProjectName),
    ("年度", Role::FiscalYear),
    ("年初预算数", Role::InitialBudget),
    ("全年预算数", Role::AdjustedBudget),
    ("全年执行数", Role::ExecutedAmount),
    ("执行率", Role::ExecutionRate),
    ("预算执行率分值", Role::ExecutionWeight),
    ("预算执行率得分", Role::ExecutionScore),
    ("预期目标", Role::GoalExpected),
    ("实际完成情况", Role::GoalActual),
    ("分值合计", Role::WeightTotal),
    ("总分", Role::ScoreTotal),
    ("等级", Role::Grade),
    ("平均得分", Role::MeanScore),
    ("自评得分", Role::ScoreTotal),
    ("自评等级", Role::Grade),
];

pub fn role(name: &str) -> Option<Role> {
    ROLES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
}

pub fn role_name(role: Role) -> Option<&'static str> {
    ROLES.iter().find(|(_, known)| *known == role).map(|(name, _)| *name)
}

/// The name of what follows from the table.
pub fn derived(derived: Derived) -> &'static str {
    match derived {
        Derived::Unit => "金额单位",
        Derived::ExecutionRate => "执行率",
        Derived::Balance => "资金结余",
        Derived::Indicators => "指标项数",
        Derived::Full => "满分项数",
        Derived::Short => "未得满分项数",
        Derived::Levels => "各级得分",
        Derived::Fulfilment => "指标完成情况",
        Derived::Losses => "扣分情况",
    }
}

/// After the name of a level: its score, its points, what was done.
pub const LEVEL_FIELDS: [&str; 3] = ["得分", "分值", "完成情况"];

pub fn title_hint() -> &'static str {
    "写明年度和项目名称，与自评表一致。"
}

/// 元, 万元 and their like; none where no such unit is in use.
pub fn money(magnitude: Magnitude) -> Option<&'static str> {
    match magnitude.0 {
        0 => Some("元"),
        3 => Some("千元"),
        4 => Some("万元"),
        6 => Some("百万元"),
        8 => Some("亿元"),
        _ => None,
    }
}

/// 产出指标 of 产出指标（50分）.
pub fn level_name(name: &str) -> &str {
    name.split(['（', '(']).next().unwrap_or(name).trim()
}

/// `short`: without zeros at its end; 2个百分点 reads better than 2.00.
pub fn percentage_points(short: &str, full: &str) -> String {
    let number = if full.contains('.') { short } else { full };
    format!("{number}个百分点")
}

pub fn points(number: &str) -> String {
    format!("{number}分")
}

/// 增加9.10万元, 下降2个百分点, 持平
pub fn change(rate: bool, direction: Ordering, by: &str) -> String {
    match (direction, rate) {
        (Ordering::Equal, _) => "持平".to_owned(),
        (Ordering::Greater, true) => format!("提高{by}"),
        (Ordering::Less, true) => format!("下降{by}"),
        (Ordering::Greater, false) => format!("增加{by}"),
        (Ordering::Less, false) => format!("减少{by}"),
    }
}

/// 增长2.62%, 下降42.32%, 持平
pub fn change_rate(direction: Ordering, by: &str) -> String {
    match direction {
        Ordering::Equal => "持平".to_owned(),
        Ordering::Greater => format!("增长{by}"),
        Ordering::Less => format!("下降{by}"),
    }
}

/// 当年财政拨款82万元; a year gets its 年.
pub fn amount_of(name: &str, value: &str) -> String {
    format!("{}{value}", year_of(name))
}

/// 一般公共预算财政拨款收入：决算数356.49万元，占比77.30%
pub fn row_of<'a>(name: &str, values: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let values: Vec<String> = values.map(|(label, value)| format!("{label}{value}")).collect();
    format!("{}：{}", year_of(name), values.join("，"))
}

fn year_of(name: &str) -> String {
    let is_year = name.len() == 4 && name.chars().all(|char| char.is_ascii_digit());
    if is_year { format!("{name}年") } else { name.to_owned() }
}

/// 当年财政拨款82万元、上年结转资金10万元
pub fn listed(list: &[String]) -> String {
    list.join("、")
}

/// 1.…；2.…
pub fn numbered<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<&str> = texts.map(bare).collect();
    match texts.as_slice() {
        [alone] => format!("{alone}。"),
        _ => {
            let lines = (1..).zip(&texts).map(|(number, text): (usize, _)| format!("{number}.{text}。"));
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

/// 产出指标得41分（分值50分），效益指标得23分（分值30分）
pub fn levels<'a>(levels: impl Iterator<Item = (&'a str, String, String)>) -> String {
    levels.map(|(name, score, weight)| format!("{name}得{score}分（分值{weight}分）")).collect::<Vec<_>>().join("，")
}

/// 租赁专线：指标值150条，实际完成150条
pub fn measured(name: &str, target: &str, actual: &str) -> String {
    format!("{name}：指标值{target}，实际完成{actual}")
}

/// 运行维护：完成动环维护
pub fn said_of(name: &str, said: &str) -> String {
    format!("{name}：{said}")
}

/// Indicators by 二级指标, a line for each where there are several.
pub fn groups(groups: &[(&str, Vec<String>)]) -> String {
    let line = |name: &str, rows: &[String]| {
        let rows = rows.join("；");
        if name.is_empty() { format!("{rows}。") } else { format!("{name}。{rows}。") }
    };
    match groups {
        [(name, rows)] => line(name, rows),
        _ => {
            let lines = (1..).zip(groups).map(|(number, (name, rows)): (usize, _)| format!("{number}.{}", line(name, rows)));
            lines.collect::<Vec<_>>().join("\n")
        }
    }
}

/// 运行维护得8分（分值10分），后期维护有待加强
pub fn lost(name: &str, score: &str, weight: &str, reason: &str) -> String {
    let reason = if reason.is_empty() { String::new() } else { format!("，{reason}") };
    format!("{name}得{score}分（分值{weight}分）{reason}")
}

pub fn joined(list: &[String]) -> String {
    list.join("；")
}

/// N02, as a sentence.
pub fn writing(place: &str, slips: &[Slip]) -> String {
    let each = slips.iter().map(|slip| format!("“{}”宜写作“{}”", slip.written, slip.right));
    format!("{place}中，{}。", each.collect::<Vec<_>>().join("，"))
}

/// N03, as a sentence.
pub fn fields_left(place: &str, unknown: &[String], missing: &[String]) -> String {
    let list = |names: &[String]| names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join("、");
    match (unknown, missing) {
        ([], missing) => format!("{place}引用的{}在表中还没有数。", list(missing)),
        (unknown, []) => format!("{place}引用的{}不是本表的数据项，请核对名称或直接写明。", list(unknown)),
        (unknown, missing) => {
            format!("{place}引用的{}不是本表的数据项，{}在表中还没有数。", list(unknown), list(missing))
        }
    }
}
