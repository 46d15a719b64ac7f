//! Findings (发现): what a check found, as facts. The sentence is made in [`crate::wording`].

mod entry;
mod prose;
mod unit;

pub use entry::EntryFacts;
pub use prose::{ProseFacts, ProseHint};
pub use unit::UnitFacts;

use crate::document::Edit;
use crate::id::{CellId, RowId, TableIndex};
pub use crate::id::{Code, Severity};
use crate::number::{Agreement, Exact, Unit};
use crate::outcome::Why;
use crate::prelude::*;
use crate::prose::Slip;
use crate::template::{CellKind, RelationKind, Reverse};
use rust_decimal::Decimal;

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub code: Code,
    pub severity: Severity,
    /// The cells it is about, the one to go to first. Never empty.
    pub at: Vec<CellId>,
    pub facts: Facts,
    /// A change of what it is about that would mend it. What is offered to people is [`crate::fix()`], which tries it out first.
    pub(crate) proposal: Option<Edit>,
}

impl Finding {
    pub fn new(code: Code, at: Vec<CellId>, facts: Facts) -> Finding {
        Finding { code, severity: code.severity(), at, facts, proposal: None }
    }

    pub fn with_severity(self, severity: Severity) -> Finding {
        Finding { severity, ..self }
    }

    pub fn with_fix(self, proposal: Option<Edit>) -> Finding {
        Finding { proposal, ..self }
    }

    /// Whether there may be a fix.
    pub fn has_proposal(&self) -> bool {
        self.proposal.is_some()
    }
}

/// A computed number as it is typed in a cell of its kind.
pub(crate) fn printed(kind: CellKind, number: Decimal) -> String {
    let number = if kind == CellKind::Points { number.normalize() } else { number };
    if kind == CellKind::Percent { format!("{number}%") } else { number.to_string() }
}

/// What was found, by kind. Numbers are in printed units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Facts {
    /// A numeric cell holds what can't be read as a number.
    Unreadable {
        text: String,
        why: Why,
    },
    /// A printed number against the formula of its cell.
    Claim {
        printed: String,
        computed: Decimal,
        kind: CellKind,
        agreement: Agreement,
        hint: Option<Hint>,
    },
    /// A printed number where the formula gives none.
    ClaimWithoutValue {
        printed: String,
        why: Why,
    },
    /// A sum declared 不适用 over parts that are not.
    NotApplicableOverParts {
        parts: usize,
    },
    /// A sum that is off by no more than rounding of its parts can explain.
    RoundingTail {
        printed: String,
        computed: Decimal,
        parts: usize,
        /// Whether the parts are added up; otherwise some are taken away.
        sum: bool,
    },
    WeightSum {
        sum: Exact,
        expected: Exact,
        indicators: Exact,
        execution: Option<Exact>,
        open: usize,
        outside: bool,
    },
    /// The printed weight total against the weights themselves.
    WeightTotalPrinted {
        printed: Exact,
        sum: Exact,
    },
    /// A row of fund sources carries 分值 or 得分.
    SourceWithPoints,
    LevelWeight {
        level: String,
        printed: Exact,
        sum: Exact,
    },
    ProfileWeight {
        level: String,
        expected: Exact,
        sum: Exact,
    },
    Total {
        printed: Exact,
        entered: Exact,
        by_rule: Option<Exact>,
        convention: Option<Convention>,
        off_page: bool,
        /// How many indicator rows have no score typed.
        open: usize,
    },
    /// A total over scores that are blank, so that nobody can add it up.
    TotalUnverifiable {
        printed: Exact,
        /// The scores that are there; `None` without any.
        entered: Option<Exact>,
        /// What the page makes of it, where it has a score for everything.
        estimate: Option<Exact>,
        count: usize,
        /// Whether full points for everything blank give the printed total.
        full: bool,
    },
    /// A total of scores that can't all be computed. The places after the first are those scores.
    TotalUndefined {
        why: Why,
    },
    /// A printed total where no score applies.
    TotalOfNothing,
    /// More than all blank scores together could bring it to.
    TotalOutOfReach {
        printed: Exact,
        /// The scores that are there.
        entered: Exact,
        /// The points of what is blank.
        open: Exact,
        count: usize,
        most: Exact,
    },
    /// 单项得分 out of the weight, and then multiplied by the weight.
    WeightTwice {
        /// What a perfect table would add up to.
        most: Exact,
    },
    NegativeWeight {
        weight: Exact,
    },
    ScoreRange {
        score: Exact,
        weight: Exact,
    },
    /// A score against the profile's rule.
    /// The score is not 分值 × 得分系数.
    Coefficient {
        score: Exact,
        coefficient: Exact,
        expected: Exact,
    },
    ScoreRule {
        score: Exact,
        suggested: Decimal,
        hint: Option<Hint>,
    },
    /// Scores of 反向指标 that all follow the other way of scoring in reverse.
    OtherReverse {
        /// The way they follow.
        way: Reverse,
        count: usize,
    },
    /// Full points for a target that was missed.
    FullMarksMissed {
        why: Why,
    },
    /// 指标值与完成值的计量单位不同
    UnitsDiffer {
        target: Unit,
        actual: Unit,
    },
    /// Numbers that may be meant as a least or as a most.
    DirectionOpen {
        count: usize,
    },
    /// 超额完成
    OverFulfilled {
        ratio: Exact,
        limit: Exact,
    },
    TierRange {
        score: Exact,
        tier: String,
        low: Decimal,
        high: Decimal,
    },
    OverHundred {
        rate: Decimal,
        execution: bool,
        /// What it is with the sums put right, where they alone bring it over 100%.
        recomputed: Option<Decimal>,
    },
    Grade {
        printed: String,
        expected: String,
        total: Exact,
    },
    GradeGap {
        total: Exact,
        grade: String,
    },
    Gate {
        rate: Decimal,
        max: Exact,
        total: Exact,
    },
    ReasonMissing {
        score: Exact,
        weight: Exact,
    },
    /// Amounts that look as if typed in a smaller unit than the table's: 元 under 万元.
    UnitTooLarge {
        printed: String,
        /// As it stands, in 亿元.
        stands: Exact,
        /// In the unit of the table, if the smaller unit was meant.
        scaled: Decimal,
        /// The power of ten between the two units.
        power: u8,
        /// Whether every amount is of that size.
        all: bool,
    },
    /// An amount that its own unit puts far off the others of the table.
    OwnUnitFarOff {
        printed: String,
        /// In the unit of the table.
        scaled: Exact,
    },
    RowIncomplete {
        missing: Vec<Missing>,
    },
    KindsMissing {
        kinds: Vec<RequiredKind>,
    },
    NotMeasurable {
        count: usize,
        of: usize,
    },
    Copied {
        count: usize,
    },
    /// Actual values that repeat the target with its sign.
    SignCopied {
        count: usize,
    },
    GoalCopied,
    ExecutionReason {
        rate: Decimal,
        below: Exact,
    },
    /// Points for an indicator whose target and actual value are both declared 不适用.
    ScoredNotApplicable {
        score: Exact,
    },
    /// 年中调整预算而未说明理由
    AdjustmentUnexplained {
        initial: Exact,
        adjusted: Exact,
    },
    FullMarks {
        rate: Decimal,
        score: Exact,
        weight: Exact,
    },
    TooLong {
        length: usize,
        limit: u16,
    },
    /// The project's own money as the 数量 of its output.
    MoneyAsQuantity,
    RateOutOfRange {
        printed: String,
    },
    BlankNotDeclared {
        count: usize,
    },
    WeightOnBlank {
        points: Exact,
        count: usize,
    },
    /// Percentages of one whole that don't add up.
    ShareSum {
        sum: Exact,
    },
    /// Amounts in another unit than the table's.
    Unit(UnitFacts),
    /// What is wrong with an entry.
    Entry(EntryFacts),
    /// What a text says, against the table or in itself.
    Prose(ProseFacts),
    /// Indicators with a measured value and no source for it.
    EvidenceMissing {
        count: usize,
    },
    /// Two figures that should be equal, or the first no more than the second.
    Relation {
        /// The row it is about, where it holds for rows.
        row: Option<(TableIndex, RowId)>,
        left: (String, Decimal),
        right: (String, Decimal),
        /// First minus second.
        by: Exact,
        kind: RelationKind,
        unit: CellKind,
        /// The second at the decimals of the first, where the first was cut off instead of rounded.
        rounded: Option<Decimal>,
        hint: Option<Hint>,
    },
    /// A printed mean without the figures it is the mean of.
    MeanWithoutParts {
        printed: String,
    },
    /// What an office writes otherwise: as it stands, and as it should.
    Writing {
        slips: Vec<Slip>,
    },
    /// Blanks (＿＿) that nobody filled in.
    BlanksLeft {
        count: usize,
    },
    /// Units that no number stands before.
    NumbersLeft {
        missing: Vec<String>,
    },
    /// Fields of a report that stand for nothing.
    FieldsLeft {
        unknown: Vec<String>,
        missing: Vec<String>,
    },
}

