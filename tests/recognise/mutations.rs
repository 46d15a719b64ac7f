//! Tables as nobody would print them: whatever is done to a grid, nothing is dropped, nothing panics, and no text lands in a wrong cell.

use super::accounts::accounted;
use super::grids::{LIES, Lie, printed};
use super::round_trip::filled;
use super::support::{cases, library};
use jixiao::block::{Block, Blocks, Grid, GridCell};
use jixiao::document::Document;
use jixiao::recognise::{Fate, Recognised, Recogniser};
use jixiao::template::Form;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};
use std::collections::{BTreeMap, BTreeSet};

/// One thing done to a grid. Numbers pick where, by remainder.
#[derive(Clone, Debug)]
enum Mutation {
    DropRow(usize),
    DropColumn(usize),
    SwapColumns(usize, usize),
    RepeatRow(usize),
    MoveRow(usize, usize),
    Blank(usize),
    Unmerge(usize),
    Widen(usize),
    Noise(usize, String),
    NoiseRow(usize, String),
    Glue(usize),
    Cut(usize),
    CutBlocks(usize),
}

fn mutation(harmless: bool) -> impl Strategy<Value = Mutation> {
    let at = || any::<usize>();
    let text = || "[甲乙丙0-9%.（）：指标分值执行]{0,8}";
    let kind = prop_oneof![
        at().prop_map(Mutation::DropRow),
        at().prop_map(Mutation::Blank),
        at().prop_map(Mutation::Cut),
        at().prop_map(Mutation::CutBlocks),
    ];
    let wild = prop_oneof![
        at().prop_map(Mutation::DropColumn),
        (at(), at()).prop_map(|(a, b)| Mutation::SwapColumns(a, b)),
        at().prop_map(Mutation::RepeatRow),
        (at(), at()).prop_map(|(a, b)| Mutation::MoveRow(a, b)),
        at().prop_map(Mutation::Unmerge),
        at().prop_map(Mutation::Widen),
        (at(), text()).prop_map(|(at, text)| Mutation::Noise(at, text)),
        (at(), text()).prop_map(|(at, text)| Mutation::NoiseRow(at, text)),
        at().prop_map(Mutation::Glue),
    ];
    if harmless { kind.boxed() } else { prop_oneof![kind, wild].boxed() }
}

fn grids(blocks: &mut Blocks) -> Vec<&mut Grid> {
    let grid = |block| match block {
        &mut Block::Grid(ref mut grid) => Some(grid),
        Block::Paragraph(_) => None,
    };
    blocks.list.iter_mut().filter_map(grid).collect()
}

/// The rows of a grid, in order, that hold a cell.
fn rows(grid: &Grid) -> Vec<u32> {
    grid.cells.iter().map(|cell| cell.row).collect::<BTreeSet<_>>().into_iter().collect()
}

fn pick<T: Copy>(list: &[T], at: usize) -> Option<T> {
    list.get(at.checked_rem(list.len())?).copied()
}

