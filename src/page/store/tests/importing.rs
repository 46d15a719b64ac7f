//! Tables that are brought in stay proposals until they are accepted or written in.

use super::*;
use crate::page::store::importing::{ItemState, Proposal};

fn proposal(id: &str, name: &str, place: &str) -> Proposal {
    let form = library().form("national").unwrap();
    let edit = Edit::Set { cell: cell("project_name"), text: name.to_owned() };
    let document = jixiao::document::apply(&Document::blank(&form), &form, &edit);
    let text = format!("{place}\u{1f}0\u{1f}project_name\t{place}第2行第2列\n\u{1f}<table></table>");
    Proposal { id: id.into(), document, source: Rc::new(Source::read(&text).unwrap()) }
}

fn begin(items: &[(usize, &str)]) -> Action {
    Action::Import(ImportAction::Begin(items.iter().map(|(id, name)| (*id, (*name).to_owned())).collect()))
}

fn read(item: usize, proposals: Vec<Proposal>) -> Action {
    Action::Import(ImportAction::Read { item, proposals, beside: String::new() })
}

fn accept(id: Option<&str>) -> Action {
    Action::Import(ImportAction::Accept(id.map(ProjectId::from)))
}

fn draft<'a>(workspace: &'a Workspace, id: &str) -> &'a DraftState {
    &workspace.project(id).unwrap().entry().unwrap().draft
}

#[test]
fn one_table_of_one_file_is_opened_and_accepting_it_is_one_step() {
    let workspace = after(empty(), [begin(&[(1, "甲.docx")]), read(1, vec![proposal("p", "甲", "表1")])]);
    assert_eq!((workspace.open.as_deref(), draft(&workspace, "p")), (Some("p"), &DraftState::Proposed));
    let workspace = after(workspace, [accept(Some("p"))]);
    assert_eq!((draft(&workspace, "p"), workspace.importing.is_none()), (&DraftState::Unsaved, true));
    let workspace = after(workspace, [Action::Undo]);
    assert_eq!(text(&workspace, "project_name"), "");
    let workspace = after(workspace, [Action::Redo]);
    assert_eq!(text(&workspace, "project_name"), "甲");
}

#[test]
fn a_source_tells_where_each_text_stands() {
    let source = proposal("p", "甲", "表1").source;
    let form = library().form("national").unwrap();
    assert_eq!((source.place(), source.open(), source.html()), ("表1", 0, "<table></table>"));
    assert_eq!(
        (source.words(cell("project_name"), &form), source.words(cell("funds.executed"), &form)),
        (Some("表1第2行第2列"), None)
    );
    assert_eq!(Source::read("表1"), None);
}

#[test]
fn writing_in_a_proposal_accepts_it_and_loses_neither_text() {
    let workspace = after(empty(), [begin(&[(1, "甲.docx")]), read(1, vec![proposal("p", "甲", "表1")])]);
    let workspace = after(workspace, [typed("project_name", "乙"), LEFT]);
    assert_eq!(draft(&workspace, "p"), &DraftState::Unsaved);
    let workspace = after(workspace, [Action::Undo]);
    assert_eq!(text(&workspace, "project_name"), "甲");
    let workspace = after(workspace, [Action::Undo]);
    assert_eq!(text(&workspace, "project_name"), "");
}

#[test]
fn a_correction_changes_proposals_in_place_and_nothing_that_was_accepted() {
    let both = |one: &str, two: &str| vec![proposal("n1", one, "表1"), proposal("n2", two, "表2")];
    let workspace = after(empty(), [begin(&[(1, "甲.docx")]), read(1, both("甲", "乙"))]);
    assert_eq!((workspace.open.as_deref(), workspace.proposals().len()), (None, 2));
    let workspace =
        after(workspace, [accept(Some("n1")), read(1, vec![proposal("m1", "丙", "表1"), proposal("m2", "丁", "表2")])]);
    let name = |id: &str| workspace.project(id).map(|project| project.name.as_str());
    assert_eq!((name("n1"), name("n2"), name("m1"), name("m2")), (Some("甲"), Some("丁"), None, None));
    // A table that is not found any more goes.
    let workspace = after(workspace, [read(1, Vec::new())]);
    assert_eq!(workspace.projects.iter().map(|project| &*project.id).collect::<Vec<_>>(), ["n1"]);
}

