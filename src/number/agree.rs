use rust_decimal::Decimal;

use super::exact::Exact;
use super::rounding::{Rounding, RoundingMode};

/// How a number printed in a document agrees with the exact value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The printed number is the exact value.
    Exact,
    /// The exact value rounds to the printed number, a half going up (四舍五入), at the decimals printed.
    RoundsTo {
        /// Decimals printed.
        dp: u32,
    },
    /// The exact value cut off at the decimals printed gives the printed number: 382.36 for 382.365.
    TruncatesTo {
        /// Decimals printed.
        dp: u32,
    },
    /// Agrees at fewer decimals than are printed, padded with zeros: 31.00% for 31.08%.
    Padded {
        /// Decimals at which it agrees, below the number printed.
        dp: u32,
    },
    /// Does not agree.
    Differs {
        /// Printed minus computed, in printed units.
        ///
        /// Exact whenever that fits a fraction, which it does for every sum on a form. Otherwise it is taken from
        /// the computed value rounded to the printed decimals, or from whole numbers.
        by: Exact,
    },
}

/// Compares a printed number with the exact value, at the decimals the printed number was typed with.
///
/// `printed` must keep its scale as typed (31.00 has scale 2); `computed` is in the same unit, so a percentage comes
/// as 31.08 and not as 0.3108. The first case of [`Agreement`] that holds is returned.
pub fn agreement(printed: Decimal, computed: Exact) -> Agreement {
    let typed = Exact::from_decimal(printed);
    if typed == computed {
        return Agreement::Exact;
    }
    let dp = printed.scale();
    // A value too large to be rounded at these decimals is too large to equal a number that was printed with them.
    let gives = |number: Decimal, dp, mode| computed.round(Rounding { dp, mode }).is_ok_and(|rounded| rounded == number);
    if gives(printed, dp, RoundingMode::HalfUp) {
        return Agreement::RoundsTo { dp };
    }
    if gives(printed, dp, RoundingMode::Truncate) {
        return Agreement::TruncatesTo { dp };
    }
    let stripped = printed.normalize();
    if stripped.scale() < dp && gives(stripped, stripped.scale(), RoundingMode::HalfUp) {
        return Agreement::Padded { dp: stripped.scale() };
    }
    Agreement::Differs { by: difference(typed, dp, computed) }
}

fn difference(typed: Exact, dp: u32, computed: Exact) -> Exact {
    typed.checked_sub(computed).unwrap_or_else(|_| {
        let rounded = computed.round(Rounding { dp, mode: RoundingMode::HalfUp });
        rounded
            .and_then(|rounded| typed.checked_sub(Exact::from_decimal(rounded)))
            .unwrap_or_else(|_| Exact::from_whole(typed.whole().saturating_sub(computed.whole())))
    })
}
