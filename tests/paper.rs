//! What goes onto paper comes back from it: each form and case is written, read and recognised, and must be what was printed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "paper/bureaus.rs"]
mod bureaus;
#[path = "paper/fill.rs"]
mod fill;
#[path = "paper/schema.rs"]
mod schema;
mod support;

use jixiao::block::{Block as Read, Blocks};
use jixiao::document::{CellId, Document, Edit, apply};
use jixiao::finding::Severity;
use jixiao::layout::{Content, Sheet, layout};
use jixiao::number::{Exact, Reading};
use jixiao::outcome::Outcome;
use jixiao::paper::csv::Separator;
use jixiao::paper::{self, Block, Given, Pages, Paper, Parts, Slot, Style};
use jixiao::recognise::Recogniser;
use jixiao::template::{CellKind, Library, Template};
use jixiao::workbook::workbook;
use jixiao::{evaluate, office, writer};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use support::{Case, cases, library};

const DATE: &str = "2024年3月1日";

/// A document with all that a paper is made of.
struct Printed {
    template: Template,
    document: Document,
    evaluation: jixiao::engine::Evaluation,
    sheet: Sheet,
}

impl Printed {
    fn of(template: &Template, document: &Document) -> Printed {
        let evaluation = evaluate(template, document);
        let sheet = layout(template, document, &evaluation, None);
        Printed { template: template.clone(), document: document.clone(), evaluation, sheet }
    }

    fn paper(&self, library: &Library, parts: Parts) -> Paper {
        paper::paper(self.given(library), parts)
    }

    fn given<'a>(&'a self, library: &'a Library) -> Given<'a> {
        let Printed { template, document, evaluation, sheet } = self;
        Given::new(library, (template, document), evaluation, sheet, DATE)
    }
}

/// What is printed in each cell of a document; a blank cell that is printed blank is left out.
fn printed(sheet: &Sheet) -> BTreeMap<CellId, String> {
    let cells = sheet.sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.cells);
    let fields = cells.filter_map(|cell| match &cell.content {
        Content::Field(field) => Some(field),
        Content::Label(_) => None,
    });
    let mut texts = BTreeMap::new();
    for field in fields {
        for id in std::iter::once(field.id).chain(field.merged.iter().copied()) {
            texts.insert(id, plain(&field.shown));
        }
    }
    texts
}

/// A number without what groups its digits, a text without the breaks of its lines.
fn plain(text: &str) -> String {
    text.replace([',', '\n'], "").trim().to_owned()
}

/// What came back against what was printed, by the names of cells. Rows without a text are no part of a print.
fn differences(printed_out: &Printed, found: &Document) -> Vec<String> {
    let form = &printed_out.template.form;
    let positions = |document: &Document, texts: &dyn Fn(CellId) -> String| {
        let mut named = BTreeMap::new();
        for at in 0..form.table_cells().len() {
            let cell = CellId::Fixed(u16::try_from(at).unwrap());
            named.insert(cell.name(form), texts(cell));
        }
        for (table, def) in (0..).zip(&form.tables) {
            let mut position = 0;
            let mut above: BTreeMap<u8, String> = BTreeMap::new();
            for row in document.rows(table) {
                let cells = (0..).zip(&def.columns).filter(|(_, column)| !column.hidden && !column.locked);
                let mut cells: Vec<(u8, String)> =
                    cells.map(|(column, _)| (column, texts(CellId::Row { table, row: row.id, column }))).collect();
                if cells.iter().all(|(_, text)| text.is_empty()) {
                    continue;
                }
                position += 1;
                // A blank name of a merged column goes on with the one above, until a higher one begins anew.
                let mut begun = false;
                for (column, text) in cells.iter_mut().filter(|(column, _)| def.column(*column).unwrap().merge) {
                    if text.is_empty() && !begun {
                        *text = above.get(column).cloned().unwrap_or_default();
                    }
                    begun |= above.get(column) != Some(text);
                    above.insert(*column, text.clone());
                }
                let id = |column: u8| def.column(column).unwrap().id.clone();
                named.extend(cells.into_iter().map(|(column, text)| (format!("{}.{position}.{}", def.id, id(column)), text)));
            }
        }
        named.retain(|_, text| !text.is_empty());
        named
    };
    let out = printed(&printed_out.sheet);
    let expected = positions(&printed_out.document, &|cell| out.get(&cell).cloned().unwrap_or_default());
    let back = positions(found, &|cell| plain(found.typed(cell).text()));
    let missing = expected.iter().filter(|(cell, text)| back.get(*cell) != Some(text));
    let missing = missing.map(|(cell, text)| format!("{cell}: {text:?} became {:?}", back.get(cell)));
    let extra = back.iter().filter(|(cell, _)| !expected.contains_key(*cell) && !is_outside(&out, cell, printed_out));
    missing.chain(extra.map(|(cell, text)| format!("{cell}: {text:?} was not printed"))).collect()
}

