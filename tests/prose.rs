//! Reading prose: texts with the facts that must come out, in `tests/prose/*.toml`; and what holds for any text.

use jixiao::prose::{
    Fact, FactKind, NumberingKind, Scope, Year, explains_adjustment, explains_spending, is_reason, read, same_name,
};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

#[test]
fn what_gives_a_reason() {
    let lists: toml::Table = include_str!("reasons.toml").parse().unwrap();
    let texts =
        |key: &str| lists[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect::<Vec<_>>();
    for (key, gives) in
        [("reasons", is_reason as fn(&str) -> bool), ("spending", explains_spending), ("adjustment", explains_adjustment)]
    {
        for text in texts(key) {
            assert!(gives(&text), "{key}: {text}");
        }
        for text in texts(&format!("no_{key}")) {
            assert!(!gives(&text), "no {key}: {text}");
        }
    }
}

/// `amount 48.48万元 budget 2021 whole`: the kind, as written, what it is about, the year and the scope, where they are not plain.
fn line(text: &str, fact: &Fact) -> String {
    let written: String = text[fact.at.clone()].chars().filter(|char| !char.is_whitespace()).collect();
    let mut parts = match &fact.kind {
        FactKind::Amount(_) => vec!["amount".to_owned(), written],
        FactKind::Percent(_) => vec!["percent".to_owned(), written],
        FactKind::PercentagePoints(_) => vec!["points".to_owned(), written],
        FactKind::Score(_) => vec!["score".to_owned(), written],
        FactKind::Count(_) => vec!["count".to_owned(), written],
        FactKind::Grade(name) => vec!["grade".to_owned(), name.clone()],
        FactKind::Years(from, to) if from == to => vec!["year".to_owned(), from.to_string()],
        FactKind::Years(from, to) => vec!["year".to_owned(), format!("{from}-{to}")],
        FactKind::Listing { stated, fewest, most } => vec!["listing".to_owned(), format!("{stated} of {fewest}-{most}")],
        FactKind::Project(name) => vec!["project".to_owned(), name.clone()],
        FactKind::Title(name) => vec!["title".to_owned(), name.clone()],
        FactKind::Cost { year, paid, amount } => {
            let paid = paid.map(|paid| format!(" paid {paid}")).unwrap_or_default();
            let amount = amount.as_ref().map(|amount| format!(" {}", amount.number)).unwrap_or_default();
            vec!["cost".to_owned(), format!("{year}{paid}{amount}")]
        }
    };
    let of_number = fact.quantity().is_some() || matches!(fact.kind, FactKind::Grade(_));
    parts.extend(fact.topic.map(|topic| format!("{topic:?}").to_lowercase()));
    parts.extend(match fact.year {
        Year::In(year) if of_number => Some(year.to_string()),
        Year::Relative(by) if of_number => Some(format!("{by:+}")),
        Year::Several if of_number => Some("several".to_owned()),
        Year::Unstated | Year::In(_) | Year::Relative(_) | Year::Several => None,
    });
    parts.extend(match fact.scope {
        Scope::Plain => None,
        Scope::Whole => Some("whole".to_owned()),
        Scope::Item => Some("item".to_owned()),
        Scope::Part => Some("part".to_owned()),
        Scope::Loose => Some("loose".to_owned()),
    });
    parts.join(" ")
}

#[test]
fn texts_say_what_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prose");
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let file: toml::Table = fs::read_to_string(entry.path()).unwrap().parse().unwrap();
        for case in file["text"].as_array().unwrap() {
            count += 1;
            let text = case["says"].as_str().unwrap();
            let list = |key: &str| -> Vec<String> {
                let values = case.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
                values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
            };
            let prose = read(text);
            let mut found: Vec<String> = prose.facts.iter().map(|fact| line(text, fact)).collect();
            // Years, things and titles stand nearly everywhere; they are listed where a text is about them.
            if case.get("all").is_none() {
                found.retain(|line| !["year ", "count ", "title "].iter().any(|kind| line.starts_with(kind)));
            }
            if list("facts") != found {
                failures.push(format!("{text}\n  expected {:#?}\n  found {found:#?}", list("facts")));
            }
            let numbering = |kind| match kind {
                NumberingKind::Repeated => "repeated",
                NumberingKind::Skipped => "skipped",
                NumberingKind::OtherStyle => "other",
            };
            let found: Vec<String> = prose
                .numbering
                .iter()
                .map(|problem| format!("{} {}", numbering(problem.kind), &text[problem.at.clone()]))
                .collect();
            if list("numbering") != found {
                failures.push(format!("{text}\n  expected {:#?}\n  found {found:#?}", list("numbering")));
            }
        }
    }
    assert!(count >= 40, "the texts are there");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn names_of_one_project_are_told_from_others() {
    let same = [
        ("2020-2022年度电子政务外网服务项目", "电子政务外网服务费"),
        ("市工信局电子政务外网服务费项目", "电子政务外网服务费"),
        ("农村饮水安全巩固提升工程", "农村饮水安全工程"),
        ("", "饮水工程"),
    ];
    for (one, other) in same {
        assert!(same_name(one, other) && same_name(other, one), "{one} = {other}");
    }
    let different =
        [("智慧管理中心电费项目", "市电子政务外网平台中心机房租赁费及运行维护费"), ("农村公路养护", "社区养老服务补贴")];
    for (one, other) in different {
        assert!(!same_name(one, other) && !same_name(other, one), "{one} != {other}");
    }
}

