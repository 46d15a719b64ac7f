//! What is chosen for the table as a whole: the unit of its amounts, and the columns that it shows.

use super::*;

const YUAN: Magnitude = Magnitude(0);

fn change(convert: bool) -> Action {
    Action::ChangeUnit { unit: YUAN, convert }
}

fn shown(workspace: &Workspace) -> Vec<(String, bool, bool)> {
    let choices = workspace.entry().unwrap().column_choices();
    choices.into_iter().map(|choice| (choice.label, choice.shown, choice.used)).collect()
}

fn column(workspace: &Workspace, label: &str, shown: bool) -> Action {
    let choices = workspace.entry().unwrap().column_choices();
    let choice = choices.into_iter().find(|choice| choice.label == label).unwrap();
    Action::ShowColumn { table: choice.table, column: choice.column, shown }
}

#[test]
fn the_unit_is_changed_with_the_amounts_or_alone_and_either_way_in_one_step() {
    let amounts = [typed("funds.initial", "180"), typed("funds.adjusted", "1,200.50"), typed("funds.1.initial", "3亿元"), LEFT];
    let before = after(opened(), amounts);
    let convert = after(before.clone(), [Action::Dialog(Dialog::Unit(YUAN)), change(true)]);
    assert_eq!((text(&convert, "funds.initial"), text(&convert, "funds.adjusted")), ("1800000", "12005000.00"));
    assert_eq!(text(&convert, "funds.1.initial"), "3亿元");
    assert_eq!((convert.entry().unwrap().sheet.unit.as_str(), &convert.dialog), ("元", &Dialog::None));
    assert_eq!(convert.message.as_ref().unwrap().offer, Some(Offer::Undo));
    let relabel = after(before.clone(), [change(false)]);
    assert_eq!((text(&relabel, "funds.initial"), relabel.entry().unwrap().sheet.unit.as_str()), ("180", "元"));
    for changed in [convert, relabel] {
        let back = after(changed, [Action::Undo]);
        assert_eq!(back.entry().unwrap().document(), before.entry().unwrap().document());
        assert_eq!(back.entry().unwrap().sheet.unit, "万元");
        assert_eq!(back.message, None);
    }
    // The unit that it is in already is no change.
    let same = after(before.clone(), [Action::ChangeUnit { unit: Magnitude(4), convert: true }]);
    assert_eq!((same.entry().unwrap().document(), &same.message), (before.entry().unwrap().document(), &None));
}

#[test]
fn a_column_is_shown_and_hidden_and_one_that_holds_text_stays() {
    let workspace = opened();
    let is_shown = |workspace: &Workspace, label: &str| shown(workspace).iter().any(|(known, shown, _)| known == label && *shown);
    let widths = |workspace: &Workspace| workspace.entry().unwrap().sheet.grid.len();
    assert!(!is_shown(&workspace, "计算符号") && is_shown(&workspace, "偏差原因分析及改进措施"));
    let more = after(workspace.clone(), [column(&workspace, "计算符号", true)]);
    assert!(is_shown(&more, "计算符号"));
    assert_eq!(widths(&more), widths(&workspace) + 1);
    let sign = cell("indicators.4.sign");
    assert!(more.entry().unwrap().field(sign).is_some());
    let used = after(more.clone(), [typed_into(sign, "≥"), LEFT, column(&more, "计算符号", false)]);
    assert!(is_shown(&used, "计算符号") && shown(&used).iter().any(|(label, _, used)| label == "计算符号" && *used));
    let hidden = after(workspace.clone(), [column(&workspace, "偏差原因分析及改进措施", false)]);
    assert!(!is_shown(&hidden, "偏差原因分析及改进措施") && hidden.entry().unwrap().field(cell("indicators.4.reason")).is_none());
    for changed in [more, hidden] {
        let back = after(changed, [Action::Undo]);
        assert_eq!(shown(&back), shown(&workspace));
        assert_eq!(back.entry().unwrap().sheet, workspace.entry().unwrap().sheet);
    }
}

#[test]
fn what_a_dialog_waited_for_opens_none_that_was_closed() {
    let workspace = opened();
    let project = workspace.open.clone().unwrap();
    let answer = |project: &ProjectId, dialog| Action::Answer { project: project.clone(), dialog };
    let read = || Dialog::Past(Some(Rc::from([])));
    let waits = after(workspace.clone(), [Action::Dialog(Dialog::Past(None))]);
    assert_eq!(after(waits.clone(), [answer(&project, read())]).dialog, read());
    // Closed by Esc before the versions were read; another dialog; another project.
    assert_eq!(after(waits.clone(), [Action::Dialog(Dialog::None), answer(&project, read())]).dialog, Dialog::None);
    assert_eq!(after(waits.clone(), [Action::Dialog(Dialog::Help), answer(&project, read())]).dialog, Dialog::Help);
    assert_eq!(after(waits, [answer(&ProjectId::from("other"), read())]).dialog, Dialog::Past(None));
    let fills = after(workspace, [Action::Dialog(Dialog::Template(None)), answer(&project, Dialog::None)]);
    assert_eq!(fills.dialog, Dialog::None);
}
