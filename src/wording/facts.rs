mod points;

use super::FindingText;
use super::entry;
use super::prose;
use super::terms::{self, number, percent, signed};
use crate::document::{CellId, Document};
use crate::engine::Why;
use crate::finding::{Code, Facts, Finding, Severity};
use crate::number::{Agreement, Exact, Magnitude, Reading, Rounding, RoundingMode, Unit, group_digits, read};
use crate::prelude::*;
use crate::template::{CellKind, Form, RelationKind, Template, amount_unit_name};

/// A finding as a sentence.
pub fn finding(finding: &Finding, template: &Template, document: &Document) -> FindingText {
    let form = &template.form;
    let place = finding.at.first().map(|cell| terms::place(*cell, form, document)).unwrap_or_default();
    FindingText {
        title: terms::code(finding.code),
        text: text(finding, &place, form, document),
        fix: finding.has_proposal().then(|| fix(&finding.facts, form)).flatten(),
    }
}

/// The unit after a computed number.
fn unit(kind: CellKind, form: &Form) -> &'static str {
    if kind == CellKind::Amount { form.unit_name() } else { terms::kind_unit(kind) }
}

fn hint(hint: Option<crate::finding::Hint>) -> String {
    hint.map(|hint| format!("{}。", terms::hint(hint))).unwrap_or_default()
}

/// What an amount should be, in the unit that was typed with it where that is not the form's: 元 in a form in 万元.
fn in_its_unit(printed: &str, kind: CellKind, agreement: Agreement, form: &Form) -> Option<(String, &'static str)> {
    let Reading::Quantity(quantity) = read(printed) else { return None };
    let (CellKind::Amount, Unit::Money(magnitude), Agreement::Differs { by }) = (kind, &quantity.unit, agreement) else {
        return None;
    };
    let number = Exact::from_decimal(quantity.number).checked_sub(by).ok()?;
    let number = number.round(Rounding { dp: 6, mode: RoundingMode::HalfUp }).ok()?.normalize();
    let name = super::report::money(*magnitude).filter(|_| *magnitude != form.unit)?;
    Some((group_digits(&number.to_string()), name))
}

/// Units that no number stands before, the first few of them by what stands there.
fn numbers_left(place: &str, missing: &[String]) -> String {
    let first = missing.iter().enumerate().filter(|(at, quote)| missing.iter().position(|known| known == *quote) == Some(*at));
    let shown: Vec<&String> = first.map(|(_, quote)| quote).take(3).collect();
    let rest = if missing.len() > shown.len() { format!("等{}处", missing.len()) } else { String::new() };
    let shown: String = shown.iter().map(|quote| format!("“{quote}”")).collect();
    format!("{place}中{shown}{rest}只有单位，未填数字。")
}

fn difference(agreement: Agreement) -> Option<String> {
    match agreement {
        Agreement::Differs { by } => Some(format!("，相差{}", signed(by))),
        Agreement::Exact | Agreement::RoundsTo { .. } | Agreement::TruncatesTo { .. } | Agreement::Padded { .. } => None,
    }
}

/// What was typed is no number, or one that is too long.
pub fn unreadable(place: &str, text: &str, why: Why) -> String {
    let text = terms::short(text);
    match why {
        Why::TooLarge => format!("{place}填的“{text}”位数过多，无法计算，请核对。"),
        Why::Unreadable(_)
        | Why::DivisionByZero
        | Why::NotComparable
        | Why::OtherUnit
        | Why::NeedsJudgement
        | Why::DirectionOpen
        | Why::AtBound
        | Why::Missed
        | Why::Copied
        | Why::Late => {
            format!("{place}填的“{text}”不是可识别的数字，未参与计算；请只填数字，或填“／”表示不适用。")
        }
    }
}

