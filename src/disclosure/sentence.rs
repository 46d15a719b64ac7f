//! A passage with its numbers, and the words between them.

use super::bind::Bound;
use super::clause::has;
use super::text::{Passage, Text};
use super::words;
use crate::prelude::*;
use core::ops::Range;

/// A passage and its numbers, by their positions among all.
pub(super) struct Line<'a> {
    pub bound: &'a [Bound],
    pub range: Range<usize>,
    passage: &'a Passage,
}

impl Line<'_> {
    /// The words between a number and the one before it.
    pub fn gap(&self, at: usize) -> String {
        let from = at.checked_sub(1).filter(|before| self.range.contains(before)).and_then(|before| self.bound.get(before));
        let to = self.bound.get(at).map_or(0, |one| one.token.from);
        self.passage.text(from.map_or(0, |one| one.token.end), to)
    }

    /// The words behind a number, to the next one.
    pub fn behind(&self, at: usize) -> String {
        let from = self.bound.get(at).map_or(0, |one| one.token.end);
        let next = self.bound.get(at + 1).filter(|_| self.range.contains(&(at + 1)));
        self.passage.text(from, next.map_or(self.passage.chars.len(), |one| one.token.from))
    }

    /// Whether two numbers stand in one sentence.
    pub fn in_one_sentence(&self, first: usize, second: usize) -> bool {
        match (self.bound.get(first), self.bound.get(second)) {
            (Some(first), Some(second)) => {
                second.sentence.len() > first.sentence.len() && second.sentence.starts_with(&first.sentence)
            }
            _ => false,
        }
    }

    pub fn heading(&self) -> usize {
        self.passage.heading
    }
}

/// A passage with more numbers is a table that lost its lines, and no sentence.
const MOST: usize = 200;
/// A clause is no longer than this.
const CLAUSE: usize = 80;

/// The passages that hold numbers, in order.
pub(super) fn lines<'a>(bound: &'a [Bound], text: &'a Text) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for (at, one) in bound.iter().enumerate() {
        let Some(passage) = text.passages.get(one.passage) else { continue };
        match lines.last_mut().filter(|line| core::ptr::eq(line.passage, passage)) {
            Some(line) => line.range.end = at + 1,
            None => lines.push(Line { bound, range: at..at + 1, passage }),
        }
    }
    lines.retain(|line| line.range.len() <= MOST);
    lines
}

/// The words of a number's own clause.
pub(super) fn clause(one: &Bound) -> String {
    let from = one.sentence.char_indices().rev().take(CLAUSE).last().map_or(0, |(at, _)| at);
    super::clause::last_clause(one.sentence.get(from..).unwrap_or_default())
}

/// Whether a rate tells what became of money: 完成率 and 预算完成率 do; 任务完成率 tells that something else was done.
pub(super) fn is_of_money(one: &Bound) -> bool {
    let said = clause(one);
    let money = || [words::MONEY, words::PLANNED, words::SPENDING].into_iter().any(|list| has(&said, list));
    !has(&said, words::DONE) || begins_with(&said, words::DONE) || money()
}

/// Whether a text begins with one of the words.
pub(super) fn begins_with(text: &str, list: &[&str]) -> bool {
    list.iter().any(|word| text.starts_with(word))
}

/// Where the last of some words ends in a text.
pub(super) fn latest(text: &str, list: &[&str]) -> Option<usize> {
    list.iter().filter_map(|word| text.rfind(word).map(|at| at + word.len())).max()
}
