//! L03: amounts and rates in prose against the funds of the table.

use super::ledger::{FAMILIES, Family, Funds, Ledger, Slip, agrees, family};
use super::{Checked, Text, conflict};
use crate::document::CellId;
use crate::engine::total::execution_ratio;
use crate::engine::values::power_of_ten;
use crate::finding::{Finding, ProseFacts, ProseHint, Severity};
use crate::number::{Exact, Magnitude, Quantity};
use crate::prelude::*;
use crate::prose::{Fact, FactKind, Scope, Topic, Year};
use crate::template::{CellKind, Role};

/// More partial amounts than this are not added up in every way.
const MOST_PARTS: usize = 12;

/// An amount of a text, in 元.
struct Said<'a> {
    fact: &'a Fact,
    quantity: &'a Quantity,
    value: Exact,
}

pub fn check(checked: &Checked<'_>, texts: &[Text<'_>], findings: &mut Vec<Finding>) {
    let speaks = |fact: &Fact| matches!(fact.kind, FactKind::Amount(_) | FactKind::Percent(_)) && fact.topic.is_some();
    let texts: Vec<&Text<'_>> = texts.iter().filter(|text| !text.is_goal && text.prose.facts.iter().any(speaks)).collect();
    if texts.is_empty() {
        return;
    }
    let mut ledger = Ledger::new(checked);
    // One amount that is off by exactly 10000 shows that the table is in another unit; all others are compared after that.
    let slipped = texts.iter().find_map(|text| {
        let each =
            |funds: &Funds| FAMILIES.into_iter().flat_map(|family| said(text, family, funds)).find_map(|said| slip(funds, &said));
        ledger.funds.iter().find_map(each)
    });
    ledger.slipped = slipped;
    for text in texts {
        for funds in &ledger.funds {
            for kind in FAMILIES {
                compare(&ledger, funds, text, kind, findings);
            }
        }
        bases(&ledger, text, findings);
        rates(checked, &ledger, text, findings);
    }
}

/// The amounts of a family in a text that are of the year of the funds.
fn said<'a>(text: &Text<'a>, kind: Family, funds: &Funds) -> Vec<Said<'a>> {
    let facts = text.prose.facts.iter().filter(|fact| fact.topic.and_then(family) == Some(kind) && fact.scope != Scope::Loose);
    facts
        .filter(|fact| match funds.year {
            None => text.is_of_year(fact.year),
            Some(year) => fact.year == Year::In(year) && !text.is_of_year(fact.year),
        })
        .filter_map(|fact| match &fact.kind {
            FactKind::Amount(quantity) => Some(Said { fact, quantity, value: quantity.value().ok()? }),
            _ => None,
        })
        .collect()
}

/// The numbers of text and table differ by exactly 10000 times: 万元 and 元 mistaken for each other.
fn slip(funds: &Funds, said: &Said<'_>) -> Option<Slip> {
    let (_, main) = said.fact.topic.and_then(|topic| funds.main(family(topic)?, Some(topic)))?;
    let times = |value: Exact| value.checked_mul(power_of_ten(Magnitude(4))).ok();
    if main.is_zero() {
        None
    } else if times(said.value) == Some(main) {
        Some(Slip::TooLarge)
    } else {
        (times(main) == Some(said.value)).then_some(Slip::TooSmall)
    }
}

