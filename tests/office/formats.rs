//! What a stored number looks like: the table `formats.toml`, read out of workbooks.

use crate::make;
use crate::make_xls::{Cell, Sheet, Value, xls};
use jixiao::block::Block;
use jixiao::office;

#[derive(Debug)]
struct Line {
    format: String,
    stored: String,
    shown: String,
    exact: Option<String>,
}

fn table() -> Vec<Line> {
    let file: toml::Table = toml::from_str(include_str!("formats.toml")).unwrap();
    let mut lines = Vec::new();
    for entry in file["format"].as_array().unwrap() {
        for shown in entry["shown"].as_array().unwrap() {
            let part = |at: usize| shown.get(at).and_then(toml::Value::as_str).map(str::to_owned);
            lines.push(Line {
                format: entry["code"].as_str().unwrap().into(),
                stored: part(0).unwrap(),
                shown: part(1).unwrap(),
                exact: part(2),
            });
        }
    }
    lines
}

#[test]
fn numbers_look_as_their_format_says() {
    let lines = table();
    assert!(lines.len() > 150, "{}", lines.len());
    let formats: Vec<&str> = lines.iter().map(|line| &*line.format).collect();
    let rows: String = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!(r#"<row r="{0}"><c r="A{0}" s="{0}"><v>{1}</v></c></row>"#, at + 1, line.stored))
        .collect();
    let file = xlsx(&format!("<sheetData>{rows}</sheetData>"), &formats);
    compare(&lines, &file);
}

/// The same numbers as binary ones, under the same formats.
#[test]
fn binary_numbers_look_the_same() {
    let lines = table();
    let formats: Vec<&str> = lines.iter().map(|line| &*line.format).collect();
    let cells = lines.iter().enumerate().map(|(at, line)| {
        let value = Value::Number(line.stored.parse().unwrap());
        Cell { row: at as u16, column: 0, style: at as u16 + 1, value }
    });
    let sheet = Sheet { name: "表", hidden: 0, cells: cells.collect(), merges: Vec::new(), zeros: true };
    compare(&lines, &xls(&[sheet], &formats));
}

fn compare(lines: &[Line], file: &[u8]) {
    let blocks = office::read(file, None).unwrap();
    let [Block::Grid(grid)] = &*blocks.list else { panic!("{blocks:?}") };
    let mut wrong = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let cell = grid.cells.iter().find(|cell| cell.row == at as u32);
        let text = cell.map_or("", |cell| &cell.text);
        let exact = cell.and_then(|cell| cell.exact.clone());
        if text != line.shown || exact != line.exact {
            wrong.push(format!("{line:?}: {text:?} {exact:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A workbook of one sheet with this XML in `worksheet`, and these number formats, from style 1 on.
fn xlsx(sheet: &str, formats: &[&str]) -> Vec<u8> {
    let codes: String = formats
        .iter()
        .enumerate()
        .map(|(at, code)| format!(r#"<numFmt numFmtId="{}" formatCode="{}"/>"#, 200 + at, escape(code)))
        .collect();
    let styles: String = (0..formats.len()).map(|at| format!(r#"<xf numFmtId="{}"/>"#, 200 + at)).collect();
    let styles = format!(r#"<styleSheet><numFmts>{codes}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>"#);
    make::workbook(r#"<sheet name="Sheet1" sheetId="1" r:id="rId1"/>"#, "", &[sheet], &styles, None)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
