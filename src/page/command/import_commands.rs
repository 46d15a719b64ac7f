//! Files that people have: read one after the other by the module for office files, and corrected by what a person says.

use super::bring_json;
use super::draft_commands::new_id;
use super::giving_commands::hand_on;
use super::office_commands::answer_of;
use super::remembered;
use super::template_commands::{forget_template, tell_template};
use crate::page::browser::files::{self, File};
use crate::page::browser::office::{self, Asked, Asks, Question, Trouble};
use crate::page::browser::storage::{self, Change};
use crate::page::draft::{self, Draft};
use crate::page::store::importing::Proposal;
use crate::page::store::{Accepted, Action, Dispatch, ImportAction, Message, ProjectId, Source, Workspace};
use crate::page::text;
use jixiao::document::{CellId, passed};
use jixiao::io::is_left_by_programs;
use jixiao::paper::agrees;
use jixiao::template::Library;
use jixiao::wire::{JSON, LIST, NOWHERE, PIECE, THING};
use jixiao::wording::paper as words;
use std::cell::RefCell;
use std::rc::Rc;
use yew::Event;

/// What is read, and what was said about it. The store knows only the number.
struct Piece {
    question: Question,
    /// Kind, place, value: the last word last.
    told: Vec<(String, String, String)>,
}

