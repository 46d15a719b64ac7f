//! L02 within one sentence: 补助471.23元，其中中央189.63万元，地方281.6万元. The parts after 其中 give the whole, but in another unit.

use super::Text;
use crate::finding::{Code, Facts, Finding, ProseFacts};
use crate::number::{Exact, Quantity, Unit};
use crate::prelude::*;
use crate::prose::{Fact, FactKind};

/// More parts than this are not tried.
const MOST_PARTS: usize = 30;

pub fn check(text: &Text<'_>, findings: &mut Vec<Finding>) {
    let amounts: Vec<(&Fact, &Quantity)> = text.prose.facts.iter().filter_map(amount).collect();
    for (at, (fact, whole)) in amounts.iter().enumerate() {
        let rest = amounts.get(at.saturating_add(1)..).unwrap_or_default();
        let parts: Vec<_> = rest.iter().take(MOST_PARTS).take_while(|(part, _)| part.sentence == fact.sentence).collect();
        let Some((first, part)) = parts.first() else { continue };
        let between = text.text.get(fact.at.end..first.at.start).unwrap_or_default();
        if part.unit == whole.unit || !between.contains("其中") {
            continue;
        }
        let Some((count, sum)) = sum_of(whole, &parts.iter().map(|(_, part)| *part).collect::<Vec<_>>()) else { continue };
        let Unit::Money(unit) = part.unit else { continue };
        let facts = ProseFacts::WholeUnit { quote: text.quote(fact), parts: count, sum, unit };
        findings.push(Finding::new(Code::L02, vec![text.cell], Facts::Prose(facts)));
    }
}

fn amount(fact: &Fact) -> Option<(&Fact, &Quantity)> {
    match &fact.kind {
        FactKind::Amount(quantity) if !quantity.number.is_zero() => Some((fact, quantity)),
        _ => None,
    }
}

/// How many of the parts, two at least and all in one unit, add up to the number of the whole, and that number.
fn sum_of(whole: &Quantity, parts: &[&Quantity]) -> Option<(usize, Exact)> {
    let number = Exact::from_decimal(whole.number);
    let unit = &parts.first()?.unit;
    let mut sum = Exact::ZERO;
    for (before, part) in parts.iter().enumerate().take_while(|(_, part)| part.unit == *unit) {
        sum = sum.checked_add(Exact::from_decimal(part.number)).ok()?;
        if before > 0 && sum == number {
            return Some((before.saturating_add(1), sum));
        }
    }
    None
}
