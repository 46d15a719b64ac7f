//! L03: amounts and rates in prose against the funds of the table.

use super::{Checked, Text, conflict};
use crate::document::CellId;
use crate::engine::total::execution_ratio;
use crate::engine::values::power_of_ten;
use crate::finding::{Finding, ProseFacts, ProseHint, Severity};
use crate::number::{Agreement, Exact, Magnitude, Quantity, Reading, Unit, agreement};
use crate::prelude::*;
use crate::prose::{Fact, FactKind, Scope, Topic, Year, topics};
use crate::template::{CellKind, Form, Role};

/// More partial amounts than this are not added up in every way.
const MOST_PARTS: usize = 12;

/// Amounts of one kind, whatever their row or source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Budget,
    Received,
    Executed,
    Balance,
}

const FAMILIES: [Family; 4] = [Family::Budget, Family::Received, Family::Executed, Family::Balance];

fn family(topic: Topic) -> Option<Family> {
    match topic {
        Topic::Budget | Topic::InitialBudget | Topic::AdjustedBudget => Some(Family::Budget),
        Topic::Received => Some(Family::Received),
        Topic::Executed => Some(Family::Executed),
        Topic::Balance => Some(Family::Balance),
        Topic::Contract | Topic::ExecutionRate | Topic::ReceiptRate | Topic::CompletionRate | Topic::TotalScore => None,
    }
}

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
    let ledger = Ledger::new(checked);
    // One amount that is off by exactly 10000 shows that the table is in another unit; all others are compared after that.
    let slipped = texts.iter().find_map(|text| {
        let mut amounts = FAMILIES.into_iter().flat_map(|family| said(text, family));
        amounts.find_map(|said| slip(&ledger, &said))
    });
    let ledger = Ledger { slipped, ..ledger };
    for text in texts {
        for kind in FAMILIES {
            compare(&ledger, text, kind, findings);
        }
        bases(&ledger, text, findings);
        rates(checked, &ledger, text, findings);
    }
}

/// What the amounts of the table are.
struct Ledger {
    initial: Option<(CellId, Exact)>,
    adjusted: Option<(CellId, Exact)>,
    executed: Option<(CellId, Exact)>,
    /// Every amount of the table with the families that its labels name; none for an amount that may be of any.
    all: Vec<(Vec<Topic>, Exact)>,
    slipped: Option<Slip>,
}

/// How the unit of the table was mistaken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slip {
    /// 元 typed where 万元 is meant.
    TooLarge,
    /// 万元 typed where 元 is meant.
    TooSmall,
}

impl Ledger {
    fn new(checked: &Checked<'_>) -> Ledger {
        let form = checked.form();
        let main = |role| {
            let at = form.role(role)?;
            Some((CellId::Fixed(at), checked.entered.fixed(at).value()?))
        };
        let mut all = Vec::new();
        for (at, def) in (0..).zip(&form.cells) {
            let cell = CellId::Fixed(at);
            if let Some(value) = money(checked, form, cell, def.kind) {
                all.push((topics(&def.label).chain(def.row.iter().flat_map(|row| topics(row))).collect(), value));
            }
        }
        for (table, def) in (0..).zip(&form.tables) {
            for row in checked.document().rows(table) {
                for (column, column_def) in (0..).zip(&def.columns) {
                    let cell = CellId::Row { table, row: row.id, column };
                    if let Some(value) = money(checked, form, cell, column_def.kind) {
                        all.push((topics(&column_def.label).collect(), value));
                    }
                }
            }
        }
        Ledger {
            initial: main(Role::InitialBudget),
            adjusted: main(Role::AdjustedBudget),
            executed: main(Role::ExecutedAmount),
            all,
            slipped: None,
        }
    }

    /// The cell and the value that a text about this family has to agree with.
    fn main(&self, family: Family, topic: Option<Topic>) -> Option<(CellId, Exact)> {
        match family {
            Family::Budget if topic == Some(Topic::InitialBudget) => self.initial,
            Family::Budget if topic == Some(Topic::AdjustedBudget) => self.adjusted,
            Family::Budget => self.adjusted.or(self.initial),
            Family::Received => None,
            Family::Executed => self.executed,
            Family::Balance => {
                let ((_, budget), (cell, executed)) = (self.adjusted?, self.executed?);
                Some((cell, budget.checked_sub(executed).ok()?))
            }
        }
    }

    /// A value of the table as it was meant: in the unit that the texts show.
    fn meant(&self, value: Exact) -> Exact {
        let by = power_of_ten(Magnitude(4));
        match self.slipped {
            Some(Slip::TooLarge) => value.checked_div(by).unwrap_or(value),
            Some(Slip::TooSmall) => value.checked_mul(by).unwrap_or(value),
            None => value,
        }
    }

    /// Whether any amount of the table that may be of this family is the one of the text.
    fn holds(&self, kind: Family, said: &Said<'_>) -> bool {
        let fits = |topics: &[Topic]| topics.is_empty() || topics.iter().any(|topic| family(*topic) == Some(kind));
        self.all.iter().any(|(topics, value)| fits(topics) && agrees(said.quantity, self.meant(*value)))
    }
}

