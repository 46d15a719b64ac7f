//! The text of a document: its numbers, bound and held, and what a template left behind.

use super::beside::beside;
use super::bind::{self, Bound, Items};
use super::clause::{Measure, Role, has};
use super::figure::{Figure, Item, Key};
use super::hold::{Holder, is_item};
use super::reckon::reckon;
use super::statement::{Against, Remnant, RemnantKind, Standing, Statement};
use super::text::{Passage, Text};
use super::words::{self, About, FUND_SUMS, LIKELY_SUMS, SUMS};
use crate::prelude::*;
use core::cmp::Ordering;

pub(super) fn statements(text: &Text, figures: &[Figure], about: About) -> (Vec<Statement>, Vec<Remnant>) {
    let items = items(figures);
    let bound = bind::bind(text, &items, about);
    let mut holder = Holder::new(figures, &bound, text);
    holder.amounts();
    holder.rates();
    holder.changes();
    lists(&mut holder, &bound);
    sums(&mut holder);
    beside(&mut holder, &bound);
    classes(&mut holder, &bound);
    let unexplained = comparisons(&mut holder, &bound, text);
    last_years(&mut holder, &bound);
    years(&mut holder, &bound, about.year);
    unknown_items(&mut holder, &bound, figures, &items);
    reckon(&mut holder, &bound, text);
    let mut remnants = remnants(text);
    remnants.extend(unexplained);
    for one in &bound {
        let (kind, put) = match (one.token.measure, one.role) {
            (Measure::Bare, Role::Growth(_) | Role::Done) => (RemnantKind::NoPercent, true),
            (Measure::Bare, Role::Share) => (RemnantKind::NoPercent, one.sentence.contains('占')),
            (Measure::Money(4), _) => (RemnantKind::NoUnit, one.token.unit == "万" && !one.token.number.fract().is_zero()),
            _ => (RemnantKind::NoUnit, false),
        };
        let Some(passage) = text.passages.get(one.passage).filter(|_| put) else { continue };
        let block = passage.at.get(one.token.from).map_or(0, |at| at.0);
        remnants.push(Remnant { block, kind, quote: passage.text(one.token.from.saturating_sub(10), one.token.end + 1) });
    }
    remnants.order_by(|remnant| (remnant.block, remnant.kind));
    // A number that is nothing the text speaks of is no statement: 30.5 of a version.
    let stays: Vec<bool> = holder
        .statements
        .iter()
        .zip(&bound)
        .map(|(one, bound)| {
            bound.token.measure != Measure::Bare || one.standing != Standing::Unbound || matches!(bound.role, Role::Growth(_))
        })
        .collect();
    // How many stay before each.
    let before = stays.iter().scan(0_usize, |count, stays| {
        let at = *count;
        *count += usize::from(*stays);
        Some(at)
    });
    let places: Vec<usize> = before.collect();
    let place = |at: usize| places.get(at).copied().unwrap_or_default();
    let mut statements = holder.statements;
    for against in statements.iter_mut().filter_map(|one| one.against.as_mut()) {
        match against {
            Against::Statement(at) | Against::Beside(at) | Against::Claim { other: at, .. } => *at = place(*at),
            Against::Sum { parts, .. } => parts.iter_mut().for_each(|part| *part = place(*part)),
            _ => {}
        }
    }
    let mut nth = stays.iter();
    statements.retain(|_| nth.next() == Some(&true));
    (statements, remnants)
}

fn items(figures: &[Figure]) -> Items {
    let mut items = Items::default();
    for figure in figures {
        let Item::Function(code) = &figure.key.item else { continue };
        items.any = true;
        let name = words::key(&figure.row);
        let list = match code.len() {
            7 => &mut items.names,
            5 => &mut items.groups,
            _ => continue,
        };
        if !name.is_empty() && !list.iter().any(|(known, of)| *known == name && of == code) {
            list.push((name, code.clone()));
        }
    }
    items
}

