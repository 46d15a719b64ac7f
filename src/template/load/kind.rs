//! What a cell or a column holds, and how long its text may be.

use crate::template::reader::Object;
use crate::template::{CellKind, Expected};

pub fn kind(object: &Object<'_>) -> CellKind {
    match object.text("kind").as_str() {
        "text" => CellKind::Text,
        "prose" => CellKind::Prose,
        "year" => CellKind::Year,
        "date" => CellKind::Date,
        "amount" => CellKind::Amount,
        "price" => CellKind::Price,
        "count" => CellKind::Count,
        "percent" => CellKind::Percent,
        "points" => CellKind::Points,
        "value" => CellKind::Value,
        "grade" => CellKind::Grade,
        "choice" => CellKind::Choice,
        _ => {
            object.problem("kind", Expected::Kind);
            CellKind::Text
        }
    }
}

pub fn limit(object: &Object<'_>) -> Option<u16> {
    object.optional_number("limit").and_then(|limit| u16::try_from(limit).ok())
}
