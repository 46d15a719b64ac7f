//! Printed numbers against the formula of their cell: A01–A04 and A12–A15, by the code that the form gives each cell; A17 where
//! rounding of the parts explains the difference; N01 where a number can't be read.

use super::{Checked, gaps, last_place, rounding_tolerance, shares};
use crate::document::{CellId, Edit, Typed};
use crate::engine::agreement_of;
use crate::engine::evaluation::CellEval;
use crate::engine::formula::{At, addends, chosen, operands};
use crate::engine::scoring::Indicator;
use crate::engine::values::{factor, typed_value};
use crate::finding::{Code, Facts, Finding, Hint, Severity, printed as printed_text};
use crate::number::{Agreement, Exact, Reading};
use crate::outcome::{Outcome, Why};
use crate::prelude::*;
use crate::template::{CellKind, CellRange, Expr, Formula, Operand, Operator, Role, Rule};

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let form = checked.form();
    let weight_twice = super::single::weight_twice(checked).is_some();
    for (at, def) in (0..).zip(&form.cells) {
        let cell = CellId::Fixed(at);
        let typed = checked.document().fixed(at);
        unreadable(checked, cell, def.kind, typed, findings);
        let eval = checked.evaluation.cell(at).filter(|eval| !is_settled(typed, eval));
        if let (Some(code), Some(eval)) = (def.check.filter(|code| is_plain_claim(*code)), eval) {
            let parts = parts(checked, None, def.formula.as_ref());
            let hint = def.role.and_then(|role| hint(checked, role, def.kind, typed));
            let formula = def.formula.as_ref();
            let hint = hint.or_else(|| growth_hint(checked, None, formula, def.kind, typed, eval));
            claim(&Claim { checked, cell, kind: def.kind, code, typed, eval, at: None, formula, parts, hint }, findings);
        }
    }
    for (table, def) in (0..).zip(&form.tables) {
        for (position, (row, eval)) in checked.document().rows(table).iter().zip(checked.evaluation.rows(table)).enumerate() {
            for (column, column_def) in (0..).zip(&def.columns) {
                let cell = CellId::Row { table, row: row.id, column };
                let typed = row.cell(column);
                if column_def.kind.is_numeric() {
                    unreadable(checked, cell, column_def.kind, typed, findings);
                }
                let computed = eval.cells.iter().find(|(known, _)| *known == column).map(|(_, eval)| eval);
                let computed = computed.filter(|eval| !is_settled(typed, eval));
                let (Some(code), Some(computed)) = (column_def.check, computed) else { continue };
                // Said once for the whole table, or as a score out of range.
                let out_of_range = || Indicator::new(checked.entered, table, def, position, row).single_out_of_range().is_some();
                let single = column_def.formula == Some(Formula::Rule(Rule::SingleScore));
                if single && (weight_twice || out_of_range()) {
                    continue;
                }
                // A rate measured elsewhere on the form is claimed in a cell that also takes words.
                let kind = if column_def.kind == CellKind::Value { CellKind::Percent } else { column_def.kind };
                let at = Some(At { table, position, row: row.id });
                let formula = column_def.formula.as_ref();
                let parts = parts(checked, at, formula);
                let code = if sums_below(checked, at, formula) { Code::A02 } else { code };
                let hint =
                    (code == Code::A18 && shares::is_forced(checked, cell, &computed.computed)).then_some(Hint::ForcedToHundred);
                let hint = hint.or_else(|| growth_hint(checked, at, formula, kind, typed, computed));
                claim(&Claim { checked, cell, kind, code, typed, eval: computed, at, formula, parts, hint }, findings);
            }
        }
    }
}

/// Whether what counts here is the sum of the rows below, which is A02 wherever it stands.
fn sums_below(checked: &Checked<'_>, at: Option<At>, formula: Option<&Formula>) -> bool {
    match formula {
        Some(Formula::Expr(expr)) => matches!(chosen(checked.entered, at, expr), Expr::SumOf(CellRange::Below(_))),
        Some(Formula::Rule(_)) | None => false,
    }
}

/// Whether there is nothing to say of a cell: no claim stands there, or one that agrees.
fn is_settled(typed: &Typed, eval: &CellEval) -> bool {
    match typed.reading() {
        Reading::NotApplicable => false,
        Reading::Quantity(_) => {
            matches!(eval.agreement, Some(Agreement::Exact | Agreement::RoundsTo { .. })) && eval.shown.is_some()
        }
        Reading::Blank | Reading::Range { .. } | Reading::Date(_) | Reading::Words => true,
    }
}

