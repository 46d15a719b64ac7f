use super::cell::{CellView, Content, Field, Held, SheetRow};
use super::grid::{Grid, Title};
use super::painter::Painter;
use super::rows::DrawnLines;
use crate::document::{CellId, Document};
use crate::engine::Evaluation;
use crate::finding::{Finding, Severity};
use crate::prelude::*;
use crate::template::{Form, Line, LineContent, Role, SignItem, Template};
use crate::wording;

/// The whole table as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    /// （2020年度）
    pub year: String,
    /// 金额单位: 万元, 元
    pub unit: String,
    /// Relative widths of the grid.
    pub grid: Vec<u16>,
    pub sections: Vec<Section>,
    pub sign: Vec<Signature>,
    /// What the lines of tables were drawn from, for the next layout.
    drawn: DrawnLines,
    /// The columns that they were drawn with.
    columns: Grid,
}

impl Sheet {
    /// Every field, in the order of reading.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        let rows = self.sections.iter().flat_map(|section| &section.rows);
        let in_lines = rows.flat_map(|row| &row.cells).filter_map(CellView::field);
        in_lines.chain(self.sign.iter().filter_map(|part| part.field.as_ref()))
    }
}

/// A part of the foot: words as they stand, or a cell after its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// （公章）, or 填报人： before the field.
    pub label: String,
    pub field: Option<Field>,
}

/// Lines under a common heading; the first section of most forms has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub heading: Option<String>,
    pub rows: Vec<Rc<SheetRow>>,
}

/// Lays a document out. Lines that are equal to those in `before`, a sheet of the same form, keep their `Rc`, so that a page may
/// compare by pointer.
pub fn layout(template: &Template, document: &Document, evaluation: &Evaluation, before: Option<&Sheet>) -> Sheet {
    layout_while_writing(template, document, evaluation, before, None)
}

/// Lays a document out while one of its merged cells is being written.
pub fn layout_while_writing(
    template: &Template,
    document: &Document,
    evaluation: &Evaluation,
    before: Option<&Sheet>,
    held: Option<&Held>,
) -> Sheet {
    let form = &template.form;
    let worst = worst_severities(&evaluation.findings);
    let grid = Grid::of(form);
    let painter = Painter { template, document, evaluation, worst: &worst, held, grid: &grid };
    // With other columns every line is another.
    let before = before.filter(|before| before.columns == grid);
    let mut sections: Vec<Section> = Vec::new();
    let mut drawn = DrawnLines::new();
    for (at, block) in form.blocks.iter().enumerate() {
        if block.heading.is_some() || sections.is_empty() {
            let heading = block.heading.as_ref().map(|heading| heading.replace("{unit}", form.unit_name()));
            sections.push(Section { heading, rows: Vec::new() });
        }
        let mut lines: Vec<Rc<SheetRow>> = Vec::new();
        for (line_at, line) in block.lines.iter().enumerate() {
            match line {
                Line::Cells { heading, cells } => {
                    let below = match block.lines.get(line_at.saturating_add(1)) {
                        Some(Line::Table(table)) if *heading => Some(*table),
                        Some(Line::Table(_) | Line::Cells { .. }) | None => None,
                    };
                    let views = grid.line(form, block, cells, below).into_iter().map(|(title, column_span)| CellView {
                        column_span,
                        row_span: 1,
                        content: match title {
                            Title::Own(LineContent::Label(text)) => Content::Label(text.replace("{unit}", form.unit_name())),
                            Title::Own(LineContent::Cell(at)) => Content::Field(Box::new(painter.fixed(*at))),
                            Title::Column(label) => Content::Label(label.to_owned()),
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
            let content = Content::Label(side.replace("{unit}", form.unit_name()));
            Rc::make_mut(line).cells.insert(0, CellView { column_span: grid.side(block), row_span, content });
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
        unit: form.unit_name().to_owned(),
        grid: grid.widths.clone(),
        sections,
        sign: form.sign.iter().map(|item| signature(&painter, item)).collect(),
        drawn,
        columns: grid,
    };
    if let Some(before) = before {
        reuse(&mut sheet, before);
    }
    sheet
}

fn signature(painter: &Painter<'_>, item: &SignItem) -> Signature {
    match item {
        SignItem::Words(words) => Signature { label: words.clone(), field: None },
        SignItem::Cell(at) => {
            let field = painter.fixed(*at);
            Signature { label: wording::before_blank(&field.label), field: Some(field) }
        }
    }
}

fn year(form: &Form, document: &Document) -> String {
    let text = form.role(Role::FiscalYear).map_or("", |at| document.fixed(at).text().trim());
    wording::year(text)
}

/// Keeps the old `Rc` of every other line that did not change.
fn reuse(sheet: &mut Sheet, before: &Sheet) {
    let own = |row: &&Rc<SheetRow>| row.row.is_none();
    let old: SortedMap<&str, &Rc<SheetRow>> =
        before.sections.iter().flat_map(|section| &section.rows).filter(own).map(|row| (row.key.as_str(), row)).into_map();
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

fn worst_severities(findings: &[Finding]) -> SortedMap<CellId, Severity> {
    let mut worst = SortedMap::new();
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
