//! How the cells of a row say that it is scored.

use super::Indicator;
use crate::id::ScoringKind;
use crate::number::{Comparator, Reading, Unit};
use crate::template::{Role, SatisfactionRule};

impl ScoringKind {
    /// What the person chose for the row, where the choice is known.
    pub fn chosen(indicator: &Indicator<'_>) -> Option<ScoringKind> {
        let text = indicator.typed(indicator.def.at.kind).text();
        if text.is_empty() {
            return None;
        }
        if indicator.rule().is_some() {
            return Some(ScoringKind::Rule);
        }
        ScoringKind::ALL.into_iter().find(|kind| kind.id() == text)
    }

    /// The kind of a row: as chosen, or read from what its cells say.
    pub fn of(indicator: &Indicator<'_>) -> ScoringKind {
        match ScoringKind::chosen(indicator) {
            // What a chosen way measures may not be there.
            Some(_) | None if indicator.is_not_applicable() => return ScoringKind::NotApplicable,
            Some(kind) => return kind,
            None => {}
        }
        let at = &indicator.def.at;
        if indicator.level1().contains("扣分") || indicator.level2().contains("扣分") {
            return ScoringKind::Deduction;
        }
        if is_execution(indicator) {
            return ScoringKind::Execution;
        }
        if at.target.is_none() || at.actual.is_none() {
            // A rubric prints no values: the score is the reviewer's word.
            return ScoringKind::Manual;
        }
        ScoringKind::by_target(indicator)
    }

    fn by_target(indicator: &Indicator<'_>) -> ScoringKind {
        match &*indicator.target() {
            Reading::Quantity(quantity) => match quantity.comparator {
                Some(Comparator::AtMost | Comparator::LessThan) => ScoringKind::LowerBetter,
                Some(Comparator::Equal) => ScoringKind::Equal,
                Some(Comparator::AtLeast | Comparator::MoreThan) | None if is_satisfaction(indicator) => {
                    ScoringKind::Satisfaction
                }
                Some(Comparator::AtLeast | Comparator::MoreThan) => ScoringKind::HigherBetter,
                // Money under 成本指标 without a sign is a ceiling: spending less is no shortfall.
                None if indicator.level2().contains("成本") && matches!(quantity.unit, Unit::Money(_)) => {
                    ScoringKind::LowerBetter
                }
                None => ScoringKind::HigherBetter,
            },
            Reading::Range { .. } => ScoringKind::Range,
            Reading::Date(_) => ScoringKind::Deadline,
            Reading::Words if super::yes_no::is_yes_or_no(indicator.typed(indicator.def.at.target).text()) => ScoringKind::YesNo,
            Reading::Words => ScoringKind::Tier,
            Reading::Blank | Reading::NotApplicable => ScoringKind::Manual,
        }
    }
}

/// 预算执行率 as an indicator, in a form that gives it no row of its own.
fn is_execution(indicator: &Indicator<'_>) -> bool {
    let form = &indicator.values.template.form;
    let named = indicator.typed(indicator.def.at.indicator).text().contains("预算执行率");
    named && form.role(Role::ExecutionScore).is_none() && form.role(Role::ExecutedAmount).is_some()
}

/// A satisfaction row gets its own kind only where the profile scores it in its own way.
fn is_satisfaction(indicator: &Indicator<'_>) -> bool {
    let named = indicator.level2().contains("满意") || indicator.level1().contains("满意");
    named && matches!(indicator.profile().satisfaction, SatisfactionRule::Slope { .. })
}
