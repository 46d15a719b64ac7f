//! `jixiao export`: documents and the tables of any file, written as office files into a folder.

use crate::guard::held;
use crate::input::{Item, Reader, Refused, sentence, shown, template};
use crate::walk::{Visitor, walk};
use crate::{Failure, Status};
use jixiao::document::Document;
use jixiao::evaluate;
use jixiao::export::file_name;
use jixiao::template::{Form, Library, Profile, Role};
use jixiao::wording::io::command as wording;
use jixiao::workbook::workbook;
use jixiao::writer;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Xlsx,
}

impl Kind {
    /// By the ending of its files.
    pub fn from_ending(ending: &str) -> Option<Kind> {
        [Kind::Xlsx].into_iter().find(|kind| kind.ending() == ending)
    }

    fn ending(self) -> &'static str {
        match self {
            Kind::Xlsx => "xlsx",
        }
    }
}

/// What is asked for.
pub struct Asked {
    pub kind: Kind,
    /// The folder for the files.
    pub folder: PathBuf,
    /// The folders within folders too.
    pub recursive: bool,
}

/// What the options ask for.
///
/// # Errors
/// A sentence where one is missing, or names no kind of file.
pub fn asked(to: Option<&str>, folder: Option<OsString>, recursive: bool) -> Result<Asked, String> {
    let to = to.ok_or_else(|| wording::missing_option("--to xlsx"))?;
    let kind = Kind::from_ending(to).ok_or_else(|| wording::unknown_kind(to, "xlsx"))?;
    let folder = folder.ok_or_else(|| wording::missing_option("--out 文件夹"))?.into();
    Ok(Asked { kind, folder, recursive })
}

/// Writes a file for each table of every file, and prints its path.
pub fn run(
    library: &Library,
    profile: Option<&Rc<Profile>>,
    files: &[OsString],
    asked: Asked,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let folder = asked.folder.to_string_lossy().into_owned();
    fs::create_dir_all(&asked.folder).map_err(|error| Failure::Said(wording::unwritable(&folder, &error.to_string())))?;
    let recursive = asked.recursive;
    let mut export = Export { library, profile, asked, out, names: BTreeSet::new(), met: false, status: Status::Good };
    walk(&Reader::new(library), files, recursive, &mut export)?;
    Ok(export.status)
}

struct Export<'a> {
    library: &'a Library,
    profile: Option<&'a Rc<Profile>>,
    asked: Asked,
    out: &'a mut dyn Write,
    /// What this run has written.
    names: BTreeSet<String>,
    met: bool,
    status: Status,
}

impl Visitor for Export<'_> {
    fn wait(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }

    fn file(&mut self, met: bool) {
        self.met = met;
    }

    fn item(&mut self, file: &str, item: Item) -> Result<(), Failure> {
        match item {
            Item::Refused(refused) => self.refuse(file, &refused),
            Item::Document { line, imported } => self.document(file, line, &imported.document),
            Item::Tables(tables) => {
                let found = &tables.1.tables;
                // Whoever names a file expects a table in it; a folder may hold others.
                if found.is_empty() && !self.met {
                    self.status = Status::Unreadable;
                    crate::say(&wording::no_table(shown(file)));
                }
                found.iter().try_for_each(|found| self.document(file, None, &found.document))
            }
        }
    }
}

impl Export<'_> {
    fn document(&mut self, file: &str, line: Option<usize>, document: &Document) -> Result<(), Failure> {
        let refused = |code, why| Refused { line, code, why };
        let Some(template) = template(self.library, self.profile, document) else {
            return self.refuse(file, &refused("unknown-profile", wording::unknown_profile(&document.profile)));
        };
        let written = held(|| {
            let evaluation = evaluate(&template, document);
            match self.asked.kind {
                Kind::Xlsx => writer::xlsx::write(&workbook(&template, document, &evaluation)),
            }
        });
        let name = self.free_name(&template.form, document);
        let bytes = match written {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return self.refuse(file, &refused("internal", wording::too_large_to_write(&name))),
            Err(place) => return self.refuse(file, &Refused::fault(line, &place)),
        };
        match write(&self.asked.folder.join(&name), &bytes) {
            Ok(path) => Ok(writeln!(self.out, "{}", path.display())?),
            Err(why) => self.refuse(file, &refused("unwritable", why)),
        }
    }

    /// A name that no file of this run has yet: two tables of one project are two files.
    fn free_name(&mut self, form: &Form, document: &Document) -> String {
        let typed = |role| form.role(role).map_or("", |at| document.fixed(at).text());
        let project = Some(typed(Role::ProjectName)).filter(|text| !text.trim().is_empty()).unwrap_or(&form.short);
        let name = |count: &str| file_name(project, typed(Role::FiscalYear), count, self.asked.kind.ending());
        let numbered = (2..).map(|count: u32| name(&count.to_string()));
        let free = std::iter::once(name("")).chain(numbered).find(|name| !self.names.contains(name)).unwrap_or_default();
        self.names.insert(free.clone());
        free
    }

    fn refuse(&mut self, file: &str, refused: &Refused) -> Result<(), Failure> {
        self.status = Status::Unreadable;
        crate::say(&wording::refused(&wording::source(shown(file), refused.line, ""), &refused.why));
        Ok(())
    }
}

/// Writes a new file: one that is there already may hold what somebody wrote into it since.
fn write(path: &Path, bytes: &[u8]) -> Result<PathBuf, String> {
    let name = path.to_string_lossy();
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(bytes)).map(|()| path.to_owned()).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => wording::is_there(&name),
        ErrorKind::PermissionDenied => wording::unwritable(&name, &error.to_string()),
        _ => sentence(&name, &error),
    })
}
