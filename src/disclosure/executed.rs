//! What was planned, what was spent of it, and what is said of both: rates, 全部拨付, the share of a contract, payments.

use super::bind::Bound;
use super::clause::{Measure, Role, has};
use super::course::{Course, course};
use super::hold::Holder;
use super::listed::{Sum, is_told};
use super::sentence::{self, Line};
use super::slip::is_slip;
use super::statement::{Against, Standing};
use super::words;
use crate::number::Exact;
use crate::prelude::*;

/// So many amounts before a rate may be what it is of.
const NEAR: usize = 6;

/// In a text of more contracts nobody knows which is meant.
const MOST_CONTRACTS: usize = 40;

/// 执行率, 到位率, 占…: each rate that nothing else told.
pub(super) fn rates(holder: &mut Holder<'_>, lines: &[Line<'_>]) {
    for (nth, line) in lines.iter().enumerate() {
        for at in line.range.clone() {
            let Some(one) = line.bound.get(at).filter(|one| !one.loose && holder.is_unbound(at)) else { continue };
            let said = sentence::clause(one);
            let arrival = has(&said, words::ARRIVAL_RATE);
            if one.role == Role::Share && said.contains('占') {
                share(holder, line, at);
            } else if one.role == Role::Done || has(&said, words::RATE) || arrival {
                let course = if arrival { Course::Arrived } else { Course::Paid };
                rate(holder, lines, nth, at, course);
            }
        }
    }
}

/// Amounts before a number: those of its passage, else those of the passages before it under the same heading.
fn amounts_before(lines: &[Line<'_>], nth: usize, at: usize) -> Vec<usize> {
    let Some(line) = lines.get(nth) else { return Vec::new() };
    let amounts = |line: &Line<'_>, to: usize| -> Vec<usize> {
        (line.range.start..to).rev().filter(|at| line.bound.get(*at).is_some_and(Bound::is_amount)).collect()
    };
    let mut found = amounts(line, at);
    for earlier in lines.get(..nth).unwrap_or(&[]).iter().rev().take(3) {
        if found.len() < 2 && earlier.heading() == line.heading() {
            found.extend(amounts(earlier, earlier.range.end));
        }
    }
    found.truncate(NEAR);
    found
}

fn rate(holder: &mut Holder<'_>, lines: &[Line<'_>], nth: usize, at: usize, of: Course) {
    let Some(line) = lines.get(nth) else { return };
    let near = amounts_before(lines, nth, at);
    let is = |at: &&usize, wanted: Course| line.bound.get(**at).and_then(course) == Some(wanted);
    let of: Vec<usize> = near.iter().filter(|at| is(at, of)).copied().collect();
    let planned: Vec<usize> = near.iter().filter(|at| is(at, Course::Planned)).copied().collect();
    // What arrived is what may be spent, where no plan is told.
    let over = if planned.is_empty() && !of.iter().any(|at| is(&at, Course::Arrived)) {
        near.iter().filter(|at| is(at, Course::Arrived)).copied().collect()
    } else {
        planned
    };
    // 补助资金100万元，拨付80万元: what nothing is said of is what there was.
    let over: Vec<usize> = if over.is_empty() {
        let plain = |other: &usize| line.range.contains(other) && line.in_one_sentence(*other, at);
        near.iter().copied().filter(|other| plain(other) && line.bound.get(*other).and_then(course).is_none()).collect()
    } else {
        over
    };
    let mut first = None;
    for (part, whole) in of.iter().flat_map(|part| over.iter().map(move |whole| (*part, *whole))) {
        let (Some(of), Some(over)) = (holder.number(part), holder.number(whole)) else { continue };
        let Some((standing, against)) = holder.quotient_of(at, of, over) else { continue };
        if is_told(standing) {
            holder.set(at, standing, Some(against));
            holder.right(part);
            holder.right(whole);
            return;
        }
        first = first.or(Some((part, whole, against)));
    }
    let Some((part, whole, against)) = first else { return };
    if !line.bound.get(at).is_some_and(sentence::is_of_money) {
        return;
    }
    let single = of.len() == 1 && over.len() == 1;
    let beside = |other: usize| line.range.contains(&other) && line.in_one_sentence(other, at);
    if single && beside(part) && beside(whole) {
        holder.set(at, Standing::Wrong, Some(against));
    } else if single {
        holder.doubt(at, against);
    }
}

