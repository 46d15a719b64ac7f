//! 年度: what reads as the year of a table.

use super::normalise::{half_width, is_space};

/// Years that a table can be of.
const YEARS: core::ops::RangeInclusive<u32> = 1949..=2099;

/// Months, days, and the short end of 2020—21.
const WITHIN: core::ops::RangeInclusive<u32> = 1..=31;

/// Whether a text names a year, or several: `2021`, `2021年度`, `2020—2022年`, `二〇二一年`, `2021年1—12月`. Not `23`, which may be any
/// century's, `20211`, or words without a year.
pub fn is_year(text: &str) -> bool {
    let mut any = false;
    let mut group: Option<(u32, u32)> = None;
    // A last character that is no digit ends the last group.
    for character in text.chars().filter(|&character| !is_space(character)).chain(core::iter::once('年')) {
        match (digit(character), group) {
            (Some(digit), _) => {
                let (value, length) = group.unwrap_or((0, 0));
                group = Some((value.saturating_mul(10).saturating_add(digit), length.saturating_add(1)));
            }
            (None, Some((value, length))) => {
                let is_year = length == 4 && YEARS.contains(&value);
                // What follows a year may be a part of it.
                let is_within = any && length <= 2 && WITHIN.contains(&value);
                if !(is_year || is_within) {
                    return false;
                }
                any |= is_year;
                group = None;
            }
            (None, None) => {}
        }
    }
    any
}

/// A digit in any width, or as the Chinese write years.
fn digit(character: char) -> Option<u32> {
    match character {
        '〇' | '○' | '零' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        other => half_width(other).to_digit(10),
    }
}

#[cfg(test)]
mod tests {
    use super::is_year;

    #[test]
    fn years_in_every_writing() {
        let years = [
            "2021",
            "2021年",
            "2021年度",
            " 2021 年度 ",
            "２０２１",
            "二〇二一年",
            "二○二一",
            "二零二一年度",
            "2020—2022",
            "2020-2022年度",
            "2020年至2022年",
            "2021、2022",
            "2021年1—12月",
            "2021年1月1日至2021年12月31日",
            "2023-12-31",
            "2023财年",
            "FY2023",
            "2020-21年",
            "1998",
            "二〇二一年十二月",
        ];
        for year in years {
            assert!(is_year(year), "{year}");
        }
    }

    #[test]
    fn what_is_no_year() {
        let others = [
            "",
            "23",
            "23年",
            "20211",
            "202",
            "202年",
            "2",
            "本年度",
            "今年",
            "年度",
            "1021",
            "2221",
            "2023.0",
            "二一年",
            "第一年",
            "2023年度第99号",
            "20232024",
            "-23",
            "23-24",
            "0023",
            "2O23",
        ];
        for other in others {
            assert!(!is_year(other), "{other}");
        }
    }
}
