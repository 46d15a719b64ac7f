//! Number formats of spreadsheets (`0.00"万元"`, `yyyy"年"m"月"`), over decimal digits: what a stored number looks like to a person.
//!
//! Rounding is half up on the digits that Excel keeps, as Excel does it: 8.625 is shown as 8.63. Where the text is not the number,
//! the number is given beside it.

use super::decimal::Decimal;
use crate::prelude::*;

mod beside;
mod builtin;
mod date;
mod numerals;
mod parse;
mod render;

pub use beside::beside;
pub use builtin::builtin;
pub use date::{Epoch, serial_of_iso};

/// A format, ready to be used for many cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberFormat {
    sections: Vec<Section>,
    /// What texts look like, where the format says so.
    text: Option<Section>,
}

/// What a cell shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub text: String,
    /// The number, where the text is not all of it.
    pub exact: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Section {
    pieces: Vec<Piece>,
    condition: Option<(Comparison, Decimal)>,
    /// `[DBNum1]`: which Chinese numerals are shown.
    numerals: Option<Numerals>,
    /// `[$-804]` names months and days in Chinese.
    chinese: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    AtMost,
    Equal,
    Other,
    AtLeast,
    More,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numerals {
    /// 一二三 (`DBNum1`)
    Plain,
    /// 壹贰叁 (`DBNum2`)
    Formal,
    /// １２３ (`DBNum3`)
    Wide,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    /// `0`, `#` or `?`
    Digit(char),
    Point,
    Comma,
    Percent,
    Exponent {
        plus: bool,
    },
    Slash,
    General,
    Text,
    Date(DatePart),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DatePart {
    Year(usize),
    Month(usize),
    Day(usize),
    /// `aaa` 一, `aaaa` 星期一
    Weekday(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    /// Digits behind the point of a second.
    Fraction(usize),
    /// `AM/PM`
    HalfDay,
    /// `上午/下午`
    HalfDayChinese,
    ElapsedHours(usize),
    ElapsedMinutes(usize),
    ElapsedSeconds(usize),
}

impl NumberFormat {
    /// Reads a format code. Any text is one: what is no sign of a format is shown as it stands.
    pub fn parse(code: &str) -> Self {
        parse::format(code)
    }

    /// What a number looks like.
    pub fn number(&self, value: &Decimal, epoch: Epoch) -> Shown {
        let Some((section, hide_sign)) = self.section(value) else { return render::general(value) };
        let shown = if section.pieces.iter().any(|piece| matches!(piece, Piece::Date(_))) {
            match date::shown(section, value, epoch) {
                Some(text) => Shown { text, exact: None },
                None => render::general(value),
            }
        } else {
            render::number(section, value, hide_sign)
        };
        Shown { text: shown.text.trim().to_owned(), exact: shown.exact }
    }

    /// What a text looks like.
    pub fn text(&self, text: &str) -> String {
        let Some(section) = &self.text else { return text.to_owned() };
        let mut shown = String::new();
        for piece in &section.pieces {
            match piece {
                Piece::Text | Piece::General => shown.push_str(text),
                Piece::Literal(literal) => shown.push_str(literal),
                Piece::Digit(_)
                | Piece::Point
                | Piece::Comma
                | Piece::Percent
                | Piece::Exponent { .. }
                | Piece::Slash
                | Piece::Date(_) => {}
            }
        }
        shown
    }

    /// Whether numbers of this format are dates or times.
    pub fn is_date(&self) -> bool {
        self.sections.first().is_some_and(|section| section.pieces.iter().any(|piece| matches!(piece, Piece::Date(_))))
    }

    /// The section for a number, and whether it says the sign by itself.
    fn section(&self, value: &Decimal) -> Option<(&Section, bool)> {
        let count = self.sections.len();
        for (at, section) in self.sections.iter().enumerate().take(3) {
            let fits = match (&section.condition, at) {
                (Some((comparison, bound)), _) => comparison.holds(value, bound),
                (None, 0) if count > 2 => !value.negative && !value.is_zero(),
                (None, 0) if count == 2 => !value.negative || value.is_zero() || self.has_condition(1),
                (None, 1) if count > 2 => value.negative && !value.is_zero(),
                (None, _) => true,
            };
            if fits {
                let below_zero = match &section.condition {
                    None => at == 1 && !self.has_condition(0),
                    Some((Comparison::Less | Comparison::AtMost, bound)) => bound.negative || bound.is_zero(),
                    Some(_) => false,
                };
                return Some((section, below_zero));
            }
        }
        self.sections.last().map(|section| (section, false))
    }

    fn has_condition(&self, at: usize) -> bool {
        self.sections.get(at).is_some_and(|section| section.condition.is_some())
    }
}

impl Comparison {
    fn holds(self, value: &Decimal, bound: &Decimal) -> bool {
        let order = render::order(value, bound);
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Equal => order.is_eq(),
            Self::Other => order.is_ne(),
            Self::AtLeast => order.is_ge(),
            Self::More => order.is_gt(),
        }
    }
}
