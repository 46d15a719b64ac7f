//! What follows from a document, as it is handed to other programs.
//!
//! Exact values are texts: a decimal where it ends (`4.55`), else a fraction in lowest terms (`41/9`).

use super::entries::Entries;
use crate::prelude::*;
use serde::Serialize;

/// Everything that follows from a document: values, scores, totals and findings.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "evaluation"))]
pub struct Evaluation<'a> {
    /// Version of the engine.
    pub engine: &'static str,
    /// Id of the form.
    pub form: &'a str,
    /// Id of the profile that was used.
    pub profile: &'a str,
    /// 金额单位: what `shown` amounts are in.
    pub unit: &'static str,
    /// The computed cells, by id.
    pub cells: Entries<'a, Cell>,
    /// The rows of each table, in order.
    pub tables: Entries<'a, Vec<Row>>,
    /// Both ways of adding up; absent where the form gives no points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totals: Option<BothTotals>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<Weights>,
    /// 一级指标小计
    pub levels: Vec<Level>,
    /// How far the work has come. Only where it is `complete` does a list without findings say that nothing was found.
    pub progress: Progress,
    /// What the checks found, the most serious first.
    pub findings: Vec<Finding>,
    /// 自评报告 as it is read. In an exported file always; elsewhere only where some of it was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<Report>,
}

/// How far a document is filled in.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "progress"))]
pub struct Progress {
    /// `unchecked`: nothing stands there that could be checked; `partial`: some places are still to be filled in; `complete`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["unchecked", "partial", "complete"])))]
    pub state: &'static str,
    /// The places that are still to be filled in, in the order of the form.
    pub open: Vec<String>,
}

/// The report, with the numbers of the table filled in.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "report"))]
pub struct Report {
    /// Id of the outline that it follows.
    pub outline: String,
    pub title: String,
    pub sections: Vec<ReportSection>,
}

/// A heading of the report and the text below it.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "report section"))]
pub struct ReportSection {
    /// With its number.
    pub heading: String,
    /// 1 for 一、, 2 for （一）, 3 for 1.
    pub level: u8,
    /// The cell that holds the text; none for a heading that only stands above others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    pub text: String,
    /// Whether a person wrote it, or it is the draft.
    pub typed: bool,
    /// 字数
    pub length: usize,
    /// 字数上限
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
}

/// A value, or why there is none.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "outcome"))]
pub struct Value {
    /// `value`, `blank`, `not-applicable` or `undefined`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["value", "blank", "not-applicable", "undefined"])))]
    pub state: &'static str,
    /// The exact value: amounts in 元, rates as ratios, points as points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// `blank`: the cells to fill in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub needs: Vec<String>,
    /// `undefined`: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Reason>,
}

/// Why a value can't be computed.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "reason"))]
pub struct Reason {
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["division-by-zero", "unreadable", "too-large", "not-comparable", "other-unit", "needs-judgement", "direction-open", "at-bound", "missed", "copied", "late"])))]
    pub code: &'static str,
    /// `unreadable`: the cell whose text is no number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
}

/// A computed cell.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "cell"))]
pub struct Cell {
    /// Computed from what stands on the page.
    #[serde(flatten)]
    pub entered: Value,
    /// With everything recomputed; left out where it is the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_rule: Option<Value>,
    /// Rounded as the profile says, in printed units: amounts in the unit of the table, percent without its sign, points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// How the typed number agrees, where there are both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
}

/// How a typed number agrees with the computed one.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "agreement"))]
pub struct Agreement {
    /// `exact`; `rounds` (四舍五入) or `truncates` (截断) to the typed number; `padded`: rounds to fewer decimals than are typed;
    /// `differs`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["exact", "rounds", "truncates", "padded", "differs"])))]
    pub class: &'static str,
    /// Decimals at which it agrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dp: Option<u32>,
    /// `differs`: typed minus computed, in printed units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A row of a table.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "evaluated row"))]
pub struct Row {
    pub id: u32,
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["scored", "not-applicable", "unused", "deduction", "bonus", "sum", "plain"])))]
    pub state: &'static str,
    /// How it is scored (计分方式), such as `higher-better`. Only for rows of indicators.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Value>,
    /// 得分 as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Value>,
    /// 建议得分
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggested: Option<Value>,
    /// 建议得分, rounded as the profile says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// 定性: the lowest and the highest score of the tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<[String; 2]>,
    /// What counts in the total as entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<Value>,
    /// What counts in the total by rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_rule: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
    /// 超额完成达到偏离上限
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub over: bool,
    /// Other computed cells of the row, by column.
    #[serde(skip_serializing_if = "Entries::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub cells: Entries<'static, Cell>,
}

/// 总分, two ways.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "totals"))]
pub struct BothTotals {
    /// 按填报: what stands on the page, added up.
    pub entered: Totals,
    /// 按口径: everything recomputed.
    pub by_rule: Totals,
}

/// One way of adding up.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "total"))]
pub struct Totals {
    pub indicators: Value,
    /// 预算执行率得分
    pub execution: Value,
    /// Indicators and execution, plain.
    pub sum: Value,
    /// The sum after rescaling and the execution gate.
    pub total: Value,
    /// The total, rounded as the profile says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// 等级
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// The execution gate that lowered the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gate: Option<String>,
    /// Whether 不适用 indicators were scaled out.
    pub rescaled: bool,
    /// Scores that are still to be given.
    pub missing: Vec<String>,
}

/// 分值
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "weights"))]
pub struct Weights {
    pub total: Value,
    pub indicators: Value,
    pub execution: Value,
    /// Points of what does not apply.
    pub not_applicable: String,
}

/// 一级指标小计
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "level"))]
pub struct Level {
    pub table: String,
    pub name: String,
    /// Points printed in the name itself, such as 50 in 产出指标（50分）.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<String>,
    pub weight: Value,
    pub entered: Value,
    pub by_rule: Value,
    /// Ids of its rows.
    pub rows: Vec<u32>,
    pub not_applicable: String,
}

/// One thing found.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "finding"))]
pub struct Finding {
    /// Stable code, such as `A08`.
    pub code: &'static str,
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["error", "warning", "info"])))]
    pub severity: &'static str,
    /// The cells it is about, the one to go to first.
    pub at: Vec<String>,
    /// The first cell as the form calls it.
    pub place: String,
    /// Where its text stands in the file that the table was read from: `表2第5行第3列`, `Sheet1!F7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What the check is about, in a few words.
    pub title: &'static str,
    /// What was found, where it matters why, and how to mend it.
    pub message: String,
    /// A change that certainly mends it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub fix: Vec<Fix>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "fix"))]
pub struct Fix {
    pub cell: String,
    pub text: String,
}
