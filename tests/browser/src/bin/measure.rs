//! How quickly the saved file starts and answers a key, printed as medians. Nothing is asserted: machines differ.

use browser_tests::{Browser, Page};
use serde_json::{Value, json};

fn main() {
    let mut starts: Vec<f64> = (0..5).map(|_| start()).collect();
    println!("saved file, from opening to the page drawn: {:.0} ms", median(&mut starts));
    for rows in [14, 25, 200, 1000] {
        let browser = Browser::launch();
        let page = browser.open_saved_file();
        page.drop_file("body", "rows.json", &document(rows).to_string());
        page.wait_for("[data-cell=\"indicators.1.score\"]");
        let mut times = edits(&page);
        let heap: f64 = page.eval("performance.memory.usedJSHeapSize / 1e6");
        println!("{rows:>5} rows: {:.1} ms from a key to the new total; {heap:.0} MB of script memory", median(&mut times));
    }
}

fn start() -> f64 {
    let browser = Browser::launch();
    browser.before_load("window.begun = performance.now(); new MutationObserver(() => { if (!window.drawn && document.getElementById('form-national')) window.drawn = performance.now(); }).observe(document, { childList: true, subtree: true });");
    let page = browser.open_saved_file();
    page.wait_until("window.drawn > 0");
    page.eval("window.drawn")
}

/// Milliseconds from the input event to the new total in the document, with all checks run and drawn.
fn edits(page: &Page) -> Vec<f64> {
    let measured: Value = page.eval(
        "(async () => {
            const field = document.querySelector('[data-cell=\"indicators.1.score\"]');
            const total = document.getElementById('total');
            field.focus();
            const times = [];
            for (let i = 0; i < 40; i++) {
                await new Promise(done => setTimeout(done, 30));
                const changed = new Promise(done => {
                    const observer = new MutationObserver(() => { observer.disconnect(); done(); });
                    observer.observe(total, { childList: true, characterData: true, subtree: true });
                });
                const begun = performance.now();
                field.value = i % 2 ? '4' : '3';
                field.dispatchEvent(new InputEvent('input', { bubbles: true }));
                await changed;
                times.push(performance.now() - begun);
            }
            return times.slice(10);
        })()",
    );
    measured.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

fn document(rows: u32) -> Value {
    let row = |id: u32| {
        json!({
            "id": id, "level1": "产出指标（50分）", "level2": format!("第{}类指标", id / 10), "indicator": format!("指标{id}"),
            "target": "≥100%", "actual": "99%", "weight": "5", "score": "4.5", "reason": "正在改进。",
        })
    };
    json!({
        "format": "jixiao", "version": 1, "form": { "id": "national" },
        "cells": { "funds.adjusted": "180", "funds.executed": "82" },
        "tables": { "indicators": (1..=rows).map(row).collect::<Vec<_>>() },
    })
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
