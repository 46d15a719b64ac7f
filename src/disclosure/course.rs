//! 预算, 到位, 支出: what an amount is in the course of money.

use super::bind::Bound;
use super::{sentence, words};

/// What an amount is in the course of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    Planned,
    Arrived,
    Paid,
}

/// By the later of the words of its clause.
pub(super) fn course(one: &Bound) -> Option<Course> {
    let said = sentence::clause(one);
    [(Course::Planned, words::PLANNED), (Course::Arrived, words::ARRIVED), (Course::Paid, words::PAID)]
        .into_iter()
        .filter_map(|(course, list)| sentence::latest(&said, list).map(|at| (at, course)))
        .max_by_key(|(at, _)| *at)
        .map(|(_, course)| course)
}

/// Whether some amounts are plans and others what was spent of them.
pub(super) fn are_mixed<'a>(amounts: impl Iterator<Item = &'a Bound> + Clone) -> bool {
    let is = |wanted: Course| amounts.clone().any(|one| course(one) == Some(wanted));
    is(Course::Planned) && is(Course::Paid)
}
