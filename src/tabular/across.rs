//! Sums across the columns: 合计 over 基本支出 and 项目支出, 小计 in a group of columns.

use super::column::{Column, Kind};
use super::judge::{self, Verdict};
use super::label::Label;
use super::report::{Draft, Report, Table};
use super::value::{Number, Value};
use super::votes::{self, Case};
use super::words::{self, Rank};
use super::{Relation, Role};
use crate::id::Severity;
use crate::number::{Exact, Unit};
use crate::prelude::*;

/// More sums over more columns than this are no head that people read.
const MOST: usize = 40_000;

pub(super) fn check(table: &Table<'_>, report: &mut Report) {
    let columns: Vec<&Column> = table.strip.figures.iter().filter_map(|at| table.section.columns.get(*at)).collect();
    let sums: Vec<usize> =
        (0..columns.len()).filter(|at| columns.get(*at).is_some_and(|column| is_sum(column, &columns))).collect();
    if sums.len().saturating_mul(columns.len()) > MOST {
        return;
    }
    let labels: Vec<Label> = columns.iter().map(|column| Label::of_column(column)).collect();
    // Where a title says itself which columns it holds (3=1+2), that is checked (`measure`), and nothing else need be found out.
    for at in sums.iter().filter(|at| super::formula::stated(&labels, **at).is_none()) {
        let scopes = scopes(&columns, &sums, *at);
        if let Some(total) = columns.get(*at) {
            sum(table, report, total, &scopes);
        }
    }
    parts(table, report, &columns);
}

fn rank(column: &Column) -> Option<Rank> {
    column.leaf().and_then(words::rank)
}

/// 合计 behind 单价 and 数量 is their product.
fn is_sum(column: &Column, columns: &[&Column]) -> bool {
    let priced = || columns.iter().any(|column| column.kind == Kind::Price);
    rank(column).is_some() && column.kind.adds_up() && !priced()
}

/// How many titles two columns share from the top.
fn shared(one: &Column, other: &Column) -> usize {
    one.above().iter().zip(&other.path).take_while(|(one, other)| one.key == other.key).count()
}

/// The lists of columns that a sum may hold, the likeliest first.
fn scopes<'a>(columns: &[&'a Column], sums: &[usize], at: usize) -> Vec<Vec<&'a Column>> {
    let Some(total) = columns.get(at) else { return Vec::new() };
    let depth = total.above().len();
    let is_beside = |position: &usize| columns.get(*position).is_some_and(|column| shared(total, column) >= depth);
    // A sum at the same height ends the list of another.
    let is_end =
        |position: &usize| sums.contains(position) && columns.get(*position).is_some_and(|column| column.above().len() <= depth);
    let behind: Vec<usize> = (at + 1..columns.len()).take_while(|at| is_beside(at) && !is_end(at)).collect();
    let before: Vec<usize> =
        (0..at).rev().take_while(|at| is_beside(at) && !is_end(at)).collect::<Vec<_>>().into_iter().rev().collect();
    let all: Vec<usize> = (0..columns.len()).filter(|position| *position != at && is_beside(position)).collect();
    let mut lists = vec![behind, before, all];
    if lists.first().is_some_and(Vec::is_empty) {
        lists.swap(0, 1);
    }
    let mut scopes: Vec<Vec<&Column>> = Vec::new();
    for list in lists {
        for with_sums in [true, false] {
            let scope = members(columns, sums, &list, total, with_sums);
            if !scope.is_empty() && scopes.iter().all(|known| !same(known, &scope)) {
                scopes.push(scope);
            }
        }
    }
    scopes
}

fn same(one: &[&Column], other: &[&Column]) -> bool {
    one.iter().map(|column| column.at).eq(other.iter().map(|column| column.at))
}

/// The columns of a list that count: of a group with a sum of its own that sum alone, or every single column.
fn members<'a>(columns: &[&'a Column], sums: &[usize], list: &[usize], total: &Column, with_sums: bool) -> Vec<&'a Column> {
    let depth = total.above().len();
    let group =
        |column: &Column| column.path.get(..depth + 1).map(|path| path.iter().map(|name| name.key.clone()).collect::<Vec<_>>());
    let summed: Vec<Vec<String>> = list
        .iter()
        .filter(|at| sums.contains(at))
        .filter_map(|at| columns.get(*at).copied().filter(|column| column.above().len() > depth).and_then(group))
        .collect();
    let own = rank(total);
    let counts = |at: &usize, column: &Column| {
        let is_sum = sums.contains(at);
        let fits = column.kind == total.kind && !column.part && alike(column, total) && !is_outside(column, total);
        let grouped = group(column).is_some_and(|group| summed.contains(&group)) && column.above().len() > depth;
        let wanted = match (with_sums, is_sum) {
            // 总计 may hold 合计 at its side.
            (true, true) => column.above().len() > depth || rank(column) < own,
            (true, false) => !grouped,
            (false, is_sum) => !is_sum,
        };
        fits && wanted
    };
    list.iter().filter_map(|at| columns.get(*at).copied().filter(|column| counts(at, column))).collect()
}

