//! Letters as lines of text, and the lines of one place as the text that was typed: a line that ended because nothing more fitted goes on
//! in the next.

use super::letters::{Letter, Turn};
use crate::office::words;
use crate::prelude::*;

/// Letters beside each other, by place from the left.
#[derive(Clone, Debug)]
pub struct Line {
    pub text: String,
    pub left: i32,
    pub right: i32,
    pub top: i32,
    pub bottom: i32,
    pub size: i32,
    /// How wide its first and its last word are: what can't be parted at the end of a line.
    pub first: i32,
    pub last: i32,
    /// Its pieces that stand apart.
    pub parts: Vec<Part>,
}

/// A piece of a line with a gap on both sides.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub left: i32,
    pub right: i32,
    pub letters: usize,
    pub number: bool,
}

/// How wide a gap parts a line, in hundredths of its height.
const PART: i32 = 90;

fn parts_of(letters: &[Letter], size: i32) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut last = None;
    for letter in letters {
        let number = letter.letter.is_ascii_digit() || matches!(letter.letter, '.' | ',' | '-' | '%' | '—' | '－');
        let other_number = last.is_some_and(|last: &Letter| begins_number(last, letter));
        last = Some(letter);
        match parts.last_mut() {
            Some(part) if !other_number && (letter.left - part.right) * 100 <= size * PART => {
                part.right = part.right.max(letter.right);
                part.letters += 1;
                part.number &= number;
            }
            _ => parts.push(Part { left: letter.left, right: letter.right, letters: 1, number }),
        }
    }
    parts
}

/// The lines of some upright letters, from the top down.
pub fn lines(mut letters: Vec<Letter>) -> Vec<Line> {
    letters.order_by(|letter| (letter.base(), letter.left));
    // Each line with the largest of its letters.
    let mut groups: Vec<(Letter, Vec<Letter>)> = Vec::new();
    for letter in letters {
        // What stands a little higher or lower is still of the line.
        let of_line = |largest: &Letter| (letter.base() - largest.base()).abs() * 10 <= largest.size.max(letter.size) * 4;
        match groups.last_mut() {
            Some((largest, group)) if of_line(largest) => {
                if letter.size >= largest.size {
                    *largest = letter;
                }
                group.push(letter);
            }
            _ => groups.push((letter, vec![letter])),
        }
    }
    groups.into_iter().filter_map(|(_, group)| line(group)).collect()
}

fn line(mut letters: Vec<Letter>) -> Option<Line> {
    letters.order_by(|letter| (letter.left, letter.run));
    // Drawn twice, a hair apart, a letter is bold.
    letters.dedup_by(|next, one| {
        next.letter == one.letter
            && (next.left - one.left).abs() * 100 <= one.size * 12
            && (next.base() - one.base()).abs() * 100 <= one.size * 12
    });
    let seen: Vec<Letter> = letters.iter().copied().filter(|letter| !letter.letter.is_whitespace()).collect();
    let (first, last) = (seen.first()?, seen.last()?);
    let size = usual(seen.iter().map(|letter| letter.size).collect());
    let mut text = String::new();
    let mut before: Option<Letter> = None;
    for letter in letters {
        if let Some(before) = before {
            text.push_str(between(&before, &letter, size));
        }
        if !(letter.letter.is_whitespace() && text.ends_with(char::is_whitespace)) {
            text.push(if letter.letter == '\u{a0}' { ' ' } else { letter.letter });
        }
        // A blank that was drawn counts as drawn only where it stands.
        before = Some(letter);
    }
    let word_end = seen.iter().zip(seen.iter().skip(1)).position(|(one, other)| parts(one, other));
    let word_start = seen.iter().zip(seen.iter().skip(1)).rposition(|(one, other)| parts(one, other));
    let first_end = word_end.and_then(|at| seen.get(at)).unwrap_or(last);
    let last_start = word_start.and_then(|at| seen.get(at + 1)).unwrap_or(first);
    Some(Line {
        text: text.trim().to_owned(),
        left: first.left,
        right: seen.iter().map(|letter| letter.right).max()?,
        top: seen.iter().map(|letter| letter.top).min()?,
        bottom: seen.iter().map(|letter| letter.bottom).max()?,
        size,
        first: first_end.right - first.left,
        last: last.right - last_start.left,
        parts: parts_of(&seen, size),
    })
}

/// The most frequent of some sizes.
fn usual(mut sizes: Vec<i32>) -> i32 {
    sizes.order();
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

/// Whether a number begins that was drawn by itself, and not close behind what stands before it.
fn begins_number(one: &Letter, other: &Letter) -> bool {
    is_other_number(one, other)
        || other.letter.is_ascii_digit() && one.run != other.run && (other.left - one.right) * 100 >= other.size * 12
}

/// Whether a digit begins another number than the one before it: drawn by itself, and not close behind.
fn is_other_number(one: &Letter, other: &Letter) -> bool {
    let digits = one.letter.is_ascii_digit() && other.letter.is_ascii_digit();
    digits && one.run != other.run && (other.left - one.right) * 100 >= other.size * 8
}

/// What stands between two letters of a line.
fn between(one: &Letter, other: &Letter, size: i32) -> &'static str {
    if one.letter.is_whitespace() || other.letter.is_whitespace() {
        return if other.left - one.right >= size * 2 { "\t" } else { "" };
    }
    let gap = other.left - one.right;
    // Programs set a quarter apart what is Chinese and what is not; a blank that was typed is wider.
    let same_script = words::is_chinese(one.letter) == words::is_chinese(other.letter);
    let blank = if same_script && !words::is_chinese(one.letter) { size * 22 / 100 } else { size * 45 / 100 };
    match gap {
        gap if gap >= size * 2 => "\t",
        gap if gap >= blank || is_other_number(one, other) => " ",
        _ => "",
    }
}

