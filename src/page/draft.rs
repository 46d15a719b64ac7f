//! A draft as it lies in the browser's storage: the saved document and what the list needs to know without reading it.

use super::store::{Entry, Project, Version};
use jixiao::io::json;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::rc::Rc;

/// Every stored project has a key of its own, so that one damaged value never takes another with it.
pub const PREFIX: &str = "jixiao/project/";
/// Profiles that the person brought, by id.
pub const PROFILE_PREFIX: &str = "jixiao/profile/";
/// The tables that projects were brought in from, by the id of the project.
pub const SOURCE_PREFIX: &str = "jixiao/source/";
/// Corrections, by the shape of the tables that they are for.
pub const TOLD_PREFIX: &str = "jixiao/told/";
/// Before the shape of templates that were corrected.
pub const FILLED_PREFIX: &str = "jixiao/filled/";
/// Projects that were deleted a while ago at most, as they were stored: the time of the deletion and the id.
pub const DELETED_PREFIX: &str = "jixiao/deleted/";
/// How long a deleted project can be had back.
pub const DELETED_DAYS: u64 = 30;
/// What was open, and how large the type was.
pub const LAST_KEY: &str = "jixiao/last";
/// Written and taken away again to see whether anything is kept.
pub const TRIAL_KEY: &str = "jixiao/trial";
pub const LARGE_KEY: &str = "jixiao/large";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub id: String,
    pub revision: u32,
    /// The window that wrote it; older drafts name none.
    #[serde(default)]
    pub writer: String,
    pub saved_at: String,
    pub name: String,
    pub about: String,
    /// Which of the versions kept aside from what another window wrote this is; 0 for none.
    #[serde(default)]
    pub aside: u32,
    /// The document, in the format of its file.
    pub document: String,
}

impl Draft {
    /// What is to be stored of a project in memory.
    pub fn of(project: &Project, entry: &Entry, version: &Version, saved_at: String) -> Draft {
        Draft {
            id: project.id.to_string(),
            revision: version.revision,
            writer: version.writer.to_string(),
            saved_at,
            name: project.name.clone(),
            about: project.about.clone(),
            aside: entry.aside,
            document: json::write(entry.document(), &entry.template.form),
        }
    }

    pub fn version(&self) -> Version {
        Version { revision: self.revision, writer: Rc::from(self.writer.as_str()) }
    }

    pub fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// `None` where the text is no draft; it is then left alone.
    pub fn read(text: &str) -> Option<Draft> {
        serde_json::from_str(text).ok()
    }

    pub fn key(id: &str) -> String {
        format!("{PREFIX}{id}")
    }
}

/// Where the table is kept that a project was brought in from.
pub fn source_key(id: &str) -> String {
    format!("{SOURCE_PREFIX}{id}")
}

/// Where a deleted project is kept.
pub fn deleted_key(at: u64, id: &str) -> String {
    format!("{DELETED_PREFIX}{at}/{id}")
}

/// When a project was deleted, in milliseconds, and its id.
pub fn deleted(key: &str) -> Option<(u64, &str)> {
    let (at, id) = key.strip_prefix(DELETED_PREFIX)?.split_once('/')?;
    Some((at.parse().ok()?, id))
}

/// Several stored texts, drafts and profiles, as one file. One that is no JSON goes in as plain text, so that it never takes the others
/// with it.
pub fn backup(stored: &[String]) -> String {
    let items = stored.iter().map(|text| match serde_json::from_str::<Value>(text) {
        Ok(_) => text.clone(),
        Err(_) => serde_json::to_string(text).unwrap_or_default(),
    });
    format!("[{}]", items.collect::<Vec<_>>().join(",\n"))
}

/// A document in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// What the draft was called, where it was one of a backup.
    pub name: Option<String>,
    pub text: String,
}

/// The documents in a file: one of its own, or those of a backup of drafts, each to be read by itself.
pub fn documents(text: &str) -> Vec<Brought> {
    let whole = || vec![Brought { name: None, text: text.to_owned() }];
    let items = match serde_json::from_str::<Vec<Value>>(text) {
        Ok(items) if !items.is_empty() => items,
        Ok(_) => return whole(),
        Err(_) => match Draft::read(text) {
            Some(draft) => return vec![brought(draft)],
            None => return whole(),
        },
    };
    let item = |item: Value| match Draft::deserialize(&item) {
        Ok(draft) => brought(draft),
        // A draft that could not be read when the backup was made, or a document without a draft around it.
        Err(_) => Brought { name: None, text: item.as_str().map_or_else(|| item.to_string(), str::to_owned) },
    };
    items.into_iter().map(item).collect()
}

/// Whether a text of a backup is a profile: it has points to give, and no cells.
pub fn profile(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.get("id").is_some() && value.get("format").is_none() && value.get("document").is_none()).then_some(value)
}

fn brought(draft: Draft) -> Brought {
    Brought { name: Some(draft.name), text: draft.document }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_as_it_was_written() {
        let draft = Draft {
            id: "a1".into(),
            revision: 7,
            writer: "w".into(),
            saved_at: "2021-04-01 10:32".into(),
            name: "“节能”项目".into(),
            about: String::new(),
            aside: 1,
            document: "{\"a\": \"引号\\\"\"}".into(),
        };
        assert_eq!(Draft::read(&draft.write()).as_ref(), Some(&draft));
        assert_eq!(Draft::read("{\"id\": 3}"), None);
        // As they were written before windows and versions kept aside were told apart.
        let old = Draft::read(r#"{"id":"a","revision":2,"saved_at":"","name":"甲","about":"","document":"{}"}"#).unwrap();
        assert_eq!((old.version(), old.aside), (Version { revision: 2, writer: Rc::from("") }, 0));
    }

    #[test]
    fn a_backup_holds_each_draft_by_itself() {
        let draft = |id: &str| Draft {
            id: id.into(),
            revision: 1,
            writer: String::new(),
            saved_at: String::new(),
            name: format!("项目{id}"),
            about: String::new(),
            aside: 0,
            document: format!("{{\"title\": \"{id}\"}}"),
        };
        let stored = [draft("a").write(), "{\"damaged\":".to_owned(), draft("b").write(), String::new()];
        let found = documents(&backup(&stored));
        let texts: Vec<&str> = found.iter().map(|brought| brought.text.as_str()).collect();
        assert_eq!(texts, ["{\"title\": \"a\"}", "{\"damaged\":", "{\"title\": \"b\"}", ""]);
        assert_eq!(found[2].name.as_deref(), Some("项目b"));
        // One draft, and one document, and what is neither.
        assert_eq!(documents(&draft("c").write())[0].text, draft("c").document);
        for plain in ["{\"title\": 1}", "no json", "[]", ""] {
            assert_eq!(documents(plain), [Brought { name: None, text: plain.into() }]);
        }
        assert_eq!(documents("[{\"title\":1},{\"title\":2}]").len(), 2);
    }

    #[test]
    fn keys_of_deleted_projects_tell_when_and_which() {
        assert_eq!(deleted(&deleted_key(1617244320000, "a-1")), Some((1617244320000, "a-1")));
        assert_eq!(deleted("jixiao/deleted/x/a"), None);
        assert_eq!(deleted("jixiao/project/a"), None);
    }
}