fn compare(ledger: &Ledger<'_>, funds: &Funds, text: &Text<'_>, kind: Family, findings: &mut Vec<Finding>) {
    let all = said(text, kind, funds);
    // The amounts that are not the table's, each once.
    let mut open: Vec<&Said<'_>> = Vec::new();
    let mut settled = false;
    let mut slips: Vec<Exact> = Vec::new();
    for said in &all {
        let Some((cell, table)) = funds.main(kind, said.fact.topic) else { continue };
        if slip(funds, said).is_some() {
            if !slips.contains(&said.value) {
                slips.push(said.value);
                let facts = amount(text, said, said.value, table, Some(ProseHint::Unit), 1);
                findings.push(conflict(text, cell, facts, Severity::Error));
            }
            settled = true;
        } else if agrees(said.quantity, ledger.meant(table)) {
            settled = true;
        } else if !open.iter().any(|known| known.value == said.value) {
            open.push(said);
        }
    }
    let Some((cell, table)) = funds.main(kind, None).map(|(cell, table)| (cell, ledger.meant(table))) else { return };
    if adds_up(&open, table) {
        return;
    }
    let alone = open.len() == 1 && !settled;
    // A row of a table, or a part of the year, proves nothing.
    open.retain(|said| !text.in_row && said.fact.scope != Scope::Part && !ledger.holds(kind, said.quantity));
    let mut found = false;
    for said in &open {
        let Some((cell, table)) = funds.main(kind, said.fact.topic) else { continue };
        let table = ledger.meant(table);
        let direct = matches!(said.fact.scope, Scope::Plain | Scope::Whole);
        // Less may be a part of it, unless it is the only amount, stands right beside its word, and is said of the whole project.
        let alone = alone && direct && is_near(said, table) && is_of_project(text, said);
        let wrong = match kind {
            Family::Balance => direct && !settled,
            Family::Budget | Family::Received | Family::Executed => (said.value > table && is_near(said, table)) || alone,
        };
        if wrong {
            let sure = said.fact.scope == Scope::Whole || alone;
            let facts = amount(text, said, said.value, table, other(ledger, funds, kind, said), 1);
            findings.push(conflict(text, cell, facts, if sure { Severity::Error } else { Severity::Warning }));
            found = true;
        }
    }
    if found || settled || kind == Family::Balance {
        return;
    }
    // Partial amounts of the year that come to more than all of it.
    open.retain(|said| matches!(said.fact.year, Year::In(_)) && matches!(said.fact.scope, Scope::Plain | Scope::Item));
    let sum = open.iter().try_fold(Exact::ZERO, |sum, said| sum.checked_add(said.value).ok());
    if let (Some(sum), Some(last), true) = (sum, open.last(), open.len() > 1)
        && sum.checked_sub(table).is_ok_and(|by| by > tail(&open))
        && open.iter().all(|said| is_near(said, table))
    {
        let hint = ledger.slipped.map(|_| ProseHint::AfterUnit);
        findings.push(conflict(text, cell, amount(text, last, sum, table, hint, open.len()), Severity::Warning));
    }
}

/// Many times the table's amount is something else's: the spending of a county or of an industry.
fn is_near(said: &Said<'_>, table: Exact) -> bool {
    table.is_zero() || table.checked_mul(Exact::from_int(10)).is_ok_and(|most| said.value <= most)
}

/// Whether an amount is that of the whole project: it is said so, of a year, or beside another amount of the project's funds; and
/// no other amount of its sentence may be the rest.
fn is_of_project(text: &Text<'_>, said: &Said<'_>) -> bool {
    let others = || {
        let amounts = text.prose.facts.iter().filter(|fact| fact.sentence == said.fact.sentence && fact.at != said.fact.at);
        amounts.filter(|fact| matches!(fact.kind, FactKind::Amount(_)))
    };
    let quote = text.quote(said.fact);
    let named = said.fact.scope == Scope::Whole
        || matches!(said.fact.year, Year::In(_))
        || ["项目", "预算", "资金", "实际"].iter().any(|word| quote.contains(word))
        || others().any(|fact| fact.topic.and_then(family).is_some());
    named && !others().any(|fact| fact.topic.is_none())
}

/// What rounding of the parts can explain: half of the last decimal of the finest, for each.
fn tail(parts: &[&Said<'_>]) -> Exact {
    let half = |said: &&Said<'_>| {
        let unit = said.quantity.factor().checked_div(Exact::ten_to(said.quantity.decimals()).ok()?).ok()?;
        unit.checked_div(Exact::from_int(2)).ok()
    };
    let count = i64::try_from(parts.len()).map(Exact::from_int).unwrap_or(Exact::ONE);
    let finest = parts.iter().filter_map(half).min();
    finest.and_then(|half| half.checked_mul(count).ok()).unwrap_or(Exact::ZERO)
}

/// Whether some of the amounts add up to the value.
fn adds_up(parts: &[&Said<'_>], value: Exact) -> bool {
    if parts.len() < 2 || parts.len() > MOST_PARTS {
        // So many amounts can be added up to anything.
        return parts.len() > MOST_PARTS;
    }
    (1_u32..1 << parts.len()).any(|chosen| {
        let mut parts = parts.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, said)| said.value);
        parts.try_fold(Exact::ZERO, |sum, part| sum.checked_add(part).ok()) == Some(value)
    })
}

/// The number is the table's, but stands there for something else.
fn other(ledger: &Ledger<'_>, funds: &Funds, kind: Family, said: &Said<'_>) -> Option<ProseHint> {
    let same = |family: Family, main: Option<(CellId, Exact)>| {
        let (cell, value) = main.filter(|_| family != kind)?;
        agrees(said.quantity, ledger.meant(value)).then_some(ProseHint::Same(cell))
    };
    same(Family::Budget, funds.adjusted)
        .or_else(|| same(Family::Executed, funds.executed))
        .or(ledger.slipped.map(|_| ProseHint::AfterUnit))
}

