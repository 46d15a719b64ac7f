//! The hosted page comes in two parts. Whenever the second one comes, everything works.

use browser_tests::{Browser, Page, table};

/// Counts how often the rest of the program was asked for in the moment it was needed.
const COUNTING: &str = "window.atOnce = 0;
    const open = XMLHttpRequest.prototype.open;
    XMLHttpRequest.prototype.open = function (how, url) {
        if (/rest-/.test(url)) window.atOnce++;
        return open.apply(this, arguments);
    }";

/// The background never brings it.
const HELD_BACK: &str = "const fetched = window.fetch;
    window.fetch = (url, how) => /rest-/.test(String(url && url.url || url)) ? Promise.reject(new Error('held back')) : fetched(url, how)";

/// Compiles no large program in the moment it is asked to, as older Chromium.
const LATER_ONLY: &str = "const Whole = WebAssembly.Module;
    WebAssembly.Module = new Proxy(Whole, { construct(target, [bytes]) {
        if (bytes.byteLength > 4096) throw new RangeError('too large to be compiled at once');
        return new target(bytes);
    } })";

/// A table typed into, checked and stored.
fn fill_in(page: &Page) {
    table::national(page);
    table::write(page, "project_name", "甲");
    let fund: String =
        page.eval("document.querySelector('[data-cell^=\"funds.\"][data-cell$=\".name\"]').dataset.cell.split('.')[1]");
    table::write(page, &format!("funds.{fund}.adjusted"), "180");
    table::write(page, &format!("funds.{fund}.executed"), "82");
    page.press("Tab");
    let rate = "document.querySelector('[data-cell=\"funds.rate\"]').closest('td').querySelector('.mirror').textContent";
    page.wait_until(&format!("{rate} === '45.56%'"));
    table::saved(page);
}

/// Help and charts, which nobody needs at first.
fn look_around(page: &Page) {
    page.press("F1");
    page.wait_for("#about summary");
    page.press("Escape");
    page.click("#tab-charts");
    page.wait_for("svg");
    assert_eq!(page.console_errors(), [""; 0]);
}

fn asked_at_once(page: &Page) -> u32 {
    page.eval("window.atOnce")
}

/// Whether the built folder holds a page in two parts: one that is built quickly, for trying out, is whole.
fn is_divided(page: &Page) -> bool {
    page.eval("typeof pageRest === 'object'")
}

#[test]
fn the_rest_comes_by_itself() {
    let browser = Browser::launch();
    browser.before_load(COUNTING);
    let page = browser.open_hosted();
    if !is_divided(&page) {
        return eprintln!("dist/ holds a page of one part: cargo xtask bundle makes one of two");
    }
    page.wait("the rest of the program", || page.requests().iter().any(|url| url.contains("rest-")));
    fill_in(&page);
    look_around(&page);
}

/// The start needs nothing of the rest; typing needs no more than what is called now and then.
#[test]
fn what_is_called_before_the_rest_is_there_is_fetched() {
    let browser = Browser::launch();
    browser.before_load(COUNTING);
    browser.before_load(HELD_BACK);
    let page = browser.open_hosted();
    assert_eq!(asked_at_once(&page), 0, "xtask/src/first.txt is behind: cargo xtask record");
    fill_in(&page);
    if asked_at_once(&page) > 0 {
        eprintln!("typing called what xtask/src/first.txt does not name (cargo xtask record)");
    }
    look_around(&page);
    assert_eq!(asked_at_once(&page), u32::from(is_divided(&page)), "once, and then it is there");
}

#[test]
fn what_did_not_come_is_asked_for_again() {
    let browser = Browser::launch();
    browser.before_load(COUNTING);
    browser.before_load(
        "const fetched = window.fetch, timed = window.setTimeout;
        window.failed = 0;
        window.fetch = (url, how) => {
            if (/rest-/.test(String(url && url.url || url)) && window.failed++ < 2) return Promise.reject(new Error('no network'));
            return fetched(url, how);
        };
        window.setTimeout = (call, wait) => timed(call, wait === 10000 ? 50 : wait)",
    );
    let page = browser.open_hosted();
    if !is_divided(&page) {
        return eprintln!("dist/ holds a page of one part: cargo xtask bundle makes one of two");
    }
    page.wait("the third try", || page.requests().iter().any(|url| url.contains("rest-")));
    fill_in(&page);
    look_around(&page);
    assert_eq!(asked_at_once(&page), 0);
}

#[test]
fn where_nothing_large_is_compiled_at_once_the_rest_is_awaited() {
    let browser = Browser::launch();
    browser.before_load(COUNTING);
    browser.before_load(LATER_ONLY);
    let page = browser.open_hosted();
    fill_in(&page);
    look_around(&page);
    assert_eq!(asked_at_once(&page), 0);
}