/// Words and signs that steer the reader, in any order.
const PIECES: [&str; 72] = [
    "2021年",
    "2020-2022年度",
    "2021年1月14日",
    "6月底",
    "当年",
    "上年度",
    "预算",
    "安排",
    "批复下达",
    "支付",
    "支出",
    "执行率",
    "到位率",
    "结余",
    "合同",
    "自评得分",
    "总分",
    "等级为",
    "良好",
    "“",
    "”",
    "优",
    "48.48",
    "480,000",
    "１２３．５",
    "万元",
    "亿元",
    "元",
    "万",
    "%",
    "％",
    "分",
    "个百分点",
    "个",
    "家",
    "（",
    "）",
    "(",
    ")",
    "、",
    "，",
    ",",
    "。",
    "；",
    "\n",
    "\t",
    " ",
    "　",
    "【",
    "】",
    "《",
    "》",
    "〔2018〕66号",
    "第",
    "7*24小时",
    "-",
    "~",
    "至",
    "以上",
    "约",
    "余",
    "项目名称：",
    "对",
    "项目开展绩效自评",
    "的费用",
    "是",
    "一、",
    "（二）",
    "3.",
    "(4)",
    "三",
    "\u{200b}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn reading_never_fails_and_places_are_valid(pieces in prop::collection::vec(0..PIECES.len() + 1, 0..60), noise in any::<String>()) {
        let text: String = pieces.iter().map(|at| PIECES.get(*at).copied().unwrap_or(&noise)).collect();
        check(&text);
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text);
    }
}

fn check(text: &str) {
    let prose = read(text);
    for fact in &prose.facts {
        let written = text.get(fact.at.clone()).expect("between characters");
        assert!(!written.is_empty(), "{fact:?} in {text:?}");
        assert!(fact.quote(text).contains(written.trim()) || written.contains(char::is_whitespace), "{fact:?} in {text:?}");
    }
    assert!(prose.facts.is_sorted_by_key(|fact| fact.at.start));
    for problem in &prose.numbering {
        assert!(text.get(problem.at.clone()).is_some_and(|number| !number.is_empty()), "{problem:?} in {text:?}");
    }
}

#[test]
fn hard_texts_take_no_longer_than_their_length() {
    // Without a single stop, or with nothing but signs that open something.
    for piece in ["支付6万元", "（", "《", "【", "对", "等级为", "7个（甲、", "2020年", "1.", "、", "2020年费用9.90万", "9"]
    {
        let text = piece.repeat(200_000 / piece.len());
        let start = std::time::Instant::now();
        check_quickly(&text);
        assert!(start.elapsed().as_secs() < 10, "{piece}: {:?}", start.elapsed());
    }
}

fn check_quickly(text: &str) {
    let prose = read(text);
    assert!(prose.facts.iter().all(|fact| text.get(fact.at.clone()).is_some()));
}

/// Signs that open and never close, and whatever else may be looked for again and again. There is no limit on the time: work that grows
/// with the square would take minutes.
#[test]
fn long_runs_of_one_sign_are_read_as_fast_as_any_text() {
    for sign in "（ ( 【 [ 〔 《 “ ） % 1 1. ① 一、 （一） 2021年 180万元， 其中 占 X ＿ / ≥ 、".split(' ')
    {
        let text = sign.repeat(320_000 / sign.len());
        for text in [text.clone(), format!("项目{text}180万元。"), format!("{text}\n").repeat(2)] {
            let prose = read(&text);
            assert!(prose.facts.iter().all(|fact| text.get(fact.at.clone()).is_some()), "{sign}");
        }
    }
}
