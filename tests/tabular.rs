//! Tables that no form fits, checked by their words: right ones in many layouts, where nothing may be said, and every digit of a figure that
//! was checked changed in each of them.

#[path = "tabular/grids.rs"]
mod grids;
#[path = "tabular/odd.rs"]
mod odd;
#[path = "tabular/planted.rs"]
mod planted;
#[path = "tabular/tables.rs"]
mod tables;
