//! From numbers to lengths, texts and sentences.

use super::plan::{Line, Plan, has_value};
use super::scale::Scale;
use super::{Bar, Chart, Group};
use crate::engine::{Outcome, Why, printed_units};
use crate::number::{Exact, Rounding, group_digits};
use crate::prelude::*;
use crate::template::{CellKind, ChartKind, Template};
use crate::wording::{self, chart as words};
use rust_decimal::Decimal;

/// More rows than this are a table, not a chart.
const MOST_ROWS: usize = 24;
/// Amounts that don't end, such as computed ones, are shown like those with fen; one decimal is as good as two.
const DECIMALS: u32 = 2;
/// An amount in 万元 is 0.01 元 at six decimals.
const MOST_DECIMALS: u32 = 6;

/// Draws a plan; `None` where it has nothing to draw.
pub(super) fn draw(template: &Template, mut plan: Plan) -> Option<Chart> {
    let pen = Pen::new(template, &plan);
    for value in plan.lines.iter_mut().flat_map(|line| &mut line.values) {
        if let Some(too_large) = pen.checked(value) {
            *value = too_large;
        }
    }
    let unreadable = |line: &Line| !has_value(line) && line.values.iter().any(|value| matches!(value, Outcome::Undefined(_)));
    let unreadable = plan.lines.iter().filter(|line| unreadable(line)).count();
    if unreadable > 0 {
        plan.notes.push(words::unreadable(unreadable));
    }
    plan.lines.retain(has_value);
    if plan.lines.is_empty() {
        return None;
    }
    match plan.kind {
        ChartKind::Bars => bars(&pen, plan),
        ChartKind::Against => against(&pen, plan),
        ChartKind::Shares => shares(&pen, plan),
    }
}

/// How the numbers of one chart are written.
struct Pen<'a> {
    template: &'a Template,
    holds: CellKind,
    unit: &'static str,
    /// Amounts have one number of decimals in a whole chart.
    decimals: Option<u32>,
}

