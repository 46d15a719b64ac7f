//! What a person said about a file, and what is remembered of it for tables of the same shape.

use jixiao::block::{Block, Blocks, Grid, GridCell};
use jixiao::document::{Edit, apply};
use jixiao::number::{Reading, read};
use jixiao::order::{Gather, InOrder};
use jixiao::order::{SortedMap, SortedSet};
use jixiao::recognise::{Fate, Found, Recognised, SourcePlace, Told};
use jixiao::template::Form;
use serde::Deserialize;

/// A correction that holds for other tables of the same shape too: `form`, `word` or `cell`, the column, the text of the cell (of its row and
/// its title where it is the content of a cell that was told), and what it is.
pub type Learnt = (String, u32, String, String);

/// What the page says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Said {
    /// About this file, the last word last: kind, place, value. `forget`: what was said of others is not to count.
    told: Vec<(String, String, String)>,
    /// What was said of other files, by the shape of their tables.
    learnt: std::collections::BTreeMap<String, Vec<Learnt>>,
}

/// What of it concerns a file.
#[derive(Default)]
pub struct Heard {
    pub told: Told,
    /// The chosen readings of texts that may be several things.
    choices: SortedMap<SourcePlace, usize>,
    tables: Vec<Known>,
}

/// A table as it is without a word about it.
struct Known {
    places: SortedSet<SourcePlace>,
    shape: String,
    learnt: Vec<Learnt>,
    remembers: bool,
}

impl Said {
    pub fn read(text: &str) -> Said {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// What concerns this file.
    pub fn about(&self, plain: &Recognised, blocks: &Blocks) -> Heard {
        let mut heard = Heard::default();
        let forgets = self.told.iter().any(|(kind, _, _)| kind == "forget");
        for found in &plain.tables {
            let shape = shape(found, blocks);
            let known = self.learnt.get(&shape).filter(|_| !forgets);
            let mut table =
                Known { places: found.fates.keys().copied().into_set(), shape, learnt: Vec::new(), remembers: known.is_some() };
            for learnt in known.into_iter().flatten() {
                heard.remember(found, &mut table, blocks, learnt);
            }
            heard.tables.push(table);
        }
        for (kind, at, value) in &self.told {
            let Some(place) = place(at, blocks) else { continue };
            heard.hear(plain, blocks, kind, place, value);
        }
        heard
    }
}

impl Heard {
    pub fn is_empty(&self) -> bool {
        self.told == Told::default()
    }

    fn remember(&mut self, found: &Found, table: &mut Known, blocks: &Blocks, learnt: &Learnt) {
        let (kind, column, text, value) = learnt;
        let places: Vec<SourcePlace> = match kind.as_str() {
            "form" => vec![found.place],
            "cell" => table
                .places
                .iter()
                .copied()
                .filter(|place| in_row(*place, found, blocks) == Some((*column, text.clone())))
                .collect(),
            _ => table.places.iter().copied().filter(|place| labelled(*place, blocks) == Some((*column, text.clone()))).collect(),
        };
        for place in places {
            match kind.as_str() {
                "form" => drop(self.told.forms.insert(place, value.clone())),
                "cell" => drop(self.told.cells.insert(place, value.clone())),
                _ => drop(self.told.words.insert(place, value.clone())),
            }
        }
        table.learnt.push(learnt.clone());
    }

