//! Events that are listened to on the whole document: typing, focus, keys, and the page being left.

use super::{clipboard, dom, files, office};
use crate::page::field::Mark;
use crate::page::keys::{Press, Under};
use crate::page::store::How;
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{BeforeUnloadEvent, Event, FocusEvent, InputEvent, KeyboardEvent};

/// Listens as long as it is kept.
pub struct Listening(#[expect(dead_code, reason = "dropping the listeners is what ends them")] Vec<EventListener>);

impl Listening {
    pub fn of(listeners: Vec<EventListener>) -> Listening {
        Listening(listeners)
    }
}

/// What happens in the fields of the paper.
#[derive(Debug, PartialEq, Eq)]
pub enum FieldEvent {
    Typed {
        mark: Mark,
        text: String,
        how: How,
    },
    Pasted {
        mark: Mark,
        text: String,
        /// The same with its layout, where the program that it was copied from gave one.
        html: String,
    },
    Focused {
        mark: Mark,
        /// By the page; otherwise someone chose the field.
        given: bool,
    },
    /// Left, for another field or for none.
    Left {
        to_field: bool,
    },
}

/// Tells what happens in the fields of the paper. `pasted` says whether it took the text over; if so, the browser doesn't insert it.
pub fn listen_to_fields(tell: impl Fn(FieldEvent) -> bool + Clone + 'static) -> Listening {
    let Some(document) = dom::document() else { return Listening(Vec::new()) };
    let options = EventListenerOptions { passive: false, ..EventListenerOptions::default() };
    let listen = |kind: &'static str, make: fn(&Event) -> Option<FieldEvent>| {
        let tell = tell.clone();
        EventListener::new_with_options(&document, kind, options, move |event| {
            if let Some(told) = make(event)
                && tell(told)
            {
                event.prevent_default();
            }
        })
    };
    // What an input method still composes has not been told, and goes with the page if it isn't now. No other text is told so: a field
    // may hold less than the document, line ends for one.
    let composing = Rc::new(Cell::new(false));
    let composes = |kind: &'static str, begins: bool| {
        let composing = composing.clone();
        EventListener::new(&document, kind, move |_| composing.set(begins))
    };
    let last = |target: &web_sys::EventTarget, kind: &'static str| {
        let (tell, composing) = (tell.clone(), composing.clone());
        EventListener::new(target, kind, move |_| {
            if let Some(told) = unfinished().filter(|_| composing.get()) {
                tell(told);
            }
        })
    };
    let typing = |kind: &'static str| EventListener::new(&document, kind, |event| dom::typing_into(dom::target(event)));
    let mut listeners = vec![
        typing("input"),
        typing("compositionstart"),
        listen("input", |event| {
            // While an input method composes, the text is not yet what the person means; `compositionend` brings it.
            let input = event.dyn_ref::<InputEvent>();
            if input.is_some_and(InputEvent::is_composing) { None } else { typed(event, how(input)) }
        }),
        listen("compositionend", |event| typed(event, How::Whole)),
        listen("focusin", |event| {
            let mark = dom::mark(&dom::target(event)?)?;
            Some(FieldEvent::Focused { mark, given: dom::is_focus_given() })
        }),
        listen("focusout", left),
        listen("paste", |event| {
            let mark = dom::mark(&dom::target(event)?)?;
            Some(FieldEvent::Pasted { mark, text: clipboard::text(event)?, html: clipboard::html(event) })
        }),
        composes("compositionstart", true),
        composes("compositionend", false),
        // Before those that put everything down, which listen later.
        last(&document, "visibilitychange"),
    ];
    listeners.extend(web_sys::window().iter().flat_map(|window| [last(window, "beforeunload"), last(window, "pagehide")]));
    Listening(listeners)
}

/// The text of the field with the focus, as it stands there.
fn unfinished() -> Option<FieldEvent> {
    let field = dom::document()?.active_element()?;
    Some(FieldEvent::Typed { mark: dom::mark(&field)?, text: dom::value(&field), how: How::Whole })
}

fn typed(event: &Event, how: How) -> Option<FieldEvent> {
    let field = dom::target(event)?;
    Some(FieldEvent::Typed { mark: dom::mark(&field)?, text: dom::value(&field), how })
}

/// What the browser calls the change. All but single keys put in or take out a whole text at once.
fn how(input: Option<&InputEvent>) -> How {
    match input.map(InputEvent::input_type).as_deref() {
        None | Some("" | "insertText" | "insertLineBreak" | "deleteContentBackward" | "deleteContentForward") => How::Keys,
        Some(_) => How::Whole,
    }
}

