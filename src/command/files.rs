//! Which files are meant: those that are named, and those in the folders that are named.

use jixiao::io::is_left_by_programs;
use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file to be read.
pub struct Listed {
    pub path: PathBuf,
    /// It was met in a folder, and not named itself.
    pub met: bool,
}

/// What is next among the files that are meant.
pub enum Next {
    File(Listed),
    /// A folder that can't be looked into.
    Closed(PathBuf, io::Error),
    /// A folder without a file; whether it has folders in it that are left out.
    Empty(PathBuf, bool),
    /// Folders in a folder that are left out: how many.
    LeftOut(PathBuf, usize),
}

/// Files in the order in which they are named; those of a folder by name, a folder's own before those of the folders in it.
pub struct Files {
    next: VecDeque<Entry>,
    recursive: bool,
}

enum Entry {
    Named(PathBuf),
    Met(PathBuf),
    Folder(PathBuf),
    LeftOut(PathBuf, usize),
}

impl Files {
    pub fn new(named: &[OsString], recursive: bool) -> Files {
        Files { next: named.iter().map(|name| Entry::Named(name.into())).collect(), recursive }
    }

    /// What a folder holds, put before everything else that is still to come.
    fn enter(&mut self, path: PathBuf, named: bool) -> Option<Next> {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        let entries = match fs::read_dir(&path).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => return Some(Next::Closed(path, error)),
        };
        for entry in entries.into_iter().map(|entry| entry.path()).filter(|path| !is_left_by_programs(&name(path))) {
            // A link to a folder may lead back to where we are.
            let is_folder = entry.symlink_metadata().is_ok_and(|about| about.is_dir());
            if is_folder {
                folders.push(entry);
            } else if entry.is_file() {
                files.push(entry);
            }
        }
        files.sort();
        folders.sort();
        let left_out = if self.recursive { 0 } else { folders.len() };
        if files.is_empty() && named && (left_out > 0 || folders.is_empty()) {
            return Some(Next::Empty(path, left_out > 0));
        }
        if left_out > 0 {
            self.next.push_front(Entry::LeftOut(path, left_out));
        } else {
            folders.into_iter().rev().for_each(|path| self.next.push_front(Entry::Folder(path)));
        }
        files.into_iter().rev().for_each(|path| self.next.push_front(Entry::Met(path)));
        None
    }
}

impl Iterator for Files {
    type Item = Next;

    fn next(&mut self) -> Option<Next> {
        loop {
            let (path, named) = match self.next.pop_front()? {
                Entry::Met(path) => return Some(Next::File(Listed { path, met: true })),
                Entry::LeftOut(path, count) => return Some(Next::LeftOut(path, count)),
                Entry::Named(path) if path.is_dir() => (path, true),
                Entry::Named(path) => return Some(Next::File(Listed { path, met: false })),
                Entry::Folder(path) => (path, false),
            };
            if let Some(next) = self.enter(path, named) {
                return Some(next);
            }
        }
    }
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
