//! Texts that would be code if the page took them for it: in a document, in a file that is brought in, in a paste, and in what is handed out.

use browser_tests::{Browser, Page};
use std::fs;

const HOSTILE: &str = "\"'><img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>【<b>】javascript:window.hit=1";

/// Nothing ran, and no element came out of a text.
fn assert_harmless(page: &Page, place: &str) {
    assert!(!page.eval::<bool>("!!window.hit"), "{place}");
    let made: usize = page.eval("document.querySelectorAll('img[src=\"x\"], #app script, a[href^=javascript]').length");
    assert_eq!(made, 0, "{place}");
}

fn document() -> String {
    let row = |id: u32| {
        serde_json::json!({ "id": id, "level1": HOSTILE, "level2": HOSTILE, "indicator": HOSTILE, "target": HOSTILE, "actual": HOSTILE,
                            "weight": HOSTILE, "score": HOSTILE, "reason": HOSTILE })
    };
    serde_json::json!({
        "format": "jixiao", "version": 1, "form": { "id": "national" }, "profile": HOSTILE,
        "cells": { "project_name": HOSTILE, "department": HOSTILE, "unit": HOSTILE, "year": HOSTILE, "funds.executed": HOSTILE,
                   "goal.expected": HOSTILE, "goal.actual": HOSTILE, "total.score": HOSTILE, "report.title": HOSTILE,
                   "report.overview": HOSTILE, "report.content": HOSTILE, HOSTILE: HOSTILE },
        "tables": { "funds": [{ "name": HOSTILE, "adjusted": HOSTILE, "executed": HOSTILE }], "indicators": [row(1), row(2)] },
        HOSTILE: HOSTILE,
    })
    .to_string()
}

#[test]
fn a_hostile_document_is_text_wherever_it_is_shown() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.drop_file("body", &format!("{}.json", HOSTILE.replace('/', "")), &document());
    page.wait_for(".form-table");
    assert_harmless(&page, "table");
    for tab in ["formula", "profile", "charts", "findings"] {
        page.click(&format!("#tab-{tab}"));
        assert_harmless(&page, tab);
    }
    page.run("document.querySelector('[data-cell=\"project_name\"]').focus()");
    page.press("F4");
    page.wait_until("!document.querySelector('.form-table')");
    assert_harmless(&page, "report");
    page.press("F4");
    page.wait_for(".form-table");
    page.click("#export");
    page.wait_for("#give-html");
    for part in ["report", "findings", "annex"] {
        page.click(&format!("#part-{part}"));
    }
    assert_harmless(&page, "export");
    let file = page.download(|page| page.click("#give-html"));
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.contains("&lt;img") && !written.contains("<img") && !written.contains("<script>window"), "{written}");
    // The next visit, from the storage.
    page.reload();
    page.wait_for(".form-table");
    assert_harmless(&page, "the next visit");
    // What was handed out is opened by others, without the policy of the page, which lets nobody make HTML of a text.
    page.call("Page.setBypassCSP", serde_json::json!({ "enabled": true }));
    page.reload();
    let made = format!(
        "new DOMParser().parseFromString({}, 'text/html').querySelectorAll('img, script, b, [onerror], a[href^=javascript]').length",
        serde_json::Value::from(written)
    );
    assert_eq!(page.eval::<usize>(&made), 0);
}

#[test]
fn a_hostile_file_and_a_hostile_paste_are_text() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    let cell = HOSTILE.replace('"', "\"\"");
    let table = format!(
        "项目支出绩效自评表\n项目名称,\"{cell}\"\n,年初预算数,全年预算数,全年执行数\n年度资金总额,\"{cell}\",180,82\n\"{cell}\",\"{cell}\"\n"
    );
    page.drop_file("body", "<img src=x onerror=window.hit=1>.csv", &table);
    page.wait_for("#accept");
    assert_harmless(&page, "preview");
    page.click("#accept");
    page.wait_for(".form-table");
    assert_harmless(&page, "accepted");
    page.click("#new-project");
    page.wait_for("#form-national");
    page.copy(HOSTILE, Some(&format!("<table><tr><td>项目名称<td>{HOSTILE}<tr><td>年度资金总额<td>180<td>82</table>")));
    page.paste();
    // Whatever it is taken for.
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_harmless(&page, "pasted");
    let requests = page.requests();
    assert_eq!(requests, [""; 0]);
}
