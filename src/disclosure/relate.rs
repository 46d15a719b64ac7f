//! 勾稽关系: which figures are the sum of which, within a table and between tables.

use super::figure::{Figure, Item, Key};
use super::words::{self, FUND_SUMS, Parts, SUMS};
use super::{Relation, RelationKind, Table, Verdict};
use crate::number::Exact;
use crate::prelude::*;

const LEVELS: (&str, &str) = ("科目逐级合计", "政府收支分类科目：类、款、项逐级汇总");
const SAME: (&str, &str) = ("同一数在各表一致", "部门决算公开表：表间勾稽");
const STAFF: (&str, &str) = ("人员经费按经济分类", "部门决算公开表：基本支出决算表");
const PUBLIC: (&str, &str) = ("公用经费按经济分类", "部门决算公开表：基本支出决算表");

pub(super) fn relations(tables: &[Table], figures: &[Figure]) -> Vec<Relation> {
    let mut related = Related { figures, relations: Vec::new() };
    let mut by_table: Vec<SortedMap<&Key, usize>> = vec![SortedMap::new(); tables.len()];
    for (at, figure) in figures.iter().enumerate() {
        if let Some(table) = figure.spot.table().and_then(|table| by_table.get_mut(table)) {
            table.entry(&figure.key).or_insert(at);
        }
    }
    for table in &by_table {
        related.levels(table);
        related.economic(table);
        for (key, at) in table {
            for parts in SUMS.iter().filter(|parts| parts.whole == key.measure) {
                related.sum(table, key, *at, parts, |part| key.of(part));
            }
            for parts in FUND_SUMS.iter().filter(|parts| parts.whole == key.fund && parts.measures.contains(&key.measure)) {
                related.sum(table, key, *at, parts, |part| Key { fund: part, ..(*key).clone() });
            }
        }
    }
    related.same(&by_table);
    related.apart(&by_table);
    related.relations
}

struct Related<'a> {
    figures: &'a [Figure],
    relations: Vec<Relation>,
}

