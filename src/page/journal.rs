//! What a page puts down at once when it is left, while the browser may not finish writing; and what the next start makes of it, and of
//! drafts that older versions left in `localStorage`.

use super::browser::storage::{self, Change, Trouble};
use super::draft::{self, Draft};
use super::store::Version;
use super::text;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Each window puts down each project under a key of its own.
pub const PREFIX: &str = "jixiao/left/";

/// Beginnings of keys under which texts may be left over.
pub const LEFT_BEFORE: [&str; 7] = [
    draft::PREFIX,
    draft::PROFILE_PREFIX,
    draft::SOURCE_PREFIX,
    draft::TOLD_PREFIX,
    draft::DELETED_PREFIX,
    draft::LAST_KEY,
    draft::LARGE_KEY,
];

/// A draft and the write that it follows.
#[derive(Debug, Serialize, Deserialize)]
struct Left {
    revision: u32,
    writer: String,
    draft: Draft,
}

pub fn key(window: &str, id: &str) -> String {
    format!("{PREFIX}{window}/{id}")
}

/// Puts a draft down at once, which `window` made of what it knew as `base`. The write that may be under way is the next after that; this
/// comes behind it.
pub fn put_down(window: &str, base: &Version, draft: Draft) -> Result<(), Trouble> {
    let key = key(window, &draft.id);
    let draft = Draft { revision: base.revision.saturating_add(2), writer: window.to_owned(), ..draft };
    storage::put_down(&key, &write(base, draft))
}

fn write(base: &Version, draft: Draft) -> String {
    serde_json::to_string(&Left { revision: base.revision, writer: base.writer.to_string(), draft }).unwrap_or_default()
}

/// The keys that `settle` has to know the texts of.
pub fn wanted(left: &[(String, String)]) -> Vec<String> {
    left.iter().map(|(key, _)| home(key)).collect()
}

/// The key under which a left text belongs.
fn home(key: &str) -> String {
    let put_down = key.strip_prefix(PREFIX).map(|rest| rest.split_once('/').map_or(rest, |(_, id)| id));
    put_down.map_or_else(|| key.to_owned(), Draft::key)
}

/// What has to be written so that nothing left over is lost. `found` are the texts under the wanted keys. What another window has written
/// meanwhile is not written over: the left draft becomes a project of its own.
pub fn settle(left: &[(String, String)], found: &[Option<String>], new_id: impl Fn() -> String) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for ((key, text), stored) in left.iter().zip(found) {
        let wanted = home(key);
        // An earlier one of the left may have changed it already.
        let before = changes.iter().rev().find(|change| change.key() == wanted);
        let stored = match before {
            Some(Change::Put(_, text)) => Some(text.clone()),
            Some(Change::Remove(_)) | None => stored.clone(),
        };
        changes.extend(if key.starts_with(PREFIX) {
            left_by_page(&wanted, text, stored.as_deref(), &new_id)
        } else {
            left_by_older(&wanted, text, stored.as_deref(), &new_id)
        });
    }
    changes
}

fn left_by_page(wanted: &str, text: &str, stored: Option<&str>, new_id: &impl Fn() -> String) -> Option<Change> {
    // What can't be read is shown as a draft that can't be read, and so can be saved as a file.
    let Ok(left) = serde_json::from_str::<Left>(text) else {
        return Some(Change::Put(Draft::key(&new_id()), text.to_owned()));
    };
    let base = Version { revision: left.revision, writer: Rc::from(left.writer.as_str()) };
    let Some(stored) = stored.and_then(Draft::read) else { return Some(Change::Put(wanted.to_owned(), left.draft.write())) };
    if stored.document == left.draft.document {
        return None;
    }
    let own = stored.writer == left.draft.writer;
    if stored.version() == base || own && stored.revision < left.draft.revision {
        return Some(Change::Put(wanted.to_owned(), left.draft.write()));
    }
    // A later write of the same window.
    (!own).then(|| aside(left.draft, new_id()))
}

fn left_by_older(key: &str, text: &str, stored: Option<&str>, new_id: &impl Fn() -> String) -> Option<Change> {
    let put = || Some(Change::Put(key.to_owned(), text.to_owned()));
    let Some(stored) = stored else { return put() };
    if stored == text || !key.starts_with(draft::PREFIX) {
        return None;
    }
    match (Draft::read(text), Draft::read(stored)) {
        (None, _) => Some(Change::Put(Draft::key(&new_id()), text.to_owned())),
        (Some(_), None) => put(),
        (Some(left), Some(stored)) if left.document == stored.document => None,
        (Some(left), Some(stored)) if left.revision > stored.revision => put(),
        // One that stands still behind what this window wrote is its own past.
        (Some(left), Some(stored)) if left.writer == stored.writer => None,
        (Some(left), Some(_)) => Some(aside(left, new_id())),
    }
}

