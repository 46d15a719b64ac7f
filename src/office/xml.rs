//! XML as a stream of elements and texts that is always balanced. The parser is `quick-xml`; what is added here is the depth limit,
//! the refusal of entities of the file's own, names without their prefix (files choose any), and patience with the tags that
//! templates leave between the elements.

use super::limits;
use crate::block::{FileKind, Limit, Refusal};
use crate::prelude::*;
use alloc::borrow::Cow;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    kind: FileKind,
    /// Names of the open elements.
    open: Vec<String>,
    /// Tags of templates are passed over.
    lenient: bool,
    done: bool,
}

pub enum Node<'a> {
    Open(Tag<'a>),
    /// By its name without prefix.
    Close(String),
    Text(Cow<'a, str>),
}

/// An element as it opens.
pub struct Tag<'a>(BytesStart<'a>);

impl<'a> Xml<'a> {
    /// `kind` is what is said to be damaged if it is no XML.
    pub fn new(text: &'a str, kind: FileKind) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        Self { reader, kind, open: Vec::new(), lenient: false, done: false }
    }

    /// Tags of templates (`<#if …>`, `<#else>`) are passed over.
    pub fn lenient(text: &'a str, kind: FileKind) -> Self {
        Self { lenient: true, ..Self::new(text, kind) }
    }

    /// The next piece; none at the end. What is still open there was cut off.
    pub fn next(&mut self) -> Result<Option<Node<'a>>, Refusal> {
        let damaged = Refusal::Damaged(self.kind);
        while !self.done {
            match self.reader.read_event().map_err(|_| damaged)? {
                Event::Start(tag) | Event::Empty(tag) => {
                    let name = local(tag.name().0).to_owned();
                    if self.lenient && is_template_tag(&name) {
                        continue;
                    }
                    if self.open.len() >= limits::XML_DEPTH {
                        return Err(Refusal::Over(Limit::Depth));
                    }
                    self.open.push(name);
                    return Ok(Some(Node::Open(Tag(tag))));
                }
                Event::End(tag) => {
                    let name = local(tag.name().0);
                    if self.lenient && is_template_tag(name) {
                        continue;
                    }
                    if self.open.last().is_none_or(|open| open != name) {
                        return Err(damaged);
                    }
                    return Ok(self.open.pop().map(Node::Close));
                }
                Event::Text(text) => return Ok(Some(Node::Text(lines(text.into_inner())))),
                Event::CData(text) => return Ok(Some(Node::Text(lines(text.into_inner())))),
                Event::GeneralRef(name) => {
                    let name = name.into_inner();
                    let text = match entity(&name) {
                        Some(letter) => letter.to_string(),
                        None => format!("&{name};"),
                    };
                    return Ok(Some(Node::Text(text.into())));
                }
                // A name of a document type alone asks for nothing.
                Event::DocType(text) if text.contains(['[', '%']) || text.contains("ENTITY") => return Err(Refusal::Entities),
                Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => self.done = true,
            }
        }
        if self.open.is_empty() { Ok(None) } else { Err(damaged) }
    }

    /// Passes over everything in the element that was opened last.
    pub fn skip(&mut self) -> Result<(), Refusal> {
        let depth = self.open.len();
        while self.open.len() >= depth && self.next()?.is_some() {}
        Ok(())
    }

    /// All text in the element that was opened last.
    pub fn text(&mut self) -> Result<String, Refusal> {
        let depth = self.open.len();
        let mut all = String::new();
        while self.open.len() >= depth {
            match self.next()? {
                Some(Node::Text(text)) => all.push_str(&text),
                Some(_) => {}
                None => break,
            }
        }
        Ok(all)
    }

    /// The place in the text up to which it was read.
    pub fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }
}

impl Tag<'_> {
    /// Its name without prefix.
    pub fn name(&self) -> &str {
        local(self.0.name().0)
    }

    /// Whether its name has this prefix, where two have the same without it.
    pub fn is_in(&self, prefix: &str) -> bool {
        self.0.name().0.split_once(':').is_some_and(|(own, _)| own == prefix)
    }

    /// An attribute by its name without prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        self.find(|key| local(key) == name)
    }

    /// An attribute by its whole name, where two have the same without prefix.
    pub fn get_whole(&self, name: &str) -> Option<String> {
        self.find(|key| key == name)
    }

    fn find(&self, is_it: impl Fn(&str) -> bool) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false).flatten().find(|known| is_it(known.key.0)).map(|known| unescape(&known.value))
    }
}

/// How XML of offices writes no.
pub fn is_off(value: &str) -> bool {
    matches!(value, "0" | "false" | "off" | "none")
}

fn is_template_tag(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Line ends of any system are `\n`.
fn lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text }
}

/// The letter of a reference, by its number or as one of the five that XML has.
pub fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let value = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(value)
        }
    }
}

fn unescape(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        whole.push_str(before);
        rest = match after.split_once(';').and_then(|(name, behind)| Some((entity(name)?, behind))) {
            Some((letter, behind)) => {
                whole.push(letter);
                behind
            }
            None => {
                whole.push('&');
                after
            }
        };
    }
    whole.push_str(rest);
    whole
}
