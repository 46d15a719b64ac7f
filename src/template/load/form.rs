use super::chart::chart;
use super::expr::Scope;
use super::formula::{self, Raw};
use super::kind::{kind, limit};
use super::shared::SharedColumns;
use super::{Sources, cited, loaded, rule};
use crate::id::Code;
use crate::number::Magnitude;
use crate::prelude::*;
use crate::template::reader::{Object, Problems};
use crate::template::*;
use serde_json::Value;

/// Reads a form file. `file` names it in problems.
pub fn form(file: &str, value: &Value, sources: &Sources) -> Result<Form, TemplateError> {
    loaded(file, value, |object, problems| {
        let mut tables: Vec<TableDef> = Vec::new();
        let mut columns: Vec<(TableIndex, ColumnIndex, Raw)> = Vec::new();
        for (at, entry) in (0..).zip(object.objects("table")) {
            tables.push(table(entry, at, &mut columns, sources));
        }
        let mut cells = Cells::default();
        for head in object.objects("head") {
            cells.read(&head);
            head.finish();
        }
        let grid: Vec<u16> =
            object.values("grid").iter().filter_map(|width| width.as_u64().and_then(|width| u16::try_from(width).ok())).collect();
        let blocks = object.objects("block").map(|entry| block(entry, grid.len(), &tables, &mut cells)).collect();
        let sign = sign(object, &mut cells);
        let report_from = CellIndex::try_from(cells.list.len()).unwrap_or(CellIndex::MAX);
        cells.list.extend(super::shared::report_cells());
        unique(tables.iter().map(|table| &table.id), problems);
        unique(cells.list.iter().map(|cell| &cell.id), problems);
        let Cells { list: mut cells, formulas } = cells;
        for (at, raw) in formulas {
            let scope = Scope { cells: &cells, tables: &tables, table: None };
            let place = cells.get(usize::from(at)).map_or("", |cell| &cell.id);
            let resolved = raw.resolve(place, scope, problems);
            if let Some(cell) = cells.get_mut(usize::from(at)) {
                cell.formula = resolved;
            }
        }
        for (table, column, raw) in columns {
            let scope = Scope { cells: &cells, tables: &tables, table: Some(table) };
            let resolved = raw.resolve(&column_place(&tables, table, column), scope, problems);
            let def = tables.get_mut(usize::from(table)).and_then(|def| def.columns.get_mut(usize::from(column)));
            if let Some(def) = def {
                def.formula = resolved;
            }
        }
        let mut relations = Vec::new();
        for entry in object.objects("check") {
            relations.extend(formula::relation(&entry, &cells, &tables, problems));
            entry.finish();
        }
        let charts = object.objects("chart").filter_map(|entry| chart(entry, &tables)).collect();
        for (table, entry) in tables.iter_mut().zip(object.objects("table")) {
            rule::resolve(&entry, table, &cells, problems);
        }
        Some(Form {
            id: object.text("id"),
            version: object.number("version"),
            name: object.text("name"),
            short: object.text("short"),
            group: object.text("group"),
            about: object.text("about"),
            title: object.text("title"),
            unit: unit(object),
            default_profile: object.text("profile"),
            source: cited(object, "source", sources),
            sign,
            landscape: object.flag("landscape", false),
            roles: roles(&cells, problems),
            steps: formula::steps(&cells, &tables, &relations, problems),
            relations,
            report_from,
            outlines: Rc::from([]),
            cells,
            tables,
            blocks,
            grid,
            charts,
        })
    })
}

/// The fixed cells as they are met in the layout, and their formulas as written.
#[derive(Default)]
struct Cells {
    list: Vec<CellDef>,
    formulas: Vec<(CellIndex, Raw)>,
}

impl Cells {
    fn read(&mut self, object: &Object<'_>) -> CellIndex {
        let at = CellIndex::try_from(self.list.len()).unwrap_or(CellIndex::MAX);
        if let Some(raw) = formula::raw(object) {
            self.formulas.push((at, raw));
        }
        self.list.push(CellDef {
            id: object.text("id"),
            row: object.optional_text("row"),
            label: object.text("label"),
            kind: kind(object),
            role: role(object),
            formula: None,
            check: check(object),
            fill: object.flag("fill", true),
            required: object.flag("required", false),
            limit: limit(object),
        });
        at
    }
}