/// Lists behind 其中.
fn lists(holder: &mut Holder<'_>, bound: &[Bound]) {
    let mut wholes: SortedMap<(usize, usize), Vec<usize>> = SortedMap::new();
    for (at, one) in bound.iter().enumerate() {
        let Some(whole) = one.whole.filter(|whole| *whole != at && one.role == Role::Amount && one.phase == "main" && !one.loose)
        else {
            continue;
        };
        if bound.get(whole).is_some_and(|whole| whole.passage == one.passage) && one.key.is_some() {
            wholes.entry((whole, one.list)).or_default().push(at);
        }
    }
    for ((whole, _), parts) in wholes {
        let shares = parts
            .iter()
            .filter(|part| matches!(bound.get(**part + 1), Some(next) if next.role == Role::Share && next.over.is_none()))
            .count();
        let classes = parts
            .iter()
            .filter(|part| bound.get(**part).is_some_and(|part| part.class.is_some() && part.names.is_none()))
            .count();
        let certain = shares == parts.len() && parts.len() > 1;
        if parts.len() > 1 && (certain || classes == 0) {
            holder.sum(whole, parts, certain);
        } else if parts.len() > 1 && classes == parts.len() {
            // By function nothing is left over.
            holder.sum_or_doubt(whole, parts);
        }
    }
    structure(holder, bound);
    // Vehicles and the like: a count and the counts behind 其中.
    let mut at = 0;
    while let Some(first) = bound.get(at) {
        let parts: Vec<usize> = (at + 1..bound.len())
            .take_while(|next| {
                bound.get(*next).is_some_and(|next| {
                    next.passage == first.passage
                        && next.role == Role::Count
                        && next.token.unit == first.token.unit
                        && !next.sentence.is_empty()
                        && next.sentence.starts_with(&first.sentence)
                })
            })
            .collect();
        // Behind a semicolon something else begins, where commas part the list.
        let gap = |from: usize, to: usize| match (bound.get(from), bound.get(to)) {
            (Some(from), Some(to)) => to.sentence.get(from.sentence.len()..).is_some_and(|gap| gap.contains(';')),
            _ => false,
        };
        let semicolons = matches!(parts.as_slice(), [first, second, ..] if gap(*first, *second));
        let parts: Vec<usize> =
            if semicolons { parts } else { parts.iter().copied().take_while(|part| !gap(at, *part)).collect() };
        // 一级指标3个，二级指标9个，三级指标12个: levels, and no parts.
        let levels = parts.iter().filter(|part| bound.get(**part).is_some_and(|part| has(&part.sentence, words::RANKS))).count();
        let list = levels < 2
            && parts
                .first()
                .and_then(|next| bound.get(*next))
                .is_some_and(|next| next.sentence.get(first.sentence.len()..).is_some_and(|lead| has(lead, &["其中"])));
        if first.role == Role::Count && list && parts.len() > 1 {
            let next = parts.len();
            holder.sum(at, parts, first.token.unit == "辆");
            at += next;
        }
        at += 1;
    }
}

/// 结构情况 without 其中: classes with their shares, of the whole that another sentence gives.
fn structure(holder: &mut Holder<'_>, bound: &[Bound]) {
    let mut lists: SortedMap<(usize, Key), Vec<usize>> = SortedMap::new();
    for (at, one) in bound.iter().enumerate() {
        let Some(key) = one.key.as_ref().filter(|_| one.role == Role::Amount && one.phase == "main" && !one.loose) else {
            continue;
        };
        let share = bound.get(at + 1).is_some_and(|next| next.role == Role::Share && next.over.is_none() && !next.loose);
        if one.class.is_some() && one.names.is_none() && one.whole.is_none() && share {
            lists.entry((one.passage, Key { item: Item::All, ..key.clone() })).or_default().push(at);
        }
    }
    for ((_, key), parts) in lists.into_iter().filter(|(_, parts)| parts.len() > 1) {
        if let Some(whole) = holder.said.get(&key).copied() {
            holder.sum_or_doubt(whole, parts);
        }
    }
}

/// Sums of the data, where no table holds them and their parts.
fn sums(holder: &mut Holder<'_>) {
    let keys: Vec<(Key, usize)> = holder.said.iter().map(|(key, at)| (key.clone(), *at)).collect();
    for (key, whole) in &keys {
        let in_table = holder.known.contains_key(key);
        let by_measure = SUMS
            .iter()
            .filter(|parts| parts.whole == key.measure)
            .map(|parts| parts.parts.iter().map(|part| key.of(part)).collect::<Vec<Key>>());
        // Without its first part a list of sources is another list; beside those of likely sums there may be more.
        let kinds = FUND_SUMS.iter().map(|parts| (parts, true)).chain(LIKELY_SUMS.iter().map(|parts| (parts, false)));
        let by_fund = kinds
            .filter(|(parts, _)| parts.whole == key.fund && parts.measures.contains(&key.measure))
            .map(|(parts, all)| (parts.parts.iter().map(|part| Key { fund: part, ..key.clone() }).collect::<Vec<Key>>(), all))
            .filter(|(parts, _)| parts.first().is_some_and(|first| holder.said.contains_key(first)));
        let all: Vec<(Vec<Key>, bool)> = by_measure.map(|parts| (parts, true)).chain(by_fund).collect();
        for (parts, all) in all {
            // 人员经费 and 公用经费 of a text, where the tables have only 基本支出.
            if in_table && (parts.len() > 2 || parts.iter().any(|part| holder.known.contains_key(part))) {
                continue;
            }
            let found: Vec<usize> = parts.iter().filter_map(|part| holder.said.get(part)).copied().collect();
            // Of longer lists a part may stand under other words; 基本 and 项目 are mostly all there is.
            if found.len() >= parts.len().min(2) {
                let certain = all && key.measure != "reception" && (found.len() == parts.len() || key.measure == "expenditure");
                holder.sum_or_slip(*whole, found, certain);
            }
        }
    }
}

