//! Finding rows by their id without looking through all of them: large tables ask for every row by its id, many times.

use super::{RowId, TableIndex};
use crate::prelude::*;
use core::cell::OnceCell;

/// What stands for one row.
pub trait HasRowId {
    fn row_id(&self) -> RowId;
}

/// So many rows are looked through at once sooner than an index is made.
const FEW: usize = 48;

/// Where each row stands, made when it is first asked for. It never changes what is found: a place is only believed when the row stands
/// there, and rows that were moved since are looked for one by one.
#[derive(Clone, Debug, Default)]
pub struct RowIndex(OnceCell<Rc<[Places]>>);

/// The rows of one table by id, with their positions.
type Places = Box<[(RowId, u32)]>;

/// It follows from the rows.
impl PartialEq for RowIndex {
    fn eq(&self, _: &RowIndex) -> bool {
        true
    }
}

impl Eq for RowIndex {}

impl RowIndex {
    /// The position of a row in its table, from 0. `tables` must be those that the index was first asked about.
    pub fn position<R: HasRowId>(&self, tables: &[Vec<Rc<R>>], table: TableIndex, id: RowId) -> Option<usize> {
        let rows = tables.get(usize::from(table))?;
        if rows.len() <= FEW {
            return rows.iter().position(|row| row.row_id() == id);
        }
        let index = self.0.get_or_init(|| tables.iter().map(|rows| sorted(rows)).collect());
        let known = index.get(usize::from(table)).and_then(|sorted| {
            let at = sorted.binary_search_by_key(&id, |(id, _)| *id).ok()?;
            usize::try_from(sorted.get(at)?.1).ok()
        });
        match known.filter(|at| rows.get(*at).is_some_and(|row| row.row_id() == id)) {
            Some(at) => Some(at),
            None => rows.iter().position(|row| row.row_id() == id),
        }
    }

    /// To be called where rows come, go or move.
    pub fn forget(&mut self) {
        self.0 = OnceCell::new();
    }
}

/// The first row of each id, by id.
fn sorted<R: HasRowId>(rows: &[Rc<R>]) -> Places {
    if rows.len() <= FEW {
        return Box::default();
    }
    let mut sorted: Vec<(RowId, u32)> = (0..).zip(rows).map(|(at, row)| (row.row_id(), at)).collect();
    sorted.order();
    sorted.dedup_by_key(|(id, _)| *id);
    sorted.into_boxed_slice()
}
