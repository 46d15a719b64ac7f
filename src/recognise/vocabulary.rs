//! The words of a form and their other names: what each key may be, and how surely.

use super::key::{bare, key};
use crate::prelude::*;
use crate::template::Labels;

/// A word that a form prints, whatever it is called elsewhere.
pub(super) type LabelId = u16;

/// What a text may be, and how surely: 100 as the form prints it, 50 only where nothing fits better, 40 where that has another title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub label: LabelId,
    pub strength: u8,
}

const EXACT: u8 = 100;
const BARE: u8 = 95;
const ALSO: u8 = 85;
pub(super) const WEAK: u8 = 50;
const LEFT: u8 = 40;

#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub words: SortedMap<String, Vec<Hit>>,
}

/// What people write behind the name of an amount, or not.
const ENDS: [&str; 5] = ["金额", "数额", "数", "额", ""];

/// What is left of a name without 数, 额 or 金额 behind it; the name itself where it has none.
pub(super) fn stem(name: &str) -> &str {
    ENDS.iter().filter(|end| !end.is_empty()).find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

/// The same of the name of an amount.
fn amount(name: &str) -> Option<&str> {
    let stem = stem(name);
    let amount = ["预算", "执行", "支出", "调整"].iter().any(|word| stem.contains(word));
    (amount && stem.chars().count() >= 3).then_some(stem)
}

impl Vocabulary {
    /// Each word as printed, without its brackets, as its column is called, and its other names.
    pub fn of(printed: &[String], columns: &[(LabelId, String)], words: &Labels) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let labels: Vec<(LabelId, &String)> = (0..).zip(printed).collect();
        let mut bares: SortedMap<&str, u32> = SortedMap::new();
        for (_, label) in &labels {
            *bares.entry(bare(label)).or_default() += 1;
        }
        // 预算数 is neither 预算数（调整前） nor 预算数（调整后）.
        let alone = |own: &str| bares.get(bare(own)).is_some_and(|count| *count == 1);
        for (label, own) in &labels {
            vocabulary.add(own, *label, EXACT);
            if alone(own) {
                vocabulary.add(bare(own), *label, BARE);
            }
        }
        for (label, name) in columns {
            vocabulary.add(name, *label, BARE);
        }
        for group in &words.groups {
            let names: SortedSet<String> = [&group.is].into_iter().chain(&group.also).map(|word| key(word)).into_set();
            for (label, own) in &labels {
                if names.contains(*own) || (alone(own) && names.contains(bare(own))) {
                    names.iter().for_each(|name| vocabulary.add(name, *label, ALSO));
                    group.weak.iter().for_each(|weak| vocabulary.add(&key(weak), *label, WEAK));
                    group.left.iter().for_each(|left| vocabulary.add(&key(left), *label, LEFT));
                }
            }
        }
        vocabulary.with_amounts()
    }

    fn add(&mut self, name: &str, label: LabelId, strength: u8) {
        if name.is_empty() {
            return;
        }
        let hits = self.words.entry(name.to_owned()).or_default();
        match hits.iter_mut().find(|hit| hit.label == label) {
            Some(hit) => hit.strength = hit.strength.max(strength),
            None => hits.push(Hit { label, strength }),
        }
    }

    /// Other names of the same amounts: 全年支出, 全年支出额 and 全年支出金额 of 全年支出数, a little less surely.
    fn with_amounts(mut self) -> Vocabulary {
        let mut others: SortedMap<String, Vec<Hit>> = SortedMap::new();
        for (word, hits) in &self.words {
            let Some(stem) = amount(word) else { continue };
            for name in ENDS.iter().map(|end| format!("{stem}{end}")).filter(|name| !self.words.contains_key(name)) {
                let known = others.entry(name).or_default();
                for hit in hits.iter().map(|hit| Hit { strength: hit.strength.saturating_sub(5), ..*hit }) {
                    match known.iter_mut().find(|known| known.label == hit.label) {
                        Some(known) => known.strength = known.strength.max(hit.strength),
                        None => known.push(hit),
                    }
                }
            }
        }
        self.words.extend(others);
        self
    }

    /// The words that a key may be; a little less surely where its brackets must be taken off.
    pub fn hits(&self, key: &str) -> Vec<Hit> {
        if let Some(hits) = self.words.get(key) {
            return hits.clone();
        }
        let bare = bare(key);
        let hits = if bare == key { None } else { self.words.get(bare) };
        hits.into_iter().flatten().map(|hit| Hit { strength: hit.strength.saturating_sub(5), ..*hit }).collect()
    }
}
