//! Which kind of file it is, by its first bytes, and the reader for it.

use super::compound::Compound;
use super::decode::{Decoded, decode};
use super::package::Package;
use super::xml::{Node, Xml};
use super::zip::Zip;
use super::{doc, docx, html, mime, opendocument, spreadsheetml, text, xls, xlsx};
use crate::block::{Blocks, FileKind, Refusal};
use crate::prelude::*;

/// What was found, with what was already read of it.
pub enum Found {
    Zip,
    Compound,
    /// A stream of old Excel without a container.
    BareWorkbook,
    WebArchive,
    WebPage(Decoded),
    /// XML with the name of its first element.
    Xml(Decoded, String),
    Text(Decoded),
    /// A kind that is not read.
    Other(FileKind),
}

/// What a name promises.
pub struct Name {
    ending: String,
}

impl Name {
    pub fn of(name: Option<&str>) -> Self {
        let ending =
            name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        Self { ending }
    }

    /// Kinds of files that bear such a name; none if anything may.
    fn kinds(&self) -> &'static [FileKind] {
        match self.ending.as_str() {
            "docx" | "docm" | "dotx" | "dotm" => &[FileKind::Word],
            "doc" | "dot" | "wps" | "wpt" => &[FileKind::WordBinary],
            "xlsx" | "xlsm" | "xltx" | "xltm" => &[FileKind::Excel],
            "xls" | "xlt" | "et" | "ett" => &[FileKind::ExcelBinary],
            "xlsb" => &[FileKind::ExcelBinaryPackage],
            "ods" | "fods" => &[FileKind::OpenSheet],
            "odt" | "fodt" => &[FileKind::OpenText],
            "pdf" => &[FileKind::Pdf],
            "csv" | "tsv" => &[FileKind::Text],
            "htm" | "html" => &[FileKind::WebPage],
            "mht" | "mhtml" => &[FileKind::WebArchive],
            _ => &[],
        }
    }

    /// Whether the name promises another kind than this one.
    pub fn says_otherwise(&self, kind: FileKind) -> bool {
        let kinds = self.kinds();
        !kinds.is_empty() && !kinds.contains(&kind)
    }

    /// Whether it is the name of a document or a workbook.
    fn is_office(&self) -> bool {
        !matches!(self.ending.as_str(), "csv" | "tsv" | "htm" | "html" | "mht" | "mhtml") && !self.kinds().is_empty()
    }

    fn is_csv(&self) -> bool {
        matches!(self.ending.as_str(), "csv" | "tsv")
    }
}

impl Found {
    pub fn kind(&self) -> FileKind {
        match self {
            Self::Zip => FileKind::Zip,
            Self::Compound => FileKind::Compound,
            Self::BareWorkbook => FileKind::ExcelBinary,
            Self::WebArchive => FileKind::WebArchive,
            Self::WebPage(_) => FileKind::WebPage,
            Self::Xml(_, root) => match root.as_str() {
                "Workbook" => FileKind::ExcelXml,
                "wordDocument" => FileKind::WordXml,
                "package" => FileKind::Word,
                _ => FileKind::Xml,
            },
            Self::Text(_) => FileKind::Text,
            Self::Other(kind) => *kind,
        }
    }
}

/// Beginnings of files that are not read.
const BEGINNINGS: &[(&[u8], FileKind)] = &[
    (b"%PDF", FileKind::Pdf),
    (b"{\\rtf", FileKind::Rtf),
    (b"Rar!", FileKind::Archive),
    (b"7z\xbc\xaf\x27\x1c", FileKind::Archive),
    (b"\x1f\x8b", FileKind::Archive),
    (b"BZh", FileKind::Archive),
    (b"\xfd7zXZ", FileKind::Archive),
    (b"\x89PNG", FileKind::Picture),
    (b"\xff\xd8\xff", FileKind::Picture),
    (b"GIF8", FileKind::Picture),
    (b"II*\0", FileKind::Picture),
    (b"MM\0*", FileKind::Picture),
    (b"ID;P", FileKind::Sylk),
    (b"TABLE\r\n0,1", FileKind::Dif),
    (b"TABLE\n0,1", FileKind::Dif),
];

