//! Elements within paragraphs, rows and cells.

use super::{Closing, Reader, properties, symbols};
use crate::block::Refusal;
use crate::office::xml::{Tag, Xml};
use crate::prelude::*;

impl Reader<'_> {
    /// Elements that are read to their end at once, and those that only hold others.
    pub(super) fn open_small(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<Option<Closing>, Refusal> {
        match tag.name() {
            "t" => {
                let text = xml.text()?;
                self.text(&text);
            }
            "pPr" => self.paragraph_properties(xml)?,
            "rPr" => self.run_properties(xml)?,
            "tcPr" => {
                let span = properties::cell(xml)?;
                if self.cell_waits {
                    self.begin_cell(span)?;
                }
            }
            "trPr" => {
                let row = properties::row(xml)?;
                self.row_deleted |= row.deleted;
                self.flow.skip_columns(row.before);
            }
            "tblGrid" => {
                let widths = properties::widths(xml)?;
                self.flow.widths(widths);
            }
            "tblPr" => {
                if let Some(caption) = properties::table_caption(xml)? {
                    self.flow.caption(&caption);
                }
            }
            "sdtPr" => {
                if properties::is_prompt(xml)? {
                    self.prompts += 1;
                    // The control that holds these properties is the element around them.
                    if let Some(around @ Closing::Nothing) = self.closing.last_mut() {
                        *around = Closing::Prompt;
                    } else {
                        self.prompts -= 1;
                    }
                }
            }
            "tab" | "ptab" => self.line("\t", xml)?,
            "br" | "cr" => self.line("\n", xml)?,
            "noBreakHyphen" => self.line("-", xml)?,
            "sym" => {
                let font = tag.get("font").unwrap_or_default();
                let code = tag.get("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).and_then(char::from_u32);
                if let Some(letter) = code {
                    let sign = symbols::shown(&font, letter).unwrap_or(letter);
                    self.text(&sign.to_string());
                }
                xml.skip()?;
            }
            "fldChar" => self.field(tag, xml)?,
            "del" | "moveFrom" => {
                self.counts.deletions += 1;
                xml.skip()?;
            }
            "annotation" => {
                let kind = tag.get("type").unwrap_or_default();
                if kind.ends_with("Deletion") || kind.ends_with("Comment") {
                    self.counts.deletions += u32::from(kind.ends_with("Deletion"));
                    xml.skip()?;
                } else {
                    return Ok(Some(Closing::Nothing));
                }
            }
            "altChunk" => {
                let id = tag.get("id").unwrap_or_default();
                self.foreign(&id)?;
                xml.skip()?;
            }
            "style" => {
                let id = tag.get("styleId").unwrap_or_default();
                self.styles.style(xml, id)?;
            }
            "blip" | "imagedata" => {
                self.counts.pictures += 1;
                xml.skip()?;
            }
            "OLEObject" | "chart" | "relIds" => {
                self.counts.embedded += 1;
                xml.skip()?;
            }
            "instrText" | "delText" | "delInstrText" | "rt" | "rubyPr" | "sectPr" | "sdtEndPr" | "binData" | "lists"
            | "fonts" | "docSuppData" | "DocumentProperties" | "tblPrEx" | "customXmlPr" | "smartTagPr" | "numPicBullet"
            | "docPart" => xml.skip()?,
            _ => return Ok(Some(Closing::Nothing)),
        }
        Ok(None)
    }

    fn line(&mut self, text: &str, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        self.text(text);
        xml.skip()
    }

    /// A sign of a field: its code begins, its result begins, or it ends. Boxes to tick show as boxes.
    fn field(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        let kind = tag.get("fldCharType").unwrap_or_default();
        let ticked = properties::tick(xml)?;
        match kind.as_str() {
            "begin" if self.fields.len() < crate::office::limits::XML_DEPTH => {
                if let Some(ticked) = ticked {
                    self.text(if ticked { "☑" } else { "☐" });
                }
                self.fields.push(true);
            }
            "separate" => {
                if let Some(last) = self.fields.last_mut() {
                    *last = false;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
        Ok(())
    }

    /// A part of another format that stands in the text.
    fn foreign(&mut self, id: &str) -> Result<(), Refusal> {
        let name = self.relations.get(id).and_then(|relation| relation.target.as_deref());
        let bytes = match (self.package, name) {
            (Some(package), Some(name)) => package.bytes(name)?,
            _ => None,
        };
        match bytes.as_deref().map(crate::office::read_text_part) {
            Some(Ok(blocks)) => self.flow.append(blocks),
            _ => {
                self.counts.embedded += 1;
                Ok(())
            }
        }
    }
}
