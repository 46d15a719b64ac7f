//! What each cell shows, and how it stands.

use super::cell::{CellState, Field, Held};
use super::grid::Grid;
use crate::document::{CellId, Document, Typed};
use crate::engine::{CellEval, Evaluation, Outcome, RowEval, RowState, grade_of};
use crate::finding::Severity;
use crate::number::{Agreement, Exact, Reading, group_digits};
use crate::prelude::*;
use crate::template::{CellKind, ColumnDef, TableDef, Template};
use crate::wording;
use rust_decimal::Decimal;

pub(super) struct Painter<'a> {
    pub(super) template: &'a Template,
    pub(super) document: &'a Document,
    pub(super) evaluation: &'a Evaluation,
    pub(super) worst: &'a SortedMap<CellId, Severity>,
    pub(super) held: Option<&'a Held>,
    pub(super) grid: &'a Grid,
}

impl Painter<'_> {
    pub(super) fn fixed(&self, at: u16) -> Field {
        let form = &self.template.form;
        let id = CellId::Fixed(at);
        let typed = self.document.fixed(at);
        let def = form.cell(at);
        let kind = def.map_or(CellKind::Text, |def| def.kind);
        let eval = self.evaluation.cell(at).filter(|_| def.is_some_and(|def| def.fill) || !typed.is_blank());
        let mut field = self.field(id, kind, typed, eval, def.is_some_and(|def| def.required));
        field.label = def.map(|def| def.place()).unwrap_or_default();
        field.column = def.map(|def| def.label.clone()).unwrap_or_default();
        if kind == CellKind::Grade && typed.is_blank() {
            if let Some(name) = self.grade_name() {
                field.shown = name;
                field.state = CellState::Computed;
            }
        } else if kind == CellKind::Grade && self.worst.get(&id).is_none() {
            field.state = CellState::Agrees(Agreement::Exact);
        }
        field
    }

    fn grade_name(&self) -> Option<String> {
        let graded = Exact::from_decimal(self.evaluation.graded?);
        Some(grade_of(self.template.profile.grades.as_ref()?, graded)?.name.clone())
    }

    pub(super) fn cell_of_row(
        &self,
        id: CellId,
        column: &ColumnDef,
        def: &TableDef,
        typed: &Typed,
        eval: Option<&RowEval>,
    ) -> Field {
        let at = match id {
            CellId::Row { column, .. } => Some(column),
            CellId::Fixed(_) => None,
        };
        let computed = eval.and_then(|eval| eval.cells.iter().find(|(known, _)| Some(*known) == at)).map(|(_, eval)| eval);
        let computed = computed.filter(|_| column.fill || !typed.is_blank());
        let score = matches!(id, CellId::Row { column, .. } if def.at.score == Some(column)) && column.formula.is_some();
        let used = eval.is_some_and(|eval| !matches!(eval.state, RowState::Unused | RowState::Sum));
        let needed = used
            && !column.optional
            && matches!(column.kind, CellKind::Value | CellKind::Points)
            && eval.is_some_and(|eval| eval.state == RowState::Scored);
        // A rate that stands elsewhere on the form is shown as one.
        let kind = if computed.is_some() && column.kind == CellKind::Value { CellKind::Percent } else { column.kind };
        let mut field = self.field(id, kind, typed, computed, needed);
        field.kind = column.kind;
        field.locked = column.locked;
        field.column.clone_from(&column.label);
        if let (Some(eval), CellId::Row { column: at, .. }) = (eval, id) {
            if def.at.target == Some(at) && eval.state == RowState::Scored {
                field.read_as = eval.meaning.read_as.map(|read_as| wording::direction(read_as.direction));
            }
            if score {
                self.score(&mut field, typed, eval);
            } else if def.at.score == Some(at) && eval.state == RowState::NotApplicable && typed.is_blank() {
                field.state = CellState::NotApplicable;
                field.shown = "—".to_owned();
            }
        }
        field
    }

    /// 得分: computed, agreeing, differing, or with a suggestion beside it.
    fn score(&self, field: &mut Field, typed: &Typed, eval: &RowEval) {
        // What the typed 得分系数 gives stands for the score.
        let given = eval.claimed.value().and_then(|score| score.round(self.template.profile.rounding.score).ok());
        let suggested = given.filter(|_| typed.is_blank()).or(eval.suggested_shown).map(|score| score.to_string());
        if eval.state == RowState::NotApplicable && typed.is_blank() {
            field.state = CellState::NotApplicable;
            field.shown = "—".to_owned();
        } else if typed.is_blank() {
            if let (Some(score), RowState::Scored) = (&suggested, eval.state) {
                field.shown = group_digits(score);
                field.state = CellState::Computed;
            }
        } else if eval.state == RowState::Scored {
            match eval.agreement {
                Some(Agreement::Differs { .. } | Agreement::TruncatesTo { .. } | Agreement::Padded { .. }) => {
                    field.state = CellState::Differs
                }
                Some(agreement) => field.state = CellState::Agrees(agreement),
                None => {}
            }
        }
        // A judgement within its tier needs no advice.
        let judged = eval.claimed.value();
        let inside = |low: Decimal, high: Decimal| {
            judged.is_some_and(|score| score >= Exact::from_decimal(low) && score <= Exact::from_decimal(high))
        };
        field.suggestion = match (eval.interval, eval.suggested_shown, field.state) {
            (Some((low, high)), _, _) if !inside(low, high) => Some(format!("{}～{}", low.normalize(), high.normalize())),
            (None, Some(score), CellState::Differs) => Some(score.normalize().to_string()),
            _ => None,
        };
    }

    fn field(&self, id: CellId, kind: CellKind, typed: &Typed, eval: Option<&CellEval>, needed: bool) -> Field {
        let computed = eval.and_then(|eval| eval.shown.map(|shown| shown_text(kind, &shown.to_string())));
        let state = match (typed.reading(), eval) {
            (Reading::Blank, Some(eval)) if eval.shown.is_some() => CellState::Computed,
            (Reading::Blank, Some(CellEval { computed: Outcome::NotApplicable, .. })) => CellState::NotApplicable,
            (Reading::Blank, _) if needed => CellState::Needed,
            (Reading::Blank, _) => CellState::Blank,
            (Reading::NotApplicable, _) => CellState::NotApplicable,
            // What rounding explains needs no mending.
            (_, Some(CellEval { agreement: Some(Agreement::Differs { .. }), .. }))
                if self.worst.get(&id) == Some(&Severity::Info) =>
            {
                CellState::Typed
            }
            (_, Some(CellEval { agreement: Some(Agreement::Differs { .. } | Agreement::Padded { .. }), .. })) => {
                CellState::Differs
            }
            (_, Some(CellEval { agreement: Some(agreement), .. })) => CellState::Agrees(*agreement),
            _ => CellState::Typed,
        };
        let shown = match state {
            CellState::Computed => computed.clone().unwrap_or_default(),
            CellState::NotApplicable if typed.is_blank() => "—".to_owned(),
            _ => grouped(kind, typed),
        };
        Field {
            id,
            name: id.name(&self.template.form),
            kind,
            column: String::new(),
            label: String::new(),
            typed: typed.text().to_owned(),
            shown,
            state,
            suggestion: None,
            read_as: None,
            severity: self.worst.get(&id).copied(),
            locked: false,
            depth: 0,
            merged: Vec::new(),
        }
    }
}

/// A computed number as it is printed.
pub fn shown_text(kind: CellKind, number: &str) -> String {
    let grouped = group_digits(number);
    if kind == CellKind::Percent { format!("{grouped}%") } else { grouped }
}

/// What was typed; a plain amount gets its digits grouped.
fn grouped(kind: CellKind, typed: &Typed) -> String {
    match typed.reading() {
        Reading::Quantity(quantity)
            if kind == CellKind::Amount && quantity.unit == crate::number::Unit::None && quantity.comparator.is_none() =>
        {
            group_digits(&quantity.number.to_string())
        }
        _ => typed.text().to_owned(),
    }
}
