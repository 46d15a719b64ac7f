//! Where the keyboard is: in dialogs it goes round, and afterwards back.

use super::dom;
use super::events::Listening;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

/// What can take the focus within a dialog.
const FOCUSABLE: &str = "button, input, select, textarea, a[href]";

/// Focuses the field of a cell and brings it into view. False while there is none.
pub fn cell(name: &str) -> bool {
    let Some(field) =
        dom::document().and_then(|document| document.query_selector(&format!("[data-cell=\"{name}\"]")).ok().flatten())
    else {
        return false;
    };
    if let Some(field) = field.dyn_ref::<HtmlElement>() {
        dom::give_focus(field);
    }
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.select();
    }
    true
}

/// The element that had the focus before.
pub struct Before(Option<HtmlElement>);

impl Before {
    pub fn give_back(self) {
        if let Some(element) = self.0 {
            dom::give_focus(&element);
        }
    }
}

fn active() -> Option<Element> {
    dom::document()?.active_element()
}

fn within(id: &str) -> Vec<HtmlElement> {
    let Some(list) = dom::element(id).and_then(|root| root.query_selector_all(FOCUSABLE).ok()) else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect()
}

/// Focuses the part of a dialog that says to come first, or its first button.
pub fn first_in(id: &str) -> Before {
    let before = active().and_then(|element| element.dyn_into().ok());
    let inside = within(id);
    let first = inside.iter().find(|element| element.has_attribute("data-first"));
    let button = inside.iter().find(|element| element.tag_name() == "BUTTON").or(inside.first());
    if let Some(element) = first.or(button) {
        let _ = element.focus();
    }
    Before(before)
}

/// Lets Tab go round within a dialog, as long as this is kept.
pub fn keep_in(id: &'static str) -> Listening {
    let options = EventListenerOptions { passive: false, ..EventListenerOptions::default() };
    let listener = dom::document().map(|document| {
        EventListener::new_with_options(&document, "keydown", options, move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|key| key.key() == "Tab") else { return };
            let inside = within(id);
            let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return };
            let now = active();
            let at = |element: &HtmlElement| now.as_ref() == Some(element.as_ref());
            let next = if key.shift_key() && at(first) {
                last
            } else if !key.shift_key() && at(last) {
                first
            } else {
                return;
            };
            event.prevent_default();
            let _ = next.focus();
        })
    });
    Listening::of(listener.into_iter().collect())
}

/// Gives the keyboard to the menu within an element: arrows, Home and End go about in it, and whatever leads out of it closes it.
/// `close` hears whether the keyboard is to go back to where it was.
pub fn menu(id: &'static str, close: impl Fn(bool) + Clone + 'static) -> Listening {
    const ITEMS: &str = ".menu-item:not([disabled])";
    let items = move || -> Vec<HtmlElement> {
        let list = dom::element(id).and_then(|root| root.query_selector_all(ITEMS).ok());
        list.map_or_else(Vec::new, |list| (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect())
    };
    if let Some(first) = items().first() {
        let _ = first.focus();
    }
    if let Some(menu) = dom::element(id).and_then(|root| root.query_selector("[role=menu]").ok().flatten()) {
        dom::bring_into_view(&menu);
    }
    let Some(document) = dom::document() else { return Listening::of(Vec::new()) };
    let options = EventListenerOptions { passive: false, ..EventListenerOptions::default() };
    let inside = move |element: Option<Element>| {
        element.is_some_and(|element| element.closest(&format!("#{id}")).ok().flatten().is_some())
    };
    let keys = {
        let close = close.clone();
        EventListener::new_with_options(&document, "keydown", options, move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|_| inside(dom::target(event))) else { return };
            let items = items();
            let at = items.iter().position(|item| active().as_ref() == Some(item.as_ref()));
            let next = match key.key().as_str() {
                "ArrowDown" => at.map_or(0, |at| at + 1) % items.len().max(1),
                "ArrowUp" => at.unwrap_or(0).checked_sub(1).unwrap_or(items.len().saturating_sub(1)),
                "Home" => 0,
                "End" => items.len().saturating_sub(1),
                "Tab" => {
                    event.prevent_default();
                    return close(true);
                }
                _ => return,
            };
            event.prevent_default();
            if let Some(item) = items.get(next) {
                let _ = item.focus();
            }
        })
    };
    // A press outside closes it, wherever the focus is then.
    let presses = EventListener::new(&document, "mousedown", move |event| {
        if !inside(dom::target(event)) {
            close(false);
        }
    });
    Listening::of(vec![keys, presses])
}

/// A click anywhere in a cell goes to its field.
pub fn field_around(event: &MouseEvent) {
    let Some(target) = dom::target(event) else { return };
    let Some(cell) = target.closest(".cell").ok().flatten() else { return };
    if target.closest("button, .field, .handle").ok().flatten().is_some() {
        return;
    }
    if let Some(field) = cell.query_selector(".field").ok().flatten()
        && let Some(field) = field.dyn_ref::<HtmlElement>()
    {
        let _ = field.focus();
    }
}
