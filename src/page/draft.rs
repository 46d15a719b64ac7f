//! A draft as it lies in the browser's storage: the saved document and what the list needs to know without reading it.

use serde::{Deserialize, Serialize};

/// Every stored project has a key of its own, so that one damaged value never takes another with it.
pub const PREFIX: &str = "jixiao/project/";
/// Profiles that the person brought, by id.
pub const PROFILE_PREFIX: &str = "jixiao/profile/";
/// What was open, and how large the type was.
pub const LAST_KEY: &str = "jixiao/last";
pub const LARGE_KEY: &str = "jixiao/large";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub id: String,
    pub revision: u32,
    pub saved_at: String,
    pub name: String,
    pub about: String,
    /// The document, in the format of its file.
    pub document: String,
}

impl Draft {
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

/// The documents in a file: one of its own, or those of a backup of drafts.
pub fn documents(text: &str) -> Vec<String> {
    let drafts = match serde_json::from_str::<Vec<Draft>>(text) {
        Ok(drafts) => drafts,
        Err(_) => Draft::read(text).into_iter().collect(),
    };
    if drafts.is_empty() { vec![text.to_owned()] } else { drafts.into_iter().map(|draft| draft.document).collect() }
}

/// The name of a file: without what file systems refuse, and short enough for all of them.
pub fn file_name(project: &str, year: &str, time: &str, extension: &str) -> String {
    let clean = |text: &str| -> String {
        text.chars().filter(|char| !char.is_control() && !r#"\/:*?"<>|"#.contains(*char) && !char.is_whitespace()).collect()
    };
    let tail = [clean(year), time.to_owned()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .fold(String::new(), |tail, part| tail + "_" + &part);
    let room = 80_usize.saturating_sub(tail.chars().count() + extension.chars().count() + 1);
    let mut name: String = clean(project).trim_matches('.').chars().take(room).collect();
    if name.is_empty() {
        name = "绩效自评".to_owned();
    }
    format!("{name}{tail}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_as_it_was_written() {
        let draft = Draft {
            id: "a1".into(),
            revision: 7,
            saved_at: "2021-04-01 10:32".into(),
            name: "“节能”项目".into(),
            about: String::new(),
            document: "{\"a\": \"引号\\\"\"}".into(),
        };
        assert_eq!(Draft::read(&draft.write()).as_ref(), Some(&draft));
        let backup = format!("[{},{}]", draft.write(), draft.write());
        assert_eq!(documents(&backup), [draft.document.clone(), draft.document.clone()]);
        assert_eq!(documents(&draft.document), [draft.document]);
        assert_eq!(Draft::read("{\"id\": 3}"), None);
    }

    #[test]
    fn file_names_hold_no_forbidden_sign_and_stay_short() {
        assert_eq!(file_name("A/B:项目?", "2020", "20210401-1032", "json"), "AB项目_2020_20210401-1032.json");
        assert_eq!(file_name(" ", "", "20210401-1032", "json"), "绩效自评_20210401-1032.json");
        let long = file_name(&"项".repeat(200), "2020", "20210401-1032", "json");
        assert_eq!(long.chars().count(), 80);
        assert!(long.ends_with("_2020_20210401-1032.json"));
    }
}
