//! From the engine's [`engine::Evaluation`] to the written one.

use crate::document::{CellId, Document, Edit};
use crate::engine::{self, Outcome, RowState, Standing, Why};
use crate::fix;
use crate::io::json::evaluated::*;
use crate::io::json::v1::Entries;
use crate::number::{self, Exact};
use crate::prelude::*;
use crate::report;
use crate::template::{Form, Template, amount_unit_name};
use crate::wording;
use rust_decimal::Decimal;

impl<'a> Evaluation<'a> {
    pub fn new(template: &'a Template, document: &Document, evaluation: &engine::Evaluation) -> Evaluation<'a> {
        let form: &'a Form = &template.form;
        let names = Names { template, document };
        let cells = form.cells.iter().zip(&evaluation.cells);
        let tables = form.tables.iter().zip(&evaluation.tables);
        let score = evaluation.score.as_ref();
        Evaluation {
            engine: env!("CARGO_PKG_VERSION"),
            form: &form.id,
            profile: &template.profile.id,
            unit: amount_unit_name(form.unit),
            cells: Entries(cells.filter_map(|(def, eval)| Some((def.id.as_str().into(), names.cell(eval.as_ref()?)))).collect()),
            tables: Entries(
                (0..)
                    .zip(tables)
                    .map(|(at, (def, rows))| (def.id.as_str().into(), rows.iter().map(|row| names.row(at, row)).collect()))
                    .collect(),
            ),
            totals: score
                .map(|score| BothTotals { entered: names.totals(&score.entered), by_rule: names.totals(&score.by_rule) }),
            weights: score.map(|score| Weights {
                total: names.value(&score.weight),
                indicators: names.value(&score.indicator_weight),
                execution: names.value(&score.execution_weight),
                not_applicable: score.not_applicable_weight.to_text(),
            }),
            levels: score.map(|score| score.levels.iter().map(|level| names.level(level)).collect()).unwrap_or_default(),
            progress: names.progress(&evaluation.progress),
            findings: evaluation.findings.iter().map(|finding| names.finding(finding, evaluation)).collect(),
            report: report::is_written(form, document).then(|| names.report(evaluation)).flatten(),
        }
    }

    /// With the report, whether or not any of it was typed.
    pub fn with_report(template: &'a Template, document: &Document, evaluation: &engine::Evaluation) -> Evaluation<'a> {
        let report = Names { template, document }.report(evaluation);
        Evaluation { report, ..Evaluation::new(template, document, evaluation) }
    }
}

/// Gives every cell and band its name.
struct Names<'n> {
    template: &'n Template,
    document: &'n Document,
}

impl Names<'_> {
    fn name(&self, cell: CellId) -> String {
        cell.name(&self.template.form)
    }

    fn progress(&self, progress: &engine::Progress) -> Progress {
        let state = match progress.standing() {
            Standing::Unchecked => "unchecked",
            Standing::Partial(_) => "partial",
            Standing::Complete => "complete",
        };
        Progress { state, open: progress.open.iter().map(|cell| self.name(*cell)).collect() }
    }

    fn report(&self, evaluation: &engine::Evaluation) -> Option<Report> {
        let report = report::draft(self.template, self.document, evaluation)?;
        let section = |section: &report::Section| ReportSection {
            heading: section.heading.clone(),
            level: section.level,
            cell: section.cell.map(|at| self.name(CellId::Fixed(at))),
            text: section.words(),
            typed: section.typed,
            length: section.length,
            limit: section.limit,
        };
        let sections = report.sections.iter().map(section).collect();
        Some(Report { outline: report.outline, title: report.title.words(), sections })
    }

    fn value(&self, outcome: &Outcome) -> Value {
        let mut written = Value { state: "value", value: None, needs: Vec::new(), why: None };
        match outcome {
            Outcome::Value(value) => written.value = Some(value.to_text()),
            Outcome::Blank(needs) => {
                written.state = "blank";
                written.needs = needs.iter().map(|cell| self.name(*cell)).collect();
            }
            Outcome::NotApplicable => written.state = "not-applicable",
            Outcome::Undefined(why) => {
                written.state = "undefined";
                written.why = Some(self.reason(*why));
            }
        }
        written
    }

    fn reason(&self, why: Why) -> Reason {
        let (code, cell) = match why {
            Why::DivisionByZero => ("division-by-zero", None),
            Why::Unreadable(cell) => ("unreadable", Some(self.name(cell))),
            Why::TooLarge => ("too-large", None),
            Why::NotComparable => ("not-comparable", None),
            Why::OtherUnit => ("other-unit", None),
            Why::NeedsJudgement => ("needs-judgement", None),
            Why::DirectionOpen => ("direction-open", None),
            Why::AtBound => ("at-bound", None),
            Why::Missed => ("missed", None),
            Why::Copied => ("copied", None),
            Why::Late => ("late", None),
        };
        Reason { code, cell }
    }

