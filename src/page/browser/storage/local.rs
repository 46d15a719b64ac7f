//! `localStorage`: a few texts, written at once, but on disk only some seconds later.

use super::{Change, Trouble};
use jixiao::order::Gather;
use jixiao::order::SortedSet;
use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Writes a text and reads it back: a browser may refuse, or pretend.
pub fn write(key: &str, text: &str) -> Result<(), Trouble> {
    let storage = storage().ok_or(Trouble::Absent)?;
    storage.set_item(key, text).map_err(|_| Trouble::Refused)?;
    if read(key).as_deref() == Some(text) { Ok(()) } else { Err(Trouble::NotKept) }
}

pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// All keys with this beginning.
pub fn keys(prefix: &str) -> SortedSet<String> {
    let Some(storage) = storage() else { return SortedSet::new() };
    let count = storage.length().unwrap_or(0);
    (0..count).filter_map(|at| storage.key(at).ok().flatten()).filter(|key| key.starts_with(prefix)).into_set()
}

/// Makes all changes or none.
pub fn apply(changes: &[Change]) -> Result<(), Trouble> {
    let mut before: Vec<(&str, Option<String>)> = Vec::new();
    for change in changes {
        before.push((change.key(), read(change.key())));
        let made = match change {
            Change::Put(key, text) => write(key, text),
            Change::Remove(key) => {
                remove(key);
                Ok(())
            }
        };
        if made.is_err() {
            for (key, text) in before.into_iter().rev() {
                match text {
                    Some(text) => drop(write(key, &text)),
                    None => remove(key),
                }
            }
            return made;
        }
    }
    Ok(())
}
