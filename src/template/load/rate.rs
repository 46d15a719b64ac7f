//! `rates.toml`: each entry becomes a form of a few cells.

use super::expr::{self, Scope};
use super::formula::{self, Raw};
use super::{Sources, cited, exact, loaded};
use crate::id::{CellId, ScoringKind};
use crate::number::Magnitude;
use crate::prelude::*;
use crate::template::reader::{Object, Problems};
use crate::template::*;
use serde_json::Value;

/// The id of the computed cell in formulas and checks.
const RESULT: &str = "result";
/// The column of an input that is typed several times.
const VALUE: &str = "value";
/// 万元, in which amounts are typed unless the person chooses otherwise.
const UNIT: Magnitude = Magnitude(4);

/// Reads the rates. `profiles` are those whose rules they may name.
pub fn rates(value: &Value, sources: &Sources, profiles: &[Rc<Profile>]) -> Result<Vec<Rc<Rate>>, TemplateError> {
    loaded("rates", value, |file, problems| {
        let usual = file.text("profile");
        let mut rates: Vec<Rc<Rate>> = Vec::new();
        for entry in file.objects("rate") {
            let id = entry.optional_text("profile").unwrap_or_else(|| usual.clone());
            let Some(profile) = profiles.iter().find(|profile| profile.id == id) else {
                entry.problem("profile", Expected::Name(id));
                continue;
            };
            let rate = rate(&entry, profile.clone(), sources, problems);
            entry.finish();
            if rates.iter().any(|known| known.number == rate.number) {
                problems.add(&rate.number, Expected::Unique);
            }
            rates.push(Rc::new(rate));
        }
        Some(rates)
    })
}

fn rate(entry: &Object<'_>, profile: Rc<Profile>, sources: &Sources, problems: &Problems) -> Rate {
    let number = entry.text("number");
    let name = entry.text("name");
    let source = cited(entry, "source", sources);
    let own_unit = entry.has("unit");
    let unit = if own_unit { super::form::unit(entry) } else { UNIT };
    let mut parts = match entry.optional_text("scoring") {
        Some(kind) => Parts::row(entry, &name, &kind),
        None => Parts::cells(entry, &number, problems),
    };
    let mut checks = Vec::new();
    for check in entry.objects("check") {
        checks.extend(relation(&check, &parts, problems));
        check.finish();
    }
    let steps = formula::steps(&parts.cells, &parts.tables, &[], problems);
    let roles = super::form::roles(&parts.cells, problems);
    let form = Form {
        charts: Vec::new(),
        id: number.clone(),
        version: 1,
        name: name.clone(),
        short: name.clone(),
        group: String::new(),
        about: String::new(),
        title: name.clone(),
        unit,
        default_profile: profile.id.clone(),
        source: source.clone(),
        cells: core::mem::take(&mut parts.cells),
        tables: core::mem::take(&mut parts.tables),
        blocks: Vec::new(),
        grid: Vec::new(),
        sign: Vec::new(),
        landscape: false,
        steps,
        relations: Vec::new(),
        roles,
        report_from: crate::template::CellIndex::MAX,
        outlines: Rc::from([]),
    };
    // A band of a rate begins at a ratio, one of a score at points.
    let band_sort = if parts.result.kind(&form) == CellKind::Points { NumberSort::Points } else { NumberSort::Rate };
    let rate = Rate {
        number,
        name,
        group: entry.text("group"),
        form: Rc::new(form),
        profile,
        inputs: parts.inputs,
        result: parts.result,
        free_unit: !own_unit,
        base: entry.optional_text("base"),
        note: entry.optional_text("note"),
        checks,
        bands: bands(entry, &source, band_sort),
        source,
    };
    for input in &rate.inputs {
        if let Some(with) = input.with.as_ref().filter(|with| rate.input(with).is_none()) {
            problems.add(&input.id, Expected::Name(with.clone()));
        }
    }
    rate
}

