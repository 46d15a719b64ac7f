//! Figures that follow from others beside them: 增减额 and 增减率, 执行率 and its like, 结余, 单价 × 数量. Columns for each row; in small tables
//! also rows for each column.

use super::column::Kind;
use super::formula::Formula;
use super::label::{Label, near};
use super::report::{At, Draft, Report, Table};
use super::value::Number;
use super::votes::{self, Case};
use super::words::{self, Class, Pairing, has};
use super::{Relation, pairs};
use crate::prelude::*;

/// Rows are read as figures of one thing only in a list as short as that.
const MOST_ROWS: usize = 40;
const MOST_READINGS: usize = 8;

/// Labels across, and the lines that each has a figure on.
struct View<'a> {
    table: &'a Table<'a>,
    labels: Vec<Label>,
    /// Rows of the grid, or columns where labels are rows.
    lines: Vec<usize>,
    down: bool,
}

impl View<'_> {
    fn at(&self, label: usize, line: usize) -> At {
        let own = self.labels.get(label).map_or(0, |label| label.at);
        if self.down { (self.table.lines.get(own).map_or(0, |line| line.row), line) } else { (line, own) }
    }
}

/// What a figure says it is, with every way to read it, the likeliest first.
pub(super) struct Claim {
    pub label: usize,
    pub relation: Relation,
    pub readings: Vec<Formula>,
    /// Whether the words alone leave no doubt, where there is one reading.
    pub sure: bool,
}

pub(super) fn check(table: &Table<'_>, report: &mut Report) {
    let columns = table.strip.figures.iter().filter_map(|at| table.section.columns.get(*at));
    let labels: Vec<Label> = columns.map(Label::of_column).collect();
    let lines = table.lines.iter().filter(|line| !line.outside).map(|line| line.row).collect();
    tell(&View { table, labels, lines, down: false }, report);
    if table.lines.len() > MOST_ROWS {
        return;
    }
    let label = |(at, line): (usize, &super::lines::Line)| {
        let key = &line.name.key;
        let of_rate = ["率", "占比", "比重", "比例", "%", "幅度"].iter().any(|word| key.ends_with(word))
            || line.name.inside.iter().any(|inside| inside == "%");
        let short = key.chars().count() <= 12 && line.rank.is_none();
        let kind = if of_rate { Kind::Rate } else { Kind::Amount };
        let unit = line.name.inside.iter().find_map(|inside| super::column::unit(inside));
        short.then(|| Label {
            at,
            leaf: line.name.clone(),
            whole: line.name.clone(),
            kind,
            own_unit: unit.is_some(),
            unit,
            above: Vec::new(),
        })
    };
    let labels: Vec<Label> = table.lines.iter().enumerate().filter_map(label).collect();
    // Only a list that is about one thing has rows that follow from others: it names no sum of its rows.
    let is_list = table.lines.iter().filter(|line| line.rank.is_some()).count() > 0;
    if !is_list && labels.iter().any(|label| label.kind == Kind::Rate) {
        let lines = table
            .strip
            .figures
            .iter()
            .copied()
            .filter(|at| table.section.columns.get(*at).is_some_and(|column| column.kind != Kind::Rate));
        tell(&View { table, lines: lines.collect(), labels, down: true }, report);
    }
}

fn tell(view: &View<'_>, report: &mut Report) {
    for claim in claims(&view.labels) {
        judge(view, &claim, report);
    }
}

fn claims(labels: &[Label]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        if let Some(formula) = super::formula::stated(labels, at) {
            let relation = match (&formula, label.kind) {
                (Formula::Ratio { .. }, _) => Relation::Rate,
                (Formula::Growth { .. }, _) => Relation::Growth,
                (Formula::Minus { less, .. }, _) if less.is_empty() => Relation::Sum,
                (_, _) => Relation::Balance,
            };
            claims.push(Claim { label: at, relation, readings: vec![formula], sure: true });
            continue;
        }
        let claim = if pairs::is_growth(label) {
            Some((Relation::Growth, pairs::years(labels, at, |now, before| Formula::Growth { now, before }), true))
        } else if pairs::is_change(label) {
            let falls = has(&label.leaf.key, words::FALL) && !has(&label.leaf.key, &["增减"]);
            let change = |now, before| if falls { Formula::minus(before, now) } else { Formula::minus(now, before) };
            Some((Relation::Change, pairs::years(labels, at, change), true))
        } else if label.kind == Kind::Price {
            pairs::means(labels, at).map(|readings| (Relation::Product, readings, false))
        } else if label.kind == Kind::Rate {
            rate(labels, at).map(|readings| (Relation::Rate, readings, true))
        } else if label.is_amount() {
            balance(labels, at).map(|readings| (Relation::Balance, readings, false))
        } else {
            None
        };
        let product =
            || Some((Relation::Product, pairs::products(labels, at)?, words::SURE_PRODUCT.contains(&label.leaf.key.as_str())));
        let found = claim.filter(|(_, readings, _)| !readings.is_empty()).or_else(product);
        if let Some((relation, mut readings, sure)) = found.filter(|(_, readings, _)| !readings.is_empty()) {
            readings.truncate(MOST_READINGS);
            claims.push(Claim { label: at, relation, readings, sure });
        }
    }
    claims
}

fn pairing<'w>(label: &Label, pairings: &'w [Pairing]) -> Option<&'w Pairing> {
    pairings.iter().find(|pairing| label.leaf.has(pairing.words))
}

