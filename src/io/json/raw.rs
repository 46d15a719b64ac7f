//! JSON taken apart one level at a time, with every value as the text it was written in.

use crate::io::{Broken, ImportError, Misfit, Place};
use crate::prelude::*;
use alloc::borrow::Cow;
use core::fmt;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

/// A value as it is written.
pub type Raw<'a> = &'a RawValue;

/// The values of an object by key, in alphabetical order.
pub type Map<'a> = SortedMap<Cow<'a, str>, Raw<'a>>;

/// A key that is borrowed from the text where it has no escapes.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// An object, and a key that stood there twice.
#[derive(Default)]
pub struct Entries<'a> {
    map: Map<'a>,
    twice: Option<String>,
}

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries<'de>, D::Error> {
        deserializer.deserialize_map(Keys)
    }
}

struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Entries<'de>, A::Error> {
        let mut entries = Entries::default();
        while let Some((Key(key), value)) = access.next_entry::<Key<'de>, Raw<'de>>()? {
            if entries.map.contains_key(&key) {
                entries.twice = Some(key.into_owned());
            } else {
                entries.map.insert(key, value);
            }
        }
        Ok(entries)
    }
}

/// The bytes of a file as text.
pub fn utf8(bytes: &[u8]) -> Result<&str, ImportError> {
    core::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).and_then(|good| core::str::from_utf8(good).ok()).unwrap_or_default();
        let last = good.rsplit('\n').next().unwrap_or_default();
        let line = good.matches('\n').count().saturating_add(1);
        ImportError::NotJson { line, column: last.chars().count().saturating_add(1), what: Broken::Encoding }
    })
}

/// The whole text as an object.
pub fn document(text: &str) -> Result<Map<'_>, ImportError> {
    match serde_json::from_str::<Entries<'_>>(text) {
        Ok(entries) => unique(entries, || Place::Document),
        Err(error) => Err(match error.classify() {
            Category::Data => ImportError::NotADocument { place: Place::Document, what: Misfit::NotAnObject },
            Category::Eof if text.trim().is_empty() => ImportError::NotJson { line: 1, column: 1, what: Broken::Empty },
            Category::Eof => located(text, &error, true),
            Category::Syntax | Category::Io => located(text, &error, false),
        }),
    }
}

/// The keys of an object; `null` has none.
pub fn object<'a>(raw: Raw<'a>, place: impl Fn() -> Place) -> Result<Map<'a>, ImportError> {
    if is_null(raw) {
        return Ok(SortedMap::new());
    }
    match serde_json::from_str::<Entries<'a>>(raw.get()) {
        Ok(entries) => unique(entries, place),
        // Only the escapes of a key can still be wrong in a text that was scanned before.
        Err(error) if error.classify() == Category::Syntax => Err(misfit(place(), Misfit::BadEscape)),
        Err(_) => Err(misfit(place(), Misfit::NotAnObject)),
    }
}

/// The items of a list; `null` has none.
pub fn list<'a>(raw: Raw<'a>, place: impl Fn() -> Place) -> Result<Vec<Raw<'a>>, ImportError> {
    if is_null(raw) {
        return Ok(Vec::new());
    }
    serde_json::from_str(raw.get()).map_err(|_| misfit(place(), Misfit::NotAList))
}

/// The text of a cell: a string as it is, a number as it was written, `null` as blank.
pub fn text<'a>(raw: Raw<'a>, place: impl Fn() -> Place) -> Result<Cow<'a, str>, ImportError> {
    let written = raw.get();
    // Most texts have no escapes, so what is written between the quotes is the text.
    if let Some(plain) = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|plain| !plain.contains('\\')) {
        return Ok(Cow::Borrowed(plain));
    }
    match written.bytes().next() {
        Some(b'"') => serde_json::from_str(written).map(Cow::Owned).map_err(|_| misfit(place(), Misfit::BadEscape)),
        Some(b'-' | b'0'..=b'9') if written.contains(['e', 'E']) => Err(misfit(place(), Misfit::Exponent(written.to_owned()))),
        Some(b'-' | b'0'..=b'9') => Ok(Cow::Borrowed(written)),
        _ if is_null(raw) => Ok(Cow::Borrowed("")),
        _ => Err(misfit(place(), Misfit::NotText)),
    }
}

/// A whole number without sign.
pub fn whole(raw: Raw<'_>) -> Option<u32> {
    raw.get().parse().ok()
}

/// `true` or `false`.
pub fn flag(raw: Raw<'_>) -> Option<bool> {
    raw.get().parse().ok()
}

pub fn is_null(raw: Raw<'_>) -> bool {
    raw.get() == "null"
}

pub fn misfit(place: Place, what: Misfit) -> ImportError {
    ImportError::NotADocument { place, what }
}

/// The text of a value without the white space between its parts, which would break a document written in one line.
pub fn compact(raw: Raw<'_>) -> String {
    let mut text = String::with_capacity(raw.get().len());
    let (mut quoted, mut escaped) = (false, false);
    for character in raw.get().chars() {
        if quoted || !character.is_ascii_whitespace() {
            text.push(character);
        }
        if character == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && character == '\\' && !escaped;
    }
    text
}

fn unique(entries: Entries<'_>, place: impl Fn() -> Place) -> Result<Map<'_>, ImportError> {
    match entries.twice {
        Some(key) => Err(misfit(place(), Misfit::Twice(key))),
        None => Ok(entries.map),
    }
}

/// Turns the parser's position, which counts bytes, into one that a person can count.
fn located(text: &str, error: &serde_json::Error, unfinished: bool) -> ImportError {
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = error.column().saturating_sub(1);
    let found = line.char_indices().take_while(|(at, _)| *at <= before).last();
    let column = line.char_indices().take_while(|(at, _)| *at <= before).count();
    let what = match found {
        Some((_, character)) if !unfinished => Broken::Near(character),
        _ => Broken::Unfinished,
    };
    ImportError::NotJson { line: error.line().max(1), column: column.max(1), what }
}
