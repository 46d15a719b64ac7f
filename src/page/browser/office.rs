//! The module that reads office files, through `pageOffice` of office.js: one question at a time, answered later.

use super::files::File;
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// What is to be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// A file, and what it is called: its path where a folder came.
    File(File, String),
    /// What was pasted, in its two forms.
    Pasted { html: String, plain: String },
    /// A bureau's own file that a document is to be written into.
    Template { file: File, document: String },
    /// The same, to be laid over an open table; `sure` where a whole table is no question.
    Laid { html: String, plain: String, open: String, sure: bool },
}

/// Why there is no answer. Nothing is said of a question that was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The module could not be loaded.
    Missing,
    /// The browser could not read the file.
    Unreadable,
    /// The module died over it.
    Died,
    /// It took too long.
    Slow,
}

/// A question that was asked.
pub struct Asked(Object);

/// Asks the module. `told` is what a person said about the file.
pub fn ask(question: &Question, told: &str, done: impl FnOnce(Result<String, Trouble>) + 'static) -> Asked {
    let asked = Object::new();
    let set = |key: &str, value: &JsValue| {
        // Setting a key of a fresh object can't fail.
        let _ = Reflect::set(&asked, &key.into(), value);
    };
    match question {
        Question::File(file, name) => {
            set("file", file);
            set("name", &name.into());
        }
        Question::Template { file, document } => {
            set("file", file);
            set("document", &document.into());
        }
        Question::Pasted { html, plain } => {
            set("html", &html.into());
            set("plain", &plain.into());
        }
        Question::Laid { html, plain, open, sure } => {
            set("html", &html.into());
            set("plain", &plain.into());
            set("open", &open.into());
            set("sure", &(*sure).into());
        }
    }
    set("told", &told.into());
    let done = Closure::once_into_js(move |kind: JsValue, text: JsValue| {
        let kind = kind.as_string().unwrap_or_default();
        done(match (kind.as_str(), text.as_string()) {
            ("answer", Some(text)) => Ok(text),
            ("answer", None) => Err(Trouble::Unreadable),
            ("missing", _) => Err(Trouble::Missing),
            ("slow", _) => Err(Trouble::Slow),
            _ => Err(Trouble::Died),
        });
    });
    call("ask", &[&asked, &done]);
    Asked(asked)
}

impl Asked {
    /// Gives the question up.
    pub fn stop(&self) {
        call("stop", &[&self.0]);
    }
}

/// The template that was filled in last; none where nothing could be.
pub fn made() -> Option<js_sys::Uint8Array> {
    Reflect::get(&page_office()?, &"made".into()).ok()?.dyn_into().ok()
}

/// Gives back the memory that was needed, where no question is under way.
pub fn rest() {
    call("stop", &[]);
}

/// Has the module for writing make a file: `kind` is its name for it, and `described` what it is made of. No bytes are a trouble too.
pub fn write(kind: &str, described: &str, done: impl FnOnce(Result<js_sys::Uint8Array, Trouble>) + 'static) {
    let done = Closure::once_into_js(move |answer: JsValue, bytes: JsValue| {
        let bytes = bytes.dyn_into::<js_sys::Uint8Array>().ok().filter(|bytes| bytes.length() > 0);
        done(bytes.ok_or(if answer == "missing" { Trouble::Missing } else { Trouble::Died }));
    });
    call("write", &[&kind.into(), &described.into(), &done]);
}

/// Makes the page as one file that carries this text; none where this page has no such file.
pub fn carry(text: &str, done: impl FnOnce(Option<web_sys::Blob>) + 'static) {
    let done = Closure::once_into_js(move |page: JsValue| done(page.dyn_into().ok()));
    call("carry", &[&text.into(), &done]);
}

/// What is asked of a table or a file: what, the file where it stands in the list, the place in the file, and a value.
pub struct Asks {
    pub what: String,
    pub item: String,
    pub at: String,
    pub value: String,
}

/// Hears what is asked in the parts of the page that are HTML already, as long as what is returned is kept.
pub fn hear(heard: impl Fn(Asks) + 'static) -> Closure<dyn Fn(String, String, String, String)> {
    let hear = Closure::new(move |what, item, at, value| heard(Asks { what, item, at, value }));
    if let Some(office) = page_office() {
        // Setting a key of an object can't fail.
        let _ = Reflect::set(&office, &"hear".into(), hear.as_ref());
    }
    hear
}

/// A table was drawn, or drawn anew where something was said of it.
pub fn shown(again: bool) {
    call("shown", &[&again.into()]);
}

/// A cell of the form was chosen, by its name: its place in the file is marked.
pub fn link(cell: &str) {
    call("link", &[&cell.into()]);
}

/// The files among what was dropped, with those in folders, each with its path. Tells also how many the browser keeps back.
pub fn dropped(data: &web_sys::DataTransfer, done: impl FnOnce(Vec<(File, String)>, bool) + 'static) {
    let done = Closure::once_into_js(move |found: js_sys::Array, missed: bool| {
        let pair = |pair: JsValue| {
            let pair: js_sys::Array = pair.unchecked_into();
            Some((pair.get(0).dyn_into().ok()?, pair.get(1).as_string()?))
        };
        done(found.iter().filter_map(pair).collect(), missed);
    });
    call("dropped", &[data, &done]);
}

fn call(name: &str, arguments: &[&JsValue]) -> Option<()> {
    let office = page_office()?;
    let function: Function = Reflect::get(&office, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(&office, &arguments.iter().copied().collect()).ok()?;
    Some(())
}

fn page_office() -> Option<JsValue> {
    Reflect::get(&web_sys::window()?.into(), &"pageOffice".into()).ok()
}
