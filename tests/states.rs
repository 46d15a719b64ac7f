//! What must hold for the three states of a cell and for what is offered as a fix, over tables made at random: 不适用 stays 不适用, blank
//! never becomes 0, and a fix creates no new finding.

#[path = "support/recipe.rs"]
mod recipe;
mod support;

use jixiao::document::{CellId, Document, apply};
use jixiao::engine::{Evaluation, Outcome, RowEval, RowState, computed_cell};
use jixiao::evaluate;
use jixiao::finding::{Code, Severity};
use jixiao::fix;
use jixiao::number::Reading;
use jixiao::template::{Expr, Form, Formula, Operand, Role, TableRole, Template};
use proptest::prelude::*;
use recipe::{Recipe, changes, filled, how_many, known, put, recipe, templates};
use std::collections::BTreeSet;
use support::library;

/// A form filled at random, or a known table with a few cells changed.
#[derive(Clone, Debug)]
enum Made {
    Filled(usize, Recipe),
    Changed(usize, Recipe),
}

fn made() -> impl Strategy<Value = Made> {
    prop_oneof![
        1 => (any::<usize>(), recipe()).prop_map(|(which, recipe)| Made::Filled(which, recipe)),
        2 => (any::<usize>(), changes()).prop_map(|(which, recipe)| Made::Changed(which, recipe)),
    ]
}

thread_local! {
    static KNOWN: Vec<support::Case> = known(&library());
    static TEMPLATES: Vec<Template> = templates(&library());
}

fn make(made: &Made) -> (Template, Document) {
    match made {
        Made::Filled(which, recipe) => TEMPLATES.with(|templates| {
            let template = templates[which % templates.len()].clone();
            let document = filled(&template, recipe);
            (template, document)
        }),
        Made::Changed(which, recipe) => KNOWN.with(|known| {
            let case = &known[which % known.len()];
            (case.template.clone(), put(case.document.clone(), recipe))
        }),
    }
}

fn is_na(document: &Document, cell: CellId) -> bool {
    matches!(document.typed(cell).reading(), Reading::NotApplicable)
}

/// The operands of a formula that is one operation on two cells.
fn pair(formula: Option<&Formula>, cell: CellId) -> Option<[CellId; 2]> {
    let Some(Formula::Expr(Expr::Pair(_, pair))) = formula else { return None };
    let of = |expr: &Expr| match (expr, cell) {
        (Expr::Operand(Operand::Cell(at)), _) => Some(CellId::Fixed(*at)),
        (Expr::Operand(Operand::Column(column)), CellId::Row { table, row, .. }) => {
            Some(CellId::Row { table, row, column: *column })
        }
        _ => None,
    };
    Some([of(&pair[0])?, of(&pair[1])?])
}

/// Every computed cell that is one operation on two cells.
fn pairs(form: &Form, document: &Document) -> Vec<(CellId, [CellId; 2])> {
    let mut found = Vec::new();
    for (at, def) in (0..).zip(&form.cells) {
        found.extend(pair(def.formula.as_ref(), CellId::Fixed(at)).map(|pair| (CellId::Fixed(at), pair)));
    }
    for (table, def) in (0..).zip(&form.tables) {
        for row in document.rows(table) {
            for (column, of) in (0..).zip(&def.columns) {
                let cell = CellId::Row { table, row: row.id, column };
                found.extend(pair(of.formula.as_ref(), cell).map(|pair| (cell, pair)));
            }
        }
    }
    found
}

/// The scored rows with what was typed for them.
fn scored<'a>(form: &Form, document: &'a Document, evaluation: &'a Evaluation) -> Vec<(CellId, Option<CellId>, &'a RowEval)> {
    let mut found = Vec::new();
    for (table, def) in (0..).zip(&form.tables).filter(|(_, def)| def.role == TableRole::Indicators) {
        let Some(column) = def.at.score else { continue };
        for (row, eval) in document.rows(table).iter().zip(evaluation.rows(table)) {
            let cell = |column| CellId::Row { table, row: row.id, column };
            if !matches!(eval.state, RowState::Unused | RowState::Sum) {
                found.push((cell(column), def.at.single.map(cell), &**eval));
            }
        }
    }
    found
}

/// As many tables as are asked for, and a line that says so.
fn said() -> ProptestConfig {
    let config = ProptestConfig { cases: how_many(), ..ProptestConfig::default() };
    println!("{} generated tables for each property", config.cases);
    config
}

