//! Beginnings for a reason (偏差原因), made of the row's own numbers, with blanks for what only the person knows.

use crate::document::{CellId, Document, RowId};
use crate::engine::scoring::{ScoringKind, on_time};
use crate::engine::{Evaluation, RowEval, RowState, Values};
use crate::number::{Exact, Quantity, Reading, Unit, read};
use crate::prelude::*;
use crate::prose::official::dates;
use crate::template::{TableIndex, Template};
use crate::wording;
use crate::wording::phrases::Gap;

/// Beginnings for the reason of a row that lost points or missed its target; none for any other.
pub fn reasons(template: &Template, document: &Document, evaluation: &Evaluation, table: TableIndex, row: RowId) -> Vec<String> {
    let Some((def, eval)) = template.form.table(table).zip(evaluation.row(table, row)) else { return Vec::new() };
    let Some(typed) = document.row(table, row).filter(|_| def.at.reason.is_some()) else { return Vec::new() };
    match eval.state {
        RowState::Scored | RowState::Plain => {}
        RowState::NotApplicable | RowState::Unused | RowState::Deduction | RowState::Bonus | RowState::Sum => return Vec::new(),
    }
    let lost = super::lists::loss(eval).filter(|lost| lost.is_positive());
    let (target, actual) = super::lists::target_and_actual(def, typed);
    let year = Values::of(template, document, evaluation).fiscal_year();
    let gap = gap(template, eval, year, (&read(&target), &target), (&read(&actual), &actual));
    match gap {
        Gap::Met | Gap::Judged if lost.is_none() => Vec::new(),
        gap => wording::phrases::reasons(&gap, lost),
    }
}

/// The edit that puts a beginning into the reason of a row, behind what stands there.
pub fn inserted(
    template: &Template,
    document: &Document,
    table: TableIndex,
    row: RowId,
    phrase: &str,
) -> Option<crate::document::Edit> {
    let column = template.form.table(table)?.at.reason?;
    let cell = CellId::Row { table, row, column };
    let before = document.row(table, row)?.cell(column).text().trim_end();
    let text = if before.is_empty() { phrase.to_owned() } else { format!("{before}{phrase}") };
    Some(crate::document::Edit::Set { cell, text })
}

/// `year` is the fiscal year, which a date without a year is of.
fn gap(template: &Template, eval: &RowEval, year: Option<u16>, target: (&Reading, &str), actual: (&Reading, &str)) -> Gap {
    match (target.0, actual.0) {
        (Reading::Quantity(wanted), Reading::Quantity(found)) => quantities(template, eval, wanted, found, actual.1),
        (Reading::Range { low, high }, Reading::Quantity(found)) => match (pair(low, found), pair(high, found)) {
            (Some((least, value)), _) if value < least => compared(template, low, found, actual.1, false),
            (_, Some((most, value))) if value > most => compared(template, high, found, actual.1, true),
            (Some(_), Some(_)) => Gap::Met,
            (None, _) | (_, None) => Gap::Judged,
        },
        (Reading::Date(due), Reading::Date(done)) => match on_time(*due, *done, year) {
            Some(true) => Gap::Met,
            Some(false) => Gap::Late { actual: dates(actual.1), target: dates(target.1) },
            None => Gap::Judged,
        },
        _ => Gap::Judged,
    }
}

fn quantities(template: &Template, eval: &RowEval, wanted: &Quantity, found: &Quantity, text: &str) -> Gap {
    let Some((target, actual)) = pair(wanted, found) else { return Gap::Judged };
    let less_is_better = eval.kind == ScoringKind::LowerBetter;
    let missed = if less_is_better { actual > target } else { actual < target };
    if missed {
        return compared(template, wanted, found, text, less_is_better);
    }
    if eval.over
        && let Some(percent) = percent(template, actual, target)
    {
        return Gap::Exceeded { actual: text.to_owned(), percent };
    }
    Gap::Met
}

/// Target and actual value in the unit of the target; `None` where they are not comparable. A ratio without its % is left to the person.
fn pair(wanted: &Quantity, found: &Quantity) -> Option<(Exact, Exact)> {
    if (wanted.unit == Unit::Percent) != (found.unit == Unit::Percent) {
        return None;
    }
    Some((Exact::from_decimal(wanted.number), found.in_unit_of(wanted).ok()?))
}

/// Two quantities of which one is beyond the other, on the wrong side.
fn compared(template: &Template, wanted: &Quantity, found: &Quantity, text: &str, above: bool) -> Gap {
    let Some((target, actual)) = pair(wanted, found) else { return Gap::Judged };
    let text = text.to_owned();
    let rates = (wanted.unit == Unit::Percent, found.unit == Unit::Percent);
    match rates {
        (true, true) => match actual.checked_sub(target) {
            Ok(by) => Gap::Points { actual: text, by: wording::number(by.abs()), above },
            Err(_) => Gap::Judged,
        },
        (false, false) if above => {
            let excess = actual.checked_sub(target).ok().and_then(|by| percent(template, by, target));
            excess.map_or(Gap::Judged, |percent| Gap::Excess { actual: text, percent })
        }
        (false, false) => percent(template, actual, target).map_or(Gap::Judged, |percent| Gap::Share { actual: text, percent }),
        (true, false) | (false, true) => Gap::Judged,
    }
}

/// A ratio in percent at the decimals of a rate, without zeros at its end.
fn percent(template: &Template, part: Exact, whole: Exact) -> Option<String> {
    let ratio = part.checked_div(whole).ok()?.checked_mul(Exact::HUNDRED).ok()?;
    let rounded = ratio.round(template.profile.rounding.rate).ok()?;
    Some(format!("{}%", rounded.normalize()))
}
