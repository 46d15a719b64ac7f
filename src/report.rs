//! The report (绩效自评报告): the prose that goes with a table. Its texts are cells of the document; the numbers in them are fields that
//! follow the table.
//!
//! - An [`Outline`] (data, `templates/outlines/`) names the headings and the sentences of the draft.
//! - A field is written `【全年执行数】`: see [`Bound::find`] for what may stand in one.
//! - [`draft`] makes the report of a document: what the person wrote, and the draft where she wrote nothing.
//! - [`phrases`] offers beginnings for a reason, [`crate::prose::official`] knows how dates and document numbers are written.

mod check;
mod compare;
mod derived;
mod field;
mod lists;
pub mod phrases;
mod value;

pub use crate::prose::{Part, is_blank_to_fill, parts};
pub use crate::template::Derived;
pub use check::check;
pub use compare::OPERATIONS;
pub use field::Named;
pub use value::{Bound, Found, Value};

use crate::document::{CellId, Document};
use crate::engine::Evaluation;
use crate::prelude::*;
use crate::template::{CellIndex, Form, Outline, OutlineSection, Template};
use crate::wording;

/// A report as it is read and printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Id of the outline that was followed.
    pub outline: String,
    /// The title, as a section without heading.
    pub title: Section,
    pub sections: Vec<Section>,
}

/// A heading and the text below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The cell that holds the text; none for a heading that only stands above others.
    pub cell: Option<CellIndex>,
    /// With its number, as it is printed; blank for the title.
    pub heading: String,
    /// 1 for 一、, 2 for （一）, 3 for 1.; 0 for the title.
    pub level: u8,
    pub text: Vec<Span>,
    /// The text with its fields as they are written: what a person goes on from.
    pub raw: String,
    /// Whether the person wrote it, or it is the draft.
    pub typed: bool,
    /// 字数: characters of the text as it is read, without white space.
    pub length: usize,
    /// 字数上限
    pub limit: Option<u16>,
    /// What to write here.
    pub hint: String,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub text: String,
    pub kind: SpanKind,
    /// The cell of the table that a field stands for.
    pub cell: Option<CellId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanKind {
    Words,
    /// Stands for what the table says.
    Field,
    /// A field that the table has no value for; it stands as it is written.
    Missing,
    /// No field of this form; it stands as it is written.
    Unknown,
    /// A blank (＿＿) that is to be filled in.
    Blank,
}

/// The report of a document under the outline that it names, or under the usual one of its form. `None` for a form without outlines.
pub fn draft(template: &Template, document: &Document, evaluation: &Evaluation) -> Option<Report> {
    let outline = outline(&template.form, document)?;
    let bound = Bound { template, document, evaluation };
    let title = OutlineSection {
        level: 0,
        heading: String::new(),
        cell: Some("report.title".to_owned()),
        limit: None,
        hint: wording::report::title_hint().to_owned(),
        sentences: vec![outline.title.clone()],
    };
    let sections = outline.sections.iter().map(|section| bound.section(section)).collect();
    Some(Report { outline: outline.id.clone(), title: bound.section(&title), sections })
}

/// The outline of a document: the one that it names, else the usual one of its form, else the first.
pub fn outline<'a>(form: &'a Form, document: &Document) -> Option<&'a Rc<Outline>> {
    let chosen = form.cell_index("report.outline").map_or("", |at| document.fixed(at).text().trim());
    let usual = || form.outlines.iter().find(|outline| outline.forms.contains(&form.id));
    form.outlines.iter().find(|outline| outline.id == chosen).or_else(usual).or(form.outlines.first())
}

/// Whether anything of the report was typed.
pub fn is_written(form: &Form, document: &Document) -> bool {
    form.report_cells().any(|(at, _)| !document.fixed(at).is_blank())
}

