use std::collections::BTreeMap;

use jixiao::number::{Comparator, Deadline, Exact, Quantity, Reading, Unit, group_digits, read};
use proptest::prelude::*;

use crate::random::Random;

fn table() -> BTreeMap<String, BTreeMap<String, String>> {
    toml::from_str(include_str!("readings.toml")).unwrap()
}

/// The compact form that the table uses.
fn compact(reading: &Reading) -> String {
    match reading {
        Reading::Blank => "blank".into(),
        Reading::NotApplicable => "n/a".into(),
        Reading::Words => "words".into(),
        Reading::Quantity(one) => quantity(one),
        Reading::Range { low, high } => format!("{}..{}", quantity(low), quantity(high)),
        Reading::Date(date) => deadline(date),
    }
}

/// A day, a month, a year, or the first and the last day of what is meant.
fn deadline(Deadline { year, first, last, edge }: &Deadline) -> String {
    let year_text = year.map_or("?".into(), |year| year.to_string());
    let month_end = |month| match month {
        4 | 6 | 9 | 11 => 30,
        2 => year.map_or(29, |year| if year % 4 == 0 { 29 } else { 28 }),
        _ => 31,
    };
    let days = (first.month, first.day, last.month, last.day);
    let stretch = match days {
        (1, 1, 12, 31) => String::new(),
        (from, 1, to, end) if from == to && end == month_end(to) => format!("-{from}"),
        (month, day, to, end) if (month, day) == (to, end) => format!("-{month}-{day}"),
        (month, day, to, end) => format!("-{month}.{day}..{to}.{end}"),
    };
    format!("{year_text}{stretch} {edge:?}")
}

fn quantity(Quantity { comparator, number, unit }: &Quantity) -> String {
    let sign = match comparator {
        None => "",
        Some(Comparator::AtLeast) => "≥",
        Some(Comparator::MoreThan) => ">",
        Some(Comparator::AtMost) => "≤",
        Some(Comparator::LessThan) => "<",
        Some(Comparator::Equal) => "=",
    };
    let (name, power) = match unit {
        Unit::None => (String::new(), 0),
        Unit::Percent => ("%".into(), 0),
        Unit::Money(magnitude) => ("元".into(), magnitude.0),
        Unit::Other { magnitude, name } => (format!("{{{name}}}"), magnitude.0),
    };
    let power = if power == 0 { String::new() } else { format!("e{power}") };
    format!("{sign}{number}{name}{power}")
}

