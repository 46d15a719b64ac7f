//! `jixiao fill`: tables written into a bureau's own file.

use crate::arguments::Giving;
use crate::export::save;
use crate::guard::held;
use crate::input::{Item, Reader, Refused, sentence, shown, template};
use crate::walk::{Visitor, walk};
use crate::{Failure, Status, say};
use jixiao::document::{CellId, Document};
use jixiao::export::mapping;
use jixiao::fill::{self, Filling, Sample};
use jixiao::office::refill::{Filled, Original, Unfit};
use jixiao::recognise::Recogniser;
use jixiao::template::{Form, Library, Profile, Role};
use jixiao::wording::fill as words;
use jixiao::wording::io::command as wording;
use jixiao::wording::{place, refusal};
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What is to be filled in, and where it goes.
pub struct Asked {
    template: OsString,
    folder: PathBuf,
    mapping: Option<OsString>,
    save_mapping: Option<OsString>,
    dry: bool,
    recursive: bool,
}

impl Asked {
    /// # Errors
    /// A sentence where no template is named.
    pub fn of(giving: Giving, recursive: bool) -> Result<Asked, String> {
        let Giving { out, template, mapping, save_mapping, dry, .. } = giving;
        let template = template.ok_or_else(wording::no_template)?;
        Ok(Asked { template, folder: out.unwrap_or_else(|| ".".into()).into(), mapping, save_mapping, dry, recursive })
    }
}

/// Fills the template in for each table, prints what goes where, and the name of each file.
pub fn run(
    library: &Library,
    profile: Option<&Rc<Profile>>,
    files: &[OsString],
    asked: &Asked,
    out: &mut dyn Write,
) -> Result<Status, Failure> {
    let name = asked.template.to_string_lossy().into_owned();
    let read = |name: &OsString| fs::read(name).map_err(|error| Failure::Said(sentence(&name.to_string_lossy(), &error)));
    let bytes = read(&asked.template)?;
    let original = held(|| Original::open(&bytes))
        .map_err(|place| Failure::Said(Refused::fault(None, &place).why))?
        .map_err(|unfit| Failure::Said(wording::refused(&name, &why(&unfit))))?;
    let told = match &asked.mapping {
        Some(file) => {
            mapping::read(&String::from_utf8_lossy(&read(file)?)).map_err(|why| Failure::Said(words::bad_mapping(&why)))?
        }
        None => Vec::new(),
    };
    if original.is_signed() {
        say(words::signed());
    }
    let recogniser = Recogniser::new(library);
    let mut fill =
        Fill { library, profile, asked, out, original: &original, recogniser, told, name, met: false, status: Status::Good };
    walk(&Reader::new(library), files, asked.recursive, &mut fill)?;
    Ok(fill.status)
}

fn why(unfit: &Unfit) -> String {
    match unfit {
        Unfit::Refused(why) => refusal(*why),
        Unfit::Kind => words::not_a_template().to_owned(),
        Unfit::Structure => words::structure().to_owned(),
    }
}

struct Fill<'a> {
    library: &'a Library,
    profile: Option<&'a Rc<Profile>>,
    asked: &'a Asked,
    out: &'a mut dyn Write,
    original: &'a Original<'a>,
    recogniser: Recogniser<'a>,
    told: Vec<mapping::Told>,
    /// The template.
    name: String,
    met: bool,
    status: Status,
}

impl Visitor for Fill<'_> {
    fn wait(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }

    fn file(&mut self, met: bool) {
        self.met = met;
    }

    fn item(&mut self, file: &str, item: Item) -> Result<(), Failure> {
        match item {
            Item::Refused(refused) => self.refuse(file, refused.line, &refused.why),
            Item::Document { line, imported } => self.document(file, line, &imported.document)?,
            Item::Tables(tables) => {
                if tables.1.tables.is_empty() && !self.met {
                    self.status = Status::Unreadable;
                    say(&wording::no_table(shown(file)));
                }
                for found in &tables.1.tables {
                    self.document(file, None, &found.document)?;
                }
            }
        }
        Ok(())
    }
}

/// What came of one table.
struct Made {
    sample: Sample,
    filling: Filling,
    filled: Filled,
}

