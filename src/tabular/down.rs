//! Sums down the rows: 合计, 小计, 总计, and rows over those that stand under them.

mod excuse;
mod parents;
mod totals;

use super::column::Column;
use super::judge::{self, Verdict};
use super::lines::Line;
use super::report::{Report, Table};
use super::value::{Number, Value};
use super::words::Rank;
use crate::number::{Agreement, Exact};
use crate::prelude::*;

/// Which rows a sum may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    /// Rows that stand under no other.
    Top,
    /// The same, with those that may as well stand under another.
    TopAndDoubtful,
    /// Rows with none under them.
    Leaves,
    /// 小计
    Subtotals,
    /// 合计
    Totals,
}

/// Of so many figures one may be printed otherwise.
const FEWEST_ALIKE: usize = 8;

const SETS: [Set; 5] = [Set::Top, Set::TopAndDoubtful, Set::Leaves, Set::Subtotals, Set::Totals];

fn holds(set: Set, line: &Line) -> bool {
    match set {
        Set::Top => line.is_item() && line.parent.is_none() && !line.doubt,
        Set::TopAndDoubtful => {
            (line.is_item() || line.part && line.doubt && !line.outside) && (line.parent.is_none() || line.doubt)
        }
        Set::Leaves => line.is_item() && !line.has_below && !line.doubt,
        Set::Subtotals => line.rank == Some(Rank::Sub),
        Set::Totals => line.rank == Some(Rank::Total),
    }
}

/// What a run of rows comes to.
#[derive(Clone, Copy, Debug)]
struct Run {
    sum: Option<Exact>,
    numbers: usize,
    /// Cells that are no number and not blank.
    bad: usize,
}

pub(super) fn check(table: &Table<'_>, report: &mut Report) {
    let columns: Vec<Sums> = table.strip.figures.iter().filter_map(|at| Sums::of(table, *at)).collect();
    if columns.is_empty() {
        return;
    }
    totals::check(table, &columns, report);
    parents::check(table, &columns, report);
}

/// A column of figures, with the sums of all its rows up to each.
struct Sums<'a> {
    at: usize,
    column: &'a Column,
    decimals: u32,
    /// For each set, one more than there are rows.
    runs: Vec<Vec<Run>>,
    values: Vec<Cell>,
}

#[derive(Clone, Copy)]
enum Cell {
    Blank,
    Bad,
    Number(Number),
}

impl<'a> Sums<'a> {
    fn of(table: &Table<'a>, at: usize) -> Option<Sums<'a>> {
        let column = table.section.columns.get(at).filter(|column| column.kind.adds_up())?;
        let mut power = None;
        let values: Vec<Cell> = table
            .lines
            .iter()
            .map(|line| match table.lay.value(line.row, at) {
                Value::Number(number) if !number.percent && power.is_none_or(|power| power == number.power) => {
                    power = Some(number.power);
                    Cell::Number(*number)
                }
                Value::Number(_) | Value::Words => Cell::Bad,
                Value::Blank | Value::Nothing | Value::Covered => Cell::Blank,
            })
            .collect();
        let numbers = || values.iter().filter_map(|cell| if let Cell::Number(number) = cell { Some(number) } else { None });
        let mut decimals: Vec<u32> = numbers().map(Number::decimals).collect();
        decimals.order();
        // One figure with more decimals than all others is no measure for them.
        let single = decimals.len() >= FEWEST_ALIKE && decimals.iter().rev().nth(1) < decimals.last();
        let decimals = if single { decimals.iter().rev().nth(1) } else { decimals.last() }.copied()?;
        let runs = SETS.iter().map(|set| runs(table.lines, &values, *set)).collect();
        Some(Sums { at, column, decimals, runs, values })
    }

    fn number(&self, line: usize) -> Option<&Number> {
        match self.values.get(line)? {
            Cell::Number(number) => Some(number),
            Cell::Blank | Cell::Bad => None,
        }
    }

    /// What a scope comes to without the row itself; nothing where it holds no number, or one that can't be read.
    fn run(&self, set: Set, from: usize, to: usize) -> Option<Run> {
        let runs = self.runs.get(SETS.iter().position(|known| *known == set)?)?;
        let (from, to) = (runs.get(from)?, runs.get(to)?);
        let numbers = to.numbers.checked_sub(from.numbers).filter(|numbers| *numbers > 0)?;
        let sum = to.sum?.checked_sub(from.sum?).ok();
        (to.bad == from.bad && sum.is_some()).then_some(Run { sum, numbers, bad: 0 })
    }

    fn judge(&self, line: usize, run: Run) -> Option<(Verdict, Agreement)> {
        Some(judge::sum(self.number(line)?, run.sum?, run.numbers, self.decimals, self.column.unit.as_ref()))
    }
}

fn runs(lines: &[Line], values: &[Cell], set: Set) -> Vec<Run> {
    let mut run = Run { sum: Some(Exact::ZERO), numbers: 0, bad: 0 };
    let mut runs = Vec::with_capacity(lines.len() + 1);
    runs.push(run);
    for (line, value) in lines.iter().zip(values) {
        match value {
            Cell::Number(number) if holds(set, line) => {
                run.sum = run.sum.and_then(|sum| sum.checked_add(signed(line, number)).ok());
                run.numbers += 1;
            }
            Cell::Bad if holds(set, line) => run.bad += 1,
            Cell::Number(_) | Cell::Bad | Cell::Blank => {}
        }
        runs.push(run);
    }
    runs
}

/// 减：累计折旧 is taken off, where it is not printed as a loss already.
fn signed(line: &Line, number: &Number) -> Exact {
    let exact = number.exact();
    if line.less && exact.is_positive() { -exact } else { exact }
}
