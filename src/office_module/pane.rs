//! A table as it stands in its file, to be looked at beside the form: what became of each text, which cell it went to, and what a person
//! may say of it. HTML, since the page is to carry nothing for it: `office.js` marks what is chosen and hears what is asked.

use super::drawn::{button, drawn, key, span};
use jixiao::block::{Block, Blocks};
use jixiao::document::CellId;
use jixiao::recognise::{Fate, Found, Question, SourcePlace};
use jixiao::template::{Form, Library, Line, LineContent};
use jixiao::wire::{DOUBTFUL, NOWHERE, escaped};
use jixiao::wording;
use jixiao::wording::recognise as words;
use jixiao::wording::source::{self as said, Says};

/// What is shown of a table.
pub struct Pane<'a> {
    pub found: &'a Found,
    pub form: &'a Form,
    pub blocks: &'a Blocks,
    pub library: &'a Library,
    /// Whether a person has corrected it.
    pub told: bool,
}

/// A choice whose first entry stands for nothing said.
fn choice(asks: &str, label: &str, options: impl Iterator<Item = (String, String)>) -> String {
    let option = |(value, label): (String, String)| format!("<option value=\"{}\">{}</option>", escaped(&value), escaped(&label));
    format!(
        "<label class=\"told\">{label}<select data-do={asks}><option value=\"\">{}</option>{}</select></label>",
        said::AS_RECOGNISED,
        options.map(option).collect::<String>()
    )
}

/// The forms to choose from, those that come near first.
pub fn forms(asks: &str, library: &Library, near: &[String]) -> String {
    let is_near = |id: &String| near.contains(id);
    let first = library.forms.iter().filter(|form| is_near(&form.id)).map(|form| (form.id.clone(), said::near_form(&form.short)));
    let rest = library.forms.iter().filter(|form| !is_near(&form.id)).map(|form| (form.id.clone(), form.short.clone()));
    choice(asks, said::READ_AS, first.chain(rest))
}

/// A line about a file.
pub fn note(text: &str) -> String {
    format!("<p class=\"note\">{}</p>", escaped(text))
}

