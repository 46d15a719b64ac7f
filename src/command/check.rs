//! `jixiao check`: files in, findings or whole evaluations out, one table at a time.

use crate::input::{Item, Reader, shown, template};
use crate::{Failure, Status};
use jixiao::document::CellId;
use jixiao::engine::{Evaluation, Standing};
use jixiao::evaluate;
use jixiao::export::Source;
use jixiao::finding::Severity;
use jixiao::io::Imported;
use jixiao::template::{Library, Profile, Role, Template};
use jixiao::wording::{self, io::command};
use std::io::Write;
use std::rc::Rc;

/// Checks every document of every file, in order.
pub fn run(
    library: &Library,
    profile: Option<Rc<Profile>>,
    files: &[String],
    json: bool,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let mut run = Run { library, profile, json, out, status: Status::Good, documents: 0, wrong: 0, open: 0, refused: 0 };
    let standard_input = ["-".to_owned()];
    let reader = Reader::new(library);
    for file in if files.is_empty() { &standard_input } else { files } {
        run.file(&reader, file)?;
    }
    if !json && run.documents + run.refused > 1 {
        writeln!(run.out, "{}", command::summary(run.documents, run.wrong, run.open, run.refused))?;
    }
    Ok(run.status)
}
struct Run<'a> {
    library: &'a Library,
    profile: Option<Rc<Profile>>,
    json: bool,
    out: &'a mut dyn Write,
    status: Status,
    documents: usize,
    wrong: usize,
    /// Without an error, but not filled in completely.
    open: usize,
    refused: usize,
}

impl Run<'_> {
    fn file(&mut self, reader: &Reader<'_>, file: &str) -> Result<(), Failure> {
        let mut items = reader.open(file);
        loop {
            if items.may_wait() {
                self.out.flush()?;
            }
            match items.next() {
                None => return Ok(()),
                Some(Item::Document { line, imported }) => self.document(Source { file, line }, &imported)?,
                Some(Item::Refused { line, code, why }) => self.refuse(Source { file, line }, code, why)?,
                Some(Item::Tables(tables)) => {
                    for found in tables.1.tables {
                        let imported = Imported { document: found.document, notices: Vec::new() };
                        self.document(Source { file, line: None }, &imported)?;
                    }
                }
            }
        }
    }

    fn document(&mut self, source: Source<'_>, imported: &Imported) -> Result<(), Failure> {
        let document = &imported.document;
        let Some(template) = template(self.library, self.profile.as_ref(), document) else {
            return self.refuse(source, "unknown-profile", command::unknown_profile(&document.profile));
        };
        let evaluation = evaluate(&template, document);
        self.documents += 1;
        if evaluation.findings.iter().any(|finding| finding.severity == Severity::Error) {
            self.wrong += 1;
            self.status = self.status.max(Status::Findings);
        } else if evaluation.progress.standing() != Standing::Complete {
            self.open += 1;
        }
        if self.json {
            writeln!(self.out, "{}", jixiao::export::evaluated_line(source, &template, imported, &evaluation))?;
            return Ok(());
        }
        self.print(source, &template, imported, &evaluation)
    }

    /// The findings as a person reads them.
    fn print(
        &mut self,
        source: Source<'_>,
        template: &Template,
        imported: &Imported,
        evaluation: &Evaluation,
    ) -> Result<(), Failure> {
        let (form, document) = (&template.form, &imported.document);
        let project = form.role(Role::ProjectName).map_or("", |at| document.fixed(at).text());
        let source = command::source(shown(source.file), source.line);
        writeln!(self.out, "{}", command::headline(&source, project, form, &template.profile, evaluation))?;
        for notice in &imported.notices {
            writeln!(self.out, "{}", command::noticed(&notice.to_string()))?;
        }
        for finding in &evaluation.findings {
            let place = finding.at.first().map(|cell: &CellId| wording::place(*cell, form, document)).unwrap_or_default();
            let text = wording::finding(finding, template, document);
            writeln!(self.out, "{}", command::finding(finding, &place, &text))?;
        }
        Ok(())
    }

    fn refuse(&mut self, source: Source<'_>, code: &'static str, why: String) -> Result<(), Failure> {
        self.refused += 1;
        self.status = Status::Unreadable;
        if self.json {
            writeln!(self.out, "{}", jixiao::export::refused_line(source, code, why))?;
        } else {
            let source = command::source(shown(source.file), source.line);
            writeln!(self.out, "{}", command::refused(&source, &why))?;
        }
        Ok(())
    }
}
