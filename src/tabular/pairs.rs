//! Which figures belong together: this year's and last year's, price and quantity.

use super::column::Kind;
use super::formula::Formula;
use super::label::{Label, near};
use super::words::{self, Name, has, rank, year};
use crate::prelude::*;

/// More figures of this year, or of last year, are not looked at.
const MOST_SIDES: usize = 6;

/// 增减率, and 比例 under 增减.
pub(super) fn is_growth(label: &Label) -> bool {
    let under = || label.above.iter().any(|title| has(title, words::CHANGE));
    let leaf = &label.leaf.key;
    label.kind == Kind::Rate && (has(leaf, words::GROWTH) || has(leaf, words::CHANGE) || under() && has(leaf, words::RATE_LEAF))
}

/// 增减额, and 金额 under 增减.
pub(super) fn is_change(label: &Label) -> bool {
    let under = || label.above.iter().any(|title| has(title, words::CHANGE));
    let leaf = &label.leaf.key;
    let own = (has(leaf, words::CHANGE) || has(leaf, words::FALL)) && !has(leaf, words::MOVEMENT);
    label.is_amount() && (own || under() && words::AMOUNT_LEAF.contains(&leaf.as_str()))
}

/// The pairs of this year and last year that a change may be between, the likeliest first.
pub(super) fn years(labels: &[Label], at: usize, formula: impl Fn(usize, usize) -> Formula) -> Vec<Formula> {
    let Some(own) = labels.get(at) else { return Vec::new() };
    let figures: Vec<usize> = near(labels, at)
        .filter(|position| *position != at)
        .filter(|at| {
            labels
                .get(*at)
                .is_some_and(|label| (label.is_amount() || label.kind == Kind::Price) && !is_change(label) && !is_growth(label))
        })
        .collect();
    let name = |at: usize| labels.get(at).map(|label| &label.whole);
    let says = |at: usize, words: &[&str]| name(at).is_some_and(|name| name.has(words));
    let mut before: Vec<usize> = figures.iter().copied().filter(|at| says(*at, words::BEFORE)).collect();
    let mut now: Vec<usize> = figures.iter().copied().filter(|at| says(*at, words::NOW) && !before.contains(at)).collect();
    if before.is_empty() {
        // The last year that stands there, and the one before it.
        let mut years: Vec<i32> = figures.iter().filter_map(|at| year(name(*at)?)).collect();
        years.order();
        years.dedup();
        if let [.., earlier, later] = years.as_slice() {
            let of = |wanted: i32| figures.iter().copied().filter(|at| name(*at).and_then(year) == Some(wanted)).collect();
            (before, now) = (of(*earlier), of(*later));
        }
    }
    if now.is_empty() && !before.is_empty() {
        now = figures.iter().copied().filter(|at| !before.contains(at)).collect();
    }
    named(&own.whole, labels, &mut now, &mut before);
    for list in [&mut now, &mut before] {
        list.order_by(|position| {
            let shared = labels.get(*position).map_or(0, |label| own.shared(label));
            (core::cmp::Reverse(shared), position.abs_diff(at))
        });
        list.truncate(MOST_SIDES);
    }
    let mut found: Vec<(usize, usize)> = now.iter().flat_map(|now| before.iter().map(move |before| (*now, *before))).collect();
    let distance = |(now, before): &(usize, usize)| {
        let shared = |position: usize| labels.get(position).map_or(0, |label| own.shared(label));
        let alike = rest(name(*now)) == rest(name(*before));
        (core::cmp::Reverse(shared(*now) + shared(*before)), !alike, now.abs_diff(at) + before.abs_diff(at))
    };
    found.order_by(distance);
    found.truncate(4);
    found.into_iter().map(|(now, before)| formula(now, before)).collect()
}

/// 2024年预算数比2023年执行数增减 names both sides itself.
fn named(own: &Name, labels: &[Label], now: &mut Vec<usize>, before: &mut Vec<usize>) {
    let Some((head, tail)) = own.key.split_once(['比', '较']) else { return };
    let until = ["增", "减", "变", "升", "降", "±", "/"].iter().filter_map(|word| tail.find(word)).min().unwrap_or(tail.len());
    let tail = tail.get(..until).unwrap_or_default();
    for (list, words) in [(now, head), (before, tail)] {
        let words = words.rsplit('/').next().unwrap_or_default();
        let fits = |at: &usize| {
            labels
                .get(*at)
                .is_some_and(|label| !words.is_empty() && (label.whole.key.contains(words) || words.contains(&label.whole.key)))
        };
        if list.iter().any(fits) {
            list.retain(fits);
        }
    }
}

