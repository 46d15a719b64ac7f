use crate::number::Exact;
use crate::prelude::*;

/// Amounts of one table in two units. The first place is the amount in the wrong one, the place after the last of them what tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitFacts {
    /// A total that is `10^power` times the sum of its parts, or the other way round. `sum` is in the table's unit.
    Sum { printed: String, sum: Exact, power: u32 },
    /// A part with which the sum is right once it is `scaled` to the table's unit.
    Part { printed: String, scaled: Exact },
    /// An amount beside another that is so many times as much: exactly `10^power`, or about so.
    Beside { printed: String, other: String, scaled: Exact, power: Option<u32> },
    /// Every amount of a table in 元 is as small as if typed in 万元.
    TooSmall { printed: String },
}
