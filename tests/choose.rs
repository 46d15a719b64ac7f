//! A scoring rule looks at values only where it asks [`Calc::choose`], so that a reading which follows every path gets the whole rule as
//! one formula: here each rule is written down from one row, and must then give what the engine gives for every other row.

mod support;

use jixiao::document::CellId;
use jixiao::engine::calc::{Calc, Constant, Decision, Direct, Is, Label};
use jixiao::engine::scoring::{Indicator, ScoringKind, score};
use jixiao::engine::{Outcome, Values, Why};
use jixiao::evaluate;
use jixiao::io::json;
use jixiao::number::{Exact, Rounding, RoundingMode};
use jixiao::template::{Library, SourceId, Template, load};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::rc::Rc;

/// A formula without values.
#[derive(Clone, Debug)]
enum Formula {
    Cell(CellId),
    Number(Exact),
    Sum(Vec<Formula>),
    Pair(&'static str, Box<[Formula; 2]>),
    Whole(Box<Formula>),
    Nothing(Why),
}

/// A value that nobody looks at, with its formula.
#[derive(Clone)]
struct Node(Formula, Outcome);

/// Writes a rule down, along one path.
#[derive(Default)]
struct Written {
    /// The answers to give, in order; yes where none is left.
    answers: Vec<bool>,
    asked: Vec<(Formula, Is, Formula, bool)>,
}

fn node(formula: Formula) -> Node {
    Node(formula, Outcome::nothing())
}

impl Calc for Written {
    type V = Node;

