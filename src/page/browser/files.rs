//! Files: bringing one in, and handing one out. Handing out goes by a link, which also works for a page opened from disk.

use super::{dom, timer};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Event, HtmlAnchorElement, HtmlInputElement, Url};

pub type File = web_sys::File;

/// Reads a file whole; `None` where the browser can't.
pub fn read(file: File, done: impl FnOnce(Option<Vec<u8>>) + 'static) {
    // The reader stops when it is dropped, so it is kept until it has called.
    let kept = Rc::new(RefCell::new(None));
    let reader = {
        let kept = kept.clone();
        gloo::file::callbacks::read_as_bytes(&gloo::file::File::from(file).into(), move |result| {
            done(result.ok());
            // Not now: this very call comes from the reader.
            timer::after(0, move || drop(kept.borrow_mut().take())).forget();
        })
    };
    *kept.borrow_mut() = Some(reader);
}

/// The files that were chosen in a file field, each with its path where a folder was chosen. The field is emptied, so that the same file
/// may be chosen again.
pub fn chosen(event: &Event) -> Vec<(File, String)> {
    let Some(field) = dom::target(event).and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else { return Vec::new() };
    let chosen = named(field.files());
    field.set_value("");
    chosen
}

/// A browser's list of files.
pub fn named(files: Option<web_sys::FileList>) -> Vec<(File, String)> {
    let files = files.as_ref();
    let path = |file: &File| js_sys::Reflect::get(file, &"webkitRelativePath".into()).ok()?.as_string();
    let files = (0..files.map_or(0, web_sys::FileList::length)).filter_map(|at| files?.get(at));
    files
        .map(|file| {
            let name = path(&file).filter(|path| !path.is_empty()).unwrap_or_else(|| file.name());
            (file, name)
        })
        .collect()
}

/// A link to a text as a file.
pub fn link(name: &str, text: &str, kind: &str) -> Option<HtmlAnchorElement> {
    link_to(name, &JsValue::from_str(text), kind)
}

fn link_to(name: &str, content: &JsValue, kind: &str) -> Option<HtmlAnchorElement> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    // A part of it may be a text or bytes.
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(content), &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = dom::document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    Some(link)
}

/// Hands a text out as a file. False where the browser has no way to.
pub fn save(name: &str, text: &str) -> bool {
    let kind = if name.ends_with(".json") { "application/json" } else { "text/plain;charset=utf-8" };
    link(name, text, kind).is_some_and(follow)
}

/// Hands bytes out as a file.
pub fn save_bytes(name: &str, bytes: &js_sys::Uint8Array) -> bool {
    link_to(name, bytes, "application/octet-stream").is_some_and(follow)
}

/// Hands out a file that the browser holds.
pub fn save_blob(name: &str, blob: &Blob) -> bool {
    link_to(name, blob, "text/html").is_some_and(follow)
}

/// Has the browser save what a link leads to.
fn follow(link: HtmlAnchorElement) -> bool {
    let Some(body) = dom::document().and_then(|document| document.body()) else { return false };
    // Some older browsers only follow links that are part of the document.
    if body.append_child(&link).is_err() {
        return false;
    }
    link.click();
    let _ = body.remove_child(&link);
    let url = link.href();
    // The browser needs the text until it has begun to write the file.
    timer::after(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    true
}
