//! 等级, by the bands of the profile.

use super::Sheets;
use super::places::{Holds, Places};
use crate::engine::{Values, grade_of};
use crate::id::CellId;
use crate::number::Exact;
use crate::prelude::*;
use crate::template::{Formula, Role, Rule};

/// The formula of a grade.
pub(super) struct Graded {
    pub(super) cell: CellId,
    pub(super) formula: String,
    /// What it gives now.
    pub(super) now: String,
}

/// The cell of the grade, where the form computes one.
pub(super) fn cell(values: &Values<'_>) -> Option<CellId> {
    let form = &values.template.form;
    let is_grade = |rule: &Option<Formula>| *rule == Some(Formula::Rule(Rule::Grade));
    (0..).zip(form.table_cells()).find(|(_, cell)| is_grade(&cell.formula)).map(|(at, _)| CellId::Fixed(at))
}

/// The formula of the grade: of the total, or of the mean of several years.
pub(super) fn formula(values: &Values<'_>, places: &Places<'_>, from: Sheets) -> Option<Graded> {
    let cell = cell(values)?;
    let (form, profile) = (&values.template.form, &values.template.profile);
    let grades = profile.grades.as_ref()?;
    let graded = CellId::Fixed(form.role(Role::ScoreTotal).or_else(|| form.role(Role::MeanScore))?);
    let is_mean = form.role(Role::ScoreTotal).is_none();
    let printed = places.held.get(&graded).map(|held| (places.name(held.at, from), held.holds));
    let computed = places.computed.get(&graded).map(|at| places.name(*at, from));
    // A typed total is no basis for a grade where the scores give one; a typed mean is.
    let (total, waits) = match (printed, computed) {
        (Some((printed, Holds::Number { .. })), Some(computed)) if !is_mean => {
            (format!("IF(COUNT({computed})=0,{printed},{computed})"), format!("{printed},{computed}"))
        }
        (Some((printed, _)), _) => (printed.clone(), printed),
        (None, Some(computed)) => (computed.clone(), computed),
        (None, None) => return None,
    };
    let score = format!("ROUND({total},{})", profile.rounding.total.dp);
    let (last, others) = grades.bands.split_last()?;
    let text = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let band =
        |rest: String, band: &crate::template::Band| format!("IF({score}>={},{},{rest})", band.from.to_text(), text(&band.name));
    let formula = others.iter().rev().fold(text(&last.name), band);
    let now = places.evaluation.graded.and_then(|graded| grade_of(grades, Exact::from_decimal(graded)));
    Some(Graded {
        cell,
        formula: format!("IF(COUNT({waits})=0,\"\",{formula})"),
        now: now.map(|band| band.name.clone()).unwrap_or_default(),
    })
}
