use super::cell::{CellState, CellView, Content, Field};
use super::rows::DrawnLines;
use crate::document::{CellId, Document, RowId, Typed};
use crate::engine::{CellEval, Evaluation, Outcome, RowEval, RowState, grade_of};
use crate::finding::{Finding, Severity};
use crate::number::{Agreement, Exact, Reading, group_digits};
use crate::prelude::*;
use crate::template::{CellKind, ColumnDef, Form, Line, LineContent, Role, TableDef, TableIndex, Template};
use crate::wording;
use rust_decimal::Decimal;

/// The whole table as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    /// （2020年度）
    pub year: String,
    /// 万元 or 元
    pub unit: String,
    /// Relative widths of the grid.
    pub grid: Vec<u16>,
    pub sections: Vec<Section>,
    pub sign: Vec<String>,
    /// What the lines of tables were drawn from, for the next layout.
    drawn: DrawnLines,
}

/// Lines under a common heading; the first section of most forms has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub heading: Option<String>,
    pub rows: Vec<Rc<SheetRow>>,
}

/// One printed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Stays the same while the line does: for drawing only what changed.
    pub key: String,
    /// Column titles, repeated on every printed page.
    pub heading: bool,
    /// The table row behind the line, where there is one, and whether it can be removed or moved.
    pub row: Option<(TableIndex, RowId, bool)>,
    pub cells: Vec<CellView>,
}

/// Lays a document out. Lines that are equal to those in `before`, a sheet of the same form, keep their `Rc`, so that a page may
/// compare by pointer.
pub fn layout(template: &Template, document: &Document, evaluation: &Evaluation, before: Option<&Sheet>) -> Sheet {
    let form = &template.form;
    let worst = worst_severities(&evaluation.findings);
    let painter = Painter { template, document, evaluation, worst: &worst };
    let mut sections: Vec<Section> = Vec::new();
    let mut drawn = DrawnLines::new();
    for (at, block) in form.blocks.iter().enumerate() {
        if block.heading.is_some() || sections.is_empty() {
            let heading = block.heading.as_ref().map(|heading| heading.replace("{unit}", unit_name(form)));
            sections.push(Section { heading, rows: Vec::new() });
        }
        let mut lines: Vec<Rc<SheetRow>> = Vec::new();
        for (line_at, line) in block.lines.iter().enumerate() {
            match line {
                Line::Cells { heading, cells } => {
                    let views = cells.iter().map(|cell| CellView {
                        column_span: u16::from(cell.span),
                        row_span: 1,
                        content: match &cell.content {
                            LineContent::Label(text) => Content::Label(text.replace("{unit}", unit_name(form))),
                            LineContent::Cell(at) => Content::Field(Box::new(painter.fixed(*at))),
                        },
                    });
                    lines.push(Rc::new(SheetRow {
                        key: format!("b{at}.{line_at}"),
                        heading: *heading,
                        row: None,
                        cells: views.collect(),
                    }));
                }
                Line::Table(table) => {
                    let with_side = block.side.is_some() && lines.is_empty();
                    for line in painter.table(*table, with_side, before.map(|before| &before.drawn)) {
                        lines.push(line.line.clone());
                        if let Some((table, row, _)) = line.line.row {
                            drawn.insert((table, row), line);
                        }
                    }
                }
            }
        }
        if let (Some(side), Some(first)) =
            (&block.side, lines.len().try_into().ok().and_then(|span: u16| lines.first_mut().map(|line| (line, span))))
        {
            let (line, row_span) = first;
            let content = Content::Label(side.replace("{unit}", unit_name(form)));
            Rc::make_mut(line).cells.insert(0, CellView { column_span: u16::from(block.side_span), row_span, content });
            if let Some(drawn) = line.row.and_then(|(table, row, _)| drawn.get_mut(&(table, row))) {
                drawn.line = line.clone();
            }
        }
        if let Some(section) = sections.last_mut() {
            section.rows.extend(lines);
        }
    }
    let mut sheet = Sheet {
        title: form.title.clone(),
        year: year(form, document),
        unit: unit_name(form).to_owned(),
        grid: form.grid.clone(),
        sections,
        sign: form.sign.clone(),
        drawn,
    };
    if let Some(before) = before {
        reuse(&mut sheet, before);
    }
    sheet
}

fn year(form: &Form, document: &Document) -> String {
    let text = form.role(Role::FiscalYear).map_or("", |at| document.fixed(at).text().trim());
    wording::year(text)
}

pub fn unit_name(form: &Form) -> &'static str {
    match form.unit.0 {
        0 => "元",
        8 => "亿元",
        _ => "万元",
    }
}

/// Keeps the old `Rc` of every other line that did not change.
fn reuse(sheet: &mut Sheet, before: &Sheet) {
    let own = |row: &&Rc<SheetRow>| row.row.is_none();
    let old: BTreeMap<&str, &Rc<SheetRow>> =
        before.sections.iter().flat_map(|section| &section.rows).filter(own).map(|row| (row.key.as_str(), row)).collect();
    for row in sheet.sections.iter_mut().flat_map(|section| &mut section.rows) {
        let known = match row.row {
            Some((table, id, _)) => before.drawn.get(&(table, id)).map(|known| &known.line),
            None => old.get(row.key.as_str()).copied(),
        };
        if let Some(known) = known.filter(|known| !Rc::ptr_eq(known, row) && ***known == **row) {
            *row = Rc::clone(known);
            if let Some(drawn) = row.row.and_then(|(table, id, _)| sheet.drawn.get_mut(&(table, id))) {
                drawn.line = row.clone();
            }
        }
    }
}

fn worst_severities(findings: &[Finding]) -> BTreeMap<CellId, Severity> {
    let mut worst = BTreeMap::new();
    for finding in findings {
        // Only the first cell of a finding is marked: it is the one to mend.
        for cell in finding.at.iter().take(if marks_all(finding) { usize::MAX } else { 1 }) {
            let entry = worst.entry(*cell).or_insert(finding.severity);
            *entry = (*entry).min(finding.severity);
        }
    }
    worst
}

/// Findings about several cells of the same standing mark all of them.
fn marks_all(finding: &Finding) -> bool {
    use crate::finding::Facts;
    matches!(
        finding.facts,
        Facts::UnitTooLarge { .. } | Facts::BlankNotDeclared { .. } | Facts::WeightOnBlank { .. } | Facts::RowIncomplete { .. }
    )
}

pub(super) struct Painter<'a> {
    pub(super) template: &'a Template,
    pub(super) document: &'a Document,
    pub(super) evaluation: &'a Evaluation,
    pub(super) worst: &'a BTreeMap<CellId, Severity>,
}

impl Painter<'_> {
    fn fixed(&self, at: u16) -> Field {
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
        let complete = self.evaluation.score.as_ref().is_none_or(|score| score.entered.missing.is_empty());
        let graded = Exact::from_decimal(self.evaluation.graded?);
        let name = &grade_of(self.template.profile.grades.as_ref()?, graded)?.name;
        complete.then(|| name.clone())
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
        let used = eval.is_some_and(|eval| !matches!(eval.state, RowState::Unused));
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
        let suggested = eval.suggested_shown.map(|score| score.to_string());
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