/// Units that may be added up: the same, or not named.
fn alike(column: &Column, total: &Column) -> bool {
    match (&column.unit, &total.unit) {
        (Some(one), Some(other)) => one == other,
        (Some(Unit::Money(_)), None) | (None, _) => true,
        (Some(_), None) => !column.own_unit,
    }
}

/// 上年数 beside 合计 of this year.
fn is_outside(column: &Column, total: &Column) -> bool {
    column.leaf().is_some_and(|leaf| leaf.has(words::OUTSIDE)) && !total.leaf().is_some_and(|leaf| leaf.has(words::OUTSIDE))
}

fn sum(table: &Table<'_>, report: &mut Report, total: &Column, scopes: &[Vec<&Column>]) {
    let case = |line: &super::lines::Line| -> Option<Case> {
        let claim = (line.row, total.at);
        let printed = table.number(claim).filter(|_| !line.outside)?;
        let held: Vec<_> = scopes.iter().map(|scope| held(table, line.row, printed, total, scope)).collect();
        held.iter().any(Option::is_some).then_some(Case { claim, trivial: printed.printed.is_zero(), held })
    };
    let cases = table.lines.iter().filter_map(case).collect();
    // One row alone does not tell which columns were meant.
    votes::tell(table, report, Relation::Sum, false, cases);
}

fn held(table: &Table<'_>, row: usize, printed: &Number, total: &Column, scope: &[&Column]) -> Option<Draft> {
    let mut sum = Exact::ZERO;
    let (mut operands, mut decimals) = (Vec::new(), 0);
    for column in scope {
        match table.lay.value(row, column.at) {
            Value::Number(number) if number.percent == printed.percent && number.power == printed.power => {
                sum = sum.checked_add(number.exact()).ok()?;
                decimals = decimals.max(number.decimals());
                operands.push(((row, column.at), Role::Added));
            }
            Value::Number(_) | Value::Words | Value::Covered => return None,
            Value::Blank | Value::Nothing => {}
        }
    }
    if operands.is_empty() {
        return None;
    }
    let (verdict, agreement) = judge::sum(printed, sum, operands.len(), decimals, total.unit.as_ref());
    Some(Draft { operands, computed: sum, agreement, verdict })
}

/// 其中 over a column: it is a part of the nearest column before it that is none, under the same title.
fn parts(table: &Table<'_>, report: &mut Report, columns: &[&Column]) {
    let mut whole: Option<&Column> = None;
    for column in columns {
        let Some(of) = whole.filter(|whole| column.part && whole.kind == column.kind && alike(column, whole)) else {
            whole = if column.part { whole } else { Some(column) };
            continue;
        };
        let figures = |row: usize| Some((table.number((row, column.at))?, table.number((row, of.at))?));
        let lines: Vec<_> = table.lines.iter().filter_map(|line| figures(line.row).map(|figures| (line.row, figures))).collect();
        let over =
            |(_, (part, whole)): &&(usize, (&Number, &Number))| part.exact() > whole.exact() && !whole.exact().is_negative();
        let wrong = lines.iter().filter(over).count();
        let severity = if wrong * 4 <= lines.len() { Severity::Error } else { Severity::Warning };
        if wrong * 2 > lines.len() && lines.len() > 2 || !column.kind.adds_up() {
            continue;
        }
        for (row, (part, of_number)) in lines.iter().filter(over) {
            let (claim, of) = ((*row, column.at), (*row, of.at));
            report.checked(table.lay, [claim, of]);
            let computed = of_number.exact();
            let agreement = crate::number::agreement(part.printed, computed);
            let draft = Draft { operands: vec![(of, Role::Whole)], computed, agreement, verdict: Verdict::Differs };
            report.find(table, Relation::Part, severity, claim, vec![draft]);
        }
    }
}