/// What the cells of a rate are made of.
struct Parts {
    cells: Vec<CellDef>,
    tables: Vec<TableDef>,
    inputs: Vec<RateInput>,
    result: CellId,
}

impl Parts {
    /// A result beside its inputs, by a formula or by a rule of the profile.
    fn cells(entry: &Object<'_>, number: &str, problems: &Problems) -> Parts {
        let mut parts = Parts { cells: Vec::new(), tables: Vec::new(), inputs: Vec::new(), result: CellId::Fixed(0) };
        let mut raws: Vec<(usize, Raw)> = Vec::new();
        for object in entry.objects("input") {
            match object.optional_number("times") {
                Some(times) => parts.list(&object, times),
                None => {
                    let at = parts.cells.len();
                    let raw = formula::raw(&object);
                    let input = input(&object, fixed(at), raw.is_some());
                    parts.cells.push(cell(&object, input.id.clone()));
                    parts.inputs.push(input);
                    raws.extend(raw.map(|raw| (at, raw)));
                }
            }
            object.finish();
        }
        let at = parts.cells.len();
        parts.result = fixed(at);
        if let Some(object) = entry.object("result") {
            parts.cells.push(cell(&object, RESULT.to_owned()));
            object.finish();
        } else {
            entry.problem("result", Expected::Missing);
        }
        match formula::raw(entry) {
            Some(raw) => raws.push((at, raw)),
            None => entry.problem("formula", Expected::Missing),
        }
        for (at, raw) in raws {
            let resolved = raw.resolve(number, Scope { cells: &parts.cells, tables: &parts.tables, table: None }, problems);
            if let Some(cell) = parts.cells.get_mut(at) {
                cell.formula = resolved;
            }
        }
        parts
    }

    /// An input that is typed several times: the rows of a table. `{}` in its label stands for the number of the row.
    fn list(&mut self, object: &Object<'_>, times: u32) {
        let (id, label) = (object.text("id"), object.text("label"));
        let table = TableIndex::try_from(self.tables.len()).unwrap_or(TableIndex::MAX);
        let names: Vec<String> = (1..=times).map(|at| label.replace("{}", &at.to_string())).collect();
        let column = column(VALUE, &label, super::kind::kind(object));
        for (row, name) in (1..).zip(&names) {
            let cell = CellId::Row { table, row, column: 1 };
            let id = format!("{id}{row}");
            let kind = column.kind;
            let label = name.clone();
            self.inputs.push(RateInput { id, cell, label, kind, hint: None, role: None, optional: true, with: None });
        }
        let skeleton = names.into_iter().map(|name| vec![name, String::new()]).collect();
        let columns = vec![column_of_words("name"), column];
        let at = ColumnsByRole { name: Some(0), ..ColumnsByRole::default() };
        self.tables.push(table_of(&id, TableRole::Plain, columns, skeleton, at));
    }

