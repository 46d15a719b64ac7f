//! Files in and out.

use crate::page::browser::files::{self, File};
use crate::page::browser::{clock, storage};
use crate::page::draft;
use crate::page::store::{Action, Dispatch, Entry, Message, ProjectId};
use crate::page::text::{self, Text, t};
use jixiao::explain::annex_text;
use jixiao::io::json;
use jixiao::template::{Library, Role};
use jixiao::wording;
use std::rc::Rc;
use yew::Event;

/// Hands the project out as a file: the document with everything that follows from it.
pub fn export(entry: &Entry, dispatch: &Dispatch) {
    let now = clock::now();
    let name = draft::file_name(entry.role_text(Role::ProjectName), entry.role_text(Role::FiscalYear), &now.compact(), "json");
    let text = jixiao::export::document(&entry.template, entry.document(), &entry.evaluation);
    if files::save(&name, &text) {
        dispatch.dispatch(Action::FileSaved { document: entry.document().clone(), at: now.stamp() });
    } else {
        say_failed(text::cannot_save_file().to_owned(), Vec::new(), dispatch);
    }
}

/// Hands out how every number comes about, as a text.
pub fn export_annex(entry: &Entry, library: &Library, dispatch: &Dispatch) {
    let name = draft::file_name(entry.role_text(Role::ProjectName), t(Text::AnnexFile), &clock::now().compact(), "txt");
    // Notepad on Windows takes a text without a mark for the local encoding.
    let text = format!("\u{feff}{}", annex_text(library, &entry.template, entry.document(), &entry.evaluation));
    if !files::save(&name, &text.replace('\n', "\r\n")) {
        say_failed(text::cannot_save_file().to_owned(), Vec::new(), dispatch);
    }
}

pub fn file_chosen(event: &Event, library: &Rc<Library>, dispatch: &Dispatch) {
    if let Some(file) = files::chosen(event) {
        bring_file(file, library, dispatch);
    }
}

/// Reads a file that was chosen or dropped, and opens what is in it as a project of its own. What is open stays as it is.
pub fn bring_file(file: File, library: &Rc<Library>, dispatch: &Dispatch) {
    let name = file.name();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    if extension != "json" {
        return say_failed(text::import_failed(&name), vec![text::not_json(&extension)], dispatch);
    }
    let (library, dispatch) = (library.clone(), dispatch.clone());
    files::read(file, move |bytes| match read_text(bytes) {
        Ok(text) => draft::documents(&text).iter().for_each(|text| bring_text(&name, text, &library, &dispatch)),
        Err(reason) => say_failed(text::import_failed(&name), vec![reason, text::import_failed_lead()], &dispatch),
    });
}

fn read_text(bytes: Option<Vec<u8>>) -> Result<String, String> {
    let bytes = bytes.ok_or_else(text::unreadable_file)?;
    let text = String::from_utf8(bytes).map_err(|_| text::not_text())?;
    Ok(jixiao::io::without_mark(&text).to_owned())
}

fn bring_text(file: &str, text: &str, library: &Library, dispatch: &Dispatch) {
    match json::read(text, library) {
        Ok(imported) => {
            let lines: Vec<String> = imported.notices.iter().map(wording::io::notice).collect();
            dispatch.dispatch(Action::Add { id: ProjectId::from(clock::new_id()), document: Box::new(imported.document) });
            if !lines.is_empty() {
                dispatch.dispatch(Action::Say(Message { serious: false, title: text::imported(file), lines }));
            }
        }
        Err(error) => {
            let lines = vec![wording::io::import_error(&error), text::import_failed_lead()];
            say_failed(text::import_failed(file), lines, dispatch);
        }
    }
}

fn say_failed(title: String, lines: Vec<String>, dispatch: &Dispatch) {
    dispatch.dispatch(Action::Say(Message { serious: true, title, lines }));
}

pub fn profile_chosen(event: &Event, library: &Rc<Library>, dispatch: &Dispatch) {
    let Some(file) = files::chosen(event) else { return };
    let name = file.name();
    let (library, dispatch) = (library.clone(), dispatch.clone());
    files::read(file, move |bytes| match read_text(bytes).and_then(|text| profile(&text, &library)) {
        Ok(action) => {
            if let Action::AddProfile { profile, text, .. } = &action {
                // Where it can't be kept it still holds for this visit.
                let _ = storage::write(&format!("{}{}", draft::PROFILE_PREFIX, profile.id), text);
            }
            dispatch.dispatch(action);
        }
        Err(reason) => say_failed(text::profile_failed(&name), reason.lines().map(str::to_owned).collect(), &dispatch),
    });
}

fn profile(text: &str, library: &Library) -> Result<Action, String> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_| text::profile_not_json())?;
    // Tried on a copy: the library itself belongs to the store.
    match library.clone().add_profile(&value) {
        Ok(profile) => Ok(Action::AddProfile { profile, value: Rc::new(value), text: Rc::from(text) }),
        Err(error) => Err(error.problems.iter().map(wording::template_problem).collect::<Vec<_>>().join("\n")),
    }
}
