//! A workbook as an Excel file (`.xlsx`).

use crate::prelude::*;
use crate::workbook::{Across, Cell, Content, Down, Flow, Look, Value, Workbook, Worksheet};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Url, Workbook as Book, Worksheet as Tab, XlsxError,
};

/// A4 in the numbering of Excel.
const A4: u8 = 9;

/// The bytes of a workbook, the same ones for the same workbook; nothing where the description is no workbook that a file can hold, such as
/// cells that overlap.
pub fn write(workbook: &Workbook) -> Option<Vec<u8>> {
    written_out(workbook).ok()
}

fn written_out(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new();
    // No clock: the same workbook gives the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(&workbook.title).set_creation_datetime(&made));
    let formats: Vec<Format> = workbook.looks.iter().map(format).collect();
    let plain = Format::default();
    for sheet in &workbook.sheets {
        let tab = book.add_worksheet();
        page(tab, sheet)?;
        // A formula without a value gave a blank, and not 0.
        tab.set_formula_result_default("");
        for cell in &sheet.cells {
            write_cell(tab, cell, formats.get(cell.look).unwrap_or(&plain))?;
        }
    }
    book.save_to_buffer()
}

fn page(tab: &mut Tab, sheet: &Worksheet) -> Result<(), XlsxError> {
    tab.set_name(&sheet.name)?;
    for (column, width) in (0..).zip(&sheet.columns) {
        tab.set_column_width_pixels(column, pixels(*width))?;
    }
    for (row, height) in (0..).zip(&sheet.rows) {
        tab.set_row_height(row, *height)?;
    }
    let [above, right, below, left] = sheet.page.margins.map(inches);
    let foot = inches(10);
    tab.set_paper_size(A4).set_margins(left, right, above, below, foot, foot);
    if sheet.page.landscape {
        tab.set_landscape();
    }
    // As wide as one page, and as long as it takes.
    tab.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    tab.set_footer(&sheet.page.footer);
    if let Some((first, last)) = sheet.page.repeat {
        tab.set_repeat_rows(first, last)?;
    }
    tab.set_page_breaks(&sheet.page.breaks)?;
    let (rows, columns) = (u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX), sheet.width());
    if let (Some(row), Some(column)) = (rows.checked_sub(1), columns.checked_sub(1)) {
        tab.set_print_area(0, 0, row, column)?;
    }
    Ok(())
}

fn write_cell(tab: &mut Tab, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    let (row, column) = (cell.row, cell.column);
    if cell.rows > 1 || cell.columns > 1 {
        let last = (row.saturating_add(cell.rows.saturating_sub(1)), column.saturating_add(cell.columns.saturating_sub(1)));
        tab.merge_range(row, column, last.0, last.1, "", format)?;
    }
    if let Some(link) = &cell.link {
        let text = match &cell.content {
            Content::Text(text) => text.as_str(),
            Content::Blank | Content::Number(_) | Content::Formula { .. } => "",
        };
        tab.write_url_with_options(row, column, Url::new(format!("internal:{link}")), text, "", Some(format))?;
        return Ok(());
    }
    match &cell.content {
        Content::Blank => tab.write_blank(row, column, format)?,
        Content::Text(text) if text.starts_with(['=', '+', '-', '@']) => {
            // So that it stays a text when somebody edits it.
            tab.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?
        }
        Content::Text(text) => tab.write_string_with_format(row, column, text, format)?,
        Content::Number(number) => match number.parse::<f64>() {
            Ok(number) => tab.write_number_with_format(row, column, number, format)?,
            Err(_) => tab.write_string_with_format(row, column, number, format)?,
        },
        Content::Formula { formula, value } => {
            let (Value::Number(value) | Value::Text(value)) = value;
            tab.write_formula_with_format(row, column, Formula::new(formula).set_result(value), format)?
        }
    };
    Ok(())
}

/// A look as a format of the file.
fn format(look: &Look) -> Format {
    let across = match look.across {
        Across::Left => FormatAlign::Left,
        Across::Center => FormatAlign::Center,
        Across::Right => FormatAlign::Right,
    };
    let down = match look.down {
        Down::Top => FormatAlign::Top,
        Down::Center => FormatAlign::VerticalCenter,
    };
    let mut format = Format::new().set_font_name(&look.font).set_font_size(tenths(look.size)).set_align(across).set_align(down);
    if look.bold {
        format = format.set_bold();
    }
    format = match look.flow {
        Flow::Wrap => format.set_text_wrap(),
        Flow::Shrink => format.set_shrink(),
    };
    if look.border {
        format = format.set_border(FormatBorder::Thin);
    }
    if look.indent > 0 {
        format = format.set_indent(look.indent);
    }
    if !look.format.is_empty() {
        format = format.set_num_format(&look.format);
    }
    format
}

/// Tenths as the number that the file holds.
fn tenths(number: u16) -> f64 {
    written(&format!("{}.{}", number / 10, number % 10))
}

/// Millimetres as inches, of which one is 25.4 millimetres.
fn inches(millimetres: u8) -> f64 {
    let hundredths = u32::from(millimetres).saturating_mul(1000) / 254;
    written(&format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

/// Tenths of a millimetre as pixels, of which an inch has 96.
fn pixels(tenths: u16) -> u32 {
    u32::from(tenths).saturating_mul(96) / 254
}

/// A number that was written here, so that it can be read.
fn written(number: &str) -> f64 {
    number.parse().unwrap_or_default()
}
