//! 一级指标、二级指标 of every row: forms print a level once for all rows that belong to it, so a blank continues the row above.

use super::nesting::Nesting;
use crate::document::Row;
use crate::number::{Exact, Reading, Unit, half_width, is_space, read};
use crate::prelude::*;
use crate::template::{ColumnIndex, TableDef};
use alloc::borrow::Cow;

/// Where the levels of each row of a table are printed. A table without levels has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    rows: Vec<Printed>,
}

/// The positions of the rows that print the level; `None` where none is printed in this row or above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Printed {
    level1: Option<usize>,
    level2: Option<usize>,
}

impl Levels {
    /// No levels at all.
    pub const NONE: Levels = Levels { rows: Vec::new() };

    pub fn of(def: &TableDef, rows: &[Rc<Row>], nesting: &Nesting) -> Levels {
        let (level1, level2) = (def.at.level1, def.at.level2);
        if level1.is_none() && level2.is_none() {
            return Levels::default();
        }
        let is_printed = |row: &Row, column: Option<ColumnIndex>| !row.cell_at(column).text().trim().is_empty();
        let name = |position: Option<usize>, column: Option<ColumnIndex>| {
            position.and_then(|position| rows.get(position)).map_or("", |row| row.cell_at(column).text())
        };
        let mut last = Printed::default();
        let mut all = Vec::with_capacity(rows.len());
        for (position, row) in rows.iter().enumerate() {
            // 合计 is the name of no level.
            if nesting.is_sum(position) {
                all.push(last);
                continue;
            }
            if is_printed(row, level1) {
                // A new 一级指标 begins without a 二级指标; one that is printed again goes on.
                if !is_same_level(name(last.level1, level1), name(Some(position), level1)) {
                    last.level2 = None;
                }
                last.level1 = Some(position);
            }
            if is_printed(row, level2) {
                last.level2 = Some(position);
            }
            all.push(last);
        }
        Levels { rows: all }
    }

    /// The row that prints the 一级指标 of a row.
    pub fn level1(&self, position: usize) -> Option<usize> {
        self.rows.get(position).and_then(|printed| printed.level1)
    }

    /// The row that prints the 二级指标 of a row.
    pub fn level2(&self, position: usize) -> Option<usize> {
        self.rows.get(position).and_then(|printed| printed.level2)
    }

    /// The 一级指标 and the 二级指标 of a row as printed, there or above.
    pub fn names<'a>(&self, def: &TableDef, rows: &'a [Rc<Row>], position: usize) -> (&'a str, &'a str) {
        let name = |position: Option<usize>, column: Option<ColumnIndex>| {
            position.and_then(|position| rows.get(position)).map_or("", |row| row.cell_at(column).text())
        };
        (name(self.level1(position), def.at.level1), name(self.level2(position), def.at.level2))
    }
}

/// Whether two printed names mean one level: 产出指标（50分）, 产出指标 (50分) and 产出指标, but not two levels that print
/// different points.
pub fn is_same_level(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if letters(a).next() != letters(b).next() {
        return false;
    }
    let ((a, a_points), (b, b_points)) = (split_points(a), split_points(b));
    let differ = a_points.zip(b_points).is_some_and(|(a, b)| a != b);
    !differ && letters(a).eq(letters(b))
}

/// What of a printed name tells its level.
#[derive(Debug)]
pub struct LevelName<'a> {
    /// The characters that make a difference, without the points at the end.
    letters: Cow<'a, str>,
    /// Those points.
    pub points: Option<Exact>,
}

impl<'a> LevelName<'a> {
    pub fn of(name: &'a str) -> LevelName<'a> {
        let (bare, points) = split_points(name);
        LevelName { letters: spelling(bare), points }
    }
}

/// Names of levels that were met, found again however they are written: as [`is_same_level`] has it, without looking through all.
#[derive(Debug, Default)]
pub struct LevelNames<'a> {
    known: SortedMap<Cow<'a, str>, Spellings>,
    /// The name that was met last, and its number: rows of a level follow one another.
    met: Option<(&'a str, usize)>,
}

/// The numbers given to names of the same letters, by the points printed with them.
#[derive(Debug, Default)]
struct Spellings {
    last: usize,
    by_points: SortedMap<Option<Exact>, usize>,
}

impl<'a> LevelNames<'a> {
    /// The number that was given to the last name that means this level.
    pub fn find(&self, name: &LevelName<'_>) -> Option<usize> {
        self.known.get(&*name.letters)?.find(name.points)
    }

    /// The number of a name, `new` where it was not met before. Points that are printed later belong to the name they were missing in.
    fn find_or_add(&mut self, name: &'a str, new: usize) -> usize {
        if let Some((met, number)) = self.met
            && met == name
        {
            return number;
        }
        let LevelName { letters, points } = LevelName::of(name);
        let spellings = self.known.entry(letters).or_default();
        let known = spellings.find(points);
        let number = known.unwrap_or(new);
        if known.is_none() || points.is_some() {
            spellings.add(points, number);
        }
        self.met = Some((name, number));
        number
    }

    /// Gives a name a number. The same number again, for a name with points, tells the points of a level that was named without.
    pub fn add(&mut self, name: LevelName<'a>, number: usize) {
        self.met = None;
        self.known.entry(name.letters).or_default().add(name.points, number);
    }
}

impl Spellings {
    fn find(&self, points: Option<Exact>) -> Option<usize> {
        match points {
            // A name without points means any of its letters.
            None => (!self.by_points.is_empty()).then_some(self.last),
            Some(_) => self.by_points.get(&points).max(self.by_points.get(&None)).copied(),
        }
    }

