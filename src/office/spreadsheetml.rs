//! Excel 2003 XML: a workbook as one XML text, often under the name `.xls`, and often a template of some program with its tags in it.

use super::decimal::Decimal;
use super::limits;
use super::number_format::{Epoch, NumberFormat, serial_of_iso};
use super::sheet::{Merge, Sheet};
use super::xlsx::Extra;
use super::xml::{Node, Tag, Xml};
use crate::block::{BlockNotice, Blocks, FileKind, Limit, Refusal};
use crate::prelude::*;

const KIND: FileKind = FileKind::ExcelXml;

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    row: u32,
    column: u32,
    style: Option<String>,
    kind: String,
    value: String,
    has_data: bool,
    has_formula: bool,
}

pub fn read(text: &str) -> Result<Blocks, Refusal> {
    let mut xml = Xml::lenient(text, KIND);
    let mut styles: SortedMap<String, NumberFormat> = SortedMap::new();
    let mut epoch = Epoch::Of1900;
    let mut blocks = Blocks::default();
    let mut extra = Extra::default();
    let mut sheets = 0;
    while let Some(node) = xml.next()? {
        let Node::Open(tag) = node else { continue };
        match tag.name() {
            "Date1904" => epoch = Epoch::Of1904,
            "Style" => style(&tag, &mut xml, &mut styles)?,
            "Worksheet" => {
                sheets += 1;
                if sheets > limits::SHEETS {
                    return Err(Refusal::Over(Limit::Count));
                }
                let name = tag.get("Name").unwrap_or_default();
                let (sheet, hidden) = sheet(&mut xml, &name, &styles, epoch, &mut extra)?;
                if hidden {
                    blocks.notices.push(BlockNotice::HiddenSheet(name));
                } else {
                    sheet.finish(&mut blocks.list, &mut blocks.notices)?;
                }
            }
            _ => {}
        }
    }
    extra.say(&mut blocks.notices);
    Ok(blocks)
}

fn style(tag: &Tag<'_>, xml: &mut Xml<'_>, styles: &mut SortedMap<String, NumberFormat>) -> Result<(), Refusal> {
    let id = tag.get("ID").unwrap_or_default();
    let parent = tag.get("Parent").and_then(|parent| styles.get(&parent)).cloned();
    let mut format = parent.or_else(|| styles.get("Default").cloned()).unwrap_or_default();
    let depth = xml.depth();
    while xml.depth() >= depth {
        match xml.next()? {
            Some(Node::Open(tag)) if tag.name() == "NumberFormat" => {
                format = NumberFormat::parse(code(&tag.get("Format").unwrap_or_default()));
            }
            Some(_) => {}
            None => break,
        }
    }
    if styles.len() >= limits::STYLES {
        return Err(Refusal::Over(Limit::Count));
    }
    styles.insert(id, format);
    Ok(())
}

/// Formats that this format calls by a name.
fn code(name: &str) -> &str {
    match name {
        "" | "General Number" => "General",
        "Fixed" => "0.00",
        "Standard" => "#,##0.00",
        "Percent" => "0.00%",
        "Scientific" => "0.00E+00",
        "Currency" => "\"¥\"#,##0.00;\"¥\"\\-#,##0.00",
        "Euro Currency" => "\"€\"#,##0.00",
        "Short Date" => "yyyy/m/d",
        "Medium Date" => "d-mmm-yy",
        "Long Date" => "yyyy\"年\"m\"月\"d\"日\"",
        "General Date" => "yyyy/m/d h:mm",
        "Short Time" => "h:mm",
        "Medium Time" => "h:mm AM/PM",
        "Long Time" => "h:mm:ss",
        "Yes/No" => "\"Yes\";\"Yes\";\"No\"",
        "True/False" => "\"True\";\"True\";\"False\"",
        "On/Off" => "\"On\";\"On\";\"Off\"",
        other => other,
    }
}

