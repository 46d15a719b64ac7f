//! Writes down which functions of the page are called until a table is typed into and checked: those are its first part
//! (`xtask/src/first.txt`).

use browser_tests::{Browser, Page, table};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let names = fs::read_to_string(root.join("dist/functions.txt")).expect("cargo xtask record writes the names");
    let names: Vec<&str> = names.lines().collect();
    let browser = Browser::launch();
    let mut seen = BTreeSet::new();
    let page = browser.open_hosted();
    page.wait_for("#form-national");
    table::national(&page);
    typed(&page);
    table::saved(&page);
    note(&page, &mut seen);
    // The next time there is something to take up.
    page.reload();
    page.wait_for("[data-cell], .projects");
    note(&page, &mut seen);
    let first: BTreeSet<&str> = seen.iter().filter_map(|at| names.get(*at)).copied().filter(|name| !name.is_empty()).collect();
    println!("{} of {} functions", first.len(), names.len());
    let text: String = first.iter().map(|name| format!("{name}\n")).collect();
    fs::write(root.join("xtask/src/first.txt"), text).expect("the list can be written");
}

/// A project with its funds, an indicator of each kind of number, and a total that does not add up.
fn typed(page: &Page) {
    for (cell, text) in [("project.name", "示例项目"), ("project.year", "2025"), ("total.score", "95")] {
        if page.eval(&format!("document.querySelector('[data-cell=\"{cell}\"]') !== null")) {
            table::write(page, cell, text);
        }
    }
    // Every cell of the table is written into, in the order in which they stand.
    let cells: Vec<String> =
        page.eval("[...document.querySelectorAll('[data-cell]')].map(field => field.dataset.cell).slice(0, 70)");
    let texts = ["100", "≥95%", "98%", "12月底前", "按期完成", "5", "资金到位晚，年底前已完成支付"];
    for (cell, text) in cells.iter().zip(texts.iter().cycle()) {
        if page.eval(&format!("(field => field !== null && !field.disabled)(document.querySelector('[data-cell=\"{cell}\"]'))")) {
            table::write(page, cell, text);
            page.press("Tab");
        }
    }
}

/// What was called so far, and what leaving the page calls.
fn note(page: &Page, seen: &mut BTreeSet<usize>) {
    page.run("document.dispatchEvent(new Event('visibilitychange')); window.dispatchEvent(new Event('pagehide'))");
    let called: Vec<usize> = page.eval("[...pageSeen]");
    seen.extend(called);
}
