//! Random cases against an exact reference of unlimited size.

use std::cmp::Ordering;

use jixiao::number::{DivError, Exact, Rounding, RoundingMode, TooLarge};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use crate::exact::MODES;
use crate::random::Random;

/// A fraction in both forms. It is built by a division, so that large numerators and denominators occur too.
fn fraction(random: &mut Random, bits: u32) -> (Exact, BigRational) {
    let (num, mut den) = (random.signed(bits), random.signed(bits));
    if den == 0 {
        den = 1;
    }
    let part = |value: i128| {
        let high = Exact::from_int((value >> 63) as i64);
        let high = high.checked_mul(Exact::from_int(1 << 62)).unwrap().checked_mul(Exact::from_int(2)).unwrap();
        high.checked_add(Exact::from_int((value & i128::from(i64::MAX)) as i64)).unwrap()
    };
    // The reference is left unreduced: lowest terms would take most of the time and prove nothing.
    let big = BigRational::new_raw((num * den.signum()).into(), den.abs().into());
    (part(num).checked_div(part(den)).unwrap(), big)
}

/// Numerator and denominator. `Debug` is the only way to see them from outside.
fn parts(exact: Exact) -> (BigInt, BigInt) {
    let text = format!("{exact:?}");
    let mut numbers = text.split([' ', ',']).filter_map(|word| word.parse::<i128>().ok());
    let mut next = || BigInt::from(numbers.next().unwrap());
    (next(), next())
}

fn sum(left: &BigRational, right: &BigRational) -> BigRational {
    let num = left.numer() * right.denom() + right.numer() * left.denom();
    BigRational::new_raw(num, left.denom() * right.denom())
}

fn product(left: &BigRational, right: &BigRational) -> BigRational {
    BigRational::new_raw(left.numer() * right.numer(), left.denom() * right.denom())
}

/// What was tried, and how often the answer was that it does not fit.
#[derive(Default)]
struct Tally {
    cases: u32,
    refused: u32,
}

impl Tally {
    /// A result must be right. It may be refused only if lowest terms need `limit` bits.
    fn judge(&mut self, result: Result<Exact, TooLarge>, expected: BigRational, limit: u64) {
        self.cases += 1;
        match result {
            Ok(found) => {
                let (num, den) = parts(found);
                assert!(den.is_positive(), "{found:?}");
                assert_eq!(num * expected.denom(), den * expected.numer(), "{found:?} for {expected}");
            }
            Err(TooLarge) => {
                self.refused += 1;
                // Lowest terms of 250 bits are slow without optimisation, so they are looked at now and then.
                if self.refused.is_multiple_of(16) {
                    let reduced = expected.reduced();
                    assert!(reduced.numer().bits().max(reduced.denom().bits()) >= limit, "{expected} was refused");
                }
            }
        }
    }

    fn judge_rounding(&mut self, exact: Exact, big: &BigRational, dp: u32) {
        let scaled = big.numer().abs() * BigInt::from(10).pow(dp);
        let (whole, rest) = (&scaled / big.denom(), &scaled % big.denom());
        let against_half = (&rest * 2_u8).cmp(big.denom());
        for mode in MODES {
            self.cases += 1;
            let up = match mode {
                RoundingMode::HalfUp => against_half.is_ge(),
                RoundingMode::HalfEven => against_half.is_gt() || (against_half.is_eq() && (&whole % 2_u8).is_one()),
                RoundingMode::Truncate => false,
                RoundingMode::Up => !rest.is_zero(),
            };
            let magnitude = if up { &whole + 1 } else { whole.clone() };
            let expected = if big.numer().is_negative() { -magnitude } else { magnitude };
            match exact.round(Rounding { dp, mode }) {
                Ok(found) => {
                    assert_eq!(BigInt::from(found.mantissa()), expected, "{exact:?} {dp} {mode:?}");
                    assert_eq!(found.scale(), dp);
                }
                Err(TooLarge) => {
                    self.refused += 1;
                    assert!(expected.bits() > 96, "{exact:?} {dp} {mode:?}");
                }
            }
        }
    }
}

#[test]
fn arithmetic_order_and_rounding_agree_with_big_rationals() {
    let mut random = Random::new(2_020);
    let mut tally = Tally::default();
    while tally.cases < 1_050_000 {
        // Mostly the size of real amounts; now and then near the limit.
        let bits = *random.pick(&[8, 8, 20, 20, 30, 30, 40, 40, 62, 126]);
        let (left, big_left) = fraction(&mut random, bits);
        let (right, big_right) = fraction(&mut random, bits);
        // A sum needs a step of twice the size of its operands, which may not fit although the sum would.
        let sum_limit = if bits <= 62 { 127 } else { 0 };
        tally.judge(left.checked_add(right), sum(&big_left, &big_right), sum_limit);
        let negative = BigRational::new_raw(-big_right.numer(), big_right.denom().clone());
        tally.judge(left.checked_sub(right), sum(&big_left, &negative), sum_limit);
        tally.judge(left.checked_mul(right), product(&big_left, &big_right), 127);
        let sign = big_right.numer().signum();
        let reciprocal = BigRational::new_raw(big_right.denom() * &sign, big_right.numer() * &sign);
        match left.checked_div(right) {
            Err(DivError::ByZero) => assert!(sign.is_zero()),
            Err(DivError::TooLarge) => tally.judge(Err(TooLarge), product(&big_left, &reciprocal), 127),
            Ok(quotient) => tally.judge(Ok(quotient), product(&big_left, &reciprocal), 127),
        }
        let order = (big_left.numer() * big_right.denom()).cmp(&(big_right.numer() * big_left.denom()));
        assert_eq!(left.cmp(&right), order, "{left:?} {right:?}");
        tally.cases += 1;
        tally.judge_rounding(left, &big_left, random.below(8) as u32);
    }
    println!("{} cases, {} of them too large", tally.cases, tally.refused);
}

#[test]
fn order_is_total_far_beyond_products() {
    let mut random = Random::new(7);
    for _ in 0..30_000 {
        let (left, big_left) = fraction(&mut random, 126);
        let (mut right, mut big_right) = fraction(&mut random, 126);
        if random.below(4) == 0 {
            // Neighbours, which share the beginning of their continued fractions.
            let near = Exact::ONE.checked_div(Exact::ten_to(random.below(30) as u32).unwrap()).unwrap();
            let Ok(moved) = left.checked_add(near) else {
                continue;
            };
            let (num, den) = parts(moved);
            (right, big_right) = (moved, BigRational::new_raw(num, den));
        }
        let order = (big_left.numer() * big_right.denom()).cmp(&(big_right.numer() * big_left.denom()));
        assert_eq!(left.cmp(&right), order, "{left:?} {right:?}");
        assert_eq!(right.cmp(&left), order.reverse());
        assert_eq!(left.cmp(&left), Ordering::Equal);
    }
}
