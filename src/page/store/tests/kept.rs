//! Nothing that was typed is lost: drafts, other windows, deletion, and any order of doing things.

use super::*;
use jixiao::order::SortedSet;

pub(super) fn version(revision: u32, writer: &str) -> Version {
    Version { revision, writer: Rc::from(writer) }
}

fn written(id: &str, revision: u32, name: &str) -> Action {
    let written = Written { version: version(revision, "other"), name: name.into(), about: String::new() };
    Action::WrittenElsewhere(id.into(), written)
}

fn saved(workspace: &Workspace, id: &str, revision: u32) -> Action {
    let document = workspace.project(id).unwrap().entry().unwrap().document().clone();
    Action::Saved { id: id.into(), document, version: version(revision, "w"), at: "2021-04-01 10:32".into() }
}

fn names(workspace: &Workspace) -> Vec<&str> {
    workspace.projects.iter().map(|project| project.name.as_str()).collect()
}

#[test]
fn a_draft_counts_as_saved_only_while_nothing_changed_since() {
    let workspace = after(opened(), [typed("project_name", "甲")]);
    let saved = saved(&workspace, "a", 1);
    let current = after(workspace.clone(), [saved.clone()]);
    assert_eq!(current.entry().unwrap().draft, DraftState::Saved("2021-04-01 10:32".into()));
    assert!(!current.entry().unwrap().is_unkept());
    let changed = after(workspace, [typed("project_name", "甲乙"), saved]);
    assert_eq!(changed.entry().unwrap().draft, DraftState::Unsaved);
    assert_eq!(changed.entry().unwrap().version, version(1, "w"));
    assert!(changed.entry().unwrap().is_unkept());
}

#[test]
fn what_another_window_wrote_stays_and_what_is_typed_here_gets_a_name_of_its_own() {
    let workspace = after(opened(), [typed("project_name", "甲")]);
    let workspace = after(workspace.clone(), [saved(&workspace, "a", 3), written("a", 4, "乙")]);
    assert!(matches!(workspace.entry().unwrap().draft, DraftState::Elsewhere(_)));
    assert_eq!(workspace.projects.len(), 1, "nothing is made of a project in which nothing was typed since");
    let key = workspace.entry().unwrap().key;
    let workspace = after(workspace, [typed("project_name", "甲甲")]);
    assert_eq!(names(&workspace), ["甲甲（另存）", "乙"]);
    assert_eq!(text(&workspace, "project_name"), "甲甲", "the form itself says nothing of it");
    assert_eq!(workspace.entry().unwrap().draft, DraftState::Unsaved);
    assert_eq!(workspace.entry().unwrap().key, key, "the page goes on with the same fields");
    assert_eq!(workspace.project("a").unwrap().held, Held::Stored);
    assert!(workspace.message.is_some());
    // All that can be undone went with it.
    let back = after(workspace, [Action::Undo, Action::Undo]);
    assert_eq!(text(&back, "project_name"), "");
}

#[test]
fn what_was_typed_when_word_came_is_kept_at_once_and_under_different_names() {
    let mut workspace = opened();
    for (count, revision) in [4, 8, 12].into_iter().enumerate() {
        workspace =
            after(workspace, [Action::Open("a".into()), typed("project_name", "甲"), typed("total.score", &count.to_string())]);
        workspace = reduced(workspace, written("a", revision, "甲"));
        let stored = (**workspace.projects[0].entry().unwrap().document()).clone();
        let stored = Stored {
            document: stored,
            version: version(revision, "other"),
            saved_at: String::new(),
            aside: 0,
            source: None,
            notices: Vec::new(),
        };
        workspace = reduced(workspace, Action::Loaded("a".into(), Box::new(stored)));
    }
    let different: SortedSet<&str> = names(&workspace).into_iter().collect();
    assert_eq!(different.len(), 4, "{different:?}");
}

#[test]
fn two_writes_of_one_number_keep_both() {
    let workspace = after(opened(), [typed("project_name", "甲")]);
    let workspace = after(workspace.clone(), [saved(&workspace, "a", 5)]);
    // An earlier write, and our own, are known.
    assert_eq!(after(workspace.clone(), [written("a", 4, "乙")]).projects.len(), 1);
    assert_eq!(after(workspace.clone(), [written("a", 5, "乙")]).projects.len(), 2);
}

