use core::num::NonZero;
use core::ops::Neg;

use rust_decimal::Decimal;

/// An exact fraction. Equality, order and hash go by value: 1/2 equals 2/4.
///
/// Arithmetic is exact or fails with [`TooLarge`]; it never rounds, wraps or saturates.
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    // Never `i128::MIN`, so that a sign can always be changed.
    num: i128,
    // Always positive.
    den: i128,
}

/// A result, or a step towards it, does not fit: 38 digits for a fraction, 28 for a rounded decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// Why a division has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DivError {
    /// The divisor is zero, such as a budget (预算数) of 0 under an execution rate (执行率).
    ByZero,
    /// The quotient does not fit.
    TooLarge,
}

impl From<TooLarge> for DivError {
    fn from(TooLarge: TooLarge) -> Self {
        Self::TooLarge
    }
}

impl Exact {
    /// 0.
    pub const ZERO: Self = Self::from_int(0);
    /// 1.
    pub const ONE: Self = Self::from_int(1);
    /// 100, the factor between a ratio and its percentage (百分比).
    pub const HUNDRED: Self = Self::from_int(100);

    /// A whole number.
    pub const fn from_int(value: i64) -> Self {
        Self { num: value as i128, den: 1 }
    }

    /// A decimal as it stands, without loss.
    pub fn from_decimal(value: Decimal) -> Self {
        // A decimal has a scale of at most 28, so neither part comes near the limit.
        Self { num: value.mantissa(), den: power_of_ten(value.scale()) }
    }

    /// `num` / `den`.
    pub const fn ratio(num: i64, den: NonZero<i64>) -> Self {
        let den = den.get() as i128;
        let num = num as i128;
        // Neither sign change can overflow, because both started as 64-bit values.
        if den < 0 { Self { num: num.saturating_neg(), den: den.saturating_neg() } } else { Self { num, den } }
    }

    /// 10 to the power of `exponent`.
    ///
    /// # Errors
    /// [`TooLarge`] above 10³⁸.
    pub fn ten_to(exponent: u32) -> Result<Self, TooLarge> {
        Ok(Self { num: 10_i128.checked_pow(exponent).ok_or(TooLarge)?, den: 1 })
    }

    /// The sum.
    ///
    /// # Errors
    /// [`TooLarge`] when it does not fit, even in lowest terms.
    pub fn checked_add(self, other: Self) -> Result<Self, TooLarge> {
        // Fractions are reduced only when they would overflow: most have a short power of ten below the line.
        self.plain_sum(other).or_else(|| self.reduced().reduced_sum(other.reduced())).ok_or(TooLarge)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`TooLarge`] when it does not fit, even in lowest terms.
    pub fn checked_sub(self, other: Self) -> Result<Self, TooLarge> {
        self.checked_add(other.neg())
    }

    /// The product.
    ///
    /// # Errors
    /// [`TooLarge`] when it does not fit, even in lowest terms.
    pub fn checked_mul(self, other: Self) -> Result<Self, TooLarge> {
        // Points and counts are in the unit that they are printed in.
        if let Self { num: 1, den: 1 } = other {
            return Ok(self);
        }
        self.plain_product(other).or_else(|| self.reduced().reduced_product(other.reduced())).ok_or(TooLarge)
    }

    /// The quotient.
    ///
    /// # Errors
    /// [`DivError::ByZero`] for a zero divisor, [`DivError::TooLarge`] when the quotient does not fit.
    pub fn checked_div(self, other: Self) -> Result<Self, DivError> {
        if other.is_zero() {
            return Err(DivError::ByZero);
        }
        let reciprocal = if other.num < 0 {
            Self { num: other.den.saturating_neg(), den: other.num.saturating_neg() }
        } else {
            Self { num: other.den, den: other.num }
        };
        Ok(self.checked_mul(reciprocal)?)
    }

    /// Whether the value is 0.
    pub const fn is_zero(self) -> bool {
        self.num == 0
    }

    /// Whether the value is below 0.
    pub const fn is_negative(self) -> bool {
        self.num < 0
    }

    /// Whether the value is above 0.
    pub const fn is_positive(self) -> bool {
        self.num > 0
    }

    /// The value with the other sign.
    pub const fn neg(self) -> Self {
        Self { num: self.num.saturating_neg(), den: self.den }
    }

