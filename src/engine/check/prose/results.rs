//! L03: total score, grade and project name in prose against the table.

use super::{Checked, Text, conflict};
use crate::document::CellId;
use crate::engine::grade_of;
use crate::finding::{Finding, ProseFacts, Severity};
use crate::number::{Agreement, Exact, agreement};
use crate::prelude::*;
use crate::prose::{Fact, FactKind, Scope, Topic, Year, grade_family, same_name};
use crate::template::Role;

pub fn check(checked: &Checked<'_>, text: &Text<'_>, findings: &mut Vec<Finding>) {
    // A row of a table speaks about its own score.
    if text.in_row || text.is_goal {
        return;
    }
    score(checked, text, findings);
    grade(checked, text, findings);
    name(checked, text, findings);
}

/// A result of several years together is that of the table too.
fn is_ours(text: &Text<'_>, fact: &Fact) -> bool {
    fact.year == Year::Several || text.is_of_year(fact.year)
}

/// The total that is printed, or computed with nothing missing.
fn total(checked: &Checked<'_>) -> Option<(CellId, Exact)> {
    let of = |role| {
        let at = checked.form().role(role)?;
        let typed = checked.entered.typed(CellId::Fixed(at)).value();
        let computed = || {
            let eval = checked.evaluation.cell(at)?;
            let complete = checked.evaluation.score.as_ref().is_none_or(|score| score.entered.missing.is_empty());
            eval.shown.filter(|_| complete).map(Exact::from_decimal)
        };
        Some((CellId::Fixed(at), typed.or_else(computed)?))
    };
    of(Role::ScoreTotal).or_else(|| of(Role::MeanScore))
}

/// A total that nobody printed and that only this page adds up holds no text to account.
fn severity(checked: &Checked<'_>) -> Severity {
    if super::super::grade::total(checked).is_some() { Severity::Error } else { Severity::Warning }
}

fn score(checked: &Checked<'_>, text: &Text<'_>, findings: &mut Vec<Finding>) {
    let mut scores = text.prose.facts.iter().filter_map(|fact| match &fact.kind {
        FactKind::Score(quantity)
            if fact.topic == Some(Topic::TotalScore) && fact.scope != Scope::Loose && is_ours(text, fact) =>
        {
            Some((fact, quantity.number))
        }
        _ => None,
    });
    let Some((fact, said)) = scores.next() else { return };
    let Some((cell, table)) = total(checked) else { return };
    let same = |number| !matches!(agreement(number, table), Agreement::Differs { .. });
    // Several totals are of several things; then none of them is held against the table.
    if same(said) || scores.any(|(_, other)| other != said) {
        return;
    }
    let facts = ProseFacts::Score { quote: text.quote(fact), said: Exact::from_decimal(said), table };
    findings.push(conflict(text, cell, facts, severity(checked)));
}

fn grade(checked: &Checked<'_>, text: &Text<'_>, findings: &mut Vec<Finding>) {
    let mut grades = text.prose.facts.iter().filter_map(|fact| match &fact.kind {
        FactKind::Grade(name) if is_ours(text, fact) => Some((fact, name)),
        _ => None,
    });
    let Some((fact, said)) = grades.next() else { return };
    let printed = checked.form().role(Role::Grade).filter(|at| !checked.document().fixed(*at).is_blank());
    let from_total = || {
        let (cell, total) = total(checked)?;
        let band = grade_of(checked.profile().grades.as_ref()?, total)?;
        Some((cell, band.name.clone()))
    };
    let table = match printed {
        Some(at) => Some((CellId::Fixed(at), checked.document().fixed(at).text().trim().to_owned())),
        None => from_total(),
    };
    let Some((cell, table)) = table else { return };
    // Words that are none of the usual grades can't be compared.
    let (Some(of_text), Some(of_table)) = (grade_family(said), grade_family(&table)) else { return };
    if of_text == of_table || grades.any(|(_, other)| other != said) {
        return;
    }
    let facts = ProseFacts::Grade { quote: text.quote(fact), table };
    let severity = if printed.is_some() { Severity::Error } else { severity(checked) };
    findings.push(conflict(text, cell, facts, severity));
}

fn name(checked: &Checked<'_>, text: &Text<'_>, findings: &mut Vec<Finding>) {
    let Some(at) = checked.form().role(Role::ProjectName) else { return };
    let table = checked.document().fixed(at).text().trim();
    let mut known: Vec<&str> = Vec::new();
    for fact in &text.prose.facts {
        let FactKind::Project(said) = &fact.kind else { continue };
        if table.is_empty() || known.contains(&said.as_str()) || same_name(said, table) {
            continue;
        }
        known.push(said);
        let facts = ProseFacts::Name { said: said.clone(), table: table.to_owned() };
        findings.push(conflict(text, CellId::Fixed(at), facts, Severity::Warning));
    }
}
