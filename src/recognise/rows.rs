//! Rows of lists: each text under the title of its column, merged cells for every row they reach over.

use super::around;
use super::key::{bare, key, points};
use super::lay::{Laid, Use};
use super::plan::{Header, Join, given};
use super::read::{Active, Draft, Entry, Mark, Reader, Title};
use super::source::Line;
use super::text::fits;
use super::values::SURE;
use crate::prelude::*;
use crate::template::{CellIndex, CellKind, ColumnDef, ColumnIndex, TableDef, TableIndex, TableRole};

impl<'r> Reader<'r, '_> {
    /// Whether a line is a row of the list in force, or the values below titles without a list.
    pub(super) fn row(&mut self, line: &'r Line) -> bool {
        let Some(active) = self.active.clone().filter(|active| active.open) else { return false };
        let plan = self.plan;
        let Some(header) = plan.headers.get(active.header) else { return false };
        match header.table.and_then(|table| Some((table, plan.form.table(table)?))) {
            Some((table, def)) if active.beside => self.row_beside(line, &active, header, table, def),
            Some((table, def)) => self.table_row(line, &active, header, table, def),
            None => self.plain_row(line, &active),
        }
    }

    /// Values straight below their titles: 预期目标, 实际完成情况.
    fn plain_row(&mut self, line: &'r Line, active: &Active) -> bool {
        let mut placed: Vec<(usize, CellIndex)> = Vec::new();
        let mut sides = Vec::new();
        for at in &line.starts {
            let Some(cell) = self.cell(*at) else { continue };
            let slot = self.matrix_slot(cell, &[]);
            if self.plan.is_side(&cell.key) {
                sides.push(*at);
                continue;
            }
            // What lies under two titles belongs to neither.
            if active.titles.iter().filter(|title| cell.share(title.from, title.to) >= 60).count() > 1 {
                return false;
            }
            // One text under each title, and no other: anything else is a row of something whose titles were not seen.
            let Some(slot) = slot.filter(|slot| placed.iter().all(|(_, known)| known != slot)) else { return false };
            let under = |title: &&Title| cell.share(title.from, title.to) >= 60;
            if self.fixed.contains_key(&slot) && !active.titles.iter().any(|title| under(&title)) {
                return false;
            }
            placed.push((*at, slot));
        }
        sides.into_iter().for_each(|at| self.side(at));
        let mut any = false;
        for (at, slot) in placed {
            if let Some(cell) = self.cell(at) {
                let kind = self.plan.form.cell(slot).map_or(CellKind::Text, |cell| cell.kind);
                any |= fits(kind, &cell.text) && self.set(slot, at, &cell.text);
            }
        }
        any
    }

    fn table_row(&mut self, line: &'r Line, active: &Active, header: &Header, table: TableIndex, def: &TableDef) -> bool {
        let laid = self.lay(line, active, header, def);
        let role = def.role;
        let first = laid.columns.keys().next().copied();
        let text_at = |column: Option<ColumnIndex>, reader: &Self| {
            let cells = column.and_then(|column| laid.columns.get(&column));
            cells.into_iter().flatten().filter_map(|at| reader.cell(*at)).map(|cell| cell.text.as_ref()).collect::<String>()
        };
        let leading = key(&text_at(first, self));
        // 小计 in a list of points sums up what stands above it, and the list goes on.
        let subtotal = role == TableRole::Indicators
            && !def.fixed
            && [def.at.level1, def.at.level2, def.at.indicator]
                .into_iter()
                .any(|column| is_subtotal(&key(&text_at(column, self))));
        let foreign = !subtotal && self.words.foreign.iter().any(|word| bare(&leading) == word.as_str());
        if self.is_dots(&laid, line) {
            line.starts.iter().for_each(|at| self.mark(*at, Mark::Label));
            self.template_rows = self.template_rows.saturating_add(1);
            return true;
        }
        // Titles below the same titles, as where a title over two rows is printed in both.
        let again: Vec<usize> = line.starts.iter().copied().filter(|at| self.is_own_title(*at)).collect();
        if again.len() >= 2 && again.len() * 2 >= line.starts.len() {
            again.into_iter().for_each(|at| self.mark(at, Mark::Label));
            return true;
        }
        if laid.wide || laid.columns.is_empty() || foreign || around::is_sign(self.words, &leading) {
            self.close_at(line, &leading, foreign);
            return false;
        }
        laid.sides.iter().for_each(|at| self.side(*at));
        // A row that only counts sums up what the list holds already.
        let named = [def.at.level1, def.at.level2, def.at.indicator].into_iter().any(|column| {
            let name = key(&text_at(column, self));
            role == TableRole::Indicators && (!subtotal && is_subtotal(&name) || self.plan.is_total(&name))
        });
        if named {
            if self.plan.is_total(&leading) {
                self.close();
            }
            return false;
        }
        let filled: Vec<ColumnIndex> = laid.columns.keys().copied().collect();
        let is_merged = |column: &ColumnIndex| def.column(*column).is_some_and(|column| column.merge);
        let own: Vec<ColumnIndex> = filled.iter().copied().filter(|column| !is_merged(column)).collect();
        let blank = match role {
            TableRole::Indicators if subtotal => false,
            TableRole::Indicators => self.is_template_row(&laid, def, &own),
            _ => own.is_empty() && self.says_above(&laid, table),
        };
        if blank {
            self.template_rows = self.template_rows.saturating_add(1);
            for at in &line.starts {
                self.mark(*at, Mark::Label);
            }
            return true;
        }
        if role == TableRole::Funds && !self.is_funds_row(&laid, def, &own) {
            return false;
        }
        if !subtotal && !self.is_named(&laid, line, active, header, def) {
            // Numbers without a name are a sum whose word was not seen.
            self.close();
            return false;
        }
        if def.fixed {
            return self.fixed_row(&laid, table, def);
        }
        let position = self.tables.get(usize::from(table)).map_or(0, Vec::len);
        let mut draft = Draft::default();
        for (column, cells) in &laid.columns {
            if let Some(column_def) = def.column(*column) {
                self.fill(&mut draft, *column, column_def, cells, (table, position));
            }
        }
        for (column, at) in &laid.also {
            if let Some(cell) = self.cell(*at) {
                let text = super::text::tidy(CellKind::Text, &cell.text);
                draft.cells.entry(*column).or_insert(Entry { text, from: *at });
            }
        }
        self.join(&mut draft, &laid.joins, (table, position));
        self.year_above(&mut draft, active, header, def, (table, position));
        self.take_branches(&mut draft, (table, position));
        self.fill_down(&mut draft, line, active, header, def, table);
        for (column, entry) in &draft.cells {
            self.given.extend(given(*column, &entry.text).filter(|given| self.plan.given.contains(given)));
        }
        if draft.cells.is_empty() {
            return false;
        }
        for (cell, columns) in laid.doubts {
            if let Some(text) = self.cell(cell).map(|cell| cell.text.as_ref().to_owned()) {
                let options =
                    columns.into_iter().map(|column| vec![(Mark::Row(table, position, column), text.clone())]).collect();
                self.doubts.push(super::read::Doubt { cell, options });
            }
        }
        if let Some(rows) = self.tables.get_mut(usize::from(table)) {
            rows.push(draft);
        }
        true
    }

    /// Whether a cell says what the title over it says.
    pub(super) fn is_own_title(&self, at: usize) -> bool {
        let Some(cell) = self.cell(at) else { return false };
        let title = self.title_over(cell);
        title.is_some() && self.hits(cell).iter().any(|hit| hit.strength >= SURE && Some(hit.label) == title)
    }

    /// A row whose name is printed anew before each value: 其中：财政拨款 / 480000 / 其中：财政拨款 / 480000.
    fn row_beside(&mut self, line: &Line, active: &Active, header: &Header, table: TableIndex, def: &TableDef) -> bool {
        let Some(name_column) = def.at.name else { return false };
        let mut name: Option<(String, usize)> = None;
        let mut labels = Vec::new();
        let mut values: Vec<(ColumnIndex, usize)> = Vec::new();
        for at in &line.starts {
            let Some(cell) = self.cell(*at) else { continue };
            let title = active.titles.iter().find(|title| cell.from >= title.from && cell.from < title.to);
            let column = title.map(|title| self.use_of(header, title.label));
            let kind = |column: ColumnIndex| def.column(column).map_or(CellKind::Text, |column| column.kind);
            match column {
                None if self.plan.is_side(&cell.key) => labels.push(*at),
                Some(Use::Column(column)) if fits(kind(column), &cell.text) && name.is_some() => values.push((column, *at)),
                Some(Use::Column(_)) => match &name {
                    None => name = Some((super::text::tidy(CellKind::Text, &cell.text), *at)),
                    Some((known, _)) if key(known) == cell.key => labels.push(*at),
                    Some(_) => return false,
                },
                Some(Use::Join(_) | Use::Nothing) | None => return false,
            }
        }
        let Some((text, from)) = name else { return false };
        let known = self.words.funds.iter().any(|word| text.contains(word.as_str()));
        let position = self.tables.get(usize::from(table)).map_or(0, Vec::len);
        let twice = values.iter().enumerate().any(|(at, (column, _))| values.iter().take(at).any(|(other, _)| other == column));
        if twice || (values.is_empty() && !known) {
            return false;
        }
        let mut draft = Draft::default();
        draft.cells.insert(name_column, Entry { text, from });
        self.mark(from, Mark::Row(table, position, name_column));
        for (column, at) in values {
            if let Some(column_def) = def.column(column) {
                self.fill(&mut draft, column, column_def, &[at], (table, position));
            }
        }
        labels.into_iter().for_each(|at| self.mark(at, Mark::Label));
        if let Some(rows) = self.tables.get_mut(usize::from(table)) {
            rows.push(draft);
        }
        true
    }

    /// A row of a list whose rows the form gives.
    fn fixed_row(&mut self, laid: &Laid, table: TableIndex, def: &TableDef) -> bool {
        let name = def.at.indicator.or(def.at.name);
        let cells = name.and_then(|name| laid.columns.get(&name)).map(Vec::as_slice).unwrap_or_default();
        let text: String = cells.iter().filter_map(|at| self.cell(*at)).map(|cell| cell.text.as_ref()).collect();
        let wanted = key(&text);
        let used: Vec<usize> =
            self.tables.get(usize::from(table)).into_iter().flatten().filter_map(|draft| draft.fixed).collect();
        let own = |row: &Vec<String>| name.and_then(|name| row.get(usize::from(name))).map(|text| key(text)).unwrap_or_default();
        let same = |(at, row): &(usize, &Vec<String>)| {
            let given = own(row);
            !used.contains(at) && !given.is_empty() && (given == wanted || bare(&given) == bare(&wanted))
        };
        let Some((at, row)) = def.skeleton.iter().enumerate().find(same) else { return false };
        let position = used.len();
        let mut draft = Draft { fixed: Some(at), ..Draft::default() };
        let names = (0..).zip(row).filter_map(|(column, text)| given(column, text));
        self.given.extend(names.filter(|given| self.plan.given.contains(given)));
        for (column, cells) in &laid.columns {
            let Some(column_def) = def.column(*column) else { continue };
            if !column_def.locked {
                self.fill(&mut draft, *column, column_def, cells, (table, position));
                continue;
            }
            let form_text = row.get(usize::from(*column)).map(String::as_str).unwrap_or_default();
            let form_key = key(form_text);
            for cell in cells {
                let Some(printed) = self.cell(*cell) else { continue };
                let same =
                    printed.key == form_key || bare(&printed.key) == bare(&form_key) || read_alike(&printed.text, form_text);
                if same {
                    self.mark(*cell, Mark::Label);
                } else {
                    let place = printed.place;
                    self.fill(&mut draft, *column, column_def, &[*cell], (table, position));
                    self.notices.push(super::FoundNotice::OtherTexts { place, form: form_text.to_owned() });
                }
            }
        }
        if let Some(rows) = self.tables.get_mut(usize::from(table)) {
            rows.push(draft);
        }
        true
    }

    /// Puts the texts under one title into a row: one, or a sign, a number and its unit, or a name in parts.
    fn fill(&mut self, draft: &mut Draft, column: ColumnIndex, def: &ColumnDef, cells: &[usize], at: (TableIndex, usize)) {
        let mut texts: Vec<(usize, String)> = Vec::new();
        for cell in cells {
            if let Some(known) = self.cell(*cell) {
                texts.push((*cell, super::text::tidy(def.kind, &known.text)));
            }
        }
        // Said twice under one title, it is the same.
        if texts.len() > 1 && texts.iter().all(|(_, text)| texts.first().is_some_and(|(_, first)| first == text)) {
            texts.drain(1..).for_each(|(cell, _)| self.mark(cell, Mark::Row(at.0, at.1, column)));
        }
        let whole: String = texts.iter().map(|(_, text)| text.as_str()).collect();
        let one = texts.len() == 1;
        let pieces = !one
            && (def.kind == CellKind::Value && is_pieces(&texts)
                || def.kind == CellKind::Text && is_name_in_parts(&texts, !def.merge));
        if let Some((first, _)) = texts.first()
            && fits(def.kind, &whole)
            && (one || pieces)
        {
            draft.cells.insert(column, Entry { text: whole, from: *first });
            for (cell, _) in &texts {
                self.mark(*cell, Mark::Row(at.0, at.1, column));
            }
        }
    }

    /// Columns that the form has not, taken up by the column beside them.
    fn join(&mut self, draft: &mut Draft, joins: &[(Join, usize)], at: (TableIndex, usize)) {
        for (join, cell) in joins {
            let Some(text) = self.cell(*cell).map(|cell| super::text::tidy(CellKind::Value, &cell.text)) else { continue };
            let (column, front) = match join {
                Join::Sign(column) => (*column, true),
                Join::Unit(column) => (*column, false),
                Join::Number(column) => (*column, true),
                Join::Counter => {
                    self.mark(*cell, Mark::Label);
                    continue;
                }
                Join::Points(level) => {
                    if let Some(entry) = draft.cells.get_mut(level).filter(|_| fits(CellKind::Points, &text)) {
                        if super::key::points(&entry.text).is_none() && !entry.text.ends_with(['）', ')']) {
                            entry.text = format!("{}（{text}）", entry.text);
                        }
                        self.mark(*cell, Mark::Row(at.0, at.1, *level));
                        if !self.notices.contains(&super::FoundNotice::LevelPoints) {
                            self.notices.push(super::FoundNotice::LevelPoints);
                        }
                    }
                    continue;
                }
            };
            let gap = if matches!(join, Join::Number(_)) { " " } else { "" };
            if let Some(entry) = draft.cells.get_mut(&column) {
                // 定性 and 文字描述 say how to read the value; they are not part of it.
                let says = matches!(text.as_str(), "定性" | "定量" | "文字描述" | "文字" | "无" | "/" | "-" | "—");
                let within = !front && entry.text.ends_with(text.as_str()) || front && entry.text.starts_with(text.as_str());
                if !says && !within {
                    entry.text = if front { format!("{text}{gap}{}", entry.text) } else { format!("{}{gap}{text}", entry.text) };
                }
                self.mark(*cell, Mark::Row(at.0, at.1, column));
            } else if matches!(join, Join::Number(_)) {
                draft.cells.insert(column, Entry { text, from: *cell });
                self.mark(*cell, Mark::Row(at.0, at.1, column));
            }
        }
    }

    /// A list without a column for the year takes it from the line above: 2021年预算及支出情况.
    fn year_above(&mut self, draft: &mut Draft, active: &Active, header: &Header, def: &TableDef, at: (TableIndex, usize)) {
        let Some(column) = def.at.year.filter(|year| def.column(*year).is_some_and(|column| column.merge)) else { return };
        let label = header.columns.iter().find(|(known, _)| *known == column).and_then(|(_, label)| *label);
        let printed = active.titles.iter().any(|title| title.label.is_some() && title.label == label);
        if let Some((text, from)) = self.list_year.clone().filter(|_| !printed) {
            if self.mark_of(from) == Mark::Open {
                self.mark(from, Mark::Row(at.0, at.1, column));
            }
            draft.cells.insert(column, Entry { text, from });
        }
    }

    /// Merged cells stand for every row they reach over; where nothing is merged, a blank name means the one above.
    fn fill_down(&self, draft: &mut Draft, line: &Line, active: &Active, header: &Header, def: &TableDef, table: TableIndex) {
        let rows = self.tables.get(usize::from(table)).map_or(&[][..], Vec::as_slice);
        // 小计 is the name of one row only.
        let summed = |draft: &&Draft| draft.cells.values().any(|entry| is_subtotal(&key(&entry.text)));
        let above = rows.iter().rfind(|draft| !summed(draft));
        // A name of a higher level begins a new branch: nothing comes down from above any more.
        let mut begun = false;
        for (column, label) in &header.columns {
            if !def.column(*column).is_some_and(|column| column.merge) {
                continue;
            }
            if let Some(entry) = draft.cells.get(column) {
                let same = above.and_then(|above| above.cells.get(column)).is_some_and(|above| above.text == entry.text);
                begun |= !same || self.cell(entry.from).is_some_and(|cell| line.starts.contains(&entry.from) && cell.rows > 1);
                continue;
            }
            let title = active.titles.iter().find(|title| title.label == *label && label.is_some());
            let covers = |at: &&usize| {
                let over = title.zip(self.cell(**at)).map_or(0, |(title, cell)| cell.overlap(title.from, title.to));
                over > 0
            };
            let cover = line.covers.iter().find(covers).and_then(|at| Some((*at, self.cell(*at)?)));
            let from_above = above.and_then(|above| above.cells.get(column)).filter(|_| !begun);
            let entry = match (cover, from_above) {
                (Some((_, _)), Some(above)) => Some(above.clone()),
                (Some((at, cell)), None) if !self.plan.is_side(&cell.key) => {
                    Some(Entry { text: super::text::tidy(CellKind::Text, &cell.text), from: at })
                }
                (_, above) => above.cloned(),
            };
            if let Some(entry) = entry {
                draft.cells.insert(*column, entry);
            }
        }
    }
}