/// 占: the amount before it of another before it, or of one that its words name.
fn share(holder: &mut Holder<'_>, line: &Line<'_>, at: usize) {
    let before: Vec<usize> =
        (line.range.start..at).rev().filter(|at| line.bound.get(*at).is_some_and(Bound::is_amount)).take(NEAR).collect();
    let Some((part, wholes)) = before.split_first() else { return };
    let Some(of) = holder.number(*part) else { return };
    let said = line.bound.get(at).map(sentence::clause).unwrap_or_default();
    let named = said.rsplit('占').next().unwrap_or_default();
    let shares_words = |whole: usize| {
        let clause = line.bound.get(whole).map(sentence::clause).unwrap_or_default();
        let chars: Vec<char> = named.chars().collect();
        chars.windows(3).any(|word| clause.contains(&word.iter().collect::<String>()))
    };
    for whole in wholes {
        let Some((standing, against)) = holder.number(*whole).and_then(|over| holder.quotient_of(at, of, over)) else { continue };
        if standing == Standing::Right && (shares_words(*whole) || digits(holder, at) > 2) {
            holder.set(at, standing, Some(against));
            holder.right(*part);
            holder.right(*whole);
            return;
        }
        let clause = line.bound.get(*whole).map(sentence::clause).unwrap_or_default();
        let named = named.trim_end_matches(['的', '约', '为', '达']);
        if named.chars().count() > 2 && clause.ends_with(named) && line.in_one_sentence(*whole, at) {
            return holder.doubt(at, against);
        }
    }
}

fn digits(holder: &Holder<'_>, at: usize) -> usize {
    holder.statements.get(at).map_or(0, |one| one.printed.trim_end_matches('0').bytes().filter(u8::is_ascii_digit).count())
}

/// 2179万元已全部拨付, where elsewhere of 2179万元 only 2113.63万元 were.
pub(super) fn claims(holder: &mut Holder<'_>, lines: &[Line<'_>]) {
    for (nth, line) in lines.iter().enumerate() {
        for at in line.range.clone().filter(|at| line.bound.get(*at).is_some_and(Bound::is_amount)) {
            let behind = line.behind(at);
            let said = behind.split(['。', ';']).next().unwrap_or_default();
            let Some(all) = words::ALL_OF_IT.iter().find_map(|word| said.find(word).map(|at| at + word.len())) else { continue };
            let Some(verb) = words::PAID.iter().find(|verb| said.get(all..).is_some_and(|rest| rest.starts_with(**verb))) else {
                continue;
            };
            let Some(whole) = holder.number(at) else { continue };
            // Beside the same amount, here or in the next passages.
            for other in lines.get(nth..).unwrap_or(&[]).iter().take(4) {
                let again =
                    other.range.clone().any(|next| next != at && holder.number(next) == Some(whole)) || other.range.contains(&at);
                if !again {
                    continue;
                }
                let less: Vec<usize> = other
                    .range
                    .clone()
                    .filter(|next| *next > at && holder.number(*next).is_some_and(|value| value < whole && value.is_positive()))
                    .filter(|next| {
                        other.bound.get(*next).is_some_and(|one| one.is_amount() && sentence::clause(one).ends_with(verb))
                    })
                    .collect();
                // Payments that come to the whole say the same.
                let all_paid = Sum::of(holder, at, less.clone()).is_some_and(|sum| sum.off.is_zero());
                if let Some(first) = less.first().filter(|first| !all_paid && !is_listed(other, at, **first)) {
                    holder.doubt(at, Against::Claim { said: format!("全部{verb}"), other: *first });
                    break;
                }
            }
        }
    }
}

/// A payment behind 其中 is a part of what was paid.
fn is_listed(line: &Line<'_>, from: usize, to: usize) -> bool {
    let from = from.max(line.range.start.saturating_sub(1));
    (from + 1..=to).any(|at| has(&line.gap(at), words::PARTS) || has(&line.gap(at), words::LISTED))
}

