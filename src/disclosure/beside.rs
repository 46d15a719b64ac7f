//! What stands beside each other in sentences: a plan, what was spent and the rate; the rates of items and that of all of them;
//! visits and vehicles and what they cost. Words leave more open here than in tables: what does not fit is mostly 存疑.

use super::bind::Bound;
use super::clause::{Measure, Role, has};
use super::hold::{Holder, is_item};
use super::sentence::is_of_money;
use super::statement::{Against, Standing};
use super::words;
use crate::number::Exact;
use crate::prelude::*;

/// So many paragraphs before a count may tell what it cost.
const NEAR: usize = 3;

pub(super) fn beside(holder: &mut Holder<'_>, bound: &[Bound]) {
    executions(holder, bound);
    rates_of_items(holder, bound);
    visits(holder, bound);
    vehicles(holder, bound);
}

fn clause(one: &Bound) -> &str {
    one.sentence.rsplit([',', ';', ':']).next().unwrap_or_default()
}

fn is_unbound(holder: &Holder<'_>, at: usize) -> bool {
    holder.statements.get(at).is_some_and(|one| one.standing == Standing::Unbound)
}

fn value(holder: &Holder<'_>, at: usize) -> Option<Exact> {
    holder.statements.get(at).map(|one| one.value)
}

/// 收入预算总计461.19万元，实际支出总计461.19万元，预算支出完成率100.00%: a plan, what was spent, and the rate right behind both.
fn executions(holder: &mut Holder<'_>, bound: &[Bound]) {
    for (at, one) in bound.iter().enumerate().filter(|(_, one)| one.role == Role::Done && !one.loose) {
        let (Some(first), Some(second)) = (at.checked_sub(2), at.checked_sub(1)) else { continue };
        let amount = |at: usize| {
            bound.get(at).filter(|other| {
                other.role == Role::Amount
                    && !other.loose
                    && other.passage == one.passage
                    && one.sentence.starts_with(&other.sentence)
            })
        };
        let (Some(plan), Some(spent)) = (amount(first), amount(second)) else { continue };
        let is_spent = |one: &Bound| has(clause(one), words::SPENT);
        let planned = clause(plan).contains("预算") && !is_spent(plan);
        if !planned || !is_spent(spent) || !is_unbound(holder, at) || !is_of_money(one) {
            continue;
        }
        let (Some(of), Some(over)) = (value(holder, second), value(holder, first)) else { continue };
        holder.quotient(at, of, over);
        if holder.statements.get(at).is_some_and(|one| matches!(one.standing, Standing::Right | Standing::Tail)) {
            holder.right(first);
            holder.right(second);
        }
    }
}

/// Where all items are completed by 100 %, so is their whole: it lies between the least and the greatest of its parts.
fn rates_of_items(holder: &mut Holder<'_>, bound: &[Bound]) {
    let of_general = |one: &&Bound, item: bool| {
        one.role == Role::Done
            && !one.loose
            && one.key.as_ref().is_some_and(|key| key.fund == "general" && key.measure == "expenditure" && is_item(key) == item)
    };
    let items: Vec<Exact> =
        bound.iter().enumerate().filter(|(_, one)| of_general(one, true)).filter_map(|(at, _)| value(holder, at)).collect();
    let (Some(least), Some(most)) = (items.iter().min().copied(), items.iter().max().copied()) else { return };
    for (at, _) in bound.iter().enumerate().filter(|(_, one)| of_general(one, false)) {
        let Some(rate) = value(holder, at).filter(|_| items.len() > 1 && is_unbound(holder, at)) else { continue };
        if rate >= least && rate <= most {
            holder.right(at);
        } else {
            holder.doubt(at, Against::Between { least, most });
        }
    }
}

