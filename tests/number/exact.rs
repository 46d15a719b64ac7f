use std::cmp::Ordering;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::num::NonZero;

use jixiao::number::{DivError, Exact, Rounding, RoundingMode, TooLarge};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

use crate::random::Random;

const HALF_UP: Rounding = Rounding {
    dp: 2,
    mode: RoundingMode::HalfUp,
};

fn ratio(num: i64, den: i64) -> Exact {
    Exact::ratio(num, NonZero::new(den).unwrap())
}

/// A fraction in both forms. It is built by a division, so that large numerators and denominators occur too.
fn fraction(random: &mut Random, bits: u32) -> (Exact, BigRational) {
    let (num, mut den) = (random.signed(bits), random.signed(bits));
    if den == 0 {
        den = 1;
    }
    let part = |value: i128| {
        let high = Exact::from_int((value >> 63) as i64);
        let high = high
            .checked_mul(Exact::from_int(1 << 62))
            .unwrap()
            .checked_mul(Exact::from_int(2))
            .unwrap();
        high.checked_add(Exact::from_int((value & i128::from(i64::MAX)) as i64))
            .unwrap()
    };
    (
        part(num).checked_div(part(den)).unwrap(),
        BigRational::new(num.into(), den.into()),
    )
}

/// The exact value of a result, taken apart by its own comparison and printing only in the last resort.
fn same(exact: Exact, big: &BigRational) -> bool {
    // `Debug` shows the two parts, the only way to see them from outside.
    let text = format!("{exact:?}");
    let mut parts = text
        .split(|character: char| !(character.is_ascii_digit() || character == '-'))
        .filter(|part| !part.is_empty());
    let mut part = || parts.next().unwrap().parse::<BigInt>().unwrap();
    let (num, den) = (part(), part());
    num * big.denom() == den * big.numer()
}

/// A result must be right, and may be refused only if it is near the limit of 127 bits.
fn judge(result: Result<Exact, TooLarge>, expected: &BigRational, sure_below: u64) -> bool {
    match result {
        Ok(found) => {
            assert!(same(found, expected), "{found:?} for {expected}");
            true
        }
        Err(TooLarge) => {
            assert!(
                expected.numer().bits().max(expected.denom().bits()) >= sure_below,
                "{expected} was refused"
            );
            false
        }
    }
}

fn round_big(value: &BigRational, Rounding { dp, mode }: Rounding) -> BigInt {
    let scaled = value.abs() * BigRational::from_integer(BigInt::from(10).pow(dp));
    let whole = scaled.to_integer();
    let rest = scaled - BigRational::from_integer(whole.clone());
    let half = BigRational::new(1.into(), 2.into());
    let up = match mode {
        RoundingMode::HalfUp => rest >= half,
        RoundingMode::HalfEven => rest > half || (rest == half && (&whole % 2_u8).is_one()),
        RoundingMode::Truncate => false,
        RoundingMode::Up => !rest.is_zero(),
    };
    let kept = if up { whole + 1 } else { whole };
    if value.is_negative() { -kept } else { kept }
}

const MODES: [RoundingMode; 4] = [
    RoundingMode::HalfUp,
    RoundingMode::HalfEven,
    RoundingMode::Truncate,
    RoundingMode::Up,
];

fn judge_rounding(exact: Exact, big: &BigRational, rounding: Rounding) {
    let expected = round_big(big, rounding);
    match exact.round(rounding) {
        Ok(found) => {
            assert_eq!(
                BigInt::from(found.mantissa()),
                expected,
                "{exact:?} {rounding:?}"
            );
            assert_eq!(found.scale(), rounding.dp);
        }
        Err(TooLarge) => assert!(expected.bits() > 96, "{exact:?} {rounding:?}"),
    }
}

