use super::form::{kind, limit};
use super::{Sources, cited, loaded};
use crate::prelude::*;
use crate::template::reader::Object;
use crate::template::{CellDef, Expected, Outline, OutlineSection, TemplateError};
use serde_json::Value;

/// `templates/report.toml`, as `build.rs` packs it.
const REPORT: &str = include_str!(concat!(env!("OUT_DIR"), "/report.json"));

/// The cells that hold the report, which every form gets after its own.
pub(super) fn report_cells() -> Vec<CellDef> {
    let value: Value = serde_json::from_str(REPORT).unwrap_or_default();
    let cells = loaded("report", &value, |file, _| {
        let row = file.text("row");
        let cell = |object: Object<'_>| {
            let cell = CellDef {
                id: object.text("id"),
                row: Some(row.clone()),
                label: object.text("label"),
                kind: kind(&object),
                role: None,
                formula: None,
                check: None,
                fill: true,
                required: false,
                limit: None,
            };
            object.finish();
            cell
        };
        Some(file.objects("cell").map(cell).collect())
    });
    // A test asserts that the file is right; without it a form has no report, and is a form all the same.
    cells.unwrap_or_default()
}

/// Reads an outline file. `file` names it in problems.
pub fn outline(file: &str, value: &Value, sources: &Sources) -> Result<Outline, TemplateError> {
    let cells = report_cells();
    loaded(file, value, |object, _| {
        let section = |entry: Object<'_>| {
            let cell = entry.optional_text("cell");
            if cell.as_ref().is_some_and(|id| cells.iter().all(|known| known.id != *id)) {
                entry.problem("cell", Expected::Name(cell.clone().unwrap_or_default()));
            }
            let section = OutlineSection {
                level: entry.optional_number("level").and_then(|level| u8::try_from(level).ok()).unwrap_or(1),
                heading: entry.text("heading"),
                limit: limit(&entry),
                hint: if cell.is_some() { entry.text("hint") } else { String::new() },
                sentences: entry.texts("sentences"),
                cell,
            };
            entry.finish();
            section
        };
        Some(Outline {
            id: object.text("id"),
            name: object.text("name"),
            about: object.text("about"),
            title: object.text("title"),
            source: cited(object, "source", sources),
            forms: object.texts("forms"),
            sections: object.objects("section").map(section).collect(),
        })
    })
}
