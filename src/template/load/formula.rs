//! What computes the cells of a form: formulas and rules as written, resolved, and put in an order without cycles.

use super::expr::{self, Fault, Scope};
use crate::id::Code;
use crate::prelude::*;
use crate::template::reader::{Object, Problems};
use crate::template::{
    CellDef, CellIndex, CellKind, CellRange, ColumnIndex, Expected, Expr, Formula, Operand, Relation, Rule, Side, Step, TableDef,
    TableIndex,
};

/// The `formula` of a cell or a column as written, before the names in it are known, or its `rule`.
pub enum Raw {
    Text(String),
    Rule(Rule),
}

pub fn raw(object: &Object<'_>) -> Option<Raw> {
    if let Some(text) = object.optional_text("formula") {
        return Some(Raw::Text(text));
    }
    let rule = match object.optional_text("rule")?.as_str() {
        "execution_weight" => Rule::ExecutionWeight,
        "execution_score" => Rule::ExecutionScore,
        "weight_total" => Rule::WeightTotal,
        "score_total" => Rule::ScoreTotal,
        "grade" => Rule::Grade,
        "indicator_score" => Rule::IndicatorScore,
        "single_score" => Rule::SingleScore,
        _ => {
            object.problem("rule", Expected::Rule);
            return None;
        }
    };
    Some(Raw::Rule(rule))
}

impl Raw {
    /// `place` names the cell or column in problems.
    pub fn resolve(&self, place: &str, scope: Scope<'_>, problems: &Problems) -> Option<Formula> {
        match self {
            Raw::Rule(rule) => Some(Formula::Rule(*rule)),
            Raw::Text(text) => match expr::expression(text, scope) {
                Ok(expr) => Some(Formula::Expr(expr)),
                Err(fault) => {
                    report(place, fault, problems);
                    None
                }
            },
        }
    }
}

pub fn report(place: &str, fault: Fault, problems: &Problems) {
    problems.add(
        place,
        match fault {
            Fault::Unknown(name) => Expected::Name(name),
            Fault::Syntax(rest) => Expected::Formula(rest),
        },
    );
}

/// A `[[check]]` of a form: `code`, `holds`, the names of both sides, and the table for whose rows it holds.
pub fn relation(object: &Object<'_>, cells: &[CellDef], tables: &[TableDef], problems: &Problems) -> Option<Relation> {
    let table_id = object.optional_text("table");
    let table = table_id.as_deref().and_then(|id| tables.iter().position(|table| table.id == id));
    if let (Some(id), None) = (&table_id, table) {
        object.problem("table", Expected::Table(id.clone()));
    }
    let table = table.and_then(|at| TableIndex::try_from(at).ok());
    let code_text = object.text("code");
    let code = Code::from_id(&code_text);
    if code.is_none() {
        object.problem("code", Expected::Check(code_text));
    }
    let names = object.texts("names");
    let [left_name, right_name] = names.as_slice() else {
        object.problem("names", Expected::TwoNames);
        return None;
    };
    let unit = match object.optional_text("unit").as_deref() {
        None | Some("amount") => CellKind::Amount,
        Some("percent") => CellKind::Percent,
        Some("points") => CellKind::Points,
        Some("count") => CellKind::Count,
        Some(_) => {
            object.problem("unit", Expected::Kind);
            CellKind::Amount
        }
    };
    match expr::relation(&object.text("holds"), Scope { cells, tables, table }) {
        Ok((left, kind, right)) => Some(Relation {
            code: code?,
            table,
            left: Side { expr: left, name: left_name.clone() },
            right: Side { expr: right, name: right_name.clone() },
            kind,
            unit,
        }),
        Err(fault) => {
            report(&format!("{}.holds", object.path()), fault, problems);
            None
        }
    }
}

/// What an expression reads: of every row, or only of the rows below its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    Whole(Step),
    Below(Step),
}

impl Read {
    fn step(self) -> Step {
        match self {
            Read::Whole(step) | Read::Below(step) => step,
        }
    }
}

