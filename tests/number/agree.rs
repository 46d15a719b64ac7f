use std::num::NonZero;

use jixiao::number::{Agreement, Exact, Rounding, RoundingMode, agreement};
use rust_decimal::Decimal;

fn ratio(num: i64, den: i64) -> Exact {
    Exact::ratio(num, NonZero::new(den).unwrap())
}

fn printed(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn published_numbers_agree_as_their_tables_do() {
    let rate = ratio(8200, 180);
    for (number, computed, expected) in [
        ("43.2", ratio(432, 10), Agreement::Exact),
        ("43.20", ratio(432, 10), Agreement::Exact),
        ("46", rate, Agreement::RoundsTo { dp: 0 }),
        ("45.6", rate, Agreement::RoundsTo { dp: 1 }),
        ("45.56", rate, Agreement::RoundsTo { dp: 2 }),
        ("45.55", rate, Agreement::TruncatesTo { dp: 2 }),
        ("45", rate, Agreement::TruncatesTo { dp: 0 }),
        ("46.00", rate, Agreement::Padded { dp: 0 }),
        ("45.60", rate, Agreement::Padded { dp: 1 }),
        ("382.36", ratio(382_365, 1000), Agreement::TruncatesTo { dp: 2 }),
        ("382.37", ratio(382_365, 1000), Agreement::RoundsTo { dp: 2 }),
        ("42.48", ratio(42_485, 1000), Agreement::TruncatesTo { dp: 2 }),
        ("31.00", ratio(4600, 148), Agreement::Padded { dp: 0 }),
        ("98", ratio(97, 1), Agreement::Differs { by: Exact::ONE }),
        ("40", ratio(41, 1), Agreement::Differs { by: Exact::from_int(-1) }),
        ("94.29", ratio(9430, 100), Agreement::Differs { by: ratio(-1, 100) }),
        ("-0.5", ratio(-45, 100), Agreement::RoundsTo { dp: 1 }),
        ("-0.4", ratio(-45, 100), Agreement::TruncatesTo { dp: 1 }),
        ("0.00", ratio(1, 1000), Agreement::RoundsTo { dp: 2 }),
    ] {
        assert_eq!(agreement(printed(number), computed), expected, "{number} for {}", computed.to_plain(6));
    }
}

#[test]
fn a_difference_that_fits_no_fraction_is_still_given() {
    let tiny = (0..3).fold(ratio(i64::MAX, i64::MAX - 1), |value, prime| {
        value.checked_mul(ratio(1, [1_000_000_007, 998_244_353, 3][prime])).unwrap_or(value)
    });
    let number = printed("7.1234567890123456789012345678");
    assert!(Exact::from_decimal(number).checked_sub(tiny).is_err());
    let rounded = tiny.round(Rounding { dp: 28, mode: RoundingMode::HalfUp }).unwrap();
    assert_eq!(agreement(number, tiny), Agreement::Differs { by: Exact::from_decimal(number - rounded) });

    let huge = Exact::ten_to(38).unwrap();
    let expected = Exact::from_int(7).checked_sub(huge).unwrap();
    assert_eq!(agreement(number, huge), Agreement::Differs { by: expected });
}
