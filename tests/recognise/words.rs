//! What writers call things, and how they set the words.

use super::columns::Dice;
use super::paper::{Paper, What};
use super::writers::Writer;
use jixiao::template::Labels;
use std::collections::{BTreeMap, BTreeSet};

impl Writer {
    pub fn rename(&self, paper: &mut Paper<'_>, labels: &Labels) {
        if self.synonyms == 0 {
            return;
        }
        let mut dice = Dice::new(self.synonyms);
        // One writer calls the same thing the same, and no two things alike.
        let mut chosen: BTreeMap<String, String> = BTreeMap::new();
        let printed: BTreeSet<String> =
            paper.pieces.iter().filter(|piece| piece.what == What::Label).map(|piece| plain(&piece.text)).collect();
        // 执行率（÷调整前） and 执行率（÷调整后） are told apart by their brackets, and keep their words.
        let mut brackets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for piece in paper.pieces.iter().filter(|piece| piece.title) {
            brackets.entry(plain(&piece.text)).or_default().insert(piece.text.clone());
        }
        for piece in paper.pieces.iter_mut().filter(|piece| piece.what == What::Label && piece.rows == 1) {
            let own = plain(&piece.text);
            if brackets.get(&own).is_some_and(|texts| texts.len() > 1) {
                continue;
            }
            let Some(group) = labels.groups.iter().find(|group| plain(&group.is) == own) else { continue };
            let word = match chosen.get(&own) {
                Some(word) => word.clone(),
                None => {
                    let word = group.also.get(dice.below(group.also.len())).cloned().unwrap_or_else(|| group.is.clone());
                    let taken = |other: &String| plain(other) == plain(&word);
                    if printed.iter().any(taken) || chosen.values().any(taken) { group.is.clone() } else { word }
                }
            };
            chosen.insert(own, word.clone());
            piece.text = word;
        }
    }

    pub fn name_units(&self, paper: &mut Paper<'_>) {
        if !self.units {
            return;
        }
        let unit = jixiao::template::amount_unit_name(paper.document.unit).to_owned();
        for piece in paper.pieces.iter_mut().filter(|piece| piece.title && !piece.text.ends_with(['）', ')'])) {
            let text = plain(&piece.text);
            let ends = |ends: &[&str]| ends.iter().any(|end| text.ends_with(end));
            if ends(&["预算数", "执行数", "支出数"]) {
                piece.text = format!("{}（{unit}）", piece.text);
            } else if ends(&["分值", "得分"]) {
                piece.text = format!("{}（分）", piece.text);
            } else if ends(&["率"]) {
                piece.text = format!("{}（%）", piece.text);
            }
        }
    }
    /// How labels are set: widths, blanks, line breaks.
    pub fn letter(&self, paper: &mut Paper<'_>) {
        for piece in paper.pieces.iter_mut().filter(|piece| piece.what == What::Label) {
            if self.half {
                piece.text = piece.text.replace('（', "(").replace('）', ")").replace('：', ":");
            }
            let length = piece.text.chars().count();
            if self.spaced && (2..=4).contains(&length) && piece.text.chars().all(char::is_alphabetic) {
                piece.text =
                    piece.text.chars().map(String::from).collect::<Vec<_>>().join(if length == 2 { "　　" } else { " " });
            } else if self.broken && length > 3 {
                let middle = piece.text.char_indices().nth(length / 2).map_or(0, |(at, _)| at);
                piece.text.insert(middle, '\n');
            }
        }
    }
}

/// A label without white space, brackets and colon.
pub fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|char| !char.is_whitespace()).collect();
    let text = text.split(['（', '(']).next().filter(|text| !text.is_empty()).map(str::to_owned).unwrap_or(text);
    text.trim_end_matches([':', '：']).to_owned()
}
