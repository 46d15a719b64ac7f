//! The recogniser: tables as people print them become the documents that were printed.

#[path = "recognise/grids.rs"]
mod grids;
#[path = "recognise/round_trip.rs"]
mod round_trip;
mod support;
