//! Every example from the first screen to file and paper: opened by keyboard, checked, taken out, printed.

use browser_tests::Browser;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What the golden case of each example expects: `error A08 total.score`, one line a finding.
fn expected() -> BTreeMap<String, Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases");
    let mut expected = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let case: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        if let Some(example) = case.get("example").and_then(toml::Value::as_str) {
            let findings = case["expect"]["findings"].as_array().unwrap();
            let lines = findings.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect();
            expected.insert(example.to_owned(), lines);
        }
    }
    expected
}

#[test]
fn every_example_is_opened_checked_exported_and_printed() {
    let expected = expected();
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.wait_for("#form-national");
    let examples: Vec<String> = page.eval("[...document.querySelectorAll('[id^=example-]')].map(button => button.id)");
    assert!(examples.len() >= 7, "{examples:?}");
    for button in examples {
        let id = button.trim_start_matches("example-");
        let expected = expected.get(id).unwrap_or_else(|| panic!("{id} has no golden case"));
        page.tab_to_id(&button);
        page.press("Enter");
        page.wait_for("[data-cell]");

        let codes: Vec<String> = page.eval("[...document.querySelectorAll('.finding .code')].map(code => code.textContent)");
        let wanted: Vec<&str> = expected.iter().filter_map(|line| line.split(' ').nth(1)).collect();
        assert_eq!(codes, wanted, "{id}");
        if let Some(first) = expected.first().and_then(|line| line.split(' ').nth(2)) {
            page.press("F8");
            page.wait_until(&format!("document.activeElement.dataset.cell === {}", serde_json::json!(first)));
        }

        let file = page.download(|page| page.press("Control+s"));
        let saved: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let found = saved["evaluation"]["findings"].as_array().unwrap().iter();
        let found: Vec<&str> = found.filter_map(|finding| finding["code"].as_str()).collect();
        assert_eq!(found, wanted, "{id}: the file");
        fs::remove_file(file).unwrap();

        let paper = page.download_dir().join("paper.pdf");
        page.pdf(&paper);
        let paper = fs::read(paper).unwrap();
        assert!(paper.starts_with(b"%PDF") && paper.len() > 20_000, "{id}: {} bytes of paper", paper.len());

        page.run("document.querySelector('.projects .pane-head .button:not(.only-drawer)').click()");
        page.wait_for("#form-national");
    }
    assert_eq!(page.console_errors(), [""; 0]);
    assert_eq!(page.requests(), [""; 0]);
}
