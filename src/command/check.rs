//! `jixiao check`: documents in, findings or whole evaluations out, one document at a time.

use crate::input::{self, Text, Texts};
use crate::{Failure, Status};
use jixiao::document::{CellId, Document};
use jixiao::engine::{Evaluation, evaluate};
use jixiao::finding::Severity;
use jixiao::io::{Imported, json};
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
    let mut run = Run { library, profile, json, out, status: Status::Good, documents: 0, wrong: 0, refused: 0 };
    let standard_input = ["-".to_owned()];
    for file in if files.is_empty() { &standard_input } else { files } {
        run.file(file)?;
    }
    if !json && run.documents + run.refused > 1 {
        writeln!(run.out, "{}", command::summary(run.documents, run.wrong, run.refused))?;
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
    refused: usize,
}

impl Run<'_> {
    fn file(&mut self, name: &str) -> Result<(), Failure> {
        let shown = if name == "-" { command::standard_input() } else { name };
        let mut texts = match Texts::open(name) {
            Ok(texts) => texts,
            Err(error) => return self.refuse(shown, "no-file", input::sentence(shown, &error)),
        };
        let mut any = false;
        loop {
            if texts.may_wait() {
                self.out.flush()?;
            }
            match texts.next() {
                Ok(Some(text)) => self.text(shown, &text)?,
                Ok(None) if any => return Ok(()),
                Ok(None) => return self.refuse(shown, "no-document", command::no_document(shown)),
                Err(error) => return self.refuse(shown, "no-file", input::sentence(shown, &error)),
            }
            any = true;
        }
    }

    fn text(&mut self, name: &str, text: &Text) -> Result<(), Failure> {
        let source = command::source(name, text.line);
        match json::read_bytes(&text.bytes, self.library) {
            Ok(imported) => self.document(&source, &imported),
            Err(error) => self.refuse(&source, error.code(), error.to_string()),
        }
    }

    fn document(&mut self, source: &str, imported: &Imported) -> Result<(), Failure> {
        let document = &imported.document;
        let Some(template) = template(self.library, self.profile.as_ref(), document) else {
            return self.refuse(source, "unknown-profile", command::unknown_profile(&document.profile));
        };
        let evaluation = evaluate(&template, document);
        self.documents += 1;
        if evaluation.findings.iter().any(|finding| finding.severity == Severity::Error) {
            self.wrong += 1;
            self.status = self.status.max(Status::Findings);
        }
        if self.json {
            writeln!(self.out, "{}", json::evaluated_line(source, &template, imported, &evaluation))?;
            return Ok(());
        }
        self.print(source, &template, imported, &evaluation)
    }

    /// The findings as a person reads them.
    fn print(&mut self, source: &str, template: &Template, imported: &Imported, evaluation: &Evaluation) -> Result<(), Failure> {
        let (form, document) = (&template.form, &imported.document);
        let project = form.role(Role::ProjectName).map_or("", |at| document.fixed(at).text());
        writeln!(self.out, "{}", command::headline(source, project, form, &template.profile, &evaluation.findings))?;
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

    fn refuse(&mut self, source: &str, code: &'static str, why: String) -> Result<(), Failure> {
        self.refused += 1;
        self.status = Status::Unreadable;
        if self.json {
            writeln!(self.out, "{}", json::refused_line(source, code, why))?;
        } else {
            writeln!(self.out, "{}", command::refused(source, &why))?;
        }
        Ok(())
    }
}

/// The form of a document with its own profile, or with the one that was asked for.
pub fn template(library: &Library, profile: Option<&Rc<Profile>>, document: &Document) -> Option<Template> {
    let template = library.template(&document.form, &document.profile)?;
    Some(match profile {
        Some(profile) => Template { profile: profile.clone(), ..template },
        None => template,
    })
}
