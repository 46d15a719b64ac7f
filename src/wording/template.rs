//! What is wrong in a template file, for the person who brought it.

use crate::prelude::*;
use crate::template::{Expected, NumberSort, Problem};

/// A problem as one line: where, and what belongs there.
pub fn template_problem(problem: &Problem) -> String {
    format!("{}：{}", problem.path, expected(&problem.expected))
}

/// What belongs in a place of a template file.
fn expected(expected: &Expected) -> String {
    let fixed = match expected {
        Expected::Object => "应为对象",
        Expected::Missing => "缺少此项",
        Expected::Text => "应为加引号的文字",
        Expected::Flag => "应为 true 或 false",
        Expected::WholeNumber => "应为整数",
        Expected::List => "应为列表",
        Expected::TextList => "应为文字列表",
        Expected::NoSuchKey => "没有此项，请检查拼写",
        Expected::Unique => "编号重复",
        Expected::SourcedNumber => "应写明数值及其依据",
        Expected::FewerDecimals => "小数位数不得超过8位",
        Expected::RoundingMode => "取舍方式应为 half-up、half-even、truncate 或 up",
        Expected::OverEffect => "应为 deduct、zero 或 ask",
        Expected::Reverse => "应为 ratio 或 linear",
        Expected::TierBounds => "下限、上限应在0至100%之间，且下限不大于上限",
        Expected::TierOrder => "各档应从高到低排列，互不重叠",
        Expected::NotApplicableEffect => "应为 rescale 或 zero",
        Expected::BandOrder => "各等级应从高到低排列",
        Expected::LastBand => "最低等级应从0分起",
        Expected::Unit => "应为元、千元、万元或亿元",
        Expected::Kind => "应为 text、prose、year、date、amount、price、count、percent、points、value、grade 或 choice",
        Expected::Role => "应为程序认识的角色（见 Role）",
        Expected::UniqueRole => "角色重复",
        Expected::TableRole => "应为 funds 或 indicators",
        Expected::ChartKind => "应为 bars、against 或 shares",
        Expected::ChartRows => "应为 top 或 all",
        Expected::ChartSeries => "应为同类的金额、比率或分数列：bars 一至四列，against 两列，shares 一列",
        Expected::Column => "应为本表的列",
        Expected::ColumnText => "应为本表的列，值为文字",
        Expected::Rule => "应为程序认识的规则（见 Rule）",
        Expected::TwoNames => "应写明关系两边的名称",
        Expected::RuleKind => "应为 steps、bands 或 share",
        Expected::Better => "应为 at-least、at-most 或 exactly",
        Expected::AboveZero => "应大于0",
        Expected::LastRuleBand => "最后一档不设上下限",
        Expected::NoCycle => "公式相互引用，形成循环",
        Expected::Source(found) => return format!("依据编号“{found}”未在 sources.toml 中登记"),
        Expected::Number { sort, found } => return format!("{}，不能是“{found}”", number(*sort)),
        Expected::WithinTotal(total) => return format!("不得超过满分{total}分"),
        Expected::BuiltinId(id) => return format!("“{id}”是内置口径的编号，请改用其他编号"),
        Expected::SourceTaken(id) => return format!("依据编号“{id}”已被使用，请改用其他编号"),
        Expected::Check(found) => return format!("没有编号为“{found}”的核对规则"),
        Expected::Formula(rest) => return format!("公式从“{rest}”起无法识别"),
        Expected::Name(name) => return format!("本表式没有“{name}”"),
        Expected::Table(found) => return format!("本表式没有编号为“{found}”的表"),
        Expected::Rate(found) => return format!("本表式没有编号为“{found}”的比率单元格"),
        Expected::ScoringKind(found) => return format!("没有“{found}”这种计分方式"),
        Expected::Spans { needed, found } => return format!("跨列数之和应为{needed}，现为{found}"),
    };
    fixed.to_owned()
}

/// What a number of a sort must be.
fn number(sort: NumberSort) -> &'static str {
    match sort {
        NumberSort::Share => "应为加引号的0至100%的比率，如 0.8 或 80%",
        NumberSort::SomeShare => "应为加引号的比率，大于0且不超过100%，如 0.9 或 90%",
        NumberSort::Cap => "应为加引号的比率，大于0且不超过200%，如 1 或 100%",
        NumberSort::Multiple => "应为加引号的倍数，1至10之间，如 1.3 或 130%",
        NumberSort::Rate => "应为加引号的比率，-1000%至1000%之间，如 0.05 或 5%",
        NumberSort::Count => "应为加引号的数字，不带单位",
        NumberSort::Points => "应为加引号的分数，0至1000之间，如 10",
        NumberSort::SomePoints => "应为加引号的分数，大于0且不超过1000，如 10",
    }
}