fn left(event: &Event) -> Option<FieldEvent> {
    let field = dom::target(event)?;
    dom::mark(&field)?;
    // The window lost the focus, the field within it did not: the person comes back to where they were.
    if dom::is_focused(&field) {
        return Some(FieldEvent::Left { to_field: true });
    }
    dom::typing_into(None);
    let next = event.dyn_ref::<FocusEvent>().and_then(FocusEvent::related_target);
    let next = next.and_then(|next| next.dyn_into::<web_sys::Element>().ok());
    Some(FieldEvent::Left { to_field: next.is_some_and(|next| dom::mark(&next).is_some()) })
}

/// Tells every key press that is not part of composing. Where `press` returns true, the browser's own action is left out.
pub fn listen_to_keys(press: impl Fn(Press, Under) -> bool + 'static) -> Listening {
    /// What browsers report for a key that an input method has taken.
    const TAKEN_BY_INPUT_METHOD: u32 = 229;
    let Some(document) = dom::document() else { return Listening(Vec::new()) };
    let options = EventListenerOptions { passive: false, ..EventListenerOptions::default() };
    Listening(vec![EventListener::new_with_options(&document, "keydown", options, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.is_composing() || key.key_code() == TAKEN_BY_INPUT_METHOD {
            return;
        }
        let under = match dom::target(event) {
            Some(field) if dom::mark(&field).is_some() && !dom::is_free(&field) => {
                let (first_line, last_line) = dom::caret_at_edges(&field);
                Under::Cell { first_line, last_line }
            }
            Some(_) | None => Under::Other,
        };
        let pressed =
            Press { key: key.key(), control: key.ctrl_key() || key.meta_key(), shift: key.shift_key(), alt: key.alt_key() };
        if press(pressed, under) {
            event.prevent_default();
        }
    })])
}

/// Calls when the page may be about to go: hidden, closed, or left.
pub fn listen_to_leaving(leave: impl Fn() + Clone + 'static) -> Listening {
    let mut listeners = Vec::new();
    if let Some(document) = dom::document() {
        let leave = leave.clone();
        listeners.push(EventListener::new(&document, "visibilitychange", move |_| {
            if dom::document().is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Hidden) {
                leave();
            }
        }));
    }
    if let Some(window) = web_sys::window() {
        listeners.push(EventListener::new(&window, "pagehide", move |_| leave()));
    }
    Listening(listeners)
}

/// Has the browser ask before the page is left, where it is told to. Browsers have words of their own for it.
pub fn listen_to_unload(would_lose: impl Fn() -> bool + 'static) -> Listening {
    let options = EventListenerOptions { passive: false, ..EventListenerOptions::default() };
    let listener = web_sys::window().map(|window| {
        EventListener::new_with_options(&window, "beforeunload", options, move |event| {
            if would_lose()
                && let Some(event) = event.dyn_ref::<BeforeUnloadEvent>()
            {
                event.prevent_default();
                // Browsers before 2023 want a text, though they show none.
                event.set_return_value("1");
            }
        })
    });
    Listening(listener.into_iter().collect())
}

/// Tells what is pasted where nothing is to be written: files, or a text in its two forms. Where `pasted` returns true, the page took it.
pub fn listen_to_pastes(pasted: impl Fn(Vec<(web_sys::File, String)>, String, String) -> bool + 'static) -> Listening {
    let Some(document) = dom::document() else { return Listening(Vec::new()) };
    let options = EventListenerOptions { passive: false, ..EventListenerOptions::default() };
    Listening(vec![EventListener::new_with_options(&document, "paste", options, move |event| {
        let in_field = dom::target(event).is_some_and(|target| target.matches("input, textarea, select").unwrap_or(false));
        let Some(data) = clipboard::data(event).filter(|_| !in_field) else { return };
        let form = |kind: &str| data.get_data(kind).unwrap_or_default();
        if pasted(files::named(data.files()), form("text/html"), form("text/plain")) {
            event.prevent_default();
        }
    })])
}

/// Lets files be dropped anywhere on the page.
pub fn listen_to_drops(dropped: impl Fn(Vec<(web_sys::File, String)>, bool) + Clone + 'static) -> Listening {
    let Some(document) = dom::document() else { return Listening(Vec::new()) };
    let options = EventListenerOptions { passive: false, ..EventListenerOptions::default() };
    let carries_files = |event: &Event| {
        let data = event.dyn_ref::<web_sys::DragEvent>().and_then(web_sys::DragEvent::data_transfer);
        data.filter(|data| data.types().includes(&"Files".into(), 0))
    };
    let over = EventListener::new_with_options(&document, "dragover", options, move |event| {
        if carries_files(event).is_some() {
            event.prevent_default();
        }
    });
    let drop = EventListener::new_with_options(&document, "drop", options, move |event| {
        if let Some(data) = carries_files(event) {
            event.prevent_default();
            office::dropped(&data, dropped.clone());
        }
    });
    Listening(vec![over, drop])
}
