//! The worksheets of a document.

use super::formulas::Formulas;
use super::look::Looks;
use super::table::table;
use super::{Workbook, annex, findings};
use crate::engine::Values;
use crate::paper::Given;

/// The workbook of a document.
pub fn workbook(given: Given<'_>) -> Workbook {
    let mut looks = Looks::default();
    let table = table(given.template, given.document, given.sheet, &mut looks);
    let held = table.held.clone();
    let values = Values::of(given.template, given.document, given.evaluation);
    let mut sheets = Formulas::of(given, &values, table).draw(&mut looks);
    sheets.push(findings::sheet(given, &held, &mut looks));
    sheets.push(annex::sheet(given, &held, &mut looks));
    Workbook { title: given.name(), sheets, looks: looks.list }
}
