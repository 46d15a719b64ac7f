//! Growth where no table and no key tells last year's amount: from the amounts that stand right beside it.

use super::bind::Bound;
use super::clause::{Measure, Role, has};
use super::compare::slack;
use super::hold::Holder;
use super::listed::is_told;
use super::sentence::{self, Line};
use super::slip::is_slip;
use super::statement::{Against, Standing};
use super::words;
use crate::number::Exact;
use crate::prelude::*;

/// So many amounts before a change may be what changed.
const NEAR: usize = 4;

pub(super) fn growing(holder: &mut Holder<'_>, line: &Line<'_>) {
    for at in line.range.clone() {
        let Some(one) = line.bound.get(at).filter(|one| !one.loose) else { continue };
        match one.role {
            Role::Growth(way) if holder.is_unbound(at) => growth(holder, line, at, way),
            Role::Change(_) if holder.is_unbound(at) => change(holder, line, at),
            Role::Points => points(holder, line, at),
            _ => {}
        }
        let falls = matches!(one.role, Role::Growth(Some(false)) | Role::Change(Some(false)));
        if falls && one.token.number.is_sign_negative() && !one.token.number.is_zero() {
            holder.doubt(at, Against::Negative);
        }
        level(holder, line, at);
    }
}

fn amounts_before(line: &Line<'_>, at: usize) -> Vec<usize> {
    (line.range.start..at).rev().filter(|at| line.bound.get(*at).is_some_and(Bound::is_amount)).take(NEAR).collect()
}

fn growth(holder: &mut Holder<'_>, line: &Line<'_>, at: usize, way: Option<bool>) {
    let change = at.checked_sub(1).filter(|before| {
        line.range.contains(before)
            && line.in_one_sentence(*before, at)
            && line.bound.get(*before).is_some_and(|one| matches!(one.role, Role::Change(_)))
    });
    let Some(change_at) = change else { return of_two(holder, line, at, way) };
    let Some((change, last)) = holder.statements.get(change_at).map(|one| (one.value, one.last)) else { return };
    let Some(Role::Change(change_way)) = line.bound.get(change_at).map(|one| one.role) else { return };
    let Some(up) = change_way.or(way) else { return };
    let signed = if up { change } else { change.abs().neg() };
    let values = amounts_before(line, change_at);
    let mut first = None;
    for value_at in &values {
        let Some((value, base)) = holder.number(*value_at).and_then(|value| Some((value, value.checked_sub(signed).ok()?)))
        else {
            continue;
        };
        if base.is_zero() || base.is_negative() {
            first = first.or(base.is_zero().then_some(Against::NoBase));
            continue;
        }
        let Some((standing, computed)) = holder.rate_of(at, change.abs(), base, slack(change.abs(), last, base)) else {
            continue;
        };
        let against = Against::Growth { value, change: signed, computed };
        if is_told(standing) && way.is_none_or(|way| way == up) {
            holder.set(at, standing, Some(against));
            holder.right(change_at);
            holder.right(*value_at);
            return;
        }
        first = first.or(Some(against));
    }
    // 支出100万元，其中会议费增加5万元: how much that is was not said.
    let Some(against) = first.filter(|_| !has(&line.gap(change_at), words::PARTS)) else { return };
    // One amount in the sentence is what changed; of several, or of one in a sentence before, anyone may be.
    let single = values.iter().filter(|value| line.in_one_sentence(**value, at)).count() == 1;
    if single {
        holder.set(at, Standing::Wrong, Some(against));
    } else {
        holder.doubt(at, against);
    }
}

