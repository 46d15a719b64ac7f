use alloc::string::String;
use core::cmp::Ordering;

use rust_decimal::Decimal;

use super::exact::{Exact, TooLarge, div_rem};

/// Where and how to round (舍入). The national practice (四舍五入) is [`RoundingMode::HalfUp`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// Decimal places to keep, at most 28.
    pub dp: u32,
    /// What to do with the rest.
    pub mode: RoundingMode,
}

/// What to do with the digits behind the last one kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundingMode {
    /// To the nearest; a half goes away from zero (四舍五入).
    HalfUp,
    /// To the nearest; a half goes to the even neighbour (四舍六入五成双).
    HalfEven,
    /// Towards zero (截断).
    Truncate,
    /// Away from zero (进一法).
    Up,
}

/// A terminating fraction whose denominator fits in 127 bits has at most this many decimals.
const LONGEST: u32 = 127;

impl Exact {
    /// The decimal with exactly `dp` places that stands for this value. The one rounding function.
    ///
    /// The result keeps `dp` as its scale, so 9.8 at two places prints as 9.80; a result of zero has no sign.
    ///
    /// # Errors
    /// [`TooLarge`] when the result needs more than 96 bits (some 28 digits), or `dp` is above 28.
    pub fn round(self, rounding: Rounding) -> Result<Decimal, TooLarge> {
        let Rounding { dp, mode } = rounding;
        if dp > Decimal::MAX_SCALE {
            return Err(TooLarge);
        }
        let (num, den) = self.magnitude();
        let (mut kept, mut rest) = div_rem(num, den);
        for _ in 0..dp {
            // Most numbers end before the last place.
            let (digit, next) = if rest == 0 { (0, 0) } else { next_digit(rest, den) };
            kept = kept.checked_mul(10).and_then(|kept| kept.checked_add(digit)).ok_or(TooLarge)?;
            rest = next;
        }
        let against_half = rest.cmp(&den.saturating_sub(rest));
        let up = match mode {
            RoundingMode::HalfUp => against_half != Ordering::Less,
            RoundingMode::HalfEven => against_half.then(if kept & 1 == 1 { Ordering::Greater } else { Ordering::Less }).is_gt(),
            RoundingMode::Truncate => false,
            RoundingMode::Up => rest != 0,
        };
        let kept = kept.checked_add(u128::from(up)).and_then(|kept| i128::try_from(kept).ok()).ok_or(TooLarge)?;
        let signed = if self.is_negative() { kept.saturating_neg() } else { kept };
        Decimal::try_from_i128_with_scale(signed, dp).map_err(|_| TooLarge)
    }

    /// Whether `dp` decimals are enough to write the value exactly.
    pub fn is_decimal_at(self, dp: u32) -> bool {
        let (num, den) = self.magnitude();
        let (_, mut rest) = div_rem(num, den);
        for _ in 0..dp.min(LONGEST) {
            if rest == 0 {
                break;
            }
            (_, rest) = next_digit(rest, den);
        }
        rest == 0
    }

    /// The decimal expansion, for showing a working: `4.5`, or `4.5555…` when more than `max_dp` decimals follow.
    ///
    /// Digits are cut off, never rounded, so what is shown is always a true beginning of the value. At most 127
    /// decimals are given.
    pub fn to_plain(self, max_dp: u32) -> String {
        let (num, den) = self.magnitude();
        let (whole, mut rest) = div_rem(num, den);
        let mut text = alloc::format!("{}{whole}", if self.is_negative() { "-" } else { "" });
        for place in 0..max_dp.min(LONGEST) {
            if rest == 0 {
                break;
            }
            if place == 0 {
                text.push('.');
            }
            let (digit, next) = next_digit(rest, den);
            text.extend(u32::try_from(digit).ok().and_then(|digit| char::from_digit(digit, 10)));
            rest = next;
        }
        if rest != 0 {
            text.push('…');
        }
        text
    }

    /// The value in full, for other programs: a decimal where it ends (`4.55`), else a fraction in lowest terms (`41/9`).
    pub fn to_text(self) -> String {
        let (num, den) = self.reduced().parts();
        // In lowest terms, a fraction ends exactly when its denominator has no factor but 2 and 5.
        let (mut rest, mut factor) = (den, 10_i128);
        while factor > 1 {
            factor = [10, 2, 5].into_iter().find(|factor| rest.checked_rem(*factor) == Some(0)).unwrap_or(1);
            rest = rest.checked_div(factor).unwrap_or(rest);
        }
        if rest == 1 { self.to_plain(LONGEST) } else { alloc::format!("{num}/{den}") }
    }
}

/// One step of long division: the next decimal digit of `rest` / `den`, and the new rest. Needs `rest` < `den` < 2¹²⁷.
fn next_digit(rest: u128, den: u128) -> (u128, u128) {
    if let Some(ten_times) = rest.checked_mul(10) {
        return div_rem(ten_times, den);
    }
    // Ten times the rest does not fit, but the sum of two rests does, so it is added up piece by piece.
    let (mut digit, mut sum) = (0_u128, 0_u128);
    for _ in 0..10 {
        sum = sum.saturating_add(rest);
        if let Some(less) = sum.checked_sub(den) {
            sum = less;
            digit = digit.saturating_add(1);
        }
    }
    (digit, sum)
}
