//! Texts of a workbook: shared ones, and those within cells.

use super::KIND;
use crate::block::{Limit, Refusal};
use crate::office::limits;
use crate::office::xml::{Node, Xml};
use crate::prelude::*;

/// The shared texts, in their order.
pub fn shared(text: &str) -> Result<Vec<String>, Refusal> {
    let mut xml = Xml::new(text, KIND);
    let mut strings = Vec::new();
    while let Some(node) = xml.next()? {
        if let Node::Open(tag) = node
            && tag.name() == "si"
        {
            strings.push(rich(&mut xml)?);
            if strings.len() > limits::SHARED_STRINGS {
                return Err(Refusal::Over(Limit::Count));
            }
        }
    }
    Ok(strings)
}

/// The runs within the element that was just opened, without the reading aids of Japanese.
pub fn rich(xml: &mut Xml<'_>) -> Result<String, Refusal> {
    let depth = xml.depth();
    let mut whole = String::new();
    while xml.depth() >= depth {
        match xml.next()? {
            Some(Node::Open(tag)) if tag.name() == "t" => whole.push_str(&xml.text()?),
            Some(Node::Open(tag)) if tag.name() == "rPh" => xml.skip()?,
            Some(_) => {}
            None => break,
        }
    }
    Ok(unescaped(&whole))
}

/// `_x000D_` stands for a character that XML can't hold.
pub fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut whole = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        whole.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_")).and_then(|code| u32::from_str_radix(code, 16).ok());
        rest = match code.and_then(char::from_u32) {
            Some(letter) => {
                whole.push(letter);
                from.get(7..).unwrap_or("")
            }
            None => {
                whole.push_str("_x");
                from.get(2..).unwrap_or("")
            }
        };
    }
    whole.push_str(rest);
    whole
}
