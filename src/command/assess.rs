//! What is said of one table: its findings for people, or everything that follows from it for programs.

use crate::input::{shown, template};
use jixiao::block::Blocks;
use jixiao::document::{CellId, Document};
use jixiao::engine::{Evaluation, Standing};
use jixiao::evaluate;
use jixiao::export::found::{Beside, Table};
use jixiao::export::{self, Source};
use jixiao::finding::{Code, Facts, Finding, Severity};
use jixiao::io::Imported;
use jixiao::layout::layout;
use jixiao::paper;
use jixiao::recognise::{Found, FoundNotice, excuse as excuse_blank};
use jixiao::template::{Form, Library, Profile, Role, Template};
use jixiao::wording::io::{check, command};
use jixiao::wording::{self, paper as words, recognise};
use std::rc::Rc;

/// A table that is to be checked.
pub enum Subject<'a> {
    /// A document in the saved format.
    Saved(&'a Imported),
    /// A table that was recognised in a file; `beside` is what else the file holds, which its first table says.
    Found { found: &'a Found, blocks: &'a Blocks, beside: &'a Beside<'a>, is_first: bool },
}

/// What was found out of a table.
pub struct Assessed {
    /// What is printed, with the end of its last line.
    pub text: String,
    pub counts: check::Counts,
    pub standing: Standing,
}

impl Subject<'_> {
    fn document(&self) -> &Document {
        match self {
            Subject::Saved(imported) => &imported.document,
            Subject::Found { found, .. } => &found.document,
        }
    }

    /// Where in its file that stands which a finding speaks of.
    fn source(&self, finding: &Finding) -> Option<String> {
        match self {
            Subject::Saved(_) => None,
            Subject::Found { found, blocks, .. } => recognise::finding_source(blocks, found, finding),
        }
    }

    /// What to know about it besides its findings, a line each.
    fn remarks(&self) -> Vec<String> {
        let noticed = |sentence: String| check::noticed(&sentence);
        match self {
            Subject::Saved(imported) => imported.notices.iter().map(|notice| noticed(notice.to_string())).collect(),
            Subject::Found { found, blocks, is_first, .. } => {
                let of_file = blocks.notices.iter().filter(|_| *is_first).map(wording::block_notice);
                let of_table = found.notices.iter().map(|notice| recognise::found_notice(notice, blocks));
                let questions = found.questions.iter().map(|question| check::question(question, blocks));
                let unread = check::not_understood(&found.unrecognised, blocks);
                of_file.chain(of_table).map(noticed).chain(questions).chain(unread).collect()
            }
        }
    }
}

/// Checks a table, under its own profile or another one.
///
/// # Errors
/// The id of its profile, where there is no such profile.
pub fn assess(
    library: &Library,
    profile: Option<&Rc<Profile>>,
    subject: &Subject<'_>,
    source: Source<'_>,
    json: bool,
    code: bool,
) -> Result<Assessed, String> {
    let document = subject.document();
    let template = template(library, profile, document).ok_or_else(|| document.profile.clone())?;
    let mut evaluation = evaluate(&template, document);
    if let Subject::Found { found, .. } = subject {
        excuse(found, &template.form, &mut evaluation);
    }
    let mut text = match (json, subject) {
        (false, _) => for_people(library, &template, subject, source, &evaluation, code),
        (true, Subject::Saved(imported)) => export::evaluated_line(source, &template, imported, &evaluation),
        (true, Subject::Found { found, blocks, beside, .. }) => {
            let table = Table::new(found, &template.form, blocks);
            let place = |finding: &Finding| subject.source(finding);
            export::checked_line(source, &table, beside, &template, document, &evaluation, place)
        }
    };
    text.push('\n');
    Ok(Assessed { text, counts: check::Counts::of(&evaluation.findings), standing: evaluation.progress.standing() })
}

/// A cell that the file prints no word for was not left blank by anybody, so that it is no error. What looks like 元 under 万元 is no error of a table that states no unit. A reason for lost points is missed, but it is no error of the table, where the table prints no column for it; and nothing is missing
/// where its text may be among those that were not understood.
fn excuse(found: &Found, form: &Form, evaluation: &mut Evaluation) {
    let doubtful = found.doubtful(form);
    excuse_blank(&mut evaluation.findings, |cell| doubtful.contains(&cell));
    if found.notices.iter().any(|notice| matches!(notice, FoundNotice::NoUnit(_))) {
        for finding in evaluation.findings.iter_mut().filter(|finding| matches!(finding.facts, Facts::UnitTooLarge { .. })) {
            finding.severity = finding.severity.max(Severity::Warning);
        }
    }
    for finding in evaluation.findings.iter_mut().filter(|finding| finding.code == Code::L18) {
        if matches!(finding.at.first(), Some(CellId::Fixed(at)) if found.unprinted.contains(at)) {
            finding.severity = finding.severity.max(Severity::Warning);
        }
    }
    for finding in evaluation.findings.iter_mut().filter(|finding| finding.code == Code::L01) {
        let column = match finding.at.first() {
            Some(CellId::Row { table, column, .. }) => Some((*table, *column)),
            Some(_) | None => None,
        };
        if column.is_some_and(|column| found.untitled.contains(&column)) {
            finding.severity = finding.severity.max(Severity::Warning);
        }
    }
    evaluation.findings.sort_by_key(|finding| (finding.severity, finding.code));
}

/// The findings as a person reads them.
fn for_people(
    library: &Library,
    template: &Template,
    subject: &Subject<'_>,
    source: Source<'_>,
    evaluation: &Evaluation,
    code: bool,
) -> String {
    let (form, document) = (&template.form, subject.document());
    let project = form.role(Role::ProjectName).map_or("", |at| document.fixed(at).text());
    let table = match subject {
        Subject::Saved(_) => String::new(),
        Subject::Found { found, blocks, .. } => recognise::table_place(blocks, found),
    };
    let source = command::source(shown(source.file), source.line, &table);
    let headline = check::headline(&source, project, form, &template.profile, evaluation);
    let findings = evaluation.findings.iter().map(|finding| {
        let place = finding.at.first().map(|cell| wording::place(*cell, form, document)).unwrap_or_default();
        let text = wording::finding(finding, template, document);
        check::finding(finding, &place, subject.source(finding).as_deref(), &text)
    });
    let own = || words::code(&paper::code(template, evaluation, &layout(template, document, evaluation, None)));
    let stated = match subject {
        Subject::Saved(_) => None,
        Subject::Found { found, blocks, .. } => paper::stated(found, blocks),
    };
    let compared = stated.map(|stated| check::noticed(words::code_agrees(paper::agrees(library, document, &stated))));
    let code = code.then(own).into_iter().chain(compared);
    let lines: Vec<String> = [headline].into_iter().chain(code).chain(subject.remarks()).chain(findings).collect();
    lines.join("\n")
}
