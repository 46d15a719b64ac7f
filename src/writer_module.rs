//! What the page loads when the first office file is to be written: the description of a file goes in, its bytes come out. Neither forms
//! nor the engine are in it.

#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::panic)]

use jixiao::writer;
use wasm_bindgen::prelude::*;

/// Nothing is done before a function is called.
fn main() {}

/// A workbook as an Excel file; no bytes for what describes none.
#[wasm_bindgen]
pub fn xlsx(workbook: &str) -> Vec<u8> {
    serde_json::from_str(workbook).ok().and_then(|workbook| writer::xlsx::write(&workbook)).unwrap_or_default()
}

/// A paper as a Word document; no bytes for what describes none.
#[wasm_bindgen]
pub fn docx(paper: &str) -> Vec<u8> {
    serde_json::from_str(paper).map(|paper| writer::docx::write(&paper)).unwrap_or_default()
}
