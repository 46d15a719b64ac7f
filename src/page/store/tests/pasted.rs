//! Pasting into the open table.

use super::*;
use crate::page::store::paste::Taken;
use jixiao::paste::Block;

fn pasted(at: &str, text: &str) -> Action {
    Action::Pasted { into: "a".into(), at: cell(at), block: Rc::new(Block::of_text(text).unwrap()) }
}

/// The parts of what is said, with slashes between, and what is offered.
fn said(workspace: &Workspace) -> (String, Option<&Offer>) {
    let parts = |title: &str| title.replace(['\u{FF1B}', '\u{FF0C}'], "/");
    workspace.message.as_ref().map_or((String::new(), None), |message| (parts(&message.title), message.offer.as_ref()))
}

#[test]
fn a_pasted_block_is_one_step_and_said() {
    let workspace = after(opened(), [pasted("indicators.12.indicator", "三级指标\t指标值\n甲\t≥1个\n乙\t≥2个\n")]);
    assert_eq!(text(&workspace, "indicators.13.target"), "≥2个");
    assert_eq!(said(&workspace), ("已粘贴2行×2列/表头1行未粘贴/新增1行".into(), Some(&Offer::Undo)));
    assert!(workspace.pasted.is_none());
    let workspace = after(workspace, [Action::Undo]);
    assert_eq!(text(&workspace, "indicators.12.indicator"), "");
    assert_eq!(workspace.entry().unwrap().document().rows(1).len(), 9);
    assert_eq!(said(&workspace), ("".into(), None));
}

#[test]
fn what_finds_no_place_stays_at_hand() {
    let before = after(opened(), [typed("indicators.4.weight", "5"), LEFT]);
    let workspace = after(before, [pasted("indicators.4.weight", "10\t9\t无\t多\n")]);
    assert_eq!(said(&workspace), ("已粘贴1行×3列/覆盖原有内容1格/1格未粘贴".into(), Some(&Offer::Pasted)));
    let message = workspace.message.clone().unwrap();
    assert!(message.serious && message.lines[0].contains("最右一列：“多”"), "{:?}", message.lines);
    assert_eq!(workspace.pasted.as_ref().unwrap().rest(), "多");
    // Typing on takes nothing of it away, another paste and another project do.
    let on = after(workspace.clone(), [typed("indicators.5.weight", "1")]);
    assert_eq!((said(&on).1, on.pasted.is_some()), (Some(&Offer::Pasted), true));
    assert!(after(workspace.clone(), [pasted("indicators.4.weight", "1\t2")]).pasted.is_none());
    assert!(after(workspace, [Action::Close]).pasted.is_none());
}

#[test]
fn a_number_that_may_be_two_is_asked() {
    let workspace = after(opened(), [pasted("funds.initial", "8324,23\t180\n")]);
    assert_eq!(text(&workspace, "funds.initial"), "8324,23");
    assert_eq!(said(&workspace), ("已粘贴1行×2列/1个数待确认".into(), Some(&Offer::Pasted)));
    let asked = workspace.pasted.as_ref().unwrap().asked.clone();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].options, ["8324.23", "832423"]);
}

#[test]
fn what_is_not_pasted_changes_nothing() {
    let before = opened();
    for (text, title) in
        [("三级指标\t指标值\n", "粘贴的内容只有表头/表中没有改动"), ("\t\n\t\n", "粘贴的内容没有文字/表中没有改动")]
    {
        let after = after(before.clone(), [pasted("indicators.4.indicator", text)]);
        assert_eq!(after.entry().unwrap().document(), before.entry().unwrap().document(), "{text:?}");
        assert_eq!(said(&after).0, title);
    }
}

#[test]
fn a_text_is_taken_for_what_it_is() {
    let workspace = opened();
    let take = |name: &str, text: &str| match workspace.take(&FieldName::Cell(cell(name)), text) {
        Taken::AsItIs => "as it is".to_owned(),
        Taken::Cell(text) => text,
        Taken::Block(at, _) => format!("block at {}", at.name(&workspace.entry().unwrap().template.form)),
        Taken::TooLarge => "too large".to_owned(),
    };
    for (name, text, expected) in [
        ("indicators.4.indicator", "甲\n乙", "block at indicators.4.indicator"),
        ("indicators.4.indicator", "甲", "as it is"),
        ("indicators.4.indicator", "甲\r\n", "甲"),
        ("indicators.4.indicator", "\"甲\n乙\"\r\n", "甲\n乙"),
        ("indicators.4.reason", "甲\t1\n乙\t2", "block at indicators.4.reason"),
        ("indicators.4.reason", "一是…\n二是…", "as it is"),
        ("indicators.4.reason", "一是…\n二是…\n", "一是…\n二是…"),
        ("goal_expected", "一、\t修路\n二、修桥", "as it is"),
        ("goal_expected", "修路\t完成\n修桥\t完成", "block at goal_expected"),
        ("project_name", "甲\t乙\n丙", "block at project_name"),
        ("project_name", "甲\n乙", "as it is"),
        ("project_name", "180\n", "180"),
        ("funds.executed", "82\r62\r20", "block at funds.executed"),
        // Neither the year nor the foot nor the report has cells beside it.
        ("fiscal_year", "2023\t2024", "as it is"),
        ("report.pasted", "表\t1\n表\t2", "as it is"),
        ("report.pasted", "正文\n", "as it is"),
    ] {
        assert_eq!(take(name, text), expected, "{name} {text:?}");
    }
    let large = "1\t2\n".repeat(200_000);
    assert_eq!(take("indicators.4.indicator", &large), "too large");
}
