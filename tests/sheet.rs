//! The printed sheet: the columns that a document shows, and what stands at the foot.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use jixiao::document::{CellId, Document, Edit, apply};
use jixiao::evaluate;
use jixiao::id::CellId as Id;
use jixiao::layout::{Content, Geometry, Sheet, layout, parts, side};
use jixiao::template::{ColumnChoice, ColumnIndex, Form, Library, SignItem, TableIndex};
use proptest::prelude::*;
use std::fmt::Write;
use support::{cases, library};

/// The cells at the foot of a form.
fn signature(form: &Form) -> Vec<CellId> {
    let cell = |item: &SignItem| match item {
        SignItem::Cell(at) => Some(CellId::Fixed(*at)),
        SignItem::Words(_) => None,
    };
    form.sign.iter().filter_map(cell).collect()
}

#[test]
fn what_is_to_be_filled_in_at_the_foot_is_a_cell() {
    let library = library();
    for form in &library.forms {
        for item in &form.sign {
            if let SignItem::Words(words) = item {
                assert!(words.starts_with('（') && words.ends_with('）'), "{}: {words} leaves a blank that is no cell", form.id);
            }
        }
        // Who filled it in, and when, can be typed in every form, wherever it prints them.
        for label in ["人", "日期"] {
            let named = form.table_cells().iter().any(|cell| cell.label.ends_with(label) || cell.label.contains("填报人"));
            assert!(named, "{} has no cell for {label}", form.id);
        }
        let document = signature(form).into_iter().fold(Document::blank(form), |document, cell| {
            apply(&document, form, &Edit::Set { cell, text: "张三，2024年3月1日".to_owned() })
        });
        let template = document.template(&library).unwrap();
        let sheet = layout(&template, &document, &evaluate(&template, &document), None);
        assert_eq!(sheet.sign.len(), form.sign.len());
        for part in &sheet.sign {
            let Some(field) = &part.field else { continue };
            assert_eq!(part.label, format!("{}：", form.cell_index(&field.name).and_then(|at| form.cell(at)).unwrap().label));
            assert_eq!((field.shown.as_str(), field.locked), ("张三，2024年3月1日", false));
        }
    }
}

/// A foot that is left blank is signed by hand, and one that is filled in is nobody's business: neither changes a finding.
#[test]
fn the_foot_changes_no_finding() {
    let library = library();
    let mut compared = 0;
    for case in cases(&library) {
        let codes = |document: &Document| {
            let evaluation = evaluate(&case.template, document);
            evaluation.findings.iter().map(|finding| (finding.code, finding.at.clone())).collect::<Vec<_>>()
        };
        let form = &case.template.form;
        for text in ["", "李四", "/", "13次", "2024年2月30日"] {
            let signed = signature(form)
                .into_iter()
                .fold(case.document.clone(), |document, cell| apply(&document, form, &Edit::Set { cell, text: text.to_owned() }));
            assert_eq!(codes(&signed), codes(&case.document), "{} signed {text:?}", case.name);
            compared += 1;
        }
    }
    assert!(compared > 150, "{compared}");
}

/// The columns of a form that a document may show or hide.
fn open_columns(form: &Form) -> Vec<(TableIndex, ColumnIndex)> {
    let of = |(table, def): (TableIndex, &jixiao::template::TableDef)| {
        let open = (0..).zip(&def.columns).filter(|(_, column)| column.choice != ColumnChoice::Fixed);
        open.map(|(column, _)| (table, column)).collect::<Vec<_>>()
    };
    (0..).zip(&form.tables).flat_map(of).collect()
}

fn sheet(library: &Library, document: &Document) -> Sheet {
    let template = document.template(library).unwrap();
    layout(&template, document, &evaluate(&template, document), None)
}

