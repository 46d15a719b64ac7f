//! A project's own file on the disk, through `pageFile` of file.js.

use super::storage;
use js_sys::{Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// How a project is written into its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Into the file it has, unless somebody else has changed that; one without is asked for one.
    Again,
    /// Over what somebody else has written.
    Over,
    /// Into a file that the person chooses now.
    Anew,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Saved,
    /// Into a file that was just chosen.
    First,
    /// The person chose none.
    Cancelled,
    /// Somebody else has changed the file: nothing was written.
    Changed,
    /// The file is not there any more.
    Gone,
    /// The person, or the system, does not let it be written.
    Refused,
    Failed,
}

/// Whether this browser lets a page write a file that was chosen.
pub fn can() -> bool {
    call("can", &[]).is_some_and(|can| can.is_truthy())
}

/// Writes a project into its file, called `name` where it is new. Tells what came of it, and what the file is called.
pub fn save(id: &str, name: &str, content: &str, how: How, done: impl FnOnce(Came, String) + 'static) {
    let done = Closure::once_into_js(move |came: String, file: String| {
        let came = match came.as_str() {
            "saved" => Came::Saved,
            "first" => Came::First,
            "cancelled" => Came::Cancelled,
            "changed" => Came::Changed,
            "gone" => Came::Gone,
            "refused" => Came::Refused,
            _ => Came::Failed,
        };
        done(came, file);
    });
    let how = match how {
        How::Again => "again",
        How::Over => "over",
        How::Anew => "anew",
    };
    let forgets = storage::keeps_nothing();
    call("save", &[&id.into(), &name.into(), &content.into(), &how.into(), &forgets.into(), &done]);
}

fn call(name: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let file = Reflect::get(&web_sys::window()?.into(), &"pageFile".into()).ok()?;
    let function: Function = Reflect::get(&file, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(&file, &arguments.iter().copied().collect()).ok()
}
