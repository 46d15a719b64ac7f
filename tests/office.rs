//! Readers of office files, over files that are made here: from XML texts in tables, so that a case is a few lines.

#[path = "office/cases.rs"]
mod cases;
#[path = "office/containers.rs"]
mod containers;
#[path = "office/doc.rs"]
mod doc;
#[path = "office/formats.rs"]
mod formats;
#[path = "office/make.rs"]
mod make;
#[path = "office/make_doc.rs"]
mod make_doc;
#[path = "office/make_ole.rs"]
mod make_ole;
#[path = "office/make_xls.rs"]
mod make_xls;
#[path = "office/print.rs"]
mod print;
#[path = "office/xls.rs"]
mod xls;
