//! 自带数据的单文件: what the page in one file carries of projects, and what opening it on another machine makes of that. What stands in
//! the browser is never written over, and what has come in once does not come in again.

use super::browser::storage::{Change, PAST_PREFIX};
use super::draft::{self, Draft};
use super::{past, text};
use serde::{Deserialize, Serialize};

/// The element of the page that holds it.
pub const ELEMENT: &str = "carried";
/// How that element begins, in the page as a text.
const BEGIN: &str = "<script type=\"application/json\" id=\"carried\"";
/// Which project a text came in as, by the fingerprint of the text.
pub const MARK_PREFIX: &str = "jixiao/carried/";

/// Stored texts by their keys: projects, their versions and sources, profiles.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Carried {
    /// The project that is opened first.
    pub open: String,
    pub texts: Vec<(String, String)>,
}

impl Carried {
    /// As it stands in the page: nothing in it ends or begins an element.
    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }

    pub fn read(text: &str) -> Option<Carried> {
        serde_json::from_str(text).ok()
    }

    fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let under = self.texts.iter().filter_map(move |(key, text)| Some((key.strip_prefix(prefix)?, text.as_str())));
        under.filter(|(id, _)| !id.is_empty())
    }

    /// The keys that `settle` has to know the texts of.
    pub fn wanted(&self) -> Vec<String> {
        let projects = self.under(draft::PREFIX).flat_map(|(id, text)| [Draft::key(id), mark(text)]);
        projects.chain(self.under(draft::PROFILE_PREFIX).map(|(id, _)| profile_key(id))).collect()
    }
}

/// What a page as a text carries, as a backup; `None` where it is no page of ours, or carries nothing.
pub fn backup_in(page: &[u8]) -> Option<String> {
    let page = std::str::from_utf8(page).ok()?;
    let (_, rest) = page.rsplit_once(BEGIN)?;
    let (json, _) = rest.split_once('>')?.1.split_once("</script")?;
    let carried = Carried::read(json)?;
    let kept = |prefix| carried.under(prefix).map(|(_, text)| text.to_owned()).collect::<Vec<_>>();
    Some(draft::backup(&[kept(draft::PREFIX), kept(draft::PROFILE_PREFIX)].concat()))
}

fn profile_key(id: &str) -> String {
    format!("{}{id}", draft::PROFILE_PREFIX)
}

fn document(text: &str) -> String {
    Draft::read(text).map_or_else(|| text.to_owned(), |draft| draft.document)
}

/// The key under the fingerprint of what a draft says: FNV-1a of 64 bits, and the length. When and by which window it was written counts for
/// nothing.
fn mark(text: &str) -> String {
    let document = document(text);
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = document.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    format!("{MARK_PREFIX}{hash:016x}-{:x}", document.len())
}

/// What came in.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Settled {
    pub changes: Vec<Change>,
    /// The project that is opened first, as it is called in this browser.
    pub open: String,
    /// How many projects are new here.
    pub new: usize,
    /// The names of those that another text of the same project stands beside, and what they are called here.
    pub beside: Vec<(String, String)>,
    /// The ids of profiles that say something else here than in the file.
    pub profiles: Vec<String>,
}

/// What has to be written so that everything carried is there. `found` tells the texts under the wanted keys, `is_here` whether there is a
/// project of this id, deleted ones included, and `is_taken` whether one has this name.
pub fn settle(
    carried: &Carried,
    found: impl Fn(&str) -> Option<String>,
    is_here: impl Fn(&str) -> bool,
    is_taken: impl Fn(&str) -> bool,
    new_id: impl Fn() -> String,
) -> Settled {
    let mut settled = Settled::default();
    for (id, text) in carried.under(draft::PROFILE_PREFIX) {
        match found(&profile_key(id)) {
            None => settled.changes.push(Change::Put(profile_key(id), text.to_owned())),
            Some(known) if known != text => settled.profiles.push(id.to_owned()),
            Some(_) => {}
        }
    }
    for (id, text) in carried.under(draft::PREFIX) {
        let mark = mark(text);
        let known = found(&mark).filter(|id| is_here(id));
        let stored = found(&Draft::key(id));
        let home = match (known, stored) {
            (Some(known), _) => known,
            (None, Some(stored)) if document(&stored) == document(text) => id.to_owned(),
            (None, None) => {
                take(carried, id, id, text.to_owned(), &mut settled.changes);
                settled.new += 1;
                id.to_owned()
            }
            // The same project with another text.
            (None, Some(_)) => {
                let own = new_id();
                let text = match Draft::read(text) {
                    Some(draft) => {
                        let aside = text::free_aside(text::project_name(&draft.name), &is_taken);
                        let name = text::aside(text::project_name(&draft.name), aside);
                        settled.beside.push((draft.name.clone(), name.clone()));
                        Draft { id: own.clone(), name, aside, ..draft }.write()
                    }
                    None => text.to_owned(),
                };
                take(carried, id, &own, text, &mut settled.changes);
                settled.new += 1;
                own
            }
        };
        if carried.open == id {
            settled.open.clone_from(&home);
        }
        if found(&mark).as_ref() != Some(&home) {
            settled.changes.push(Change::Put(mark, home));
        }
    }
    settled
}

