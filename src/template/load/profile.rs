use super::{Sources, cited, exact, loaded, required, source_list, sourced};
use crate::number::{Exact, Rounding, RoundingMode};
use crate::prelude::*;
use crate::template::reader::{Object, Problems};
use crate::template::*;
use serde_json::Value;

/// Reads a profile file. `file` names it in problems; `known` are the sources that it may cite beside those that it brings.
pub fn profile(file: &str, value: &Value, known: &Sources) -> Result<Profile, TemplateError> {
    loaded(file, value, |object, problems| {
        let own = own_sources(object, known, problems);
        let mut all = known.clone();
        all.extend(own.clone());
        let sources = &all;
        let profile = Profile {
            id: object.text("id"),
            version: object.number("version"),
            name: object.text("name"),
            region: object.text("region"),
            about: object.text("about"),
            weights: weights(object, sources)?,
            rounding: rounding(object, sources)?,
            execution: execution(object, sources)?,
            quantitative: quantitative(object, sources)?,
            tiers: tiers(object, sources)?,
            satisfaction: satisfaction(object, sources),
            not_applicable: not_applicable(object, sources)?,
            grades: grades(object, sources),
            not_modelled: object.objects("not_modelled").map(|entry| not_modelled(entry, sources)).collect(),
            sources: own,
        };
        within_total(object, &profile);
        Some(profile)
    })
}

/// The sources that the file brings. None may take the place of one that others cite.
fn own_sources(object: &Object<'_>, known: &Sources, problems: &Problems) -> Sources {
    let own = source_list(object, problems);
    for (id, source) in &own {
        if known.get(id).is_some_and(|known| known != source) {
            object.problem("source", Expected::SourceTaken(id.to_string()));
        }
    }
    own
}

/// No part has more points than the whole.
fn within_total(object: &Object<'_>, profile: &Profile) {
    let total = profile.weights.total.value;
    let check = |key: &str, points: Option<Exact>| {
        if points.is_some_and(|points| points > total) {
            object.problem(key, Expected::WithinTotal(total.to_plain(2)));
        }
    };
    check("weights.execution", profile.weights.execution.as_ref().map(|points| points.value));
    for (at, level) in profile.weights.levels.iter().enumerate() {
        check(&format!("weights.level[{at}].points"), Some(level.points.value));
    }
    for (at, gate) in profile.execution.gate.iter().enumerate() {
        check(&format!("execution.gate[{at}].max"), Some(gate.max.value));
    }
    if let Some(OverEffect::Deduct(points)) = profile.quantitative.over.as_ref().map(|over| &over.effect) {
        check("quantitative.over.points", Some(points.value));
    }
    if let SatisfactionRule::Slope { per_point, .. } = &profile.satisfaction {
        check("satisfaction.per_point", Some(per_point.value));
    }
    for (at, band) in profile.grades.iter().flat_map(|grades| &grades.bands).enumerate() {
        check(&format!("grades.band[{at}].from"), Some(band.from));
    }
}

/// A part of the profile that must be there.
fn part<'a>(object: &Object<'a>, key: &'static str) -> Option<Object<'a>> {
    let part = object.object(key);
    if part.is_none() {
        object.problem(key, Expected::Missing);
    }
    part
}

fn weights(object: &Object<'_>, sources: &Sources) -> Option<Weights> {
    let part = part(object, "weights")?;
    let levels = part
        .objects("level")
        .map(|level| {
            let weight =
                LevelWeight { names: level.texts("names"), points: required(&level, "points", NumberSort::Points, sources) };
            level.finish();
            weight
        })
        .collect();
    let weights = Weights {
        total: required(&part, "total", NumberSort::SomePoints, sources),
        execution: sourced(&part, "execution", NumberSort::SomePoints, sources),
        levels,
    };
    part.finish();
    Some(weights)
}

fn rounding(object: &Object<'_>, sources: &Sources) -> Option<RoundingRules> {
    let part = part(object, "rounding")?;
    let rules = RoundingRules {
        rate: one_rounding(&part, "rate"),
        score: one_rounding(&part, "score"),
        total: one_rounding(&part, "total"),
        source: cited(&part, "source", sources),
    };
    part.finish();
    Some(rules)
}

fn one_rounding(part: &Object<'_>, key: &'static str) -> Rounding {
    let Some(inner) = part.object(key) else {
        part.problem(key, Expected::Missing);
        return Rounding { dp: 2, mode: RoundingMode::HalfUp };
    };
    let dp = inner.number("dp");
    if dp > 8 {
        inner.problem("dp", Expected::FewerDecimals);
    }
    let mode = match inner.text("mode").as_str() {
        "half-up" => RoundingMode::HalfUp,
        "half-even" => RoundingMode::HalfEven,
        "truncate" => RoundingMode::Truncate,
        "up" => RoundingMode::Up,
        _ => {
            inner.problem("mode", Expected::RoundingMode);
            RoundingMode::HalfUp
        }
    };
    inner.finish();
    Rounding { dp: dp.min(8), mode }
}

