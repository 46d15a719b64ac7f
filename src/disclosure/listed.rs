//! Lists in sentences, whatever their parts are called: A其中：a、b；由a和b构成；a、b，合计A. Words say that there is a list, its numbers
//! whether it is whole: a list need not name all parts, so one that is short by much says nothing.

use super::bind::Bound;
use super::clause::{Measure, Role, has};
use super::course;
use super::hold::Holder;
use super::sentence::{self, Line};
use super::slip::{is_long, is_slip};
use super::statement::{Against, Standing};
use super::words;
use crate::number::Exact;
use crate::prelude::*;

/// Without a word that there is a list, its whole has as many steps of its last digit.
const LONG: i64 = 100_000;

/// Before 合计 stand no more parts than this.
const MOST_SUMMED: usize = 40;

/// A list that is being read: what it is the parts of, and the parts with the sign before each.
struct List {
    whole: usize,
    parts: Vec<(usize, u8)>,
    /// Its opening words say that all parts are named: 分别为.
    all: bool,
    /// 一是…，二是…
    numbered: bool,
    /// It ends with its bracket.
    bracket: bool,
}

/// A list whose parts came to its whole, or did not, by what they are called.
#[derive(Default)]
pub(super) struct Lists {
    whole: SortedSet<Vec<String>>,
    open: Vec<(Vec<String>, usize, Against)>,
}

impl Lists {
    /// Where the same parts make up another whole, they are all parts here, too.
    pub fn compare(self, holder: &mut Holder<'_>) {
        for (names, whole, against) in self.open {
            if self.whole.contains(&names) && holder.is_unbound(whole) {
                holder.doubt(whole, against);
            }
        }
    }
}

pub(super) fn listed(holder: &mut Holder<'_>, line: &Line<'_>, lists: &mut Lists) {
    let mut open: Vec<List> = Vec::new();
    let mut gap = String::new();
    let mut before: Option<usize> = None;
    let mut amounts: Vec<usize> = Vec::new();
    // The amounts since the last semicolon.
    let mut segment: Vec<usize> = Vec::new();
    for at in line.range.clone() {
        gap.push_str(&line.gap(at));
        let Some(one) = line.bound.get(at) else { continue };
        if !is_part(one) {
            continue;
        }
        let lead = core::mem::take(&mut gap);
        if lead.contains('。') {
            open.drain(..).rev().for_each(|list| list.judge(holder, line, lists));
            amounts.clear();
        }
        let own = lead.rsplit('。').next().unwrap_or_default();
        if own.contains(')') {
            while let Some(list) = open.pop_if(|list| list.bracket) {
                list.judge(holder, line, lists);
            }
        }
        let numbered_on = has(own, words::ITEM_NEXT);
        let opens = has(own, words::PARTS) || has(own, words::LISTED) || has(own, words::ITEM_FIRST);
        // 。其中: goes on with the amount of the sentence before.
        let whole =
            before.filter(|_| opens && !numbered_on && (!lead.contains('。') || sentence::begins_with(own, words::PARTS)));
        if numbered_on {
            while let Some(list) = open.pop_if(|list| !list.numbered) {
                list.judge(holder, line, lists);
            }
        } else if own.contains(';') && open.len() > 1 {
            let inner = open.pop_if(|list| !list.numbered && list.parts.iter().skip(1).all(|(_, sign)| *sign < strength(';')));
            inner.into_iter().for_each(|list| list.judge(holder, line, lists));
        }
        let sign = own.chars().map(strength).max().unwrap_or(0);
        // Without a sign between them the next amount is of another sentence that lost its full stop.
        if sign == 0 && whole.is_none() && !numbered_on && before.is_some() {
            open.drain(..).rev().for_each(|list| list.judge(holder, line, lists));
        }
        if let Some(whole) = whole {
            // 其中：… behind 其中：… of the same whole is another list of it.
            let bracket = own.rfind('(').is_some_and(|at| !own.get(at..).is_some_and(|rest| rest.contains(')')));
            let list = List {
                whole,
                parts: vec![(at, sign)],
                all: has(own, words::LISTED_ALL),
                numbered: has(own, words::ITEM_FIRST),
                bracket,
            };
            open.push(list);
        } else if let Some(list) = open.last_mut() {
            list.parts.push((at, sign));
        }
        if has(&sentence::clause(one), words::SUMMED) {
            summed(holder, line, &amounts, at);
        }
        if own.contains([';']) || lead.contains('。') {
            plain(holder, line, &core::mem::take(&mut segment));
        }
        segment.push(at);
        amounts.push(at);
        before = Some(at);
    }
    open.into_iter().rev().for_each(|list| list.judge(holder, line, lists));
    plain(holder, line, &segment);
}

