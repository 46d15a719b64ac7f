//! What must hold for every document: nothing panics, explanations agree with the evaluation, scores stay in range.

mod support;

use jixiao::chart::charts;
use jixiao::document::{Document, Edit, History, apply};
use jixiao::engine::{Outcome, computed_cell};
use jixiao::evaluate;
use jixiao::explain::{computed_cells, explain};
use jixiao::layout::layout;
use jixiao::number::Exact;
use jixiao::template::{Library, Role, Template};
use jixiao::wording;
use proptest::prelude::*;
use support::{cases, library};

/// Texts that people, spreadsheets and scanners put into cells.
const TEXTS: [&str; 50] = [
    "",
    " ",
    "0",
    "-1",
    "100",
    "82",
    "4.6",
    "46%",
    "０．５",
    "1，234",
    "1,23",
    "≥95%",
    "95%以上",
    "≤10次",
    "不超过90万元",
    "=0件",
    "12月底前",
    "9月前",
    "2021年12月",
    "7*24小时",
    "/",
    "——",
    "不适用",
    "无",
    "达成预期指标",
    "部分达成",
    "未完成",
    "是",
    "否",
    "90%-95%",
    "63%~68%",
    "99999999999999999999999999999999999999999",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "-79228162514264337593543950335",
    "1e9",
    "NaN",
    "%",
    "。",
    "万元",
    "480000",
    "180 万元",
    "２０２０",
    "优秀",
    "higher-better",
    "tier",
    "met",
    "扣分项",
    "2021年批复下达预算48万元，支付6万元，支付42.48万元，结余480000元，执行率40%，自评得分85分，等级为“良”。",
    "24.90万是2019年的费用，148.00万是2020年费用；对2020年度另一名称项目开展绩效自评；站点3个（甲、乙、丙、丁）",
];

fn templates(library: &Library) -> Vec<Template> {
    library
        .forms
        .iter()
        .flat_map(|form| {
            library.profiles.iter().map(|profile| Template { form: form.clone(), profile: profile.clone() }).collect::<Vec<_>>()
        })
        .collect()
}

/// Everything that looks at a document, for panics.
fn look_at(library: &Library, template: &Template, document: &Document) {
    let evaluation = evaluate(template, document);
    let sheet = layout(template, document, &evaluation, None);
    assert!(!sheet.sections.is_empty());
    for chart in charts(template, document, &evaluation) {
        let bars = chart.groups.iter().flat_map(|group| &group.bars);
        let spans = bars.flat_map(|bar| [bar.span, bar.frame]).flatten();
        assert!(spans.into_iter().all(|span| u32::from(span.start) + u32::from(span.length) <= 1000), "{chart:?}");
    }
    for finding in &evaluation.findings {
        assert!(!finding.at.is_empty(), "{finding:?}");
        let text = wording::finding(finding, template, document).text;
        assert!(!text.is_empty() && !text.contains("  "), "{text}");
    }
    for cell in computed_cells(template, document) {
        let explanation = explain(library, template, document, &evaluation, cell);
        if let (Some(explanation), Some(eval)) = (explanation, computed_cell(&evaluation, cell)) {
            assert_eq!(explanation.value, eval.computed, "{}", cell.name(&template.form));
        }
    }
    if let Some(score) = &evaluation.score {
        for rows in &evaluation.tables {
            for row in rows {
                if let (Outcome::Value(score), Outcome::Value(weight)) = (&row.suggested, &row.weight) {
                    assert!(score <= weight, "a suggestion never exceeds the points: {score:?} of {weight:?}");
                }
            }
        }
        assert!(score.by_rule.gate.is_none() || score.by_rule.total.value().is_some());
    }
}

/// A document of a form with texts put into cells, by a generated recipe.
fn filled(template: &Template, recipe: &[(usize, String)]) -> Document {
    let mut document = Document::blank(&template.form);
    for (place, text) in recipe {
        let fixed = document.cells.len();
        let total = fixed + document.tables.iter().flatten().map(|row| row.cells.len()).sum::<usize>();
        let mut at = place % total;
        if at < fixed {
            document.cells[at] = jixiao::document::Typed::new(text);
            continue;
        }
        at -= fixed;
        'rows: for table in &mut document.tables {
            for row in table {
                if at < row.cells.len() {
                    std::rc::Rc::make_mut(row).cells[at] = jixiao::document::Typed::new(text);
                    break 'rows;
                }
                at -= row.cells.len();
            }
        }
    }
    document
}

