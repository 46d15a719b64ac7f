//! Templates as bureaus hand them out: lines with several labels, tables of nothing but titles, and real files where they are at hand.

use super::Printed;
use super::fill::{filled, parts, stored};
use super::support::library;
use jixiao::document::CellId;
use jixiao::export::mapping;
use jixiao::fill::{self, Filling};
use jixiao::io::json;
use jixiao::office;
use jixiao::office::refill::Original;
use jixiao::recognise::Recogniser;
use jixiao::template::Library;
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const NATIONAL: &str = r#"{ "format": "jixiao", "version": 1, "form": { "id": "national" },
  "cells": { "project_name": "路灯改造", "competent_department": "城管局", "implementing_unit": "路灯所", "fiscal_year": "2023",
             "funds.adjusted": "180", "funds.executed": "82", "goal_expected": "改造路灯", "goal_actual": "已改造" },
  "tables": { "indicators": [
    { "level1": "产出指标", "level2": "数量指标", "indicator": "改造数量", "target": "≥120盏", "actual": "118盏", "weight": "50", "score": "49" },
    { "level1": "产出指标", "level2": "质量指标", "indicator": "合格率", "target": "100%", "actual": "100%", "weight": "10", "score": "10" },
    { "level1": "效益指标", "level2": "社会效益指标", "indicator": "亮灯率", "target": "≥98%", "actual": "99%", "weight": "30", "score": "30" }
  ] } }"#;

const SCORES: &str = r#"{ "format": "jixiao", "version": 1, "form": { "id": "score-sheet" }, "cells": { "project_name": "路灯改造" },
  "tables": { "rubric": [
    { "level1": "项目决策", "level2": "项目立项", "indicator": "立项规范", "standard": "程序完整", "weight": "5", "score": "5" },
    { "level1": "项目产出", "level2": "产出数量", "indicator": "改造数量", "standard": "按完成比例", "weight": "50", "score": "49" }
  ] } }"#;

fn printed(library: &Library, text: &str) -> Printed {
    let document = json::read(text, library).unwrap().document;
    Printed::of(&document.template(library).unwrap(), &document)
}

