//! 得分 in reports: the scores of its levels and the total, and the grade that goes with it.

use super::bind::Bound;
use super::clause::{Measure, has};
use super::hold::Holder;
use super::listed::Sum;
use super::sentence::{self, Line};
use super::statement::Against;
use super::text::Text;
use super::words;
use crate::number::Exact;
use crate::prelude::*;

fn is_score(one: &Bound) -> bool {
    one.token.measure == Measure::Count && one.token.unit == "分" && !one.loose
}

fn is_total(one: &Bound) -> bool {
    is_score(one) && has(&sentence::clause(one), words::TOTAL_SCORE) && !has(&sentence::clause(one), words::LEVELS)
}

pub(super) fn scores(holder: &mut Holder<'_>, lines: &[Line<'_>], text: &Text) {
    let all = || lines.iter().flat_map(|line| line.range.clone().map(move |at| (line, at)));
    let Some((line, total)) = all().find(|(line, at)| line.bound.get(*at).is_some_and(is_total)) else { return };
    grade(holder, line, total, text);
    for (_, again) in all().filter(|(line, at)| *at > total && line.bound.get(*at).is_some_and(is_total)) {
        if holder.number(again) == holder.number(total) {
            holder.right(total);
            holder.right(again);
        }
    }
    // The first score of each level.
    let mut parts: Vec<usize> = Vec::new();
    let mut levels: Vec<&str> = Vec::new();
    for level in words::LEVELS {
        let of_level = |(line, at): &(&Line<'_>, usize)| {
            line.bound.get(*at).is_some_and(|one| {
                let said = sentence::clause(one);
                is_score(one) && said.contains(level) && said.contains('得') && !has(&said, words::FULL_SCORE)
            })
        };
        if let Some((_, at)) = all().find(of_level).filter(|(_, at)| !parts.contains(at)) {
            parts.push(at);
            levels.push(level);
        }
    }
    if parts.len() < 3 {
        return;
    }
    let Some(sum) = Sum::of(holder, total, parts) else { return };
    let complete = words::LEVELS_ALL.iter().all(|level| levels.contains(level));
    if sum.off.is_zero() {
        sum.holds(holder, total);
    } else if complete || sum.off.is_negative() {
        holder.doubt(total, Against::Sum { parts: sum.parts, sum: sum.sum });
    }
}

/// 84.47分，评级为“优”, where the text names no bands of its own.
fn grade(holder: &mut Holder<'_>, line: &Line<'_>, total: usize, text: &Text) {
    let behind = line.behind(total);
    let said: String =
        behind.split(['。', ';']).next().unwrap_or_default().chars().filter(|char| !"“”\"‘’".contains(*char)).collect();
    let Some(at) = sentence::latest(&said, words::GRADED) else { return };
    let own = text.passages.iter().map(|passage| passage.text(0, passage.chars.len())).any(|plain| has(&plain, words::BANDS));
    let Some(score) = holder.number(total).filter(|_| !own) else { return };
    let rest = said.get(at..).unwrap_or_default().trim_start_matches(['为', '是', ':', '级']);
    let bands = [("优", 90), ("良", 80), ("中", 60), ("差", 0)];
    let Some((name, _)) = bands.into_iter().find(|(name, _)| rest.starts_with(name)) else { return };
    let Some((expected, _)) = bands.into_iter().find(|(_, from)| score >= Exact::from_int(*from)) else { return };
    if name == expected {
        holder.right(total);
    } else {
        holder.doubt(total, Against::Grade(expected));
    }
}
