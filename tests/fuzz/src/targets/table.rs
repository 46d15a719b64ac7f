//! Tables as people fill them in: an input is a list of edits of a form, and after them everything that follows is asked for.

use super::text::again;
use super::{Outcome, Target, bytes, library};
use crate::mutate;
use jixiao::document::{CellId, Document, Edit, History, apply};
use jixiao::io::json;
use jixiao::layout::layout;
use jixiao::number::Magnitude;
use jixiao::paper::{self, Given, Parts};
use jixiao::template::{CellIndex, ColumnIndex, Form, TableIndex, Template};
use jixiao::{evaluate, explain, export, fix, report, wording, workbook, writer};

pub fn targets() -> Vec<Target> {
    vec![
        Target {
            name: "evaluate",
            about: "any edits of any form by any profile: evaluated, explained, reported, printed, mended",
            seeds: edited,
            change: mutate::text,
            run: evaluated,
        },
        Target {
            name: "fixed",
            about: "fixed tables read back as they were written, whatever rows a file holds",
            seeds: moved_rows,
            change: mutate::text,
            run: fixed,
        },
    ]
}

/// The examples, and every blank form, as edits: `form profile` and then `cell<tab>text`, `+table`, `-table.row`, `^table.row by`.
fn edited() -> Vec<Vec<u8>> {
    let library = library();
    let mut all = Vec::new();
    for (at, form) in library.forms.iter().enumerate() {
        let mut text = format!("{at} 0");
        for (cell, word) in
            (0..form.cells.len()).zip(["82", "180万元", "46%", "2020年12月", "优", "其中：3个，完成率100%"].iter().cycle())
        {
            text += &format!("\nf{cell}\t{word}");
        }
        text += "\n+0\n-0.0\n^0.1 1\nt0.0.2\t≥90%\nt0.0.3\t95%\nt0.0.4\t10\nt0.0.5\t9";
        all.push(text);
    }
    for example in &library.examples {
        let Ok(imported) = json::read(&example.json, library) else { continue };
        let document = &imported.document;
        let at = library.forms.iter().position(|form| form.id == document.form).unwrap_or(0);
        let mut text = format!("{at} 0");
        for (cell, typed) in document.cells.iter().enumerate().filter(|(_, typed)| !typed.is_blank()) {
            text += &format!("\nf{cell}\t{}", typed.text().replace('\n', "\u{2028}"));
        }
        for (table, rows) in document.tables.iter().enumerate() {
            for (row, given) in rows.iter().enumerate() {
                text += &format!("\n+{table}");
                for (column, typed) in given.cells.iter().enumerate().filter(|(_, typed)| !typed.is_blank()) {
                    text += &format!("\nt{table}.{row}.{column}\t{}", typed.text().replace('\n', "\u{2028}"));
                }
            }
        }
        all.push(text);
    }
    bytes(all)
}

/// Numbers at the beginning of a word: `3.1.4`.
fn numbers(text: &str) -> Vec<usize> {
    text.split(['.', ' ']).map(|part| part.trim().parse().unwrap_or(0)).collect()
}

fn among(at: Option<&usize>, length: usize) -> usize {
    at.map_or(0, |at| at % length.max(1))
}

fn table_of(at: Option<&usize>, form: &Form) -> TableIndex {
    TableIndex::try_from(among(at, form.tables.len())).unwrap_or_default()
}

fn edit(line: &str, form: &Form, document: &Document) -> Option<Edit> {
    let (place, text) = line.split_once('\t').unwrap_or((line, ""));
    let text = text.replace('\u{2028}', "\n");
    let kind = place.chars().next()?;
    let at = numbers(&place[kind.len_utf8()..]);
    let table = table_of(at.first(), form);
    let row = |at: Option<&usize>| {
        let rows = document.rows(table);
        rows.get(among(at, rows.len())).map(|row| row.id)
    };
    Some(match kind {
        'f' => Edit::Set { cell: CellId::Fixed(CellIndex::try_from(among(at.first(), form.cells.len())).ok()?), text },
        't' => {
            let columns = &form.tables.get(usize::from(table))?.columns;
            let column = among(at.get(2), columns.len());
            // What the form gives can't be typed over.
            if columns.get(column)?.locked {
                return None;
            }
            let column = ColumnIndex::try_from(column).ok()?;
            Edit::Set { cell: CellId::Row { table, row: row(at.get(1))?, column }, text }
        }
        '+' => Edit::AddRow { table, after: None },
        '*' => Edit::CopyRow { table, row: row(at.get(1))? },
        '-' => Edit::RemoveRow { table, row: row(at.get(1))? },
        '^' => Edit::MoveRow { table, row: row(at.get(1))?, by: i32::try_from(among(at.get(2), 9)).ok()? - 4 },
        'u' => Edit::Convert(Magnitude(*[0, 3, 4, 8].get(among(at.first(), 4))?)),
        _ => return None,
    })
}

fn evaluated(input: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(input);
    let mut lines = text.split('\n');
    let library = library();
    let head = numbers(lines.next().unwrap_or_default());
    let form = &library.forms[among(head.first(), library.forms.len())];
    let mut document = Document::blank(form);
    document.profile = match head.get(1) {
        Some(0) | None => form.default_profile.clone(),
        Some(at) => library.profiles[at % library.profiles.len()].id.clone(),
    };
    let mut history = History::new(document.clone());
    for line in lines.take(2_000) {
        let Some(edit) = edit(line, form, &document) else { continue };
        document = apply(&document, form, &edit);
        history.edit(form, &edit);
    }
    if **history.document() != document {
        return Err("the history holds another document".into());
    }
    while history.undo().is_some() {}
    while history.redo().is_some() {}
    if **history.document() != document {
        return Err("undone and done again it is another document".into());
    }
    again(&document)?;
    let Some(template) = document.template(library) else { return Err("a document without a template".into()) };
    everything(&template, &document, input.len())
}

