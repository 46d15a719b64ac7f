//! Sentences about tables that are checked by their words alone.

use super::terms::{short, signed};
use crate::block::Grid;
use crate::id::Severity;
use crate::number::{Agreement, group_digits};
use crate::prelude::*;
use crate::tabular::{Figure, Reading, Relation, Role, TableFinding};

/// So many figures of a formula are written out.
const MOST_NAMED: usize = 6;

/// What a relation is about, in a few words.
pub fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Sum => "合计与分项",
        Relation::Part => "其中项",
        Relation::Share => "占比",
        Relation::Change => "增减额",
        Relation::Growth => "增减率",
        Relation::Rate => "执行率等比率",
        Relation::Balance => "结余与差额",
        Relation::Product => "单价与数量",
    }
}

/// A figure as people call it: “合计”行“预算数”.
pub fn figure(figure: &Figure) -> String {
    match (figure.row.is_empty(), figure.column.is_empty()) {
        (false, false) => format!("“{}”行“{}”", quoted(&figure.row), quoted(&figure.column)),
        (false, true) => format!("“{}”行", quoted(&figure.row)),
        (true, false) => format!("“{}”", quoted(&figure.column)),
        (true, true) => String::new(),
    }
}

/// Quotation marks inside others are single ones.
fn quoted(text: &str) -> String {
    short(text).replace('“', "‘").replace('”', "’")
}

/// A finding as a sentence.
pub fn finding(finding: &TableFinding) -> String {
    let claim = figure(&finding.claim);
    let printed = group_digits(&finding.claim.printed);
    let Some(first) = finding.readings.first() else { return String::new() };
    if finding.relation == Relation::Part {
        let whole = first.operands.first().map(|operand| figure(&operand.figure)).unwrap_or_default();
        return format!("{claim}填{printed}，超过所属{whole}的{}。", shown(first, finding));
    }
    if finding.readings.len() > 1 {
        let readings: Vec<String> = finding.readings.iter().map(|reading| computed(reading, finding)).collect();
        return format!("{claim}填{printed}；{}，均不一致，请核对。", readings.join("，"));
    }
    let computed = computed(first, finding);
    let ask = if finding.severity == Severity::Warning { "，请核对" } else { "" };
    match first.agreement {
        Agreement::Padded { .. } => format!("{claim}填{printed}，{computed}；所填是取整后补零的数{ask}。"),
        Agreement::TruncatesTo { .. } => format!("{claim}填{printed}，{computed}；所填系舍去尾数所得，可不调整。"),
        _ if first.tail => format!("{claim}填{printed}，{computed}，相差在四舍五入的尾差以内，可不调整。"),
        Agreement::Exact | Agreement::RoundsTo { .. } | Agreement::Differs { .. } => {
            format!("{claim}填{printed}，{computed}{}{ask}。", difference(first.agreement, finding))
        }
    }
}

fn difference(agreement: Agreement, finding: &TableFinding) -> String {
    let rate = matches!(finding.relation, Relation::Share | Relation::Growth | Relation::Rate);
    match agreement {
        Agreement::Differs { by } if !rate => format!("，相差{}", signed(by)),
        Agreement::Differs { .. }
        | Agreement::Exact
        | Agreement::RoundsTo { .. }
        | Agreement::TruncatesTo { .. }
        | Agreement::Padded { .. } => String::new(),
    }
}

fn shown(reading: &Reading, finding: &TableFinding) -> String {
    let percent = if finding.claim.printed.ends_with(['%', '％']) { "%" } else { "" };
    format!("{}{percent}", group_digits(&reading.shown.to_string()))
}

/// 3项相加为30.00; 按456.72÷480.00应为95.15%.
fn computed(reading: &Reading, finding: &TableFinding) -> String {
    let shown = shown(reading, finding);
    let printed = |role: Role| -> Vec<String> {
        let of = reading.operands.iter().filter(|operand| operand.role == role);
        of.map(|operand| group_digits(&operand.figure.printed)).collect()
    };
    match finding.relation {
        Relation::Sum => {
            let added = printed(Role::Added);
            let plain = printed(Role::Taken).is_empty() && reading.count <= MOST_NAMED && added.len() == reading.count;
            let parts = if plain && added.len() > 1 { format!("（{}）", added.join("＋")) } else { String::new() };
            if reading.count == 1 {
                format!("所含一项为{shown}")
            } else {
                format!("所含{}项{parts}相加为{shown}", reading.count)
            }
        }
        Relation::Part => String::new(),
        Relation::Share | Relation::Rate => {
            let (of, over) = (printed(Role::Dividend).concat(), printed(Role::Divisor).concat());
            match of.is_empty() {
                true => format!("按{}应为{shown}", sum(&printed(Role::Added), &printed(Role::Taken))),
                false => format!("按{of}÷{over}应为{shown}"),
            }
        }
        Relation::Growth => {
            let (now, before) = (printed(Role::Now).concat(), printed(Role::Before).concat());
            format!("按（{now}－{before}）÷{before}应为{shown}")
        }
        Relation::Change | Relation::Balance => format!("按{}应为{shown}", sum(&printed(Role::Added), &printed(Role::Taken))),
        Relation::Product => match printed(Role::Factor) {
            factors if factors.is_empty() => {
                format!("按{}÷{}应为{shown}", printed(Role::Dividend).concat(), printed(Role::Divisor).concat())
            }
            factors => format!("按{}应为{shown}", factors.join("×")),
        },
    }
}

fn sum(added: &[String], taken: &[String]) -> String {
    let taken: String = taken.iter().map(|number| format!("－{number}")).collect();
    let added = added.join("＋");
    if added.is_empty() { format!("0{taken}") } else { format!("{added}{taken}") }
}

/// Where a figure stands: 表2第5行第3列.
pub fn place(grid: &Grid, figure: &Figure) -> String {
    super::recognise::cell_place(grid, figure.place.row, figure.place.column)
}