impl Pane<'_> {
    /// For each cell of the document the place of its text in words, a line each; and the blank ones whose text may be among those that were
    /// not understood, with a sign before them.
    pub fn links(&self) -> String {
        let line = |(cell, place): (&CellId, &SourcePlace)| {
            format!("{}\t{}\n", cell.name(self.form), words::source_place(self.blocks, *place).replace(['\n', '\t'], " "))
        };
        let doubtful = self.found.doubtful(self.form);
        let doubts = doubtful.iter().map(|cell| format!("{DOUBTFUL}{}\n", cell.name(self.form)));
        self.found.sources.iter().map(line).chain(doubts).collect()
    }

    pub fn html(&self, file: &str, about: &[String]) -> String {
        let Pane { found, form, blocks, .. } = self;
        let first = found.fates.keys().next().copied();
        let near: Vec<String> = found.near.iter().map(|(form, _)| form.clone()).collect();
        let about: String = about.iter().map(|line| format!("<p>{}</p>", escaped(line))).collect();
        let forget = if self.told {
            button("button small quiet", "id=\"forget-told\" data-do=\"forget\"", said::FORGET)
        } else {
            String::new()
        };
        let doubts: String = found.questions.iter().map(|question| self.doubt(question)).collect();
        let (columns, rows) = labels(form);
        let word = |word: &String| (word.clone(), word.clone());
        let cells = [(NOWHERE.to_owned(), said::NOWHERE.to_owned())].into_iter().chain(self.cells());
        let choices = [
            choice("\"column\"", said::THIS_COLUMN, columns.iter().map(word)),
            choice("\"row\"", said::THIS_ROW, rows.iter().map(word)),
            choice("\"cell\"", said::THIS_CELL, cells),
        ]
        .concat();
        format!(
            "<div class=\"source-head\"><h2 id=\"source-title\">{title} <span class=\"project-about\">{file} · {place}</span></h2>\
             <div class=\"decisions\">{forms}{forget}{accept}{drop}{list}</div></div><div class=\"source-about\">{about}</div>\
             <div class=\"source-table\" id=\"source-table\" tabindex=\"0\" role=\"region\" aria-label=\"{lead}\" title=\"{lead}\" {says}>{parts}</div>\
             <div class=\"source-chosen\"><p role=\"status\" id=\"source-says\"><strong></strong> <span></span></p>\
             <div class=\"decisions told-choices\" hidden>{choices}</div>{doubts}</div>",
            title = said::TITLE,
            file = escaped(said::file(file)),
            place = escaped(&words::table_place(blocks, found)),
            forms = forms(&format!("\"form\" data-at=\"{}\"", first.map(key).unwrap_or_default()), self.library, &near),
            accept = button("button primary", "id=\"accept\" data-do=\"accept\"", said::ACCEPT),
            drop = button("button", "id=\"drop\" data-do=\"drop\"", said::DROP),
            list = button("button", "id=\"to-list\" data-do=\"list\"", said::TO_LIST),
            lead = said::LEAD,
            says = says(),
            parts = self.parts(),
        )
    }

    /// The cells that a text may be put into.
    fn cells(&self) -> impl Iterator<Item = (String, String)> {
        let document = &self.found.document;
        let fixed = (0..).zip(self.form.table_cells()).map(|(at, _)| CellId::Fixed(at));
        let rows = (0..).zip(&self.form.tables).flat_map(|(table, def)| {
            let columns = || (0..).zip(&def.columns).filter(|(_, column)| !column.hidden && !column.locked);
            let row = move |row: &std::rc::Rc<jixiao::document::Row>| {
                let id = row.id;
                columns().map(move |(column, _)| CellId::Row { table, row: id, column })
            };
            document.rows(table).iter().flat_map(row)
        });
        fixed.chain(rows).map(|cell| (cell.name(self.form), wording::place(cell, self.form, document)))
    }

    fn doubt(&self, question: &Question) -> String {
        let at = key(question.place);
        let option = |(number, cells): (usize, &Vec<(CellId, String)>)| {
            let said = cells.iter().map(|(cell, text)| (wording::place(*cell, self.form, &self.found.document), text.as_str()));
            button(
                "button small",
                &format!("data-do=\"choice\" data-at=\"{at}\" data-value=\"{number}\""),
                &escaped(&words::option(said)),
            )
        };
        let options: String = question.options.iter().enumerate().map(option).collect();
        let place = escaped(&words::source_place(self.blocks, question.place));
        format!("<p class=\"doubt decisions\">{place} <strong>{}</strong> {options}</p>", escaped(&question.text))
    }

    /// The blocks of the table, from the first that has a text of it to the last.
    fn parts(&self) -> String {
        let places = || self.found.fates.keys().map(|place| place.block());
        let (first, last) = (places().min().unwrap_or(0), places().max().unwrap_or(0));
        let mut html = String::new();
        for (at, block) in self.blocks.list.iter().enumerate().take(last.saturating_add(1)).skip(first) {
            match block {
                Block::Paragraph(paragraph) => {
                    let cell = self.cell(SourcePlace::Paragraph { block: at }, &paragraph.text, 1, 1);
                    html += &format!("<table class=\"source-text\"><tbody><tr>{cell}</tr></tbody></table>");
                }
                Block::Grid(grid) => html += &drawn(at, grid, &|place, text, down, across| self.cell(place, text, down, across)),
            }
        }
        html
    }

    fn cell(&self, place: SourcePlace, text: &str, down: u32, across: u32) -> String {
        let doubtful = self.found.questions.iter().any(|question| question.place == place);
        let (class, goes) = match self.found.fates.get(&place) {
            _ if doubtful => ("doubt", None),
            Some(Fate::Cell(cell)) => ("cell", Some(*cell)),
            Some(Fate::Label) => ("label", None),
            Some(Fate::Note) => ("note", None),
            Some(Fate::Unrecognised) => ("unread", None),
            None => ("none", None),
        };
        let goes = goes.map(|cell| {
            let says = said::says(Says::Cell(&wording::place(cell, self.form, &self.found.document)));
            format!(" data-goes=\"{}\" data-says=\"{}\"", escaped(&cell.name(self.form)), escaped(&says))
        });
        format!(
            "<td class=\"{class}\" data-at=\"{}\"{}{}>{}</td>",
            key(place),
            goes.unwrap_or_default(),
            span(down, across),
            escaped(text)
        )
    }
}

/// What a text became that went to no cell, by its class.
fn says() -> String {
    let all =
        [("label", Says::Label), ("note", Says::Note), ("unread", Says::Unread), ("doubt", Says::Doubt), ("none", Says::Nothing)];
    all.map(|(class, says)| format!("data-{class}=\"{}\"", said::says(says))).join(" ")
}

/// What the columns and the rows of a form are called.
fn labels(form: &Form) -> (Vec<String>, Vec<String>) {
    let (mut columns, mut rows) = (Vec::new(), Vec::new());
    let mut add = |heading: bool, label: &str| {
        let label: String = label.replace("{unit}", form.unit_name()).split_whitespace().collect();
        let list = if heading { &mut columns } else { &mut rows };
        if !label.is_empty() && !list.contains(&label) {
            list.push(label);
        }
    };
    for line in form.blocks.iter().flat_map(|block| &block.lines) {
        match line {
            Line::Cells { heading, cells } => {
                for cell in cells {
                    if let LineContent::Label(label) = &cell.content {
                        add(*heading, label);
                    }
                }
            }
            Line::Table(at) => {
                let Some(table) = form.table(*at) else { continue };
                for column in table.columns.iter().filter(|column| !column.hidden) {
                    add(true, &column.label);
                }
                let name = table.at.name.or(table.at.indicator).filter(|_| table.fixed);
                for row in &table.skeleton {
                    add(false, name.and_then(|at| row.get(usize::from(at))).map_or("", String::as_str));
                }
            }
        }
    }
    (columns, rows)
}
