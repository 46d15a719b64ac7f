//! The worksheets of a document.

use super::formulas::Formulas;
use super::look::Looks;
use super::table::table;
use super::{Workbook, annex, findings};
use crate::engine::Values;
use crate::paper::{About, Given, Listed, Parts};
use crate::prelude::*;
use crate::wording::paper::FINDINGS;

/// The workbook of a document, with all that it may hold.
pub fn workbook(given: Given<'_>) -> Workbook {
    workbook_of(given, Parts::ALL)
}

/// Some parts of it: the table with its formulas, the findings, the working. A report is no worksheet.
pub fn workbook_of(given: Given<'_>, parts: Parts) -> Workbook {
    let mut looks = Looks::default();
    let table = table(given, parts.code, &mut looks);
    // Without the table, nothing leads to its cells.
    let held = if parts.table { table.held.clone() } else { SortedMap::new() };
    let values = Values::of(given.template, given.document, given.evaluation);
    let mut sheets = if parts.table { Formulas::of(given, &values, table).draw(&mut looks) } else { Vec::new() };
    if parts.findings {
        sheets.push(findings::sheet(given, &held, &mut looks));
    }
    if parts.annex {
        sheets.push(annex::sheet(given, &held, &mut looks));
    }
    let title = if given.project().is_empty() { given.template.form.short.as_str() } else { given.project() };
    Workbook { title: title.to_owned(), sheets, looks: looks.list }
}

/// 核对结果 of many projects as one worksheet, a row for each finding.
pub fn list(projects: &[(About, Vec<Listed>)]) -> Workbook {
    let mut looks = Looks::default();
    let sheets = vec![findings::list_of_many(projects, &mut looks)];
    Workbook { title: FINDINGS.to_owned(), sheets, looks: looks.list }
}
