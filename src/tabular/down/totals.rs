//! 合计, 小计, 总计. A table does not say which rows a sum holds: what agrees with one of the runs that the words allow is right, and where none
//! agrees the other columns, or other sums of the list, tell which was meant.

use super::excuse::{self, is_excused};
use super::{Set, Sums, holds};
use crate::id::Severity;
use crate::number::Agreement;
use crate::prelude::*;
use crate::tabular::judge::Verdict;
use crate::tabular::lines::Line;
use crate::tabular::report::{At, Draft, Report, Table};
use crate::tabular::words::Rank;
use crate::tabular::{Relation, Role};

/// Where a sum's rows may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// In the rows that a merged name covers.
    Group,
    Before,
    /// Before it, up to the last 总计.
    SinceGrand,
    Behind,
    /// Under one of several headings 按…分, each of which makes the whole.
    Split,
    All,
}

/// More ways to divide a whole are not told apart.
const MOST_SPLITS: usize = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scope {
    set: Set,
    side: Side,
    from: usize,
    to: usize,
}

/// For each row the nearest one before it, and behind it, that is as large a sum.
fn bounds(lines: &[Line]) -> Vec<(usize, usize)> {
    let index = |rank: Rank| match rank {
        Rank::Sub => 0_usize,
        Rank::Total => 1,
        Rank::Grand => 2,
    };
    // A larger sum bounds smaller ones.
    let note = |last: &mut [usize; 3], rank: Rank, at: usize| last.iter_mut().take(index(rank) + 1).for_each(|known| *known = at);
    let mut bounds = vec![(0, lines.len()); lines.len()];
    let mut last = [0; 3];
    for (at, (line, bound)) in lines.iter().zip(&mut bounds).enumerate() {
        if let Some(rank) = line.rank {
            bound.0 = last.get(index(rank)).copied().unwrap_or(0);
            note(&mut last, rank, at + 1);
        }
    }
    let mut last = [lines.len(); 3];
    for (at, (line, bound)) in lines.iter().zip(&mut bounds).enumerate().rev() {
        if let Some(rank) = line.rank {
            bound.1 = last.get(index(rank)).copied().unwrap_or(lines.len());
            note(&mut last, rank, at);
        }
    }
    bounds
}

/// What stands around a sum.
struct Around {
    bound: (usize, usize),
    /// Behind the last 总计.
    since_grand: usize,
    /// Whether any items stand before it.
    items_before: bool,
    lines: usize,
}

/// The runs of rows that a sum may hold, the likeliest first. `splits`: where a heading 按…分 stands.
fn scopes(line: &Line, at: usize, around: &Around, splits: &[usize]) -> Vec<Scope> {
    let (before, behind) = ((Side::Before, around.bound.0, at), (Side::Behind, at + 1, around.bound.1));
    let all = (Side::All, 0, around.lines);
    let since = (Side::SinceGrand, around.since_grand, at);
    let divided: Vec<usize> =
        splits.iter().copied().filter(|split| (at..around.bound.1).contains(split)).take(MOST_SPLITS + 1).collect();
    let sides = match (line.group, line.rank) {
        _ if divided.len() > 1 && !around.items_before => {
            let ends = divided.iter().skip(1).copied().chain([around.bound.1]);
            divided.iter().zip(ends).map(|(from, to)| (Side::Split, *from, to)).take(MOST_SPLITS).collect()
        }
        (Some((from, to)), Some(Rank::Sub)) => vec![(Side::Group, from, to)],
        (_, Some(Rank::Sub) | None) => vec![before, behind],
        (_, Some(Rank::Total)) if around.items_before => vec![before, since, all, behind],
        (_, Some(Rank::Total)) => vec![behind, all],
        (_, Some(Rank::Grand)) => vec![all, before, behind],
    };
    let sets: &[Set] = match line.rank {
        Some(Rank::Sub) | None => &[Set::Top, Set::Leaves, Set::TopAndDoubtful],
        Some(Rank::Total) => &[Set::Top, Set::Subtotals, Set::Leaves, Set::TopAndDoubtful],
        Some(Rank::Grand) => &[Set::Top, Set::Totals, Set::Subtotals, Set::Leaves, Set::TopAndDoubtful],
    };
    sides
        .iter()
        .flat_map(|(side, from, to)| sets.iter().map(|set| Scope { set: *set, side: *side, from: *from, to: *to }))
        .collect()
}