/// A project under an id of this browser, with its versions and its source.
fn take(carried: &Carried, id: &str, own: &str, text: String, changes: &mut Vec<Change>) {
    changes.push(Change::Put(Draft::key(own), text));
    let put = |key: String, text: &str| Change::Put(key, text.to_owned());
    let source = carried.under(draft::SOURCE_PREFIX).filter(|(of, _)| *of == id);
    changes.extend(source.map(|(_, text)| put(draft::source_key(own), text)));
    let versions = carried.under(PAST_PREFIX).filter_map(|(key, text)| Some((key.strip_prefix(id)?.strip_prefix('/')?, text)));
    changes.extend(versions.map(|(at, text)| put(format!("{}{at}", past::prefix(own)), text)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn draft(id: &str, document: &str) -> (String, String) {
        let draft = Draft {
            id: id.into(),
            revision: 3,
            writer: "w".into(),
            saved_at: "2021-04-01 10:32".into(),
            name: "甲".into(),
            about: String::new(),
            aside: 0,
            document: document.into(),
        };
        (Draft::key(id), draft.write())
    }

    fn file(texts: &[(String, String)]) -> Carried {
        Carried { open: "p".into(), texts: texts.to_vec() }
    }

    /// A browser's storage, into which files are opened one after the other.
    #[derive(Default)]
    struct Shelf(BTreeMap<String, String>);

    impl Shelf {
        fn open(&mut self, carried: &Carried) -> Settled {
            let new_id = format!("new{}", self.0.len());
            let settled = settle(
                &Carried::read(&carried.write()).unwrap(),
                |key| self.0.get(key).cloned(),
                |id| self.0.contains_key(&Draft::key(id)),
                |name| self.0.values().any(|text| Draft::read(text).is_some_and(|draft| draft.name == name)),
                || new_id.clone(),
            );
            for change in settled.changes.clone() {
                let Change::Put(key, text) = change else { panic!("nothing is removed") };
                self.0.insert(key, text);
            }
            settled
        }

        fn documents(&self) -> Vec<String> {
            self.0.iter().filter(|(key, _)| key.starts_with(draft::PREFIX)).map(|(_, text)| document(text)).collect()
        }
    }

    #[test]
    fn a_file_brings_its_projects_once() {
        let versions = [("jixiao/past/p/000000000000001".to_owned(), draft("p", "older").1)];
        let sources = [("jixiao/source/p".to_owned(), "grid".to_owned())];
        let all = file(&[&[draft("p", "one"), draft("q", "two")], &versions[..], &sources[..]].concat());
        let mut shelf = Shelf::default();
        let first = shelf.open(&all);
        assert_eq!((first.new, first.open.as_str(), first.beside.len()), (2, "p", 0));
        assert_eq!(shelf.documents(), ["one", "two"]);
        assert!(shelf.0.contains_key("jixiao/past/p/000000000000001") && shelf.0.contains_key("jixiao/source/p"));
        // Again, and again after work on it.
        assert_eq!(shelf.open(&all), Settled { open: "p".into(), ..Settled::default() });
        shelf.0.extend([draft("p", "one, worked on")]);
        assert_eq!(shelf.open(&all), Settled { open: "p".into(), ..Settled::default() });
        assert_eq!(shelf.documents(), ["one, worked on", "two"]);
        // Gone from the browser for good: the file has it still.
        shelf.0.remove(&Draft::key("p"));
        assert_eq!(shelf.open(&all).new, 1);
        assert_eq!(shelf.documents(), ["one", "two"]);
    }

    #[test]
    fn what_stands_here_is_never_written_over() {
        let mut shelf = Shelf::default();
        shelf.0.extend([draft("p", "mine")]);
        // The very same text needs nothing but to be known.
        let same = shelf.open(&file(&[draft("p", "mine")]));
        assert_eq!((same.new, same.open.as_str()), (0, "p"));
        let theirs = file(&[draft("p", "theirs"), ("jixiao/past/p/1".to_owned(), draft("p", "before").1)]);
        let other = shelf.open(&theirs);
        let beside = [("甲".to_owned(), "甲（另存）".to_owned())];
        assert_eq!((other.new, &other.beside[..], other.open.starts_with("new")), (1, &beside[..], true));
        assert_eq!(shelf.documents(), ["theirs", "mine"]);
        assert!(shelf.0.contains_key(&format!("jixiao/past/{}/1", other.open)));
        assert_eq!(Draft::read(&shelf.0[&Draft::key(&other.open)]).unwrap().name, "甲（另存）");
        assert_eq!(shelf.open(&theirs), Settled { open: other.open, ..Settled::default() });
        // And a third text of the project.
        shelf.open(&file(&[draft("p", "third")]));
        let mut documents = shelf.documents();
        documents.sort();
        assert_eq!(documents, ["mine", "theirs", "third"]);
    }

    #[test]
    fn profiles_come_in_where_there_is_none_and_others_are_named() {
        let profile = |text: &str| file(&[("jixiao/profile/x".to_owned(), text.to_owned())]);
        let mut shelf = Shelf::default();
        assert_eq!(shelf.open(&profile("1")).profiles, [""; 0]);
        assert_eq!(shelf.open(&profile("1")).changes, []);
        assert_eq!(shelf.open(&profile("2")).profiles, ["x"]);
        assert_eq!(shelf.0["jixiao/profile/x"], "1");
    }

    #[test]
    fn nothing_carried_ends_its_element() {
        let sharp = "</script><script>alert(1)</script><!-- ]]> \\u003c \u{2028}";
        let (key, text) = draft("p", sharp);
        let written = file(&[(key, text)]).write();
        assert!(!written.contains('<'), "{written}");
        let page = format!("<!doctype html><body>{BEGIN} data-program=\"1\">{written}</script>\n<script>x</script>");
        assert_eq!(draft::documents(&backup_in(page.as_bytes()).unwrap())[0].text, sharp);
        // Blank, cut off, damaged, no page of ours, no text.
        for other in ["", "<p>", &page[..page.len() / 2], &page.replace("texts", "text"), &format!("{BEGIN}></script>")] {
            assert_eq!(backup_in(other.as_bytes()), None, "{other}");
        }
        assert_eq!(backup_in(&[0xff, 0xfe]), None);
    }
}
