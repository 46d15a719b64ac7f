//! Keyboard and mouse, as the browser itself would receive them.

use crate::page::{Page, quoted};
use serde_json::json;

impl Page {
    /// Presses and releases a key, with modifiers before it: `Tab`, `a`, `Shift+Tab`, `Control+z`. Names are those of
    /// `KeyboardEvent.key`.
    #[track_caller]
    pub fn press(&self, combination: &str) {
        let (modifiers, key) = split(combination);
        let (code, number, text) = definition(key);
        // With Control, Alt or Meta held, a key gives a command and no text.
        let text = if modifiers & (1 | 2 | 4) == 0 { text } else { String::new() };
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        let event = |kind: &str, text: &str| {
            json!({
                "type": kind, "modifiers": modifiers, "key": key, "code": code, "text": text,
                "windowsVirtualKeyCode": number,
            })
        };
        self.call("Input.dispatchKeyEvent", event(kind, &text));
        self.call("Input.dispatchKeyEvent", event("keyUp", ""));
    }

    /// Puts a text, and the same as HTML, on the clipboard, as another program would.
    #[track_caller]
    pub fn copy(&self, plain: &str, html: Option<&str>) {
        let html = html.map_or(String::new(), |html| format!("event.clipboardData.setData('text/html', {});", quoted(html)));
        self.run(&format!(
            "window.copied = false;
            document.addEventListener('copy', event => {{
                event.clipboardData.setData('text/plain', {});
                {html}
                event.preventDefault();
                event.stopPropagation();
                window.copied = true;
            }}, {{ once: true, capture: true }})",
            quoted(plain)
        ));
        self.command("c", "copy");
        self.wait_until("window.copied");
    }

    /// Copies what the page or the browser takes for chosen.
    pub fn copy_chosen(&self) {
        self.command("c", "copy");
    }

    /// Pastes what is on the clipboard where the focus is.
    pub fn paste(&self) {
        self.command("v", "paste");
    }

    /// A key with Control held, and what the browser does for it.
    fn command(&self, key: &str, command: &str) {
        let (code, number, _) = definition(key);
        let event = |kind: &str, commands: &[&str]| {
            json!({
                "type": kind, "modifiers": 2, "key": key, "code": code, "windowsVirtualKeyCode": number, "commands": commands,
            })
        };
        self.call("Input.dispatchKeyEvent", event("rawKeyDown", &[command]));
        self.call("Input.dispatchKeyEvent", event("keyUp", &[]));
    }

    /// Moves on with Tab until the focus is on an element with this id.
    #[track_caller]
    pub fn tab_to_id(&self, id: &str) {
        self.tab_until(&format!("document.activeElement.id === {}", serde_json::json!(id)), id);
    }

    /// Moves on with Tab until the focus is in a cell.
    #[track_caller]
    pub fn tab_to(&self, cell: &str) {
        self.tab_until(&format!("document.activeElement.dataset.cell === {}", serde_json::json!(cell)), cell);
    }

    #[track_caller]
    fn tab_until(&self, reached: &str, wanted: &str) {
        for _ in 0..400 {
            if self.eval::<bool>(reached) {
                return;
            }
            self.press("Tab");
        }
        panic!("Tab never reached {wanted}; the focus is at {}", self.focused());
    }

    /// Opens an example from the first screen.
    pub fn open_example(&self, id: &str) {
        self.click(&format!("#example-{id}"));
        self.wait_for("[data-cell]");
    }

    /// Types into the focused element: ASCII with keys, all else as an input method hands it over.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        for character in text.chars() {
            match character {
                '\n' => self.press("Enter"),
                '\t' => self.press("Tab"),
                ' '..='~' => self.press(&character.to_string()),
                _ => {
                    self.call("Input.insertText", json!({ "text": character }));
                }
            }
        }
    }

    /// Composes a text with an input method, character by character, and then accepts it.
    #[track_caller]
    pub fn ime_compose(&self, text: &str) {
        let mut composed = String::new();
        for (index, character) in text.chars().enumerate() {
            composed.push(character);
            let caret = index + 1;
            let composition = json!({ "text": composed, "selectionStart": caret, "selectionEnd": caret });
            self.call("Input.imeSetComposition", composition);
        }
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// Clicks in the middle of the first element that matches, after bringing it into view. It is an error where
    /// something else would get the click.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.wait_for(css);
        let (x, y, hit): (f64, f64, String) = self.eval(&format!(
            "(element => {{
                element.scrollIntoView({{ block: 'center', inline: 'center', behavior: 'instant' }});
                const box = element.getBoundingClientRect();
                const x = box.left + box.width / 2, y = box.top + box.height / 2;
                const hit = document.elementFromPoint(x, y);
                const own = hit && (element.contains(hit) || hit.contains(element) || (hit.closest('label') || {{}}).control === element);
                return [x, y, own ? '' : hit ? hit.outerHTML.slice(0, 200) : 'nothing'];
            }})(document.querySelector({}))",
            quoted(css)
        ));
        assert!(hit.is_empty(), "a click on {css} would hit {hit}");
        for (kind, buttons) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({
                "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1,
            });
            self.call("Input.dispatchMouseEvent", event);
        }
    }
}