fn amount(text: &Text<'_>, said: &Said<'_>, value: Exact, table: Exact, hint: Option<ProseHint>, parts: usize) -> ProseFacts {
    let balance = said.fact.topic == Some(Topic::Balance);
    ProseFacts::Amount { quote: text.quote(said.fact), said: value, table, balance, hint, parts }
}

/// A contract or agreement above the budget, in one sentence: two bases for every rate.
fn bases(ledger: &Ledger<'_>, text: &Text<'_>, findings: &mut Vec<Finding>) {
    let facts = &text.prose.facts;
    let amounts = |topic: fn(Topic) -> bool| {
        facts
            .iter()
            .filter(move |fact| fact.topic.is_some_and(topic) && !matches!(fact.scope, Scope::Loose | Scope::Part))
            .filter_map(|fact| match &fact.kind {
                FactKind::Amount(quantity) => Some(Said { fact, quantity, value: quantity.value().ok()? }),
                _ => None,
            })
    };
    // A form of contracts has its budgets by year only.
    let Some((cell, table)) = ledger.funds.iter().find_map(|funds| funds.main(Family::Budget, None)) else { return };
    for contract in amounts(|topic| topic == Topic::Contract).filter(|said| text.is_of_year(said.fact.year)) {
        let budget = amounts(|topic| family(topic) == Some(Family::Budget)).find(|budget| {
            let near = budget.fact.sentence == contract.fact.sentence && text.is_of_year(budget.fact.year);
            near && agrees(budget.quantity, ledger.meant(table)) && contract.value > budget.value
        });
        if let Some(budget) = budget {
            let facts = ProseFacts::Bases { quote: text.quote(contract.fact), contract: contract.value, budget: budget.value };
            findings.push(conflict(text, cell, facts, Severity::Info));
            return;
        }
    }
}

/// 执行率
fn rates(checked: &Checked<'_>, ledger: &Ledger<'_>, text: &Text<'_>, findings: &mut Vec<Finding>) {
    let form = checked.form();
    let Some(ratio) = execution_ratio(checked.entered) else { return };
    let at = form.role(Role::ExecutionRate);
    let Some(cell) = at.map(CellId::Fixed).or(checked.role(Role::ExecutedAmount)) else { return };
    let printed = at.and_then(|at| checked.entered.fixed(at).value()).unwrap_or(ratio);
    let mut known: Vec<&Quantity> = Vec::new();
    for fact in &text.prose.facts {
        let (FactKind::Percent(quantity), Some(Topic::ExecutionRate)) = (&fact.kind, fact.topic) else { continue };
        if matches!(fact.scope, Scope::Loose | Scope::Part) || !text.is_of_year(fact.year) || known.contains(&quantity) {
            continue;
        }
        known.push(quantity);
        let Ok(said) = quantity.value() else { continue };
        if agrees(quantity, ratio) || agrees(quantity, printed) || is_some_rate(checked, quantity) {
            continue;
        }
        let initial = ledger
            .funds
            .first()
            .and_then(|funds| funds.executed.zip(funds.initial))
            .and_then(|((_, executed), (_, initial))| executed.checked_div(initial).ok());
        let hint = initial.filter(|initial| agrees(quantity, *initial)).map(|_| ProseHint::InitialBudget);
        let facts = ProseFacts::Rate { quote: text.quote(fact), said, table: printed, hint };
        findings.push(conflict(text, cell, facts, Severity::Error));
    }
}

/// Whether the table has this rate anywhere, as the rate of a source or a year.
fn is_some_rate(checked: &Checked<'_>, quantity: &Quantity) -> bool {
    let form = checked.form();
    let is = |cell: CellId| checked.entered.cell(cell).value().is_some_and(|value| agrees(quantity, value));
    let fixed = (0..).zip(&form.cells).any(|(at, def)| def.kind == CellKind::Percent && is(CellId::Fixed(at)));
    fixed
        || (0..).zip(&form.tables).any(|(table, def)| {
            let rates = || (0..).zip(&def.columns).filter(|(_, column)| column.kind == CellKind::Percent);
            let mut rows = checked.document().rows(table).iter();
            rows.any(|row| rates().any(|(column, _)| is(CellId::Row { table, row: row.id, column })))
        })
}
