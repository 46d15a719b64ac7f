//! Tables as other writers would draw them: each way alone, and several together. Whatever the writer does, no text lands in a wrong cell, and
//! nearly all land in the right one.

use super::paper::{Paper, Piece, What};
use jixiao::id::CellId;
use jixiao::template::{CellKind, Labels};
use std::collections::BTreeSet;

/// What becomes of merged cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spans {
    #[default]
    Kept,
    /// The text in the first cell, the rest blank, as plain grids hold it.
    Blank,
    /// The text in each cell that was covered, as programs fill it in.
    Repeated,
    /// Only what reaches over rows of a list is repeated in each.
    Down,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Titles {
    #[default]
    Kept,
    /// A title over two rows, with a word over some of them.
    Grouped,
    /// Titles again within a list, as on the next page.
    Again,
    /// 1 2 3 … below them.
    Counted,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Foot {
    #[default]
    Lines,
    /// All in one line, set apart by blanks.
    One,
    /// In the last row of the table, each with its value.
    Row,
    /// In the last row, label and value in cells of their own.
    Pairs,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cuts {
    #[default]
    None,
    /// A grid for each list and what stands around it.
    Parts,
    /// The same on sheets.
    Sheets,
    /// Within a list, as the next page begins.
    Pages,
}

/// How somebody writes a table.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    /// Other names of labels, picked by this number; 0 for those of the form.
    pub synonyms: u64,
    /// Columns in another order, by this number; 0 for that of the form.
    pub order: u64,
    /// A column of a list left out; 0 for none.
    pub without: usize,
    pub spans: Spans,
    pub titles: Titles,
    pub foot: Foot,
    pub cuts: Cuts,
    /// Brackets and colons of labels in half width.
    pub half: bool,
    /// 项 目 名 称
    pub spaced: bool,
    /// Labels broken over lines.
    pub broken: bool,
    /// 序号 before a list.
    pub numbered: bool,
    /// Blank rows within lists.
    pub blanks: bool,
    /// Notes under the table.
    pub notes: bool,
    /// 项目名称：… in one cell.
    pub pairs: bool,
    /// Units behind titles: 分值（分）.
    pub units: bool,
}

impl Writer {
    pub fn write(&self, paper: &mut Paper<'_>, labels: &Labels) {
        // From the inside outwards: what looks at single columns comes before cells are split and joined.
        self.leave_out(paper);
        self.reorder(paper);
        self.rename(paper, labels);
        self.name_units(paper);
        self.number(paper);
        self.group_titles(paper);
        self.repeat_titles(paper);
        self.count_titles(paper);
        self.join_pairs(paper);
        self.leave_blank(paper);
        self.cut(paper);
        self.split(paper);
        self.end(paper);
        self.letter(paper);
    }

    /// A word over two titles, the others reaching over both rows.
    fn group_titles(&self, paper: &mut Paper<'_>) {
        if self.titles != Titles::Grouped {
            return;
        }
        let tables: Vec<u8> = paper.lists().into_keys().collect();
        for table in tables {
            let Some(list) = paper.lists().remove(&table) else { continue };
            let Some(titles) = paper.titles_of(&list) else { continue };
            let run = Self::movable(paper, &list);
            let pair = run
                .windows(2)
                .rev()
                .find(|pair| pair[0].0 + pair[0].1 == pair[1].0 && pair[0].0 > 0)
                .map(|pair| (pair[0].0, pair[1].0 + pair[1].1));
            let Some((from, to)) = pair else { continue };
            paper.make_row(titles + 1);
            for piece in paper.pieces.iter_mut().filter(|piece| piece.row == titles) {
                match piece.column >= from && piece.column < to {
                    true => piece.row += 1,
                    false if piece.title => piece.rows = 2,
                    false => {}
                }
            }
            let (text, what) = ("完成与评分".to_owned(), What::Label);
            paper.pieces.push(Piece { row: titles, column: from, rows: 1, columns: to - from, text, what, title: true });
        }
    }

    fn repeat_titles(&self, paper: &mut Paper<'_>) {
        if self.titles != Titles::Again {
            return;
        }
        let tables: Vec<u8> = paper.lists().into_keys().collect();
        for table in tables {
            let Some(list) = paper.lists().remove(&table) else { continue };
            let Some(titles) = paper.titles_of(&list) else { continue };
            // Where no merged cell but the side reaches over.
            let crossed = |row: u32| {
                paper.pieces.iter().any(|piece| piece.row < row && piece.row + piece.rows > row && piece.what != What::Label)
            };
            let Some(at) = list.iter().skip(1).copied().find(|row| !crossed(*row)) else { continue };
            paper.make_row(at);
            let sides: Vec<(u32, u32)> = paper
                .pieces
                .iter()
                .filter(|piece| piece.row < at && piece.row + piece.rows > at)
                .map(|piece| (piece.column, piece.end()))
                .collect();
            let again: Vec<Piece> = paper
                .pieces
                .iter()
                .filter(|piece| {
                    piece.row == titles
                        && piece.title
                        && sides.iter().all(|(from, to)| piece.column < *from || piece.column >= *to)
                })
                .map(|piece| Piece { row: at, ..piece.clone() })
                .collect();
            paper.pieces.extend(again);
        }
    }

    fn count_titles(&self, paper: &mut Paper<'_>) {
        if self.titles != Titles::Counted {
            return;
        }
        let tables: Vec<u8> = paper.lists().into_keys().collect();
        for table in tables {
            let Some(titles) = paper.lists().remove(&table).and_then(|list| paper.titles_of(&list)) else { continue };
            let mut over: Vec<Piece> = paper.pieces.iter().filter(|piece| piece.row == titles && piece.title).cloned().collect();
            over.sort_by_key(|piece| piece.column);
            let words = over.iter().filter(|piece| piece.text.is_empty()).count();
            if over.len() < words + 3 {
                continue;
            }
            paper.make_row(titles + 1);
            let mut number = 0;
            for piece in over {
                let text = if piece.text.is_empty() {
                    "栏次".to_owned()
                } else {
                    number += 1;
                    number.to_string()
                };
                paper.pieces.push(Piece { row: titles + 1, text, what: What::Label, title: false, ..piece });
            }
        }
    }

    /// A column 序号 at the left of each list of indicators.
    fn number(&self, paper: &mut Paper<'_>) {
        if !self.numbered {
            return;
        }
        let Some((table, _)) = paper.form.indicators() else { return };
        if paper.form.table(table).is_some_and(|def| def.column_index("number").is_some()) {
            return;
        }
        let Some(list) = paper.lists().remove(&table) else { return };
        let Some(titles) = paper.titles_of(&list) else { return };
        let Some(at) = paper.pieces.iter().filter(|piece| piece.row == titles && piece.title).map(|piece| piece.column).min()
        else {
            return;
        };
        let rows: BTreeSet<u32> = list.iter().copied().chain([titles]).collect();
        for piece in &mut paper.pieces {
            if piece.column > at || piece.column == at && rows.contains(&piece.row) {
                piece.column += 1;
            } else if piece.end() > at && piece.column <= at {
                piece.columns += 1;
            }
        }
        paper.width += 1;
        let one =
            |row: u32, text: String, title: bool| Piece { row, column: at, rows: 1, columns: 1, text, what: What::Label, title };
        paper.pieces.push(one(titles, "序号".to_owned(), true));
        for (number, row) in (1..).zip(list) {
            // Levels that reach over several rows stand to the right of it.
            paper.pieces.push(one(row, format!("{number}"), false));
        }
    }

    /// Label and value in one cell, where they stand alone in their line.
    fn join_pairs(&self, paper: &mut Paper<'_>) {
        if !self.pairs {
            return;
        }
        let texts = |cell: CellId, paper: &Paper<'_>| {
            let CellId::Fixed(at) = cell else { return false };
            paper.form.cell(at).is_some_and(|cell| matches!(cell.kind, CellKind::Text | CellKind::Date | CellKind::Year))
        };
        let mut gone = Vec::new();
        for at in 0..paper.pieces.len() {
            let value = paper.pieces[at].clone();
            if !value.field().is_some_and(|cell| texts(cell, paper)) {
                continue;
            }
            let left = |piece: &Piece| {
                piece.row == value.row && piece.end() == value.column && piece.what == What::Label && piece.rows == 1
            };
            let Some(label) = paper.pieces.iter().position(left) else { continue };
            let (text, column) = (paper.pieces[label].text.replace(['\n', ' '], ""), paper.pieces[label].column);
            let text = text.trim_end_matches([':', '：']).to_owned();
            // Where the form puts points or sums in the line too, the label is the name of a row.
            let alone = |piece: &Piece| piece.field().is_none_or(|cell| texts(cell, paper));
            if text.is_empty() || !paper.pieces.iter().filter(|piece| piece.row == value.row).all(alone) {
                continue;
            }
            let piece = &mut paper.pieces[at];
            piece.columns += piece.column - column;
            (piece.column, piece.text) = (column, format!("{text}：{}", value.text));
            gone.push((value.row, column, label));
        }
        let mut at = 0;
        paper.pieces.retain(|_| {
            at += 1;
            gone.iter().all(|(_, _, label)| *label != at - 1)
        });
    }

    fn leave_blank(&self, paper: &mut Paper<'_>) {
        if !self.blanks {
            return;
        }
        let tables: Vec<u8> = paper.lists().into_keys().collect();
        for table in tables {
            let rows: Vec<u32> = paper.lists().remove(&table).into_iter().flatten().collect();
            for row in rows.into_iter().skip(1).step_by(3).rev() {
                paper.make_row(row);
            }
        }
    }

    fn cut(&self, paper: &mut Paper<'_>) {
        let lists = paper.lists();
        match self.cuts {
            Cuts::None => {}
            Cuts::Parts | Cuts::Sheets => {
                for list in lists.values() {
                    let titles = paper.titles_of(list);
                    // The first of two rows of titles.
                    let grouped =
                        |row: &u32| paper.pieces.iter().any(|piece| piece.title && piece.row + 1 == *row && piece.rows > 1);
                    paper.cuts.extend(titles.map(|row| if grouped(&row) { row - 1 } else { row }));
                    paper.cuts.extend(list.last().map(|last| last + 1));
                }
                paper.sheets = self.cuts == Cuts::Sheets;
            }
            Cuts::Pages => {
                let longest = lists.values().max_by_key(|list| list.len());
                paper.cuts.extend(longest.and_then(|list| list.iter().nth(list.len() / 2)));
            }
        }
        let rows = paper.rows();
        let crossed: Vec<u32> = paper
            .cuts
            .iter()
            .copied()
            .filter(|cut| {
                *cut == 0 || *cut >= rows || paper.pieces.iter().any(|piece| piece.row < *cut && piece.row + piece.rows > *cut)
            })
            .collect();
        // What reaches over a cut ends there and is printed again.
        for cut in crossed {
            let again: Vec<Piece> = paper
                .pieces
                .iter_mut()
                .filter(|piece| piece.row < cut && piece.row + piece.rows > cut)
                .map(|piece| {
                    let rest = Piece { row: cut, rows: piece.row + piece.rows - cut, what: again(&piece.what), ..piece.clone() };
                    piece.rows = cut - piece.row;
                    rest
                })
                .collect();
            paper.pieces.extend(again);
            if cut == 0 || cut >= rows {
                paper.cuts.remove(&cut);
            }
        }
    }

    /// Merged cells taken apart.
    fn split(&self, paper: &mut Paper<'_>) {
        if self.spans == Spans::Kept {
            return;
        }
        let mut pieces = Vec::new();
        for piece in paper.pieces.drain(..) {
            if self.spans == Spans::Down {
                let list = piece.list().is_some();
                for row in piece.row..piece.row + if list { piece.rows } else { 1 } {
                    let what = if row > piece.row { again(&piece.what) } else { piece.what.clone() };
                    pieces.push(Piece { row, rows: if list { 1 } else { piece.rows }, what, ..piece.clone() });
                }
                continue;
            }
            for row in piece.row..piece.row + piece.rows {
                for column in piece.column..piece.end() {
                    let first = row == piece.row && column == piece.column;
                    let text = if first || self.spans == Spans::Repeated { piece.text.clone() } else { String::new() };
                    let what = if first { piece.what.clone() } else { again(&piece.what) };
                    pieces.push(Piece { row, column, rows: 1, columns: 1, text, what, title: piece.title });
                }
            }
        }
        paper.pieces = pieces;
    }

    /// Notes, and the lines to sign.
    fn end(&self, paper: &mut Paper<'_>) {
        let width = paper.width;
        let merged = self.spans == Spans::Kept || self.spans == Spans::Down;
        if self.foot != Foot::Lines && !paper.below.is_empty() {
            let lines: Vec<(String, What)> = paper.below.drain(..).collect();
            let row = paper.rows();
            match self.foot {
                Foot::Lines => {}
                Foot::One => {
                    // One paragraph stands for several cells: it is right where it filled the first that is not blank.
                    let text = lines.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("　　");
                    let filled = |what: &&(String, What)| matches!(&what.1, What::Field(_, text) if !text.is_empty());
                    let what = lines.iter().rfind(filled).map_or(What::Label, |(_, what)| what.clone());
                    paper.below.push((text, what));
                }
                Foot::Row => {
                    let count = u32::try_from(lines.len()).unwrap().min(width);
                    for (at, (text, what)) in (0..count).zip(lines) {
                        let (from, to) = (at * width / count, (at + 1) * width / count);
                        let columns = if merged { to - from } else { 1 };
                        paper.pieces.push(Piece { row, column: from, rows: 1, columns, text, what, title: false });
                    }
                }
                Foot::Pairs => {
                    for (row, pair) in (row..).zip(lines.chunks(2)) {
                        for (half, (text, what)) in (0..).zip(pair) {
                            let (from, to) = (half * width / 2, (half + 1) * width / 2);
                            let (label, value) = text.split_once('：').unwrap_or((text, ""));
                            let columns = |columns: u32| if merged { columns } else { 1 };
                            let one = |column, columns, text: &str, what| Piece {
                                row,
                                column,
                                rows: 1,
                                columns,
                                text: text.to_owned(),
                                what,
                                title: false,
                            };
                            paper.pieces.push(one(from, 1, label, What::Label));
                            if to - from > 1 {
                                paper.pieces.push(one(from + 1, columns(to - from - 1), value, what.clone()));
                            }
                        }
                    }
                }
            }
        }
        if self.notes {
            paper.below.push(("注：1.其他资金包括和财政资金共同投入到同一项目的自有资金、社会资金。".to_owned(), What::Beside));
            paper.below.push(("2.定量指标，资金使用单位填写本地区实际完成数。".to_owned(), What::Beside));
        }
    }
}

/// What the same text means where it stands again.
fn again(what: &What) -> What {
    match what {
        What::Field(cell, _) | What::Copy(cell) => What::Copy(*cell),
        What::Label | What::Beside => what.clone(),
    }
}