/// Whether a cell stands outside the table, such as the year under the title.
fn is_outside(out: &BTreeMap<CellId, String>, name: &str, printed: &Printed) -> bool {
    // Rows are counted anew in what came back; only a cell of its own keeps its name.
    CellId::from_name(name, &printed.template.form)
        .is_some_and(|cell| matches!(cell, CellId::Fixed(_)) && !out.contains_key(&cell))
}

fn builtin_cases(library: &Library) -> Vec<Case> {
    cases(library).into_iter().filter(|case| library.form(&case.document.form).is_some()).collect()
}

fn round_trip(
    (library, recogniser): (&Library, &Recogniser<'_>),
    name: &str,
    printed: &Printed,
    blocks: &Blocks,
    failures: &mut Vec<String>,
) {
    let recognised = recogniser.recognise(blocks);
    let [table] = recognised.tables.as_slice() else {
        return failures.push(format!("{name}: {} tables", recognised.tables.len()));
    };
    if table.form != printed.template.form.id {
        return failures.push(format!("{name}: taken for {}", table.form));
    }
    // Separated values have no merged cells, so that a text may be listed instead of understood.
    let is_listed = |line: &String| {
        let unread = table.unrecognised.iter().any(|unread| line.contains(&format!(": {:?} became None", unread.text)));
        unread && (name.ends_with("csv") || name.ends_with("plain"))
    };
    let mut lines = differences(printed, &table.document);
    // The code stands on all that is a paper of its own.
    if ["docx", "html", "xlsx"].iter().any(|format| name.ends_with(format)) {
        let own = paper::code(&printed.template, &printed.evaluation, &printed.sheet);
        if paper::stated(table, blocks).as_ref() != Some(&own) {
            lines.push(format!("the code {own} became {:?}", paper::stated(table, blocks)));
        } else if lines.is_empty() && !paper::agrees(library, &table.document, &own) {
            lines.push("another code".to_owned());
        }
    }
    lines.retain(|line| !is_listed(line));
    if !lines.is_empty() {
        failures.push(format!("{name}:\n{}", lines.join("\n")));
    }
}

#[test]
fn every_table_comes_back_from_word_and_from_a_page() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let mut failures = Vec::new();
    let mut count = 0;
    for case in builtin_cases(&library) {
        let printed = Printed::of(&case.template, &case.document);
        let paper = printed.paper(&library, Parts::TABLE);
        let sheet = paper::sheet(&printed.sheet, false);
        let files = [
            ("docx", office::read(&writer::docx::write(&paper), Some("表.docx")).unwrap()),
            ("html", office::read(paper::html::page(&paper).as_bytes(), Some("表.html")).unwrap()),
            (
                "clipboard",
                office::read_pasted(Some(&paper::html::fragment(&sheet)), Some(&paper::csv::pages(&sheet, Separator::Tab)))
                    .unwrap(),
            ),
            ("csv", office::read(paper::csv::pages(&sheet, Separator::Comma).as_bytes(), Some("表.csv")).unwrap()),
            ("xlsx", office::read(&writer::xlsx::write(&workbook(printed.given(&library))).unwrap(), Some("表.xlsx")).unwrap()),
            ("plain", office::read_pasted(None, Some(&paper::csv::pages(&sheet, Separator::Tab))).unwrap()),
        ];
        for (format, blocks) in files {
            round_trip((&library, &recogniser), &format!("{} {format}", case.name), &printed, &blocks, &mut failures);
            count += 1;
        }
    }
    assert!(count > 250, "{count}");
    assert!(failures.is_empty(), "{} of {count}\n{}", failures.len(), failures.join("\n\n"));
}

