//! 口径: every number of a profile in words.

use jixiao::number::Exact;
use jixiao::template::{NotApplicable, OverEffect, Profile, Reverse, SatisfactionRule, SourceId, Sourced};
use jixiao::wording::{number, percent, rounding};

/// A number or rule of a profile as a person reads it, with where it comes from.
pub struct Fact {
    pub label: String,
    pub value: String,
    pub source: SourceId,
}

fn fact(label: impl Into<String>, value: String, source: &SourceId) -> Fact {
    Fact { label: label.into(), value, source: source.clone() }
}

fn points(sourced: &Sourced) -> String {
    format!("{}分", number(sourced.value))
}

/// Every number of a profile.
pub fn facts(profile: &Profile) -> Vec<Fact> {
    let mut facts = weights(profile);
    facts.extend(execution(profile));
    facts.extend(indicators(profile));
    if let Some(grades) = &profile.grades {
        let bands: Vec<String> = grades.bands.iter().map(|band| format!("{} ≥{}", band.name, number(band.from))).collect();
        facts.push(fact("等级", bands.join("，"), &grades.source));
    }
    let rules = &profile.rounding;
    facts.push(fact("执行率精度", rounding(rules.rate), &rules.source));
    facts.push(fact("得分精度", rounding(rules.score), &rules.source));
    facts.push(fact("总分精度", rounding(rules.total), &rules.source));
    facts
}

fn weights(profile: &Profile) -> Vec<Fact> {
    let weights = &profile.weights;
    let mut facts = vec![fact("满分", points(&weights.total), &weights.total.source)];
    if let Some(execution) = &weights.execution {
        facts.push(fact("预算执行率分值", points(execution), &execution.source));
    }
    facts.extend(weights.levels.iter().map(|level| fact(level.names.join("、"), points(&level.points), &level.points.source)));
    facts
}

fn execution(profile: &Profile) -> Vec<Fact> {
    let rule = &profile.execution;
    let mut facts = vec![fact("执行率计分上限", percent(rule.cap.value), &rule.cap.source)];
    if let Some(below) = &rule.reason_below {
        facts.push(fact("执行率低于", format!("{}的，应说明原因", percent(below.value)), &below.source));
    }
    if let Some(source) = &rule.reason_adjusted {
        facts.push(fact("年中调整预算", "应单独说明理由".to_owned(), source));
    }
    facts.extend(rule.gate.iter().map(|gate| {
        let value = format!("{}的，总分不超过{}", percent(gate.below.value), points(&gate.max));
        fact("执行率低于", value, &gate.max.source)
    }));
    facts
}

fn indicators(profile: &Profile) -> Vec<Fact> {
    let mut facts = Vec::new();
    let quantitative = &profile.quantitative;
    facts.push(fact("定量指标", "完成指标值得满分，未完成的按完成比例计分".to_owned(), &quantitative.source));
    let reverse = match quantitative.reverse {
        Reverse::Ratio => "超过指标值的，按指标值与完成值之比计分",
        Reverse::Linear => "超过指标值的，按超出的比例扣分，超出一倍不得分",
    };
    facts.push(fact("反向指标", reverse.to_owned(), quantitative.reverse_source()));
    if let Some(pass) = &quantitative.pass {
        facts.push(fact("完成比例低于", format!("{}的，不得分", percent(pass.value)), &pass.source));
    }
    if let Some(over) = &quantitative.over {
        let effect = match &over.effect {
            OverEffect::Deduct(taken) => format!("扣{}", points(taken)),
            OverEffect::Zero => "不得分".to_owned(),
            OverEffect::Ask => "由填报人说明并评定".to_owned(),
        };
        facts.push(fact("完成比例达到", format!("{}的，{effect}", percent(over.limit.value)), &over.limit.source));
    }
    let tiers: Vec<String> =
        profile.tiers.list.iter().map(|tier| format!("{} {}～{}", tier.name, percent(tier.to), percent(tier.from))).collect();
    facts.push(fact("定性指标", tiers.join("；"), &profile.tiers.source));
    if let SatisfactionRule::Slope { full_from, per_point } = &profile.satisfaction {
        let value = format!("{}及以上得满分，每低1个百分点扣{}（按10分计）", percent(full_from.value), points(per_point));
        facts.push(fact("满意度", value, &full_from.source));
    }
    let rule = &profile.not_applicable;
    let effect = match rule.effect {
        NotApplicable::Rescale => "不计入，其余指标折算为满分",
        NotApplicable::Zero => "不得分，分值不折算",
    };
    let blank = if rule.blank_counts { "；空白视同不适用" } else { "" };
    facts.push(fact("不适用指标", format!("{effect}{blank}"), &rule.source));
    facts
}

/// A difference, with its sign.
pub fn difference(from: Exact, to: Exact) -> String {
    to.checked_sub(from)
        .map_or_else(|_| "—".to_owned(), |by| if by == Exact::ZERO { "0".to_owned() } else { jixiao::wording::signed(by) })
}
