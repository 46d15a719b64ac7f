//! What must be there before a formula has a value: a blank input must not count as 0.

use super::At;
use crate::prelude::*;

/// What a formula waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Guards {
    /// Cells that must hold a number.
    pub(super) cells: Vec<At>,
    /// Cells of which one must.
    pub(super) any: Vec<Vec<At>>,
    /// Divisors, which must not be 0.
    pub(super) divisors: Vec<String>,
}

fn add<T: PartialEq + Clone>(all: &mut Vec<T>, more: &[T]) {
    for item in more {
        if !all.contains(item) {
            all.push(item.clone());
        }
    }
}

fn less<T: PartialEq + Clone>(all: &[T], less: &[T]) -> Vec<T> {
    all.iter().filter(|item| !less.contains(item)).cloned().collect()
}

impl Guards {
    pub(super) fn add(&mut self, more: &Guards) {
        self.wait(more);
        add(&mut self.divisors, &more.divisors);
    }

    pub(super) fn with(mut self, more: &Guards) -> Guards {
        self.add(more);
        self
    }

    /// Waits for the inputs of another formula, whatever it divides by.
    pub(super) fn wait(&mut self, more: &Guards) {
        add(&mut self.cells, &more.cells);
        add(&mut self.any, &more.any);
    }

    /// What both wait for.
    pub(super) fn common(&self, other: &Guards) -> Guards {
        fn both<T: PartialEq + Clone>(one: &[T], other: &[T]) -> Vec<T> {
            one.iter().filter(|item| other.contains(item)).cloned().collect()
        }
        Guards {
            cells: both(&self.cells, &other.cells),
            any: both(&self.any, &other.any),
            divisors: both(&self.divisors, &other.divisors),
        }
    }

    /// What is still to be waited for, after `known`.
    pub(super) fn beyond(&self, known: &Guards) -> Guards {
        let any = less(&self.any, &known.any);
        Guards {
            cells: less(&self.cells, &known.cells),
            // Where one of them is waited for alone, one is there.
            any: any.into_iter().filter(|any| !any.iter().any(|at| known.cells.contains(at))).collect(),
            divisors: less(&self.divisors, &known.divisors),
        }
    }

    /// Wraps a formula, so that it gives `otherwise` as long as something is missing.
    pub(super) fn around(&self, formula: String, otherwise: &str, list: &dyn Fn(&[At]) -> String) -> String {
        let mut missing: Vec<String> = Vec::new();
        match self.cells.len() {
            0 => {}
            1 => missing.push(format!("COUNT({})=0", list(&self.cells))),
            count => missing.push(format!("COUNT({})<{count}", list(&self.cells))),
        }
        // Where one of fewer cells is waited for, one of more is there.
        let within = |any: &Vec<At>| self.any.iter().any(|other| other != any && other.iter().all(|at| any.contains(at)));
        let any = self.any.iter().filter(|any| !any.iter().any(|at| self.cells.contains(at)) && !within(any));
        missing.extend(any.map(|any| format!("COUNT({})=0", list(any))));
        // Only then is it sure that a divisor can be looked at.
        let zeros: Vec<String> = self.divisors.iter().map(|divisor| format!("{divisor}=0")).collect();
        let mut formula = formula;
        for conditions in [zeros, missing] {
            formula = match conditions.as_slice() {
                [] => formula,
                [one] => format!("IF({one},{otherwise},{formula})"),
                several => format!("IF(OR({}),{otherwise},{formula})", several.join(",")),
            };
        }
        formula
    }
}
