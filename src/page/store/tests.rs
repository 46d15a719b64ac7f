mod chosen;
mod importing;
mod kept;
mod merged;
mod pasted;
mod reach;

use super::*;
use crate::page::field::{FieldName, RateField};
use jixiao::document::{Document, Edit, Typed};

thread_local! {
    /// Loaded once: it costs more than most of what is tested here.
    static LIBRARY: Library = Library::builtin().0;
}

fn library() -> Library {
    LIBRARY.with(Library::clone)
}

/// A workspace without projects.
fn empty() -> Workspace {
    Workspace::new(library(), Rc::from("w"), Vec::new(), Vec::new())
}

fn added(id: &str, document: Document) -> Action {
    Action::Add { id: id.into(), document: Box::new(document), own: false }
}

/// A workspace with one open project of the national form.
fn opened() -> Workspace {
    let document = Document::blank(&library().form("national").unwrap());
    reduced(empty(), added("a", document))
}

fn after(workspace: Workspace, actions: impl IntoIterator<Item = Action>) -> Workspace {
    actions.into_iter().fold(workspace, reduced)
}

/// A cell of the national form.
fn cell(name: &str) -> CellId {
    CellId::from_name(name, &library().form("national").unwrap()).unwrap()
}

fn typed(name: &str, text: &str) -> Action {
    typed_into(cell(name), text)
}

fn typed_into(cell: CellId, text: &str) -> Action {
    Action::Typed { field: FieldName::Cell(cell), text: text.to_owned(), how: How::Keys }
}

fn focus(name: &str) -> Action {
    Action::Focused { field: FieldName::Cell(cell(name)), given: false }
}

/// The focus went to nothing.
const LEFT: Action = Action::Left { to_field: false };

fn text<'a>(workspace: &'a Workspace, name: &str) -> &'a str {
    let entry = workspace.entry().unwrap();
    let cell = CellId::from_name(name, &entry.template.form).unwrap();
    entry.document().typed(cell).text()
}

fn focused(workspace: &Workspace) -> String {
    workspace.focus.unwrap().1.name(&workspace.entry().unwrap().template.form)
}

#[test]
fn typing_in_one_cell_is_one_step() {
    let workspace = after(opened(), [typed("project_name", "公"), typed("project_name", "公路"), LEFT]);
    assert_eq!(workspace.project("a").unwrap().name, "公路");
    let workspace = after(workspace, [typed("project_name", "公路养护"), Action::Undo]);
    assert_eq!(text(&workspace, "project_name"), "公路");
    assert_eq!(focused(&workspace), "project_name");
    let workspace = after(workspace, [Action::Undo]);
    assert_eq!(text(&workspace, "project_name"), "");
    let workspace = after(workspace, [Action::Redo, Action::Redo]);
    assert_eq!(text(&workspace, "project_name"), "公路养护");
}

#[test]
fn a_merged_cell_sets_all_its_rows_in_one_step() {
    let workspace = after(opened(), [typed("indicators.4.level1", "产出指标"), typed("indicators.4.level1", "产出"), LEFT]);
    for row in 4..8 {
        assert_eq!(text(&workspace, &format!("indicators.{row}.level1")), "产出");
    }
    let workspace = after(workspace, [Action::Undo]);
    assert_eq!(text(&workspace, "indicators.7.level1"), "产出指标（50分）");
}

#[test]
fn beside_the_paper_one_row_of_a_merged_cell_is_set_alone() {
    let workspace = after(
        opened(),
        [Action::Typed { field: FieldName::Alone(cell("indicators.5.level1")), text: "其他".into(), how: How::Keys }],
    );
    assert_eq!(text(&workspace, "indicators.5.level1"), "其他");
    assert_eq!(text(&workspace, "indicators.4.level1"), "产出指标（50分）");
}

