//! What a form prints, turned round: from its words to its cells. Made from the layout of the form and the words beside it, so a new
//! form needs no code.

use super::key::{bare, key};
use super::vocabulary::Vocabulary;
pub(super) use super::vocabulary::{Hit, LabelId};
use crate::prelude::*;
use crate::template::{CellIndex, CellKind, ColumnIndex, Form, Labels, Line, LineCell, LineContent, Role, TableDef, TableIndex};

/// A line of column titles.
#[derive(Debug)]
pub(super) struct Header {
    /// With the columns of the layout that they stand over.
    pub labels: Vec<(LabelId, u16, u16)>,
    pub table: Option<TableIndex>,
    /// For each column of the table that is printed, its title; `None` for a column without one.
    pub columns: Vec<(ColumnIndex, Option<LabelId>)>,
    /// Titles of columns that the form has no cells for, and what happens to them.
    pub joined: Vec<(LabelId, Join)>,
}

impl Header {
    /// Every title that may stand in the line.
    pub fn titles(&self) -> SortedSet<LabelId> {
        self.labels.iter().map(|(label, _, _)| *label).chain(self.joined.iter().map(|(label, _)| *label)).into_set()
    }
}

/// A column that the form has no cells for, but another column takes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// 指标性质 before 指标值.
    Sign(ColumnIndex),
    /// 度量单位 behind 指标值.
    Unit(ColumnIndex),
    /// 序号 before the name of a nested row, which tells its place in the tree.
    Number(ColumnIndex),
    /// 序号 that only counts.
    Counter,
    /// 分值 right behind 一级指标: the points of the level, in a column of their own.
    Points(ColumnIndex),
}

/// A fixed cell and the words that lead to it.
#[derive(Debug)]
pub(super) struct Slot {
    pub cell: CellIndex,
    pub kind: CellKind,
    /// The word at its left, and how many cells stand between.
    pub left: Option<(LabelId, u8)>,
    /// The first word of its line.
    pub row: Option<LabelId>,
    /// The header in force, and the title above.
    pub header: Option<usize>,
    pub above: Option<LabelId>,
    /// It is found by row and title, not by the word at its left.
    pub matrix: bool,
    /// Points or their sum in the line that ends a table of points; found by the titles of that table.
    pub total: bool,
}

impl Slot {
    /// It has nothing but a title above it, 预期目标 over its text: others set the text beside the title.
    pub fn is_under(&self, title: LabelId) -> bool {
        self.above == Some(title) && self.left.is_none() && self.row.is_none()
    }
}

/// The cells of the line that ends a table of points.
#[derive(Debug, Default)]
pub(super) struct TotalLine {
    pub labels: SortedSet<LabelId>,
    pub weight: Option<CellIndex>,
    pub score: Option<CellIndex>,
    pub grade: Option<CellIndex>,
}

pub(super) struct Plan<'a> {
    pub form: &'a Rc<Form>,
    /// Every word once, by its key.
    pub labels: Vec<String>,
    vocabulary: Vocabulary,
    pub headers: Vec<Header>,
    pub slots: Vec<Slot>,
    pub total: TotalLine,
    /// Labels at the left of several lines, and headings.
    pub sides: SortedSet<String>,
    /// Headings, with and without their numbers.
    pub headings: SortedSet<String>,
    /// The sides of the block that holds 预算执行率分值.
    pub funds_sides: SortedSet<String>,
    /// Level and indicator names that the form itself gives.
    pub given: SortedSet<(ColumnIndex, String)>,
    pub titles: SortedSet<String>,
    /// What the form prints in cells that hold no words: （1）, 100%, ／.
    pub signs: SortedSet<String>,
    /// 总分 and what means the same in any form.
    pub totals: SortedSet<String>,
}

