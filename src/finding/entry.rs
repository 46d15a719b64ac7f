use crate::number::Exact;
use crate::prelude::*;
use rust_decimal::Decimal;

/// What is wrong with an entry as it stands, or that there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryFacts {
    /// 必填项 left blank in a finished table.
    RequiredBlank,
    /// What stands for the year is none.
    NoYear { printed: String },
    /// A budget or an execution below 0.
    NegativeAmount { printed: String },
    /// Money spent over a budget of 0, which is the second place.
    SpentWithoutBudget,
    /// Execution has points in the funds block, which is the second place, and as an indicator.
    ExecutionTwice { points: Exact },
    /// What the whole project is said to have cost against what was spent, in the form's unit.
    CostAgainstExecution { cost: Decimal, executed: Decimal },
}