/// The mouse itself, for what a click in the middle of an element cannot show: the way there.
impl Page {
    /// Moves the pointer straight from one place to another, in small steps, as a hand does.
    #[track_caller]
    pub fn move_mouse(&self, from: (f64, f64), to: (f64, f64)) {
        const STEPS: u32 = 24;
        for step in 0..=STEPS {
            let part = f64::from(step) / f64::from(STEPS);
            self.mouse("mouseMoved", (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part), 0);
        }
    }

    /// Presses and releases the left button where the pointer is.
    #[track_caller]
    pub fn press_mouse(&self, at: (f64, f64)) {
        self.mouse("mousePressed", at, 1);
        self.mouse("mouseReleased", at, 0);
    }

    /// Moves the pointer with the left button held.
    #[track_caller]
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        const STEPS: u32 = 24;
        self.mouse("mousePressed", from, 1);
        for step in 1..=STEPS {
            let part = f64::from(step) / f64::from(STEPS);
            self.mouse("mouseMoved", (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part), 1);
        }
        self.mouse("mouseReleased", to, 0);
    }

    #[track_caller]
    fn mouse(&self, kind: &str, (x, y): (f64, f64), buttons: u8) {
        let button = if kind == "mouseMoved" && buttons == 0 { "none" } else { "left" };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1 });
        self.call("Input.dispatchMouseEvent", event);
    }

    /// The middle of the first element that matches, in the window.
    #[track_caller]
    pub fn middle(&self, css: &str) -> (f64, f64) {
        self.wait_for(css);
        self.eval(&format!(
            "(box => [box.left + box.width / 2, box.top + box.height / 2])(document.querySelector({}).getBoundingClientRect())",
            quoted(css)
        ))
    }
}

/// The modifiers as the protocol counts them, and the key.
fn split(combination: &str) -> (u8, &str) {
    let (mut modifiers, mut key) = (0, combination);
    // A lone `+` is a key, and so is the second one of `Control++`.
    while let Some((modifier, rest)) = key.split_once('+').filter(|(modifier, _)| !modifier.is_empty()) {
        modifiers |= match modifier {
            "Alt" => 1,
            "Control" => 2,
            "Meta" => 4,
            "Shift" => 8,
            _ => panic!("{modifier:?} in {combination:?} is no modifier"),
        };
        key = rest;
    }
    (modifiers, key)
}

/// The physical key's name, its number on Windows, and the text it gives.
#[track_caller]
fn definition(key: &str) -> (String, u32, String) {
    let named = |number, text: &str| (key.to_owned(), number, text.to_owned());
    match key {
        "Backspace" => named(8, ""),
        "Tab" => named(9, ""),
        "Enter" => named(13, "\r"),
        "Escape" => named(27, ""),
        "PageUp" => named(33, ""),
        "PageDown" => named(34, ""),
        "End" => named(35, ""),
        "Home" => named(36, ""),
        "ArrowLeft" => named(37, ""),
        "ArrowUp" => named(38, ""),
        "ArrowRight" => named(39, ""),
        "ArrowDown" => named(40, ""),
        "Delete" => named(46, ""),
        "F1" | "F2" | "F3" | "F4" | "F5" | "F6" | "F7" | "F8" | "F9" => named(111 + u32::from(key.as_bytes()[1] - b'0'), ""),
        " " => ("Space".to_owned(), 32, " ".to_owned()),
        _ => {
            let mut characters = key.chars();
            let (Some(character), None) = (characters.next(), characters.next()) else {
                panic!("the key {key:?} is not known to tests/browser/src/input.rs");
            };
            let upper = character.to_ascii_uppercase();
            let code = match upper {
                'A'..='Z' => format!("Key{upper}"),
                '0'..='9' => format!("Digit{upper}"),
                _ => String::new(),
            };
            // Only letters and digits have numbers of their own; a sign is told by its text.
            let number = if upper.is_ascii_alphanumeric() { upper.into() } else { 0 };
            (code, number, key.to_owned())
        }
    }
}
