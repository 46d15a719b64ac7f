//! Numbers and dates written out in Chinese, against the same in digits.

use jixiao::number::{Day, Edge, Exact, Reading, read};
use proptest::prelude::*;

const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A number as it is said: 10050 is 一万零五十.
fn said(number: u64) -> String {
    let mut text = String::new();
    let (mut rest, mut gap) = (number, false);
    for (unit, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let section = rest / unit;
        rest %= unit;
        if section == 0 {
            gap = !text.is_empty();
            continue;
        }
        if (gap || section < 1000) && !text.is_empty() {
            text.push('零');
        }
        text.push_str(&said_section(section, text.is_empty()));
        text.push_str(name);
        gap = false;
    }
    if text.is_empty() { "零".into() } else { text }
}

fn said_section(section: u64, first: bool) -> String {
    let (mut text, mut gap) = (String::new(), false);
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = section / unit % 10;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        // Ten to nineteen at the beginning are said without 一.
        if !(first && unit == 10 && digit == 1 && text.is_empty()) {
            text.push_str(DIGITS[digit as usize]);
        }
        text.push_str(name);
    }
    text
}

#[test]
fn numbers_are_said_as_one_says_them() {
    for (number, text) in [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1005, "一千零五"),
        (10_005, "一万零五"),
        (12_000, "一万二千"),
        (10_050, "一万零五十"),
        (120_000, "十二万"),
        (100_000_000, "一亿"),
        (305_000_120, "三亿零五百万零一百二十"),
    ] {
        assert_eq!(said(number), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_number_said_counts_as_its_digits(
        number in prop_oneof![0_u64..=10_000, 0_u64..1_000_000_000],
        unit in prop::sample::select(vec!["个", "人", "次", "亩", "元", "天", "户", "人次", "元/亩"]),
        sign in prop::sample::select(vec!["", "≥", "不少于", "不超过"]),
    ) {
        for said in [said(number), said(number).replace("二千", "两千").replace("二百", "两百")] {
            let text = format!("{sign}{said}{unit}");
            let (Reading::Quantity(found), Reading::Quantity(plain)) = (read(&text), read(&format!("{sign}{number}{unit}"))) else { panic!("{text}") };
            // 三百万元 is 300 of 万元, which is the same.
            prop_assert_eq!(found.value(), plain.value(), "{}", text);
            prop_assert_eq!((found.comparator, found.unit.dimension()), (plain.comparator, plain.unit.dimension()));
        }
    }

    #[test]
    fn a_share_said_counts_as_its_digits(whole in 0_u64..=100, tenths in 0_usize..10) {
        let text = format!("百分之{}点{}", said(whole), DIGITS[tenths]);
        let Reading::Quantity(found) = read(&text) else { panic!("{text}") };
        let expected = Exact::from_decimal(rust_decimal::Decimal::new(whole as i64 * 10 + tenths as i64, 3));
        prop_assert_eq!(found.value(), Ok(expected));
    }

    #[test]
    fn a_day_is_the_same_in_every_writing(year in 1990_u16..=2060, month in 1_u8..=12, day in 1_u8..=28) {
        let spelled: String = year.to_string().chars().map(|digit| DIGITS[digit.to_digit(10).unwrap() as usize]).collect();
        let (said_month, said_day) = (said(month.into()), said(day.into()));
        let expected = Day { year, month, day };
        for text in [
            format!("{year}年{month}月{day}日"),
            format!("{year}年{month:02}月{day:02}日"),
            format!("{year} 年 {month} 月 {day} 日"),
            format!("{year}-{month}-{day}"),
            format!("{year}-{month:02}-{day:02} 00:00:00"),
            format!("{year}/{month}/{day}"),
            format!("{year}.{month:02}.{day:02}"),
            format!("{spelled}年{said_month}月{said_day}日"),
            format!("{}年{month}月{day}号", spelled.replace('零', "〇")),
            format!("{}年1月1日至{year}年{month}月{day}日", year - 1),
            format!("{year}年{month}月{day}日完成"),
        ] {
            let Reading::Date(date) = read(&text) else { panic!("{text}: {:?}", read(&text)) };
            prop_assert_eq!(date.span(None), Some((expected, expected)), "{}", text);
            prop_assert_eq!(date.edge, Edge::On);
        }
        for text in [format!("{month}月{day}日前"), format!("{said_month}月{said_day}日之前"), format!("≤{month}月{day}日")] {
            let Reading::Date(date) = read(&text) else { panic!("{text}") };
            prop_assert_eq!(date.span(Some(year)), Some((expected, expected)), "{}", text);
            prop_assert_eq!((date.span(None), date.edge), (None, Edge::By));
        }
    }

    #[test]
    fn parts_of_a_year_lie_in_it_and_follow_each_other(year in 1990_u16..=2060) {
        let span = |text: &str| {
            let Reading::Date(date) = read(text) else { panic!("{text}") };
            date.span(Some(year)).unwrap()
        };
        let whole = span(&format!("{year}年"));
        let mut parts: Vec<Vec<String>> = vec![
            vec!["上半年".into(), "下半年".into()],
            (1..=4).map(|quarter| format!("{year}年第{}季度", said(quarter))).collect(),
            (1..=12).map(|month| format!("{month}月")).collect(),
        ];
        for month in 1..=12 {
            parts.push(["上旬", "中旬", "下旬"].iter().map(|part| format!("{year}年{month}月{part}")).collect());
        }
        for (place, parts) in parts.iter().enumerate() {
            let spans: Vec<_> = parts.iter().map(|text| span(text)).collect();
            let around = if place < 3 { whole } else { span(&format!("{}月", place - 2)) };
            prop_assert_eq!((spans[0].0, spans[spans.len() - 1].1), around);
            for pair in spans.windows(2) {
                prop_assert!(pair[0].1 < pair[1].0);
            }
        }
    }
}
