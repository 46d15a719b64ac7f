//! Properties of paragraphs, runs, cells, rows and controls. Each function reads the element that was just opened to its end.

use super::on;
use crate::block::Refusal;
use crate::office::flow::Span;
use crate::office::xml::{Node, Tag, Xml};
use crate::prelude::*;

#[derive(Default)]
pub struct ParagraphProperties {
    pub style: Option<String>,
    pub heading: Option<u8>,
    pub number_id: Option<String>,
    pub level: Option<usize>,
    /// The number before the paragraph, where the file has it as text.
    pub label: Option<String>,
    pub indent: Indent,
    /// Its end was deleted: it goes on with the next paragraph.
    pub mark_deleted: bool,
}

/// How far a paragraph is set in, in twentieths of a point, as far as it says: all of its lines, and the first one more than these.
/// Characters count before lengths.
#[derive(Clone, Copy, Default)]
pub struct Indent {
    lines: Option<i32>,
    first: Option<i32>,
}

impl Indent {
    /// A character of the size that tables have (小五 to 五号).
    const CHARACTER: i32 = 210;

    pub fn read(tag: &Tag<'_>) -> Indent {
        let number = |name: &str| tag.get(name).and_then(|value| value.parse::<i32>().ok());
        // In hundredths of a character; 0 only says that lengths count.
        let characters =
            |name: &str| number(name).filter(|value| *value != 0).map(|value| value.saturating_mul(Self::CHARACTER) / 100);
        let either = |in_characters: &[&str], in_lengths: &[&str]| {
            let lengths = || in_lengths.iter().find_map(|name| number(name));
            in_characters.iter().find_map(|name| characters(name)).or_else(lengths)
        };
        let hangs = either(&["hangingChars", "hanging-chars"], &["hanging"]);
        Indent {
            lines: either(&["leftChars", "startChars", "left-chars"], &["left", "start"]),
            first: hangs
                .map(i32::saturating_neg)
                .or_else(|| either(&["firstLineChars", "first-line-chars"], &["firstLine", "first-line"])),
        }
    }

    /// What this one does not say, the other does.
    pub fn or(self, other: Indent) -> Indent {
        Indent { lines: self.lines.or(other.lines), first: self.first.or(other.first) }
    }

    /// As many wide blanks as the first line is set in.
    pub fn blanks(self) -> String {
        let twips = self.lines.unwrap_or(0).saturating_add(self.first.unwrap_or(0));
        "\u{3000}".repeat(usize::try_from((twips + Self::CHARACTER / 2) / Self::CHARACTER).unwrap_or(0).min(20))
    }
}

#[derive(Default)]
pub struct Run {
    pub hidden: bool,
    /// A font of symbols, else empty.
    pub font: String,
}

#[derive(Default)]
pub struct Row {
    /// Columns that are left free in front.
    pub before: u32,
    pub deleted: bool,
}

/// Goes through the elements within the one that was just opened. What was changed by tracked changes is told apart by its name
/// and passed over, since it holds the old properties.
fn each(xml: &mut Xml<'_>, mut see: impl FnMut(&Tag<'_>)) -> Result<(), Refusal> {
    let depth = xml.depth();
    while xml.depth() >= depth {
        match xml.next()? {
            Some(Node::Open(tag)) if tag.name().ends_with("Change") => xml.skip()?,
            Some(Node::Open(tag)) => see(&tag),
            Some(Node::Close(_) | Node::Text(_)) => {}
            None => break,
        }
    }
    Ok(())
}

pub fn paragraph(xml: &mut Xml<'_>) -> Result<ParagraphProperties, Refusal> {
    let mut found = ParagraphProperties::default();
    let mut in_list = false;
    each(xml, |tag| {
        let value = || tag.get("val").unwrap_or_default();
        match tag.name() {
            "pStyle" => found.style = Some(value()),
            "ind" => found.indent = Indent::read(tag),
            "outlineLvl" => found.heading = super::styles::heading(&value()),
            "numId" => found.number_id = Some(value()),
            "ilvl" => found.level = value().parse().ok(),
            "listPr" => in_list = true,
            "t" if in_list => found.label = tag.get("val"),
            "del" => found.mark_deleted = true,
            _ => {}
        }
    })?;
    Ok(found)
}

pub fn run(xml: &mut Xml<'_>) -> Result<Run, Refusal> {
    let mut found = Run::default();
    each(xml, |tag| match tag.name() {
        "vanish" => found.hidden = on(tag),
        "rFonts" => {
            let fonts = ["ascii", "hAnsi", "h-ansi"].into_iter().filter_map(|name| tag.get(name));
            let symbols = |font: &String| {
                let lower = font.to_ascii_lowercase();
                lower.starts_with("wingdings") || lower == "webdings" || lower == "symbol"
            };
            found.font = fonts.into_iter().find(symbols).unwrap_or_default();
        }
        _ => {}
    })?;
    Ok(found)
}

pub fn cell(xml: &mut Xml<'_>) -> Result<Span, Refusal> {
    let mut span = Span::default();
    each(xml, |tag| {
        // Without a value a merge goes on.
        let goes_on = || tag.get("val").is_none_or(|value| value != "restart");
        match tag.name() {
            "gridSpan" => span.columns = tag.get("val").and_then(|value| value.parse().ok()).unwrap_or(1),
            "vMerge" | "vmerge" => (span.with_above, span.with_below) = (goes_on(), !goes_on()),
            "hMerge" | "hmerge" => span.with_before = goes_on(),
            _ => {}
        }
    })?;
    Ok(span)
}

pub fn row(xml: &mut Xml<'_>) -> Result<Row, Refusal> {
    let mut row = Row::default();
    each(xml, |tag| match tag.name() {
        "gridBefore" => row.before = tag.get("val").and_then(|value| value.parse().ok()).unwrap_or(0),
        "del" => row.deleted = true,
        _ => {}
    })?;
    Ok(row)
}

/// The widths of the columns that a table is drawn by.
pub fn widths(xml: &mut Xml<'_>) -> Result<Vec<i32>, Refusal> {
    let mut widths = Vec::new();
    each(xml, |tag| {
        if tag.name() == "gridCol" && widths.len() <= 2_000 {
            widths.push(tag.get("w").and_then(|width| width.parse().ok()).unwrap_or(0));
        }
    })?;
    Ok(widths)
}

pub fn table_caption(xml: &mut Xml<'_>) -> Result<Option<String>, Refusal> {
    let mut caption = None;
    each(xml, |tag| {
        if tag.name() == "tblCaption" {
            caption = tag.get("val");
        }
    })?;
    Ok(caption)
}

/// Whether a content control shows its prompt, which nobody typed.
pub fn is_prompt(xml: &mut Xml<'_>) -> Result<bool, Refusal> {
    let mut prompt = false;
    each(xml, |tag| prompt |= tag.name() == "showingPlcHdr" && on(tag))?;
    Ok(prompt)
}

/// Whether a box of a form is ticked; none if the field is no box.
pub fn tick(xml: &mut Xml<'_>) -> Result<Option<bool>, Refusal> {
    let mut is_box = false;
    let mut ticked = false;
    each(xml, |tag| match tag.name() {
        "checkBox" => is_box = true,
        "default" if is_box => ticked = on(tag),
        "checked" if is_box => ticked = on(tag),
        _ => {}
    })?;
    Ok(is_box.then_some(ticked))
}