pub fn of(bytes: &[u8]) -> Result<Found, Refusal> {
    let starts = |sign: &[u8]| bytes.starts_with(sign);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Ok(Found::Zip);
    }
    if starts(b"\xd0\xcf\x11\xe0") {
        return Ok(Found::Compound);
    }
    if let Some((_, kind)) = BEGINNINGS.iter().find(|(sign, _)| starts(sign)) {
        return Ok(Found::Other(*kind));
    }
    let riff = |form: &[u8]| starts(b"RIFF") && bytes.get(8..12) == Some(form);
    let bitmap = starts(b"BM") && super::bytes::size(bytes, 2) == Some(bytes.len());
    if riff(b"WEBP") || bitmap || bytes.get(4..8) == Some(b"ftyp") {
        return Ok(Found::Other(FileKind::Picture));
    }
    if starts(b"bplist00") {
        return Err(Refusal::Placeholder);
    }
    // The first record of a workbook that stands in no container: its version, and its short length.
    if let [9, version @ (0 | 2 | 4 | 8), 4..=16, 0, ..] = bytes {
        return Ok(if *version == 8 { Found::BareWorkbook } else { Found::Other(FileKind::ExcelOld) });
    }
    if is_owner_file(bytes) {
        return Err(Refusal::Lock);
    }
    text_of(bytes)
}

/// The file `~$…` that says who has a document open: a name with its length, then blanks.
fn is_owner_file(bytes: &[u8]) -> bool {
    let length = bytes.first().map_or(0, |length| usize::from(*length));
    let padded = bytes.get(length + 1..55).is_some_and(|rest| rest.iter().all(|byte| matches!(byte, 0 | b' ')));
    (160..=166).contains(&bytes.len()) && (1..=54).contains(&length) && padded
}

/// A file without a sign at its beginning: text of some kind, or nothing known.
fn text_of(bytes: &[u8]) -> Result<Found, Refusal> {
    if bytes.get(..bytes.len().min(1_024)).is_some_and(|head| head.windows(5).any(|five| five == b"%PDF-")) {
        return Ok(Found::Other(FileKind::Pdf));
    }
    let head = bytes.get(..bytes.len().min(4_096)).unwrap_or(bytes);
    let mail = String::from_utf8_lossy(head).to_ascii_lowercase();
    if mail.starts_with("mime-version:")
        || mail.contains("\ncontent-type: multipart/")
        || mail.starts_with("content-type: multipart/")
    {
        return Ok(Found::WebArchive);
    }
    let unknown = || match Zip::open(bytes) {
        // A zip with something in front of it.
        Ok(_) => Ok(Found::Zip),
        Err(_) => Err(Refusal::Unknown),
    };
    let decoded = match decode(bytes) {
        Ok(decoded) => decoded,
        Err(refusal) => return if is_binary(head) { unknown() } else { Err(refusal) },
    };
    let sample: String = decoded.text.chars().take(4_096).collect();
    if is_binary(sample.as_bytes()) {
        return unknown();
    }
    let trimmed = decoded.text.trim_start();
    if trimmed.starts_with("Version:") && sample.contains("StartHTML:") {
        return Ok(Found::WebPage(decoded));
    }
    if let Some(root) = trimmed.starts_with('<').then(|| root(trimmed)).flatten() {
        return match root.as_str() {
            "html" | "HTML" => Ok(Found::WebPage(decoded)),
            _ => Ok(Found::Xml(decoded, root)),
        };
    }
    let lower: String = decoded.text.chars().take(200_000).collect::<String>().to_ascii_lowercase();
    let tags = ["<table", "<html", "<body", "<div", "<!doctype html", "<p>", "<p ", "<span", "<td"];
    if tags.iter().any(|tag| lower.contains(tag)) && lower.contains('>') {
        return Ok(Found::WebPage(decoded));
    }
    if is_json(trimmed) {
        return Ok(Found::Other(FileKind::Json));
    }
    Ok(Found::Text(decoded))
}

