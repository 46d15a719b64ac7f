//! 绩效自评 (`jixiao`): the core that fills in, scores, explains and checks a fiscal performance self-evaluation table.
//!
//! The core knows no browser, clock, file, locale or float: it is `no_std`, and both programs (the page and the command) are thin
//! shells around it. Modules in suggested reading order: [`number`], [`template`], [`document`], [`engine`], [`finding`].
#![no_std]
#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::panic)]

extern crate alloc;
#[cfg(any(feature = "office", feature = "writer"))]
extern crate std;

mod prelude;

pub mod block;
pub mod chart;
pub mod disclosure;
pub mod document;
pub mod engine;
mod evaluate;
pub mod explain;
pub mod export;
pub mod fill;
pub mod finding;
mod fix;
pub mod id;
pub mod io;
pub mod layout;
pub mod number;
pub mod numbering;
#[cfg(feature = "office")]
pub mod office;
pub mod order;
pub mod outcome;
pub mod paper;
pub mod paste;
pub mod prose;
pub mod rates;
pub mod recognise;
pub mod report;
pub mod tabular;
pub mod template;
pub mod wire;
pub mod wording;
pub mod workbook;
#[cfg(feature = "writer")]
pub mod writer;

pub use evaluate::evaluate;
pub use fix::fix;