impl<'a> Plan<'a> {
    pub fn of(form: &'a Rc<Form>, words: &Labels) -> Plan<'a> {
        let mut plan = Plan {
            form,
            labels: Vec::new(),
            vocabulary: Vocabulary::default(),
            headers: Vec::new(),
            slots: Vec::new(),
            total: TotalLine::default(),
            sides: SortedSet::new(),
            headings: SortedSet::new(),
            funds_sides: SortedSet::new(),
            given: SortedSet::new(),
            titles: [key(&form.title), key(&form.name)].into_iter().into_set(),
            signs: SortedSet::new(),
            totals: SortedSet::new(),
        };
        for text in &words.sides {
            plan.side(text);
        }
        for group in words.groups.iter().filter(|group| group.is == "总分") {
            plan.totals.extend([&group.is].into_iter().chain(&group.also).map(|word| key(word)));
        }
        for (at, block) in form.blocks.iter().enumerate() {
            for text in block.heading.iter().chain(&block.side) {
                plan.side(text);
            }
            if let Some(text) = &block.heading {
                let heading = key(&text.replace("{unit}", ""));
                plan.headings.insert(bare(&heading).to_owned());
                plan.headings.insert(heading);
            }
            plan.block(at);
        }
        plan.heads();
        for table in &form.tables {
            for row in &table.skeleton {
                let names = (0..).zip(&table.columns).zip(row).filter(|((_, column), _)| !column.hidden);
                plan.given.extend(names.filter_map(|((column, _), text)| given(column, text)));
            }
        }
        plan.vocabulary = Vocabulary::of(&plan.labels, &plan.column_names(), words);
        plan
    }

    fn side(&mut self, text: &str) {
        let text = text.replace("{unit}", "");
        let key = key(&text);
        let bare = bare(&key).to_owned();
        self.sides.insert(key);
        self.sides.insert(bare);
        self.sides.remove("");
    }

    /// The id of a printed word; the same word has one id wherever it is printed.
    fn label(&mut self, text: &str) -> Option<LabelId> {
        let own = key(&text.replace("{unit}", ""));
        if !own.contains(|char: char| char.is_alphabetic()) {
            self.signs.insert(own);
            return None;
        }
        let at = match self.labels.iter().position(|known| *known == own) {
            Some(at) => at,
            None => {
                self.labels.push(own);
                self.labels.len() - 1
            }
        };
        LabelId::try_from(at).ok()
    }

    fn block(&mut self, at: usize) {
        let form = self.form;
        let Some(block) = form.blocks.get(at) else { return };
        let start = if block.side.is_some() { u16::from(block.side_span) } else { 0 };
        // The header over the lines that follow; a total has a block of its own below the list it belongs to.
        let mut header: Option<usize> = None;
        let above = self.headers.iter().rposition(|header| header.table.is_some());
        for line in &block.lines {
            match line {
                Line::Cells { cells, .. } => {
                    let has_cells = cells.iter().any(|cell| matches!(cell.content, LineContent::Cell(_)));
                    if has_cells {
                        self.line(at, cells, start, header, above);
                    } else {
                        let mut labels = Vec::new();
                        for (cell, from, to) in placed(cells, start) {
                            if let LineContent::Label(text) = &cell.content {
                                labels.extend(self.label(text).map(|label| (label, from, to)));
                            }
                        }
                        if labels.len() >= 2 {
                            header = Some(self.headers.len());
                            let (columns, joined) = (Vec::new(), Vec::new());
                            self.headers.push(Header { labels, table: None, columns, joined });
                        }
                    }
                }
                Line::Table(table) => self.table(*table, start, header),
            }
        }
    }

    fn line(&mut self, block: usize, cells: &[LineCell], start: u16, header: Option<usize>, total_header: Option<usize>) {
        let form = self.form;
        let role = |at: &CellIndex| form.cell(*at).and_then(|cell| cell.role);
        let is_total = cells.iter().any(|cell| match &cell.content {
            LineContent::Cell(at) => matches!(role(at), Some(Role::ScoreTotal | Role::WeightTotal)),
            LineContent::Label(_) => false,
        });
        // How often a cell follows a word: once in a line of a matrix, more often in a line of pairs.
        let mut pairs = 0_u32;
        let mut after_label = false;
        for (cell, _, _) in placed(cells, start) {
            match &cell.content {
                LineContent::Label(text) => after_label |= text.replace("{unit}", "").contains(char::is_alphabetic),
                LineContent::Cell(_) => {
                    pairs += u32::from(after_label);
                    after_label = false;
                }
            }
        }
        let total = is_total && (pairs < 2 || header.or(total_header).is_some());
        let header = header.or(if total { total_header } else { None });
        let mut left: Option<(LabelId, u8)> = None;
        let mut row = None;
        for (cell, from, to) in placed(cells, start) {
            match &cell.content {
                LineContent::Label(text) => {
                    if let Some(label) = self.label(text) {
                        left = Some((label, 0));
                        row = row.or(Some(label));
                    }
                }
                LineContent::Cell(at) => {
                    let Some(def) = form.cell(*at) else { continue };
                    let titles = header.and_then(|header| self.headers.get(header)).map_or(&[][..], |header| &header.labels);
                    let covered = titles.iter().filter(|(_, a, b)| *a < to && *b > from).count();
                    let above = if covered > 1 { None } else { overlapping(titles, from, to) };
                    let first = left.is_some_and(|(_, gap)| gap == 0);
                    let matrix = above.is_some() && !(first && pairs > 1);
                    if total {
                        match def.role {
                            Some(Role::WeightTotal) => self.total.weight = Some(*at),
                            Some(Role::ScoreTotal) => self.total.score = Some(*at),
                            Some(Role::Grade) => self.total.grade = Some(*at),
                            _ => {}
                        }
                        self.total.labels.extend(row);
                    }
                    if def.role == Some(Role::ExecutionWeight)
                        && let Some(side) = form.blocks.get(block).and_then(|block| block.side.as_ref())
                    {
                        self.funds_sides.insert(bare(&key(&side.replace("{unit}", ""))).to_owned());
                    }
                    let total = total && matches!(def.role, Some(Role::WeightTotal | Role::ScoreTotal));
                    self.slots.push(Slot { cell: *at, kind: def.kind, left, row, header, above, matrix, total });
                    left = left.map(|(label, gap)| (label, gap.saturating_add(1)));
                }
            }
        }
    }

    fn table(&mut self, table: TableIndex, start: u16, header: Option<usize>) {
        let form = self.form;
        let (Some(def), Some(at)) = (form.table(table), header) else { return };
        let mut columns = Vec::new();
        let mut from = start;
        for (column, column_def) in (0..).zip(&def.columns).filter(|(_, column)| !column.hidden) {
            let to = from.saturating_add(u16::from(column_def.span));
            let label = self.headers.get(at).and_then(|header| overlapping(&header.labels, from, to));
            columns.push((column, label));
            from = to;
        }
        let joined = self.joined(def);
        if let Some(header) = self.headers.get_mut(at) {
            (header.table, header.columns, header.joined) = (Some(table), columns, joined);
        }
    }

    fn joined(&mut self, def: &TableDef) -> Vec<(LabelId, Join)> {
        let mut joined = Vec::new();
        let at = &def.at;
        let mut add = |plan: &mut Self, text: &str, join| joined.extend(plan.label(text).map(|label| (label, join)));
        // A column that is only shown when used is not printed.
        let is_hidden = |at: Option<ColumnIndex>| at.and_then(|at| def.column(at)).is_none_or(|column| column.hidden);
        if let Some(target) = at.target {
            if is_hidden(at.sign) {
                add(self, "指标性质", Join::Sign(target));
            }
            if is_hidden(at.unit) {
                add(self, "度量单位", Join::Unit(target));
            }
        }
        for (level, text) in [(at.level1, "一级指标分值"), (at.level2, "二级指标分值")] {
            if let Some(level) = level.filter(|_| at.weight.is_some()) {
                add(self, text, Join::Points(level));
            }
        }
        if def.column_index("number").is_none() {
            match at.name.filter(|_| def.nested) {
                Some(name) => add(self, "序号", Join::Number(name)),
                None => add(self, "序号", Join::Counter),
            }
        }
        joined
    }

    /// Cells that some tables print beside a word of their own: those of the title, and the grade in the line of the total.
    fn heads(&mut self) {
        let form = self.form;
        let placed: SortedSet<CellIndex> =
            self.slots.iter().filter(|slot| self.total.grade != Some(slot.cell)).map(|slot| slot.cell).into_set();
        for (at, cell) in (0..).zip(form.table_cells()) {
            if !placed.contains(&at) {
                let label = self.label(&cell.label);
                let left = label.map(|label| (label, 0));
                let kind = cell.kind;
                let (header, above) = (None, None);
                self.slots.push(Slot { cell: at, kind, left, row: label, header, above, matrix: false, total: false });
            }
        }
    }

    /// Columns may be called otherwise in sentences than in their titles.
    fn column_names(&self) -> Vec<(LabelId, String)> {
        let mut names = Vec::new();
        for header in &self.headers {
            let Some(def) = header.table.and_then(|table| self.form.table(table)) else { continue };
            for (column, label) in &header.columns {
                if let (Some(label), Some(column)) = (label, def.column(*column)) {
                    names.push((*label, key(&column.label)));
                }
            }
        }
        names
    }

    /// The words that a key may be.
    pub fn hits(&self, key: &str) -> Vec<Hit> {
        self.vocabulary.hits(key)
    }

    /// Whether a text ends a list of points, whatever the form.
    pub fn is_total(&self, key: &str) -> bool {
        self.totals.contains(key) || self.totals.contains(bare(key))
    }

    /// Whether a word leads to a fixed cell, by its place at the left of it or at the head of its line.
    pub fn leads(&self, label: LabelId) -> bool {
        self.slots.iter().any(|slot| slot.row == Some(label) || slot.left.is_some_and(|(left, _)| left == label))
    }

    /// Whether a word is also the name of a row that the form gives.
    pub fn is_given(&self, label: LabelId) -> bool {
        let key = self.labels.get(usize::from(label)).map_or("", String::as_str);
        self.given.iter().any(|(_, name)| name == bare(key))
    }

    /// The title of a column of the table below a header.
    pub fn title_of(&self, header: usize, column: Option<ColumnIndex>) -> Option<LabelId> {
        let header = self.headers.get(header)?;
        header.columns.iter().find(|(known, _)| Some(*known) == column).and_then(|(_, label)| *label)
    }

    pub fn is_side(&self, key: &str) -> bool {
        self.sides.contains(key) || self.sides.contains(bare(key))
    }

    /// All keys that mean something to the form.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.vocabulary.words.keys().chain(&self.sides)
    }

