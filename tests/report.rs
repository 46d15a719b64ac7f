//! The report: drafts of the examples as golden texts, fields, and what a person's own text keeps. `BLESS=1 cargo test --test report`
//! writes the texts in `tests/reports/` anew, to be read as prose.

mod support;

use jixiao::document::{CellId, Document, Edit, apply};
use jixiao::evaluate;
use jixiao::io::json;
use jixiao::prose::official;
use jixiao::report::{self, Bound, Found, Report, SpanKind, draft, to_text};
use jixiao::template::{Library, Template};
use std::fs;
use std::path::Path;
use support::library;

fn example(library: &Library, id: &str) -> (Template, Document) {
    let example = library.examples.iter().find(|example| example.id == id).expect(id);
    let document = json::read(&example.json, library).expect(id).document;
    (document.template(library).expect(id), document)
}

fn set(template: &Template, document: &Document, cell: &str, text: &str) -> Document {
    let cell = CellId::from_name(cell, &template.form).expect(cell);
    apply(document, &template.form, &Edit::Set { cell, text: text.to_owned() })
}

fn report(template: &Template, document: &Document) -> Report {
    draft(template, document, &evaluate(template, document)).expect("an outline")
}

#[test]
fn drafts_read_as_they_should() {
    let library = library();
    let bless = std::env::var_os("BLESS").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    let mut stale = Vec::new();
    for example in &library.examples {
        let (template, document) = self::example(&library, &example.id);
        let mut text = to_text(&report(&template, &document));
        // The same document under every other outline: nothing is said that the table does not say.
        for outline in template.form.outlines.iter() {
            let other = set(&template, &document, "report.outline", &outline.id);
            let other = report(&template, &other);
            text.push_str(&format!("\n---- {}\n", outline.name));
            let drafted = other.sections.iter().filter(|section| !section.text.is_empty());
            drafted.for_each(|section| text.push_str(&format!("{}\n{}\n", section.heading, section.words())));
        }
        let path = folder.join(&example.id).with_extension("txt");
        if bless {
            fs::write(&path, &text).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != text {
            stale.push(&example.id);
        }
    }
    assert!(stale.is_empty(), "read the change and bless it, or mend it: {stale:?}");
}

#[test]
fn every_outline_is_whole() {
    let library = library();
    assert!(library.outlines.len() >= 7);
    for outline in library.outlines.iter() {
        let mut cells = Vec::new();
        for section in &outline.sections {
            if let Some(cell) = &section.cell {
                assert!(!cells.contains(&cell), "{}: {cell} stands twice", outline.id);
                cells.push(cell);
            }
            for sentence in &section.sentences {
                assert_eq!(sentence.matches('【').count(), sentence.matches('】').count(), "{}: {sentence}", outline.id);
            }
        }
        assert!(outline.forms.iter().all(|form| library.form(form).is_some()), "{}: {:?}", outline.id, outline.forms);
    }
}

#[test]
fn a_field_stands_for_what_the_table_prints() {
    let library = library();
    let (template, document) = example(&library, "yiyang-2020");
    let evaluation = evaluate(&template, &document);
    let bound = Bound { template: &template, document: &document, evaluation: &evaluation };
    let text = |name: &str| bound.value(name).map(|value| value.text);
    for (name, expected) in [
        ("全年执行数", "82万元"),
        ("执行率", "46%"),
        ("预算执行率得分", "4.6"),
        ("总分", "85"),
        ("等级", "良好"),
        ("年度", "2020"),
        ("主管部门", "益阳市行政审批服务局"),
        ("年度资金总额·年初预算数", "180万元"),
        ("租赁政务外网专线·实际完成值", "150条"),
        ("当年财政拨款·全年执行数", "82万元"),
        ("资金来源·全年执行数", "当年财政拨款82万元"),
        ("资金结余", "98万元"),
        ("指标项数", "14"),
        ("未得满分项数", "8"),
        ("产出指标得分", "44"),
        ("产出指标分值", "50"),
        ("增减:全年执行数:全年预算数", "减少98万元"),
        ("增减率:全年执行数:全年预算数", "下降54.44%"),
        ("增减：全年预算数：年初预算数", "持平"),
        ("增减:执行率:50%", "下降4个百分点"),
        ("增减:总分:80", "增加5分"),
        ("相差:达到节能要求·实际完成值:达到节能要求·年度指标值", "1个百分点"),
        ("占比:全年执行数:全年预算数", "45.56%"),
    ] {
        assert_eq!(text(name).as_deref(), Some(expected), "{name}");
    }
    assert_eq!(bound.find("负责人"), Found::Unknown);
    assert_eq!(bound.find("增减:全年执行数:负责人"), Found::Unknown);
    assert!(matches!(bound.find("上年结转资金·全年执行数"), Found::Blank(Some(_))));
    // A rate of rates is what is mistaken for percentage points.
    assert!(matches!(bound.find("增减率:执行率:50%"), Found::Blank(_)));
    assert_eq!(bound.find("若低于:执行率:90%"), Found::Condition(true));
    assert_eq!(bound.find("若无:资金结余"), Found::Condition(false));
    assert!(bound.choices().iter().any(|choice| choice.name == "全年执行数" && choice.text == "82万元"));
}

#[test]
fn amounts_are_in_the_unit_of_the_form() {
    let library = library();
    let (template, document) = example(&library, "heping-2020");
    let evaluation = evaluate(&template, &document);
    let bound = Bound { template: &template, document: &document, evaluation: &evaluation };
    let text = |name: &str| bound.value(name).map(|value| value.text).unwrap_or_default();
    assert_eq!(text("资金结余"), "16,050元");
    assert_eq!(text("实际到位率"), "100.60%");
    assert_eq!(text("实际到位·本级财政资金"), "2,700,000元");
    assert_eq!(text("填报日期"), "2021年4月1日");
    assert_eq!(text("相差:预算安排:268.395万元"), "16,050元");
}

#[test]
fn what_was_typed_stays_and_its_numbers_follow_the_table() {
    let library = library();
    let (template, document) = example(&library, "yiyang-2020");
    let document = set(
        &template,
        &document,
        "report.overview",
        "全年执行【全年执行数】，由【负责人】负责，年初【上年结转资金·全年执行数】。",
    );
    let section = |document: &Document| report(&template, document).sections.into_iter().find(|section| section.typed).unwrap();
    let before = section(&document);
    assert_eq!(before.words(), "全年执行82万元，由【负责人】负责，年初【上年结转资金·全年执行数】。");
    let kinds: Vec<SpanKind> = before.text.iter().map(|span| span.kind).filter(|kind| *kind != SpanKind::Words).collect();
    assert_eq!(kinds, [SpanKind::Field, SpanKind::Unknown, SpanKind::Missing]);
    let document = set(&template, &document, "funds.executed", "90.5");
    assert!(section(&document).words().starts_with("全年执行90.5万元，"));
    // Under another outline the text is kept, and comes back with it.
    let other = set(&template, &document, "report.outline", "third-party");
    let back = set(&template, &other, "report.outline", "");
    assert_eq!(section(&other).raw, section(&back).raw);
    // Blank again, the draft stands there.
    let blank = set(&template, &document, "report.overview", "");
    assert!(report(&template, &blank).sections.iter().all(|section| !section.typed));
}

#[test]
fn a_blank_form_has_a_report_without_a_sentence() {
    let library = library();
    for form in &library.forms {
        let document = Document::blank(form);
        let template = library.template(&form.id, &document.profile).unwrap();
        for outline in template.form.outlines.iter() {
            let document = set(&template, &document, "report.outline", &outline.id);
            for section in report(&template, &document).sections {
                assert_eq!(section.words(), "", "{} {} {}", form.id, outline.id, section.heading);
            }
        }
    }
}

#[test]
fn the_draft_keeps_within_its_limits() {
    let library = library();
    for example in &library.examples {
        let (template, document) = self::example(&library, &example.id);
        for section in report(&template, &document).sections {
            let limit = section.limit.map_or(usize::MAX, usize::from);
            assert!(section.length <= limit, "{} {}: {}", example.id, section.heading, section.length);
            assert_eq!(section.length, section.words().chars().filter(|char| !char.is_whitespace()).count());
        }
    }
}

#[test]
fn an_export_carries_the_report_as_it_is_read() {
    let library = library();
    let (template, document) = example(&library, "yiyang-2020");
    let text = jixiao::export::document(&template, &document, &evaluate(&template, &document));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let report = &value["evaluation"]["report"];
    assert_eq!(report["outline"], "yiyang");
    let funds = report["sections"].as_array().unwrap().iter().find(|section| section["cell"] == "report.funds").unwrap();
    assert!(funds["text"].as_str().unwrap().contains("已支付82万元"), "{funds}");
    assert_eq!(funds["typed"], false);
}

#[test]
fn dates_and_document_numbers_are_written_as_offices_do() {
    for (typed, proper) in [
        ("2021-4-1", "2021年4月1日"),
        ("2021.4.1", "2021年4月1日"),
        ("2021/04/01", "2021年4月1日"),
        ("2021-12", "2021年12月"),
        ("2021年4月1日", "2021年4月1日"),
        ("12月底前", "12月底前"),
    ] {
        assert_eq!(official::dates(typed), proper);
    }
    for (typed, proper) in [
        ("依据财预[2020]10号执行", "依据财预〔2020〕10号执行"),
        ("财预（2020）10号", "财预〔2020〕10号"),
        ("财预(2020)10号、某办发【2021】3号", "财预〔2020〕10号、某办发〔2021〕3号"),
        ("支出下降-5%，减少了－3.5万元", "支出下降5%，减少了3.5万元"),
        ("由93%提高到95%，提高2%。", "由93%提高到95%，提高2个百分点。"),
        ("指标值为98%，实际95%，低3%", "指标值为98%，实际95%，低3个百分点"),
    ] {
        let slips = official::slips(typed);
        assert_eq!(official::mended(typed, &slips), proper);
        assert!(slips.iter().all(|slip| proper.contains(&slip.right) && typed.contains(&slip.written)), "{slips:?}");
    }
    for right in [
        "财预〔2020〕10号",
        "《办法》（2021年修订）",
        "2021年（2020）10号",
        "合同编号（2020）10号",
        "（2020）粤01民初10号",
        "减少3-5个，下降-",
        "由80%提高到100%，提高25%",
        "由50%提高到100%，提高50%",
        "占77.30%，增长2.62%，占22.70%",
        "收入减少338.35万元，下降42.32%，支出减少294.29万元，下降38.95%",
    ] {
        assert_eq!(official::slips(right), [], "{right}");
    }
}

#[test]
fn phrases_state_what_the_table_shows() {
    let library = library();
    let (template, document) = example(&library, "yiyang-2020");
    let (table, _) = template.form.indicators().unwrap();
    let phrases =
        |document: &Document, row: u32| report::phrases::reasons(&template, document, &evaluate(&template, document), table, row);
    let first = |actual: &str, row: u32| {
        let document = set(&template, &document, &format!("indicators.{row}.actual"), actual);
        phrases(&document, row).into_iter().next().unwrap_or_default()
    };
    assert_eq!(first("98%", 16), "实际完成98%，比指标值低2个百分点，主要原因是＿＿；下一步＿＿。");
    assert_eq!(first("12台", 5), "实际完成12台，为指标值的70.59%，主要原因是＿＿；下一步＿＿。");
    assert_eq!(first("17台", 5), "");
    assert_eq!(phrases(&document, 9)[0], "＿＿未完全达到要求，主要原因是＿＿；下一步＿＿。");
    assert_eq!(phrases(&document, 17)[0], "指标已完成，扣1分，主要原因是＿＿；下一步＿＿。");
    for row in [9, 13, 15, 16, 17] {
        let phrases = phrases(&document, row);
        assert!((3..=4).contains(&phrases.len()), "{phrases:#?}");
        assert!(phrases.iter().all(|phrase| phrase.contains("＿＿")), "{phrases:#?}");
    }
    let late = set(&template, &document, "indicators.5.target", "9月底前");
    let late = set(&template, &late, "indicators.5.actual", "2020-11-3");
    assert!(phrases(&late, 5)[0].starts_with("实际完成时间为2020年11月3日，未按期完成（指标值为9月底前）"));
    // A date without a year is one of the fiscal year, 2020.
    for (target, actual, beginning) in
        [("12月底前", "2021年1月5日", "实际完成时间为2021年1月5日，未按期完成"), ("12月底前", "2020年11月", "指标已完成，扣")]
    {
        let document = set(&template, &document, "indicators.5.target", target);
        let document = set(&template, &document, "indicators.5.actual", actual);
        let document = set(&template, &document, "indicators.5.score", "1");
        let phrase = phrases(&document, 5).into_iter().next().unwrap_or_default();
        assert!(phrase.starts_with(beginning), "{target}, {actual}: {phrase}");
    }
    let cost = set(&template, &document, "indicators.5.target", "≤100万元");
    let cost = set(&template, &cost, "indicators.5.actual", "125万元");
    assert!(phrases(&cost, 5)[0].starts_with("实际为125万元，超过指标值25%，"));
    // Units of a kind are brought together, and what can't be compared is not.
    for (target, actual, beginning) in [
        ("≥10公里", "9000米", "实际完成9000米，为指标值的90%，"),
        ("≤30分钟", "1小时", "实际为1小时，超过指标值100%，"),
        ("≥10公里", "9人", "＿＿未完全达到要求，"),
    ] {
        let document = set(&template, &document, "indicators.5.target", target);
        let document = set(&template, &document, "indicators.5.actual", actual);
        let document = set(&template, &document, "indicators.5.score", "1");
        let phrase = phrases(&document, 5).into_iter().next().unwrap_or_default();
        assert!(phrase.starts_with(beginning), "{target}, {actual}: {phrase}");
    }
    // Sign and unit in columns of their own belong to the number.
    let sichuan = library.template("sichuan", "").unwrap();
    let mut split = Document::blank(&sichuan.form);
    let cells = [
        ("level1", "产出指标"),
        ("indicator", "合格率"),
        ("sign", "≥"),
        ("target", "95"),
        ("unit", "%"),
        ("actual", "89"),
        ("weight", "10"),
    ];
    let row = split.tables[usize::from(sichuan.form.indicators().unwrap().0)][0].id;
    for (column, text) in cells {
        split = set(&sichuan, &split, &format!("indicators.{row}.{column}"), text);
    }
    let evaluation = evaluate(&sichuan, &split);
    let phrases = report::phrases::reasons(&sichuan, &split, &evaluation, sichuan.form.indicators().unwrap().0, row);
    assert!(phrases[0].starts_with("实际完成89%，比指标值低6个百分点，"), "{phrases:?}");
    let bound = Bound { template: &sichuan, document: &split, evaluation: &evaluation };
    assert!(bound.value("指标完成情况").unwrap().text.contains("合格率：指标值≥95%，实际完成89%。"));
    // Each in its own unit where the form prints one for each.
    for (column, text) in [("target", "10"), ("unit", "公里"), ("actual", "9000"), ("actual_unit", "米")] {
        split = set(&sichuan, &split, &format!("indicators.{row}.{column}"), text);
    }
    let evaluation = evaluate(&sichuan, &split);
    let bound = Bound { template: &sichuan, document: &split, evaluation: &evaluation };
    assert!(bound.value("指标完成情况").unwrap().text.contains("合格率：指标值≥10公里，实际完成9000米。"));
    // Behind what stands there already.
    let edit = report::phrases::inserted(&template, &document, table, 17, "＿＿。").unwrap();
    let document = apply(&document, &template.form, &edit);
    let reason = CellId::from_name("indicators.17.reason", &template.form).unwrap();
    assert_eq!(document.typed(reason).text(), "提高服务水平。＿＿。");
}

#[test]
fn a_text_is_cut_into_words_fields_and_blanks() {
    let found = report::parts("执行【全年执行数】，因＿＿未完；a_b【2020】10号【");
    assert_eq!(
        found,
        [
            report::Part::Words("执行"),
            report::Part::Field("全年执行数"),
            report::Part::Words("，因"),
            report::Part::Blank("＿＿"),
            report::Part::Words("未完；a"),
            report::Part::Words("_"),
            report::Part::Words("b"),
            report::Part::Words("【"),
            report::Part::Words("2020】10号"),
            report::Part::Words("【"),
        ]
    );
}

/// Any text is cut, resolved and mended without a panic, and nothing of it is lost on the way.
#[test]
fn any_text_is_text() {
    let library = library();
    let (template, document) = example(&library, "yiyang-2020");
    let evaluation = evaluate(&template, &document);
    let bound = Bound { template: &template, document: &document, evaluation: &evaluation };
    let texts = "[【】＿_%％（）〔〕\\[\\]()2095.号下降提高低财预:：·、若有增减执行率全年预算数得分完成情况甲 \n-]{0,60}";
    let mut runner = proptest::test_runner::TestRunner::default();
    let tried = runner.run(&proptest::string::string_regex(texts).unwrap(), |text| {
        let part = |part: &report::Part<'_>| match part {
            report::Part::Words(words) | report::Part::Blank(words) => (*words).to_owned(),
            report::Part::Field(name) => format!("【{name}】"),
        };
        let whole: String = report::parts(&text).iter().map(part).collect();
        assert_eq!(whole, text);
        let _ = (bound.resolve(&text), bound.find(&text), bound.length(&text));
        let mended = official::mended(&text, &official::slips(&text));
        let letters =
            |text: &str| text.chars().filter(|char| char.is_alphanumeric() && !"个百分点".contains(*char)).collect::<String>();
        assert_eq!(letters(&mended), letters(&text));
        Ok(())
    });
    tried.unwrap();
}
