//! Figures of one meaning, row by row: the rows that agree tell which reading was meant, and whether the words were read rightly at all.

use super::Relation;
use super::judge::Verdict;
use super::report::{At, Draft, Report, Table};
use crate::id::Severity;
use crate::number::{Agreement, Exact};
use crate::prelude::*;

/// More readings are not told.
const MOST_TOLD: usize = 3;

/// One figure with what it should be by each reading, in the same order for all.
pub(super) struct Case {
    pub claim: At,
    /// 0 = 0 proves nothing.
    pub trivial: bool,
    pub held: Vec<Option<Draft>>,
}

impl Case {
    fn agrees(&self, reading: usize) -> bool {
        self.held.get(reading).and_then(Option::as_ref).is_some_and(|draft| draft.verdict != Verdict::Differs)
    }

    fn any(&self) -> bool {
        self.held.iter().flatten().any(|draft| draft.verdict != Verdict::Differs)
    }
}

/// What the cases come to together.
#[derive(Clone, Copy)]
struct Votes {
    best: usize,
    right: usize,
    wrong: usize,
    /// Whether the words alone leave no doubt, where there is one reading.
    sure: bool,
}

pub(super) fn tell(table: &Table<'_>, report: &mut Report, relation: Relation, sure: bool, cases: Vec<Case>) {
    let readings = cases.iter().map(|case| case.held.len()).max().unwrap_or(0);
    let count = |reading: usize| cases.iter().filter(|case| case.agrees(reading) && !case.trivial).count();
    let Some(best) = (0..readings).max_by_key(|reading| (count(*reading), readings - reading)) else { return };
    let right = cases.iter().filter(|case| case.any() && !case.trivial).count();
    let wrong = cases.iter().filter(|case| !case.any()).count();
    for case in cases {
        one(table, report, relation, case, Votes { best, right, wrong, sure });
    }
}

fn one(table: &Table<'_>, report: &mut Report, relation: Relation, case: Case, votes: Votes) {
    let Case { claim, mut held, .. } = case;
    let is = |draft: &Option<Draft>, wanted: Option<Verdict>| {
        draft.as_ref().is_some_and(|draft| wanted.is_none_or(|wanted| draft.verdict == wanted))
    };
    let order = || core::iter::once(votes.best).chain(0..held.len());
    let find = |wanted: Option<Verdict>| order().find(|reading| held.get(*reading).is_some_and(|draft| is(draft, wanted)));
    let Some(shown) = find(Some(Verdict::Agrees)).or_else(|| find(Some(Verdict::Tail))).or_else(|| find(None)) else { return };
    let Some(first) = held.get_mut(shown).and_then(Option::take) else { return };
    let (verdict, agreement) = (first.verdict, first.agreement);
    let mut drafts = vec![first];
    let severity = match verdict {
        Verdict::Agrees => None,
        Verdict::Tail => Some(Severity::Info),
        Verdict::Differs => {
            let confirmed = votes.right >= votes.wrong && votes.right > 0;
            if !confirmed {
                for other in held.into_iter().flatten() {
                    if drafts.iter().all(|known| known.computed != other.computed) {
                        drafts.push(other);
                    }
                }
            }
            match (confirmed, votes.wrong) {
                _ if matches!(agreement, Agreement::Padded { .. }) || is_capped(table, relation, claim, &drafts) => {
                    Some(Severity::Warning)
                }
                (true, _) => Some(Severity::Error),
                (false, 1) if votes.sure && drafts.len() == 1 => Some(Severity::Error),
                (false, 1) => Some(Severity::Warning),
                (false, wrong) if votes.right * 2 >= wrong => Some(Severity::Warning),
                // Where most rows say otherwise, the words mean something else.
                (false, _) => return,
            }
        }
    };
    let operands = drafts.first().map_or(&[][..], |draft| draft.operands.as_slice());
    if !report.spend(operands.len()) {
        return;
    }
    report.checked(table.lay, core::iter::once(claim).chain(operands.iter().map(|(at, _)| *at)));
    if let Some(severity) = severity {
        drafts.truncate(MOST_TOLD);
        report.find(table, relation, severity, claim, drafts);
    }
}

/// 100% where more comes out: a rate that may have been cut off there on purpose.
fn is_capped(table: &Table<'_>, relation: Relation, claim: At, drafts: &[Draft]) -> bool {
    let capped = table.number(claim).is_some_and(|number| number.exact() == Exact::HUNDRED);
    relation == Relation::Rate && capped && drafts.first().is_some_and(|draft| draft.computed > Exact::HUNDRED)
}
