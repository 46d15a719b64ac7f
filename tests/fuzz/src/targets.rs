//! What is fuzzed. A target turns bytes into whatever it reads, and says which promise was broken, if any.

mod blocks;
mod files;
mod table;
mod text;

use crate::damage::Random;
use crate::mutate::Pool;
use jixiao::template::Library;
use std::fs;
use std::path::{Path, PathBuf};

/// What is kept once an input turned out well.
pub type Outcome = Result<(), String>;

pub struct Target {
    pub name: &'static str,
    pub about: &'static str,
    pub seeds: fn() -> Vec<Vec<u8>>,
    pub change: fn(&[u8], &mut Random, &Pool<'_>) -> Vec<u8>,
    pub run: fn(&[u8]) -> Outcome,
}

pub fn all() -> Vec<Target> {
    [text::targets(), table::targets(), blocks::targets(), files::targets()].into_iter().flatten().collect()
}

thread_local! {
    static LIBRARY: &'static Library = {
        let (library, errors) = Library::builtin();
        assert!(errors.is_empty(), "{errors:#?}");
        // Targets keep what they made of it for as long as the program runs.
        Box::leak(Box::new(library))
    };
}

fn library() -> &'static Library {
    LIBRARY.with(|library| *library)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of a folder with this ending, by name.
fn files_of(folder: &str, ending: &str) -> Vec<String> {
    let Ok(files) = fs::read_dir(root().join(folder)) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = files.flatten().map(|file| file.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}

/// Every text of a file of TOML, keys too.
fn texts_of(toml: &str) -> Vec<String> {
    fn walk(value: &toml::Value, into: &mut Vec<String>) {
        match value {
            toml::Value::String(text) => into.push(text.clone()),
            toml::Value::Array(list) => list.iter().for_each(|value| walk(value, into)),
            toml::Value::Table(table) => table.iter().for_each(|(key, value)| {
                into.push(key.clone());
                walk(value, into);
            }),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    if let Ok(table) = toml.parse::<toml::Table>() {
        walk(&toml::Value::Table(table), &mut texts);
    }
    texts
}

fn bytes(texts: impl IntoIterator<Item = String>) -> Vec<Vec<u8>> {
    texts.into_iter().map(String::into_bytes).collect()
}
