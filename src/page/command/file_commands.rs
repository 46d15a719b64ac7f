//! Files in and out.

use super::draft_commands::new_id;
use crate::page::autosave::write_with_room;
use crate::page::browser::files::{self, File};
use crate::page::browser::home::{self, Came, How};
use crate::page::browser::{clock, storage};
use crate::page::carried;
use crate::page::draft::{self, Brought, Draft};
use crate::page::store::{Action, Dispatch, Entry, Message, Workspace};
use crate::page::text::{self, Text, t};
use jixiao::explain::annex_text;
use jixiao::export::file_name;
use jixiao::io::{begins_as_json, json};
use jixiao::template::{Library, Profile, Role};
use jixiao::wording;
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;
use yew::Event;

/// Hands the project out as a file: the document with everything that follows from it.
pub fn export(entry: &Entry, dispatch: &Dispatch) {
    let now = clock::now();
    let name = file_name(entry.role_text(Role::ProjectName), entry.role_text(Role::FiscalYear), &now.compact(), "json");
    let text = jixiao::export::document(&entry.template, entry.document(), &entry.evaluation);
    if files::save(&name, &text) {
        dispatch.dispatch(Action::FileSaved { document: entry.document().clone(), at: now.stamp() });
    } else {
        say_failed(text::cannot_save_file().to_owned(), Vec::new(), dispatch);
    }
}

/// Ctrl+S: writes the open project into its own file, where the browser lets a page do so; elsewhere it is downloaded.
pub fn save_home(how: How, workspace: &Workspace, dispatch: &Dispatch) {
    let (Some(id), Some(entry)) = (workspace.open.clone(), workspace.entry()) else { return };
    if !home::can() {
        return export(entry, dispatch);
    }
    let now = clock::now();
    let name = file_name(entry.role_text(Role::ProjectName), entry.role_text(Role::FiscalYear), &now.compact(), "json");
    let text = jixiao::export::document(&entry.template, entry.document(), &entry.evaluation);
    let (entry, dispatch) = (entry.clone(), dispatch.clone());
    home::save(&id, &name, &text, how, move |came, file| {
        match came {
            Came::Saved | Came::First => {
                dispatch.dispatch(Action::FileSaved { document: entry.document().clone(), at: now.stamp() })
            }
            // None could be chosen.
            Came::Failed if file.is_empty() => return export(&entry, &dispatch),
            Came::Cancelled | Came::Changed | Came::Gone | Came::Refused | Came::Failed => {}
        }
        if let Some(said) = text::home(came, &file) {
            dispatch.dispatch(Action::Say(said));
        }
    });
}

/// Hands out how every number comes about, as a text.
pub fn export_annex(entry: &Entry, library: &Library, dispatch: &Dispatch) {
    let name = file_name(entry.role_text(Role::ProjectName), t(Text::AnnexFile), &clock::now().compact(), "txt");
    // Notepad on Windows takes a text without a mark for the local encoding.
    let text = format!("\u{feff}{}", annex_text(library, &entry.template, entry.document(), &entry.evaluation));
    if !files::save(&name, &text.replace('\n', "\r\n")) {
        say_failed(text::cannot_save_file().to_owned(), Vec::new(), dispatch);
    }
}

/// Hands out every project that neither the browser's storage nor a file holds, as one file.
pub fn export_unkept(workspace: &Workspace, dispatch: &Dispatch) {
    let unkept: Vec<_> = workspace.loaded().filter(|(_, entry)| entry.is_unkept()).collect();
    if let [(_, entry)] = &unkept[..] {
        return export(entry, dispatch);
    }
    let now = clock::now();
    let texts: Vec<String> =
        unkept.iter().map(|(project, entry)| Draft::of(project, entry, &entry.version, now.stamp()).write()).collect();
    if !files::save(&file_name(t(Text::Backup), "", &now.compact(), "json"), &draft::backup(&texts)) {
        return say_failed(text::cannot_save_file().to_owned(), Vec::new(), dispatch);
    }
    for (_, entry) in unkept {
        dispatch.dispatch(Action::FileSaved { document: entry.document().clone(), at: now.stamp() });
    }
}

/// What is done with files that turn out to be in no saved format, whatever they are called.
pub type Others = fn(Vec<(File, String)>, &Rc<Library>, &Dispatch);

/// Reads files in the saved format, and opens what is in them as projects of their own. What is open stays as it is.
pub fn bring_json(files: Vec<(File, String)>, others: Others, library: &Rc<Library>, dispatch: &Dispatch) {
    let said = Rc::new(RefCell::new(Said { left: files.len(), messages: Vec::new() }));
    for (file, name) in files {
        bring_file(file, name, others, library, dispatch, &said);
    }
}

/// What is to be said of several files, once the last has been read: one message must not take another's place.
struct Said {
    left: usize,
    messages: Vec<Message>,
}

fn read_done(said: &RefCell<Said>, message: Option<Message>, dispatch: &Dispatch) {
    let mut said = said.borrow_mut();
    said.left = said.left.saturating_sub(1);
    said.messages.extend(message);
    if said.left == 0
        && let Some(message) = Message::together(std::mem::take(&mut said.messages))
    {
        dispatch.dispatch(Action::Say(message));
    }
}

