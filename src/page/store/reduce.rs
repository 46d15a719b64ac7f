use super::{
    ALONE, Action, Dialog, DraftState, Drawer, Entry, FileState, Held, Move, Project, ProjectId, Tab, View, Workspace, calculator,
};
use crate::page::text;
use jixiao::document::{CellId, Edit, RowId};
use jixiao::layout::{Direction, Geometry};
use jixiao::template::{Library, Role, TableIndex};
use std::rc::Rc;

/// What `action` makes of the workspace. What does not apply (a row that is gone, no open project) changes nothing.
pub fn reduce(workspace: &mut Workspace, action: Action) {
    match action {
        Action::Add { id, document } => {
            if let Some(template) = document.template(&workspace.library) {
                let mut entry = Entry::new(template, *document);
                entry.history.pause();
                insert(workspace, id, entry);
            }
        }
        Action::Loaded { id, document, revision, saved_at } => {
            if let Some(template) = document.template(&workspace.library) {
                let entry = Entry { revision, draft: DraftState::Saved(saved_at), ..Entry::new(template, *document) };
                insert(workspace, id, entry);
            }
        }
        Action::Unreadable { id, reason } => update_project(workspace, &id, |project| project.held = Held::Unreadable(reason)),
        Action::WrittenElsewhere { id, revision, name, about } => written_elsewhere(workspace, id, revision, name, about),
        Action::Forget(id) => update_project(workspace, &id, |project| project.held = Held::Stored),
        Action::Open(id) => open(workspace, id),
        Action::Close => {
            workspace.open = None;
            workspace.drawer = Drawer::None;
            forget_place(workspace);
        }
        Action::Delete(id) => {
            workspace.projects.retain(|project| project.id != id);
            workspace.dialog = Dialog::None;
            if workspace.open.as_ref() == Some(&id) {
                workspace.open = None;
                forget_place(workspace);
            }
        }

        Action::Typed { name, text } => {
            if calculator::typed(workspace, &name, &text) {
                return;
            }
            if let Some(edit) = typed(workspace, &name, text) {
                edit_open(workspace, &edit);
                follow(workspace, &name);
            }
        }
        Action::Pasted { name, block } => {
            if let Some(at) = cell(workspace, &name) {
                pause(workspace);
                edit_open(workspace, &Edit::Paste { at, block });
                pause(workspace);
                ask_focus(workspace, at);
            }
        }
        Action::Edit(edit) => {
            pause(workspace);
            let first = first_cell(&edit);
            edit_open(workspace, &edit);
            pause(workspace);
            if let Some(at) = first {
                ask_focus(workspace, at);
            }
        }
        Action::SetAlone(edit) => {
            pause(workspace);
            edit_open(workspace, &edit);
            pause(workspace);
        }
        Action::Focused(name) => workspace.selected = cell(workspace, &name).or(workspace.selected),
        Action::Left => {
            pause(workspace);
            workspace.announced = Rc::from(workspace.entry().map(|entry| text::announcement(entry)).unwrap_or_default());
        }
        Action::Undo => travel(workspace, |entry| entry.history.undo()),
        Action::Redo => travel(workspace, |entry| entry.history.redo()),
        Action::Move(direction) => {
            let target = workspace.selected.zip(workspace.entry()).and_then(|(cell, entry)| {
                let direction = match direction {
                    Move::Up => Direction::Up,
                    Move::Down => Direction::Down,
                };
                Geometry::of(&entry.sheet).beside(cell, direction)
            });
            if let Some(target) = target {
                ask_focus(workspace, target);
            }
        }
        Action::AddRow(at) => {
            let Some((table, after)) = at.or_else(|| row(workspace).map(|(table, row)| (table, Some(row)))) else { return };
            change_rows(workspace, table, &Edit::AddRow { table, after });
        }
        Action::CopyRow(at) => {
            let Some((table, row)) = at.or_else(|| row(workspace)) else { return };
            change_rows(workspace, table, &Edit::CopyRow { table, row });
        }
        Action::RemoveRow(at) => {
            let Some((table, row)) = at.or_else(|| row(workspace)) else { return };
            let neighbour = neighbour(workspace, table, row);
            change_rows(workspace, table, &Edit::RemoveRow { table, row });
            if workspace.entry().is_some_and(|entry| entry.document().row(table, row).is_none()) {
                select_row(workspace, table, neighbour);
            }
        }
        Action::MoveRow(at, by) => {
            let Some((table, row)) = at.or_else(|| row(workspace)) else { return };
            change_rows(workspace, table, &Edit::MoveRow { table, row, by });
            select_row(workspace, table, Some(row));
        }
        Action::Go(cell) => {
            workspace.drawer = Drawer::None;
            ask_focus(workspace, cell);
        }
        Action::NextFinding => next_finding(workspace),

        Action::Saved { id, document, revision, at } => update_entry(workspace, &id, |entry| {
            entry.revision = revision;
            if Rc::ptr_eq(entry.document(), &document) {
                entry.draft = DraftState::Saved(at);
            }
        }),
        Action::SaveFailed { id, reason } => update_entry(workspace, &id, |entry| entry.draft = DraftState::Failed(reason)),
        Action::Elsewhere(id) => update_entry(workspace, &id, |entry| entry.draft = DraftState::Elsewhere),
        Action::FileSaved { document, at } => update_open(workspace, |entry| entry.file = FileState::Saved { at, document }),

        Action::SetProfile(id) => {
            pause(workspace);
            edit_open(workspace, &Edit::SetProfile(id));
            pause(workspace);
        }
        Action::AddProfile { profile, value, .. } => {
            let mut library = (*workspace.library).clone();
            if library.add_profile(&value).is_ok() {
                workspace.library = Rc::new(library);
                // A project that is scored by it already is scored anew, whether it is open or not.
                rescore(workspace, &profile.id);
                edit_open(workspace, &Edit::SetProfile(profile.id.clone()));
                pause(workspace);
            }
        }

        Action::Show(tab) => {
            workspace.tab = tab;
            workspace.drawer = Drawer::Inspector;
        }
        Action::Calculator(action) => calculator::reduce(workspace, action),
        Action::View(view) => {
            pause(workspace);
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
        Action::Dialog(dialog) => workspace.dialog = dialog,
        Action::Drawer(drawer) => workspace.drawer = if workspace.drawer == drawer { Drawer::None } else { drawer },
        Action::ToggleLarge => workspace.large = !workspace.large,
        Action::Annex(annex) => workspace.annex = annex,
        Action::Charts(charts) => workspace.charts = charts,
        Action::Landscape(landscape) => workspace.landscape = Some(landscape),
        Action::Say(message) => workspace.message = Some(Rc::new(message)),
        Action::Hush => workspace.message = None,
    }
}

fn insert(workspace: &mut Workspace, id: ProjectId, entry: Entry) {
    let project = Project { id: id.clone(), name: String::new(), about: String::new(), held: Held::Loaded(Rc::new(entry)) };
    match workspace.projects.iter_mut().find(|known| known.id == id) {
        Some(known) => *known = Rc::new(project),
        None => workspace.projects.insert(0, Rc::new(project)),
    }
    rename(workspace, &id);
    open(workspace, id);
}

fn open(workspace: &mut Workspace, id: ProjectId) {
    workspace.open = Some(id);
    workspace.view = View::Table;
    workspace.landscape = None;
    workspace.drawer = Drawer::None;
    workspace.message = None;
    forget_place(workspace);
}

fn forget_place(workspace: &mut Workspace) {
    workspace.selected = None;
    workspace.focus = None;
    workspace.finding = None;
    workspace.writing = None;
}

/// The list shows the name that stands in the form.
fn rename(workspace: &mut Workspace, id: &ProjectId) {
    update_project(workspace, id, |project| {
        if let Held::Loaded(entry) = &project.held {
            project.name = entry.role_text(Role::ProjectName).to_owned();
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
    let library = workspace.library.clone();
    update_open(workspace, |entry| {
        let before = entry.document().clone();
        let form = entry.template.form.clone();
        entry.history.edit(&form, edit);
        if !Rc::ptr_eq(&before, entry.document()) {
            refresh(entry, &library);
        }
    });
    if let Some(id) = workspace.open.clone() {
        rename(workspace, &id);
    }
}

/// Recomputes an entry; the profile and the unit are part of the document, so they may have changed too.
fn refresh(entry: &mut Entry, library: &Library) {
    let document = entry.document();
    let profile = library.profile(&document.profile);
    let profile_changed = profile.is_some_and(|profile| !Rc::ptr_eq(&profile, &entry.template.profile));
    if (profile_changed || document.unit != entry.template.form.unit)
        && let Some(template) = document.template(library)
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

/// Undo and redo, and then to the cell that changed.
fn travel(workspace: &mut Workspace, step: impl FnOnce(&mut Entry) -> Option<Option<CellId>>) {
    let library = workspace.library.clone();
    let beside = row(workspace).map(|(table, row)| (table, neighbour(workspace, table, row)));
    let mut went = None;
    update_open(workspace, |entry| {
        went = step(entry);
        if went.is_some() {
            refresh(entry, &library);
        }
    });
    if let Some(id) = workspace.open.clone() {
        rename(workspace, &id);
    }
    match (went, workspace.selected) {
        (None, _) => {}
        (Some(Some(cell)), _) => ask_focus(workspace, cell),
        // A change of rows: the focus stays, or goes to the row that took the place.
        (Some(None), Some(cell)) if workspace.entry().is_some_and(|entry| entry.field(cell).is_some()) => {
            ask_focus(workspace, cell)
        }
        (Some(None), _) => {
            if let Some((table, row)) = beside {
                select_row(workspace, table, row);
            }
        }
    }
}

fn cell(workspace: &Workspace, name: &str) -> Option<CellId> {
    let name = name.strip_prefix(ALONE).unwrap_or(name);
    CellId::from_name(name, &workspace.entry()?.template.form)
}

/// Typing may make a cell equal to the one above, which the print then joins: the typing goes on in the joined cell.
fn follow(workspace: &mut Workspace, name: &str) {
    if name.starts_with(ALONE) {
        return;
    }
    if let Some(at) = cell(workspace, name)
        && workspace.entry().and_then(|entry| entry.field(at)).is_some_and(|field| field.id != at)
    {
        ask_focus(workspace, at);
    }
}

/// Another window wrote a project. What is open here is never replaced without a word.
fn written_elsewhere(workspace: &mut Workspace, id: ProjectId, revision: u32, name: String, about: String) {
    if workspace.project(&id).is_none() {
        workspace.projects.push(Rc::new(Project { id, name, about, held: Held::Stored }));
        return;
    }
    update_project(workspace, &id, |project| match &mut project.held {
        Held::Loaded(entry) if entry.revision < revision => Rc::make_mut(entry).draft = DraftState::Elsewhere,
        Held::Loaded(_) => {}
        Held::Stored | Held::Unreadable(_) => {
            (project.name, project.about, project.held) = (name, about, Held::Stored);
        }
    });
}

/// The edit that sets a cell, and with it all cells that are printed as one.
fn typed(workspace: &Workspace, name: &str, text: String) -> Option<Edit> {
    let entry = workspace.entry()?;
    let id = cell(workspace, name)?;
    if name.starts_with(ALONE) {
        return Some(Edit::Set { cell: id, text });
    }
    let merged = entry.field(id).map_or(&[][..], |field| &field.merged);
    if merged.is_empty() {
        return Some(Edit::Set { cell: id, text });
    }
    Some(Edit::SetMany(std::iter::once(id).chain(merged.iter().copied()).map(|cell| (cell, text.clone())).collect()))
}

fn first_cell(edit: &Edit) -> Option<CellId> {
    match edit {
        Edit::Set { cell, .. } => Some(*cell),
        Edit::SetMany(cells) => cells.first().map(|(cell, _)| *cell),
        Edit::Paste { at, .. } => Some(*at),
        Edit::AddRow { .. }
        | Edit::CopyRow { .. }
        | Edit::RemoveRow { .. }
        | Edit::MoveRow { .. }
        | Edit::SetProfile(_)
        | Edit::Convert(_)
        | Edit::Relabel(_) => None,
    }
}

/// Asks for the focus on the field that shows a cell. Where no field does (a hidden column), on the row's first one.
fn ask_focus(workspace: &mut Workspace, cell: CellId) {
    let Some(entry) = workspace.entry() else { return };
    let field = entry.field(cell).or_else(|| match cell {
        CellId::Fixed(_) => None,
        CellId::Row { table, row, .. } => entry.fields().find(|field| in_row(field.id, table, row)),
    });
    let target = field.map_or(cell, |field| field.id);
    match cell {
        CellId::Fixed(at) if entry.template.form.is_report(at) => {
            workspace.view = View::Report;
            workspace.writing = Some(cell);
        }
        CellId::Fixed(_) | CellId::Row { .. } => {
            workspace.view = View::Table;
            workspace.writing = None;
        }
    }
    let count = workspace.focus.map_or(0, |(count, _)| count.wrapping_add(1));
    workspace.selected = Some(target);
    workspace.focus = Some((count, target));
}

fn in_row(cell: CellId, table: TableIndex, row: RowId) -> bool {
    matches!(cell, CellId::Row { table: known, row: id, .. } if known == table && id == row)
}

/// The row that the selected cell stands in.
fn row(workspace: &Workspace) -> Option<(TableIndex, RowId)> {
    match workspace.selected? {
        CellId::Row { table, row, .. } => Some((table, row)),
        CellId::Fixed(_) => None,
    }
}

/// The row that takes the place of one that goes.
fn neighbour(workspace: &Workspace, table: TableIndex, row: RowId) -> Option<RowId> {
    let document = workspace.entry()?.document();
    let at = document.row_position(table, row)?;
    let rows = document.rows(table);
    rows.get(at + 1).or_else(|| at.checked_sub(1).and_then(|at| rows.get(at))).map(|row| row.id)
}

/// Changes the rows of a table as a step of its own, and goes to the new row where there is one.
fn change_rows(workspace: &mut Workspace, table: TableIndex, edit: &Edit) {
    let next = workspace.entry().map(|entry| entry.document().next_row);
    pause(workspace);
    edit_open(workspace, edit);
    pause(workspace);
    if let Some(new) = next
        && workspace.entry().is_some_and(|entry| entry.document().row(table, new).is_some())
    {
        select_row(workspace, table, Some(new));
    }
}

/// Focuses a row, in the column that was selected before.
fn select_row(workspace: &mut Workspace, table: TableIndex, row: Option<RowId>) {
    let Some(row) = row else {
        workspace.selected = None;
        return;
    };
    let column = match workspace.selected {
        Some(CellId::Row { column, table: known, .. }) if known == table => column,
        Some(CellId::Row { .. } | CellId::Fixed(_)) | None => 0,
    };
    ask_focus(workspace, CellId::Row { table, row, column });
}

fn next_finding(workspace: &mut Workspace) {
    let Some(entry) = workspace.entry() else { return };
    let count = entry.evaluation.findings.len();
    if count == 0 {
        return;
    }
    let next = workspace.finding.map_or(0, |at| at + 1) % count;
    let target = entry.evaluation.findings.get(next).and_then(|finding| finding.at.first()).copied();
    workspace.finding = Some(next);
    workspace.tab = Tab::Findings;
    if let Some(target) = target {
        ask_focus(workspace, target);
    }
}
