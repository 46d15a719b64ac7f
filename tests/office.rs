//! Readers of office files, over files that are made here: from XML texts in tables, so that a case is a few lines.

#[path = "office/cases.rs"]
mod cases;
#[path = "office/formats.rs"]
mod formats;
#[path = "office/make.rs"]
mod make;