fn mutate(blocks: &mut Blocks, mutation: &Mutation) {
    let (Mutation::DropRow(at)
    | Mutation::DropColumn(at)
    | Mutation::SwapColumns(at, _)
    | Mutation::RepeatRow(at)
    | Mutation::MoveRow(at, _)
    | Mutation::Blank(at)
    | Mutation::Unmerge(at)
    | Mutation::Widen(at)
    | Mutation::Noise(at, _)
    | Mutation::NoiseRow(at, _)
    | Mutation::Glue(at)
    | Mutation::Cut(at)
    | Mutation::CutBlocks(at)) = mutation;
    if let Mutation::CutBlocks(at) = mutation {
        let length = at % (blocks.list.len() + 1);
        blocks.list.truncate(length);
        return;
    }
    let mut grids = grids(blocks);
    let count = grids.len();
    let Some(grid) = at.checked_rem(count).and_then(|which| grids.get_mut(which)) else { return };
    let start = *at;
    let at = at / count.max(1);
    let all = rows(grid);
    match mutation {
        Mutation::DropRow(_) => {
            let Some(row) = pick(&all, at) else { return };
            // A cell that began here goes on below, as readers of files give it.
            let mut kept = Vec::new();
            for mut cell in grid.cells.drain(..) {
                if cell.row == row && cell.row_span > 1 {
                    cell.row_span -= 1;
                    cell.row = row;
                } else if cell.row == row {
                    continue;
                } else if cell.row < row && cell.row + cell.row_span > row {
                    cell.row_span -= 1;
                } else if cell.row > row {
                    cell.row -= 1;
                }
                kept.push(cell);
            }
            grid.cells = kept;
        }
        Mutation::DropColumn(_) => {
            let column = u32::try_from(at % grid.columns.max(1) as usize).unwrap();
            let mut kept = Vec::new();
            for mut cell in grid.cells.drain(..) {
                let end = cell.column + cell.column_span;
                if cell.column <= column && end > column {
                    if cell.column_span == 1 {
                        continue;
                    }
                    cell.column_span -= 1;
                } else if cell.column > column {
                    cell.column -= 1;
                }
                kept.push(cell);
            }
            grid.cells = kept;
            grid.columns = grid.columns.saturating_sub(1).max(1);
        }
        Mutation::SwapColumns(_, other) => {
            // Only columns that no merged cell crosses.
            let (a, b) = ((at % grid.columns.max(1) as usize) as u32, (other % grid.columns.max(1) as usize) as u32);
            let crossed = |column: u32| {
                grid.cells.iter().any(|cell| {
                    cell.column_span > 1
                        && cell.column <= column
                        && cell.column + cell.column_span > column
                        && !cell.text.is_empty()
                })
            };
            if crossed(a) || crossed(b) {
                return;
            }
            for cell in &mut grid.cells {
                if cell.column == a {
                    cell.column = b;
                } else if cell.column == b {
                    cell.column = a;
                }
            }
            grid.cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        Mutation::RepeatRow(_) | Mutation::MoveRow(..) => {
            let Some(row) = pick(&all, at) else { return };
            let to = match mutation {
                Mutation::MoveRow(_, to) => pick(&all, *to).unwrap_or(row),
                _ => row + 1,
            };
            let copies: Vec<GridCell> = grid
                .cells
                .iter()
                .filter(|cell| cell.row == row)
                .map(|cell| GridCell { row: to, row_span: 1, ..cell.clone() })
                .collect();
            for cell in &mut grid.cells {
                if cell.row >= to {
                    cell.row += 1;
                }
            }
            grid.cells.extend(copies);
            grid.cells.sort_by_key(|cell| (cell.row, cell.column));
            grid.rows += 1;
        }
        Mutation::Blank(_) => {
            if let Some(at) = at.checked_rem(grid.cells.len()) {
                grid.cells[at].text.clear();
            }
        }
        Mutation::Unmerge(_) => {
            if let Some(at) = at.checked_rem(grid.cells.len()) {
                (grid.cells[at].row_span, grid.cells[at].column_span) = (1, 1);
            }
        }
        Mutation::Widen(_) => {
            // Over its neighbour, where that is blank.
            if let Some(at) = at.checked_rem(grid.cells.len()) {
                let (row, end) = (grid.cells[at].row, grid.cells[at].column + grid.cells[at].column_span);
                let next = grid.cells.iter().position(|cell| cell.row == row && cell.column == end);
                if let Some(next) = next.filter(|next| grid.cells[*next].text.is_empty()) {
                    grid.cells[at].column_span += grid.cells[next].column_span;
                    grid.cells.remove(next);
                }
            }
        }
        Mutation::Noise(_, text) => {
            if let Some(at) = at.checked_rem(grid.cells.len()) {
                grid.cells[at].text = text.clone();
            }
        }
        Mutation::NoiseRow(_, text) => {
            let Some(row) = pick(&all, at) else { return };
            for cell in &mut grid.cells {
                if cell.row >= row {
                    cell.row += 1;
                }
            }
            grid.cells.push(GridCell { row, column: 0, row_span: 1, column_span: 1, text: text.clone(), exact: None });
            grid.cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        Mutation::Glue(_) => {
            if let Some(at) = at.checked_rem(grid.cells.len()).filter(|at| at + 1 < grid.cells.len()) {
                let next = std::mem::take(&mut grid.cells[at + 1].text);
                grid.cells[at].text.push_str(&next);
            }
        }
        Mutation::Cut(_) => {
            let Some(row) = pick(&all, at) else { return };
            let (above, mut below): (Vec<GridCell>, Vec<GridCell>) = grid.cells.drain(..).partition(|cell| cell.row < row);
            grid.cells = above;
            below.iter_mut().for_each(|cell| cell.row -= row);
            let next = Grid { cells: below, ..grid.clone() };
            let which = start.checked_rem(count).unwrap_or(0);
            let places = (0..).zip(&blocks.list).filter(|(_, block)| matches!(block, Block::Grid(_)));
            let block = places.map(|(at, _): (usize, _)| at).nth(which).unwrap_or(0);
            blocks.list.insert((block + 1).min(blocks.list.len()), Block::Grid(next));
        }
        Mutation::CutBlocks(_) => {}
    }
}

/// For each text of a document, the cells it may stand in, rows apart.
fn places(form: &Form, document: &Document) -> BTreeMap<String, BTreeSet<String>> {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (cell, text) in super::round_trip::texts(form, document) {
        places.entry(text).or_default().insert(without_row(form, &cell));
    }
    places
}

/// indicators.3.target as indicators.*.target
fn without_row(form: &Form, cell: &str) -> String {
    let parts: Vec<&str> = cell.split('.').collect();
    match parts.as_slice() {
        [table, row, column] if form.cell_index(cell).is_none() && row.parse::<u32>().is_ok() => format!("{table}.*.{column}"),
        _ => cell.to_owned(),
    }
}

/// Texts that stand in other cells than they were printed for.
fn wrong(form: &Form, expected: &Document, recognised: &Recognised) -> Vec<String> {
    let places = places(form, expected);
    let mut wrong = Vec::new();
    for found in recognised.tables.iter().filter(|found| found.form == form.id) {
        for (cell, text) in super::round_trip::texts(form, &found.document) {
            let own = without_row(form, &cell);
            let right = |part: &str| places.get(part).is_some_and(|places| places.contains(&own));
            // What a fixed table prints itself is no reading, and running text may be read in lines.
            let given = form.tables.iter().any(|def| def.fixed && def.skeleton.iter().flatten().any(|given| *given == text));
            // Points in the brackets of a label are no cell of their own.
            let id = jixiao::id::CellId::from_name(&cell, form).and_then(|id| found.sources.get(&id));
            let label = id.is_some_and(|place| found.fates.get(place) == Some(&Fate::Label));
            if !given && !label && !right(&text) && !text.split('\n').all(right) {
                wrong.push(format!("{cell}: {text:?}, which stands in {:?}", places.get(&text)));
            }
        }
        for (table, def) in (0..).zip(&form.tables) {
            for row in found.document.rows(table) {
                let own =
                    row.cells.iter().zip(&def.columns).filter(|(_, column)| !column.merge && !column.hidden && !column.locked);
                let texts: Vec<&str> = own.map(|(cell, _)| cell.text()).filter(|text| !text.is_empty()).collect();
                // The texts of one row were printed in one row.
                let origins = expected
                    .rows(table)
                    .iter()
                    .filter(|row| texts.iter().all(|text| row.cells.iter().any(|cell| cell.text().trim() == *text)));
                if !texts.is_empty() && origins.count() == 0 && !def.fixed {
                    wrong.push(format!("{}: {texts:?} were not printed in one row", def.id));
                }
            }
        }
    }
    wrong
}

/// Runs a property. Its parts that cost much are made once: the library, and what the forms print turned round.
pub fn holds<S: Strategy>(strategy: &S, property: impl Fn(S::Value) -> TestCaseResult) {
    let mut runner = TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() });
    if let Err(failure) = runner.run(strategy, property) {
        panic!("{failure}");
    }
}

