//! 合计行: rows that are the sum of the rows beside them, and no items of their own.

use crate::document::Row;
use crate::number::{Reading, is_space};
use crate::numbering::{Numbered, WHOLES};
use crate::prelude::*;
use crate::template::{CellKind, ColumnIndex, TableDef, TableRole};

/// How a row says that it is a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// 合计, 总计, 总分
    Alone,
    /// 本年收入合计
    Ending,
}

/// For each row whether it is a sum; nothing where none is. `starts` says which rows begin a group, none where the rows are one.
pub(super) fn sums(def: &TableDef, rows: &[Rc<Row>], styles: &[Numbered], starts: &[bool]) -> Vec<bool> {
    let words: Vec<Option<Word>> = rows.iter().map(|row| word(def, row)).collect();
    if words.iter().all(Option::is_none) {
        return Vec::new();
    }
    let is_item = |position: usize| {
        words.get(position).is_some_and(Option::is_none)
            && rows.get(position).is_some_and(|row| row.cells.iter().any(|cell| !cell.is_blank()))
    };
    let last_item = (0..rows.len()).rev().find(|position| is_item(*position));
    // Items since the list began, since the group began and since the last row that is called a sum.
    let (mut all, mut group, mut segment) = (false, false, false);
    let mut sums = Vec::with_capacity(rows.len());
    for (position, word) in words.iter().enumerate() {
        if starts.get(position).copied().unwrap_or(false) {
            (group, segment) = (false, false);
        }
        let Some(word) = word else {
            let item = is_item(position);
            (all, group, segment) = (all || item, group || item, segment || item);
            sums.push(false);
            continue;
        };
        let before = match word {
            Word::Alone => group,
            Word::Ending => segment,
        };
        let is_sum = if def.nested {
            // A sum that a list begins with stands above it.
            let heads = styles.get(position + 1).is_some_and(|next| next.style.is_numbered() && next.number == 1);
            let of_all = rows.get(position).is_some_and(|row| is_whole(row.cell_at(def.at.year).text()));
            (before && !heads) || (of_all && all)
        } else {
            before
                || match word {
                    Word::Alone => last_item.is_some_and(|last| last > position),
                    Word::Ending => is_item(position + 1),
                }
        };
        // 人员经费合计 without any row of its own is what is added up.
        (all, group) = (all || !is_sum, group || !is_sum);
        segment = false;
        sums.push(is_sum);
    }
    sums
}

fn word(def: &TableDef, row: &Row) -> Option<Word> {
    let at = &def.at;
    if def.role == TableRole::Indicators {
        // An indicator may count a sum: 合计培训人数.
        let free = |column: Option<ColumnIndex>| matches!(row.cell_at(column).reading(), Reading::Blank | Reading::NotApplicable);
        let points = |column: Option<ColumnIndex>| matches!(row.cell_at(column).reading(), Reading::Quantity(_));
        let alone = || [at.level1, at.level2, at.indicator].into_iter().any(|column| is_whole(row.cell_at(column).text()));
        return (!def.fixed && (points(at.weight) || points(at.score)) && free(at.target) && free(at.actual) && alone())
            .then_some(Word::Alone);
    }
    let names = def.columns.iter().zip(&row.cells).filter(|(column, _)| column.kind == CellKind::Text);
    let mut found = None;
    for (_, cell) in names {
        let text = cell.text();
        if is_whole(text) {
            return Some(Word::Alone);
        }
        // Most names hold nothing of these words, and need no closer look.
        if text.contains('计') && WHOLES.iter().any(|whole| stripped(text).ends_with(whole)) {
            found = Some(Word::Ending);
        }
    }
    found
}

/// Whether a name says nothing but that it is a sum: 合计, 合 计：, 4、合计（万元）, 总分.
fn is_whole(text: &str) -> bool {
    // Most names end in another way, and need no closer look.
    if !text.contains(['计', '分', '额']) || text.len() > 60 {
        return false;
    }
    let name: String = stripped(text).chars().filter(|char| !is_space(*char)).collect();
    WHOLES.iter().chain(&OTHER_WHOLES).any(|whole| name == *whole)
}

const OTHER_WHOLES: [&str; 16] = [
    "总合计",
    "合计数",
    "合计金额",
    "总额",
    "资金总额",
    "年度资金总额",
    "项目资金总额",
    "总分",
    "总得分",
    "得分合计",
    "分值合计",
    "合计得分",
    "合计分值",
    "自评总分",
    "自评得分",
    "总分合计",
];

/// A name without the number before it and what stands in brackets behind it.
fn stripped(text: &str) -> &str {
    let text = text.trim().trim_end_matches(['：', ':']);
    let text = match (text.ends_with(['）', ')']), text.rfind(['（', '('])) {
        (true, Some(at)) if at > 0 => text.get(..at).unwrap_or(text),
        _ => text,
    };
    let behind = text.trim_start_matches(|char: char| char.is_ascii_digit() || "一二三四五六七八九十".contains(char));
    let name = behind.strip_prefix(['、', '.', '．']).filter(|_| behind.len() < text.len()).unwrap_or(text);
    name.trim()
}