/// A document of Word with these paragraphs and tables, as plain as one can be.
fn word(body: &str) -> Vec<u8> {
    let part = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    stored(&BTreeMap::from([
        part(
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned(),
        ),
        part(
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>".to_owned(),
        ),
        part(
            "word/document.xml",
            format!("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"),
        ),
    ]))
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"900\"/></w:tcPr><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let row =
        |cells: &&[&str]| format!("<w:tr><w:trPr><w:tblHeader/></w:trPr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

const TITLES: &[&str] =
    &["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"];

/// What the recogniser finds in the filled file, by the names of cells.
fn found(library: &Library, bytes: &[u8], form: &str) -> BTreeMap<String, String> {
    let read = Recogniser::new(library).recognise_as(&office::read(bytes, None).unwrap(), form);
    let found = read.tables.into_iter().next().expect("a table");
    let form = library.form(form).unwrap();
    let name = |cell: &CellId| (cell.name(&form), found.document.typed(*cell).text().to_owned());
    found.sources.keys().map(name).collect()
}

fn left(filling: &Filling) -> Vec<&str> {
    filling.left.iter().map(|(_, text)| text.as_str()).collect()
}

#[test]
fn several_labels_in_a_line_get_their_values() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let printed = printed(&library, NATIONAL);
    let rows: Vec<&[&str]> = [TITLES].into_iter().chain(std::iter::repeat_n(&[""; 8] as &[&str], 3)).collect();
    let body = paragraph("项目支出绩效自评表")
        + &paragraph("项目名称：________　主管部门：________ 实施单位：________")
        + &table(&rows)
        + &paragraph("填报人：________　　联系电话：________");
    let bytes = word(&body);
    let (filling, filled) = filled(&library, &recogniser, &bytes, &printed).expect("a form");
    let text = String::from_utf8(parts(&filled.bytes)["word/document.xml"].clone()).unwrap();
    assert!(text.contains("项目名称：路灯改造　主管部门：城管局 实施单位：路灯所"), "{text}\n{:?}", left(&filling));
    // What the document leaves blank stays as the bureau wrote it.
    assert!(text.contains("填报人：________　　联系电话：________"), "{text}");
    let after = found(&library, &filled.bytes, "national");
    for (cell, text) in [("project_name", "路灯改造"), ("competent_department", "城管局"), ("implementing_unit", "路灯所")]
    {
        assert_eq!(after.get(cell).map(String::as_str), Some(text), "{after:?}");
    }
    assert_eq!(after.values().filter(|text| ["改造数量", "合格率", "亮灯率"].contains(&text.as_str())).count(), 3, "{after:?}");
}

#[test]
fn a_table_of_titles_alone_gets_its_rows() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let printed = printed(&library, NATIONAL);
    let lone = {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, title) in (0..).zip(TITLES) {
            sheet.write(0, column, *title).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    for (name, bytes, main) in [
        ("docx", word(&(table(&[TITLES]) + &paragraph("注：按年度填列。"))), "word/document.xml"),
        ("xlsx", lone, "xl/worksheets/sheet1.xml"),
    ] {
        let (filling, filled) = filled(&library, &recogniser, &bytes, &printed).unwrap_or_else(|| panic!("{name}: no form"));
        assert_eq!((filling.copies.len(), filled.rows.len()), (3, 0), "{name}: {:?}", left(&filling));
        let (before, after) = (parts(&bytes), parts(&filled.bytes));
        assert!(before.iter().all(|(part, data)| part == main || after[part] == *data), "{name}");
        let text = String::from_utf8(after[main].clone()).unwrap();
        assert_eq!(text.matches("<w:tblHeader/>").count(), usize::from(name == "docx"), "{name}: only titles are titles");
        let after = found(&library, &filled.bytes, "national");
        let texts: Vec<&str> = after.values().map(String::as_str).collect();
        for wanted in ["产出指标", "质量指标", "改造数量", "合格率", "亮灯率", "≥98%", "118盏", "30"] {
            assert!(texts.contains(&wanted), "{name}: {wanted} in {after:?}");
        }
        let order: Vec<&str> = (1..=3).map(|row| after[&format!("indicators.{row}.indicator")].as_str()).collect();
        assert_eq!(order, ["改造数量", "合格率", "亮灯率"], "{name}");
    }
}

/// Of several values in a text some are there: the others are filled in, those of other cells are written anew, and what the document leaves
/// blank stays and is said. A mapping that is saved and read again says the same.
#[test]
fn a_text_with_some_of_its_values_gets_the_others() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let printed = printed(&library, NATIONAL);
    let line = "项目名称：旧项目　主管部门：________　　　实 施 单 位：旧单位";
    let rows: Vec<&[&str]> = [TITLES].into_iter().chain(std::iter::repeat_n(&[""; 8] as &[&str], 3)).collect();
    let alone = [line];
    let in_cell: Vec<&[&str]> = [&alone as &[&str]].into_iter().chain(rows.iter().copied()).collect();
    let foot = paragraph("填报人：张三　　联系电话：________");
    for (name, body) in [
        ("paragraph", paragraph("项目支出绩效自评表") + &paragraph(line) + &table(&rows) + &foot),
        ("cell", paragraph("项目支出绩效自评表") + &table(&in_cell) + &foot),
    ] {
        let bytes = word(&body);
        let (filling, done) = filled(&library, &recogniser, &bytes, &printed).expect("a form");
        let text = String::from_utf8(parts(&done.bytes)["word/document.xml"].clone()).unwrap();
        assert!(
            text.contains("项目名称：路灯改造　主管部门：城管局　　　实 施 单 位：路灯所"),
            "{name}: {text}\n{:?}",
            left(&filling)
        );
        assert!(text.contains("填报人：张三　　联系电话：________"), "{name}: {text}");
        assert!(filling.kept.iter().any(|(_, old)| old == "张三"), "{name}: {:?}", filling.kept);
        assert!(!left(&filling).iter().any(|text| ["路灯改造", "城管局", "路灯所"].contains(text)), "{name}");
        // The mapping as a file says of each value which cell it is.
        let original = Original::open(&bytes).unwrap();
        let form = &printed.template.form;
        let mut sample = fill::sample(&recogniser, original.blocks(), form).unwrap();
        let told = mapping::read(&mapping::write(&form.id, &sample.mapping(form))).unwrap();
        for told in &told {
            assert!(sample.correct(told.place(), told.value, &told.cell, form), "{name}: {told:?}");
        }
        assert_eq!(fill::fill(&sample, original.blocks(), &library, &printed.document).unwrap(), filling, "{name}");
        // One value is told to be nothing: it stays, the others are written, and the file says so.
        let unit = told.iter().find(|told| told.cell == "implementing_unit").unwrap();
        assert!(unit.value == Some(2) && sample.correct(unit.place(), unit.value, "", form), "{name}: {unit:?}");
        let filling = fill::fill(&sample, original.blocks(), &library, &printed.document).unwrap();
        let written: Vec<&str> = filling.writes.iter().map(|write| write.text.as_str()).collect();
        assert!(written.contains(&"项目名称：路灯改造　主管部门：城管局　　　实 施 单 位：旧单位"), "{name}: {written:?}");
        let told = mapping::read(&mapping::write(&form.id, &sample.mapping(form))).unwrap();
        assert!(told.iter().any(|told| told.place() == unit.place() && told.value == Some(2) && told.cell.is_empty()), "{name}");
    }
}