/// The amount in a cell of funds, or of an indicator whose value is money.
fn money(checked: &Checked<'_>, form: &Form, cell: CellId, kind: CellKind) -> Option<Exact> {
    match kind {
        CellKind::Amount => checked.entered.cell(cell).value(),
        CellKind::Value | CellKind::Text => match checked.document().typed(cell).reading() {
            Reading::Quantity(quantity) if matches!(quantity.unit, Unit::Money(_)) => quantity.value().ok(),
            Reading::Quantity(quantity) if kind == CellKind::Value && quantity.unit == Unit::None => {
                Exact::from_decimal(quantity.number).checked_mul(power_of_ten(form.unit)).ok()
            }
            _ => None,
        },
        CellKind::Price
        | CellKind::Count
        | CellKind::Prose
        | CellKind::Year
        | CellKind::Date
        | CellKind::Percent
        | CellKind::Points
        | CellKind::Grade
        | CellKind::Choice => None,
    }
}

/// Whether a number of a text is this value, at the decimals it is written with.
fn agrees(said: &Quantity, value: Exact) -> bool {
    let differs = |value| matches!(agreement(said.number, value), Agreement::Differs { .. });
    value.checked_div(said.factor()).is_ok_and(|value| !differs(value))
}

/// The amounts of a family in a text that are of its year.
fn said<'a>(text: &Text<'a>, kind: Family) -> Vec<Said<'a>> {
    let facts = text.prose.facts.iter().filter(|fact| fact.topic.and_then(family) == Some(kind) && fact.scope != Scope::Loose);
    facts
        .filter(|fact| text.is_of_year(fact.year))
        .filter_map(|fact| match &fact.kind {
            FactKind::Amount(quantity) => Some(Said { fact, quantity, value: quantity.value().ok()? }),
            _ => None,
        })
        .collect()
}

/// The numbers of text and table differ by exactly 10000 times: 万元 and 元 mistaken for each other.
fn slip(ledger: &Ledger, said: &Said<'_>) -> Option<Slip> {
    let (_, main) = said.fact.topic.and_then(|topic| ledger.main(family(topic)?, Some(topic)))?;
    let times = |value: Exact| value.checked_mul(power_of_ten(Magnitude(4))).ok();
    if main.is_zero() {
        None
    } else if times(said.value) == Some(main) {
        Some(Slip::TooLarge)
    } else {
        (times(main) == Some(said.value)).then_some(Slip::TooSmall)
    }
}

fn compare(ledger: &Ledger, text: &Text<'_>, kind: Family, findings: &mut Vec<Finding>) {
    let all = said(text, kind);
    // The amounts that are not the table's, each once.
    let mut open: Vec<&Said<'_>> = Vec::new();
    let mut settled = false;
    let mut slips: Vec<Exact> = Vec::new();
    for said in &all {
        let Some((cell, table)) = ledger.main(kind, said.fact.topic) else { continue };
        if slip(ledger, said).is_some() {
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
    let Some((cell, table)) = ledger.main(kind, None).map(|(cell, table)| (cell, ledger.meant(table))) else { return };
    if adds_up(&open, table) {
        return;
    }
    let alone = open.len() == 1 && !settled;
    // A row of a table, or a part of the year, proves nothing.
    open.retain(|said| !text.in_row && said.fact.scope != Scope::Part && !ledger.holds(kind, said));
    let mut found = false;
    for said in &open {
        let Some((cell, table)) = ledger.main(kind, said.fact.topic) else { continue };
        let table = ledger.meant(table);
        let direct = matches!(said.fact.scope, Scope::Plain | Scope::Whole);
        // Less may be a part of it, unless it is the only amount, stands right beside its word, and is said of the whole project.
        let alone = alone && direct && is_of_project(text, said);
        let wrong = match kind {
            Family::Balance => direct && !settled,
            Family::Budget | Family::Received | Family::Executed => (said.value > table && is_near(said, table)) || alone,
        };
        if wrong {
            let sure = said.fact.scope == Scope::Whole || alone;
            let facts = amount(text, said, said.value, table, other(ledger, kind, said), 1);
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
fn other(ledger: &Ledger, kind: Family, said: &Said<'_>) -> Option<ProseHint> {
    let same = |family: Family, main: Option<(CellId, Exact)>| {
        let (cell, value) = main.filter(|_| family != kind)?;
        agrees(said.quantity, ledger.meant(value)).then_some(ProseHint::Same(cell))
    };
    same(Family::Budget, ledger.adjusted)
        .or_else(|| same(Family::Executed, ledger.executed))
        .or(ledger.slipped.map(|_| ProseHint::AfterUnit))
}

fn amount(text: &Text<'_>, said: &Said<'_>, value: Exact, table: Exact, hint: Option<ProseHint>, parts: usize) -> ProseFacts {
    let balance = said.fact.topic == Some(Topic::Balance);
    ProseFacts::Amount { quote: text.quote(said.fact), said: value, table, balance, hint, parts }
}

/// A contract or agreement above the budget, in one sentence: two bases for every rate.
fn bases(ledger: &Ledger, text: &Text<'_>, findings: &mut Vec<Finding>) {
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
    let Some((cell, table)) = ledger.main(Family::Budget, None) else { return };
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
fn rates(checked: &Checked<'_>, ledger: &Ledger, text: &Text<'_>, findings: &mut Vec<Finding>) {
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
        let initial =
            ledger.executed.zip(ledger.initial).and_then(|((_, executed), (_, initial))| executed.checked_div(initial).ok());
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