/// Whether a line may end between two letters.
fn parts(one: &Letter, other: &Letter) -> bool {
    let gap = other.left - one.right > one.size * 20 / 100;
    gap || !(is_word(one.letter) && is_word(other.letter) || never_first(other.letter) || never_last(one.letter))
}

/// Letters of which a line parts no two.
fn is_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '.' | ',' | '%' | '-' | '/' | '+' | '\'' | '_' | '@' | ':' | '&' | '％')
}

/// What stands at the beginning of no line.
fn never_first(letter: char) -> bool {
    matches!(
        letter,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '”'
            | '’'
            | '％'
            | '‰'
            | '…'
            | '—'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
            | ')'
            | ']'
            | '}'
            | '%'
    )
}

fn never_last(letter: char) -> bool {
    "（《「『【〔“‘([{".contains(letter)
}

/// Whether a line within this width ended because the next one's first word did not fit behind it.
pub fn goes_on(line: &Line, next: &Line, left: i32, right: i32) -> bool {
    // Where the line stands within the width doesn't matter: it may be set in the middle.
    let free = (right - left) - (line.right - line.left);
    let start = next.text.chars().next();
    let end = line.text.chars().next_back();
    let one_word = end.is_some_and(is_word) && start.is_some_and(is_word);
    if one_word && end.is_some_and(|end| end.is_ascii_digit()) && start.is_some_and(|start| start.is_ascii_digit()) {
        // Two numbers, or one that is wider than the place.
        return line.last + next.first > right - left;
    }
    let stacked = |one: &Line| one.text.chars().count() == 1 && !one.text.starts_with(|only: char| only.is_ascii_digit());
    let word = stacked(line) && stacked(next) && next.top - line.bottom < line.size;
    !begins_anew(&next.text) && (word || free < next.first + line.size * 35 / 100)
}

/// Beginnings of items, notes and captions: no sentence is broken before them.
fn begins_anew(text: &str) -> bool {
    let chinese = |letter: char| "一二三四五六七八九十百零〇".contains(letter);
    let rest = text.trim_start_matches(chinese);
    if rest.len() < text.len() && rest.starts_with(['、', '．']) {
        return true;
    }
    if let Some(inner) = text.strip_prefix(['（', '(']) {
        let rest = inner.trim_start_matches(|letter: char| chinese(letter) || letter.is_ascii_digit());
        if rest.len() < inner.len() && rest.starts_with(['）', ')']) {
            return true;
        }
    }
    let rest = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    if rest.len() < text.len() && text.len() - rest.len() <= 2 {
        let mut rest = rest.chars();
        if rest.next().is_some_and(|mark| "、.．".contains(mark)) && !rest.next().is_some_and(|next| next.is_ascii_digit()) {
            return true;
        }
    }
    if let Some(inner) = text.strip_prefix('第') {
        let rest = inner.trim_start_matches(|letter: char| chinese(letter) || letter.is_ascii_digit());
        if rest.len() < inner.len() && rest.starts_with("部分") {
            return true;
        }
    }
    let words = ["附件", "附表", "附：", "注：", "注:", "备注：", "单位：", "填表", "公开"];
    words.iter().any(|word| text.starts_with(word)) && text.chars().count() < 40
}

/// Two lines as one.
pub fn put_together(text: &mut String, next: &str) {
    let latin = |letter: char| letter.is_ascii_alphabetic();
    if text.chars().next_back().is_some_and(latin) && next.chars().next().is_some_and(latin) {
        text.push(' ');
    }
    text.push_str(next);
}

/// What is written in a place.
#[derive(Debug, Default)]
pub struct Written {
    pub text: String,
    /// Its first and its last line, where all of them are upright.
    pub first: Option<Line>,
    pub last: Option<Line>,
}

/// What is written within these bounds; sideways letters are read along their own lines, after the upright ones.
pub fn text(letters: &[Letter], (left, top, right, bottom): (i32, i32, i32, i32)) -> Written {
    let mut texts: Vec<String> = Vec::new();
    let mut written = Written::default();
    for turn in Turn::ALL {
        let own: Vec<Letter> =
            letters.iter().filter(|letter| letter.turn == turn).map(|letter| letter.turned(turn, right, bottom)).collect();
        let length = match turn {
            Turn::Upright | Turn::UpsideDown => right - left,
            Turn::Downwards | Turn::Upwards => bottom - top,
        };
        let lines = lines(own);
        let mut last: Option<&Line> = None;
        for line in &lines {
            match (texts.last_mut(), last) {
                (Some(text), Some(last)) if goes_on(last, line, 0, length) => put_together(text, &line.text),
                _ => texts.push(line.text.clone()),
            }
            last = Some(line);
        }
        if turn == Turn::Upright {
            (written.first, written.last) = (lines.first().cloned(), lines.last().cloned());
        }
    }
    written.text = words::cell(&texts.join("\n"));
    written
}
