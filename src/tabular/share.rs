//! 占比, 比重: what a figure is of the sum of its column, of its group, or of another figure of its row.

use super::column::{Column, Kind};
use super::formula::Formula;
use super::label::{Label, near};
use super::pairs;
use super::report::{At, Draft, Report, Table};
use super::value::{Number, Value};
use super::votes::{self, Case};
use super::words::{self, Rank, has};
use super::{Relation, Role, judge};
use crate::number::{Exact, Unit};
use crate::prelude::*;

/// Amounts beside a share that it may be a part of.
const MOST_AMOUNTS: usize = 3;

/// What a share may be a part of, in its own column of amounts.
#[derive(Clone, Copy)]
enum Whole {
    /// A sum of the whole list.
    Line(usize),
    /// The nearest sum behind, or before.
    Behind,
    Before,
    /// The row that it stands under.
    Parent,
}

pub(super) fn check(table: &Table<'_>, report: &mut Report) {
    let columns: Vec<&Column> = table.strip.figures.iter().filter_map(|at| table.section.columns.get(*at)).collect();
    let labels: Vec<Label> = columns.iter().map(|column| Label::of_column(column)).collect();
    let (behind, before) = nearest(table);
    let wholes = wholes(table);
    for (at, label) in labels.iter().enumerate() {
        let shares = label.kind == Kind::Rate && label.leaf.has(words::SHARE) && !pairs::is_growth(label);
        let other = words::RATES.iter().any(|pairing| label.leaf.has(pairing.words)) || label.leaf.has(words::DISCOUNT);
        if !shares || other {
            continue;
        }
        let amounts = amounts(&labels, at);
        let cases: Vec<Case> = table
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.outside)
            .filter_map(|(line, _)| case(table, &labels, at, line, &amounts, (&wholes, &behind, &before)))
            .collect();
        votes::tell(table, report, Relation::Share, false, cases);
    }
}

/// For each line the nearest sum behind it and before it.
fn nearest(table: &Table<'_>) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let note = |last: &mut Option<usize>, at: usize| {
        let known = *last;
        if table.lines.get(at).is_some_and(|line| line.rank.is_some()) {
            *last = Some(at);
        }
        known
    };
    let mut last = None;
    let before = (0..table.lines.len()).map(|at| note(&mut last, at)).collect();
    let mut last = None;
    let mut behind: Vec<Option<usize>> = (0..table.lines.len()).rev().map(|at| note(&mut last, at)).collect();
    behind.reverse();
    (behind, before)
}

/// The amounts that a share may be of, the likeliest first: those before it in its group, the nearest first.
fn amounts(labels: &[Label], at: usize) -> Vec<usize> {
    let Some(own) = labels.get(at) else { return Vec::new() };
    let mut found: Vec<usize> = near(labels, at).filter(|position| labels.get(*position).is_some_and(Label::is_amount)).collect();
    found.order_by(|position| {
        let shared = labels.get(*position).map_or(0, |label| own.shared(label));
        (core::cmp::Reverse(shared), *position > at, position.abs_diff(at))
    });
    found.truncate(MOST_AMOUNTS);
    found
}

fn case(
    table: &Table<'_>,
    labels: &[Label],
    at: usize,
    line: usize,
    amounts: &[usize],
    (wholes, behind, before): (&[Whole], &[Option<usize>], &[Option<usize>]),
) -> Option<Case> {
    let own = labels.get(at)?;
    let row = table.lines.get(line)?.row;
    let claim = (row, own.at);
    let printed = table.number(claim)?;
    let mut held = Vec::new();
    for amount in amounts {
        let column = labels.get(*amount)?.at;
        for whole in wholes.iter().copied() {
            let whole = match whole {
                Whole::Line(whole) => Some(whole),
                Whole::Behind => behind.get(line).copied().flatten(),
                Whole::Before => before.get(line).copied().flatten(),
                Whole::Parent => table.lines.get(line).and_then(|line| line.parent),
            };
            let place = whole.and_then(|whole| table.lines.get(whole)).map(|line| (line.row, column));
            held.push(place.and_then(|whole| part(table, own, printed, (row, column), whole)));
        }
    }
    // A share may also be of another figure of its row: 财政资金 of 总投资.
    for of in amounts {
        for over in amounts.iter().filter(|over| *over != of) {
            let formula = Formula::Ratio { of: *of, over: *over };
            let operand = |label: usize| Some((table.lay.value(row, labels.get(label)?.at), labels.get(label)?.unit.as_ref()));
            let place = |label: usize| (row, labels.get(label).map_or(0, |label| label.at));
            let made = formula.make(&operand, own, printed).into_iter().map(|made| made.against(printed, place));
            held.push(made.min_by_key(|draft| draft.verdict));
        }
    }
    held.iter().any(Option::is_some).then_some(Case { claim, trivial: printed.printed.is_zero(), held })
}

/// What a figure may be a part of; sums of the whole list first.
fn wholes(table: &Table<'_>) -> Vec<Whole> {
    let of =
        |rank: Rank| (0..table.lines.len()).filter(move |at| table.lines.get(*at).is_some_and(|line| line.rank == Some(rank)));
    let mut lines: Vec<usize> = Vec::new();
    for found in [of(Rank::Grand).next(), of(Rank::Total).next(), of(Rank::Total).next_back()] {
        lines.extend(found.filter(|at| !lines.contains(at)));
    }
    lines.into_iter().map(Whole::Line).chain([Whole::Behind, Whole::Before, Whole::Parent]).collect()
}

fn part(table: &Table<'_>, own: &Label, printed: &Number, of: At, whole: At) -> Option<Draft> {
    let figure = |at: At| match table.lay.value(at.0, at.1) {
        Value::Number(number) => Some(number),
        Value::Blank | Value::Nothing | Value::Covered | Value::Words => None,
    };
    let (part, of_whole) = (figure(of)?, figure(whole)?);
    if part.power != of_whole.power || part.percent || of_whole.percent {
        return None;
    }
    let unit = table.section.columns.get(of.1).and_then(|column| column.unit.as_ref());
    let ratio = part.exact().checked_div(of_whole.exact()).ok()?;
    let (half, whole_half) = (judge::half(part, unit), judge::half(of_whole, unit));
    let above = half.checked_add(ratio.abs().checked_mul(whole_half).ok()?).ok()?;
    let slack = of_whole
        .exact()
        .abs()
        .checked_sub(whole_half)
        .ok()
        .filter(|below| below.is_positive())
        .and_then(|below| above.checked_div(below).ok());
    let percent = printed.percent || own.unit == Some(Unit::Percent) || has(&own.leaf.key, &["%"]);
    let draft = |factor: Exact| {
        let computed = ratio.checked_mul(factor).ok()?;
        let slack = slack.and_then(|slack| slack.checked_mul(factor).ok());
        let (verdict, agreement) = judge::computed(printed, computed, slack);
        Some(Draft { operands: vec![(of, Role::Dividend), (whole, Role::Divisor)], computed, agreement, verdict })
    };
    let plain = if percent { None } else { draft(Exact::ONE) };
    draft(Exact::HUNDRED).into_iter().chain(plain).min_by_key(|draft| draft.verdict)
}