#[test]
fn enter_goes_down_and_rows_come_and_go_with_the_focus() {
    let workspace = after(opened(), [focus("indicators.4.target"), Action::Move(Move::Down)]);
    assert_eq!(focused(&workspace), "indicators.5.target");
    let workspace = after(workspace, [Action::AddRow(None)]);
    assert_eq!(focused(&workspace), "indicators.13.target");
    assert_eq!(text(&workspace, "indicators.13.level2"), "质量指标");
    let workspace = after(workspace, [Action::RemoveRow(None)]);
    assert_eq!(focused(&workspace), "indicators.6.target");
    let workspace = after(workspace, [Action::Undo, Action::Undo]);
    assert_eq!(workspace.entry().unwrap().document().rows(1).len(), 9);
}

#[test]
fn another_profile_is_computed_and_can_be_undone() {
    let before = opened().entry().unwrap().template.profile.id.clone();
    let other = opened().library.profiles.iter().map(|profile| profile.id.clone()).find(|id| *id != before).unwrap();
    let workspace = after(opened(), [Action::SetProfile(other.clone())]);
    assert_eq!(workspace.entry().unwrap().template.profile.id, other);
    let workspace = after(workspace, [Action::Undo]);
    assert_eq!(workspace.entry().unwrap().template.profile.id, before);
}

#[test]
fn a_fix_is_a_step_of_its_own() {
    let workspace = after(opened(), [typed("project_name", "甲")]);
    let form = workspace.entry().unwrap().template.form.clone();
    let cell = CellId::from_name("project_name", &form).unwrap();
    let fix = Action::Edit(Edit::Set { cell, text: "乙".into() });
    let workspace = after(workspace, [fix, Action::Undo]);
    assert_eq!(text(&workspace, "project_name"), "甲");
}

#[test]
fn f8_goes_round_the_findings() {
    let workspace = after(opened(), [typed("total.score", "85"), typed("indicators.4.weight", "10分左右")]);
    let count = workspace.entry().unwrap().evaluation.findings.len();
    assert!(count > 0);
    let round = after(workspace, std::iter::repeat_n(Action::NextFinding, count + 1));
    assert_eq!(round.finding, Some(0));
}

/// The lines that are not the same objects any more, by key.
fn redrawn(before: &Workspace, after: &Workspace) -> Vec<String> {
    let lines = |workspace: &Workspace| -> Vec<Rc<jixiao::layout::SheetRow>> {
        workspace.entry().unwrap().sheet.sections.iter().flat_map(|section| section.rows.clone()).collect()
    };
    let old = lines(before);
    lines(after).iter().filter(|line| !old.iter().any(|old| Rc::ptr_eq(old, line))).map(|line| line.key.clone()).collect()
}

#[test]
fn an_edit_draws_only_the_lines_that_it_changes() {
    let before = after(opened(), [typed("indicators.5.target", "≥3个"), typed("indicators.5.actual", "1个")]);
    let after = reduced(before.clone(), typed("indicators.5.actual", "2个"));
    assert_eq!(redrawn(&before, &after), ["t1.5"]);
}

#[test]
fn lines_kept_from_before_are_what_a_new_layout_gives() {
    let library = library();
    for example in &library.examples {
        let document = jixiao::io::json::read(&example.json, &library).unwrap().document;
        let start = reduced(opened(), added("b", document));
        let entry = start.entry().unwrap();
        let cells: Vec<CellId> = entry.sheet.fields().map(|field| field.id).collect();
        let mut workspace = start.clone();
        for (at, cell) in cells.iter().enumerate() {
            workspace = reduced(workspace, typed_into(*cell, ["12", "", "不适用", "甲"][at % 4]));
            if at % 7 == 0 {
                workspace = reduced(workspace, Action::Focused { field: FieldName::Cell(*cell), given: false });
                workspace = reduced(
                    workspace,
                    [Action::AddRow(None), Action::MoveRow(None, -1), Action::RemoveRow(None)][at / 7 % 3].clone(),
                );
            }
            if at % 3 > 0 {
                continue;
            }
            workspace = reduced(workspace, LEFT);
            let entry = workspace.entry().unwrap();
            let fresh = jixiao::layout::layout(&entry.template, entry.document(), &entry.evaluation, None);
            assert_eq!(*entry.sheet, fresh, "{} {cell:?}", example.id);
        }
    }
}

