//! What can be wrong in a template file.

use crate::prelude::*;

/// One thing wrong: where, and what belongs there. The sentence is made by [`crate::wording::template_problem`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub path: String,
    pub expected: Expected,
}

/// A template that can't be used, with every problem found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    pub file: String,
    pub problems: Vec<Problem>,
}

/// What belongs in a place of a template file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    Object,
    Missing,
    Text,
    Flag,
    WholeNumber,
    List,
    TextList,
    NoSuchKey,
    Unique,
    /// With what stands there instead.
    Source(String),
    /// A number of a sort, with what stands there instead.
    Number {
        sort: NumberSort,
        found: String,
    },
    /// Points that the whole has at most, with the points of the whole.
    WithinTotal(String),
    /// An id that a builtin profile has already.
    BuiltinId(String),
    /// An id of a source that another file or the program has already.
    SourceTaken(String),
    SourcedNumber,
    FewerDecimals,
    RoundingMode,
    OverEffect,
    Reverse,
    TierBounds,
    TierOrder,
    NotApplicableEffect,
    BandOrder,
    LastBand,
    Unit,
    Kind,
    Role,
    UniqueRole,
    /// With what stands there instead.
    Check(String),
    /// With what stands there instead.
    Table(String),
    TableRole,
    ChartKind,
    ChartRows,
    ChartSeries,
    Column,
    ColumnText,
    Spans {
        needed: usize,
        found: usize,
    },
    /// What could not be read on.
    Formula(String),
    /// A name in a formula that nothing bears.
    Name(String),
    Rule,
    TwoNames,
    NoCycle,
    RuleKind,
    Better,
    AboveZero,
    LastRuleBand,
    /// With what stands there instead.
    Rate(String),
    /// With what stands there instead.
    ScoringKind(String),
}

/// What a number of a template means, which decides how it may be written and in which bounds it makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberSort {
    /// A share of a whole, from 0 to 100%.
    Share,
    /// The same, but not 0.
    SomeShare,
    /// Up to where a rate counts: above 0, at most 200%.
    Cap,
    /// A multiple of the target, from 1 to 10.
    Multiple,
    /// A measured rate, of either sign.
    Rate,
    /// A measured count.
    Count,
    /// 分值, from 0 on.
    Points,
    /// The same, but not 0.
    SomePoints,
}
