//! What the page loads when the first file comes: readers and recogniser, in a wasm of their own. Bytes go in, JSON comes out.
//!
//! Every question is answered from the file itself, so an instance that died takes nothing with it, and the next one begins anew.

#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used, clippy::panic)]

#[path = "office_module/answer.rs"]
mod answer;
#[path = "office_module/drawn.rs"]
mod drawn;
#[path = "office_module/filling.rs"]
mod filling;
#[path = "office_module/other.rs"]
mod other;
#[path = "office_module/pane.rs"]
mod pane;
#[path = "office_module/told.rs"]
mod told;

use jixiao::io::begins_as_json;
use jixiao::office;
use jixiao::wire::JSON;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type TextDecoder;

    #[wasm_bindgen(constructor)]
    fn new(label: &str) -> TextDecoder;

    #[wasm_bindgen(method)]
    fn decode(this: &TextDecoder, bytes: &[u8]) -> String;
}

/// Nothing is read before a function is called.
fn main() {
    // The browser's own table is no larger than a name.
    office::decode_by(|bytes| TextDecoder::new("gb18030").decode(bytes));
}

/// What a file holds, with what was said about it and about others of its shape (`told::Said`); `wire::JSON` where it is none of this
/// module's.
#[wasm_bindgen]
pub fn read(bytes: Vec<u8>, name: &str, told: &str) -> String {
    if begins_as_json(&bytes) {
        return JSON.to_owned();
    }
    let blocks = office::read(&bytes, Some(name));
    drop(bytes);
    answer::of(blocks, name, told)
}

/// What was pasted, in its two forms.
#[wasm_bindgen]
pub fn pasted(html: &str, plain: &str, told: &str) -> String {
    answer::of(office::read_pasted(Some(html), Some(plain)), "", told)
}

/// The same, laid over an open table (`jixiao::paste::open`). `sure`: a whole table is no question.
#[wasm_bindgen]
pub fn laid(html: &str, plain: &str, open: &str, sure: bool) -> String {
    answer::laid(html, plain, open, sure)
}

/// A bureau's own file with a document in it (`filling::answer`).
#[wasm_bindgen]
pub fn fill(template: Vec<u8>, document: &str, told: &str) -> Vec<u8> {
    answer::fill(&template, document, told)
}