#[test]
fn the_calculator_keeps_what_is_typed_and_takes_from_the_table() {
    let mut workspace = empty();
    let rate = workspace.library.rate("F1").cloned().unwrap();
    let field = calculator::field(rate.input("executed").unwrap());
    workspace = reduced(workspace, Action::Typed { field: FieldName::Rate(field.clone()), text: "82".into(), how: How::Keys });
    assert_eq!(workspace.calculator.text(&field), "82");
    // A rate that asks for the same number has it already.
    let score = workspace.library.rate("F2").cloned().unwrap();
    assert_eq!(workspace.calculator.entered(&score).texts.get("executed").map(String::as_str), Some("82"));
    assert!(workspace.takeable().is_empty(), "no table is open");
    workspace = reduced(workspace, Action::Calculator(CalculatorAction::Clear));
    assert_eq!(workspace.calculator.text(&field), "");
}

#[test]
fn the_desk_shows_what_holds_the_cell_to_go_to() {
    let workspace = after(opened(), [typed("funds.executed", "1"), Action::View(View::Report)]);
    let form = workspace.entry().unwrap().template.form.clone();
    let cell = |name: &str| CellId::from_name(name, &form).unwrap();
    let workspace =
        after(workspace, [Action::Write(Some(cell("report.overview"))), typed("report.overview", "甲"), Action::Write(None)]);
    assert_eq!((workspace.view, workspace.writing), (View::Report, None));
    assert_eq!(text(&workspace, "report.overview"), "甲");
    // A number leads to the table, and undo leads back to the text that it takes back.
    let workspace = after(workspace, [Action::Go(cell("funds.executed"))]);
    assert_eq!((workspace.view, focused(&workspace).as_str()), (View::Table, "funds.executed"));
    let workspace = after(workspace, [Action::Undo]);
    assert_eq!((workspace.view, workspace.writing), (View::Report, Some(cell("report.overview"))));
    assert_eq!(text(&workspace, "report.overview"), "");
    let workspace = after(workspace, [Action::Undo]);
    assert_eq!((workspace.view, text(&workspace, "funds.executed")), (View::Table, ""));
}

#[test]
fn a_profile_that_is_loaded_again_takes_effect_at_once() {
    let load = |total: &str| {
        let mut value = Library::builtin_profile(&Library::builtin().0.profiles[0].id).unwrap();
        value["id"] = "county".into();
        value["weights"]["total"]["value"] = total.into();
        let profile = Library::builtin().0.add_profile(&value).unwrap();
        Action::AddProfile { profile, value: Rc::new(value), take: true }
    };
    let total = |workspace: &Workspace, id: &str| match &workspace.project(id).unwrap().held {
        Held::Loaded(entry) => entry.template.profile.weights.total.value.to_plain(0),
        Held::Stored | Held::Unreadable(_) => String::new(),
    };
    let document = |workspace: &Workspace| Box::new((**workspace.entry().unwrap().document()).clone());
    let workspace = after(opened(), [load("120")]);
    assert_eq!((total(&workspace, "a"), workspace.entry().unwrap().document().profile.as_str()), ("120".to_owned(), "county"));
    // A second project with the same profile, left behind in memory, follows too.
    let copy = Action::Add { id: "b".into(), document: document(&workspace), own: true };
    let workspace = after(workspace, [copy, load("150")]);
    assert_eq!((total(&workspace, "a"), total(&workspace, "b")), ("150".to_owned(), "150".to_owned()));
    // A project that waited for a profile gets it, though nothing in it changed.
    let mut waiting = document(&opened());
    waiting.profile = "county".to_owned();
    let workspace = after(opened(), [Action::Add { id: "c".into(), document: waiting, own: false }]);
    assert_eq!(total(&workspace, "c"), "100");
    assert_eq!(total(&after(workspace, [load("130")]), "c"), "130");
}