/// The foot of the print: cells by their labels, and words.
fn sign(object: &Object<'_>, cells: &mut Cells) -> Vec<SignItem> {
    let known = super::shared::signature_cells();
    let item = |words: String| match known.iter().find(|cell| cell.label == words) {
        Some(cell) => {
            let at = CellIndex::try_from(cells.list.len()).unwrap_or(CellIndex::MAX);
            cells.list.push(cell.clone());
            SignItem::Cell(at)
        }
        None => SignItem::Words(words),
    };
    object.texts("sign").into_iter().map(item).collect()
}

fn unique<'a>(ids: impl Iterator<Item = &'a String>, problems: &Problems) {
    let mut seen: Vec<&String> = Vec::new();
    for id in ids {
        if seen.contains(&id) {
            problems.add(id, Expected::Unique);
        }
        seen.push(id);
    }
}

pub(super) fn unit(object: &Object<'_>) -> Magnitude {
    amount_unit(&object.text("unit")).unwrap_or_else(|| {
        object.problem("unit", Expected::Unit);
        Magnitude(0)
    })
}

pub(super) fn role(object: &Object<'_>) -> Option<Role> {
    let role = match object.optional_text("role")?.as_str() {
        "fiscal_year" => Role::FiscalYear,
        "project_name" => Role::ProjectName,
        "initial" => Role::InitialBudget,
        "adjusted" => Role::AdjustedBudget,
        "executed" => Role::ExecutedAmount,
        "execution_weight" => Role::ExecutionWeight,
        "execution_rate" => Role::ExecutionRate,
        "execution_score" => Role::ExecutionScore,
        "goal_expected" => Role::GoalExpected,
        "goal_actual" => Role::GoalActual,
        "execution_reason" => Role::ExecutionReason,
        "weight_total" => Role::WeightTotal,
        "score_total" => Role::ScoreTotal,
        "mean_score" => Role::MeanScore,
        "grade" => Role::Grade,
        _ => {
            object.problem("role", Expected::Role);
            return None;
        }
    };
    Some(role)
}

fn check(object: &Object<'_>) -> Option<Code> {
    let text = object.optional_text("check")?;
    let code = Code::from_id(&text);
    if code.is_none() {
        object.problem("check", Expected::Check(text.clone()));
    }
    code
}

fn span(object: &Object<'_>, key: &'static str) -> u8 {
    object.optional_number(key).and_then(|span| u8::try_from(span).ok()).unwrap_or(1).max(1)
}

fn block(object: Object<'_>, width: usize, tables: &[TableDef], cells: &mut Cells) -> Block {
    let side = object.optional_text("side");
    let side_span = span(&object, "side_span");
    let width = width.saturating_sub(if side.is_some() { usize::from(side_span) } else { 0 });
    let lines = object.objects("line").filter_map(|entry| line(entry, width, tables, cells)).collect();
    let block = Block { heading: object.optional_text("heading"), side, side_span, lines };
    object.finish();
    block
}

fn line(object: Object<'_>, width: usize, tables: &[TableDef], cells: &mut Cells) -> Option<Line> {
    let (line, filled) = match object.optional_text("table") {
        Some(id) => {
            let Some((at, table)) = (0..).zip(tables).find(|(_, table)| table.id == id) else {
                object.problem("table", Expected::Table(id.clone()));
                return None;
            };
            let filled: usize = table.columns.iter().filter(|column| !column.hidden).map(|column| usize::from(column.span)).sum();
            (Line::Table(at), filled)
        }
        None => {
            let mut line = Vec::new();
            for entry in object.objects("cells") {
                let span = span(&entry, "span");
                let content = match entry.optional_text("text") {
                    Some(text) => LineContent::Label(text),
                    None => LineContent::Cell(cells.read(&entry)),
                };
                line.push(LineCell { content, span });
                entry.finish();
            }
            let filled = line.iter().map(|cell| usize::from(cell.span)).sum();
            (Line::Cells { heading: object.flag("heading", false), cells: line }, filled)
        }
    };
    if filled != width {
        object.problem("span", Expected::Spans { needed: width, found: filled });
    }
    object.finish();
    Some(line)
}

