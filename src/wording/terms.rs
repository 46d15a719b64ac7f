//! Short terms: names of checks, severities, kinds, places and numbers.

use crate::document::{CellId, Document};
use crate::engine::Why;
use crate::engine::calc::{Constant, Decision};
use crate::engine::meaning::Direction;
use crate::engine::scoring::ScoringKind;
use crate::finding::{Code, Convention, Hint, Missing, RequiredKind, Severity};
use crate::number::{Agreement, Exact, Magnitude, Reading, Rounding, RoundingMode, Unit, group_digits, read};
use crate::prelude::*;
use crate::template::{CellKind, Form, Reverse};
use rust_decimal::Decimal;

/// 错误 / 提醒 / 提示
/// What this program is called.
pub const PRODUCT: &str = "绩效自评";

pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "提醒",
        Severity::Info => "提示",
    }
}

/// What a check is about.
pub fn code(code: Code) -> &'static str {
    match code {
        Code::A01 => "资金总额",
        Code::A02 => "上级行合计",
        Code::A03 => "执行率",
        Code::A04 => "预算执行得分",
        Code::A05 => "分值合计",
        Code::A06 => "分级分值",
        Code::A07 => "分值设置",
        Code::A08 => "总分",
        Code::A09 => "得分范围",
        Code::A10 => "定量指标得分",
        Code::A11 => "定性指标得分",
        Code::A12 => "资金结余",
        Code::A13 => "表内公式",
        Code::A14 => "合计",
        Code::A15 => "预算调整",
        Code::A16 => "比率超过100%",
        Code::A17 => "尾差",
        Code::A18 => "占比合计",
        Code::A19 => "收支平衡",
        Code::A20 => "合同支付",
        Code::A21 => "年度支付与预算",
        Code::A22 => "合同与批复控制数",
        Code::A23 => "等级",
        Code::A24 => "执行率限分",
        Code::A25 => "单价与数量",
        Code::A26 => "金额不合理",
        Code::A27 => "成本与执行数",
        Code::A28 => "计量单位",
        Code::L01 => "扣分原因",
        Code::L02 => "金额单位",
        Code::L03 => "表文一致",
        Code::L04 => "指标填写不全",
        Code::L05 => "指标类别不全",
        Code::L06 => "指标值不可衡量",
        Code::L07 => "完成情况照抄目标",
        Code::L08 => "以金额作数量",
        Code::L09 => "执行率偏低",
        Code::L10 => "费用所属年度",
        Code::L11 => "普遍满分",
        Code::L12 => "字数超限",
        Code::L13 => "数据来源",
        Code::L14 => "满意度数值",
        Code::L15 => "列举与序号",
        Code::L16 => "空白未说明",
        Code::L17 => "分值空置",
        Code::L18 => "必填项",
        Code::L19 => "指标方向",
        Code::N01 => "数字无法识别",
        Code::N02 => "文字规范",
        Code::N03 => "文字待补",
        Code::N04 => "年度",
    }
}

/// 计分方式
pub fn scoring_kind(kind: ScoringKind) -> &'static str {
    match kind {
        ScoringKind::HigherBetter => "正向（越高越好）",
        ScoringKind::LowerBetter => "反向（越低越好）",
        ScoringKind::Equal => "等于指标值",
        ScoringKind::Open => "方向未定",
        ScoringKind::Range => "区间内",
        ScoringKind::Deadline => "按期完成",
        ScoringKind::YesNo => "是否完成",
        ScoringKind::Tier => "定性分档",
        ScoringKind::Satisfaction => "满意度",
        ScoringKind::Execution => "预算执行率",
        ScoringKind::Rule => "按评分标准",
        ScoringKind::Manual => "人工评分",
        ScoringKind::Deduction => "扣分项",
        ScoringKind::Bonus => "加分项",
        ScoringKind::NotApplicable => "不适用",
    }
}

/// （2020年度）
pub fn year(text: &str) -> String {
    if text.is_empty() {
        return "（　　　　年度）".to_owned();
    }
    format!("（{}年度）", text.trim_end_matches("年度").trim_end_matches('年'))
}

/// 填报人： as it stands before what is filled in.
pub fn before_blank(label: &str) -> String {
    format!("{label}：")
}

/// 第3行 租赁核心机房 年度指标值
pub fn row_cell(position: usize, name: &str, column: &str) -> String {
    format!("第{}行 {name} {column}", position.saturating_add(1))
}

/// Where a cell is, for sentences: 年度资金总额·全年执行数, or 绩效指标第3行“租赁核心机房”·得分.
pub fn place(cell: CellId, form: &Form, document: &Document) -> String {
    match cell {
        CellId::Fixed(at) => form.cell(at).map(crate::template::CellDef::place).unwrap_or_default(),
        CellId::Row { table, row, column } => {
            let label = form.table(table).and_then(|def| def.column(column)).map_or("", |column| &column.label);
            format!("{}·{label}", row_name(table, row, form, document))
        }
    }
}

