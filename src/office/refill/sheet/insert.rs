//! A row more in a worksheet, below one of its own and looking like it. What stands below moves, and with it whatever names places.

use super::super::Edits;
use super::super::tags::{Kind, Tag, attributes, tags};
use super::{filled, place, reference, scan};
use crate::fill::Copy;
use crate::office::xlsx::styles::Styles;
use crate::prelude::*;

type Area = ((u32, u32), (u32, u32));

/// The sheet with a copy of row `at` below it. `None` where formulas would have to be rewritten, or a filter or drawings would not move.
pub(super) fn row(text: &str, styles: &Styles, at: u32, left: u32, copy: &Copy) -> Option<String> {
    let scan = scan(text);
    let stays = ["autoFilter", "tableParts", "drawing", "legacyDrawing", "rowBreaks"];
    if scan.cells.iter().any(|cell| cell.formula.is_some()) || tags(text).iter().any(|tag| stays.contains(&tag.name())) {
        return None;
    }
    let own = scan.rows.iter().find(|row| row.number == at)?;
    let texts: Vec<(u32, &str)> =
        copy.texts.iter().map(|(column, _, text)| (left.saturating_add(*column), text.as_str())).collect();
    let first = texts.iter().map(|(column, _)| *column).min()?;
    let cells: Vec<_> = scan.cells.iter().filter(|cell| cell.at.0 == at).collect();
    let mut edits = Edits::default();
    let mut new = renumbered(text.get(own.open.clone())?, "r", &at.checked_add(2)?.to_string());
    let mut written: Vec<(u32, String)> = Vec::new();
    for cell in &cells {
        let style = cell.open.get("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        let text = texts.iter().find(|(column, _)| *column == cell.at.1).map_or("", |(_, text)| *text);
        let moved = renumbered(&format!("<{}>", cell.open.inner), "r", &place(at.checked_add(1)?, cell.at.1));
        let open = tags(&moved).into_iter().next()?;
        written.push((cell.at.1, filled(&open, scan.prefix, text, style, styles)));
    }
    for (column, text) in texts.iter().filter(|(column, _)| cells.iter().all(|cell| cell.at.1 != *column)) {
        // Where a title of several lines goes on, the row need not have a cell: that of its first line says how it looks.
        let title = scan.cells.iter().rev().find(|cell| cell.at.1 == *column && cell.at.0 < at);
        let title = title.filter(|_| copy.above.iter().any(|above| left.saturating_add(*above) == *column))?;
        let moved = renumbered(&format!("<{}>", title.open.inner), "r", &place(at.checked_add(1)?, *column));
        let open = tags(&moved).into_iter().next()?;
        let style = open.get("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        written.push((*column, filled(&open, scan.prefix, text, style, styles)));
    }
    if own.empty.is_some() {
        return None;
    }
    written.order_by(|(column, _)| *column);
    written.iter().for_each(|(_, cell)| new.push_str(cell));
    new.push_str(&format!("</{}row>", scan.prefix));
    edits.insert(own.range.end, new);
    for row in scan.rows.iter().filter(|row| row.number > at) {
        let tag = text.get(row.open.clone())?;
        edits.replace(row.open.clone(), renumbered(tag, "r", &row.number.checked_add(2)?.to_string()));
    }
    for cell in scan.cells.iter().filter(|cell| cell.at.0 > at) {
        edits.replace(
            cell.open.range.clone(),
            renumbered(text.get(cell.open.range.clone())?, "r", &place(cell.at.0.checked_add(1)?, cell.at.1)),
        );
    }
    // A label before what is written goes on beside the new row.
    let is_label =
        |column: u32| !copy.under_titles && column < first && cells.iter().any(|cell| cell.at.1 == column && cell.filled);
    areas(text, at, copy.under_titles, &is_label, &mut edits)?;
    Some(edits.apply(text, 0..text.len()))
}

/// A tag with another value in one of its attributes.
fn renumbered(tag: &str, name: &str, value: &str) -> String {
    let Some(parsed) = tags(tag).into_iter().next() else { return tag.to_owned() };
    let mut out = format!("<{}", parsed.whole());
    for (known, old) in attributes(parsed.inner) {
        out.push_str(&format!(" {known}=\"{}\"", if known == name { value } else { old }));
    }
    out.push_str(if parsed.kind == Kind::Empty { "/>" } else { ">" });
    out
}

fn area(text: &str) -> Option<Area> {
    let (from, to) = text.split_once(':').unwrap_or((text, text));
    Some((reference(from)?, reference(to)?))
}

fn written((from, to): Area) -> String {
    let (from, to) = (place(from.0, from.1), place(to.0, to.1));
    if from == to { from } else { format!("{from}:{to}") }
}

/// An area once a row more stands below row `at`: what lies below moves, and what reaches down to the row or over it grows.
fn grown((from, to): Area, at: u32) -> Area {
    let moved = |row: u32| if row > at { row.saturating_add(1) } else { row };
    let grows = to.0 >= at && from.0 <= at && from.0 < to.0;
    ((moved(from.0), from.1), (if grows { to.0.saturating_add(1) } else { moved(to.0) }, to.1))
}

/// Merged cells, formats and validations, and the extent of the sheet. `titles`: the row is one of titles.
fn areas(text: &str, at: u32, titles: bool, is_label: &dyn Fn(u32) -> bool, edits: &mut Edits) -> Option<()> {
    let all = tags(text);
    let mut merged: Vec<u32> = Vec::new();
    for tag in &all {
        match tag.name() {
            "dimension" => {
                let (from, to) = area(tag.get("ref")?)?;
                let grown = (from, (to.0.saturating_add(u32::from(to.0 >= at)), to.1));
                edits.replace(tag.range.clone(), renumbered(text.get(tag.range.clone())?, "ref", &written(grown)));
            }
            "mergeCell" => {
                let own @ (from, to) = area(tag.get("ref")?)?;
                let in_row = (from.0, to.0) == (at, at);
                // A title of several lines does not go on over the new row.
                let ends_here = titles && to.0 == at && from.0 < at;
                let next = match in_row && is_label(from.1) {
                    true => (from, (to.0.saturating_add(1), to.1)),
                    false if ends_here => own,
                    false => grown(own, at),
                };
                if from.0 <= at && to.0 >= at {
                    merged.extend(from.1..=to.1.min(from.1.saturating_add(1000)));
                }
                let mut new = renumbered(text.get(tag.range.clone())?, "ref", &written(next));
                if in_row && next == own || ends_here && from.1 < to.1 {
                    let below = ((at.saturating_add(1), from.1), (at.saturating_add(1), to.1));
                    new.push_str(&renumbered(text.get(tag.range.clone())?, "ref", &written(below)));
                }
                edits.replace(tag.range.clone(), new);
            }
            "conditionalFormatting" | "dataValidation" | "ignoredError" | "protectedRange" | "hyperlink" => {
                let name = if tag.name() == "hyperlink" { "ref" } else { "sqref" };
                let grown = |part: &str| Some(written(grown(area(part)?, at)));
                let list: Option<Vec<String>> = tag.get(name).unwrap_or_default().split_whitespace().map(grown).collect();
                edits.replace(tag.range.clone(), renumbered(text.get(tag.range.clone())?, name, &list?.join(" ")));
            }
            _ => {}
        }
    }
    merge_labels(&all, at, is_label, &merged, edits)
}

/// Labels that stood in one row become one cell with the place below them.
fn merge_labels(all: &[Tag<'_>], at: u32, is_label: &dyn Fn(u32) -> bool, merged: &[u32], edits: &mut Edits) -> Option<()> {
    let Some(end) = all.iter().find(|tag| tag.name() == "mergeCells" && tag.kind == Kind::Close) else { return Some(()) };
    let open = all.iter().find(|tag| tag.name() == "mergeCells" && tag.kind == Kind::Open)?;
    let new: String = (0..256)
        .filter(|column| is_label(*column) && !merged.contains(column))
        .map(|column| {
            format!("<{}mergeCell ref=\"{}\"/>", open.prefix(), written(((at, column), (at.saturating_add(1), column))))
        })
        .collect();
    edits.insert(end.range.start, new);
    // How many there are is told by themselves.
    let attributes = kept_but_count(open);
    edits.replace(open.range.clone(), format!("<{}{attributes}>", open.whole()));
    Some(())
}

fn kept_but_count(open: &Tag<'_>) -> String {
    let kept = attributes(open.inner).into_iter().filter(|(name, _)| *name != "count");
    kept.map(|(name, value)| format!(" {name}=\"{value}\"")).collect()
}

/// The main part of a workbook once a row more stands below row `at` of a sheet: print areas and other names of places move with it.
pub fn names(text: &str, sheet: &str, at: u32) -> String {
    let mut edits = Edits::default();
    let mut open: Option<(usize, bool)> = None;
    for tag in tags(text).iter().filter(|tag| tag.name() == "definedName") {
        match tag.kind {
            Kind::Open => open = Some((tag.range.end, tag.get("name") == Some("_xlnm.Print_Titles"))),
            Kind::Close => {
                let Some((start, titles)) = open.take() else { continue };
                let own = text.get(start..tag.range.start).unwrap_or_default();
                let moved: Vec<String> =
                    own.split(',').map(|part| named(part, sheet, at, titles).unwrap_or_else(|| part.to_owned())).collect();
                edits.replace(start..tag.range.start, moved.join(","));
            }
            Kind::Empty => {}
        }
    }
    edits.apply(text, 0..text.len())
}

/// 自评表!$A$1:$I$30, or only rows: 自评表!$1:$3. Titles that repeat stay those that they are, where a row comes below the last of them.
fn named(part: &str, sheet: &str, at: u32, titles: bool) -> Option<String> {
    let (name, place) = part.rsplit_once('!')?;
    let plain = name.trim_matches('\'').replace("''", "'").replace("&apos;", "'").replace("&amp;", "&");
    if plain != sheet {
        return None;
    }
    let (from, to) = place.split_once(':').unwrap_or((place, place));
    let row = |text: &str| text.strip_prefix('$')?.parse::<u32>().ok()?.checked_sub(1);
    let (next, to_next) = match (row(from), row(to)) {
        (Some(_), Some(to)) if titles && to == at => return None,
        (Some(from), Some(to)) => {
            let ((from, _), (to, _)) = grown(((from, 0), (to, 0)), at);
            (format!("${}", from + 1), format!("${}", to + 1))
        }
        _ => {
            let ((from, left), (to, right)) = grown((reference(from)?, reference(to)?), at);
            (fixed(from, left), fixed(to, right))
        }
    };
    Some(if place.contains(':') { format!("{name}!{next}:{to_next}") } else { format!("{name}!{next}") })
}

/// $A$1
fn fixed(row: u32, column: u32) -> String {
    let plain = place(row, column);
    let letters: String = plain.chars().take_while(char::is_ascii_alphabetic).collect();
    format!("${letters}${}", row.saturating_add(1))
}
