//! The browser's own storage. Every write is read back: a browser may refuse, or pretend.

use jixiao::order::Gather;
use std::collections::BTreeSet;
use web_sys::Storage;

/// Why a write did not come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Storage is switched off, or this page has none.
    Absent,
    /// Refused, mostly for want of room.
    Refused,
    /// Something else stands there after writing.
    NotKept,
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

pub fn write(key: &str, value: &str) -> Result<(), Trouble> {
    let storage = storage().ok_or(Trouble::Absent)?;
    storage.set_item(key, value).map_err(|_| Trouble::Refused)?;
    if read(key).as_deref() == Some(value) { Ok(()) } else { Err(Trouble::NotKept) }
}

pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// Whether this browser keeps what it is given, as far as one can tell before there is anything to keep: a text as long as a large
/// table is written and taken away again.
pub fn trial(key: &str) -> Result<(), Trouble> {
    const LENGTH: usize = 50_000;
    let written = write(key, &"0".repeat(LENGTH));
    remove(key);
    written
}

/// All keys with this beginning.
pub fn keys(prefix: &str) -> BTreeSet<String> {
    let Some(storage) = storage() else { return BTreeSet::new() };
    let count = storage.length().unwrap_or(0);
    (0..count).filter_map(|at| storage.key(at).ok().flatten()).filter(|key| key.starts_with(prefix)).into_set()
}
