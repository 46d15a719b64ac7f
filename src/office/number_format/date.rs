//! Dates and times: numbers of days since an epoch.

use super::{DatePart, Decimal, Numerals, Piece, Section};
use crate::prelude::*;

/// Which day is 0. Workbooks of old Macs begin in 1904.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Epoch {
    #[default]
    Of1900,
    Of1904,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    pub year: i64,
    pub month: i64,
    pub day: i64,
}

/// A number as a date of this format; none where no calendar reaches, which Excel shows as #####.
pub(super) fn shown(section: &Section, value: &Decimal, epoch: Epoch) -> Option<String> {
    if value.negative && !value.is_zero() {
        return None;
    }
    let mut days = value.whole_number()?;
    if days > LAST_DAY {
        return None;
    }
    // Seconds are rounded, and parts of them; minutes and hours are cut off, as Excel does it.
    let has =
        |wanted: fn(&DatePart) -> bool| section.pieces.iter().any(|piece| matches!(piece, Piece::Date(part) if wanted(part)));
    let places = section.pieces.iter().find_map(|piece| match piece {
        Piece::Date(DatePart::Fraction(places)) => u32::try_from(*places).ok(),
        _ => None,
    });
    let unit = match places {
        Some(places) => i128::pow(10, 3_u32.saturating_sub(places)),
        None if has(|part| matches!(part, DatePart::Second(_) | DatePart::ElapsedSeconds(_))) => 1_000,
        None => 1,
    };
    let scaled = value.fraction(16).checked_mul(MILLISECONDS)?;
    let units = (scaled / unit + SCALE / 2) / SCALE;
    let mut time = i64::try_from(units * unit).ok()?;
    if i128::from(time) >= MILLISECONDS {
        time = 0;
        days += 1;
    }
    let elapsed = days.checked_mul(24 * 3_600)?.checked_add(time / 1_000)?;
    let calendar = days + if epoch == Epoch::Of1904 { DAYS_TO_1904 } else { 0 };
    if calendar > LAST_DAY {
        return None;
    }
    let date = Date::of_serial(calendar);
    let clock = Clock { hour: time / 3_600_000, minute: time / 60_000 % 60, second: time / 1_000 % 60, milli: time % 1_000 };
    let half = has(|part| matches!(part, DatePart::HalfDay | DatePart::HalfDayChinese));
    let mut text = String::new();
    for piece in &section.pieces {
        match piece {
            Piece::Date(part) => text.push_str(&part_text(section, *part, date, calendar, &clock, elapsed, half)),
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Digit(_)
            | Piece::Point
            | Piece::Comma
            | Piece::Percent
            | Piece::Exponent { .. }
            | Piece::Slash
            | Piece::General
            | Piece::Text => {}
        }
    }
    Some(text)
}

struct Clock {
    hour: i64,
    minute: i64,
    second: i64,
    milli: i64,
}

const MILLISECONDS: i128 = 86_400_000;
const SCALE: i128 = 10_000_000_000_000_000;
/// 9999-12-31.
const LAST_DAY: i64 = 2_958_465;
const DAYS_TO_1904: i64 = 1_462;

