//! The words of whole documents, from `templates/disclosure.toml`, and how they are found in a text.

use crate::number::{half_width, is_space};
use crate::prelude::*;

include!(concat!(env!("OUT_DIR"), "/disclosure.rs"));

pub(super) struct Named {
    pub id: &'static str,
    pub name: &'static str,
    pub words: &'static [&'static str],
}

/// How the rows of a table are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Income on the left, expenditure on the right.
    Sides,
    /// Rows by function codes.
    Functions,
    /// Rows by economic codes.
    Economic,
    Plain,
    /// Its rows are not read.
    None,
}

pub(super) struct TableKind {
    pub id: &'static str,
    pub name: &'static str,
    pub words: &'static [&'static str],
    pub shape: Shape,
    pub fund: &'static str,
    pub measure: &'static str,
    pub columns: &'static [&'static str],
    pub right: &'static [&'static str],
}

/// A figure and what it is the sum of.
pub(super) struct Parts {
    pub name: &'static str,
    pub source: &'static str,
    pub whole: &'static str,
    pub parts: &'static [&'static str],
    pub measures: &'static [&'static str],
    /// Only in tables that name the first of its parts.
    pub all: bool,
}

/// What the document is about, as far as its words depend on it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct About {
    pub year: Option<u16>,
    /// 预算公开: 预算数 is what it is about.
    pub budget: bool,
    /// 绩效自评报告: neither tables nor headings say what is spoken of.
    pub report: bool,
}

impl About {
    /// Which year's or plan's figures a title speaks of.
    pub fn phase(self, text: &str) -> Option<&'static str> {
        let last = self.year.is_some_and(|year| text.contains(&format!("{}年", year.saturating_sub(1))));
        let phase = longest(PHASES, text).map(|(named, _)| named.id);
        match phase {
            _ if last => Some("last"),
            Some("initial") if self.budget => Some("main"),
            phase => phase,
        }
    }
}

/// A text as its words are compared: no white space, half width, no quotation marks, nothing in brackets.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for char in text.chars().filter(|char| !is_space(*char)).map(half_width) {
        match char {
            '(' | '[' | '【' | '〔' => depth = depth.saturating_add(1),
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            '“' | '”' | '"' | '‘' | '’' | '\'' | '「' | '」' => {}
            _ if depth == 0 => key.push(char),
            _ => {}
        }
    }
    key
}

/// A key without the number that it begins with: 一、, 1., 其中:
pub(super) fn unnumbered(key: &str) -> &str {
    let rest = key.trim_start_matches(|char: char| char.is_ascii_digit() || "一二三四五六七八九十".contains(char));
    let rest = match rest.strip_prefix(['、', '.', '．']) {
        Some(rest) if rest.len() < key.len() => rest,
        _ => key,
    };
    rest.strip_prefix("其中:").or_else(|| rest.strip_prefix("其中：")).unwrap_or(rest)
}

/// The entry whose word is the longest in a key, with where it ends. Of two of one length the later tells.
pub(super) fn longest(entries: &'static [Named], key: &str) -> Option<(&'static Named, usize)> {
    let mut best: Option<(usize, usize, &'static Named)> = None;
    for entry in entries {
        for word in entry.words {
            let Some(at) = key.rfind(word) else { continue };
            if best.is_none_or(|(length, end, _)| (length, end) < (word.len(), at + word.len())) {
                best = Some((word.len(), at + word.len(), entry));
            }
        }
    }
    best.map(|(_, end, entry)| (entry, end))
}

pub(super) fn named(entries: &'static [Named], id: &str) -> Option<&'static Named> {
    entries.iter().find(|entry| entry.id == id)
}

/// The code of a class by its name.
pub(super) fn class(classes: &'static [(&'static str, &'static [&'static str])], key: &str) -> Option<&'static str> {
    classes.iter().find(|(_, words)| words.contains(&key)).map(|(code, _)| *code)
}

/// The table that a line names, by the longest of its names that the line ends with.
pub(super) fn table(text: &str) -> Option<&'static TableKind> {
    let key = key(text);
    if key.chars().count() > 60 || key.contains(['。', ';']) {
        return None;
    }
    let key = key.trim_end_matches(|char: char| char.is_ascii_digit() || matches!(char, '.' | '-' | '…' | '·' | '续'));
    let mut best: Option<(usize, &'static TableKind)> = None;
    for kind in TABLES {
        for word in kind.words {
            if key.ends_with(word) && best.is_none_or(|(length, _)| length < word.len()) {
                best = Some((word.len(), kind));
            }
        }
    }
    best.map(|(_, kind)| kind)
}

/// The power of ten of the unit that a line names.
pub(super) fn power(text: &str) -> Option<u32> {
    let key: String = text.chars().filter(|char| !is_space(*char)).map(half_width).collect();
    let (_, rest) = key.split_once("单位:")?;
    [("万元", 4), ("亿元", 8), ("千元", 3), ("元", 0)].into_iter().find(|(unit, _)| rest.contains(unit)).map(|(_, power)| power)
}

pub(super) fn is_between(text: &str) -> bool {
    let plain: String = text.chars().filter(|char| !is_space(*char)).map(half_width).collect();
    plain.is_empty() || BETWEEN.iter().any(|word| plain.contains(word)) || is_page(&plain)
}

/// A page's number, or a mark between pages.
pub(super) fn is_page(plain: &str) -> bool {
    let inner = plain.trim_matches(['-', '第', '页', '(', ')']);
    // 310 in a line of its own is a class of expenditure.
    let class = plain.len() == 3 && plain.starts_with(['2', '3']);
    plain == "(分页)" || !class && !inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|byte| byte.is_ascii_digit())
}

/// 208, 20805, 2080501, and 05 in a column of its own.
pub(super) fn is_code(text: &str) -> bool {
    matches!(text.len(), 2 | 3 | 5 | 7) && text.bytes().all(|byte| byte.is_ascii_digit())
}
