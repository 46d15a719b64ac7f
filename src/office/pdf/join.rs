//! Pages as one document: what stands at the head and foot of each is taken off, lines become paragraphs, and a table that a page cut is one.

use super::lines::{Line, goes_on, put_together};
use super::sheet::{Piece, Sheet};
use super::table::Growing;
use crate::block::{Block, BlockNotice, Blocks, Origin, Paragraph, Refusal};
use crate::office::sheet::{Budget, settle};
use crate::office::words;
use crate::prelude::*;

/// How much of a page, in hundredths of its height, may be its head or its foot.
const HEAD: i32 = 12;
/// How many lines are looked at there.
const HEAD_LINES: usize = 3;

pub fn blocks(mut sheets: Vec<Sheet>, notices: Vec<BlockNotice>) -> Result<Blocks, Refusal> {
    let mut writing = Writing { notices, ..Writing::default() };
    for text in take_heads(&mut sheets) {
        writing.notices.push(BlockNotice::HeaderFooter(text));
    }
    let margins = margins(&sheets);
    let mut above: Vec<(String, i32)> = Vec::new();
    for sheet in sheets {
        let (left, right) = margins.get(&(sheet.width, sheet.height)).copied().unwrap_or((0, sheet.width));
        // A caption that stands above each part of a table stands there once.
        let lines = |pieces: &[Piece]| {
            let lines = pieces.iter().map_while(|piece| match piece {
                Piece::Line(line) => Some((line.text.clone(), line.top)),
                Piece::Table(_) => None,
            });
            lines.collect::<Vec<(String, i32)>>()
        };
        let own = lines(&sheet.pieces);
        let repeated =
            own.iter().zip(&above).take_while(|(one, other)| one.0 == other.0 && (one.1 - other.1).abs() < 600).count();
        let skipped = match sheet.pieces.get(own.len()) {
            Some(Piece::Table(table)) if repeated == own.len() && writing.may_go_on(table) => repeated,
            _ => 0,
        };
        let is_first = |at: usize| at == skipped;
        for (at, piece) in sheet.pieces.into_iter().enumerate().skip(skipped) {
            match piece {
                Piece::Line(line) => writing.line(line, left, right, is_first(at))?,
                Piece::Table(table) => {
                    if is_first(at) && writing.may_go_on(&table) {
                        writing.go_on(table);
                    } else {
                        writing.close()?;
                        writing.table = Some(Growing::new(table));
                    }
                }
            }
        }
        above = own;
        // What follows on the next page is no longer the next line of this one.
        writing.turn_page();
    }
    writing.close()?;
    Ok(Blocks { list: writing.list, notices: writing.notices })
}

#[derive(Default)]
struct Writing {
    list: Vec<Block>,
    notices: Vec<BlockNotice>,
    /// The text that may go on, and its last line.
    text: Option<(String, Line)>,
    table: Option<Growing>,
    paragraphs: u32,
    tables: u32,
    new_page: bool,
    budget: Budget,
}

impl Writing {
    fn turn_page(&mut self) {
        self.new_page = true;
    }

    fn line(&mut self, line: Line, left: i32, right: i32, first: bool) -> Result<(), Refusal> {
        self.close_table()?;
        let on_new_page = core::mem::take(&mut self.new_page) && first;
        match &mut self.text {
            Some((text, last)) if continues(last, &line, left, right, on_new_page) => {
                put_together(text, &line.text);
                *last = line;
            }
            _ => {
                self.close_text()?;
                self.text = Some((line.text.clone(), line));
            }
        }
        Ok(())
    }

    fn may_go_on(&self, table: &super::ruled::Ruled) -> bool {
        self.new_page && self.table.as_ref().is_some_and(|growing| growing.fits(table))
    }

    fn go_on(&mut self, table: super::ruled::Ruled) {
        self.new_page = false;
        if let Some(growing) = &mut self.table {
            growing.go_on(table);
        }
    }

    fn close(&mut self) -> Result<(), Refusal> {
        self.new_page = false;
        self.close_text()?;
        self.close_table()
    }

    fn close_text(&mut self) -> Result<(), Refusal> {
        let Some((text, _)) = self.text.take() else { return Ok(()) };
        let text = words::paragraph(&text);
        if text.is_empty() {
            return Ok(());
        }
        self.budget.take(text.len())?;
        self.paragraphs += 1;
        self.list.push(Block::Paragraph(Paragraph { text, number: self.paragraphs, heading: None }));
        Ok(())
    }

    fn close_table(&mut self) -> Result<(), Refusal> {
        let Some(growing) = self.table.take() else { return Ok(()) };
        self.tables += 1;
        let (mut grid, notices) = growing.finish(Origin::Table(self.tables));
        settle(&mut grid)?;
        for cell in &grid.cells {
            self.budget.take(cell.text.len())?;
        }
        for notice in notices {
            if !self.notices.contains(&notice) {
                self.notices.push(notice);
            }
        }
        self.list.push(Block::Grid(grid));
        Ok(())
    }
}

