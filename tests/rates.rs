//! The rate calculator: every formula of the field with worked figures, and with what people type instead of figures.

mod support;

use jixiao::rates::{Answer, Entered, answer};
use jixiao::template::{Library, Rate};
use jixiao::wording::rates as words;
use proptest::prelude::*;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use support::{agreement_text, library};

/// The formulas that the calculator must know.
const NUMBERS: [&str; 25] = [
    "F1", "F2", "F3", "F4", "F4b", "F4c", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12", "F13", "F14", "F15", "F16", "F17",
    "F18", "F19", "F20", "F21", "F22", "F23",
];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn entered(rate: &Rate, case: &toml::Table) -> Entered {
    let texts = case["of"].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned());
    assert!(rate.inputs.len() >= texts.len(), "{case:?}");
    let texts = rate.inputs.iter().map(|input| input.id.clone()).zip(texts).collect();
    let text = |key: &str| case.get(key).and_then(toml::Value::as_str).unwrap_or_default();
    let unit = match text("unit") {
        "元" => Some(jixiao::number::Magnitude(0)),
        _ => None,
    };
    Entered { texts, printed: text("printed").to_owned(), unit }
}

fn cases() -> Vec<toml::Table> {
    let file: toml::Table = fs::read_to_string(path("rates.toml")).unwrap().parse().unwrap();
    file["case"].as_array().unwrap().iter().map(|case| case.as_table().unwrap().clone()).collect()
}

fn found(library: &Library, case: &toml::Table) -> Answer {
    let rate = library.rate(case["rate"].as_str().unwrap()).unwrap_or_else(|| panic!("no rate for {case:?}"));
    answer(library, rate, &entered(rate, case))
}

#[test]
fn worked_figures_come_out() {
    let library = library();
    let mut failures = Vec::new();
    let cases = cases();
    for case in &cases {
        let answer = found(&library, case);
        let mut differs = |key: &str, found: String| {
            let expected = case.get(key).and_then(toml::Value::as_str).unwrap_or_default();
            if expected != found {
                failures.push(format!("{case:?}: {key} is {found}"));
            }
        };
        differs("gives", answer.shown.unwrap_or_default());
        differs("band", answer.band.unwrap_or_default());
        differs("agrees", answer.compared.map(agreement_text).unwrap_or_default());
        let remarks = case.get("remarks").and_then(toml::Value::as_integer).unwrap_or_default();
        if usize::try_from(remarks) != Ok(answer.remarks.len()) {
            failures.push(format!("{case:?}: remarks {:?}", answer.remarks));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    for rate in &library.rates {
        assert!(cases.iter().any(|case| case["rate"].as_str() == Some(&rate.number)), "no case for {}", rate.number);
    }
}

#[test]
fn every_formula_is_there_and_says_where_it_comes_from() {
    let library = library();
    for number in NUMBERS {
        assert!(library.rates.iter().any(|rate| rate.number == number), "{number} is missing");
    }
    for rate in &library.rates {
        let number = &rate.number;
        assert!(library.sources.contains_key(&rate.source), "{number} cites a source");
        let blank = answer(&library, rate, &Entered::default());
        assert!(
            blank.shown.is_none() && blank.line.is_none() && blank.remarks.is_empty(),
            "{number}: nothing typed, nothing given"
        );
        assert!(blank.lines.len() == 2, "{number}: its formula, and what is missing: {:?}", blank.lines);
        assert!(!blank.sources.is_empty(), "{number}: its source is shown before anything is typed");
        let divides = blank.lines[0].contains('÷');
        assert!(!divides || rate.base.is_some() || rate.number == "F21", "{number} says what it is divided by");
    }
    // Rates of one name stand together, and tell each other apart.
    let groups: Vec<&str> = library.rates.iter().map(|rate| rate.group.as_str()).collect();
    let mut runs = groups.clone();
    runs.dedup();
    let mut distinct = runs.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(runs.len(), distinct.len(), "each group is one run: {runs:?}");
}

#[test]
fn what_is_only_remembered_says_so() {
    let library = library();
    for number in ["F4b", "F5", "F10b", "F21"] {
        let rate = library.rate(number).unwrap();
        assert!(!library.sources.get(&rate.source).unwrap().verified, "{number}");
    }
}

#[test]
fn answers_read_as_they_should() {
    let library = library();
    let mut text = String::new();
    for case in cases() {
        let rate = library.rate(case["rate"].as_str().unwrap()).unwrap();
        let answer = found(&library, &case);
        writeln!(text, "{}", words::title(&rate.number, &rate.name)).unwrap();
        for line in answer.lines.iter().cloned().chain(answer.comparison).chain(answer.line) {
            writeln!(text, "  {line}").unwrap();
        }
        for remark in &answer.remarks {
            writeln!(text, "  {}", words::remark(remark)).unwrap();
        }
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(path("rates.txt"), &text).unwrap();
    }
    let known = fs::read_to_string(path("rates.txt")).unwrap_or_default();
    assert!(known == text, "tests/rates.txt: read the change and bless it, or mend it");
}

#[test]
fn units_and_spellings_are_one_number() {
    let library = library();
    let rate = library.rate("f1").unwrap();
    let of = |executed: &str, adjusted: &str| {
        let texts = [("executed", executed), ("adjusted", adjusted)].map(|(id, text)| (id.to_owned(), text.to_owned()));
        answer(&library, rate, &Entered { texts: texts.into(), ..Entered::default() }).shown
    };
    for (executed, adjusted) in
        [("82", "180"), ("８２", "１８０"), ("820,000元", "180"), ("82万元", "0.018亿元"), ("82.00", "180万")]
    {
        assert_eq!(of(executed, adjusted).as_deref(), Some("45.56%"), "{executed} ÷ {adjusted}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_strange(
        at in 0usize..64,
        texts in prop::collection::vec(
            prop_oneof![
                "\\PC{0,12}", "-?[0-9]{1,30}(\\.[0-9]{0,30})?%?", Just("0".to_owned()), Just("/".to_owned()), Just("≥95%".to_owned()), Just("1亿元".to_owned()),
            ],
            0..9,
        ),
        printed in "\\PC{0,8}|[0-9.]{1,8}%?",
    ) {
        let library = LIBRARY.with(Clone::clone);
        let rate = &library.rates[at % library.rates.len()];
        let texts = rate.inputs.iter().map(|input| input.id.clone()).zip(texts).collect();
        let answer = answer(&library, rate, &Entered { texts, printed, unit: None });
        prop_assert!(!answer.lines.is_empty());
        prop_assert!(answer.shown.is_none() || answer.value.value().is_some());
    }
}

thread_local! {
    static LIBRARY: Library = library();
}
