//! What stands in files, one thing after the other: documents in the saved format, or the tables of any file that is read.

use crate::guard::held;
use crate::texts::{Opened, Text, Texts};
use jixiao::block::{Blocks, FileKind, Limit, Refusal};
use jixiao::document::Document;
use jixiao::io::{ImportError, Imported, begins_as_json, json};
use jixiao::office::{self, limits};
use jixiao::recognise::{Recognised, Recogniser};
use jixiao::template::{Library, Profile, Template};
use jixiao::wording::io::command as wording;
use std::cell::OnceCell;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::Path;
use std::rc::Rc;

/// What files are read with.
pub struct Reader<'a> {
    pub library: &'a Library,
    /// Made when the first file comes that holds no documents.
    recogniser: OnceCell<Recogniser<'a>>,
}

impl<'a> Reader<'a> {
    pub fn new(library: &'a Library) -> Reader<'a> {
        Reader { library, recogniser: OnceCell::new() }
    }

    /// What stands in a file, or in standard input for `-`.
    pub fn open(&self, path: &Path) -> Items<'_, 'a> {
        let name = path.to_string_lossy().into_owned();
        let rest = open(path).and_then(|(reader, length)| begin(reader, length, &name));
        let rest = rest.unwrap_or_else(|error| Rest::Failed(Refused::unopened(sentence(shown(&name), &error))));
        Items { reader: self, name, rest }
    }

    fn tables(&self, bytes: &[u8], name: &str) -> Item {
        let name = Path::new(name).file_name().map(|name| name.to_string_lossy()).filter(|name| name != "-");
        let read = held(|| {
            let blocks = office::read(bytes, name.as_deref())?;
            let recognised = self.recogniser.get_or_init(|| Recogniser::new(self.library)).recognise(&blocks);
            Ok::<_, Refusal>((blocks, recognised))
        });
        match read {
            Ok(Ok((blocks, recognised))) => Item::Tables(Box::new((blocks, recognised))),
            Ok(Err(refusal)) => Refused::of(refusal),
            Err(place) => Item::Refused(Refused::fault(None, &place)),
        }
    }

    fn document(&self, text: &Text) -> Item {
        match held(|| json::read_bytes(&text.bytes, self.library)) {
            Ok(Ok(imported)) => Item::Document { line: text.line, imported: Box::new(imported) },
            Ok(Err(error)) => {
                let error = match (error, text.line) {
                    // The place in the file, not in the line.
                    (ImportError::NotJson { column, what, .. }, Some(line)) => ImportError::NotJson { line, column, what },
                    (error, _) => error,
                };
                Item::Refused(Refused { line: text.line, code: error.code(), why: error.to_string() })
            }
            Err(place) => Item::Refused(Refused::fault(text.line, &place)),
        }
    }
}

/// One thing that stands in a file.
pub enum Item {
    /// A document in the saved format.
    Document {
        line: Option<usize>,
        imported: Box<Imported>,
    },
    /// A file that holds tables and texts, with what was recognised in it.
    Tables(Box<(Blocks, Recognised)>),
    Refused(Refused),
}

/// What can't be read, and why: a code for programs, a sentence for people.
pub struct Refused {
    pub line: Option<usize>,
    pub code: &'static str,
    pub why: String,
}

impl Refused {
    /// A file or a folder that can't be opened.
    pub fn unopened(why: String) -> Item {
        Item::Refused(Refused { line: None, code: "no-file", why })
    }

    /// A fault of this program, at a place in its source.
    pub fn fault(line: Option<usize>, place: &str) -> Refused {
        Refused { line, code: "internal", why: wording::fault(place) }
    }

    fn over() -> Item {
        Refused::of(Refusal::Over(Limit::File))
    }

    fn of(refusal: Refusal) -> Item {
        Item::Refused(Refused { line: None, code: refusal.code(), why: jixiao::wording::refusal(refusal) })
    }
}

/// What stands in a file, read as it is asked for.
pub struct Items<'r, 'l> {
    reader: &'r Reader<'l>,
    name: String,
    rest: Rest,
}

enum Rest {
    Documents(Texts),
    Whole(Vec<u8>),
    Failed(Item),
    Done,
}

impl Items<'_, '_> {
    /// Whether the next one may make the program wait for whoever writes it.
    pub fn may_wait(&self) -> bool {
        matches!(&self.rest, Rest::Documents(texts) if texts.may_wait())
    }

