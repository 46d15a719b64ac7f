//! Document: what a person typed, as text, for every cell, computed ones included.
//!
//! A number that stands in a computed cell is a *claim*: the engine compares it, it never overwrites it.

mod columns;
mod difference;
mod edit;
mod history;
pub mod passed;
mod unit;

pub use difference::{Difference, differences};
pub use edit::{Edit, apply, room};
pub use history::{History, Step};
pub use unit::{Conversion, converted};

pub use crate::id::{CellId, RowId};
use crate::id::{CellIndex, ColumnIndex, HasRowId, RowIndex, TableIndex};
use crate::number::{Magnitude, Reading, read};
use crate::prelude::*;
use crate::prose::{self, Prose};
use crate::template::{CellKind, Form, Library, TableDef, Template};
use core::cell::OnceCell;

/// A typed text together with how it reads. Blank cells cost one pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(Option<Rc<Entry>>);

#[derive(Debug)]
struct Entry {
    text: Box<str>,
    reading: Reading,
    /// What it says, read once and only where a check asks for it.
    prose: OnceCell<Prose>,
}

/// All else follows from the text.
impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.text == other.text
    }
}

impl Eq for Entry {}

impl Typed {
    pub fn new(text: &str) -> Typed {
        if text.is_empty() {
            return Typed(None);
        }
        Typed(Some(Rc::new(Entry { reading: read(text), text: text.into(), prose: OnceCell::new() })))
    }

    /// Exactly what was typed.
    pub fn text(&self) -> &str {
        self.0.as_ref().map_or("", |entry| &entry.text)
    }

    pub fn reading(&self) -> &Reading {
        self.0.as_ref().map_or(&Reading::Blank, |entry| &entry.reading)
    }

    /// What the text says. Read when first asked for; a cell that did not change is not read again.
    pub fn prose(&self) -> &Prose {
        const NOTHING: &Prose =
            &Prose { facts: Vec::new(), numbering: Vec::new(), slips: Vec::new(), blanks: 0, missing: Vec::new() };
        self.0.as_ref().map_or(NOTHING, |entry| entry.prose.get_or_init(|| prose::read(&entry.text)))
    }

    pub fn is_blank(&self) -> bool {
        matches!(self.reading(), Reading::Blank)
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub id: RowId,
    /// One for each column of the table.
    pub cells: Vec<Typed>,
    /// What a saved file held for this row and this version does not know: key and JSON text.
    pub extra: Extra,
}

impl HasRowId for Row {
    fn row_id(&self) -> RowId {
        self.id
    }
}

impl Row {
    pub fn cell(&self, column: ColumnIndex) -> &Typed {
        const BLANK: &Typed = &Typed(None);
        self.cells.get(usize::from(column)).unwrap_or(BLANK)
    }

    /// The cell of an optional column; blank where the form has no such column.
    pub fn cell_at(&self, column: Option<ColumnIndex>) -> &Typed {
        column.map_or(const { &Typed(None) }, |column| self.cell(column))
    }
}

/// Unknown parts of a saved file, kept as JSON text so that they survive a round trip.
pub type Extra = SortedMap<String, String>;

/// Everything typed into one form. Its cells and tables match the form it was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub form: String,
    pub form_version: u32,
    pub profile: String,
    /// 金额单位: what amounts without a unit are in.
    pub unit: Magnitude,
    /// Columns that the person chose to show or to hide, other than their form does of itself.
    pub columns: SortedMap<(TableIndex, ColumnIndex), bool>,
    pub cells: Vec<Typed>,
    pub tables: Vec<Vec<Rc<Row>>>,
    /// The id that the next new row gets.
    pub next_row: RowId,
    /// Where rows stand, by id. It follows from the rows.
    pub index: RowIndex,
    pub extra: Extra,
}

impl Document {
    /// An empty document of a form, with the rows its skeleton gives.
    pub fn blank(form: &Form) -> Document {
        let mut next_row = 1;
        let mut tables = Vec::new();
        for table in &form.tables {
            let mut rows = Vec::new();
            for texts in &table.skeleton {
                let cells = texts.iter().map(|text| Typed::new(text)).collect();
                rows.push(Rc::new(Row { id: next_row, cells, extra: Extra::new() }));
                next_row += 1;
            }
            tables.push(rows);
        }
        Document {
            form: form.id.clone(),
            form_version: form.version,
            profile: form.default_profile.clone(),
            unit: form.unit,
            columns: SortedMap::new(),
            cells: vec![Typed::default(); form.cells.len()],
            tables,
            next_row,
            index: RowIndex::default(),
            extra: Extra::new(),
        }
    }

    /// What it is filled in and scored by: its form, in its own unit and with the columns that it shows, and its profile, or where that is
    /// unknown the form's own.
    pub fn template(&self, library: &Library) -> Option<Template> {
        Some(self.fitted(library.template(&self.form, &self.profile)?))
    }

