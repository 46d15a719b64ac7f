//! The findings (核对结果), as an auditor hands them on.

use super::{Align, Block, Cell, Given, PageKind, Pages, Paragraph, Row, Style, Table};
use crate::document::Edit;
use crate::explain::{computed, explain, one_line};
use crate::finding::{Finding, printed};
use crate::fix::fix;
use crate::id::{CellId, Code, Severity};
use crate::number::{Agreement, Exact, Reading, agreement};
use crate::prelude::*;
use crate::wording::{self, paper as words};

/// One finding, complete without the table beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub severity: Severity,
    pub code: Code,
    /// What the check is about, in a few words.
    pub title: &'static str,
    /// The cell as the form calls it.
    pub place: String,
    /// Where its text stands in the file that the table came from.
    pub source: Option<String>,
    pub text: String,
    /// What stands in the cell; blank for a blank one.
    pub stands: String,
    /// What should stand there, where it is certain.
    pub due: String,
    /// 依据: how that is computed, and which rule says so.
    pub basis: String,
}

/// What a list of findings says of the document that they are about.
#[derive(Clone, Debug)]
pub struct About {
    /// The file it came from; blank where there is none.
    pub file: String,
    pub project: String,
    pub form: String,
    pub profile: String,
    pub date: String,
    /// How many findings there are, and how far the table is filled in.
    pub result: String,
}

impl About {
    pub fn of(file: &str, given: Given<'_>, all: &[Listed]) -> About {
        let scored = given.evaluation.score.is_some();
        About {
            file: file.to_owned(),
            project: given.project().to_owned(),
            form: given.template.form.name.clone(),
            profile: if scored { given.template.profile.name.clone() } else { String::new() },
            date: given.date.to_owned(),
            result: result(given, all),
        }
    }
}

/// All findings of a document, in their own order: the most serious first.
pub fn listed(given: Given<'_>) -> Vec<Listed> {
    given.evaluation.findings.iter().map(|finding| one(given, finding)).collect()
}

fn one(given: Given<'_>, finding: &Finding) -> Listed {
    let Given { template, document, .. } = given;
    let said = wording::finding(finding, template, document);
    let cell = finding.at.first().copied();
    let computed = cell.and_then(|cell| Some((cell, computed_otherwise(given, cell)?)));
    let basis = computed.as_ref().map(|(cell, _)| basis(given, *cell)).unwrap_or_default();
    let due = computed.map(|(_, due)| due).or_else(|| mended(given, finding)).unwrap_or_default();
    Listed {
        severity: finding.severity,
        code: finding.code,
        title: said.title,
        place: cell.map(|cell| wording::place(cell, &template.form, document)).unwrap_or_default(),
        source: (given.source)(finding),
        text: said.text,
        stands: cell.map(|cell| words::excerpt(document.typed(cell).text())).unwrap_or_default(),
        due,
        basis,
    }
}

/// What the formula of a cell gives, as it is typed, where the number that stands there is another.
fn computed_otherwise(given: Given<'_>, cell: CellId) -> Option<String> {
    let Reading::Quantity(typed) = given.document.typed(cell).reading() else { return None };
    let number = computed(given.template, given.document, given.evaluation, cell)?;
    let agrees = matches!(agreement(typed.number, Exact::from_decimal(number)), Agreement::Exact | Agreement::RoundsTo { .. });
    (!agrees).then(|| printed(cell.kind(&given.template.form), number))
}

/// What a certain fix sets the first cell to.
fn mended(given: Given<'_>, finding: &Finding) -> Option<String> {
    let cell = finding.at.first()?;
    match fix(given.template, given.document, given.evaluation, finding)? {
        Edit::Set { cell: at, text } if at == *cell => Some(text),
        Edit::SetMany(texts) => texts.into_iter().find(|(at, _)| at == cell).map(|(_, text)| text),
        _ => None,
    }
}

/// The formula with its numbers, and where its rules come from.
fn basis(given: Given<'_>, cell: CellId) -> String {
    let Given { library, template, document, evaluation, .. } = given;
    let line = one_line(template, document, evaluation, cell);
    let sources = explain(library, template, document, evaluation, cell).map(|explained| explained.sources).unwrap_or_default();
    let sources = sources.iter().map(|source| wording::explaining::basis(source).trim().to_owned());
    line.into_iter().chain(sources).collect::<Vec<_>>().join("\n")
}

/// 核对结果 on pages of its own.
pub(super) fn pages(given: Given<'_>) -> Pages {
    let all = listed(given);
    let mut blocks = vec![Block::Paragraph(Paragraph { style: Style::Title, text: words::FINDINGS.to_owned() })];
    blocks.extend(given.about().into_iter().map(Block::Paragraph));
    blocks.push(Block::Paragraph(Paragraph { style: Style::Note, text: result(given, &all) }));
    if !all.is_empty() {
        // Without a file there is nothing to name.
        let with_source = all.iter().any(|listed| listed.source.is_some());
        blocks.push(Block::Table(table(&all, with_source)));
    }
    Pages { kind: PageKind::Table, landscape: true, blocks }
}