impl<'a> Pen<'a> {
    fn new(template: &'a Template, plan: &Plan) -> Pen<'a> {
        let unit = match plan.holds {
            CellKind::Amount => template.form.unit_name(),
            other => wording::kind_unit(other),
        };
        let mut pen = Pen { template, holds: plan.holds, unit, decimals: None };
        if plan.holds == CellKind::Amount {
            let values = plan.lines.iter().flat_map(|line| &line.values);
            pen.decimals = values
                .filter_map(|value| pen.printed(value))
                .map(|value| pen.needed(value))
                .max()
                .map(|most| if most == 1 { DECIMALS } else { most });
        }
        pen
    }

    /// A number in printed units: amounts in the form's, rates in percent.
    fn printed(&self, outcome: &Outcome) -> Option<Exact> {
        printed_units(&self.template.form, self.holds, outcome.value()?)
    }

    /// The decimals that a number needs to stand as it is, or those that it is rounded to.
    fn needed(&self, value: Exact) -> u32 {
        let rounded = match self.holds {
            CellKind::Percent => self.template.profile.rounding.rate.dp,
            CellKind::Points => self.template.profile.rounding.score.dp,
            CellKind::Amount
            | CellKind::Price
            | CellKind::Count
            | CellKind::Text
            | CellKind::Prose
            | CellKind::Year
            | CellKind::Date
            | CellKind::Value
            | CellKind::Grade
            | CellKind::Choice => DECIMALS,
        };
        (0..=MOST_DECIMALS).find(|dp| value.is_decimal_at(*dp)).unwrap_or(rounded)
    }

    fn shown(&self, value: Exact) -> Option<Decimal> {
        let round = |dp| value.round(Rounding { dp, mode: self.template.profile.rounding.score.mode }).ok();
        // A number of 28 digits has no room for the decimals of the others.
        round(self.decimals.unwrap_or_else(|| self.needed(value))).or_else(|| round(0))
    }

    /// What can't be written can't be drawn.
    fn checked(&self, outcome: &Outcome) -> Option<Outcome> {
        let printable = |value: Exact| self.printed(&Outcome::Value(value)).and_then(|value| self.shown(value)).is_some();
        outcome.value().is_some_and(|value| !printable(value)).then_some(Outcome::Undefined(Why::TooLarge))
    }

    /// A number without its unit, or what stands for it.
    fn text(&self, outcome: &Outcome) -> String {
        match self.printed(outcome).and_then(|value| self.shown(value)) {
            Some(shown) => group_digits(&shown.to_string()),
            None => words::no_value(outcome).to_owned(),
        }
    }

    /// 得分44分, or 得分未填.
    fn named(&self, name: &str, outcome: &Outcome) -> String {
        words::named(name, &self.text(outcome), if outcome.value().is_some() { self.unit } else { "" })
    }

    /// A ratio as a percentage, rounded as the profile says.
    fn percent(&self, ratio: Exact) -> Option<Decimal> {
        self.template.profile.rounding.percent(ratio)
    }

    /// A rate without padding, unless it is rounded: what is nearly whole must not look whole.
    fn rate(&self, ratio: Exact) -> Option<String> {
        let exact = ratio.checked_mul(Exact::HUNDRED).ok()?.is_decimal_at(self.template.profile.rounding.rate.dp);
        self.percent(ratio).map(|percent| percent_text(if exact { percent.normalize() } else { percent }))
    }

    fn scale(&self, lines: &[Line]) -> Scale {
        Scale::of(lines.iter().flat_map(|line| &line.values).filter_map(|value| self.printed(value)))
    }

    fn bar(&self, series: usize, outcome: &Outcome, frame: Option<&Outcome>, scale: Scale) -> Bar {
        let value = self.printed(outcome);
        Bar {
            series,
            value: value.and_then(|value| self.shown(value)),
            text: self.text(outcome),
            span: value.and_then(|value| scale.span(value)),
            frame: frame.and_then(|frame| self.printed(frame)).and_then(|frame| scale.span(frame)),
        }
    }
}

fn percent_text(percent: Decimal) -> String {
    format!("{}%", group_digits(&percent.to_string()))
}

/// Keeps what a person can take in, and says how much was left out.
fn cut(plan: &mut Plan) {
    let more = plan.lines.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        plan.lines.truncate(MOST_ROWS);
        plan.notes.push(words::left_out(more));
    }
}

fn chart(pen: &Pen<'_>, plan: Plan, zero: u16, frame: Option<String>, drawn: Vec<(Group, String)>) -> Option<Chart> {
    let mut spoken = words::opening(&plan.title);
    let mut groups = Vec::new();
    for (group, sentence) in drawn {
        spoken.push_str(&sentence);
        groups.push(group);
    }
    let note = plan.notes.concat();
    spoken.push_str(&note);
    let series = match plan.kind {
        ChartKind::Bars => plan.series,
        ChartKind::Against => plan.series.into_iter().take(1).collect(),
        ChartKind::Shares => vec![words::SHARE.to_owned()],
    };
    Some(Chart { title: plan.title, kind: plan.kind, unit: pen.unit, series, frame, groups, zero, note, words: spoken })
}

fn bars(pen: &Pen<'_>, mut plan: Plan) -> Option<Chart> {
    cut(&mut plan);
    let scale = pen.scale(&plan.lines);
    let zero = scale.place(Exact::ZERO)?;
    let drawn = plan.lines.iter().map(|line| {
        let bars = line.values.iter().enumerate().map(|(series, value)| pen.bar(series, value, None, scale)).collect();
        let parts: Vec<String> = plan.series.iter().zip(&line.values).map(|(name, value)| pen.named(name, value)).collect();
        // One number stands beside the label; several have a line each.
        let text = match line.values.as_slice() {
            [value] => words::named("", &pen.text(value), pen.unit),
            _ => String::new(),
        };
        (Group { label: line.label.clone(), text, bars }, words::sentence(&line.label, &parts))
    });
    let drawn = drawn.collect();
    chart(pen, plan, zero, None, drawn)
}

