//! Storage and undo at their ends: three windows, wrong clocks, documents of megabytes, a thousand projects, a thousand edits, and what an
//! input method had not finished. Each counts what was lost, and that is nothing.

use browser_tests::table::{focus, national, projects, saved, stored, value, write};
use browser_tests::{Browser, Page};
use serde_json::json;
use std::fs;
use std::time::{Duration, Instant};

fn undo(page: &Page, key: &str, times: usize) {
    for _ in 0..times {
        page.press(key);
    }
}

#[test]
fn three_windows_typing_at_once_lose_nothing() {
    let browser = Browser::launch();
    let one = browser.open_hosted();
    national(&one);
    write(&one, "project_name", "base");
    saved(&one);
    let (two, three) = (browser.open_beside(&one), browser.open_beside(&one));
    let windows = [&one, &two, &three];
    for page in windows {
        page.wait_for("[data-cell=\"project_name\"]");
        focus(page, "project_name");
        page.press("End");
    }
    for key in 0..12_u8 {
        for (page, first) in windows.into_iter().zip([b'A', b'a', b'0']) {
            page.press(&char::from(first + key % 10).to_string());
        }
        if key % 5 == 4 {
            std::thread::sleep(Duration::from_millis(400));
        }
    }
    let typed = windows.map(|page| value(page, "project_name"));
    assert_eq!(typed, ["baseABCDEFGHIJAB", "baseabcdefghijab", "base012345678901"]);
    for page in windows {
        page.reload();
    }
    one.wait("all three texts", || {
        let texts = stored(&one).concat();
        typed.iter().all(|typed| texts.contains(typed))
    });
    assert_eq!(one.console_errors(), [""; 0]);
}

/// A clock that stands at a moment, in milliseconds since 1970, and goes on from there.
fn clock_at(milliseconds: i64) -> String {
    format!(
        "(() => {{
            const Real = Date, off = {milliseconds} - Real.now();
            const now = () => Real.now() + off;
            window.Date = new Proxy(Real, {{
                construct: (target, given) => given.length ? new Real(...given) : new Real(now()),
                apply: () => new Real(now()).toString(),
                get: (target, name) => name === 'now' ? now : Real[name],
            }});
        }})()"
    )
}

/// Four visits, with a right clock, one set back by a year, one at the beginning of time, and one at the end of years.
#[test]
fn wrong_clocks_lose_nothing() {
    let right = 1_780_000_000_000_i64;
    let visits =
        [(right, "right"), (right - 31_536_000_000, "back"), (0, "1970"), (253_370_764_800_000, "9999"), (right, "again")];
    let browser = Browser::launch();
    let page = browser.open_hosted();
    let mut before = String::new();
    for (at, name) in visits {
        page.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": clock_at(at) }));
        page.reload();
        let year: i64 = page.eval("new Date().getUTCFullYear()");
        assert_eq!(year, if at == right { 2026 } else { [2025, 1970, 9999][usize::from(at == 0) + 2 * usize::from(at > right)] });
        if before.is_empty() {
            national(&page);
        } else {
            page.wait("the text of the visit before", || value(&page, "project_name") == before);
        }
        write(&page, "project_name", name);
        saved(&page);
        page.wait("it is stored", || stored(&page).concat().contains(&format!("\\\"{name}\\\"")));
        // What was written over in this visit is a version, whatever the clock says.
        before = name.to_owned();
    }
    page.click("#past");
    page.wait_for(".past li");
    let told = page.text(".past");
    for (_, name) in &visits[..4] {
        assert!(told.contains(name), "{name} is among the versions: {told}");
    }
    assert_eq!(projects(&page), ["again"]);
    assert_eq!(page.console_errors(), [""; 0]);
}