fn text(finding: &Finding, place: &str, form: &Form, document: &Document) -> String {
    match &finding.facts {
        Facts::Unreadable { text, why } => unreadable(place, text, *why),
        Facts::Claim { printed, computed, kind, agreement, hint: why } => {
            let own = in_its_unit(printed, *kind, *agreement, form);
            let (computed, unit) = own.unwrap_or_else(|| (terms::as_printed(*computed, printed).to_string(), unit(*kind, form)));
            let by_unit = if *kind == CellKind::Percent { "个百分点" } else { unit };
            let by = difference(*agreement).map(|by| format!("{by}{by_unit}")).unwrap_or_default();
            // The places after the first are what a sum adds up.
            let parts = finding.at.len().saturating_sub(1);
            let is_sum = matches!(finding.code, Code::A01 | Code::A02 | Code::A14) && parts > 1;
            let rule = if is_sum { format!("{parts}项相加") } else { "按公式".to_owned() };
            let printed = if *kind == CellKind::Amount { terms::amount(printed) } else { printed.clone() };
            format!("{place}填{printed}，{rule}应为{computed}{unit}{by}。{}", hint(*why))
        }
        Facts::ClaimWithoutValue { printed, why } => format!("{place}填{printed}，但{}，请核对所依据的数。", terms::why(*why)),
        Facts::NotApplicableOverParts { parts } => {
            format!("{place}填为不适用，但所属{parts}项填有数额；请填合计数。")
        }
        Facts::RoundingTail { printed, computed, parts, sum } => {
            let way = if *sum { format!("{parts}项相加为") } else { "按公式应为".to_owned() };
            let computed = terms::as_printed(*computed, printed);
            let printed = terms::amount(printed);
            format!("{place}填{printed}，{way}{computed}，相差在四舍五入的尾差以内，可不调整。")
        }
        Facts::WeightSum { sum, expected, indicators, execution, open, outside } => {
            points::weight_sum(*sum, *expected, *indicators, *execution, *open, *outside)
        }
        Facts::WeightTotalPrinted { printed, sum } => format!("分值合计填{}，各项分值相加为{}。", number(*printed), number(*sum)),
        Facts::SourceWithPoints => {
            format!("{}不应填分值和得分：预算执行率只在资金总额一行计分，重复填列会重复计算。", terms::row_of(place))
        }
        Facts::LevelWeight { level, printed, sum } => {
            format!(
                "“{}”标明{}分，所属各项分值相加为{}分，相差{}分。",
                terms::short(level),
                number(*printed),
                number(*sum),
                number(points::gap(*printed, *sum))
            )
        }
        Facts::ProfileWeight { level, expected, sum } if level.is_empty() && *sum >= Exact::HUNDRED => {
            format!("预算执行率分值填{}分，相当于全表满分，口径为{}分。", number(*sum), number(*expected))
        }
        Facts::ProfileWeight { level, expected, sum } if level.is_empty() => {
            format!("预算执行率分值为{}分，口径通常为{}分；如当地另有规定可不调整。", number(*sum), number(*expected))
        }
        Facts::ProfileWeight { level, expected, sum } => {
            format!("{level}分值共{}分，口径通常为{}分；如当地另有规定可不调整。", number(*sum), number(*expected))
        }
        Facts::Total { printed, entered, by_rule, convention, off_page, open } => {
            points::total(*printed, *entered, *by_rule, *convention, off_page.then_some(*open))
        }
        Facts::TotalUnverifiable { printed, entered, estimate, count, full } => {
            let rows = rows_named(finding.at.get(1..).unwrap_or_default(), form, document);
            let rows = if *count > NAMED { format!("{rows}等{count}项") } else { rows };
            let head = format!("总分填{}，{rows}的得分未填，无法复核", number(*printed));
            let entered = entered.map(|entered| format!("已填得分相加为{}。", number(entered))).unwrap_or_default();
            let estimate = estimate.map(|estimate| format!("按口径推算为{}，供参考。", number(estimate))).unwrap_or_default();
            if *full {
                format!("{head}；未填各项都按满分计时与所填总分相符，请补填各项得分。")
            } else {
                format!("{head}；请补填。{entered}{estimate}")
            }
        }
        Facts::TotalUndefined { why } => {
            let cause = finding.at.get(1).map(|cell| terms::place(*cell, form, document)).unwrap_or_default();
            points::total_undefined(&cause, *why)
        }
        Facts::TotalOfNothing => "已填总分，但各项得分均填为不适用，无法复核。".to_owned(),
        Facts::TotalOutOfReach { printed, entered, open, count, most } => format!(
            "总分填{}，已有得分相加为{}；未填得分的{count}项共{}分，即使都得满分也只有{}分，达不到所填总分。",
            number(*printed),
            number(*entered),
            number(*open),
            number(*most)
        ),
        Facts::WeightTwice { most } => format!(
            "各项单项得分都按本项权重给分，再乘权重占比，权重计算了两次：即使全部满分，折算得分合计也只有{}分。单项得分应按百分制填列。",
            number(*most)
        ),
        Facts::NegativeWeight { weight } => {
            format!("{place}为{}分，分值不应为负数；扣分请在“计分方式”中选“扣分项”。", number(*weight))
        }
        Facts::ScoreRange { score, weight } => format!("{place}为{}分，应在0至{}分之间。", number(*score), number(*weight)),
        Facts::Coefficient { score, coefficient, expected } => entry::coefficient(place, *score, *coefficient, *expected),
        Facts::ScoreRule { score, suggested, hint: why } => {
            let by = score.checked_sub(Exact::from_decimal(*suggested)).map(signed).unwrap_or_default();
            format!("{place}填{}，按口径为{suggested}，相差{by}。{}", number(*score), hint(*why))
        }
        Facts::OtherReverse { way, count } => {
            let way = terms::reverse(*way);
            format!("{count}项反向指标的得分按“{way}”计算，与本口径的算法不同；如当地按此计分，请在口径文件中改用该算法。")
        }
        Facts::FullMarksMissed { why } => format!("{place}为满分，但{}。", terms::missed(*why)),
        Facts::ScoredNotApplicable { score } => {
            format!("{place}填{}，而指标值、实际完成值均填为不适用；确不适用的，得分也填“／”，不计入总分。", number(*score))
        }
        Facts::UnitsDiffer { target, actual } => format!(
            "{place}以“{}”计，指标值以“{}”计，计量单位不同，无法比较，请统一单位或人工评分。",
            terms::unit(actual),
            terms::unit(target)
        ),
        Facts::DirectionOpen { count } => format!(
            "{count}项指标值未标符号，看不出是不低于还是不超过，无法按口径计分；请在指标值前加“≥”或“≤”，或在“计分方式”中选定。"
        ),
        Facts::OverFulfilled { ratio, limit } => {
            format!("{place}为指标值的{}，达到偏离上限{}，指标值可能偏低，请说明原因。", percent(*ratio), percent(*limit))
        }
        Facts::TierRange { score, tier, low, high } => {
            format!("{place}填{}，按完成情况属“{tier}”，该档得分为{}至{}分。", number(*score), low.normalize(), high.normalize())
        }
        Facts::OverHundred { rate, recomputed: Some(right), .. } => {
            format!("{place}为{rate}%，超过100%；合计按明细重算后为{right}%，请先核对合计。")
        }
        Facts::OverHundred { rate, execution: true, .. } => {
            format!("{place}为{rate}%，超过100%，请核对预算数、执行数和金额单位。")
        }
        Facts::OverHundred { rate, execution: false, .. } => {
            format!("{place}为{rate}%，超过100%；本表公式允许超过，请确认各行数据属实。")
        }
        Facts::Grade { printed, expected, total } => format!("总分{}应评为“{expected}”，填的是“{printed}”。", number(*total)),
        Facts::GradeGap { total, grade } => format!("总分{}落在两档整数分数之间，按低一档记为“{grade}”。", number(*total)),
        Facts::Gate { rate, max, total } => {
            format!("执行率{rate}%，按本口径总分不超过{}分，现为{}分。", number(*max), number(*total))
        }
        Facts::ReasonMissing { score, weight } => {
            format!("得{}分，低于分值{}分，未填扣分原因和改进措施：{place}。", number(*score), number(*weight))
        }
        Facts::UnitTooLarge { printed, stands, scaled, power, all } => {
            let (printed, scaled) = (terms::amount(printed), terms::amount(&scaled.to_string()));
            let stands = if form.unit == Magnitude(8) { String::new() } else { format!("，合{}亿元", number(*stands)) };
            let smaller = amount_unit_name(Magnitude(form.unit.0.saturating_sub(*power)));
            let unit = form.unit_name();
            let advice =
                if *all { format!("如原数为{smaller}，应填{scaled}{unit}") } else { "请核对单位".to_owned() };
            format!("本表金额单位为{unit}，{place}填{printed}{stands}，疑似按{smaller}填列；{advice}。")
        }
        Facts::OwnUnitFarOff { printed, scaled } => {
            let unit = form.unit_name();
            let scaled = number(*scaled);
            format!("本表金额单位为{unit}，{place}填{printed}，合{scaled}{unit}，与表中其他金额不相称，请核对所填单位。")
        }
        Facts::RowIncomplete { missing } => {
            let parts: Vec<&str> = missing.iter().map(|part| terms::missing(*part)).collect();
            format!("{}未填：{}。", terms::row_of(place), parts.join("、"))
        }
        Facts::KindsMissing { kinds } => {
            let kinds: Vec<&str> = kinds.iter().map(|kind| terms::required_kind(*kind)).collect();
            format!("缺少{}指标；确不适用的，保留该行并填“／”。", kinds.join("、"))
        }
        Facts::NotMeasurable { count, of } => {
            format!("{of}项指标值中有{count}项为文字描述，无法直接衡量；数量、质量指标宜写明数值。")
        }
        Facts::Copied { count } => format!("{count}项实际完成值与指标值文字相同，宜写明实际完成的情况。"),
        Facts::SignCopied { count } => {
            format!("{count}项实际完成值连同符号（≥、=、以上、前等）照抄指标值，不是实际完成情况；请填实际完成的数值或时间。")
        }
        Facts::MoneyAsQuantity => format!(
            "{}以项目资金的数额作数量指标，反映不出产出数量；宜改填工程量、件数、人次等，资金使用情况列入预算执行率或成本指标。",
            terms::row_of(place)
        ),
        Facts::GoalCopied => "实际完成情况与预期目标文字相同，宜写明实际完成的情况。".to_owned(),
        Facts::ExecutionReason { rate, below } => format!("执行率{rate}%，低于{}，应说明原因。", percent(*below)),
        Facts::AdjustmentUnexplained { initial, adjusted } => format!(
            "年初预算{}，调整后{}，年中有调整，应在“{}”中说明理由。",
            number(*initial),
            number(*adjusted),
            place.rsplit('·').next().unwrap_or(place)
        ),
        Facts::FullMarks { rate, score, weight } => {
            format!("执行率{rate}%，指标得分却达{}／{}，请核对评分是否从宽。", number(*score), number(*weight))
        }
        Facts::TooLong { length, limit } => format!("{place}共{length}字，超过限定的{limit}字。"),
        Facts::RateOutOfRange { printed } => format!("{place}填{printed}，满意度应在0至100%之间。"),
        Facts::BlankNotDeclared { count } => format!("{count}行只有类别、没有内容；不适用的填“／”，空白会被当作漏填。"),
        Facts::WeightOnBlank { points, count } => {
            format!("{count}项共{}分既无完成值也无得分，现按0分计；不适用的请填“／”，否则请补填。", number(*points))
        }
        Facts::Relation { row, left, right, by, kind, unit, rounded, hint: why } => {
            let row = row.map(|(table, row)| format!("{}：", terms::row_name(table, row, form, document))).unwrap_or_default();
            let unit = self::unit(*unit, form);
            match rounded {
                Some(rounded) => {
                    let ((left_name, left), (right_name, right)) = (left, right);
                    format!(
                        "{row}{left_name}{left}{unit}，{right_name}{right}{unit}，四舍五入应为{rounded}{unit}。{}",
                        hint(*why)
                    )
                }
                None => relation(&row, left, right, *by, *kind, unit, *why),
            }
        }
        Facts::MeanWithoutParts { printed } => {
            format!("{place}填{printed}，各年度得分未填，无法复核；请补填各年度得分。")
        }
        Facts::Unit(facts) => {
            let other = finding.at.get(1).map(|cell| terms::place(*cell, form, document)).unwrap_or_default();
            entry::unit(facts, place, &other, form.unit_name())
        }
        Facts::Entry(facts) => {
            let other = finding.at.get(1).map(|cell| terms::place(*cell, form, document)).unwrap_or_default();
            entry::text(facts, place, &other, form.unit_name())
        }
        Facts::Prose(facts) => {
            let table = finding.at.get(1).map(|cell| terms::place(*cell, form, document)).unwrap_or_default();
            prose::text(facts, place, &table, form, document)
        }
        Facts::EvidenceMissing { count } => format!("{count}项指标填有实际完成数值，未注明数据来源或佐证材料。"),
        Facts::ShareSum { sum } if finding.severity == Severity::Info => {
            format!("各项占比相加为{}，与100%相差在四舍五入的尾差以内，可不调整。", percent(*sum))
        }
        Facts::ShareSum { sum } => format!("各项占比相加为{}，不等于100%。", percent(*sum)),
        Facts::Writing { slips } => super::report::writing(place, slips),
        Facts::BlanksLeft { count } => format!("{place}还有{count}处“＿＿”未填。"),
        Facts::NumbersLeft { missing } => numbers_left(place, missing),
        Facts::FieldsLeft { unknown, missing } => super::report::fields_left(place, unknown, missing),
    }
}

