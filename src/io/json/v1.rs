//! Version 1 of the saved format, as it is written. `docs/document.schema.json` is made from these types.
//!
//! A change here is a change of the format: keys may be added, but none may be renamed, removed or get another meaning.

use crate::prelude::*;
use serde_json::value::RawValue;

pub use super::entries::Entries;
pub use super::evaluated::Evaluation;

/// A filled-in self-evaluation table (绩效自评表).
#[derive(serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "jixiao document"))]
pub struct File<'a> {
    /// Always `jixiao`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = "jixiao")))]
    pub format: &'a str,
    /// Version of the format, now 1. A later one is refused and the file left as it is.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub version: u32,
    /// The form (表式) that is filled in.
    pub form: FormRef<'a>,
    /// Id of the profile (口径) that points are given by; without it the form's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<&'a str>,
    /// 金额单位: what amounts without a unit are in, `元`, `千元`, `万元` or `亿元`; without it the form's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["元", "千元", "万元", "亿元", null])))]
    pub unit: Option<&'a str>,
    /// Columns that are shown or hidden otherwise than the form does of itself: `table.column` to `true` (shown) or `false` (hidden).
    #[serde(skip_serializing_if = "Entries::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub columns: Entries<'a, Shown<'a>>,
    /// What stands in the single cells, by the cell's id. Blank cells are left out.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub cells: Entries<'a, Value<'a>>,
    /// The rows of each table, by the table's id.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub tables: Entries<'a, Rows<'a>>,
    /// What follows from the rest. Only in an export; ignored when a file is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Evaluation<'a>>,
    /// Keys that this version does not know.
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub extra: Entries<'a, Value<'a>>,
}

#[derive(serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "form"))]
pub struct FormRef<'a> {
    /// Id of the form, such as `national`.
    pub id: &'a str,
    /// Version of the form that was filled in.
    pub version: Option<u32>,
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub extra: Entries<'a, Value<'a>>,
}

/// Whether a column is shown, or what a column that the form lacks was given.
#[derive(serde::Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Shown<'a> {
    Known(bool),
    #[cfg_attr(feature = "schema", schemars(skip))]
    Unknown(Value<'a>),
}

/// The rows of a table, or a table that the form lacks.
#[derive(serde::Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Rows<'a> {
    Known(Vec<Row<'a>>),
    #[cfg_attr(feature = "schema", schemars(skip))]
    Unknown(Value<'a>),
}

/// A row: its `id`, and what stands in its cells by the column's id.
#[derive(serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(title = "row"))]
pub struct Row<'a> {
    /// Unique among the rows of the document. May be left out.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1_000_000_000)))]
    pub id: Option<u32>,
    #[serde(flatten)]
    pub cells: Entries<'a, Value<'a>>,
}

/// What stands in a cell: text as typed. A number is read by its literal text, `null` is blank.
#[derive(serde::Serialize)]
#[serde(untagged)]
pub enum Value<'a> {
    Text(&'a str),
    /// A part of a file that this version does not know, as it was written.
    Raw(&'a RawValue),
}

#[cfg(feature = "schema")]
mod schema {
    use super::Value;
    use alloc::borrow::Cow;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    impl JsonSchema for Value<'_> {
        fn schema_name() -> Cow<'static, str> {
            "Text".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "description": "What stands in a cell: text as typed. A number is read by its literal text, null is blank.",
                "type": ["string", "number", "null"]
            })
        }
    }
}
