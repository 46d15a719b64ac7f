//! What must hold for every document: nothing panics, explanations agree with the evaluation, scores stay in range.

#[path = "support/recipe.rs"]
mod recipe;
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
use recipe::{filled, how_many, recipe, templates};
use support::{cases, library};

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
                _ => {
                    let next = history.document().next_row;
                    let cell = |row, column| (jixiao::document::CellId::Row { table, row, column }, row.to_string());
                    let cells = vec![cell(row, 0), cell(next, 0), cell(next, 1), cell(next + 9, 1)];
                    Edit::Paste { at: cells[0].0, rows: vec![(table, 2)], cells }
                }
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