#[test]
fn closing_the_list_drops_proposals_alone() {
    let files = [(1, "甲.docx"), (2, "乙.docx"), (3, "丙.docx")];
    let workspace = after(opened(), [begin(&files), read(1, vec![proposal("p", "甲", "表1")])]);
    let workspace = after(workspace, [Action::Import(ImportAction::Refused(2, "图片".to_owned()))]);
    let importing = workspace.importing.clone().unwrap();
    assert_eq!((importing.done(), workspace.open.as_deref()), (2, None));
    let workspace = after(workspace, [Action::Import(ImportAction::Cancel)]);
    assert_eq!(workspace.importing.as_ref().unwrap().items[2].state, ItemState::Cancelled);
    let workspace = after(workspace, [Action::Import(ImportAction::Drop(None))]);
    assert_eq!(workspace.projects.iter().map(|project| &*project.id).collect::<Vec<_>>(), ["a"]);
    assert!(workspace.importing.is_none());
}

#[test]
fn all_are_accepted_together_and_none_is_opened() {
    let workspace = after(empty(), [begin(&[(1, "甲.docx"), (2, "乙.docx")])]);
    let workspace = after(workspace, [read(1, vec![proposal("p", "甲", "表1")]), read(2, vec![proposal("q", "乙", "表1")])]);
    let workspace = after(workspace, [accept(None)]);
    assert_eq!((draft(&workspace, "p"), draft(&workspace, "q")), (&DraftState::Unsaved, &DraftState::Unsaved));
    assert!(workspace.importing.is_none() && workspace.open.is_none());
}

#[test]
fn what_was_accepted_together_is_given_back_together_but_for_what_was_written_in_since() {
    let workspace = after(empty(), [begin(&[(1, "甲.docx"), (2, "乙.docx")])]);
    let workspace = after(workspace, [read(1, vec![proposal("p", "甲", "表1")]), read(2, vec![proposal("q", "乙", "表1")])]);
    let list = workspace.importing.clone();
    let workspace = after(workspace, [accept(None)]);
    let Some(Offer::GiveBack(accepted)) = workspace.message.as_ref().unwrap().offer.clone() else { panic!("no way back") };
    let give_back = || Action::Import(ImportAction::GiveBack(accepted.clone()));
    let back = after(workspace.clone(), [give_back()]);
    assert_eq!((draft(&back, "p"), draft(&back, "q")), (&DraftState::Proposed, &DraftState::Proposed));
    assert_eq!((&back.importing, &back.open), (&list, &None));
    assert!(!back.project("p").unwrap().entry().unwrap().history.can_undo());
    // Taken once more, all is as before.
    assert_eq!(draft(&after(back, [accept(None)]), "q"), &DraftState::Unsaved);
    let written = after(workspace, [Action::Open("q".into()), typed("project_name", "丙"), LEFT, give_back()]);
    assert_eq!((draft(&written, "p"), draft(&written, "q")), (&DraftState::Proposed, &DraftState::Unsaved));
    assert_eq!(written.message.as_ref().unwrap().lines, [crate::page::text::kept_accepted(1)]);
}

/// What stands in the storage then is the other window's.
#[test]
fn what_another_window_wrote_since_is_not_given_back() {
    let workspace = after(empty(), [begin(&[(1, "甲.docx"), (2, "乙.docx")])]);
    let workspace = after(workspace, [read(1, vec![proposal("p", "甲", "表1")]), read(2, vec![proposal("q", "乙", "表1")])]);
    let mut workspace = after(workspace, [accept(None)]);
    let Some(Offer::GiveBack(accepted)) = workspace.message.as_ref().unwrap().offer.clone() else { panic!("no way back") };
    let entry = (**workspace.project("q").unwrap().entry().unwrap()).clone();
    let gone = Held::Loaded(Rc::new(Entry { draft: DraftState::Gone, ..entry }));
    let at = workspace.projects.iter().position(|project| &*project.id == "q").unwrap();
    Rc::make_mut(&mut workspace.projects[at]).held = gone;
    assert_eq!(workspace.as_taken(&accepted), [ProjectId::from("p")]);
}

#[test]
fn the_list_never_says_that_nothing_was_found_of_a_table_half_filled_in() {
    let workspace = after(empty(), [begin(&[(1, "甲.docx")]), read(1, vec![proposal("p", "甲", "表1")])]);
    let found = crate::page::text::found_in(workspace.project("p").unwrap().entry().unwrap(), 2);
    assert!(!found.starts_with("未发现问题") && found.ends_with("待确认 2 处"), "{found}");
    let half = after(workspace, [typed("funds.initial", "100"), LEFT]);
    let found = crate::page::text::found_in(half.entry().unwrap(), 0);
    assert!(found.contains("处未填"), "{found}");
}
