//! Outcome: the value of a cell, or why there is none.

use crate::id::CellId;
use crate::number::Exact;
use crate::prelude::*;
use core::ops::Deref;

/// The value of a cell, or why there is none. Blank, 0 and not applicable are three different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Value(Exact),
    /// Not filled in; what is missing.
    Blank(Unfilled),
    /// 不适用: leaves the denominator.
    NotApplicable,
    Undefined(Why),
}

/// The cells that are not filled in. Nearly always it is one, the cell itself, and that needs no list of its own.
#[derive(Clone, Debug, Default)]
pub enum Unfilled {
    #[default]
    None,
    One(CellId),
    Several(Vec<CellId>),
}

impl Deref for Unfilled {
    type Target = [CellId];

    fn deref(&self) -> &[CellId] {
        match self {
            Unfilled::None => &[],
            Unfilled::One(cell) => core::slice::from_ref(cell),
            Unfilled::Several(cells) => cells,
        }
    }
}

/// However they are kept.
impl PartialEq for Unfilled {
    fn eq(&self, other: &Unfilled) -> bool {
        **self == **other
    }
}

impl Eq for Unfilled {}

impl From<Vec<CellId>> for Unfilled {
    fn from(cells: Vec<CellId>) -> Unfilled {
        match *cells {
            [] => Unfilled::None,
            [cell] => Unfilled::One(cell),
            [..] => Unfilled::Several(cells),
        }
    }
}

impl Unfilled {
    /// These as well.
    pub fn add(&mut self, more: &Unfilled) {
        match (&mut *self, more) {
            (_, Unfilled::None) => {}
            (Unfilled::None, more) => *self = more.clone(),
            (Unfilled::Several(all), more) => all.extend_from_slice(more),
            (Unfilled::One(cell), more) => {
                *self = Unfilled::Several(core::iter::once(*cell).chain(more.iter().copied()).collect())
            }
        }
    }
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
    /// Target and actual value can't be compared (a date with a number, words with a rate).
    NotComparable,
    /// The units of target and actual value measure different things, or not surely the same (公里 and 次).
    OtherUnit,
    /// The rule leaves it to the person.
    NeedsJudgement,
    /// Whether the number is a least or a most is not said, and it was not met exactly.
    DirectionOpen,
    /// A target of more than 50 with exactly 50: missed, and by nothing that a ratio could measure.
    AtBound,
    /// What is said of the actual value (<90%) lies beyond the target as a whole, and does not tell by how much.
    Missed,
    /// The actual value repeats the target, sign and all, and so is no measurement.
    Copied,
    /// Done after the time that the target sets, or not at all.
    Late,
}

impl Why {
    /// Whether the person gives the score instead: nothing is wrong with the cells, the rule only can't decide.
    pub fn asks(self) -> bool {
        match self {
            Why::NotComparable
            | Why::OtherUnit
            | Why::NeedsJudgement
            | Why::DirectionOpen
            | Why::AtBound
            | Why::Missed
            | Why::Copied
            | Why::Late => true,
            Why::DivisionByZero | Why::Unreadable(_) | Why::TooLarge => false,
        }
    }
}

impl Outcome {
    /// Not filled in, where this one cell is missing.
    pub fn missing(cell: CellId) -> Outcome {
        Outcome::Blank(Unfilled::One(cell))
    }

    /// Not filled in, and no cell that could be.
    pub fn nothing() -> Outcome {
        Outcome::Blank(Unfilled::None)
    }

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