/// Titles of two lines, some of them over both, with nothing below.
fn titles_of_two_lines() -> [(&'static str, Vec<u8>, &'static [&'static str]); 2] {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let tall = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"];
    let first: String = tall.iter().map(|text| cell("<w:vMerge w:val=\"restart\"/>", text)).collect();
    let second: String = tall.iter().map(|_| cell("<w:vMerge/>", "")).collect();
    let first =
        first + &cell("<w:gridSpan w:val=\"2\"/>", "评价") + &cell("<w:vMerge w:val=\"restart\"/>", "偏差原因分析及改进措施");
    let second = second + &cell("", "分值") + &cell("", "得分") + &cell("<w:vMerge/>", "");
    let docx = word(&format!("<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr></w:tbl>"));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 8, "项目名称：旧项目　主管部门：____", &plain).unwrap();
    for (column, text) in (0..).zip(tall) {
        sheet.merge_range(1, column, 2, column, text, &plain).unwrap();
    }
    sheet.merge_range(1, 5, 1, 6, "评价", &plain).unwrap();
    sheet.write(2, 5, "分值").unwrap();
    sheet.write(2, 6, "得分").unwrap();
    sheet.merge_range(1, 7, 2, 8, "偏差原因分析及改进措施", &plain).unwrap();
    sheet.set_repeat_rows(1, 2).unwrap();
    [
        ("docx", docx, &["word/document.xml"]),
        ("xlsx", book.save_to_buffer().unwrap(), &["xl/worksheets/sheet1.xml", "xl/workbook.xml"]),
    ]
}

#[test]
fn titles_of_several_lines_get_rows_too() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let printed = printed(&library, NATIONAL);
    for (name, bytes, main) in titles_of_two_lines() {
        let (filling, filled) = filled(&library, &recogniser, &bytes, &printed).unwrap_or_else(|| panic!("{name}: no form"));
        assert_eq!((filling.copies.len(), filled.rows.len()), (3, 0), "{name}: {:?}", left(&filling));
        let (before, after) = (parts(&bytes), parts(&filled.bytes));
        assert!(before.iter().all(|(part, data)| main.contains(&part.as_str()) || after[part] == *data), "{name}");
        let found = found(&library, &filled.bytes, "national");
        for row in 1..=3 {
            let text = |column: &str| found.get(&format!("indicators.{row}.{column}")).map_or("", String::as_str);
            let expected = [
                ["产出指标", "数量指标", "改造数量", "≥120盏", "118盏", "50", "49"],
                ["产出指标", "质量指标", "合格率", "100%", "100%", "10", "10"],
                ["效益指标", "社会效益指标", "亮灯率", "≥98%", "99%", "30", "30"],
            ];
            let columns = ["level1", "level2", "indicator", "target", "actual", "weight", "score"];
            assert_eq!(columns.map(text), expected[row - 1], "{name}: {found:?}");
        }
        if name == "xlsx" {
            // The titles that repeat are those of before, and the new rows stand in no cell of theirs.
            assert!(String::from_utf8(after["xl/workbook.xml"].clone()).unwrap().contains("$2:$3"), "{name}");
            let sheet = String::from_utf8(after["xl/worksheets/sheet1.xml"].clone()).unwrap();
            assert!(
                sheet.contains("ref=\"A2:A3\"") && sheet.contains("ref=\"H2:I3\"") && sheet.contains("ref=\"H4:I4\""),
                "{sheet}"
            );
        }
    }
}

