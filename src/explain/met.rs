//! A target that was met, in one line instead of a formula of one number: 98% ≥ 95%，已达到指标值，得满分10分.

use super::Span;
use super::quantity::quantity_text;
use super::render::Renderer;
use super::tracing::{Node, Op};
use crate::document::CellId;
use crate::engine::calc::Decision;
use crate::engine::scoring::{Indicator, ScoringKind};
use crate::number::{Comparator, Reading};
use crate::prelude::*;
use crate::template::SatisfactionRule;
use crate::wording::{self, explaining};

/// `None` where something else decided the score, or the comparison is no plain one of two numbers.
pub(super) fn line(renderer: &Renderer<'_>, node: &Node, indicator: &Indicator<'_>, kind: ScoringKind) -> Option<Vec<Span>> {
    let Op::Decided(Decision::Met, ..) = &node.op else { return None };
    let sign = match (kind, indicator.sign()) {
        (ScoringKind::HigherBetter | ScoringKind::Satisfaction, Some(Comparator::MoreThan)) => "＞",
        (ScoringKind::LowerBetter, Some(Comparator::LessThan)) => "＜",
        // The slope looks at its own mark and not at the target.
        (ScoringKind::Satisfaction, _) if matches!(indicator.profile().satisfaction, SatisfactionRule::Slope { .. }) => {
            return None;
        }
        (ScoringKind::HigherBetter | ScoringKind::Satisfaction, _) => "≥",
        (ScoringKind::LowerBetter, _) => "≤",
        (ScoringKind::Equal, _) => "＝",
        _ => return None,
    };
    let at = &indicator.def.at;
    let span = |cell: CellId, reading: &Reading| {
        let Reading::Quantity(quantity) = reading else { return None };
        Some(Span { text: quantity_text(&renderer.template.form, renderer.document, cell, quantity), cell: Some(cell) })
    };
    let actual = span(indicator.id(at.actual), indicator.actual())?;
    let target = span(indicator.id(at.target), indicator.target())?;
    let points = Span { text: wording::number(node.outcome.value()?), cell: Some(indicator.id(at.weight)) };
    let [before, after] = explaining::full_marks();
    Some(vec![actual, Span::plain(format!(" {sign} ")), target, Span::plain(before), points, Span::plain(after)])
}