/// What explains a number that does not agree with its formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Divided by 年初预算数 instead of 全年预算数.
    InitialBudget,
    /// Points × the rate as printed, rounded first.
    RoundedRate,
    /// Points × the rate as printed, which is itself wrong.
    PrintedRate,
    /// Right with the points that the profile gives.
    ProfileWeight,
    /// Points × the actual value instead of the ratio to the target.
    TimesValue,
    /// Cut off instead of rounded.
    Truncated,
    /// Rounded to fewer decimals and padded with zeros.
    Padded,
    /// Full points although the rule gives less.
    FullMarks,
    /// Full points that only rounding gives.
    RoundedToFull,
    /// 反向指标 scored by the ratio of target and actual value.
    RatioReverse,
    /// 反向指标 scored by how far the actual value is above the target.
    LinearReverse,
    /// Full points although the rule of the form takes some off.
    NotDeducted,
    /// 超额达到偏离上限而未扣分
    OverNotDeducted,
    /// 指标已达到，仍然扣分
    MetButDeducted,
    /// Above the cap.
    Uncapped,
    /// A growth divided by this year's figure instead of last year's.
    CurrentBase,
    /// What the formula reads is not all there yet.
    Gaps,
    /// One share was made to fit, so that all add up to 100%.
    ForcedToHundred,
}

/// How a printed total was added up, where it is not the plain sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Convention {
    /// 预算执行率得分未计入
    ExecutionOutside,
    /// Rows of fund sources repeat the score and were added too.
    SourcesRepeated,
    /// Everything recomputed by rule.
    ByRule,
    /// Scaled to 100 by the printed weights.
    ScaledToHundred,
    /// 不适用指标折算
    Rescaled,
    /// Cut off to fewer decimals.
    Truncated,
    /// Rounded to fewer decimals.
    Rounded,
    /// Indicators scaled to what execution leaves of 100, plus execution.
    IndicatorsScaled,
    /// Execution score recomputed from the funds.
    ExecutionRecomputed,
}

/// A part of an indicator row that is not filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Indicator,
    Target,
    Actual,
    Weight,
    Score,
}

/// A kind of indicator that a complete table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequiredKind {
    Quantity,
    Quality,
    Timeliness,
    Cost,
    Benefit,
    Satisfaction,
}