/// A row in sentences: 年度资金第2行“联通”.
pub fn row_name(table: crate::template::TableIndex, row: crate::document::RowId, form: &Form, document: &Document) -> String {
    let Some(def) = form.table(table) else { return String::new() };
    let position = document.row_position(table, row).unwrap_or(0).saturating_add(1);
    let name = document.row(table, row).map(|row| def.row_name(row)).unwrap_or_default();
    // Quotation marks inside others are single ones.
    let name = short(&name).replace('“', "‘").replace('”', "’");
    if name.is_empty() { format!("{}第{position}行", def.name) } else { format!("{}第{position}行“{name}”", def.name) }
}

/// The first characters of a long text.
pub fn short(text: &str) -> String {
    let text = text.trim();
    let mut cut: String = text.chars().take(16).collect();
    if text.chars().count() > 16 {
        cut.push('…');
    }
    cut
}

/// A number for sentences: up to six decimals, no padding, its digits grouped.
pub fn number(value: Exact) -> String {
    group_digits(&value.to_plain(6))
}

/// An amount as it was typed, its digits grouped.
pub fn amount(printed: &str) -> String {
    if matches!(read(printed), Reading::Quantity(_)) { group_digits(printed.trim()) } else { printed.to_owned() }
}

/// A computed number with at least as many decimals as the printed one it stands beside: 160.00 beside 150.10.
pub fn as_printed(computed: Decimal, printed: &str) -> String {
    let decimals = if let Reading::Quantity(quantity) = read(printed) { quantity.decimals() } else { 0 };
    with_decimals(computed, decimals)
}

/// Two numbers with as many decimals as the longer of them: 849.69 and 849.70.
pub fn alike(one: Decimal, other: Decimal) -> (String, String) {
    let decimals = one.scale().max(other.scale());
    (with_decimals(one, decimals), with_decimals(other, decimals))
}

/// Zeros behind, never a digit less.
fn with_decimals(number: Decimal, at_least: u32) -> String {
    let mut text = number.to_string();
    if at_least > number.scale() {
        if number.scale() == 0 {
            text.push('.');
        }
        text.extend((number.scale()..at_least).map(|_| '0'));
    }
    group_digits(&text)
}

/// A ratio as a percentage.
pub fn percent(ratio: Exact) -> String {
    match ratio.checked_mul(Exact::HUNDRED) {
        Ok(percent) => format!("{}%", percent.to_plain(2)),
        Err(_) => number(ratio),
    }
}

/// A difference with its sign, ＋ and － as in print; at most two decimals where it does not end.
pub fn signed(value: Exact) -> String {
    let two = Rounding { dp: 2, mode: RoundingMode::HalfUp };
    let value = match value.round(two) {
        Ok(rounded) if !value.is_decimal_at(6) => Exact::from_decimal(rounded),
        Ok(_) | Err(_) => value,
    };
    if value.is_negative() { format!("－{}", number(value.abs())) } else { format!("＋{}", number(value)) }
}

/// A unit as it is written: 万亩, 元, %.
pub fn unit(unit: &Unit) -> String {
    let power = |magnitude: &Magnitude| {
        let known = crate::number::MAGNITUDES.iter().find(|(_, power)| *power == magnitude.0);
        known.map_or("", |(name, _)| *name)
    };
    match unit {
        Unit::None => String::new(),
        Unit::Percent => "%".to_owned(),
        Unit::Money(magnitude) => format!("{}元", power(magnitude)),
        Unit::Other { magnitude, name } => format!("{}{name}", power(magnitude)),
    }
}

/// The unit in which a computed cell is printed.
pub fn kind_unit(kind: CellKind) -> &'static str {
    match kind {
        CellKind::Percent => "%",
        CellKind::Points => "分",
        CellKind::Price => "元",
        CellKind::Amount
        | CellKind::Count
        | CellKind::Text
        | CellKind::Prose
        | CellKind::Year
        | CellKind::Date
        | CellKind::Value
        | CellKind::Grade
        | CellKind::Choice => "",
    }
}

/// 四舍五入 and its like.
pub fn rounding_mode(mode: RoundingMode) -> &'static str {
    match mode {
        RoundingMode::HalfUp => "四舍五入",
        RoundingMode::HalfEven => "四舍六入五成双",
        RoundingMode::Truncate => "舍去尾数",
        RoundingMode::Up => "进位",
    }
}

/// 保留2位小数，四舍五入
pub fn rounding(rounding: Rounding) -> String {
    match rounding.dp {
        0 => format!("取整数，{}", rounding_mode(rounding.mode)),
        dp => format!("保留{dp}位小数，{}", rounding_mode(rounding.mode)),
    }
}

