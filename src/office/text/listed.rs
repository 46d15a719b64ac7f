//! Tables of which every cell is a line of its own, as PDF and web pages give them to those who copy their text. Blank cells are gone, so
//! nothing but words and order tells where a cell stood: titles of columns follow one another, and rows of indicators are those that alone
//! fit under them. Where several readings fit, nothing is put together.

use super::fields::Row;
use crate::prelude::*;
use crate::recognise::key::{bare, key};
use crate::template::Labels;
use core::ops::Range;

/// Fewer words of a form are no table.
const FEWEST_WORDS: usize = 6;
/// A table of indicators has no more lines than these.
const MOST_LINES: usize = 4_000;

/// What was made of a text.
pub enum Listed {
    /// These lines are a table.
    Table { lines: Range<usize>, rows: Vec<Row> },
    /// There is such a table, and its rows can't be told.
    Open,
}

/// The table in a text, where it has one.
pub fn find(lines: &[&str]) -> Option<Listed> {
    let lines = lines.get(..lines.len().min(MOST_LINES))?;
    let is_level = |line: &str| line.ends_with("级指标") || matches!(line, "一级" | "二级");
    if !lines.iter().any(|line| is_level(line.trim())) {
        return None;
    }
    let words = Words::of(&Labels::builtin());
    let cells: Vec<(usize, Cell<'_>)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| (at, Cell::of(line.trim(), &words)))
        .collect();
    let list: Vec<&Cell<'_>> = cells.iter().map(|(_, cell)| cell).collect();
    let first = list.iter().position(|cell| cell.is_word())?;
    let head = (first..list.len()).find(|at| list.get(*at..*at + 2).is_some_and(|two| two.iter().all(|cell| cell.is_level())))?;
    if list.iter().filter(|cell| cell.is_word()).count() < FEWEST_WORDS {
        return None;
    }
    let mut table = Table::default();
    let used = table.above(list.get(first..head)?).and_then(|()| table.indicators(list.get(head..)?));
    let Some(used) = used else { return Some(Listed::Open) };
    let from = cells.get(first)?.0;
    let to = cells.get(head + used - 1)?.0 + 1;
    Some(Listed::Table { lines: from..to, rows: table.rows })
}

/// Words by their keys, and what each is.
struct Words(SortedMap<String, Word>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Level,
    Points,
    Total,
    Goal,
    Other,
}

impl Words {
    fn of(labels: &Labels) -> Words {
        let mut words = SortedMap::new();
        for group in &labels.groups {
            let word = match group.is.as_str() {
                "一级指标" | "二级指标" | "三级指标" => Word::Level,
                "分值" | "得分" | "单项指标得分" => Word::Points,
                "总分" => Word::Total,
                "预期目标" | "实际完成情况" => Word::Goal,
                _ => Word::Other,
            };
            for text in [&group.is].into_iter().chain(&group.also).chain(&group.weak).chain(&group.left) {
                words.entry(key(text)).or_insert(word);
            }
        }
        for side in &labels.sides {
            words.entry(key(side)).or_insert(Word::Other);
        }
        Words(words)
    }
}

struct Cell<'a> {
    text: &'a str,
    word: Option<Word>,
    figure: bool,
    /// 产出指标, 数量指标: the name of a level, as tables have them.
    named: bool,
}

impl<'a> Cell<'a> {
    fn of(text: &'a str, words: &Words) -> Cell<'a> {
        let own = key(text);
        let named =
            bare(&own).ends_with("指标") && own.chars().count() <= 16 && !own.starts_with(|char: char| char.is_ascii_digit());
        let word = words.0.get(&own).or_else(|| words.0.get(bare(&own))).copied();
        Cell { text, word, figure: is_figure(text), named: named && word.is_none() }
    }

    fn is_word(&self) -> bool {
        self.word.is_some()
    }

    /// A name that only the first level has.
    fn is_branch(&self) -> bool {
        matches!(bare(&key(self.text)), "产出指标" | "效益指标" | "效果指标" | "满意度指标")
    }

    fn is_level(&self) -> bool {
        self.word == Some(Word::Level)
    }
}

/// 10, 100.00%, 1,200.50, and the signs for none.
fn is_figure(text: &str) -> bool {
    let digits = text.trim_start_matches('-').trim_end_matches('%');
    let number = digits.starts_with(|char: char| char.is_ascii_digit())
        && digits.chars().all(|char| char.is_ascii_digit() || matches!(char, '.' | ','));
    number || matches!(text, "-" | "—" | "——" | "－" | "/" | "／")
}

#[derive(Default)]
struct Table {
    rows: Vec<Row>,
}

impl Table {
    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(Row { cells: cells.into_iter().collect() });
    }

