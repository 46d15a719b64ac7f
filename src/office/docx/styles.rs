//! Paragraph styles: which are headings, and which put numbers before their paragraphs.

use super::properties::Indent;
use crate::block::{FileKind, Refusal};
use crate::office::xml::{Node, Xml};
use crate::prelude::*;

#[derive(Default)]
pub struct Styles(SortedMap<String, Style>);

#[derive(Clone, Default)]
pub struct Style {
    /// The style that it is like, where it says nothing itself.
    based_on: Option<String>,
    /// The level of a heading, from 1.
    pub heading: Option<u8>,
    pub number_id: Option<String>,
    pub level: Option<usize>,
    pub indent: Indent,
}

impl Styles {
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        let mut xml = Xml::new(text, FileKind::Word);
        while let Some(node) = xml.next()? {
            if let Node::Open(tag) = node
                && tag.name() == "style"
            {
                let id = tag.get("styleId").unwrap_or_default();
                styles.style(&mut xml, id)?;
            }
        }
        Ok(styles)
    }

    /// Reads the style that was just opened.
    pub fn style(&mut self, xml: &mut Xml<'_>, id: String) -> Result<(), Refusal> {
        let depth = xml.depth();
        let mut style = Style::default();
        while xml.depth() >= depth {
            let Some(node) = xml.next()? else { break };
            let Node::Open(tag) = node else { continue };
            let value = || tag.get("val").unwrap_or_default();
            match tag.name() {
                "name" => style.heading = style.heading.or_else(|| heading_of_name(&value())),
                "basedOn" => style.based_on = Some(value()),
                "outlineLvl" => style.heading = heading(&value()),
                "numId" => style.number_id = Some(value()),
                "ind" => style.indent = Indent::read(&tag),
                "ilvl" => style.level = value().parse().ok(),
                "pPrChange" | "rPrChange" => xml.skip()?,
                _ => {}
            }
        }
        if self.0.len() < crate::office::limits::STYLES {
            self.0.insert(id, style);
        }
        Ok(())
    }

    /// What a style says, with what it inherits.
    pub fn get(&self, id: &str) -> Style {
        let mut whole = Style::default();
        let mut next = Some(id.to_owned());
        // Styles may refer to one another in a circle.
        for _ in 0..20 {
            let Some(style) = next.and_then(|id| self.0.get(&id)) else { break };
            whole.heading = whole.heading.or(style.heading);
            whole.number_id = whole.number_id.or_else(|| style.number_id.clone());
            whole.level = whole.level.or(style.level);
            whole.indent = whole.indent.or(style.indent);
            next = style.based_on.clone();
        }
        whole
    }
}

/// An outline level of a file, from 0; 9 is plain text.
pub fn heading(value: &str) -> Option<u8> {
    value.parse::<u8>().ok().filter(|level| *level < 9).map(|level| level + 1)
}

fn heading_of_name(name: &str) -> Option<u8> {
    let lower = name.to_ascii_lowercase();
    let level = lower.strip_prefix("heading ").or_else(|| lower.strip_prefix("标题 "))?;
    level.trim().parse().ok().filter(|level| (1..=9).contains(level))
}
