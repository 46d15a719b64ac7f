//! Small files of each format with what must come out of them, line by line: `tests/office/*.toml`.

use crate::make;
use crate::print;
use jixiao::block::{Blocks, Refusal};
use jixiao::office;

fn cases(text: &str) -> Vec<(String, toml::Table)> {
    let file: toml::Table = toml::from_str(text).unwrap();
    let list = file["case"].as_array().unwrap();
    list.iter().map(|case| (case["name"].as_str().unwrap().to_owned(), case.as_table().unwrap().clone())).collect()
}

fn text<'a>(case: &'a toml::Table, key: &str) -> &'a str {
    case.get(key).and_then(toml::Value::as_str).unwrap_or("")
}

/// Reads what a case makes, and says how it differs from what is expected.
fn check(list: &[(String, toml::Table)], make: impl Fn(&toml::Table) -> Vec<u8>) {
    compare(list, |case| office::read(&make(case), case.get("file").and_then(toml::Value::as_str)));
}

fn compare(list: &[(String, toml::Table)], read: impl Fn(&toml::Table) -> Result<Blocks, Refusal>) {
    let mut wrong = Vec::new();
    for (name, case) in list {
        let read = match read(case) {
            Ok(blocks) => print::lines(&blocks),
            Err(refusal) => format!("× {refusal:?}"),
        };
        if read != text(case, "read").trim() {
            wrong.push(format!("{name}:\n{read}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn word_files_read_as_they_look() {
    check(&cases(include_str!("docx.toml")), |case| {
        let parts = ["styles", "numbering", "footnotes", "header", "settings"];
        let more: Vec<(&str, &str)> =
            parts.into_iter().map(|kind| (kind, text(case, kind))).filter(|(_, text)| !text.is_empty()).collect();
        make::docx(text(case, "body"), &more)
    });
}

#[test]
fn workbooks_read_as_they_look() {
    check(&cases(include_str!("xlsx.toml")), |case| {
        let entries = match text(case, "entries") {
            "" => r#"<sheet name="Sheet1" r:id="rId1"/>"#,
            entries => entries,
        };
        let sheets: Vec<&str> =
            ["sheet", "sheet2"].into_iter().map(|key| text(case, key)).filter(|text| !text.is_empty()).collect();
        let styles = r#"<styleSheet><numFmts><numFmt numFmtId="200" formatCode="0.00&quot;万元&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="200"/><xf numFmtId="14"/><xf numFmtId="21"/></cellXfs></styleSheet>"#;
        let strings = case.get("strings").and_then(toml::Value::as_str);
        make::workbook(entries, text(case, "properties"), &sheets, styles, strings)
    });
}

#[test]
fn texts_read_as_they_look() {
    check(&cases(include_str!("text.toml")), |case| text(case, "text").into());
}

#[test]
fn web_pages_read_as_they_look() {
    check(&cases(include_str!("html.toml")), |case| text(case, "html").into());
}

#[test]
fn what_is_pasted_reads_as_it_looks() {
    compare(&cases(include_str!("pasted.toml")), |case| {
        let form = |key: &str| case.get(key).and_then(toml::Value::as_str);
        office::read_pasted(form("html"), form("plain"))
    });
}
