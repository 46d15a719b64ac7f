//! The saved format: what goes in comes out, what can't be read says why, and nothing panics.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use jixiao::document::{CellId, Document, Edit, apply, passed};
use jixiao::evaluate;
use jixiao::io::json::{self, MOST_ROWS};
use jixiao::io::{ImportError, Imported, Misfit, Notice, Place};
use jixiao::template::{AMOUNT_UNITS, ColumnChoice, Library};
use proptest::prelude::*;
use serde_json::Value;
use support::library;

fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/json/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn read(text: &str) -> Imported {
    json::read(text, &library()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn text_of(document: &Document, name: &str) -> String {
    let form = library().form(&document.form).unwrap();
    document.typed(CellId::from_name(name, &form).expect(name)).text().to_owned()
}

fn rewritten(document: &Document) -> String {
    json::write(document, &library().form(&document.form).unwrap())
}

#[test]
fn a_file_written_by_hand_needs_only_what_it_says() {
    let Imported { document, notices } = read(&fixture("minimal.json"));
    assert_eq!(notices, []);
    assert_eq!(document.profile, "national-2020");
    assert_eq!(text_of(&document, "funds.initial"), "180");
    // A JSON number keeps the decimals it was written with, because they say how exactly it was printed.
    assert_eq!(text_of(&document, "funds.adjusted"), "180.00");
    assert_eq!(text_of(&document, "indicators.2.score"), "80.4");
    assert_eq!(document.rows(0).len(), 1, "no rows of the skeleton beside those of the file");
    assert_eq!(document.next_row, 3);
}

/// What one program of a build tells the other is the whole document, but for what no version knows.
#[test]
fn a_document_is_passed_on_whole() {
    let library = library();
    for case in support::cases(&library) {
        let Some(form) = library.form(&case.document.form) else { continue };
        let mut document = case.document.clone();
        document.extra.clear();
        for row in document.tables.iter_mut().flatten() {
            std::rc::Rc::make_mut(row).extra.clear();
        }
        if let Some((table, column)) = form.open_column("indicators.score_rate") {
            document.columns.insert((table, column), true);
        }
        let text = passed::write(&document, &form);
        assert!(!text.contains(['\u{1c}', '\u{1d}', '\u{1e}']), "{}", case.name);
        let (known, read) = passed::read(&text, &library.forms).expect(&case.name);
        assert_eq!((&known.id, read), (&form.id, document), "{}", case.name);
    }
    for wrong in ["", "national", "unknown\u{1f}", "national\u{1f}national-2020\u{1f}\u{1f}1"] {
        assert!(passed::read(wrong, &library.forms).is_none(), "{wrong:?}");
    }
}

#[test]
fn unknown_parts_come_back_in_their_places() {
    let Imported { document, notices } = read(&fixture("unknown.json"));
    assert!(notices.contains(&Notice::UnknownProfile { id: "my-county".to_owned(), used: "national-2020".to_owned() }));
    assert!(notices.contains(&Notice::FormVersion { file: 7, current: 1 }));
    assert!(notices.iter().any(|notice| matches!(notice, Notice::Unknown { places } if places.len() == 7)), "{notices:?}");
    let written = rewritten(&document);
    let value: Value = serde_json::from_str(&written.replace("1.10e400", "1")).unwrap();
    assert_eq!(value["form"]["edition"], "省厅版");
    assert_eq!(value["profile"], "my-county");
    assert_eq!(value["a/b~c"], true);
    assert_eq!(value["note"]["list"][1], "a b\" c");
    assert_eq!(value["cells"]["remark"][0], "x");
    assert_eq!(value["tables"]["funds"][0]["bank"]["code"], "01");
    assert_eq!(value["tables"]["contracts"][0]["sum"], "5");
    assert!(value.get("evaluation").is_none(), "it is computed anew");
    // Numbers that no float holds survive to the last digit.
    assert!(written.contains("12345678901234567890.10") && written.contains("1.10e400"));
    assert_eq!(read(&written).document, document);
    assert_eq!(rewritten(&read(&written).document), written);
}

#[test]
fn a_fixed_table_comes_out_whole() {
    let Imported { document, notices } = read(&fixture("rubric.json"));
    let table = library().form("heping").unwrap().table_index("rubric").unwrap();
    let rows = document.rows(table);
    let blank = Document::blank(&library().form("heping").unwrap());
    assert_eq!(rows.len(), blank.rows(table).len());
    // The first row says no given text and takes the first place; the second is found by its words and keeps its own number.
    let form = library().form("heping").unwrap();
    let def = form.table(table).unwrap();
    let texts =
        |row: usize| ["indicator", "weight", "score"].map(|id| rows[row].cell(def.column_index(id).unwrap()).text().to_owned());
    assert_eq!(texts(0), ["项目论证", "1", "0.5"]);
    assert_eq!(texts(4), ["完整性", "6", "4"]);
    assert_eq!(notices, [Notice::OtherTexts { table: "自评得分".to_owned(), rows: vec![5] }]);
    assert_eq!(read(&rewritten(&document)).document, document);
}

#[test]
fn a_fixed_table_keeps_rows_that_the_form_does_not_have() {
    let mut rows: Vec<String> = (0..21).map(|_| r#"{"score":"1"}"#.to_owned()).collect();
    rows.push(r#"{"indicator":"另加的一行","score":"9"}"#.to_owned());
    let text =
        format!(r#"{{"format":"jixiao","version":1,"form":{{"id":"heping"}},"tables":{{"rubric":[{}]}}}}"#, rows.join(","));
    let Imported { document, notices } = read(&text);
    assert_eq!(notices, [Notice::ForeignRows { table: "自评得分".to_owned(), count: 1 }]);
    let table = library().form("heping").unwrap().table_index("rubric").unwrap();
    assert_eq!(document.rows(table).len(), 22);
    assert_eq!(read(&rewritten(&document)).document, document);
}

/// A row moved to the end, another blank, a text twice, one that belongs nowhere: what was read is written and read again as the same, whatever
/// rows a file holds, and each text of the file is there.
#[test]
fn a_fixed_table_reads_back_as_it_was_written() {
    let row = |item: &str, statement: &str| serde_json::json!({ "item": item, "statement": statement });
    let items = ["分配科学性", "下达及时性", "拨付合规性", "使用规范性", "执行准确性", "预算绩效管理情况", "支出责任履行情况"];
    let all = || items.map(|item| row(item, &format!("关于{item}"))).to_vec();
    let mut moved = all();
    let second = moved.remove(1);
    moved.push(second);
    let mut blank = moved.clone();
    blank[3] = serde_json::json!({});
    let twice = vec![
        row("拨付合规性", "甲"),
        row("别的", "乙"),
        row("又一", "丙"),
        row("支出责任履行情况", "丁"),
        row("其他", "戊"),
        row("支出责任履行情况", "己"),
    ];
    for rows in [all(), moved, blank, twice, Vec::new()] {
        let text = serde_json::json!({ "format": "jixiao", "version": 1, "form": { "id": "transfer" }, "tables": { "allocation": rows } });
        let form = library().form("transfer").unwrap();
        let at = form.tables.iter().position(|def| def.fixed).unwrap();
        let text = text.to_string().replace("allocation", &form.tables[at].id);
        let document = read(&text).document;
        let there: Vec<&str> = document.tables[at].iter().flat_map(|row| row.cells.iter().map(|cell| cell.text())).collect();
        let typed = rows.iter().filter_map(|row| row["statement"].as_str());
        assert!(typed.clone().all(|statement| there.contains(&statement)), "{there:?}");
        assert_eq!(read(&rewritten(&document)).document, document);
        // Of the rows that the form knows, each keeps what belongs to it.
        for (item, statement) in rows.iter().filter_map(|row| Some((row["item"].as_str()?, row["statement"].as_str()?))) {
            let at = there.iter().position(|text| *text == statement).unwrap();
            assert_eq!(there[at - 1], item);
        }
    }
}

#[test]
fn row_ids_are_given_where_they_are_missing_or_taken() {
    let text = r#"{"format":"jixiao","version":1,"form":{"id":"national"},"tables":{
        "funds":[{"id":3},{"id":3},{"id":0},{}],"indicators":[{"id":"x"},{"id":1}]}}"#;
    let Imported { document, notices } = read(text);
    let ids: Vec<u32> = document.tables.iter().flatten().map(|row| row.id).collect();
    assert_eq!(ids, [3, 4, 5, 6, 7, 1]);
    assert_eq!(document.next_row, 8);
    assert_eq!(notices, [Notice::RowIds { count: 3 }]);
}

#[test]
fn what_cannot_be_read_says_what_where_and_how_to_mend() {
    let head = r#""format":"jixiao","version":1,"form":{"id":"national"}"#;
    let with = |rest: &str| format!("{{{head},{rest}}}");
    let cases = [
        (String::new(), "not-json", "文件是空的"),
        ("{\n  \"format\": \"jixiao\",\n  \"版本\"： 1}".to_owned(), "not-json", "第 3 行第 7 个字符“：”"),
        (fixture("minimal.json")[..300].to_owned(), "not-json", "文件不完整"),
        ("[1]".to_owned(), "not-a-document", "文件最外层应为 {…}"),
        ("{}".to_owned(), "not-a-document", "不是绩效自评文件"),
        (r#"{"format":"jixiao"}"#.to_owned(), "not-a-document", "文件缺少“version”"),
        (r#"{"format":"jixiao","version":1}"#.to_owned(), "not-a-document", "文件缺少“form”"),
        (r#"{"format":"jixiao","version":2,"new":[]}"#.to_owned(), "newer", "格式版本 2"),
        (r#"{"format":"jixiao","version":1,"form":{"id":"none"}}"#.to_owned(), "unknown-form", "没有编号为“none”的表式"),
        (with(r#""unit":"美元""#), "not-a-document", "“unit”应为元、千元、万元或亿元，不能是“美元”"),
        (with(r#""unit":4"#), "not-a-document", "不能是“4”"),
        (with(r#""unit":["元"]"#), "not-a-document", "“unit”应为文字"),
        (with(r#""cells":{"total.score":true}"#), "not-a-document", "单元格“total.score”应为文字"),
        (with(r#""cells":{"total.score":1e2}"#), "not-a-document", "数字“1e2”用了指数形式"),
        (with(r#""cells":{"total.score":"1","total.score":"2"}"#), "not-a-document", "“total.score”出现了两次"),
        (with(r#""cells":{"project_name":"\ud800"}"#), "not-a-document", "不成对的转义字符"),
        (with(r#""tables":{"funds":{}}"#), "not-a-document", "表“funds”应为 […]"),
        (with(r#""tables":{"funds":[{},7]}"#), "not-a-document", "表“funds”第 2 行应为 {…}"),
        (with(r#""tables":{"funds":[{"name":["a"]}]}"#), "not-a-document", "表“funds”第 1 行“name”应为文字"),
        (with(&format!(r#""tables":{{"funds":[{}{{}}]}}"#, "{},".repeat(MOST_ROWS))), "too-large", "行数超过 20000 行"),
        (" ".repeat(json::MOST_BYTES + 1), "too-large", "文件超过 16 MB"),
    ];
    for (text, code, sentence) in cases {
        let error = json::read(&text, &library()).expect_err(sentence);
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(sentence), "{error} should say {sentence}");
    }
}

#[test]
fn a_place_is_named_for_programs_too() {
    let text = r#"{"format":"jixiao","version":1,"form":{"id":"national"},"tables":{"funds":[{},{"name":false}]}}"#;
    let place = Place::RowCell { table: "funds".to_owned(), row: 2, column: "name".to_owned() };
    assert_eq!(place.to_string(), "tables.funds[1].name");
    assert_eq!(json::read(text, &library()), Err(ImportError::NotADocument { place, what: Misfit::NotText }));
}

#[test]
fn the_unit_of_a_table_is_its_own() {
    let with = |unit: &str| format!(r#"{{"format":"jixiao","version":1,"form":{{"id":"national"}}{unit}}}"#);
    for (key, name) in [
        ("", "万元"),
        (r#","unit":null"#, "万元"),
        (r#","unit":"元""#, "元"),
        (r#","unit":" 亿元 ""#, "亿元"),
        (r#","unit":"千元""#, "千元"),
    ] {
        let Imported { document, notices } = read(&with(key));
        assert_eq!((jixiao::template::amount_unit_name(document.unit), notices), (name, Vec::new()));
        let written: Value = serde_json::from_str(&rewritten(&document)).unwrap();
        assert_eq!(written["unit"], name, "it is written, whichever it is");
    }
}

#[test]
fn columns_are_shown_as_the_document_wants() {
    let with = |columns: &str| format!(r#"{{"format":"jixiao","version":1,"form":{{"id":"national"}},"columns":{columns}}}"#);
    let form = library().form("national").unwrap();
    let open = |shown_of_itself: bool| {
        let mut columns = form.tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
        let wanted = if shown_of_itself { ColumnChoice::MayHide } else { ColumnChoice::WhenUsed };
        let (table, column) = columns.find(|(_, column)| column.choice == wanted).unwrap();
        format!("{}.{}", table.id, column.id)
    };
    let text = with(&format!(r#"{{"{}":false,"{}":true,"indicators.score":false,"none.none":true}}"#, open(true), open(false)));
    let Imported { document, notices } = read(&text);
    assert_eq!(document.columns.len(), 2);
    assert!(matches!(notices.as_slice(), [Notice::Unknown { places }] if places.len() == 2), "{notices:?}");
    let written: Value = serde_json::from_str(&rewritten(&document)).unwrap();
    let wanted: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(written["columns"], wanted["columns"], "what no form has is kept too");
    assert_eq!(read(&rewritten(&document)).document, document);
    for (columns, sentence) in [(r#"{"indicators.coefficient":"yes"}"#, "true 或 false"), ("[]", "{…}")] {
        let error = json::read(&with(columns), &library()).expect_err(sentence);
        assert!(error.to_string().contains(sentence), "{error} should say {sentence}");
    }
}

#[test]
fn every_example_and_blank_form_survives() {
    let library = library();
    for example in &library.examples {
        let document = read(&example.json).document;
        assert_eq!(read(&rewritten(&document)).document, document, "{}", example.id);
    }
    for form in &library.forms {
        let document = Document::blank(form);
        assert_eq!(read(&json::write(&document, form)).document, document, "{}", form.id);
    }
}

#[test]
fn an_export_reads_as_the_document_it_was_made_from() {
    let library = library();
    for example in &library.examples {
        let document = read(&example.json).document;
        let template = document.template(&library).unwrap();
        let export = jixiao::export::document(&template, &document, &evaluate(&template, &document));
        assert_eq!(read(&export), Imported { document, notices: Vec::new() }, "{}", example.id);
    }
}

#[test]
fn an_export_holds_exact_values() {
    let document = read(&fixture("minimal.json")).document;
    let library = library();
    let template = document.template(&library).unwrap();
    let export: Value =
        serde_json::from_str(&jixiao::export::document(&template, &document, &evaluate(&template, &document))).unwrap();
    let evaluation = &export["evaluation"];
    let rate = &evaluation["cells"]["funds.rate"];
    assert_eq!((&rate["value"], &rate["shown"]), (&"41/90".into(), &"45.56".into()));
    let total = &evaluation["cells"]["total.score"];
    assert_eq!(total["agreement"], serde_json::json!({"class": "differs", "by": "1"}));
    assert_eq!(evaluation["totals"]["entered"]["total"]["value"], "84.96");
    assert!(evaluation["findings"].as_array().unwrap().iter().any(|finding| finding["code"] == "A08"));
}

/// A document with texts in arbitrary cells and rows added, copied, moved and removed.
fn documents() -> impl Strategy<Value = Document> {
    let text = prop_oneof![any::<String>(), "[0-9]{1,3}(\\.[0-9]{1,2})?%?", "[一-龥]{0,4}"];
    let edits = proptest::collection::vec((any::<u16>(), any::<u8>(), text), 0..20);
    (any::<proptest::sample::Index>(), edits).prop_map(|(form, edits)| {
        let library = library();
        let form = &library.forms[form.index(library.forms.len())];
        let mut document = Document::blank(form);
        let unit = AMOUNT_UNITS[edits.len() % AMOUNT_UNITS.len()].0;
        document = apply(&document, form, &Edit::Relabel(unit));
        for (cell, column, text) in edits {
            let table = column % form.tables.len().max(1) as u8;
            let row = document.rows(table).get(usize::from(cell) % 12).map(|row| row.id);
            let edit = match (row, cell % 3) {
                (_, 0) => Edit::Set { cell: CellId::Fixed(cell % form.cells.len() as u16), text },
                (None, _) => Edit::AddRow { table, after: None },
                (Some(_), 1) if text.is_empty() => Edit::ShowColumn { table, column, shown: cell % 2 == 0 },
                (Some(row), 1) => Edit::CopyRow { table, row },
                (Some(row), _) => {
                    let def = &form.tables[usize::from(table)];
                    let column = column % def.columns.len() as u8;
                    // The form gives locked texts; no person can change them.
                    if def.columns[usize::from(column)].locked {
                        continue;
                    }
                    Edit::Set { cell: CellId::Row { table, row, column }, text }
                }
            };
            document = apply(&document, form, &edit);
        }
        document
    })
}

/// Reads whatever it is given; a document must come out of writing as it went in.
fn reads(library: &Library, text: &str) {
    if let Ok(Imported { document, .. }) = json::read(text, library) {
        let written = json::write(&document, &library.form(&document.form).unwrap());
        assert_eq!(json::read(&written, library).unwrap().document, document, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn writing_and_reading_gives_the_same_document(document in documents()) {
        let imported = read(&rewritten(&document));
        prop_assert_eq!(imported.document, document);
        prop_assert_eq!(imported.notices, []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// 20,000 files of any bytes.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        LIBRARY.with(|library| reads(library, &String::from_utf8_lossy(&bytes)));
    }

    /// 20,000 documents with a piece cut out, doubled or replaced by what JSON is made of.
    #[test]
    fn damaged_documents_are_read_or_refused(
        which in 0_usize..3,
        (at, length) in (any::<proptest::sample::Index>(), 0_usize..40),
        put in "[\\[\\]{}\",:0-9eE.\\\\nulltrefas \u{0}-]{0,8}",
    ) {
        let characters: Vec<char> = TEXTS[which].chars().collect();
        let at = at.index(characters.len());
        let rest = characters.iter().skip(at + length);
        let text: String = characters[..at].iter().copied().chain(put.chars()).chain(rest.copied()).collect();
        LIBRARY.with(|library| reads(library, &text));
    }
}

const TEXTS: [&str; 3] = [
    include_str!("fixtures/json/minimal.json"),
    include_str!("fixtures/json/unknown.json"),
    include_str!("fixtures/json/rubric.json"),
];

thread_local! {
    static LIBRARY: Library = library();
}