fn relation(
    row: &str,
    left: &(String, rust_decimal::Decimal),
    right: &(String, rust_decimal::Decimal),
    by: Exact,
    kind: RelationKind,
    unit: &str,
    why: Option<crate::finding::Hint>,
) -> String {
    let ((left_name, left), (right_name, right)) = (left, right);
    let points = if unit == "%" { "个百分点" } else { unit };
    let by = format!("{}{points}", number(by.abs()));
    match kind {
        RelationKind::Equal => {
            format!("{row}{left_name}{left}{unit}，{right_name}{right}{unit}，两者应相等，相差{by}。{}", hint(why))
        }
        RelationKind::AtMost => format!("{row}{left_name}{left}{unit}，超过{right_name}{right}{unit}，超出{by}，请核实。"),
        RelationKind::Tail => {
            let (left, right) = terms::alike(*left, *right);
            format!("{row}{left_name}{left}{unit}，{right_name}{right}{unit}，相差{by}，系四舍五入形成的尾差，可不调整。")
        }
    }
}

/// How many rows are named before the rest is only counted.
const NAMED: usize = 3;

/// The first rows that cells stand in: “甲”、“乙”.
fn rows_named(cells: &[CellId], form: &Form, document: &Document) -> String {
    let name = |cell: &CellId| match cell {
        CellId::Row { table, row, .. } => {
            let position = document.row_position(*table, *row).unwrap_or(0).saturating_add(1);
            let name = document.row(*table, *row).zip(form.table(*table)).map(|(row, def)| def.row_name(row)).unwrap_or_default();
            if name.is_empty() { format!("第{position}行") } else { format!("“{}”", terms::short(&name)) }
        }
        CellId::Fixed(_) => terms::place(*cell, form, document),
    };
    cells.iter().take(NAMED).map(name).collect::<Vec<_>>().join("、")
}

