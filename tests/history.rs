//! What undo goes back to: pauses of typing, and everything that was ever there.

use jixiao::document::{CellId, Document, Edit, History, differences};
use jixiao::template::{Library, Role, Template};
use jixiao::wording;
use proptest::prelude::*;

thread_local! {
    /// Loaded once: it costs more than the thousand edits of a test.
    static NATIONAL: Template = Library::builtin().0.template("national", "").unwrap();
}

fn national() -> Template {
    NATIONAL.with(Template::clone)
}

fn name_cell(template: &Template) -> CellId {
    CellId::Fixed(template.form.role(Role::ProjectName).unwrap())
}

fn text(history: &History, cell: CellId) -> String {
    history.document().typed(cell).text().to_owned()
}

/// What a person sees going back to the very beginning, from the last text on.
fn ways_back(history: &mut History, cell: CellId) -> Vec<String> {
    let mut seen = vec![text(history, cell)];
    while history.undo().is_some() {
        seen.push(text(history, cell));
    }
    seen
}

#[test]
fn a_step_ends_where_the_person_turned_to_something_else() {
    // What the field held after each key; `|` is a pause. Then what undo shows, the last text first.
    let cases: &[(&[&str], &[&str])] = &[
        (&["公", "公路", "公路养"], &["公路养", ""]),
        (&["公", "公路", "|", "公路养", "公路养护"], &["公路养护", "公路", ""]),
        // Taking away is another step than writing; both go on by themselves.
        (&["12", "123", "12", "1", "", "4", "45"], &["45", "", "123", ""]),
        // Typing over a selection begins a step, and goes on as writing.
        (&["12", "|", "3", "34"], &["34", "12", ""]),
        (&["甲乙丙", "|", "甲丁丙", "甲丁戊丙"], &["甲丁戊丙", "甲乙丙", ""]),
        // The caret was set elsewhere.
        (&["a", "ab", "abc", "xabc", "xyabc"], &["xyabc", "abc", ""]),
        (&["ab", "abc", "|", "bc", "c"], &["c", "abc", ""]),
        (&["abcdef", "|", "abcef", "abcf", "bcf"], &["bcf", "abcf", "abcdef", ""]),
        // The same character again and again is still going on.
        (&["哈", "哈哈", "哈哈哈", "哈哈", "哈"], &["哈", "哈哈哈", ""]),
        (&["1", "11", "111", "1111"], &["1111", ""]),
        // Nothing changed, nothing to take back.
        (&["甲", "甲", "|", "甲"], &["甲", ""]),
        (&["🙂", "🙂a", "🙂", ""], &["", "🙂a", ""]),
        // A whole text at once, as a paste or a fix puts it in.
        (&["180", "一百八十"], &["一百八十", "180", ""]),
    ];
    let template = national();
    let cell = name_cell(&template);
    for (keys, expected) in cases {
        let mut history = History::new(Document::blank(&template.form));
        for key in *keys {
            match *key {
                "|" => history.pause(),
                text => history.edit(&template.form, &Edit::Set { cell, text: text.to_owned() }),
            }
        }
        assert_eq!(ways_back(&mut history, cell), *expected, "{keys:?}");
    }
}

#[test]
fn another_cell_is_another_step() {
    let template = national();
    let mut history = History::new(Document::blank(&template.form));
    let (a, b) = (name_cell(&template), CellId::from_name("total.score", &template.form).unwrap());
    for (cell, text) in [(a, "甲"), (b, "1"), (b, "12"), (a, "甲乙")] {
        history.edit(&template.form, &Edit::Set { cell, text: text.into() });
    }
    assert_eq!(ways_back(&mut history, a), ["甲乙", "甲", "甲", ""]);
}

#[test]
fn what_was_undone_is_still_there_after_going_on() {
    let template = national();
    let cell = name_cell(&template);
    let mut history = History::new(Document::blank(&template.form));
    let set = |history: &mut History, text: &str| {
        history.edit(&template.form, &Edit::Set { cell, text: text.into() });
        history.pause();
    };
    for text in ["甲", "甲乙", "甲乙丙"] {
        set(&mut history, text);
    }
    history.undo();
    history.undo();
    set(&mut history, "甲丁");
    assert!(!history.can_redo());
    // One undo takes back what was typed last, as ever; behind it lies what had been taken back.
    assert_eq!(ways_back(&mut history.clone(), cell), ["甲丁", "甲", "甲乙丙", "甲乙", "甲", ""]);
    history.undo();
    history.undo();
    set(&mut history, "");
    assert!(ways_back(&mut history, cell).contains(&"甲丁".to_owned()));
}

/// Whether all characters of a text stand in another in this order: what was typed in one go stands in the end of the step.
fn within(typed: &str, text: &str) -> bool {
    let mut rest = text.chars();
    typed.chars().all(|character| rest.any(|other| other == character))
}

