//! Rows over those that stand under them: 208 over 20805, 一、 over （一）, and 其中.

use super::{Cell, Sums, signed};
use crate::id::Severity;
use crate::number::{Agreement, Exact};
use crate::prelude::*;
use crate::tabular::judge::{self, Verdict};
use crate::tabular::label::Label;
use crate::tabular::pairs::is_change;
use crate::tabular::report::{Draft, Report, Table};
use crate::tabular::value::Number;
use crate::tabular::{Relation, Role};

/// Rows over those that stand under them.
pub(super) fn check(table: &Table<'_>, columns: &[Sums<'_>], report: &mut Report) {
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); table.lines.len()];
    for (at, line) in table.lines.iter().enumerate().filter(|(_, line)| line.rank.is_none() && !line.outside) {
        if let Some(list) = line.parent.and_then(|parent| below.get_mut(parent)) {
            list.push(at);
        }
    }
    let is_part = |at: &usize| table.lines.get(*at).is_some_and(|line| line.part);
    let mut families = Vec::new();
    for (parent, below) in below.iter().enumerate().filter(|(_, below)| !below.is_empty()) {
        if below.iter().any(is_part) {
            part_of(table, columns, report, parent, below);
        } else {
            families.push(Family::of(table, columns, parent, below));
        }
    }
    let right = families.iter().filter(|family| family.right() > 0 && family.wrong() == 0).count();
    let wrong = families.iter().filter(|family| family.wrong() > 0).count();
    for family in &families {
        family.tell(table, columns, report, right, wrong);
    }
}

/// A row and those under it, with what they come to in each column: without those that may stand elsewhere, and with them.
struct Family {
    parent: usize,
    held: Vec<Held>,
}

/// What the rows come to in one column.
struct Held {
    /// Position of the column.
    column: usize,
    /// 0 = 0 proves nothing.
    trivial: bool,
    readings: Vec<Sum>,
}

impl Held {
    fn agrees(&self) -> bool {
        self.readings.iter().any(|sum| sum.verdict != Verdict::Differs)
    }
}

struct Sum {
    parts: Vec<usize>,
    sum: Exact,
    verdict: Verdict,
    agreement: Agreement,
}

impl Family {
    fn of(table: &Table<'_>, columns: &[Sums<'_>], parent: usize, below: &[usize]) -> Family {
        let sure: Vec<usize> = below.iter().copied().filter(|at| table.lines.get(*at).is_some_and(|line| !line.doubt)).collect();
        let doubtful = sure.len() < below.len();
        let lists: Vec<&[usize]> = [Some(sure.as_slice()), doubtful.then_some(below)].into_iter().flatten().collect();
        let held = columns.iter().enumerate().map(|(column, sums)| {
            let readings = lists.iter().filter_map(|list| Sum::of(table, sums, parent, list)).collect();
            Held { column, trivial: sums.number(parent).is_some_and(|number| number.printed.is_zero()), readings }
        });
        Family { parent, held: held.filter(|held| !held.readings.is_empty()).collect() }
    }

    fn right(&self) -> usize {
        self.held.iter().filter(|held| held.agrees() && !held.trivial).count()
    }

    fn wrong(&self) -> usize {
        self.held.iter().filter(|held| !held.agrees()).count()
    }

    fn tell(&self, table: &Table<'_>, columns: &[Sums<'_>], report: &mut Report, right: usize, wrong: usize) {
        let row = |at: usize| table.lines.get(at).map_or(0, |line| line.row);
        let certain = match (right, wrong) {
            (_, 1) => self.right() > 0 || right > 0,
            (right, wrong) => right >= wrong || self.right() >= self.wrong() && self.right() > 0,
        };
        // Where such rows are no sums in most of the list, they are none here.
        let told = certain || wrong == 1 || right > 0;
        for Held { column, readings, .. } in &self.held {
            let Some(sums) = columns.get(*column) else { continue };
            let claim = (row(self.parent), sums.at);
            let right = readings.iter().find(|sum| sum.verdict != Verdict::Differs);
            let Some(shown) = right.or(readings.first()) else { continue };
            let severity = match shown.verdict {
                Verdict::Agrees => None,
                Verdict::Tail => Some(Severity::Info),
                Verdict::Differs if !told => continue,
                Verdict::Differs if certain && readings.len() == 1 => Some(Severity::Error),
                Verdict::Differs => Some(Severity::Warning),
            };
            report.checked(table.lay, core::iter::once(claim).chain(shown.parts.iter().map(|at| (row(*at), sums.at))));
            let Some(severity) = severity else { continue };
            let told = if severity == Severity::Info { core::slice::from_ref(shown) } else { readings.as_slice() };
            let draft = |sum: &Sum| Draft {
                operands: sum.parts.iter().map(|at| ((row(*at), sums.at), Role::Added)).collect(),
                computed: sum.sum,
                agreement: sum.agreement,
                verdict: sum.verdict,
            };
            report.find(table, Relation::Sum, severity, claim, told.iter().map(draft).collect());
        }
    }
}

impl Sum {
    fn of(table: &Table<'_>, sums: &Sums<'_>, parent: usize, list: &[usize]) -> Option<Sum> {
        let printed = sums.number(parent)?;
        let mut sum = Exact::ZERO;
        let mut parts = Vec::new();
        for at in list {
            match sums.values.get(*at)? {
                Cell::Number(number) => {
                    sum = sum.checked_add(signed(table.lines.get(*at)?, number)).ok()?;
                    parts.push(*at);
                }
                Cell::Bad => return None,
                Cell::Blank => {}
            }
        }
        let unit = sums.column.unit.as_ref();
        let (verdict, agreement) = judge::sum(printed, sum, parts.len(), sums.decimals, unit);
        (!parts.is_empty()).then_some(Sum { parts, sum, verdict, agreement })
    }
}

/// 其中: no part is more than the whole.
fn part_of(table: &Table<'_>, columns: &[Sums<'_>], report: &mut Report, parent: usize, below: &[usize]) {
    let row = |at: usize| table.lines.get(at).map_or(0, |line| line.row);
    // A part may have grown by more than the whole did.
    let plain = |sums: &&Sums<'_>| sums.column.kind.adds_up() && !is_change(&Label::of_column(sums.column));
    for sums in columns.iter().filter(plain) {
        let Some(whole) = sums.number(parent).map(Number::exact).filter(|whole| !whole.is_negative()) else { continue };
        for at in below.iter().filter(|at| table.lines.get(**at).is_some_and(|line| line.part && !line.doubt && !line.less)) {
            let Some(part) = sums.number(*at) else { continue };
            if part.exact() > whole {
                let (claim, of) = ((row(*at), sums.at), (row(parent), sums.at));
                report.checked(table.lay, [claim, of]);
                let agreement = crate::number::agreement(part.printed, whole);
                let draft = Draft { operands: vec![(of, Role::Whole)], computed: whole, agreement, verdict: Verdict::Differs };
                report.find(table, Relation::Part, Severity::Error, claim, vec![draft]);
            }
        }
    }
}
