//! The engine: `evaluate(&Template, &Document) -> Evaluation`, pure and total, and `explain`, which walks the same formulas.
//!
//! Every formula is written once, over [`calc::Calc`]. Run with [`calc::Direct`] it computes; run with
//! [`crate::explain::Tracing`] it builds the explanation. So no explanation can differ from the computation, or be missing.

pub mod calc;
mod cells;
pub mod check;
pub mod computed;
mod evaluate;
mod evaluation;
pub mod formula;
mod groups;
mod levels;
pub mod meaning;
pub(crate) mod nesting;
pub mod percent;
pub mod scoring;
mod settled;
pub mod total;
mod values;

pub use crate::outcome::{Outcome, Why};
pub use crate::template::{grade_of, in_gap, same_grade};
pub use cells::Cells;
pub(crate) use evaluate::{agreement_of, shown};
pub use evaluate::{compute, computed_cell};
pub use evaluation::{CellEval, Evaluation, LevelSubtotal, Progress, RowEval, RowState, Score, Standing, Totals};
pub use levels::{LevelPairs, Levels, is_same_level, printed_points};
pub use nesting::Nesting;
pub use settled::Trees;
pub use values::{Basis, Values, power_of_ten, printed_units, typed_value};
