//! 改正: what mends a finding, together with what follows from it. A check proposes a change of the cells that it is about; here it is tried
//! out, so that nothing is offered that would only move a fault to another place.

use crate::document::{CellId, Document, Edit, apply};
use crate::engine::{Evaluation, computed_cell};
use crate::evaluate::evaluate;
use crate::finding::{Finding, printed};
use crate::id::{Code, Severity};
use crate::number::Agreement;
use crate::prelude::*;
use crate::template::Template;

/// So often a change may bring another with it: a source its total, that the rate, that the score, that the sum, that the grade.
const ROUNDS: usize = 6;

/// What mends a finding of an evaluation: it sets the cells that the finding is about, and the printed sums, rates and grades that would no
/// longer agree. `None` where no change certainly does, or where any would leave another fault behind.
pub fn fix(template: &Template, document: &Document, evaluation: &Evaluation, finding: &Finding) -> Option<Edit> {
    let known: Vec<(Code, CellId)> = evaluation.findings.iter().filter_map(place).collect();
    let mut texts = texts(finding.proposal.as_ref()?)?;
    for _ in 0..ROUNDS {
        let edit = Edit::SetMany(texts.clone());
        let after_document = apply(document, &template.form, &edit);
        let after = evaluate(template, &after_document);
        let is_new = |new: &&Finding| new.severity != Severity::Info && !place(new).is_some_and(|place| known.contains(&place));
        let still = || after.findings.iter().any(|other| place(other) == place(finding) && other.facts == finding.facts);
        let mut new = after.findings.iter().filter(is_new).peekable();
        if new.peek().is_none() {
            return (!still()).then_some(edit);
        }
        let before = texts.len();
        for new in new {
            let more = what_follows(template, evaluation, &after, new)?;
            for (cell, text) in more {
                if !texts.iter().any(|(known, _)| *known == cell) {
                    texts.push((cell, text));
                }
            }
        }
        if texts.len() == before {
            return None;
        }
    }
    None
}

/// What a change brings with it, by a finding that it makes: a printed number that agreed with its formula follows it, a grade its total,
/// and a sum beside the changed one, such as that of the budget beside that of the execution, is put right too.
fn what_follows(template: &Template, before: &Evaluation, after: &Evaluation, new: &Finding) -> Option<Vec<(CellId, String)>> {
    let cell = *new.at.first()?;
    if agreed(before, cell) || new.code == Code::A23 {
        let own = new.proposal.as_ref().and_then(texts);
        return own.or_else(|| Some(vec![followed(template, after, cell)?]));
    }
    let beside = before.findings.iter().find(|known| {
        let of_new = |cell: &CellId| new.at.contains(cell);
        known.proposal.is_some() && known.at.first().is_some_and(of_new)
    });
    beside.and_then(|known| texts(known.proposal.as_ref()?))
}

fn place(finding: &Finding) -> Option<(Code, CellId)> {
    Some((finding.code, *finding.at.first()?))
}

/// The texts that a change sets; nothing for one that does more.
fn texts(edit: &Edit) -> Option<Vec<(CellId, String)>> {
    match edit {
        Edit::Set { cell, text } => Some(vec![(*cell, text.clone())]),
        Edit::SetMany(texts) => Some(texts.clone()),
        _ => None,
    }
}

/// Whether a printed number agreed with its formula.
fn agreed(evaluation: &Evaluation, cell: CellId) -> bool {
    let of_row = || match cell {
        CellId::Row { table, row, .. } => evaluation.row(table, row).and_then(|row| row.agreement),
        CellId::Fixed(_) => None,
    };
    let agreement = computed_cell(evaluation, cell).map_or_else(of_row, |eval| eval.agreement);
    matches!(agreement, Some(Agreement::Exact | Agreement::RoundsTo { .. }))
}

/// A printed sum as it follows from what was changed.
fn followed(template: &Template, after: &Evaluation, cell: CellId) -> Option<(CellId, String)> {
    let shown = computed_cell(after, cell)?.shown?;
    Some((cell, printed(cell.kind(&template.form), shown)))
}
