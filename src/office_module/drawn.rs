//! Tables of files as HTML: what the module that recognises them and the one that checks them by their words have in common.

use jixiao::block::{Grid, GridCell};
use jixiao::order::Gather;
use jixiao::order::{SortedMap, SortedSet};
use jixiao::recognise::SourcePlace;
use jixiao::wire::escaped;
use jixiao::wording::recognise as words;
use jixiao::wording::source as said;

/// More rows and columns than these are not shown.
const MOST_ROWS: u32 = 400;
const MOST_COLUMNS: u32 = 60;

/// A place as the page names it.
pub fn key(place: SourcePlace) -> String {
    match place {
        SourcePlace::Paragraph { block } | SourcePlace::Caption { block } => block.to_string(),
        SourcePlace::Cell { block, row, column } => format!("{block}.{row}.{column}"),
    }
}

/// How many lines and columns a cell of a table covers.
pub fn span(down: u32, across: u32) -> String {
    let span = |name: &str, count: u32| if count > 1 { format!(" {name}=\"{count}\"") } else { String::new() };
    span("rowspan", down) + &span("colspan", across)
}

/// `label` is HTML.
pub fn button(class: &str, asks: &str, label: &str) -> String {
    format!("<button type=\"button\" class=\"{class}\" {asks}>{label}</button>")
}

/// A merged cell stands once, where it begins.
pub fn drawn(block: usize, grid: &Grid, draw: &dyn Fn(SourcePlace, &str, u32, u32) -> String) -> String {
    let cells: SortedMap<(u32, u32), &GridCell> = grid.cells.iter().map(|cell| ((cell.row, cell.column), cell)).into_map();
    let (height, width) = (grid.rows.min(MOST_ROWS), grid.columns.min(MOST_COLUMNS));
    let mut html = format!("<table class=\"source-grid\" aria-label=\"{}\"><tbody>", escaped(&words::grid_place(grid)));
    if let Some(caption) = &grid.caption {
        html += &format!("<tr>{}</tr>", draw(SourcePlace::Caption { block }, caption, 1, width));
    }
    let mut covered: SortedSet<(u32, u32)> = SortedSet::new();
    for row in 0..height {
        html += "<tr>";
        for column in 0..width {
            if covered.contains(&(row, column)) {
                continue;
            }
            let cell = cells.get(&(row, column));
            let down = cell.map_or(1, |cell| cell.row_span.max(1)).min(height - row);
            let wide = cell.map_or(1, |cell| cell.column_span.max(1)).min(width - column);
            let across = (0..wide).take_while(|at| !covered.contains(&(row, column + at))).count();
            let across = u32::try_from(across).unwrap_or(1);
            covered.extend((row..row + down).flat_map(|row| (column..column + across).map(move |column| (row, column))));
            let text = cell.map_or("", |cell| cell.text.as_str());
            html += &draw(SourcePlace::Cell { block, row, column }, text, down, across);
        }
        html += "</tr>";
        covered.retain(|(below, _)| *below > row);
    }
    html += "</tbody></table>";
    if grid.rows > height || grid.columns > width {
        html += &format!("<p class=\"note\">{}</p>", said::more(grid.rows - height, grid.columns - width));
    }
    html
}