proptest! {
    #![proptest_config(said())]

    #[test]
    fn what_does_not_apply_stays_so(made in made()) {
        let (template, document) = make(&made);
        let form = &template.form;
        let evaluation = evaluate(&template, &document);
        for (cell, operands) in pairs(form, &document) {
            if operands.iter().any(|operand| is_na(&document, *operand)) && let Some(eval) = computed_cell(&evaluation, cell) {
                prop_assert_eq!((&eval.computed, &eval.by_rule), (&Outcome::NotApplicable, &Outcome::NotApplicable), "{}", cell.name(form));
            }
        }
        let Some(score) = &evaluation.score else { return Ok(()) };
        let declared = |role| form.role(role).is_some_and(|at| is_na(&document, CellId::Fixed(at)));
        if declared(Role::ExecutionScore) || (declared(Role::ExecutionWeight) && form.role(Role::ExecutionScore).is_some_and(|at| document.fixed(at).is_blank())) {
            prop_assert_eq!((&score.entered.execution, &score.by_rule.execution), (&Outcome::NotApplicable, &Outcome::NotApplicable));
        }
        if declared(Role::ExecutionWeight) {
            prop_assert_eq!(&score.execution_weight, &Outcome::NotApplicable);
        }
        for (cell, single, row) in scored(form, &document, &evaluation) {
            let given = single.is_some_and(|single| matches!(document.typed(single).reading(), Reading::Quantity(_)));
            if is_na(&document, cell) && !given {
                prop_assert_eq!(row.state, RowState::NotApplicable);
            }
            if row.state == RowState::NotApplicable {
                prop_assert_eq!((&row.counted, &row.by_rule), (&Outcome::NotApplicable, &Outcome::NotApplicable));
            }
        }
        // What does not apply adds nothing, unless nobody can tell how many points it takes with it.
        let is_readable = |row: &RowEval| row.state != RowState::NotApplicable || !matches!(row.weight, Outcome::Undefined(_));
        if !scored(form, &document, &evaluation).iter().all(|(_, _, row)| is_readable(row)) {
            return Ok(());
        }
        let mut without = document.clone();
        for (table, rows) in without.tables.iter_mut().enumerate() {
            let evals = evaluation.rows(u8::try_from(table).unwrap());
            rows.retain(|row| evals.iter().all(|eval| eval.row != row.id || eval.state != RowState::NotApplicable));
        }
        let kept = evaluate(&template, &without);
        let sum = |evaluation: &Evaluation| evaluation.score.as_ref().map(|score| (score.entered.sum.value(), score.by_rule.sum.value()));
        prop_assert_eq!(sum(&evaluation), sum(&kept), "{}", jixiao::io::json::write(&document, form));
    }

    #[test]
    fn blank_never_becomes_nought(made in made()) {
        let (template, document) = make(&made);
        let form = &template.form;
        let evaluation = evaluate(&template, &document);
        let is_value = |outcome: &Outcome| matches!(outcome, Outcome::Value(_));
        for (cell, operands) in pairs(form, &document) {
            let is_empty = |operand: &CellId| {
                document.typed(*operand).is_blank() && computed_cell(&evaluation, *operand).is_none_or(|eval| !is_value(&eval.computed) && !is_value(&eval.by_rule))
            };
            if operands.iter().any(is_empty) && let Some(eval) = computed_cell(&evaluation, cell) {
                prop_assert!(!is_value(&eval.computed), "{} {:?}", cell.name(form), eval);
            }
        }
        let Some(score) = &evaluation.score else { return Ok(()) };
        let mut any = false;
        for (cell, single, row) in scored(form, &document, &evaluation) {
            let CellId::Row { table, row: id, .. } = cell else { continue };
            let def = form.table(table).unwrap();
            let typed = document.row(table, id).unwrap();
            let blank = |column: Option<u8>| typed.cell_at(column).is_blank();
            let reads = def.rule(typed.cell_at(def.at.kind).text()).is_some_and(|rule| rule.reads.is_some());
            let single = single.is_some_and(|single| !document.typed(single).is_blank());
            let measured = row.kind.measures() && row.kind != jixiao::engine::scoring::ScoringKind::Execution && !reads && !single;
            if measured && def.at.actual.is_some() && blank(def.at.actual) {
                prop_assert!(!is_value(&row.suggested), "{}: {:?}", cell.name(form), row);
            }
            // A deduction has no weight: what was typed as deducted is what counts.
            let deducts = row.state == RowState::Deduction && !blank(def.at.score);
            if blank(def.at.weight) && !single && !deducts {
                prop_assert!(!is_value(&row.suggested), "{}: {:?}", cell.name(form), row);
            }
            // A 得分系数 gives a score without any rule.
            if blank(def.at.score) && blank(def.at.coefficient) && !is_value(&row.suggested) {
                prop_assert!(!is_value(&row.counted), "{}: {:?}", cell.name(form), row);
            }
            any |= is_value(&row.counted);
        }
        prop_assert!(any || is_value(&score.entered.execution) || !is_value(&score.entered.sum));
        // A total of what is not there is none, unless the table says that it is.
        let typed = form.role(Role::ScoreTotal).is_some_and(|at| !document.fixed(at).is_blank());
        prop_assert!(typed || score.entered.missing.is_empty() || (!is_value(&score.entered.total) && score.entered.shown.is_none() && score.entered.grade.is_none()));
        prop_assert!(typed || any || score.entered.shown.is_none(), "nothing to grade");
    }

    #[test]
    fn a_fix_creates_no_new_finding(made in made()) {
        let (template, document) = make(&made);
        let before = evaluate(&template, &document);
        let known: BTreeSet<(Code, CellId)> = before.findings.iter().map(|finding| (finding.code, finding.at[0])).collect();
        for finding in &before.findings {
            let Some(fix) = fix(&template, &document, &before, finding) else { continue };
            let after = evaluate(&template, &apply(&document, &template.form, &fix));
            for new in after.findings.iter().filter(|new| new.severity != Severity::Info) {
                prop_assert!(known.contains(&(new.code, new.at[0])), "{:?} of {finding:?}\n makes {new:?}", fix);
            }
            let again = after.findings.iter().any(|new| (new.code, new.at[0]) == (finding.code, finding.at[0]) && new.facts == finding.facts);
            prop_assert!(!again, "{fix:?} mends nothing of {finding:?}");
        }
    }
}
