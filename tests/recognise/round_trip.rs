//! Every form is recognised from its own print: what comes back is what was typed.

use super::grids::{LIES, Lie, printed};
use super::support::{Case, cases, library};
use jixiao::document::{CellId, Document};
use jixiao::recognise::{Recognised, Recogniser};
use jixiao::template::{CellKind, Form, amount_unit_name};
use std::collections::BTreeMap;

/// The texts of all printed cells. Rows without a text are no part of a print, so rows are counted without them.
pub fn texts(form: &Form, document: &Document) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    if document.unit != form.unit {
        texts.insert("unit".to_owned(), amount_unit_name(document.unit).to_owned());
    }
    for (at, cell) in (0..).zip(form.table_cells()) {
        let text = document.fixed(at).text().trim();
        if !text.is_empty() {
            texts.insert(cell.id.clone(), text.to_owned());
        }
    }
    for (table, def) in (0..).zip(&form.tables) {
        let mut position = 0;
        let mut above: BTreeMap<u8, String> = BTreeMap::new();
        for row in document.rows(table) {
            let mut cells: Vec<(String, String)> = Vec::new();
            let mut begun = false;
            for (column, def) in (0..).zip(&def.columns).filter(|(_, column)| !column.hidden) {
                let mut text = row.cell(column).text().trim().to_owned();
                // A blank name of a merged column goes on with the one above, until a higher one begins anew.
                if def.merge && text.is_empty() && !begun && !row.cells.iter().all(|cell| cell.text().trim().is_empty()) {
                    text = above.get(&column).cloned().unwrap_or_default();
                } else if def.merge {
                    begun |= above.get(&column) != Some(&text);
                    above.insert(column, text.clone());
                }
                if !text.is_empty() {
                    cells.push((def.id.clone(), text));
                }
            }
            if !cells.is_empty() {
                position += 1;
            }
            texts.extend(cells.into_iter().map(|(column, text)| (format!("{}.{position}.{column}", def.id), text)));
        }
    }
    texts
}

/// What differs, as lines.
pub fn differences(form: &Form, expected: &Document, found: &Document) -> Vec<String> {
    let (expected, found) = (texts(form, expected), texts(form, found));
    let mut lines = Vec::new();
    for (cell, text) in &expected {
        match found.get(cell) {
            // A title that is broken over lines reads as one.
            Some(other) if other.replace('\n', "") == text.replace('\n', "") => {}
            Some(other) => lines.push(format!("{cell}: {text:?} became {other:?}")),
            None => lines.push(format!("{cell}: {text:?} is missing")),
        }
    }
    let extra = found.iter().filter(|(cell, _)| !expected.contains_key(*cell));
    lines.extend(extra.map(|(cell, text)| format!("{cell}: {text:?} was not printed")));
    lines
}

fn told(recognised: &Recognised) -> String {
    let mut lines = Vec::new();
    for table in &recognised.tables {
        lines.push(format!("{} {}‰ near {:?}", table.form, table.certainty.per_mille(), table.near));
        lines.extend(table.unrecognised.iter().map(|unread| format!("  not understood: {:?} {:?}", unread.text, unread.place)));
    }
    lines.extend(recognised.unrecognised.iter().map(|unread| format!("  outside: {:?} {:?}", unread.text, unread.place)));
    lines.join("\n")
}

fn check(recogniser: &Recogniser<'_>, name: &str, case: &Case, lie: Lie) -> Result<(), String> {
    let blocks = printed(&case.template, &case.document, lie);
    let recognised = recogniser.recognise(&blocks);
    let [table] = recognised.tables.as_slice() else {
        return Err(format!("{name} {lie:?}: {} tables\n{}", recognised.tables.len(), told(&recognised)));
    };
    if table.form != case.template.form.id {
        return Err(format!("{name} {lie:?}: taken for {}\n{}", table.form, told(&recognised)));
    }
    let lines = differences(&case.template.form, &case.document, &table.document);
    if !lines.is_empty() || !table.unrecognised.is_empty() {
        return Err(format!("{name} {lie:?}:\n{}\n{}", lines.join("\n"), told(&recognised)));
    }
    Ok(())
}

#[test]
fn every_golden_case_comes_back_from_its_print() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let (mut failures, mut listed) = (Vec::new(), Vec::new());
    for case in cases(&library) {
        if library.form(&case.document.form).is_none() {
            continue;
        }
        for lie in LIES {
            if let Err(failure) = check(&recogniser, &case.name.clone(), &case, lie) {
                // Without merged cells a value may be taken for a label beside it; it is then listed, and nothing is wrong.
                let only_listed = lie == Lie::Unmerged && !failure.contains("became") && !failure.contains("tables");
                if only_listed { listed.push(failure) } else { failures.push(failure) }
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n\n"));
    assert!(listed.len() <= 1, "{} with something listed\n{}", listed.len(), listed.join("\n\n"));
}

/// Every cell of every form filled with a text of its kind that stands nowhere else.
pub fn filled(form: &Form) -> Document {
    let mut document = Document::blank(form);
    let mut count = 1000;
    let mut text = |kind: CellKind, label: &str| {
        count += 7;
        match kind {
            CellKind::Text | CellKind::Prose | CellKind::Value => format!("{label}甲{count}"),
            CellKind::Year => "2023".to_owned(),
            CellKind::Date => format!("2023年{}月", count % 12 + 1),
            CellKind::Amount | CellKind::Price => format!("{count}.5"),
            CellKind::Count => format!("{count}"),
            CellKind::Percent => format!("{count}%"),
            CellKind::Points => format!("{}.{}", count / 100, count % 100),
            CellKind::Grade => "良".to_owned(),
            CellKind::Choice => String::new(),
        }
    };
    use jixiao::document::{Edit, apply};
    let mut edits = Vec::new();
    for (at, cell) in (0..).zip(form.table_cells()) {
        edits.push((CellId::Fixed(at), text(cell.kind, "值")));
    }
    for (table, def) in (0..).zip(&form.tables) {
        for row in document.rows(table) {
            for (column, column_def) in (0..).zip(&def.columns) {
                if column_def.hidden || column_def.locked || !row.cell(column).text().is_empty() {
                    continue;
                }
                edits.push((CellId::Row { table, row: row.id, column }, text(column_def.kind, "行")));
            }
        }
    }
    document = apply(&document, form, &Edit::SetMany(edits));
    document
}

#[test]
fn every_cell_of_every_form_finds_its_place() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let mut failures = Vec::new();
    for form in &library.forms {
        let document = filled(form);
        let template = library.template(&form.id, &document.profile).unwrap();
        let name = form.id.clone();
        let case = Case { name: name.clone(), file: toml::Table::new(), template, document };
        for lie in LIES {
            failures.extend(check(&recogniser, &name, &case, lie).err());
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n\n"));
}