    /// The distance from 0.
    pub const fn abs(self) -> Self {
        Self { num: self.num.saturating_abs(), den: self.den }
    }

    /// Numerator, with the sign, and denominator.
    pub(super) const fn parts(self) -> (i128, i128) {
        (self.num, self.den)
    }

    /// Numerator and denominator, without sign.
    pub(super) const fn magnitude(self) -> (u128, u128) {
        (self.num.unsigned_abs(), self.den.unsigned_abs())
    }

    /// The whole part, towards 0.
    pub(super) const fn whole(self) -> i128 {
        match self.num.checked_div(self.den) {
            Some(whole) => whole,
            None => 0,
        }
    }

    /// A whole number of any size that fits.
    pub(super) const fn from_whole(num: i128) -> Self {
        // `saturating_neg` of the minimum is the maximum; twice keeps every other value.
        Self { num: num.saturating_neg().saturating_neg(), den: 1 }
    }

    fn new(num: i128, den: i128) -> Option<Self> {
        (num != i128::MIN && den > 0).then_some(Self { num, den })
    }

    /// The same value in lowest terms.
    pub(super) fn reduced(self) -> Self {
        let by = gcd(self.num, self.den);
        Self { num: exact_div(self.num, by), den: exact_div(self.den, by) }
    }

    fn plain_sum(self, other: Self) -> Option<Self> {
        if self.den == other.den {
            return Self::new(self.num.checked_add(other.num)?, self.den);
        }
        let left = product(self.num, other.den)?;
        let right = product(other.num, self.den)?;
        Self::new(left.checked_add(right)?, product(self.den, other.den)?)
    }

    // Knuth, The Art of Computer Programming, 4.5.1: the sum comes out in lowest terms, with the smallest steps.
    fn reduced_sum(self, other: Self) -> Option<Self> {
        let common = gcd(self.den, other.den);
        let (own, others) = (exact_div(self.den, common), exact_div(other.den, common));
        let sum = self.num.checked_mul(others)?.checked_add(other.num.checked_mul(own)?)?;
        let by = gcd(sum, common);
        Self::new(exact_div(sum, by), own.checked_mul(exact_div(other.den, by))?)
    }

    fn plain_product(self, other: Self) -> Option<Self> {
        Self::new(product(self.num, other.num)?, product(self.den, other.den)?)
    }

    fn reduced_product(self, other: Self) -> Option<Self> {
        let (down, up) = (gcd(self.num, other.den), gcd(other.num, self.den));
        let num = exact_div(self.num, down).checked_mul(exact_div(other.num, up))?;
        let den = exact_div(self.den, up).checked_mul(exact_div(other.den, down))?;
        Self::new(num, den)
    }
}

impl Neg for Exact {
    type Output = Self;

    fn neg(self) -> Self {
        Exact::neg(self)
    }
}

/// Quotient and remainder. A zero divisor, which no caller passes, gives zeros instead of a panic.
pub(super) fn div_rem(num: u128, den: u128) -> (u128, u128) {
    (num.checked_div(den).unwrap_or(0), num.checked_rem(den).unwrap_or(0))
}

/// The product of two whole numbers. Nearly all are small, and for those the processor has an instruction.
pub(super) fn product(left: i128, right: i128) -> Option<i128> {
    match (i64::try_from(left), i64::try_from(right)) {
        (Ok(left), Ok(right)) => Some(i128::from(left).wrapping_mul(i128::from(right))),
        _ => left.checked_mul(right),
    }
}

fn gcd(left: i128, right: i128) -> i128 {
    let (mut left, mut right) = (left.unsigned_abs(), right.unsigned_abs());
    while let Some(rest) = left.checked_rem(right) {
        left = right;
        right = rest;
    }
    // One of the two is a positive denominator, so the divisor is positive and fits.
    i128::try_from(left).unwrap_or(1).max(1)
}

fn exact_div(num: i128, den: i128) -> i128 {
    num.checked_div(den).unwrap_or(num)
}

/// Every number that was typed asks for one, and nearly all are short.
fn power_of_ten(exponent: u32) -> i128 {
    10_i64.checked_pow(exponent).map_or_else(|| 10_i128.saturating_pow(exponent), i128::from)
}