/// Reads a sheet to its end; whether it is hidden is said behind its cells.
fn sheet(
    xml: &mut Xml<'_>,
    name: &str,
    styles: &SortedMap<String, NumberFormat>,
    epoch: Epoch,
    extra: &mut Extra,
) -> Result<(Sheet, bool), Refusal> {
    let mut sheet = Sheet::new(name);
    let mut hidden = false;
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut row_span = 0;
    let mut cell: Option<Cell> = None;
    let mut row_style = None;
    let mut column_place = 0_u32;
    let mut column_styles: Vec<(u32, u32, String)> = Vec::new();
    let depth = xml.depth();
    while xml.depth() >= depth {
        let Some(node) = xml.next()? else { break };
        match node {
            Node::Open(tag) => match tag.name() {
                "Column" => {
                    let first = place(&tag, "Index").unwrap_or(column_place);
                    let last = first.saturating_add(count(&tag, "Span"));
                    column_place = last.saturating_add(1);
                    if tag.get("Hidden").as_deref() == Some("1") && last < 1_000 {
                        sheet.hidden_columns = sheet.hidden_columns.saturating_add(last - first + 1);
                    }
                    if let Some(style) = tag.get("StyleID").filter(|_| column_styles.len() < limits::STYLES) {
                        column_styles.push((first, last, style));
                    }
                }
                "Row" => {
                    row = place(&tag, "Index").unwrap_or(row);
                    row_span = count(&tag, "Span");
                    column = 0;
                    row_style = tag.get("StyleID");
                    if tag.get("Hidden").as_deref() == Some("1") && row_span < 1_000 {
                        sheet.hidden_rows = sheet.hidden_rows.saturating_add(row_span + 1);
                    }
                }
                "Cell" => {
                    column = place(&tag, "Index").unwrap_or(column);
                    let (across, down) = (count(&tag, "MergeAcross"), count(&tag, "MergeDown"));
                    let last_row = row.saturating_add(down);
                    let last_column = column.saturating_add(across);
                    sheet.merge(Merge { row, column, last_row, last_column })?;
                    let of_column = column_styles.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
                    let style = tag.get("StyleID").or_else(|| row_style.clone());
                    cell = Some(Cell {
                        row,
                        column,
                        style: style.or_else(|| of_column.map(|(_, _, style)| style.clone())),
                        has_formula: tag.get("Formula").is_some(),
                        ..Cell::default()
                    });
                    column = last_column.saturating_add(1);
                }
                "Data" => {
                    let kind = tag.get("Type").unwrap_or_default();
                    let value = xml.text()?;
                    if let Some(cell) = &mut cell {
                        cell.has_data = true;
                        cell.kind = kind;
                        cell.value.push_str(&value);
                    }
                }
                "Comment" => xml.skip()?,
                "Visible" => hidden = xml.text()?.trim() != "SheetVisible",
                _ => {}
            },
            Node::Close(name) if name == "Cell" => {
                if let Some(cell) = cell.take() {
                    put(&mut sheet, &cell, styles, epoch, extra)?;
                }
            }
            Node::Close(name) if name == "Row" => row = row.saturating_add(row_span).saturating_add(1),
            Node::Close(_) | Node::Text(_) => {}
        }
    }
    Ok((sheet, hidden))
}

/// A place from 1, as one from 0.
fn place(tag: &Tag<'_>, name: &str) -> Option<u32> {
    tag.get(name)?.trim().parse::<u32>().ok()?.checked_sub(1)
}

fn count(tag: &Tag<'_>, name: &str) -> u32 {
    tag.get(name).and_then(|value| value.trim().parse().ok()).unwrap_or(0).min(limits::ROWS)
}

fn put(
    sheet: &mut Sheet,
    cell: &Cell,
    styles: &SortedMap<String, NumberFormat>,
    epoch: Epoch,
    extra: &mut Extra,
) -> Result<(), Refusal> {
    if cell.has_formula && !cell.has_data {
        extra.no_values.add(&sheet.name, cell.row, cell.column);
        return Ok(());
    }
    let general = NumberFormat::default();
    let format = cell.style.as_ref().and_then(|style| styles.get(style)).unwrap_or(&general);
    let value = cell.value.trim();
    let number = match cell.kind.as_str() {
        "Number" => Decimal::parse(value).map(|number| (number, epoch)),
        "DateTime" => serial_of_iso(value).map(|number| (number, Epoch::Of1900)),
        _ => None,
    };
    let (text, exact) = match (number, cell.kind.as_str()) {
        (Some(_), "DateTime") if !format.is_date() => (value.replace('T', " "), None),
        (Some((number, epoch)), _) => {
            let shown = format.number(&number, epoch);
            (shown.text, shown.exact)
        }
        (None, "Boolean") => ((if value == "0" { "FALSE" } else { "TRUE" }).to_owned(), None),
        (None, "String") => (format.text(&cell.value), None),
        (None, _) => (value.to_owned(), None),
    };
    sheet.put(cell.row, cell.column, &text, exact, &mut extra.budget)
}