proptest! {
    /// Keys in two cells, pauses, undo and redo: every text that a field ever held is met on the way back or forth.
    #[test]
    fn no_text_is_out_of_reach(keys in prop::collection::vec((0u8..12, 0usize..6, "[甲乙ab1]"), 1..60)) {
        let template = national();
        let cells = [name_cell(&template), CellId::from_name("total.score", &template.form).unwrap()];
        let mut history = History::new(Document::blank(&template.form));
        let mut held: Vec<(CellId, String)> = Vec::new();
        for (kind, place, sign) in keys {
            let cell = cells[place % 2];
            let mut now: Vec<char> = text(&history, cell).chars().collect();
            let at = place.min(now.len());
            match kind {
                0..=4 => now.push(sign.chars().next().unwrap()),
                5 => now.insert(at, sign.chars().next().unwrap()),
                6 | 7 => drop(now.pop()),
                8 => now = sign.chars().collect(),
                9 => history.pause(),
                10 => drop(history.undo()),
                _ => drop(history.redo()),
            }
            if kind < 9 {
                let text: String = now.into_iter().collect();
                history.edit(&template.form, &Edit::Set { cell, text: text.clone() });
                held.push((cell, text));
            }
        }
        let end = history.document().clone();
        let mut states = vec![end.clone()];
        let mut back = history.clone();
        while back.undo().is_some() {
            states.push(back.document().clone());
        }
        prop_assert_eq!(&**back.document(), &Document::blank(&template.form));
        while history.redo().is_some() {
            states.push(history.document().clone());
        }
        for (cell, typed) in held {
            let found = states.iter().any(|state| within(&typed, state.typed(cell).text()));
            prop_assert!(found, "{} is out of reach", typed);
        }
    }
}

/// What was changed is told cell by cell and row by row, in the words of the form; the same document differs in nothing.
#[test]
fn differences_are_told_in_the_words_of_the_form() {
    let template = national();
    let form = &template.form;
    let (library, _) = Library::builtin();
    let before = Document::blank(form);
    assert_eq!(differences(&before, &before), []);
    let cell = |name: &str| CellId::from_name(name, form).unwrap();
    let mut history = History::new(before.clone());
    let set = |history: &mut History, name: &str, text: &str| {
        history.edit(form, &Edit::Set { cell: cell(name), text: text.to_owned() });
    };
    set(&mut history, "funds.executed", "82");
    set(&mut history, "indicators.5.indicator", "租赁机房");
    let first = (**history.document()).clone();
    set(&mut history, "funds.executed", "180");
    history.edit(form, &Edit::RemoveRow { table: 1, row: 5 });
    let second = (**history.document()).clone();
    let told = |before: &Document, after: &Document| -> Vec<String> {
        let changes = differences(before, after);
        changes.iter().map(|change| wording::history::difference(change, &library, form, before, after)).collect()
    };
    assert_eq!(told(&before, &first), ["年度资金总额·全年执行数 （空）→82", "绩效指标第2行“租赁机房”·三级指标 （空）→租赁机房"]);
    assert_eq!(told(&first, &second), ["年度资金总额·全年执行数 82→180", "删除绩效指标第2行“租赁机房”"]);
    assert_eq!(told(&second, &first), ["年度资金总额·全年执行数 180→82", "增加绩效指标第2行“租赁机房”"]);
    // By names that people know, not by ids.
    let mut rescored = second.clone();
    rescored.profile = "hebei-2020".to_owned();
    assert_eq!(told(&second, &rescored), ["口径 全国通用口径（10＋90）→河北口径（单项得分×权重占比）"]);
    // Having the earlier one back is one step, which can be undone.
    history.replace(first.clone());
    assert_eq!(**history.document(), first);
    history.undo();
    assert_eq!(**history.document(), second);
}

/// Steps are bounded by what they take, too: a text of a megabyte that grows step by step is there as often as fits into 32 MB.
#[test]
fn the_past_is_bounded_in_bytes_and_gives_way_from_its_beginning() {
    let template = national();
    let cell = name_cell(&template);
    let mut history = History::new(Document::blank(&template.form));
    let long = "长".repeat(1 << 20);
    for step in 0..40 {
        history.edit(&template.form, &Edit::Set { cell, text: format!("{step}{long}") });
        history.pause();
        assert!(history.bytes() <= 32 << 20, "{} after {step}", history.bytes());
    }
    let seen = ways_back(&mut history, cell);
    assert_eq!(seen.len(), 11, "the last ten steps of 3 MB each");
    assert!(seen[0].starts_with("39") && seen[10].starts_with("29"));
    assert_eq!(history.bytes(), 0);
    while history.redo().is_some() {}
    assert!(text(&history, cell).starts_with("39") && history.bytes() > 30 << 20);
    // Small steps are bounded by their number alone, and a text that is larger than everything can be taken back all the same.
    let mut history = History::new(Document::blank(&template.form));
    for step in 0..2_100 {
        history.edit(&template.form, &Edit::Set { cell, text: step.to_string() });
        history.pause();
    }
    assert!(history.bytes() < 8 << 20, "{}", history.bytes());
    assert_eq!(ways_back(&mut history, cell).len(), 2_001);
    let mut history = History::new(Document::blank(&template.form));
    let huge = "长".repeat(16 << 20);
    history.edit(&template.form, &Edit::Set { cell, text: huge });
    history.edit(&template.form, &Edit::Set { cell, text: String::new() });
    assert_eq!(ways_back(&mut history, cell).len(), 2, "what was cleared comes back");
}
