//! Plain text: CSV, tabs, Markdown, columns set with blanks, and prose.

use super::decode::Decoded;
use super::flow::{Flow, Span};
use super::limits;
use crate::block::{BlockNotice, Blocks, Limit, Refusal};
use crate::prelude::*;

mod aligned;
mod fields;
mod listed;
mod shift;
mod stacked;

use fields::{Dialect, Row};
use listed::Listed;

/// Reads a text. `is_csv` where its name says that it is a table, which decides nothing but a doubt.
pub fn read(decoded: &Decoded, is_csv: bool) -> Result<Blocks, Refusal> {
    let text = decoded.text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}'], "\n").replace('\0', "");
    let (text, separator) = match text.strip_prefix("sep=") {
        Some(rest) => (rest.split_once('\n').map_or("", |(_, rest)| rest), rest.chars().next().filter(|sign| *sign != '\n')),
        None => (text.as_str(), None),
    };
    let mut flow = Flow::default();
    if decoded.damaged > 0 {
        flow.notices.push(BlockNotice::DamagedText(decoded.damaged));
    }
    if decoded.guessed {
        flow.notices.push(BlockNotice::GuessedEncoding);
    }
    match separator.or_else(|| separator_of(text, is_csv)) {
        Some('\t') => tabbed(&mut flow, text)?,
        Some(separator) => {
            let (rows, open_quote) = fields::split(text, Dialect::comma(separator))?;
            flow.notices.extend(open_quote.map(BlockNotice::OpenQuote));
            table(&mut flow, &rows)?;
        }
        None => prose(&mut flow, text)?,
    }
    flow.finish()
}

/// What parts the cells of a text; none if it is prose.
fn separator_of(text: &str, is_csv: bool) -> Option<char> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(200).collect();
    if lines.is_empty() {
        return None;
    }
    if lines.iter().any(|line| line.trim().contains('\t')) {
        return Some('\t');
    }
    if is_markdown(&lines) {
        return None;
    }
    let mut best = None;
    for separator in [',', ';', '，', '|'] {
        // A stroke behind each cell parts none of them from another.
        if separator == '|' && lines.iter().filter(|line| line.contains('|')).all(|line| is_stacked(line)) {
            continue;
        }
        let Ok((rows, _)) = fields::split(&lines.join("\n"), Dialect::comma(separator)) else { return Some(separator) };
        let Some(share) = regular(&rows, separator, is_csv) else { continue };
        if best.is_none_or(|(most, _)| share > most) {
            best = Some((share, separator));
        }
    }
    best.map(|(_, separator)| separator)
}

/// `合计 |`: one cell.
fn is_stacked(line: &str) -> bool {
    line.trim().strip_suffix('|').is_some_and(|cell| !cell.contains('|'))
}

/// How regular a text is when it is parted at a sign, in percent of its rows; none if it is no table.
fn regular(rows: &[Row], separator: char, is_csv: bool) -> Option<usize> {
    let counts: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    let parted = counts.iter().filter(|count| **count > 1).count();
    if parted == 0 {
        return None;
    }
    let mut by_count: SortedMap<usize, usize> = SortedMap::new();
    for count in counts.iter().filter(|count| **count > 1) {
        *by_count.entry(*count).or_default() += 1;
    }
    let most = by_count.values().max().copied().unwrap_or(0);
    let share = most * 100 / rows.len().max(1);
    // Sentences have commas too, but not the same number in each line, and they end in a full stop.
    let ends = rows.iter().filter(|row| row.cells.last().is_some_and(|cell| cell.ends_with(['。', '；', '：', '，']))).count();
    let is_sentence = ends * 3 > rows.len();
    let least = match (separator, is_csv) {
        (',' | ';', true) => 20,
        (_, true) => 50,
        (',' | ';', false) => 60,
        (_, false) => 90,
    };
    let enough = is_csv || rows.len() > 1;
    (share >= least && enough && !is_sentence).then_some(share)
}

