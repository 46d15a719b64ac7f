//! Which text of a line stands in which column of a list, and whether the line is a row of it at all.

use super::around;
use super::key::{is_filler, key};
use super::plan::{Header, Join, given};
use super::read::{Active, Mark, Reader};
use super::source::{Cell, Line};
use super::text::fits;
use crate::prelude::*;
use crate::template::{CellKind, ColumnIndex, TableDef, TableIndex, TableRole};

/// What a title is to the table below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Column(ColumnIndex),
    Join(Join),
    /// A title that the form has no column for.
    Nothing,
}

/// Where the cells of a line go, before it is known whether the line is a row.
#[derive(Default)]
pub(super) struct Laid {
    pub columns: SortedMap<ColumnIndex, Vec<usize>>,
    pub joins: Vec<(Join, usize)>,
    pub sides: Vec<usize>,
    /// Merged cells that cover several columns of levels.
    pub also: Vec<(ColumnIndex, usize)>,
    /// A text lies over columns that it can't all belong to.
    pub wide: bool,
    /// Texts that cover two columns and may belong to either.
    pub doubts: Vec<(usize, Vec<ColumnIndex>)>,
    pub strays: usize,
}

/// A 评分标准 has so many characters at the least; a grade has fewer.
const SHORTEST_STANDARD: usize = 5;

impl Reader<'_, '_> {
    /// What a title in force is to the table.
    pub(super) fn use_of(&self, header: &Header, label: Option<super::plan::LabelId>) -> Use {
        let Some(label) = label else { return Use::Nothing };
        let column = header.columns.iter().find(|(_, known)| *known == Some(label)).map(|(column, _)| Use::Column(*column));
        let join = || header.joined.iter().find(|(known, _)| *known == label).map(|(_, join)| Use::Join(*join));
        column.or_else(join).unwrap_or(Use::Nothing)
    }

    pub(super) fn lay(&self, line: &Line, active: &Active, header: &Header, def: &TableDef) -> Laid {
        let mut laid = Laid::default();
        let begin = active.titles.iter().filter(|title| title.label.is_some()).map(|title| title.from).min().unwrap_or(0);
        // A first column without a title holds the names: 其中：当年财政拨款.
        let nameless = header.columns.first().filter(|(_, label)| label.is_none()).map(|(column, _)| *column);
        for at in &line.starts {
            let Some(cell) = self.cell(*at) else { continue };
            let side = self.plan.is_side(&cell.key) && (cell.rows > 1 || cell.from < begin);
            if cell.to <= begin {
                match nameless {
                    _ if side => laid.sides.push(*at),
                    Some(column) => laid.columns.entry(column).or_default().push(*at),
                    None => laid.strays += 1,
                }
                continue;
            }
            let over: Vec<(u32, Use)> = active
                .titles
                .iter()
                .filter(|title| cell.overlap(title.from, title.to) > 0)
                .map(|title| (cell.share(title.from, title.to), self.use_of(header, title.label)))
                .collect();
            self.lay_cell(*at, cell, &over, def, &mut laid);
        }
        laid
    }

    fn lay_cell(&self, at: usize, cell: &Cell<'_>, over: &[(u32, Use)], def: &TableDef, laid: &mut Laid) {
        let full: Vec<Use> = over.iter().filter(|(share, _)| *share >= 60).map(|(_, used)| *used).collect();
        let best = over.iter().max_by_key(|(share, _)| *share).map(|(_, used)| *used);
        match full.as_slice() {
            [] | [_] => match full.first().copied().or(best) {
                Some(Use::Column(column)) => laid.columns.entry(column).or_default().push(at),
                Some(Use::Join(join)) => laid.joins.push((join, at)),
                Some(Use::Nothing) | None => laid.strays += 1,
            },
            [first, rest @ ..] => {
                // A name of a level may reach over the levels below it; anything else belongs to one column only.
                let level = |used: &Use| match used {
                    Use::Column(column) => {
                        let at = &def.at;
                        [at.level1, at.level2, at.indicator, at.name].contains(&Some(*column))
                    }
                    Use::Join(_) | Use::Nothing => false,
                };
                match first {
                    Use::Column(column) if full.iter().all(level) => {
                        laid.columns.entry(*column).or_default().push(at);
                        laid.also.extend(rest.iter().filter_map(|used| match used {
                            Use::Column(column) => Some((*column, at)),
                            Use::Join(_) | Use::Nothing => None,
                        }));
                    }
                    _ if full.len() >= 3 || cell.text.chars().count() > 12 => laid.wide = true,
                    _ => {
                        let columns = full.iter().filter_map(|used| match used {
                            Use::Column(column) => Some(*column),
                            Use::Join(_) | Use::Nothing => None,
                        });
                        laid.doubts.push((at, columns.collect()));
                        laid.strays += 1;
                    }
                }
            }
        }
    }