#[test]
fn taking_the_other_s_text_keeps_one_s_own() {
    let workspace = after(opened(), [typed("project_name", "甲")]);
    let workspace = after(workspace.clone(), [saved(&workspace, "a", 3), written("a", 4, "乙")]);
    let stored = |document: Document| Stored {
        document,
        version: version(4, "other"),
        saved_at: "x".into(),
        aside: 0,
        source: None,
        notices: Vec::new(),
    };
    let mut other = (**workspace.entry().unwrap().document()).clone();
    let same = after(workspace.clone(), [Action::TakeOther("a".into(), Box::new(stored(other.clone())))]);
    assert_eq!((same.projects.len(), same.entry().unwrap().history.can_undo()), (1, true));
    other.profile = "hubei".into();
    let taken = after(workspace, [Action::TakeOther("a".into(), Box::new(stored(other.clone())))]);
    assert_eq!(taken.open.as_deref(), Some("a"));
    assert_eq!(taken.entry().unwrap().document().profile, "hubei");
    assert_eq!(taken.projects.len(), 2);
    assert!(taken.message.is_some());
    // Where nothing was done here, there is nothing to keep.
    let looked = after(opened(), [written("a", 4, "乙"), Action::TakeOther("a".into(), Box::new(stored(other)))]);
    assert_eq!(looked.projects.len(), 2, "an unsaved project is kept");
}

#[test]
fn a_project_that_another_window_deleted_stays_as_long_as_it_is_open() {
    let workspace = after(opened(), [typed("project_name", "甲")]);
    let unsaved = after(workspace.clone(), [Action::GoneElsewhere("a".into())]);
    assert_eq!(unsaved.entry().unwrap().draft, DraftState::Unsaved, "it is written again");
    let workspace = after(workspace.clone(), [saved(&workspace, "a", 3), Action::GoneElsewhere("a".into())]);
    assert_eq!(workspace.entry().unwrap().draft, DraftState::Gone);
    let workspace = after(workspace, [typed("project_name", "甲乙")]);
    assert_eq!(workspace.entry().unwrap().draft, DraftState::Unsaved);
    let listed = after(workspace, [written("b", 1, "丙"), Action::GoneElsewhere("b".into())]);
    assert_eq!(listed.projects.len(), 1);
    let cleared = after(listed.clone(), [saved(&listed, "a", 4), Action::StorageCleared]);
    assert_eq!(cleared.entry().unwrap().draft, DraftState::Unsaved);
}

#[test]
fn closing_and_deleting_keep_the_project_and_its_history() {
    let workspace = after(opened(), [typed("project_name", "甲"), Action::Close]);
    assert!(workspace.entry().is_none());
    let workspace = after(workspace, [Action::Open("a".into()), Action::Delete("a".into())]);
    assert!(workspace.projects.is_empty() && workspace.entry().is_none());
    assert_eq!(workspace.message.as_ref().unwrap().offer, Some(Offer::Restore("a".into())));
    let workspace = after(workspace, [Action::Restore("a".into())]);
    assert_eq!((text(&workspace, "project_name"), &workspace.entry().unwrap().draft), ("甲", &DraftState::Unsaved));
    assert!(workspace.deleted.is_empty() && workspace.message.is_none());
    assert_eq!(text(&after(workspace, [Action::Undo]), "project_name"), Typed::default().text());
}

#[test]
fn what_was_deleted_here_and_written_there_comes_back_beside_it() {
    let workspace = after(opened(), [typed("project_name", "甲"), Action::Delete("a".into()), written("a", 7, "乙")]);
    let workspace = after(workspace, [Action::Restore("a".into())]);
    assert_eq!(names(&workspace), ["甲（另存）", "乙"]);
    assert_eq!(text(&workspace, "project_name"), "甲");
}