/// The labels of some classes that a claim may follow from, the nearest first. What another claim says is no ground for one.
fn operands(labels: &[Label], at: usize, classes: &[Class]) -> Vec<usize> {
    let Some(own) = labels.get(at) else { return Vec::new() };
    let is_claim = |label: &Label| pairs::is_growth(label) || pairs::is_change(label);
    let fits = |position: &usize| {
        labels
            .get(*position)
            .is_some_and(|label| *position != at && label.is_amount() && !is_claim(label) && label.whole.is(classes))
    };
    let mut found: Vec<usize> = near(labels, at).filter(fits).collect();
    let distance = |position: &usize| {
        let shared = labels.get(*position).map_or(0, |label| own.shared(label));
        (core::cmp::Reverse(shared), *position > at, position.abs_diff(at))
    };
    found.order_by(distance);
    found.truncate(8);
    found
}

fn rate(labels: &[Label], at: usize) -> Option<Vec<Formula>> {
    let label = labels.get(at)?;
    let (of, over) = if let Some(pairing) = pairing(label, words::RATES) {
        (operands(labels, at, pairing.first), operands(labels, at, pairing.second))
    } else {
        named(labels, at)?
    };
    let own = |position: usize| labels.get(position);
    let mut pairs: Vec<(usize, usize)> =
        of.iter().flat_map(|of| over.iter().map(move |over| (*of, *over))).filter(|(of, over)| of != over).collect();
    pairs.order_by(|(of, over)| {
        let (Some(one), Some(other)) = (own(*of), own(*over)) else { return (true, true, 0, 0) };
        // In two groups of columns 小计 belongs to 小计.
        let alike = one.above.is_empty() == other.above.is_empty() && (one.above.is_empty() || one.leaf.key == other.leaf.key);
        let ends = words::rank(&one.leaf).is_none() && !one.above.is_empty();
        (!alike, ends, usize::MAX - label.shared(one) - label.shared(other), of.abs_diff(at) + over.abs_diff(at))
    });
    pairs.truncate(MOST_READINGS);
    Some(pairs.into_iter().map(|(of, over)| Formula::Ratio { of, over }).collect())
}

/// 决算数为预算数的%, 占总投资的比例: the title names what it is a share of, and perhaps what of it.
fn named(labels: &[Label], at: usize) -> Option<(Vec<usize>, Vec<usize>)> {
    let key = &labels.get(at)?.leaf.key;
    let (head, tail) = key.split_once('为').filter(|(_, tail)| tail.contains('的')).or_else(|| key.split_once('占'))?;
    let end = ["的", "比", "百分", "%", "份额"].iter().filter_map(|word| tail.find(word)).min().unwrap_or(tail.len());
    let of = |words: &str| -> Vec<usize> {
        let fits = |position: &usize| {
            let own = labels.get(*position).filter(|label| *position != at && label.is_amount() && !pairs::is_change(label));
            own.is_some_and(|label| {
                !words.is_empty()
                    && (label.whole.key.contains(words) || !label.leaf.key.is_empty() && words.contains(&label.leaf.key))
            })
        };
        near(labels, at).filter(fits).collect()
    };
    let over = of(tail.get(..end)?);
    let named = of(head);
    let of = if named.is_empty() { operands(labels, at, &[Class::Paid, Class::Done]) } else { named };
    (!over.is_empty() && !of.is_empty()).then_some((of, over))
}

fn balance(labels: &[Label], at: usize) -> Option<Vec<Formula>> {
    let label = labels.get(at)?;
    if label.leaf.is(&[Class::Opening]) {
        return None;
    }
    let pairing = pairing(label, words::BALANCES)?;
    let of = |classes: &[Class]| -> Vec<usize> {
        let mut found = operands(labels, at, classes);
        found.retain(|position| labels.get(*position).is_some_and(|label| !label.leaf.has(pairing.words)));
        found
    };
    let opening = operands(labels, at, &[Class::Opening]).first().copied();
    let mut readings = Vec::new();
    for plus in of(pairing.first) {
        for less in of(pairing.second).into_iter().filter(|less| *less != plus) {
            // What stood before belongs to what is there.
            let with = opening.filter(|opening| *opening != plus && *opening != less);
            readings.extend(with.map(|opening| Formula::Minus { plus: vec![opening, plus], less: vec![less] }));
            readings.push(Formula::minus(plus, less));
        }
    }
    Some(readings)
}

fn judge(view: &View<'_>, claim: &Claim, report: &mut Report) {
    let mut cases = Vec::new();
    for line in &view.lines {
        let at = view.at(claim.label, *line);
        if claim.relation == Relation::Growth && view.table.line(at.0).is_some_and(|line| line.name.has(words::CONSTANT)) {
            continue;
        }
        let Some(number) = view.table.number(at) else { continue };
        let held: Vec<_> = claim.readings.iter().map(|formula| held(view, claim, formula, *line, number)).collect();
        if held.iter().any(Option::is_some) {
            cases.push(Case { claim: at, trivial: number.printed.is_zero(), held });
        }
    }
    votes::tell(view.table, report, claim.relation, claim.sure, cases);
}

fn held(view: &View<'_>, claim: &Claim, formula: &Formula, line: usize, number: &Number) -> Option<Draft> {
    let own = view.labels.get(claim.label)?;
    let operand = |label: usize| {
        let (row, column) = view.at(label, line);
        Some((view.table.lay.value(row, column), view.labels.get(label)?.unit.as_ref()))
    };
    let drafts = formula.make(&operand, own, number).into_iter().map(|made| made.against(number, |label| view.at(label, line)));
    drafts.min_by_key(|draft| draft.verdict)
}
