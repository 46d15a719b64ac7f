//! Numbers beside texts that were not made here: some formats keep both.

use super::Decimal;
use crate::prelude::*;

/// The number to be given beside a text: where the text is a rounding of it, or shows no digit at all.
pub fn beside(text: &str, stored: &Decimal) -> Option<String> {
    let digits: Vec<&str> = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',').collect();
    let mut numbers = digits.into_iter().filter(|part| part.bytes().any(|byte| byte.is_ascii_digit()));
    let Some(first) = numbers.next() else { return Some(stored.plain()) };
    if numbers.next().is_some() {
        // A date, a fraction, a power: no plain number.
        return None;
    }
    let first = first.replace(',', "");
    let places = first.split_once('.').map_or(0, |(_, places)| places.len());
    let scaled = stored.magnitude().shift(if text.contains(['%', '％']) { 2 } else { 0 });
    let shown = Decimal::parse(&first)?;
    (shown != scaled && shown == scaled.round(places)).then(|| stored.plain())
}