/// Control characters that no text has.
fn is_binary(bytes: &[u8]) -> bool {
    let control = bytes.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    control * 50 > bytes.len() && (control > 8 || control * 5 > bytes.len())
}

fn is_json(text: &str) -> bool {
    let text = text.trim();
    let object = text.starts_with('{') && text.ends_with('}') && (text.contains("\":") || text.contains("\" :") || text == "{}");
    let list = text.starts_with("[{") && text.ends_with("}]") || text.starts_with("[\"") && text.ends_with("\"]");
    object || list
}

/// The first element of an XML text, without prefix; none where a web page begins that is no XML.
fn root(text: &str) -> Option<String> {
    if !text.starts_with("<?xml") && !text.starts_with("<?mso") && !text.starts_with("<!DOCTYPE") && !text.contains("xmlns") {
        return None;
    }
    // A long head of comments is passed over; the parser stops at what is no XML.
    let mut xml = Xml::lenient(text, FileKind::Xml);
    loop {
        match xml.next() {
            Ok(Some(Node::Open(tag))) => return Some(tag.name().to_owned()),
            Ok(Some(Node::Text(_) | Node::Close(_))) => {}
            Err(Refusal::Entities) => return Some(String::new()),
            Ok(None) | Err(_) => return None,
        }
    }
}

/// Reads what was found; also which kind it came to be.
pub fn read(found: Found, bytes: &[u8], name: &Name) -> Result<(FileKind, Blocks), Refusal> {
    match found {
        Found::Zip => zip(bytes, name),
        Found::Compound => compound(bytes, name),
        Found::BareWorkbook => Ok((FileKind::ExcelBinary, xls::read_stream(bytes)?)),
        Found::WebArchive => {
            let mut all = Blocks::default();
            let mut flow = super::flow::Flow::default();
            for page in mime::pages(bytes)? {
                flow.append(html::read(&page)?)?;
            }
            let read = flow.finish()?;
            all.list = read.list;
            all.notices = read.notices;
            Ok((FileKind::WebArchive, all))
        }
        Found::WebPage(decoded) => {
            if name.is_office() && !html::has_table(&decoded.text) {
                return Err(Refusal::NotAsNamed(FileKind::WebPage));
            }
            Ok((FileKind::WebPage, html::read(&decoded.text)?))
        }
        Found::Xml(decoded, root) => xml(&decoded.text, &root),
        Found::Text(decoded) => {
            let blocks = text::read(&decoded, name.is_csv())?;
            let has_grid = blocks.list.iter().any(|block| matches!(block, crate::block::Block::Grid(_)));
            if name.is_office() && !has_grid {
                return Err(Refusal::NotAsNamed(FileKind::Text));
            }
            Ok((FileKind::Text, blocks))
        }
        #[cfg(feature = "pdf")]
        Found::Other(FileKind::Pdf) => Ok((FileKind::Pdf, super::pdf::read(bytes)?)),
        Found::Other(kind) if name.is_office() && matches!(kind, FileKind::Json) => Err(Refusal::NotAsNamed(kind)),
        Found::Other(kind) => Err(Refusal::Unsupported(kind)),
    }
}

fn xml(text: &str, root: &str) -> Result<(FileKind, Blocks), Refusal> {
    match root {
        "wordDocument" => Ok((FileKind::WordXml, docx::read_2003(text)?)),
        "package" => Ok((FileKind::Word, docx::read(&Package::flat(text, FileKind::Word)?)?)),
        "Workbook" => Ok((FileKind::ExcelXml, spreadsheetml::read(text)?)),
        "document" if text.contains("urn:oasis:names:tc:opendocument") => opendocument::read_xml(text),
        "" => Err(Refusal::Entities),
        _ => Err(Refusal::Unsupported(FileKind::Xml)),
    }
}

