//! Which number format a cell has, and how far its text is set in.

use super::KIND;
use crate::block::{Limit, Refusal};
use crate::office::limits;
use crate::office::number_format::{NumberFormat, builtin};
use crate::office::xml::{Node, Xml};
use crate::prelude::*;

#[derive(Default)]
pub struct Styles {
    /// Formats, each once.
    formats: Vec<NumberFormat>,
    /// The format of each cell style, by its number.
    cells: Vec<usize>,
    /// How far each cell style sets a text in, in steps of about two characters.
    indents: Vec<u8>,
    general: NumberFormat,
}

impl Styles {
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut codes: SortedMap<u32, String> = SortedMap::new();
        let mut used: Vec<(u32, u8)> = Vec::new();
        let mut xml = Xml::new(text, KIND);
        let mut in_cells = false;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match tag.name() {
                    "numFmt" => {
                        let id = tag.get("numFmtId").and_then(|id| id.parse().ok());
                        if let (Some(id), Some(code)) = (id, tag.get("formatCode")) {
                            codes.insert(id, code);
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => used.push((tag.get("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0), 0)),
                    "alignment" if in_cells => {
                        let indent = tag.get("indent").and_then(|indent| indent.parse().ok());
                        if let (Some((_, known)), Some(indent)) = (used.last_mut(), indent) {
                            *known = indent;
                        }
                    }
                    // Formats for conditions are no formats of cells.
                    "dxfs" => xml.skip()?,
                    _ => {}
                },
                Node::Close(name) if name == "cellXfs" => in_cells = false,
                Node::Close(_) | Node::Text(_) => {}
            }
            if codes.len() > limits::STYLES || used.len() > limits::STYLES {
                return Err(Refusal::Over(Limit::Count));
            }
        }
        Ok(Self::new(&codes, &used))
    }

    /// From format codes by their ids, and for each cell style the id that it uses and how far it sets in.
    pub fn new(codes: &SortedMap<u32, String>, used: &[(u32, u8)]) -> Self {
        let mut styles = Self::default();
        let mut known: SortedMap<u32, usize> = SortedMap::new();
        for (id, indent) in used {
            styles.indents.push(*indent);
            let at = *known.entry(*id).or_insert_with(|| {
                let format = match codes.get(id) {
                    Some(code) => NumberFormat::parse(code),
                    None => builtin(u16::try_from(*id).unwrap_or(0)),
                };
                styles.formats.push(format);
                styles.formats.len() - 1
            });
            styles.cells.push(at);
        }
        styles
    }

    /// A text as a cell shows it. What is set in tells the members of a group in many lists.
    pub fn text(&self, style: usize, text: &str) -> String {
        /// A deeper one only moves a title.
        const DEEPEST: u8 = 15;
        let indent = self.indents.get(style).copied().unwrap_or(0).min(DEEPEST);
        let text = self.format(style).text(text);
        if indent == 0 { text } else { format!("{}{text}", "\u{3000}".repeat(usize::from(indent))) }
    }

    pub fn format(&self, style: usize) -> &NumberFormat {
        self.cells.get(style).and_then(|at| self.formats.get(*at)).unwrap_or(&self.general)
    }
}