/// 由上年的90万元增长到100万元，增长11.11%
fn of_two(holder: &mut Holder<'_>, line: &Line<'_>, at: usize, way: Option<bool>) {
    let near: Vec<usize> = amounts_before(line, at).into_iter().filter(|value| line.in_one_sentence(*value, at)).collect();
    let mut first = None;
    for (now_at, last_at) in near.iter().flat_map(|now| near.iter().map(move |last| (*now, *last))) {
        let (Some(now), Some(last)) = (holder.number(now_at), holder.number(last_at)) else { continue };
        let Ok(change) = now.checked_sub(last) else { continue };
        if now_at == last_at || way.is_some_and(|up| up == change.is_negative()) {
            continue;
        }
        let Some((standing, computed)) = holder.rate_of(at, change.abs(), last, Exact::ZERO) else { continue };
        let against = Against::Growth { value: now, change, computed };
        if is_told(standing) {
            holder.set(at, standing, Some(against));
            holder.right(now_at);
            holder.right(last_at);
            return;
        }
        first = first.or(Some(against));
    }
    // 服务人数增长20% is of neither amount, and 由 without 到 tells who pays.
    let said = line.bound.get(at).is_some_and(|one| {
        let own = sentence::clause(one);
        let plain = [words::UP, words::DOWN, words::COMPARED].into_iter().any(|list| sentence::begins_with(&own, list));
        plain && (has(&one.sentence, words::PAST) || has(&one.sentence, words::FROM) && one.sentence.contains('到'))
    });
    if let Some(against) = first.filter(|_| near.len() == 2 && said) {
        holder.doubt(at, against);
    }
}

/// 比上年的90万元增加10万元: the difference of two amounts beside it.
fn change(holder: &mut Holder<'_>, line: &Line<'_>, at: usize) {
    let near = amounts_before(line, at);
    let Some((change, last)) = holder.statements.get(at).map(|one| (one.value, one.last)) else { return };
    let mut slipped = None;
    for (nth, first) in near.iter().enumerate() {
        for second in near.get(nth + 1..).unwrap_or(&[]) {
            let (Some(one), Some(other)) = (holder.number(*first), holder.number(*second)) else { continue };
            let Ok(difference) = one.checked_sub(other) else { continue };
            let Ok(off) = difference.abs().checked_sub(change.abs()) else { continue };
            if off.is_zero() {
                [at, *first, *second].into_iter().for_each(|at| holder.right(at));
                return;
            }
            let long = is_slip(change, off, last) || is_slip(one, off, last) || is_slip(other, off, last);
            if long && line.in_one_sentence(*second, at) {
                slipped = slipped.or(Some(Against::Change { now: one, before: other }));
            }
        }
    }
    if let Some(against) = slipped {
        holder.doubt(at, against);
    }
}

/// 92.5%，比上年的90.0%提高2.5个百分点
fn points(holder: &mut Holder<'_>, line: &Line<'_>, at: usize) {
    let rates: Vec<usize> = (line.range.start..at)
        .rev()
        .filter(|rate| {
            line.bound.get(*rate).is_some_and(|one| one.token.measure == Measure::Percent && !one.loose)
                && line.in_one_sentence(*rate, at)
        })
        .take(NEAR)
        .collect();
    let Some(said) = holder.number(at) else { return };
    // 合格率98%，满意度95%: two rates of two things, where neither is last year's.
    let is_base = |rate: &usize| {
        line.bound.get(*rate).map(sentence::clause).is_some_and(|said| has(&said, words::PAST) || has(&said, words::FROM))
    };
    let comparable = rates.len() == 2 && rates.iter().any(is_base);
    for (nth, first) in rates.iter().enumerate() {
        for second in rates.get(nth + 1..).unwrap_or(&[]) {
            let (Some(one), Some(other)) = (holder.number(*first), holder.number(*second)) else { continue };
            let Ok(difference) = one.checked_sub(other) else { continue };
            if difference.abs() == said.abs() {
                [at, *first, *second].into_iter().for_each(|at| holder.right(at));
                return;
            }
            if comparable {
                holder.doubt(at, Against::Points(difference.abs()));
            }
        }
    }
}

/// 与上年持平，增加5万元
fn level(holder: &mut Holder<'_>, line: &Line<'_>, at: usize) {
    let Some(one) = line.bound.get(at) else { return };
    let changed = matches!(one.role, Role::Change(_) | Role::Growth(_)) && !one.token.number.is_zero();
    if !changed {
        return;
    }
    let Some((before, rest)) = one.sentence.rsplit_once("持平") else { return };
    // Behind another number, or a semicolon, something else changed; 与预算持平 says nothing of last year.
    let same = !has(rest, words::PARTS) && !has(rest, words::MEASURE_WORDS) && !rest.contains(['元', '%', ';']);
    let near = rest.chars().count() <= 14 && same;
    let own = before.rsplit([',', ';']).next().unwrap_or_default();
    let whole = !before.ends_with("基本") && has(own, words::PAST);
    if near && whole {
        holder.doubt(at, Against::Level);
    }
}