fn zip(bytes: &[u8], name: &Name) -> Result<(FileKind, Blocks), Refusal> {
    let promised = name.kinds().first().copied().unwrap_or(FileKind::Zip);
    let renamed = |refusal| match refusal {
        Refusal::Damaged(FileKind::Zip) => Refusal::Damaged(promised),
        Refusal::Encrypted(FileKind::Zip) => Refusal::Encrypted(promised),
        other => other,
    };
    let zip = Zip::open(bytes).map_err(renamed)?;
    if zip.is_encrypted() {
        return Err(Refusal::Encrypted(promised));
    }
    match zip_kind(&zip).map_err(renamed)? {
        FileKind::Word => Ok((FileKind::Word, docx::read(&Package::Zip(zip))?)),
        FileKind::Excel => Ok((FileKind::Excel, xlsx::read(&Package::Zip(zip))?)),
        FileKind::OpenText => opendocument::read(&Package::Zip(zip)),
        FileKind::Zip if name.is_office() => Err(Refusal::NotAsNamed(FileKind::Zip)),
        other => Err(Refusal::Unsupported(other)),
    }
}

/// A file of streams: a workbook, or a kind that is not read.
fn compound(bytes: &[u8], name: &Name) -> Result<(FileKind, Blocks), Refusal> {
    let promised = name.kinds().first().copied().unwrap_or(FileKind::Compound);
    let compound = Compound::open(bytes).map_err(|_| Refusal::Damaged(promised))?;
    if compound.has("EncryptedPackage") {
        return Err(Refusal::Encrypted(promised));
    }
    if compound.has("Workbook") || compound.has("Book") {
        return match xls::read(&compound) {
            Ok(blocks) => Ok((FileKind::ExcelBinary, blocks)),
            Err(Refusal::Damaged(_)) => Err(Refusal::Damaged(FileKind::ExcelBinary)),
            Err(refusal) => Err(refusal),
        };
    }
    if compound.has("WordDocument") {
        return match doc::read(&compound) {
            Ok(blocks) => Ok((FileKind::WordBinary, blocks)),
            Err(Refusal::Damaged(_)) => Err(Refusal::Damaged(FileKind::WordBinary)),
            Err(refusal) => Err(refusal),
        };
    }
    let kinds = [("PowerPoint Document", FileKind::PowerPoint), ("MatOST", FileKind::Works), ("CONTENTS", FileKind::Works)];
    let kind = kinds.into_iter().find(|(stream, _)| compound.has(stream)).map_or(FileKind::Compound, |(_, kind)| kind);
    Err(Refusal::Unsupported(kind))
}

/// What a zip holds.
fn zip_kind(zip: &Zip<'_>) -> Result<FileKind, Refusal> {
    let types = zip.part("[Content_Types].xml")?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let any = |words: &[&str]| words.iter().any(|word| types.contains(word));
    Ok(if any(&["sheet.binary.macroEnabled.main"]) {
        FileKind::ExcelBinaryPackage
    } else if any(&[
        "wordprocessingml.document.main",
        "wordprocessingml.template.main",
        "ms-word.document.macroEnabled.main",
        "ms-word.template.macroEnabledTemplate.main",
    ]) || zip.has("word/document.xml")
    {
        FileKind::Word
    } else if any(&[
        "spreadsheetml.sheet.main",
        "spreadsheetml.template.main",
        "ms-excel.sheet.macroEnabled.main",
        "ms-excel.template.macroEnabled.main",
        "ms-excel.addin.macroEnabled.main",
    ]) || zip.has("xl/workbook.xml")
    {
        FileKind::Excel
    } else if any(&["presentationml"]) {
        FileKind::PowerPoint
    } else if zip.has("content.xml") && (zip.has("META-INF/manifest.xml") || zip.has("mimetype")) {
        // Or a sheet; its contents tell.
        FileKind::OpenText
    } else if zip.has("OFD.xml") {
        FileKind::Ofd
    } else {
        FileKind::Zip
    })
}
