//! What lies over the cells of a sheet.

use super::KIND;
use crate::block::Refusal;
use crate::office::words;
use crate::office::xml::{Node, Xml};
use crate::prelude::*;

#[derive(Default)]
pub struct Drawing {
    pub texts: Vec<String>,
    pub pictures: u32,
}

/// Text boxes and pictures; charts are neither.
pub fn read(text: &str) -> Result<Drawing, Refusal> {
    let mut xml = Xml::new(text, KIND);
    let mut drawing = Drawing::default();
    let mut current = String::new();
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "t" => {
                    let text = xml.text()?;
                    current.push_str(&text);
                }
                "br" => current.push('\n'),
                "blip" => drawing.pictures += 1,
                "Fallback" => xml.skip()?,
                _ => {}
            },
            Node::Close(name) if name == "p" && !current.is_empty() => current.push('\n'),
            Node::Close(name) if name == "txBody" => {
                let text = words::paragraph(&core::mem::take(&mut current));
                if !text.is_empty() {
                    drawing.texts.push(text);
                }
            }
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(drawing)
}
