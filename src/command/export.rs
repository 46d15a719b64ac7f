//! `jixiao export`: tables out of any files, as Excel, Word, web page, separated values or text.

use crate::arguments::{Format, Giving};
use crate::date::today;
use crate::guard::held;
use crate::input::{Item, Reader, Refused, shown, template};
use crate::walk::{Visitor, walk};
use crate::{Failure, Status, say};
use jixiao::document::Document;
use jixiao::export::file_name;
use jixiao::finding::Finding;
use jixiao::layout::layout;
use jixiao::paper::csv::{self, Separator};
use jixiao::paper::{About, Given, Listed, Pages, Paper, Parts, html, listed, many, paper, sheet, text};
use jixiao::template::{Library, Profile, Role};
use jixiao::wording::io::command as wording;
use jixiao::wording::{paper as words, recognise};
use jixiao::workbook::{self, workbook_of};
use jixiao::{evaluate, writer};
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What is to be given out, and where to.
pub struct Asked {
    format: Format,
    parts: Parts,
    folder: PathBuf,
    recursive: bool,
}

impl Asked {
    /// # Errors
    /// A sentence where the format is missing, or can't hold the parts.
    pub fn of(giving: Giving, recursive: bool) -> Result<Asked, String> {
        let format = giving.format.ok_or_else(wording::no_target)?;
        // A workbook is small and holds all that can be one, where nothing was said.
        let parts = giving.parts.unwrap_or(match format {
            Format::Xlsx => Parts::ALL,
            Format::Txt => Parts::FINDINGS,
            Format::Docx | Format::Html | Format::Csv => Parts::TABLE,
        });
        if format == Format::Txt && parts != Parts::FINDINGS {
            return Err(wording::not_as_txt());
        }
        if format == Format::Xlsx && parts.report && parts != Parts::ALL {
            return Err(wording::not_as_xlsx());
        }
        if format == Format::Csv && (parts.report || parts.annex || parts.table == parts.findings) {
            return Err(wording::not_as_csv());
        }
        Ok(Asked { format, parts, folder: giving.out.unwrap_or_else(|| ".".into()).into(), recursive })
    }

    /// Findings alone are one list over everything that was read.
    fn is_list(&self) -> bool {
        self.parts == Parts::FINDINGS
    }
}

/// Writes a file for each table, and prints the name of each; findings alone go into one file.
pub fn run(
    library: &Library,
    profile: Option<&Rc<Profile>>,
    files: &[OsString],
    asked: &Asked,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let mut export = Export {
        library,
        profile,
        asked,
        out,
        date: today(),
        pages: Vec::new(),
        list: Vec::new(),
        met: false,
        status: Status::Good,
    };
    walk(&Reader::new(library), files, asked.recursive, &mut export)?;
    if asked.is_list() && !export.list.is_empty() {
        let pages = if export.list.len() == 1 { std::mem::take(&mut export.pages) } else { vec![many(&export.list)] };
        let paper = Paper { title: words::FINDINGS.to_owned(), pages };
        let bytes = match asked.format {
            Format::Csv => Some(marked(&csv::findings(&export.list))),
            // As Notepad on Windows reads it, too.
            Format::Txt => Some(marked(&text::many(&export.list).replace('\n', "\r\n"))),
            Format::Xlsx => writer::xlsx::write(&workbook::list(&export.list)),
            format => Some(written(&paper, format)),
        };
        match bytes {
            Some(bytes) => export.save(words::FINDINGS, "", &bytes)?,
            None => export.refuse(words::FINDINGS, None, &wording::too_large_to_write(words::FINDINGS)),
        }
    }
    Ok(export.status)
}

struct Export<'a> {
    library: &'a Library,
    profile: Option<&'a Rc<Profile>>,
    asked: &'a Asked,
    out: &'a mut dyn Write,
    date: String,
    /// 核对结果 of the first table by itself, for a list of one.
    pages: Vec<Pages>,
    /// What goes into one file at the end.
    list: Vec<(About, Vec<Listed>)>,
    met: bool,
    status: Status,
}

impl Visitor for Export<'_> {
    fn wait(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }

    fn file(&mut self, met: bool) {
        self.met = met;
    }

    fn item(&mut self, file: &str, item: Item) -> Result<(), Failure> {
        match item {
            Item::Refused(refused) => self.refuse(file, refused.line, &refused.why),
            Item::Document { line, imported } => self.document(file, line, &imported.document, &|_| None)?,
            Item::Tables(tables) => {
                let (blocks, recognised) = tables.as_ref();
                if recognised.tables.is_empty() && !self.met {
                    self.status = Status::Unreadable;
                    say(&wording::no_table(shown(file)));
                }
                for found in &recognised.tables {
                    let source = |finding: &Finding| recognise::finding_source(blocks, found, finding);
                    self.document(file, None, &found.document, &source)?;
                }
            }
        }
        Ok(())
    }
}

