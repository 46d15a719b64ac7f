//! Faults that are no accident of a moment, each again and again, at another moment of the typing each time, and what was lost counted.
//! `cargo xtask faults` tries each as often as docs/reliability.md says; the tests of every day once.

use browser_tests::table::{BREAK, change, focus, national, projects, saved, stored, value, write};
use browser_tests::{Browser, Page};
use serde_json::json;
use std::env;
use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

fn rounds() -> usize {
    env::var("JIXIAO_FAULTS").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// While `window.fault` holds, the storage of the browser fails in this way.
const FAULTS: [(&str, &str); 5] = [
    ("full", "put = function () { throw new DOMException('full', 'QuotaExceededError'); }; local = put;"),
    (
        "refused",
        "put = function (...what) { const asked = real.apply(this, what); this.transaction.abort(); return asked; }; local = () => { throw new DOMException('no', 'UnknownError'); };",
    ),
    ("switched off", "put = local = function () { throw new DOMException('off', 'SecurityError'); };"),
    ("pretending", "put = function (text, key) { return this.get(key); }; local = () => {};"),
    (
        "keeping half",
        "put = function (text, key) { return real.call(this, text.slice(0, text.length / 2), key); }; local = (key, text) => set.call(localStorage, key, text.slice(0, text.length / 2));",
    ),
];

fn failing(how: &str) -> String {
    format!(
        "{{
            const real = IDBObjectStore.prototype.put, set = Storage.prototype.setItem;
            let put, local;
            {how}
            IDBObjectStore.prototype.put = function (...what) {{ return (window.fault ? put : real).apply(this, what); }};
            Storage.prototype.setItem = function (...what) {{ return (window.fault ? local : set).apply(this, what); }};
        }}"
    )
}

/// Types letters until the count is reached; with the fault beginning before this one of them.
fn type_into_fault(page: &Page, count: usize, begins: usize) -> String {
    let mut typed = String::new();
    for at in 0..count {
        if at == begins {
            page.run("window.fault = true");
        }
        let key = char::from(b'a' + (at % 26) as u8).to_string();
        page.press(&key);
        typed += &key;
    }
    typed
}

/// Storage that fails in the middle of the typing. In every other round it works again later; else the text is taken out as a file.
#[test]
fn storage_that_fails_while_someone_types_loses_nothing() {
    for (name, how) in FAULTS {
        let browser = Browser::launch();
        browser.before_load(&failing(how));
        let page = browser.open_hosted();
        let mut lost = 0;
        for round in 0..rounds() {
            if round > 0 {
                page.click("#new-project");
                page.wait_for("#form-national");
            }
            national(&page);
            write(&page, "project_name", "before");
            saved(&page);
            focus(&page, "project_name");
            page.press("End");
            let typed = type_into_fault(&page, 30, round % 29);
            let whole = format!("before{typed}");
            page.wait("it is said", || page.eval("!!document.querySelector('#save-file')"));
            assert!(!page.text("#draft").contains("草稿已存"), "{name} {round}: {}", page.text("#draft"));
            if round % 2 == 0 {
                page.run("window.fault = false; [...document.querySelectorAll('#storage-notice button')].find(button => button.textContent === '重试').click()");
                saved(&page);
            } else {
                let file = page.download(|page| page.click("#save-file"));
                lost += usize::from(!fs::read_to_string(&file).unwrap().contains(&whole));
                fs::remove_file(file).unwrap();
                page.run("window.fault = false");
                // It is written by itself when the page is left.
            }
            page.reload();
            page.wait_for("[data-cell=\"project_name\"]");
            let found = value(&page, "project_name");
            assert!(whole.starts_with(&found) || found == whole, "{name} {round}: {found}");
            lost += whole.len() - found.len();
        }
        println!("{name}: {} times; {lost} letters lost", rounds());
        assert_eq!(lost, 0, "{name}");
    }
}

fn put(page: &Page, key: &str, text: &str) {
    change(page, &format!("store.put({}, {})", json!(text), json!(key)));
}

fn draft(id: &str, name: &str, version: u32) -> String {
    let document =
        json!({ "format": "jixiao", "version": version, "form": { "id": "national" }, "cells": { "project_name": name } });
    json!({ "id": id, "revision": 1, "saved_at": "", "name": name, "about": "", "document": document.to_string() }).to_string()
}

