//! Word: the texts of cells and paragraphs in the main part, and rows that are copied.

use super::tags::{Kind, Tag, tags};
use super::{Edits, escaped, mark};
use crate::block::Refusal;
use crate::fill::{Copy, Filling};
use crate::office::limits;
use crate::prelude::*;
use crate::recognise::SourcePlace;
use core::ops::Range;

/// A cell, or a paragraph outside of tables.
#[derive(Default)]
struct Holder {
    /// The contents of its texts, without those of tables within it.
    texts: Vec<Range<usize>>,
    /// Its first paragraph.
    paragraph: Option<Paragraph>,
    /// The row it stands in.
    row: Option<usize>,
    merge: Merge,
    /// Where a merge may be written.
    merge_at: Option<usize>,
    prefix: String,
    /// Marks of controls that hold only a prompt; its text goes with them.
    prompts: Vec<Range<usize>>,
}

#[derive(Clone)]
struct Paragraph {
    /// Its tag where it is an empty one, else the place before its end.
    end: Range<usize>,
    is_empty: bool,
    name: String,
    /// How its letters look.
    look: String,
}

#[derive(Clone, Default, PartialEq, Eq)]
enum Merge {
    #[default]
    None,
    /// The whole element.
    Begins(Range<usize>),
    GoesOn,
}

#[derive(Default)]
pub struct Scan {
    holders: Vec<Holder>,
    rows: Vec<Range<usize>>,
}

/// The written text, and rows that found no place.
pub struct Written {
    pub text: String,
    pub rows: Vec<Copy>,
}

/// What is open while the tags are gone through.
enum Open {
    Cell(usize),
    Row(usize),
    Paragraph { holder: usize, first: bool },
    Other,
}

impl Scan {
    pub fn of(text: &str) -> Result<Scan, Refusal> {
        let mut scan = Scan::default();
        let mut open: Vec<Open> = Vec::new();
        let tags = tags(text);
        let mut at = 0;
        while let Some(tag) = tags.get(at) {
            at += 1;
            if tag.kind == Kind::Close {
                scan.close(open.pop(), tag);
                continue;
            }
            let cell = open.iter().rev().find_map(|open| match open {
                Open::Cell(cell) => Some(*cell),
                _ => None,
            });
            let paragraph = open.iter().rev().find_map(|open| match open {
                Open::Paragraph { holder, first } => Some((*holder, *first)),
                _ => None,
            });
            let next = match tag.name() {
                "tr" => {
                    scan.rows.push(tag.range.clone());
                    Open::Row(scan.rows.len() - 1)
                }
                "tc" => {
                    let row = open.iter().rev().find_map(|open| match open {
                        Open::Row(row) => Some(*row),
                        _ => None,
                    });
                    scan.holders.push(Holder { row, prefix: tag.prefix().to_owned(), ..Holder::default() });
                    Open::Cell(scan.holders.len() - 1)
                }
                "tcPr" => {
                    if let Some(holder) = cell.and_then(|cell| scan.holders.get_mut(cell)) {
                        holder.merge_at = (tag.kind == Kind::Open).then_some(tag.range.end);
                    }
                    Open::Other
                }
                // A merge stands behind these.
                "tcW" | "gridSpan" | "cnfStyle" if tag.kind == Kind::Empty => {
                    if let Some(holder) =
                        cell.and_then(|cell| scan.holders.get_mut(cell)).filter(|holder| holder.merge_at.is_some())
                    {
                        holder.merge_at = Some(tag.range.end);
                    }
                    Open::Other
                }
                "vMerge" => {
                    if let Some(holder) = cell.and_then(|cell| scan.holders.get_mut(cell)) {
                        let begins = tag.get("val") == Some("restart") && tag.kind == Kind::Empty;
                        holder.merge = if begins { Merge::Begins(tag.range.clone()) } else { Merge::GoesOn };
                    }
                    Open::Other
                }
                "p" if paragraph.is_none() || cell.is_some() => {
                    let holder = cell.unwrap_or_else(|| {
                        scan.holders.push(Holder { prefix: tag.prefix().to_owned(), ..Holder::default() });
                        scan.holders.len() - 1
                    });
                    let holds = scan.holders.get_mut(holder);
                    let first = holds.as_ref().is_some_and(|holder| holder.paragraph.is_none());
                    if let Some(holds) = holds.filter(|_| first) {
                        holds.paragraph = Some(Paragraph {
                            end: tag.range.clone(),
                            is_empty: tag.kind == Kind::Empty,
                            name: tag.whole().to_owned(),
                            look: String::new(),
                        });
                    }
                    Open::Paragraph { holder, first }
                }
                "rPr" if tag.kind == Kind::Open => {
                    let end = tags.iter().skip(at).find(|close| close.kind == Kind::Close && close.name() == "rPr");
                    let look = end.and_then(|end| text.get(tag.range.start..end.range.end)).unwrap_or_default();
                    if let Some((holder, true)) = paragraph
                        && let Some(paragraph) = scan.holders.get_mut(holder).and_then(|holder| holder.paragraph.as_mut())
                        && paragraph.look.is_empty()
                        && !look.contains("<w:ins ")
                        && !look.contains("<w:del ")
                    {
                        paragraph.look = look.to_owned();
                    }
                    Open::Other
                }
                "t" if tag.kind == Kind::Open => {
                    // Nothing but text stands in it.
                    if let (Some((holder, _)), Some(close)) = (paragraph, tags.get(at))
                        && let Some(holder) = scan.holders.get_mut(holder)
                    {
                        holder.texts.push(tag.range.end..close.range.start);
                    }
                    Open::Other
                }
                "showingPlcHdr" if tag.kind == Kind::Empty => {
                    if let Some(holder) = cell.and_then(|cell| scan.holders.get_mut(cell)) {
                        holder.prompts.push(tag.range.clone());
                    }
                    Open::Other
                }
                _ => Open::Other,
            };
            if scan.holders.len() > limits::CELLS || open.len() > limits::XML_DEPTH {
                return Err(Refusal::Over(crate::block::Limit::Count));
            }
            open.push(next);
            if tag.kind == Kind::Empty {
                open.pop();
            }
        }
        Ok(scan)
    }