#[derive(Default)]
struct Desk {
    /// By their number. They are let go when the list is closed.
    pieces: Vec<Option<Piece>>,
    /// What is to be read, the next one last, and whether for a correction.
    waiting: Vec<(usize, bool)>,
    under_way: Option<Asked>,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

pub fn files_chosen(event: &Event, library: &Rc<Library>, dispatch: &Dispatch) {
    bring_files(files::chosen(event), false, library, dispatch);
}

/// Files that were chosen or dropped: our own come in at once, others are read.
pub fn bring_files(files: Vec<(File, String)>, missed: bool, library: &Rc<Library>, dispatch: &Dispatch) {
    if missed {
        dispatch.dispatch(Action::Say(Message::serious(
            text::folder_kept_back().to_owned(),
            vec![text::folder_kept_back_lead().to_owned()],
        )));
    }
    // A file that was chosen by itself is read, whatever it is called.
    let is_left = |name: &str| name.rsplit_once('/').is_some_and(|(_, name)| is_left_by_programs(name));
    let files = files.into_iter().filter(|(_, name)| !is_left(name));
    let (own, others): (Vec<_>, Vec<_>) = files.partition(|(file, name)| may_be_own(file, &name.to_ascii_lowercase()));
    bring_json(own, bring_others, library, dispatch);
    bring_others(others, library, dispatch);
}

/// Whether a file may be in the saved format, or our own page with projects in it, which is large.
fn may_be_own(file: &File, name: &str) -> bool {
    const PAGE_BYTES: f64 = 1_000_000.0;
    name.ends_with(".json") || [".html", ".htm"].iter().any(|ending| name.ends_with(ending)) && file.size() > PAGE_BYTES
}

/// Files that are not in the saved format.
fn bring_others(files: Vec<(File, String)>, library: &Rc<Library>, dispatch: &Dispatch) {
    bring(files.into_iter().map(|(file, name)| (name.clone(), Question::File(file, name))).collect(), library, dispatch);
}

/// What was pasted on the first screen. True where there was something.
pub fn bring_pasted(files: Vec<(File, String)>, html: String, plain: String, library: &Rc<Library>, dispatch: &Dispatch) -> bool {
    if !files.is_empty() {
        bring_files(files, false, library, dispatch);
    } else if html.trim().is_empty() && plain.trim().is_empty() {
        return false;
    } else {
        bring(vec![(String::new(), Question::Pasted { html, plain })], library, dispatch);
    }
    true
}

fn bring(pieces: Vec<(String, Question)>, library: &Rc<Library>, dispatch: &Dispatch) {
    if pieces.is_empty() {
        return;
    }
    let names = DESK.with_borrow_mut(|desk| {
        let mut names = Vec::new();
        for (name, question) in pieces {
            names.push((desk.pieces.len(), name));
            desk.waiting.insert(0, (desk.pieces.len(), false));
            desk.pieces.push(Some(Piece { question, told: Vec::new() }));
        }
        names
    });
    dispatch.dispatch(Action::Import(ImportAction::Begin(names)));
    go_on(library, dispatch);
}

/// Says what a part of a file is, and has the file read anew: a column, a row, a cell, a form, or which of several things a text is; nothing
/// where it is to be as recognised. Without anything said, all that was said before is taken back.
fn tell(item: usize, said: Option<(&str, &str, &str)>, library: &Rc<Library>, dispatch: &Dispatch) {
    DESK.with_borrow_mut(|desk| {
        let Some(Some(piece)) = desk.pieces.get_mut(item) else { return };
        match said {
            Some((kind, at, value)) => {
                piece.told.retain(|(known, place, _)| (known.as_str(), place.as_str()) != (kind, at));
                if kind != "cell" || !value.is_empty() {
                    let value = if value == NOWHERE { "" } else { value };
                    piece.told.push((kind.to_owned(), at.to_owned(), value.to_owned()));
                }
            }
            None => piece.told = vec![("forget".to_owned(), String::new(), String::new())],
        }
        desk.waiting.push((item, true));
    });
    go_on(library, dispatch);
}

/// Gives up what was not read yet.
fn cancel(dispatch: &Dispatch) {
    DESK.with_borrow_mut(|desk| {
        desk.waiting.clear();
        if let Some(asked) = desk.under_way.take() {
            asked.stop();
        }
    });
    dispatch.dispatch(Action::Import(ImportAction::Cancel));
}

/// Makes proposals again of projects that were taken together, and takes them out of the storage.
pub fn give_back(accepted: &Rc<Accepted>, workspace: &Workspace, dispatch: &Dispatch) {
    let keys: Vec<String> = workspace.as_taken(accepted).iter().map(|id| Draft::key(id)).collect();
    // The store first: it ends the autosave, which would otherwise write the drafts once more.
    dispatch.dispatch(Action::Import(ImportAction::GiveBack(accepted.clone())));
    let (window, stored) = (workspace.window.clone(), keys.clone());
    // What another window wrote meanwhile is its own.
    let decide = move |found: &[Option<String>]| {
        let is_own = |text: &Option<String>| text.as_deref().and_then(Draft::read).is_some_and(|draft| *draft.writer == *window);
        let own = stored.into_iter().zip(found).filter(|(_, text)| is_own(text)).map(|(key, _)| Change::Remove(key));
        (own.collect(), ())
    };
    // One that can't be removed is written over when it is taken once more.
    storage::transact(&keys, decide, |_| ());
}

/// Closes the list. What was not accepted goes with it.
fn close(dispatch: &Dispatch) {
    cancel(dispatch);
    DESK.with_borrow_mut(|desk| desk.pieces.iter_mut().for_each(|piece| *piece = None));
    dispatch.dispatch(Action::Import(ImportAction::Drop(None)));
}

/// Reads the next file, unless one is being read.
fn go_on(library: &Rc<Library>, dispatch: &Dispatch) {
    DESK.with_borrow_mut(|desk| {
        if desk.under_way.is_some() {
            return;
        }
        let Some((item, corrects)) = desk.waiting.pop() else { return office::rest() };
        let Some(Some(piece)) = desk.pieces.get(item) else { return };
        let (library, dispatch) = (library.clone(), dispatch.clone());
        let done = move |answer: Result<String, Trouble>| {
            DESK.with_borrow_mut(|desk| desk.under_way = None);
            if matches!(&answer, Ok(text) if text == JSON) {
                // In the saved format, whatever it is called.
                bring_json(file_of(item), bring_others, &library, &dispatch);
                dispatch.dispatch(Action::Import(ImportAction::Leave(item)));
                return go_on(&library, &dispatch);
            }
            dispatch.dispatch(match answer_of(answer) {
                Ok(answer) => Action::Import(read(item, corrects, answer, &library)),
                // What was found before stays.
                Err(reason) if corrects => Action::Say(Message::serious(text::not_corrected().to_owned(), vec![reason])),
                Err(reason) => Action::Import(ImportAction::Refused(item, reason)),
            });
            go_on(&library, &dispatch);
        };
        desk.under_way = Some(office::ask(&piece.question, &said(piece), done));
    });
}

fn file_of(item: usize) -> Vec<(File, String)> {
    DESK.with_borrow(|desk| match desk.pieces.get(item) {
        Some(Some(Piece { question: Question::File(file, name), .. })) => vec![(file.clone(), name.clone())],
        _ => Vec::new(),
    })
}

/// What was said of a file, and of others before.
fn said(piece: &Piece) -> String {
    let told = serde_json::to_string(&piece.told).unwrap_or_default();
    let learnt = remembered::all(draft::TOLD_PREFIX).map(|(shape, said)| format!("{shape:?}:{said}"));
    format!("{{\"told\":{told},\"learnt\":{{{}}}}}", learnt.collect::<Vec<_>>().join(","))
}

fn read(item: usize, corrects: bool, (beside, tables): (String, String), library: &Library) -> ImportAction {
    let mut proposals = Vec::new();
    for table in tables.split(LIST) {
        let mut parts = table.split(THING);
        let (Some(document), Some(shape), Some(learnt), Some(source)) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            continue;
        };
        // Without a correction, what is remembered stays as it is.
        if corrects {
            remembered::keep(draft::TOLD_PREFIX, shape, Some(learnt).filter(|learnt| *learnt != "[]"));
        }
        let Some((_, document)) = passed::read(document, &library.forms) else { continue };
        // Said above the table as it stands in its file, which is its last part.
        let other = parts.next().is_some_and(|code| !code.is_empty() && !agrees(library, &document, code));
        let source = match source.rsplit_once(PIECE).filter(|_| other) {
            Some((before, html)) => format!("{before}{PIECE}<p class=\"note\">{}</p>{html}", words::code_agrees(false)),
            None => source.to_owned(),
        };
        if let Some(source) = Source::read(&source) {
            proposals.push(Proposal { id: new_id(), document, source: Rc::new(source) });
        }
    }
    ImportAction::Read { item, proposals, beside }
}

