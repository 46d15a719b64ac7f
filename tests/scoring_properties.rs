//! What holds for scores whatever is typed: the unit makes no difference, a better result never scores less, neither width nor
//! punctuation counts, and what does not apply stays so. Each property runs over generated rows, as many as proptest is told (256 unless
//! PROPTEST_CASES says otherwise, and each says how many), the first over four spellings of each.

mod support;

use jixiao::document::Document;
use jixiao::engine::{Evaluation, Outcome, RowEval, RowState};
use jixiao::io::json;
use jixiao::number::Exact;
use jixiao::template::{Library, Profile, Template, load};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::rc::Rc;

/// One unit, another of its kind, and how many of the other it is.
const UNITS: &[(&str, &str, i64)] = &[
    ("小时", "分钟", 60),
    ("天", "小时", 24),
    ("周", "天", 7),
    ("年", "个月", 12),
    // 1季度 without 个 is the first quarter.
    ("个季度", "个月", 3),
    ("工作日", "个工作日", 1),
    ("公里", "米", 1000),
    ("千米", "公里", 1),
    ("米", "厘米", 100),
    ("公顷", "平方米", 10_000),
    ("平方公里", "公顷", 100),
    ("万亩", "亩", 10_000),
    ("吨", "公斤", 1000),
    ("公斤", "克", 1000),
    ("公斤", "斤", 2),
    ("立方米", "升", 1000),
    ("万元", "元", 10_000),
    ("亿元", "万元", 10_000),
    ("万元/公里", "元/公里", 10_000),
    ("元/人·月", "元/月·人", 1),
    ("次/月", "次/年", 12),
    ("万人", "人", 10_000),
    ("千人次", "人次", 1000),
    ("千瓦时", "度", 1),
    ("台", "套", 1),
    ("家", "个", 1),
    ("人", "名", 1),
    ("次", "场", 1),
];

const LEVELS: &[(&str, &str)] = &[
    ("产出指标（50分）", "数量指标"),
    ("产出指标（50分）", "质量指标"),
    ("产出指标（50分）", "时效指标"),
    ("产出指标（50分）", "成本指标"),
    ("效益指标（30分）", "社会效益指标"),
    ("满意度指标（10分）", "服务对象满意度指标"),
];

const NAMES: &[&str] = &["指标", "完成率", "建设任务", "响应时间", "项目成本", "投诉次数", "服务时间", "节约资金", "合格率"];

fn library() -> Library {
    support::library()
}

fn template(linear: bool) -> Template {
    let library = library();
    let profile = if linear {
        let mut value = Library::builtin_profile("national-2020").unwrap();
        value["quantitative"]["reverse"] = json!("linear");
        Rc::<Profile>::new(load::profile("test", &value, &library.sources).unwrap())
    } else {
        library.profile("national-2020").unwrap()
    };
    Template { form: library.form("national").unwrap(), profile }
}

fn evaluated(template: &Template, rows: &[Value]) -> (Document, Evaluation) {
    let rows: Vec<Value> = rows
        .iter()
        .zip(1..)
        .map(|(row, id)| {
            let mut row = row.clone();
            row["id"] = json!(id);
            row
        })
        .collect();
    let text = json!({
        "format": "jixiao", "version": 1, "form": { "id": "national" },
        "cells": { "fiscal_year": "2021", "funds.adjusted": "100", "funds.executed": "90" }, "tables": { "indicators": rows },
    });
    let document = json::read(&text.to_string(), &library()).unwrap().document;
    let evaluation = jixiao::evaluate(template, &document);
    (document, evaluation)
}

fn row(template: &Template, row: Value) -> Rc<RowEval> {
    let (at, _) = template.form.indicators().unwrap();
    evaluated(template, &[row]).1.rows(at)[0].clone()
}

fn suggested(template: &Template, one: Value) -> Outcome {
    row(template, one).suggested.clone()
}