fn recipe() -> impl Strategy<Value = Vec<(usize, String)>> {
    let text = prop_oneof![
        6 => prop::sample::select(TEXTS.to_vec()).prop_map(str::to_owned),
        1 => ".{0,12}",
        1 => "[0-9.,%元万≥≤<>=年月日/—-]{0,10}",
    ];
    prop::collection::vec((any::<usize>(), text), 0..120)
}

/// 400 documents each, or as many as `PROPTEST_CASES` says: a long run now and then finds what a short one does not.
fn how_many() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: how_many(), ..ProptestConfig::default() })]

    /// Documents of every form under every profile, with up to 120 cells of any text.
    #[test]
    fn any_text_in_any_cell_is_evaluated(recipe in recipe(), which in any::<usize>()) {
        let library = library();
        let templates = templates(&library);
        let template = &templates[which % templates.len()];
        look_at(&library, template, &filled(template, &recipe));
    }

    #[test]
    fn undo_takes_back_every_edit(recipe in recipe(), which in any::<usize>(), rows in prop::collection::vec((0u8..5, 0u32..30), 0..8)) {
        let library = library();
        let templates = templates(&library);
        let template = &templates[which % templates.len()];
        let start = filled(template, &recipe);
        let mut history = History::new(start.clone());
        for (kind, row) in rows {
            let table = (row % u32::try_from(template.form.tables.len()).unwrap()) as u8;
            let edit = match kind {
                0 => Edit::AddRow { table, after: Some(row) },
                1 => Edit::CopyRow { table, row },
                2 => Edit::RemoveRow { table, row },
                3 => Edit::MoveRow { table, row, by: if row % 2 == 0 { 1 } else { -1 } },
                _ => Edit::Paste { at: jixiao::document::CellId::Row { table, row, column: 0 }, block: vec![vec!["1".into(), "2".into()]; 3] },
            };
            history.edit(&template.form, &edit);
            look_at(&library, template, history.document());
        }
        let end = history.document().clone();
        while history.undo().is_some() {}
        prop_assert_eq!(&**history.document(), &start);
        while history.redo().is_some() {}
        prop_assert_eq!(history.document(), &end);
    }
}

#[test]
fn explanation_and_evaluation_agree_on_every_cell_of_every_case() {
    let library = library();
    let mut explained = 0;
    for case in cases(&library) {
        let evaluation = evaluate(&case.template, &case.document);
        for cell in computed_cells(&case.template, &case.document) {
            let Some(explanation) = explain(&library, &case.template, &case.document, &evaluation, cell) else { continue };
            let computed = match (computed_cell(&evaluation, cell), cell) {
                (Some(eval), _) => eval.computed.clone(),
                (None, jixiao::document::CellId::Row { table, row, .. }) => evaluation.row(table, row).unwrap().suggested.clone(),
                // A grade is read from the total, or from the mean of several years.
                (None, jixiao::document::CellId::Fixed(_)) => match &evaluation.score {
                    Some(score) => score.entered.total.clone(),
                    None => Outcome::Value(Exact::from_decimal(evaluation.graded.unwrap())),
                },
            };
            assert_eq!(explanation.value, computed, "{} {}", case.name, cell.name(&case.template.form));
            explained += 1;
        }
    }
    assert!(explained > 200, "{explained} cells explained");
}

#[test]
fn the_order_of_rows_does_not_matter_to_the_totals() {
    for case in cases(&library()) {
        let mut turned = case.document.clone_reversed();
        turned.profile.clone_from(&case.document.profile);
        let (a, b) = (evaluate(&case.template, &case.document), evaluate(&case.template, &turned));
        let total = |evaluation: &jixiao::engine::Evaluation| evaluation.score.as_ref().map(|score| score.entered.sum.value());
        assert_eq!(total(&a), total(&b), "{}", case.name);
    }
}

trait Reversed {
    fn clone_reversed(&self) -> Document;
}

impl Reversed for Document {
    fn clone_reversed(&self) -> Document {
        let mut document = self.clone();
        document.tables.iter_mut().for_each(|rows| rows.reverse());
        document
    }
}

#[test]
fn an_edit_that_changes_nothing_is_no_step() {
    let template = &templates(&library())[0];
    let mut history = History::new(Document::blank(&template.form));
    let at = jixiao::document::CellId::Fixed(template.form.role(Role::ProjectName).unwrap());
    history.edit(&template.form, &Edit::Set { cell: at, text: String::new() });
    assert!(!history.can_undo());
    history.edit(&template.form, &Edit::Set { cell: at, text: "甲".into() });
    history.edit(&template.form, &Edit::Set { cell: at, text: "甲乙".into() });
    assert!(history.undo().is_some() && !history.can_undo(), "typing in one cell is one step");
    assert_eq!(apply(history.document(), &template.form, &Edit::SetProfile("x".into())).profile, "x");
}