    fn cell(&self, eval: &engine::CellEval) -> Cell {
        Cell {
            entered: self.value(&eval.computed),
            by_rule: (eval.by_rule != eval.computed).then(|| self.value(&eval.by_rule)),
            shown: eval.shown.map(decimal),
            agreement: eval.agreement.map(agreement),
        }
    }

    fn row(&self, table: u8, eval: &engine::RowEval) -> Row {
        // Rows of fund sources and plain rows have no points of their own.
        let scored = eval.state != RowState::Plain;
        let value = |outcome: &Outcome| scored.then(|| self.value(outcome));
        let columns = self.template.form.table(table);
        let name = |column| columns.and_then(|def| def.column(column)).map(|column| column.id.clone()).unwrap_or_default();
        Row {
            id: eval.row,
            state: match eval.state {
                RowState::Scored => "scored",
                RowState::NotApplicable => "not-applicable",
                RowState::Unused => "unused",
                RowState::Deduction => "deduction",
                RowState::Bonus => "bonus",
                RowState::Sum => "sum",
                RowState::Plain => "plain",
            },
            kind: scored.then(|| eval.kind.id()),
            weight: value(&eval.weight),
            claimed: value(&eval.claimed),
            suggested: value(&eval.suggested),
            shown: eval.suggested_shown.filter(|_| scored).map(decimal),
            interval: eval.interval.filter(|_| scored).map(|(low, high)| [decimal(low), decimal(high)]),
            counted: value(&eval.counted),
            by_rule: value(&eval.by_rule),
            agreement: eval.agreement.map(agreement),
            over: eval.over,
            cells: Entries(eval.cells.iter().map(|(column, eval)| (name(*column).into(), self.cell(eval))).collect()),
        }
    }

    fn totals(&self, totals: &engine::Totals) -> Totals {
        let bands = self.template.profile.grades.as_ref().map(|grades| grades.bands.as_slice()).unwrap_or_default();
        Totals {
            indicators: self.value(&totals.indicators),
            execution: self.value(&totals.execution),
            sum: self.value(&totals.sum),
            total: self.value(&totals.total),
            shown: totals.shown.map(decimal),
            grade: totals.grade.and_then(|at| bands.get(at)).map(|band| band.name.clone()),
            gate: totals.gate.map(Exact::to_text),
            rescaled: totals.rescaled,
            missing: totals.missing.iter().map(|cell| self.name(*cell)).collect(),
        }
    }

    fn level(&self, level: &engine::LevelSubtotal) -> Level {
        Level {
            table: self.template.form.table(level.table).map(|def| def.id.clone()).unwrap_or_default(),
            name: level.name.clone(),
            printed: level.printed.map(Exact::to_text),
            weight: self.value(&level.weight),
            entered: self.value(&level.entered),
            by_rule: self.value(&level.by_rule),
            rows: level.positions.iter().filter_map(|at| self.document.rows(level.table).get(*at)).map(|row| row.id).collect(),
            not_applicable: level.not_applicable.to_text(),
        }
    }

    fn finding(&self, finding: &crate::finding::Finding, evaluation: &engine::Evaluation) -> Finding {
        let text = wording::finding(finding, self.template, self.document);
        let place = finding.at.first().map(|cell| wording::place(*cell, &self.template.form, self.document));
        Finding {
            code: finding.code.id(),
            severity: finding.severity.id(),
            at: finding.at.iter().map(|cell| self.name(*cell)).collect(),
            place: place.unwrap_or_default(),
            source: None,
            title: text.title,
            message: text.text,
            fix: fix(self.template, self.document, evaluation, finding).map(|edit| self.fix(&edit)).unwrap_or_default(),
        }
    }

    /// The texts that a fix sets. Other changes can't be said as texts of cells.
    fn fix(&self, edit: &Edit) -> Vec<Fix> {
        let set = |cell: CellId, text: &str| Fix { cell: self.name(cell), text: text.to_owned() };
        match edit {
            Edit::Set { cell, text } => vec![set(*cell, text)],
            Edit::SetMany(cells) => cells.iter().map(|(cell, text)| set(*cell, text)).collect(),
            Edit::AddRow { .. }
            | Edit::CopyRow { .. }
            | Edit::RemoveRow { .. }
            | Edit::MoveRow { .. }
            | Edit::Paste { .. }
            | Edit::SetProfile(_)
            | Edit::Convert(_)
            | Edit::Relabel(_)
            | Edit::ShowColumn { .. } => Vec::new(),
        }
    }
}

fn agreement(agreement: number::Agreement) -> Agreement {
    let (class, dp, by) = match agreement {
        number::Agreement::Exact => ("exact", None, None),
        number::Agreement::RoundsTo { dp } => ("rounds", Some(dp), None),
        number::Agreement::TruncatesTo { dp } => ("truncates", Some(dp), None),
        number::Agreement::Padded { dp } => ("padded", Some(dp), None),
        number::Agreement::Differs { by } => ("differs", None, Some(by.to_text())),
    };
    Agreement { class, dp, by }
}

fn decimal(value: Decimal) -> String {
    value.to_string()
}