/// A class and its items, and the whole of all items, where sentences give each of them.
fn classes(holder: &mut Holder<'_>, bound: &[Bound]) {
    for phase in ["main", "initial", "final"] {
        let mut of_class: SortedMap<Option<&'static str>, Vec<usize>> = SortedMap::new();
        for (at, one) in bound.iter().enumerate() {
            let general =
                one.key.as_ref().is_some_and(|key| key.fund == "general" && key.measure == "expenditure" && is_item(key));
            if one.role != Role::Amount || one.phase != phase || one.loose || one.names.is_none() || !general {
                continue;
            }
            of_class.entry(None).or_default().push(at);
            of_class.entry(one.class).or_default().push(at);
        }
        for (class, parts) in of_class {
            let item = class.map_or(Item::All, |class| Item::Function(class.into()));
            let whole = holder.said.get(&Key::new("expenditure", "general", phase, item)).copied();
            if let Some(whole) = whole.filter(|_| parts.len() > 1) {
                holder.sum(whole, parts, false);
            }
        }
    }
}

/// 决算数小于预算数: said beside a completion, or beside the two amounts.
fn comparisons(holder: &mut Holder<'_>, bound: &[Bound], text: &Text) -> Vec<Remnant> {
    let mut unexplained = Vec::new();
    for (at, one) in bound.iter().enumerate().filter(|(_, one)| !one.loose) {
        let Some(passage) = text.passages.get(one.passage) else { continue };
        let next =
            bound.get(at + 1).filter(|next| next.passage == one.passage).map_or(passage.chars.len(), |next| next.token.from);
        let behind = passage.text(one.token.end, next);
        let behind: String = behind.split("(项)").next().unwrap_or_default().chars().take(24).collect();
        let Some(said) = compared(&behind) else { continue };
        // A difference is to be explained, here or at the end of the paragraph.
        if said != Ordering::Equal
            && matches!(one.role, Role::Done | Role::Amount)
            && !has(&passage.text(one.token.end, passage.chars.len()), &["原因", "因为", "由于", "因"])
        {
            let block = passage.at.get(one.token.from).map_or(0, |at| at.0);
            unexplained.push(Remnant {
                block,
                kind: RemnantKind::NoReason,
                quote: behind.chars().take_while(|char| *char != '。').collect::<String>().trim_matches([',', ';']).to_owned(),
            });
        }
        match one.role {
            Role::Done => holder.compare(at, said),
            Role::Amount if one.phase == "main" => {
                let budget = at.checked_sub(1).and_then(|before| Some((before, bound.get(before)?)));
                let of_one = |other: &Bound| match (&other.key, &one.key) {
                    (Some(other), Some(key)) => {
                        Key { phase: "main", ..other.clone() } == *key && matches!(other.phase, "initial" | "final")
                    }
                    _ => false,
                };
                if let Some((budget, _)) = budget.filter(|(_, other)| other.passage == one.passage && of_one(other)) {
                    holder.compare_amounts(at, budget, said);
                }
            }
            _ => {}
        }
    }
    unexplained
}

/// How the text says that the accounts stand to the budget.
fn compared(behind: &str) -> Option<Ordering> {
    if !behind.contains("预算") {
        return None;
    }
    match (has(behind, words::MORE), has(behind, words::LESS), has(behind, words::EQUAL)) {
        (true, false, false) => Some(Ordering::Greater),
        (false, true, false) => Some(Ordering::Less),
        (false, false, true) => Some(Ordering::Equal),
        _ => None,
    }
}

/// 收、支总计 are the same this year, so they were last year: the two changes must be one.
fn last_years(holder: &mut Holder<'_>, bound: &[Bound]) {
    let change = |measure: &str, passage: usize| {
        bound.iter().enumerate().find_map(|(at, one)| match (&one.key, one.role) {
            (Some(key), Role::Change(Some(up))) if key.measure == measure && one.passage == passage && !one.loose => {
                Some((at, key.clone(), up))
            }
            _ => None,
        })
    };
    let mut passages: Vec<usize> = bound.iter().map(|one| one.passage).collect();
    passages.dedup();
    for passage in passages {
        let (Some((_, income, up)), Some((at, expenditure, other_up))) =
            (change("income-total", passage), change("expenditure-total", passage))
        else {
            continue;
        };
        let last = |holder: &Holder<'_>, key: &Key, at: Option<usize>, up: bool| {
            let change = holder.statements.get(at?)?.value;
            let change = if up { change } else { change.neg() };
            holder.value(key)?.checked_sub(change).ok()
        };
        let income_at = change("income-total", passage).map(|found| found.0);
        let (Some(one), Some(other)) = (last(holder, &income, income_at, up), last(holder, &expenditure, Some(at), other_up))
        else {
            continue;
        };
        if one != other && holder.value(&income) == holder.value(&expenditure) {
            holder.doubt(at, Against::LastYear { income: one, expenditure: other });
        }
    }
}

