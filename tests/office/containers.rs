//! The container of office files, as programs and mail gateways leave it, and the limits of what is taken out of it.

use crate::make;
use crate::print;
use jixiao::block::{FileKind, Limit, Refusal};
use jixiao::office;

const BODY: &str = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
const READ: &str = "表1 1×1\n0,0 项目";

fn document(body: &str) -> String {
    format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#)
}

fn lines(bytes: &[u8]) -> String {
    office::read(bytes, Some("a.docx")).map_or_else(|refusal| format!("× {refusal:?}"), |blocks| print::lines(&blocks))
}

#[test]
fn zips_are_read_as_people_have_them() {
    let text = document(BODY);
    let types = "<Types/>";
    let main = ("word/document.xml", text.as_bytes());
    let plain = make::zip(&[("[Content_Types].xml", types.as_bytes()), main]);
    assert_eq!(lines(&plain), READ);
    assert_eq!(lines(&make::deflated(&[main])), READ, "deflated");
    assert_eq!(lines(&[b"\0\x01\x02\x03".repeat(300), plain.clone()].concat()), READ, "something in front");
    assert_eq!(lines(&[plain.clone(), b"-- checked for viruses --".to_vec()].concat()), READ, "something behind");
    assert_eq!(lines(&make::zip(&[("Word\\Document.xml", text.as_bytes())])), READ, "backslashes and capitals");
    assert_eq!(lines(&make::zip(&[("/word/document.xml", text.as_bytes())])), READ, "a slash in front");
    assert_eq!(lines(&make::zip(&[main, ("word/document.xml", b"<x/>")])), READ, "the same part twice");
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(lines(&make::zip(&[("word/document.xml", &utf16)])), READ, "a part in UTF-16");
    let marked = format!("\u{feff}{text}");
    assert_eq!(lines(&make::zip(&[("word/document.xml", marked.as_bytes())])), READ, "a part with a mark");
}

#[test]
fn what_is_wrong_with_a_zip_is_said() {
    let text = document(BODY);
    let plain = make::zip(&[("word/document.xml", text.as_bytes())]);
    let damaged = Err(Refusal::Damaged(FileKind::Word));
    assert_eq!(office::read(&plain[..plain.len() / 2], Some("a.docx")), damaged, "cut off");
    let mut flipped = plain.clone();
    flipped[60] ^= 1;
    assert_eq!(office::read(&flipped, Some("a.docx")), damaged, "a byte is another one");
    let mut locked = plain.clone();
    let directory = plain.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    locked[directory + 8] |= 1;
    assert_eq!(office::read(&locked, Some("a.docx")), Err(Refusal::Encrypted(FileKind::Word)));
    let other = make::zip(&[("a.txt", b"x")]);
    assert_eq!(office::read(&other, Some("a.docx")), Err(Refusal::NotAsNamed(FileKind::Zip)));
    assert_eq!(office::read(&other, Some("a.zip")), Err(Refusal::Unsupported(FileKind::Zip)));
    let ofd = make::zip(&[("OFD.xml", b"<x/>")]);
    assert_eq!(office::read(&ofd, None), Err(Refusal::Unsupported(FileKind::Ofd)));
}

#[test]
fn limits_hold_before_anything_is_unpacked() {
    let huge = vec![b' '; 100 << 20];
    assert_eq!(office::read(&huge, None), Err(Refusal::Over(Limit::File)));
    // A part that says it is huge, and one that is more than it says.
    let text = document(BODY);
    for (size, expected) in [(u32::MAX - 1, Refusal::Over(Limit::Unpacked)), (10, Refusal::Damaged(FileKind::Word))] {
        let mut lying = make::deflated(&[("word/document.xml", text.as_bytes())]);
        let directory = lying.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
        lying[directory + 24..directory + 28].copy_from_slice(&size.to_le_bytes());
        assert_eq!(office::read(&lying, Some("a.docx")), Err(expected));
    }
}

#[test]
fn depth_and_number_have_limits() {
    let deep = format!("{}{}", "<w:sdt>".repeat(1_000), "</w:sdt>".repeat(1_000));
    assert_eq!(
        office::read(&make::zip(&[("word/document.xml", document(&deep).as_bytes())]), None),
        Err(Refusal::Over(Limit::Depth))
    );
    let cell = "<w:tbl><w:tr><w:tc>";
    let tables = format!("{}<w:p/>{}", cell.repeat(30), "</w:tc></w:tr></w:tbl>".repeat(30));
    assert_eq!(
        office::read(&make::zip(&[("word/document.xml", document(&tables).as_bytes())]), None),
        Err(Refusal::Over(Limit::Depth))
    );
    assert_eq!(office::read("<table><tr><td>".repeat(3_000).as_bytes(), None), Err(Refusal::Over(Limit::Depth)));
    let wide = "1,".repeat(30_000);
    assert_eq!(office::read(wide.as_bytes(), Some("a.csv")), Err(Refusal::Over(Limit::Size)));
    let many = "1,2\n".repeat(400_000);
    assert_eq!(office::read(many.as_bytes(), Some("a.csv")), Err(Refusal::Over(Limit::Count)));
    // Every cell far from every other one.
    let cells: String = (0..4_000)
        .map(|at| format!(r#"<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>"#, at * 150 + 1, column(at % 160 * 4)))
        .collect();
    let sheet = format!("<sheetData>{cells}</sheetData>");
    let entries = r#"<sheet name="a" r:id="rId1"/>"#;
    let far = make::workbook(entries, "", &[&sheet], "<styleSheet/>", None);
    assert_eq!(office::read(&far, None), Err(Refusal::Over(Limit::FarApart)));
}

fn column(at: u32) -> String {
    let letter = |value: u32| char::from_u32(u32::from('A') + value).unwrap();
    format!("{}{}", letter(at / 26), letter(at % 26))
}

/// Files that are told by their first bytes, and what is said of them.
#[test]
fn kinds_that_are_not_read_are_named() {
    let table: toml::Table = toml::from_str(include_str!("kinds.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in table["kind"].as_array().unwrap() {
        let text = |key: &str| case.get(key).and_then(toml::Value::as_str);
        let bytes = match (text("hex"), text("text")) {
            (Some(hex), _) => {
                let digits: Vec<char> = hex.chars().filter(char::is_ascii_hexdigit).collect();
                digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
            }
            (None, text) => text.unwrap().as_bytes().to_vec(),
        };
        let refusal = office::read(&bytes, text("name"));
        let said = refusal.as_ref().map_or_else(|refusal| jixiao::wording::refusal(*refusal), print::lines);
        if !said.contains(text("says").unwrap()) {
            wrong.push(format!("{:?} says {said}", text("name")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
