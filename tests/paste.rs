//! Blocks of cells from a clipboard, laid over an open table.

#[path = "paste/open.rs"]
mod open_table;
mod support;

use jixiao::block::{Grid, GridCell, Origin};
use jixiao::document::{CellId, Document, Edit, History, apply};
use jixiao::evaluate;
use jixiao::layout::{Content, Sheet, layout};
use jixiao::paste::{Block, Open, Pasted, cell_of, is_block, is_table, open, paste};
use jixiao::template::{Form, Labels, Library, Template};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Every cell of a document by its name.
fn texts(form: &Form, document: &Document) -> BTreeMap<String, String> {
    let fixed = (0..).zip(&document.cells).map(|(at, typed)| (CellId::Fixed(at), typed.text()));
    let rows = (0..).zip(&document.tables).flat_map(|(table, rows)| {
        rows.iter().flat_map(move |row| {
            (0..).zip(&row.cells).map(move |(column, typed)| (CellId::Row { table, row: row.id, column }, typed.text()))
        })
    });
    fixed.chain(rows).map(|(cell, text)| (cell.name(form), text.to_owned())).collect()
}

fn sheet(template: &Template, document: &Document) -> Sheet {
    layout(template, document, &evaluate(template, document), None)
}

/// What comes of a block; also of one that goes from the page to the module for office files and back.
fn pasted(template: &Template, document: &Document, at: CellId, block: &Block) -> Pasted {
    let sheet = sheet(template, document);
    let labels = Labels::builtin();
    let pasted = paste(&template.form, document, &sheet, at, block, &labels);
    let text = open::write(&template.form, document, &sheet, at);
    let open = Open::read(&text, std::slice::from_ref(&template.form)).expect("what was written is read");
    let told = Pasted::read(&open.paste(block, &labels).write(&open), &template.form).expect("what was told is heard");
    assert_eq!(told, pasted);
    pasted
}

fn after(template: &Template, document: &Document, pasted: &Pasted) -> Document {
    pasted.edit.as_ref().map_or_else(|| document.clone(), |edit| apply(document, &template.form, edit))
}

/// A grid from rows of texts; `2x1:` before a text says how many rows and columns it covers.
fn grid(rows: &[Vec<String>]) -> Grid {
    let mut cells: Vec<GridCell> = Vec::new();
    let covers = |cell: &GridCell, row: u32, column: u32| {
        (cell.row..cell.row + cell.row_span).contains(&row) && (cell.column..cell.column + cell.column_span).contains(&column)
    };
    for (row, texts) in (0..).zip(rows) {
        let mut column = 0;
        for text in texts {
            while cells.iter().any(|cell| covers(cell, row, column)) {
                column += 1;
            }
            let spans = text.split_once(':').and_then(|(spans, text)| {
                let (rows, columns) = spans.split_once('x')?;
                Some((rows.parse().ok()?, columns.parse().ok()?, text))
            });
            let (row_span, column_span, text) = spans.unwrap_or((1, 1, text));
            cells.push(GridCell { row, column, row_span, column_span, text: text.to_owned(), exact: None });
        }
    }
    let columns = cells.iter().map(|cell| cell.column + cell.column_span).max().unwrap_or(0);
    Grid { origin: Origin::Table(1), caption: None, rows: rows.len() as u32, columns, cells }
}

/// A cell by its name; of a table also by the place of its row: `rubric.#3.score`.
fn cell(form: &Form, document: &Document, name: &str) -> Option<CellId> {
    let Some((table, rest)) = name.split_once(".#") else { return CellId::from_name(name, form) };
    let (place, column) = rest.split_once('.')?;
    let table_at = form.table_index(table)?;
    let row = document.rows(table_at).get(place.parse::<usize>().ok()?.checked_sub(1)?)?.id;
    CellId::from_name(&format!("{table}.{row}.{column}"), form)
}

fn told(form: &Form, pasted: &Pasted) -> String {
    let Pasted { rows, columns, headings, added, overwritten, once, turned, left, asked, edit: _ } = pasted;
    let mut told = format!("{rows}×{columns}");
    for (count, what) in [(headings, "headings"), (added, "added"), (overwritten, "overwritten"), (once, "once")] {
        if *count > 0 {
            write!(told, " {what} {count}").unwrap();
        }
    }
    if *turned {
        told.push_str(" turned");
    }
    for left in left {
        write!(told, "\n× {},{} {:?} {:?}", left.row, left.column, left.text, left.why).unwrap();
    }
    for asked in asked {
        write!(told, "\n? {} {:?} {:?}", asked.cell.name(form), asked.text, asked.options).unwrap();
    }
    told
}