fn bring_file(file: File, name: String, others: Others, library: &Rc<Library>, dispatch: &Dispatch, said: &Rc<RefCell<Said>>) {
    let failed =
        |name: &str, reason: String| Some(Message::serious(text::import_failed(name), vec![reason, text::import_failed_lead()]));
    let (library, dispatch, said) = (library.clone(), dispatch.clone(), said.clone());
    files::read(file.clone(), move |bytes| {
        // A page that carries projects.
        if let Some(backup) = bytes.as_ref().and_then(|bytes| carried::backup_in(bytes)) {
            return read_done(&said, bring_text(&name, &backup, &library, &dispatch), &dispatch);
        }
        if bytes.as_ref().is_some_and(|bytes| !begins_as_json(bytes)) {
            others(vec![(file, name)], &library, &dispatch);
            return read_done(&said, None, &dispatch);
        }
        let message = match read_text(bytes) {
            Ok(text) => bring_text(&name, &text, &library, &dispatch),
            Err(reason) => failed(&name, reason),
        };
        read_done(&said, message, &dispatch);
    });
}

fn read_text(bytes: Option<Vec<u8>>) -> Result<String, String> {
    let bytes = bytes.ok_or_else(text::unreadable_file)?;
    let text = String::from_utf8(bytes).map_err(|_| text::not_text())?;
    Ok(jixiao::io::without_mark(&text).to_owned())
}

/// Opens every document of a file. What can't be read among them keeps none of the others out, and all that is to be said is said
/// at the end, in one message.
fn bring_text(file: &str, text: &str, library: &Library, dispatch: &Dispatch) -> Option<Message> {
    let (profiles, documents): (Vec<_>, Vec<_>) =
        draft::documents(text).into_iter().partition(|brought| draft::profile(&brought.text).is_some());
    let library = &with_profiles(&profiles, library, dispatch);
    let several = documents.len() > 1;
    let (mut brought, mut failed, mut lines) = (0, 0, Vec::new());
    for (at, document) in documents.into_iter().enumerate() {
        // Which of several a line speaks of.
        let of = |line: String| if several { text::of_document(at + 1, document.name.as_deref(), &line) } else { line };
        match json::read(&document.text, library) {
            Ok(imported) => {
                lines.extend(imported.notices.iter().map(wording::io::notice).map(of));
                dispatch.dispatch(Action::Add { id: new_id(), document: Box::new(imported.document), own: false });
                brought += 1;
            }
            Err(error) => {
                lines.push(of(wording::io::import_error(&error)));
                failed += 1;
            }
        }
    }
    if brought == 0 {
        lines.push(text::import_failed_lead());
        return Some(Message::serious(text::import_failed(file), lines));
    }
    let title = if several { text::imported_several(file, brought, failed) } else { text::imported(file) };
    (several || !lines.is_empty()).then(|| Message { serious: failed > 0, ..Message::plain(title, lines) })
}

/// The profiles of a backup come first: documents beside them are scored by them. One that is at hand already stays as it is.
fn with_profiles(profiles: &[Brought], library: &Library, dispatch: &Dispatch) -> Library {
    let mut library = library.clone();
    for brought in profiles {
        let value = draft::profile(&brought.text);
        let known = |value: &Value| value["id"].as_str().is_some_and(|id| library.profile(id).is_some());
        let Some(value) = value.filter(|value| !known(value)) else { continue };
        if let Ok(profile) = library.add_profile(&value) {
            write_with_room(&format!("{}{}", draft::PROFILE_PREFIX, profile.id), &brought.text, |_| ());
            dispatch.dispatch(Action::AddProfile { profile, value: Rc::new(value), take: false });
        }
    }
    library
}

fn say_failed(title: String, lines: Vec<String>, dispatch: &Dispatch) {
    dispatch.dispatch(Action::Say(Message::serious(title, lines)));
}

pub fn profile_chosen(event: &Event, library: &Rc<Library>, dispatch: &Dispatch) {
    let Some((file, name)) = files::chosen(event).into_iter().next() else { return };
    let (library, dispatch) = (library.clone(), dispatch.clone());
    files::read(file, move |bytes| match read_text(bytes).and_then(|text| profile(text, &library)) {
        Ok((profile, value, text)) => {
            let key = format!("{}{}", draft::PROFILE_PREFIX, profile.id);
            dispatch.dispatch(Action::AddProfile { profile, value: Rc::new(value), take: true });
            // Where it can't be kept it still holds for this visit.
            write_with_room(&key, &text, move |kept| {
                if let Err(trouble) = kept {
                    say_failed(text::profile_not_kept(text::trouble(trouble)), vec![text::profile_not_kept_lead()], &dispatch);
                }
            });
        }
        Err(reason) => say_failed(text::profile_failed(&name), reason.lines().map(str::to_owned).collect(), &dispatch),
    });
}

/// Hands out a profile that the person brought, as it was brought. False where that did not come about, which is said.
pub fn export_profile(id: &str, dispatch: &Dispatch) -> bool {
    let stored = storage::read(&format!("{}{id}", draft::PROFILE_PREFIX));
    let failed = match stored {
        None => text::profile_only_in_memory(),
        Some(stored) if !files::save(&file_name(t(Text::ProfileFile), id, "", "json"), &stored) => text::cannot_save_file(),
        Some(_) => return true,
    };
    say_failed(failed.to_owned(), Vec::new(), dispatch);
    false
}

/// Takes a profile away that the person brought. It is handed out first, so that it can be brought back.
pub fn remove_profile(id: &str, dispatch: &Dispatch) {
    if export_profile(id, dispatch) {
        storage::remove([format!("{}{id}", draft::PROFILE_PREFIX)]);
        dispatch.dispatch(Action::RemoveProfile(id.to_owned()));
    }
}

fn profile(text: String, library: &Library) -> Result<(Rc<Profile>, Value, String), String> {
    let value: Value = serde_json::from_str(&text).map_err(|_| text::profile_not_json())?;
    // Tried on a copy: the library itself belongs to the store.
    match library.clone().add_profile(&value) {
        Ok(profile) => Ok((profile, value, text)),
        Err(error) => Err(error.problems.iter().map(wording::template_problem).collect::<Vec<_>>().join("\n")),
    }
}