type Kindred = (Set, Side);

/// What a sum is by each of its scopes in one column.
struct Held {
    column: usize,
    /// 0 = 0 proves nothing.
    trivial: bool,
    verdicts: Vec<Option<(Verdict, Agreement)>>,
}

pub(super) fn check(table: &Table<'_>, columns: &[Sums<'_>], report: &mut Report) {
    let bounds = bounds(table.lines);
    let splits: Vec<usize> = (0..table.lines.len()).filter(|at| table.lines.get(*at).is_some_and(|line| line.divides)).collect();
    let (mut before, mut since_grand) = (0_usize, 0);
    let mut sums: Vec<(usize, Vec<Scope>, Vec<Held>)> = Vec::new();
    // How often each kind of scope agrees in the whole list: other sums tell what a doubtful one means.
    let mut known: Vec<(Kindred, usize)> = Vec::new();
    for (at, line) in table.lines.iter().enumerate() {
        before += usize::from(line.is_item());
        if line.rank.is_none() || line.outside {
            continue;
        }
        let bound = bounds.get(at).copied().unwrap_or((0, table.lines.len()));
        let around = Around { bound, since_grand, items_before: before > 0, lines: table.lines.len() };
        let scopes = scopes(line, at, &around, &splits);
        if line.rank == Some(Rank::Grand) {
            since_grand = at + 1;
        }
        let held: Vec<Held> = columns.iter().enumerate().filter_map(|(column, sums)| held(column, sums, at, &scopes)).collect();
        for held in held.iter().filter(|held| !held.trivial) {
            for (scope, _) in scopes.iter().zip(&held.verdicts).filter(|(_, verdict)| agrees(verdict)) {
                match known.iter_mut().find(|(kind, _)| *kind == (scope.set, scope.side)) {
                    Some((_, count)) => *count += 1,
                    None => known.push(((scope.set, scope.side), 1)),
                }
            }
        }
        sums.push((at, scopes, held));
    }
    for (at, scopes, held) in sums {
        total(table, columns, report, &known, (at, &scopes, &held));
    }
}

fn held(column: usize, sums: &Sums<'_>, at: usize, scopes: &[Scope]) -> Option<Held> {
    let trivial = sums.number(at)?.printed.is_zero();
    let verdicts: Vec<_> = scopes.iter().map(|scope| sums.judge(at, sums.run(scope.set, scope.from, scope.to)?)).collect();
    verdicts.iter().any(Option::is_some).then_some(Held { column, trivial, verdicts })
}

fn agrees(verdict: &Option<(Verdict, Agreement)>) -> bool {
    verdict.is_some_and(|(verdict, _)| verdict != Verdict::Differs)
}

