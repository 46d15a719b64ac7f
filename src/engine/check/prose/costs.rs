//! L10: costs of one year in the accounts of another, and L03 where the amounts of a remark don't add up to what was paid.

use super::{Checked, Text, conflict};
use crate::document::CellId;
use crate::finding::{Code, Facts, Finding, ProseFacts, Severity};
use crate::number::Exact;
use crate::prelude::*;
use crate::prose::{Fact, FactKind};

/// One finding for each text, with the first place.
pub fn check(checked: &Checked<'_>, text: &Text<'_>, findings: &mut Vec<Finding>) {
    if text.is_goal {
        return;
    }
    let own = text.years.filter(|(first, last)| first == last).map(|(year, _)| year);
    // In the remark of a row of funds, a year's cost needs no word of payment: it is that of the row.
    let remark = paid_cell(checked, text.cell).is_some();
    let foreign = |fact: &&Fact| match &fact.kind {
        FactKind::Cost { paid: Some(_), .. } => true,
        FactKind::Cost { year, paid: None, amount } => {
            own.is_some_and(|own| *year != own && (remark || amount.is_some() && *year < own))
        }
        _ => false,
    };
    let foreign: Vec<&Fact> = text.prose.facts.iter().filter(foreign).collect();
    let Some(first) = foreign.first() else { return };
    let FactKind::Cost { paid, .. } = &first.kind else { return };
    let count = foreign.len();
    let mut costs = Vec::new();
    for fact in &foreign {
        // Costs paid in one and the same year are told together.
        if let FactKind::Cost { year, paid: other, .. } = &fact.kind
            && other == paid
            && !costs.contains(year)
        {
            costs.push(*year);
        }
    }
    let mut at = vec![text.cell];
    at.extend(paid_cell(checked, text.cell));
    let facts = ProseFacts::CostYear { quote: text.quote(first), costs, paid: paid.or(own), count };
    findings.push(Finding::new(Code::L10, at, Facts::Prose(facts)));
}

/// The amount that was paid in the row of a cell.
fn paid_cell(checked: &Checked<'_>, cell: CellId) -> Option<CellId> {
    let CellId::Row { table, row, .. } = cell else { return None };
    let column = checked.form().table(table)?.at.paid?;
    Some(CellId::Row { table, row, column })
}

/// L03: 24.90万是2019年的费用，148.00万是2020年费用 against what the row, or a row below it, paid.
pub fn sums(checked: &Checked<'_>, texts: &[Text<'_>], findings: &mut Vec<Finding>) {
    for text in texts {
        let (Some(cell), CellId::Row { table, row, .. }) = (paid_cell(checked, text.cell), text.cell) else { continue };
        let amounts: Vec<(&Fact, Exact)> = text.prose.facts.iter().filter_map(amount).collect();
        let sum = amounts.iter().try_fold(Exact::ZERO, |sum, (_, amount)| sum.checked_add(*amount).ok());
        let (Some(sum), Some((first, _)), true) = (sum, amounts.first(), amounts.len() > 1) else { continue };
        let Some(paid) = checked.entered.cell(cell).value() else { continue };
        if !paid_below(checked, cell, table, row).any(|below| below == sum) && paid != sum {
            let facts = ProseFacts::CostSum { quote: text.quote(first), parts: amounts.len(), sum, paid };
            findings.push(conflict(text, cell, facts, Severity::Info));
        }
    }
}

fn amount(fact: &Fact) -> Option<(&Fact, Exact)> {
    match &fact.kind {
        FactKind::Cost { amount: Some(quantity), .. } => Some((fact, quantity.value().ok()?)),
        _ => None,
    }
}

/// What the rows after a row paid, as far as they are of its year.
fn paid_below<'a>(checked: &'a Checked<'_>, cell: CellId, table: u8, row: u32) -> impl Iterator<Item = Exact> + 'a {
    let rows = checked.document().rows(table);
    let year = checked.form().table(table).and_then(|def| def.at.year);
    let position = checked.document().row_position(table, row).unwrap_or(rows.len());
    let own = rows.get(position).map_or("", |row| row.cell_at(year).text().trim()).to_owned();
    let below = rows.iter().skip(position + 1).take_while(move |row| {
        let year = row.cell_at(year).text().trim();
        year.is_empty() || year == own
    });
    below.filter_map(move |row| match cell {
        CellId::Row { table, column, .. } => checked.entered.cell(CellId::Row { table, row: row.id, column }).value(),
        CellId::Fixed(_) => None,
    })
}