/// What one table gives.
enum Made {
    File(Vec<u8>),
    Findings(About, Vec<Listed>, Vec<Pages>),
    TooLarge,
    /// It has none of what was asked for.
    Nothing,
}

impl Export<'_> {
    fn refuse(&mut self, file: &str, line: Option<usize>, why: &str) {
        self.status = Status::Unreadable;
        say(&wording::refused(&wording::source(shown(file), line, ""), why));
    }

    fn document(
        &mut self,
        file: &str,
        line: Option<usize>,
        document: &Document,
        source: &dyn Fn(&Finding) -> Option<String>,
    ) -> Result<(), Failure> {
        let Some(template) = template(self.library, self.profile, document) else {
            self.refuse(file, line, &wording::unknown_profile(&document.profile));
            return Ok(());
        };
        let made = held(|| {
            let evaluation = evaluate(&template, document);
            let sheet = layout(&template, document, &evaluation, None);
            let given = Given {
                library: self.library,
                template: &template,
                document,
                evaluation: &evaluation,
                sheet: &sheet,
                landscape: template.form.landscape,
                date: &self.date,
                source,
            };
            self.made(shown(file), given)
        });
        match made {
            Err(place) => self.refuse(file, line, &Refused::fault(line, &place).why),
            Ok(Made::Nothing) => {
                self.status = Status::Unreadable;
                say(&wording::no_such_part(&wording::source(shown(file), line, "")));
            }
            Ok(Made::TooLarge) => self.refuse(file, line, &wording::too_large_to_write(&wording::source(shown(file), line, ""))),
            Ok(Made::Findings(about, all, pages)) => {
                if self.list.is_empty() {
                    self.pages = pages;
                }
                self.list.push((about, all));
            }
            Ok(Made::File(bytes)) => {
                let own = |role| template.form.role(role).map_or("", |at| document.fixed(at).text());
                self.save(own(Role::ProjectName), own(Role::FiscalYear), &bytes)?;
            }
        }
        Ok(())
    }

    fn made(&self, file: &str, given: Given<'_>) -> Made {
        let Asked { format, parts, .. } = *self.asked;
        if self.asked.is_list() {
            let all = listed(given);
            let pages = if self.list.is_empty() { paper(given, parts).pages } else { Vec::new() };
            return Made::Findings(About::of(file, given, &all), all, pages);
        }
        match format {
            Format::Xlsx => writer::xlsx::write(&workbook_of(given, parts)).map_or(Made::TooLarge, Made::File),
            Format::Csv => Made::File(marked(&csv::pages(&sheet(given.sheet, given.landscape), Separator::Comma))),
            format => {
                let paper = paper(given, parts);
                if paper.pages.is_empty() { Made::Nothing } else { Made::File(written(&paper, format)) }
            }
        }
    }

    fn save(&mut self, project: &str, year: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = save(&self.asked.folder, (project, year), self.asked.format.ending(), bytes)?;
        Ok(writeln!(self.out, "{}", path.display())?)
    }
}

/// Writes a file under a name that no file has yet: nothing that somebody may have written on is overwritten.
pub fn save(folder: &Path, (project, year): (&str, &str), ending: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let failed = |path: &Path, error: &io::Error| Failure::Said(wording::unwritable(&path.to_string_lossy(), &error.to_string()));
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let mut count = 1_u32;
    loop {
        let number = if count == 1 { String::new() } else { count.to_string() };
        let path = folder.join(file_name(project, year, &number, ending));
        let saved = OpenOptions::new().write(true).create_new(true).open(&path).and_then(|mut file| file.write_all(bytes));
        match saved {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && count < u32::MAX => count += 1,
            Err(error) => return Err(failed(&path, &error)),
        }
    }
}

/// A text with the mark by which programs tell its encoding.
fn marked(text: &str) -> Vec<u8> {
    format!("{}{text}", csv::MARK).into_bytes()
}

/// A paper as Word, or as a page.
fn written(paper: &Paper, format: Format) -> Vec<u8> {
    if format == Format::Docx { writer::docx::write(paper) } else { html::page(paper).into_bytes() }
}
