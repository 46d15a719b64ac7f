//! 时限: done in time or not. How much a delay costs is the person's judgement.

use super::{Indicator, is_copied};
use crate::engine::calc::{Calc, Decision};
use crate::number::{Day, Deadline, Edge, Reading, Timeliness, says_next_year, timeliness};
use crate::outcome::{Outcome, Why};

pub fn score<C: Calc>(calc: &mut C, weight: C::V, indicator: &Indicator<'_>) -> C::V {
    let at = &indicator.def.at;
    let why = match (indicator.target(), indicator.actual()) {
        (_, Reading::Blank) => return calc.cell(indicator.id(at.actual), Outcome::missing(indicator.id(at.actual))),
        (target, actual) if is_copied(target, actual) => Why::Copied,
        (Reading::Date(due), Reading::Date(done)) => match on_time(*due, *done, indicator.values.fiscal_year()) {
            Some(true) => return calc.decided(weight, Decision::OnTime, None),
            Some(false) => Why::Late,
            None => Why::NeedsJudgement,
        },
        // 次年1月 is behind every time within the year of the table.
        (Reading::Date(due), Reading::Words)
            if due.year.is_none_or(|year| indicator.values.fiscal_year() == Some(year))
                && says_next_year(indicator.typed(at.actual).text()) =>
        {
            Why::Late
        }
        (_, Reading::Words) => match timeliness(indicator.typed(at.actual).text()) {
            Some(Timeliness::OnTime) => return calc.decided(weight, Decision::OnTime, None),
            Some(Timeliness::Late) => Why::Late,
            None => Why::NeedsJudgement,
        },
        // Not to be told from what is written: the person decides.
        _ => Why::NeedsJudgement,
    };
    calc.undefined(why)
}

/// Whether `done` is within `due`; `None` where the two texts and the fiscal year leave it open.
///
/// A date without a year is one of the fiscal year. Where a text names another year, a date without one may be of either, and counts only
/// if both say the same.
pub fn on_time(due: Deadline, done: Deadline, fiscal_year: Option<u16>) -> Option<bool> {
    let due_year = due.year.or(fiscal_year);
    match (due_year, done.year) {
        // Neither says its year: they are of the same one, whichever that is.
        (None, None) => within(due, done, LEAP, LEAP),
        (None, Some(_)) => None,
        (Some(due_year), Some(done_year)) => within(due, done, due_year, done_year),
        (Some(due_year), None) => {
            let own = within(due, done, due_year, due_year);
            let fiscal = fiscal_year.map_or(own, |year| within(due, done, due_year, year));
            own.filter(|_| own == fiscal)
        }
    }
}

/// A year that has every day.
const LEAP: u16 = 2000;

fn within(due: Deadline, done: Deadline, due_year: u16, done_year: u16) -> Option<bool> {
    let ((due_first, due_last), (done_first, done_last)) = (due.span(Some(due_year))?, done.span(Some(done_year))?);
    let done_first: Day = match done.edge {
        Edge::On => done_first,
        // Done by some day is done on it or before, nobody knows when.
        Edge::By | Edge::Before => Day { year: 0, month: 1, day: 1 },
    };
    let in_time = match due.edge {
        Edge::On | Edge::By => done_last <= due_last,
        // 9月前 does not say whether September counts.
        Edge::Before => done_last < due_first,
    };
    match (in_time, done_first > due_last) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}
