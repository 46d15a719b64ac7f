//! What was found in prose.

use crate::id::CellId;
use crate::number::{Exact, Magnitude};
use crate::prelude::*;
use crate::prose::NumberingKind;

/// What a text says, against the table or in itself. `quote` is the place with a few words before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProseFacts {
    /// An amount in prose that is not the table's. Both in 元.
    Amount {
        quote: String,
        said: Exact,
        table: Exact,
        /// The table's number is the difference of budget and execution.
        balance: bool,
        hint: Option<ProseHint>,
        /// How many partial amounts `said` is the sum of.
        parts: usize,
    },
    /// An execution rate in prose that is not the table's, as ratios.
    Rate {
        quote: String,
        said: Exact,
        table: Exact,
        hint: Option<ProseHint>,
    },
    Score {
        quote: String,
        said: Exact,
        table: Exact,
    },
    Grade {
        quote: String,
        table: String,
    },
    /// The text is about another project.
    Name {
        said: String,
        table: String,
    },
    /// A contract above the budget: a rate has two bases. Both in 元.
    Bases {
        quote: String,
        contract: Exact,
        budget: Exact,
    },
    /// 费用所属年度 and the year of payment.
    CostYear {
        quote: String,
        /// The years of such costs, as the text names them.
        costs: Vec<u16>,
        paid: Option<u16>,
        /// How many such places the text has.
        count: usize,
    },
    /// The costs by year in a remark against what was paid, in 元.
    CostSum {
        quote: String,
        parts: usize,
        sum: Exact,
        paid: Exact,
    },
    /// The parts after 其中 add up to the number of the whole, in another unit.
    WholeUnit {
        quote: String,
        parts: usize,
        sum: Exact,
        /// That of the parts.
        unit: Magnitude,
    },
    /// A stated count against what is listed.
    ListedCount {
        quote: String,
        stated: u32,
        listed: u32,
    },
    /// Headings that don't count up, each with its first words.
    Headings {
        problems: Vec<(String, NumberingKind)>,
    },
}

impl ProseFacts {
    /// The words of the text that it is about, with inner quotation marks.
    pub fn quote(&self) -> Option<&str> {
        match self {
            Self::Amount { quote, .. }
            | Self::Rate { quote, .. }
            | Self::Score { quote, .. }
            | Self::Grade { quote, .. }
            | Self::Bases { quote, .. }
            | Self::CostYear { quote, .. }
            | Self::CostSum { quote, .. }
            | Self::WholeUnit { quote, .. }
            | Self::ListedCount { quote, .. } => Some(quote),
            Self::Name { said, .. } => Some(said),
            Self::Headings { .. } => None,
        }
    }
}

/// What explains a number of prose that is not the table's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProseHint {
    /// 10000 times: 元 and 万元.
    Unit,
    /// Compared after the table's unit was put right.
    AfterUnit,
    /// It is the table's number for something else.
    Same(CellId),
    /// Divided by 年初预算数.
    InitialBudget,
}
