//! The running text around tables: it is the report of the table it speaks of, so that table and text are held against each other.

use super::{Fate, Found, Recognised, SourcePlace, Unread};
use crate::document::{CellId, Typed};
use crate::prelude::*;
use crate::template::{Form, Library, Role};

/// Paragraphs one below the other, between two grids or at an end of the file.
pub(super) type Run = Vec<(SourcePlace, String)>;

/// Names of projects that are shorter tell nothing.
const SHORTEST_NAME: usize = 4;

/// Gives each run of text to the table it speaks of. Where several projects stand in one file, a run that names none of them, or more
/// than one, belongs to no table.
pub(super) fn give(recognised: &mut Recognised, runs: Vec<Run>, library: &Library) {
    let names: Vec<String> = recognised.tables.iter().map(|found| project(found, library)).collect();
    for run in runs {
        let text: String = run.iter().map(|(_, text)| plain(text)).collect();
        match speaks_of(&text, &names) {
            Some(at) => {
                if let Some(found) = recognised.tables.get_mut(at) {
                    paste(found, run, library);
                }
            }
            None => {
                let unread = run.into_iter().map(|(place, text)| Unread { text, place });
                recognised.unrecognised.extend(unread);
            }
        }
    }
    recognised.unrecognised.order_by(|unread| unread.place);
}

/// The table that a text belongs to, the first of those of its project.
fn speaks_of(text: &str, names: &[String]) -> Option<usize> {
    if names.len() == 1 {
        return Some(0);
    }
    let known: Vec<(usize, &String)> =
        names.iter().enumerate().filter(|(_, name)| name.chars().count() >= SHORTEST_NAME).collect();
    let (first, one) = known.first()?;
    if known.iter().all(|(_, name)| name == one) && known.len() == names.len() {
        return Some(*first);
    }
    let mut named = known.iter().filter(|(_, name)| text.contains(name.as_str()));
    let (at, name) = named.next()?;
    named.all(|(_, other)| other == name).then_some(*at)
}

/// The name of a table's project, without the code before it.
fn project(found: &Found, library: &Library) -> String {
    let form = library.form(&found.form);
    let at = form.and_then(|form| form.role(Role::ProjectName));
    let name = plain(at.map_or("", |at| found.document.fixed(at).text()));
    let code = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '—' | '－');
    name.trim_start_matches(code).to_owned()
}

fn plain(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

fn paste(found: &mut Found, run: Run, library: &Library) {
    let pasted = |form: Rc<Form>| form.cell_index("report.pasted");
    let Some(at) = library.form(&found.form).and_then(pasted) else {
        for (place, text) in run {
            found.fates.insert(place, Fate::Unrecognised);
            found.unrecognised.push(Unread { text, place });
        }
        return;
    };
    let cell = CellId::Fixed(at);
    let mut text = found.document.fixed(at).text().to_owned();
    for (place, line) in run {
        found.sources.entry(cell).or_insert(place);
        found.fates.insert(place, Fate::Cell(cell));
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&line);
    }
    if let Some(slot) = found.document.cells.get_mut(usize::from(at)) {
        *slot = Typed::new(&text);
    }
}