/// 四舍五入取整后相符
fn rounded_agrees(dp: u32) -> String {
    if dp == 0 { "四舍五入取整后相符".to_owned() } else { format!("四舍五入至{dp}位小数后相符") }
}

/// How a typed number agrees with the computed one, which is in the same unit.
pub fn agreement(agreement: Agreement, computed: Option<Exact>) -> String {
    match agreement {
        Agreement::Exact => "相符".to_owned(),
        Agreement::RoundsTo { dp } => rounded_agrees(dp),
        Agreement::TruncatesTo { dp } => {
            let cut =
                if dp == 0 { "舍去小数后相符".to_owned() } else { format!("舍去{dp}位小数以后的尾数后相符") };
            let half_up = Rounding { dp, mode: RoundingMode::HalfUp };
            match computed.and_then(|computed| computed.round(half_up).ok()) {
                Some(right) => format!("{cut}，按四舍五入应为{}", group_digits(&right.to_string())),
                None => format!("{cut}，与四舍五入不符"),
            }
        }
        Agreement::Padded { dp } => format!("{}，末位的0系补足，并非计算所得", rounded_agrees(dp)),
        Agreement::Differs { by } => format!("不符，相差{}", signed(by)),
    }
}

/// Why there is no value.
pub fn why(why: Why) -> &'static str {
    match why {
        Why::DivisionByZero => "除数为0，无法计算",
        Why::Unreadable(_) => "所填内容不是数字",
        Why::TooLarge => "数字过长，超出可计算范围",
        Why::NotComparable => "指标值与完成值无法比较，请人工评分",
        Why::OtherUnit => "指标值与完成值的计量单位不同，无法比较，请人工评分",
        Why::NeedsJudgement => "由填报人评定",
        Why::DirectionOpen => "指标值未写明以不低于还是不超过为达标，请在“计分方式”中选定或人工评分",
        Why::AtBound => "完成值恰等于指标值，而指标值要求大于（或小于）该数，请人工评分",
        Why::Missed => "完成值只写明未达到指标值，未写明相差多少，请人工评分",
        Why::Copied => "完成值照抄指标值（含符号），不是实际完成数，请填实际数",
        Why::Late => "晚于指标值要求的时间或未完成，请人工评分",
    }
}

/// 按不超过计: how a number without a sign counts.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::AtLeast => "按不低于计",
        Direction::AtMost => "按不超过计",
        Direction::Equal => "按等于计",
        Direction::Open => "方向未定",
    }
}

/// How a target was missed.
pub fn missed(why: Why) -> &'static str {
    match why {
        Why::Late => "实际完成时间晚于指标值的要求，或尚未完成，应酌情扣分并说明原因",
        Why::AtBound => "完成值恰等于指标值，而指标值要求大于（或小于）该数，并未达到",
        Why::Missed => "完成值写明未达到指标值，应酌情扣分并说明原因",
        Why::DivisionByZero
        | Why::Unreadable(_)
        | Why::TooLarge
        | Why::NotComparable
        | Why::OtherUnit
        | Why::NeedsJudgement
        | Why::DirectionOpen
        | Why::Copied => self::why(why),
    }
}

/// 反向指标计分
pub fn reverse(way: Reverse) -> &'static str {
    match way {
        Reverse::Ratio => "分值×指标值÷完成值",
        Reverse::Linear => "分值×（1－超出指标值的比例），超出一倍不得分",
    }
}

pub fn missing(part: Missing) -> &'static str {
    match part {
        Missing::Indicator => "三级指标",
        Missing::Target => "指标值",
        Missing::Actual => "实际完成值",
        Missing::Weight => "分值",
        Missing::Score => "得分",
    }
}

pub fn required_kind(kind: RequiredKind) -> &'static str {
    match kind {
        RequiredKind::Quantity => "数量",
        RequiredKind::Quality => "质量",
        RequiredKind::Timeliness => "时效",
        RequiredKind::Cost => "成本",
        RequiredKind::Benefit => "效益",
        RequiredKind::Satisfaction => "满意度",
    }
}

/// How a printed total was added up; `short` is what it lacks against the sum of the scores as entered.
pub fn convention(convention: Convention, short: Exact) -> String {
    let said = match convention {
        Convention::ExecutionOutside => return format!("所填数只加了指标得分，未加预算执行得分{}。", number(short)),
        Convention::SourcesRepeated => "所填数把资金来源各行重复填列的得分也加了进去",
        Convention::ByRule => "所填数是按口径重算的各项得分之和",
        Convention::ScaledToHundred => "所填数是按分值合计折算为百分制的得分",
        Convention::Rescaled => "所填数是按适用指标的分值折算为百分制的得分",
        Convention::Truncated => "所填数是各项得分之和舍去小数所得",
        Convention::Rounded => "所填数是各项得分之和四舍五入所得",
        Convention::IndicatorsScaled => "所填数是将指标得分折算到预算执行以外的分值，再加预算执行得分所得",
        Convention::ExecutionRecomputed => "所填数中的预算执行得分是按资金数重算的",
    };
    format!("{said}。")
}