/// 与2023年度相比 in accounts of 2024.
fn years(holder: &mut Holder<'_>, bound: &[Bound], year: Option<u16>) {
    let Some(year) = year else { return };
    let since_last = |one: &Bound| matches!(one.role, Role::Change(_)) && !one.loose && one.phase != "initial";
    for (at, one) in bound.iter().enumerate().filter(|(_, one)| since_last(one)) {
        for lead in ["与", "比", "较"] {
            let Some((_, rest)) = one.sentence.rsplit_once(lead) else { continue };
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let said = digits
                .parse::<u16>()
                .ok()
                .filter(|_| digits.len() == 4 && rest.get(4..).is_some_and(|rest| rest.starts_with('年')));
            if let Some(said) = said.filter(|said| *said != year.saturating_sub(1)) {
                holder.wrong(at, Against::Year { said, expected: year.saturating_sub(1) });
            }
        }
    }
}

/// Items of sentences that no table names.
fn unknown_items(holder: &mut Holder<'_>, bound: &[Bound], figures: &[Figure], items: &Items) {
    if !items.any {
        return;
    }
    let named: Vec<&str> = bound
        .iter()
        .filter_map(|one| match one.key.as_ref().map(|key| &key.item) {
            Some(Item::Function(code)) => Some(code.as_str()),
            _ => None,
        })
        .collect();
    let of_general = figures.iter().filter(|figure| figure.key.fund == "general").filter_map(|figure| match &figure.key.item {
        Item::Function(code) => Some(code.as_str()),
        Item::All | Item::Economic(_) | Item::Named(_) => None,
    });
    let of_general: SortedSet<&str> = of_general.into_set();
    let mut told: Vec<usize> = Vec::new();
    for (at, one) in bound.iter().enumerate() {
        let (Some(Item::Named(_)), Some(class), Some(_), Role::Amount, "main") =
            (one.key.as_ref().map(|key| &key.item), one.class, &one.names, one.role, one.phase)
        else {
            continue;
        };
        if told.contains(&one.passage) || one.loose {
            continue;
        }
        told.push(one.passage);
        let left = |code: &String| code.starts_with(class) && !named.contains(&code.as_str());
        let general = |code: &String| of_general.contains(code.as_str());
        let candidates: Vec<String> = items
            .names
            .iter()
            .filter(|(_, code)| left(code) && general(code))
            .map(|(name, code)| format!("{code}{name}"))
            .collect();
        holder.doubt(at, Against::NoSuchItem(candidates));
    }
}

/// What a template left behind.
fn remnants(text: &Text) -> Vec<Remnant> {
    let mut found = Vec::new();
    for passage in &text.passages {
        found.extend(separator(passage));
        let plain = passage.text(0, passage.chars.len());
        for word in words::LEFT {
            let word: String = word.chars().map(crate::number::half_width).collect();
            if let Some(at) = plain.find(&word) {
                let chars = plain.get(..at).map_or(0, |before| before.chars().count());
                let block = passage.at.get(chars).map_or(0, |at| at.0);
                found.push(Remnant {
                    block,
                    kind: RemnantKind::Template,
                    quote: passage.text(chars.saturating_sub(10), chars + 12),
                });
                break;
            }
        }
    }
    found
}

/// 677,00万元: behind a comma stand three digits, or it parts no thousands.
fn separator(passage: &Passage) -> Option<Remnant> {
    let is_digit = |at: usize| passage.chars.get(at).is_some_and(char::is_ascii_digit);
    let comma = (1..passage.chars.len()).filter(|at| passage.chars.get(*at) == Some(&',') && is_digit(at - 1));
    let wrong = |at: &usize| {
        let behind = (at + 1..).take_while(|next| is_digit(*next)).count();
        let end = at + 1 + behind;
        let unit = passage.text(end, end + 2);
        matches!(behind, 1 | 2) && (unit == "万元" || unit.starts_with('元'))
    };
    let at = comma.into_iter().find(wrong)?;
    let block = passage.at.get(at).map_or(0, |at| at.0);
    Some(Remnant { block, kind: RemnantKind::Separator, quote: passage.text(at.saturating_sub(8), at + 5) })
}
