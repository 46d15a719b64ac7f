//! One sheet: its cells, as they are shown.

use super::{Extra, KIND, Shared, strings};
use crate::block::Refusal;
use crate::office::decimal::Decimal;
use crate::office::number_format::{Epoch, serial_of_iso};
use crate::office::sheet::{Merge, Sheet};
use crate::office::xml::{Node, Tag, Xml, is_off};
use crate::prelude::*;

pub struct Read {
    pub sheet: Sheet,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    style: usize,
    kind: String,
    value: String,
    inline: Option<String>,
    has_formula: bool,
    has_value: bool,
}

pub fn read(text: &str, name: &str, shared: &Shared, extra: &mut Extra) -> Result<Read, Refusal> {
    let mut xml = Xml::new(text, KIND);
    let mut sheet = Sheet::new(name);
    let mut zeros = true;
    // The place of the next cell, where a file does not say.
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut next_row = 0_u32;
    let mut cell: Option<Open> = None;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) => match tag.name() {
                "sheetView" => zeros = !tag.get("showZeros").is_some_and(|value| is_off(&value)),
                "col" if is_hidden(&tag) => sheet.hidden_columns += columns(&tag),
                "row" => {
                    row = tag.get("r").and_then(|row| row.parse::<u32>().ok()?.checked_sub(1)).unwrap_or(next_row);
                    next_row = row.saturating_add(1);
                    column = 0;
                    sheet.hidden_rows += u32::from(is_hidden(&tag));
                }
                "c" => {
                    let (at_row, at_column) = tag.get("r").and_then(|place| reference(&place)).unwrap_or((row, column));
                    column = at_column.saturating_add(1);
                    cell = Some(Open {
                        row: at_row,
                        column: at_column,
                        style: tag.get("s").and_then(|style| style.parse().ok()).unwrap_or(0),
                        kind: tag.get("t").unwrap_or_default(),
                        ..Open::default()
                    });
                }
                "v" => {
                    let text = xml.text()?;
                    if let Some(cell) = &mut cell {
                        cell.has_value = true;
                        cell.value = text;
                    }
                }
                "f" => {
                    xml.skip()?;
                    if let Some(cell) = &mut cell {
                        cell.has_formula = true;
                    }
                }
                "is" => {
                    let text = strings::rich(&mut xml)?;
                    if let Some(cell) = &mut cell {
                        cell.inline = Some(text);
                    }
                }
                "mergeCell" => {
                    if let Some(merge) = tag.get("ref").and_then(|range| merge(&range)) {
                        sheet.merge(merge)?;
                    }
                }
                "extLst" | "conditionalFormatting" | "dataValidations" => xml.skip()?,
                _ => {}
            },
            Node::Close(name) if name == "c" => {
                if let Some(cell) = cell.take() {
                    put(&mut sheet, &cell, shared, zeros, extra)?;
                }
            }
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok(Read { sheet })
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.get("hidden").is_some_and(|value| !is_off(&value))
}

fn columns(tag: &Tag<'_>) -> u32 {
    let number = |name| tag.get(name).and_then(|value| value.parse::<u32>().ok());
    let (first, last) = (number("min").unwrap_or(1), number("max").unwrap_or(1));
    // The columns behind the table are often hidden all together; they are no news.
    if last >= crate::office::limits::COLUMNS { 0 } else { last.saturating_sub(first) + 1 }
}

fn put(sheet: &mut Sheet, cell: &Open, shared: &Shared, zeros: bool, extra: &mut Extra) -> Result<(), Refusal> {
    let format = shared.styles.format(cell.style);
    let mut exact = None;
    // What a program leaves that writes formulas and computes nothing.
    if cell.has_formula && cell.inline.is_none() && cell.value.is_empty() && !(cell.has_value && cell.kind == "str") {
        extra.no_values.add(&sheet.name, cell.row, cell.column);
        return Ok(());
    }
    let value = cell.value.trim();
    let text = match cell.kind.as_str() {
        "s" => {
            let text = value.parse::<usize>().ok().and_then(|at| shared.strings.get(at));
            shared.styles.text(cell.style, text.ok_or(Refusal::Damaged(KIND))?)
        }
        "inlineStr" => shared.styles.text(cell.style, cell.inline.as_deref().unwrap_or(&cell.value)),
        "str" => shared.styles.text(cell.style, &strings::unescaped(&cell.value)),
        "b" => (if is_off(value) { "FALSE" } else { "TRUE" }).to_owned(),
        "e" => value.to_owned(),
        "d" => match serial_of_iso(value) {
            Some(serial) if format.is_date() => format.number(&serial, Epoch::Of1900).text,
            _ => value.replace('T', " "),
        },
        _ => match (&cell.inline, Decimal::parse(value)) {
            (Some(text), _) => shared.styles.text(cell.style, text),
            (None, Some(number)) if number.is_zero() && !zeros && !format.is_date() => {
                exact = Some("0".to_owned());
                String::new()
            }
            (None, Some(number)) => {
                let shown = format.number(&number, shared.epoch);
                exact = shown.exact;
                shown.text
            }
            (None, None) => value.to_owned(),
        },
    };
    sheet.put(cell.row, cell.column, &text, exact, &mut extra.budget)
}

/// `F7` as row and column from 0, in capitals or not.
pub fn reference(text: &str) -> Option<(u32, u32)> {
    let text = text.replace('$', "");
    let split = text.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, digits) = text.split_at(split);
    let mut column = 0_u32;
    for letter in letters.chars() {
        let value = letter.to_digit(36).filter(|value| *value >= 10)? - 9;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn merge(range: &str) -> Option<Merge> {
    let (from, to) = range.split_once(':')?;
    let ((row, column), (last_row, last_column)) = (reference(from)?, reference(to)?);
    Some(Merge { row, column, last_row, last_column })
}
