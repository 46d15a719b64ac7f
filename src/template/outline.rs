//! Outline (提纲): the headings of a report and what may stand below each, as one place prints them.

use super::SourceId;
use crate::prelude::*;

/// How a report is built up. Its texts stand in the report cells of the form, so changing the outline loses none.
#[derive(Clone, Debug)]
pub struct Outline {
    pub id: String,
    pub name: String,
    pub about: String,
    /// The title, with fields.
    pub title: String,
    pub source: SourceId,
    /// Ids of the forms that use it where no other is chosen.
    pub forms: Vec<String>,
    pub sections: Vec<OutlineSection>,
}

/// A heading with the text below it.
#[derive(Clone, Debug)]
pub struct OutlineSection {
    /// 1 for 一、, 2 for （一）, 3 for 1.
    pub level: u8,
    /// With its number, as it is printed.
    pub heading: String,
    /// The id of the report cell that holds the text; none for a heading that only stands above others.
    pub cell: Option<String>,
    /// 字数上限
    pub limit: Option<u16>,
    /// What to write here.
    pub hint: String,
    /// Sentences with fields. One whose fields have no value is left out of the draft; a line break at its beginning starts a paragraph.
    pub sentences: Vec<String>,
}

/// What a field of a report may stand for that follows from the table as a whole and stands in no cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derived {
    /// 金额单位
    Unit,
    /// 执行率, where the form has no cell for it.
    ExecutionRate,
    /// 资金结余: 全年预算数 − 全年执行数, where the form has no cell for it.
    Balance,
    /// 指标项数
    Indicators,
    /// 满分项数
    Full,
    /// 未得满分项数
    Short,
    /// 各级得分
    Levels,
    /// 指标完成情况, by 二级指标.
    Fulfilment,
    /// 扣分情况: indicators below full points, with their reasons.
    Losses,
}

impl Derived {
    pub const ALL: [Derived; 9] = [
        Derived::Unit,
        Derived::ExecutionRate,
        Derived::Balance,
        Derived::Indicators,
        Derived::Full,
        Derived::Short,
        Derived::Levels,
        Derived::Fulfilment,
        Derived::Losses,
    ];
}
