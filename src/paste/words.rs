//! Whether a text is a word of the form, by its own spelling or another name.

use crate::prelude::*;
use crate::recognise::key::{bare, key};
use crate::template::Labels;

/// How alike a text and a word of the form are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    None,
    /// The text means the word where the better meaning has another title.
    Left,
    /// The text may mean the word where nothing means it better.
    Weak,
    Also,
    Bare,
    Same,
}

pub(super) struct Words {
    /// For each key the groups of labels that it stands in, and how surely.
    groups: SortedMap<String, Vec<(usize, Likeness)>>,
}

impl Words {
    pub fn of(labels: &Labels) -> Words {
        let mut groups: SortedMap<String, Vec<(usize, Likeness)>> = SortedMap::new();
        for (at, group) in labels.groups.iter().enumerate() {
            let strong = core::iter::once(&group.is).chain(&group.also).map(|word| (word, Likeness::Also));
            let weak = group.weak.iter().map(|word| (word, Likeness::Weak));
            let left = group.left.iter().map(|word| (word, Likeness::Left));
            for (word, likeness) in strong.chain(weak).chain(left) {
                groups.entry(key(word)).or_default().push((at, likeness));
            }
        }
        Words { groups }
    }

    /// How surely a text means a word that the form prints.
    pub fn likeness(&self, text: &str, word: &str) -> Likeness {
        let (text, word) = (key(text), key(word));
        if text.is_empty() || word.is_empty() {
            return Likeness::None;
        }
        if text == word {
            return Likeness::Same;
        }
        if !bare(&text).is_empty() && bare(&text) == bare(&word) {
            return Likeness::Bare;
        }
        let mut best = Likeness::None;
        for (own, likeness) in self.groups_of(&text) {
            if self.groups_of(&word).any(|(group, printed)| group == own && printed == Likeness::Also) {
                best = best.max(likeness);
            }
        }
        best
    }

    fn groups_of(&self, key: &str) -> impl Iterator<Item = (usize, Likeness)> {
        let known = self.groups.get(key).or_else(|| self.groups.get(bare(key)));
        known.into_iter().flatten().copied()
    }

    /// The groups of labels that a text surely belongs to.
    pub fn meanings(&self, text: &str) -> Vec<usize> {
        self.groups_of(&key(text)).filter(|(_, likeness)| *likeness == Likeness::Also).map(|(group, _)| group).collect()
    }

    /// Whether a text surely means a word.
    pub fn is(&self, text: &str, word: &str) -> bool {
        self.likeness(text, word) > Likeness::Weak
    }

    /// Whether it may be a word of a form at all, and no value.
    pub fn has_letters(text: &str) -> bool {
        text.contains(char::is_alphabetic)
    }
}
