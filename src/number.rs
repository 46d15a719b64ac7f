//! Numbers (数): exact fractions, rounding, agreement with a printed number, and reading what people type.
//!
//! - [`Exact`] holds every intermediate result, so a rate (执行率) is never rounded before it is used.
//! - [`Exact::round`] is the only place where a number loses digits; the caller names the places and the mode.
//! - [`agreement`] says how a number printed in a document relates to the exact one.
//! - [`unit::in_unit_of`] says whether two units are comparable, and by which factor.
//! - [`read`] turns the text of a cell into a [`Reading`]; every text reads as something, and nothing here panics.
//! - [`timeliness`] reads words where a date would stand: 按期完成, 逾期.
//!
//! No binary floating point is used: `0.1 + 0.2` is `0.3` here, and a half is exactly a half.

#![deny(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

mod agree;
mod counted;
mod date;
mod deadline;
mod exact;
mod group;
mod lexeme;
mod normalise;
mod numeral;
mod order;
mod prefix;
mod read;
mod reading;
mod rounding;
mod suffix;
mod timeliness;
pub mod unit;
mod year;

pub use agree::{Agreement, agreement};
pub(crate) use counted::is_quantity;
pub use deadline::{Day, Deadline, Edge, MonthDay};
pub use exact::{DivError, Exact, TooLarge};
pub use group::group_digits;
pub(crate) use lexeme::{digit as chinese_digit, number as leading_number, power as chinese_power};
pub(crate) use normalise::{half_width, is_space};
pub use read::read;
pub use reading::{Comparator, Magnitude, Quantity, Reading, Unit};
pub use rounding::{Rounding, RoundingMode};
pub use timeliness::{Timeliness, says_next_year, timeliness};
pub(crate) use unit::MAGNITUDES;
pub use unit::{Dimension, Mismatch};
pub use year::is_year;
