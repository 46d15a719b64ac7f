//! `jixiao check`: files in, findings or whole evaluations out, one table at a time.

use crate::assess::{Subject, assess};
use crate::guard::held;
use crate::input::{Item, Reader, Refused, shown};
use crate::walk::{Visitor, walk};
use crate::{Failure, Status};
use jixiao::block::{Block, Blocks};
use jixiao::disclosure::{self, Disclosure};
use jixiao::engine::Standing;
use jixiao::export::found::Beside;
use jixiao::export::{self, Source, tables};
use jixiao::recognise::{Recognised, Unread};
use jixiao::tabular::Checked;
use jixiao::template::{Library, Profile};
use jixiao::wording::disclosure as words;
use jixiao::wording::io::check::{Counts, Summary};
use jixiao::wording::io::{check as wording, command};
use jixiao::wording::recognise::block_place;
use std::ffi::OsString;
use std::io::Write;
use std::rc::Rc;

/// How it is to be done.
#[derive(Clone, Copy)]
pub struct Asked {
    /// The folders within folders too.
    pub recursive: bool,
    /// For programs, instead of for people.
    pub json: bool,
    /// Every relation of a whole document, also those that hold.
    pub relations: bool,
    /// 计算核对码 of each table.
    pub code: bool,
}

/// Checks every table of every file, in order.
pub fn run(
    library: &Library,
    profile: Option<&Rc<Profile>>,
    files: &[OsString],
    asked: Asked,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let Asked { recursive, json, code, relations } = asked;
    let mut run = Run {
        library,
        profile,
        json,
        code,
        relations,
        out,
        status: Status::Good,
        summary: Summary::default(),
        items: 0,
        met: false,
    };
    walk(&Reader::new(library), files, recursive, &mut run)?;
    // What there is to say of one thing was said of it.
    if !json && (run.items != 1 || run.met) {
        writeln!(run.out, "{}", wording::summary(&run.summary))?;
    }
    Ok(run.status)
}

struct Run<'a> {
    library: &'a Library,
    profile: Option<&'a Rc<Profile>>,
    json: bool,
    relations: bool,
    code: bool,
    out: &'a mut dyn Write,
    status: Status,
    summary: Summary,
    /// Tables, and what can't be read or checked.
    items: usize,
    /// The file was met in a folder, and not named itself.
    met: bool,
}

impl Visitor for Run<'_> {
    fn wait(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }

    fn file(&mut self, met: bool) {
        self.summary.files += 1;
        self.met = met;
    }

    fn item(&mut self, file: &str, item: Item) -> Result<(), Failure> {
        match item {
            Item::Refused(refused) => self.refuse(file, refused),
            Item::Document { line, imported } => self.table(Source { file, line }, &Subject::Saved(&imported)),
            Item::Tables(tables) => self.tables(Source { file, line: None }, &tables.0, &tables.1),
        }
    }
}

