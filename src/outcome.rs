//! Outcome: the value of a cell, or why there is none.

use crate::id::CellId;
use crate::number::Exact;
use crate::prelude::*;

/// The value of a cell, or why there is none. Blank, 0 and not applicable are three different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Value(Exact),
    /// Not filled in; what is missing.
    Blank(Vec<CellId>),
    /// 不适用: leaves the denominator.
    NotApplicable,
    Undefined(Why),
}

/// Why a value can't be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The divisor is 0.
    DivisionByZero,
    /// The text of this cell is no number.
    Unreadable(CellId),
    /// Beyond 38 digits.
    TooLarge,
    /// Target and actual value can't be compared (a date with a number, money with a rate).
    NotComparable,
    /// The rule leaves it to the person.
    NeedsJudgement,
}

impl Outcome {
    pub fn value(&self) -> Option<Exact> {
        match self {
            Outcome::Value(value) => Some(*value),
            Outcome::Blank(_) | Outcome::NotApplicable | Outcome::Undefined(_) => None,
        }
    }

    /// This value, or `other` where there is none. What does not apply stays so: nothing is filled in for it. A blank says less than
    /// anything else, and of two blanks the one counts that names what is missing.
    pub fn or(&self, other: &Outcome) -> Outcome {
        match (self, other) {
            (Outcome::Value(_) | Outcome::NotApplicable, _) | (Outcome::Undefined(_), Outcome::Blank(_)) => self.clone(),
            (Outcome::Blank(_), Outcome::Blank(missing)) if missing.is_empty() => self.clone(),
            (Outcome::Blank(_) | Outcome::Undefined(_), _) => other.clone(),
        }
    }

    pub fn is_blank(&self) -> bool {
        matches!(self, Outcome::Blank(_))
    }
}

impl<E: Into<Why>> From<Result<Exact, E>> for Outcome {
    fn from(result: Result<Exact, E>) -> Outcome {
        match result {
            Ok(value) => Outcome::Value(value),
            Err(error) => Outcome::Undefined(error.into()),
        }
    }
}

impl From<crate::number::TooLarge> for Why {
    fn from(_: crate::number::TooLarge) -> Why {
        Why::TooLarge
    }
}

impl From<crate::number::DivError> for Why {
    fn from(error: crate::number::DivError) -> Why {
        match error {
            crate::number::DivError::ByZero => Why::DivisionByZero,
            crate::number::DivError::TooLarge => Why::TooLarge,
        }
    }
}
