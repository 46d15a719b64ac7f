//! Pasting into the open table.

use super::*;
use crate::page::store::paste::{Laid, Taken};
use jixiao::paste::{Block, lines, paste};
use jixiao::template::Labels;

/// What the module for office files makes of a text, put in.
fn pasted(before: Workspace, at: &str, text: &str) -> Workspace {
    let entry = before.entry().unwrap();
    let (form, at) = (&entry.template.form, cell(at));
    let pasted = paste(form, entry.document(), &entry.sheet, at, &Block::of_text(text).unwrap(), &Labels::builtin());
    let over = entry.document().clone();
    after(before, [Action::Pasted(Box::new(Laid { into: "a".into(), at, over, pasted, note: None }))])
}

/// The parts of what is said, with slashes between, and what is offered.
fn said(workspace: &Workspace) -> (String, Option<&Offer>) {
    let parts = |title: &str| title.replace(['\u{FF1B}', '\u{FF0C}'], "/");
    workspace.message.as_ref().map_or((String::new(), None), |message| (parts(&message.title), message.offer.as_ref()))
}

#[test]
fn a_pasted_block_is_one_step_and_said() {
    let workspace = pasted(opened(), "indicators.12.indicator", "三级指标\t指标值\n甲\t≥1个\n乙\t≥2个\n");
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
    let workspace = pasted(before, "indicators.4.weight", "10\t9\t无\t多\n");
    assert_eq!(said(&workspace), ("已粘贴1行×3列/覆盖原有内容1格/1格未粘贴".into(), Some(&Offer::Pasted)));
    let message = workspace.message.clone().unwrap();
    assert!(message.serious && message.lines[0].contains("最右一列：“多”"), "{:?}", message.lines);
    assert_eq!(workspace.pasted.as_ref().unwrap().rest(), "多");
    // Typing on takes nothing of it away, another paste and another project do.
    let on = after(workspace.clone(), [typed("indicators.5.weight", "1")]);
    assert_eq!((said(&on).1, on.pasted.is_some()), (Some(&Offer::Pasted), true));
    assert!(pasted(workspace.clone(), "indicators.4.weight", "1\t2").pasted.is_none());
    assert!(after(workspace, [Action::Close]).pasted.is_none());
}

#[test]
fn a_number_that_may_be_two_is_asked() {
    let workspace = pasted(opened(), "funds.initial", "8324,23\t180\n");
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
        let after = pasted(before.clone(), "indicators.4.indicator", text);
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
        Taken::Block(at) => format!("block at {}", at.name(&workspace.entry().unwrap().template.form)),
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
}

#[test]
fn what_comes_too_late_changes_nothing() {
    let before = opened();
    let entry = before.entry().unwrap();
    let (form, at) = (&entry.template.form, cell("indicators.4.weight"));
    let laid = Laid {
        into: "a".into(),
        at,
        over: entry.document().clone(),
        pasted: lines(form, entry.document(), &entry.sheet, at, "10\n20"),
        note: None,
    };
    let late = |first: Action| {
        let workspace = after(before.clone(), [first, Action::Pasted(Box::new(laid.clone()))]);
        (workspace.message.as_ref().unwrap().title.clone(), workspace.pasted.is_some())
    };
    assert_eq!(late(Action::Close), (text::pasted_too_late(false), false));
    assert_eq!(late(Action::AddRow(Some((1, None)))), (text::pasted_too_late(true), false));
    assert!(late(typed("indicators.5.indicator", "甲")).0.starts_with("已粘贴2行×1列"));
}