    fn add(&mut self, points: Option<Exact>, number: usize) {
        self.last = self.last.max(number);
        // A level that was first named without its points is no longer any of its letters.
        if points.is_some() && self.by_points.get(&None) == Some(&number) {
            self.by_points.remove(&None);
        }
        self.by_points.insert(points, number);
    }
}

/// 一级指标 and 二级指标 together, found again as [`LevelNames`] finds one of them.
#[derive(Debug, Default)]
pub struct LevelPairs<'a> {
    above: LevelNames<'a>,
    /// For each 一级指标 its 二级指标.
    below: Vec<LevelNames<'a>>,
    count: usize,
}

impl<'a> LevelPairs<'a> {
    pub fn find(&self, level1: &str, level2: &str) -> Option<usize> {
        self.below.get(self.above.find(&LevelName::of(level1))?)?.find(&LevelName::of(level2))
    }

    /// The number of a pair, a new one where it was not met before.
    pub fn number(&mut self, level1: &'a str, level2: &'a str) -> usize {
        let above = self.above.find_or_add(level1, self.below.len());
        if above == self.below.len() {
            self.below.push(LevelNames::default());
        }
        let Some(below) = self.below.get_mut(above) else { return self.count };
        let number = below.find_or_add(level2, self.count);
        self.count = self.count.max(number.saturating_add(1));
        number
    }
}

/// The points at the end of a level's name: 50 in 产出指标（50分）, in 产出指标（50%） and in 产出指标50分.
pub fn printed_points(name: &str) -> Option<Exact> {
    split_points(name).1
}

/// A level's name without the points at its end, and those points.
fn split_points(name: &str) -> (&str, Option<Exact>) {
    let name = name.trim_matches(|char: char| is_space(char) || matches!(char, '：' | ':'));
    let is_digit = |char: char| half_width(char).is_ascii_digit();
    let at = if name.ends_with(CLOSING) {
        name.rfind(OPENING)
    } else if let Some(words) = name.strip_suffix('分') {
        let bare = words.trim_end_matches(|char: char| is_digit(char) || matches!(char, '.' | '．') || is_space(char));
        (!bare.is_empty()).then_some(bare.len())
    } else {
        None
    };
    let Some((bare, points)) = at.and_then(|at| name.split_at_checked(at)) else { return (name, None) };
    let points = points.trim_start_matches(OPENING).trim_end_matches(CLOSING);
    let points = points.trim_start_matches(|char: char| POINTS.contains(char) || is_space(char));
    let value = if points.starts_with(is_digit) { plain_points(points).or_else(|| points_of(&read(points))) } else { None };
    if value.is_some() { (bare, value) } else { (name, None) }
}

const OPENING: [char; 5] = ['（', '(', '［', '[', '【'];
const CLOSING: [char; 5] = ['）', ')', '］', ']', '】'];

/// What may stand before the points: 权重30%, 分值：20, 满分50分, 占30%.
const POINTS: &str = "权重分值满共占计：:";

/// 50 and 50分, as nearly all write them, without reading the text as a whole.
fn plain_points(text: &str) -> Option<Exact> {
    let digits = text.strip_suffix('分').unwrap_or(text);
    let is_plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { digits.parse().ok().map(Exact::from_int) } else { None }
}

fn points_of(reading: &Reading) -> Option<Exact> {
    let Reading::Quantity(quantity) = reading else { return None };
    let number = Exact::from_decimal(quantity.number);
    match &quantity.unit {
        // A year stands in brackets too.
        Unit::None => (number < Exact::from_int(1900)).then_some(number),
        Unit::Percent => Some(number),
        Unit::Other { name, .. } => (&**name == "分").then_some(number),
        Unit::Money(_) => None,
    }
}

/// What of a name makes a difference: neither white space nor the width of its characters.
fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|char| !is_space(*char)).map(half_width)
}

/// The letters as one text; most names are made of nothing else.
fn spelling(name: &str) -> Cow<'_, str> {
    let is_plain = name.chars().all(|char| !is_space(char) && half_width(char) == char);
    if is_plain { Cow::Borrowed(name) } else { Cow::Owned(letters(name).collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looking names up gives what comparing each with all others gives.
    #[test]
    fn names_are_found_as_they_compare() {
        let names = [
            "产出指标",
            "产出指标（50分）",
            "产出指标 (50)",
            "产出指标（40分）",
            "效益指标",
            "效益指标30分",
            "",
            " 产 出指标",
            "效益指标（20%）",
        ];
        for a in names {
            for b in names {
                for c in names {
                    let mut pairs = LevelPairs::default();
                    let mut list: Vec<&str> = Vec::new();
                    for name in [a, b, c, a, b, c] {
                        let known = list.iter().rposition(|known| is_same_level(known, name));
                        let at = known.unwrap_or(list.len());
                        match list.get_mut(at) {
                            Some(known) if printed_points(known).is_none() && printed_points(name).is_some() => *known = name,
                            Some(_) => {}
                            None => list.push(name),
                        }
                        assert_eq!(pairs.number("", name), at, "{name} after {a}, {b}, {c}");
                        assert_eq!(pairs.find("", name), Some(at));
                    }
                }
            }
        }
    }
}
