//! Any order of doing things, in two windows: nothing that was typed is out of reach.

use super::kept::version;
use super::*;
use crate::page::store::paste::Laid;
use jixiao::document::History;
use jixiao::order::{SortedMap, SortedSet};
use jixiao::paste::lines;
use proptest::prelude::*;

/// What the browser's storage holds, as two windows write it.
#[derive(Default)]
struct Storage {
    projects: SortedMap<ProjectId, (Version, Document)>,
    deleted: SortedMap<ProjectId, Document>,
}

/// Every text that can be reached: by undo or redo in some project, or in what is stored.
fn reachable(workspace: &Workspace, storage: &Storage) -> SortedSet<String> {
    let mut texts = SortedSet::new();
    let mut take = |document: &Document| {
        let rows = document.tables.iter().flatten().flat_map(|row| &row.cells);
        texts.extend(document.cells.iter().chain(rows).map(|typed| typed.text().to_owned()));
    };
    let mut walk = |history: &History| {
        let (mut back, mut on) = (history.clone(), history.clone());
        take(history.document());
        while back.undo().is_some() {
            take(back.document());
        }
        while on.redo().is_some() {
            take(on.document());
        }
    };
    for project in workspace.projects.iter().chain(&workspace.deleted) {
        if let Some(entry) = project.entry() {
            walk(&entry.history);
        }
    }
    storage.projects.values().for_each(|(_, document)| take(document));
    storage.deleted.values().for_each(take);
    texts
}

/// Whether all characters of a text stand in another in this order.
fn within(typed: &str, text: &str) -> bool {
    let mut rest = text.chars();
    typed.chars().all(|character| rest.any(|other| other == character))
}

/// The texts of a table that a person or another window ever had in a cell.
struct Life {
    workspace: Workspace,
    storage: Storage,
    typed: Vec<String>,
    /// The next sign that was never typed before.
    sign: u32,
    revision: u32,
}

const CELLS: [&str; 6] =
    ["project_name", "total.score", "indicators.4.level1", "indicators.5.level2", "indicators.5.target", "report.overview"];

impl Life {
    fn new_sign(&mut self) -> char {
        self.sign += 1;
        char::from_u32(0x4E00 + self.sign).unwrap()
    }

    fn act(&mut self, action: Action) {
        self.workspace = reduced(self.workspace.clone(), action);
    }

    fn one_of(&self, which: usize) -> Option<ProjectId> {
        let projects = &self.workspace.projects;
        projects.get(which % projects.len().max(1)).map(|project| project.id.clone())
    }

    fn type_into(&mut self, which: usize, kind: usize, alone: bool) {
        let cell = cell(CELLS[which % CELLS.len()]);
        let Some(entry) = self.workspace.entry() else { return };
        let known = matches!(cell, CellId::Fixed(_))
            || matches!(cell, CellId::Row { table, row, .. } if entry.document().row(table, row).is_some());
        if !known {
            return;
        }
        let mut text: Vec<char> = entry.document().typed(cell).text().chars().collect();
        let sign = self.new_sign();
        match kind % 6 {
            0..=2 => text.push(sign),
            3 => text.insert(which.min(text.len()), sign),
            4 => drop(text.pop()),
            _ => text = vec![sign],
        }
        let text: String = text.into_iter().collect();
        self.typed.push(text.clone());
        let field = if alone { FieldName::Alone(cell) } else { FieldName::Cell(cell) };
        let how = if kind.is_multiple_of(7) { How::Whole } else { How::Keys };
        self.act(Action::Typed { field, text, how });
    }

    /// The autosave as it is without a clock.
    fn save(&mut self, refused: bool) {
        let unsaved: Vec<ProjectId> = self
            .workspace
            .loaded()
            .filter(|(_, entry)| entry.draft == DraftState::Unsaved)
            .map(|(project, _)| project.id.clone())
            .collect();
        for id in unsaved {
            let entry = self.workspace.project(&id).unwrap().entry().unwrap().clone();
            let other = self.storage.projects.get(&id).filter(|(stored, _)| *stored != entry.version && &*stored.writer != "w");
            if let Some((stored, _)) = other {
                let written = Written { version: stored.clone(), name: "乙".into(), about: String::new() };
                let own = ProjectId::from(format!("kept-{}", self.new_sign()));
                let (version, document) = (version(1, "w"), entry.document().clone());
                self.storage.projects.insert(own.clone(), (version.clone(), (*document).clone()));
                self.act(Action::KeptAside { id, own, written, document, version, at: "x".into() });
            } else if refused {
                self.act(Action::SaveFailed { id, reason: "满".into() });
            } else {
                let version = version(entry.version.revision + 1, "w");
                let document = entry.document().clone();
                self.storage.projects.insert(id.clone(), (version.clone(), (*document).clone()));
                self.act(Action::Saved { id, document, version, at: "x".into() });
            }
        }
    }

