//! What a person said of a file, kept in the browser for others of the same shape.

use crate::page::autosave::write_with_room;
use crate::page::browser::storage;

/// Everything that is kept under a prefix: shapes, each with what was said.
pub fn all(prefix: &'static str) -> impl Iterator<Item = (String, String)> {
    storage::keys(prefix).into_iter().filter_map(move |key| Some((key.strip_prefix(prefix)?.to_owned(), storage::read(&key)?)))
}

/// Keeps what was said of a shape, or forgets it where nothing is left to keep.
pub fn keep(prefix: &str, shape: &str, said: Option<&str>) {
    let key = format!("{prefix}{shape}");
    match said {
        // A correction that can't be kept still holds for this file.
        Some(said) => write_with_room(&key, said, |_| ()),
        None => storage::remove([key]),
    }
}