/// Weights, totals and grades have checks of their own, which know more.
fn is_plain_claim(code: Code) -> bool {
    !matches!(code, Code::A05 | Code::A08 | Code::A23)
}

struct Claim<'a> {
    checked: &'a Checked<'a>,
    cell: CellId,
    kind: CellKind,
    code: Code,
    typed: &'a Typed,
    eval: &'a CellEval,
    at: Option<At>,
    formula: Option<&'a Formula>,
    /// The cells that a sum adds up.
    parts: Vec<CellId>,
    hint: Option<Hint>,
}

impl Claim<'_> {
    /// How far the printed number is off, in its own unit.
    fn off(&self) -> Option<Exact> {
        let Reading::Quantity(quantity) = self.typed.reading() else { return None };
        let unit = factor(self.checked.form(), self.kind, quantity)?;
        let own = self.eval.computed.value()?.checked_div(unit).ok()?;
        Exact::from_decimal(quantity.number).checked_sub(own).ok()
    }

    /// The cells that the formula reads.
    fn operands(&self) -> Vec<CellId> {
        match self.formula {
            Some(Formula::Expr(expr)) => operands(self.checked.entered, self.at, expr),
            Some(Formula::Rule(_)) | None => Vec::new(),
        }
    }
}

fn claim(claim: &Claim<'_>, findings: &mut Vec<Finding>) {
    let Claim { cell, kind, code, typed, eval, parts, hint, .. } = claim;
    if matches!(typed.reading(), Reading::NotApplicable) && !parts.is_empty() {
        let at = core::iter::once(*cell).chain(parts.iter().copied()).collect();
        let facts = Facts::NotApplicableOverParts { parts: parts.len() };
        findings.push(Finding::new(*code, at, facts).with_severity(Severity::Warning));
    }
    let Reading::Quantity(quantity) = typed.reading() else { return };
    let printed = typed.text().trim().to_owned();
    let (Some(agreement), Some(computed)) = (eval.agreement, eval.shown) else {
        if let (Outcome::Undefined(why @ Why::DivisionByZero), false) = (&eval.computed, quantity.number.is_zero()) {
            let facts = Facts::ClaimWithoutValue { printed, why: *why };
            findings.push(Finding::new(*code, vec![*cell], facts).with_severity(Severity::Warning));
        }
        return;
    };
    let (severity, hint) = match agreement {
        Agreement::Exact | Agreement::RoundsTo { .. } => return,
        Agreement::TruncatesTo { .. } => {
            (Severity::Info, hint.filter(|hint| *hint == Hint::ForcedToHundred).or(Some(Hint::Truncated)))
        }
        Agreement::Padded { .. } => {
            // 9746.50 over parts that make 9746.49 is a tail, and nobody rounded it.
            if let Some(finding) = claim.off().and_then(|by| rounding_tail(claim, by)) {
                findings.push(finding);
                return;
            }
            (Severity::Warning, Some(Hint::Padded))
        }
        Agreement::Differs { by } => {
            if let Some(finding) = rounding_tail(claim, by) {
                findings.push(finding);
                return;
            }
            if is_said_below(claim) || is_one_of_which(claim, by) {
                return;
            }
            let severity = match hint {
                // A rate rounded before it is multiplied is a way of computing, not a slip.
                Some(Hint::RoundedRate) => Severity::Warning,
                Some(Hint::ForcedToHundred) => Severity::Info,
                Some(_) | None => code.severity(),
            };
            if severity == Severity::Error && gaps::explains(claim.checked, claim.at, claim.formula, by) {
                (Severity::Warning, Some(Hint::Gaps))
            } else {
                (severity, *hint)
            }
        }
    };
    let mut at = vec![*cell];
    at.extend(parts);
    // A sum leaves open whether the total or a part is wrong, except where the total is 0 over parts that are not,
    // or where it is an adjusted budget. So does what is left of a total for its last part (A14 without parts).
    let certain = ((parts.is_empty() && *code != Code::A14) || *code == Code::A15 || quantity.number.is_zero())
        && !matches!(hint, Some(Hint::ProfileWeight | Hint::Gaps));
    let fix = certain.then(|| Edit::Set { cell: *cell, text: printed_text(*kind, computed) });
    findings.push(
        Finding::new(*code, at, Facts::Claim { printed, computed, kind: *kind, agreement, hint })
            .with_severity(severity)
            .with_fix(fix),
    );
}

