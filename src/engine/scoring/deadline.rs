//! 时限: done in time or not. How much a delay costs is the person's judgement.

use super::Indicator;
use crate::engine::calc::{Calc, Decision};
use crate::number::{Deadline, Edge, Reading};
use crate::outcome::{Outcome, Why};
use crate::prelude::*;

pub fn score<C: Calc>(calc: &mut C, weight: C::V, indicator: &Indicator<'_>) -> C::V {
    let at = &indicator.def.at;
    let same = indicator.typed(at.target).text().trim() == indicator.typed(at.actual).text().trim();
    match (indicator.target(), indicator.actual()) {
        (_, Reading::Blank) => calc.cell(indicator.id(at.actual), Outcome::Blank(vec![indicator.id(at.actual)])),
        (Reading::Date(due), Reading::Date(done)) if same || on_time(*due, *done) == Some(true) => {
            calc.decided(weight, Decision::OnTime, None)
        }
        // Late, or not to be told from what is written: the person decides.
        _ => calc.undefined(Why::NeedsJudgement),
    }
}

/// Whether `done` is within `due`; `None` where the two texts leave it open.
pub fn on_time(due: Deadline, done: Deadline) -> Option<bool> {
    let (due_year, done_year) = (due.year.or(done.year), done.year.or(due.year));
    let in_time = match due.edge {
        Edge::On | Edge::By => (done_year, done.last) <= (due_year, due.last),
        // 9月前 does not say whether September counts.
        Edge::Before => (done_year, done.last) < (due_year, due.first),
    };
    let late = (done_year, done.first) > (due_year, due.last);
    if in_time == late { None } else { Some(in_time) }
}