    /// A line that is no row may end the list.
    pub(super) fn close_at(&mut self, line: &Line, leading: &str, foreign: bool) {
        let long = line.starts.iter().filter_map(|at| self.cell(*at)).any(|cell| around::is_prose(&cell.text));
        if foreign || long || around::is_sign(self.words, leading) {
            self.close();
        }
        if around::is_sign(self.words, leading) {
            for at in &line.starts {
                if let Some(cell) = self.cell(*at)
                    && around::is_sign(self.words, &cell.key)
                    && !self.inline(*at, cell)
                {
                    self.mark(*at, Mark::Note);
                }
            }
        }
    }

    /// A row of dots, or of nothing but its number.
    pub(super) fn is_dots(&self, laid: &Laid, line: &Line) -> bool {
        let mut cells = line.starts.iter().filter_map(|at| self.cell(*at));
        let dots = cells.clone().all(|cell| is_filler(&cell.text) && !cell.key.contains("指标"));
        let number = |cell: &Cell<'_>| cell.text.chars().all(|char| char.is_ascii_digit());
        let counters = laid.columns.is_empty() && laid.strays == 0 && laid.joins.iter().all(|(join, _)| *join == Join::Counter);
        dots || (counters && !laid.joins.is_empty() && cells.all(number))
    }

    /// 指标2：, …… and nothing else.
    pub(super) fn is_template_row(&self, laid: &Laid, def: &TableDef, own: &[ColumnIndex]) -> bool {
        let filler = |column: &ColumnIndex| {
            let cells = laid.columns.get(column).map(Vec::as_slice).unwrap_or_default();
            cells.iter().filter_map(|at| self.cell(*at)).all(|cell| is_filler(&cell.text))
        };
        let names = def.at.indicator;
        match own {
            [only] => Some(*only) == names && filler(only),
            [] => laid.columns.keys().all(filler) && !laid.columns.is_empty(),
            _ => own.iter().all(filler),
        }
    }

    /// Whether a row only says again what merged cells of the row above hold: it was left blank.
    pub(super) fn says_above(&self, laid: &Laid, table: TableIndex) -> bool {
        let Some(above) = self.tables.get(usize::from(table)).and_then(|rows| rows.last()) else { return false };
        let again = |(column, cells): (&ColumnIndex, &Vec<usize>)| {
            let known = above.cells.get(column).map(|entry| key(&entry.text));
            cells.iter().filter_map(|at| self.cell(*at)).all(|cell| Some(&cell.key) == known.as_ref())
        };
        !laid.columns.is_empty() && laid.columns.iter().all(again)
    }

