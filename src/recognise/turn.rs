//! What a table prints only to be read across pages: the numbers of its columns, and what stands between a page and the next.

use super::key::key;
use super::read::{Mark, Reader};
use super::source::{Cell, Line};
use crate::prelude::*;
use crate::template::Labels;

/// Fewer numbers may be a row of figures.
const FEWEST: u32 = 3;

impl Reader<'_, '_> {
    /// Takes 1 2 3 … below titles, also 栏次 1 2 3=2/1; nothing of it belongs to a row.
    pub(super) fn column_numbers(&mut self, line: &Line) -> bool {
        if self.active.as_ref().is_none_or(|active| active.block != line.block) {
            return false;
        }
        let cells: Vec<&Cell<'_>> = line.starts.iter().filter_map(|at| self.cell(*at)).collect();
        let named = |cell: &&&Cell<'_>| {
            matches!(cell.key.as_str(), "栏次" | "列次" | "行次" | "栏目" | "甲" | "乙" | "丙") || self.plan.is_side(&cell.key)
        };
        let words = cells.iter().take_while(named).count();
        let counted = cells.get(words..).unwrap_or_default();
        // A number over two columns is printed twice where a program filled in what was merged.
        let mut last = 0;
        for cell in counted {
            last = match cell.key.as_str() {
                key if counts(key, last + 1) => last + 1,
                key if last > 0 && counts(key, last) => last,
                _ => return false,
            };
        }
        if last < FEWEST {
            return false;
        }
        let sides: Vec<usize> = cells.iter().filter(|cell| self.plan.is_side(&cell.key)).map(|cell| cell.at).collect();
        for at in &line.starts {
            self.mark(*at, Mark::Label);
        }
        sides.into_iter().for_each(|at| self.side(at));
        true
    }

    /// The same as a line of the grid, where a program wrote pages below one another.
    pub(super) fn turn_within(&mut self, line: &Line) -> bool {
        let [at] = line.starts.as_slice() else { return false };
        let open = self.active.as_ref().is_some_and(|active| active.open && active.block == line.block);
        let turn = open && self.cell(*at).is_some_and(|cell| is_turn(self.words, cell));
        if turn {
            self.mark(*at, Mark::Label);
        }
        turn
    }

    /// Paragraphs between two parts of one list: the number of a page, 续表. The list goes on behind them.
    pub(super) fn turn(&mut self, run: &[Line]) -> bool {
        let Some(first) = run.first() else { return false };
        if self.last_block.is_none_or(|last| first.block != last + 1) || !self.active.as_ref().is_some_and(|active| active.open) {
            return false;
        }
        let cells: Vec<&Cell<'_>> = run.iter().flat_map(|line| &line.starts).filter_map(|at| self.cell(*at)).collect();
        if cells.is_empty() || !cells.iter().all(|cell| is_turn(self.words, cell)) {
            return false;
        }
        for cell in cells {
            self.mark(cell.at, Mark::Label);
        }
        self.last_block = run.last().map(|line| line.block);
        true
    }
}

/// 1, (1), ① or 3=1+2 in the third place.
fn counts(key: &str, wanted: u32) -> bool {
    let (number, formula) = key.split_once('=').unwrap_or((key, ""));
    let number = number.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(number);
    let circled = char::from_u32(0x2460 + wanted.saturating_sub(1)).filter(|_| wanted <= 20);
    let same = number.parse() == Ok(wanted) || circled.is_some_and(|circled| number.chars().eq([circled]));
    same && formula.chars().all(|char| char.is_ascii_digit() || "()+-*/×÷%-".contains(char))
}

/// — 2 —, 第2页 共3页, 续表, （续）.
fn is_turn(words: &Labels, cell: &Cell<'_>) -> bool {
    let dash = |char| matches!(char, '-' | '—' | '–' | '－' | '·');
    let between = cell.key.len() > 2 && cell.key.starts_with(dash) && cell.key.ends_with(dash);
    let plain = cell.key.trim_matches(|char| dash(char) || matches!(char, '(' | ')'));
    let number = |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let page = || {
        let rest: String = plain.chars().filter(|char| !matches!(char, '第' | '页' | '共' | '/' | ',')).collect();
        plain.contains('页') && number(&rest)
    };
    words.turns.iter().any(|word| key(word) == plain) || number(plain) && between || page()
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn columns_are_numbered_from_one_on() {
        for (text, place) in [("1", 1), ("(2)", 2), ("③", 3), ("3=2/1", 3), ("4=(2-1)/1*100%", 4)] {
            assert!(counts(text, place), "{text}");
        }
        for (text, place) in [("2", 1), ("", 1), ("1.0", 1), ("10%", 10), ("2=乙", 2), ("21", 20)] {
            assert!(!counts(text, place), "{text}");
        }
    }
}
