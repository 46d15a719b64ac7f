//! Forms and profiles: the data that says what a table looks like and how it is scored.
//!
//! A [`Form`] is layout and formulas; a [`Profile`] is how points are given. Both are plain data files under `templates/`,
//! checked once when they are loaded ([`load`]) and immutable afterwards, so the engine never meets an inconsistent one.

mod chart;
mod column;
mod form;
mod formula;
mod kind;
mod labels;
pub mod library;
pub mod load;
mod outline;
mod problem;
mod profile;
mod rate;
mod reader;
mod rule;
mod source;
mod unit;

pub use crate::id::{CellIndex, ColumnIndex, TableIndex};
pub use chart::{ChartDef, ChartKind, ChartRows};
pub use column::{ColumnRole, ColumnsByRole};
pub use form::*;
pub use formula::*;
pub use kind::CellKind;
pub use labels::{LabelGroup, Labels};
pub use library::Library;
pub use outline::{Derived, Outline, OutlineSection};
pub use problem::{Expected, NumberSort, Problem, TemplateError};
pub use profile::*;
pub use rate::{Rate, RateCheck, RateInput};
pub use rule::*;
pub use source::{Citation, Source, SourceId, Sourced};
pub use unit::{AMOUNT_UNITS, amount_unit, amount_unit_name};

use crate::prelude::*;

/// A form together with the profile it is scored by.
#[derive(Clone, Debug)]
pub struct Template {
    pub form: Rc<Form>,
    pub profile: Rc<Profile>,
}