/// A、b、c without 其中: only where the numbers are long enough to tell.
fn plain(holder: &mut Holder<'_>, line: &Line<'_>, segment: &[usize]) {
    let Some((whole, parts)) = segment.split_first().filter(|(_, parts)| parts.len() > 1) else { return };
    let role = |at: usize| line.bound.get(at).map(|one| (one.role, one.phase));
    if parts.iter().any(|part| role(*part) != role(*whole)) || !holder.is_open(*whole, parts) {
        return;
    }
    let Some(sum) = Sum::of(holder, *whole, parts.to_vec()) else { return };
    // Two sums of chance agree in four digits now and then.
    let is_long = sum.value.checked_div(sum.last).is_ok_and(|steps| steps >= Exact::from_int(LONG));
    if sum.off.is_zero() && is_long {
        sum.holds(holder, *whole);
    } else if is_long && !sum.is_tail() && is_slip(sum.value, sum.off, sum.last) {
        holder.doubt(*whole, Against::Sum { parts: sum.parts, sum: sum.sum });
    }
}

/// How strongly a sign parts.
fn strength(sign: char) -> u8 {
    match sign {
        '、' => 1,
        ',' => 2,
        ';' => 3,
        _ => 0,
    }
}

fn is_part(one: &Bound) -> bool {
    matches!(one.token.measure, Measure::Money(_)) && !one.loose && matches!(one.role, Role::Amount | Role::Change(_))
}

impl List {
    fn judge(self, holder: &mut Holder<'_>, line: &Line<'_>, lists: &mut Lists) {
        let role = |at: usize| line.bound.get(at).map(|one| one.role);
        let phase = |at: usize| line.bound.get(at).map(|one| one.phase);
        let parts: Vec<usize> = self.parts.iter().map(|(at, _)| *at).collect();
        if parts.iter().any(|part| role(*part) != role(self.whole)) {
            return;
        }
        let spent = self.spent_from(line);
        let readings = self.readings(spent);
        let sums: Vec<Sum> =
            readings.iter().filter_map(|count| Sum::of(holder, self.whole, parts.get(..*count)?.to_vec())).collect();
        let names: Vec<String> = parts.iter().filter_map(|part| line.bound.get(*part)).map(sentence::clause).collect();
        let told = sums.iter().find(|sum| sum.off.is_zero()).or_else(|| sums.iter().find(|sum| sum.is_tail()));
        if let Some(sum) = told {
            sum.holds(holder, self.whole);
            lists.whole.insert(names);
            return;
        }
        // A plan and what was spent of it are no parts of one whole.
        let own = parts.get(..spent.unwrap_or(parts.len())).unwrap_or(&[]);
        let alike = own.windows(2).all(|pair| matches!(pair, [one, next] if phase(*one) == phase(*next)))
            && !course::are_mixed(own.iter().filter_map(|part| line.bound.get(*part)));
        if lost(holder, self.whole, &parts) || !holder.is_open(self.whole, &parts) || !alike {
            return;
        }
        let slipped = sums.iter().find(|sum| own.len() > 1 && sum.parts.len() <= own.len() && sum.is_slip(holder));
        if spent.is_some() {
            if let Some(sum) = slipped {
                holder.doubt(self.whole, Against::Sum { parts: sum.parts.clone(), sum: sum.sum });
            }
            return;
        }
        let over = || sums.iter().find(|sum| sum.off.is_negative() && sums.iter().all(|sum| sum.off.is_negative()));
        let all = || sums.first().filter(|_| self.all && parts.len() > 1 && readings.len() == 1);
        let against = |sum: &Sum| Against::Sum { parts: sum.parts.clone(), sum: sum.sum };
        if let Some(sum) = slipped.or_else(over).or_else(all) {
            holder.doubt(self.whole, against(sum));
        } else if let Some(sum) = sums.first().filter(|_| parts.len() > 1) {
            lists.open.push((names, self.whole, against(sum)));
        }
    }

