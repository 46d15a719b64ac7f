//! OpenDocument: sheets (`.ods`) and texts (`.odt`), in a zip or as one XML text. Both hold what they show as text.

use super::decimal::Decimal;
use super::flow::{Flow, Span};
use super::limits;
use super::number_format::serial_of_iso;
use super::package::Package;
use super::sheet::{Budget, Merge, Sheet};
use super::xml::{Node, Tag, Xml};
use crate::block::{Block, BlockNotice, Blocks, FileKind, Limit, Refusal};
use crate::prelude::*;

mod sheets;
mod texts;

/// Reads a package: what it holds, and which kind it is.
pub fn read(package: &Package<'_>) -> Result<(FileKind, Blocks), Refusal> {
    if let Ok(Some(manifest)) = package.xml("META-INF/manifest.xml", FileKind::OpenText)
        && manifest.contains("encryption-data")
    {
        let kind = if manifest.contains("opendocument.spreadsheet") { FileKind::OpenSheet } else { FileKind::OpenText };
        return Err(Refusal::Encrypted(kind));
    }
    let text = package.xml("content.xml", FileKind::OpenText)?.ok_or(Refusal::Damaged(FileKind::OpenText))?;
    read_xml(&text)
}

/// Reads the contents, or a whole document that is one XML text.
pub fn read_xml(text: &str) -> Result<(FileKind, Blocks), Refusal> {
    let mut xml = Xml::new(text, FileKind::OpenText);
    let mut styles = Styles::default();
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "style" => styles.read(&tag, &mut xml)?,
            "spreadsheet" => return Ok((FileKind::OpenSheet, sheets::read(&mut xml, &styles)?)),
            "text" if tag.is_in("office") => return Ok((FileKind::OpenText, texts::read(&mut xml, &styles)?)),
            "presentation" => return Err(Refusal::Unsupported(FileKind::PowerPoint)),
            "scripts" | "font-face-decls" | "settings" | "meta" => xml.skip()?,
            _ => {}
        }
    }
    Err(Refusal::Damaged(FileKind::OpenText))
}

/// Which styles hide what has them.
#[derive(Default)]
struct Styles {
    hidden: SortedMap<String, ()>,
}

impl Styles {
    fn read(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let name = tag.get("name").unwrap_or_default();
        let depth = xml.depth();
        while xml.depth() >= depth {
            match xml.next()? {
                Some(Node::Open(tag)) => {
                    let table = tag.name() == "table-properties" && tag.get("display").as_deref() == Some("false");
                    let words = tag.name() == "text-properties" && tag.get("display").as_deref() == Some("none");
                    if (table || words) && self.hidden.len() < limits::STYLES {
                        self.hidden.insert(name.clone(), ());
                    }
                }
                Some(Node::Close(_) | Node::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    fn is_hidden(&self, tag: &Tag<'_>) -> bool {
        tag.get("style-name").is_some_and(|name| self.hidden.contains_key(&name))
    }
}

/// The sign of an element that stands for white space, or a line.
fn sign(tag: &Tag<'_>) -> Option<String> {
    match tag.name() {
        "s" => {
            let count = tag.get("c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
            Some(" ".repeat(count.min(1_000)))
        }
        "tab" => Some("\t".into()),
        "line-break" => Some("\n".into()),
        _ => None,
    }
}

/// Text as XML of this kind means it: white space of any kind is one space.
fn collapsed(text: &str, after_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = after_space;
    for letter in text.chars() {
        let is_space = matches!(letter, ' ' | '\n' | '\t' | '\r');
        if !is_space {
            out.push(letter);
        } else if !space {
            out.push(' ');
        }
        space = is_space;
    }
    out
}

fn number(tag: &Tag<'_>, name: &str) -> u32 {
    tag.get(name).and_then(|value| value.parse().ok()).unwrap_or(1).max(1)
}
