//! `docs/forms.md`: the cells of every form by the names that saved files use. `BLESS=1 cargo test --test forms` writes it anew.

mod support;

use jixiao::template::{CellKind, Form};
use std::fmt::Write;
use std::fs;
use std::path::Path;

#[test]
fn the_list_of_cells_is_current() {
    let library = support::library();
    let mut text = String::from(
        "# Forms and their cells\n\nMade from `templates/forms/` by a test. Single cells stand under `cells` of a saved file, columns under the rows of `tables`.\n\
         Computed cells may be left out; a number in one is a claim that is checked. Kinds: `amount` is in the form's unit where the text names none, `percent`\n\
         is 46% or 46, `points` a number, `value` a number with sign and unit, a date or words, `choice` one of the ids below.\n\n\
         `kind` of an indicator row: ",
    );
    let kinds: Vec<String> = jixiao::engine::scoring::ScoringKind::ALL.iter().map(|kind| format!("`{}`", kind.id())).collect();
    let _ = writeln!(
        text,
        "{}; blank means read from the cells. `tier`: the id of a tier of the profile (`met`, `partial`, `unmet`).",
        kinds.join(", ")
    );
    for form in &library.forms {
        describe(form, &mut text);
    }
    if let Some(form) = library.forms.first() {
        report(form, &library, &mut text);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/forms.md");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text, "docs/forms.md is stale");
}

fn describe(form: &Form, text: &mut String) {
    let _ = writeln!(text, "\n## `{}` {} ({}, {})\n", form.id, form.short, form.name, form.unit_name());
    let _ = writeln!(text, "| cell | 名称 | kind | |\n|---|---|---|---|");
    for cell in form.table_cells() {
        let computed = if cell.formula.is_some() { "computed" } else { "" };
        let _ = writeln!(text, "| `{}` | {} | {} | {computed} |", cell.id, cell.place(), kind(cell.kind));
    }
    for table in &form.tables {
        let rows = if table.fixed { "fixed rows" } else { "rows may be added" };
        let _ =
            writeln!(text, "\nTable `{}` {} ({rows}):\n\n| column | 名称 | kind | |\n|---|---|---|---|", table.id, table.name);
        for column in &table.columns {
            let note = match (column.formula.is_some(), column.locked) {
                (true, _) => "computed",
                (false, true) => "given by the form",
                (false, false) => "",
            };
            let _ = writeln!(text, "| `{}` | {} | {} | {note} |", column.id, column.label, kind(column.kind));
        }
    }
}

/// The cells of the report, which are the same in every form.
fn report(form: &Form, library: &jixiao::template::Library, text: &mut String) {
    text.push_str("\n## 绩效自评报告\n\nIn every form, beside its own cells; see `docs/report.md`.\n\n| cell | 名称 | kind |\n|---|---|---|\n");
    for (_, cell) in form.report_cells() {
        let _ = writeln!(text, "| `{}` | {} | {} |", cell.id, cell.label, kind(cell.kind));
    }
    text.push_str("\nOutlines (`report.outline`):\n\n| id | 名称 | usual for | |\n|---|---|---|---|\n");
    for outline in library.outlines.iter() {
        let forms: Vec<String> = outline.forms.iter().map(|form| format!("`{form}`")).collect();
        let _ = writeln!(text, "| `{}` | {} | {} | {} |", outline.id, outline.name, forms.join(", "), outline.about);
    }
}

fn kind(kind: CellKind) -> String {
    format!("{kind:?}").to_lowercase()
}
