//! Everything that stands in the files that are meant, one thing after the other.

use crate::files::{Files, Next};
use crate::input::{Item, Reader, Refused, sentence};
use crate::{Failure, say};
use jixiao::wording::io::command as wording;
use std::ffi::OsString;
use std::path::Path;

/// What is done with what stands in files.
pub trait Visitor {
    /// The next thing may be long in coming: whoever reads the output gets what there is.
    fn wait(&mut self) -> Result<(), Failure>;

    /// A file is begun; whether it was met in a folder, and not named itself.
    fn file(&mut self, _met: bool) {}

    fn item(&mut self, file: &str, item: Item) -> Result<(), Failure>;
}

/// Goes through all files. One that can't be read is a thing to be told of like others.
pub fn walk(reader: &Reader<'_>, named: &[OsString], recursive: bool, visitor: &mut dyn Visitor) -> Result<(), Failure> {
    let name = |path: &Path| path.to_string_lossy().into_owned();
    for next in Files::new(named, recursive) {
        match next {
            Next::LeftOut(path, count) => say(&wording::folders_left_out(&name(&path), count)),
            Next::Empty(path, has_folders) => {
                let why = wording::folder_without_files(&name(&path), has_folders);
                visitor.item(&name(&path), Refused::unopened(why))?;
            }
            Next::Closed(path, error) => {
                let why = sentence(&name(&path), &error);
                visitor.item(&name(&path), Refused::unopened(why))?;
            }
            Next::File(listed) => {
                visitor.file(listed.met);
                let name = name(&listed.path);
                let mut items = reader.open(&listed.path);
                loop {
                    if items.may_wait() {
                        visitor.wait()?;
                    }
                    let Some(item) = items.next() else { break };
                    visitor.item(&name, item)?;
                }
            }
        }
    }
    Ok(())
}
