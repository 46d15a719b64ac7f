//! The parts of an Office package and how they refer to one another: in a zip, or as one XML text (flat OPC).

use super::decode::decode;
use super::xml::{Node, Xml};
use super::zip::Zip;
use crate::block::{FileKind, Limit, Refusal};
use crate::prelude::*;

pub enum Package<'a> {
    Zip(Zip<'a>),
    Flat(SortedMap<String, String>),
}

/// What a part refers to, by the id it uses.
#[derive(Default)]
pub struct Relations(SortedMap<String, Relation>);

pub struct Relation {
    /// The last word of its type: `worksheet`, `styles`.
    pub kind: String,
    /// The name of the part; none if it lies outside of the file.
    pub target: Option<String>,
}

impl Package<'_> {
    /// Reads one XML text as a package.
    pub fn flat(text: &str, kind: FileKind) -> Result<Self, Refusal> {
        let mut parts = SortedMap::new();
        let mut xml = Xml::lenient(text, kind);
        let mut name = None;
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "part" => name = tag.get("name"),
                "xmlData" => {
                    let start = xml.position();
                    xml.skip()?;
                    let inner = text.get(start..xml.position()).unwrap_or("");
                    let inner = inner.rfind("</").and_then(|end| inner.get(..end)).unwrap_or("");
                    if let Some(name) = name.take() {
                        parts.insert(normal(&name), inner.to_owned());
                    }
                }
                "binaryData" => xml.skip()?,
                _ => {}
            }
        }
        Ok(Self::Flat(parts))
    }

    /// The text of a part; none if it is not there.
    pub fn xml(&self, name: &str, kind: FileKind) -> Result<Option<String>, Refusal> {
        match self {
            Self::Flat(parts) => Ok(parts.get(&normal(name)).cloned()),
            Self::Zip(zip) => {
                let Some(bytes) = zip.part(name).map_err(|refusal| named(refusal, kind))? else { return Ok(None) };
                match String::from_utf8(bytes) {
                    Ok(text) if !text.starts_with('\u{feff}') && !text.contains('\0') => Ok(Some(text)),
                    Ok(text) => Ok(Some(decode(text.as_bytes())?.text)),
                    Err(error) => Ok(Some(decode(error.as_bytes())?.text)),
                }
            }
        }
    }

    /// Reads the XML of a part. Packages that are one text are often templates.
    pub fn reader<'t>(&self, text: &'t str, kind: FileKind) -> Xml<'t> {
        match self {
            Self::Flat(_) => Xml::lenient(text, kind),
            Self::Zip(_) => Xml::new(text, kind),
        }
    }

    /// The bytes of a part that is no XML.
    pub fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        match self {
            Self::Zip(zip) => zip.part(name),
            Self::Flat(parts) => Ok(parts.get(&normal(name)).map(|text| text.clone().into_bytes())),
        }
    }

    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Zip(zip) => zip.names.clone(),
            Self::Flat(parts) => parts.keys().cloned().collect(),
        }
    }

    /// What a part refers to; `""` is the package itself.
    pub fn relations(&self, part: &str, kind: FileKind) -> Result<Relations, Refusal> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let mut relations = Relations::default();
        let Some(text) = self.xml(&format!("{folder}{slash}_rels/{file}.rels"), kind)? else { return Ok(relations) };
        let mut xml = self.reader(&text, kind);
        let mut known = false;
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            known = true;
            if tag.name() != "Relationship" {
                continue;
            }
            let (Some(id), Some(target)) = (tag.get("Id"), tag.get("Target")) else { continue };
            let outside = tag.get("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
            let of_kind = tag.get("Type").unwrap_or_default().rsplit('/').next().unwrap_or("").to_owned();
            let target = (!outside).then(|| resolve(folder, &target));
            relations.0.insert(id, Relation { kind: of_kind, target });
            if relations.0.len() > super::limits::PARTS {
                return Err(Refusal::Over(Limit::Parts));
            }
        }
        if known { Ok(relations) } else { Err(Refusal::Damaged(kind)) }
    }
}

impl Relations {
    pub fn get(&self, id: &str) -> Option<&Relation> {
        self.0.get(id)
    }

    /// The first part of a kind.
    pub fn of_kind(&self, kind: &str) -> Option<&str> {
        self.0.values().find(|relation| relation.kind == kind)?.target.as_deref()
    }

    /// Every part of a kind.
    pub fn all<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.values().filter(move |relation| relation.kind == kind).filter_map(|relation| relation.target.as_deref())
    }
}

fn normal(name: &str) -> String {
    name.trim_start_matches('/').to_ascii_lowercase()
}

/// A name as it is meant from within a folder.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Says what kind of office file is damaged, instead of a zip.
fn named(refusal: Refusal, kind: FileKind) -> Refusal {
    match refusal {
        Refusal::Damaged(_) => Refusal::Damaged(kind),
        Refusal::Encrypted(_) => Refusal::Encrypted(kind),
        other => other,
    }
}
