//! What an evaluation keeps of the values that it settled.

use super::levels::Levels;
use super::meaning::Meanings;
use super::nesting::Nesting;
use crate::document::Document;
use crate::id::{CellId, ColumnIndex, TableIndex};
use crate::outcome::Outcome;
use crate::prelude::*;
use crate::template::Form;
use core::cell::RefCell;

/// What cells count as, apart from the form and the document that they belong to: an evaluation keeps it, so that whoever explains or
/// draws reads the same values and computes none anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    pub(super) fixed: Vec<Outcome>,
    /// What computed cells of rows count as, where other formulas read them.
    pub(super) rows: SortedMap<CellId, Outcome>,
    pub(super) trees: Trees,
    /// What the rows of each table are.
    pub(super) meanings: Rc<[Meanings]>,
    pub(super) keys: Keys,
}

/// What rows that say the same have in common, made when a formula first asks for it. Many rows may ask for one year.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    /// The rows of a table by what they say in a column.
    pub(super) rows: RefCell<SortedMap<(TableIndex, ColumnIndex), Rc<RowsByKey>>>,
    /// The sums of a column over rows that say the same in another.
    pub(super) sums: RefCell<SortedMap<(TableIndex, ColumnIndex, ColumnIndex, String), Outcome>>,
}

pub(super) type RowsByKey = SortedMap<String, Vec<usize>>;

/// It follows from the document.
impl PartialEq for Keys {
    fn eq(&self, _: &Keys) -> bool {
        true
    }
}

impl Eq for Keys {}

/// What stands above the rows of each table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trees {
    nestings: Rc<[Nesting]>,
    levels: Rc<[Levels]>,
}

impl Trees {
    pub fn of(form: &Form, document: &Document) -> Trees {
        let nestings = Nesting::all(form, document);
        let tables = (0..).zip(&form.tables).zip(nestings.iter());
        let levels = tables.map(|((table, def), nesting)| Levels::of(def, document.rows(table), nesting)).collect();
        Trees { nestings, levels }
    }

    /// The tree of a table's rows.
    pub fn nesting(&self, table: TableIndex) -> &Nesting {
        const FLAT: &Nesting = &Nesting::FLAT;
        self.nestings.get(usize::from(table)).unwrap_or(FLAT)
    }

    /// The levels of a table's rows.
    pub fn levels(&self, table: TableIndex) -> &Levels {
        const NONE: &Levels = &Levels::NONE;
        self.levels.get(usize::from(table)).unwrap_or(NONE)
    }
}
