//! Amounts of one table in two units: a total that is 10000 times its parts, a part with which the sum is right only once it is brought to
//! the table's unit, and an amount that is 10000 times the one beside it.

use super::in_unit;
use crate::document::{CellId, Edit};
use crate::engine::check::Checked;
use crate::engine::formula::{At, addends};
use crate::finding::{Code, Facts, Finding, Severity, UnitFacts};
use crate::number::{Agreement, Exact, Magnitude, Quantity, Reading, Unit, agreement};
use crate::prelude::*;
use crate::template::{CellKind, Expr, Formula, Role};

/// What an amount in the wrong unit is off by: 元 for 万元, and in a table in 亿元 also 元 for 亿元.
fn slips(unit: Magnitude) -> &'static [u32] {
    match unit.0 {
        3 => &[3, 4],
        8 => &[4, 8],
        _ => &[4],
    }
}

/// One finding for each amount that is in another unit than its neighbours.
pub fn check(checked: &Checked<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let mut add = |finding: Option<Finding>| {
        if let Some(finding) = finding.filter(|finding| !found.iter().any(|known| known.at.first() == finding.at.first())) {
            found.push(finding);
        }
    };
    for (cell, at, expr) in sums(checked) {
        add(sum(checked, cell, at, expr));
    }
    for beside in beside(checked) {
        add(siblings(checked, &beside));
    }
    found
}

/// Every amount that is a sum by the form's formula.
fn sums<'a>(checked: &Checked<'a>) -> Vec<(CellId, Option<At>, &'a Expr)> {
    let form = checked.form();
    let mut sums = Vec::new();
    for (at, def) in (0..).zip(&form.cells).filter(|(_, def)| def.kind == CellKind::Amount) {
        if let Some(Formula::Expr(expr)) = &def.formula {
            sums.push((CellId::Fixed(at), None, expr));
        }
    }
    for (table, def) in (0..).zip(&form.tables) {
        for (column, of) in (0..).zip(&def.columns).filter(|(_, of)| of.kind == CellKind::Amount) {
            let Some(Formula::Expr(expr)) = &of.formula else { continue };
            for (position, row) in checked.document().rows(table).iter().enumerate() {
                let at = At { table, position, row: row.id };
                sums.push((CellId::Row { table, row: row.id, column }, Some(at), expr));
            }
        }
    }
    sums
}

/// The number of a cell that was typed without a unit of its own.
fn plain<'a>(checked: &Checked<'a>, cell: CellId) -> Option<&'a Quantity> {
    match checked.document().typed(cell).reading() {
        Reading::Quantity(quantity) if quantity.unit == Unit::None && !quantity.number.is_zero() => Some(quantity),
        _ => None,
    }
}

/// A typed sum that its parts give only in another unit.
fn sum(checked: &Checked<'_>, cell: CellId, at: Option<At>, expr: &Expr) -> Option<Finding> {
    let printed = plain(checked, cell)?;
    let unit = checked.form().unit;
    let mut parts = addends(checked.entered, at, expr);
    parts.retain(|part| checked.entered.cell(*part).value().is_some_and(|value| !value.is_zero()));
    let value = |cell: &CellId| checked.entered.cell(*cell).value();
    let whole = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.checked_add(value(part)?).ok())?;
    let agrees = |value: Exact| {
        let value = in_unit(value, unit);
        value.is_some_and(|value| {
            !matches!(agreement(printed.number, value), Agreement::Differs { .. } | Agreement::Padded { .. })
        })
    };
    if parts.is_empty() || agrees(whole) {
        return None;
    }
    for power in slips(unit) {
        let factor = Exact::ten_to(*power).ok()?;
        let (more, less) = (whole.checked_mul(factor).ok()?, whole.checked_div(factor).ok()?);
        if !agrees(more) && !agrees(less) {
            continue;
        }
        let total_is_more = agrees(more);
        // In a table in 万元 the larger one is in 元; in a table in 元 the smaller one is in 万元.
        let odd = if total_is_more == (unit.0 > 0) { vec![cell] } else { parts.clone() };
        let beside = if odd == [cell] { parts.clone() } else { vec![cell] };
        let at: Vec<CellId> = odd.iter().chain(&beside).copied().collect();
        let fix = scaled(checked, &odd, *power);
        let facts = UnitFacts::Sum { printed: printed.number.to_string(), sum: in_unit(whole, unit)?, power: *power };
        return Some(Finding::new(Code::L02, at, Facts::Unit(facts)).with_fix(fix));
    }
    let mut odd: Option<(CellId, u32)> = None;
    for part in parts.iter().filter(|part| plain(checked, **part).is_some()) {
        let own = value(part)?;
        let others = whole.checked_sub(own).ok()?;
        for power in slips(unit) {
            let factor = Exact::ten_to(*power).ok()?;
            let right = if unit.0 > 0 { own.checked_div(factor) } else { own.checked_mul(factor).map_err(Into::into) };
            let with = right.ok().and_then(|right| others.checked_add(right).ok());
            // Where the sum is right without the part, the part may have been left out.
            if with.is_some_and(agrees) && !agrees(others) {
                if odd.is_some() {
                    return None;
                }
                odd = Some((*part, *power));
            }
        }
    }
    let (part, power) = odd?;
    let facts = UnitFacts::Part { printed: plain(checked, part)?.number.to_string(), scaled: brought(checked, part, power)? };
    let fix = scaled(checked, &[part], power);
    Some(Finding::new(Code::L02, vec![part, cell], Facts::Unit(facts)).with_fix(fix))
}