/// Every line fills the grid, no cell reaches over another, and each shown column of a table has its own title above it.
fn well_laid(form: &Form, document: &Document, sheet: &Sheet) -> Result<(), String> {
    let geometry = Geometry::of(sheet);
    let rows: Vec<_> = sheet.sections.iter().flat_map(|section| &section.rows).collect();
    if sheet.grid.len() != geometry.width() || sheet.grid.contains(&0) {
        return Err(format!("{}: grid {:?}", form.id, sheet.grid));
    }
    let mut taken = vec![0_usize; rows.len()];
    for (line, row) in rows.iter().enumerate() {
        for cell in &row.cells {
            for below in taken.iter_mut().skip(line).take(usize::from(cell.row_span)) {
                *below += usize::from(cell.column_span);
            }
        }
    }
    if let Some(line) = taken.iter().position(|taken| *taken != geometry.width()) {
        return Err(format!("{}: line {line} fills {} of {}", form.id, taken[line], geometry.width()));
    }
    for (table, column) in open_columns(form) {
        let def = form.table(table).unwrap();
        let Some(row) = document.rows(table).first() else { continue };
        let cell = Id::Row { table, row: row.id, column };
        let column_def = def.column(column).unwrap();
        let shown = document.shows(table, column, column_def);
        match (shown, geometry.place(cell)) {
            (false, None) => {}
            (true, Some(place)) => {
                let title =
                    (0..place.line).rev().find_map(|line| geometry.at(line, place.column).filter(|above| above.cell.is_none()));
                let title = title.filter(|title| title.column == place.column && title.columns == place.columns);
                if title.is_none() {
                    return Err(format!("{}: {} stands under no title of its own", form.id, column_def.id));
                }
            }
            (shown, place) => return Err(format!("{}: {} shown {shown}, at {place:?}", form.id, column_def.id)),
        }
    }
    Ok(())
}

/// Shows or hides the open columns of a form, one for each bit.
fn with_columns(form: &Form, bits: u32) -> Document {
    (0..).zip(open_columns(form)).fold(Document::blank(form), |document, (at, (table, column))| {
        apply(&document, form, &Edit::ShowColumn { table, column, shown: bits >> at & 1 == 1 })
    })
}

#[test]
fn tables_of_indicators_have_the_columns_that_they_can_have() {
    let library = library();
    let ids = |form: &str, choice: ColumnChoice| -> Vec<String> {
        let form = library.form(form).unwrap();
        let (_, def) = form.indicators().unwrap();
        def.columns.iter().filter(|column| column.choice == choice).map(|column| column.id.clone()).collect()
    };
    let all = ["standard", "direction", "sign", "unit", "actual_unit", "coefficient", "review"];
    assert_eq!(ids("national", ColumnChoice::WhenUsed), all);
    assert_eq!(ids("national", ColumnChoice::MayHide), ["target", "actual", "weight", "reason"]);
    // What a form prints itself it does not get once more.
    assert_eq!(ids("sichuan", ColumnChoice::WhenUsed), ["standard", "direction", "actual_unit", "coefficient", "review"]);
    // A rubric has no values to give a unit or a direction.
    assert_eq!(ids("heping", ColumnChoice::WhenUsed), ["standard", "coefficient", "review"]);
    // Without points there is nothing to multiply.
    assert_eq!(ids("transfer", ColumnChoice::WhenUsed), ["standard", "direction", "sign", "unit", "actual_unit"]);
    for form in library.forms.iter().filter(|form| form.indicators().is_some()) {
        assert!(!open_columns(form).is_empty(), "{}", form.id);
    }
}