    fn close(&mut self, open: Option<Open>, tag: &Tag<'_>) {
        match open {
            Some(Open::Row(row)) => {
                if let Some(range) = self.rows.get_mut(row) {
                    range.end = tag.range.end;
                }
            }
            Some(Open::Paragraph { holder, first: true }) => {
                if let Some(paragraph) = self.holders.get_mut(holder).and_then(|holder| holder.paragraph.as_mut()) {
                    paragraph.end = tag.range.start..tag.range.start;
                }
            }
            Some(Open::Paragraph { .. } | Open::Cell(_) | Open::Other) | None => {}
        }
    }

    /// The text with a number in every holder, or in those alone that are blank.
    pub fn marked(&self, text: &str, every: bool) -> String {
        let mut edits = Edits::default();
        for (number, holder) in self.holders.iter().enumerate() {
            let is_blank = holder.texts.iter().all(|range| text.get(range.clone()).is_none_or(|text| text.trim().is_empty()));
            // A blank paragraph is no block; with a mark it would be one.
            if is_blank && holder.row.is_none() || !every && (!is_blank || holder.row.is_none()) {
                continue;
            }
            // A prompt would hide the mark.
            holder.prompts.iter().for_each(|prompt| edits.replace(prompt.clone(), ""));
            holder.add(&mut edits, &mark(number));
        }
        edits.apply(text, 0..text.len())
    }

    /// The text with everything in its place.
    pub fn write(&self, text: &str, anchors: &SortedMap<SourcePlace, usize>, filling: &Filling) -> Written {
        let mut edits = Edits::default();
        let mut rows = Vec::new();
        for write in &filling.writes {
            if let Some(holder) = anchors.get(&write.place).and_then(|at| self.holders.get(*at)) {
                holder.set(&mut edits, &write.text);
            }
        }
        let mut opened: SortedMap<usize, ()> = SortedMap::new();
        for copy in &filling.copies {
            if self.copy(text, anchors, copy, &mut edits, &mut opened).is_none() {
                rows.push(copy.clone());
            }
        }
        Written { text: edits.apply(text, 0..text.len()), rows }
    }