    fn outcome(v: &Node) -> &Outcome {
        &v.1
    }
    fn cell(&mut self, cell: CellId, _: Outcome) -> Node {
        node(Formula::Cell(cell))
    }
    fn constant(&mut self, _: Constant, value: Exact, _: Option<&SourceId>) -> Node {
        node(Formula::Number(value))
    }
    fn sum(&mut self, items: Vec<Node>) -> Node {
        node(Formula::Sum(items.into_iter().map(|item| item.0).collect()))
    }
    fn sub(&mut self, a: Node, b: Node) -> Node {
        node(Formula::Pair("-", Box::new([a.0, b.0])))
    }
    fn mul(&mut self, a: Node, b: Node) -> Node {
        node(Formula::Pair("*", Box::new([a.0, b.0])))
    }
    fn div(&mut self, a: Node, b: Node) -> Node {
        node(Formula::Pair("/", Box::new([a.0, b.0])))
    }
    fn min(&mut self, a: Node, b: Node) -> Node {
        node(Formula::Pair("min", Box::new([a.0, b.0])))
    }
    fn max(&mut self, a: Node, b: Node) -> Node {
        node(Formula::Pair("max", Box::new([a.0, b.0])))
    }
    fn whole(&mut self, v: Node) -> Node {
        node(Formula::Whole(Box::new(v.0)))
    }
    fn named(&mut self, _: Label<'_>, v: Node) -> Node {
        v
    }
    fn decided(&mut self, v: Node, _: Decision, _: Option<&SourceId>) -> Node {
        v
    }
    fn incomplete(&mut self, v: Node, _: Vec<CellId>) -> Node {
        v
    }
    fn undefined(&mut self, why: Why) -> Node {
        node(Formula::Nothing(why))
    }
    fn choose(&mut self, left: &Node, is: Is, right: &Node) -> bool {
        let answer = self.answers.get(self.asked.len()).copied().unwrap_or(true);
        self.asked.push((left.0.clone(), is, right.0.clone(), answer));
        answer
    }
}

/// One way through a rule: what was asked with the answers, and what it gives.
type Path = (Vec<(Formula, Is, Formula, bool)>, Formula);

/// Every way through a rule.
fn paths(rule: impl Fn(&mut Written) -> Node) -> Vec<Path> {
    let mut all = Vec::new();
    let mut answers = Vec::new();
    loop {
        let mut written = Written { answers, asked: Vec::new() };
        let result = rule(&mut written).0;
        answers = written.asked.iter().map(|(.., answer)| *answer).collect();
        all.push((written.asked, result));
        assert!(all.len() < 200, "a rule has few ways");
        // The next path: the last yes becomes a no.
        while answers.last() == Some(&false) {
            answers.pop();
        }
        match answers.last_mut() {
            Some(last) => *last = false,
            None => return all,
        }
    }
}

type Cells = BTreeMap<CellId, Exact>;

fn value(formula: &Formula, cells: &Cells) -> Outcome {
    let calc = &mut Direct;
    match formula {
        Formula::Cell(cell) => cells.get(cell).map_or(Outcome::missing(*cell), |value| Outcome::Value(*value)),
        Formula::Number(number) => Outcome::Value(*number),
        Formula::Sum(items) => calc.sum(items.iter().map(|item| value(item, cells)).collect()),
        Formula::Whole(inner) => calc.whole(value(inner, cells)),
        Formula::Nothing(why) => Outcome::Undefined(*why),
        Formula::Pair(operator, pair) => {
            let (a, b) = (value(&pair[0], cells), value(&pair[1], cells));
            match *operator {
                "-" => calc.sub(a, b),
                "*" => calc.mul(a, b),
                "/" => calc.div(a, b),
                "min" => calc.min(a, b),
                _ => calc.max(a, b),
            }
        }
    }
}

/// What the written rule gives: the result of the one way whose answers are right.
fn written(paths: &[Path], cells: &Cells) -> Outcome {
    let right = |(asked, _): &&Path| {
        asked.iter().all(|(left, is, right, answer)| Direct.choose(&value(left, cells), *is, &value(right, cells)) == *answer)
    };
    let mut ways = paths.iter().filter(right);
    let (_, result) = ways.next().expect("one way is right");
    assert!(ways.next().is_none(), "only one way is right");
    value(result, cells)
}

fn packed(kind: &str, id: &str) -> Value {
    let packed: Value = serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/templates.json"))).unwrap();
    packed[kind].as_array().unwrap().iter().find(|value| value["id"] == id).unwrap().clone()
}

/// The national form and profile with a scoring rule and parts of the profile of its own.
fn template(library: &Library, profile: &Value, rule: &Value) -> Template {
    let mut form = packed("forms", "national");
    if !rule.is_null() {
        let mut rule = rule.clone();
        for (key, value) in [("id", "the-rule"), ("name", "规则"), ("source", "product-default")] {
            rule[key] = json!(value);
        }
        let tables = form["table"].as_array_mut().unwrap();
        tables.iter_mut().find(|table| table["id"] == "indicators").unwrap()["rule"] = json!([rule]);
    }
    let mut parts = packed("profiles", "national-2020");
    for (key, part) in profile.as_object().into_iter().flatten() {
        parts[key] = part.clone();
    }
    let form = load::form("test", &form, &library.sources).unwrap_or_else(|error| panic!("{error:#?}"));
    let profile = load::profile("test", &parts, &library.sources).unwrap_or_else(|error| panic!("{error:#?}"));
    Template { form: Rc::new(form), profile: Rc::new(profile) }
}

/// Runs `look` on the only row of a table with these texts.
fn with_row<T>(
    library: &Library,
    template: &Template,
    kind: &str,
    texts: [&str; 3],
    look: impl Fn(ScoringKind, &Indicator<'_>) -> T,
) -> T {
    let row = json!({ "id": 1, "level1": "产出指标", "level2": "数量指标", "indicator": "甲", "target": texts[0], "actual": texts[1], "weight": texts[2], "kind": kind });
    let text =
        json!({ "format": "jixiao", "version": 1, "form": { "id": "national" }, "tables": { "indicators": [row] } }).to_string();
    let document = json::read(&text, library).unwrap().document;
    let evaluation = evaluate(template, &document);
    let values = Values::of(template, &document, &evaluation);
    let (table, def) = template.form.indicators().unwrap();
    let row = &document.rows(table)[0];
    let indicator = Indicator::new(&values, table, def, 0, row);
    look(evaluation.rows(table)[0].kind, &indicator)
}

const OVER: &str = r#"{ "quantitative": { "source": "form-notes", "over": { "limit": { "value": "1.3", "source": "product-default" }, "effect": "deduct", "points": { "value": "2", "source": "product-default" } } } }"#;
const PASS: &str = r#"{ "quantitative": { "source": "form-notes", "pass": { "value": "0.6", "source": "product-default" } } }"#;

/// Kind, sign of the target, profile, rule.
fn rules() -> Vec<(&'static str, &'static str, Value, Value)> {
    let none = || json!({});
    let parsed = |text: &str| serde_json::from_str(text).unwrap();
    vec![
        ("higher-better", "≥", none(), Value::Null),
        ("higher-better", ">", none(), Value::Null),
        ("higher-better", "≥", parsed(OVER), Value::Null),
        ("higher-better", "≥", parsed(PASS), Value::Null),
        ("lower-better", "≤", none(), Value::Null),
        ("lower-better", "<", none(), Value::Null),
        ("lower-better", "≤", parsed(PASS), Value::Null),
        ("equal", "=", none(), Value::Null),
        (
            "the-rule",
            "",
            none(),
            json!({ "kind": "steps", "rate": false, "limit": "5", "better": "at-most", "step": "2", "points": "1" }),
        ),
        (
            "the-rule",
            "",
            none(),
            json!({ "kind": "steps", "rate": false, "limit": "5", "better": "exactly", "step": "1", "share": "0.1", "proportional": true }),
        ),
        (
            "the-rule",
            "",
            none(),
            json!({ "kind": "bands", "rate": false, "band": [{ "from": "10", "points": "4" }, { "from": "3", "to": "9", "share": "0.5" }, { "points": "0" }] }),
        ),
        ("the-rule", "", none(), json!({ "kind": "share", "rate": false })),
    ]
}

thread_local! {
    /// Each rule with its template, written down from one row.
    static RULES: Vec<(&'static str, &'static str, Template, Rc<Vec<Path>>)> = {
        let library = support::library();
        let written = |(kind, sign, profile, rule): (&'static str, &'static str, Value, Value)| {
            let template = template(&library, &profile, &rule);
            let texts = [&*format!("{sign}7"), "6", "5"];
            let all = with_row(&library, &template, kind, texts, |kind, indicator| paths(|calc| score(calc, kind, indicator)));
            (kind, sign, template, Rc::new(all))
        };
        rules().into_iter().map(written).collect()
    };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300), ..ProptestConfig::default() })]

    #[test]
    fn a_rule_written_down_from_one_row_gives_every_other_row(which in 0..rules().len(), target in -20..400i64, actual in -30..500i64, weight in 1..30i64) {
        let library = support::library();
        let (kind, sign, template, all) = RULES.with(|rules| rules[which].clone());
        prop_assert!(all.len() > 1, "{kind} branches");
        // One decimal each, as people type them.
        let text = |tenths: i64| Exact::from_int(tenths).checked_div(Exact::from_int(10)).unwrap().round(Rounding { dp: 1, mode: RoundingMode::HalfUp }).unwrap().to_string();
        let texts = [format!("{sign}{}", text(target)), text(actual), weight.to_string()];
        let (engine, cells) = with_row(&library, &template, kind, [&texts[0], &texts[1], &texts[2]], |kind, indicator| {
            let at = &indicator.def.at;
            let number = |tenths: i64| Exact::from_int(tenths).checked_div(Exact::from_int(10)).unwrap();
            let cells = Cells::from([(indicator.id(at.target), number(target)), (indicator.id(at.actual), number(actual)), (indicator.id(at.weight), Exact::from_int(weight))]);
            (score(&mut Direct, kind, indicator), cells)
        });
        prop_assert_eq!(written(&all, &cells), engine, "{:?}", texts);
    }
}