    /// 到位100万元，其中中央60万元，省级40万元，支出90万元: the first of the parts that tells what became of the whole: what arrived of a
    /// plan, what was spent.
    fn spent_from(&self, line: &Line<'_>) -> Option<usize> {
        let at = |at: usize| line.bound.get(at).and_then(course::course);
        let whole = at(self.whole);
        let becomes = |part: usize| match at(part) {
            Some(course::Course::Paid) => whole != Some(course::Course::Paid),
            Some(course::Course::Arrived) => whole == Some(course::Course::Planned),
            Some(course::Course::Planned) | None => false,
        };
        self.parts.iter().position(|(at, _)| becomes(*at)).filter(|nth| *nth > 0)
    }

    /// How many parts there may be: all, those before a stronger sign, or those before what was spent.
    fn readings(&self, spent: Option<usize>) -> Vec<usize> {
        let first = self.parts.get(1).map_or(0, |part| part.1);
        let stronger = self.parts.iter().enumerate().skip(2).filter(|(_, part)| part.1 > first).map(|(at, _)| at);
        core::iter::once(self.parts.len()).chain(stronger).chain(spent.filter(|nth| *nth > 1)).collect()
    }
}

/// a、b，合计A: behind its parts.
fn summed(holder: &mut Holder<'_>, line: &Line<'_>, amounts: &[usize], whole: usize) {
    let role = |at: usize| line.bound.get(at).map(|one| (one.role, one.phase));
    let parts: Vec<usize> = amounts.iter().copied().filter(|at| role(*at) == role(whole)).collect();
    let parts = parts.get(parts.len().saturating_sub(MOST_SUMMED)..).unwrap_or(&[]).to_vec();
    let sums: Vec<Sum> =
        (0..parts.len().saturating_sub(1)).filter_map(|from| Sum::of(holder, whole, parts.get(from..)?.to_vec())).collect();
    let told = sums.iter().find(|sum| sum.off.is_zero()).or_else(|| sums.iter().find(|sum| sum.is_tail()));
    match told {
        Some(sum) => sum.holds(holder, whole),
        None if holder.is_open(whole, &parts) => {
            if let Some(sum) = sums.iter().find(|sum| sum.is_slip(holder)) {
                holder.doubt(whole, Against::Sum { parts: sum.parts.clone(), sum: sum.sum });
            }
        }
        None => {}
    }
}

/// A whole and the sum of parts.
pub(super) struct Sum {
    pub value: Exact,
    pub sum: Exact,
    pub off: Exact,
    pub last: Exact,
    pub parts: Vec<usize>,
}

impl Sum {
    pub fn of(holder: &Holder<'_>, whole: usize, parts: Vec<usize>) -> Option<Sum> {
        let one = holder.statements.get(whole)?;
        let (mut sum, mut last) = (Exact::ZERO, one.last);
        for part in parts.iter().map(|part| holder.statements.get(*part)) {
            let part = part?;
            sum = sum.checked_add(part.value).ok()?;
            last = if part.last < last { part.last } else { last };
        }
        Some(Sum { value: one.value, sum, off: one.value.checked_sub(sum).ok()?, last, parts })
    }

