//! 套用模板: the open project is written into a file that somebody else made.

use super::remembered;
use crate::page::browser::files::{self, File};
use crate::page::browser::office::{self, Question, Trouble};
use crate::page::draft;
use crate::page::store::{Action, Dialog, Dispatch, Message, Workspace};
use crate::page::text;
use jixiao::document::passed;
use jixiao::export::file_name;
use jixiao::fill::completed;
use jixiao::template::Role;
use jixiao::wire::{self, PARTS, PIECE, THING};
use std::cell::RefCell;
use std::rc::Rc;
use yew::Event;

/// The template that is open, and what was said about it: place and label, the last word last.
struct Open {
    file: File,
    name: String,
    told: Vec<(String, String)>,
    /// Whether what was said of others of its shape is not to count any more.
    forgets: bool,
    /// A file of a colleague that says which place holds which cell; blank where none was read.
    given: String,
    /// The same for this template as it stands, to be saved.
    mapping: String,
}

thread_local! {
    static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
}

pub fn template_chosen(event: &Event, workspace: &Workspace, dispatch: &Dispatch) {
    let Some((file, name)) = files::chosen(event).into_iter().next() else { return };
    let (given, mapping) = (String::new(), String::new());
    OPEN.set(Some(Open { file, name, told: Vec::new(), forgets: false, given, mapping }));
    ask(workspace, dispatch);
}

/// A place holds another cell than was recognised, by its label; none where it is blank.
pub fn tell_template(at: &str, label: &str, workspace: &Workspace, dispatch: &Dispatch) {
    OPEN.with_borrow_mut(|open| {
        if let Some(open) = open {
            open.told.retain(|(known, _)| known != at);
            open.told.push((at.to_owned(), label.to_owned()));
        }
    });
    ask(workspace, dispatch);
}

/// The template is taken as it was recognised, and others of its shape too.
pub fn forget_template(workspace: &Workspace, dispatch: &Dispatch) {
    OPEN.with_borrow_mut(|open| {
        if let Some(open) = open {
            open.told.clear();
            open.given.clear();
            open.forgets = true;
        }
    });
    ask(workspace, dispatch);
}

/// Which place holds which cell is read from a file, as the page and the command save it.
pub fn mapping_chosen(event: &Event, workspace: &Workspace, dispatch: &Dispatch) {
    let Some((file, _)) = files::chosen(event).into_iter().next() else { return };
    let (workspace, dispatch) = (workspace.clone(), dispatch.clone());
    files::read(file, move |bytes| {
        OPEN.with_borrow_mut(|open| {
            if let Some(open) = open {
                // What can't be read is no such file, which the module says.
                open.given = wire::plain(&String::from_utf8_lossy(&bytes.unwrap_or_default())) + " ";
                open.told.clear();
            }
        });
        ask(&workspace, &dispatch);
    });
}

/// Hands out which place holds which cell, for colleagues.
pub fn save_mapping(dispatch: &Dispatch) {
    let Some((name, text)) = OPEN.with_borrow(|open| {
        let open = open.as_ref()?;
        let name = open.name.rsplit_once('.').map_or(open.name.as_str(), |(name, _)| name);
        Some((text::mapping_file(name), open.mapping.clone()))
    }) else {
        return;
    };
    dispatch.dispatch(Action::Say(match files::save(&name, &text) {
        true => Message::plain(text::handed_out(&name), Vec::new()),
        false => Message::serious(text::cannot_save_file().to_owned(), Vec::new()),
    }));
}

/// What was said of this template, and of others before.
fn said(open: &Open) -> String {
    let mut said: String = open.told.iter().map(|(at, label)| format!("{at}\t{label}\n")).collect();
    if !open.forgets {
        for (shape, told) in remembered::all(draft::FILLED_PREFIX) {
            said.extend([THING.to_string(), shape, PIECE.to_string(), told]);
        }
    }
    if !open.given.is_empty() {
        said.push(PARTS);
        said.push_str(&open.given);
    }
    said
}

/// Keeps what was said, for templates of the same shape.
fn keep(shape: &str, told: &str) {
    let (said, forgets) = OPEN.with_borrow(|open| {
        open.as_ref().map_or((false, false), |open| (!open.told.is_empty() || !open.given.is_empty(), open.forgets))
    });
    if said || forgets {
        remembered::keep(draft::FILLED_PREFIX, shape, said.then_some(told));
    }
}

fn ask(workspace: &Workspace, dispatch: &Dispatch) {
    let Some((entry, project)) = workspace.entry().zip(workspace.open.clone()) else { return };
    let form = &entry.template.form;
    // What is computed goes along: the module has no engine.
    let document = passed::write(&completed(entry.document(), form, &entry.sheet), form);
    let question = OPEN.with_borrow(|open| {
        let open = open.as_ref()?;
        Some((Question::Template { file: open.file.clone(), document }, said(open)))
    });
    let Some((question, told)) = question else { return };
    dispatch.dispatch(Action::Dialog(Dialog::Template(None)));
    let dispatch = dispatch.clone();
    let asked = office::ask(&question, &told, move |answer| {
        let shows = |dialog| dispatch.dispatch(Action::Answer { project: project.clone(), dialog });
        let failed = |why: String| {
            shows(Dialog::None);
            dispatch.dispatch(Action::Say(Message::serious(text::cannot_fill().to_owned(), vec![why])));
        };
        match answer {
            Ok(answer) => match answer.split(PARTS).collect::<Vec<_>>()[..] {
                [shape, told, html, mapping] => {
                    keep(shape, told);
                    OPEN.with_borrow_mut(|open| {
                        if let Some(open) = open {
                            open.mapping = mapping.to_owned();
                        }
                    });
                    shows(Dialog::Template(Some(Rc::from(html))));
                }
                _ => failed(answer),
            },
            Err(trouble) => failed(text::office_trouble(trouble)),
        }
    });
    // It is answered soon, and nobody gives it up.
    drop(asked);
}

/// Saves the filled file under a name of its own.
pub fn save_template(workspace: &Workspace, dispatch: &Dispatch) {
    let (Some(entry), Some(bytes)) = (workspace.entry(), office::made()) else { return };
    let ending = OPEN.with_borrow(|open| open.as_ref().and_then(|open| Some(open.name.rsplit_once('.')?.1.to_ascii_lowercase())));
    let ending = ending.unwrap_or_else(|| "docx".to_owned());
    let name = file_name(entry.role_text(Role::ProjectName), entry.role_text(Role::FiscalYear), "", &ending);
    dispatch.dispatch(Action::Dialog(Dialog::None));
    dispatch.dispatch(Action::Say(match files::save_bytes(&name, &bytes) {
        true => Message::plain(text::handed_out(&name), Vec::new()),
        false => Message::serious(text::cannot_save_file().to_owned(), vec![text::office_trouble(Trouble::Unreadable)]),
    }));
}