/// Does what is asked in the list of files, or beside the table of a file.
pub fn office_asks(asks: &Asks, workspace: &Workspace, dispatch: &Dispatch) {
    let Asks { what, item, at, value } = asks;
    let import = |action| dispatch.dispatch(Action::Import(action));
    // The list names the project; beside a table it is the one that is open.
    let project = || if value.is_empty() { workspace.open.clone() } else { Some(ProjectId::from(value.as_str())) };
    let said = |said| {
        let item = item.parse().ok().or_else(|| workspace.item_of(workspace.open.as_deref()?));
        if let Some(item) = item {
            tell(item, said, &workspace.library, dispatch);
        }
    };
    match what.as_str() {
        "open" => dispatch.dispatch(Action::Open(ProjectId::from(value.as_str()))),
        "accept" => import(ImportAction::Accept(project())),
        "accept-all" => import(ImportAction::Accept(None)),
        "drop" => import(ImportAction::Drop(project())),
        "list" => dispatch.dispatch(Action::Close),
        "cancel" => cancel(dispatch),
        "close" => close(dispatch),
        "go" => {
            let cell = workspace.entry().and_then(|entry| CellId::from_name(value, &entry.template.form));
            cell.into_iter().for_each(|cell| dispatch.dispatch(Action::Go(cell)));
        }
        "template-cell" => tell_template(at, value, workspace, dispatch),
        "template-forget" => forget_template(workspace, dispatch),
        "forget" => said(None),
        "whole-docx" | "whole-csv" | "whole-html" => {
            let importing = workspace.importing.as_ref();
            let name = importing
                .and_then(|list| list.items.iter().find(|each| each.id.to_string() == *item))
                .map_or("", |each| &each.name);
            hand_on(what.trim_start_matches("whole-"), name, value, dispatch);
        }
        kind => said(Some((kind, at, value))),
    }
}