/// Indicators with their points, and nothing answered, are the bureau's own: a row of the document goes to the one of its name, and none of
/// them is taken out.
#[test]
fn indicators_that_the_bureau_printed_stay() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let printed = printed(&library, NATIONAL);
    let own = |indicator: &'static str, target: &'static str, weight: &'static str| {
        ["产出指标", "数量指标", indicator, target, "", weight, "", ""]
    };
    let rows = [own("检查次数", "≥4次", "20"), own("改造数量", "", "50"), own("会议次数", "≥2次", "20")];
    let rows: Vec<&[&str]> = [TITLES].into_iter().chain(rows.iter().map(|row| row.as_slice())).collect();
    let (filling, filled) = filled(&library, &recogniser, &word(&table(&rows)), &printed).expect("a form");
    assert!(filling.cleared.is_empty(), "{:?}", filling.cleared);
    let kept: Vec<&str> = filling.kept.iter().map(|(_, text)| text.as_str()).collect();
    assert!(kept.contains(&"检查次数") && kept.contains(&"会议次数") && !kept.contains(&"改造数量"), "{kept:?}");
    let found = found(&library, &filled.bytes, "national");
    let row = |name: &str| {
        let key = found.iter().find(|(key, text)| key.ends_with(".indicator") && *text == name).map(|(key, _)| key.clone());
        let key = key.as_ref().map(|key| key.trim_end_matches("indicator").to_owned()).unwrap_or_default();
        ["target", "actual", "weight", "score"].map(|column| found.get(&format!("{key}{column}")).cloned().unwrap_or_default())
    };
    assert_eq!(row("检查次数"), ["≥4次", "", "20", ""]);
    assert_eq!(row("改造数量"), ["≥120盏", "118盏", "50", "49"]);
    assert_eq!(row("会议次数"), ["≥2次", "", "20", ""]);
    assert_eq!(row("亮灯率"), ["≥98%", "99%", "30", "30"]);
}

/// Older formats are refused, with what to do.
#[test]
fn older_formats_are_refused() {
    let compound = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" as &[u8], &[0; 504]].concat();
    for bytes in [compound.as_slice(), b"<html><table><tr><td>a</td></tr></table></html>", b"a,b\n1,2\n"] {
        assert!(Original::open(bytes).is_err());
    }
    assert!(jixiao::wording::fill::not_a_template().contains("另存为"));
}

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/office/cn");
    folder.is_dir().then_some(folder)
}

/// The file whose name begins so; an old format is saved in a new one first, as a person would do.
fn real(folder: &Path, number: &str, newer: Option<&str>) -> Option<Vec<u8>> {
    let path = fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(number)))?;
    let Some(ending) = newer else { return Some(fs::read(path).unwrap()) };
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bureaus");
    let profile = format!("-env:UserInstallation=file://{}", out.join("profile").display());
    let mut soffice = Command::new("soffice");
    if path.extension().is_some_and(|ending| ending == "html") {
        soffice.arg("--infilter=HTML (StarWriter)");
    }
    let ran = soffice.args([&profile, "--headless", "--convert-to", ending, "--outdir"]).arg(&out).arg(&path).output().ok()?;
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    fs::read(out.join(path.file_stem().unwrap()).with_extension(ending)).ok()
}

/// Every part but the main one stays byte for byte, and what was written stands in the file.
#[test]
fn real_templates_are_filled_in_place() {
    let Some(folder) = corpus() else {
        println!("skipped: there are no real templates beside the project");
        return;
    };
    let library = library();
    let recogniser = Recogniser::new(&library);
    let mut count = 0;
    for (number, newer, document, main, wanted) in [
        ("27-", None, SCORES, &["word/document.xml"] as &[&str], &["立项规范", "产出数量", "改造数量"] as &[&str]),
        ("28-", None, SCORES, &["word/document.xml"], &["项目决策", "立项规范", "程序完整", "改造数量", "按完成比例"]),
        (
            "01-",
            Some("xlsx"),
            NATIONAL,
            &["xl/worksheets/sheet1.xml", "xl/workbook.xml"],
            &["产出指标", "改造数量", "合格率", "亮灯率", "≥98%"],
        ),
        ("48-", Some("docx"), NATIONAL, &["word/document.xml"], &["路灯改造", "城管局", "改造路灯", "已改造"]),
    ] {
        let Some(bytes) = real(&folder, number, newer) else {
            println!("skipped: {number} has to be saved in a new format, for which soffice is needed");
            continue;
        };
        let (before, printed) = (parts(&bytes), printed(&library, document));
        let (filling, filled) = filled(&library, &recogniser, &bytes, &printed).unwrap_or_else(|| panic!("{number}: no form"));
        let after = parts(&filled.bytes);
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>(), "{number}");
        for (name, data) in &before {
            assert!(main.contains(&name.as_str()) || after[name] == *data, "{number}: {name}");
        }
        assert!(filled.rows.is_empty(), "{number}");
        let text = format!("{:?}", office::read(&filled.bytes, None).unwrap().list);
        let old = format!("{:?}", office::read(&bytes, None).unwrap().list);
        for wanted in wanted {
            let occurs = |text: &str| text.matches(wanted).count();
            assert!(occurs(&text) > occurs(&old), "{number}: {wanted}; left {:?}", left(&filling));
        }
        count += 1;
    }
    println!("{count} real templates filled in");
    assert!(count >= 2, "{count}");
}
