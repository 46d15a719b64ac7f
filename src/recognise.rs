//! The recogniser (识别): blocks of a file become documents. It knows no file format, and finds a form by its words, never by positions.
//!
//! Everything printed arrives as typed text, computed cells included, so the checks speak at once. Each text of the source ends as a
//! cell of the document, as a label, as a note, or in the list of what was not understood: nothing is dropped, and nothing that may be two
//! things is decided silently.

#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, clippy::unwrap_used)]

mod around;
mod branch;
mod build;
mod doubt;
mod glued;
mod header;
mod inline;
pub(crate) mod key;
mod known;
mod lay;
mod outside;
mod plan;
mod read;
mod repeated;
mod report;
mod rows;
mod segment;
mod source;
pub(crate) mod text;
mod turn;
mod values;
mod vocabulary;

pub use doubt::excuse;

use crate::block::Blocks;
use crate::document::{CellId, Document};
use crate::number::Magnitude;
use crate::prelude::*;
use crate::template::{CellIndex, ColumnIndex, Labels, Library, TableIndex};
use plan::Plan;
use read::Reader;
use source::Source;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognised {
    /// Tables that a form fits, in the order of the file.
    pub tables: Vec<Found>,
    /// Grids that no form fits, as positions in [`Blocks::list`].
    pub others: Vec<usize>,
    /// Texts that belong to no table that was found.
    pub unrecognised: Vec<Unread>,
}

/// A table that was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it begins.
    pub place: SourcePlace,
    /// Id of the form.
    pub form: String,
    pub certainty: Certainty,
    /// The words, as printed, that this form has and the next best has not, or the most telling ones.
    pub why: Vec<String>,
    /// Other forms that come near, the nearest first.
    pub near: Vec<(String, Certainty)>,
    pub document: Document,
    /// Where the text of each cell stands.
    pub sources: SortedMap<CellId, SourcePlace>,
    /// What became of each text.
    pub fates: SortedMap<SourcePlace, Fate>,
    pub unrecognised: Vec<Unread>,
    pub questions: Vec<Question>,
    pub notices: Vec<FoundNotice>,
    /// Columns of lists of which the file prints no title: nobody could fill them in there.
    pub untitled: SortedSet<(TableIndex, ColumnIndex)>,
    /// Single cells for which the file prints no word, likewise.
    pub unprinted: SortedSet<CellIndex>,
}

/// How much of a table a form explains: texts of its grids that became cells, labels or notes, of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Certainty {
    pub explained: u32,
    pub of: u32,
}

impl Certainty {
    /// In thousandths, rounded down; 0 for an empty table.
    pub fn per_mille(self) -> u32 {
        u32::try_from(u64::from(self.explained) * 1000 / u64::from(self.of.max(1))).unwrap_or(1000)
    }

    /// The same as a decimal: `0.97`, `1`.
    pub fn to_text(self) -> String {
        match self.per_mille() {
            1000.. => "1".to_owned(),
            0 => "0".to_owned(),
            part => format!("0.{part:03}").trim_end_matches('0').to_owned(),
        }
    }
}

impl Found {
    /// Its first cell in a grid; where it has none, where it begins.
    pub fn first_cell(&self) -> SourcePlace {
        let in_grids = self.fates.keys().filter(|place| matches!(place, SourcePlace::Cell { .. }));
        in_grids.min().copied().unwrap_or(self.place)
    }
}

/// Where a text stands: a position in [`Blocks::list`], and the row and column of its grid, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourcePlace {
    Paragraph { block: usize },
    Caption { block: usize },
    Cell { block: usize, row: u32, column: u32 },
}

impl SourcePlace {
    /// Position in [`Blocks::list`].
    pub fn block(self) -> usize {
        match self {
            SourcePlace::Paragraph { block } | SourcePlace::Caption { block } | SourcePlace::Cell { block, .. } => block,
        }
    }
}

/// What became of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stands in this cell of the document; a merged one stands in others too.
    Cell(CellId),
    /// A title, a heading, a word of the form.
    Label,
    /// A note, advice for filling in, a line to sign: understood, and no part of the table.
    Note,
    /// Listed as not understood.
    Unrecognised,
}

/// A text that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub text: String,
    pub place: SourcePlace,
}

/// A text that may be two things. It is in no cell until a person decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub text: String,
    pub place: SourcePlace,
    /// What it may be: in each, texts for cells.
    pub options: Vec<Vec<(CellId, String)>>,
}