    /// The keys of what a table begins with: 项目名称, 部门（单位）名称.
    pub fn starts(&self) -> impl Iterator<Item = &String> {
        let name = self.form.role(Role::ProjectName);
        let label = self.slots.iter().find(|slot| Some(slot.cell) == name).and_then(|slot| slot.left).map(|(label, _)| label);
        let strong =
            move |hits: &Vec<Hit>| hits.iter().any(|hit| Some(hit.label) == label && hit.strength > super::vocabulary::WEAK);
        self.vocabulary.words.iter().filter(move |(_, hits)| strong(hits)).map(|(key, _)| key)
    }
}

/// A name in its column, as forms give it.
pub(super) fn given(column: ColumnIndex, text: &str) -> Option<(ColumnIndex, String)> {
    let key = key(text);
    let name = bare(&key);
    name.contains(char::is_alphabetic).then(|| (column, name.to_owned()))
}

/// Cells of a line with the columns of the layout that they cover.
fn placed(cells: &[LineCell], start: u16) -> impl Iterator<Item = (&LineCell, u16, u16)> {
    let mut from = start;
    cells.iter().map(move |cell| {
        let to = from.saturating_add(u16::from(cell.span));
        let placed = (cell, from, to);
        from = to;
        placed
    })
}

/// The title that covers most of some columns.
fn overlapping(labels: &[(LabelId, u16, u16)], from: u16, to: u16) -> Option<LabelId> {
    let covered = |(_, a, b): &&(LabelId, u16, u16)| (*b).min(to).saturating_sub((*a).max(from));
    labels.iter().max_by_key(covered).filter(|label| covered(label) > 0).map(|(label, _, _)| *label)
}
