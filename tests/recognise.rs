//! The recogniser: tables as people print them become the documents that were printed.

#[path = "recognise/accounts.rs"]
mod accounts;
#[path = "recognise/columns.rs"]
mod columns;
#[path = "recognise/doubt.rs"]
mod doubt;
#[cfg(feature = "office")]
#[path = "recognise/formats.rs"]
mod formats;
#[path = "recognise/grids.rs"]
mod grids;
#[path = "recognise/labels.rs"]
mod labels;
#[cfg(feature = "office")]
#[allow(dead_code, reason = "other tests make more with it")]
#[path = "office/make.rs"]
mod make;
#[cfg(feature = "office")]
#[path = "office/make_ole.rs"]
mod make_ole;
#[cfg(feature = "office")]
#[allow(dead_code, reason = "other tests make more with it")]
#[path = "office/make_xls.rs"]
mod make_xls;
#[path = "recognise/mutations.rs"]
mod mutations;
#[path = "recognise/paper.rs"]
mod paper;
#[cfg(feature = "office")]
#[path = "recognise/programs.rs"]
mod programs;
#[path = "recognise/round_trip.rs"]
mod round_trip;
mod support;
#[path = "recognise/tables.rs"]
mod tables;
#[path = "recognise/told.rs"]
mod told;
#[path = "recognise/words.rs"]
mod words;
#[cfg(feature = "office")]
#[path = "office/write.rs"]
mod write;
#[path = "recognise/writers.rs"]
mod writers;
#[path = "recognise/written.rs"]
mod written;