/// What a person should know about a table that was recognised. The sentences are in [`crate::wording::recognise`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundNotice {
    /// The table states two units; the first is taken.
    Units { first: Magnitude, other: Magnitude, place: SourcePlace },
    /// The table states no unit; that of the form is taken.
    NoUnit(Magnitude),
    /// So many rows of the blank form were left out: 指标2：, ……
    TemplateRows(u32),
    /// Given texts of a fixed table differ from the form's.
    OtherTexts { place: SourcePlace, form: String },
    /// Points that stand in columns of their own were written behind the name of their level.
    LevelPoints,
}

/// What a person said about a file, where the recogniser was wrong or asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The table at a place is of this form, by its id.
    pub forms: SortedMap<SourcePlace, String>,
    /// What stands at a place is to be read as this word: the title of a column or the name of a row, as the form prints it.
    pub words: SortedMap<SourcePlace, String>,
    /// The text at a place belongs into the cell of this name; it belongs nowhere where the name is empty.
    pub cells: SortedMap<SourcePlace, String>,
}

/// Recognises the tables of many files: what forms print is turned round only once.
pub struct Recogniser<'l> {
    library: &'l Library,
    words: Labels,
    plans: Vec<Plan<'l>>,
    known: known::Known,
}

impl<'l> Recogniser<'l> {
    pub fn new(library: &'l Library) -> Recogniser<'l> {
        let mut words = Labels::builtin();
        // Compared with every row of every list.
        words.foreign.iter_mut().for_each(|word| *word = key::key(word));
        words.plain.iter_mut().for_each(|word| *word = key::key(word));
        let plans: Vec<Plan<'l>> = library.forms.iter().map(|form| Plan::of(form, &words)).collect();
        let known = known::Known::of(&plans, &words);
        Recogniser { library, words, plans, known }
    }

    /// Every table of a file, each as the form that explains most of it.
    pub fn recognise(&self, blocks: &Blocks) -> Recognised {
        self.among(blocks, &Told::default(), None)
    }

    /// The same, with what a person said about it. Their word is final.
    pub fn recognise_told(&self, blocks: &Blocks, told: &Told) -> Recognised {
        self.among(blocks, told, None)
    }

    /// Every table of a file as one of this form; nothing where the library has no such form.
    pub fn recognise_as(&self, blocks: &Blocks, form: &str) -> Recognised {
        self.among(blocks, &Told::default(), Some(form))
    }

    fn among(&self, blocks: &Blocks, told: &Told, forced: Option<&str>) -> Recognised {
        let source = Source::of(blocks, &told.words, &self.known);
        let mut recognised = Recognised::default();
        let mut runs = Vec::new();
        for part in segment::segments(&source, &self.known, &self.words) {
            let form =
                told.forms.iter().find(|(place, _)| source.holds(&part, **place)).map(|(_, form)| form.as_str()).or(forced);
            let plans: Vec<&Plan<'_>> = self.plans.iter().filter(|plan| form.is_none_or(|form| plan.form.id == form)).collect();
            let words: Vec<usize> = plans.iter().map(|plan| source.words_of(&part, plan)).collect();
            // A form of which not half as many words are there as of another is none that need be tried.
            let least = words.iter().copied().max().unwrap_or(0) / 2;
            let near = plans.into_iter().zip(words).filter(|(_, words)| *words >= least).map(|(plan, _)| plan);
            let mut readings: Vec<_> = near
                .map(|plan| Reader::read(plan, &self.words, &source, part.clone()))
                .filter(|reading| reading.fits() || form.is_some() && reading.filled() > 0)
                .collect();
            // The first of equals stands first in the library.
            readings.order_by(|reading| core::cmp::Reverse(reading.rank()));
            build::add(&mut recognised, &mut runs, readings, &source, part);
        }
        report::give(&mut recognised, runs, self.library);
        for found in &mut recognised.tables {
            build::correct(found, &told.cells, self.library);
        }
        recognised
    }
}

/// Recognises every table of one file.
pub fn recognise(library: &Library, blocks: &Blocks) -> Recognised {
    Recogniser::new(library).recognise(blocks)
}

/// Recognises every table of one file as one of this form.
pub fn recognise_as(library: &Library, blocks: &Blocks, form: &str) -> Recognised {
    Recogniser::new(library).recognise_as(blocks, form)
}