/// 支付了合同总额50%，计424.85万元, and what was paid of each contract.
pub(super) fn contracts(holder: &mut Holder<'_>, lines: &[Line<'_>]) {
    let mut prices: Vec<usize> = Vec::new();
    for line in lines {
        prices.extend(
            line.range.clone().filter(|at| {
                line.bound.get(*at).is_some_and(|one| one.is_amount() && has(&sentence::clause(one), words::CONTRACT))
            }),
        );
    }
    if prices.is_empty() || prices.len() > MOST_CONTRACTS {
        return;
    }
    for line in lines {
        for at in line.range.clone() {
            portion(holder, line, at, &prices);
        }
        payments(holder, line, &prices);
    }
}

/// A share of the contract and what it comes to.
fn portion(holder: &mut Holder<'_>, line: &Line<'_>, at: usize, prices: &[usize]) {
    let next = at + 1;
    let is_share = line
        .bound
        .get(at)
        .is_some_and(|one| one.token.measure == Measure::Percent && !one.loose && has(&sentence::clause(one), words::CONTRACT));
    let comes_to = || {
        let gap = line.gap(next);
        gap.chars().count() <= 6 && has(&gap, words::COMES_TO)
    };
    if !is_share || !line.range.contains(&next) || !line.bound.get(next).is_some_and(Bound::is_amount) || !comes_to() {
        return;
    }
    let (Some(rate), Some(paid)) = (holder.number(at), holder.statements.get(next)) else { return };
    let (value, last) = (paid.value, paid.last);
    let mut best: Option<(Exact, Exact, usize)> = None;
    for (at, price) in prices.iter().filter_map(|price| Some((*price, holder.number(*price)?))) {
        let Some(due) = price.checked_mul(rate).ok().and_then(|due| due.checked_div(Exact::HUNDRED).ok()) else { continue };
        let Ok(off) = value.checked_sub(due) else { continue };
        if best.is_none_or(|(known, _, _)| off.abs() < known.abs()) {
            best = Some((off, due, at));
        }
    }
    let Some((off, due, price)) = best else { return };
    let half = last.checked_div(Exact::from_int(2)).unwrap_or(Exact::ZERO);
    if off.abs() <= half {
        [at, next, price].into_iter().for_each(|at| holder.right(at));
    } else if off.abs() < last {
        holder.right(at);
        holder.tail(next, Against::Due(due));
    } else {
        holder.doubt(next, Against::Due(due));
    }
}

/// The payments of a sentence are together what a contract costs.
fn payments(holder: &mut Holder<'_>, line: &Line<'_>, prices: &[usize]) {
    let paid = |at: &usize| {
        line.bound.get(*at).is_some_and(|one| {
            one.is_amount()
                && (has(&sentence::clause(one), words::PAID) || has(&line.gap(*at), words::COMES_TO))
                && has(&one.sentence, words::PAID)
        })
    };
    let mut sentences: Vec<Vec<usize>> = vec![Vec::new()];
    for at in line.range.clone() {
        if line.gap(at).contains('。') {
            sentences.push(Vec::new());
        }
        if let Some(list) = sentences.last_mut().filter(|_| paid(&at)) {
            list.push(at);
        }
    }
    for parts in sentences.into_iter().filter(|parts| !parts.is_empty()) {
        let sums: Vec<(usize, Sum)> = prices
            .iter()
            .filter(|price| !parts.contains(price))
            .filter_map(|price| Some((*price, Sum::of(holder, *price, parts.clone())?)))
            .collect();
        let told = sums.iter().find(|(_, sum)| sum.off.is_zero()).or_else(|| sums.iter().find(|(_, sum)| sum.is_tail()));
        if let Some((price, sum)) = told {
            sum.holds(holder, *price);
            continue;
        }
        // More was paid than the only contract, which the same paragraph names: elsewhere other things are paid for.
        let more = |price: usize, sum: &Sum| {
            sum.off.is_negative() && parts.len() > 1 && prices.len() == 1 && line.range.contains(&price)
        };
        let wrong = sums.iter().find(|(price, sum)| is_slip(sum.value, sum.off, sum.last) || more(*price, sum));
        if let (Some((_, sum)), Some(last), true) = (wrong, parts.last(), holder.is_open(usize::MAX, &parts)) {
            holder.doubt(*last, Against::Payments { sum: sum.sum, whole: sum.value });
        }
    }
}

