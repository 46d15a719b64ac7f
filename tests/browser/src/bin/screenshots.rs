//! Draws the pictures in docs/screenshots/ from the saved file.

use browser_tests::Browser;
use std::path::Path;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/screenshots");
    let browser = Browser::launch();

    let page = browser.open_saved_file();
    page.screenshot(folder.join("start.png"), 1366, 768);
}