/// A text with tabs: one table if most lines have some, else tables between paragraphs.
fn tabbed(flow: &mut Flow, text: &str) -> Result<(), Refusal> {
    let (mut rows, _) = fields::split(text, Dialect::tab())?;
    let filled = rows.iter().filter(|row| !row.is_blank()).count();
    let parted = rows.iter().filter(|row| row.cells.len() > 1).count();
    if parted * 2 >= filled {
        let moved = shift::settle(&mut rows);
        if moved > 0 {
            flow.notices.push(BlockNotice::ShiftedRows(moved));
        }
        return table(flow, &rows);
    }
    let mut block: Vec<Row> = Vec::new();
    for row in rows {
        if row.cells.len() > 1 {
            block.push(row);
            continue;
        }
        table(flow, &core::mem::take(&mut block))?;
        paragraph(flow, row.cells.first().map_or("", String::as_str))?;
    }
    table(flow, &block)
}

fn paragraph(flow: &mut Flow, text: &str) -> Result<(), Refusal> {
    flow.begin_paragraph();
    flow.text(text);
    flow.end_paragraph(None)
}

fn table(flow: &mut Flow, rows: &[Row]) -> Result<(), Refusal> {
    if rows.iter().all(Row::is_blank) {
        return Ok(());
    }
    flow.begin_table()?;
    for row in rows {
        flow.begin_row()?;
        if row.cells.len() > usize::try_from(limits::COLUMNS).unwrap_or(usize::MAX) {
            return Err(Refusal::Over(Limit::Size));
        }
        for cell in &row.cells {
            // Blank cells need no place of their own.
            if cell.trim().is_empty() {
                flow.skip_columns(1);
                continue;
            }
            flow.begin_cell(Span::default())?;
            flow.text(cell);
            flow.end_cell()?;
        }
        flow.end_row()?;
    }
    flow.end_table()
}

fn is_markdown(lines: &[&str]) -> bool {
    lines.iter().any(|line| markdown_rule(line))
}

/// `|---|:--:|`
fn markdown_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains("--") && line.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' '))
}

/// Lines of prose, with the tables that are drawn in it by Markdown or by blanks.
fn prose(flow: &mut Flow, text: &str) -> Result<(), Refusal> {
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    let mut told_by_blanks = false;
    let listed = match listed::find(&lines) {
        Some(Listed::Table { lines, rows }) => {
            flow.notices.push(BlockNotice::CellsInLines);
            Some((lines, rows))
        }
        Some(Listed::Open) => {
            flow.notices.push(BlockNotice::CellsInLinesOpen);
            None
        }
        None => None,
    };
    while let Some(line) = lines.get(at) {
        if let Some((lines, rows)) = listed.as_ref().filter(|(lines, _)| lines.start == at) {
            table(flow, rows)?;
            at = lines.end;
            continue;
        }
        let drawn = lines.iter().skip(at).take_while(|line| line.trim().contains('|') && !line.trim().is_empty()).count();
        let block = lines.get(at..at + drawn).unwrap_or(&[]);
        if drawn > 1 && is_markdown(block) {
            let rows: Vec<Row> = block.iter().filter(|line| !markdown_rule(line)).map(|line| markdown_row(line)).collect();
            table(flow, &rows)?;
            at += drawn;
            continue;
        }
        // Within a run of such lines it was tried before.
        let begins = at.checked_sub(1).and_then(|before| lines.get(before)).is_none_or(|line| !is_stacked(line));
        if let Some((rows, used)) = begins.then(|| stacked::block(lines.get(at..).unwrap_or(&[]))).flatten() {
            table(flow, &rows)?;
            at += used;
            continue;
        }
        if let Some((rows, used)) = aligned::block(lines.get(at..).unwrap_or(&[])) {
            told_by_blanks = true;
            table(flow, &rows)?;
            at += used;
            continue;
        }
        let (heading, text) = markdown_heading(line);
        flow.begin_paragraph();
        flow.text(text);
        flow.end_paragraph(heading)?;
        at += 1;
    }
    if told_by_blanks {
        flow.notices.push(BlockNotice::AlignedColumns);
    }
    Ok(())
}

fn markdown_row(line: &str) -> Row {
    let line = line.trim();
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner).replace("\\|", "\u{1}");
    let clean = |cell: &str| cell.trim().replace('\u{1}', "|").replace("<br>", "\n").replace("<br/>", "\n").replace("**", "");
    Row { cells: inner.split('|').map(clean).collect() }
}

fn markdown_heading(line: &str) -> (Option<u8>, &str) {
    let level = line.chars().take_while(|letter| *letter == '#').count();
    match line.get(level..).and_then(|rest| rest.strip_prefix(' ')) {
        Some(rest) if (1..=6).contains(&level) => (u8::try_from(level).ok(), rest),
        _ => (None, line),
    }
}
