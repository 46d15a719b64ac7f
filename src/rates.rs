//! The rate calculator (比率计算): numbers in, a rate with its formula, its base and its source out.
//!
//! A [`Rate`] is a form of a few cells, so everything is the engine's own: reading, computing, explaining and comparing.

use crate::document::{CellId, Document, Edit, apply};
use crate::engine::calc::Direct;
use crate::engine::{Evaluation, Outcome, Values, computed_cell, formula, printed_units};
use crate::evaluate;
use crate::explain::{citations, explain, one_line};
use crate::finding::{Code, Facts};
use crate::number::{Agreement, Magnitude};
use crate::prelude::*;
use crate::template::{CellKind, Citation, Library, Rate, RateCheck, RelationKind, Template};
use crate::wording::{self, rates as words};
use rust_decimal::Decimal;

/// What is typed into the calculator for one rate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// By the id of the input.
    pub texts: SortedMap<String, String>,
    /// The result as it was printed somewhere, to be compared.
    pub printed: String,
    /// The unit of amounts without one; `None` for the rate's own.
    pub unit: Option<Magnitude>,
}

/// What comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Unrounded: a rate as a ratio, an amount in 元.
    pub value: Outcome,
    /// Rounded, with its unit: 45.56%. `None` where there is no value.
    pub shown: Option<String>,
    /// What the value is called: 绿灯.
    pub band: Option<String>,
    /// Formula with names, with numbers, and the unrounded result; or what is missing.
    pub lines: Vec<String>,
    /// Everything in one line, to be copied.
    pub line: Option<String>,
    /// What is not right with what was typed, or has to be known about the result.
    pub remarks: Vec<String>,
    /// How the printed result agrees.
    pub compared: Option<Agreement>,
    /// The same as a sentence.
    pub comparison: Option<String>,
    /// The rate's own source first.
    pub sources: Vec<Citation>,
}

/// Computes a rate. Total: every text gives an answer.
pub fn answer(library: &Library, rate: &Rate, entered: &Entered) -> Answer {
    let template = template(rate, entered.unit);
    let texts = rate.inputs.iter().filter_map(|input| Some((input.cell, entered.texts.get(&input.id)?.clone()))).collect();
    let document = apply(&Document::blank(&template.form), &template.form, &Edit::SetMany(texts));
    let evaluation = evaluate(&template, &document);
    let cell = rate.result;
    let missing = missing(rate, &document);
    let mut remarks = unreadable(rate, &evaluation);
    let explained = explain(library, &template, &document, &evaluation, cell);
    let mut sources = citations(library, vec![rate.source.clone()]);
    let mut lines: Vec<String> = Vec::new();
    if let Some(explained) = &explained {
        lines = explained.text().lines().map(ToOwned::to_owned).collect();
        let others = explained.sources.iter().filter(|source| sources.first() != Some(*source)).cloned();
        sources.extend(others.collect::<Vec<_>>());
    }
    let (value, shown) = computed(&evaluation, cell);
    if !missing.is_empty() {
        lines.truncate(1);
        lines.push(words::missing(&missing));
        let value = Outcome::nothing();
        return Answer { value, shown: None, band: None, lines, line: None, remarks, compared: None, comparison: None, sources };
    }
    let values = Values::of(&template, &document, &evaluation);
    remarks.extend(rate.checks.iter().filter(|check| !holds(check, &values)).map(|check| check.say.clone()));
    let band = value.value().and_then(|value| rate.band(value)).map(|band| band.name.clone());
    let line = one_line(&template, &document, &evaluation, cell).map(|line| words::with_band(&line, band.as_deref()));
    let unit = match cell.kind(&template.form) {
        CellKind::Amount => template.form.unit_name(),
        kind => wording::kind_unit(kind),
    };
    let shown = shown.map(|shown| format!("{shown}{unit}"));
    let mut compared = None;
    if !entered.printed.trim().is_empty() {
        let document = apply(&document, &template.form, &Edit::Set { cell, text: entered.printed.clone() });
        let evaluation = evaluate(&template, &document);
        compared = agreement(&evaluation, cell);
        if compared.is_none() && value.value().is_some() {
            remarks.push(words::not_compared(&entered.printed));
        }
    }
    let printed = value.value().and_then(|value| printed_units(&template.form, cell.kind(&template.form), value));
    let comparison = compared.map(|agreement| words::compared(&entered.printed, cell.kind(&template.form), agreement, printed));
    Answer { value, shown, band, lines, line, remarks, compared, comparison, sources }
}

/// The rate's form in the unit that amounts are typed in.
fn template(rate: &Rate, unit: Option<Magnitude>) -> Template {
    let form = unit.filter(|_| rate.free_unit).map_or_else(|| rate.form.clone(), |unit| rate.form.in_unit(unit));
    Template { form, profile: rate.profile.clone() }
}

/// The labels of what still has to be typed.
fn missing(rate: &Rate, document: &Document) -> Vec<String> {
    let is_blank = |cell: CellId| document.typed(cell).is_blank();
    let wanted = |input: &&crate::template::RateInput| {
        let with = input.with.as_ref().and_then(|id| rate.input(id));
        is_blank(input.cell) && (!input.optional || with.is_some_and(|with| !is_blank(with.cell)))
    };
    let any = rate.inputs.iter().any(|input| !is_blank(input.cell));
    let mut missing: Vec<String> = rate.inputs.iter().filter(wanted).map(|input| input.label.clone()).collect();
    if missing.is_empty() && !any {
        // Where each may stay blank, one is wanted.
        missing.extend(rate.inputs.first().map(|input| input.label.clone()));
    }
    missing
}

/// The unrounded value of the result, and as it is printed.
fn computed(evaluation: &Evaluation, cell: CellId) -> (Outcome, Option<Decimal>) {
    match (computed_cell(evaluation, cell), cell) {
        (Some(eval), _) => (eval.computed.clone(), eval.shown),
        (None, CellId::Row { table, row, .. }) => match evaluation.row(table, row) {
            Some(eval) => (eval.suggested.clone(), eval.suggested_shown),
            None => (Outcome::nothing(), None),
        },
        (None, CellId::Fixed(_)) => (Outcome::nothing(), None),
    }
}

fn agreement(evaluation: &Evaluation, cell: CellId) -> Option<Agreement> {
    match (computed_cell(evaluation, cell), cell) {
        (Some(eval), _) => eval.agreement,
        (None, CellId::Row { table, row, .. }) => evaluation.row(table, row)?.agreement,
        (None, CellId::Fixed(_)) => None,
    }
}

/// What could not be read as a number, by the label of its field.
fn unreadable(rate: &Rate, evaluation: &Evaluation) -> Vec<String> {
    let sentence = |finding: &crate::finding::Finding| match &finding.facts {
        Facts::Unreadable { text, why } if finding.code == Code::N01 => {
            let at = finding.at.first()?;
            let input = rate.inputs.iter().find(|input| input.cell == *at)?;
            Some(wording::unreadable(&input.label, text, *why))
        }
        _ => None,
    };
    evaluation.findings.iter().filter_map(sentence).collect()
}

/// Whether a relation holds; where a side has no value there is nothing to say.
fn holds(check: &RateCheck, values: &Values<'_>) -> bool {
    let side = |expr| formula::fixed(&mut Direct, values, expr).value();
    match (side(&check.left), side(&check.right)) {
        (Some(left), Some(right)) => match check.kind {
            RelationKind::AtMost => left <= right,
            RelationKind::Equal | RelationKind::Tail => left == right,
        },
        _ => true,
    }
}