/// Full width, as input methods and papers write it.
fn wide(text: &str) -> String {
    let wide = |char: char| match char {
        '0'..='9' => char::from_u32(char as u32 - '0' as u32 + '０' as u32).unwrap(),
        '%' => '％',
        '=' => '＝',
        '>' => '＞',
        '<' => '＜',
        '(' => '（',
        ')' => '）',
        '/' => '／',
        '-' => '－',
        '.' => '．',
        other => other,
    };
    text.chars().map(wide).collect()
}

/// The same text as it may be typed or pasted.
fn spelled(text: &str, way: u8) -> String {
    match way {
        0 => wide(text),
        1 => format!(" {text}　"),
        2 => format!("{text}。"),
        // Between characters, but not within a number.
        3 => text.chars().flat_map(|char| [Some(char), (!char.is_ascii_digit()).then_some(' ')]).flatten().collect(),
        4 => text.replace('（', "(").replace('）', ")"),
        _ => wide(&format!("　{text}")),
    }
}

prop_compose! {
    fn level()(at in 0..LEVELS.len()) -> (&'static str, &'static str) {
        LEVELS[at]
    }
}

/// As many rows as proptest is told, and a line that says so.
fn said() -> ProptestConfig {
    let config = ProptestConfig::default();
    println!("{} generated rows for each property", config.cases);
    config
}

