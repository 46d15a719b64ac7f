//! What forms share, each defined in one file: the cells that hold the report, and those at the foot of the print. `build.rs` packs them.

use super::form::kind;
use super::loaded;
use crate::prelude::*;
use crate::template::CellDef;
use crate::template::reader::Object;
use serde_json::Value;

/// `templates/report.toml`
const REPORT: &str = include_str!(concat!(env!("OUT_DIR"), "/report.json"));
/// `templates/signature.toml`
const SIGNATURE: &str = include_str!(concat!(env!("OUT_DIR"), "/signature.json"));

/// The cells that hold the report, which every form gets after its own.
pub fn report_cells() -> Vec<CellDef> {
    cells("report", REPORT)
}

/// The cells that a form may print at its foot.
pub fn signature_cells() -> Vec<CellDef> {
    cells("signature", SIGNATURE)
}

/// A test asserts that the files are right; without them a form is a form all the same.
fn cells(name: &str, packed: &str) -> Vec<CellDef> {
    let value: Value = serde_json::from_str(packed).unwrap_or_default();
    let cells = loaded(name, &value, |file, _| {
        let row = file.optional_text("row");
        let cell = |object: Object<'_>| {
            let cell = CellDef {
                id: object.text("id"),
                row: row.clone(),
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
    cells.unwrap_or_default()
}