fn execution(object: &Object<'_>, sources: &Sources) -> Option<ExecutionRule> {
    let part = part(object, "execution")?;
    let mut gate: Vec<Gate> = part
        .objects("gate")
        .map(|step| {
            let gate = Gate {
                below: required(&step, "below", NumberSort::SomeShare, sources),
                max: required(&step, "max", NumberSort::Points, sources),
            };
            step.finish();
            gate
        })
        .collect();
    gate.order_by(|step| step.below.value);
    let rule = ExecutionRule {
        cap: required(&part, "cap", NumberSort::Cap, sources),
        reason_below: sourced(&part, "reason_below", NumberSort::SomeShare, sources),
        reason_adjusted: part.has("reason_adjusted").then(|| cited(&part, "reason_adjusted", sources)),
        gate,
    };
    part.finish();
    Some(rule)
}

fn quantitative(object: &Object<'_>, sources: &Sources) -> Option<QuantitativeRule> {
    let part = part(object, "quantitative")?;
    let over = part.object("over").map(|over| {
        let effect = match over.text("effect").as_str() {
            "deduct" => OverEffect::Deduct(required(&over, "points", NumberSort::SomePoints, sources)),
            "zero" => OverEffect::Zero,
            "ask" => OverEffect::Ask,
            _ => {
                over.problem("effect", Expected::OverEffect);
                OverEffect::Ask
            }
        };
        let rule = OverRule { limit: required(&over, "limit", NumberSort::Multiple, sources), effect };
        over.finish();
        rule
    });
    let reverse = match part.optional_text("reverse").as_deref() {
        None | Some("ratio") => Reverse::Ratio,
        Some("linear") => Reverse::Linear,
        Some(_) => {
            part.problem("reverse", Expected::Reverse);
            Reverse::Ratio
        }
    };
    let rule = QuantitativeRule {
        source: cited(&part, "source", sources),
        reverse,
        reverse_source: part.has("reverse_source").then(|| cited(&part, "reverse_source", sources)),
        pass: sourced(&part, "pass", NumberSort::SomeShare, sources),
        over,
    };
    part.finish();
    Some(rule)
}

fn tiers(object: &Object<'_>, sources: &Sources) -> Option<Tiers> {
    let part = part(object, "tiers")?;
    let list: Vec<Tier> = part
        .objects("tier")
        .map(|entry| {
            let tier = Tier {
                id: entry.text("id"),
                name: entry.text("name"),
                from: exact(&entry, "from", NumberSort::Share),
                to: exact(&entry, "to", NumberSort::Share),
            };
            if tier.from > tier.to {
                entry.problem("from", Expected::TierBounds);
            }
            entry.finish();
            tier
        })
        .collect();
    if list.windows(2).any(|pair| matches!(pair, [better, worse] if worse.to > better.from)) {
        part.problem("tier", Expected::TierOrder);
    }
    let tiers = Tiers { list, source: cited(&part, "source", sources) };
    part.finish();
    Some(tiers)
}

fn satisfaction(object: &Object<'_>, sources: &Sources) -> SatisfactionRule {
    let Some(part) = object.object("satisfaction") else { return SatisfactionRule::Ratio };
    let rule = SatisfactionRule::Slope {
        full_from: required(&part, "full_from", NumberSort::SomeShare, sources),
        per_point: required(&part, "per_point", NumberSort::SomePoints, sources),
    };
    part.finish();
    rule
}

fn not_applicable(object: &Object<'_>, sources: &Sources) -> Option<NotApplicableRule> {
    let part = part(object, "not_applicable")?;
    let effect = match part.text("effect").as_str() {
        "rescale" => NotApplicable::Rescale,
        "zero" => NotApplicable::Zero,
        _ => {
            part.problem("effect", Expected::NotApplicableEffect);
            NotApplicable::Zero
        }
    };
    let blank_counts = part.flag("blank_counts", false);
    let rule = NotApplicableRule { effect, blank_counts, source: cited(&part, "source", sources) };
    part.finish();
    Some(rule)
}

fn grades(object: &Object<'_>, sources: &Sources) -> Option<Grades> {
    let part = object.object("grades")?;
    let bands: Vec<Band> = part
        .objects("band")
        .map(|entry| {
            let band = Band {
                name: entry.text("name"),
                aliases: entry.texts("aliases"),
                from: exact(&entry, "from", NumberSort::Points),
            };
            entry.finish();
            band
        })
        .collect();
    if bands.windows(2).any(|pair| matches!(pair, [better, worse] if worse.from >= better.from)) {
        part.problem("band", Expected::BandOrder);
    }
    if bands.last().is_none_or(|band| !band.from.is_zero()) {
        part.problem("band", Expected::LastBand);
    }
    let grades = Grades { bands, whole_numbers: part.flag("whole_numbers", false), source: cited(&part, "source", sources) };
    part.finish();
    Some(grades)
}

fn not_modelled(entry: Object<'_>, sources: &Sources) -> NotModelled {
    let note = NotModelled { text: entry.text("text"), source: cited(&entry, "source", sources) };
    entry.finish();
    note
}
