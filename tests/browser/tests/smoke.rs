//! What holds for any version of the page: it opens, offline too, and it prints.

use browser_tests::{Browser, Page};
use std::collections::BTreeSet;
use std::fs;

#[track_caller]
fn check_started(page: &Page) {
    assert!(page.eval::<bool>("!!document.documentElement.dataset.started"), "{}", page.text("body"));
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn the_saved_file_opens_offline_and_asks_for_nothing() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    check_started(&page);
    // `navigator.onLine` is no witness: some versions say true without any network.
    assert_eq!(page.requests(), [""; 0]);
}

#[test]
fn the_saved_file_cannot_send_anything() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    let sent: String = page.eval("fetch('https://example.org/').then(() => 'sent', () => 'refused')");
    assert_eq!(sent, "refused");
    let error = page.console_errors().concat();
    assert!(error.contains("Content Security Policy"), "{error}");
}

#[test]
fn no_text_becomes_a_program() {
    let browser = Browser::launch();
    for page in [browser.open_saved_file(), browser.open_hosted()] {
        // What the debugger evaluates is exempt from the policy; what a timer calls later is not.
        let outcome: String = page.eval(
            "new Promise(done => setTimeout(() => {
                try { new Function('')(); done('ran'); } catch (error) { done(error.name); }
            }))",
        );
        assert_eq!(outcome, "EvalError");
    }
}

#[test]
fn the_hosted_page_opens() {
    let browser = Browser::launch();
    check_started(&browser.open_hosted());
}

#[test]
fn the_hosted_page_loads_each_part_once_and_from_its_own_place() {
    let browser = Browser::launch();
    let requests = browser.open_hosted().requests();
    let different: BTreeSet<&String> = requests.iter().collect();
    assert_eq!(requests.len(), different.len(), "{requests:?}");
    assert!(requests.iter().all(|url| url.starts_with("http://127.0.0.1:")), "{requests:?}");
}

#[test]
fn the_page_prints() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.click("#form-national");
    page.wait_for("[data-cell]");
    let path = page.download_dir().join("page.pdf");
    page.pdf(&path);
    let pdf = fs::read(path).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 10_000, "{} bytes", pdf.len());
}

#[test]
fn where_the_page_cannot_start_it_says_what_to_do() {
    for breakage in ["delete window.WebAssembly", "WebAssembly.instantiate = () => Promise.reject(new Error('too old'))"] {
        let browser = Browser::launch();
        browser.before_load(breakage);
        let page = browser.open_saved_file();
        assert!(page.text("#start-failed").contains("浏览器"), "{breakage}");
    }
}