    /// A template of its form, in its own unit and with the columns that it shows. Whatever reads, computes, prints or writes takes both from
    /// the form, so nothing else has to know what a document chose.
    pub fn fitted(&self, template: Template) -> Template {
        let template = template.in_unit(self.unit);
        let columns = self.columns_to_change(&template.form);
        if columns.is_empty() { template } else { Template { form: Rc::new(template.form.showing(&columns)), ..template } }
    }

    /// Whether a template is the one for this document, but for its profile.
    pub fn fits(&self, template: &Template) -> bool {
        template.form.unit == self.unit && self.columns_to_change(&template.form).is_empty()
    }

    pub fn rows(&self, table: TableIndex) -> &[Rc<Row>] {
        self.tables.get(usize::from(table)).map_or(&[], Vec::as_slice)
    }

    pub fn row(&self, table: TableIndex, id: RowId) -> Option<&Rc<Row>> {
        self.rows(table).get(self.row_position(table, id)?)
    }

    /// Position of a row in its table, from 0.
    pub fn row_position(&self, table: TableIndex, id: RowId) -> Option<usize> {
        self.index.position(&self.tables, table, id)
    }

    pub fn typed(&self, cell: CellId) -> &Typed {
        const BLANK: &Typed = &Typed(None);
        match cell {
            CellId::Fixed(at) => self.cells.get(usize::from(at)).unwrap_or(BLANK),
            CellId::Row { table, row, column } => self.row(table, row).map_or(BLANK, |row| row.cell(column)),
        }
    }

    pub fn fixed(&self, at: CellIndex) -> &Typed {
        self.typed(CellId::Fixed(at))
    }

    /// Whether nothing was typed beyond what the form itself gives.
    pub fn is_untouched(&self, form: &Form) -> bool {
        // Asked with every key, so no blank document is built to compare with.
        let mut next: RowId = 1;
        let mut is_given = |row: &Row, texts: &Vec<String>| {
            let id = next;
            next = next.saturating_add(1);
            row.id == id && row.extra.is_empty() && row.cells.iter().map(Typed::text).eq(texts.iter().map(String::as_str))
        };
        self.cells.iter().all(|typed| typed.text().is_empty())
            && self.tables.len() == form.tables.len()
            && self.tables.iter().zip(&form.tables).all(|(rows, def)| {
                rows.len() == def.skeleton.len() && rows.iter().zip(&def.skeleton).all(|(row, texts)| is_given(row, texts))
            })
    }
}

impl CellId {
    /// The name of the cell in saved files and in the page: `funds.executed`, `indicators.3.score`.
    pub fn name(self, form: &Form) -> String {
        match self {
            CellId::Fixed(at) => form.cell(at).map(|cell| cell.id.clone()).unwrap_or_default(),
            CellId::Row { table, row, column } => {
                let def = form.table(table);
                let column = def.and_then(|table| table.column(column)).map_or("", |column| &column.id);
                format!("{}.{row}.{column}", def.map_or("", |table| &table.id))
            }
        }
    }

    /// The cell of a name, where the form has it.
    pub fn from_name(name: &str, form: &Form) -> Option<CellId> {
        if let Some(at) = form.cell_index(name) {
            return Some(CellId::Fixed(at));
        }
        let mut parts = name.split('.');
        let (table, row, column) = (parts.next()?, parts.next()?, parts.next()?);
        let table_index = form.table_index(table)?;
        let column = form.table(table_index)?.column_index(column)?;
        Some(CellId::Row { table: table_index, row: row.parse().ok()?, column })
    }

    /// What the cell holds.
    pub fn kind(self, form: &Form) -> CellKind {
        match self {
            CellId::Fixed(at) => form.cell(at).map_or(CellKind::Text, |cell| cell.kind),
            CellId::Row { table, column, .. } => {
                form.table(table).and_then(|table| table.column(column)).map_or(CellKind::Text, |column| column.kind)
            }
        }
    }
}

impl TableDef {
    /// What a row is called: its indicator or name, after its year where the table prints the year once for several rows.
    pub fn row_name(&self, row: &Row) -> String {
        let name = row.cell_at(self.at.indicator.or(self.at.name)).text().trim();
        let year = row.cell_at(self.at.year).text().trim();
        let grouped = self.at.year.and_then(|year| self.column(year)).is_some_and(|column| column.merge);
        match (name.is_empty(), grouped && !year.is_empty()) {
            (true, _) => year.to_owned(),
            // 2020年1、电子政务外网服务费 reads as a date.
            (false, true) => format!("{year}{}", crate::numbering::bare_name(name)),
            (false, false) => name.to_owned(),
        }
    }
}
