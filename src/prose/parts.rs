//! A text as words, fields and blanks.

use super::plain::head;
use crate::prelude::*;

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    Words(&'a str),
    /// The name between 【 and 】.
    Field(&'a str),
    /// ＿＿
    Blank(&'a str),
}

/// The longest name of a field, in characters. A longer text in brackets is just that.
const LONGEST: usize = 60;

/// Where its end is looked for: every character has four bytes at the most.
const MOST_BYTES: usize = 4 * (LONGEST + 1);

/// Cuts a text into its parts; put together again they are the text.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let next = rest.find(['【', '＿', '_']).and_then(|at| {
            let (before, after) = rest.split_at_checked(at)?;
            Some((before, after, part(after)))
        });
        match next {
            None => {
                parts.push(Part::Words(rest));
                break;
            }
            Some((before, after, (part, length))) => {
                words(&mut parts, before);
                match part {
                    Some(part) => parts.push(part),
                    None => words(&mut parts, after.get(..length).unwrap_or(after)),
                }
                rest = after.get(length..).unwrap_or_default();
            }
        }
    }
    parts
}

fn words<'a>(parts: &mut Vec<Part<'a>>, text: &'a str) {
    if !text.is_empty() {
        parts.push(Part::Words(text));
    }
}

/// The part that a bracket or a stroke begins, and how many bytes to go on by.
fn part(text: &str) -> (Option<Part<'_>>, usize) {
    if let Some(after) = text.strip_prefix('【') {
        // Not further than a name may be: many brackets without an end would be slow.
        let near = head(after, MOST_BYTES);
        let name = near.split_once('】').map(|(name, _)| name).filter(|name| is_name(name));
        return match name {
            Some(name) => (Some(Part::Field(name)), name.len().saturating_add("【】".len())),
            None => (None, "【".len()),
        };
    }
    let end = text.find(|char| char != '＿' && char != '_').unwrap_or(text.len());
    let strokes = text.get(..end).unwrap_or(text);
    (is_blank_to_fill(strokes).then_some(Part::Blank(strokes)), end)
}

/// Whether strokes are a blank to fill in: a single narrow one may stand in a name.
pub fn is_blank_to_fill(strokes: &str) -> bool {
    strokes.contains('＿') || strokes.len() > 2
}

/// A year in brackets belongs to a document number, and a line break is no part of a name.
fn is_name(name: &str) -> bool {
    let plain = name.trim();
    !plain.is_empty()
        && !name.contains(['【', '\n'])
        && name.chars().count() <= LONGEST
        && !plain.chars().all(|char| char.is_ascii_digit())
}
