//! What a file holds beside what is understood of it.

use super::raw::{self, Raw};
use crate::document::Extra;
use crate::io::{Notice, Place};
use crate::prelude::*;

/// What was found beside the document itself.
#[derive(Default)]
pub struct Found {
    /// Unknown parts of the file, by pointer (see [`pointer`]).
    pub extra: Extra,
    pub unknown: Vec<Place>,
    pub notices: Vec<Notice>,
}

impl Found {
    pub fn keep(&mut self, place: Place, pointer: String, value: Raw<'_>) {
        self.unknown.push(place);
        self.extra.insert(pointer, raw::compact(value));
    }
}

/// The name of an unknown part in the `extra` of a document: a JSON Pointer (RFC 6901), such as `/cells/funds.paid`.
pub fn pointer(parts: &[&str]) -> String {
    let mut pointer = String::new();
    for part in parts {
        pointer.push('/');
        pointer.push_str(&part.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}
