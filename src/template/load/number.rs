//! The numbers of a template: each has a sort that decides what may be written for it, so that a slip (`1万元` for a rate, a weight below 0)
//! is refused where it stands and never scored by.

use super::{Object, Sources, cited};
use crate::number::{Exact, Quantity, Reading, Unit, read};
use crate::prelude::*;
use crate::template::{Expected, NumberSort, Sourced};

impl NumberSort {
    /// The value of what is written, where it is a number of this sort: a rate as a ratio.
    fn value(self, quantity: &Quantity) -> Option<Exact> {
        let unit = match (self, &quantity.unit) {
            (_, Unit::None) => true,
            (NumberSort::Points | NumberSort::SomePoints, Unit::Other { magnitude, name }) => magnitude.0 == 0 && &**name == "分",
            (NumberSort::Points | NumberSort::SomePoints | NumberSort::Count, _) => false,
            (
                NumberSort::Share | NumberSort::SomeShare | NumberSort::Cap | NumberSort::Multiple | NumberSort::Rate,
                Unit::Percent,
            ) => true,
            (
                NumberSort::Share | NumberSort::SomeShare | NumberSort::Cap | NumberSort::Multiple | NumberSort::Rate,
                Unit::Money(_) | Unit::Other { .. },
            ) => false,
        };
        let value = quantity.value().ok().filter(|_| unit && quantity.comparator.is_none())?;
        let (low, high) = self.bounds();
        let above = if self.is_open() { value > Exact::from_int(low) } else { value >= Exact::from_int(low) };
        (above && value <= Exact::from_int(high)).then_some(value)
    }

    /// From where to where it may lie.
    fn bounds(self) -> (i64, i64) {
        match self {
            NumberSort::Share | NumberSort::SomeShare => (0, 1),
            NumberSort::Cap => (0, 2),
            NumberSort::Multiple => (1, 10),
            NumberSort::Rate => (-10, 10),
            NumberSort::Points | NumberSort::SomePoints => (0, 1000),
            NumberSort::Count => (-1_000_000_000, 1_000_000_000),
        }
    }

    /// Whether the lower bound itself is excluded.
    fn is_open(self) -> bool {
        match self {
            NumberSort::SomeShare | NumberSort::Cap | NumberSort::SomePoints => true,
            NumberSort::Share | NumberSort::Multiple | NumberSort::Rate | NumberSort::Points | NumberSort::Count => false,
        }
    }
}

/// A decimal in quotes: numbers of a template never pass through a float.
pub fn exact(object: &Object<'_>, key: &'static str, sort: NumberSort) -> Exact {
    let text = object.text(key);
    let value = match read(&text) {
        Reading::Quantity(quantity) => sort.value(&quantity),
        Reading::Blank | Reading::NotApplicable | Reading::Range { .. } | Reading::Date(_) | Reading::Words => None,
    };
    value.unwrap_or_else(|| {
        object.problem(key, Expected::Number { sort, found: text });
        Exact::ZERO
    })
}

/// The same, where the key may be left out.
pub fn optional(object: &Object<'_>, key: &'static str, sort: NumberSort) -> Option<Exact> {
    object.has(key).then(|| exact(object, key, sort))
}

/// `{ value = "10", source = "…" }`
pub fn sourced(object: &Object<'_>, key: &'static str, sort: NumberSort, sources: &Sources) -> Option<Sourced> {
    let inner = object.object(key)?;
    let result = Sourced { value: exact(&inner, "value", sort), source: cited(&inner, "source", sources) };
    inner.finish();
    Some(result)
}

/// The same, where the key must be there.
pub fn required(object: &Object<'_>, key: &'static str, sort: NumberSort, sources: &Sources) -> Sourced {
    sourced(object, key, sort, sources).unwrap_or_else(|| {
        object.problem(key, Expected::SourcedNumber);
        Sourced { value: Exact::ZERO, source: Rc::from("") }
    })
}
