//! The page, and the whole browser, are killed while someone types. What the page has called stored is there afterwards, and of the rest
//! no more is lost than was typed in the last moment. `JIXIAO_KILLS=30` tries each as often as docs/reliability.md counts.

use browser_tests::{Browser, Page};
use std::env;
use std::thread::sleep;
use std::time::{Duration, Instant};

fn times() -> u64 {
    env::var("JIXIAO_KILLS").ok().and_then(|times| times.parse().ok()).unwrap_or(4)
}

/// What the page says that it has stored, noted whenever it says so.
const NOTE: &str = "window.called = '';
    new MutationObserver(() => {
        const [draft, field] = [document.getElementById('draft'), document.querySelector('[data-cell=\"project_name\"]')];
        if (draft && field && draft.textContent.includes('草稿已存')) window.called = field.value;
    }).observe(document.documentElement, { subtree: true, childList: true, characterData: true })";

/// Types for a while into the open project. Each key with the moment that it had reached the page.
fn type_for(page: &Page, milliseconds: u64) -> Vec<(char, Instant)> {
    let end = Instant::now() + Duration::from_millis(milliseconds);
    let mut typed = Vec::new();
    while Instant::now() < end {
        let key = char::from(b'a' + (typed.len() % 26) as u8);
        page.press(&key.to_string());
        typed.push((key, Instant::now()));
        if typed.len() % 37 == 36 {
            sleep(Duration::from_millis(120));
        }
    }
    typed
}

fn begin(page: &Page) {
    page.click("#form-national");
    page.wait_for("[data-cell]");
    page.run(NOTE);
    page.run("document.querySelector('[data-cell=\"project_name\"]').focus()");
}

/// The project name as it stands after the start, an empty text where there is no project.
fn found(page: &Page) -> String {
    page.wait_for("#form-national, [data-cell=\"project_name\"]");
    page.eval("(field => field ? field.value : '')(document.querySelector('[data-cell=\"project_name\"]'))")
}

/// Compares what stands there with what was typed; how long before the end the first lost key was pressed.
fn lost(typed: &[(char, Instant)], called: &str, found: &str, end: Instant) -> Duration {
    let text: String = typed.iter().map(|(key, _)| key).collect();
    assert!(text.starts_with(found), "typed {text}\nfound {found}");
    assert!(found.starts_with(called), "called stored {called}\nfound {found}");
    typed.get(found.len()).map_or(Duration::ZERO, |(_, at)| end - *at)
}

/// A length of typing that differs from run to run: kills fall on every moment between two writes.
fn length(run: u64) -> u64 {
    300 + run * 619 % 1900
}

fn report(what: &str, losses: &[Duration]) {
    let worst = losses.iter().max().copied().unwrap_or_default();
    let some = losses.iter().filter(|lost| **lost > Duration::ZERO).count();
    println!("{what}: {} times; typing of at most {} ms lost, in {some} of them", losses.len(), worst.as_millis());
    // Not a measure of speed: a draft that waits for seconds is not being written.
    assert!(worst < Duration::from_secs(5), "{what}: {worst:?}");
}

#[test]
fn killing_the_browser_while_typing_loses_a_moment_at_most() {
    let mut losses = Vec::new();
    for run in 0..times() {
        let browser = Browser::launch();
        let page = browser.open_saved_file();
        begin(&page);
        let typed = type_for(&page, length(run));
        let called: String = page.eval("window.called");
        let end = Instant::now();
        let browser = Browser::launch_with(browser.kill());
        losses.push(lost(&typed, &called, &found(&browser.open_saved_file()), end));
    }
    report("browser killed while typing", &losses);
}

#[test]
fn killing_the_page_while_typing_loses_a_moment_at_most() {
    let browser = Browser::launch();
    let mut losses = Vec::new();
    for run in 0..times() {
        let page = browser.open_hosted();
        begin(&page);
        let typed = type_for(&page, length(run));
        let called: String = page.eval("window.called");
        let end = Instant::now();
        page.crash();
        losses.push(lost(&typed, &called, &found(&browser.open_beside(&page)), end));
    }
    report("page killed while typing", &losses);
}

#[test]
fn leaving_the_page_while_typing_loses_nothing() {
    let browser = Browser::launch();
    for run in 0..times() {
        let page = browser.open_hosted();
        begin(&page);
        let typed = type_for(&page, length(run));
        page.reload();
        let text: String = typed.iter().map(|(key, _)| key).collect();
        assert_eq!(found(&page), text);
        assert_eq!(page.dialogs().len(), 0, "nothing would be lost, so nothing is asked");
    }
}

#[test]
fn killing_the_browser_right_after_a_draft_is_called_stored_loses_nothing() {
    for run in 0..times() {
        let browser = Browser::launch();
        let page = browser.open_saved_file();
        begin(&page);
        type_for(&page, length(run));
        let text: String = page.eval("document.querySelector('[data-cell=\"project_name\"]').value");
        page.wait("it is called stored", || page.eval::<String>("window.called") == text);
        let browser = Browser::launch_with(browser.kill());
        assert_eq!(found(&browser.open_saved_file()), text);
    }
}
