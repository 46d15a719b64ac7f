//! 等级 from a total by the profile's bands.

use crate::number::Exact;
use crate::template::{Band, Grades};

/// The band of a total. Bands are read as half-open, from their own lower bound up to the next: 89.6 under 80—89 and 90—100
/// is in the lower one.
pub fn grade_of(grades: &Grades, total: Exact) -> Option<&Band> {
    grades.bands.iter().find(|band| total >= band.from).or(grades.bands.last())
}

/// Whether the total lies between two bands that are printed in whole numbers, such as 89.6 between 80—89 and 90—100.
pub fn in_gap(grades: &Grades, total: Exact) -> bool {
    let below = |band: &Band| band.from.checked_sub(total).is_ok_and(|short| short.is_positive() && short < Exact::ONE);
    grades.whole_numbers && grades.bands.iter().any(below)
}

/// Whether a typed grade names the band, by its name or another way of writing it.
pub fn same_grade(band: &Band, text: &str) -> bool {
    let text = text.trim();
    band.name == text || band.aliases.iter().any(|alias| alias == text)
}
