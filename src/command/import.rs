//! `jixiao import`: what stands in files as documents in the saved format, a line for each table.

use crate::guard::held;
use crate::input::{self, Item, Reader, Refused};
use crate::walk::{Visitor, walk};
use crate::{Failure, Status};
use jixiao::export::found::{Beside, Table};
use jixiao::export::{Source, disclosure_line, refused_line, table_line, unfit_line};
use jixiao::template::Library;
use jixiao::wording::io::command as wording;
use std::ffi::OsString;
use std::io::Write;

/// Prints every table of every file, in order.
pub fn run(library: &Library, files: &[OsString], recursive: bool, out: &mut dyn Write) -> Result<Status, Failure> {
    let mut import = Import { library, out, met: false, status: Status::Good };
    walk(&Reader::new(library), files, recursive, &mut import)?;
    Ok(import.status)
}

struct Import<'a> {
    library: &'a Library,
    out: &'a mut dyn Write,
    met: bool,
    status: Status,
}

impl Visitor for Import<'_> {
    fn wait(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }

    fn file(&mut self, met: bool) {
        self.met = met;
    }

    fn item(&mut self, file: &str, item: Item) -> Result<(), Failure> {
        let lines = held(|| lines(self.library, file, &item));
        let (fit, lines) =
            lines.unwrap_or_else(|place| (Fit::Unreadable, vec![line_of_refused(file, &Refused::fault(None, &place))]));
        match fit {
            Fit::Tables => {}
            // Whoever names a file expects a table in it; a folder may hold others.
            Fit::NoTable if self.met => {}
            Fit::NoTable | Fit::Unreadable => self.status = Status::Unreadable,
        }
        for line in lines {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }
}

enum Fit {
    Tables,
    NoTable,
    Unreadable,
}

/// The lines for one thing of a file.
fn lines(library: &Library, file: &str, item: &Item) -> (Fit, Vec<String>) {
    match item {
        Item::Refused(refused) => (Fit::Unreadable, vec![line_of_refused(file, refused)]),
        Item::Document { line, imported } => {
            let document = &imported.document;
            let notices = imported.notices.iter().map(ToString::to_string).collect();
            let form = library.form(&document.form);
            let table = form.as_ref().map(|form| Table::of_document(document, form, notices));
            let line = table.map(|table| table_line(Source { file, line: *line }, &table, &Beside::default()));
            (Fit::Tables, line.into_iter().collect())
        }
        Item::Tables(tables) => {
            let (blocks, recognised) = tables.as_ref();
            let source = Source { file, line: None };
            let mut beside = Beside::new(recognised, blocks);
            let mut lines = Vec::new();
            for found in &recognised.tables {
                let Some(form) = library.form(&found.form) else { continue };
                lines.push(table_line(source, &Table::new(found, &form, blocks), &std::mem::take(&mut beside)));
            }
            // A whole document has a line of its own.
            if let Some(whole) = jixiao::disclosure::check(blocks) {
                lines.push(disclosure_line(source, blocks, &whole));
            }
            if lines.is_empty() {
                let why = wording::no_table(input::shown(file));
                return (Fit::NoTable, vec![unfit_line(source, why, &beside)]);
            }
            (Fit::Tables, lines)
        }
    }
}

fn line_of_refused(file: &str, refused: &Refused) -> String {
    refused_line(Source { file, line: refused.line }, refused.code, refused.why.clone())
}