/// The same for tables that nobody published: every case with other numbers, in other cells each time.
#[test]
fn changed_tables_come_back_too() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let mut failures = Vec::new();
    let mut count = 0;
    for case in builtin_cases(&library) {
        let sheet = Printed::of(&case.template, &case.document).sheet;
        let numbers: Vec<CellId> = printed(&sheet)
            .into_keys()
            .filter(|cell| matches!(case.document.typed(*cell).reading(), Reading::Quantity(_)))
            .filter(|cell| cell.kind(&case.template.form) != CellKind::Year)
            .collect();
        for turn in 0..3 {
            let changed = numbers.iter().skip(turn).step_by(3).map(|cell| {
                let text = case.document.typed(*cell).text();
                let digit = char::from(b'1' + u8::try_from((count + turn) % 9).unwrap());
                let at = text.rfind(|char: char| char.is_ascii_digit());
                (*cell, at.map_or_else(|| text.to_owned(), |at| format!("{}{digit}{}", &text[..at], &text[at + 1..])))
            });
            let edit = Edit::SetMany(changed.collect());
            let other = Printed::of(&case.template, &apply(&case.document, &case.template.form, &edit));
            let paper = other.paper(&library, Parts::TABLE);
            for (format, bytes) in [
                ("docx", writer::docx::write(&paper)),
                ("html", paper::html::page(&paper).into_bytes()),
                ("xlsx", writer::xlsx::write(&workbook(other.given(&library))).unwrap()),
            ] {
                let blocks = office::read(&bytes, Some(&format!("表.{format}"))).unwrap();
                let name = format!("{} {turn} {format}", case.name);
                round_trip((&library, &recogniser), &name, &other, &blocks, &mut failures);
                count += 1;
            }
        }
    }
    assert!(count > 300, "{count}");
    assert!(failures.is_empty(), "{} of {count}\n{}", failures.len(), failures.join("\n\n"));
}

/// A table that says something else has another code, whatever was changed in it: a text, a number, the unit, or the profile.
#[test]
fn another_table_has_another_code() {
    let library = library();
    let mut codes = BTreeMap::new();
    let mut changed = 0;
    for case in builtin_cases(&library) {
        let code = |template: &Template, document: &Document| {
            let printed = Printed::of(template, document);
            paper::code(template, &printed.evaluation, &printed.sheet)
        };
        let own = code(&case.template, &case.document);
        assert_eq!(own, code(&case.template, &case.document.clone()));
        codes.insert(own.clone(), case.name.clone());
        let sheet = Printed::of(&case.template, &case.document).sheet;
        // What the form itself gives cannot be changed.
        let locked = |cell: &CellId| match *cell {
            CellId::Row { table, column, .. } => {
                case.template.form.table(table).and_then(|def| def.column(column)).is_some_and(|column| column.locked)
            }
            CellId::Fixed(_) => false,
        };
        let typed = printed(&sheet).into_keys().filter(|cell| !case.document.typed(*cell).is_blank() && !locked(cell));
        let typed: Vec<CellId> = typed.collect();
        for cell in typed.iter().step_by(7) {
            let text = format!("{}1", case.document.typed(*cell).text());
            let edit = Edit::Set { cell: *cell, text };
            let other = apply(&case.document, &case.template.form, &edit);
            assert_ne!(own, code(&case.template, &other), "{}: {}", case.name, cell.name(&case.template.form));
            changed += 1;
        }
    }
    assert!(codes.len() > 30 && changed > 200, "{} codes, {changed} changes", codes.len());
}

/// All parts together, in documents of every form: each element stands where Word expects it.
#[test]
fn every_element_stands_where_word_expects_it() {
    let library = library();
    let mut count = 0;
    for case in builtin_cases(&library) {
        let printed = Printed::of(&case.template, &case.document);
        assert_eq!(schema::problems(&writer::docx::write(&printed.paper(&library, Parts::ALL))), [""; 0], "{}", case.name);
        count += 1;
    }
    for form in &library.forms {
        let document = Document::blank(form);
        let printed = Printed::of(&document.template(&library).unwrap(), &document);
        assert_eq!(schema::problems(&writer::docx::write(&printed.paper(&library, Parts::ALL))), [""; 0], "{}", form.id);
        count += 1;
    }
    assert!(count > 70, "{count}");
}

/// Every line of a table covers its whole grid, and each text stands once.
#[test]
fn lines_of_tables_are_whole() {
    let library = library();
    for case in builtin_cases(&library) {
        let printed = Printed::of(&case.template, &case.document);
        for table in
            printed.paper(&library, Parts::ALL).pages.iter().flat_map(|pages| &pages.blocks).filter_map(|block| match block {
                Block::Table(table) => Some(table),
                Block::Paragraph(_) => None,
            })
        {
            let lines = table.lines();
            let begun = lines.iter().flatten().filter(|slot| matches!(slot, Slot::Begins(_))).count();
            assert_eq!(begun, table.rows.iter().map(|row| row.cells.len()).sum::<usize>(), "{}", case.name);
            for line in lines {
                let columns: usize = line.iter().map(|slot| usize::from(slot.columns())).sum();
                assert_eq!(columns, table.widths.len(), "{}", case.name);
                assert!(!line.iter().any(|slot| matches!(slot, Slot::Gap(_))), "{}: a gap", case.name);
            }
        }
    }
}