/// A sum that is right once the rows it adds up are: what is wrong with those is said there.
fn is_said_below(claim: &Claim<'_>) -> bool {
    let by_rule = || agreement_of(claim.checked.entered.template, claim.kind, claim.typed, &claim.eval.by_rule);
    !claim.parts.is_empty() && claim.code == Code::A14 && matches!(by_rule(), Some(Agreement::Exact))
}

/// 其中：政府采购支出 names parts of a whole and need not name all of them; together they may be less than it.
fn is_one_of_which(claim: &Claim<'_>, by: Exact) -> bool {
    let document = claim.checked.document();
    let is_of_which = |cell: &CellId| {
        let CellId::Row { table, row, .. } = cell else { return false };
        let name = claim.checked.form().tables.get(usize::from(*table)).and_then(|def| def.at.name);
        document.row(*table, *row).is_some_and(|row| row.cell_at(name).text().trim().starts_with("其中"))
    };
    let all = || claim.parts.iter().all(is_of_which);
    claim.code == Code::A02 && by.is_positive() && !claim.parts.is_empty() && all()
}

/// A growth over this year's figure instead of last year's.
fn growth_hint(
    checked: &Checked<'_>,
    at: Option<At>,
    formula: Option<&Formula>,
    kind: CellKind,
    typed: &Typed,
    eval: &CellEval,
) -> Option<Hint> {
    let growth = eval.computed.value().filter(|_| kind == CellKind::Percent && is_growth(checked, at, formula))?;
    let over_current = growth.checked_div(growth.checked_add(Exact::ONE).ok()?).ok()?;
    let agreement = agreement_of(checked.entered.template, kind, typed, &Outcome::Value(over_current))?;
    (!matches!(agreement, Agreement::Differs { .. })).then_some(Hint::CurrentBase)
}

/// Whether a rate is a change over what was there before it: the denominator is a figure less that change.
fn is_growth(checked: &Checked<'_>, at: Option<At>, formula: Option<&Formula>) -> bool {
    let Some(Formula::Expr(Expr::Pair(Operator::Div, rate))) = formula else { return false };
    let [Expr::Operand(change), Expr::Operand(before)] = &**rate else { return false };
    let before = match before {
        Operand::Cell(cell) => checked.form().cells.get(usize::from(*cell)).and_then(|def| def.formula.as_ref()),
        Operand::Column(column) => {
            let table = at.and_then(|at| checked.form().tables.get(usize::from(at.table)));
            table.and_then(|table| table.columns.get(usize::from(*column))).and_then(|def| def.formula.as_ref())
        }
        Operand::Parent(_) => None,
    };
    let Some(Formula::Expr(Expr::Pair(Operator::Sub, less))) = before else { return false };
    matches!(&**less, [_, Expr::Typed(taken)] if taken == change)
}

/// A17: a sum or difference of n rounded parts may be off by (n + 1) halves of the last printed decimal.
fn rounding_tail(claim: &Claim<'_>, by: Exact) -> Option<Finding> {
    let computed = claim.eval.shown?;
    let decimals = |cell: &CellId| match claim.checked.document().typed(*cell).reading() {
        Reading::Quantity(quantity) => Some(quantity.decimals()),
        _ => None,
    };
    let (cells, sum) = if matches!(claim.code, Code::A12 | Code::A14) && claim.parts.is_empty() {
        (claim.operands(), false)
    } else {
        (claim.parts.clone(), true)
    };
    // A part that the page adds up itself is as exact as what it adds up.
    let leaves: Vec<CellId> = cells.iter().flat_map(|cell| leaves(claim.checked, *cell)).collect();
    let parts: Vec<u32> = leaves.iter().filter_map(decimals).collect();
    let dp = *parts.iter().max()?;
    if dp == 0 || parts.len() < 2 {
        return None;
    }
    if by.abs() > rounding_tolerance(parts.len(), last_place(dp)?)? {
        return None;
    }
    let facts = Facts::RoundingTail { printed: claim.typed.text().trim().to_owned(), computed, parts: cells.len(), sum };
    let mut at = vec![claim.cell];
    at.extend(cells);
    Some(Finding::new(Code::A17, at, facts))
}

