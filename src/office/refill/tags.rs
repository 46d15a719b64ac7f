//! The tags of an XML text with their places, byte by byte. The text was read before, so it is known to be balanced.

use crate::prelude::*;
use core::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Open,
    Close,
    /// `<a/>`
    Empty,
}

#[derive(Clone, Debug)]
pub struct Tag<'t> {
    pub kind: Kind,
    /// From `<` to behind `>`.
    pub range: Range<usize>,
    /// What stands between, without the slash.
    pub inner: &'t str,
}

impl<'t> Tag<'t> {
    /// The whole name, with its prefix.
    pub fn whole(&self) -> &'t str {
        self.inner.split(|char: char| char.is_ascii_whitespace()).next().unwrap_or_default()
    }

    pub fn name(&self) -> &'t str {
        let whole = self.whole();
        whole.rsplit_once(':').map_or(whole, |(_, name)| name)
    }

    /// The prefix with its colon.
    pub fn prefix(&self) -> &'t str {
        let whole = self.whole();
        whole.get(..whole.len() - self.name().len()).unwrap_or_default()
    }

    /// The value of an attribute by its name without prefix, as it is written.
    pub fn get(&self, wanted: &str) -> Option<&'t str> {
        attributes(self.inner).into_iter().find(|(name, _)| name.rsplit(':').next() == Some(wanted)).map(|(_, value)| value)
    }
}

/// Names and values, as they are written.
pub fn attributes(inner: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = inner;
    while let Some((before, behind)) = rest.split_once('=') {
        let name = before.rsplit(|char: char| char.is_ascii_whitespace()).find(|part| !part.is_empty()).unwrap_or_default();
        let behind = behind.trim_start();
        let Some(quote) = behind.chars().next().filter(|char| matches!(char, '"' | '\'')) else { break };
        let Some((value, after)) = behind.get(1..).and_then(|value| value.split_once(quote)) else { break };
        found.push((name, value));
        rest = after;
    }
    found
}

/// All tags, in order. Comments, instructions and CDATA are passed over.
pub fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
        let rest = text.get(start..).unwrap_or_default();
        let passed = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]
            .into_iter()
            .find(|(open, _)| rest.starts_with(open));
        if let Some((_, close)) = passed {
            at = rest.find(close).map_or(text.len(), |found| start + found + close.len());
            continue;
        }
        let mut quote = None;
        let end = rest.char_indices().find(|(_, char)| {
            match (quote, *char) {
                (None, '"' | '\'') => quote = Some(*char),
                (Some(open), char) if open == char => quote = None,
                _ => {}
            }
            quote.is_none() && *char == '>'
        });
        let Some((end, _)) = end else { break };
        let inner = rest.get(1..end).unwrap_or_default();
        let (kind, inner) = match (inner.strip_prefix('/'), inner.strip_suffix('/')) {
            (Some(inner), _) => (Kind::Close, inner),
            (None, Some(inner)) => (Kind::Empty, inner),
            (None, None) => (Kind::Open, inner),
        };
        tags.push(Tag { kind, range: start..start + end + 1, inner });
        at = start + end + 1;
    }
    tags
}