/// The amounts that stand beside one another: initial budget, budget and execution of the whole, and of each part.
fn beside(checked: &Checked<'_>) -> Vec<Vec<CellId>> {
    let form = checked.form();
    let roles = [Role::AdjustedBudget, Role::InitialBudget, Role::ExecutedAmount].into_iter().filter_map(|role| form.role(role));
    let totals: Vec<CellId> = roles.clone().map(CellId::Fixed).collect();
    let parts: Vec<Vec<CellId>> = roles
        .map(|at| match form.cell(at).and_then(|def| def.formula.as_ref()) {
            Some(Formula::Expr(expr)) => addends(checked.entered, None, expr),
            Some(Formula::Rule(_)) | None => Vec::new(),
        })
        .collect();
    let mut beside = vec![totals];
    let count = parts.first().map_or(0, Vec::len);
    if parts.iter().all(|column| column.len() == count) {
        beside.extend((0..count).map(|row| parts.iter().filter_map(|column| column.get(row)).copied().collect()));
    }
    beside
}

/// An amount that is exactly 10000 times the one beside it, or that makes an execution of hundreds of thousands of percent.
fn siblings(checked: &Checked<'_>, cells: &[CellId]) -> Option<Finding> {
    let unit = checked.form().unit;
    let mut typed = cells.iter().filter_map(|cell| Some((*cell, plain(checked, *cell)?.number)));
    let (budget, first) = typed.next()?;
    for (cell, number) in typed {
        let (small, large) = if number < first { ((cell, number), (budget, first)) } else { ((budget, first), (cell, number)) };
        let (low, high) = (Exact::from_decimal(small.1), Exact::from_decimal(large.1));
        if !low.is_positive() {
            continue;
        }
        let (odd, other) = if unit.0 > 0 { (large, small) } else { (small, large) };
        for power in slips(unit) {
            let factor = Exact::ten_to(*power).ok()?;
            let Ok(scaled_low) = low.checked_mul(factor) else { continue };
            let exact = scaled_low == high;
            if !exact && !is_plausible(scaled_low, high, low, unit) {
                continue;
            }
            let scaled = brought(checked, odd.0, *power)?;
            let facts = UnitFacts::Beside {
                printed: odd.1.to_string(),
                other: other.1.to_string(),
                scaled,
                power: exact.then_some(*power),
            };
            let severity = if exact { Severity::Error } else { Severity::Warning };
            let finding = Finding::new(Code::L02, vec![odd.0, other.0], Facts::Unit(facts));
            return Some(finding.with_severity(severity));
        }
    }
    None
}

/// Whether two amounts that are far apart would be like one another in one unit, and one of them is of a size that no project's amount has
/// in the table's unit: above 1 亿元 typed as 万元, or below 1 万元.
fn is_plausible(scaled_low: Exact, high: Exact, low: Exact, unit: Magnitude) -> bool {
    let limit = Exact::from_int(10_000);
    let odd = if unit.0 > 0 { high >= limit } else { low < limit };
    if !odd {
        return false;
    }
    let ratio = scaled_low.checked_div(high).ok();
    let within = |ratio: Exact| {
        let (percent, hundred) = (ratio.checked_mul(Exact::HUNDRED), Exact::HUNDRED);
        percent.is_ok_and(|percent| {
            percent >= Exact::from_int(25) && percent <= hundred.checked_mul(Exact::from_int(4)).unwrap_or(hundred)
        })
    };
    ratio.is_some_and(within)
}

/// An odd amount in the table's unit.
fn brought(checked: &Checked<'_>, cell: CellId, power: u32) -> Option<Exact> {
    let number = Exact::from_decimal(plain(checked, cell)?.number);
    let factor = Exact::ten_to(power).ok()?;
    if checked.form().unit.0 > 0 { number.checked_div(factor).ok() } else { number.checked_mul(factor).ok() }
}

/// The odd amounts brought to the table's unit.
fn scaled(checked: &Checked<'_>, cells: &[CellId], power: u32) -> Option<Edit> {
    let text = |cell: &CellId| Some((*cell, brought(checked, *cell, power)?.to_plain(20)));
    Some(Edit::SetMany(cells.iter().map(text).collect::<Option<Vec<_>>>()?))
}