#[test]
fn nothing_is_dropped_and_nothing_panics() {
    let library = library();
    let (cases, recogniser) = (cases(&library), Recogniser::new(&library));
    let strategy = (0..cases.len(), 0..LIES.len(), prop::collection::vec(mutation(false), 0..12));
    holds(&strategy, |(which, lie, mutations)| {
        let case = &cases[which];
        let mut blocks = printed(&case.template, &case.document, LIES[lie]);
        mutations.iter().for_each(|mutation| mutate(&mut blocks, mutation));
        accounted(&case.name, &blocks, &recogniser.recognise(&blocks));
        Ok(())
    });
}

#[test]
fn no_text_lands_in_a_wrong_cell() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let filled: Vec<_> = library.forms.iter().map(|form| (form, filled(form))).collect();
    let strategy = (0..filled.len(), any::<bool>(), prop::collection::vec(mutation(true), 0..5));
    holds(&strategy, |(which, merged, mutations)| {
        // Without merged cells nothing shows that a value and the next word are both missing between a word and what stands behind.
        let lie = if merged { Lie::OneGrid } else { Lie::Sections };
        let (form, document) = &filled[which];
        let template = library.template(&form.id, &document.profile).unwrap();
        let mut blocks = printed(&template, document, lie);
        mutations.iter().for_each(|mutation| mutate(&mut blocks, mutation));
        let wrong = wrong(form, document, &recogniser.recognise(&blocks));
        prop_assert!(
            wrong.is_empty(),
            "{} {lie:?}: {mutations:?}\n{}\n{}",
            form.id,
            wrong.join("\n"),
            super::grids::notation(&blocks)
        );
        Ok(())
    });
}

