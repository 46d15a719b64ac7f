//! Blocks as lines of text, for tests to compare.

use jixiao::block::{Block, Blocks, Grid, Origin};

/// Blocks as lines: `¶ text`, `#1 heading`, `表 2×3` with `行,列 text` for each cell, spans and the stored number where there are any.
pub fn lines(blocks: &Blocks) -> String {
    let mut lines = Vec::new();
    for block in &blocks.list {
        match block {
            Block::Paragraph(paragraph) => {
                let mark = paragraph.heading.map_or("¶".into(), |level| format!("#{level}"));
                lines.push(format!("{mark} {}", paragraph.text.replace('\n', "⏎").replace('\t', "⇥")));
            }
            Block::Grid(grid) => lines.extend(grid_lines(grid)),
        }
    }
    lines.extend(blocks.notices.iter().map(|notice| format!("! {notice:?}")));
    lines.join("\n")
}

fn grid_lines(grid: &Grid) -> Vec<String> {
    let name = match &grid.origin {
        Origin::Table(number) => format!("表{number}"),
        Origin::Sheet { name, row, column } => format!("{name}@{row},{column}"),
    };
    let caption = grid.caption.as_ref().map_or(String::new(), |caption| format!(" {caption}"));
    let mut lines = vec![format!("{name} {}×{}{caption}", grid.rows, grid.columns)];
    for cell in &grid.cells {
        let span = match (cell.row_span, cell.column_span) {
            (1, 1) => String::new(),
            (rows, columns) => format!(" {rows}×{columns}"),
        };
        let exact = cell.exact.as_ref().map_or(String::new(), |exact| format!("={exact}"));
        let text = cell.text.replace('\n', "⏎");
        lines.push(format!("{},{}{span} {text} {exact}", cell.row, cell.column).trim_end().to_owned());
    }
    lines
}
