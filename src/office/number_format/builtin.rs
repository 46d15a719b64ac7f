//! The formats that workbooks name by a number only. Those that depend on the system are given as a Chinese system shows them.

use super::{DatePart, NumberFormat, Piece};
use crate::prelude::*;

/// The format of a number, `General` where none is known.
pub fn builtin(id: u16) -> NumberFormat {
    NumberFormat::parse(code(id))
}

fn code(id: u16) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "\"¥\"#,##0;\"¥\"\\-#,##0",
        7 | 8 => "\"¥\"#,##0.00;\"¥\"\\-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"时\"mm\"分\"",
        33 => "h\"时\"mm\"分\"ss\"秒\"",
        34 | 55 => "上午/下午h\"时\"mm\"分\"",
        35 | 56 => "上午/下午h\"时\"mm\"分\"ss\"秒\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 => "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ",
        42 => "_ \"¥\"* #,##0_ ;_ \"¥\"* -#,##0_ ;_ \"¥\"* \"-\"_ ;_ @_ ",
        43 => "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
        44 => "_ \"¥\"* #,##0.00_ ;_ \"¥\"* -#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ ",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "General",
    }
}

/// A piece of a format that stands in the code.
pub(super) enum Part {
    Date(DatePart),
    Sign(&'static str),
}

impl Part {
    pub(super) fn make(&self) -> Piece {
        match self {
            Self::Date(part) => Piece::Date(*part),
            Self::Sign(text) => Piece::Literal((*text).to_owned()),
        }
    }
}

/// `[$-F800]`: the long date of the system.
pub(super) const LONG_DATE: [Part; 6] = [
    Part::Date(DatePart::Year(4)),
    Part::Sign("年"),
    Part::Date(DatePart::Month(1)),
    Part::Sign("月"),
    Part::Date(DatePart::Day(1)),
    Part::Sign("日"),
];
/// `[$-F400]`: the time of the system.
pub(super) const LONG_TIME: [Part; 5] = [
    Part::Date(DatePart::Hour(1)),
    Part::Sign(":"),
    Part::Date(DatePart::Minute(2)),
    Part::Sign(":"),
    Part::Date(DatePart::Second(2)),
];
