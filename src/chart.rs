//! Charts (图表): where a person would rather look than read. Pure: from template, document and evaluation to lengths, texts and
//! sentences. How a bar is drawn is the page's affair; that it is drawn honestly is settled here.
//!
//! - Lengths are whole per mille of the width, on one scale for a whole chart that always contains 0.
//! - What exceeds its frame (a score above its points, an execution above 100%) is drawn beyond it, and negative numbers are drawn
//!   at the other side of 0.
//! - [`Chart::words`] says every number of the chart in sentences, for those who hear the page.

mod draw;
mod plan;
mod scale;

pub use scale::Span;

use crate::document::Document;
use crate::engine::Evaluation;
use crate::prelude::*;
use crate::template::{ChartKind, Template};
use rust_decimal::Decimal;

/// One chart: groups of horizontal bars, one group for each row of what is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    pub title: String,
    pub kind: ChartKind,
    /// 分, 万元, 元, or % where the numbers are rates.
    pub unit: &'static str,
    /// What the bars mean, by [`Bar::series`].
    pub series: Vec<String>,
    /// What the frame of a bar means, where bars have frames; its end is 100%.
    pub frame: Option<String>,
    pub groups: Vec<Group>,
    /// Where 0 lies, in per mille of the width; not at the left only where there are negative numbers.
    pub zero: u16,
    /// What has to be known beside the bars: totals, and what was left out.
    pub note: String,
    /// All numbers in sentences.
    pub words: String,
}

/// What is drawn of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub label: String,
    /// The numbers as they are printed beside the label: 44/50分　88%. Empty where every bar has its own text.
    pub text: String,
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Index in [`Chart::series`].
    pub series: usize,
    /// The number as it is shown, in the chart's unit; `None` where there is none to draw.
    pub value: Option<Decimal>,
    /// The number, or why there is none: 未填, 不适用.
    pub text: String,
    /// From 0 to the number.
    pub span: Option<Span>,
    /// From 0 to 100%: 分值, 预算数 or 合计.
    pub frame: Option<Span>,
}

/// All charts of a document: scores by level and execution, where the form has them, and those that the form declares. A chart with
/// nothing to draw is left out. Not part of [`crate::engine::evaluate`], so that nobody pays for a chart that is not shown.
pub fn charts(template: &Template, document: &Document, evaluation: &Evaluation) -> Vec<Chart> {
    plan::plans(template, document, evaluation).into_iter().filter_map(|plan| draw::draw(template, plan)).collect()
}
