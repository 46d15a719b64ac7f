//! What forms share, each defined in one file: the cells that hold the report, and those at the foot of the print. `build.rs` packs them.

use super::kind::kind;
use super::loaded;
use crate::prelude::*;
use crate::template::reader::Object;
use crate::template::{CellDef, ColumnChoice, ColumnDef, ColumnRole, Expected};
use serde_json::Value;

/// `templates/report.toml`
const REPORT: &str = include_str!(concat!(env!("OUT_DIR"), "/report.json"));
/// `templates/signature.toml`
const SIGNATURE: &str = include_str!(concat!(env!("OUT_DIR"), "/signature.json"));

/// `templates/columns.toml`
const COLUMNS: &str = include_str!(concat!(env!("OUT_DIR"), "/columns.json"));

/// A column that tables of indicators get beside one of their own.
pub struct SharedColumn {
    pub def: ColumnDef,
    beside: ColumnRole,
    before: bool,
}

/// What tables of indicators share.
#[derive(Default)]
pub struct SharedColumns {
    list: Vec<SharedColumn>,
    /// The roles of columns that a document may hide.
    hide: Vec<ColumnRole>,
}

impl SharedColumns {
    /// Those that stand directly before or after a column of this role, in their order.
    pub fn beside(&self, role: Option<ColumnRole>, before: bool) -> impl Iterator<Item = &ColumnDef> {
        let beside = self.list.iter().filter(move |shared| Some(shared.beside) == role && shared.before == before);
        beside.map(|shared| &shared.def)
    }

    /// Leaves out the columns that a table has among its own.
    pub fn without(mut self, own: &[Option<String>]) -> SharedColumns {
        self.list.retain(|shared| !own.iter().any(|id| shared.def.role.map(ColumnRole::id) == id.as_deref()));
        self
    }

    pub fn may_hide(&self, role: Option<ColumnRole>) -> bool {
        role.is_some_and(|role| self.hide.contains(&role))
    }
}

/// The columns that every table of indicators may show, and those that it may hide.
pub fn shared_columns() -> SharedColumns {
    let value: Value = serde_json::from_str(COLUMNS).unwrap_or_default();
    let columns = loaded("columns", &value, |file, _| {
        let list = file.objects("column").filter_map(column).collect();
        let hide = file.object("hide").map(|hide| {
            let roles = hide.texts("roles").iter().filter_map(|role| ColumnRole::from_id(role)).collect();
            hide.finish();
            roles
        });
        Some(SharedColumns { list, hide: hide.unwrap_or_default() })
    });
    // A test asserts that the file is right; without it tables have their own columns only.
    columns.unwrap_or_default()
}

fn column(object: Object<'_>) -> Option<SharedColumn> {
    let role = |key: &'static str| object.optional_text(key).and_then(|text| ColumnRole::from_id(&text));
    let (own, before, after) = (role("role"), role("before"), role("after"));
    if own.is_none() || before.is_some() == after.is_some() {
        object.problem("role", Expected::Role);
    }
    let def = ColumnDef {
        id: object.text("id"),
        label: object.text("label"),
        kind: kind(&object),
        role: own,
        span: 1,
        merge: false,
        hidden: true,
        choice: ColumnChoice::WhenUsed,
        width: u16::try_from(object.number("width")).unwrap_or_default(),
        locked: false,
        optional: true,
        formula: None,
        check: None,
        fill: true,
        limit: None,
    };
    object.finish();
    Some(SharedColumn { def, beside: before.or(after)?, before: before.is_some() })
}

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
