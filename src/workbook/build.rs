use super::Workbook;
use super::look::Looks;
use super::table::{Table, table};
use crate::document::Document;
use crate::engine::Evaluation;
use crate::layout::layout;
use crate::template::Template;

/// The workbook of a document.
pub fn workbook(template: &Template, document: &Document, evaluation: &Evaluation) -> Workbook {
    let printed = layout(template, document, evaluation, None);
    let mut looks = Looks::default();
    let Table { sheet, .. } = table(template, document, &printed, &mut looks);
    Workbook { title: printed.title.clone(), sheets: alloc::vec![sheet], looks: looks.list }
}