impl Fill<'_> {
    fn refuse(&mut self, file: &str, line: Option<usize>, why: &str) {
        self.status = Status::Unreadable;
        say(&wording::refused(&wording::source(shown(file), line, ""), why));
    }

    fn document(&mut self, file: &str, line: Option<usize>, document: &Document) -> Result<(), Failure> {
        let Some(template) = template(self.library, self.profile, document) else {
            self.refuse(file, line, &wording::unknown_profile(&document.profile));
            return Ok(());
        };
        let form = &template.form;
        match held(|| self.made(document, form)) {
            Err(place) => self.refuse(file, line, &Refused::fault(line, &place).why),
            Ok(Err(reason)) => self.refuse(file, line, &reason),
            Ok(Ok(made)) => {
                self.tell(&made, document, form)?;
                if let Some(file) = &self.asked.save_mapping {
                    let text = mapping::write(&form.id, &made.sample.mapping(form));
                    fs::write(file, text)
                        .map_err(|error| Failure::Said(wording::unwritable(&file.to_string_lossy(), &error.to_string())))?;
                }
                if !self.asked.dry {
                    let text = |role| form.role(role).map_or("", |at| document.fixed(at).text());
                    let ending =
                        Path::new(&self.asked.template).extension().map_or("docx".into(), |ending| ending.to_string_lossy());
                    let names = (text(Role::ProjectName), text(Role::FiscalYear));
                    let path = save(&self.asked.folder, names, &ending, &made.filled.bytes)?;
                    writeln!(self.out, "{}", path.display())?;
                }
            }
        }
        Ok(())
    }

    fn made(&self, document: &Document, form: &Form) -> Result<Made, String> {
        let blocks = self.original.blocks();
        let sample = fill::sample(&self.recogniser, blocks, form);
        let mut sample = sample.ok_or_else(|| wording::refused(&self.name, &words::no_table(&form.short)))?;
        for told in &self.told {
            if !sample.correct(told.place(), told.value, &told.cell, form) {
                return Err(words::no_such_cell(&told.cell));
            }
        }
        let filling = fill::fill(&sample, blocks, self.library, document);
        let filling = filling.ok_or_else(|| wording::unknown_profile(&document.profile))?;
        let filled = self.original.write(&filling).map_err(|unfit| why(&unfit))?;
        Ok(Made { sample, filling, filled })
    }

    fn tell(&mut self, made: &Made, document: &Document, form: &Form) -> Result<(), Failure> {
        let Made { filling, filled, .. } = made;
        let blocks = self.original.blocks();
        if self.asked.dry {
            for write in &filling.writes {
                if let Some(cell) = write.cell {
                    writeln!(self.out, "  {}", words::write(blocks, write.place, &place(cell, form, document), &write.text))?;
                }
            }
        }
        for (at, old) in &filling.cleared {
            writeln!(self.out, "  {}", words::cleared(blocks, *at, old))?;
        }
        for (at, old) in &filling.kept {
            writeln!(self.out, "  {}", words::kept(blocks, *at, old))?;
        }
        for (at, text) in &filled.formulas {
            writeln!(self.out, "  {}", words::formula_stays(blocks, *at, text))?;
        }
        for (cell, text) in &filling.left {
            writeln!(self.out, "  {}", words::left(&place(*cell, form, document), text))?;
        }
        let row = |copy: &fill::Copy| {
            let texts = copy.texts.iter().map(|(_, _, text)| text.clone()).filter(|text| !text.is_empty());
            let table = copy.texts.first().and_then(|(_, cell, _)| match cell {
                CellId::Row { table, .. } => form.table(*table),
                CellId::Fixed(_) => None,
            });
            (table.map_or(words::TABLE, |table| &table.name).to_owned(), texts.collect::<Vec<String>>())
        };
        for (table, texts) in filling.copies.iter().filter(|copy| self.asked.dry && !filled.rows.contains(copy)).map(row) {
            writeln!(self.out, "  {}", words::row_added(&table, &texts))?;
        }
        for (table, texts) in filled.rows.iter().map(row) {
            writeln!(self.out, "  {}", words::row_missing(&table, &texts))?;
        }
        let written = filling.writes.iter().filter(|write| write.cell.is_some()).count() - filled.formulas.len();
        let rows = filling.copies.len() - filled.rows.len();
        let left = filling.left.len() + filled.rows.len();
        writeln!(self.out, "{}：{}", self.name, words::done(written, rows, filling.cleared.len(), left))?;
        Ok(())
    }
}