    /// One indicator, scored as the profile scores it.
    fn row(entry: &Object<'_>, name: &str, kind: &str) -> Parts {
        if !ScoringKind::ALL.iter().any(|known| known.id() == kind) {
            entry.problem("scoring", Expected::Rule);
        }
        let given = entry.object("given");
        let text = |key: &'static str| given.as_ref().and_then(|given| given.optional_text(key));
        let mut columns = vec![column_of_words("kind")];
        let mut row = vec![kind.to_owned()];
        let mut at = ColumnsByRole { kind: Some(0), ..ColumnsByRole::default() };
        if let Some(target) = text("target") {
            columns.push(column("target", "target", CellKind::Value));
            row.push(target);
            at.target = Some(1);
        }
        if let Some(given) = given {
            given.finish();
        }
        let mut inputs = Vec::new();
        for object in entry.objects("input") {
            let own = ColumnIndex::try_from(columns.len()).unwrap_or(ColumnIndex::MAX);
            let input = input(&object, CellId::Row { table: 0, row: 1, column: own }, false);
            match input.id.as_str() {
                "target" => at.target = Some(own),
                "actual" => at.actual = Some(own),
                "weight" => at.weight = Some(own),
                _ => object.problem("id", Expected::ColumnText),
            }
            columns.push(column(&input.id, &input.label, input.kind));
            row.push(String::new());
            inputs.push(input);
            object.finish();
        }
        let own = ColumnIndex::try_from(columns.len()).unwrap_or(ColumnIndex::MAX);
        at.score = Some(own);
        if let Some(object) = entry.object("result") {
            let score = column("score", &object.text("label"), super::kind::kind(&object));
            columns.push(ColumnDef { formula: Some(Formula::Rule(Rule::IndicatorScore)), ..score });
            object.finish();
        }
        row.push(String::new());
        let table = table_of(name, TableRole::Indicators, columns, vec![row], at);
        let result = CellId::Row { table: 0, row: 1, column: own };
        Parts { cells: Vec::new(), tables: vec![table], inputs, result }
    }
}

fn fixed(at: usize) -> CellId {
    CellId::Fixed(CellIndex::try_from(at).unwrap_or(CellIndex::MAX))
}

fn cell(object: &Object<'_>, id: String) -> CellDef {
    CellDef {
        id,
        row: None,
        label: object.text("label"),
        kind: super::kind::kind(object),
        role: super::form::role(object),
        formula: None,
        check: None,
        fill: true,
        required: false,
        limit: None,
    }
}

fn input(object: &Object<'_>, cell: CellId, computed: bool) -> RateInput {
    RateInput {
        id: object.text("id"),
        cell,
        label: object.text("label"),
        kind: super::kind::kind(object),
        hint: object.optional_text("hint"),
        role: super::form::role(object),
        optional: object.flag("optional", computed),
        with: object.optional_text("with"),
    }
}

fn column_of_words(id: &str) -> ColumnDef {
    ColumnDef { hidden: true, ..column(id, "", CellKind::Text) }
}

fn column(id: &str, label: &str, kind: CellKind) -> ColumnDef {
    ColumnDef {
        id: id.to_owned(),
        label: label.to_owned(),
        kind,
        role: None,
        span: 1,
        merge: false,
        hidden: false,
        choice: ColumnChoice::Fixed,
        width: 0,
        locked: false,
        optional: false,
        formula: None,
        check: None,
        fill: true,
        limit: None,
    }
}

fn table_of(id: &str, role: TableRole, columns: Vec<ColumnDef>, skeleton: Vec<Vec<String>>, at: ColumnsByRole) -> TableDef {
    let rules = Vec::new();
    TableDef {
        id: id.to_owned(),
        name: id.to_owned(),
        role,
        fixed: true,
        nested: false,
        max_rows: None,
        columns,
        skeleton,
        rules,
        at,
    }
}

/// `{ holds = "result <= 1", say = "…" }`
fn relation(object: &Object<'_>, parts: &Parts, problems: &Problems) -> Option<RateCheck> {
    let say = object.text("say");
    let scope = Scope { cells: &parts.cells, tables: &parts.tables, table: None };
    match expr::relation(&object.text("holds"), scope) {
        Ok((left, kind, right)) => Some(RateCheck { left, kind, right, say }),
        Err(fault) => {
            formula::report(&format!("{}.holds", object.path()), fault, problems);
            None
        }
    }
}

fn bands(entry: &Object<'_>, source: &SourceId, sort: NumberSort) -> Option<Grades> {
    if !entry.has("bands") {
        return None;
    }
    let band = |object: Object<'_>| {
        let band = Band { name: object.text("name"), aliases: Vec::new(), from: exact(&object, "from", sort) };
        object.finish();
        band
    };
    let bands = entry.objects("bands").map(band).collect();
    Some(Grades { bands, whole_numbers: false, source: source.clone() })
}