impl Related<'_> {
    fn add(&mut self, kind: RelationKind, (name, source): (&'static str, &'static str), claim: usize, parts: Vec<usize>) {
        let Some(whole) = self.figures.get(claim) else { return };
        let mut sum = Exact::ZERO;
        let mut last = whole.last;
        // What is nothing was not rounded.
        let mut rounded = 0;
        for part in parts.iter().filter_map(|part| self.figures.get(*part)) {
            let Ok(more) = sum.checked_add(part.value) else { return };
            sum = more;
            last = last.max(part.last);
            rounded += usize::from(!part.value.is_zero());
        }
        // A blank whole claims nothing.
        if whole.printed.is_empty() && !sum.is_zero() {
            return;
        }
        let Ok(difference) = whole.value.checked_sub(sum) else { return };
        let verdict = verdict(difference, last, rounded);
        self.relations.push(Relation { kind, name, source, claim, parts, difference, verdict });
    }

    /// A sum of `templates/disclosure.toml`, where the whole and its parts stand in one table.
    fn sum(
        &mut self,
        table: &SortedMap<&Key, usize>,
        key: &Key,
        whole: usize,
        parts: &'static Parts,
        of: impl Fn(&'static str) -> Key,
    ) {
        let found: Vec<usize> = parts.parts.iter().filter_map(|part| table.get(&of(part)).copied()).collect();
        let first = parts.parts.first().is_some_and(|part| table.contains_key(&of(part)));
        let enough = if parts.all || !parts.measures.is_empty() && key.fund == "all" { first } else { !found.is_empty() };
        // One part of several is no sum: 一般公共 may be listed alone.
        if enough && (found.len() > 1 || parts.parts.len() == 1 || parts.all) {
            self.add(RelationKind::Within, (parts.name, parts.source), whole, found);
        }
    }

    /// 类, 款, 项: each is the sum of those below it, and the whole of the uppermost.
    fn levels(&mut self, table: &SortedMap<&Key, usize>) {
        let codes: SortedSet<&str> = table.keys().filter_map(|key| code(&key.item)).into_set();
        let above = |code: &str| {
            (1..code.len()).rev().filter_map(|end| code.get(..end)).find(|shorter| codes.contains(shorter)).map(str::to_owned)
        };
        let mut below: SortedMap<Option<String>, Vec<&str>> = SortedMap::new();
        for code in &codes {
            below.entry(above(code)).or_default().push(code);
        }
        for (key, at) in table {
            let own = match &key.item {
                Item::All => None,
                Item::Function(code) | Item::Economic(code) => Some(code.clone()),
                Item::Named(_) => continue,
            };
            let Some(children) = below.get(&own) else { continue };
            let economic = children.first().is_some_and(|code| code.starts_with('3'));
            let item = |code: &str| if economic { Item::Economic(code.into()) } else { Item::Function(code.into()) };
            let parts: Vec<usize> =
                children.iter().filter_map(|code| table.get(&Key { item: item(code), ..(*key).clone() }).copied()).collect();
            // A row without a figure, whose cell the text of a page does not tell, may be any part of the sum.
            if parts.len() == children.len() {
                self.add(RelationKind::Within, LEVELS, *at, parts);
            }
        }
    }

    /// 人员经费 and 公用经费 by their economic classes.
    fn economic(&mut self, table: &SortedMap<&Key, usize>) {
        for (key, at) in table.iter().filter(|(key, _)| key.item == Item::All && matches!(key.measure, "staff" | "public")) {
            let staff = key.measure == "staff";
            let class = |item: &Item| matches!(item, Item::Economic(code) if code.len() == 3 && words::STAFF.contains(&code.as_str()) == staff);
            let parts = table.iter().filter(|(other, _)| {
                other.measure == "basic" && other.fund == key.fund && other.phase == key.phase && class(&other.item)
            });
            let parts: Vec<usize> = parts.map(|(_, at)| *at).collect();
            if !parts.is_empty() {
                self.add(RelationKind::Within, if staff { STAFF } else { PUBLIC }, *at, parts);
            }
        }
    }

    /// The same figure in two tables.
    fn same(&mut self, tables: &[SortedMap<&Key, usize>]) {
        let mut first: SortedMap<&Key, usize> = SortedMap::new();
        for table in tables {
            for (key, at) in table {
                if self.figures.get(*at).is_none_or(|figure| figure.printed.is_empty()) {
                    continue;
                }
                match first.get(key) {
                    Some(known) => self.add(RelationKind::Across, SAME, *at, vec![*known]),
                    None => {
                        first.insert(key, *at);
                    }
                }
            }
        }
    }

    /// Sums whose whole stands in one table and whose parts stand in others.
    fn apart(&mut self, tables: &[SortedMap<&Key, usize>]) {
        let mut first: SortedMap<&Key, usize> = SortedMap::new();
        for (key, at) in tables.iter().flatten() {
            if self.figures.get(*at).is_some_and(|figure| !figure.printed.is_empty()) {
                first.entry(key).or_insert(*at);
            }
        }
        let done: Vec<(usize, &'static str)> = self.relations.iter().map(|relation| (relation.claim, relation.name)).collect();
        for (key, at) in &first {
            let same: Vec<usize> = tables.iter().filter_map(|table| table.get(key).copied()).collect();
            for parts in SUMS.iter().filter(|parts| parts.whole == key.measure && !parts.all) {
                let found: Option<Vec<usize>> = parts.parts.iter().map(|part| first.get(&key.of(part)).copied()).collect();
                let known = same.iter().any(|same| done.contains(&(*same, parts.name)));
                if let (Some(found), false) = (found, known) {
                    self.add(RelationKind::Across, (parts.name, parts.source), *at, found);
                }
            }
        }
    }
}

fn code(item: &Item) -> Option<&str> {
    match item {
        Item::Function(code) | Item::Economic(code) => Some(code),
        Item::All | Item::Named(_) => None,
    }
}

/// What rounding of so many figures explains is a tail; amounts to the 分 were not rounded.
fn verdict(difference: Exact, last: Exact, parts: usize) -> Verdict {
    if difference.is_zero() {
        return Verdict::Right;
    }
    let halves = i64::try_from(parts.saturating_add(1)).unwrap_or(i64::MAX);
    let half = last.checked_div(Exact::from_int(2)).unwrap_or(Exact::ZERO);
    let most = half.checked_mul(Exact::from_int(halves)).unwrap_or(Exact::ZERO);
    let cent = Exact::from_decimal(rust_decimal::Decimal::new(1, 2));
    if last > cent && difference.abs() <= most { Verdict::Tail } else { Verdict::Wrong }
}