/// A name without its year and the words that say which: 2023年预算数 and 上年预算数 are both 预算数.
fn rest(name: Option<&Name>) -> String {
    let mut key: String = name.map(|name| name.key.chars().filter(|char| !char.is_ascii_digit()).collect()).unwrap_or_default();
    for word in words::BEFORE.iter().chain(words::NOW).chain(&["年度", "年"]) {
        key = key.replace(word, "");
    }
    key
}

/// 人均支出 of 支出 and 人数: by the only amount beside it, or the only one of its name.
pub(super) fn means(labels: &[Label], at: usize) -> Option<Vec<Formula>> {
    let own = labels.get(at)?;
    let kinds =
        [(words::MEAN_PERSON, words::PERSONS), (words::MEAN_HOUSEHOLD, words::HOUSEHOLDS), (words::MEAN_AREA, words::AREAS)];
    let (mean, counted) = kinds.into_iter().find(|(mean, _)| own.leaf.has(mean))?;
    let of = |fits: &dyn Fn(&Label) -> bool| -> Vec<usize> {
        near(labels, at)
            .filter(|position| *position != at)
            .filter(|position| labels.get(*position).is_some_and(|label| label.is_amount() && fits(label)))
            .collect()
    };
    let counts = of(&|label| label.leaf.has(counted));
    let amounts = of(&|label| label.kind == Kind::Amount && !label.leaf.has(counted) && !is_change(label));
    let name = mean.iter().fold(own.leaf.key.clone(), |name, word| name.replace(word, ""));
    let named = |at: &usize| !name.is_empty() && labels.get(*at).is_some_and(|label| label.leaf.key.contains(&name));
    let named: Vec<usize> = amounts.iter().copied().filter(named).collect();
    match (counts.as_slice(), named.as_slice(), amounts.as_slice()) {
        ([over], [of], _) | ([over], [], [of]) => Some(vec![Formula::Mean { of: *of, over: *over }]),
        _ => None,
    }
}

/// 单价 × 数量, with 天数 and 折扣 where they stand between: for the first amount behind a price and a quantity.
pub(super) fn products(labels: &[Label], at: usize) -> Option<Vec<Formula>> {
    let own = labels.get(at)?;
    let is_amount = |label: &Label| label.kind == Kind::Amount && (rank(&label.leaf).is_some() || label.leaf.has(words::PRODUCT));
    if !is_amount(own) {
        return None;
    }
    // Since the last amount that is a product itself.
    let from = (near(labels, at).start..at)
        .rev()
        .find(|at| labels.get(*at).is_some_and(is_amount))
        .map_or(near(labels, at).start, |last| last + 1);
    let of = |kind: Kind| -> Vec<usize> {
        (from..at)
            .filter(|at| labels.get(*at).is_some_and(|label| label.kind == kind && label.shared(own) >= own.above.len()))
            .collect()
    };
    let (prices, quantities, times) = (of(Kind::Price), of(Kind::Quantity), of(Kind::Times));
    let price = *prices.last()?;
    let mut rates = of(Kind::Rate);
    rates.retain(|at| labels.get(*at).is_some_and(|label| label.leaf.has(words::DISCOUNT)));
    let counts: Vec<usize> = quantities.iter().chain(&times).copied().collect();
    if counts.is_empty() {
        return None;
    }
    let product = |parts: &[&[usize]]| Formula::Product {
        factors: core::iter::once(price).chain(parts.iter().flat_map(|part| part.iter().copied())).collect(),
    };
    let mut readings = vec![product(&[&counts, &rates])];
    let mut add = |formula: Formula| {
        if !readings.contains(&formula) {
            readings.push(formula)
        }
    };
    add(product(&[&counts]));
    add(product(&[&quantities, &rates]));
    for count in &counts {
        add(product(&[core::slice::from_ref(count)]));
    }
    readings.retain(|formula| matches!(formula, Formula::Product { factors } if factors.len() > 1));
    Some(readings)
}
