//! A time to finish (完成时限), as a stretch of days within one year.

/// A time to finish (完成时限): `12月底前`, `2021年12月`, `9月前`, `2021-12-31`, `一季度`, `2019年`.
///
/// A text names a day or a stretch of days: `12月` is the 1st to the 31st, `上半年` January to June, `2019年` the whole year.
/// Of a span (`2019年12月至2020年3月`) only its end is kept, because that is when the work is done. Every day exists in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// 1900 to 2100; `None` where the text leaves it to the year of the table: `12月底前`, `本年底`.
    pub year: Option<u16>,
    /// The earliest day meant. 底 and 末 begin with the 21st, those of a quarter or a year with the last month.
    pub first: MonthDay,
    /// The latest day meant, not before the first. Without a year February has 29 days.
    pub last: MonthDay,
    /// How the days bound the time.
    pub edge: Edge,
}

/// A day of any year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The year.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// How a date bounds the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Some time within the days, or on the day: `7月`, `2021年12月完成`, `2019年`.
    On,
    /// Until the end of the last day: `12月底前`, `12月31日前`, `≤12月`, `年内`.
    By,
    /// `9月前`, `一季度前`, without 底 or a day: it is unclear whether the days themselves count. What is done before the first
    /// is in time, what is done after the last is not.
    Before,
}

impl Deadline {
    /// The earliest and the latest day meant, in the year of the text or else in the fiscal year (预算年度); `None` where
    /// neither is known.
    pub fn span(&self, fiscal_year: Option<u16>) -> Option<(Day, Day)> {
        let year = self.year.or(fiscal_year)?;
        let on = |MonthDay { month, day }: MonthDay| Day { year, month, day: day.min(days_in(Some(year), month)) };
        Some((on(self.first), on(self.last)))
    }

    /// The month, where all days meant lie in one.
    pub fn month(&self) -> Option<u8> {
        (self.first.month == self.last.month).then_some(self.first.month)
    }

    /// The day of the month, where one day is meant.
    pub fn day(&self) -> Option<u8> {
        (self.first == self.last).then_some(self.first.day)
    }
}

/// The last day of a month; without a year, February has 29. 0 for what is no month.
pub(super) fn days_in(year: Option<u16>, month: u8) -> u8 {
    let leap = year.is_none_or(|year| (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}
