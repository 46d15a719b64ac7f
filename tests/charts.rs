//! Charts: golden texts of what is drawn (`BLESS=1 cargo test --test charts` writes them, to be read as prose), and what must hold for
//! every document.

mod support;

use jixiao::chart::{Chart, Span, charts};
use jixiao::document::{Document, Typed};
use jixiao::evaluate;
use jixiao::template::{Library, Template, load};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use support::{Case, case, cases, library};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charts")
}

fn made_up(library: &Library) -> Case {
    case(library, &folder().join("made-up.toml"))
}

fn drawn(case: &Case) -> Vec<Chart> {
    charts(&case.template, &case.document, &evaluate(&case.template, &case.document))
}

/// A chart as text: 50 characters stand for the width, `[` and `]` for the frame.
fn picture(chart: &Chart) -> String {
    let mut text = format!("{}（{}） {:?}\n■ {}", chart.title, chart.unit, chart.kind, chart.series.join("、"));
    text.push_str(&chart.frame.as_ref().map(|frame| format!(" [] {frame}")).unwrap_or_default());
    text.push_str(&format!("\n0 at {}\n", chart.zero));
    for group in &chart.groups {
        text.push_str(&format!("{}　{}\n", group.label, group.text));
        for bar in &group.bars {
            text.push_str(&format!("  {}|{}|\n", line(bar.span, bar.frame), chart.series[bar.series].clone() + " " + &bar.text));
        }
    }
    text.push_str(&format!("{}\n“{}”\n\n", chart.note, chart.words));
    text
}

fn line(span: Option<Span>, frame: Option<Span>) -> String {
    let mut line = vec![' '; 52];
    for at in span.into_iter().flat_map(|span| span.start / 20..(span.start + span.length).div_ceil(20)) {
        line[usize::from(at) + 1] = '#';
    }
    if let Some(frame) = frame {
        line[usize::from(frame.start / 20)] = '[';
        line[usize::from((frame.start + frame.length) / 20) + 1] = ']';
    }
    line.into_iter().collect()
}

#[test]
fn charts_are_drawn_and_said_as_they_should_be() {
    let library = library();
    let wanted = [
        "yiyang-2020",
        "heping-2020",
        "meishan-2021",
        "10-jinzhai-village-2023",
        "meishan-accounts-2021",
        "meishan-contracts-2021",
        "qinhuangdao-2022",
    ];
    let mut all: Vec<Case> = cases(&library).into_iter().filter(|case| wanted.contains(&case.name.as_str())).collect();
    assert_eq!(all.len(), wanted.len());
    for name in ["made-up", "made-up-years"] {
        all.push(case(&library, &folder().join(name).with_extension("toml")));
    }
    for case in all {
        let text: String = drawn(&case).iter().map(picture).collect();
        let path = folder().join(&case.name).with_extension("txt");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &text).unwrap();
        } else {
            assert_eq!(
                fs::read_to_string(&path).unwrap_or_default(),
                text,
                "{}: read the change and bless it, or mend it",
                case.name
            );
        }
    }
}

#[test]
fn a_blank_form_has_nothing_to_draw() {
    let library = library();
    let builtin = library.forms.iter().map(|form| library.template(&form.id, &form.default_profile).unwrap());
    for template in builtin.chain([made_up(&library).template]) {
        let document = Document::blank(&template.form);
        let found = charts(&template, &document, &evaluate(&template, &document));
        assert!(found.is_empty(), "{}: {found:#?}", template.form.id);
    }
}

#[test]
fn what_exceeds_its_frame_is_drawn_beyond_it() {
    let charts = drawn(&made_up(&library()));
    let execution = &charts.iter().find(|chart| chart.title == "分年执行").unwrap();
    let bar = &execution.groups[1].bars[0];
    let (span, frame) = (bar.span.unwrap(), bar.frame.unwrap());
    assert!(span.length > frame.length && span.start == frame.start, "{bar:?}");
    assert_eq!(span.start + span.length, 1000, "the longest bar fills the width");
    let negative = execution.groups[3].bars[0].span.unwrap();
    assert_eq!(negative.start + negative.length, execution.zero, "a negative number ends at 0");
}

/// Each broken chart and a part of the problem that its form is refused for.
#[test]
fn bad_charts_are_refused() {
    let library = library();
    let text = fs::read_to_string(folder().join("made-up.toml")).unwrap();
    let file: toml::Table = text.parse().unwrap();
    let good = serde_json::to_value(&file["form"]).unwrap();
    let refused = |part: &str, key: &str, value: Value| {
        let mut form = good.clone();
        form["chart"][0][key] = value;
        let problems = load::form("test", &form, &library.sources).unwrap_err().problems;
        let problems: Vec<String> = problems.iter().map(|problem| format!("{} {:?}", problem.path, problem.expected)).collect();
        assert!(problems.iter().any(|problem| problem.contains(part)), "expected {part} in {problems:?}");
    };
    refused("chart[0].kind ChartKind", "kind", json!("pie"));
    refused("chart[0].rows ChartRows", "rows", json!("some"));
    refused("chart[0].table Table(\"none\")", "table", json!("none"));
    refused("chart[0].label Column", "label", json!("none"));
    refused("chart[0].series Column", "series", json!(["none"]));
    refused("chart[0].series ChartSeries", "series", json!([]));
    refused("chart[0].series ChartSeries", "series", json!(["year"]));
    refused("chart[0].series ChartSeries", "kind", json!("shares"));
    refused("chart[0].colour NoSuchKey", "colour", json!("blue"));
    refused("chart[0].title Missing", "title", Value::Null);
}

/// Every length fits, every sentence ends, and every number shown is said.
fn look_at(template: &Template, document: &Document) {
    for chart in charts(template, document, &evaluate(template, document)) {
        assert!(!chart.groups.is_empty() && chart.words.ends_with('。') && chart.zero <= 1000, "{chart:?}");
        for group in &chart.groups {
            assert!(!group.label.is_empty() && chart.words.contains(&group.label), "{chart:?}");
            for bar in &group.bars {
                assert!(
                    bar.series < chart.series.len() && !bar.text.is_empty() && chart.words.contains(&bar.text),
                    "{bar:?} of {chart:?}"
                );
                for span in [bar.span, bar.frame].into_iter().flatten() {
                    assert!(u32::from(span.start) + u32::from(span.length) <= 1000, "{span:?}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn any_numbers_are_drawn(texts in prop::collection::vec(number(), 24)) {
        let library = library();
        let Case { template, mut document, .. } = made_up(&library);
        let mut texts = texts.iter();
        for row in document.tables.iter_mut().flatten() {
            for cell in &mut Rc::make_mut(row).cells {
                *cell = Typed::new(texts.next().map_or("1", String::as_str));
            }
        }
        look_at(&template, &document);
    }
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "-?[0-9]{1,6}(\\.[0-9]{1,4})?",
        1 => "-?[0-9]{20,28}",
        1 => "-?0\\.0{10,20}[1-9]",
        1 => prop::sample::select(vec!["", "0", "不适用", "待定", "95%", "180 万元", "亿"]).prop_map(str::to_owned),
    ]
}

#[test]
fn every_case_is_drawn() {
    for case in cases(&library()) {
        look_at(&case.template, &case.document);
    }
}
