//! A table with the widths of its grid in every cell: WPS draws nothing right without them.

use super::style;
use super::xml::push_run;
use crate::paper::{Align, Cell, Slot, Table};
use crate::prelude::*;

/// Left and right of a text in its cell, together, in twips.
const PADDING: u32 = 114;

/// `signed`: the last line stays on the page of the paragraph that follows.
pub fn push(table: &Table, width: u32, signed: bool, xml: &mut String) {
    let columns = columns(&table.widths, width);
    let lines = table.lines();
    let style = style::cell(|size| numbers_fit(&lines, &columns, size));
    xml.push_str(&format!("<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"));
    columns.iter().for_each(|column| xml.push_str(&format!("<w:gridCol w:w=\"{column}\"/>")));
    xml.push_str("</w:tblGrid>");
    let headings = table.rows.iter().take_while(|row| row.heading).count();
    for (at, line) in lines.iter().enumerate() {
        // A line is never cut by the end of a page.
        xml.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if at < headings && headings < lines.len() {
            xml.push_str("<w:tblHeader/>");
        }
        xml.push_str("</w:trPr>");
        let next = signed && at.saturating_add(1) == lines.len();
        let mut from = 0_usize;
        for slot in line {
            let to = from.saturating_add(usize::from(slot.columns()));
            let width = columns.get(from..to.min(columns.len())).unwrap_or_default().iter().sum();
            push_cell(*slot, width, &Look { style, next }, xml);
            from = to;
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
}

/// How the paragraphs of a line look.
struct Look {
    style: &'static str,
    /// Whether they stay with what follows.
    next: bool,
}

fn push_cell(slot: Slot<'_>, width: u32, look: &Look, xml: &mut String) {
    xml.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
    if slot.columns() > 1 {
        xml.push_str(&format!("<w:gridSpan w:val=\"{}\"/>", slot.columns()));
    }
    let (cell, merge) = match slot {
        Slot::Begins(cell) => (Some(cell), (cell.rows > 1).then_some("<w:vMerge w:val=\"restart\"/>")),
        Slot::GoesOn(cell) => (Some(cell), Some("<w:vMerge/>")),
        Slot::Gap(_) => (None, None),
    };
    xml.push_str(merge.unwrap_or_default());
    if let Some(cell) = cell {
        push_borders(cell, xml);
    }
    xml.push_str("<w:vAlign w:val=\"center\"/></w:tcPr>");
    let begins = matches!(slot, Slot::Begins(_));
    push_paragraph(cell.filter(|_| begins), look, xml);
    xml.push_str("</w:tc>");
}

fn push_borders(cell: &Cell, xml: &mut String) {
    if cell.open_above || cell.open_below {
        xml.push_str("<w:tcBorders>");
        if cell.open_above {
            xml.push_str("<w:top w:val=\"nil\"/>");
        }
        if cell.open_below {
            xml.push_str("<w:bottom w:val=\"nil\"/>");
        }
        xml.push_str("</w:tcBorders>");
    }
}

fn push_paragraph(cell: Option<&Cell>, look: &Look, xml: &mut String) {
    xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>", look.style));
    if look.next {
        xml.push_str("<w:keepNext/>");
    }
    if let Some(cell) = cell {
        if cell.depth > 0 {
            xml.push_str(&format!(
                "<w:ind w:leftChars=\"{0}\" w:left=\"{1}\"/>",
                u32::from(cell.depth) * 100,
                u32::from(cell.depth) * 210
            ));
        }
        let align = match cell.align {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        };
        xml.push_str(&format!("<w:jc w:val=\"{align}\"/>"));
    }
    xml.push_str("</w:pPr>");
    if let Some(cell) = cell.filter(|cell| !cell.text.is_empty()) {
        push_run(&cell.text, xml);
    }
    xml.push_str("</w:p>");
}

/// Whether no number is broken over two lines in letters of this size, in half points: 100.00% over two lines reads as another number.
fn numbers_fit(lines: &[Vec<Slot<'_>>], columns: &[u32], size: u32) -> bool {
    lines.iter().all(|line| {
        let mut from = 0_usize;
        line.iter().all(|slot| {
            let to = from.saturating_add(usize::from(slot.columns()));
            let room: u32 = columns.get(from..to.min(columns.len())).unwrap_or_default().iter().sum();
            from = to;
            match slot {
                // A sentence in a cell for numbers may break.
                Slot::Begins(cell) if cell.align == Align::Right && cell.text.is_ascii() => {
                    needed(&cell.text, size) <= room.saturating_sub(PADDING)
                }
                Slot::Begins(_) | Slot::GoesOn(_) | Slot::Gap(_) => true,
            }
        })
    })
}

/// How wide a number is, in twips. A letter is half as wide as it is high in 宋体, and wider in the fonts that stand for it elsewhere: a
/// digit has up to two thirds of its height, a percent sign nearly all of it, a point half of a digit.
fn needed(text: &str, size: u32) -> u32 {
    let tenths = |char: char| match char {
        '%' => 96,
        '.' | ',' => 33,
        _ => 65,
    };
    text.chars().map(tenths).fold(0, u32::saturating_add).saturating_mul(size).div_ceil(10)
}

/// The columns of the grid in twips, which together are exactly as wide as the text.
fn columns(widths: &[u16], width: u32) -> Vec<u32> {
    let total = widths.iter().map(|width| u32::from(*width)).sum::<u32>().max(1);
    let (mut before, mut passed) = (0, 0_u32);
    let mut columns = Vec::with_capacity(widths.len());
    for share in widths {
        passed = passed.saturating_add(u32::from(*share));
        let to = u64::from(width).saturating_mul(u64::from(passed)) / u64::from(total);
        let to = u32::try_from(to).unwrap_or(width);
        columns.push(to.saturating_sub(before));
        before = to;
    }
    columns
}