/// Everything that follows from a document; the costly parts for one of some inputs.
pub fn everything(template: &Template, document: &Document, chance: usize) -> Outcome {
    let library = library();
    let evaluation = evaluate(template, document);
    if chance.is_multiple_of(4) && evaluate(template, document) != evaluation {
        return Err("evaluated again it is another evaluation".into());
    }
    for finding in &evaluation.findings {
        let sentence = wording::finding(finding, template, document).text;
        if sentence.trim().is_empty() {
            return Err(format!("{finding:?} says nothing"));
        }
    }
    let sheet = layout(template, document, &evaluation, None);
    if !chance.is_multiple_of(4) {
        return Ok(());
    }
    explain::annex_text(library, template, document, &evaluation);
    if let Some(draft) = report::draft(template, document, &evaluation) {
        report::to_text(&draft);
    }
    if !chance.is_multiple_of(8) {
        return Ok(());
    }
    for finding in evaluation.findings.iter().take(3) {
        let Some(edit) = fix(template, document, &evaluation, finding) else { continue };
        let mended = apply(document, &template.form, &edit);
        if evaluate(template, &mended).findings.contains(finding) {
            return Err(format!("what mends it leaves it: {finding:?}"));
        }
    }
    export::document(template, document, &evaluation);
    let given = Given::new(library, (template, document), &evaluation, &sheet, "2026-01-01");
    let paper = paper::paper(given, Parts::ALL);
    let page = paper::html::page(&paper);
    if page.contains("<script") || page.contains("<img") {
        return Err("a text became an element".into());
    }
    if chance.is_multiple_of(64) {
        let docx = writer::docx::write(&paper);
        if !docx.starts_with(b"PK") {
            return Err("no document was written".into());
        }
        if writer::xlsx::write(&workbook::workbook(given)).is_none() {
            return Err("no workbook was written".into());
        }
    }
    Ok(())
}

/// Every form with a fixed table, its rows as they stand in a file, one a line: texts by column, told apart by tabs.
fn moved_rows() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for (at, form) in library().forms.iter().enumerate() {
        for (table, def) in form.tables.iter().enumerate().filter(|(_, def)| def.fixed) {
            let mut rows: Vec<String> = def.skeleton.iter().map(|texts| texts.join("\t")).collect();
            let text = |rows: &[String]| format!("{at} {table}\n{}", rows.join("\n"));
            all.push(text(&rows));
            // One moved to the end, and another blank.
            if rows.len() > 2 {
                let moved = rows.remove(1);
                rows.push(moved);
                rows[1] = String::new();
                all.push(text(&rows));
            }
        }
    }
    bytes(all)
}

/// A file with these rows is read, written and read again: every text of it is still there, all rows of the form are, and it is the same.
fn fixed(input: &[u8]) -> Outcome {
    let text = String::from_utf8_lossy(input);
    let mut lines = text.split('\n');
    let library = library();
    let head = numbers(lines.next().unwrap_or_default());
    let forms: Vec<_> = library.forms.iter().filter(|form| form.tables.iter().any(|def| def.fixed)).collect();
    let form = library.forms.get(among(head.first(), library.forms.len())).filter(|form| form.tables.iter().any(|def| def.fixed));
    let form = form.unwrap_or(forms[among(head.first(), forms.len())]);
    let fixed: Vec<_> = form.tables.iter().enumerate().filter(|(_, def)| def.fixed).collect();
    let (at, def) = fixed.iter().find(|(at, _)| Some(at) == head.get(1)).unwrap_or(&fixed[among(head.get(1), fixed.len())]);
    let mut rows = Vec::new();
    let mut typed: Vec<String> = Vec::new();
    for (number, line) in lines.take(200).enumerate() {
        let mut row = serde_json::Map::new();
        for (column, cell) in def.columns.iter().zip(line.split('\t')) {
            if !cell.is_empty() {
                row.insert(column.id.clone(), cell.into());
                // Blanks in the place of a text that the form gives are no text.
                if !jixiao::document::Typed::new(cell).is_blank() {
                    typed.push(cell.to_owned());
                }
            }
        }
        if number % 3 == 0 {
            row.insert("id".into(), (number * 7 % 5).into());
        }
        rows.push(serde_json::Value::Object(row));
    }
    let tables = serde_json::json!({ def.id.as_str(): rows });
    let file =
        serde_json::json!({ "format": json::FORMAT, "version": json::VERSION, "form": { "id": form.id }, "tables": tables });
    let imported = json::read(&file.to_string(), library).map_err(|error| format!("it can't be read: {error:?}"))?;
    let found = &imported.document.tables[*at];
    if found.len() < def.skeleton.len() {
        return Err("rows of the form are missing".into());
    }
    let mut there: Vec<&str> = found.iter().flat_map(|row| row.cells.iter().map(|cell| cell.text())).collect();
    for text in &typed {
        match there.iter().position(|known| known == text) {
            Some(place) => drop(there.swap_remove(place)),
            None => return Err(format!("{text:?} is lost")),
        }
    }
    again(&imported.document)?;
    let Some(template) = imported.document.template(library) else { return Err("a document without a template".into()) };
    let evaluation = evaluate(&template, &imported.document);
    layout(&template, &imported.document, &evaluation, None);
    Ok(())
}
