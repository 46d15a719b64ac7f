//! From a [`Document`] to what is written.

use super::v1::{Entries, Evaluation, File, FormRef, Row, Rows, Shown, Value};
use super::{FORMAT, VERSION};
use crate::document::{Document, Typed};
use crate::prelude::*;
use crate::template::{Form, TableDef, amount_unit_name};
use alloc::borrow::Cow;
use serde_json::value::RawValue;

/// Keys of the document itself. An unknown part never takes the place of one of them.
const KEYS: [&str; 9] = ["format", "version", "form", "profile", "unit", "columns", "cells", "tables", "evaluation"];

pub fn file<'a>(document: &'a Document, form: &'a Form, evaluation: Option<Evaluation<'a>>) -> File<'a> {
    let mut extra = Parts::of(document);
    extra.top.retain(|(key, _)| !KEYS.contains(&key.as_ref()));
    extra.form.retain(|(key, _)| !["id", "version"].contains(&key.as_ref()));
    extra.cells.retain(|(key, _)| form.cell_index(key).is_none());
    extra.tables.retain(|(key, _)| form.table_index(key).is_none());
    extra.columns.retain(|(key, _)| form.open_column(key).is_none());
    let ids = form.cells.iter().map(|cell| cell.id.as_str());
    let mut cells = texts(ids, &document.cells);
    cells.append(&mut extra.cells);
    let known = form.tables.iter().zip(&document.tables);
    let mut tables: Vec<_> = known
        .map(|(def, rows)| (Cow::Borrowed(def.id.as_str()), Rows::Known(rows.iter().map(|known| row(def, known)).collect())))
        .collect();
    tables.extend(extra.tables.into_iter().map(|(key, value)| (key, Rows::Unknown(value))));
    let chosen = document.columns.iter().filter_map(|((table, column), shown)| {
        let table = form.table(*table)?;
        Some((format!("{}.{}", table.id, table.column(*column)?.id).into(), Shown::Known(*shown)))
    });
    let mut columns: Vec<_> = chosen.collect();
    columns.extend(extra.columns.into_iter().map(|(key, value)| (key, Shown::Unknown(value))));
    File {
        format: FORMAT,
        version: VERSION,
        form: FormRef { id: &document.form, version: Some(document.form_version), extra: Entries(extra.form) },
        profile: Some(document.profile.as_str()).filter(|profile| !profile.is_empty()),
        unit: Some(amount_unit_name(document.unit)).filter(|unit| !unit.is_empty()),
        columns: Entries(columns),
        cells: Entries(cells),
        tables: Entries(tables),
        evaluation,
        extra: Entries(extra.top),
    }
}

fn row<'a>(def: &'a TableDef, row: &'a crate::document::Row) -> Row<'a> {
    let mut cells = texts(def.columns.iter().map(|column| column.id.as_str()), &row.cells);
    let unknown = row.extra.iter().filter(|(key, _)| *key != "id" && def.column_index(key).is_none());
    cells.extend(unknown.map(|(key, text)| (Cow::Borrowed(key.as_str()), kept(text))));
    Row { id: Some(row.id), cells: Entries(cells) }
}

/// The cells that are filled in, by name.
fn texts<'a>(ids: impl Iterator<Item = &'a str>, cells: &'a [Typed]) -> Vec<(Cow<'a, str>, Value<'a>)> {
    let filled = ids.zip(cells).filter(|(_, typed)| !typed.text().is_empty());
    filled.map(|(id, typed)| (Cow::Borrowed(id), Value::Text(typed.text()))).collect()
}

/// An unknown part as it was read. What is no JSON, which no file can have put there, is written as text.
fn kept(text: &str) -> Value<'_> {
    serde_json::from_str::<&RawValue>(text).map_or(Value::Text(text), Value::Raw)
}

/// The unknown parts of a document, by where they belong.
#[derive(Default)]
struct Parts<'a> {
    top: Vec<(Cow<'a, str>, Value<'a>)>,
    form: Vec<(Cow<'a, str>, Value<'a>)>,
    cells: Vec<(Cow<'a, str>, Value<'a>)>,
    tables: Vec<(Cow<'a, str>, Value<'a>)>,
    columns: Vec<(Cow<'a, str>, Value<'a>)>,
}

impl<'a> Parts<'a> {
    fn of(document: &'a Document) -> Parts<'a> {
        let mut parts = Parts::default();
        for (pointer, text) in &document.extra {
            let mut keys = pointer.trim_start_matches('/').splitn(2, '/');
            let (first, second) = (keys.next().unwrap_or_default(), keys.next());
            let (list, key) = match (first, second) {
                ("form", Some(key)) => (&mut parts.form, key),
                ("cells", Some(key)) => (&mut parts.cells, key),
                ("tables", Some(key)) => (&mut parts.tables, key),
                ("columns", Some(key)) => (&mut parts.columns, key),
                // Other parts are kept whole, so a pointer into one of them can only come from a later version.
                (_, Some(_)) => (&mut parts.top, pointer.as_str()),
                (key, None) => (&mut parts.top, key),
            };
            list.push((unescaped(key), kept(text)));
        }
        parts
    }
}

/// A part of a JSON Pointer without its escapes.
fn unescaped(key: &str) -> Cow<'_, str> {
    if key.contains('~') { key.replace("~1", "/").replace("~0", "~").into() } else { key.into() }
}
