use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::num::NonZero;

use jixiao::number::{DivError, Exact, Rounding, RoundingMode, TooLarge};
use rust_decimal::Decimal;

use crate::random::Random;

const HALF_UP: Rounding = Rounding { dp: 2, mode: RoundingMode::HalfUp };

pub const MODES: [RoundingMode; 4] = [RoundingMode::HalfUp, RoundingMode::HalfEven, RoundingMode::Truncate, RoundingMode::Up];

fn ratio(num: i64, den: i64) -> Exact {
    Exact::ratio(num, NonZero::new(den).unwrap())
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
        let score = decimal(weight).checked_mul(decimal(actual)).unwrap().checked_div(decimal(target)).unwrap();
        // In hundredths: weight × actual ÷ target, plus a half, cut off.
        let (product, target) = (i128::from(weight) * i128::from(actual), i128::from(target));
        let expected = (2 * product + target) / (2 * target);
        assert_eq!(score.round(HALF_UP).unwrap().mantissa(), expected, "{weight} × {actual} ÷ {target}");
    }
    println!("{CASES} scores");
    let rate = ratio(82, 180);
    assert_eq!(rate.checked_mul(Exact::from_int(10)).unwrap().round(HALF_UP).unwrap().to_string(), "4.56");
    assert_eq!(rate.checked_mul(Exact::HUNDRED).unwrap().round(HALF_UP).unwrap().to_string(), "45.56");
}

#[test]
fn halves_go_where_the_mode_says() {
    for (value, dp, expected) in [
        (ratio(5, 1000), 2, ["0.01", "0.00", "0.00", "0.01"]),
        (ratio(15, 1000), 2, ["0.02", "0.02", "0.01", "0.02"]),
        (ratio(25, 1000), 2, ["0.03", "0.02", "0.02", "0.03"]),
        (ratio(-25, 1000), 2, ["-0.03", "-0.02", "-0.02", "-0.03"]),
        (ratio(382_365, 1000), 2, ["382.37", "382.36", "382.36", "382.37"]),
        (ratio(1, 2), 0, ["1", "0", "0", "1"]),
        (ratio(3, 2), 0, ["2", "2", "1", "2"]),
        (ratio(-1, 2), 0, ["-1", "0", "0", "-1"]),
        (ratio(1, 3), 1, ["0.3", "0.3", "0.3", "0.4"]),
        (ratio(98, 10), 2, ["9.80", "9.80", "9.80", "9.80"]),
        (ratio(-1, 1000), 2, ["0.00", "0.00", "0.00", "-0.01"]),
    ] {
        for (mode, expected) in MODES.into_iter().zip(expected) {
            assert_eq!(value.round(Rounding { dp, mode }).unwrap().to_string(), expected, "{value:?} {mode:?}");
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
    assert_eq!(Exact::ONE.round(Rounding { dp: 29, mode: RoundingMode::HalfUp }), Err(TooLarge));
    assert_eq!(Exact::ONE.checked_div(Exact::ZERO), Err(DivError::ByZero));
    assert_eq!(Exact::ZERO.checked_div(Exact::ZERO), Err(DivError::ByZero));
    assert_eq!(most.checked_div(ratio(1, 10)), Err(DivError::TooLarge));
    // Steps that overflow although the result is small are done again in lowest terms.
    assert_eq!(most.checked_div(most), Ok(Exact::ONE));
    assert_eq!(most.checked_mul(Exact::ONE.checked_div(most).unwrap()), Ok(Exact::ONE));
    let part = |times, power| {
        Exact::ONE.checked_div(Exact::from_int(times).checked_mul(Exact::ten_to(power).unwrap()).unwrap()).unwrap()
    };
    assert_eq!(part(10, 37).checked_add(part(15, 37)), Ok(part(6, 37)));
    let half = part(1, 38).checked_mul(Exact::from_int(5).checked_mul(Exact::ten_to(37).unwrap()).unwrap()).unwrap();
    assert_eq!((half.to_plain(3), half.round(HALF_UP).unwrap()), ("0.5".to_owned(), Decimal::new(50, 2)));
    let largest = Decimal::MAX;
    assert_eq!(Exact::from_decimal(largest).round(Rounding { dp: 0, mode: RoundingMode::Up }), Ok(largest));
    assert_eq!(
        Exact::from_decimal(largest).checked_add(ratio(1, 2)).unwrap().round(Rounding { dp: 0, mode: RoundingMode::Up }),
        Err(TooLarge)
    );
}

#[test]
fn equal_values_have_equal_hashes() {
    let hash = |value: Exact| {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish()
    };
    for (left, right) in [(ratio(1, 2), ratio(2, 4)), (ratio(-1, 2), ratio(1, -2)), (ratio(0, 5), Exact::ZERO)] {
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
        assert_eq!(exact.to_plain(28).len(), number.normalize().to_string().len());
        assert_eq!(exact.is_negative(), number.mantissa() < 0);
    }
}
