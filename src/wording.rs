//! Every Chinese sentence that the core speaks, in one place, by exhaustive match: a second language is a second set of these
//! functions.

mod blocks;
pub mod chart;
pub mod disclosure;
mod entry;
pub mod explaining;
mod facts;
pub mod fill;
pub mod history;
pub mod io;
pub mod paper;
pub mod phrases;
pub mod progress;
mod prose;
pub mod rates;
pub mod recognise;
pub mod report;
pub mod source;
pub mod tabular;
mod template;
mod terms;
pub mod workbook;

pub use blocks::{block_notice, file_kind, not_laid, refusal, too_large_to_lay};
pub use facts::{finding, unreadable};
pub use template::template_problem;
pub use terms::*;

/// A finding as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingText {
    /// What the check is about, in a few words.
    pub title: &'static str,
    /// What was found, where it matters why, and how to mend it.
    pub text: crate::prelude::String,
    /// The label of the fix button.
    pub fix: Option<crate::prelude::String>,
}