#[test]
fn a_row_that_held_something_is_taken_away_with_a_word_and_the_way_back() {
    let filled = after(opened(), [typed("indicators.6.target", "≥3个"), focus("indicators.6.target"), Action::RemoveRow(None)]);
    let message = filled.message.clone().unwrap();
    assert_eq!((message.title.as_str(), &message.offer), ("已删除第3行", &Some(Offer::Undo)));
    assert!(filled.announced.contains("第3行") && filled.announced.contains("撤销"), "{}", filled.announced);
    let back = after(filled.clone(), [Action::Undo]);
    assert_eq!((text(&back, "indicators.6.target"), &back.message), ("≥3个", &None));
    // The offer stands for the last step only.
    assert_eq!(after(filled, [typed("indicators.7.target", "1")]).message, None);
    let blank = after(opened(), [focus("indicators.6.target"), Action::RemoveRow(None)]);
    assert_eq!(blank.message, None);
    assert_eq!(blank.entry().unwrap().document().rows(1).len(), 8);
}

#[test]
fn who_goes_to_another_field_meanwhile_stays_there() {
    let asked = after(opened(), [typed("project_name", "公"), LEFT, Action::Undo]);
    assert_eq!(focused(&asked), "project_name");
    // The page's own giving is what was asked for; a person's choice overtakes it.
    let given = Action::Focused { field: FieldName::Cell(cell("project_name")), given: true };
    assert_eq!(focused(&after(asked.clone(), [given])), "project_name");
    let elsewhere = after(asked.clone(), [focus("indicators.6.target")]);
    assert_eq!(elsewhere.focus, None);
    // Asked for once more, it is another request.
    let again = after(elsewhere, [Action::Redo]);
    assert!(again.focus.is_some() && again.focus != asked.focus);
}

#[test]
fn the_menu_of_a_row_opens_where_rows_may_change() {
    let of_selected = after(opened(), [focus("indicators.6.target"), Action::RowMenu(None)]);
    assert_eq!(of_selected.menu, Some((1, 6)));
    let closed = after(of_selected.clone(), [Action::CloseRowMenu { back: true }]);
    assert_eq!((closed.menu, focused(&closed).as_str()), (None, "indicators.6.target"));
    assert_eq!(after(of_selected.clone(), [Action::MoveRow(Some((1, 6)), 1)]).menu, None);
    assert_eq!(after(of_selected, [Action::Close]).menu, None);
    assert_eq!(after(opened(), [focus("project_name"), Action::RowMenu(None)]).menu, None);
}

#[test]
fn what_neither_storage_nor_a_file_holds_is_known() {
    let unkept = |workspace: &Workspace| workspace.entry().unwrap().is_unkept();
    let failed = || Action::SaveFailed { id: "a".into(), reason: "满".into() };
    // A form that was only opened can be opened again.
    assert!(!unkept(&after(opened(), [failed()])));
    let workspace = after(opened(), [typed("project_name", "甲"), failed()]);
    assert!(unkept(&workspace) && workspace.storage.is_some());
    let document = workspace.entry().unwrap().document().clone();
    let filed = after(workspace.clone(), [Action::FileSaved { document, at: "x".into() }]);
    assert!(!unkept(&filed));
    assert!(unkept(&after(filed, [typed("project_name", "甲乙")])));
    // Taken back it is still work: what was typed lies ahead.
    assert!(unkept(&after(workspace.clone(), [Action::Undo])));
    let again = after(workspace, [Action::SaveAgain]);
    assert_eq!(again.entry().unwrap().draft, DraftState::Unsaved);
    // A copy stands nowhere else.
    let copy = Action::Add { id: "b".into(), document: Box::new((**again.entry().unwrap().document()).clone()), own: true };
    assert!(unkept(&after(again, [copy])));
}

#[test]
fn what_was_cleared_in_the_calculator_comes_back() {
    let field = RateField::Input("全年执行数".into());
    let typed = Action::Typed { field: FieldName::Rate(field.clone()), text: "82".into(), how: How::Keys };
    let act = Action::Calculator;
    let cleared = after(empty(), [act(CalculatorAction::Choose("F1".into())), typed, act(CalculatorAction::Clear)]);
    assert_eq!(cleared.calculator.text(&field), "");
    assert_eq!(after(cleared, [act(CalculatorAction::Back)]).calculator.text(&field), "82");
}
