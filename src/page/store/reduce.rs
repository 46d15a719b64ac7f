//! What each action does. What belongs together stands in a file of its own.

mod importing;
mod place;
mod projects;
mod rows;
mod typing;

use super::{Action, Drawer, Entry, FileState, Held, Message, Offer, Project, ProjectId, View, Workspace, calculator, choices};
use crate::page::text;
use jixiao::document::{Edit, History};
use jixiao::paper::Parts;
use jixiao::template::{Form, Library, Role};
pub use place::{ask_focus, release};
use std::rc::Rc;

/// What `action` makes of the workspace. What does not apply (a row that is gone, no open project) changes nothing.
pub fn reduce(workspace: &mut Workspace, action: Action) {
    match action {
        Action::Add { id, document, own } => projects::add(workspace, id, *document, own),
        Action::Loaded(id, stored) => projects::loaded(workspace, id, *stored),
        Action::Unreadable { id, reason } => update_project(workspace, &id, |project| {
            // What is in memory is never given up for a stored text that can't be read.
            if !matches!(project.held, Held::Loaded(_)) {
                project.held = Held::Unreadable(reason);
            }
        }),
        Action::WrittenElsewhere(id, written) => projects::written_elsewhere(workspace, id, written),
        Action::GoneElsewhere(id) => projects::gone_elsewhere(workspace, &id),
        Action::StorageTried(trouble) => {
            // That a database is missing stays true though something else can be written.
            let missing = workspace.storage.take().filter(|reason| **reason == *text::database_missing());
            workspace.storage = trouble.or(missing);
        }
        Action::StorageCleared => projects::storage_cleared(workspace),
        Action::TakeOther(id, stored) => projects::take_other(workspace, &id, *stored),
        Action::KeepAside(id) => projects::keep_aside(workspace, &id, None),
        Action::KeptAside { id, own, written, document, version, at } => {
            update_entry(workspace, &id, |entry| entry.draft = super::DraftState::Elsewhere(Rc::new(written)));
            projects::keep_aside(workspace, &id, Some(own.clone()));
            projects::saved(workspace, &own, &document, version, at);
        }
        Action::Open(id) => open(workspace, id),
        Action::Close => {
            leave_open(workspace);
            workspace.open = None;
            workspace.drawer = Drawer::None;
            forget_place(workspace);
        }
        Action::Delete(id) => projects::delete(workspace, &id),
        Action::Restore(id) => projects::restore(workspace, &id),

        Action::Typed { field, text, how } => typing::typed(workspace, field, text, how),
        Action::Pause => pause(workspace),
        Action::Pasted(laid) => super::paste::pasted(workspace, *laid),
        Action::Edit(edit) => edit_from_beside(workspace, &edit),
        Action::Mend(finding) => {
            let fix =
                workspace.entry().and_then(|entry| jixiao::fix(&entry.template, entry.document(), &entry.evaluation, &finding));
            match fix {
                Some(fix) => edit_from_beside(workspace, &fix),
                None => workspace.message = Some(Rc::new(text::not_mended())),
            }
        }
        Action::SetAlone(edit) => edit_apart(workspace, &edit),
        Action::Focused { field, given } => typing::focused(workspace, &field, given),
        Action::Left { to_field } => typing::left(workspace, to_field),
        Action::Split(cell) => typing::split(workspace, cell),
        Action::Undo => typing::travel(workspace, |entry| entry.history.undo()),
        Action::Redo => typing::travel(workspace, |entry| entry.history.redo()),
        Action::Move(direction) => place::go(workspace, direction),
        Action::RowMenu(row) => rows::open_menu(workspace, row),
        Action::CloseRowMenu { back } => rows::close_menu(workspace, back),
        Action::AddRow(at) => rows::add(workspace, at),
        Action::CopyRow(at) => rows::copy(workspace, at),
        Action::RemoveRow(at) => rows::remove(workspace, at),
        Action::MoveRow(at, by) => rows::shift(workspace, at, by),
        Action::Go(cell) => {
            workspace.drawer = Drawer::None;
            ask_focus(workspace, cell);
        }
        Action::NextFinding => place::next_finding(workspace),

        Action::Saved { id, document, version, at } => projects::saved(workspace, &id, &document, version, at),
        Action::SaveFailed { id, reason } => projects::save_failed(workspace, &id, reason),
        Action::SaveAgain => projects::save_again(workspace),
        Action::FileSaved { document, at } => {
            let saved = workspace.loaded().find(|(_, entry)| Rc::ptr_eq(entry.document(), &document));
            if let Some(id) = saved.map(|(project, _)| project.id.clone()) {
                update_entry(workspace, &id, |entry| entry.file = FileState::Saved { at, document });
            }
        }

        Action::SetProfile(id) => edit_apart(workspace, &Edit::SetProfile(id)),
        Action::ShowColumn { table, column, shown } => edit_apart(workspace, &Edit::ShowColumn { table, column, shown }),
        Action::ChangeUnit { unit, convert } => {
            workspace.dialog = super::Dialog::None;
            if let Some((edit, said)) = workspace.entry().and_then(|entry| choices::unit_change(entry, unit, convert)) {
                edit_apart(workspace, &edit);
                workspace.message = Some(Rc::new(said));
            }
        }
        Action::AddProfile { profile, value, take } => {
            let mut library = (*workspace.library).clone();
            if library.add_profile(&value).is_ok() {
                workspace.library = Rc::new(library);
                // A project that is scored by it already is scored anew, whether it is open or not.
                rescore(workspace, &profile.id);
                if take {
                    edit_apart(workspace, &Edit::SetProfile(profile.id.clone()));
                }
            }
        }

        Action::TakeBack { document, at } => {
            workspace.dialog = super::Dialog::None;
            release(workspace);
            change_open(workspace, |history, _| history.replace((*document).clone()));
            workspace.message = Some(Rc::new(Message { offer: Some(Offer::Undo), ..text::taken_back(&at) }));
        }
        Action::RemoveProfile(id) => {
            let mut library = (*workspace.library).clone();
            let value = library.profile(&id).map(|profile| profile.name.clone());
            library.remove_profile(&id);
            workspace.library = Rc::new(library);
            rescore(workspace, &id);
            workspace.message = value.map(|name| Rc::new(text::profile_removed(&name)));
        }

        Action::Show(tab) => {
            workspace.tab = tab;
            workspace.drawer = Drawer::Inspector;
        }
        Action::Import(action) => importing::reduce(workspace, action),
        Action::ToggleSource => workspace.shows_source = !workspace.shows_source,
        Action::Calculator(action) => calculator::reduce(workspace, action),
        Action::View(view) => {
            leave_open(workspace);
            workspace.view = view;
            workspace.writing = None;
        }
        Action::Write(cell) => {
            pause(workspace);
            workspace.writing = None;
            if let Some(cell) = cell {
                ask_focus(workspace, cell);
            }
        }
        Action::Dialog(dialog) => {
            workspace.menu = None;
            // The field that had the focus was left for the question.
            if let super::Dialog::Table(table) = std::mem::replace(&mut workspace.dialog, dialog)
                && workspace.open.as_ref() == Some(&table.into)
            {
                ask_focus(workspace, table.at);
            }
        }
        Action::Answer { project, dialog } => {
            if workspace.dialog.waits() && workspace.open.as_ref() == Some(&project) {
                workspace.dialog = dialog;
            }
        }
        Action::Drawer(drawer) => workspace.drawer = if workspace.drawer == drawer { Drawer::None } else { drawer },
        Action::ToggleLarge => workspace.large = !workspace.large,
        Action::Annex(annex) => workspace.annex = annex,
        Action::Charts(charts) => workspace.charts = charts,
        Action::Parts(parts) => workspace.parts = parts,
        Action::Landscape(landscape) => workspace.landscape = Some(landscape),
        Action::Say(message) => workspace.message = Some(Rc::new(message)),
        Action::Hush => workspace.message = None,
    }
}