/// The lines of one table alone, below its titles, with the columns in another order; the year and the name of the form above it.
fn list(form: &Form, document: &Document, table: u8, order: &dyn Fn(usize) -> usize) -> Option<Blocks> {
    use super::grids::{Builder, GridBuilder};
    let def = form.table(table)?;
    let printed: Vec<u8> = (0..).zip(&def.columns).filter(|(_, column)| !column.hidden).map(|(at, _)| at).collect();
    let titles = titles(form, table)?;
    let mut places: Vec<usize> = (0..printed.len()).collect();
    places.sort_by_key(|at| order(*at));
    let mut builder = Builder::default();
    builder.paragraph(&form.title);
    let mut grid = GridBuilder::new(u32::try_from(printed.len()).unwrap(), true);
    grid.row(places.iter().map(|at| (titles[*at].clone(), 1, 1)));
    for row in document.rows(table) {
        grid.row(places.iter().map(|at| (row.cell(printed[*at]).text().to_owned(), 1, 1)));
    }
    builder.grid(grid);
    Some(builder.blocks)
}

/// The printed titles of a table's columns; none where a column has no title of its own.
fn titles(form: &Form, table: u8) -> Option<Vec<String>> {
    use jixiao::template::{Line, LineContent};
    let lines =
        form.blocks.iter().find(|block| block.lines.iter().any(|line| matches!(line, Line::Table(at) if *at == table)))?;
    let at = lines.lines.iter().position(|line| matches!(line, Line::Table(at) if *at == table))?;
    let header = lines.lines[..at].iter().rev().find_map(|line| match line {
        Line::Cells { cells, .. } if cells.iter().all(|cell| matches!(cell.content, LineContent::Label(_))) => Some(cells),
        _ => None,
    })?;
    let text = |content: &LineContent| match content {
        LineContent::Label(text) => text.clone(),
        LineContent::Cell(_) => String::new(),
    };
    let titles: Vec<String> = header.iter().map(|cell| text(&cell.content)).collect();
    let printed = form.table(table)?.columns.iter().filter(|column| !column.hidden).count();
    (titles.len() == printed && titles.iter().all(|title| !title.is_empty())).then_some(titles)
}

/// Columns stand in any order, and any two may be missing: the titles tell.
#[test]
fn columns_may_stand_in_any_order() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let (mut lines, mut tried) = (Vec::new(), 0);
    for form in &library.forms {
        let document = filled(form);
        for (table, def) in (0..).zip(&form.tables) {
            let width = def.columns.len();
            for step in [1, width.saturating_sub(1).max(1), 3, 5, 7] {
                let Some(blocks) = list(form, &document, table, &|at| (at * step + step) % (width + 7)) else { continue };
                tried += 1;
                let recognised = recogniser.recognise_as(&blocks, &form.id);
                let found =
                    recognised.tables.first().map(|found| super::round_trip::texts(form, &found.document)).unwrap_or_default();
                let right = super::round_trip::texts(form, &document);
                let own: Vec<_> = right
                    .iter()
                    .filter(|(cell, _)| cell.starts_with(&format!("{}.", def.id)))
                    .filter(|(cell, _)| form.cell_index(cell).is_none())
                    .collect();
                let missing = own.iter().filter(|(cell, text)| found.get(*cell) != Some(*text)).count();
                // A small list alone may be too little to know the form by; then nothing is taken.
                if !recognised.tables.is_empty() && missing > 0 {
                    lines.push(format!("{} {} step {step}: {missing} of {} are missing", form.id, def.id, own.len()));
                }
            }
        }
    }
    assert!(tried > 30, "only {tried} lists were tried");
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

/// Each row and each column of each form left out once: what is left is right or listed.
#[test]
fn a_row_or_a_column_may_be_missing() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let mut lines = Vec::new();
    for form in &library.forms {
        let document = filled(form);
        let template = library.template(&form.id, &document.profile).unwrap();
        for lie in [Lie::OneGrid, Lie::Unmerged] {
            let whole = printed(&template, &document, lie);
            let (mut rows, mut columns) = (0, 0);
            for block in &whole.list {
                if let Block::Grid(grid) = block {
                    (rows, columns) = (grid.rows as usize, grid.columns as usize);
                }
            }
            // Rows are the same in both, and there are many.
            let rows = if lie == Lie::OneGrid { rows } else { 0 };
            for mutation in (0..rows).map(Mutation::DropRow).chain((0..columns).map(Mutation::DropColumn)) {
                let mut blocks = whole.clone();
                mutate(&mut blocks, &mutation);
                let wrong = wrong(form, &document, &recogniser.recognise(&blocks));
                lines.extend(wrong.iter().map(|line| format!("{} {lie:?} {mutation:?}: {line}", form.id)));
            }
        }
    }
    assert!(lines.is_empty(), "{} wrong\n{}", lines.len(), lines.join("\n"));
}
