//! A table as it stands in its file, to be looked at beside the form: what became of each text, and which cell it went to.

use jixiao::block::{Block, Blocks, Grid, GridCell};
use jixiao::recognise::{Fate, Found, SourcePlace};
use jixiao::template::{Form, Line, LineContent};
use jixiao::wording;
use jixiao::wording::recognise as words;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// More rows and columns than these are not shown.
const MOST_ROWS: u32 = 400;
const MOST_COLUMNS: u32 = 60;

#[derive(Serialize)]
pub struct View {
    /// The name of the file; blank for what was pasted.
    file: String,
    place: String,
    /// Forms that come near.
    near: Vec<String>,
    parts: Vec<Part>,
    /// For each cell of the document the place that its text has in the file, and the same in words.
    links: Vec<(String, String, String)>,
    doubts: Vec<Doubt>,
    /// Words that a column, or a row, of the form may be called.
    columns: Vec<String>,
    rows: Vec<String>,
}

/// A grid, or paragraphs one below the other.
#[derive(Serialize)]
struct Part {
    /// 表2; blank for paragraphs.
    name: String,
    rows: Vec<Vec<Cell>>,
    /// Rows that are not shown.
    more: u32,
}

/// Text, rows and columns covered, what became of it, and its place.
type Cell = (String, u32, u32, &'static str, String);

/// A text that may be several things.
#[derive(Serialize)]
struct Doubt {
    at: String,
    text: String,
    /// Where it stands, in words.
    place: String,
    /// What it may be, in words.
    options: Vec<String>,
}

/// A place as the page names it.
pub fn key(place: SourcePlace) -> String {
    match place {
        SourcePlace::Paragraph { block } | SourcePlace::Caption { block } => block.to_string(),
        SourcePlace::Cell { block, row, column } => format!("{block}.{row}.{column}"),
    }
}

pub fn of(found: &Found, form: &Form, blocks: &Blocks, file: &str) -> View {
    let in_blocks: BTreeSet<usize> = found.fates.keys().map(|place| place.block()).collect();
    let first = in_blocks.first().copied().unwrap_or(0);
    let last = in_blocks.last().copied().unwrap_or(0);
    let doubts: BTreeSet<SourcePlace> = found.questions.iter().map(|question| question.place).collect();
    let mark = |place: SourcePlace| match found.fates.get(&place) {
        _ if doubts.contains(&place) => "doubt",
        Some(Fate::Cell(_)) => "cell",
        Some(Fate::Label) => "label",
        Some(Fate::Note) => "note",
        Some(Fate::Unrecognised) => "unread",
        None => "",
    };
    let mut parts: Vec<Part> = Vec::new();
    for (at, block) in blocks.list.iter().enumerate().take(last + 1).skip(first) {
        match block {
            Block::Paragraph(paragraph) => {
                let place = SourcePlace::Paragraph { block: at };
                let cell = (paragraph.text.clone(), 1, 1, mark(place), key(place));
                match parts.last_mut().filter(|part| part.name.is_empty()) {
                    Some(part) => part.rows.push(vec![cell]),
                    None => parts.push(Part { name: String::new(), rows: vec![vec![cell]], more: 0 }),
                }
            }
            Block::Grid(grid) => parts.push(part(at, grid, &mark)),
        }
    }
    let link = |(cell, place): (&jixiao::document::CellId, &SourcePlace)| {
        (cell.name(form), key(*place), words::source_place(blocks, *place))
    };
    let (columns, rows) = labels(form);
    View {
        file: file.to_owned(),
        place: words::table_place(blocks, found),
        near: found.near.iter().map(|(form, _)| form.clone()).collect(),
        parts,
        links: found.sources.iter().map(link).collect(),
        doubts: found.questions.iter().map(|question| doubt(question, found, form, blocks)).collect(),
        columns,
        rows,
    }
}

fn doubt(question: &jixiao::recognise::Question, found: &Found, form: &Form, blocks: &Blocks) -> Doubt {
    let option = |cells: &Vec<(jixiao::document::CellId, String)>| {
        let said = cells.iter().map(|(cell, text)| (wording::place(*cell, form, &found.document), text.as_str()));
        words::option(said)
    };
    Doubt {
        at: key(question.place),
        text: question.text.clone(),
        place: words::source_place(blocks, question.place),
        options: question.options.iter().map(option).collect(),
    }
}

/// Rows of cells as a table of HTML has them: a merged cell once, where it begins.
fn part(block: usize, grid: &Grid, mark: &dyn Fn(SourcePlace) -> &'static str) -> Part {
    let cells: BTreeMap<(u32, u32), &GridCell> = grid.cells.iter().map(|cell| ((cell.row, cell.column), cell)).collect();
    let (height, width) = (grid.rows.min(MOST_ROWS), grid.columns.min(MOST_COLUMNS));
    let mut rows = Vec::new();
    if let Some(caption) = &grid.caption {
        let place = SourcePlace::Caption { block };
        rows.push(vec![(caption.clone(), 1, width.max(1), mark(place), key(place))]);
    }
    // Up to which row each column is covered by a cell from above.
    let mut covered = vec![0; usize::try_from(width).unwrap_or(0)];
    for row in 0..height {
        let mut line = Vec::new();
        let mut column = 0;
        while column < width {
            let reach = |covered: &[u32], at: u32| usize::try_from(at).ok().and_then(|at| covered.get(at).copied()).unwrap_or(0);
            if reach(&covered, column) > row {
                column += 1;
                continue;
            }
            let place = SourcePlace::Cell { block, row, column };
            let (text, down, across) = match cells.get(&(row, column)) {
                Some(cell) => {
                    let free = (column..width).take_while(|at| reach(&covered, *at) <= row).count();
                    let across = cell.column_span.max(1).min(u32::try_from(free).unwrap_or(1));
                    (cell.text.clone(), cell.row_span.max(1).min(height - row), across)
                }
                None => (String::new(), 1, 1),
            };
            line.push((text, down, across, mark(place), key(place)));
            for at in column..column + across {
                if let Some(slot) = usize::try_from(at).ok().and_then(|at| covered.get_mut(at)) {
                    *slot = row + down;
                }
            }
            column += across;
        }
        rows.push(line);
    }
    Part { name: words::grid_place(grid), rows, more: grid.rows - height }
}

/// What the columns and the rows of a form are called.
fn labels(form: &Form) -> (Vec<String>, Vec<String>) {
    let (mut columns, mut rows) = (Vec::new(), Vec::new());
    let mut add = |heading: bool, label: &str| {
        let label: String = label.replace("{unit}", form.unit_name()).split_whitespace().collect();
        let list = if heading { &mut columns } else { &mut rows };
        if !label.is_empty() && !list.contains(&label) {
            list.push(label);
        }
    };
    for line in form.blocks.iter().flat_map(|block| &block.lines) {
        match line {
            Line::Cells { heading, cells } => {
                for cell in cells {
                    if let LineContent::Label(label) = &cell.content {
                        add(*heading, label);
                    }
                }
            }
            Line::Table(at) => {
                let Some(table) = form.table(*at) else { continue };
                for column in table.columns.iter().filter(|column| !column.hidden) {
                    add(true, &column.label);
                }
                let name = table.at.name.or(table.at.indicator).filter(|_| table.fixed);
                for row in &table.skeleton {
                    add(false, name.and_then(|at| row.get(usize::from(at))).map_or("", String::as_str));
                }
            }
        }
    }
    (columns, rows)
}