fn open(workspace: &mut Workspace, id: ProjectId) {
    leave_open(workspace);
    workspace.open = Some(id);
    workspace.view = View::Table;
    // What was chosen for one project is not chosen for the next.
    workspace.landscape = None;
    (workspace.annex, workspace.charts, workspace.parts) = (false, false, Parts::TABLE);
    workspace.drawer = Drawer::None;
    workspace.message = None;
    forget_place(workspace);
}

/// Ends what is being typed in the open project.
fn leave_open(workspace: &mut Workspace) {
    pause(workspace);
    release(workspace);
}

fn forget_place(workspace: &mut Workspace) {
    workspace.menu = None;
    workspace.selected = None;
    workspace.focus = None;
    workspace.finding = None;
    workspace.writing = None;
    workspace.pasted = None;
}

/// The list shows the name that stands in the form.
fn rename(workspace: &mut Workspace, id: &ProjectId) {
    update_project(workspace, id, |project| {
        if let Held::Loaded(entry) = &project.held {
            let name = entry.role_text(Role::ProjectName);
            project.name = if entry.aside > 0 { text::aside(text::project_name(name), entry.aside) } else { name.to_owned() };
            project.about = text::project_about(&entry.template.form.short, entry.role_text(Role::FiscalYear));
        }
    });
}