/// Whether a line of text goes on in the next one, on pages with these margins.
fn continues(line: &Line, next: &Line, left: i32, right: i32, on_new_page: bool) -> bool {
    let same_size = (line.size - next.size).abs() * 100 <= line.size * 12;
    let near = on_new_page || next.top - line.bottom <= line.size * 11 / 5;
    // A new paragraph begins further in than the line above, or, after a first line, as far in as that one.
    let unindented = next.left <= left + next.size || next.left <= line.left - next.size;
    let columns = line.text.contains('\t') || next.text.contains('\t');
    // What begins far in is set in the middle or to the right.
    let from_left = line.left <= left + line.size * 5 / 2;
    same_size && near && unindented && from_left && !columns && goes_on(line, next, line.left, right) && !is_entry(&line.text)
}

/// A line of contents: dots, and the number of a page.
fn is_entry(text: &str) -> bool {
    let dotted = text.contains("....") || text.contains("……") || text.contains("····") || text.contains("．．．");
    dotted && text.ends_with(|end: char| end.is_ascii_digit())
}

/// From where to where text runs on pages of each size: what three lines reach at least.
fn margins(sheets: &[Sheet]) -> SortedMap<(i32, i32), (i32, i32)> {
    let mut edges: SortedMap<(i32, i32), (Vec<i32>, Vec<i32>)> = SortedMap::new();
    for sheet in sheets {
        for piece in &sheet.pieces {
            if let Piece::Line(line) = piece {
                let (lefts, rights) = edges.entry((sheet.width, sheet.height)).or_default();
                lefts.push(line.left);
                rights.push(line.right);
            }
        }
    }
    let third = |(size, (mut lefts, mut rights)): ((i32, i32), (Vec<i32>, Vec<i32>))| {
        lefts.order();
        rights.order();
        // A few lines alone say little: some may be short, or stand out.
        let out = if lefts.len() < 6 { 0 } else { 2 };
        let left = lefts.get(out).copied().unwrap_or_default();
        let right = rights.len().checked_sub(out + 1).and_then(|at| rights.get(at)).copied().unwrap_or_default();
        // Margins are as wide on both sides, as far as few lines can tell.
        let right = if out == 0 { right.max(size.0 - left) } else { right };
        (size, (left, right))
    };
    edges.into_iter().map(third).into_map()
}

/// Takes off what stands at the head and foot of pages: numbers of pages, and what is the same on most of them. What was taken comes
/// back once each.
fn take_heads(sheets: &mut [Sheet]) -> Vec<String> {
    let mut counts: SortedMap<(String, i32), usize> = SortedMap::new();
    let edges: Vec<Vec<usize>> = sheets.iter().map(edge_lines).collect();
    for (sheet, edges) in sheets.iter().zip(&edges) {
        for line in edges.iter().filter_map(|at| line_at(sheet, *at)) {
            *counts.entry((key(&line.text), line.top / 1_000)).or_default() += 1;
        }
    }
    let count = |text: &str, top: i32| {
        let near = [top / 1_000 - 1, top / 1_000, top / 1_000 + 1];
        near.iter().filter_map(|top| counts.get(&(key(text), *top))).sum::<usize>()
    };
    let pages = sheets.len();
    let mut taken: Vec<String> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for (sheet, edges) in sheets.iter_mut().zip(&edges) {
        let mut gone: Vec<usize> = Vec::new();
        for at in edges {
            let Some(line) = line_at(sheet, *at) else { continue };
            let often = pages >= 3 && count(&line.text, line.top) * 10 >= pages * 6;
            if often || is_page_number(&line.text) {
                gone.push(*at);
                if !keys.contains(&key(&line.text)) {
                    keys.push(key(&line.text));
                    taken.push(line.text.clone());
                }
            }
        }
        let mut at = 0;
        sheet.pieces.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
    }
    taken
}

fn line_at(sheet: &Sheet, at: usize) -> Option<&Line> {
    match sheet.pieces.get(at) {
        Some(Piece::Line(line)) => Some(line),
        _ => None,
    }
}

/// The lines at the head and the foot of a page, outside of its tables.
fn edge_lines(sheet: &Sheet) -> Vec<usize> {
    let high = sheet.height * HEAD / 100;
    let is_head = |at: &usize| line_at(sheet, *at).is_some_and(|line| line.bottom < high);
    let is_foot = |at: &usize| line_at(sheet, *at).is_some_and(|line| line.top > sheet.height - high);
    let count = sheet.pieces.len();
    let head = (0..count).take(HEAD_LINES).take_while(is_head);
    let foot = (0..count).rev().take(HEAD_LINES).take_while(is_foot);
    let mut all: Vec<usize> = head.chain(foot).collect();
    all.order();
    all.dedup();
    all
}

/// A line without its numbers.
fn key(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace())
        .map(|letter| if letter.is_ascii_digit() { '#' } else { letter })
        .collect()
}

/// — 1 —, 第1页 共30页, 1/30.
fn is_page_number(text: &str) -> bool {
    let mut digits = 0;
    for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
        match letter {
            '0'..='9' => digits += 1,
            '-' | '－' | '—' | '–' | '―' | '─' | '·' | '/' | '第' | '页' | '共' | '，' | ',' => {}
            _ => return false,
        }
    }
    let numbers = text.split(|letter: char| !letter.is_ascii_digit()).filter(|number| !number.is_empty());
    digits > 0 && numbers.clone().count() <= 2 && numbers.clone().all(|number| number.len() <= 3)
}
