//! The time of day on this machine.

use js_sys::Date;

/// A moment, in the machine's own time zone.
pub struct Moment {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
}

pub fn now() -> Moment {
    let date = Date::new_0();
    Moment {
        year: date.get_full_year(),
        month: date.get_month() + 1,
        day: date.get_date(),
        hour: date.get_hours(),
        minute: date.get_minutes(),
    }
}

impl Moment {
    /// 2021-04-01 10:32, as it is stored and shown.
    pub fn stamp(&self) -> String {
        format!("{:04}-{:02}-{:02} {:02}:{:02}", self.year, self.month, self.day, self.hour, self.minute)
    }

    /// 2021年4月1日
    pub fn day(&self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }

    /// 20210401-1032, for file names.
    pub fn compact(&self) -> String {
        format!("{:04}{:02}{:02}-{:02}{:02}", self.year, self.month, self.day, self.hour, self.minute)
    }
}

/// Milliseconds since 1970, for what is to be kept for some days.
pub fn milliseconds() -> u64 {
    js_sys::Date::now() as u64
}

/// An id that no other window makes at the same moment.
pub fn new_id() -> String {
    let random = js_sys::Math::random().to_bits();
    format!("{:x}-{:x}", js_sys::Date::now().to_bits() >> 8 & 0xffff_ffff_ffff, random >> 20 & 0xffff_ffff)
}
