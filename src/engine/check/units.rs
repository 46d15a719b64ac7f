//! L02: amounts that look as if they were typed in 元 under a heading of 万元.

use super::Checked;
use crate::document::{CellId, Edit};
use crate::engine::values::power_of_ten;
use crate::finding::{Code, Facts, Finding, Severity};
use crate::number::{Exact, Magnitude, Quantity, Reading, Rounding, RoundingMode, Unit};
use crate::prelude::*;
use crate::template::CellKind;

/// From this many 万元 on (1 亿元) a project's amount is looked at: whole amounts of that size are far more often 元.
const SUSPICIOUS: i64 = 10_000;

/// From this many on (10 亿元), whole numbers throughout leave no doubt for a project of a county or a bureau.
const CERTAIN: i64 = 100_000;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    if checked.form().unit != Magnitude(4) {
        return;
    }
    let amounts: Vec<(CellId, &Quantity)> = amounts(checked);
    // Decimals show that somebody meant 万元.
    let suspicious: Vec<&(CellId, &Quantity)> = amounts
        .iter()
        .filter(|(_, quantity)| quantity.decimals() == 0 && Exact::from_decimal(quantity.number) >= Exact::from_int(SUSPICIOUS))
        .collect();
    let Some((_, first)) = suspicious.first() else { return };
    // Whole numbers of that size throughout are 元; decimals, or smaller amounts beside them, show that somebody meant 万元.
    let mut filled = amounts.iter().filter(|(_, quantity)| !quantity.number.is_zero());
    let all =
        filled.all(|(_, quantity)| quantity.decimals() == 0 && Exact::from_decimal(quantity.number) >= Exact::from_int(CERTAIN));
    let in_wan = |quantity: &Quantity| {
        let scaled = Exact::from_decimal(quantity.number).checked_div(power_of_ten(Magnitude(4))).ok()?;
        scaled.round(Rounding { dp: 6, mode: RoundingMode::HalfUp }).ok().map(|number| number.normalize())
    };
    let Some(scaled) = in_wan(first) else { return };
    let cells: Vec<CellId> = suspicious.iter().map(|(cell, _)| *cell).collect();
    let fix = all.then(|| {
        let texts = suspicious.iter().filter_map(|(cell, quantity)| Some((*cell, in_wan(quantity)?.to_string())));
        Edit::SetMany(texts.collect())
    });
    let facts = Facts::UnitTooLarge { printed: first.number.to_string(), scaled, all };
    let severity = if all { Severity::Error } else { Severity::Warning };
    findings.push(Finding::new(Code::L02, cells, facts).with_severity(severity).with_fix(fix));
}

/// Every amount typed without a unit of its own.
fn amounts<'a>(checked: &Checked<'a>) -> Vec<(CellId, &'a Quantity)> {
    let document = checked.document();
    let form = checked.form();
    let mut cells = Vec::new();
    for (at, def) in (0..).zip(&form.cells) {
        if def.kind == CellKind::Amount {
            cells.push((CellId::Fixed(at), document.fixed(at)));
        }
    }
    for (table, def) in (0..).zip(&form.tables) {
        for row in document.rows(table) {
            for (column, column_def) in (0..).zip(&def.columns) {
                if column_def.kind == CellKind::Amount {
                    cells.push((CellId::Row { table, row: row.id, column }, row.cell(column)));
                }
            }
        }
    }
    cells
        .into_iter()
        .filter_map(|(cell, typed)| match typed.reading() {
            Reading::Quantity(quantity) if quantity.unit == Unit::None => Some((cell, quantity)),
            _ => None,
        })
        .collect()
}
