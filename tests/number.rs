//! Exact fractions against big rationals, agreement, and the reading of cell texts.

#[path = "number/agree.rs"]
mod agree;
#[path = "number/exact.rs"]
mod exact;
#[path = "number/random.rs"]
mod random;
#[path = "number/readings.rs"]
mod readings;
#[path = "number/reference.rs"]
mod reference;
#[path = "number/spelled.rs"]
mod spelled;
#[path = "number/timeliness.rs"]
mod timeliness;
#[path = "number/units.rs"]
mod units;