/// The label of the fix button.
fn fix(facts: &Facts, form: &Form) -> Option<String> {
    match facts {
        Facts::Claim { computed, kind: CellKind::Points, .. } => Some(format!("改为{}", computed.normalize())),
        Facts::Claim { computed, kind, .. } => Some(format!("改为{computed}{}", unit(*kind, form))),
        Facts::ProfileWeight { expected, .. } => Some(format!("改为{}", number(*expected))),
        Facts::ScoreRule { suggested, .. } => Some(format!("改为{}", suggested.normalize())),
        Facts::Grade { expected, .. } => Some(format!("改为“{expected}”")),
        Facts::UnitTooLarge { power, .. } => Some(format!("全部除以1{}", "0".repeat(usize::from(*power)))),
        Facts::Unit(_) => Some(format!("统一为{}", form.unit_name())),
        Facts::SourceWithPoints => Some("清空".to_owned()),
        Facts::WeightTwice { .. } => Some("改按百分制".to_owned()),
        Facts::Writing { .. } => Some("按规范改写".to_owned()),
        Facts::Unreadable { .. }
        | Facts::ClaimWithoutValue { .. }
        | Facts::NotApplicableOverParts { .. }
        | Facts::RoundingTail { .. }
        | Facts::WeightSum { .. }
        | Facts::WeightTotalPrinted { .. }
        | Facts::LevelWeight { .. }
        | Facts::Total { .. }
        | Facts::TotalUndefined { .. }
        | Facts::TotalOfNothing
        | Facts::TotalUnverifiable { .. }
        | Facts::TotalOutOfReach { .. }
        | Facts::NegativeWeight { .. }
        | Facts::ScoreRange { .. }
        | Facts::Coefficient { .. }
        | Facts::OtherReverse { .. }
        | Facts::FullMarksMissed { .. }
        | Facts::ScoredNotApplicable { .. }
        | Facts::UnitsDiffer { .. }
        | Facts::DirectionOpen { .. }
        | Facts::OverFulfilled { .. }
        | Facts::TierRange { .. }
        | Facts::OverHundred { .. }
        | Facts::GradeGap { .. }
        | Facts::Gate { .. }
        | Facts::ReasonMissing { .. }
        | Facts::OwnUnitFarOff { .. }
        | Facts::RowIncomplete { .. }
        | Facts::KindsMissing { .. }
        | Facts::NotMeasurable { .. }
        | Facts::Copied { .. }
        | Facts::SignCopied { .. }
        | Facts::GoalCopied
        | Facts::ExecutionReason { .. }
        | Facts::AdjustmentUnexplained { .. }
        | Facts::FullMarks { .. }
        | Facts::TooLong { .. }
        | Facts::MoneyAsQuantity
        | Facts::RateOutOfRange { .. }
        | Facts::BlankNotDeclared { .. }
        | Facts::WeightOnBlank { .. }
        | Facts::Relation { .. }
        | Facts::MeanWithoutParts { .. }
        | Facts::Entry(_)
        | Facts::Prose(_)
        | Facts::EvidenceMissing { .. }
        | Facts::ShareSum { .. }
        | Facts::BlanksLeft { .. }
        | Facts::NumbersLeft { .. }
        | Facts::FieldsLeft { .. } => None,
    }
}
