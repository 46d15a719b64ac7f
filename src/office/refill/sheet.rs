//! Excel: the cells of a worksheet.

use super::tags::{Kind, Tag, attributes, tags};
use super::{Edits, escaped, mark};
use crate::block::{Limit, Refusal};
use crate::fill::{Copy, Write};
use crate::office::decimal::Decimal;
use crate::office::number_format::Epoch;
use crate::office::xlsx::{place, reference, styles::Styles};
use crate::prelude::*;
use crate::recognise::SourcePlace;
use core::ops::Range;

pub mod insert;

/// What was written, and what was not.
pub struct Written {
    pub text: String,
    /// Cells whose formula stays, with the text for them.
    pub formulas: Vec<(SourcePlace, String)>,
    pub rows: Vec<Copy>,
    /// Rows below which one was written, in the order in which that was done.
    pub longer: Vec<u32>,
}

/// A cell as it is written.
struct Cell<'t> {
    at: (u32, u32),
    /// All of it.
    range: Range<usize>,
    open: Tag<'t>,
    /// Whether anything stands in it.
    filled: bool,
    /// Its formula with the tags around.
    formula: Option<Range<usize>>,
    /// Its stored value with the tags around.
    value: Option<Range<usize>>,
}

struct Row {
    number: u32,
    /// All of it.
    range: Range<usize>,
    open: Range<usize>,
    /// Where the next cell would be written.
    end: usize,
    /// The tag, where it is an empty one.
    empty: Option<Range<usize>>,
}

struct Scan<'t> {
    cells: Vec<Cell<'t>>,
    rows: Vec<Row>,
    prefix: &'t str,
}

fn scan(text: &str) -> Scan<'_> {
    let mut scan = Scan { cells: Vec::new(), rows: Vec::new(), prefix: "" };
    let mut within = false;
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut value = 0;
    for tag in tags(text) {
        match (tag.name(), tag.kind) {
            ("sheetData", Kind::Open) => {
                within = true;
                scan.prefix = tag.prefix();
            }
            ("sheetData", _) => within = false,
            _ if !within => {}
            ("row", Kind::Open | Kind::Empty) => {
                let next = if scan.rows.is_empty() { 0 } else { row.saturating_add(1) };
                row = tag.get("r").and_then(|row| row.parse::<u32>().ok()?.checked_sub(1)).unwrap_or(next);
                column = 0;
                let empty = (tag.kind == Kind::Empty).then(|| tag.range.clone());
                scan.rows.push(Row { number: row, range: tag.range.clone(), open: tag.range.clone(), end: tag.range.end, empty });
            }
            ("row", Kind::Close) => {
                if let Some(row) = scan.rows.last_mut() {
                    row.end = tag.range.start;
                    row.range.end = tag.range.end;
                }
            }
            ("c", Kind::Open | Kind::Empty) => {
                let at = tag.get("r").and_then(reference).unwrap_or((row, column));
                column = at.1.saturating_add(1);
                scan.cells.push(Cell { at, range: tag.range.clone(), open: tag, filled: false, formula: None, value: None });
            }
            (name, kind) => {
                let Some(cell) = scan.cells.last_mut() else { continue };
                match (name, kind) {
                    ("c", Kind::Close) => cell.range.end = tag.range.end,
                    ("f", Kind::Close) => {
                        if let Some(formula) = &mut cell.formula {
                            formula.end = tag.range.end;
                        }
                    }
                    ("f", _) => (cell.formula, cell.filled) = (Some(tag.range.clone()), true),
                    ("v", Kind::Open) => value = tag.range.start,
                    ("v", Kind::Close) => (cell.value, cell.filled) = (Some(value..tag.range.end), true),
                    ("is", _) => cell.filled = true,
                    _ => {}
                }
            }
        }
    }
    scan
}

/// A sheet with a number in every blank cell, so that its reader tells them.
pub fn marked(text: &str, left: &mut usize) -> Result<String, Refusal> {
    let scan = scan(text);
    let mut edits = Edits::default();
    *left = left.checked_sub(scan.cells.len()).ok_or(Refusal::Over(Limit::Count))?;
    // A formula that shows nothing yet is found by a mark, too.
    let shows = |cell: &Cell<'_>| {
        let value = cell.value.clone().and_then(|value| text.get(value)).unwrap_or_default();
        cell.filled
            && (cell.formula.is_none()
                || value
                    .split_once('>')
                    .and_then(|(_, rest)| rest.split_once('<'))
                    .is_some_and(|(value, _)| !value.trim().is_empty()))
    };
    for (number, cell) in scan.cells.iter().enumerate().filter(|(_, cell)| !shows(cell)) {
        edits.replace(cell.range.clone(), with_text(&cell.open, scan.prefix, &mark(number)));
    }
    Ok(edits.apply(text, 0..text.len()))
}

/// A cell with a text of its own, in its own style.
fn with_text(open: &Tag<'_>, prefix: &str, text: &str) -> String {
    format!(
        "<{}c{} t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is></{prefix}c>",
        prefix,
        kept(open),
        escaped(text)
    )
}

/// Its attributes but for the kind of its value.
fn kept(open: &Tag<'_>) -> String {
    let kept = attributes(open.inner).into_iter().filter(|(name, _)| *name != "t");
    kept.map(|(name, value)| format!(" {name}=\"{value}\"")).collect()
}