    pub fn next(&mut self) -> Option<Item> {
        match std::mem::replace(&mut self.rest, Rest::Done) {
            Rest::Done => None,
            Rest::Failed(item) => Some(item),
            Rest::Whole(bytes) => Some(self.reader.tables(&bytes, &self.name)),
            Rest::Documents(mut texts) => match texts.next() {
                Ok(None) => None,
                Ok(Some(text)) => {
                    self.rest = Rest::Documents(texts);
                    Some(self.reader.document(&text))
                }
                Err(error) => Some(Refused::unopened(sentence(shown(&self.name), &error))),
            },
        }
    }
}

/// A file with its length, where it has one.
fn open(path: &Path) -> io::Result<(Opened, Option<u64>)> {
    let (source, length): (Box<dyn Read>, _) = if path == Path::new("-") {
        (Box::new(io::stdin()), None)
    } else {
        let file = File::open(path)?;
        let known = file.metadata().ok().filter(|about| about.is_file()).map(|about| about.len());
        (Box::new(file), known)
    };
    Ok((BufReader::with_capacity(1 << 16, source), length))
}

/// Looks at the first bytes: documents are read one by one, every other file as a whole.
fn begin(mut reader: Opened, length: Option<u64>, name: &str) -> io::Result<Rest> {
    if is_json(reader.fill_buf()?, name) {
        return Ok(Rest::Documents(Texts::of(reader, name)));
    }
    let most = limits::FILE as u64;
    if length.is_some_and(|length| length > most) {
        return Ok(Rest::Failed(Refused::over()));
    }
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > most { Rest::Failed(Refused::over()) } else { Rest::Whole(bytes) })
}

/// Whether a file holds documents: it begins as they do, or is a text that is called so.
fn is_json(first: &[u8], name: &str) -> bool {
    let named = [".json", ".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending));
    begins_as_json(first) || named && office::kind(first) == FileKind::Text
}

/// The one document of a file: in the saved format, or the one table that is recognised in it.
///
/// # Errors
/// A sentence where there is none, or more than one.
pub fn only(library: &Library, profile: Option<&Rc<Profile>>, file: &OsStr) -> Result<(Template, Document), String> {
    let name = &*file.to_string_lossy();
    let name = shown(name);
    let reader = Reader::new(library);
    let mut items = reader.open(Path::new(file));
    let document = match items.next().ok_or_else(|| wording::no_document(name))? {
        Item::Refused(refused) => return Err(wording::refused(name, &refused.why)),
        Item::Document { imported, .. } => imported.document,
        Item::Tables(tables) => {
            let mut tables = tables.1.tables.into_iter();
            let first = tables.next().ok_or_else(|| wording::no_table(name))?;
            if tables.next().is_some() {
                return Err(wording::several_documents(name));
            }
            first.document
        }
    };
    if items.next().is_some() {
        return Err(wording::several_documents(name));
    }
    let template = template(library, profile, &document).ok_or_else(|| wording::unknown_profile(&document.profile))?;
    Ok((template, document))
}

/// The form of a document with its own profile, or with the one that was asked for.
pub fn template(library: &Library, profile: Option<&Rc<Profile>>, document: &Document) -> Option<Template> {
    let template = document.template(library)?;
    Some(match profile {
        Some(profile) => Template { profile: profile.clone(), ..template },
        None => template,
    })
}

/// A file as it is named in sentences.
pub fn shown(file: &str) -> &str {
    if file == "-" { wording::standard_input() } else { file }
}

/// Why a file can't be read, as a sentence.
pub fn sentence(name: &str, error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => wording::no_file(name),
        ErrorKind::PermissionDenied => wording::no_permission(name),
        ErrorKind::IsADirectory => wording::is_folder(name),
        _ => wording::unreadable_file(name, &error.to_string()),
    }
}