    /// Another window writes: what it read and something more. Where it had not heard of our last write, ours is gone.
    fn other_window(&mut self, which: usize, race: bool, heard: bool) {
        let Some(id) = self.one_of(which) else { return };
        let Some((known, document)) = self.storage.projects.get(&id).cloned() else { return };
        let mut document = document;
        let mut text = document.cells[0].text().to_owned();
        text.push(self.new_sign());
        document.cells[0] = Typed::new(&text);
        self.typed.push(text);
        self.revision += 1;
        let revision = if race { known.revision } else { known.revision + 1 };
        let version = version(revision, &format!("other{}", self.revision));
        self.storage.projects.insert(id.clone(), (version.clone(), document));
        if heard {
            self.act(Action::WrittenElsewhere(id, Written { version, name: "乙".into(), about: String::new() }));
        }
    }

    fn delete(&mut self, which: usize) {
        let Some(id) = self.one_of(which) else { return };
        let stored = self.storage.projects.remove(&id).map(|(_, document)| document);
        if let Some(document) = stored {
            self.storage.deleted.insert(id.clone(), document);
        }
        self.act(Action::Delete(id));
    }

    fn take_other(&mut self, which: usize) {
        let Some(id) = self.one_of(which) else { return };
        let Some((version, document)) = self.storage.projects.get(&id).cloned() else { return };
        self.act(Action::TakeOther(
            id,
            Box::new(Stored { document, version, saved_at: "x".into(), aside: 0, source: None, notices: Vec::new() }),
        ));
    }

    fn step(&mut self, kind: usize, which: usize, how: usize) {
        let row = self.workspace.entry().and_then(|entry| {
            let rows = entry.document().rows(1);
            rows.get(which % rows.len().max(1)).map(|row| (1, row.id))
        });
        match kind {
            0..=11 => self.type_into(which, how, kind == 0),
            12 => self.act(focus(CELLS[which % CELLS.len()])),
            13 => self.act(Action::Left { to_field: how.is_multiple_of(2) }),
            14 => self.act(Action::Pause),
            15 | 16 => self.act(Action::Undo),
            17 => self.act(Action::Redo),
            18 => self.act(Action::RemoveRow(row)),
            19 => self.act(
                [Action::AddRow(None), Action::CopyRow(row), Action::MoveRow(row, 1), Action::Move(Move::Down)][how % 4].clone(),
            ),
            20 => {
                let Some((table, row)) = row else { return };
                let sign = self.new_sign().to_string();
                self.typed.push(sign.clone());
                let at = CellId::Row { table, row, column: 2 };
                let (Some(into), Some(entry)) = (self.workspace.open.clone(), self.workspace.entry()) else { return };
                let over = entry.document().clone();
                let pasted = lines(&entry.template.form, &over, &entry.sheet, at, &format!("{sign}\t\n\n"));
                self.act(Action::Pasted(Box::new(Laid { into, at, over, pasted, note: None })));
            }
            21 => self.act(match how % 4 {
                0 => Action::SetProfile("hubei".into()),
                1 => Action::SetProfile("national".into()),
                2 => Action::Edit(Edit::Convert(jixiao::number::Magnitude(0))),
                _ => Action::Edit(Edit::Relabel(jixiao::number::Magnitude(4))),
            }),
            22 => {
                let form = library().form("national").unwrap();
                let id = format!("new{}", self.new_sign());
                self.act(added(&id, Document::blank(&form)));
            }
            23 => match self.one_of(which) {
                Some(id) => self.act(Action::Open(id)),
                None => self.act(Action::Close),
            },
            24 | 25 => self.save(how.is_multiple_of(5)),
            26 | 27 => self.other_window(which, how.is_multiple_of(3), !how.is_multiple_of(4)),
            28 => self.delete(which),
            29 => {
                if let Some(id) = self.workspace.deleted.first().map(|project| project.id.clone()) {
                    self.act(Action::Restore(id));
                }
            }
            30 => self.take_other(which),
            31 => match self.one_of(which) {
                Some(id) if how.is_multiple_of(2) => self.act(Action::GoneElsewhere(id)),
                Some(id) => self.act(Action::KeepAside(id)),
                None => {}
            },
            _ => self.act([Action::View(View::Report), Action::Write(None), Action::Close, Action::SaveAgain][how % 4].clone()),
        }
    }
}

proptest! {
    /// Whatever is done, in whatever order, in two windows: every text that anyone had in a cell is reached by undo or redo in some
    /// project, or stands in what is stored.
    #[test]
    fn no_text_is_unreachable(steps in prop::collection::vec((0usize..33, 0usize..40, 0usize..60), 1..60)) {
        let mut life = Life { workspace: opened(), storage: Storage::default(), typed: Vec::new(), sign: 0, revision: 0 };
        for (kind, which, how) in steps {
            life.step(kind, which, how);
        }
        let reachable = reachable(&life.workspace, &life.storage);
        for typed in &life.typed {
            prop_assert!(reachable.iter().any(|text| within(typed, text)), "{} is out of reach", typed);
        }
    }
}