/// The steps that an expression needs before it; `own` is the table whose row it stands in.
fn reads(expr: &Expr, own: Option<TableIndex>, steps: &mut Vec<Read>) {
    let column_of = |column: ColumnIndex| own.map(|table| Step::Column(table, column));
    match expr {
        Expr::Operand(Operand::Cell(at)) => steps.push(Read::Whole(Step::Cell(*at))),
        Expr::Operand(Operand::Column(column) | Operand::Parent(column)) => steps.extend(column_of(*column).map(Read::Whole)),
        Expr::SumOf(cells) | Expr::MeanOf(cells) => match cells {
            CellRange::Below(column) => steps.extend(column_of(*column).map(Read::Below)),
            CellRange::All(table, column) | CellRange::Matching { table, column, .. } => {
                steps.push(Read::Whole(Step::Column(*table, *column)));
            }
        },
        Expr::Typed(_) | Expr::Number(_) | Expr::Sum(_) | Expr::Pair(..) | Expr::Or(_) => {}
    }
    expr.parts().iter().for_each(|part| reads(part, own, steps));
}

/// Everything with a formula that has to be computed before something else reads it, each after what it reads. A cycle is a problem.
pub fn steps(cells: &[CellDef], tables: &[TableDef], relations: &[Relation], problems: &Problems) -> Vec<Step> {
    let formula = |step: Step| match step {
        Step::Cell(at) => (cells.get(usize::from(at)).and_then(|cell| cell.formula.as_ref()), None),
        Step::Column(table, column) => {
            (tables.get(usize::from(table)).and_then(|def| def.column(column)?.formula.as_ref()), Some(table))
        }
    };
    let read_by = |step: Step| {
        let mut read = Vec::new();
        if let (Some(Formula::Expr(expr)), own) = formula(step) {
            reads(expr, own, &mut read);
        }
        // A sum of the rows below reads its own column, deepest rows first; that is no cycle.
        read.retain(|read| *read != Read::Below(step) && formula(read.step()).0.is_some());
        read.into_iter().map(Read::step).collect::<Vec<Step>>()
    };
    let all_cells = (0..).zip(cells).map(|(at, _): (CellIndex, _)| Step::Cell(at));
    let all_columns = (0..).zip(tables).flat_map(|(table, def): (TableIndex, _)| {
        (0..).zip(&def.columns).map(move |(column, _): (ColumnIndex, _)| Step::Column(table, column))
    });
    let computed: Vec<Step> = all_cells.chain(all_columns).filter(|step| formula(*step).0.is_some()).collect();
    // A column that nothing reads is computed with its row, once.
    let mut wanted: Vec<Step> = computed.iter().copied().flat_map(read_by).collect();
    for relation in relations {
        let mut read = Vec::new();
        reads(&relation.left.expr, relation.table, &mut read);
        reads(&relation.right.expr, relation.table, &mut read);
        wanted.extend(read.into_iter().map(Read::step));
    }
    let nested_sum = |step: Step| matches!(formula(step).0, Some(Formula::Expr(expr)) if sums_below(expr));
    let mut waiting: Vec<Step> = computed
        .into_iter()
        .filter(|step| matches!(step, Step::Cell(_)) || wanted.contains(step) || nested_sum(*step))
        .filter(|step| !matches!((step, formula(*step).0), (Step::Column(..), Some(Formula::Rule(_)))))
        .collect();
    let mut order: Vec<Step> = Vec::new();
    while !waiting.is_empty() {
        let (now, later): (Vec<Step>, Vec<Step>) =
            waiting.iter().partition(|step| read_by(**step).iter().all(|read| !waiting.contains(read)));
        if now.is_empty() {
            problems.add("formula", Expected::NoCycle);
            break;
        }
        order.extend(now);
        waiting = later;
    }
    // Rules look at rows and at other rules, so they come last, in the order in which `Rule` lists them.
    order.order_by(|step| match formula(*step).0 {
        Some(Formula::Rule(rule)) => Some(*rule),
        _ => None,
    });
    order
}

fn sums_below(expr: &Expr) -> bool {
    matches!(expr, Expr::SumOf(CellRange::Below(_))) || expr.parts().iter().any(sums_below)
}
