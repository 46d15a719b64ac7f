//! The module that reads office files, through `pageOffice` of office.js: one question at a time, answered later.

use super::files::File;
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// What is to be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    File(File),
    /// What was pasted, in its two forms.
    Pasted {
        html: String,
        plain: String,
    },
    /// The same, to be answered with its blocks.
    Blocks {
        html: String,
        plain: String,
    },
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
        Question::File(file) => {
            set("file", file);
            set("name", &file.name().into());
        }
        Question::Pasted { html, plain } | Question::Blocks { html, plain } => {
            set("html", &html.into());
            set("plain", &plain.into());
            set("blocks", &matches!(question, Question::Blocks { .. }).into());
        }
    }
    set("told", &told.into());
    let done = Closure::once_into_js(move |kind: JsValue, text: JsValue| {
        let kind = kind.as_string().unwrap_or_default();
        done(match (kind.as_str(), text.as_string()) {
            ("answer", Some(text)) => Ok(text),
            ("answer", None) => Err(Trouble::Unreadable),
            ("missing", _) => Err(Trouble::Missing),
            _ => Err(Trouble::Died),
        });
    });
    if call("ask", &[&asked, &done]).is_none() {
        let _ = done.unchecked_ref::<Function>().call1(&JsValue::NULL, &"missing".into());
    }
    Asked(asked)
}

impl Asked {
    /// Gives the question up.
    pub fn stop(&self) {
        call("stop", &[&self.0]);
    }
}

/// Gives back the memory that was needed, where no question is under way.
pub fn rest() {
    call("stop", &[]);
}

fn call(name: &str, arguments: &[&JsValue]) -> Option<()> {
    let office = Reflect::get(&web_sys::window()?.into(), &"pageOffice".into()).ok()?;
    let function: Function = Reflect::get(&office, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(&office, &arguments.iter().copied().collect()).ok()?;
    Some(())
}