    fn hear(&mut self, plain: &Recognised, blocks: &Blocks, kind: &str, place: SourcePlace, value: &str) {
        let found = plain.tables.iter().position(|found| found.fates.contains_key(&place) || near(found, place));
        let table = found.and_then(|at| plain.tables.get(at));
        let told = match kind {
            "choice" => {
                if let Ok(choice) = value.parse() {
                    self.choices.insert(place, choice);
                }
                return;
            }
            "cell" => {
                self.told.cells.insert(place, value.to_owned());
                // Rows of a list are other ones in each table, and a row without a name is not found again.
                let fixed = !value.split('.').any(|part| part.parse::<u32>().is_ok());
                let Some((column, row)) = table.filter(|_| fixed).and_then(|found| in_row(place, found, blocks)) else { return };
                ("cell".to_owned(), column, row, value.to_owned())
            }
            "form" => {
                self.told.forms.insert(table.map_or(place, |table| table.place), value.to_owned());
                ("form".to_owned(), 0, String::new(), value.to_owned())
            }
            _ => {
                let heading = match (kind, table) {
                    ("column", Some(table)) => heading(table, blocks, place),
                    ("row", Some(table)) => row_name(table, blocks, place),
                    _ => None,
                };
                let place = heading.unwrap_or(place);
                if value.is_empty() {
                    self.told.words.remove(&place);
                } else {
                    self.told.words.insert(place, value.to_owned());
                }
                let Some((column, text)) = labelled(place, blocks) else { return };
                ("word".to_owned(), column, text, value.to_owned())
            }
        };
        // For tables of this shape too. The last word counts.
        if let Some(known) = found.and_then(|at| self.tables.get_mut(at)) {
            known.learnt.retain(|(kind, column, text, _)| (kind, column, text) != (&told.0, &told.1, &told.2));
            // A cell that belongs nowhere is a word about it; a column without one is as recognised.
            known.learnt.extend((!told.3.is_empty() || told.0 == "cell").then_some(told));
        }
    }

    /// Puts the texts for which a person chose into the cells of their choice.
    pub fn choose(&self, found: &mut Found, form: &Form) {
        for (place, choice) in &self.choices {
            let Some(at) = found.questions.iter().position(|question| question.place == *place) else { continue };
            let Some(cells) = found.questions.get(at).and_then(|question| question.options.get(*choice)).cloned() else {
                continue;
            };
            found.sources.extend(cells.iter().map(|(cell, _)| (*cell, *place)));
            if let Some((cell, _)) = cells.first() {
                found.fates.insert(*place, Fate::Cell(*cell));
            }
            found.document = apply(&found.document, form, &Edit::SetMany(cells));
            found.questions.remove(at);
            found.unrecognised.retain(|unread| unread.place != *place);
        }
    }

    fn known(&self, found: &Found) -> Option<&Known> {
        self.tables
            .iter()
            .find(|table| table.places.contains(&found.place) || found.fates.keys().any(|at| table.places.contains(at)))
    }

    pub fn shape(&self, found: &Found) -> String {
        self.known(found).map(|table| table.shape.clone()).unwrap_or_default()
    }

    pub fn learnt(&self, found: &Found) -> Vec<Learnt> {
        self.known(found).map(|table| table.learnt.clone()).unwrap_or_default()
    }