/// A draft that is cut off, or has another sign in it, or comes from a program of the future, between two whole ones.
#[test]
fn a_draft_that_can_not_be_read_stays_as_it_is_and_takes_no_other_along() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    for (name, spoil) in [
        ("truncated", (|text, round| text[..text.len() * (round + 1) / 32].to_owned()) as fn(&str, usize) -> String),
        ("damaged", |text, round| {
            let mut bytes = text.as_bytes().to_vec();
            let at = bytes.len() * round / 31;
            bytes[at] = if bytes[at] == b'#' { b'!' } else { b'#' };
            String::from_utf8(bytes).unwrap()
        }),
        ("newer", |_, round| draft("b", "newer", 99 + round as u32)),
    ] {
        let mut lost = 0;
        for round in 0..rounds() {
            let spoilt = spoil(&draft("b", "middle", 1), round);
            for (id, text) in [("a", draft("a", "first", 1)), ("b", spoilt.clone()), ("c", draft("c", "last", 1))] {
                put(&page, &format!("jixiao/project/{id}"), &text);
            }
            page.reload();
            page.wait("all three are listed", || {
                page.eval::<usize>("document.querySelectorAll('.projects .list > li').length") == 3
            });
            // Opened, where it may be; and something is done beside it.
            for wanted in ["middle", "newer", "first"] {
                page.run(&format!("(button => button && button.click())([...document.querySelectorAll('.project-open')].find(button => button.textContent.includes('{wanted}')))"));
            }
            page.wait("the first", || value(&page, "project_name") == "first");
            focus(&page, "project_name");
            page.press("End");
            page.type_text("!");
            saved(&page);
            let texts = stored(&page);
            lost += usize::from(!texts.contains(&spoilt))
                + usize::from(!texts.concat().contains("first!"))
                + usize::from(!texts.concat().contains("last"));
            assert_eq!(texts.len(), 3, "{name} {round}");
        }
        println!("{name}: {} times; {lost} drafts changed or lost", rounds());
        assert_eq!(lost, 0, "{name}");
    }
}

/// How many of these texts are in no project, some seconds after the last window was left at the most.
fn absent(page: &Page, texts: &[String]) -> usize {
    let missing = || {
        let there = stored(page).concat();
        texts.iter().filter(|text| !there.contains(*text)).count()
    };
    let deadline = Instant::now() + Duration::from_secs(5);
    while missing() > 0 && Instant::now() < deadline {
        sleep(Duration::from_millis(100));
    }
    let missing = missing();
    if missing > 0 {
        println!("typed {texts:?}\nthere {:?}", stored(page));
    }
    missing
}

#[test]
fn a_program_that_breaks_off_loses_nothing() {
    let browser = Browser::launch();
    browser.before_load(BREAK);
    let page = browser.open_hosted();
    national(&page);
    let mut whole = String::new();
    let mut lost = 0;
    for round in 0..rounds() {
        focus(&page, "project_name");
        page.press("End");
        for at in 0..=round % 7 {
            let key = char::from(b'a' + at as u8).to_string();
            page.press(&key);
            whole += &key;
        }
        page.run("window.breaking = true");
        page.press("X");
        whole += "X";
        page.wait_for("#crashed a");
        page.run("window.breaking = false");
        let backup = page.download(|page| page.run("document.querySelector('#crashed a').click()"));
        lost += usize::from(!fs::read_to_string(&backup).unwrap().contains(&whole));
        fs::remove_file(backup).unwrap();
        page.reload();
        page.wait_for("[data-cell=\"project_name\"]");
        lost += absent(&page, std::slice::from_ref(&whole));
        whole = value(&page, "project_name");
    }
    println!("program broken off: {} times; {lost} texts lost", rounds());
    assert_eq!(lost, 0);
}

/// Several windows with one project, in which someone types by turns, and which are all left at once.
#[test]
fn windows_that_type_at_once_lose_nothing() {
    for count in [2, 3] {
        let browser = Browser::launch();
        let mut lost = 0;
        let first = browser.open_hosted();
        for round in 0..rounds() {
            if round > 0 {
                first.click("#new-project");
                first.wait_for("#form-national");
            }
            national(&first);
            let base = format!("base {round} ");
            write(&first, "project_name", &base);
            saved(&first);
            let mut windows = vec![browser.open_beside(&first)];
            (2..count).for_each(|_| windows.push(browser.open_beside(&first)));
            windows.iter().for_each(|page| page.wait("the project", || value(page, "project_name") == base));
            let all: Vec<&Page> = std::iter::once(&first).chain(&windows).collect();
            for page in &all {
                focus(page, "project_name");
                page.press("End");
            }
            for key in 0..=(round % 9) as u8 + 3 {
                for (page, from) in all.iter().zip([b'A', b'a', b'0']) {
                    page.press(&char::from(from + key % 10).to_string());
                }
            }
            let typed: Vec<String> = all.iter().map(|page| value(page, "project_name")).collect();
            for page in &all {
                page.reload();
            }
            lost += absent(&first, &typed);
            windows.into_iter().for_each(Page::close);
        }
        println!("{count} windows: {} times; {lost} texts lost; {} projects", rounds(), projects(&first).len());
        assert_eq!(lost, 0, "{count} windows");
        // Nothing is left that was only put down.
        assert_eq!(first.eval::<usize>("Object.keys(localStorage).filter(key => key.startsWith('jixiao/left/')).length"), 0);
    }
}