pub fn write(
    text: &str,
    styles: &Styles,
    writes: &[((u32, u32), &Write)],
    copies: &[((u32, u32), &Copy)],
) -> Result<Written, Refusal> {
    let scan = scan(text);
    let mut edits = Edits::default();
    let mut formulas = Vec::new();
    let mut news: Vec<((u32, u32), String)> = Vec::new();
    for (at, write) in writes {
        let Some(cell) = scan.cells.iter().find(|cell| cell.at == *at) else {
            news.push((*at, write.text.clone()));
            continue;
        };
        let style = cell.open.get("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        match &cell.formula {
            None => edits.replace(cell.range.clone(), filled(&cell.open, scan.prefix, &write.text, style, styles)),
            Some(formula) => {
                // What computes the cell stays; until it is computed anew, the document's figure stands there.
                let prefix = scan.prefix;
                let value = number(&write.text, style, styles)
                    .map_or_else(String::new, |value| format!("<{prefix}v>{value}</{prefix}v>"));
                let formula = text.get(formula.clone()).unwrap_or_default();
                edits.replace(cell.range.clone(), format!("<{prefix}c{}>{formula}{value}</{prefix}c>", kept(&cell.open)));
                if write.cell.is_some() {
                    formulas.push((write.place, write.text.clone()));
                }
            }
        }
    }
    // Formulas elsewhere in the sheet follow from what was written.
    if !writes.is_empty() {
        for cell in scan.cells.iter().filter(|cell| cell.formula.is_some() && writes.iter().all(|(at, _)| *at != cell.at)) {
            if let Some(value) = &cell.value {
                edits.replace(value.clone(), "");
            }
        }
    }
    add_cells(&scan, &mut edits, news);
    let mut text = edits.apply(text, 0..text.len());
    let (mut rows, mut longer) = (Vec::new(), Vec::new());
    // From the bottom up, so that places above stay what they are; of those below one row the last first.
    let mut order: Vec<usize> = (0..copies.len()).collect();
    order.order_by(|at| core::cmp::Reverse((copies.get(*at).map(|((top, _), copy)| top.saturating_add(copy.row)), *at)));
    for ((top, left), copy) in order.iter().filter_map(|at| copies.get(*at)) {
        match insert::row(&text, styles, top.saturating_add(copy.row), *left, copy) {
            Some(next) => {
                text = next;
                longer.push(top.saturating_add(copy.row));
            }
            None => rows.push((*copy).clone()),
        }
    }
    Ok(Written { text, formulas, rows, longer })
}

/// A cell with a number where its text is one that the style shows, else with the text.
fn filled(open: &Tag<'_>, prefix: &str, text: &str, style: usize, styles: &Styles) -> String {
    if text.is_empty() {
        return format!("<{prefix}c{}/>", kept(open));
    }
    match number(text, style, styles) {
        Some(value) => format!("<{prefix}c{}><{prefix}v>{value}</{prefix}v></{prefix}c>", kept(open)),
        None => with_text(open, prefix, text),
    }
}

/// The stored number that a cell of this style shows as a text: digit by digit, never by way of a float.
fn number(text: &str, style: usize, styles: &Styles) -> Option<String> {
    let format = styles.format(style);
    let plain: String = text.chars().filter(|char| *char != ',').collect();
    let (digits, percent) = plain.strip_suffix('%').map_or((plain.as_str(), false), |digits| (digits, true));
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    // A code that begins with 0, or is longer than a number of Excel, is a text.
    if !is_digits(whole) || !is_digits(part) || whole.len() > 1 && whole.starts_with('0') || unsigned.len() > 15 {
        return None;
    }
    let value = if percent { hundredth(digits) } else { digits.to_owned() };
    let shown = format.number(&Decimal::parse(&value)?, Epoch::Of1900).text;
    let same = |one: &str, other: &str| {
        let number = |text: &str| Decimal::parse(text.trim().trim_end_matches('%').replace(',', "").as_str());
        number(one).zip(number(other)).is_some_and(|(one, other)| one == other) && one.ends_with('%') == other.ends_with('%')
    };
    same(&shown, text).then_some(value)
}

/// 45.56 as 0.4556.
fn hundredth(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = format!("{whole:0>3}");
    let (before, behind) = whole.split_at_checked(whole.len() - 2).unwrap_or(("0", ""));
    format!("{sign}{before}.{behind}{part}")
}

/// Cells that no row holds yet.
fn add_cells(scan: &Scan<'_>, edits: &mut Edits, news: Vec<((u32, u32), String)>) {
    let prefix = scan.prefix;
    for ((row, column), text) in news {
        let Some(own) = scan.rows.iter().find(|own| own.number == row) else { continue };
        let new = format!(
            "<{prefix}c r=\"{}\" t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is></{prefix}c>",
            place(row, column),
            escaped(&text)
        );
        let next = scan.cells.iter().find(|cell| cell.at.0 == row && cell.at.1 > column);
        match (&own.empty, next) {
            (None, Some(next)) => edits.insert(next.range.start, new),
            (None, None) => edits.insert(own.end, new),
            (Some(tag), _) => edits.replace(tag.end.saturating_sub(2)..tag.end, format!(">{new}</{prefix}row>")),
        }
    }
}