    /// Whether one digit of the whole or of a part was written for another.
    fn is_slip(&self, holder: &Holder<'_>) -> bool {
        let is_long = is_long(self.value, self.last)
            || self.parts.iter().filter_map(|part| holder.number(*part)).any(|part| is_long(part, self.last));
        is_long && super::slip::is_one_digit(self.off, self.last)
    }

    /// Whether rounding of the parts explains the difference. Two parts or more were rounded.
    pub fn is_tail(&self) -> bool {
        let halves = i64::try_from(self.parts.len().saturating_add(1)).unwrap_or(i64::MAX);
        let most = self
            .last
            .checked_div(Exact::from_int(2))
            .and_then(|half| Ok(half.checked_mul(Exact::from_int(halves))?))
            .unwrap_or(Exact::ZERO);
        self.parts.len() > 1 && self.off.abs() <= most
    }

    pub fn holds(&self, holder: &mut Holder<'_>, whole: usize) {
        for part in &self.parts {
            holder.right(*part);
        }
        if self.off.is_zero() {
            holder.right(whole);
        } else {
            holder.tail(whole, Against::Sum { parts: self.parts.clone(), sum: self.sum });
        }
    }
}

/// 471.23元 beside its parts of 189.63万元 and 281.6万元: the word 万 was lost.
fn lost(holder: &mut Holder<'_>, whole: usize, parts: &[usize]) -> bool {
    let all: Vec<usize> = core::iter::once(whole).chain(parts.iter().copied()).collect();
    for at in &all {
        let Some(one) = holder.statements.get(*at) else { continue };
        let Some(power) =
            all.iter().filter(|other| *other != at).filter_map(|other| holder.statements.get(*other)).map(|one| one.power).max()
        else {
            continue;
        };
        if one.power >= power {
            continue;
        }
        let Some(sum) = Sum::of(holder, whole, parts.to_vec()) else { continue };
        let Ok(factor) = Exact::ten_to(power.saturating_sub(one.power)) else { continue };
        let Some(more) = one.value.checked_mul(factor).ok().and_then(|meant| meant.checked_sub(one.value).ok()) else { continue };
        // With the unit of the others the sum holds.
        let off = if *at == whole { sum.off.checked_add(more) } else { sum.off.checked_sub(more) };
        if off.is_ok_and(|off| off.is_zero()) {
            holder.wrong(*at, Against::Unit { power });
            return true;
        }
    }
    false
}

/// 分别支付合同金额的50%、20%、25%、5%: shares of one payment that are paid one after the other.
pub(super) fn instalments(holder: &mut Holder<'_>, line: &Line<'_>) {
    let mut at = line.range.start;
    while at < line.range.end {
        let is_rate = |at: usize| line.bound.get(at).is_some_and(|one| one.token.measure == Measure::Percent && !one.loose);
        let run = (at + 1..line.range.end)
            .take_while(|next| is_rate(*next) && matches!(line.gap(*next).as_str(), "、" | "和" | "及" | ","))
            .count();
        let said = line.bound.get(at).map(sentence::clause).unwrap_or_default();
        if is_rate(at) && run > 0 && has(&said, words::PAID) && said.contains("分别") {
            let parts: Vec<usize> = (at..=at + run).collect();
            let sum = parts
                .iter()
                .filter_map(|at| holder.statements.get(*at))
                .try_fold(Exact::ZERO, |sum, one| sum.checked_add(one.value))
                .unwrap_or(Exact::ZERO);
            if sum == Exact::HUNDRED {
                parts.iter().for_each(|part| holder.right(*part));
            } else if let Some(last) = parts.last() {
                holder.doubt(*last, Against::Instalments(sum));
            }
        }
        at += run + 1;
    }
}

/// Whether a standing leaves something to be said.
pub(super) fn is_told(standing: Standing) -> bool {
    matches!(standing, Standing::Right | Standing::Tail)
}
