//! The worksheets of a document.

use super::formulas::Formulas;
use super::look::Looks;
use super::table::table;
use super::{Workbook, annex, findings};
use crate::engine::Values;
use crate::paper::Given;
use crate::prelude::*;

/// The workbook of a document.
pub fn workbook(given: Given<'_>) -> Workbook {
    let mut looks = Looks::default();
    let table = table(given, &mut looks);
    let held = table.held.clone();
    let values = Values::of(given.template, given.document, given.evaluation);
    let mut sheets = Formulas::of(given, &values, table).draw(&mut looks);
    sheets.push(findings::sheet(given, &held, &mut looks));
    sheets.push(annex::sheet(given, &held, &mut looks));
    let title = if given.project().is_empty() { given.template.form.short.as_str() } else { given.project() };
    Workbook { title: title.to_owned(), sheets, looks: looks.list }
}
