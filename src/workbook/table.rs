//! 自评表: the printed sheet, cell by cell where page and print have it.

use super::draw::{Drawing, Drawn};
use super::look::{self, Looks};
use super::number;
use super::places::{Held, Holds};
use super::{Across, At, Content, Look, Sheets, Worksheet};
use crate::document::Document;
use crate::engine::{Outcome, typed_value};
use crate::id::CellId;
use crate::layout::{self, CellView, Field, Geometry, Sheet, SheetRow};
use crate::paper::Given;
use crate::prelude::*;
use crate::template::{CellKind, Form};
use crate::wording::workbook as words;

/// The worksheet of the printed sheet, and where its cells lie.
pub(super) struct Table {
    pub(super) sheet: Worksheet,
    /// What every cell that a person may fill holds, merged ones included.
    pub(super) held: SortedMap<CellId, Held>,
    /// Which of the worksheet's cells it is.
    pub(super) drawn: SortedMap<CellId, usize>,
}

pub(super) fn table(given: Given<'_>, with_code: bool, looks: &mut Looks) -> Table {
    let Given { document, sheet: printed, .. } = given;
    let drawing = Drawing::new(words::TABLE, &printed.widths(given.landscape), given.landscape, looks);
    let mut printing =
        Printing { document, form: &given.template.form, drawing, held: SortedMap::new(), drawn: SortedMap::new() };
    printing.drawing.across(Drawn::text(&printed.title, look::title()));
    if !printed.year.is_empty() {
        printing.drawing.across(Drawn::text(&printed.year, look::outside(Across::Center)));
    }
    printing.drawing.across(Drawn::text(&words::unit(&printed.unit), look::outside(Across::Right)));
    printing.sections(printed);
    printing.signatures(printed);
    if with_code {
        printing.drawing.across(Drawn::text(&given.code(), look::outside(Across::Left)));
    }
    printing.drawing.grow();
    Table { sheet: printing.drawing.sheet, held: printing.held, drawn: printing.drawn }
}

struct Printing<'a> {
    document: &'a Document,
    form: &'a Form,
    drawing: Drawing<'a>,
    held: SortedMap<CellId, Held>,
    drawn: SortedMap<CellId, usize>,
}

impl Printing<'_> {
    fn sections(&mut self, printed: &Sheet) {
        let geometry = Geometry::of(printed);
        let mut places = geometry.places().iter().peekable();
        let mut line = 0_usize;
        // The longest run of lines below column titles: its titles repeat.
        let (mut head, mut body, mut longest) = (None, 0_usize, 0_usize);
        for section in &printed.sections {
            if let Some(heading) = &section.heading {
                self.drawing.across(Drawn::text(heading, Look { bold: true, ..look::outside(Across::Left) }));
                head = None;
            }
            for row in &section.rows {
                let at = self.drawing.begin();
                if row.heading {
                    (head, body) = (Some(at), 0);
                } else {
                    body = body.saturating_add(1);
                    if let Some(head) = head.filter(|_| body > longest) {
                        longest = body;
                        self.drawing.sheet.page.repeat = Some((head, head));
                    }
                }
                for view in &row.cells {
                    let Some(place) = places.next_if(|place| place.line == line) else { continue };
                    self.cell(at, view, (place.column, place.columns, place.lines), row);
                }
                line = line.saturating_add(1);
            }
        }
    }

    fn cell(&mut self, row: u32, view: &CellView, (column, columns, rows): (usize, usize, usize), line: &SheetRow) {
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        let (content, look) = match &view.content {
            layout::Content::Label(text) => {
                (Content::Text(text.clone()), Look { bold: line.heading && rows == 1, ..look::label() })
            }
            layout::Content::Field(field) => {
                let (content, look, holds) = self.field(field);
                self.hold(field, At { sheet: Sheets::Table, row, column }, holds);
                (content, look)
            }
        };
        let (rows, columns) = (u32::try_from(rows).unwrap_or(u32::MAX), u16::try_from(columns).unwrap_or(u16::MAX));
        self.drawing.put(row, (column, columns), rows, Drawn { content, look, link: None });
    }

    fn hold(&mut self, field: &Field, at: At, holds: Holds) {
        for id in core::iter::once(field.id).chain(field.merged.iter().copied()) {
            self.held.insert(id, Held { at, holds });
            self.drawn.insert(id, self.drawing.sheet.cells.len());
        }
    }

    /// What was typed, as a number where it is one; else what is shown.
    fn field(&self, field: &Field) -> (Content, Look, Holds) {
        let typed = self.document.typed(field.id);
        let numeric = is_numeric(field.kind);
        if typed.is_blank() {
            return match number::plain(&field.shown).filter(|_| numeric) {
                // A number that was not typed is a computed one.
                Some(shown) => {
                    (Content::Number(shown.number.to_string()), number_look(field.kind, &shown.format), Holds::Formula)
                }
                None => {
                    let holds = if field.shown.is_empty() { Holds::Blank } else { Holds::Text };
                    (Content::Text(field.shown.clone()), text_look(field), holds)
                }
            };
        }
        // A number that has no place here, such as a percentage among amounts, counts in no sum: a spreadsheet would add it up.
        let counts = field.kind == CellKind::Value
            || !matches!(typed_value(self.form, field.kind, typed, field.id), Outcome::Undefined(_));
        match number::typed(typed.text(), typed.reading()).filter(|_| numeric && counts) {
            Some(shown) => {
                let holds = Holds::Number { number: shown.number, percent: shown.percent };
                (Content::Number(shown.number.to_string()), number_look(field.kind, &shown.format), holds)
            }
            None => (Content::Text(field.typed.clone()), text_look(field), Holds::Text),
        }
    }

    fn signatures(&mut self, printed: &Sheet) {
        let part = |part: &layout::Signature| {
            let typed = part.field.as_ref().map_or("", |field| field.shown.as_str());
            format!("{}{typed}", part.label)
        };
        let parts: Vec<String> = printed.sign.iter().map(part).collect();
        let row = self.drawing.next_row();
        for field in printed.sign.iter().filter_map(|part| part.field.as_ref()) {
            self.hold(field, At { sheet: Sheets::Table, row, column: 0 }, Holds::Text);
        }
        if !parts.is_empty() {
            self.drawing.across(Drawn::text(&parts.join(words::BETWEEN_SIGNATURES), look::outside(Across::Left)));
        }
    }
}

fn text_look(field: &Field) -> Look {
    Look { across: across(field.kind), indent: field.depth, ..look::text() }
}

pub(super) fn number_look(kind: CellKind, format: &str) -> Look {
    let across = if kind == CellKind::Value { Across::Center } else { Across::Right };
    Look { across, ..look::number(format) }
}

fn is_numeric(kind: CellKind) -> bool {
    match kind {
        CellKind::Amount | CellKind::Price | CellKind::Count | CellKind::Percent | CellKind::Points | CellKind::Value => true,
        CellKind::Text | CellKind::Prose | CellKind::Year | CellKind::Date | CellKind::Grade | CellKind::Choice => false,
    }
}

fn across(kind: CellKind) -> Across {
    match kind {
        CellKind::Text | CellKind::Prose => Across::Left,
        CellKind::Amount | CellKind::Price | CellKind::Count | CellKind::Percent | CellKind::Points => Across::Right,
        CellKind::Value | CellKind::Year | CellKind::Date | CellKind::Grade | CellKind::Choice => Across::Center,
    }
}