fn against(pen: &Pen<'_>, mut plan: Plan) -> Option<Chart> {
    plan.lines.iter().find(|line| line.values.first().is_some_and(|part| part.value().is_some()))?;
    cut(&mut plan);
    let scale = pen.scale(&plan.lines);
    let zero = scale.place(Exact::ZERO)?;
    let [part_name, whole_name] = plan.series.as_slice() else { return None };
    let frame = words::frame(whole_name);
    let drawn = plan.lines.iter().filter_map(|line| {
        let [part, whole] = line.values.as_slice() else { return None };
        let rate = part.value().zip(whole.value().filter(|whole| whole.is_positive()));
        let rate = rate.and_then(|(part, whole)| part.checked_div(whole).ok()).and_then(|ratio| pen.rate(ratio));
        let mut parts = vec![pen.named(part_name, part), pen.named(whole_name, whole)];
        parts.extend(rate.as_ref().map(|rate| words::named(&plan.rate, rate, "")));
        let whole_text = whole.value().map(|_| pen.text(whole));
        let group = Group {
            label: line.label.clone(),
            text: words::against(&pen.text(part), whole_text.as_deref(), pen.unit, rate.as_deref()),
            bars: vec![pen.bar(0, part, Some(whole), scale)],
        };
        Some((group, words::sentence(&line.label, &parts)))
    });
    let drawn = drawn.collect();
    chart(pen, plan, zero, Some(frame), drawn)
}

fn shares(pen: &Pen<'_>, mut plan: Plan) -> Option<Chart> {
    let values = || plan.lines.iter().filter_map(|line| line.values.first()?.value());
    let sum = values().try_fold(Exact::ZERO, |sum, value| sum.checked_add(value)).ok()?;
    let rates = plan.holds == CellKind::Percent;
    // Rates are shares already.
    let whole = if rates { Exact::ONE } else { sum };
    if !whole.is_positive() {
        return None;
    }
    let ratio = |line: &Line| line.values.first()?.value()?.checked_div(whole).ok();
    let shown: Vec<Decimal> = plan.lines.iter().filter_map(|line| pen.percent(ratio(line)?)).collect();
    let shown = shown.iter().try_fold(Exact::ZERO, |sum, share| sum.checked_add(Exact::from_decimal(*share))).ok()?;
    let mut notes = vec![if rates { String::new() } else { words::sum(&pen.text(&Outcome::Value(sum)), pen.unit) }];
    if shown != Exact::HUNDRED && !rates {
        notes.push(words::tail(&format!("{}%", wording::number(shown))));
    }
    plan.notes.extend(notes);
    cut(&mut plan);
    let scale = Scale::of(plan.lines.iter().filter_map(ratio).chain([Exact::ONE]));
    let zero = scale.place(Exact::ZERO)?;
    let drawn = plan.lines.iter().filter_map(|line| {
        let (value, ratio) = (line.values.first()?, ratio(line)?);
        let share = pen.percent(ratio).map(percent_text)?;
        let amount = pen.text(value);
        let (text, parts) = if rates {
            (share.clone(), vec![share])
        } else {
            (words::share(&amount, pen.unit, &share), vec![words::named("", &amount, pen.unit), words::of_whole(&share)])
        };
        let bar = Bar {
            series: 0,
            value: pen.printed(value).and_then(|value| pen.shown(value)),
            text: amount,
            span: scale.span(ratio),
            frame: scale.span(Exact::ONE),
        };
        Some((Group { label: line.label.clone(), text, bars: vec![bar] }, words::sentence(&line.label, &parts)))
    });
    let drawn = drawn.collect();
    let frame = if rates { percent_text(Decimal::ONE_HUNDRED) } else { words::frame(words::WHOLE) };
    chart(pen, plan, zero, Some(frame), drawn)
}