fn answers(library: &Library, file: &toml::Table) -> String {
    let mut answers = String::new();
    for case in file["case"].as_array().unwrap() {
        let text = |key: &str| case.get(key).and_then(toml::Value::as_str);
        let name = text("name").unwrap();
        let template = library.template(text("form").unwrap(), "").unwrap();
        let form = &template.form;
        let mut document = Document::blank(form);
        let blank = document.clone();
        let cell = |name: &str| cell(form, &blank, name).unwrap_or_else(|| panic!("{name} is no cell"));
        for (at, text) in case.get("before").and_then(toml::Value::as_table).into_iter().flatten() {
            let edit = Edit::Set { cell: cell(at), text: text.as_str().unwrap().to_owned() };
            document = apply(&document, form, &edit);
        }
        let block = match text("text") {
            Some(text) => {
                assert!(is_block(text), "{name}");
                Block::of_text(text).unwrap()
            }
            None => Block::of_grid(&grid(&case["grid"].clone().try_into::<Vec<Vec<String>>>().unwrap())).unwrap(),
        };
        let pasted = pasted(&template, &document, cell(text("at").unwrap()), &block);
        let (old, new) = (texts(form, &document), texts(form, &after(&template, &document, &pasted)));
        write!(answers, "== {name}\n{}\n", told(form, &pasted)).unwrap();
        let mut changed: Vec<String> = Vec::new();
        if let Some(Edit::Paste { cells, .. }) = &pasted.edit {
            changed.extend(cells.iter().map(|(cell, _)| cell.name(form)));
        }
        changed.extend(new.keys().filter(|cell| !old.contains_key(*cell) && !new[*cell].is_empty()).cloned());
        let mut seen = Vec::new();
        for cell in changed {
            let own = old.get(&cell).map_or("", String::as_str);
            if new[&cell] != own && !seen.contains(&cell) {
                writeln!(answers, "{cell} {:?}", new[&cell]).unwrap();
            }
            seen.push(cell);
        }
        answers.push('\n');
    }
    answers
}

#[test]
fn blocks_go_where_a_person_would_put_them() {
    let library = support::library();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paste");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    assert!(!paths.is_empty());
    for path in paths {
        let file: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let answers = answers(&library, &file);
        let golden = path.with_extension("txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&golden, &answers).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(answers, expected, "{}", path.display());
    }
}

#[test]
fn one_cell_is_no_block() {
    for (text, cell) in [
        ("180", "180"),
        ("180\r\n", "180"),
        ("180\n", "180"),
        ("180\r", "180"),
        (" 180 ", " 180 "),
        ("\"两行\n文字\"\r\n", "两行\n文字"),
        ("\"他说\"\"好\"\"\"", "他说\"好\""),
        ("\"一网\"", "\"一网\""),
        ("\"没有结束", "\"没有结束"),
        ("一行\u{b}两行\n", "一行\n两行"),
    ] {
        assert_eq!(cell_of(text).as_deref(), Some(cell), "{text:?}");
        assert!(!is_block(text));
    }
    for text in ["180\t82", "180\n82", "180\r82", "180\r\n82\r\n", "180\t\r\n"] {
        assert!(is_block(text), "{text:?}");
    }
}

/// What a browser copies of a printed table, as a grid.
fn printed(sheet: &Sheet) -> Grid {
    let rows: Vec<Vec<String>> = sheet
        .sections
        .iter()
        .flat_map(|section| &section.rows)
        .map(|row| {
            let cell = |view: &jixiao::layout::CellView| {
                let text = match &view.content {
                    Content::Label(text) => text,
                    Content::Field(field) => &field.typed,
                };
                format!("{}x{}:{text}", view.row_span, view.column_span)
            };
            row.cells.iter().map(cell).collect()
        })
        .collect();
    grid(&rows)
}

/// The first cell of a sheet that may be written.
fn first_cell(sheet: &Sheet) -> CellId {
    let cells = sheet.sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.cells);
    let open = cells.filter_map(|cell| match &cell.content {
        Content::Field(field) if !field.locked => Some(field.id),
        Content::Field(_) | Content::Label(_) => None,
    });
    open.into_iter().next().unwrap()
}

/// The same table with nothing in it, its lists cut down to one row.
fn emptied(form: &Form, document: &Document) -> Document {
    let mut cells: Vec<(CellId, String)> = (0..).zip(&document.cells).map(|(at, _)| (CellId::Fixed(at), String::new())).collect();
    let mut empty = document.clone();
    for (table, def) in (0..).zip(&form.tables) {
        if !def.fixed {
            empty.tables[usize::from(table)].truncate(1);
        }
        for row in empty.rows(table) {
            let open = (0..).zip(&def.columns).filter(|(_, column)| !column.locked);
            cells.extend(open.map(|(column, _)| (CellId::Row { table, row: row.id, column }, String::new())));
        }
    }
    apply(&empty, form, &Edit::SetMany(cells))
}

