//! Where something stands in a file, for programs.

use crate::recognise::SourcePlace;
use serde::Serialize;

/// A place among the blocks of the file, counted from 0: a paragraph has no row and no column.
#[derive(Clone, Copy, Serialize)]
pub struct At {
    pub block: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

impl From<SourcePlace> for At {
    fn from(place: SourcePlace) -> At {
        match place {
            SourcePlace::Paragraph { block } | SourcePlace::Caption { block } => At { block, row: None, column: None },
            SourcePlace::Cell { block, row, column } => At { block, row: Some(row), column: Some(column) },
        }
    }
}
