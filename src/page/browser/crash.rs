//! What is shown should the program ever fail: nothing pretends to work any more, and everything is handed out as a file. Made of plain
//! elements that need the program no more.

use super::{dom, files};
use crate::page::field::Mark;
use crate::page::text;
use gloo::events::EventListener;
use js_sys::Reflect;
use std::cell::RefCell;
use std::rc::Rc;

/// Tells all that is worth keeping as one file, given the field that has the focus and its text.
type LastWords = Rc<dyn Fn(Option<(Mark, String)>) -> String>;

thread_local! {
    static LAST_WORDS: RefCell<Option<LastWords>> = const { RefCell::new(None) };
}

/// Asked once, when the program has failed.
pub fn ask(last_words: impl Fn(Option<(Mark, String)>) -> String + 'static) {
    LAST_WORDS.set(Some(Rc::new(last_words)));
}

pub fn report_failures() {
    // Yew sets a hook of its own unless it is told of another.
    yew::set_custom_panic_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        show();
    }));
    // Not every failure is a panic: memory or stack may end, or the browser break off a call half-way.
    let Some(window) = web_sys::window() else { return };
    for (kind, error) in [("error", "error"), ("unhandledrejection", "reason")] {
        let listener = EventListener::new(&window, kind, move |event| {
            let error = Reflect::get(event, &error.into()).unwrap_or_default();
            let stack = Reflect::get(&error, &"stack".into()).ok().and_then(|stack| stack.as_string());
            if stack.is_some_and(|stack| stack.contains("wasm")) {
                show();
            }
        });
        listener.forget();
    }
}

fn show() -> Option<()> {
    if dom::element("crashed").is_some() {
        return None;
    }
    let document = dom::document()?;
    let typed = document.active_element().and_then(|field| Some((dom::mark(&field)?, dom::value(&field))));
    dom::close_fields();
    // Nothing in it takes the keyboard any more, which is to scroll it all the same.
    if let Some(desk) = dom::element("desk") {
        let _ = desk.set_attribute("tabindex", "0");
    }
    let note = document.create_element("div").ok()?;
    note.set_id("crashed");
    note.set_attribute("role", "alert").ok()?;
    let advice = document.create_element("p").ok()?;
    advice.set_text_content(Some(text::crashed()));
    note.append_child(&advice).ok()?;
    document.body()?.append_child(&note).ok()?;
    // Last, since it asks the most of a program that has failed: should it fail again, the advice stands there.
    let last_words = LAST_WORDS.with(|known| known.try_borrow().ok()?.clone())?;
    let link = files::link(text::crashed_file(), &last_words(typed), "application/json")?;
    link.set_class_name("button primary");
    link.set_text_content(Some(text::crashed_download()));
    note.append_child(&link).ok()?;
    Some(())
}
