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
    /// With what stands there instead.
    Decimal(String),
    FewerDigits,
    SourcedNumber,
    FewerDecimals,
    RoundingMode,
    OverEffect,
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