/// What explains a number.
pub fn hint(hint: Hint) -> &'static str {
    match hint {
        Hint::InitialBudget => "所填数是以年初预算数为分母算得",
        Hint::PrintedRate => "所填数与所填执行率一致，执行率本身有误",
        Hint::ProfileWeight => "按口径规定的分值计算相符，应先改正分值",
        Hint::RoundedRate => "所填数是用取整后的执行率算得",
        Hint::TimesValue => "所填数是分值乘完成值，应为分值乘完成值与指标值之比",
        Hint::Truncated => "所填数是舍去尾数所得",
        Hint::Padded => "所填数末位的0系取整后补足，并非计算所得",
        Hint::FullMarks => "未完成而给了满分",
        Hint::RoundedToFull => "指标值未达到，取整后为满分",
        Hint::RatioReverse => "所填数是按指标值与完成值之比计分，本口径反向指标按超出的比例扣分",
        Hint::LinearReverse => "所填数是按超出指标值的比例扣分，本口径反向指标按指标值与完成值之比计分",
        Hint::NotDeducted => "按评分标准应扣分，却给了满分",
        Hint::OverNotDeducted => "超额达到偏离上限，按口径应扣分",
        Hint::MetButDeducted => "指标已达到仍有扣分，如属实请写明原因",
        Hint::Gaps => "所依据的数有的还未填，请补填后再核对",
        Hint::CurrentBase => "所填数是以本年数为分母算得，应以上年数为分母",
        Hint::ForcedToHundred => "各项占比相加正好为100%，本项似为凑足100%而调整",
        Hint::Uncapped => "执行率超过100%的部分不计分",
    }
}

/// The name of a number that no cell holds, as it stands in a formula.
pub fn constant(constant: Constant) -> &'static str {
    match constant {
        Constant::Zero => "0",
        Constant::One => "1",
        Constant::Hundred => "100",
        Constant::Ten => "10",
        Constant::ExecutionCap => "计分上限",
        Constant::ExecutionWeight => "预算执行分值",
        Constant::OverLimit => "偏离上限",
        Constant::PassRatio => "及格比例",
        Constant::OverPenalty => "超额扣分",
        Constant::SatisfactionFull => "满分起点",
        Constant::SatisfactionLoss => "每个百分点扣分",
        Constant::GateBelow => "限制总分的执行率",
        Constant::GateMax => "执行率限定的最高分",
        Constant::WeightTotal => "满分",
        Constant::ApplicableWeight => "适用指标分值合计",
        Constant::TargetLow => "指标值下限",
        Constant::TargetHigh => "指标值上限",
        Constant::Number => "",
        Constant::Count => "项数",
        Constant::RuleLimit | Constant::RuleCountLimit => "标准",
        Constant::RuleStep | Constant::RuleCountStep => "每档",
        Constant::RuleLoss => "每档扣分",
        Constant::RuleShare => "每档扣分比例",
        Constant::RuleAward => "该档得分",
    }
}

/// The branch that decided a score.
pub fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Met => "已达到指标值，得满分",
        Decision::Proportional => "未达到指标值，按完成比例计分",
        Decision::OverLimit => "超额完成达到偏离上限",
        Decision::Linear => "超过指标值，按超出的比例扣分，超出一倍不得分",
        Decision::TwiceOver => "超出指标值一倍及以上，不得分",
        Decision::BelowPass => "完成比例低于及格线，不得分",
        Decision::ZeroTarget => "指标值为0且未达到，不得分",
        Decision::NotMet => "未达到，不得分",
        Decision::OnTime => "按期完成，得满分",
        Decision::Gated => "执行率偏低，总分受限",
        Decision::Rescaled => "不适用指标不计，其余按比例折算",
        Decision::Negative => "数值为负，按0分计",
        Decision::WithinLimit => "符合标准，得满分",
        Decision::Stepped => "不符合标准，按档扣分，不足一档不扣，扣完为止",
        Decision::SteppedInPart => "不符合标准，按比例扣分，扣完为止",
        Decision::Banded => "按所在区间计分",
        Decision::Shared => "按所占比例计分",
        Decision::Without => "无此项，按满分计",
    }
}

/// The row part of a place: everything before the last ·.
pub fn row_of(place: &str) -> &str {
    place.rsplit_once('·').map_or(place, |(row, _)| row)
}
