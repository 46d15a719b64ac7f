use super::Indicator;
use crate::number::{Comparator, Reading, Unit};
use crate::template::{Role, SatisfactionRule};

/// How an indicator is scored (计分方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScoringKind {
    /// 正向: the more the better (F13).
    HigherBetter,
    /// 反向: the less the better (F14).
    LowerBetter,
    /// 等于指标值
    Equal,
    /// 区间内
    Range,
    /// 按期完成
    Deadline,
    /// 是或否
    YesNo,
    /// 定性: three tiers.
    Tier,
    /// 满意度, by the profile's own rule.
    Satisfaction,
    /// 预算执行率: from the funds of the same form (F2).
    Execution,
    /// 评分标准: by a rule of the form that the row names.
    Rule,
    /// 人工评分: the person gives the score.
    Manual,
    /// 扣分项
    Deduction,
    /// 不适用
    NotApplicable,
}

impl ScoringKind {
    /// What may be chosen in every form. A rule is chosen by its own id.
    pub const ALL: [ScoringKind; 12] = [
        ScoringKind::HigherBetter,
        ScoringKind::LowerBetter,
        ScoringKind::Equal,
        ScoringKind::Range,
        ScoringKind::Deadline,
        ScoringKind::YesNo,
        ScoringKind::Tier,
        ScoringKind::Satisfaction,
        ScoringKind::Execution,
        ScoringKind::Manual,
        ScoringKind::Deduction,
        ScoringKind::NotApplicable,
    ];

    /// The name in saved files.
    pub fn id(self) -> &'static str {
        match self {
            ScoringKind::HigherBetter => "higher-better",
            ScoringKind::LowerBetter => "lower-better",
            ScoringKind::Equal => "equal",
            ScoringKind::Range => "range",
            ScoringKind::Deadline => "deadline",
            ScoringKind::YesNo => "yes-no",
            ScoringKind::Tier => "tier",
            ScoringKind::Satisfaction => "satisfaction",
            ScoringKind::Execution => "execution",
            ScoringKind::Rule => "rule",
            ScoringKind::Manual => "manual",
            ScoringKind::Deduction => "deduction",
            ScoringKind::NotApplicable => "not-applicable",
        }
    }

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

    /// Whether the score follows from what was done, its 完成值.
    pub fn measures(self) -> bool {
        match self {
            ScoringKind::HigherBetter
            | ScoringKind::LowerBetter
            | ScoringKind::Equal
            | ScoringKind::Range
            | ScoringKind::Deadline
            | ScoringKind::YesNo
            | ScoringKind::Tier
            | ScoringKind::Satisfaction
            | ScoringKind::Execution
            | ScoringKind::Rule => true,
            ScoringKind::Manual | ScoringKind::Deduction | ScoringKind::NotApplicable => false,
        }
    }

    /// Whether the score follows from numbers alone.
    pub fn is_quantitative(self) -> bool {
        match self {
            ScoringKind::HigherBetter
            | ScoringKind::LowerBetter
            | ScoringKind::Equal
            | ScoringKind::Range
            | ScoringKind::Satisfaction
            | ScoringKind::Execution
            | ScoringKind::Rule => true,
            ScoringKind::Deadline
            | ScoringKind::YesNo
            | ScoringKind::Tier
            | ScoringKind::Manual
            | ScoringKind::Deduction
            | ScoringKind::NotApplicable => false,
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
