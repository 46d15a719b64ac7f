//! An open table as text: the page tells the module for office files what a block is to be laid over, and hears what came of it.

use super::target::{Line, Slot, Target, What, own};
use super::{Asked, Left, Pasted, Why};
use crate::document::{CellId, Document, Edit, RowId, passed};
use crate::layout::Sheet;
use crate::prelude::*;
use crate::template::{ColumnChoice, ColumnIndex, Form, TableIndex};
use crate::wire::{LIST, PARTS, PIECE, THING, joined, plain};

/// A table that is open in the page, as far as pasting asks.
pub struct Open {
    pub(super) form: Form,
    pub(super) document: Document,
    pub(super) target: Target,
    pub(super) at: CellId,
}

fn pieces(parts: &[String]) -> String {
    joined(parts, PIECE)
}

fn list(things: impl Iterator<Item = String>) -> String {
    joined(&things.collect::<Vec<_>>(), LIST)
}

/// The table of a document, and the cell that a block is to begin at.
pub fn write(form: &Form, document: &Document, sheet: &Sheet, at: CellId) -> String {
    let target = Target::of(form, document, sheet);
    let columns = (0_usize..).zip(&form.tables).flat_map(|(table, def)| {
        let open = (0_usize..).zip(&def.columns).filter(|(_, column)| column.choice != ColumnChoice::Fixed);
        open.map(move |(at, column)| pieces(&[table.to_string(), at.to_string(), u8::from(!column.hidden).to_string()]))
    });
    let slot = |slot: &Slot| {
        let (kind, what) = match &slot.what {
            What::Words(words, beside) => (if *beside { "beside" } else { "words" }, plain(words)),
            What::Cell(field) => ("cell", field.id.name(form)),
        };
        pieces(&[
            slot.from.to_string(),
            slot.to.to_string(),
            kind.to_owned(),
            what,
            plain(slot.given.as_deref().unwrap_or_default()),
        ])
    };
    let line = |line: &Line| {
        let row = line.row.map_or_else(Vec::new, |(table, row)| vec![table.to_string(), row.to_string()]);
        let head = pieces(&[vec![line.block.to_string()], row].concat());
        joined(&[vec![head], line.slots.iter().map(slot).collect()].concat(), THING)
    };
    let parts = [
        passed::write(document, form),
        at.name(form),
        list(columns),
        list(target.around.iter().map(|text| plain(text))),
        list(target.headings.iter().map(|(line, heading)| pieces(&[line.to_string(), plain(heading)]))),
        list(target.lines.iter().map(line)),
    ];
    joined(&parts, PARTS)
}

/// The things of a list; of a blank text there are none.
fn things(text: &str) -> impl Iterator<Item = &str> {
    text.split(LIST).filter(|thing| !thing.is_empty())
}

impl Open {
    /// `None` where the text was not written by [`write`], or for a form that is not known.
    pub fn read(text: &str, forms: &[Rc<Form>]) -> Option<Open> {
        let mut parts = text.split(PARTS);
        let mut part = || parts.next();
        let (form, document) = passed::read(part()?, forms)?;
        let at = part()?;
        let column = |text: &str| {
            let mut pieces = text.split(PIECE);
            let (table, column): (TableIndex, ColumnIndex) = (pieces.next()?.parse().ok()?, pieces.next()?.parse().ok()?);
            Some((table, column, pieces.next()? == "1"))
        };
        let columns: Vec<_> = things(part()?).map(column).collect::<Option<_>>()?;
        let form = form.showing(&columns);
        let around = part()?.split(LIST).map(str::to_owned).collect();
        let heading = |text: &str| {
            let (line, heading) = text.split_once(PIECE)?;
            Some((line.parse().ok()?, heading.to_owned()))
        };
        let headings = things(part()?).map(heading).collect::<Option<_>>()?;
        let lines = things(part()?).map(|text| line(text, &form)).collect::<Option<_>>()?;
        let at = CellId::from_name(at, &form)?;
        Some(Open { form, document, target: Target { lines, headings, around }, at })
    }
}