    /// What stands above the indicators: words, each with what follows it; titles of columns, as many as there are figures behind them.
    /// `None` where a text may belong elsewhere: a table that lacks a cell would only mislead.
    fn above(&mut self, cells: &[&Cell<'_>]) -> Option<()> {
        let mut at = 0;
        while let Some(rest) = cells.get(at..).filter(|rest| !rest.is_empty()) {
            let words = rest.iter().take_while(|cell| cell.is_word()).count();
            let texts = rest.iter().skip(words).take_while(|cell| !cell.is_word()).count();
            let figures = rest.iter().skip(words).take_while(|cell| cell.figure).count();
            let (Some(names), Some(values)) = (rest.get(..words), rest.get(words..words + texts)) else { return None };
            at += words + texts;
            if words > figures && figures > 1 {
                at = at - texts + self.amounts(names, cells.get(at - texts..)?, figures)?;
                continue;
            }
            let goals = names.iter().rev().take_while(|cell| cell.word == Some(Word::Goal)).count();
            match names.split_last() {
                Some((last, before)) if texts == 1 => {
                    before.iter().for_each(|word| self.row([word.text.to_owned()]));
                    self.row([last.text.to_owned()].into_iter().chain(values.iter().map(|cell| cell.text.to_owned())));
                }
                Some(_) if texts == 2 && goals >= 2 => {
                    let (before, titles) = names.split_at(words - texts);
                    before.iter().for_each(|word| self.row([word.text.to_owned()]));
                    self.row(titles.iter().map(|cell| cell.text.to_owned()));
                    self.row(values.iter().map(|cell| cell.text.to_owned()));
                }
                Some(_) if texts == 0 => names.iter().for_each(|word| self.row([word.text.to_owned()])),
                _ => return None,
            }
        }
        Some(())
    }

    /// Rows of amounts: a name and so many figures. The titles are the last words before the first name. How many cells were taken.
    fn amounts(&mut self, names: &[&Cell<'_>], cells: &[&Cell<'_>], figures: usize) -> Option<usize> {
        let (name, before) = names.split_last()?;
        let (sides, titles) = before.split_at(before.len() - figures);
        sides.iter().for_each(|word| self.row([word.text.to_owned()]));
        self.row([String::new()].into_iter().chain(titles.iter().map(|cell| cell.text.to_owned())));
        let mut name = *name;
        let mut at = 0;
        loop {
            let values = cells.iter().skip(at).take_while(|cell| cell.figure).count();
            let own = cells.get(at..at + values).unwrap_or_default();
            at += values;
            if values != figures {
                return None;
            }
            self.row([name.text].into_iter().chain(own.iter().map(|cell| cell.text)).map(str::to_owned));
            match cells.get(at..at + 2) {
                Some([next, value]) if !next.figure && value.figure => name = *next,
                _ => return Some(at),
            }
            at += 1;
        }
    }

    /// Titles, rows and the line of totals; how many cells they are. `None` where not exactly one way of putting them together fits.
    fn indicators(&mut self, cells: &[&Cell<'_>]) -> Option<usize> {
        let titles = cells.get(..cells.iter().take_while(|cell| cell.is_word()).count())?;
        let last_level = titles.iter().rposition(|cell| cell.is_level())?;
        let points = titles.iter().rposition(|cell| cell.word == Some(Word::Points))?;
        let kinds: Vec<Kind> = titles
            .iter()
            .enumerate()
            .map(|(at, cell)| match cell.word {
                Some(Word::Level) if at < last_level => Kind::Merged,
                Some(Word::Level) => Kind::Name,
                Some(Word::Points) => Kind::Points,
                _ if at > points => Kind::Reason,
                _ => Kind::Any,
            })
            .collect();
        let body = cells.get(titles.len()..)?;
        let end = body.iter().position(|cell| cell.word == Some(Word::Total)).unwrap_or(body.len());
        let placed = Fit { kinds: &kinds, cells: body.get(..end)? }.only()?;
        self.row(titles.iter().map(|cell| cell.text.to_owned()));
        for row in placed {
            self.row(
                row.into_iter()
                    .map(|cell| cell.and_then(|at| body.get(at)).map_or_else(String::new, |cell| cell.text.to_owned())),
            );
        }
        let Some(total) = body.get(end) else { return Some(titles.len() + end) };
        let figures = body.get(end + 1..)?.iter().take_while(|cell| cell.figure).count();
        let sums = body.get(end + 1..end + 1 + figures)?;
        let columns: Vec<usize> = kinds.iter().enumerate().filter(|(_, kind)| **kind == Kind::Points).map(|(at, _)| at).collect();
        let mut line = vec![String::new(); titles.len()];
        if let Some(first) = line.first_mut() {
            total.text.clone_into(first);
        }
        if columns.len() != figures {
            return None;
        }
        for (column, sum) in columns.into_iter().zip(sums) {
            if let Some(cell) = line.get_mut(column) {
                sum.text.clone_into(cell);
            }
        }
        self.row(line);
        Some(titles.len() + end + 1 + figures)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The name of a level, or nothing where it is merged with the one above.
    Merged,
    Name,
    Any,
    Points,
    /// Words, or nothing.
    Reason,
}

/// The ways in which cells fit under columns, row by row.
struct Fit<'a> {
    kinds: &'a [Kind],
    cells: &'a [&'a Cell<'a>],
}

impl Fit<'_> {
    /// The only way, as the cell for each column of each row.
    fn only(&self) -> Option<Vec<Vec<Option<usize>>>> {
        let (columns, count) = (self.kinds.len(), self.cells.len());
        if count == 0 {
            return None;
        }
        // How many ways lead from a cell and a column to the end, 2 for more than one.
        let mut ways = vec![vec![0_u8; columns + 1]; count + 1];
        if let Some(end) = ways.last_mut().and_then(|row| row.last_mut()) {
            *end = 1;
        }
        for at in (0..=count).rev() {
            // Twice: where a row leaves its last cells blank, the next one begins at the same cell.
            for column in (0..columns).rev().chain((0..columns).rev()) {
                let taken = if self.takes(at, column) { self.step(&ways, at + 1, column + 1) } else { 0 };
                let left = if self.leaves(column) { self.step(&ways, at, column + 1) } else { 0 };
                if let Some(slot) = ways.get_mut(at).and_then(|row| row.get_mut(column)) {
                    *slot = (taken + left).min(2);
                }
            }
        }
        if self.step(&ways, 0, 0) != 1 {
            return None;
        }
        let (mut at, mut rows) = (0, Vec::new());
        while at < count {
            let mut row = Vec::new();
            for column in 0..columns {
                let takes = self.takes(at, column) && self.step(&ways, at + 1, column + 1) > 0;
                row.push(takes.then_some(at));
                at += usize::from(takes);
            }
            rows.push(row);
        }
        Some(rows)
    }

    /// The ways from here, where the end of a row is the beginning of the next.
    fn step(&self, ways: &[Vec<u8>], at: usize, column: usize) -> u8 {
        let next = column == self.kinds.len() && at < self.cells.len();
        let column = if next { 0 } else { column };
        ways.get(at).and_then(|row| row.get(column)).copied().unwrap_or(0)
    }

    fn takes(&self, at: usize, column: usize) -> bool {
        let (Some(cell), Some(kind)) = (self.cells.get(at), self.kinds.get(column)) else { return false };
        match kind {
            // One name alone is that of the lower level, which is why a row of 产出指标 alone fits nowhere.
            Kind::Merged => {
                let named = |at: usize| self.cells.get(at).is_some_and(|cell| cell.named);
                let lower = self.kinds.get(column + 1) != Some(&Kind::Merged);
                let alone = !named(at + 1) && !at.checked_sub(1).is_some_and(named);
                cell.named && lower != named(at + 1) && !(alone && cell.is_branch())
            }
            Kind::Name | Kind::Reason => !cell.figure && !cell.named,
            Kind::Any => !cell.named,
            Kind::Points => cell.figure,
        }
    }

    fn leaves(&self, column: usize) -> bool {
        self.kinds.get(column).is_some_and(|kind| matches!(kind, Kind::Merged | Kind::Reason))
    }
}
