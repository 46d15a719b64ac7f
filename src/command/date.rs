//! The day, as it is written on what is handed out.

use std::time::{SystemTime, UNIX_EPOCH};

/// 北京时间 is eight hours ahead of the time that systems count.
const AHEAD: u64 = 8 * 3600;
const DAY: u64 = 24 * 3600;

/// Today in Beijing: 2024年3月1日. Blank where the machine's clock stands before 1970.
pub fn today() -> String {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).map(|passed| passed.as_secs());
    passed.map(|seconds| written(seconds.saturating_add(AHEAD) / DAY)).unwrap_or_default()
}

/// A day by its number, from 1970年1月1日.
fn written(day: u64) -> String {
    let mut left = day;
    let mut year = 1970_u64;
    while left >= days_of(year) {
        left -= days_of(year);
        year += 1;
    }
    let february = if days_of(year) == 366 { 29 } else { 28 };
    let mut month = 1;
    for days in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < days {
            break;
        }
        left -= days;
        month += 1;
    }
    format!("{year}年{month}月{}日", left + 1)
}

fn days_of(year: u64) -> u64 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    if leap { 366 } else { 365 }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (day, date) in [
            (0, "1970年1月1日"),
            (58, "1970年2月28日"),
            (59, "1970年3月1日"),
            (11_016, "2000年2月29日"),
            (11_017, "2000年3月1日"),
            (19_782, "2024年2月29日"),
            (20_088, "2024年12月31日"),
            (20_089, "2025年1月1日"),
            (47_540, "2100年2月28日"),
            (47_541, "2100年3月1日"),
        ] {
            assert_eq!(written(day), date, "{day}");
        }
    }
}