fn total(
    table: &Table<'_>,
    columns: &[Sums<'_>],
    report: &mut Report,
    known: &[(Kindred, usize)],
    (at, scopes, held): (usize, &[Scope], &[Held]),
) {
    let own =
        |position: usize| held.iter().filter(|held| !held.trivial && held.verdicts.get(position).is_some_and(agrees)).count();
    let elsewhere =
        |scope: &Scope| known.iter().find(|(kind, _)| *kind == (scope.set, scope.side)).map_or(0, |(_, count)| *count);
    // The first of the best.
    let rank = |(position, scope): (usize, &Scope)| (own(position), elsewhere(scope).min(3), scopes.len() - position);
    let Some((best, scope)) = scopes.iter().enumerate().max_by_key(|entry| rank(*entry)) else { return };
    let wrong: Vec<&Held> = held.iter().filter(|held| !held.verdicts.iter().any(agrees)).collect();
    let (right, others) = (own(best), elsewhere(scope).saturating_sub(own(best)));
    for Held { column, verdicts, .. } in held {
        let Some(sums) = columns.get(*column) else { continue };
        let claim = (table.lines.get(at).map_or(0, |line| line.row), sums.at);
        let chosen = [best].into_iter().chain(0..scopes.len()).find(|position| verdicts.get(*position).is_some_and(agrees));
        let shown = chosen
            .or_else(|| [best].into_iter().chain(0..scopes.len()).find(|at| verdicts.get(*at).is_some_and(Option::is_some)));
        let Some((position, scope)) = shown.and_then(|position| Some((position, *scopes.get(position)?))) else { continue };
        let draft = |scope: Scope, verdict: (Verdict, Agreement)| draft(table, sums, scope, verdict);
        let Some(Some(verdict)) = verdicts.get(position).copied() else { continue };
        // 净资产合计 behind 负债合计, with nothing between them: what it holds is not in the table.
        let nothing = scopes.iter().zip(verdicts).all(|(scope, verdict)| scope.side != Side::Before || verdict.is_none());
        if chosen.is_none() && right == 0 && nothing && scopes.iter().any(|scope| scope.side == Side::Before) {
            continue;
        }
        // Only where none agrees are the rows themselves looked at once more, and that takes its time.
        let cost = |scope: &Scope| scope.to.saturating_sub(scope.from).saturating_add(excuse::MOST * 20);
        if chosen.is_none() && !report.spend(scopes.iter().map(cost).sum()) {
            return;
        }
        let excused = |scope: &Scope| is_excused(sums, table.lines, scope.set, scope.from, scope.to, at);
        if chosen.is_none() && right == 0 && scopes.iter().any(excused) {
            continue;
        }
        if !report.spend(scope.to.saturating_sub(scope.from)) {
            return;
        }
        report.checked(table.lay, core::iter::once(claim).chain(parts(table, sums, scope)));
        if chosen.is_some() {
            let exact = verdicts.iter().flatten().any(|(verdict, _)| *verdict == Verdict::Agrees);
            if !exact {
                report.find(table, Relation::Sum, Severity::Info, claim, draft(scope, verdict).into_iter().collect());
            }
            continue;
        }
        let mut drafts: Vec<Draft> = draft(scope, verdict).into_iter().collect();
        let severity = if right > 0 && wrong.len() <= right.max(2) || right == 0 && others >= 2 && wrong.len() <= 2 {
            Severity::Error
        } else {
            for (scope, verdict) in scopes.iter().zip(verdicts).filter_map(|(scope, verdict)| Some((*scope, (*verdict)?))) {
                let new = draft(scope, verdict).filter(|draft| drafts.iter().all(|known| known.computed != draft.computed));
                drafts.extend(new);
            }
            match (drafts.len(), wrong.len()) {
                (1, 1) => Severity::Error,
                (_, 1 | 2) => Severity::Warning,
                _ if right > 0 && right * 2 >= wrong.len() => Severity::Warning,
                // A list of which not all rows stand in the table.
                _ => continue,
            }
        };
        drafts.truncate(3);
        report.find(table, Relation::Sum, severity, claim, drafts);
    }
}

fn parts(table: &Table<'_>, sums: &Sums<'_>, scope: Scope) -> Vec<At> {
    let lines = table.lines.get(scope.from..scope.to).unwrap_or_default();
    let within = |line: &&Line| holds(scope.set, line) && table.number((line.row, sums.at)).is_some();
    lines.iter().filter(within).map(|line| (line.row, sums.at)).collect()
}

fn draft(table: &Table<'_>, sums: &Sums<'_>, scope: Scope, (verdict, agreement): (Verdict, Agreement)) -> Option<Draft> {
    let computed = sums.run(scope.set, scope.from, scope.to)?.sum?;
    let lines = table.lines.get(scope.from..scope.to)?;
    let is_less = |row: usize| lines.get(lines.partition_point(|line| line.row < row)).is_some_and(|line| line.less);
    let role = |row: usize| if is_less(row) { Role::Taken } else { Role::Added };
    let operands = parts(table, sums, scope).into_iter().map(|at| (at, role(at.0))).collect();
    Some(Draft { operands, computed, agreement, verdict })
}