/// 核对结果 of many projects as one list: each project's own line, and the findings below it.
pub fn many(projects: &[(About, Vec<Listed>)]) -> Pages {
    let with_source = projects.iter().flat_map(|(_, all)| all).any(|listed| listed.source.is_some());
    let columns: Vec<words::Column> = columns(with_source).collect();
    let width_of_all = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    let mut table = table(&[], with_source);
    for (at, (about, all)) in projects.iter().enumerate() {
        let About { file, project, form, profile, result, .. } = about;
        let text = words::of_many(at.saturating_add(1), file, project, form, profile, result);
        table.rows.push(Row { heading: false, cells: vec![Cell { align: Align::Left, ..Cell::label(&text, width_of_all) }] });
        table.rows.extend(rows(all, &columns));
    }
    let date = projects.first().map_or("", |(about, _)| about.date.as_str());
    let said = |style, text: String| Block::Paragraph(Paragraph { style, text });
    let head = [said(Style::Title, words::FINDINGS.to_owned()), said(Style::Note, words::about_many(projects.len(), date))];
    let blocks = head.into_iter().chain([Block::Table(table)]).collect();
    Pages { kind: PageKind::Table, landscape: true, blocks }
}

/// How many there are of each severity, and how far the table is filled in.
pub(super) fn result(given: Given<'_>, all: &[Listed]) -> String {
    let count = |severity| (severity, all.iter().filter(|listed| listed.severity == severity).count());
    let counts = [Severity::Error, Severity::Warning, Severity::Info].into_iter().map(count).filter(|(_, count)| *count > 0);
    words::counted(&counts.collect::<Vec<_>>(), given.evaluation.progress.standing())
}

fn table(all: &[Listed], with_source: bool) -> Table {
    let columns: Vec<words::Column> = columns(with_source).collect();
    let title = |column: &words::Column| Cell::label(words::column(*column), 1);
    let head = Row { heading: true, cells: columns.iter().map(title).collect() };
    let rows = core::iter::once(head).chain(rows(all, &columns)).collect();
    Table { widths: columns.iter().map(|column| width(*column)).collect(), rows }
}

fn rows<'a>(all: &'a [Listed], columns: &'a [words::Column]) -> impl Iterator<Item = Row> + 'a {
    let row = move |(at, listed): (usize, &Listed)| {
        let cell = |column: &words::Column| {
            let text = listed.field(*column, at);
            Cell { align: align(*column, &text), ..Cell::label(&text, 1) }
        };
        Row { heading: false, cells: columns.iter().map(cell).collect() }
    };
    all.iter().enumerate().map(row)
}

/// The columns of the list, with or without the place in a file.
pub(super) fn columns(with_source: bool) -> impl Iterator<Item = words::Column> {
    words::COLUMNS.into_iter().filter(move |column| with_source || *column != words::Column::Source)
}

impl Listed {
    /// What stands in a column of the list. `at` counts from 0.
    pub(super) fn field(&self, column: words::Column, at: usize) -> String {
        match column {
            words::Column::Number => at.saturating_add(1).to_string(),
            words::Column::Severity => wording::severity(self.severity).to_owned(),
            words::Column::Code => self.code.id().to_owned(),
            words::Column::Title => self.title.to_owned(),
            words::Column::Place => self.place.clone(),
            words::Column::Source => self.source.clone().unwrap_or_default(),
            words::Column::Text => self.text.clone(),
            words::Column::Stands => self.stands.clone(),
            words::Column::Due => self.due.clone(),
            words::Column::Basis => self.basis.clone(),
        }
    }
}

/// Numbers end below each other; what is read begins at the left.
fn align(column: words::Column, text: &str) -> Align {
    let is_short = text.chars().count() <= 12;
    match column {
        words::Column::Number | words::Column::Severity | words::Column::Code => Align::Center,
        words::Column::Stands | words::Column::Due if is_short => Align::Right,
        words::Column::Stands | words::Column::Due => Align::Left,
        words::Column::Title | words::Column::Place | words::Column::Source | words::Column::Text | words::Column::Basis => {
            Align::Left
        }
    }
}

fn width(column: words::Column) -> u16 {
    match column {
        words::Column::Number | words::Column::Severity | words::Column::Code => 5,
        words::Column::Title | words::Column::Stands | words::Column::Due | words::Column::Source => 9,
        words::Column::Place => 14,
        words::Column::Text => 32,
        words::Column::Basis => 24,
    }
}
