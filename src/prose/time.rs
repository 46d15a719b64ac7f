//! Years, months and days in prose.

use super::words::strip_any;

/// A time that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// First and last year, where one is named.
    pub years: Option<(u16, u16)>,
    /// It names months or days and not the end of the year or all of it, so what happened then is a part of the year's.
    pub dated: bool,
}

/// Reads a time at the beginning of a text, with its length in bytes.
pub(super) fn read(text: &str) -> Option<(Time, usize)> {
    let (time, rest) = with_year(text).or_else(|| month(text, None))?;
    Some((time, text.len() - rest.len()))
}

/// The leading digits of a text, at most `most`, and the text behind.
pub(super) fn digits(text: &str, most: usize) -> Option<(u16, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(..length).filter(|_| (1..=most).contains(&length))?;
    Some((number.parse().ok()?, text.get(length..)?))
}

fn year(text: &str) -> Option<(u16, &str)> {
    digits(text, 4).filter(|(year, _)| (1900..=2100).contains(year))
}

const DASHES: &[&str] = &["至", "到", "~", "--", "-"];

fn with_year(text: &str) -> Option<(Time, &str)> {
    let (first, rest) = year(text)?;
    let one = |dated| Time { years: Some((first, first)), dated };
    let Some(named) = rest.strip_prefix('年') else {
        // 2020-2022年度, 2021-12-31
        if let Some((last, rest)) = strip_any(rest, DASHES).and_then(year) {
            let rest = strip_any(rest, &["年度", "年"]).unwrap_or(rest);
            return Some((Time { years: Some((first.min(last), first.max(last))), dated: false }, rest));
        }
        let separator = rest.chars().next().filter(|separator| matches!(separator, '-' | '/' | '.'))?;
        let (month, rest) = digits(rest.strip_prefix(separator)?, 2)?;
        let (_, rest) = digits(rest.strip_prefix(separator)?, 2)?;
        return Some((one(month != 12), rest));
    };
    let rest = named.strip_prefix('度').unwrap_or(named);
    if let Some((last, behind)) = strip_any(rest, DASHES).or_else(|| strip_any(rest, &["、", "和", "及", "与"])).and_then(year)
        && let Some(behind) = behind.strip_prefix('年')
    {
        let behind = behind.strip_prefix('度').unwrap_or(behind);
        return Some((Time { years: Some((first.min(last), first.max(last))), dated: false }, behind));
    }
    if let Some(behind) = strip_any(rest, &["年底", "底", "末"]) {
        return Some((one(false), behind));
    }
    month(rest, Some(first)).or(Some((one(false), rest)))
}

/// 6月, 12月31日, 1-6月; 2021年1月至2021年12月.
fn month(text: &str, year: Option<u16>) -> Option<(Time, &str)> {
    let (first, rest) = digits(text, 2)?;
    let months = |from: u16, to: u16, until: Option<u16>, rest| {
        let last = until.or(year);
        let years = year.or(last).zip(last.or(year)).map(|(from, to)| (from.min(to), from.max(to)));
        // The end of the year, or all of it, is no part of it.
        let whole = to == 12 && (from == 12 || from == 1);
        (Time { years, dated: !whole }, rest)
    };
    if let Some((last, rest)) = strip_any(rest, DASHES).and_then(|rest| digits(rest, 2))
        && let Some(rest) = rest.strip_prefix('月')
    {
        return Some(months(first, last, None, day(rest)));
    }
    let rest = day(rest.strip_prefix('月')?);
    if let Some(behind) = strip_any(rest, DASHES) {
        let named = digits(behind, 4).and_then(|(year, rest)| Some((year, rest.strip_prefix('年')?)));
        let (until, behind) = named.map_or((None, behind), |(year, rest)| (Some(year), rest));
        if let Some((last, behind)) = digits(behind, 2)
            && let Some(behind) = behind.strip_prefix('月')
        {
            return Some(months(first, last, until, day(behind)));
        }
    }
    Some(months(first, first, None, rest))
}

/// The text behind a day.
fn day(rest: &str) -> &str {
    let named = digits(rest, 2).and_then(|(_, rest)| strip_any(rest, &["日", "号"]));
    named.or_else(|| strip_any(rest, &["份", "底", "末"])).unwrap_or(rest)
}
