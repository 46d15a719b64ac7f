//! What a bare number in a rate cell (比率) counts as: 86 and 100.00 are percentages, 0.86 may be the ratio itself, as a spreadsheet shows
//! it that lost its format. Settled here and nowhere else, so that no two rules read one cell in two ways.

use crate::number::{Agreement, Exact, agreement};
use core::num::NonZero;
use rust_decimal::Decimal;

pub(super) const HUNDREDTH: Exact = Exact::ratio(1, NonZero::new(100).expect("100 is not 0"));

/// What 1 of a bare number is worth: a hundredth where it is a percentage, 1 where it is the ratio itself. `computed` is what the cell's
/// formula gives, where it gives anything.
pub fn worth(number: Decimal, computed: Option<Exact>) -> Exact {
    let is_ratio = match computed {
        Some(value) => is_nearer_as_ratio(number, value),
        // Without anything to hold it against, two decimals tell: nobody writes 0.95% beside 100.00%.
        None => number.abs() <= Decimal::ONE && number.scale() >= 2 && !number.is_zero(),
    };
    if is_ratio { Exact::ONE } else { HUNDREDTH }
}

/// How a bare number agrees with the rate that is computed. A difference is in percentage points.
pub fn agrees(number: Decimal, value: Exact) -> Option<Agreement> {
    let factor = worth(number, Some(value));
    let agreed = agreement(number, value.checked_div(factor).ok()?);
    if factor != Exact::ONE {
        return Some(agreed);
    }
    match agreed {
        Agreement::Exact => Some(agreed),
        // At one decimal a ratio says no more than tens of percent.
        Agreement::RoundsTo { .. } | Agreement::TruncatesTo { .. } | Agreement::Padded { .. } if number.scale() >= 2 => {
            Some(agreed)
        }
        Agreement::RoundsTo { .. } | Agreement::TruncatesTo { .. } | Agreement::Padded { .. } | Agreement::Differs { .. } => {
            let by = Exact::from_decimal(number).checked_sub(value).and_then(|by| by.checked_mul(Exact::HUNDRED)).ok()?;
            Some(Agreement::Differs { by })
        }
    }
}

fn is_nearer_as_ratio(number: Decimal, value: Exact) -> bool {
    let number = Exact::from_decimal(number);
    let off = |worth: Exact| Some(number.checked_mul(worth).ok()?.checked_sub(value).ok()?.abs());
    match (off(Exact::ONE), off(HUNDREDTH)) {
        (Some(ratio), Some(percent)) => ratio < percent,
        _ => false,
    }
}