    /// Whether what was said of another table counted for this one.
    pub fn remembers(&self, found: &Found) -> bool {
        self.known(found).is_some_and(|table| table.remembers)
    }
}

/// A place as the page names it.
pub fn place(text: &str, blocks: &Blocks) -> Option<SourcePlace> {
    let mut parts = text.split('.').map(str::parse::<u32>);
    let block = usize::try_from(parts.next()?.ok()?).ok()?;
    Some(match (parts.next(), parts.next(), blocks.list.get(block)?) {
        (Some(row), Some(column), Block::Grid(_)) => SourcePlace::Cell { block, row: row.ok()?, column: column.ok()? },
        (_, _, Block::Grid(_)) => SourcePlace::Caption { block },
        (_, _, Block::Paragraph(_)) => SourcePlace::Paragraph { block },
    })
}

fn grid(place: SourcePlace, blocks: &Blocks) -> Option<&Grid> {
    match blocks.list.get(place.block())? {
        Block::Grid(grid) => Some(grid),
        Block::Paragraph(_) => None,
    }
}

/// Whether a place without a text stands among those of a table.
fn near(found: &Found, place: SourcePlace) -> bool {
    let SourcePlace::Cell { block, row, .. } = place else { return false };
    let row_of = |at: &SourcePlace| match at {
        SourcePlace::Cell { block: own, row, .. } if *own == block => Some(*row),
        _ => None,
    };
    let rows: Vec<u32> = found.fates.keys().filter_map(row_of).collect();
    rows.iter().min().is_some_and(|first| *first <= row) && rows.iter().max().is_some_and(|last| *last >= row)
}

/// The column and the words of a cell, by which it is found again in another table of the same shape.
fn labelled(place: SourcePlace, blocks: &Blocks) -> Option<(u32, String)> {
    let SourcePlace::Cell { row, column, .. } = place else { return None };
    let cell = grid(place, blocks)?.cells.iter().find(|cell| (cell.row, cell.column) == (row, column));
    Some((column, cell.map(|cell| bare(&cell.text)).unwrap_or_default()))
}

/// The column of a cell with the name of its row and the title above, by which what it holds is found again in another table of the same
/// shape.
fn in_row(place: SourcePlace, found: &Found, blocks: &Blocks) -> Option<(u32, String)> {
    let SourcePlace::Cell { column, .. } = place else { return None };
    let (_, name) = row_name(found, blocks, place).filter(|name| *name != place).and_then(|name| labelled(name, blocks))?;
    let title = heading(found, blocks, place).and_then(|title| labelled(title, blocks)).map(|(_, title)| title);
    (!name.is_empty()).then(|| (column, format!("{name}/{}", title.unwrap_or_default())))
}

fn bare(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

/// Two tables have one shape where their columns are as many and the words of the form that they print are the same, whatever is filled in.
fn shape(found: &Found, blocks: &Blocks) -> String {
    let mut words: SortedSet<String> = SortedSet::new();
    for (place, fate) in &found.fates {
        if *fate == Fate::Label {
            let text = labelled(*place, blocks).map(|(_, text)| text).unwrap_or_default();
            words.insert(text.chars().filter(|char| !char.is_ascii_digit()).collect());
        }
    }
    let columns = grid(found.first_cell(), blocks).map_or(0, |grid| grid.columns);
    format!("{columns}-{}", fingerprint(words))
}

/// FNV-1a: the same in every browser and every version, which the standard hasher does not promise.
pub fn fingerprint(words: impl IntoIterator<Item = String>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for word in words {
        for byte in word.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

fn covers(cell: &GridCell, row: u32, column: u32) -> bool {
    (cell.row..cell.row.saturating_add(cell.row_span.max(1))).contains(&row)
        && (cell.column..cell.column.saturating_add(cell.column_span.max(1))).contains(&column)
}

/// The title of a column: its cell in the last line of titles above a place, whether anything stands there or not.
fn heading(found: &Found, blocks: &Blocks, place: SourcePlace) -> Option<SourcePlace> {
    let SourcePlace::Cell { block, row, column } = place else { return None };
    let grid = grid(place, blocks)?;
    // How many words of the form, and how many filled cells, begin in each row.
    let mut rows: SortedMap<u32, (u32, u32)> = SortedMap::new();
    for (at, fate) in &found.fates {
        let SourcePlace::Cell { block: own, row: at, .. } = *at else { continue };
        if own == block && at <= row {
            let count = rows.entry(at).or_default();
            match fate {
                Fate::Label => count.0 += 1,
                Fate::Cell(_) => count.1 += 1,
                Fate::Note | Fate::Unrecognised => {}
            }
        }
    }
    let titles = rows.iter().rev().find(|(_, (labels, filled))| *labels > 1 && *filled == 0).map(|(row, _)| *row)?;
    let cell = grid.cells.iter().find(|cell| covers(cell, titles, column));
    Some(cell.map_or(SourcePlace::Cell { block, row: titles, column }, |cell| SourcePlace::Cell {
        block,
        row: cell.row,
        column: cell.column,
    }))
}

/// The name of a row: the last words before its first number.
fn row_name(found: &Found, blocks: &Blocks, place: SourcePlace) -> Option<SourcePlace> {
    let SourcePlace::Cell { block, row, .. } = place else { return None };
    let mut cells: Vec<&GridCell> =
        grid(place, blocks)?.cells.iter().filter(|cell| cell.row == row && !cell.text.trim().is_empty()).collect();
    cells.order_by(|cell| cell.column);
    let is_words = |cell: &&&GridCell| {
        !matches!(read(&cell.text), Reading::Quantity(_) | Reading::Range { .. } | Reading::NotApplicable | Reading::Blank)
    };
    let is_filled = |cell: &GridCell| {
        let place = SourcePlace::Cell { block, row, column: cell.column };
        matches!(found.fates.get(&place), Some(Fate::Cell(_)))
    };
    let names = cells.iter().take_while(|cell| !is_filled(cell)).take_while(is_words);
    let cell = names.last().or(cells.first())?;
    Some(SourcePlace::Cell { block, row, column: cell.column })
}
