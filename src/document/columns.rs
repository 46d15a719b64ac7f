//! Which columns of its form a document shows (显示的列).

use super::Document;
use crate::prelude::*;
use crate::template::{ColumnChoice, ColumnDef, ColumnIndex, Form, TableIndex};

impl Document {
    /// Whether a column is printed: what holds text always is, whatever was chosen, so that nothing typed is out of sight.
    pub fn shows(&self, table: TableIndex, column: ColumnIndex, def: &ColumnDef) -> bool {
        let usual = match def.choice {
            ColumnChoice::Fixed => return !def.hidden,
            ColumnChoice::WhenUsed => false,
            ColumnChoice::MayHide => true,
        };
        self.columns.get(&(table, column)).copied().unwrap_or(usual) || self.holds_text(table, column)
    }

    /// Whether any row holds text in a column.
    pub fn holds_text(&self, table: TableIndex, column: ColumnIndex) -> bool {
        self.rows(table).iter().any(|row| !row.cell(column).text().is_empty())
    }

    /// The columns that a form shows otherwise than this document wants them.
    pub fn columns_to_change(&self, form: &Form) -> Vec<(TableIndex, ColumnIndex, bool)> {
        let mut changes = Vec::new();
        for (table, def) in (0..).zip(&form.tables) {
            for (column, def) in (0..).zip(&def.columns).filter(|(_, def)| def.choice != ColumnChoice::Fixed) {
                let shown = self.shows(table, column, def);
                if shown == def.hidden {
                    changes.push((table, column, shown));
                }
            }
        }
        changes
    }

    pub(super) fn show_column(&mut self, form: &Form, table: TableIndex, column: ColumnIndex, shown: bool) {
        let def = form.table(table).and_then(|def| def.column(column));
        let usual = match def.map(|def| def.choice) {
            Some(ColumnChoice::WhenUsed) => false,
            Some(ColumnChoice::MayHide) => true,
            Some(ColumnChoice::Fixed) | None => return,
        };
        if shown == usual {
            self.columns.remove(&(table, column));
        } else {
            self.columns.insert((table, column), shown);
        }
    }
}