/// The last amount of one of these meanings, in this paragraph or right before it.
fn cost(bound: &[Bound], at: usize, measures: &[&str]) -> Option<usize> {
    let passage = bound.get(at)?.passage;
    (0..at).rev().take_while(|before| bound.get(*before).is_some_and(|one| one.passage + NEAR >= passage)).find(|before| {
        bound.get(*before).is_some_and(|one| {
            one.role == Role::Amount
                && !one.loose
                && one.phase == "main"
                && one.key.as_ref().is_some_and(|key| measures.contains(&key.measure))
        })
    })
}

/// Visits that cost something, and none that cost nothing: 团组, 批次, 人次, 人均.
fn visits(holder: &mut Holder<'_>, bound: &[Bound]) {
    for (at, one) in bound.iter().enumerate().filter(|(_, one)| !one.loose) {
        if one.role == Role::Amount && clause(one).contains("人均") {
            average(holder, bound, at);
            continue;
        }
        let persons = matches!(one.token.unit.as_str(), "人次" | "人");
        let groups = matches!(one.token.unit.as_str(), "批次" | "批" | "个");
        if one.token.measure != Measure::Count || !persons && !groups {
            continue;
        }
        // 2批次、26人次: both are of the words before the first.
        let said = clause(one);
        let measures: &[&str] = if has(said, words::JOURNEYS) {
            &["abroad"]
        } else if one.token.unit == "个" || !said.contains("接待") {
            continue;
        } else if has(said, words::FOREIGN) {
            &["reception-foreign"]
        } else {
            &["reception", "reception-home"]
        };
        let Some(cost_at) = cost(bound, at, measures) else { continue };
        let (Some(count), Some(paid)) = (value(holder, at), value(holder, cost_at)) else { continue };
        // How many there were that cost something nobody says twice.
        match (count.is_zero(), paid.is_zero()) {
            (true, true) => holder.right(at),
            (false, false) => {}
            (true, false) | (false, true) => holder.doubt(at, Against::Beside(cost_at)),
        }
        // A group is one person or more.
        let before = at.checked_sub(1).filter(|before| {
            persons
                && bound.get(*before).is_some_and(|other| {
                    other.passage == one.passage
                        && matches!(other.token.unit.as_str(), "批次" | "批" | "个")
                        && said.starts_with(clause(other))
                })
        });
        if let Some(before) = before.filter(|before| value(holder, *before) > Some(count)) {
            holder.doubt(before, Against::Beside(at));
        }
    }
}

/// 200人次，人均0.01万元
fn average(holder: &mut Holder<'_>, bound: &[Bound], at: usize) {
    let Some(passage) = bound.get(at).map(|one| one.passage) else { return };
    let persons = (0..at).rev().take(3).find(|before| {
        bound.get(*before).is_some_and(|one| one.passage == passage && matches!(one.token.unit.as_str(), "人次" | "人"))
    });
    let (Some(persons), Some(cost_at)) = (persons, cost(bound, at, &["reception"])) else { return };
    let (Some(count), Some(paid), Some(one)) = (value(holder, persons), value(holder, cost_at), holder.statements.get(at)) else {
        return;
    };
    let Some(off) = paid.checked_div(count).ok().and_then(|mean| one.value.checked_sub(mean).ok()) else { return };
    if one.last.checked_div(Exact::from_int(2)).is_ok_and(|half| off.abs() <= half) {
        holder.right(at);
        holder.right(persons);
    } else {
        holder.doubt(at, Against::Beside(persons));
    }
}

/// Vehicles that the budget pays for are some of those that there are.
fn vehicles(holder: &mut Holder<'_>, bound: &[Bound]) {
    let of = |word: &str| {
        bound
            .iter()
            .enumerate()
            .find(|(_, one)| one.token.unit == "辆" && !one.loose && clause(one).contains(word))
            .map(|(at, _)| at)
    };
    let (Some(kept), Some(all)) = (of("保有量"), of("共有车辆")) else { return };
    if value(holder, kept) > value(holder, all) {
        holder.doubt(kept, Against::Beside(all));
    }
}
