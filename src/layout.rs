//! Layout: the printed table as rows of cells with spans, values and states. The page, the print, and every file format draw
//! this one description.

mod cell;
mod rows;
mod sheet;

pub use cell::{CellState, CellView, Content, Field};
pub use sheet::{Section, Sheet, SheetRow, layout, shown_text, unit_name};
