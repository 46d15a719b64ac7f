use super::kind::limit;
use super::shared::report_cells;
use super::{Sources, cited, loaded};
use crate::prelude::*;
use crate::template::reader::Object;
use crate::template::{Expected, Outline, OutlineSection, TemplateError};
use serde_json::Value;

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
