//! Formulas in their places: in the blank computed cells of the table, and on a sheet of their own beside what was typed.

use super::computed::{self, Computed};
use super::draw::{Drawing, Drawn};
use super::formula::{Node, Tree};
use super::grade;
use super::guards::Guards;
use super::look::{self, Looks};
use super::open::Open;
use super::places::{Held, Holds, Places};
use super::render::{Finish, Renderer};
use super::table::{Table, number_look};
use super::{Across, At, Content, Look, Sheets, Value, Worksheet, number};
use crate::engine::percent;
use crate::engine::{LevelSubtotal, Outcome, Values, computed_cell};
use crate::explain::one_line;
use crate::id::CellId;
use crate::layout;
use crate::number::{Exact, Rounding, RoundingMode};
use crate::paper::Given;
use crate::prelude::*;
use crate::template::CellKind;
use crate::wording::{self, workbook as words};
use rust_decimal::Decimal;

/// The first row of what was typed beside formulas, below title, explanation, heading and column titles.
const FIRST: u32 = 4;
/// Between two lists: a blank row, a heading and column titles.
const BETWEEN: u32 = 3;
/// Columns of the list: what was typed, what the formula gives.
const TYPED: u16 = 2;
const GIVEN: u16 = 3;

/// A document with the formulas of its computed cells.
pub(super) struct Formulas<'a> {
    given: Given<'a>,
    table: Table,
    all: Vec<Computed>,
    /// Those of `all` that stand on the sheet of formulas, by their positions.
    apart: Vec<usize>,
    levels: Vec<(&'a LevelSubtotal, Option<Tree>, Option<Tree>)>,
    /// Every cell that some formula reads.
    read: SortedMap<CellId, Outcome>,
    open: Option<Open>,
    values: &'a Values<'a>,
}

