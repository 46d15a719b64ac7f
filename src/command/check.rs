//! `jixiao check`: documents in, findings or whole evaluations out, one document at a time.

use crate::input::{self, Text, Texts};
use crate::{Failure, Status};
use jixiao::document::{CellId, Document};
use jixiao::engine::{Evaluation, Standing};
use jixiao::evaluate;
use jixiao::export::Source;
use jixiao::finding::Severity;
use jixiao::io::json;
use jixiao::io::{ImportError, Imported};
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
    for file in if files.is_empty() { &standard_input } else { files } {
        run.file(file)?;
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
    fn file(&mut self, file: &str) -> Result<(), Failure> {
        let whole = Source { file, line: None };
        let name = shown(file);
        let mut texts = match Texts::open(file) {
            Ok(texts) => texts,
            Err(error) => return self.refuse(whole, "no-file", input::sentence(name, &error)),
        };
        let mut any = false;
        loop {
            if texts.may_wait() {
                self.out.flush()?;
            }
            match texts.next() {
                Ok(Some(text)) => self.text(file, &text)?,
                Ok(None) if any => return Ok(()),
                Ok(None) => return self.refuse(whole, "no-document", command::no_document(name)),
                Err(error) => return self.refuse(whole, "no-file", input::sentence(name, &error)),
            }
            any = true;
        }
    }

    fn text(&mut self, file: &str, text: &Text) -> Result<(), Failure> {
        let source = Source { file, line: text.line };
        match json::read_bytes(&text.bytes, self.library) {
            Ok(imported) => self.document(source, &imported),
            Err(error) => {
                let error = match (error, text.line) {
                    // The place in the file, not in the line.
                    (ImportError::NotJson { column, what, .. }, Some(line)) => ImportError::NotJson { line, column, what },
                    (error, _) => error,
                };
                self.refuse(source, error.code(), error.to_string())
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

/// A file as it is named in sentences.
pub fn shown(file: &str) -> &str {
    if file == "-" { command::standard_input() } else { file }
}

/// The form of a document with its own profile, or with the one that was asked for.
pub fn template(library: &Library, profile: Option<&Rc<Profile>>, document: &Document) -> Option<Template> {
    let template = document.template(library)?;
    Some(match profile {
        Some(profile) => Template { profile: profile.clone(), ..template },
        None => template,
    })
}