#[test]
fn a_column_is_shown_while_it_holds_text_and_where_it_is_asked_for() {
    let library = library();
    let form = library.form("national").unwrap();
    let (table, def) = form.indicators().unwrap();
    let (review, weight) = (def.column_index("review").unwrap(), def.column_index("weight").unwrap());
    let blank = Document::blank(&form);
    let row = blank.rows(table)[3].id;
    let shows = |document: &Document, column| {
        let printed = Geometry::of(&sheet(&library, document)).place(Id::Row { table, row, column }).is_some();
        assert_eq!(printed, document.shows(table, column, def.column(column).unwrap()));
        printed
    };
    let set = |document: &Document, column, text: &str| {
        apply(document, &form, &Edit::Set { cell: CellId::Row { table, row, column }, text: text.to_owned() })
    };
    let show = |document: &Document, column, shown| apply(document, &form, &Edit::ShowColumn { table, column, shown });
    assert!(!shows(&blank, review) && shows(&blank, weight));
    let used = set(&blank, review, "9");
    assert!(shows(&used, review));
    assert!(shows(&show(&used, review, false), review), "what holds text is never out of sight");
    assert!(!shows(&set(&used, review, ""), review));
    assert!(shows(&show(&blank, review, true), review));
    assert_eq!(show(&show(&blank, review, true), review, false), blank, "as the form has it is no choice");
    let without = show(&blank, weight, false);
    assert!(!shows(&without, weight));
    assert!(shows(&set(&without, weight, "10"), weight));
    assert!(shows(&show(&without, weight, true), weight));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_fills_the_grid(form in any::<proptest::sample::Index>(), bits in any::<u32>()) {
        let library = library();
        let form = &library.forms[form.index(library.forms.len())];
        let document = with_columns(form, bits);
        prop_assert_eq!(well_laid(form, &document, &sheet(&library, &document)), Ok(()));
    }
}

/// The sheet as text: for each line its cells as column, width and content.
fn drawn(sheet: &Sheet) -> String {
    let mut text = format!("{:?}\n", sheet.grid);
    let geometry = Geometry::of(sheet);
    let contents: Vec<&Content> = sheet
        .sections
        .iter()
        .flat_map(|section| &section.rows)
        .flat_map(|row| row.cells.iter().map(|cell| &cell.content))
        .collect();
    let mut line = usize::MAX;
    for (place, content) in geometry.places().iter().zip(contents) {
        if place.line != line {
            line = place.line;
            let _ = write!(text, "\n{line:>2} ");
        }
        let shown = match content {
            Content::Label(words) => format!("“{}”", words.replace('\n', "")),
            Content::Field(field) => field.name.clone(),
        };
        let tall = if place.lines > 1 { format!(" ↓{}", place.lines) } else { String::new() };
        let _ = write!(text, "| {}+{}{tall} {shown} ", place.column, place.columns);
    }
    text.push('\n');
    text
}

/// What the national form looks like with all optional columns, with the columns that Hubei prints, and as a rubric. `BLESS=1` writes it anew.
#[test]
fn the_national_form_with_other_columns() {
    let library = library();
    let form = library.form("national").unwrap();
    let (table, def) = form.indicators().unwrap();
    let with = |changes: &[(&str, bool)]| {
        let document = changes.iter().fold(Document::blank(&form), |document, (id, shown)| {
            apply(&document, &form, &Edit::ShowColumn { table, column: def.column_index(id).unwrap(), shown: *shown })
        });
        drawn(&sheet(&library, &document))
    };
    let every = ["standard", "direction", "sign", "unit", "actual_unit", "coefficient", "review"].map(|id| (id, true));
    let text = format!(
        "every optional column\n{}\nno weight, as in Hubei\n{}\nno values, as in a rubric\n{}\na unit beside a target, without points\n{}",
        with(&every),
        with(&[("weight", false)]),
        with(&[("target", false), ("actual", false)]),
        with(&[("unit", true), ("weight", false), ("reason", false)])
    );
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets/national-columns.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text);
}

/// Cutting a section into tables, so that titles can repeat, loses no line, and a label at the side of titles ends in the same table.
#[test]
fn every_line_is_in_exactly_one_table() {
    let library = library();
    for form in &library.forms {
        let sheet = sheet(&library, &Document::blank(form));
        for section in &sheet.sections {
            let parts = parts(section);
            let lines = parts.iter().flat_map(|part| part.head.iter().chain(&part.body)).count();
            assert_eq!(lines, section.rows.len(), "{}", form.id);
            for part in &parts {
                let below = part.head.as_deref().and_then(side).map_or(0, |(_, below)| below);
                assert!(usize::from(below) <= part.body.len(), "{}", form.id);
            }
        }
    }
}
