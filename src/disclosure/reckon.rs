//! Sentences that speak of no figure of a table: sums, rates, growth and claims, told by the words around them.
//! Rates and growth are those that nothing else told; a claim, a payment or 持平 may also be in doubt beside a table. What words leave open is 存疑.

use super::bind::Bound;
use super::clause::{Measure, Role, has};
use super::hold::Holder;
use super::sentence::{self, Line};
use super::slip::is_slip;
use super::statement::Against;
use super::text::Text;
use super::words;
use super::{executed, growing, listed, scores};
use crate::prelude::*;

pub(super) fn reckon(holder: &mut Holder<'_>, bound: &[Bound], text: &Text) {
    let lines = sentence::lines(bound, text);
    let mut lists = listed::Lists::default();
    for line in &lines {
        listed::listed(holder, line, &mut lists);
        listed::instalments(holder, line);
    }
    lists.compare(holder);
    executed::rates(holder, &lines);
    executed::contracts(holder, &lines);
    executed::overruns(holder, &lines);
    executed::balances(holder, &lines);
    executed::claims(holder, &lines);
    for line in &lines {
        growing::growing(holder, line);
    }
    scores::scores(holder, &lines, text);
    echoes(holder, &lines);
}

/// So many characters of a clause say what an amount is.
const TOLD: usize = 4;
/// In a text of more amounts the same words mean many things.
const MOST: usize = 1000;

/// What two amounts that are the same may have in common.
#[derive(PartialEq, Eq)]
enum Said {
    /// The end of the clause.
    Words(String),
    /// The price of a contract, or what was granted in all.
    Kind(usize),
    /// 中央资金
    Source(&'static str),
}

fn said(one: &Bound) -> Vec<Said> {
    let clause = sentence::clause(one);
    let chars: Vec<char> = clause.chars().filter(|char| !char.is_ascii_digit()).collect();
    let tail: Option<String> = chars.len().checked_sub(TOLD).and_then(|from| chars.get(from..)).map(|tail| tail.iter().collect());
    let kinds = [words::CONTRACT, words::GRANTED].into_iter().enumerate().filter(|(_, list)| has(&clause, list));
    let source = words::SOURCE.iter().find(|word| clause.contains(**word));
    let mut said: Vec<Said> = tail.map(Said::Words).into_iter().collect();
    said.extend(kinds.map(|(kind, _)| Said::Kind(kind)));
    said.extend(source.map(|word| Said::Source(word)));
    said
}

/// Amounts of which the same is said are one; where one digit of many differs, it is a slip.
fn echoes(holder: &mut Holder<'_>, lines: &[Line<'_>]) {
    let amounts: Vec<(usize, Vec<Said>)> = lines
        .iter()
        .flat_map(|line| line.range.clone().filter_map(|at| Some((at, line.bound.get(at)?))))
        .filter(|(_, one)| one.role == Role::Amount && matches!(one.token.measure, Measure::Money(_)))
        .filter(|(_, one)| !one.loose || has(&sentence::clause(one), words::GRANTED))
        .map(|(at, one)| (at, said(one)))
        .take(MOST)
        .collect();
    for (nth, (at, words)) in amounts.iter().enumerate() {
        for (other, again) in amounts.iter().skip(nth + 1) {
            if !words.iter().any(|word| again.contains(word)) || !holder.is_open(*at, &[*other]) {
                continue;
            }
            let (Some(one), Some(two)) = (holder.statements.get(*at), holder.statements.get(*other)) else { continue };
            let Ok(off) = one.value.checked_sub(two.value) else { continue };
            let last = if one.last < two.last { one.last } else { two.last };
            // The same word at the end of two clauses says little.
            let certain = words.iter().any(|word| again.contains(word) && !matches!(word, Said::Words(_)));
            if off.is_zero() {
                holder.right(*at);
                holder.right(*other);
            } else if certain && is_slip(one.value, off, last) && is_slip(two.value, off, last) {
                holder.doubt(*other, Against::Statement(*at));
            }
        }
    }
}
