//! From relations to findings: the smallest place that explains all relations which do not hold.

use super::figure::Figure;
use super::{DisclosureFinding, Relation, RelationKind, Verdict};
use crate::id::Severity;
use crate::number::Exact;
use crate::prelude::*;

/// A document with more places to mend is none that people read.
const MOST_MENDS: usize = 100;

pub(super) fn findings(figures: &[Figure], relations: &[Relation]) -> Vec<DisclosureFinding> {
    let mut of_figure: Vec<Vec<usize>> = vec![Vec::new(); figures.len()];
    for (at, relation) in relations.iter().enumerate() {
        for figure in core::iter::once(&relation.claim).chain(&relation.parts) {
            if let Some(list) = of_figure.get_mut(*figure) {
                list.push(at);
            }
        }
    }
    let mut open: Vec<bool> = relations.iter().map(|relation| relation.verdict == Verdict::Wrong).collect();
    let mut findings = Vec::new();
    // The figure whose change mends most and breaks nothing, again and again.
    let mut left = MOST_MENDS;
    while let Some(best) = best(&of_figure, relations, &open).filter(|_| left > 0) {
        left -= 1;
        for relation in &best.relations {
            if let Some(open) = open.get_mut(*relation) {
                *open = false;
            }
        }
        findings.push(finding(figures, relations, best));
    }
    for (at, relation) in relations.iter().enumerate() {
        let severity = match relation.verdict {
            Verdict::Wrong if open.get(at) == Some(&true) => Severity::Error,
            Verdict::Tail => Severity::Info,
            Verdict::Wrong | Verdict::Right => continue,
        };
        findings.push(DisclosureFinding { kind: relation.kind, severity, at: relation.claim, should: None, relations: vec![at] });
    }
    findings.order_by(|finding| {
        (figures.get(finding.at).map(|figure| figure.spot), finding.kind, finding.relations.first().copied())
    });
    findings
}

struct Mend {
    figure: usize,
    by: Exact,
    relations: Vec<usize>,
}

fn finding(figures: &[Figure], relations: &[Relation], mend: Mend) -> DisclosureFinding {
    let within = mend.relations.iter().filter_map(|at| relations.get(*at)).any(|relation| relation.kind == RelationKind::Within);
    let kind = if within { RelationKind::Within } else { RelationKind::Across };
    let should = figures.get(mend.figure).and_then(|figure| figure.value.checked_add(mend.by).ok());
    DisclosureFinding { kind, severity: Severity::Error, at: mend.figure, should, relations: mend.relations }
}

/// The figure that, changed by one amount, mends two open relations or more, without breaking one that holds; of several that mend as
/// many, none is named unless it mends strictly more than it leaves open.
fn best(of_figure: &[Vec<usize>], relations: &[Relation], open: &[bool]) -> Option<Mend> {
    let mut best: Option<Mend> = None;
    let mut rivals = 0;
    for (figure, of) in of_figure.iter().enumerate() {
        let wrong: Vec<usize> = of.iter().copied().filter(|at| open.get(*at) == Some(&true)).collect();
        if wrong.len() < 2 {
            continue;
        }
        let by = |at: &usize| {
            relations
                .get(*at)
                .map(|relation| if relation.claim == figure { relation.difference.neg() } else { relation.difference })
        };
        let Some(first) = wrong.first().and_then(by) else { continue };
        let mended: Vec<usize> = wrong.iter().copied().filter(|at| by(at) == Some(first)).collect();
        let broken =
            of.iter().filter(|at| relations.get(**at).is_some_and(|relation| relation.verdict != Verdict::Wrong)).count();
        if mended.len() < 2 || broken >= mended.len() {
            continue;
        }
        match &best {
            Some(known) if known.relations.len() > mended.len() => {}
            Some(known) if known.relations.len() == mended.len() => rivals += 1,
            Some(_) | None => {
                best = Some(Mend { figure, by: first, relations: mended });
                rivals = 0;
            }
        }
    }
    best.filter(|_| rivals == 0)
}
