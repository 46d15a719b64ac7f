//! What a person chooses for the table as a whole: the unit of its amounts, and the columns that it shows. Each choice is a step of its own.

use super::{Entry, Message, Offer};
use crate::page::text;
use jixiao::document::{Conversion, Edit};
use jixiao::number::Magnitude;
use jixiao::template::{ColumnChoice, ColumnIndex, TableIndex};

/// A column that a document may show or hide, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub table: TableIndex,
    pub column: ColumnIndex,
    pub label: String,
    pub shown: bool,
    /// It holds text, so it can't be hidden.
    pub used: bool,
}

/// The table in another unit: the edit, and what has to be said of its amounts. `None` where it is in that unit already.
pub fn unit_change(entry: &Entry, unit: Magnitude, convert: bool) -> Option<(Edit, Message)> {
    let from = entry.document().unit;
    if unit == from {
        return None;
    }
    let conversion = Conversion::new(entry.document(), &entry.template.form, unit);
    let (edit, (title, lines)) = if convert {
        (Edit::Convert(unit), text::unit_converted(from, unit, &conversion))
    } else {
        (Edit::Relabel(unit), text::unit_relabelled(from, unit, &conversion))
    };
    let serious = convert && !conversion.left.is_empty();
    Some((edit, Message { serious, title, lines, offer: Some(Offer::Undo) }))
}

impl Entry {
    /// The columns that may be shown or hidden, in the order of the form.
    pub fn column_choices(&self) -> Vec<Choice> {
        let mut choices = Vec::new();
        for (table, def) in (0..).zip(&self.template.form.tables) {
            for (column, def) in (0..).zip(&def.columns).filter(|(_, def)| def.choice != ColumnChoice::Fixed) {
                let (shown, used) = (!def.hidden, self.document().holds_text(table, column));
                choices.push(Choice { table, column, label: def.label.clone(), shown, used });
            }
        }
        choices
    }
}
