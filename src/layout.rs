//! Layout: the printed table as rows of cells with spans, values and states. The page, the print, and every file format draw
//! this one description.

mod cell;
mod geometry;
mod grid;
mod painter;
mod parts;
mod room;
mod rows;
mod sheet;

pub use cell::{CellState, CellView, Content, Field, Held, SheetRow};
pub use geometry::{Direction, Geometry, Place};
pub use painter::shown_text;
pub use parts::{Part, label, parts, side};
pub use sheet::{Section, Sheet, Signature, layout, layout_while_writing};