#[test]
fn every_row_of_the_table_reads_as_stated() {
    let mut wrong = Vec::new();
    let mut rows = 0;
    for (section, readings) in table() {
        for (text, expected) in readings {
            rows += 1;
            let found = compact(&read(&text));
            if found != expected {
                wrong.push(format!("[{section}] {text:?}: expected {expected}, found {found}"));
            }
        }
    }
    println!("{rows} rows");
    assert!(rows >= 150);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn full_width_reads_as_half_width() {
    for text in table().into_values().flat_map(BTreeMap::into_keys) {
        let full: String = text.chars().map(full_width).collect();
        // A point at the end of words is a full stop in both widths, and ¥ has its own full-width form.
        assert_eq!(compact(&read(&full)), compact(&read(&text)), "{full}");
    }
}

fn full_width(character: char) -> char {
    match character {
        '!'..='~' => char::from_u32(u32::from(character) + 0xFEE0).unwrap(),
        ' ' => '\u{3000}',
        '¥' => '￥',
        other => other,
    }
}

#[test]
fn white_space_around_and_inside_does_not_matter() {
    for text in table().into_values().flat_map(BTreeMap::into_keys) {
        let padded = format!("\u{FEFF} \t{text}\u{3000}\r\n");
        assert_eq!(read(&padded), read(&text), "{text}");
        let invisible: String = text.chars().flat_map(|character| [character, '\u{200B}']).collect();
        assert_eq!(read(&invisible), read(&text), "{text}");
    }
}

/// Each text of the table in many spellings: every character in either width, with or without blanks and unseen characters
/// before it. Between two digits a blank means something, so none is put there.
#[test]
fn width_blanks_and_unseen_characters_change_no_reading() {
    const SPELLINGS: usize = 40;
    const BLANKS: [&str; 9] = [" ", "\u{3000}", "\u{A0}", "\u{2009}", "\u{202F}", "\u{200B}", "\u{FEFF}", "\u{200E}", "\u{2060}"];
    let mut random = Random::new(20_260_701);
    let mut spellings = 0;
    for text in table().into_values().flat_map(BTreeMap::into_keys) {
        for _ in 0..SPELLINGS {
            let (wide, spaced) = (random.below(3), random.below(4));
            let mut spelled = String::new();
            let mut last = ' ';
            for character in text.chars() {
                let digits = last.is_ascii_digit() || ('０'..='９').contains(&last);
                let blanks = if digits && (character.is_ascii_digit() || ('０'..='９').contains(&character)) {
                    &BLANKS[5..]
                } else {
                    &BLANKS[..]
                };
                if spaced > 0 && random.below(3) < spaced {
                    spelled.push_str(blanks[random.below(blanks.len())]);
                }
                spelled.push(if random.below(2) < wide { full_width(character) } else { character });
                // A blank of the text stands between what it stood between.
                last = if character == ' ' { last } else { character };
            }
            assert_eq!(compact(&read(&spelled)), compact(&read(&text)), "{spelled:?} for {text:?}");
            spellings += 1;
        }
    }
    println!("{spellings} spellings");
}

#[test]
fn values_are_in_the_plain_unit() {
    let value = |text: &str| match read(text) {
        Reading::Quantity(quantity) => quantity.value().unwrap(),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(value("95%"), value("0.95"));
    assert_eq!(value("1.2万亩"), Exact::from_int(12_000));
    assert_eq!(value("90万元"), value("900,000元"));
    assert_eq!(value("2.6亿元"), value("26000万元"));
    assert_eq!(value("5万"), value("50000"));
    assert_eq!(value("≥50个"), Exact::from_int(50));
    let Reading::Quantity(cost) = read("382.360万元") else { panic!() };
    assert_eq!((cost.decimals(), cost.factor()), (3, Exact::from_int(10_000)));
}

#[test]
fn long_texts_are_words() {
    assert_eq!(read(&"1".repeat(65)), Reading::Words);
    assert_eq!(read(&"九".repeat(1_000_000)), Reading::Words);
    assert_eq!(compact(&read(&format!("{}5{}", " ".repeat(100_000), "\u{3000}".repeat(1000)))), "5");
}

#[test]
fn digits_are_grouped_by_three() {
    for (plain, grouped) in [
        ("", ""),
        ("1", "1"),
        ("123", "123"),
        ("1234", "1,234"),
        ("1234567.8900", "1,234,567.8900"),
        ("-1234567", "-1,234,567"),
        ("-123.4567", "-123.4567"),
        ("1234.5678…", "1,234.5678…"),
        ("1,234", "1,234"),
        ("不适用", "不适用"),
    ] {
        assert_eq!(group_digits(plain), grouped);
    }
}

/// Random texts made from the characters that mean something, and mutations of the rows of the table.
#[test]
fn no_text_panics() {
    let rows: Vec<Vec<char>> = table().into_values().flat_map(BTreeMap::into_keys).map(|text| text.chars().collect()).collect();
    let pieces: Vec<char> = "0123456789０９.．,，。%％+-－—~～至到*×x/\\=＝<>≥≤年月日底前份个百千万亿元分以上下内含不超过达到控制在率约一二三五十〇两半零点之季旬第¥ \t\n\u{3000}\u{200B}()（）aZé😀\u{0}"
        .chars()
        .collect();
    let mut random = Random::new(20_200_228);
    let mut kinds = BTreeMap::<&str, u32>::new();
    const INPUTS: u32 = 300_000;
    for _ in 0..INPUTS {
        let mut text = if random.below(4) == 0 { Vec::new() } else { random.pick(&rows).clone() };
        for _ in 0..=random.below(if text.is_empty() { 12 } else { 3 }) {
            let at = random.below(text.len() + 1);
            match random.below(4) {
                0 if at < text.len() => drop(text.remove(at)),
                1 if at < text.len() => text[at] = *random.pick(&pieces),
                2 => drop(text.splice(at..at, random.pick(&rows).iter().copied().take(20))),
                _ => text.insert(at, *random.pick(&pieces)),
            }
        }
        let text: String = text.into_iter().collect();
        let reading = read(&text);
        *kinds.entry(kind(&reading)).or_default() += 1;
        check(&text, &reading);
    }
    println!("{INPUTS} texts: {kinds:?}");
    assert_eq!(kinds.len(), 6);
}

fn kind(reading: &Reading) -> &'static str {
    match reading {
        Reading::Blank => "blank",
        Reading::NotApplicable => "not applicable",
        Reading::Quantity(_) => "quantity",
        Reading::Range { .. } => "range",
        Reading::Date(_) => "date",
        Reading::Words => "words",
    }
}

/// What holds for every reading.
fn check(text: &str, reading: &Reading) {
    match reading {
        Reading::Quantity(quantity) => {
            // The digits of a number stand in the text, in this order, and there are no others.
            let factors = text.contains(['*', '×', 'x', 'X', '＊', 'ｘ', 'Ｘ', '✕']);
            let numerals =
                text.contains(|character| "〇○零一二两三四五六七八九十百千半壹贰叁肆伍陆柒捌玖拾佰仟".contains(character));
            if !factors && !numerals {
                // But those of m2 and m3.
                let squeezed = text.chars().filter(|char| !char.is_whitespace()).collect::<String>();
                let plain = ["m2", "m3", "M2", "M3"].iter().fold(squeezed, |text, unit| text.replace(unit, ""));
                assert_eq!(digits(&quantity.number.to_string()), digits(&plain), "{text:?}");
            }
            assert!(quantity.value().is_ok(), "{text:?}");
        }
        Reading::Range { low, high } => {
            assert!(low.value().unwrap() <= high.value().unwrap(), "{text:?}")
        }
        Reading::Date(date) => {
            assert!(date.first <= date.last, "{text:?}");
            for year in [None, Some(2021), Some(2024)] {
                let Some((first, last)) = date.span(year) else { continue };
                assert!(first <= last && (1..=12).contains(&first.month) && (1..=31).contains(&last.day), "{text:?}");
                assert_eq!(first.year, date.year.or(year).unwrap(), "{text:?}");
            }
        }
        Reading::Blank => assert!(!text.contains(|character: char| character.is_alphanumeric())),
        Reading::NotApplicable | Reading::Words => {}
    }
}

/// All digits of a text in half width, without the zeros in front.
fn digits(text: &str) -> String {
    let half = |character: char| match character {
        '０'..='９' => char::from_u32(u32::from(character) - 0xFEE0),
        '0'..='9' => Some(character),
        _ => None,
    };
    let all: String = text.chars().filter_map(half).collect();
    all.trim_start_matches('0').to_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_texts_do_not_panic(text in any::<String>()) {
        check(&text, &read(&text));
    }

    #[test]
    fn a_printed_number_reads_as_itself(mantissa in -10_i128.pow(27)..10_i128.pow(27), scale in 0_u32..=20) {
        let number = rust_decimal::Decimal::from_i128_with_scale(mantissa, scale);
        for text in [number.to_string(), group_digits(&number.to_string())] {
            let Reading::Quantity(read) = read(&text) else { panic!("{text}") };
            prop_assert_eq!(read.number, number);
            prop_assert_eq!(read.decimals(), scale);
            prop_assert_eq!((read.comparator, read.unit), (None, Unit::None));
        }
    }

    #[test]
    fn a_sign_and_a_unit_change_nothing_about_the_number(
        mantissa in 0_i128..10_i128.pow(12),
        scale in 0_u32..=4,
        sign in prop::sample::select(vec!["", "≥", "≤", "＞", "不低于", "不超过", "达到"]),
        unit in prop::sample::select(vec!["", "%", "个", "万元", "亿元", "万亩", "㎡", "人次", "％", "百分比"]),
    ) {
        let number = rust_decimal::Decimal::from_i128_with_scale(mantissa, scale);
        let text = format!("{sign}{number}{unit}");
        let Reading::Quantity(read) = read(&text) else { panic!("{text}") };
        prop_assert_eq!(read.number, number);
        prop_assert_eq!(read.comparator.is_some(), !sign.is_empty());
        prop_assert_eq!(read.value().unwrap(), Exact::from_decimal(number).checked_mul(read.factor()).unwrap());
    }
}