/// How a column is named in problems.
fn column_place(tables: &[TableDef], table: TableIndex, column: ColumnIndex) -> String {
    let def = tables.get(usize::from(table));
    let column = def.and_then(|def| def.column(column)).map_or("", |column| &column.id);
    format!("{}.{column}", def.map_or("", |def| &def.id))
}

fn table(entry: Object<'_>, own: TableIndex, formulas: &mut Vec<(TableIndex, ColumnIndex, Raw)>, sources: &Sources) -> TableDef {
    let columns = columns(&entry, own, formulas);
    let at = |id: &str| columns.iter().position(|column| column.id == id).and_then(|at| ColumnIndex::try_from(at).ok());
    let mut skeleton = Vec::new();
    for row in entry.objects("rows") {
        let mut texts = vec![String::new(); columns.len()];
        for (key, value) in row.entries() {
            match (at(key).and_then(|at| texts.get_mut(usize::from(at))), value.as_str()) {
                (Some(slot), Some(text)) => *slot = text.to_owned(),
                _ => row.problem(key, Expected::ColumnText),
            }
        }
        skeleton.push(texts);
    }
    let role = match entry.optional_text("role").as_deref() {
        Some("funds") => TableRole::Funds,
        Some("indicators") => TableRole::Indicators,
        None => TableRole::Plain,
        Some(_) => {
            entry.problem("role", Expected::TableRole);
            TableRole::Plain
        }
    };
    let table = TableDef {
        id: entry.text("id"),
        name: entry.text("name"),
        role,
        fixed: entry.flag("fixed", false),
        nested: entry.flag("nested", false),
        max_rows: entry.optional_number("max_rows").and_then(|most| u16::try_from(most).ok()),
        rules: rule::rules(&entry, sources),
        at: ColumnsByRole::of(&columns),
        columns,
        skeleton,
    };
    entry.finish();
    table
}

fn columns(table: &Object<'_>, own: TableIndex, formulas: &mut Vec<(TableIndex, ColumnIndex, Raw)>) -> Vec<ColumnDef> {
    let shared = match table.optional_text("role").as_deref() {
        Some("indicators") => {
            let roles: Vec<_> = table.objects("columns").map(|entry| entry.optional_text("role")).collect();
            super::shared::shared_columns().without(&roles)
        }
        Some(_) | None => SharedColumns::default(),
    };
    let mut columns: Vec<ColumnDef> = Vec::new();
    for entry in table.objects("columns") {
        let role = column_role(&entry, &columns);
        let hidden = entry.flag("hidden", false);
        columns.extend(shared.beside(role, true).cloned());
        if let (Some(raw), Ok(at)) = (formula::raw(&entry), ColumnIndex::try_from(columns.len())) {
            formulas.push((own, at, raw));
        }
        columns.push(ColumnDef {
            id: entry.text("id"),
            label: entry.text("label"),
            kind: kind(&entry),
            role,
            span: span(&entry, "span"),
            merge: entry.flag("merge", false),
            hidden,
            choice: if shared.may_hide(role) && !hidden { ColumnChoice::MayHide } else { ColumnChoice::Fixed },
            width: 0,
            locked: entry.flag("locked", false),
            optional: entry.flag("optional", false),
            formula: None,
            check: check(&entry),
            fill: entry.flag("fill", true),
            limit: limit(&entry),
        });
        columns.extend(shared.beside(role, false).cloned());
        entry.finish();
    }
    columns
}

fn column_role(entry: &Object<'_>, before: &[ColumnDef]) -> Option<ColumnRole> {
    let text = entry.optional_text("role")?;
    let role = ColumnRole::from_id(&text);
    match role {
        None => entry.problem("role", Expected::Role),
        Some(_) if before.iter().any(|column| column.role == role) => entry.problem("role", Expected::UniqueRole),
        Some(_) => {}
    }
    role
}

pub(super) fn roles(cells: &[CellDef], problems: &Problems) -> CellsByRole {
    let mut roles = CellsByRole::default();
    for (at, cell) in (0..).zip(cells) {
        if let Some(role) = cell.role
            && roles.insert(role, at).is_some()
        {
            problems.add(&cell.id, Expected::UniqueRole);
        }
    }
    roles
}
