//! What tests do with a table and look for in what is kept of it.

use crate::Page;
use std::path::{Path, PathBuf};

/// A blank national form, opened.
pub fn national(page: &Page) {
    page.click("#form-national");
    page.wait_for("[data-cell]");
}

/// Puts the keyboard into a cell.
pub fn focus(page: &Page, cell: &str) {
    page.run(&format!("document.querySelector('[data-cell=\"{cell}\"]').focus()"));
}

/// Writes a cell anew, as a person does.
pub fn write(page: &Page, cell: &str, text: &str) {
    focus(page, cell);
    page.press("Control+a");
    page.type_text(text);
}

/// What stands in a cell.
pub fn value(page: &Page, cell: &str) -> String {
    page.eval(&format!("(field => field ? field.value : '(none)')(document.querySelector('[data-cell=\"{cell}\"]'))"))
}

/// The names in the list of projects.
pub fn projects(page: &Page) -> Vec<String> {
    page.eval("[...document.querySelectorAll('.projects .list .project-name')].map(name => name.textContent)")
}

/// Waits until the draft is called stored.
pub fn saved(page: &Page) {
    page.wait_until("(document.getElementById('draft') || {}).textContent.includes('草稿已存')");
}

/// All texts in the browser's database whose keys begin so.
pub fn kept(page: &Page, prefix: &str) -> Vec<String> {
    page.eval(&format!(
        "new Promise(done => {{
            const opening = indexedDB.open('jixiao');
            opening.onerror = () => done([]);
            opening.onupgradeneeded = () => opening.transaction.abort();
            opening.onsuccess = () => {{
                const store = opening.result.transaction('texts').objectStore('texts');
                const [keys, texts] = [store.getAllKeys(), store.getAll()];
                texts.transaction.oncomplete = () => {{
                    opening.result.close();
                    done(texts.result.filter((text, at) => keys.result[at].startsWith('{prefix}')));
                }};
            }};
        }})"
    ))
}

/// Changes what is in the browser's database: what the script does with `store`, which holds all texts. It is on disk then.
pub fn change(page: &Page, script: &str) {
    page.eval::<bool>(&format!(
        "new Promise(done => {{
            const opening = indexedDB.open('jixiao');
            opening.onsuccess = () => {{
                const transaction = opening.result.transaction('texts', 'readwrite');
                const store = transaction.objectStore('texts');
                {script};
                transaction.oncomplete = () => {{ opening.result.close(); done(true); }};
            }};
        }})"
    ));
}

/// All documents in the storage, as text.
pub fn stored(page: &Page) -> Vec<String> {
    kept(page, "jixiao/project/")
}

/// Waits until the page says these words.
#[track_caller]
pub fn says(page: &Page, words: &str) {
    page.wait_until(&format!(
        "(document.querySelector('#notice') || document.createElement('p')).textContent.includes('{words}')"
    ));
}

/// The browser breaks off whatever draws in the page, while `window.breaking` holds.
pub const BREAK: &str = "for (const [type, name] of [[Node, 'textContent'], [Node, 'nodeValue'], [HTMLInputElement, 'value'], [HTMLTextAreaElement, 'value']]) {
    const { get, set } = Object.getOwnPropertyDescriptor(type.prototype, name);
    Object.defineProperty(type.prototype, name, { get, set(text) {
        if (window.breaking && document.getElementById('app').contains(this)) throw new Error('broken');
        set.call(this, text);
    } });
}";

/// Hands out the open table by a button of 导出.
pub fn give(page: &Page, id: &str) -> PathBuf {
    page.click("#export");
    page.wait_for(id);
    page.wait_until(&format!("!document.querySelector('{id}').disabled"));
    page.download(|page| page.click(id))
}

/// Brings a file in and takes its one table.
pub fn bring(page: &Page, file: &Path) {
    page.set_files("#file-field", &[file]);
    page.wait_for("#accept");
    page.click("#accept");
    page.wait_until("!document.querySelector('#accept')");
}
