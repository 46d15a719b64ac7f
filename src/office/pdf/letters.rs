//! Letters and rules of a page, in whole hundredths of a point, and how a page is turned so that its text reads from left to right.

use crate::prelude::*;

/// Where a letter's line runs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Upright,
    /// From top to bottom.
    Downwards,
    UpsideDown,
    /// From bottom to top.
    Upwards,
}

impl Turn {
    pub const ALL: [Self; 4] = [Self::Upright, Self::Downwards, Self::UpsideDown, Self::Upwards];

    fn quarters(self) -> usize {
        match self {
            Self::Upright => 0,
            Self::Downwards => 1,
            Self::UpsideDown => 2,
            Self::Upwards => 3,
        }
    }

    fn of(quarters: usize) -> Self {
        Self::ALL.get(quarters % 4).copied().unwrap_or(Self::Upright)
    }
}

/// A letter and the place that it takes.
#[derive(Clone, Copy, Debug)]
pub struct Letter {
    pub letter: char,
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
    /// The height of its line.
    pub size: i32,
    pub turn: Turn,
    /// Which letters were drawn together.
    pub run: u32,
}

impl Letter {
    /// Where it stands on its line, for letters that are upright.
    pub fn base(&self) -> i32 {
        self.bottom - self.size * 12 / 100
    }

    pub fn middle(&self) -> (i32, i32) {
        ((self.left + self.right) / 2, (self.top + self.bottom) / 2)
    }

    /// The letter as it stands when the page is turned so that what ran to `turn` is upright.
    pub fn turned(self, turn: Turn, width: i32, height: i32) -> Self {
        let (left, top, right, bottom) = match turn {
            Turn::Upright => (self.left, self.top, self.right, self.bottom),
            Turn::Downwards => (self.top, width - self.right, self.bottom, width - self.left),
            Turn::UpsideDown => (width - self.right, height - self.bottom, width - self.left, height - self.top),
            Turn::Upwards => (height - self.bottom, self.left, height - self.top, self.right),
        };
        Self { left, top, right, bottom, turn: Turn::of(self.turn.quarters() + 4 - turn.quarters()), ..self }
    }
}

/// A straight line: where it lies, and from where to where it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub at: i32,
    pub from: i32,
    pub to: i32,
}

impl Rule {
    fn mirrored_along(self, length: i32) -> Self {
        Self { from: length - self.to, to: length - self.from, ..self }
    }

    fn mirrored_across(self, length: i32) -> Self {
        Self { at: length - self.at, ..self }
    }
}

/// Level and upright rules of a page that was turned as [`Letter::turned`] says.
pub fn turned(level: Vec<Rule>, upright: Vec<Rule>, turn: Turn, width: i32, height: i32) -> (Vec<Rule>, Vec<Rule>) {
    let each = |rules: Vec<Rule>, turned: &dyn Fn(Rule) -> Rule| rules.into_iter().map(turned).collect::<Vec<Rule>>();
    match turn {
        Turn::Upright => (level, upright),
        Turn::Downwards => (each(upright, &|rule| rule.mirrored_across(width)), each(level, &|rule| rule.mirrored_along(width))),
        Turn::UpsideDown => (
            each(level, &|rule| rule.mirrored_across(height).mirrored_along(width)),
            each(upright, &|rule| rule.mirrored_across(width).mirrored_along(height)),
        ),
        Turn::Upwards => (each(upright, &|rule| rule.mirrored_along(height)), each(level, &|rule| rule.mirrored_across(height))),
    }
}
