//! Scoring rules of a table.

use super::{Sources, cited, exact, optional};
use crate::id::ScoringKind;
use crate::prelude::*;
use crate::template::reader::{Object, Problems};
use crate::template::{
    Bands, Better, CellDef, CellIndex, CellKind, ColumnIndex, Expected, NumberSort, Part, RuleBand, RuleKind, ScoreRule, Steps,
    TableDef,
};

/// The `rule` entries of a table.
pub fn rules(table: &Object<'_>, sources: &Sources) -> Vec<ScoreRule> {
    table
        .objects("rule")
        .map(|entry| {
            let rule = ScoreRule {
                id: entry.text("id"),
                name: entry.text("name"),
                source: cited(&entry, "source", sources),
                reads: None,
                rate: entry.flag("rate", true),
                full_without: entry.flag("full_without", false),
                kind: kind(&entry),
            };
            // Resolved by `resolve`, when the cells are known.
            entry.optional_text("reads");
            entry.finish();
            rule
        })
        .collect()
}

fn kind(entry: &Object<'_>) -> RuleKind {
    // A rule measures a rate unless it says otherwise.
    let sort = if entry.flag("rate", true) { NumberSort::Rate } else { NumberSort::Count };
    match entry.text("kind").as_str() {
        "steps" => RuleKind::Steps(steps(entry, sort)),
        "bands" => RuleKind::Bands(bands(entry, sort)),
        "share" => RuleKind::Share,
        _ => {
            entry.problem("kind", Expected::RuleKind);
            RuleKind::Share
        }
    }
}

fn steps(entry: &Object<'_>, sort: NumberSort) -> Steps {
    let better = match entry.text("better").as_str() {
        "at-least" => Better::AtLeast,
        "at-most" => Better::AtMost,
        "exactly" => Better::Exactly,
        _ => {
            entry.problem("better", Expected::Better);
            Better::AtLeast
        }
    };
    let step = exact(entry, "step", sort);
    if !step.is_positive() {
        entry.problem("step", Expected::AboveZero);
    }
    Steps { limit: exact(entry, "limit", sort), better, step, loss: part(entry), proportional: entry.flag("proportional", false) }
}

fn bands(entry: &Object<'_>, sort: NumberSort) -> Bands {
    let list: Vec<RuleBand> = entry
        .objects("band")
        .map(|band| {
            let read = RuleBand { from: optional(&band, "from", sort), to: optional(&band, "to", sort), award: part(&band) };
            band.finish();
            read
        })
        .collect();
    if list.last().is_none_or(|last| last.from.is_some() || last.to.is_some()) {
        entry.problem("band", Expected::LastRuleBand);
    }
    Bands { list, covers_from: optional(entry, "covers_from", sort) }
}

fn part(object: &Object<'_>) -> Part {
    match optional(object, "share", NumberSort::Share) {
        Some(share) => Part::Share(share),
        None => Part::Points(exact(object, "points", NumberSort::Points)),
    }
}

/// Finds the cells that rules read, and looks whether every row names a way of scoring that there is.
pub fn resolve(entry: &Object<'_>, table: &mut TableDef, cells: &[CellDef], problems: &Problems) {
    for (rule, raw) in table.rules.iter_mut().zip(entry.objects("rule")) {
        let Some(id) = raw.optional_text("reads") else { continue };
        rule.reads =
            (0..).zip(cells).find(|(_, cell)| cell.id == id && cell.kind == CellKind::Percent).map(|(at, _): (CellIndex, _)| at);
        if rule.reads.is_none() {
            raw.problem("reads", Expected::Rate(id));
        }
    }
    let known = |kind: &str| ScoringKind::ALL.iter().any(|known| known.id() == kind) || table.rule(kind).is_some();
    for texts in &table.skeleton {
        let kind = table.at.kind.and_then(|at: ColumnIndex| texts.get(usize::from(at))).filter(|kind| !kind.is_empty());
        if let Some(kind) = kind.filter(|kind| !known(kind)) {
            problems.add(&table.id, Expected::ScoringKind(kind.clone()));
        }
    }
}