/// The draft as a project of its own.
fn aside(draft: Draft, id: String) -> Change {
    let aside = draft.aside.saturating_add(1);
    let name = text::aside(text::project_name(&draft.name), aside);
    let draft = Draft { id: id.clone(), name, aside, revision: 1, ..draft };
    Change::Put(Draft::key(&id), draft.write())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(revision: u32, writer: &str, document: &str) -> Draft {
        Draft {
            id: "p".into(),
            revision,
            writer: writer.into(),
            saved_at: String::new(),
            name: "甲".into(),
            about: String::new(),
            aside: 0,
            document: document.into(),
        }
    }

    fn version(revision: u32, writer: &str) -> Version {
        Version { revision, writer: Rc::from(writer) }
    }

    /// What stands under each key after a start, given what was left and what was stored: (project, document), by key.
    fn started(left: &[(String, String)], stored: Option<Draft>) -> Vec<(String, String)> {
        let found: Vec<Option<String>> = wanted(left).iter().map(|_| stored.as_ref().map(Draft::write)).collect();
        let mut after: Vec<(String, String)> =
            stored.iter().map(|draft| (Draft::key(&draft.id), draft.document.clone())).collect();
        for change in settle(left, &found, || "new".to_owned()) {
            let Change::Put(key, text) = change else { panic!("{change:?}") };
            let document = Draft::read(&text).map_or(text, |draft| draft.document);
            after.retain(|(known, _)| *known != key);
            after.push((key, document));
        }
        after
    }

    fn p(document: &str) -> (String, String) {
        (Draft::key("p"), document.to_owned())
    }

    fn new(document: &str) -> (String, String) {
        (Draft::key("new"), document.to_owned())
    }

    #[test]
    fn what_was_put_down_on_leaving_is_taken_up() {
        let left = |base: Version, own: Draft| vec![(key("a", "p"), write(&base, own))];
        // The write was not finished; it was; it was, and the window wrote on.
        assert_eq!(started(&left(version(3, "a"), draft(4, "a", "late")), Some(draft(3, "a", "early"))), [p("late")]);
        assert_eq!(started(&left(version(3, "b"), draft(4, "a", "late")), Some(draft(3, "b", "early"))), [p("late")]);
        assert_eq!(started(&left(version(3, "a"), draft(4, "a", "late")), Some(draft(4, "a", "late"))), [p("late")]);
        assert_eq!(started(&left(version(3, "a"), draft(5, "a", "late")), Some(draft(4, "a", "between"))), [p("late")]);
        assert_eq!(started(&left(version(3, "a"), draft(4, "a", "late")), Some(draft(6, "a", "later"))), [p("later")]);
        // Nothing was stored yet, or it was deleted elsewhere.
        assert_eq!(started(&left(version(0, ""), draft(1, "a", "late")), None), [p("late")]);
        // Another window wrote meanwhile, though under an equal or a lower number.
        for revision in [3, 4, 9] {
            let after = started(&left(version(3, "a"), draft(4, "a", "mine")), Some(draft(revision, "b", "theirs")));
            assert_eq!(after, [p("theirs"), new("mine")], "{revision}");
        }
        // Damaged: kept as it is.
        assert_eq!(started(&[(key("a", "p"), "{\"rev".into())], Some(draft(1, "a", "x"))), [p("x"), new("{\"rev")]);
    }

    #[test]
    fn two_windows_that_are_left_at_once_keep_both_texts() {
        let left = [
            (key("a", "p"), write(&version(3, "a"), draft(4, "a", "mine"))),
            (key("b", "p"), write(&version(3, "a"), draft(4, "b", "theirs"))),
        ];
        assert_eq!(started(&left, Some(draft(3, "a", "before"))), [p("mine"), new("theirs")]);
    }

    #[test]
    fn drafts_of_older_versions_are_taken_over() {
        let left = |own: &Draft| vec![(Draft::key("p"), own.write())];
        assert_eq!(started(&left(&draft(4, "", "old")), None), [p("old")]);
        assert_eq!(started(&left(&draft(4, "", "old")), Some(draft(3, "a", "before"))), [p("old")]);
        assert_eq!(started(&left(&draft(4, "", "same")), Some(draft(4, "a", "same"))), [p("same")]);
        assert_eq!(started(&left(&draft(4, "b", "old")), Some(draft(7, "a", "new"))), [p("new"), new("old")]);
        assert_eq!(started(&[(Draft::key("p"), "{".into())], None), [p("{")]);
        assert_eq!(started(&[(Draft::key("p"), "{".into())], Some(draft(1, "a", "x"))), [p("x"), new("{")]);
        // What is no draft is only taken over where there is none.
        let profile = vec![("jixiao/profile/x".to_owned(), "{}".to_owned())];
        assert_eq!(settle(&profile, &[None], String::new), [Change::Put("jixiao/profile/x".into(), "{}".into())]);
        assert_eq!(settle(&profile, &[Some("{ }".into())], String::new), []);
    }
}
