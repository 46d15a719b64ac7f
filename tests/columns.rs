//! Columns that some forms print and others do not: what stands in one cell or in two means the same, and what is hidden is as good as not there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use jixiao::document::{CellId, Document, Edit, apply};
use jixiao::engine::{Evaluation, RowEval};
use jixiao::evaluate;
use jixiao::prose::{Bonus, bonus};
use jixiao::template::{Form, Template};
use std::rc::Rc;
use support::library;

#[test]
fn a_standard_says_what_it_adds() {
    let file: toml::Table = include_str!("columns/bonus.toml").parse().unwrap();
    let mut read = 0;
    for entry in file["text"].as_array().unwrap() {
        for text in entry["of"].as_array().unwrap() {
            let text = text.as_str().unwrap();
            let found = match bonus(text) {
                Some(Bonus::Points(points)) => points.to_plain(4),
                Some(Bonus::Open) => "open".to_owned(),
                None => "none".to_owned(),
            };
            assert_eq!(found, entry["says"].as_str().unwrap(), "{text}");
            read += 1;
        }
    }
    assert!(read > 35);
}

/// The national form with one indicator row.
struct Row {
    form: Rc<Form>,
    document: Document,
}

impl Row {
    fn new(cells: &toml::Table) -> Row {
        let form = library().form("national").unwrap();
        let (table, def) = form.indicators().unwrap();
        let mut document = Document::blank(&form);
        let id = document.rows(table)[0].id;
        for (name, text) in cells {
            let column = def.column_index(name).unwrap_or_else(|| panic!("no column {name}"));
            let cell = CellId::Row { table, row: id, column };
            document = apply(&document, &form, &Edit::Set { cell, text: text.as_str().unwrap().to_owned() });
        }
        Row { form, document }
    }

    fn template(&self) -> Template {
        self.document.template(&library()).unwrap()
    }

    fn evaluated(&self) -> Evaluation {
        evaluate(&self.template(), &self.document)
    }

    fn eval(&self) -> Rc<RowEval> {
        let (table, _) = self.form.indicators().unwrap();
        self.evaluated().rows(table)[0].clone()
    }

    /// What is found at the score of the row.
    fn codes(&self) -> Vec<String> {
        let (table, def) = self.form.indicators().unwrap();
        let score = CellId::Row { table, row: self.document.rows(table)[0].id, column: def.column_index("score").unwrap() };
        let evaluation = self.evaluated();
        let at_score = evaluation.findings.iter().filter(|finding| finding.at.first() == Some(&score));
        let mut codes: Vec<String> = at_score.map(|finding| format!("{:?}", finding.code)).collect();
        codes.sort();
        codes.dedup();
        codes
    }
}

fn cells(entry: &toml::Value, key: &str) -> toml::Table {
    let mut cells = entry["row"].as_table().cloned().unwrap_or_default();
    cells.extend(entry[key].as_table().unwrap().clone());
    cells
}

/// A row with sign, number and unit in cells of their own is scored like the same row with all in one cell.
#[test]
fn parts_in_cells_of_their_own_mean_the_same() {
    let file: toml::Table = include_str!("columns/apart.toml").parse().unwrap();
    let mut compared = 0;
    for entry in file["case"].as_array().unwrap() {
        let (joined, apart) = (Row::new(&cells(entry, "joined")).eval(), Row::new(&cells(entry, "apart")).eval());
        let about = entry["about"].as_str().unwrap();
        assert_eq!((apart.kind, apart.state), (joined.kind, joined.state), "{about}");
        assert_eq!(apart.suggested_shown, joined.suggested_shown, "{about}");
        if let Some(score) = entry.get("score") {
            let shown = joined.suggested_shown.map_or("-".to_owned(), |score| score.normalize().to_string());
            assert_eq!(shown, score.as_str().unwrap(), "{about}");
        }
        compared += 1;
    }
    assert!(compared > 20);
}

/// 得分系数 and 复核分.
#[test]
fn a_coefficient_gives_the_score_and_a_review_changes_none() {
    let file: toml::Table = include_str!("columns/coefficient.toml").parse().unwrap();
    for entry in file["case"].as_array().unwrap() {
        let about = entry["about"].as_str().unwrap();
        let row = Row::new(entry["row"].as_table().unwrap());
        let counted = row.eval().counted.value().map_or("-".to_owned(), |score| score.to_plain(4));
        assert_eq!(counted, entry["counts"].as_str().unwrap(), "{about}");
        let expected: Vec<String> =
            entry["finds"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect();
        assert_eq!(row.codes(), expected, "{about}");
        // Another's score never changes the filler's.
        for review in ["0", "5", "100", "/", "另议"] {
            let mut cells = entry["row"].as_table().unwrap().clone();
            cells.insert("review".into(), review.into());
            let reviewed = Row::new(&cells);
            assert_eq!(
                (reviewed.eval().counted.clone(), reviewed.eval().by_rule.clone()),
                (row.eval().counted.clone(), row.eval().by_rule.clone()),
                "{about}"
            );
            let total = |row: &Row| row.evaluated().score.map(|score| (score.entered, score.by_rule));
            assert_eq!(total(&reviewed), total(&row), "{about}");
        }
    }
}
