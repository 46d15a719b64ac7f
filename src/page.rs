//! The page, from the inside out: `text` says everything, `store` holds everything, `components` draw it, and `browser` is the only
//! place that knows what a browser is.

mod autosave;
mod browser;
mod carried;
mod command;
mod components;
mod draft;
mod field;
mod journal;
mod keys;
mod pages;
mod past;
mod store;
mod text;

/// Shows the page in its place in the document.
pub fn start() {
    browser::crash::report_failures();
    command::prepare(|| {
        if let Some(root) = browser::dom::element("app") {
            yew::Renderer::<components::App>::with_root(root).render();
            browser::dom::root_attribute("data-started", "true");
        }
    });
}