/// The typed cells that a value rests on, as far as it is a sum.
fn leaves(checked: &Checked<'_>, cell: CellId) -> Vec<CellId> {
    if !checked.document().typed(cell).is_blank() {
        return vec![cell];
    }
    let (at, formula) = checked.formula(cell);
    parts(checked, at, formula).into_iter().filter(|part| *part != cell).flat_map(|part| leaves(checked, part)).collect()
}

/// The filled cells that a sum adds up; nothing for other formulas.
fn parts(checked: &Checked<'_>, at: Option<At>, formula: Option<&Formula>) -> Vec<CellId> {
    match formula {
        Some(Formula::Expr(expr)) => {
            let mut cells = addends(checked.entered, at, expr);
            cells.retain(|cell| checked.entered.cell(*cell).value().is_some());
            cells
        }
        Some(Formula::Rule(_)) | None => Vec::new(),
    }
}

/// What else would give the printed number.
fn hint(checked: &Checked<'_>, role: Role, kind: CellKind, typed: &Typed) -> Option<Hint> {
    let agrees = |value: Exact| {
        let agreement = agreement_of(checked.entered.template, kind, typed, &Outcome::Value(value))?;
        (!matches!(agreement, Agreement::Differs { .. })).then_some(())
    };
    let value = |role: Role| checked.entered.fixed(checked.form().role(role)?).value();
    let over_initial = || value(Role::ExecutedAmount)?.checked_div(value(Role::InitialBudget)?).ok();
    match role {
        Role::ExecutionRate => over_initial().and_then(agrees).map(|()| Hint::InitialBudget),
        Role::ExecutionScore => {
            let weight = value(Role::ExecutionWeight)?;
            let times = |rate: Option<Exact>| rate.and_then(|rate| weight.checked_mul(rate).ok()).and_then(agrees);
            let printed_rate = checked.form().role(Role::ExecutionRate).and_then(|at| {
                let typed = !checked.document().fixed(at).is_blank();
                typed.then(|| checked.entered.fixed(at).value()).flatten()
            });
            let usual = checked.profile().weights.execution.as_ref().map(|weight| weight.value).filter(|usual| *usual != weight);
            let ratio = crate::engine::total::execution_ratio(checked.entered).map(|ratio| ratio.min(Exact::ONE));
            if usual.zip(ratio).and_then(|(usual, ratio)| usual.checked_mul(ratio).ok()).and_then(agrees).is_some() {
                return Some(Hint::ProfileWeight);
            }
            if times(printed_rate).is_some() {
                if printed_rate.is_some_and(|rate| rate > Exact::ONE) {
                    return Some(Hint::Uncapped);
                }
                let rate = checked.form().role(Role::ExecutionRate).and_then(|at| checked.evaluation.cell(at)?.agreement);
                let wrong = matches!(rate, Some(Agreement::Differs { .. }));
                return Some(if wrong { Hint::PrintedRate } else { Hint::RoundedRate });
            }
            if times(over_initial()).is_some() {
                return Some(Hint::InitialBudget);
            }
            if times(crate::engine::total::execution_ratio(checked.entered)).is_some() {
                return Some(Hint::Uncapped);
            }
            agrees(weight).map(|()| Hint::FullMarks)
        }
        Role::FiscalYear
        | Role::ProjectName
        | Role::InitialBudget
        | Role::AdjustedBudget
        | Role::ExecutedAmount
        | Role::ExecutionWeight
        | Role::GoalExpected
        | Role::GoalActual
        | Role::ExecutionReason
        | Role::WeightTotal
        | Role::ScoreTotal
        | Role::MeanScore
        | Role::Grade => None,
    }
}

/// N01: a number is wanted and the text is none.
fn unreadable(checked: &Checked<'_>, cell: CellId, kind: CellKind, typed: &Typed, findings: &mut Vec<Finding>) {
    if !kind.is_numeric() || matches!(typed.reading(), Reading::Blank | Reading::NotApplicable) {
        return;
    }
    if let Outcome::Undefined(why) = typed_value(checked.form(), kind, typed, cell) {
        let too_large =
            matches!(typed.reading(), Reading::Quantity(quantity) if factor(checked.form(), kind, quantity).is_some());
        let why = if too_large { Why::TooLarge } else { why };
        findings.push(Finding::new(Code::N01, vec![cell], Facts::Unreadable { text: typed.text().to_owned(), why }));
    }
}
