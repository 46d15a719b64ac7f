//! Elements: finding, focusing, and reading what is typed into them.

use crate::page::field::{Mark, Place};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

pub fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

pub fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// What tells a field apart from the others, where the element is one.
pub fn mark(element: &Element) -> Option<Mark> {
    Place::ALL.into_iter().find_map(|place| Some(Mark { place, name: element.get_attribute(place.attribute())? }))
}

/// The element that an event came from.
pub fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// What stands in a field.
pub fn value(element: &Element) -> String {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        return input.value();
    }
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        return area.value();
    }
    element.dyn_ref::<web_sys::HtmlSelectElement>().map(web_sys::HtmlSelectElement::value).unwrap_or_default()
}

/// Writes a field, unless it already holds the text or someone is typing into it.
pub fn set_value_if_idle(element: &Element, text: &str) {
    if is_typed_into(element) || value(element) == text {
        return;
    }
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
    }
}

thread_local! {
    static TYPED_INTO: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Someone types into this field, until the focus leaves it. The focus alone says nothing: it comes back to a field after an undo, and
/// may come before what is undone is drawn.
pub fn typing_into(field: Option<Element>) {
    TYPED_INTO.set(field);
}

fn is_typed_into(element: &Element) -> bool {
    is_focused(element) && TYPED_INTO.with_borrow(|typed| typed.as_ref() == Some(element))
}

pub fn is_focused(element: &Element) -> bool {
    document().and_then(|document| document.active_element()).as_ref() == Some(element)
}

/// Closes every field and button: nothing is to be typed that would be lost.
pub fn close_fields() {
    let Some(found) = document().and_then(|document| document.query_selector_all("input, textarea, select, button").ok()) else {
        return;
    };
    for at in 0..found.length() {
        if let Some(field) = found.get(at).and_then(|node| node.dyn_into::<Element>().ok()) {
            let _ = field.set_attribute("disabled", "");
        }
    }
}

/// Takes the focus from whatever has it, so that nobody is typing any more.
pub fn blur() {
    if let Some(active) = document().and_then(|document| document.active_element())
        && let Some(active) = active.dyn_ref::<HtmlElement>()
    {
        let _ = active.blur();
    }
}

thread_local! {
    /// Whether the page itself moves the focus at this moment.
    static GIVING: Cell<bool> = const { Cell::new(false) };
    static CHOICES: Cell<u32> = const { Cell::new(0) };
}

/// Gives the focus to an element. What hears of it can tell that nobody chose the place.
pub fn give_focus(element: &HtmlElement) {
    GIVING.set(true);
    let _ = element.focus();
    GIVING.set(false);
}

/// Whether the focus that comes to a field just now was given by the page; otherwise someone chose the field.
pub fn is_focus_given() -> bool {
    let given = GIVING.get();
    if !given {
        CHOICES.set(CHOICES.get().wrapping_add(1));
    }
    given
}

/// How often someone has chosen a field. What the page meant to focus before that is overtaken.
pub fn focus_choices() -> u32 {
    CHOICES.get()
}

/// Focuses an element, where it is.
pub fn focus(id: &str) {
    if let Some(element) = element(id)
        && let Some(element) = element.dyn_ref::<HtmlElement>()
    {
        let _ = element.focus();
    }
}

/// Puts a text where the caret stands in the field of a cell, and the caret behind it. The whole text of the field then.
pub fn insert_at_caret(name: &str, text: &str) -> Option<String> {
    let field = document()?.query_selector(&format!("[data-cell=\"{name}\"]")).ok().flatten()?;
    let area = field.dyn_ref::<HtmlTextAreaElement>()?;
    let from = area.selection_start().ok().flatten().unwrap_or(0);
    let length = u32::try_from(text.encode_utf16().count()).ok()?;
    area.set_range_text(text).ok()?;
    let _ = area.focus();
    let _ = area.set_selection_range(from.saturating_add(length), from.saturating_add(length));
    Some(area.value())
}

/// Sets a list back to its first entry.
pub fn choose_first(list: &Element) {
    if let Some(list) = list.dyn_ref::<web_sys::HtmlSelectElement>() {
        list.set_selected_index(0);
    }
}

/// Whether a field is for writing at length, where Enter begins a paragraph instead of leading to another cell.
pub fn is_free(element: &Element) -> bool {
    element.has_attribute("data-free")
}

pub fn scroll_to_top(id: &str) {
    if let Some(element) = element(id) {
        element.set_scroll_top(0);
    }
}

pub fn click(id: &str) {
    if let Some(element) = element(id)
        && let Some(element) = element.dyn_ref::<HtmlElement>()
    {
        element.click();
    }
}

/// Scrolls no further than is needed to see an element whole.
pub fn bring_into_view(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether the caret stands where Up (first) and Down (last) would leave the field. A field of one line is always left.
pub fn caret_at_edges(element: &Element) -> (bool, bool) {
    let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() else { return (true, true) };
    // Two lines of text are taller than this even in small type.
    const TALLER_THAN_ONE_LINE: i32 = 42;
    if area.client_height() < TALLER_THAN_ONE_LINE && !area.value().contains('\n') {
        return (true, true);
    }
    let start = area.selection_start().ok().flatten().unwrap_or(0);
    let end = area.selection_end().ok().flatten().unwrap_or(0);
    let length = u32::try_from(area.value().encode_utf16().count()).unwrap_or(u32::MAX);
    (start == 0 && end == 0, start >= length)
}

/// Sets or clears a class on the root element.
pub fn root_class(class: &str, on: bool) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.class_list().toggle_with_force(class, on);
    }
}

/// Says something of the whole page to whoever looks at it from outside.
pub fn root_attribute(name: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute(name, value);
    }
}

/// Whether the person has loaded the page anew, and not opened it.
pub fn is_reloaded() -> bool {
    let kind = || {
        let performance = js_sys::Reflect::get(&web_sys::window()?.into(), &"performance".into()).ok()?;
        let entries: js_sys::Function = js_sys::Reflect::get(&performance, &"getEntriesByType".into()).ok()?.dyn_into().ok()?;
        let entries: js_sys::Array = entries.call1(&performance, &"navigation".into()).ok()?.dyn_into().ok()?;
        js_sys::Reflect::get(&entries.get(0), &"type".into()).ok()?.as_string()
    };
    kind().as_deref() == Some("reload")
}

pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}
