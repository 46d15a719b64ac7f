//! Holding the numbers of the text against the tables and against each other.

use super::bind::Bound;
use super::clause::{Measure, Role};
use super::compare::{compared, order, slack, statement};
use super::figure::{Figure, Item, Key};
use super::statement::{Against, Standing, Statement, StatementKind};
use super::text::Text;
use crate::number::{Agreement, Exact, agreement};
use crate::prelude::*;
use core::cmp::Ordering;

/// So many numbers before a share may be what it is of.
const NEAR: usize = 6;

/// What an amount changed from: last year's, or what was planned.
fn before(bound: &Bound, key: &Key) -> Key {
    Key { phase: if bound.phase == "initial" { "initial" } else { "last" }, ..key.clone() }
}

pub(super) struct Holder<'a> {
    pub figures: &'a [Figure],
    pub bound: &'a [Bound],
    pub statements: Vec<Statement>,
    /// Figures of tables by their meaning.
    pub known: SortedMap<&'a Key, Vec<usize>>,
    /// The first amount of the text of each meaning.
    pub said: SortedMap<Key, usize>,
}

impl<'a> Holder<'a> {
    pub fn new(figures: &'a [Figure], bound: &'a [Bound], text: &Text) -> Holder<'a> {
        let mut known: SortedMap<&Key, Vec<usize>> = SortedMap::new();
        for (at, figure) in figures.iter().enumerate() {
            known.entry(&figure.key).or_default().push(at);
        }
        let statements: Vec<Statement> = bound.iter().map(|bound| statement(bound, text)).collect();
        let mut said: SortedMap<Key, usize> = SortedMap::new();
        for (at, one) in statements.iter().enumerate().filter(|(_, one)| one.kind == StatementKind::Amount) {
            if let Some(key) = &one.key {
                said.entry(key.clone()).or_insert(at);
            }
        }
        Holder { figures, bound, statements, known, said }
    }

    /// 收入支出总计 stands in tables as 收入总计 and as 支出总计; where the text gives only the one, it is both.
    fn names(key: &Key) -> Vec<Key> {
        let mut names = vec![key.clone()];
        match key.measure {
            "total" => names.extend([key.of("income-total"), key.of("expenditure-total")]),
            "income-total" | "expenditure-total" => names.push(key.of("total")),
            _ => {}
        }
        names
    }

    /// The value of a meaning: of a table, else of the text.
    pub fn value(&self, key: &Key) -> Option<Exact> {
        let names = Self::names(key);
        let table = names.iter().find_map(|key| self.known.get(key)).and_then(|list| {
            let filled = list.iter().filter_map(|at| self.figures.get(*at)).find(|figure| !figure.printed.is_empty());
            filled.or(list.first().and_then(|at| self.figures.get(*at)))
        });
        let text = || names.iter().find_map(|key| self.said.get(key)).and_then(|at| self.statements.get(*at));
        table.map(|figure| figure.value).or_else(|| text().map(|one| one.value))
    }

    pub fn set(&mut self, at: usize, standing: Standing, against: Option<Against>) {
        let Some(one) = self.statements.get_mut(at) else { return };
        // The graver of two stays: what one sum calls right may be a doubt by another.
        let rank = |standing| match standing {
            Standing::Unbound => 0,
            Standing::Right => 1,
            Standing::Tail => 2,
            Standing::Doubt => 3,
            Standing::Wrong => 4,
        };
        if rank(standing) > rank(one.standing) {
            one.standing = standing;
            one.against = against;
        }
    }

    /// A change, where a table has last year's amount.
    pub fn changes(&mut self) {
        for at in 0..self.statements.len() {
            let Some(bound) = self.bound.get(at).filter(|bound| !bound.loose) else { continue };
            let (Role::Change(Some(up)), Some(key)) = (bound.role, &bound.key) else { continue };
            let last = before(bound, key);
            let Some(before_at) = self.known.get(&last).and_then(|list| list.first()).copied() else { continue };
            let (Some(now), Some(before), Some(one)) = (self.value(key), self.figures.get(before_at), self.statements.get(at))
            else {
                continue;
            };
            let Ok(change) = now.checked_sub(before.value) else { continue };
            let signed = if up { one.value } else { one.value.neg() };
            let standing = compared(signed, one.last, change, before.last);
            self.set(at, standing, Some(Against::Change { now, before: before.value }));
        }
    }

    /// Each amount against the tables, else against the first sentence that says the same.
    pub fn amounts(&mut self) {
        for at in 0..self.statements.len() {
            let Some(one) = self.statements.get(at).filter(|one| one.kind == StatementKind::Amount) else { continue };
            let Some(key) = one.key.clone() else { continue };
            let figures: Vec<usize> = Self::names(&key).iter().filter_map(|key| self.known.get(key)).flatten().copied().collect();
            let (value, last) = (one.value, one.last);
            let best = figures
                .iter()
                .filter_map(|figure| {
                    self.figures.get(*figure).map(|known| (*figure, compared(value, last, known.value, known.last)))
                })
                .min_by_key(|(_, standing)| order(*standing));
            if let Some((figure, standing)) = best {
                self.set(at, standing, Some(Against::Figure(figure)));
                continue;
            }
            let first = Self::names(&key).iter().filter_map(|key| self.said.get(key)).copied().find(|first| *first != at);
            let Some(first) = first else { continue };
            let Some(other) = self.statements.get(first) else { continue };
            match compared(value, last, other.value, other.last) {
                Standing::Wrong => self.set(at, Standing::Doubt, Some(Against::Statement(first))),
                standing => {
                    self.set(at, standing, Some(Against::Statement(first)));
                    self.set(first, Standing::Right, Some(Against::Statement(at)));
                }
            }
        }
    }

    pub fn rates(&mut self) {
        for at in 0..self.statements.len() {
            let Some(bound) = self.bound.get(at).filter(|bound| !bound.loose) else { continue };
            match bound.role {
                Role::Growth(way) => self.growth(at, way),
                Role::Share => self.share(at),
                Role::Done => self.done(at),
                Role::Amount | Role::Change(_) | Role::Points | Role::Count => {}
            }
        }
    }

    /// 增加9.10万元, 增长2.62%: the change over last year's amount, which is this year's less the change.
    fn growth(&mut self, at: usize, way: Option<bool>) {
        let Some(bound) = self.bound.get(at) else { return };
        let before = (0..at).rev().take(3).find(|before| {
            self.bound.get(*before).is_some_and(|other| {
                other.passage == bound.passage && matches!(other.role, Role::Change(_)) && other.key == bound.key
            })
        });
        let Some(change_at) = before else { return self.growth_of_two(at, way) };
        let (Some(key), Some(change)) = (&bound.key, self.statements.get(change_at)) else { return };
        let Some(value) = self.value(key) else { return };
        let (change, change_last) = (change.value, change.last);
        let Some(Role::Change(change_way)) = self.bound.get(change_at).map(|bound| bound.role) else { return };
        let ways = match change_way.or(way) {
            Some(up) => vec![up],
            None => vec![true, false],
        };
        let mut outcome = None;
        for up in ways {
            // 减少-0.80 is meant as 减少0.80, and said elsewhere.
            let signed = if up { change } else { change.abs().neg() };
            let Ok(base) = value.checked_sub(signed) else { continue };
            let Ok(rate) = change.abs().checked_div(base).and_then(|rate| Ok(rate.checked_mul(Exact::HUNDRED)?)) else {
                outcome = outcome.or(Some((Standing::Wrong, Against::NoBase)));
                continue;
            };
            let slack = slack(change.abs(), change_last, base);
            let standing = self.rate(at, rate, slack);
            let against = Against::Growth { value, change: signed, computed: rate };
            if outcome.as_ref().is_none_or(|(known, _)| order(standing) < order(*known)) {
                outcome = Some((standing, against));
            }
        }
        let Some((standing, against)) = outcome else { return };
        // 增加 beside 下降
        let standing = if change_way.is_some() && way.is_some() && change_way != way { Standing::Wrong } else { standing };
        let change_standing = if standing == Standing::Wrong { Standing::Wrong } else { Standing::Right };
        if change_standing == Standing::Right {
            self.set(change_at, change_standing, None);
            let said: Vec<usize> = Self::names(key).iter().filter_map(|key| self.said.get(key)).copied().collect();
            for at in said {
                self.set(at, change_standing, None);
            }
        }
        self.set(at, standing, Some(against));
    }

    /// A growth without its change, where last year's amount is known.
    fn growth_of_two(&mut self, at: usize, way: Option<bool>) {
        let Some((bound, key)) = self.bound.get(at).and_then(|bound| Some((bound, bound.key.clone()?))) else { return };
        let last = before(bound, &key);
        let (Some(now), Some(before)) = (self.value(&key), self.value(&last)) else { return };
        let Ok(change) = now.checked_sub(before) else { return };
        let Ok(rate) = change.abs().checked_div(before).and_then(|rate| Ok(rate.checked_mul(Exact::HUNDRED)?)) else {
            return self.set(at, Standing::Wrong, Some(Against::NoBase));
        };
        let turned = way.is_some_and(|up| up == change.is_negative() && !change.is_zero());
        let standing = if turned { Standing::Wrong } else { self.rate(at, rate, Exact::ZERO) };
        self.set(at, standing, Some(Against::Growth { value: now, change, computed: rate }));
    }

    fn share(&mut self, at: usize) {
        let Some(bound) = self.bound.get(at).filter(|bound| !bound.unknown) else { return };
        let (passage, depth) = (bound.passage, bound.depth());
        // 收入100万元（其中基金0万元），占80%: what stands in brackets is none of it.
        let is_part = |before: &usize| {
            let other = self.bound.get(*before);
            other.is_some_and(|other| other.passage == passage && other.role == Role::Amount && other.depth() <= depth)
        };
        let part = (0..at).rev().take(NEAR).find(is_part);
        let Some(part) = part else { return };
        // Only the amount right before it is what the share is of, unless rates stand between.
        let Some(of) = self.statements.get(part).map(|one| one.value) else { return };
        let by_words = bound.over.as_ref().and_then(|key| {
            self.value(key).or_else(|| self.value(&Key { fund: self.statements.get(part)?.key.as_ref()?.fund, ..key.clone() }))
        });
        let whole = bound.whole.filter(|whole| *whole != part);
        let by_list = whole.and_then(|whole| self.statements.get(whole)).map(|one| one.value);
        let by_key = self.statements.get(part).and_then(|one| one.key.as_ref()).and_then(|key| self.above(key));
        let named = bound.over.is_some();
        let over = if named { by_words } else { by_list.or(by_key) };
        // 财政拨款基本支出100万元，其中人员经费80万元，占基本支出的80%: that of the paragraph, whosever money the tables' is.
        let near = bound.over.as_ref().and_then(|over| {
            let same = |key: &Key| key.measure == over.measure && key.item == over.item && key.phase == over.phase;
            (0..part).rev().take(NEAR).find(|before| {
                self.bound
                    .get(*before)
                    .is_some_and(|one| one.passage == passage && one.role == Role::Amount && one.key.as_ref().is_some_and(same))
            })
        });
        let near = near.and_then(|near| self.number(near)).filter(|near| {
            self.quotient_of(at, of, *near).is_some_and(|(standing, _)| matches!(standing, Standing::Right | Standing::Tail))
        });
        let Some(over) = near.or(over) else { return };
        self.quotient(at, of, over);
        if self.statements.get(at).is_some_and(|one| matches!(one.standing, Standing::Right | Standing::Tail)) {
            self.set(part, Standing::Right, None);
            if let Some(whole) = whole.filter(|_| !named) {
                self.set(whole, Standing::Right, None);
            }
        }
    }

    /// What a figure is a part of, where only its meaning tells.
    fn above(&self, key: &Key) -> Option<Exact> {
        if matches!(&key.item, Item::Function(code) if code.len() == 3) {
            return self.value(&Key { item: Item::All, ..key.clone() });
        }
        let whole = match key.measure {
            "abroad" | "car" | "reception" => "three",
            "basic" | "project" => "expenditure",
            "goods" | "works" | "services" => "procurement",
            _ => return None,
        };
        self.value(&key.of(whole))
    }

    fn done(&mut self, at: usize) {
        let Some(bound) = self.bound.get(at) else { return };
        let Some(key) = bound.key.clone() else { return };
        let passage = bound.passage;
        let budgets = if bound.phase == "final" { ["final", "initial"] } else { ["initial", "final"] };
        let near = |phase: &str| {
            let amount = (0..at).rev().take(4).find(|before| {
                self.bound.get(*before).is_some_and(|other| {
                    other.passage == passage
                        && other.role == Role::Amount
                        && other
                            .key
                            .as_ref()
                            .is_some_and(|other| other.phase == phase && Key { phase: "main", ..other.clone() } == key)
                })
            })?;
            self.statements.get(amount).map(|one| (amount, one.value))
        };
        let main = near("main").map(|(_, value)| value).or_else(|| self.value(&key));
        let budget = budgets.iter().find_map(|phase| near(phase)).map(|(at, value)| (Some(at), value));
        let budget = budget
            .or_else(|| budgets.iter().find_map(|phase| self.value(&Key { phase, ..key.clone() })).map(|value| (None, value)));
        let (Some(of), Some((budget_at, over))) = (main, budget) else { return };
        self.quotient(at, of, over);
        if let Some(budget_at) = budget_at
            .filter(|_| self.statements.get(at).is_some_and(|one| matches!(one.standing, Standing::Right | Standing::Tail)))
        {
            self.set(budget_at, Standing::Right, None);
            if let Some((main_at, _)) = near_main(self, at, &key) {
                self.set(main_at, Standing::Right, None);
            }
        }
    }

    /// What a statement says, in 元, in percent, or as counted.
    pub fn number(&self, at: usize) -> Option<Exact> {
        self.statements.get(at).map(|one| one.value)
    }

    pub fn is_unbound(&self, at: usize) -> bool {
        self.statements.get(at).is_some_and(|one| one.standing == Standing::Unbound)
    }

    /// Whether nothing else told one of these numbers.
    pub fn is_open(&self, whole: usize, parts: &[usize]) -> bool {
        self.is_unbound(whole) || parts.iter().any(|part| self.is_unbound(*part))
    }

    /// A rate in percent, and how what is printed stands to it. `None` where there is no base.
    pub fn rate_of(&self, at: usize, of: Exact, over: Exact, slack: Exact) -> Option<(Standing, Exact)> {
        let rate = of.checked_div(over).ok()?.checked_mul(Exact::HUNDRED).ok()?;
        Some((self.rate(at, rate, slack), rate))
    }

    /// The same of a part and its whole.
    pub fn quotient_of(&self, at: usize, of: Exact, over: Exact) -> Option<(Standing, Against)> {
        let (standing, computed) = self.rate_of(at, of, over, Exact::ZERO)?;
        Some((standing, Against::Quotient { of, over, computed }))
    }

    pub fn quotient(&mut self, at: usize, of: Exact, over: Exact) {
        match of.checked_div(over).and_then(|rate| Ok(rate.checked_mul(Exact::HUNDRED)?)) {
            Ok(rate) => {
                let standing = self.rate(at, rate, Exact::ZERO);
                self.set(at, standing, Some(Against::Quotient { of, over, computed: rate }));
            }
            Err(_) => {
                // 0 of 0 is printed as 0.00% by custom.
                let zero = self.statements.get(at).is_some_and(|one| one.value.is_zero());
                self.set(at, if zero && of.is_zero() { Standing::Right } else { Standing::Doubt }, Some(Against::NoBase));
            }
        }
    }

    /// A printed rate against the exact one. `slack` is what rounding of its amounts may change it by.
    fn rate(&self, at: usize, rate: Exact, slack: Exact) -> Standing {
        let Some(one) = self.statements.get(at) else { return Standing::Unbound };
        let Some(token) = self.bound.get(at).map(|bound| &bound.token) else { return Standing::Unbound };
        let parts = if let Measure::Parts(parts) = token.measure { Exact::from_int(i64::from(parts)) } else { Exact::HUNDRED };
        // As it is printed: per mille, in tenths, in times.
        let shown = rate.abs().checked_mul(parts).ok().and_then(|rate| rate.checked_div(Exact::HUNDRED).ok());
        match agreement(token.number.abs(), shown.unwrap_or(rate.abs())) {
            Agreement::Exact | Agreement::RoundsTo { .. } => Standing::Right,
            Agreement::TruncatesTo { .. } => Standing::Tail,
            Agreement::Padded { .. } | Agreement::Differs { .. } => {
                let off = one.value.abs().checked_sub(rate.abs()).map_or(Exact::ZERO, Exact::abs);
                let most =
                    one.last.checked_div(Exact::from_int(2)).unwrap_or(Exact::ZERO).checked_add(slack).unwrap_or(Exact::ZERO);
                if !slack.is_zero() && off <= most { Standing::Tail } else { Standing::Wrong }
            }
        }
    }

    /// 决算数小于预算数 beside the two amounts.
    pub fn compare(&mut self, at: usize, said: Ordering) {
        let Some(one) = self.statements.get(at) else { return };
        let real = match (one.kind, &one.against) {
            (StatementKind::Done, Some(Against::Quotient { of, over, .. })) => Some(of.cmp(over)),
            (StatementKind::Done, None) => Some(one.value.cmp(&Exact::HUNDRED)),
            _ => None,
        };
        match real {
            Some(real) if real == said => self.set(at, Standing::Right, None),
            Some(real) => self.set(at, Standing::Wrong, Some(Against::Compared(real))),
            None => {}
        }
    }

    /// 决算数小于预算数 beside two amounts without a rate.
    pub fn compare_amounts(&mut self, main: usize, budget: usize, said: Ordering) {
        let (Some(one), Some(other)) = (self.statements.get(main), self.statements.get(budget)) else { return };
        let real = one.value.cmp(&other.value);
        if real == said {
            self.set(main, Standing::Right, None);
            self.set(budget, Standing::Right, None);
        } else {
            self.set(main, Standing::Wrong, Some(Against::Compared(real)));
        }
    }

    pub fn right(&mut self, at: usize) {
        self.set(at, Standing::Right, None);
    }

    pub fn tail(&mut self, at: usize, against: Against) {
        self.set(at, Standing::Tail, Some(against));
    }

    pub fn doubt(&mut self, at: usize, against: Against) {
        self.set(at, Standing::Doubt, Some(against));
    }

    pub fn wrong(&mut self, at: usize, against: Against) {
        self.set(at, Standing::Wrong, Some(against));
    }
}

fn near_main(holder: &Holder<'_>, at: usize, key: &Key) -> Option<(usize, Exact)> {
    let passage = holder.bound.get(at)?.passage;
    let found = (0..at).rev().take(4).find(|before| {
        holder
            .bound
            .get(*before)
            .is_some_and(|other| other.passage == passage && other.role == Role::Amount && other.key.as_ref() == Some(key))
    })?;
    holder.statements.get(found).map(|one| (found, one.value))
}

/// Whether a key is of one function, class or item.
pub(super) fn is_item(key: &Key) -> bool {
    key.item != Item::All
}
