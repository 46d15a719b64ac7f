use crate::prelude::*;
use crate::template::reader::Object;
use crate::template::*;

/// Reads `[[chart]]`: `kind`, `title`, `table`, the `label` column, the `series` columns, and `rows`.
pub(super) fn chart(entry: Object<'_>, tables: &[TableDef]) -> Option<ChartDef> {
    let kind = kind(&entry);
    let title = entry.text("title");
    let rate = entry.optional_text("rate");
    let rows = match entry.optional_text("rows").as_deref() {
        None | Some("top") => ChartRows::Top,
        Some("all") => ChartRows::All,
        Some(_) => {
            entry.problem("rows", Expected::ChartRows);
            ChartRows::Top
        }
    };
    let id = entry.text("table");
    let label = entry.text("label");
    let names = entry.texts("series");
    let Some((table, def)) = (0..).zip(tables).find(|(_, table)| table.id == id) else {
        entry.problem("table", Expected::Table(id));
        return None;
    };
    let label = def.column_index(&label);
    if label.is_none() {
        entry.problem("label", Expected::Column);
    }
    let series: Vec<ColumnIndex> = names.iter().filter_map(|name| def.column_index(name)).collect();
    if series.len() != names.len() {
        entry.problem("series", Expected::Column);
    } else if kind.is_some_and(|kind| !fits(kind, &series, def)) {
        entry.problem("series", Expected::ChartSeries);
    }
    entry.finish();
    Some(ChartDef { kind: kind?, title, table, label: label?, series, rows, rate })
}

fn kind(entry: &Object<'_>) -> Option<ChartKind> {
    match entry.text("kind").as_str() {
        "bars" => Some(ChartKind::Bars),
        "against" => Some(ChartKind::Against),
        "shares" => Some(ChartKind::Shares),
        _ => {
            entry.problem("kind", Expected::ChartKind);
            None
        }
    }
}

/// Whether the columns are as many as the kind draws, and numbers that may stand on one scale.
fn fits(kind: ChartKind, series: &[ColumnIndex], def: &TableDef) -> bool {
    let count = match kind {
        ChartKind::Bars => (1..=4).contains(&series.len()),
        ChartKind::Against => series.len() == 2,
        ChartKind::Shares => series.len() == 1,
    };
    let mut kinds = series.iter().filter_map(|column| def.column(*column)).map(|column| column.kind);
    let first = kinds.next();
    count && first.is_some_and(|first| first.is_numeric() && kinds.all(|kind| kind == first))
}