/// What is printed in lines, cell by cell.
fn seen(form: &Form, document: &Document) -> Vec<String> {
    let mut seen = Vec::new();
    for (at, cell) in (0..).zip(form.table_cells()) {
        seen.push(format!("{} {}", cell.id, document.fixed(at).text()));
    }
    for (table, def) in (0..).zip(&form.tables) {
        let mut above: BTreeMap<u8, String> = BTreeMap::new();
        for (place, row) in document.rows(table).iter().enumerate() {
            let mut begun = row.cells.iter().all(|cell| cell.text().trim().is_empty());
            for (at, column) in (0..).zip(&def.columns).filter(|(_, column)| !column.hidden) {
                let mut text = row.cell(at).text();
                // A blank name goes on with the one above, until a higher one begins anew.
                if column.merge && text.trim().is_empty() && !begun {
                    text = above.get(&at).map_or("", String::as_str);
                }
                begun |= column.merge && above.get(&at).is_some_and(|above| above != text);
                seen.push(format!("{}.#{}.{} {text}", def.id, place + 1, column.id));
                if column.merge {
                    let text = text.to_owned();
                    above.insert(at, text);
                }
            }
        }
    }
    seen.retain(|line| !line.ends_with(' '));
    seen
}

#[test]
fn a_printed_table_pasted_into_an_empty_one_is_the_same() {
    let library = support::library();
    let mut failures = Vec::new();
    // A form of a case's own may print lists without titles, one below the other.
    for case in support::cases(&library).into_iter().filter(|case| !case.file.contains_key("form")) {
        let mut empty = emptied(&case.template.form, &case.document);
        // Columns that are shown because they are used are to be shown in the empty table too.
        for (table, def) in (0..).zip(&case.template.form.tables) {
            empty.columns.extend((0..).zip(&def.columns).map(|(column, def)| ((table, column), !def.hidden)));
        }
        let template = empty.fitted(case.template.clone());
        let form = &template.form;
        let document = apply(&case.document, form, &Edit::SetMany(Vec::new()));
        let block = Block::of_grid(&printed(&sheet(&template, &document))).unwrap();
        let at = first_cell(&sheet(&template, &empty));
        let pasted = pasted(&template, &empty, at, &block);
        let (expected, found) = (seen(form, &document), seen(form, &after(&template, &empty, &pasted)));
        // What stands outside of the lines is not in the print.
        let outside = |line: &String| {
            let cell = CellId::from_name(line.split(' ').next().unwrap(), form);
            cell.is_some_and(|cell| jixiao::layout::Geometry::of(&sheet(&template, &document)).place(cell).is_none())
        };
        let missing: Vec<_> = expected.iter().filter(|line| !found.contains(line) && !outside(line)).collect();
        let extra: Vec<_> = found.iter().filter(|line| !expected.contains(line)).collect();
        if !missing.is_empty() || !extra.is_empty() || !pasted.left.is_empty() {
            failures.push(format!("{}: {}\nmissing {missing:?}\nextra {extra:?}", case.name, told(form, &pasted)));
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_whole_table_is_told_from_a_part_of_one() {
    let library = support::library();
    let labels = Labels::builtin();
    for id in ["national", "national-sustained", "hebei", "sichuan", "transfer", "heping"] {
        let template = library.template(id, "").unwrap();
        let whole = printed(&sheet(&template, &Document::blank(&template.form)));
        assert!(is_table(&Block::of_grid(&whole).unwrap(), &labels), "{id}");
    }
    for part in [
        "一级指标\t二级指标\t三级指标\t指标值\t实际完成值\t分值\t得分\n产出\t数量\t路\t1\t1\t5\t5\n\n\n\n产出\t质量\t桥\t1\t1\t5\t5",
        "项目名称\t水库\n主管部门\t水利局",
        "\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n年度资金总额\t1\t1\t1\t10\t100%\t10\n财政拨款\t1\t1\t1\na\t1\t1\nb\t1",
    ] {
        assert!(!is_table(&Block::of_text(part).unwrap(), &labels), "{part}");
    }
}

fn one_of<T>(list: &[T], at: usize) -> Option<&T> {
    list.get(at % list.len().max(1))
}

proptest! {
    /// Every text of a block stands in the table afterwards, or is handed back; the rest of the table is as it was; undo brings back
    /// everything, redo the paste.
    #[test]
    fn no_text_of_a_block_goes_missing(
        form in 0usize..100,
        at in 0usize..400,
        rows in prop::collection::vec(prop::collection::vec("[一-龥]{0,3}|[0-9]{1,3}(,[0-9]{2})?|", 0..9), 1..7),
        spans in prop::collection::vec((1usize..4, 1usize..4), 0..8),
        title in 0usize..60,
    ) {
        let library = support::library();
        let form = one_of(&library.forms, form).unwrap();
        let template = library.template(&form.id, "").unwrap();
        let document = Document::blank(form);
        let sheet = sheet(&template, &document);
        let names: Vec<String> = texts(form, &document).into_keys().collect();
        let at = CellId::from_name(one_of(&names, at).unwrap(), form).unwrap();
        // Words of the form among the texts, and merged cells.
        let labels: Vec<String> = sheet.sections.iter().flat_map(|section| &section.rows).flat_map(|row| &row.cells).filter_map(|cell| match &cell.content {
            Content::Label(text) => Some(text.clone()),
            Content::Field(_) => None,
        }).collect();
        let mut count = 0;
        let mut rows = rows;
        for (row, column) in (0..rows.len()).flat_map(|row| (0..rows[row].len()).map(move |column| (row, column))).collect::<Vec<_>>() {
            count += 1;
            let (tall, wide) = spans.get(count % 9).copied().unwrap_or((1, 1));
            let text = &mut rows[row][column];
            *text = if count == title { one_of(&labels, title).cloned().unwrap_or_default() } else if text.is_empty() { String::new() } else { format!("{text}·{count}") };
            *text = format!("{tall}x{wide}:{text}");
        }
        let grid = grid(&rows);
        let block = Block::of_grid(&grid).unwrap();
        let pasted = paste(form, &document, &sheet, at, &block, &Labels::builtin());
        let found = after(&template, &document, &pasted);
        let stands = texts(form, &found);
        for cell in &grid.cells {
            let is_label = labels.contains(&cell.text);
            let is_left = pasted.left.iter().any(|left| left.text == cell.text);
            let covered = grid.cells.iter().any(|other| other != cell && (other.row..other.row + other.row_span).contains(&cell.row) && (other.column..other.column + other.column_span).contains(&cell.column));
            prop_assert!(cell.text.trim().is_empty() || is_label || is_left || covered || stands.values().any(|text| *text == cell.text), "{:?} is gone", cell.text);
        }
        for left in &pasted.left {
            prop_assert!(grid.cells.iter().any(|cell| cell.text == left.text));
        }
        let mut history = History::new(document.clone());
        if let Some(edit) = &pasted.edit {
            history.edit(form, edit);
        }
        prop_assert_eq!(&**history.document(), &found);
        history.undo();
        prop_assert_eq!(&**history.document(), &document);
        history.redo();
        prop_assert_eq!(&**history.document(), &found);
    }

    /// What stands in cells without quotes, tabs and line breaks comes back as it was.
    #[test]
    fn plain_cells_come_back(cells in prop::collection::vec(prop::collection::vec("[甲-龥0-9 ]{0,4}[甲-龥]", 2..8), 1..9)) {
        let width = cells.iter().map(Vec::len).min().unwrap();
        let cells: Vec<Vec<String>> = cells.into_iter().map(|row| row.into_iter().take(width).collect()).collect();
        let text = cells.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\r\n");
        let template = support::library().template("national", "").unwrap();
        let form = &template.form;
        let document = Document::blank(form);
        let at = CellId::from_name("indicators.4.indicator", form).unwrap();
        let pasted = pasted(&template, &document, at, &Block::of_text(&text).unwrap());
        let found = after(&template, &document, &pasted);
        let shown = (2..).zip(form.tables[1].columns.iter().skip(2)).filter(|(_, column)| !column.hidden);
        let shown: Vec<u8> = shown.map(|(column, _)| column).collect();
        for (row, texts) in found.rows(1).iter().zip(&cells) {
            for (column, text) in shown.iter().zip(texts) {
                prop_assert_eq!(row.cell(*column).text(), text);
            }
        }
    }

    #[test]
    fn no_text_is_too_strange(text in "[\t\r\n\"a\u{b}]{0,40}", at in 0usize..200) {
        let template = support::library().template("national", "").unwrap();
        let form = &template.form;
        let document = Document::blank(form);
        let names: Vec<String> = texts(form, &document).into_keys().collect();
        let at = CellId::from_name(one_of(&names, at).unwrap(), form).unwrap();
        let block = Block::of_text(&text).unwrap();
        let pasted = pasted(&template, &document, at, &block);
        let kept = |texts: &mut dyn Iterator<Item = String>| texts.map(|text| text.matches('a').count()).sum::<usize>();
        let found = after(&template, &document, &pasted);
        let stands = kept(&mut texts(form, &found).into_values()) + kept(&mut pasted.left.iter().map(|left| left.text.clone()));
        prop_assert!(stands >= text.matches('a').count());
        prop_assert_eq!(cell_of(&text).is_none(), is_block(&text));
    }
}