impl Run<'_> {
    fn tables(&mut self, source: Source<'_>, blocks: &Blocks, recognised: &Recognised) -> Result<(), Failure> {
        let checks = match held(|| tables::checks(blocks, &recognised.others)) {
            Ok(checks) => checks,
            Err(place) => {
                self.refuse(source.file, Refused::fault(source.line, &place))?;
                Vec::new()
            }
        };
        let whole = match held(|| disclosure::check(blocks)) {
            Ok(whole) => whole,
            Err(place) => {
                self.refuse(source.file, Refused::fault(source.line, &place))?;
                None
            }
        };
        // The text of a report comes behind its table, and where it is sound nobody need hear of it.
        let about_table = |whole: &&Disclosure| whole.tables.is_empty() && !recognised.tables.is_empty();
        if let Some(whole) = whole.as_ref().filter(|whole| !about_table(whole)) {
            self.whole(source, blocks, whole)?;
        }
        // What the whole document holds against the rest is not said twice.
        let known = |block: &usize| whole.as_ref().is_some_and(|whole| whole.holds(*block));
        let checks: Vec<(usize, Checked)> = checks.into_iter().filter(|(block, _)| !known(block)).collect();
        let mut beside = Beside::checked(recognised, blocks, &checks);
        for (at, found) in recognised.tables.iter().enumerate() {
            self.table(source, &Subject::Found { found, blocks, beside: &beside, is_first: at == 0 })?;
            beside = Beside::default();
        }
        if recognised.tables.is_empty() && whole.is_none() {
            self.no_table(source, &beside, blocks, checks.iter().any(|(_, checked)| checked.relations > 0))?;
        }
        if let Some(whole) = whole.as_ref().filter(|whole| about_table(whole) && whole.severities().next().is_some()) {
            self.whole(source, blocks, whole)?;
        }
        for (block, checked) in &checks {
            self.by_words(source, blocks, *block, checked)?;
        }
        if self.json {
            return Ok(());
        }
        // Those of grids that no form fits are many, and said by their grid; without a table there is nothing that they are beside.
        let beside = |unread: &&Unread| !recognised.others.contains(&unread.place.block()) && !recognised.tables.is_empty();
        let outside: Vec<Unread> = recognised.unrecognised.iter().filter(beside).cloned().collect();
        if let Some(line) = wording::outside(shown(source.file), &outside, blocks) {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    /// A whole published document.
    fn whole(&mut self, source: Source<'_>, blocks: &Blocks, whole: &Disclosure) -> Result<(), Failure> {
        self.items += 1;
        let counts = Counts::of_severities(whole.severities());
        self.summary.documents += 1;
        self.summary.findings.add(counts);
        if counts.errors > 0 {
            self.summary.documents_wrong += 1;
            self.status = self.status.max(Status::Findings);
        }
        if self.json {
            return Ok(writeln!(self.out, "{}", export::disclosure_line(source, blocks, whole))?);
        }
        writeln!(self.out, "{}", words::headline(shown(source.file), whole, &counts.words()))?;
        for line in words::found(blocks, whole) {
            writeln!(self.out, "{line}")?;
        }
        for relation in whole.relations.iter().filter(|_| self.relations) {
            writeln!(self.out, "{}", words::relation(blocks, whole, relation))?;
        }
        Ok(())
    }

    fn table(&mut self, source: Source<'_>, subject: &Subject<'_>) -> Result<(), Failure> {
        let assessed = held(|| assess(self.library, self.profile, subject, source, self.json, self.code));
        let refused = match assessed {
            Ok(Ok(assessed)) => {
                self.items += 1;
                self.summary.tables += 1;
                self.summary.findings.add(assessed.counts);
                if assessed.counts.errors > 0 {
                    self.summary.wrong += 1;
                    self.status = self.status.max(Status::Findings);
                } else if assessed.standing != Standing::Complete {
                    self.summary.open += 1;
                }
                return Ok(self.out.write_all(assessed.text.as_bytes())?);
            }
            Ok(Err(profile)) => Refused { line: source.line, code: "unknown-profile", why: command::unknown_profile(&profile) },
            Err(place) => Refused::fault(source.line, &place),
        };
        self.refuse(source.file, refused)
    }

    /// A grid that no form fits, as its own words check it.
    fn by_words(&mut self, source: Source<'_>, blocks: &Blocks, block: usize, checked: &Checked) -> Result<(), Failure> {
        self.items += 1;
        let counts = Counts::of_severities(checked.findings.iter().map(|finding| finding.severity));
        if checked.relations == 0 {
            self.summary.unfit += 1;
        } else {
            self.summary.by_words += 1;
            self.summary.findings.add(counts);
        }
        if counts.errors > 0 {
            self.summary.by_words_wrong += 1;
            self.status = self.status.max(Status::Findings);
        }
        let Some(Block::Grid(grid)) = blocks.list.get(block).filter(|_| !self.json) else { return Ok(()) };
        let source = command::source(shown(source.file), None, &block_place(blocks, block));
        writeln!(self.out, "{}", wording::by_words(&source, checked, counts))?;
        for finding in &checked.findings {
            writeln!(self.out, "{}", wording::table_finding(finding, grid))?;
        }
        Ok(())
    }

    /// A file that was read, and holds no table that a form fits. `by_words`: whether one was checked all the same.
    fn no_table(&mut self, source: Source<'_>, beside: &Beside<'_>, blocks: &Blocks, by_words: bool) -> Result<(), Failure> {
        // Whoever names a file expects a table in it; a folder may hold others.
        if !self.met && !by_words {
            self.status = Status::Unreadable;
        }
        let why = command::no_table(shown(source.file));
        if self.json {
            return Ok(writeln!(self.out, "{}", export::unfit_line(source, why, beside))?);
        }
        if beside.others.is_empty() {
            self.items += 1;
            self.summary.without += 1;
            writeln!(self.out, "{why}")?;
        }
        for notice in &blocks.notices {
            writeln!(self.out, "{}", wording::noticed(&jixiao::wording::block_notice(notice)))?;
        }
        Ok(())
    }

    fn refuse(&mut self, file: &str, refused: Refused) -> Result<(), Failure> {
        self.items += 1;
        self.status = Status::Unreadable;
        match refused.line {
            Some(_) => self.summary.unreadable_lines += 1,
            None => self.summary.unreadable += 1,
        }
        if self.json {
            let source = Source { file, line: refused.line };
            writeln!(self.out, "{}", export::refused_line(source, refused.code, refused.why))?;
        } else {
            let source = command::source(shown(file), refused.line, "");
            writeln!(self.out, "{}", command::refused(&source, &refused.why))?;
        }
        Ok(())
    }
}
