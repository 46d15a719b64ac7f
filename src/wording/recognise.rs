//! Sentences about tables that were recognised in a file: where something stands, and what to know about it.

use crate::block::{Block, Blocks, Grid, Origin};
use crate::document::CellId;
use crate::finding::{Facts, Finding};
use crate::prelude::*;
use crate::recognise::{Certainty, Fate, Found, FoundNotice, SourcePlace};
use crate::template::amount_unit_name;

/// 表2第5行第3列, Sheet1!F7, 第3段
pub fn source_place(blocks: &Blocks, place: SourcePlace) -> String {
    let block = blocks.list.get(place.block());
    match (place, block) {
        (SourcePlace::Paragraph { .. }, Some(Block::Paragraph(paragraph))) => format!("第{}段", paragraph.number),
        (SourcePlace::Cell { row, column, .. }, Some(Block::Grid(grid))) => cell_place(grid, row, column),
        (SourcePlace::Caption { .. }, Some(Block::Grid(grid))) => format!("{}的标题", grid_place(grid)),
        (SourcePlace::Paragraph { block } | SourcePlace::Caption { block } | SourcePlace::Cell { block, .. }, _) => {
            format!("第{}部分", block.saturating_add(1))
        }
    }
}

/// 表2第5行第3列, Sheet1!F7
pub fn cell_place(grid: &Grid, row: u32, column: u32) -> String {
    match &grid.origin {
        Origin::Table(number) => format!("表{number}第{}行第{}列", row.saturating_add(1), column.saturating_add(1)),
        Origin::Sheet { name, row: first_row, column: first_column } => {
            let row = first_row.saturating_add(row).saturating_add(1);
            format!("{name}!{}{row}", column_letters(first_column.saturating_add(column)))
        }
    }
}

/// 表2, or the name of the sheet.
pub fn grid_place(grid: &Grid) -> String {
    match &grid.origin {
        Origin::Table(number) => format!("表{number}"),
        Origin::Sheet { name, .. } => format!("工作表“{name}”"),
    }
}

/// Where that which a finding speaks of stands in the file: the text of its first cell, of a report the paragraph with the words; where
/// that is blank, its row; else the text of another of its cells.
pub fn finding_source(blocks: &Blocks, found: &Found, finding: &Finding) -> Option<String> {
    let (sources, at) = (&found.sources, &finding.at);
    let exact = |cell: &CellId| sources.get(cell).map(|place| source_place(blocks, *place));
    let first = at.first()?;
    let quote = if let Facts::Prose(facts) = &finding.facts { facts.quote() } else { None };
    let in_paragraph = quote.and_then(|quote| {
        let mut places = found.fates.iter().filter(|(_, fate)| **fate == Fate::Cell(*first)).map(|(place, _)| *place);
        places.find(|place| match blocks.list.get(place.block()) {
            Some(Block::Paragraph(paragraph)) => paragraph.text.replace('“', "‘").replace('”', "’").contains(quote),
            Some(Block::Grid(_)) | None => false,
        })
    });
    if let Some(place) = in_paragraph {
        return Some(source_place(blocks, place));
    }
    let in_row = || {
        let CellId::Row { table, row, .. } = *first else { return None };
        let (from, to) = (CellId::Row { table, row, column: 0 }, CellId::Row { table, row, column: u8::MAX });
        sources.starting_at(&from).next().filter(|(cell, _)| **cell <= to).map(|(_, place)| row_place(blocks, *place))
    };
    exact(first).or_else(in_row).or_else(|| at.iter().find_map(exact))
}

/// 表2第5行, 工作表“Sheet1”第7行; a paragraph is its own line.
fn row_place(blocks: &Blocks, place: SourcePlace) -> String {
    match (place, blocks.list.get(place.block())) {
        (SourcePlace::Cell { row, .. }, Some(Block::Grid(grid))) => {
            let first = if let Origin::Sheet { row, .. } = &grid.origin { *row } else { 0 };
            format!("{}第{}行", grid_place(grid), first.saturating_add(row).saturating_add(1))
        }
        (_, _) => source_place(blocks, place),
    }
}

