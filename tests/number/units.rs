use std::num::NonZero;

use jixiao::number::unit::in_unit_of;
use jixiao::number::{Exact, Magnitude, Quantity, Reading, Unit, read};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Table {
    factors: Vec<[String; 3]>,
    apart: Vec<[String; 2]>,
    numbers: Vec<[String; 3]>,
}

fn table() -> Table {
    toml::from_str(include_str!("units.toml")).unwrap()
}

/// The unit as it reads behind a number. Units that no reading gives alone (月 is a date) are made by hand.
fn unit(name: &str) -> Unit {
    match read(&format!("1{name}")) {
        Reading::Quantity(quantity) => quantity.unit,
        _ => Unit::Other { magnitude: Magnitude(0), name: name.into() },
    }
}

fn quantity(text: &str) -> Quantity {
    let Reading::Quantity(quantity) = read(text) else { panic!("{text}") };
    quantity
}

fn fraction(text: &str) -> Exact {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    Exact::ratio(above.parse().unwrap(), NonZero::new(below.parse().unwrap()).unwrap())
}

#[test]
fn units_of_a_kind_agree_by_their_factor_both_ways() {
    let table = table();
    let mut wrong = Vec::new();
    for [from, to, factor] in &table.factors {
        let expected = fraction(factor);
        let back = Exact::ONE.checked_div(expected).unwrap();
        let (from, to) = (unit(from), unit(to));
        if in_unit_of(&from, &to) != Ok(expected) || in_unit_of(&to, &from) != Ok(back) {
            wrong.push(format!("{from:?} in {to:?}: {:?}, not {factor}", in_unit_of(&from, &to)));
        }
    }
    println!("{} pairs agree", table.factors.len());
    assert!(table.factors.len() >= 130);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn units_of_different_kinds_are_not_compared() {
    let table = table();
    let mut wrong = Vec::new();
    for [from, to] in &table.apart {
        let (from, to) = (unit(from), unit(to));
        for (from, to) in [(&from, &to), (&to, &from)] {
            match in_unit_of(from, to) {
                Ok(factor) => wrong.push(format!("{from:?} in {to:?}: {factor:?}")),
                Err(mismatch) => assert_eq!((mismatch.from, mismatch.to), (from.dimension(), to.dimension())),
            }
        }
    }
    println!("{} pairs do not", table.apart.len());
    assert!(table.apart.len() >= 70);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_quantity_comes_in_the_unit_of_another() {
    let mut wrong = Vec::new();
    for [from, to, number] in &table().numbers {
        let found = quantity(from).in_unit_of(&quantity(to)).ok();
        let expected = (number != "?").then(|| Exact::from_decimal(number.parse().unwrap()));
        if found != expected {
            wrong.push(format!("{from} against {to}: {found:?}, not {number}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All units of the table that convert into each other.
fn all_units() -> Vec<Unit> {
    let mut names: Vec<String> =
        table().factors.into_iter().flat_map(|[from, to, _]| [from, to]).filter(|name| !name.is_empty()).collect();
    names.sort();
    names.dedup();
    names.iter().map(|name| unit(name)).filter(|unit| unit.dimension().is_some()).collect()
}

#[test]
fn a_detour_over_a_third_unit_changes_nothing() {
    let units = all_units();
    let factors: Vec<Vec<Option<Exact>>> =
        units.iter().map(|from| units.iter().map(|to| in_unit_of(from, to).ok()).collect()).collect();
    let mut detours = 0;
    for (a, row) in factors.iter().enumerate() {
        assert_eq!(row[a], Some(Exact::ONE));
        for (b, there) in row.iter().enumerate() {
            let back = factors[b][a];
            let returned = there.zip(back).map(|(there, back)| there.checked_mul(back));
            assert_eq!(returned, there.map(|_| Ok(Exact::ONE)), "{:?} {:?}", units[a], units[b]);
            for (c, on) in factors[b].iter().enumerate() {
                // 名学生 agrees with 人 and 人 with 名教师, but the two do not agree with each other.
                if let (Some(there), Some(on), Some(direct)) = (*there, *on, row[c]) {
                    assert_eq!(there.checked_mul(on), Ok(direct), "{:?} {:?} {:?}", units[a], units[b], units[c]);
                    detours += 1;
                }
            }
        }
    }
    println!("{} units, {detours} detours", units.len());
    assert!(detours > 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changing_the_unit_changes_no_comparison(
        actual in 0_i64..10_000_000,
        target in 0_i64..10_000_000,
        scale in 0_u32..4,
        pair in prop::sample::select(table().factors.into_iter().filter(|[from, to, _]| !from.is_empty() && !to.is_empty()).collect::<Vec<_>>()),
    ) {
        let [from, to, _] = &pair;
        let written = |number: i64, unit: &Unit| Quantity { comparator: None, number: rust_decimal::Decimal::new(number, scale), unit: unit.clone() };
        let (from, to) = (unit(from), unit(to));
        let (actual_from, actual_to) = (written(actual, &from), written(actual, &to));
        let (target_from, target_to) = (written(target, &from), written(target, &to));
        let factor = in_unit_of(&from, &to).unwrap();
        // In one unit the numbers are compared as they stand, and across units as if both had been converted.
        prop_assert_eq!(actual_from.in_unit_of(&target_from), Ok(Exact::from_decimal(actual_from.number)));
        let across = actual_from.in_unit_of(&target_to).unwrap();
        prop_assert_eq!(across, Exact::from_decimal(actual_from.number).checked_mul(factor).unwrap());
        let back = target_to.in_unit_of(&actual_from).unwrap();
        prop_assert_eq!(across.cmp(&Exact::from_decimal(target_to.number)), Exact::from_decimal(actual_from.number).cmp(&back));
        prop_assert_eq!(actual_to.in_unit_of(&target_from).unwrap().checked_mul(factor), Ok(Exact::from_decimal(actual_to.number)));
    }

    #[test]
    fn any_word_may_be_a_unit(name in ".{0,12}", power in any::<u8>()) {
        let odd = Unit::Other { magnitude: Magnitude(power), name: name.as_str().into() };
        prop_assert_eq!(in_unit_of(&odd, &odd), Ok(Exact::ONE));
        prop_assert_eq!(in_unit_of(&odd, &Unit::None), Ok(Exact::ONE));
        for other in ["个", "亩", "元/亩", "小时", "%"] {
            let other = unit(other);
            prop_assert_eq!(in_unit_of(&odd, &other).is_ok(), in_unit_of(&other, &odd).is_ok());
        }
    }
}