    /// Writes a copy of a row behind it. What stands in it as a label becomes one cell with that of the row.
    fn copy(
        &self,
        text: &str,
        anchors: &SortedMap<SourcePlace, usize>,
        copy: &Copy,
        edits: &mut Edits,
        opened: &mut SortedMap<usize, ()>,
    ) -> Option<()> {
        let own = |place: &SourcePlace| matches!(place, SourcePlace::Cell { block, row, .. } if (*block, *row) == (copy.block, copy.row));
        let mut columns: Vec<(u32, usize)> = anchors
            .iter()
            .filter(|(place, _)| own(place))
            .filter_map(|(place, at)| match place {
                SourcePlace::Cell { column, .. } => Some((*column, *at)),
                _ => None,
            })
            .collect();
        let row = columns.iter().find_map(|(_, at)| self.holders.get(*at)?.row)?;
        let range = self.rows.get(row).cloned()?;
        // A title of several lines begins in a row above; here the cell stands in which it goes on.
        let own = |holder: &Holder| holder.row == Some(row) && holder.merge == Merge::GoesOn;
        let on: Vec<usize> = (0..).zip(&self.holders).filter(|(_, holder)| own(holder)).map(|(at, _)| at).collect();
        if on.len() == copy.above.len() {
            columns.extend(copy.above.iter().copied().zip(on));
        }
        if copy.under_titles && copy.texts.iter().any(|(to, _, _)| columns.iter().all(|(column, _)| column != to)) {
            return None;
        }
        let mut within = Edits::default();
        for (at, holder) in self.holders.iter().enumerate().filter(|(_, holder)| holder.row == Some(row)) {
            let new = columns
                .iter()
                .find(|(_, own)| *own == at)
                .and_then(|(column, _)| copy.texts.iter().find(|(to, _, _)| to == column))
                .map(|(_, _, text)| text.as_str());
            let words = holder.texts.iter().any(|range| text.get(range.clone()).is_some_and(|text| !text.trim().is_empty()));
            match (new, &holder.merge) {
                (Some(new), _) => holder.set(&mut within, new),
                (None, Merge::GoesOn) => {}
                (None, Merge::Begins(tag)) if !copy.under_titles => {
                    within.replace(tag.clone(), format!("<{}vMerge/>", holder.prefix));
                    holder.set(&mut within, "");
                }
                (None, Merge::None)
                    if words
                        && !copy.under_titles
                        && columns.iter().any(|(_, own)| *own == at)
                        && copy.is_label(&columns, at) =>
                {
                    let place = holder.merge_at?;
                    if opened.insert(at, ()).is_none() {
                        edits.insert(place, format!("<{0}vMerge {0}val=\"restart\"/>", holder.prefix));
                    }
                    within.insert(place, format!("<{}vMerge/>", holder.prefix));
                    holder.set(&mut within, "");
                }
                (None, Merge::None | Merge::Begins(_)) => holder.set(&mut within, ""),
            }
        }
        let copied = without_ids(&within.apply(text, range.clone()), copy.under_titles);
        edits.insert(range.end, copied);
        Some(())
    }
}

impl Copy {
    /// Whether a cell stands before all that is written: what names the row's group.
    fn is_label(&self, columns: &[(u32, usize)], at: usize) -> bool {
        let own = columns.iter().find(|(_, own)| *own == at).map(|(column, _)| *column);
        let first = self.texts.iter().map(|(column, _, _)| *column).min();
        own.zip(first).is_some_and(|(own, first)| own < first)
    }
}

impl Holder {
    /// Has a text stand here, and nothing else.
    fn set(&self, edits: &mut Edits, text: &str) {
        self.prompts.iter().for_each(|prompt| edits.replace(prompt.clone(), ""));
        match self.texts.split_first() {
            Some((first, rest)) => {
                edits.replace(first.clone(), self.lines(text));
                rest.iter().for_each(|range| edits.replace(range.clone(), ""));
            }
            None if text.is_empty() => {}
            None => self.add(edits, text),
        }
    }

    /// Writes a text behind what stands in the first paragraph.
    fn add(&self, edits: &mut Edits, text: &str) {
        let Some(paragraph) = &self.paragraph else { return };
        let prefix = &self.prefix;
        let run = format!(
            "<{prefix}r>{}<{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
            paragraph.look,
            self.lines(text)
        );
        if paragraph.is_empty {
            let Range { end, .. } = paragraph.end;
            // <w:p/> is opened: the slash goes, and an end comes behind.
            edits.replace(end.saturating_sub(2)..end, format!(">{run}</{}>", paragraph.name));
        } else {
            edits.insert(paragraph.end.start, run);
        }
    }

    /// Lines with breaks between them.
    fn lines(&self, text: &str) -> String {
        let prefix = &self.prefix;
        let between = format!("</{prefix}t><{prefix}br/><{prefix}t xml:space=\"preserve\">");
        text.lines().map(escaped).collect::<Vec<_>>().join(&between)
    }
}

/// A copy without the ids that must be there only once; of titles without what makes them stand out and stand again on every page.
fn without_ids(row: &str, titles: bool) -> String {
    let mut edits = Edits::default();
    for tag in tags(row) {
        if titles && ["tblHeader", "b", "bCs", "shd", "vMerge"].contains(&tag.name()) && tag.kind == Kind::Empty {
            edits.replace(tag.range.clone(), "");
            continue;
        }
        if ["bookmarkStart", "bookmarkEnd"].contains(&tag.name()) && tag.kind == Kind::Empty {
            edits.replace(tag.range.clone(), "");
            continue;
        }
        for (name, value) in super::tags::attributes(tag.inner) {
            if matches!(name, "w14:paraId" | "w14:textId") {
                let written = format!(" {name}=\"{value}\"");
                let at = row.get(tag.range.clone()).and_then(|tag| tag.find(&written));
                if let Some(at) = at.map(|at| tag.range.start + at) {
                    edits.replace(at..at + written.len(), "");
                }
            }
        }
    }
    edits.apply(row, 0..row.len())
}