impl Bound<'_> {
    fn section(&self, section: &OutlineSection) -> Section {
        let form = &self.template.form;
        let cell = section.cell.as_deref().and_then(|id| form.cell_index(id));
        let typed = cell.map(|at| self.document.fixed(at)).filter(|typed| !typed.is_blank());
        let (text, raw) = match typed {
            Some(typed) => (self.resolve(typed.text()), typed.text().to_owned()),
            None => self.drafted(&section.sentences),
        };
        Section {
            cell,
            heading: section.heading.clone(),
            level: section.level,
            length: length(&text),
            text,
            raw,
            typed: typed.is_some(),
            limit: section.limit,
            hint: section.hint.clone(),
        }
    }

    /// The sentences whose fields all have a value.
    fn drafted(&self, sentences: &[String]) -> (Vec<Span>, String) {
        let (mut spans, mut raw) = (Vec::new(), String::new());
        for sentence in sentences {
            let Some((found, written)) = self.sentence(sentence) else { continue };
            // A paragraph begins on a new line, but not the first one.
            let begins = spans.is_empty();
            let written = if begins { written.trim_start().to_owned() } else { written };
            for (at, mut span) in found.into_iter().enumerate() {
                if begins && at == 0 {
                    span.text = span.text.trim_start().to_owned();
                }
                if !span.text.is_empty() {
                    spans.push(span);
                }
            }
            raw.push_str(&written);
        }
        (spans, raw)
    }

    /// A sentence of an outline with its conditions settled, or none where a condition fails or a value is missing.
    fn sentence(&self, sentence: &str) -> Option<(Vec<Span>, String)> {
        let mut written = String::new();
        for part in parts(sentence) {
            match part {
                Part::Field(name) => match self.find(name) {
                    Found::Value(_) => written.push_str(&field::written(name)),
                    Found::Condition(true) => {}
                    Found::Condition(false) | Found::Blank(_) | Found::Unknown => return None,
                },
                Part::Words(words) | Part::Blank(words) => written.push_str(words),
            }
        }
        Some((self.resolve(&written), written))
    }

    /// A text with its fields replaced by what they stand for.
    pub fn resolve(&self, text: &str) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let words = |text: &str| Span { text: text.to_owned(), kind: SpanKind::Words, cell: None };
        for part in parts(text) {
            let span = match part {
                Part::Words(text) => words(text),
                Part::Blank(text) => Span { kind: SpanKind::Blank, ..words(text) },
                Part::Field(name) => match self.find(name) {
                    Found::Value(value) => Span { text: value.text, kind: SpanKind::Field, cell: value.cell },
                    Found::Condition(_) => continue,
                    Found::Blank(cell) => Span { kind: SpanKind::Missing, cell, ..words(&field::written(name)) },
                    Found::Unknown => Span { kind: SpanKind::Unknown, ..words(&field::written(name)) },
                },
            };
            // A field that ends like a sentence, before the end of the sentence it stands in.
            if let (Some(before), true) = (spans.last_mut(), span.kind == SpanKind::Words)
                && before.kind == SpanKind::Field
                && span.text.starts_with(wording::report::ENDS)
            {
                let end = before.text.trim_end_matches(wording::report::ENDS).len();
                before.text.truncate(end);
            }
            spans.push(span);
        }
        spans
    }

    /// 字数 of a text as it is read.
    pub fn length(&self, text: &str) -> usize {
        length(&self.resolve(text))
    }
}

fn length(spans: &[Span]) -> usize {
    spans.iter().flat_map(|span| span.text.chars()).filter(|char| !char.is_whitespace()).count()
}

impl Section {
    /// The text as it is read.
    pub fn words(&self) -> String {
        self.text.iter().map(|span| span.text.as_str()).collect()
    }
}

/// The whole report as text: a line for each heading and each paragraph.
pub fn to_text(report: &Report) -> String {
    let mut text = String::new();
    let mut line = |words: &str| {
        for line in words.lines().map(str::trim).filter(|line| !line.is_empty()) {
            text.push_str(line);
            text.push('\n');
        }
    };
    line(&report.title.words());
    for section in &report.sections {
        line(&section.heading);
        line(&section.words());
    }
    text
}
