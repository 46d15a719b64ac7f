use wasm_bindgen::JsCast;
use web_sys::{CssMediaRule, CssStyleSheet, Document, MediaList};

/// The style of the print in the place of that of the screen, until it is dropped.
pub(super) struct Print(Vec<(MediaList, String)>);

impl Print {
    pub(super) fn begin(document: &Document) -> Print {
        let mut changed = Vec::new();
        let sheets = document.style_sheets();
        for sheet in (0..sheets.length()).filter_map(|at| sheets.item(at)?.dyn_into::<CssStyleSheet>().ok()) {
            let Ok(rules) = sheet.css_rules() else { continue };
            for media in (0..rules.length()).filter_map(|at| Some(rules.item(at)?.dyn_into::<CssMediaRule>().ok()?.media())) {
                let text = media.media_text();
                let meanwhile = if text.contains("print") {
                    "all"
                } else if text.contains("screen") {
                    "not all"
                } else {
                    continue;
                };
                media.set_media_text(meanwhile);
                changed.push((media, text));
            }
        }
        Print(changed)
    }
}

impl Drop for Print {
    fn drop(&mut self) {
        for (media, text) in &self.0 {
            media.set_media_text(text);
        }
    }
}