impl<'a> Formulas<'a> {
    pub(super) fn of(given: Given<'a>, values: &'a Values<'a>, mut table: Table) -> Formulas<'a> {
        let evaluation = given.evaluation;
        let open = Open::of(given.template, values, evaluation);
        let all = computed::all(values, evaluation, open.as_ref());
        let levels: Vec<_> = evaluation.score.iter().flat_map(|score| &score.levels).collect();
        let levels = levels.into_iter().map(|level| {
            let (weight, score) = computed::level(values, evaluation, level);
            (level, weight, score)
        });
        let levels: Vec<_> = levels.collect();
        let trees = all.iter().map(|computed| &computed.tree);
        let sums = levels.iter().flat_map(|(_, weight, score)| [weight, score]).flatten();
        // A total that stands in words is read for its grade.
        let graded = grade::graded(values).map(|cell| (cell, values.typed(cell)));
        let read: SortedMap<CellId, Outcome> = graded.into_iter().chain(trees.chain(sums).flat_map(Tree::cells)).into_map();
        let mut apart = Vec::new();
        for (at, computed) in all.iter().enumerate() {
            let blank = given.document.typed(computed.cell).is_blank();
            match table.held.get_mut(&computed.cell) {
                Some(held) if blank && computed.fills && held.holds != Holds::Text => held.holds = Holds::Formula,
                Some(_) if blank => {}
                Some(_) => apart.push(at),
                // What is not printed is told where others need it.
                None if !blank || read.contains_key(&computed.cell) => apart.push(at),
                None => {}
            }
        }
        Formulas { given, table, all, apart, levels, read, open, values }
    }

    /// The table and the sheet of formulas.
    pub(super) fn draw(self, looks: &mut Looks) -> Vec<Worksheet> {
        let (places, readings, grade_row) = self.places();
        let mut sheet = self.table.sheet.clone();
        for computed in &self.all {
            let held = self.table.held.get(&computed.cell);
            if held.is_some_and(|held| held.holds == Holds::Formula) && self.given.document.typed(computed.cell).is_blank() {
                let drawn = self.table.drawn.get(&computed.cell).and_then(|at| sheet.cells.get_mut(*at));
                if let (Some(cell), Some((content, look))) = (drawn, self.content(&places, computed, Sheets::Table)) {
                    cell.content = content;
                    cell.look = looks.number(look);
                }
            }
        }
        let percentages = self.open.iter().flat_map(|open| &open.cells).filter(|(_, percent)| **percent);
        for (cell, _) in percentages {
            if let Some(cell) = self.table.drawn.get(cell).and_then(|at| sheet.cells.get_mut(*at)) {
                cell.look = looks.number(number_look(CellKind::Value, "0.00%"));
            }
        }
        if let Some(graded) = grade::formula(self.values, &places, Sheets::Table).filter(|_| grade_row.is_none()) {
            let drawn = self.table.drawn.get(&graded.cell).and_then(|at| sheet.cells.get_mut(*at));
            if let Some(cell) = drawn {
                let now = match &cell.content {
                    Content::Text(text) => text.clone(),
                    Content::Blank | Content::Number(_) | Content::Formula { .. } => String::new(),
                };
                cell.content = Content::Formula { formula: graded.formula, value: Value::Text(now) };
            }
        }
        let own = self.sheet(&places, &readings, grade_row, looks);
        vec![sheet, own]
    }

    /// Where everything stands that formulas read, what of it is written down apart, and the row of a typed grade.
    fn places(&self) -> (Places<'_>, Vec<(CellId, Outcome)>, Option<u32>) {
        let at = |row: u32, column: u16| At { sheet: Sheets::Formulas, row, column };
        let cells = self.apart.iter().filter_map(|at| Some(self.all.get(*at)?.cell));
        let computed = (FIRST..).zip(cells).map(|(row, cell)| (cell, at(row, GIVEN))).into_map();
        let mut places = Places {
            values: self.values,
            evaluation: self.given.evaluation,
            held: &self.table.held,
            read: SortedMap::new(),
            computed,
        };
        let rows = u32::try_from(self.apart.len()).unwrap_or(u32::MAX);
        let typed_grade = grade::cell(self.values).filter(|cell| !self.given.document.typed(*cell).is_blank());
        let grade_row = typed_grade.map(|_| FIRST.saturating_add(rows));
        let end = FIRST.saturating_add(rows).saturating_add(u32::from(grade_row.is_some()));
        let first = end.saturating_add(BETWEEN);
        let apart = self.read.iter().filter(|(cell, outcome)| places.is_apart(**cell, outcome));
        let readings: Vec<(CellId, Outcome)> = apart.map(|(cell, outcome)| (*cell, outcome.clone())).collect();
        places.read = (first..).zip(&readings).map(|(row, (cell, _))| (*cell, at(row, GIVEN))).into_map();
        (places, readings, grade_row)
    }

    /// A formula as a cell has it; `None` where it can't be written.
    fn content(&self, places: &Places<'_>, computed: &Computed, from: Sheets) -> Option<(Content, Look)> {
        let is_read = self.read.contains_key(&computed.cell);
        // Only scores count as they are printed: others read everything else unrounded.
        let rounding = computed.rounding.filter(|_| !is_read || computed.kind == CellKind::Points);
        let is_sum = matches!(&computed.tree, Tree::Leaf(Node::Sum(_) | Node::Cell(..)));
        let rounding = rounding.filter(|_| computed.kind != CellKind::Amount || !is_sum);
        let worth = if computed.kind == CellKind::Percent { Exact::ONE } else { places.worth(computed.cell) };
        let finish = Finish { worth, rounding, waits: computed.waits };
        let places_of =
            |cells: &[CellId]| cells.iter().filter_map(|cell| places.at(*cell, &self.counted(*cell))).collect::<Vec<At>>();
        let any = Some(places_of(&computed.any)).filter(|any| !any.is_empty());
        let renderer = Renderer { places, from };
        let any = Guards { any: any.into_iter().collect(), ..Guards::default() };
        let needed = Guards { cells: places_of(&computed.needed), ..Guards::default() };
        let closing = self.closing(places, computed, &needed, &renderer);
        let guards = needed.with(&any);
        let mut formula = match &closing {
            Some(closing) => renderer.formula(&computed.tree, finish, &any, Some(closing))?,
            None => renderer.formula(&computed.tree, finish, &guards, None)?,
        };
        let mut value = self.value(computed, worth, rounding);
        if let Some(instead) = self.instead(computed, worth, rounding) {
            let held = places.recomputed();
            let read = places.read.iter().filter(|(cell, _)| !places.computed.contains_key(cell));
            let read = read.map(|(cell, at)| (*cell, *at)).into_map();
            let places = Places { held: &held, read, computed: places.computed.clone(), ..*places };
            let recomputed = Renderer { places: &places, from }.formula(&computed.tree, finish, &guards, None)?;
            formula = format!("IF({formula}=\"\",{recomputed},{formula})");
            value = Some(instead);
        }
        let number = value.map_or_else(|| Value::Text(String::new()), |value| Value::Number(value.normalize().to_string()));
        let shown = self.shown(computed);
        let look = match shown.as_ref().and_then(|shown| number::plain(shown)) {
            Some(shown) if computed.kind != CellKind::Amount || shown.number.scale() > 0 => shown.format,
            _ => self.usual(computed.kind, computed.rounding),
        };
        Some((Content::Formula { formula, value: number }, number_look(computed.cell.kind(&self.given.template.form), &look)))
    }

    /// What is shown where the page's own numbers give no value, a division by a typed 0, and the recomputed ones do.
    fn instead(&self, computed: &Computed, worth: Exact, rounding: Option<Rounding>) -> Option<Decimal> {
        let eval = computed_cell(self.given.evaluation, computed.cell)?;
        let Outcome::Undefined(_) = eval.computed else { return None };
        // Nothing is recomputed from what can't be.
        let is_left =
            |cell: &CellId| computed_cell(self.given.evaluation, *cell).is_some_and(|eval| eval.computed.value().is_none());
        if computed.is_open || computed.tree.cells().iter().any(|(cell, _)| is_left(cell)) {
            return None;
        }
        let exact = Rounding { dp: 15, mode: RoundingMode::HalfUp };
        eval.by_rule.value()?.checked_div(worth).ok()?.round(rounding.unwrap_or(exact)).ok()
    }

    /// For a typed total the condition under which nothing is waited for any more: scores are missing, and the total was not added up
    /// without them.
    fn closing(&self, places: &Places<'_>, computed: &Computed, needed: &Guards, renderer: &Renderer<'_>) -> Option<String> {
        let typed = self.table.held.get(&computed.cell).filter(|_| !self.given.document.typed(computed.cell).is_blank())?;
        if computed.needed.is_empty() || !matches!(typed.holds, Holds::Number { .. }) {
            return None;
        }
        let typed = places.name(typed.at, renderer.from);
        let added = renderer.list(&needed.cells);
        let differs = |dp: u8| format!("{typed}<>ROUND(ROUND(SUM({added}),12),{dp})");
        let differs: Vec<String> = (0..=2).map(differs).collect();
        Some(format!("AND(COUNT({added})<{},{})", needed.cells.len(), differs.join(",")))
    }

    /// What the formula gives now, as the number of its cell.
    fn value(&self, computed: &Computed, worth: Exact, rounding: Option<Rounding>) -> Option<Decimal> {
        if computed.is_open {
            return None;
        }
        let waiting = |cell: &CellId| !matches!(self.counted(*cell), Outcome::Value(_));
        let closed = self.given.evaluation.score.as_ref().is_some_and(|score| score.entered.total.value().is_some());
        if (computed.needed.iter().any(waiting) && !closed) || (!computed.any.is_empty() && computed.any.iter().all(waiting)) {
            return None;
        }
        let value = computed.tree.value().value()?.checked_div(worth).ok()?;
        match rounding {
            Some(rounding) => value.round(rounding).ok(),
            // A very large number has no room for as many decimals.
            None => [15, 6, 0].into_iter().find_map(|dp| value.round(Rounding { dp, mode: RoundingMode::HalfUp }).ok()),
        }
    }

    /// What a score counts as.
    fn counted(&self, cell: CellId) -> Outcome {
        match cell {
            CellId::Row { table, row, .. } => {
                self.given.evaluation.row(table, row).map_or(Outcome::NotApplicable, |row| row.counted.clone())
            }
            CellId::Fixed(_) => self.values.cell(cell),
        }
    }

    /// The value as the page shows it.
    fn shown(&self, computed: &Computed) -> Option<String> {
        let evaluation = self.given.evaluation;
        let eval = computed_cell(evaluation, computed.cell);
        let of_row = || match computed.cell {
            CellId::Row { table, row, .. } => evaluation.row(table, row)?.suggested_shown,
            CellId::Fixed(_) => None,
        };
        let shown = eval.map_or_else(of_row, |eval| eval.shown)?;
        Some(layout::shown_text(computed.kind, &shown.to_string()))
    }

    /// The format of a cell that has no value yet.
    fn usual(&self, kind: CellKind, rounding: Option<Rounding>) -> String {
        let decimals = |dp: u32| {
            let zeros: String = core::iter::repeat_n('0', usize::try_from(dp).unwrap_or(0)).collect();
            if zeros.is_empty() { "0".to_owned() } else { format!("0.{zeros}") }
        };
        match (kind, rounding) {
            (CellKind::Percent, _) => format!("{}%", decimals(self.given.template.profile.rounding.rate.dp)),
            (CellKind::Points, Some(rounding)) => decimals(rounding.dp),
            _ => String::new(),
        }
    }

    fn sheet(&self, places: &Places<'_>, readings: &[(CellId, Outcome)], grade_row: Option<u32>, looks: &mut Looks) -> Worksheet {
        let mut drawing = Drawing::new(words::FORMULAS, &[10, 44, 19, 19, 17, 68], false, looks);
        let title = |text: &str| Drawn::text(text, Look { bold: true, ..look::label() });
        drawing.across(Drawn::text(words::FORMULAS, look::title()));
        drawing.across(Drawn::text(words::ABOUT_FORMULAS, look::outside(Across::Left)));
        let heading = |text: &str| Drawn::text(text, Look { bold: true, ..look::outside(Across::Left) });
        // Behind lists with fewer columns.
        let rest = || Drawn::text("", look::outside(Across::Left));
        drawing.across(heading(words::CLAIMS));
        drawing.row(words::CLAIM_COLUMNS.map(title).into());
        let apart = self.apart.iter().filter_map(|at| self.all.get(*at));
        for (number, computed) in (1..).zip(apart) {
            let rest = self.claim(places, computed, drawing.next_row());
            drawing.row(self.place(computed.cell, number).into_iter().chain(rest).collect());
        }
        if grade_row.is_some()
            && let Some(graded) = grade::formula(self.values, places, Sheets::Formulas)
        {
            let typed = self.given.document.typed(graded.cell).text();
            let rest = [
                Drawn::text(typed, look::label()),
                Drawn {
                    content: Content::Formula { formula: graded.formula, value: Value::Text(graded.now) },
                    look: look::label(),
                    link: None,
                },
                Drawn::text("", look::text()),
                Drawn::text("", look::text()),
            ];
            drawing.row(self.place(graded.cell, self.apart.len().saturating_add(1)).into_iter().chain(rest).collect());
        }
        if !readings.is_empty() {
            drawing.begin();
            drawing.across(heading(words::READINGS));
            drawing.row(words::READING_COLUMNS.map(title).into_iter().chain([rest()]).collect());
            for (number, (cell, outcome)) in (1..).zip(readings) {
                let text = self.given.document.typed(*cell).text();
                let read =
                    outcome.value().map(|value| self.reading(*cell, value)).unwrap_or_else(|| Drawn::text("", look::text()));
                let read = [Drawn::text(text, look::label()), read];
                drawing.row(self.place(*cell, number).into_iter().chain(read).chain([rest()]).collect());
            }
        }
        if !self.levels.is_empty() {
            drawing.begin();
            drawing.across(heading(words::LEVELS));
            drawing.row(words::LEVEL_COLUMNS.map(title).into_iter().chain([rest()]).collect());
            for (number, (level, weight, score)) in (1..).zip(&self.levels) {
                let number: usize = number;
                let cell = |tree: &Option<Tree>| self.sum(places, tree.as_ref());
                let row = vec![
                    Drawn::text(&number.to_string(), look::label()),
                    Drawn::text(&level.name, look::text()),
                    cell(weight),
                    cell(score),
                    rest(),
                ];
                drawing.row(row);
            }
        }
        drawing.grow();
        drawing.sheet
    }

    /// A cell by its number in the list, which leads to it, and by its name.
    fn place(&self, cell: CellId, number: usize) -> [Drawn; 2] {
        let Given { template, document, .. } = self.given;
        let name = wording::place(cell, &template.form, document);
        let number = Drawn { link: link(&self.table.held, cell), ..Drawn::text(&number.to_string(), look::label()) };
        [number, Drawn::text(&name, look::text())]
    }

    /// What was typed beside the formula.
    fn claim(&self, places: &Places<'_>, computed: &Computed, row: u32) -> [Drawn; 4] {
        let Given { template, document, evaluation, .. } = self.given;
        let blank = || Drawn::text("", look::text());
        let name = |column: u16| super::reference(row, column);
        let (given, typed) = match self.content(places, computed, Sheets::Formulas) {
            Some((content, look)) => {
                let now = match &content {
                    Content::Formula { value: Value::Number(now), .. } => now.parse().ok().map(Exact::from_decimal),
                    Content::Formula { .. } | Content::Blank | Content::Text(_) | Content::Number(_) => None,
                };
                let typed = self.typed(computed, &look, row, now);
                (Drawn { content, look, link: None }, typed)
            }
            None => (blank(), blank()),
        };
        let difference = matches!((&given.content, &typed.content), (Content::Formula { .. }, Content::Formula { .. }));
        let difference = if difference {
            let (typed_name, given_name) = (name(TYPED), name(GIVEN));
            let formula = format!("IF(COUNT({typed_name}:{given_name})<2,\"\",ROUND({typed_name}-{given_name},10))");
            let value = match (&given.content, &typed.content) {
                (Content::Formula { value: Value::Number(given), .. }, Content::Formula { value: Value::Number(typed), .. }) => {
                    difference_of(typed, given).map_or_else(|| Value::Text(String::new()), Value::Number)
                }
                _ => Value::Text(String::new()),
            };
            let format = if computed.kind == CellKind::Percent { given.look.format.clone() } else { String::new() };
            Drawn { content: Content::Formula { formula, value }, look: look::number(&format), link: None }
        } else {
            blank()
        };
        let line = one_line(template, document, evaluation, computed.cell).unwrap_or_default();
        [typed, given, difference, Drawn::text(&line, look::text())]
    }

    /// What was typed, read from the table, in the number that the formula gives: `now`.
    fn typed(&self, computed: &Computed, like: &Look, row: u32, now: Option<Exact>) -> Drawn {
        let typed = self.given.document.typed(computed.cell);
        let Some(held) = self.table.held.get(&computed.cell).filter(|_| !typed.is_blank()) else {
            return Drawn::text(typed.text(), look::text());
        };
        let name = format!("{}!{}", held.at.sheet.name(), super::reference(held.at.row, held.at.column));
        let Holds::Number { number, percent } = held.holds else { return Drawn::text(typed.text(), look::label()) };
        // A bare number in a rate cell is a percentage.
        let bare = computed.kind == CellKind::Percent && !percent;
        let ratio = |now: Option<Exact>| percent::worth(number, now) == Exact::ONE;
        let given = super::reference(row, GIVEN);
        let formula = match bare {
            // Unless the ratio itself, as a spreadsheet shows it that lost its format, is nearer.
            true => format!(
                "IF(COUNT({name},{given})<2,{name}{},IF(ABS({name}-{given})<ABS({name}/100-{given}),{name},{name}/100))",
                if ratio(None) { "" } else { "/100" }
            ),
            false => name,
        };
        let number = if bare && !ratio(now) { number.checked_div(Decimal::ONE_HUNDRED).unwrap_or(number) } else { number };
        let format = match number::typed(typed.text(), typed.reading()) {
            Some(shown) if !bare => shown.format,
            _ => like.format.clone(),
        };
        let content = Content::Formula { formula, value: Value::Number(number.normalize().to_string()) };
        Drawn { content, look: look::number(&format), link: None }
    }

    /// The number that a text was read as.
    fn reading(&self, cell: CellId, value: Exact) -> Drawn {
        let percent = self.given.document.typed(cell).text().contains('%');
        let format = if percent { "0.00%" } else { "" };
        Drawn { content: Content::Number(value.to_plain(15).replace('…', "")), look: look::number(format), link: None }
    }

    fn sum(&self, places: &Places<'_>, tree: Option<&Tree>) -> Drawn {
        let blank = Drawn::text("", look::text());
        let Some(tree) = tree else { return blank };
        let finish = Finish { worth: Exact::ONE, rounding: None, waits: false };
        let Some(formula) = (Renderer { places, from: Sheets::Formulas }).formula(tree, finish, &Guards::default(), None) else {
            return blank;
        };
        let value = tree
            .value()
            .value()
            .map_or_else(|| Value::Text(String::new()), |value| Value::Number(value.to_plain(15).replace('…', "")));
        Drawn { content: Content::Formula { formula, value }, look: look::number(""), link: None }
    }
}

/// Where a click on the name of a cell leads.
pub(super) fn link(held: &SortedMap<CellId, Held>, cell: CellId) -> Option<String> {
    let at = held.get(&cell)?.at;
    Some(format!("{}!{}", at.sheet.name(), super::reference(at.row, at.column)))
}

fn difference_of(typed: &str, given: &str) -> Option<String> {
    let (typed, given): (Decimal, Decimal) = (typed.parse().ok()?, given.parse().ok()?);
    let difference = Exact::from_decimal(typed).checked_sub(Exact::from_decimal(given)).ok()?;
    let rounding = Rounding { dp: 10, mode: RoundingMode::HalfUp };
    difference.round(rounding).ok().map(|difference| difference.normalize().to_string())
}
