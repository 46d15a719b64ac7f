//! Prose against the table (表文一致): L03 the same fact with another number, name or grade; L10 costs of other years; L15 counts and
//! headings that don't count up; L02 a whole in another unit than its parts. [`crate::prose`] reads the texts.

mod amounts;
mod costs;
mod ledger;
mod results;
mod wholes;

use super::Checked;
use crate::document::{CellId, Typed};
use crate::finding::{Code, Facts, Finding, ProseFacts, Severity};
use crate::number::Exact;
use crate::prelude::*;
use crate::prose::{Fact, FactKind, Prose, Year};
use crate::template::{CellKind, Role};

/// From this many characters on, a text is long enough to have headings.
const LONG: usize = 300;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let texts = texts(checked);
    amounts::check(checked, &texts, findings);
    for text in &texts {
        results::check(checked, text, findings);
        costs::check(checked, text, findings);
        wholes::check(text, findings);
        listings(text, findings);
        if !text.in_row {
            numbering(text, findings);
        }
    }
    costs::sums(checked, &texts, findings);
}

/// A text of the document and what it says.
pub(super) struct Text<'a> {
    pub cell: CellId,
    pub text: &'a str,
    pub prose: &'a Prose,
    /// A cell of a table speaks about its row.
    pub in_row: bool,
    /// What is wanted, not what happened.
    pub is_goal: bool,
    /// The years that its table or its row is about: first and last.
    pub years: Option<(u16, u16)>,
}

impl Text<'_> {
    /// Whether a fact is of the one year that the text is about.
    pub fn is_of_year(&self, year: Year) -> bool {
        match year {
            Year::Unstated | Year::Relative(0) => true,
            Year::In(year) => self.years == Some((year, year)),
            Year::Relative(_) | Year::Several => false,
        }
    }

    /// As it is written; the sentence puts quotation marks around it, so its own become inner ones.
    pub fn quote(&self, fact: &Fact) -> String {
        fact.quote(self.text).replace('“', "‘").replace('”', "’")
    }
}

/// The texts that say something.
fn texts<'a>(checked: &Checked<'a>) -> Vec<Text<'a>> {
    let (form, document) = (checked.form(), checked.document());
    let years = form.role(Role::FiscalYear).and_then(|at| years_in(document.fixed(at).text()));
    let mut texts = Vec::new();
    let mut take = |cell: CellId, typed: &'a Typed, in_row: bool, is_goal: bool, years: Option<(u16, u16)>| {
        let prose = typed.prose();
        if !prose.facts.is_empty() || !prose.numbering.is_empty() {
            texts.push(Text { cell, text: typed.text(), prose, in_row, is_goal, years });
        }
    };
    for (at, def) in (0..).zip(&form.cells) {
        if def.kind == CellKind::Prose {
            take(CellId::Fixed(at), document.fixed(at), false, def.role == Some(Role::GoalExpected), years);
        }
    }
    for (table, def) in (0..).zip(&form.tables) {
        let prose = |column: &&crate::template::ColumnDef| column.kind == CellKind::Prose;
        if !def.columns.iter().any(|column| prose(&column)) {
            continue;
        }
        for row in document.rows(table) {
            let own = def.at.year.and_then(|column| years_in(row.cell(column).text()));
            for (column, _) in (0..).zip(&def.columns).filter(|(_, column)| prose(column)) {
                take(CellId::Row { table, row: row.id, column }, row.cell(column), true, false, own.or(years));
            }
        }
    }
    texts
}

/// Whether a text gives one of these amounts, in 元, with its unit: 4.54亿元 for 45400 in a table of 万元.
pub(super) fn says_amount(checked: &Checked<'_>, values: &[Exact]) -> bool {
    let is_one = |fact: &Fact| match &fact.kind {
        FactKind::Amount(quantity) => quantity.value().is_ok_and(|said| !said.is_zero() && values.contains(&said)),
        _ => false,
    };
    texts(checked).iter().any(|text| text.prose.facts.iter().any(is_one))
}

/// The years that a cell names: 2020, 2020年度, 2020-2022.
fn years_in(text: &str) -> Option<(u16, u16)> {
    let numbers = text.split(|char: char| !char.is_ascii_digit()).filter(|number| number.len() == 4);
    let years: Vec<u16> = numbers.filter_map(|number| number.parse().ok()).filter(|year| (1900..=2100).contains(year)).collect();
    Some((*years.iter().min()?, *years.iter().max()?))
}

/// L15: 7个 and what the brackets list.
fn listings(text: &Text<'_>, findings: &mut Vec<Finding>) {
    for fact in &text.prose.facts {
        if let FactKind::Listing { stated, fewest, most } = fact.kind
            && !(fewest..=most).contains(&stated)
        {
            let facts = ProseFacts::ListedCount {
                quote: text.text.get(fact.at.clone()).unwrap_or_default().to_owned(),
                stated,
                listed: fewest,
            };
            findings.push(Finding::new(Code::L15, vec![text.cell], Facts::Prose(facts)));
        }
    }
}

/// L15: numbers of headings, in texts long enough to have them.
fn numbering(text: &Text<'_>, findings: &mut Vec<Finding>) {
    // No text has more characters than bytes.
    if text.prose.numbering.is_empty() || text.text.len() <= LONG {
        return;
    }
    if text.text.chars().filter(|char| !char.is_whitespace()).nth(LONG).is_none() {
        return;
    }
    let problems = text.prose.numbering.iter().map(|problem| (heading(text.text, problem.at.start), problem.kind)).collect();
    findings.push(Finding::new(Code::L15, vec![text.cell], Facts::Prose(ProseFacts::Headings { problems })));
}

/// The line that begins there.
fn heading(text: &str, from: usize) -> String {
    let line = text.get(from..).unwrap_or_default().lines().next().unwrap_or_default();
    let mut heading = String::with_capacity(line.len());
    heading.extend(line.chars().filter(|char| !char.is_whitespace()));
    heading
}

/// A finding of L03 with its two places.
fn conflict(text: &Text<'_>, cell: CellId, facts: ProseFacts, severity: Severity) -> Finding {
    Finding::new(Code::L03, vec![text.cell, cell], Facts::Prose(facts)).with_severity(severity)
}