/// A document of five megabytes: brought in, gone on with, stored, found again, and handed out.
#[test]
fn a_document_of_five_megabytes_is_kept_whole() {
    let browser = Browser::launch();
    let mut page = browser.open_hosted();
    page.patience = Duration::from_secs(60);
    let paragraph = "资金按进度拨付，专款专用，无结余。".repeat(200);
    let row =
        |number: u32| json!({ "id": number, "level1": "产出指标", "indicator": format!("指标{number}"), "reason": paragraph });
    let rows: Vec<_> = (1..=500).map(row).collect();
    let document = json!({ "format": "jixiao", "version": 1, "form": { "id": "national" },
                           "cells": { "project_name": "five" }, "tables": { "indicators": rows } })
    .to_string();
    assert!(document.len() > 5_000_000, "{}", document.len());
    let file = page.download_dir().join("five.json");
    fs::write(&file, &document).unwrap();
    let start = Instant::now();
    page.set_files("#file-field", &[&file]);
    page.wait("it is open", || value(&page, "project_name") == "five");
    println!("opened after {:?}", start.elapsed());
    write(&page, "project_name", "five megabytes");
    let start = Instant::now();
    saved(&page);
    page.wait("it is stored", || stored(&page).concat().contains("five megabytes"));
    println!("stored after {:?}", start.elapsed());
    page.reload();
    page.wait("it is there again", || value(&page, "project_name") == "five megabytes");
    assert_eq!(value(&page, "indicators.500.reason"), paragraph);
    let start = Instant::now();
    focus(&page, "indicators.250.reason");
    page.press("Control+End");
    page.type_text("x");
    page.wait("the key", || value(&page, "indicators.250.reason") == format!("{paragraph}x"));
    println!("a key after {:?}", start.elapsed());
    let out = page.download(|page| page.press("Control+s"));
    let written: serde_json::Value = serde_json::from_str(&fs::read_to_string(out).unwrap()).unwrap();
    assert_eq!(written["tables"]["indicators"].as_array().unwrap().len(), 500);
    assert_eq!(written["tables"]["indicators"][249]["reason"], format!("{paragraph}x"));
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn a_thousand_projects_are_kept_and_found() {
    let browser = Browser::launch();
    let mut page = browser.open_hosted();
    page.patience = Duration::from_secs(120);
    let draft = |number: u32| {
        let document = json!({ "format": "jixiao", "version": 1, "form": { "id": "national" }, "cells": { "project_name": format!("项目{number}") } });
        json!({ "id": format!("p{number}"), "revision": 1, "saved_at": "", "name": format!("项目{number}"), "about": "", "document": document.to_string() })
    };
    let backup = serde_json::Value::from((0..1000).map(draft).collect::<Vec<_>>()).to_string();
    let file = page.download_dir().join("backup.json");
    fs::write(&file, backup).unwrap();
    let start = Instant::now();
    page.set_files("#file-field", &[&file]);
    page.wait("all are stored", || stored(&page).len() == 1000);
    println!("brought in and stored after {:?}", start.elapsed());
    let start = Instant::now();
    page.reload();
    page.wait("all are listed", || projects(&page).len() == 1000);
    println!("listed after {:?}", start.elapsed());
    let mut names = projects(&page);
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 1000);
    page.run("[...document.querySelectorAll('.projects .list .project button')].find(button => button.textContent.includes('项目777')).click()");
    page.wait("it is open", || value(&page, "project_name") == "项目777");
    let start = Instant::now();
    write(&page, "project_name", "changed");
    page.wait("the change is stored", || stored(&page).concat().contains("changed"));
    println!("changed and stored after {:?}", start.elapsed());
    page.reload();
    page.wait("it is there", || projects(&page).iter().any(|name| name == "changed"));
    assert_eq!(stored(&page).len(), 1000);
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn a_thousand_edits_are_undone_and_done_again() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    national(&page);
    let cells = ["project_name", "competent_department"];
    let state = || cells.map(|cell| value(&page, cell));
    let blank = state();
    for edit in 0..1000 {
        // Turning to another cell begins a step, so each key is one.
        focus(&page, cells[edit % 2]);
        page.press(&char::from(b'a' + (edit / 2 % 26) as u8).to_string());
    }
    let full = state();
    assert_eq!(full[0].len() + full[1].len(), 1000);
    undo(&page, "Control+z", 1000);
    page.wait("everything is undone", || state() == blank);
    undo(&page, "Control+z", 3);
    assert_eq!(state(), blank);
    undo(&page, "Control+y", 500);
    page.wait("half is done again", || state().concat().len() == 500);
    undo(&page, "Control+y", 500);
    page.wait("everything is done again", || state() == full);
    saved(&page);
    page.reload();
    page.wait("it was kept", || state() == full);
    assert_eq!(page.console_errors(), [""; 0]);
}

/// The page is left while an input method composes: what it shows in the field is there in the next visit.
#[test]
fn what_an_input_method_composes_survives_a_reload() {
    let browser = Browser::launch();
    for page in [browser.open_hosted(), browser.open_saved_file()] {
        national(&page);
        write(&page, "project_name", "road");
        saved(&page);
        page.press("End");
        page.call("Input.imeSetComposition", json!({ "text": "养护", "selectionStart": 2, "selectionEnd": 2 }));
        assert_eq!(value(&page, "project_name"), "road养护");
        page.reload();
        page.wait("all of it", || value(&page, "project_name") == "road养护");
        assert_eq!(page.dialogs(), [""; 0]);
        assert_eq!(page.console_errors(), [""; 0]);
    }
}
