//! The blank places of a template: which they are, and the words that stay around what is written there.

use crate::block::{Block, Blocks, Grid, GridCell};
use crate::prelude::*;
use crate::recognise::SourcePlace;
use crate::recognise::key::is_filler;

/// Words longer than so many letters before a colon are a sentence.
const LONGEST_LABEL: usize = 16;
/// A table of so many lines at most is one of titles, where nothing in it is blank.
const MOST_TITLES: u32 = 3;
/// A line of fewer cells is none of titles.
const LEAST_TITLES: usize = 3;

/// A place with one value or several, of which some may be there: 填报人：____　联系电话：6600
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slots(Vec<Slot>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Slot {
    /// What stands before the value.
    words: String,
    /// The value that is there; blank where it is waited for.
    old: String,
    /// What stands in its place while it is blank, else behind it.
    gap: String,
}

impl Slots {
    /// The values that a text waits for. None where it waits for none; but where several stand there, each may be written anew.
    fn of(text: &str) -> Option<Slots> {
        let text = text.trim();
        if text.is_empty() || is_filler(text) {
            return Some(Slots(vec![Slot { words: String::new(), old: String::new(), gap: String::new() }]));
        }
        let (first, _) = text.split_once([':', '：'])?;
        let mut slots = Vec::new();
        let (mut label, mut rest) = (first, text);
        while !rest.is_empty() {
            if label.trim().is_empty() || label.chars().count() > LONGEST_LABEL || is_two(label) {
                return None;
            }
            let behind = rest.strip_prefix(label)?.strip_prefix([':', '：'])?;
            let body = behind.trim_start_matches(is_gap);
            let lead = behind.get(..behind.len() - body.len()).unwrap_or_default();
            let (old, next) = match body.split_once([':', '：']) {
                Some((between, _)) => between.split_at_checked(between.len() - last_label(between).len())?,
                None => (body, ""),
            };
            // Labels that touch are no two, and behind what is to be written over stands no value.
            let is_there = !old.is_empty();
            if lead.is_empty() && !is_there && !next.is_empty() || is_there && !lead.chars().all(char::is_whitespace) {
                return None;
            }
            let value = old.trim_end();
            let head = label.len() + (rest.len() - label.len() - behind.len()) + if is_there { lead.len() } else { 0 };
            let gap = if is_there { old.strip_prefix(value).unwrap_or_default() } else { lead };
            let words = rest.get(..head).unwrap_or_default();
            slots.push(Slot { words: words.to_owned(), old: value.to_owned(), gap: gap.to_owned() });
            (label, rest) = (next, body.strip_prefix(old)?);
        }
        let slots = Slots(slots);
        (slots.is_blank() || slots.count() > 1).then_some(slots)
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether none of the values is there.
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(|slot| slot.old.is_empty())
    }

    /// The value that is there.
    pub fn old(&self, at: usize) -> Option<&str> {
        self.0.get(at).map(|slot| slot.old.as_str()).filter(|old| !old.is_empty())
    }

    /// The words before the only value.
    pub fn words(&self) -> Option<&str> {
        match self.0.as_slice() {
            [slot] => Some(&slot.words),
            _ => None,
        }
    }

    /// The whole text with these values; where one is missing, what is there stays. Between a value and the next label stays a space.
    pub fn with(&self, value: &dyn Fn(usize) -> Option<String>) -> String {
        let mut text = String::new();
        for (at, slot) in self.0.iter().enumerate() {
            text.push_str(&slot.words);
            let last = at.saturating_add(1) == self.0.len();
            match value(at) {
                Some(value) if last => text.push_str(&value),
                Some(value) => {
                    text.push_str(&value);
                    let spaces: String = slot.gap.chars().filter(|char| char.is_whitespace()).take(4).collect();
                    text.push_str(if spaces.is_empty() { "　" } else { &spaces });
                }
                None if self.0.len() > 1 => {
                    text.push_str(&slot.old);
                    text.push_str(&slot.gap);
                }
                None => {}
            }
        }
        text
    }
}

/// The label at the end of what stands between two colons, behind a value: 路灯改造　负 责 人. Letters may be spaced, and brackets follow.
fn last_label(text: &str) -> &str {
    let mut from = text.len();
    let mut label = "";
    while let Some((at, word)) = last_word(text.get(..from).unwrap_or_default()) {
        let goes_on = label.is_empty() || label.starts_with(['(', '（']) || is_letter(word) && is_letter(first_word(label));
        if !goes_on {
            break;
        }
        (label, from) = (text.get(at..).unwrap_or_default(), at);
    }
    label
}

fn last_word(text: &str) -> Option<(usize, &str)> {
    let text = text.trim_end();
    let word = text.rsplit(char::is_whitespace).next().filter(|word| !word.is_empty())?;
    Some((text.len() - word.len(), word))
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

fn is_letter(word: &str) -> bool {
    word.chars().count() == 1
}

/// Whether a value stands before the label: 路灯改造 主管部门. Letters may be spaced (负 责 人), and brackets may follow.
fn is_two(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.iter().skip(1).any(|word| !word.starts_with(['(', '（'])) && words.iter().any(|word| word.chars().count() > 1)
}

fn is_gap(char: char) -> bool {
    char.is_whitespace() || matches!(char, '_' | '＿' | '﹍' | '…' | '.' | '—')
}

/// The places to be filled in.
pub fn blanks(blocks: &Blocks) -> SortedMap<SourcePlace, Slots> {
    let mut blank = SortedMap::new();
    for (block, each) in blocks.list.iter().enumerate() {
        match each {
            Block::Paragraph(paragraph) if paragraph.text.trim().is_empty() => {}
            Block::Paragraph(paragraph) => {
                blank.extend(Slots::of(&paragraph.text).map(|slots| (SourcePlace::Paragraph { block }, slots)));
            }
            Block::Grid(grid) => {
                for cell in &grid.cells {
                    let place = SourcePlace::Cell { block, row: cell.row, column: cell.column };
                    blank.extend(Slots::of(&cell.text).map(|slots| (place, slots)));
                }
            }
        }
    }
    blank
}

/// The same blocks with a blank line below each table that has only titles, and where these lines are. No file has them: whatever is to
/// stand there is written into copies of the last line of titles.
pub fn lengthened(blocks: &Blocks) -> (Blocks, SortedSet<(usize, u32)>) {
    let (mut longer, mut added) = (blocks.clone(), SortedSet::new());
    for (block, each) in longer.list.iter_mut().enumerate() {
        let Block::Grid(grid) = each else { continue };
        if !is_titles(grid) {
            continue;
        }
        let last = grid.rows;
        let titles = reaching(grid, last.saturating_sub(1));
        let below = |cell: &GridCell| GridCell { row: last, row_span: 1, text: String::new(), exact: None, ..cell.clone() };
        let mut new: Vec<GridCell> = titles.map(below).collect();
        new.order_by(|cell| cell.column);
        grid.cells.extend(new);
        grid.rows = last.saturating_add(1);
        added.insert((block, last));
    }
    (longer, added)
}

/// The cells that stand in a line, those from above that reach down to it included.
pub fn reaching(grid: &Grid, row: u32) -> impl Iterator<Item = &GridCell> {
    grid.cells.iter().filter(move |cell| cell.row <= row && row < cell.row.saturating_add(cell.row_span.max(1)))
}

/// Whether nothing stands in a table but titles, and over them lines of a text or two: its name, 项目名称：____.
fn is_titles(grid: &Grid) -> bool {
    let last = grid.rows.saturating_sub(1);
    let count = |row: u32| grid.cells.iter().filter(|cell| cell.row == row).count();
    let first = (0..grid.rows).find(|row| count(*row) >= LEAST_TITLES).unwrap_or(grid.rows);
    let is_word = |cell: &GridCell| {
        let text = cell.text.trim();
        !text.is_empty() && !text.contains([':', '：']) && !text.chars().all(|char| char.is_ascii_digit())
    };
    (1..=MOST_TITLES).contains(&grid.rows.saturating_sub(first))
        && reaching(grid, last).count() >= LEAST_TITLES
        && grid.cells.iter().filter(|cell| cell.row >= first).all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(text: &str) -> Option<usize> {
        Slots::of(text).map(|slots| slots.count())
    }

    #[test]
    fn labels_with_nothing_behind_wait_for_values() {
        for (text, count) in [
            ("", 1),
            ("……", 1),
            ("填报人：", 1),
            ("项目名称：______", 1),
            ("填报人：　　联系电话：", 2),
            ("负 责 人：　　单位 （盖章）：", 2),
            ("项目名称：____ 主管部门：____ 填报日期:__", 3),
            ("项目名称：路灯改造 主管部门：____", 2),
            ("项目名称： 路灯改造　　负 责 人：张三 单位 （盖章）：", 3),
            ("说明：见附件 联系人：无", 2),
        ] {
            assert_eq!(slots(text), Some(count), "{text}");
        }
        for text in ["年度指标值", "项目名称：路灯改造", "金额：____元 主管部门：", "金额：____元", "注：项目名称：", "："]
        {
            assert_eq!(slots(text), None, "{text}");
        }
    }

    #[test]
    fn what_has_no_value_stays_as_it_was() {
        let with = |text: &str, value: &dyn Fn(usize) -> Option<String>| Slots::of(text).map(|slots| slots.with(value));
        let labels = "项目名称：____ 主管部门：____";
        let one = |at: usize, text: &str| with(labels, &|slot| (slot == at).then(|| text.to_owned()));
        assert_eq!(one(0, "路灯").as_deref(), Some("项目名称：路灯 主管部门：____"));
        assert_eq!(one(1, "城管局").as_deref(), Some("项目名称：____ 主管部门：城管局"));
        assert_eq!(with(labels, &|_| None).as_deref(), Some(labels));
        assert_eq!(with("甲：__乙：", &|at| Some(at.to_string())).as_deref(), Some("甲：0　乙：1"));
        let there = "项目名称： 路灯改造　 负 责 人：张三 单位 （盖章）：__";
        assert_eq!(with(there, &|_| None).as_deref(), Some(there));
        let names = ["管网", "李四", "城管局"];
        let all = with(there, &|at| names.get(at).map(|&name| name.to_owned()));
        assert_eq!(all.as_deref(), Some("项目名称： 管网　 负 责 人：李四 单位 （盖章）：城管局"));
    }
}