fn is_subtotal(name: &str) -> bool {
    bare(name) == "小计"
}

/// 其中 / 财政拨款, 1 / 工程款: a name may stand in several cells, but a number behind it is none of its parts.
fn is_name_in_parts(texts: &[(usize, String)], numbered: bool) -> bool {
    let number = |text: &str| {
        text.split(['.', '、', '(', ')', '（', '）'])
            .all(|part| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let whole: usize = texts.iter().map(|(_, text)| text.chars().count()).sum();
    let part = |(at, (_, text)): (usize, &(usize, String))| {
        text.contains(char::is_alphabetic) && fits_no_number(text) || at == 0 && numbered && number(text)
    };
    whole <= 60 && texts.iter().enumerate().all(part)
}

/// Whether a text is no quantity: 5万元 has letters too.
fn fits_no_number(text: &str) -> bool {
    !fits(CellKind::Points, text) && !fits(CellKind::Amount, text)
}

/// ≥ / 95 / %: pieces of one value under one title.
fn is_pieces(texts: &[(usize, String)]) -> bool {
    let sign = |text: &str| text.chars().all(|char| "≥≤＝=<>＞＜≧≦﹦═".contains(char));
    let unit = |text: &str| !text.contains(|char: char| char.is_ascii_digit()) && text.chars().count() <= 6;
    match texts {
        [(_, a), (_, b)] => sign(a) || (unit(b) && a.ends_with(|char: char| char.is_ascii_digit())),
        [(_, a), (_, b), (_, c)] => sign(a) && b.ends_with(|char: char| char.is_ascii_digit()) && unit(c),
        _ => false,
    }
}

/// 5 and 5分 and （5分）.
fn read_alike(printed: &str, form: &str) -> bool {
    let number =
        |text: &str| points(text).or_else(|| text.trim().trim_end_matches('分').parse::<u32>().ok().map(|n| n.to_string()));
    number(printed).is_some() && number(printed) == number(form)
}