proptest! {
    #![proptest_config(said())]

    #[test]
    fn the_unit_changes_no_score(
        unit in 0..UNITS.len(), target in 1i64..900, actual in 0i64..900, sign in prop::sample::select(vec!["", "≥", "≤", "=", ">", "<"]),
        (level1, level2) in level(), name in prop::sample::select(NAMES), weight in 1i64..30, linear: bool,
    ) {
        let template = template(linear);
        let (large, small, times) = UNITS[unit];
        let score = |target: String, actual: String| {
            suggested(&template, json!({ "level1": level1, "level2": level2, "indicator": name, "target": target, "actual": actual, "weight": weight.to_string() }))
        };
        let (in_large, in_small) = (|n: i64| format!("{n}{large}"), |n: i64| format!("{}{small}", n * times));
        let expected = score(format!("{sign}{}", in_large(target)), in_large(actual));
        for (target, actual) in [
            (in_large(target), in_small(actual)),
            (in_small(target), in_large(actual)),
            (in_small(target), in_small(actual)),
        ] {
            let found = score(format!("{sign}{target}"), actual.clone());
            prop_assert_eq!(&found, &expected, "{}{} and {}", sign, target, actual);
        }
    }

    #[test]
    fn a_better_result_never_scores_less(
        target in -50i64..500, one in -100i64..1200, other in -100i64..1200, unit in prop::sample::select(vec!["", "%", "个", "天", "万元", "起"]),
        sign in prop::sample::select(vec!["", "≥", "≤", ">", "<", "="]),
        (level1, level2) in level(), name in prop::sample::select(NAMES), weight in 1i64..30, linear: bool,
    ) {
        let template = template(linear);
        let (worse, better) = (one.min(other), one.max(other));
        let eval = |actual: i64| {
            row(&template, json!({ "level1": level1, "level2": level2, "indicator": name, "target": format!("{sign}{target}{unit}"), "actual": format!("{actual}{unit}"), "weight": weight.to_string() }))
        };
        let (low, high) = (eval(worse), eval(better));
        // Which way is better is what the row itself was taken for.
        let (worse, better) = match low.kind.id() {
            "higher-better" | "satisfaction" => (low.clone(), high),
            "lower-better" => (high, low.clone()),
            "equal" if target == 0 => (high, low.clone()),
            // Up to the target; beyond it nothing is lost.
            "equal" => (low.clone(), high),
            _ => return Ok(()),
        };
        // A cost below 0 earns nothing by the linear way; whether it is better than 0 nobody says.
        let negative = |row: &RowEval| linear && low.kind.id() != "higher-better" && matches!(row.suggested, Outcome::Value(value) if value.is_zero());
        if let (Outcome::Value(worse), Outcome::Value(better_score)) = (&worse.suggested, &better.suggested) {
            prop_assert!(worse <= better_score || negative(&better), "{:?} {:?}", worse, better_score);
            prop_assert!(!better_score.is_negative() && *better_score <= Exact::from_int(weight));
        }
    }

    #[test]
    fn neither_width_nor_punctuation_counts(
        target in 0i64..300, actual in 0i64..300, unit in prop::sample::select(vec!["", "%", "个", "小时", "万元", "人次"]),
        sign in prop::sample::select(vec!["", "≥", "≤", ">", "<", "="]), (level1, level2) in level(),
        name in prop::sample::select(NAMES), ways in prop::array::uniform4(0u8..6),
    ) {
        let template = template(false);
        let (target, actual) = (format!("{sign}{target}{unit}"), format!("{actual}{unit}"));
        let plain = json!({ "level1": level1, "level2": level2, "indicator": name, "target": target, "actual": actual, "weight": "10" });
        // A full stop ends no level's name.
        let stop = |way: u8| if way == 2 { 0 } else { way };
        let typed = json!({
            "level1": spelled(level1, stop(ways[0])), "level2": spelled(level2, stop(ways[1])), "indicator": name,
            "target": spelled(&target, ways[2]), "actual": spelled(&actual, ways[3]), "weight": "10",
        });
        let (at, _) = template.form.indicators().unwrap();
        // In one table: both rows must also be of one level.
        let (_, evaluation) = evaluated(&template, &[plain, typed.clone()]);
        let rows = evaluation.rows(at);
        prop_assert_eq!(&rows[0].suggested, &rows[1].suggested, "{}", typed);
        prop_assert_eq!(rows[0].kind, rows[1].kind, "{}", typed);
        prop_assert_eq!(&rows[0].meaning.aspect, &rows[1].meaning.aspect, "{}", typed);
        prop_assert_eq!(rows[0].meaning.read_as, rows[1].meaning.read_as, "{}", typed);
        prop_assert_eq!(evaluation.score.as_ref().unwrap().levels.len(), 1, "{}", typed);
    }

    #[test]
    fn what_does_not_apply_stays_so(
        stroke in prop::sample::select(vec!["/", "／", "—", "——", "-", "不适用", "不涉及"]), place in 0usize..3,
        target in 0i64..300, weight in 1i64..40, (level1, level2) in level(), kind in prop::sample::select(vec!["", "higher-better", "lower-better", "tier"]),
    ) {
        let template = template(false);
        let (at, _) = template.form.indicators().unwrap();
        let mut row = json!({ "level1": level1, "level2": level2, "indicator": "指标", "target": format!("≥{target}"), "actual": "5", "weight": weight.to_string(), "kind": kind });
        let column = ["actual", "target", "score"][place];
        // A chosen way of scoring needs a target only where it compares with one.
        prop_assume!(column != "target" || kind.is_empty());
        row[column] = json!(stroke);
        let other = json!({ "level1": "产出指标（50分）", "level2": "数量指标", "indicator": "甲", "target": "10", "actual": "9", "weight": "50" });
        let (_, evaluation) = evaluated(&template, &[row, other.clone()]);
        let eval = &evaluation.rows(at)[0];
        prop_assert_eq!(eval.state, RowState::NotApplicable);
        prop_assert_eq!(&eval.counted, &Outcome::NotApplicable);
        prop_assert_eq!(&eval.by_rule, &Outcome::NotApplicable);
        // Nothing of it is counted, neither as a score nor as points that apply.
        let score = evaluation.score.unwrap();
        let (_, alone) = evaluated(&template, &[other]);
        prop_assert_eq!(&score.entered.indicators, &alone.score.unwrap().entered.indicators);
        prop_assert_eq!(score.not_applicable_weight, Exact::from_int(weight));
    }
}
