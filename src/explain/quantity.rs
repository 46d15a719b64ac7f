//! Target and actual values as they stand in an explanation.

use crate::document::{CellId, Document, Row};
use crate::number::{Magnitude, Quantity, Reading, Unit};
use crate::prelude::*;
use crate::template::{ColumnIndex, Form, TableDef};
use crate::wording;

/// A value as it was typed. What is counted goes without its word, unless the value it is held against has another one: 30分钟 beside 1小时.
pub(super) fn quantity_text(form: &Form, document: &Document, cell: CellId, quantity: &Quantity) -> String {
    let unit = beside_another(form, document, cell).unwrap_or_else(|| match &quantity.unit {
        Unit::Other { magnitude: Magnitude(0), .. } => String::new(),
        Unit::Other { magnitude, .. } => wording::unit(&Unit::Other { magnitude: *magnitude, name: Box::default() }),
        unit @ (Unit::None | Unit::Percent | Unit::Money(_)) => wording::unit(unit),
    });
    format!("{}{unit}", quantity.number)
}

/// The unit of a target or an actual value, where the other of the two has another one.
fn beside_another(form: &Form, document: &Document, cell: CellId) -> Option<String> {
    let CellId::Row { table, row, column } = cell else { return None };
    let (def, row) = (form.table(table)?, document.row(table, row)?);
    let (target, actual) = (def.at.target?, def.at.actual?);
    let own = unit_of(def, row, column);
    let other = unit_of(def, row, if column == target { actual } else { target });
    (own != other && !own.is_empty() && !other.is_empty()).then_some(own)
}

/// The unit of a value as it was typed, or as its row says it in a column of its own.
fn unit_of(def: &TableDef, row: &Row, column: ColumnIndex) -> String {
    let unit = match row.cell(column).reading() {
        Reading::Quantity(quantity) | Reading::Range { high: quantity, .. } => wording::unit(&quantity.unit),
        Reading::Blank | Reading::NotApplicable | Reading::Date(_) | Reading::Words => return String::new(),
    };
    let own = def.at.unit.filter(|_| unit.is_empty() && def.at.target == Some(column));
    own.map_or(unit, |own| row.cell(own).text().trim().to_owned())
}