    /// Whether a row says what it is about, in a cell of its own or one that reaches down to it.
    pub(super) fn is_named(&self, laid: &Laid, line: &Line, active: &Active, header: &Header, def: &TableDef) -> bool {
        let texts = |column: ColumnIndex| {
            let own = laid
                .columns
                .get(&column)
                .into_iter()
                .flatten()
                .chain(laid.also.iter().filter(move |(at, _)| *at == column).map(|(_, cell)| cell));
            own.filter_map(|at| self.cell(*at))
        };
        // A name has letters, or is a number of a list that waits for one: 1.1
        let number =
            |text: &str| text.split(['.', '、']).all(|part| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
        let lettered =
            |column: ColumnIndex| texts(column).any(|cell| cell.text.contains(char::is_alphabetic) || number(&cell.text));
        // A word that leads to a fixed cell is no content of a row.
        let strange = laid.columns.values().flatten().filter_map(|at| self.cell(*at)).any(|cell| {
            self.hits(cell).iter().any(|hit| hit.strength == 100 && self.plan.leads(hit.label) && !self.plan.is_given(hit.label))
        });
        if strange {
            return false;
        }
        if def.role != TableRole::Indicators {
            let numbered = laid.joins.iter().any(|(join, _)| matches!(join, Join::Number(_)));
            let first = header.columns.first().map(|(column, _)| *column);
            // 2 and nothing behind it waits to be filled in.
            let waits = |first: ColumnIndex| {
                laid.columns.len() == 1 && texts(first).next().is_some() && texts(first).all(|cell| number(&cell.text))
            };
            if first.is_some_and(waits) {
                return true;
            }
            return match def.at.name {
                Some(name) => lettered(name) || numbered,
                None => first.is_some_and(|first| texts(first).next().is_some()),
            };
        }
        let at = &def.at;
        let names = [at.indicator, at.target, at.actual];
        if names.into_iter().flatten().any(|column| texts(column).next().is_some()) {
            return true;
        }
        // 实行专账核算，得1分 says how a row without a name of its own is judged; the grade of a total stands there too.
        let says_how = |column: ColumnIndex| texts(column).any(|cell| cell.text.chars().count() >= SHORTEST_STANDARD);
        if at.standard.is_some_and(says_how) {
            return true;
        }
        let covered = |column: ColumnIndex| {
            let label = header.columns.iter().find(|(known, _)| *known == column).and_then(|(_, label)| *label);
            let title = active.titles.iter().find(|title| label.is_some() && title.label == label);
            title.is_some_and(|title| {
                line.covers.iter().filter_map(|at| self.cell(*at)).any(|cell| cell.overlap(title.from, title.to) > 0)
            })
        };
        if at.indicator.is_some_and(covered) {
            return true;
        }
        // A level with nothing behind it, 成本指标, must be one.
        let level = |cell: &Cell<'_>| self.words.levels.iter().any(|word| cell.key.contains(word.as_str()));
        let levels = [at.level1, at.level2].into_iter().flatten();
        let given = |column: ColumnIndex| {
            texts(column).any(|cell| given(column, &cell.text).is_some_and(|given| self.plan.given.contains(&given)))
        };
        levels.into_iter().any(|column| texts(column).any(level) || given(column))
    }

    /// A row of money names its source, or holds a number under a title.
    pub(super) fn is_funds_row(&self, laid: &Laid, def: &TableDef, own: &[ColumnIndex]) -> bool {
        let name = def.at.name;
        let cells = name.and_then(|name| laid.columns.get(&name)).map(Vec::as_slice).unwrap_or_default();
        let text: String = cells.iter().filter_map(|at| self.cell(*at)).map(|cell| cell.key.as_str()).collect();
        let known = self.words.funds.iter().any(|word| text.contains(word.as_str())) && text.chars().count() <= 30;
        let values = own.iter().filter(|column| Some(**column) != name).filter_map(|column| {
            let kind = def.column(*column).map_or(CellKind::Text, |column| column.kind);
            let cells = laid.columns.get(column).map(Vec::as_slice).unwrap_or_default();
            kind.is_numeric().then(|| (kind, cells.iter().filter_map(|at| self.cell(*at)).all(|cell| fits(kind, &cell.text))))
        });
        let values: Vec<(CellKind, bool)> = values.collect();
        let amount = values.iter().any(|(kind, _)| *kind == CellKind::Amount);
        let number = amount && values.iter().all(|(_, fits)| *fits) && laid.strays == 0 && !text.contains("指标");
        // 一般公共预算：1873.66万元 names an amount of its own, and so does a row with such a text.
        let names_amount =
            |key: &str| key.split_once(':').is_some_and(|(_, rest)| rest.contains(|char: char| char.is_ascii_digit()));
        let glued = own
            .iter()
            .filter(|column| Some(**column) == name || def.column(**column).is_some_and(|column| column.kind.is_numeric()))
            .filter_map(|column| laid.columns.get(column))
            .flatten()
            .any(|at| self.cell(*at).is_some_and(|cell| names_amount(&cell.key)));
        !text.is_empty() && !glued && (known || number)
    }
}
