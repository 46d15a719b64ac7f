//! The table that a document was brought in from, as it stands in its file.

use jixiao::document::CellId;
use jixiao::order::SortedSet;
use jixiao::template::Form;
use jixiao::wire::{DOUBTFUL, PIECE};

/// What the module for office files tells of it (`office_module::pane`).
#[derive(Debug, PartialEq)]
pub struct Source {
    /// As it was told, which is also how it is stored.
    pub text: String,
}

impl Source {
    /// More is not stored with a draft: the browser's storage is small.
    const MOST_STORED: usize = 400_000;

    /// `None` where the text is not what the module told.
    pub fn read(text: &str) -> Option<Source> {
        let source = Source { text: text.to_owned() };
        source.part(3)?;
        Some(source)
    }

    fn part(&self, at: usize) -> Option<&str> {
        self.text.splitn(4, PIECE).nth(at)
    }

    /// 表2
    pub fn place(&self) -> &str {
        self.part(0).unwrap_or_default()
    }

    /// How many texts were not understood or may be two things.
    pub fn open(&self) -> usize {
        self.part(1).and_then(|count| count.parse().ok()).unwrap_or(0)
    }

    /// Where the text of a cell stands, in words: 表2第5行第3列, Sheet1!F7.
    pub fn words(&self, cell: CellId, form: &Form) -> Option<&str> {
        let name = cell.name(form);
        self.part(2)?.lines().find_map(|line| line.strip_prefix(&*name)?.strip_prefix('\t'))
    }

    /// The blank cells whose text may be among those that were not understood.
    pub fn doubtful(&self, form: &Form) -> SortedSet<CellId> {
        let mut doubtful = SortedSet::new();
        let names = self.part(2).unwrap_or_default().lines().filter_map(|line| line.strip_prefix(DOUBTFUL));
        doubtful.extend(names.filter_map(|name| CellId::from_name(name, form)));
        doubtful
    }

    /// How it looks.
    pub fn html(&self) -> &str {
        self.part(3).unwrap_or_default()
    }

    pub fn is_stored(&self) -> bool {
        self.text.len() <= Self::MOST_STORED
    }
}
