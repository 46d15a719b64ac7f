//! The hosted page kept by the browser: it starts without a host, a newer version drops no draft, and no page gets parts of two versions.

use browser_tests::table::{give, national, saved, value, write};
use browser_tests::{Browser, Page, dist};
use local::server;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;
use tempfile::TempDir;

/// The page does not wait for a quiet moment before it is kept.
const AT_ONCE: &str = "const timed = window.setTimeout;
    window.setTimeout = (call, wait) => timed(call, wait === 4000 ? 0 : wait)";

fn host() -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    for file in fs::read_dir(dist()).unwrap().flatten().filter(|file| file.path().is_file()) {
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let url = server::start(folder.path(), 0).unwrap();
    (folder, url)
}

fn kept(page: &Page) {
    page.wait_until("window.ready || (navigator.serviceWorker.ready.then(() => window.ready = true), false)");
}

/// A host, its address, and a page of it with a draft that a browser keeps.
fn kept_with_a_draft() -> (TempDir, String, Browser, Page) {
    let (folder, url) = host();
    let browser = Browser::launch();
    browser.before_load(AT_ONCE);
    let page = browser.open(&url, false);
    national(&page);
    write(&page, "project_name", "路灯");
    saved(&page);
    kept(&page);
    (folder, url, browser, page)
}

fn remove_all(folder: &Path) {
    fs::read_dir(folder).unwrap().flatten().for_each(|file| fs::remove_file(file.path()).unwrap());
}

/// Another version of the page on its host, of which this part is said to be one.
fn newer(page: &Page, folder: &Path, mark: &str, part: Option<&str>) {
    let index = fs::read_to_string(dist().join("index.html")).unwrap().replace("</body>", &format!("<!-- {mark} --></body>"));
    fs::write(folder.join("index.html"), &index).unwrap();
    let worker = fs::read_to_string(dist().join("worker.js")).unwrap();
    let known = worker.split("INDEX = \"").nth(1).unwrap().split('"').next().unwrap();
    let hash: String = page.eval(&format!(
        "crypto.subtle.digest('SHA-256', new TextEncoder().encode({})).then(hash => [...new Uint8Array(hash)].slice(0, 8).map(byte => byte.toString(16).padStart(2, '0')).join(''))",
        serde_json::json!(index)
    ));
    let mut worker = worker.replace(known, &hash);
    if let Some(part) = part {
        worker = worker.replace("PARTS = [", &format!("PARTS = [\"{part}\", "));
    }
    fs::write(folder.join("worker.js"), worker).unwrap();
}

fn version(page: &Page) -> String {
    page.eval("([...document.body.childNodes].filter(node => node.nodeType === 8).map(node => node.data.trim()).find(word => /^(broken|second)$/.test(word))) || 'first'")
}

#[test]
fn the_page_starts_and_works_without_its_host() {
    let (folder, _, _browser, page) = kept_with_a_draft();
    remove_all(folder.path());
    for _ in 0..3 {
        page.reload();
        page.wait("the draft", || value(&page, "project_name") == "路灯");
        write(&page, "project_name", "路灯");
        let file = give(&page, "#give-xlsx");
        assert!(fs::read(&file).unwrap().starts_with(b"PK"));
        fs::remove_file(file).unwrap();
    }
    page.press("F1");
    page.click("#about summary");
    page.wait_until("document.querySelector('#notices').textContent.includes('wasm-bindgen')");
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn a_newer_version_waits_for_the_older_and_takes_its_drafts_over() {
    let (folder, url, browser, page) = kept_with_a_draft();
    // A version of which a part is missing never takes over.
    newer(&page, folder.path(), "broken", Some("./missing-00000000.js"));
    page.reload();
    page.eval::<bool>("navigator.serviceWorker.getRegistration().then(known => known.update().then(() => true, () => true))");
    page.wait_until("(navigator.serviceWorker.getRegistration().then(known => window.settled = !known.installing && !known.waiting), window.settled)");
    assert_eq!(version(&page), "first");
    // A whole one is fetched, and waits.
    newer(&page, folder.path(), "second", None);
    page.eval::<bool>("navigator.serviceWorker.getRegistration().then(known => known.update()).then(() => true)");
    page.wait_until("(navigator.serviceWorker.getRegistration().then(known => window.waits = !!known.waiting), window.waits)");
    for name in ["路灯一期", "路灯二期"] {
        write(&page, "project_name", name);
        page.reload();
        assert_eq!(version(&page), "first", "an open page stays what it is");
        page.wait("the draft", || value(&page, "project_name") == name);
    }
    let beside = browser.open(&url, false);
    assert_eq!(version(&beside), "first", "and one beside it is the same");
    assert!(fs::read(give(&page, "#give-docx")).unwrap().starts_with(b"PK"));
    page.close();
    beside.close();
    // The browser takes a moment to see that no page of the older version is left.
    let mut page = browser.open(&url, false);
    for _ in 0..20 {
        if version(&page) == "second" {
            break;
        }
        page.close();
        sleep(Duration::from_millis(500));
        page = browser.open(&url, false);
    }
    assert_eq!(version(&page), "second");
    page.wait("the draft", || value(&page, "project_name") == "路灯二期");
    let shelves: usize = page.eval("caches.keys().then(names => names.length)");
    assert_eq!(shelves, 1, "the older parts are gone");
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn the_page_can_be_installed_and_over_plain_http_or_from_disk_nothing_is_kept() {
    let (_folder, url) = host();
    let browser = Browser::launch_with_switches(&["--host-resolver-rules=MAP intranet.example 127.0.0.1".to_owned()]);
    browser.before_load(AT_ONCE);
    let page = browser.open(&url, false);
    kept(&page);
    let wrong = page.call("Page.getInstallabilityErrors", serde_json::json!({}));
    assert_eq!(wrong["installabilityErrors"], serde_json::json!([]), "{wrong}");
    let port = url.trim_end_matches('/').rsplit(':').next().unwrap().to_owned();
    for page in [browser.open(&format!("http://intranet.example:{port}/"), false), browser.open_saved_file()] {
        national(&page);
        assert!(page.eval::<bool>("!navigator.serviceWorker || location.protocol === 'file:'"));
        assert!(page.requests().iter().all(|url| !url.contains("worker.js")), "{:?}", page.requests());
        assert_eq!(page.console_errors(), [""; 0]);
    }
}