/// 批复下达预算48万元 … 下达资金6万元 … 下达资金42.48万元: more arrived, or was paid, than was planned.
pub(super) fn overruns(holder: &mut Holder<'_>, lines: &[Line<'_>]) {
    for line in lines {
        let amounts: Vec<usize> = line.range.clone().filter(|at| line.bound.get(*at).is_some_and(Bound::is_amount)).collect();
        let Some((plan, rest)) = amounts.split_first() else { continue };
        if line.bound.get(*plan).and_then(course) != Some(Course::Planned) {
            continue;
        }
        for verb in words::INSTALMENT {
            let parts: Vec<usize> = rest
                .iter()
                .copied()
                .filter(|at| line.bound.get(*at).is_some_and(|one| sentence::clause(one).ends_with(verb)))
                .collect();
            // What a payment is made up of is no other payment.
            let first = parts.first().copied().unwrap_or_default();
            let parts: Vec<usize> = parts.into_iter().filter(|at| !is_listed(line, first, *at)).collect();
            if parts.len() < 2 || parts.iter().any(|at| has(&line.gap(*at), words::RUNNING)) {
                continue;
            }
            let Some(sum) = Sum::of(holder, *plan, parts) else { continue };
            if sum.off.is_zero() {
                sum.holds(holder, *plan);
            } else if sum.off.is_negative() && !sum.is_tail() {
                holder.doubt(*plan, Against::Sum { parts: sum.parts, sum: sum.sum });
            }
        }
    }
}

/// 预算100万元，支出90万元，结余10万元
pub(super) fn balances(holder: &mut Holder<'_>, lines: &[Line<'_>]) {
    for (nth, line) in lines.iter().enumerate() {
        for at in line.range.clone() {
            if !holder.is_unbound(at)
                || !line.bound.get(at).is_some_and(|one| one.is_amount() && has(&sentence::clause(one), words::LEFT_OVER))
            {
                continue;
            }
            let near = amounts_before(lines, nth, at);
            let is = |at: &usize, courses: &[Course]| {
                line.bound.get(*at).and_then(course).is_some_and(|course| courses.contains(&course))
            };
            let paid: Vec<usize> = near.iter().copied().filter(|at| is(at, &[Course::Paid])).collect();
            let over: Vec<usize> = near.iter().copied().filter(|at| is(at, &[Course::Planned, Course::Arrived])).collect();
            let Some(left) = holder.statements.get(at).map(|one| (one.value, one.last)) else { continue };
            let mut off = None;
            for (plan, spent) in over.iter().flat_map(|plan| paid.iter().map(move |spent| (*plan, *spent))) {
                let (Some(whole), Some(part)) = (holder.number(plan), holder.number(spent)) else { continue };
                let Some(rest) = whole.checked_sub(part).ok() else { continue };
                if rest == left.0 {
                    [at, plan, spent].into_iter().for_each(|at| holder.right(at));
                    off = None;
                    break;
                }
                off = off.or(left.0.checked_sub(rest).ok().map(|off| (off, rest)));
            }
            let single = over.len() == 1 && paid.len() == 1 && near.iter().all(|near| line.range.contains(near));
            let off = off.filter(|(off, _)| off.abs() >= left.1 && (single || is_slip(left.0, *off, left.1)));
            // What came over from the year before was there to be spent, too.
            let says = |at: usize, list: &[&str]| line.bound.get(at).is_some_and(|one| has(&sentence::clause(one), list));
            let carried =
                says(at, words::OPENING) || near.iter().any(|at| says(*at, words::OPENING) || says(*at, words::LEFT_OVER));
            let off = off.filter(|_| !carried);
            if let Some((_, rest)) = off {
                holder.doubt(at, Against::LeftOver(rest));
            }
        }
    }
}
