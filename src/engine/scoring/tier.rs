//! 定性指标: the tier that the text implies, and the share of the points that belongs to it. Which score within the tier is
//! the person's judgement.

use super::Indicator;
use crate::number::{Exact, Reading, Unit};
use crate::template::Tier;

/// The tier of a row: as chosen, or as its 实际完成值 says. `None` where neither tells.
pub fn implied<'a>(indicator: &Indicator<'a>) -> Option<&'a Tier> {
    let tiers = &indicator.profile().tiers.list;
    let at = &indicator.def.at;
    let chosen = indicator.typed(at.tier).text();
    if let Some(tier) = tiers.iter().find(|tier| tier.id == chosen) {
        return Some(tier);
    }
    let actual = plain(indicator.typed(at.actual).text());
    if actual.is_empty() {
        return None;
    }
    let starts = |words: &[&str]| words.iter().any(|word| actual.starts_with(word));
    let place = if actual == plain(indicator.typed(at.target).text()) || is_all(indicator.actual()) {
        0
    } else if starts(&["未达成", "未完成", "未达到", "未实现", "没有完成"]) {
        tiers.len().checked_sub(1)?
    } else if starts(&["部分", "基本", "大部分"]) {
        1
    } else if starts(&["达成", "已达成", "全部完成"]) || matches!(actual, "完成" | "已完成") {
        0
    } else {
        return None;
    };
    tiers.get(place)
}

/// 100% as an answer to a target in words.
fn is_all(actual: &Reading) -> bool {
    matches!(actual, Reading::Quantity(quantity) if quantity.unit == Unit::Percent && quantity.value() == Ok(Exact::ONE))
}

/// Text without the full stop and the blanks around it.
fn plain(text: &str) -> &str {
    text.trim().trim_end_matches(['。', '；', ';', '.']).trim()
}

/// The lowest and the highest score in a tier, unrounded. The upper end of every tier but the best belongs to the tier above.
pub fn share(tier: &Tier, weight: Exact) -> Option<(Exact, Exact)> {
    Some((weight.checked_mul(tier.from).ok()?, weight.checked_mul(tier.to).ok()?))
}