fn line(text: &str, form: &Form) -> Option<Line> {
    let mut things = text.split(THING);
    let mut head = things.next()?.split(PIECE);
    let block = head.next()?.parse().ok()?;
    let row: Option<(TableIndex, RowId)> = match (head.next(), head.next()) {
        (Some(table), Some(row)) => Some((table.parse().ok()?, row.parse().ok()?)),
        _ => None,
    };
    let slot = |text: &str| {
        let mut pieces = text.split(PIECE);
        let (from, to) = (pieces.next()?.parse().ok()?, pieces.next()?.parse().ok()?);
        let (kind, what, given) = (pieces.next()?, pieces.next()?, pieces.next()?);
        let what = match kind {
            "cell" => What::Cell(own(form, CellId::from_name(what, form)?, row.map(|(_, row)| row))),
            _ => What::Words(what.to_owned(), kind == "beside"),
        };
        let given = matches!(&what, What::Cell(field) if field.locked).then(|| given.to_owned());
        Some(Slot { from, to, what, given })
    };
    Some(Line { block, row, slots: things.map(slot).collect::<Option<_>>()? })
}

impl Pasted {
    /// What came of it, as text; [`Pasted::read`] makes it out again.
    pub fn write(&self, open: &Open) -> String {
        let form = &open.form;
        let counts = [self.rows, self.columns, self.headings, self.added, self.overwritten, self.once, usize::from(self.turned)];
        let cell = |(cell, text): &(CellId, String)| pieces(&[cell.name(form), plain(text)]);
        let (rows, cells) = match &self.edit {
            Some(Edit::Paste { rows, cells, .. }) => (rows.as_slice(), cells.as_slice()),
            Some(_) | None => (&[][..], &[][..]),
        };
        let left = |left: &Left| {
            pieces(&[left.row.to_string(), left.column.to_string(), left.why.sign().to_string(), plain(&left.text)])
        };
        let asked = |asked: &Asked| {
            let options = asked.options.iter().map(|option| plain(option)).collect();
            pieces(&[vec![asked.cell.name(form), plain(&asked.text)], options].concat())
        };
        let parts = [
            pieces(&counts.map(|count| count.to_string())),
            list(rows.iter().map(|(table, count)| pieces(&[table.to_string(), count.to_string()]))),
            list(cells.iter().map(cell)),
            list(self.left.iter().map(left)),
            list(self.asked.iter().map(asked)),
        ];
        joined(&parts, PARTS)
    }

    /// `None` where the text was not written by [`Pasted::write`].
    pub fn read(text: &str, form: &Form) -> Option<Pasted> {
        let mut parts = text.split(PARTS);
        let mut counts = parts.next()?.split(PIECE).map(str::parse::<usize>);
        let mut count = || counts.next()?.ok();
        let mut pasted = Pasted {
            rows: count()?,
            columns: count()?,
            headings: count()?,
            added: count()?,
            overwritten: count()?,
            once: count()?,
            turned: count()? == 1,
            ..Pasted::default()
        };
        let mut rows = Vec::new();
        for text in things(parts.next()?) {
            let (table, count) = text.split_once(PIECE)?;
            rows.push((table.parse().ok()?, count.parse().ok()?));
        }
        let mut cells: Vec<(CellId, String)> = Vec::new();
        for text in things(parts.next()?) {
            let (name, text) = text.split_once(PIECE)?;
            cells.push((CellId::from_name(name, form)?, text.to_owned()));
        }
        pasted.edit = cells.first().map(|(at, _)| *at).map(|at| Edit::Paste { at, rows, cells });
        for text in things(parts.next()?) {
            let mut pieces = text.split(PIECE);
            let (row, column) = (pieces.next()?.parse().ok()?, pieces.next()?.parse().ok()?);
            let why = Why::ALL.into_iter().find(|why| pieces.clone().next().is_some_and(|sign| sign == why.sign()))?;
            pasted.left.push(Left { row, column, why, text: pieces.nth(1)?.to_owned() });
        }
        for text in things(parts.next()?) {
            let mut pieces = text.split(PIECE).map(str::to_owned);
            let cell = CellId::from_name(&pieces.next()?, form)?;
            pasted.asked.push(Asked { cell, text: pieces.next()?, options: pieces.collect() });
        }
        Some(pasted)
    }
}
