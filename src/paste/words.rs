//! Whether a text is a word of the form, by its own spelling or another name.

use crate::prelude::*;
use crate::recognise::key::{bare, key};
use crate::template::Labels;

/// How alike a text and a word of the form are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    None,
    /// The text may mean the word where nothing means it better.
    Weak,
    Also,
    Bare,
    Same,
}

pub(super) struct Words {
    /// For each key the groups of labels that it stands in, and whether only weakly.
    groups: BTreeMap<String, Vec<(usize, bool)>>,
}

impl Words {
    pub fn of(labels: &Labels) -> Words {
        let mut groups: BTreeMap<String, Vec<(usize, bool)>> = BTreeMap::new();
        for (at, group) in labels.groups.iter().enumerate() {
            let strong = core::iter::once(&group.is).chain(&group.also).map(|word| (word, false));
            for (word, weak) in strong.chain(group.weak.iter().map(|word| (word, true))) {
                groups.entry(key(word)).or_default().push((at, weak));
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
        for (own, weak) in self.groups_of(&text) {
            if self.groups_of(&word).any(|(group, weak)| group == own && !weak) {
                best = best.max(if weak { Likeness::Weak } else { Likeness::Also });
            }
        }
        best
    }

    fn groups_of(&self, key: &str) -> impl Iterator<Item = (usize, bool)> {
        let known = self.groups.get(key).or_else(|| self.groups.get(bare(key)));
        known.into_iter().flatten().copied()
    }

    /// The groups of labels that a text surely belongs to.
    pub fn meanings(&self, text: &str) -> Vec<usize> {
        self.groups_of(&key(text)).filter(|(_, weak)| !weak).map(|(group, _)| group).collect()
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
