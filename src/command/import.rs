//! `jixiao import`: what stands in files as documents in the saved format, a line for each table.

use crate::guard::held;
use crate::input::{self, Item, Reader};
use crate::{Failure, Status};
use jixiao::export::found::{Beside, Table};
use jixiao::export::{Source, refused_line, table_line, unfit_line};
use jixiao::template::Library;
use jixiao::wording::io::command as wording;
use std::io::Write;

/// Prints every table of every file, in order.
pub fn run(library: &Library, files: &[String], out: &mut dyn Write) -> Result<Status, Failure> {
    let reader = Reader::new(library);
    let mut status = Status::Good;
    for file in files {
        let mut items = reader.open(file);
        loop {
            if items.may_wait() {
                out.flush()?;
            }
            let Some(item) = items.next() else { break };
            let lines =
                held(|| lines(library, file, &item)).unwrap_or_else(|place| lines(library, file, &input::fault(None, &place)));
            for (good, line) in lines {
                status = status.max(if good { Status::Good } else { Status::Unreadable });
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(status)
}

/// The lines for one thing of a file, each with whether it could be read.
fn lines(library: &Library, file: &str, item: &Item) -> Vec<(bool, String)> {
    let source = |line: Option<usize>| Source { file, line };
    match item {
        Item::Refused { line, code, why } => vec![(false, refused_line(source(*line), code, why.clone()))],
        Item::Document { line, imported } => {
            let document = &imported.document;
            let notices = imported.notices.iter().map(ToString::to_string).collect();
            let form = library.form(&document.form);
            let table = form.as_ref().map(|form| Table::of_document(document, form, notices));
            table.map(|table| (true, table_line(source(*line), &table, &Beside::default()))).into_iter().collect()
        }
        Item::Tables(tables) => {
            let (blocks, recognised) = tables.as_ref();
            let mut beside = Beside::new(recognised, blocks);
            let mut lines = Vec::new();
            for found in &recognised.tables {
                let Some(form) = library.form(&found.form) else { continue };
                let table = Table::new(found, &form, blocks);
                lines.push((true, table_line(source(None), &table, &std::mem::take(&mut beside))));
            }
            if lines.is_empty() {
                lines.push((false, unfit_line(source(None), wording::no_table(input::shown(file)), &beside)));
            }
            lines
        }
    }
}
