//! Makes files to read: zips without compression, documents and workbooks around a few lines of XML.

/// A zip whose parts are stored as they are.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    packed(parts, false)
}

/// A zip as programs write it.
pub fn deflated(parts: &[(&str, &[u8])]) -> Vec<u8> {
    packed(parts, true)
}

fn packed(parts: &[(&str, &[u8])], deflate: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (name, whole) in parts {
        let place = out.len() as u32;
        let data = if deflate { miniz_oxide::deflate::compress_to_vec(whole, 6) } else { whole.to_vec() };
        let mut head = Vec::new();
        head.extend_from_slice(&20_u16.to_le_bytes());
        head.extend_from_slice(&[0, 0, if deflate { 8 } else { 0 }, 0, 0, 0, 0, 0]);
        head.extend_from_slice(&crc(whole).to_le_bytes());
        head.extend_from_slice(&(data.len() as u32).to_le_bytes());
        head.extend_from_slice(&(whole.len() as u32).to_le_bytes());
        head.extend_from_slice(&(name.len() as u16).to_le_bytes());
        head.extend_from_slice(&[0; 2]);
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&head);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&data);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&head);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&place.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let start = out.len() as u32;
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&(parts.len() as u16).to_le_bytes());
    out.extend_from_slice(&(parts.len() as u16).to_le_bytes());
    out.extend_from_slice(&(directory.len() as u32).to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    out
}

pub fn crc(bytes: &[u8]) -> u32 {
    let mut value = u32::MAX;
    for byte in bytes {
        value ^= u32::from(*byte);
        for _ in 0..8 {
            value = if value & 1 == 1 { 0xedb8_8320 ^ (value >> 1) } else { value >> 1 };
        }
    }
    !value
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Relations as (id, last word of the type, target).
pub fn relations(list: &[(&str, &str, &str)]) -> String {
    let lines: String = list
        .iter()
        .map(|(id, kind, target)| format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#))
        .collect();
    format!(r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>"#)
}

/// A Word file with this body, and more parts of the folder `word`, each by its kind.
pub fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let names = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math""#;
    let document = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document {names}><w:body>{body}</w:body></w:document>");
    let root = relations(&[("rId1", "officeDocument", "word/document.xml")]);
    let mut own = Vec::new();
    let mut parts: Vec<(String, String)> = vec![("_rels/.rels".into(), root), ("word/document.xml".into(), document)];
    for (at, (kind, text)) in more.iter().enumerate() {
        own.push((format!("rId{}", at + 1), (*kind).to_owned(), format!("{kind}.xml")));
        let text = text.replacen('>', &format!(" {names}>"), 1);
        parts.push((format!("word/{kind}.xml"), text));
    }
    let own: Vec<(&str, &str, &str)> = own.iter().map(|(id, kind, target)| (&**id, &**kind, &**target)).collect();
    parts.push(("word/_rels/document.xml.rels".into(), relations(&own)));
    zip(&parts.iter().map(|(name, text)| (&**name, text.as_bytes())).collect::<Vec<_>>())
}

/// A workbook by its parts.
pub fn workbook(entries: &str, properties: &str, sheets: &[&str], styles: &str, strings: Option<&str>) -> Vec<u8> {
    let names = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
    let mut own = Vec::new();
    let mut parts: Vec<(String, String)> = vec![
        ("_rels/.rels".into(), relations(&[("rId1", "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml".into(), format!("<workbook {names}>{properties}<sheets>{entries}</sheets></workbook>")),
        ("xl/styles.xml".into(), styles.to_owned()),
    ];
    for (at, sheet) in sheets.iter().enumerate() {
        own.push((format!("rId{}", at + 1), "worksheet", format!("worksheets/sheet{}.xml", at + 1)));
        parts.push((format!("xl/worksheets/sheet{}.xml", at + 1), format!("<worksheet {names}>{sheet}</worksheet>")));
    }
    own.push(("rIdStyles".into(), "styles", "styles.xml".into()));
    if let Some(strings) = strings {
        own.push(("rIdStrings".into(), "sharedStrings", "sharedStrings.xml".into()));
        parts.push(("xl/sharedStrings.xml".into(), format!("<sst {names}>{strings}</sst>")));
    }
    let own: Vec<(&str, &str, &str)> = own.iter().map(|(id, kind, target)| (&**id, *kind, &**target)).collect();
    parts.push(("xl/_rels/workbook.xml.rels".into(), relations(&own)));
    zip(&parts.iter().map(|(name, text)| (&**name, text.as_bytes())).collect::<Vec<_>>())
}
