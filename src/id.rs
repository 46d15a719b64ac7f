//! Ids: what cells, rows, checks and ways of scoring are called. They know nothing of what they name, so every room may use them.

mod rows;

pub use rows::{HasRowId, RowIndex};

/// Index of a fixed cell in the cells of a form.
pub type CellIndex = u16;
/// Index of a table in the tables of a form.
pub type TableIndex = u8;
/// Index of a column in the columns of a table.
pub type ColumnIndex = u8;

/// Stable identity of a row while rows are added, removed and moved.
pub type RowId = u32;

/// Where a cell is. Small and `Copy`; a form and a document turn it into its saved name and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellId {
    Fixed(CellIndex),
    Row { table: TableIndex, row: RowId, column: ColumnIndex },
}

/// Declares every code once, with the severity of a hit.
macro_rules! codes {
    ($count:literal: $($code:ident $severity:ident,)*) => {
        /// Stable code of a check. `docs/checks.md` lists them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($code,)* }

        impl Code {
            pub const ALL: [Code; $count] = [$(Code::$code,)*];

            pub fn id(self) -> &'static str {
                match self { $(Code::$code => stringify!($code),)* }
            }

            /// How serious a hit is, unless the check knows better.
            pub fn severity(self) -> Severity {
                match self { $(Code::$code => Severity::$severity,)* }
            }
        }
    };
}

codes! { 51:
    A01 Error, A02 Error, A03 Error, A04 Error, A05 Error, A06 Error, A07 Warning, A08 Error, A09 Error, A10 Warning,
    A11 Warning, A12 Error, A13 Error, A14 Error, A15 Error, A16 Warning, A17 Info, A18 Error, A19 Warning, A20 Warning, A21 Warning, A22 Warning,
    A23 Error, A24 Warning, A25 Info, A26 Error, A27 Info, A28 Warning,
    L01 Error, L02 Error, L03 Error, L04 Error, L05 Warning, L06 Warning, L07 Info, L08 Warning, L09 Warning, L10 Warning, L11 Warning,
    L12 Info, L13 Info, L14 Error, L15 Info, L16 Warning, L17 Warning, L18 Error, L19 Info,
    N01 Error, N02 Info, N03 Info, N04 Warning,
}

impl Code {
    pub fn from_id(id: &str) -> Option<Code> {
        Code::ALL.into_iter().find(|code| code.id() == id)
    }
}

/// 错误 / 提醒 / 提示
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
    Info,
}

impl Severity {
    pub fn id(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// How an indicator is scored (计分方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScoringKind {
    /// 正向: the more the better (F13).
    HigherBetter,
    /// 反向: the less the better (F14).
    LowerBetter,
    /// 等于指标值
    Equal,
    /// 方向未定: a number that may be a least or a most.
    Open,
    /// 区间内
    Range,
    /// 按期完成
    Deadline,
    /// 是或否
    YesNo,
    /// 定性: three tiers.
    Tier,
    /// 满意度, by the profile's own rule.
    Satisfaction,
    /// 预算执行率: from the funds of the same form (F2).
    Execution,
    /// 评分标准: by a rule of the form that the row names.
    Rule,
    /// 人工评分: the person gives the score.
    Manual,
    /// 扣分项
    Deduction,
    /// 加分项: points beyond those of the table.
    Bonus,
    /// 不适用
    NotApplicable,
}

impl ScoringKind {
    /// What may be chosen in every form. A rule is chosen by its own id.
    pub const ALL: [ScoringKind; 13] = [
        ScoringKind::HigherBetter,
        ScoringKind::LowerBetter,
        ScoringKind::Equal,
        ScoringKind::Range,
        ScoringKind::Deadline,
        ScoringKind::YesNo,
        ScoringKind::Tier,
        ScoringKind::Satisfaction,
        ScoringKind::Execution,
        ScoringKind::Manual,
        ScoringKind::Deduction,
        ScoringKind::Bonus,
        ScoringKind::NotApplicable,
    ];

    /// The name in saved files.
    pub fn id(self) -> &'static str {
        match self {
            ScoringKind::HigherBetter => "higher-better",
            ScoringKind::LowerBetter => "lower-better",
            ScoringKind::Equal => "equal",
            ScoringKind::Open => "open",
            ScoringKind::Range => "range",
            ScoringKind::Deadline => "deadline",
            ScoringKind::YesNo => "yes-no",
            ScoringKind::Tier => "tier",
            ScoringKind::Satisfaction => "satisfaction",
            ScoringKind::Execution => "execution",
            ScoringKind::Rule => "rule",
            ScoringKind::Manual => "manual",
            ScoringKind::Deduction => "deduction",
            ScoringKind::Bonus => "bonus",
            ScoringKind::NotApplicable => "not-applicable",
        }
    }

    /// Whether the score follows from what was done, its 完成值.
    pub fn measures(self) -> bool {
        match self {
            ScoringKind::HigherBetter
            | ScoringKind::LowerBetter
            | ScoringKind::Equal
            | ScoringKind::Open
            | ScoringKind::Range
            | ScoringKind::Deadline
            | ScoringKind::YesNo
            | ScoringKind::Tier
            | ScoringKind::Satisfaction
            | ScoringKind::Execution
            | ScoringKind::Rule => true,
            ScoringKind::Manual | ScoringKind::Deduction | ScoringKind::Bonus | ScoringKind::NotApplicable => false,
        }
    }

    /// Whether the score follows from numbers alone.
    pub fn is_quantitative(self) -> bool {
        match self {
            ScoringKind::HigherBetter
            | ScoringKind::LowerBetter
            | ScoringKind::Equal
            | ScoringKind::Open
            | ScoringKind::Range
            | ScoringKind::Satisfaction
            | ScoringKind::Execution
            | ScoringKind::Rule => true,
            ScoringKind::Deadline
            | ScoringKind::YesNo
            | ScoringKind::Tier
            | ScoringKind::Manual
            | ScoringKind::Deduction
            | ScoringKind::Bonus
            | ScoringKind::NotApplicable => false,
        }
    }
}
