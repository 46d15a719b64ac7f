use super::reading::Reading;

/// Reads the text of a cell.
pub fn read(text: &str) -> Reading {
    if text.trim().is_empty() {
        Reading::Blank
    } else {
        Reading::Words
    }
}