#[test]
fn arithmetic_order_and_rounding_agree_with_big_rationals() {
    let mut random = Random::new(2_020);
    let (mut cases, mut refused) = (0_u32, 0_u32);
    while cases < 1_050_000 {
        // Mostly the size of real amounts; now and then near the limit.
        let bits = *random.pick(&[8, 20, 40, 62, 126]);
        let (left, big_left) = fraction(&mut random, bits);
        let (right, big_right) = fraction(&mut random, bits);
        // Reduced operands of at most 126 bits meet in a sum of up to 253 bits, so below 127 nothing may be refused but
        // sums whose steps overflow; those start at twice the size of the operands.
        let sum_limit = if bits <= 62 { 127 } else { 0 };
        let mut count = |kept: bool| refused += u32::from(!kept);
        count(judge(
            left.checked_add(right),
            &(&big_left + &big_right),
            sum_limit,
        ));
        count(judge(
            left.checked_sub(right),
            &(&big_left - &big_right),
            sum_limit,
        ));
        count(judge(
            left.checked_mul(right),
            &(&big_left * &big_right),
            127,
        ));
        match left.checked_div(right) {
            Err(DivError::ByZero) => assert!(big_right.is_zero()),
            Err(DivError::TooLarge) => count(judge(Err(TooLarge), &(&big_left / &big_right), 127)),
            Ok(quotient) => count(judge(Ok(quotient), &(&big_left / &big_right), 127)),
        }
        assert_eq!(
            left.cmp(&right),
            big_left.cmp(&big_right),
            "{left:?} {right:?}"
        );
        let rounding = Rounding {
            dp: random.below(8) as u32,
            mode: *random.pick(&MODES),
        };
        judge_rounding(left, &big_left, rounding);
        cases += 6;
    }
    println!("{cases} cases, {refused} of them too large");
}

/// Score = weight × actual ÷ target, the formula of nearly every row (得分 = 分值 × 完成值 ÷ 目标值).
#[test]
fn scores_are_rounded_from_the_exact_ratio() {
    let mut random = Random::new(10);
    const CASES: u32 = 200_000;
    for _ in 0..CASES {
        let mut cents = || random.below(2_000_000) as i64 + 1;
        let (weight, actual, target) = (cents() % 3000, cents(), cents());
        let decimal = |hundredths| Exact::from_decimal(Decimal::new(hundredths, 2));
        let score = decimal(weight)
            .checked_mul(decimal(actual))
            .unwrap()
            .checked_div(decimal(target))
            .unwrap();
        // In hundredths: weight × actual ÷ target, plus a half, cut off.
        let (product, target) = (i128::from(weight) * i128::from(actual), i128::from(target));
        let expected = (2 * product + target) / (2 * target);
        assert_eq!(
            score.round(HALF_UP).unwrap().mantissa(),
            expected,
            "{weight} × {actual} ÷ {target}"
        );
    }
    println!("{CASES} scores");
    let rate = ratio(82, 180);
    assert_eq!(
        rate.checked_mul(Exact::from_int(10))
            .unwrap()
            .round(HALF_UP)
            .unwrap()
            .to_string(),
        "4.56"
    );
    assert_eq!(
        rate.checked_mul(Exact::HUNDRED)
            .unwrap()
            .round(HALF_UP)
            .unwrap()
            .to_string(),
        "45.56"
    );
}