fn update_project(workspace: &mut Workspace, id: &ProjectId, change: impl FnOnce(&mut Project)) {
    if let Some(project) = workspace.projects.iter_mut().find(|project| project.id == *id) {
        change(Rc::make_mut(project));
    }
}

fn update_entry(workspace: &mut Workspace, id: &ProjectId, change: impl FnOnce(&mut Entry)) {
    update_project(workspace, id, |project| {
        if let Held::Loaded(entry) = &mut project.held {
            change(Rc::make_mut(entry));
        }
    });
}

fn update_open(workspace: &mut Workspace, change: impl FnOnce(&mut Entry)) {
    if let Some(id) = workspace.open.clone() {
        update_entry(workspace, &id, change);
    }
}

fn pause(workspace: &mut Workspace) {
    update_open(workspace, |entry| entry.history.pause());
}

fn edit_open(workspace: &mut Workspace, edit: &Edit) {
    change_open(workspace, |history, form| history.edit(form, edit));
}

/// Changes the open document, with all that follows where something did change.
fn change_open(workspace: &mut Workspace, change: impl FnOnce(&mut History, &Form)) {
    let library = workspace.library.clone();
    let mut changed = false;
    update_open(workspace, |entry| {
        let before = entry.document().clone();
        let form = entry.template.form.clone();
        change(&mut entry.history, &form);
        changed = !Rc::ptr_eq(&before, entry.document());
        if changed {
            refresh(entry, &library);
        }
    });
    if !changed {
        return;
    }
    if let Some(id) = workspace.open.clone() {
        rename(workspace, &id);
    }
    keep_from_others(workspace);
}

/// An edit that is a step of its own.
pub fn edit_apart(workspace: &mut Workspace, edit: &Edit) {
    pause(workspace);
    edit_open(workspace, edit);
    pause(workspace);
}

/// After a change: the last step is another one now, and what another window has written is not written over.
fn keep_from_others(workspace: &mut Workspace) {
    if workspace.message.as_ref().is_some_and(|message| message.offer == Some(Offer::Undo)) {
        workspace.message = None;
    }
    if let Some(id) = workspace.open.clone()
        && workspace.entry().is_some_and(|entry| matches!(entry.draft, super::DraftState::Elsewhere(_)))
    {
        projects::keep_aside(workspace, &id, None);
    }
}

/// Recomputes an entry; profile, unit and columns are part of the document, so they may have changed too.
fn refresh(entry: &mut Entry, library: &Library) {
    let document = entry.document();
    // A profile that was taken away gives way to the form's own.
    if let Some(template) = document.template(library)
        && (!Rc::ptr_eq(&template.profile, &entry.template.profile) || !document.fits(&entry.template))
    {
        entry.template = template;
    }
    entry.refresh();
}

/// Scores every project in memory that names a profile anew, because that profile has changed or come to hand.
fn rescore(workspace: &mut Workspace, profile: &str) {
    let library = workspace.library.clone();
    for project in &mut workspace.projects {
        let Held::Loaded(entry) = &project.held else { continue };
        if entry.document().profile == profile {
            let Held::Loaded(entry) = &mut Rc::make_mut(project).held else { continue };
            refresh(Rc::make_mut(entry), &library);
        }
    }
}

/// An edit that a button beside the paper makes: it is a step of its own, and the focus goes to what it changed.
fn edit_from_beside(workspace: &mut Workspace, edit: &Edit) {
    let first = edit.first_cell();
    release(workspace);
    edit_apart(workspace, edit);
    if let Some(at) = first {
        ask_focus(workspace, at);
    }
}
