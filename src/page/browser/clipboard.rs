//! What is pasted and copied. Neither way needs a permission or a secure context.

use super::dom;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Copies the text of a field. False where the browser refuses; the text is selected then.
pub fn copy(id: &str) -> bool {
    let field = dom::element(id).and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    let document = dom::document().and_then(|document| document.dyn_into::<web_sys::HtmlDocument>().ok());
    let (Some(field), Some(document)) = (field, document) else { return false };
    field.select();
    document.exec_command("copy").unwrap_or(false)
}

pub fn data(event: &web_sys::Event) -> Option<web_sys::DataTransfer> {
    event.dyn_ref::<web_sys::ClipboardEvent>()?.clipboard_data()
}

pub fn text(event: &web_sys::Event) -> Option<String> {
    form(event, "text/plain")
}

/// The same with its layout; empty where there is none.
pub fn html(event: &web_sys::Event) -> String {
    form(event, "text/html").unwrap_or_default()
}

fn form(event: &web_sys::Event, kind: &str) -> Option<String> {
    data(event)?.get_data(kind).ok()
}

/// Puts a text where the caret stands in the field that has the focus, as if it had been typed: the browser tells the page of it.
pub fn insert(text: &str) {
    let document = dom::document().and_then(|document| document.dyn_into::<web_sys::HtmlDocument>().ok());
    if let Some(document) = document {
        let _ = document.exec_command_with_show_ui_and_value("insertText", false, text);
    }
}

/// Copies a text. Works only within a click or a key press.
pub fn write(text: &str) -> bool {
    let copied = || {
        let document = dom::document()?;
        let area: web_sys::HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
        let body = document.body()?;
        area.set_class_name("hidden-field");
        area.set_value(text);
        body.append_child(&area).ok()?;
        area.select();
        let copied = document.dyn_into::<web_sys::HtmlDocument>().ok()?.exec_command("copy");
        area.remove();
        copied.ok()
    };
    copied().unwrap_or(false)
}

/// Copies a table in its two forms. Works only within a click or a key press.
pub fn write_both(html: &str, plain: &str) -> bool {
    let (html, plain) = (html.to_owned(), plain.to_owned());
    let heard = Closure::once_into_js(move |event: web_sys::Event| {
        if let Some(data) = data(&event) {
            let set = data.set_data("text/html", &html).and_then(|()| data.set_data("text/plain", &plain));
            // Otherwise the browser would copy what is selected.
            if set.is_ok() {
                event.prevent_default();
            }
        }
    });
    let copied = || {
        let document = dom::document()?;
        document.add_event_listener_with_callback("copy", heard.unchecked_ref()).ok()?;
        let copied = document.clone().dyn_into::<web_sys::HtmlDocument>().ok()?.exec_command("copy");
        document.remove_event_listener_with_callback("copy", heard.unchecked_ref()).ok()?;
        copied.ok()
    };
    copied().unwrap_or(false)
}
