//! Drives a real browser against the built page, from plain `#[test]` functions:
//!
//! ```no_run
//! use browser_tests::Browser;
//!
//! let browser = Browser::launch();
//! let page = browser.open_saved_file();
//! page.click("#name");
//! page.type_text("１８０");
//! page.press("Tab");
//! page.wait_until("document.querySelector('#total').innerText === '180'");
//! assert_eq!(page.text("#total"), "180");
//! assert!(page.requests().is_empty());
//! ```
//!
//! Every browser has a profile of its own, so tests neither see each other nor whoever runs them. What does not come
//! about within seconds is a panic that says what was awaited and what the page shows. `cargo xtask bundle` builds
//! what is tested; `cargo xtask test` does both.

mod browser;
mod cdp;
mod files;
mod input;
mod others;
mod output;
mod page;
pub mod pdf;
pub mod table;

pub use browser::{Browser, dist, hosted_url, saved_url};
pub use others::Other;
pub use page::{Focused, Page};