/// What a list says should stand is what the formula gives, wherever the number that stands there is another one.
#[test]
fn what_should_stand_is_what_the_formula_gives() {
    let library = library();
    let (mut totals, mut with_basis) = (0, 0);
    for case in builtin_cases(&library) {
        let printed = Printed::of(&case.template, &case.document);
        let all = paper::listed(printed.given(&library));
        assert_eq!(all.len(), printed.evaluation.findings.len());
        for (listed, finding) in all.iter().zip(&printed.evaluation.findings) {
            // Of a report only the beginning is listed.
            let text = case.document.typed(finding.at[0]).text();
            let is_long = text.chars().count() > 120;
            assert!(
                if is_long { listed.stands.chars().count() < 80 } else { listed.stands == text },
                "{}: {listed:?}",
                case.name
            );
            assert!(listed.due.is_empty() || listed.due != listed.stands, "{}: {listed:?}", case.name);
            assert!(listed.basis.is_empty() || !listed.due.is_empty(), "{}: {listed:?}", case.name);
            with_basis += usize::from(!listed.basis.is_empty());
            let total = printed.evaluation.score.as_ref().and_then(|score| score.entered.total.value());
            if listed.code.id() == "A08" && listed.severity == Severity::Error && total.is_some() {
                let due: Decimal = listed.due.parse().unwrap_or_else(|_| panic!("{}: {listed:?}", case.name));
                assert_eq!(Some(Exact::from_decimal(due)), total, "{}", case.name);
                totals += 1;
            }
        }
    }
    assert!(totals >= 3 && with_basis >= 30, "{totals} totals, {with_basis} with a basis");
}

/// Nothing that a person can type breaks the XML, and nothing but what XML has no place for is left out.
#[test]
fn odd_texts_stand_in_word_as_they_were_typed() {
    let text = "一<b>&amp;\"二\"\u{1}\u{b}\n三\u{fffe}　𠮷 =1+1";
    let paper = Paper {
        title: text.to_owned(),
        pages: vec![Pages {
            kind: paper::PageKind::Table,
            landscape: false,
            blocks: vec![Block::Paragraph(paper::Paragraph { style: Style::Body, text: text.to_owned() })],
        }],
    };
    let blocks = office::read(&writer::docx::write(&paper), Some("表.docx")).unwrap();
    let Some(Read::Paragraph(paragraph)) = blocks.list.first() else { panic!("{blocks:?}") };
    assert_eq!(paragraph.text, "一<b>&amp;\"二\"\n三　𠮷 =1+1");
}

/// Writes every case into a folder, for a look at them: `PAPER_OUT=folder cargo test --test paper -- --ignored`.
#[test]
#[ignore = "writes files to be looked at"]
fn written_out() {
    let out = std::path::PathBuf::from(std::env::var("PAPER_OUT").unwrap());
    let library = library();
    for case in builtin_cases(&library) {
        let printed = Printed::of(&case.template, &case.document);
        let paper = printed.paper(&library, Parts::ALL);
        std::fs::write(out.join(format!("{}.docx", case.name)), writer::docx::write(&paper)).unwrap();
        std::fs::write(out.join(format!("{}.html", case.name)), paper::html::page(&paper)).unwrap();
    }
}

/// The working never calls a cell blank that has a number of its own beside it.
#[test]
fn no_number_stands_beside_a_blank_of_the_same_cell() {
    let library = library();
    let (mut items, mut missing) = (0, 0);
    for case in builtin_cases(&library) {
        let evaluation = evaluate(&case.template, &case.document);
        let annex = jixiao::explain::annex(&library, &case.template, &case.document, &evaluation);
        let with_value: Vec<&str> =
            annex.iter().filter(|item| item.value.value().is_some()).map(|item| item.title.as_str()).collect();
        for item in &annex {
            items += 1;
            let Outcome::Blank(cells) = &item.value else { continue };
            for cell in cells.iter() {
                missing += 1;
                let title = jixiao::wording::place(*cell, &case.template.form, &case.document);
                assert!(!with_value.contains(&title.as_str()), "{}: {} calls {title} blank", case.name, item.title);
            }
        }
    }
    assert!(items > 900 && missing > 5, "{items} items, {missing} blanks");
}
