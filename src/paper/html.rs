//! Paper as HTML: the table as WPS, Excel and Word take it from the clipboard, and a page of its own to keep and to print.

use super::{Align, Block, Cell, PageKind, Pages, Paper, Row, Style, Table};
use crate::number::{Reading, Unit, read};
use crate::prelude::*;

/// A whole page, with everything that it needs in itself.
pub fn page(paper: &Paper) -> String {
    let mut html = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n<title>");
    escape(&paper.title, &mut html);
    html.push_str("</title>\n<style>\n");
    html.push_str(STYLES);
    html.push_str("</style>\n<body>\n");
    for pages in &paper.pages {
        push_pages(pages, &mut html);
    }
    html.push_str("</body>\n</html>\n");
    html
}

/// Some pages alone, for the clipboard. Programs for tables keep what is told them of each cell: a text stays a text, and a number keeps
/// its zeros.
pub fn fragment(pages: &Pages) -> String {
    let mut html = String::from("<meta charset=\"utf-8\">");
    push_pages(pages, &mut html);
    html
}

fn push_pages(pages: &Pages, html: &mut String) {
    let kind = match (pages.kind, pages.landscape) {
        (PageKind::Official, _) => "official",
        (PageKind::Table, false) => "sheet",
        (PageKind::Table, true) => "sheet lying",
    };
    html.push_str(&format!("<section class=\"{kind}\">\n"));
    for block in &pages.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let (tag, class) = tag(paragraph.style);
                html.push_str(&format!("<{tag} class=\"{class}\">"));
                escape(&paragraph.text, html);
                html.push_str(&format!("</{tag}>\n"));
            }
            Block::Table(table) => push_table(table, html),
        }
    }
    html.push_str("</section>\n");
}

fn tag(style: Style) -> (&'static str, &'static str) {
    match style {
        Style::Title => ("h1", "title"),
        Style::Subtitle => ("p", "year"),
        Style::Unit => ("p", "unit"),
        Style::Heading1 => ("h2", "one"),
        Style::Heading2 => ("h3", "two"),
        Style::Heading3 => ("h4", "three"),
        Style::Body => ("p", "text"),
        Style::Note => ("p", "note"),
        Style::Sign => ("p", "sign"),
    }
}

fn push_table(table: &Table, html: &mut String) {
    html.push_str("<table border=\"1\" style=\"border-collapse:collapse\">\n<colgroup>");
    let total = table.widths.iter().map(|width| u32::from(*width)).sum::<u32>().max(1);
    for width in &table.widths {
        let share = u32::from(*width).saturating_mul(1000) / total;
        html.push_str(&format!("<col style=\"width:{}.{}%\">", share / 10, share % 10));
    }
    html.push_str("</colgroup>\n");
    let headings = table.rows.iter().take_while(|row| row.heading).count();
    for (tag, rows) in [("thead", table.rows.get(..headings)), ("tbody", table.rows.get(headings..))] {
        let rows = rows.unwrap_or_default();
        if !rows.is_empty() {
            html.push_str(&format!("<{tag}>\n"));
            rows.iter().for_each(|row| push_row(row, html));
            html.push_str(&format!("</{tag}>\n"));
        }
    }
    html.push_str("</table>\n");
}

fn push_row(row: &Row, html: &mut String) {
    html.push_str("<tr>");
    for cell in &row.cells {
        html.push_str("<td");
        if cell.columns > 1 {
            html.push_str(&format!(" colspan=\"{}\"", cell.columns));
        }
        if cell.rows > 1 {
            html.push_str(&format!(" rowspan=\"{}\"", cell.rows));
        }
        html.push_str(&format!(" style=\"{}\">", style(cell)));
        (0..cell.depth).for_each(|_| html.push('　'));
        escape(&cell.text, html);
        html.push_str("</td>");
    }
    html.push_str("</tr>\n");
}

fn style(cell: &Cell) -> String {
    let align = match cell.align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    };
    let mut style = format!("text-align:{align};mso-number-format:{}", number_format(cell));
    if cell.open_below {
        style.push_str(";border-bottom:none");
    }
    if cell.open_above {
        style.push_str(";border-top:none");
    }
    style
}

/// The number format that keeps a cell as it is written: a text for everything but a plain number or rate.
fn number_format(cell: &Cell) -> String {
    let text = cell.text.trim();
    let is_number = matches!(read(text), Reading::Quantity(quantity) if quantity.comparator.is_none() && matches!(quantity.unit, Unit::None | Unit::Percent));
    let digits = text.trim_end_matches('%');
    // More digits than a program for tables keeps are a code.
    let plain = is_number && digits.len() <= 15 && digits.chars().all(|char| char.is_ascii_digit() || ",.-".contains(char));
    if !plain || (digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.")) {
        return "'\\@'".to_owned();
    }
    let whole = if digits.contains(',') { "\\#\\,\\#\\#0" } else { "0" };
    let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
    let places = if places > 0 { format!("\\.{}", "0".repeat(places)) } else { String::new() };
    let sign = if text.ends_with('%') { "%" } else { "" };
    format!("'{whole}{places}{sign}'")
}

fn escape(text: &str, html: &mut String) {
    for char in text.chars() {
        match char {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("<br>"),
            other => html.push(other),
        }
    }
}

/// Letters and margins as the paper has them; the fonts are those that offices have.
const STYLES: &str = r#"@page { size: A4; margin: 18mm 15mm 18mm 18mm; }
@page lying { size: A4 landscape; margin: 18mm 18mm 15mm 18mm; }
@page official { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { margin: 0 auto; max-width: 297mm; color: #000; font: 10.5pt/1.4 宋体, SimSun, "Noto Serif CJK SC", serif; }
section { padding: 8mm; }
.lying { page: lying; }
.official { page: official; font: 16pt/28pt 仿宋_GB2312, 仿宋, FangSong, "Noto Serif CJK SC", serif; }
.title { margin: 0 0 6pt; font: normal 18pt/1.4 方正小标宋简体, 华文中宋, 宋体, SimSun, serif; text-align: center; }
.official .title { font-size: 22pt; line-height: 32pt; }
.year { margin: 0; text-align: center; }
.unit { margin: 0 0 3pt; text-align: right; }
h2, h3, h4 { margin: 6pt 0 3pt; font: bold 10.5pt/1.4 宋体, SimSun, serif; break-after: avoid; }
.official h2 { font: 16pt/28pt 黑体, SimHei, sans-serif; }
.official h3 { font: 16pt/28pt 楷体_GB2312, 楷体, KaiTi, serif; }
.official h4 { font: 16pt/28pt 仿宋_GB2312, 仿宋, FangSong, serif; }
.official h2, .official h3, .official h4, .official p { margin: 0; text-indent: 2em; }
.text, .note { margin: 0 0 2pt; }
.sign { margin: 10pt 0 0; break-before: avoid; }
table { width: 100%; table-layout: fixed; break-inside: auto; }
table + table { margin-top: -1px; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
td { padding: 3pt; overflow-wrap: break-word; vertical-align: middle; }
@media print {
  body { max-width: none; }
  section { padding: 0; }
  section + section { break-before: page; }
}
"#;
