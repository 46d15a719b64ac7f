//! Writes down which functions of the page are called until a table is typed into and checked: those are its first part
//! (`xtask/src/first.txt`).

use browser_tests::{Browser, Page, table};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let names = fs::read_to_string(root.join("dist/functions.txt")).expect("cargo xtask record writes the names");
    let names: Vec<&str> = names.lines().collect();
    let mut seen = BTreeSet::new();
    // What is called may depend on what is quicker: in each visit someone waits longer between the keys.
    for pause in [0, 50, 400] {
        visit(Duration::from_millis(pause), &mut seen);
    }
    let first: BTreeSet<&str> = seen.iter().filter_map(|at| names.get(*at)).copied().filter(|name| !name.is_empty()).collect();
    println!("{} of {} functions", first.len(), names.len());
    let text: String = first.iter().map(|name| format!("{name}\n")).collect();
    fs::write(root.join("xtask/src/first.txt"), text).expect("the list can be written");
}

/// The first visit of a person and the next.
fn visit(pause: Duration, seen: &mut BTreeSet<usize>) {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    page.wait_for("#form-national");
    table::national(&page);
    typed(&page, pause);
    table::saved(&page);
    note(&page, seen);
    // The next time there is something to take up.
    page.reload();
    page.wait_for("[data-cell], .projects");
    note(&page, seen);
}

/// A table from its first words on, through every state of its check.
fn typed(page: &Page, pause: Duration) {
    table::write(page, "project_name", "示例项目");
    let fund: String =
        page.eval("document.querySelector('[data-cell^=\"funds.\"][data-cell$=\".name\"]').dataset.cell.split('.')[1]");
    for (column, amount) in [("adjusted", "180"), ("executed", "82")] {
        table::write(page, &format!("funds.{fund}.{column}"), amount);
        page.press("Tab");
        sleep(pause);
    }
    table::saved(page);
    // Every cell of the table is written into, in the order in which they stand.
    let cells: Vec<String> =
        page.eval("[...document.querySelectorAll('[data-cell]')].map(field => field.dataset.cell).slice(0, 70)");
    let texts = ["100", "≥95%", "98%", "12月底前", "按期完成", "5", "资金到位晚，年底前已完成支付"];
    for (cell, text) in cells.iter().zip(texts.iter().cycle()) {
        if page.eval(&format!("(field => field !== null && !field.disabled)(document.querySelector('[data-cell=\"{cell}\"]'))")) {
            table::write(page, cell, text);
            page.press("Tab");
            sleep(pause);
        }
    }
}

/// What was called so far, and what leaving the page calls.
fn note(page: &Page, seen: &mut BTreeSet<usize>) {
    page.run("document.dispatchEvent(new Event('visibilitychange')); window.dispatchEvent(new Event('pagehide'))");
    let called: Vec<usize> = page.eval("[...pageSeen]");
    seen.extend(called);
}