/// A block as people find it: 表2, the name of a sheet, 第3段.
pub fn block_place(blocks: &Blocks, block: usize) -> String {
    match blocks.list.get(block) {
        Some(Block::Grid(grid)) => grid_place(grid),
        Some(Block::Paragraph(_)) | None => source_place(blocks, SourcePlace::Paragraph { block }),
    }
}

/// Where a table stands: 表2, 工作表“Sheet1”, or where it begins where others stand above it: 表2第14行起, Sheet1!A14起.
pub fn table_place(blocks: &Blocks, found: &Found) -> String {
    let first = found.first_cell();
    let SourcePlace::Cell { block, row: row @ 1.., .. } = first else {
        return block_place(blocks, first.block());
    };
    match blocks.list.get(block) {
        Some(Block::Grid(Grid { origin: Origin::Table(number), .. })) => format!("表{number}第{}行起", row.saturating_add(1)),
        Some(_) | None => format!("{}起", source_place(blocks, first)),
    }
}

/// A, B, …, Z, AA as spreadsheets count columns, from 0.
fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = Some(column);
    while let Some(at) = rest {
        let letter = u8::try_from(at % 26).unwrap_or(0);
        letters.push(char::from(b'A'.saturating_add(letter)));
        rest = (at / 26).checked_sub(1);
    }
    letters.iter().rev().collect()
}

/// 按“…”识别，表内 134 处文字中 130 处已对应。
pub fn certainty(form: &str, certainty: Certainty) -> String {
    if certainty.explained == certainty.of {
        return format!("按“{form}”识别，表内 {} 处文字全部对应。", certainty.of);
    }
    format!("按“{form}”识别，表内 {} 处文字中 {} 处已对应，其余列为未识别。", certainty.of, certainty.explained)
}

/// What was said of another table of the same shape counted for this one too.
pub fn remembered() -> &'static str {
    "已按以前对相同格式表格所作的更正识别。"
}

/// What a text may be: 年度指标值为“98%”，实际完成值为“97%”.
pub fn option<'a>(cells: impl Iterator<Item = (String, &'a str)>) -> String {
    cells.map(|(cell, text)| format!("{cell}为“{text}”")).collect::<Vec<_>>().join("，")
}

/// What a person should know about a table that was recognised.
pub fn found_notice(notice: &FoundNotice, blocks: &Blocks) -> String {
    match notice {
        FoundNotice::Units { first, other, place } => format!(
            "表中先注明金额单位为{}，{}又注明为{}；现按{}导入，请核对。",
            amount_unit_name(*first),
            source_place(blocks, *place),
            amount_unit_name(*other),
            amount_unit_name(*first)
        ),
        FoundNotice::NoUnit(unit) => format!("原表没有注明金额单位，按表式的{}读取，请核对。", amount_unit_name(*unit)),
        FoundNotice::TemplateRows(count) => format!("有 {count} 行是空白表样中的待填行（如“指标2：”“……”），没有导入。"),
        FoundNotice::OtherTexts { place, form } => {
            format!("{}与表式固定的“{form}”不同，已按原表填入。请核对。", source_place(blocks, *place))
        }
        FoundNotice::LevelPoints => "原表各级指标的分值单列一栏，已写入指标名称后的括号内。".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Paragraph;

    #[test]
    fn places_are_named_as_people_find_them() {
        let grid = |origin| Block::Grid(Grid { origin, caption: None, rows: 9, columns: 99, cells: Vec::new() });
        let sheet = Origin::Sheet { name: "自评表".to_owned(), row: 2, column: 1 };
        let paragraph = Paragraph { number: 3, ..Paragraph::default() };
        let blocks = Blocks { list: vec![grid(Origin::Table(2)), grid(sheet), Block::Paragraph(paragraph)], notices: Vec::new() };
        for (place, expected) in [
            (SourcePlace::Cell { block: 0, row: 4, column: 2 }, "表2第5行第3列"),
            (SourcePlace::Cell { block: 1, row: 4, column: 4 }, "自评表!F7"),
            (SourcePlace::Cell { block: 1, row: 0, column: 25 }, "自评表!AA3"),
            (SourcePlace::Caption { block: 0 }, "表2的标题"),
            (SourcePlace::Paragraph { block: 2 }, "第3段"),
            (SourcePlace::Paragraph { block: 9 }, "第10部分"),
        ] {
            assert_eq!(source_place(&blocks, place), expected);
        }
    }
}