#[test]
fn halves_go_where_the_mode_says() {
    for (value, dp, expected) in [
        (ratio(5, 1000), 2, ["0.01", "0.00", "0.00", "0.01"]),
        (ratio(15, 1000), 2, ["0.02", "0.02", "0.01", "0.02"]),
        (ratio(25, 1000), 2, ["0.03", "0.02", "0.02", "0.03"]),
        (ratio(-25, 1000), 2, ["-0.03", "-0.02", "-0.02", "-0.03"]),
        (
            ratio(382_365, 1000),
            2,
            ["382.37", "382.36", "382.36", "382.37"],
        ),
        (ratio(1, 2), 0, ["1", "0", "0", "1"]),
        (ratio(3, 2), 0, ["2", "2", "1", "2"]),
        (ratio(-1, 2), 0, ["-1", "0", "0", "-1"]),
        (ratio(1, 3), 1, ["0.3", "0.3", "0.3", "0.4"]),
        (ratio(98, 10), 2, ["9.80", "9.80", "9.80", "9.80"]),
        (ratio(-1, 1000), 2, ["0.00", "0.00", "0.00", "-0.01"]),
    ] {
        for (mode, expected) in MODES.into_iter().zip(expected) {
            assert_eq!(
                value.round(Rounding { dp, mode }).unwrap().to_string(),
                expected,
                "{value:?} {mode:?}"
            );
        }
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let most = Exact::ten_to(38).unwrap();
    assert_eq!(most.checked_mul(Exact::from_int(10)), Err(TooLarge));
    assert_eq!(most.checked_add(most), Err(TooLarge));
    assert_eq!(Exact::ten_to(39), Err(TooLarge));
    assert_eq!(most.round(HALF_UP), Err(TooLarge));
    assert_eq!(
        Exact::ONE.round(Rounding {
            dp: 29,
            mode: RoundingMode::HalfUp
        }),
        Err(TooLarge)
    );
    assert_eq!(Exact::ONE.checked_div(Exact::ZERO), Err(DivError::ByZero));
    assert_eq!(Exact::ZERO.checked_div(Exact::ZERO), Err(DivError::ByZero));
    assert_eq!(most.checked_div(ratio(1, 10)), Err(DivError::TooLarge));
    // Steps that overflow although the result is small are done again in lowest terms.
    assert_eq!(most.checked_div(most), Ok(Exact::ONE));
    assert_eq!(
        most.checked_mul(Exact::ONE.checked_div(most).unwrap()),
        Ok(Exact::ONE)
    );
    let largest = Decimal::MAX;
    assert_eq!(
        Exact::from_decimal(largest).round(Rounding {
            dp: 0,
            mode: RoundingMode::Up
        }),
        Ok(largest)
    );
    assert_eq!(
        Exact::from_decimal(largest)
            .checked_add(ratio(1, 2))
            .unwrap()
            .round(Rounding {
                dp: 0,
                mode: RoundingMode::Up
            }),
        Err(TooLarge)
    );
}

#[test]
fn order_is_total_far_beyond_products() {
    let mut random = Random::new(7);
    for _ in 0..100_000 {
        let (left, big_left) = fraction(&mut random, 126);
        let (right, big_right) = fraction(&mut random, 126);
        assert_eq!(left.cmp(&right), big_left.cmp(&big_right));
        assert_eq!(left.cmp(&left), Ordering::Equal);
    }
}

#[test]
fn equal_values_have_equal_hashes() {
    let hash = |value: Exact| {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish()
    };
    for (left, right) in [
        (ratio(1, 2), ratio(2, 4)),
        (ratio(-1, 2), ratio(1, -2)),
        (ratio(0, 5), Exact::ZERO),
    ] {
        assert_eq!(left, right);
        assert_eq!(hash(left), hash(right));
    }
    assert_eq!(ratio(i64::MIN, i64::MIN), Exact::ONE);
    assert_eq!(ratio(1, -2).abs(), ratio(1, 2));
    assert_eq!(ratio(1, -2).neg(), -ratio(1, -2));
    assert!(ratio(1, -2).is_negative() && ratio(-1, -2).is_positive() && ratio(0, -2).is_zero());
}

#[test]
fn expansions_are_cut_and_never_rounded() {
    for (value, max_dp, expected) in [
        (ratio(82, 18), 4, "4.5555…"),
        (ratio(45, 10), 4, "4.5"),
        (ratio(450, 100), 4, "4.5"),
        (ratio(9, 1), 4, "9"),
        (ratio(2, 3), 0, "0…"),
        (ratio(2, 3), 2, "0.66…"),
        (ratio(-1, 1000), 2, "-0.00…"),
        (ratio(-1, 8), 3, "-0.125"),
        (ratio(1, 8), 2, "0.12…"),
        (Exact::ZERO, 2, "0"),
    ] {
        assert_eq!(value.to_plain(max_dp), expected);
    }
    assert_eq!(ratio(1, 3).to_plain(u32::MAX).chars().count(), 2 + 127 + 1);
    let smallest = Exact::ONE.checked_div(Exact::ten_to(38).unwrap()).unwrap();
    assert_eq!(smallest.to_plain(38), format!("0.{}1", "0".repeat(37)));
}

#[test]
fn decimals_that_suffice_are_known() {
    assert!(ratio(1, 8).is_decimal_at(3) && !ratio(1, 8).is_decimal_at(2));
    assert!(!ratio(1, 3).is_decimal_at(u32::MAX));
    assert!(Exact::ONE.is_decimal_at(0) && ratio(-5, 10).is_decimal_at(1));
    let mut random = Random::new(3);
    for _ in 0..20_000 {
        let number = Decimal::from_i128_with_scale(random.signed(90), random.below(29) as u32);
        let exact = Exact::from_decimal(number);
        let least = number.normalize().scale();
        assert!(exact.is_decimal_at(least), "{number}");
        assert!(least == 0 || !exact.is_decimal_at(least - 1), "{number}");
        assert_eq!(exact.to_plain(28).parse::<Decimal>().unwrap(), number);
        assert_eq!(
            exact.to_plain(28).len(),
            number.normalize().to_string().len()
        );
        assert_eq!(
            exact.is_negative(),
            number.mantissa().to_i8().is_none_or(|small| small < 0) && number.is_sign_negative()
        );
    }
}
