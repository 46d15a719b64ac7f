//! The recogniser: tables as people print them become the documents that were printed.

#[path = "recognise/accounts.rs"]
mod accounts;
#[path = "recognise/grids.rs"]
mod grids;
#[path = "recognise/mutations.rs"]
mod mutations;
#[path = "recognise/round_trip.rs"]
mod round_trip;
mod support;
#[path = "recognise/tables.rs"]
mod tables;
#[path = "recognise/told.rs"]
mod told;
