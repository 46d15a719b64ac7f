//! What is pasted. Reading it from the event needs no permission and no secure context.

use wasm_bindgen::JsCast;

pub fn text(event: &web_sys::Event) -> Option<String> {
    event.dyn_ref::<web_sys::ClipboardEvent>()?.clipboard_data()?.get_data("text/plain").ok()
}