fn part_text(section: &Section, part: DatePart, date: Date, serial: i64, clock: &Clock, elapsed: i64, half: bool) -> String {
    let padded = |value: i64, count: usize| match section.numerals {
        Some(numerals @ (Numerals::Plain | Numerals::Formal)) => numerals.said(&value.to_string()),
        Some(numerals) => numerals.spelt(&value.to_string()),
        None if count >= 2 => format!("{value:02}"),
        None => value.to_string(),
    };
    let hour = if half { (clock.hour + 11) % 12 + 1 } else { clock.hour };
    match part {
        DatePart::Year(count) => {
            let year = if count == 2 { format!("{:02}", date.year % 100) } else { format!("{:04}", date.year) };
            section.numerals.map_or(year.clone(), |numerals| numerals.spelt(&year))
        }
        DatePart::Month(count @ 1..=2) => padded(date.month, count),
        DatePart::Month(_) if section.chinese => format!("{}月", Numerals::Plain.said(&date.month.to_string())),
        DatePart::Month(5) => name(&MONTHS, date.month - 1).chars().take(1).collect(),
        DatePart::Month(4) => name(&MONTHS, date.month - 1).to_owned(),
        DatePart::Month(_) => name(&MONTHS, date.month - 1).chars().take(3).collect(),
        DatePart::Day(count @ 1..=2) => padded(date.day, count),
        DatePart::Day(count) if section.chinese => weekday(serial, count == 4),
        DatePart::Day(3) => name(&DAYS, (serial + 6) % 7).chars().take(3).collect(),
        DatePart::Day(_) => name(&DAYS, (serial + 6) % 7).to_owned(),
        DatePart::Weekday(count) => weekday(serial, count >= 4),
        DatePart::Hour(count) => padded(hour, count),
        DatePart::Minute(count) => padded(clock.minute, count),
        DatePart::Second(count) => padded(clock.second, count),
        DatePart::Fraction(places) => format!(".{}", format!("{:03}", clock.milli).chars().take(places).collect::<String>()),
        DatePart::HalfDay => (if clock.hour < 12 { "AM" } else { "PM" }).to_owned(),
        DatePart::HalfDayChinese => (if clock.hour < 12 { "上午" } else { "下午" }).to_owned(),
        DatePart::ElapsedHours(count) => padded(elapsed / 3_600, count),
        DatePart::ElapsedMinutes(count) => padded(elapsed / 60, count),
        DatePart::ElapsedSeconds(count) => padded(elapsed, count),
    }
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

fn name(names: &[&'static str], at: i64) -> &'static str {
    usize::try_from(at).ok().and_then(|at| names.get(at)).copied().unwrap_or("")
}

fn weekday(serial: i64, whole: bool) -> String {
    let day = name(&["日", "一", "二", "三", "四", "五", "六"], (serial + 6) % 7);
    if whole { format!("星期{day}") } else { day.to_owned() }
}

impl Date {
    /// A day of the 1900 calendar, with the 29 February 1900 that Excel knows and no calendar has.
    pub fn of_serial(serial: i64) -> Self {
        match serial {
            ..=0 => Self { year: 1900, month: 1, day: 0 },
            60 => Self { year: 1900, month: 2, day: 29 },
            1..60 => Self::of_days(serial + DAYS_TO_1900 + 1),
            _ => Self::of_days(serial + DAYS_TO_1900),
        }
    }

    pub fn serial(self) -> i64 {
        let days = self.days() - DAYS_TO_1900;
        if days < 61 { days - 1 } else { days }
    }

    /// By days since 1970-01-01 (Howard Hinnant's way, over years that begin in March).
    fn of_days(days: i64) -> Self {
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        Self { year: year + era * 400 + i64::from(month <= 2), month, day }
    }

    fn days(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = if self.month > 2 { self.month - 3 } else { self.month + 9 };
        let of_year = (153 * month + 2) / 5 + self.day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }
}

/// From 1970-01-01 back to the day before day 1 of the 1900 calendar, as it counts from March 1900 on.
const DAYS_TO_1900: i64 = -25_569;

/// The number of a date that is written as text, `2020-12-31T12:00:00` or `12:00:00`, in the 1900 calendar.
pub fn serial_of_iso(text: &str) -> Option<Decimal> {
    let text = text.trim().trim_end_matches('Z');
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (Some(date), Some(time)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let days = match date {
        Some(date) => {
            let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
            let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
            let known = (1900..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
            if !known || parts.next().is_some() {
                return None;
            }
            Date { year, month, day }.serial().max(0)
        }
        None => 0,
    };
    let mut milliseconds = 0;
    if let Some(time) = time {
        let mut parts = time.split(':');
        let hour: i128 = parts.next()?.parse().ok()?;
        let minute: i128 = parts.next()?.parse().ok()?;
        let seconds = parts.next().unwrap_or("0");
        let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
        let second: i128 = second.parse().ok()?;
        let fraction: i128 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
        if !(0..=23).contains(&hour) || !(0..60).contains(&minute) || !(0..=60).contains(&second) {
            return None;
        }
        milliseconds = ((hour * 60 + minute) * 60 + second) * 1_000 + fraction;
    }
    let scaled = (milliseconds * SCALE + MILLISECONDS / 2) / MILLISECONDS;
    Decimal::parse(&format!("{days}.{scaled:016}"))
}
