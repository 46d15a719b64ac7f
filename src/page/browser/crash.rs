//! What is shown should the program ever fail: advice and the drafts as a file, made of plain elements that need the program no more.

use super::{dom, files, storage};
use crate::page::draft;
use crate::page::text;

pub fn report_panics() {
    // Yew sets a hook of its own unless it is told of another.
    yew::set_custom_panic_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        show();
    }));
}

fn show() -> Option<()> {
    if dom::element("crashed").is_some() {
        return None;
    }
    let document = dom::document()?;
    let note = document.create_element("div").ok()?;
    note.set_id("crashed");
    note.set_attribute("role", "alert").ok()?;
    let advice = document.create_element("p").ok()?;
    advice.set_text_content(Some(text::crashed()));
    note.append_child(&advice).ok()?;
    let drafts: Vec<String> = storage::keys(draft::PREFIX).iter().filter_map(|key| storage::read(key)).collect();
    let link = files::link(text::crashed_file(), &draft::backup(&drafts), "application/json")?;
    link.set_class_name("button primary");
    link.set_text_content(Some(text::crashed_download()));
    note.append_child(&link).ok()?;
    document.body()?.append_child(&note).ok()?;
    Some(())
}
