//! 等级, by the bands of the profile.

use super::Sheets;
use super::places::{Held, Holds, Places};
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

/// The cell that the grade is given for: the total, or the mean of several years.
pub(super) fn graded(values: &Values<'_>) -> Option<CellId> {
    let form = &values.template.form;
    form.role(Role::ScoreTotal).or_else(|| form.role(Role::MeanScore)).map(CellId::Fixed)
}

/// The formula of the grade: of the total, or of the mean of several years.
pub(super) fn formula(values: &Values<'_>, places: &Places<'_>, from: Sheets) -> Option<Graded> {
    let cell = cell(values)?;
    let (form, profile) = (&values.template.form, &values.template.profile);
    let grades = profile.grades.as_ref()?;
    let graded = graded(values)?;
    let is_mean = form.role(Role::ScoreTotal).is_none();
    // 90% of points are 90.
    let own = |held: &Held| match held.holds {
        Holds::Number { percent, .. } => (format!("{}{}", places.name(held.at, from), if percent { "*100" } else { "" }), true),
        Holds::Text | Holds::Blank | Holds::Formula => (places.name(held.at, from), false),
    };
    let held = places.held.get(&graded).map(own);
    // A number that stands in words is read where it is written down apart.
    let printed = places.read.get(&graded).map(|at| (places.name(*at, from), true)).or(held.clone());
    // Where the scores give another total, and no formula can be written for it, the grade is that of the number that they give.
    let typed = values.typed(graded).value().filter(|_| held.as_ref().is_none_or(|(_, number)| *number));
    let band_of = |number: Exact| grade_of(grades, number).map(|band| band.name.as_str());
    let given = places.evaluation.graded.map(Exact::from_decimal);
    let other = typed.zip(given).filter(|(typed, given)| band_of(*typed) != band_of(*given)).map(|(_, given)| given.to_text());
    let computed = places.computed.get(&graded).map(|at| places.name(*at, from)).or(other);
    // A typed total is no basis for a grade where the scores give one; a typed mean is.
    let (total, waits) = match (printed, computed) {
        (Some((printed, true)), Some(computed)) if !is_mean => {
            (format!("IF(COUNT({computed})=0,{printed},{computed})"), format!("{printed},{computed}"))
        }
        (Some((_, false)), Some(computed)) if !is_mean => (computed.clone(), computed),
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
        formula: format!("IF(COUNT({})=0,\"\",{formula})", waits.replace("*100", "")),
        now: now.map(|band| band.name.clone()).unwrap_or_default(),
    })
}
