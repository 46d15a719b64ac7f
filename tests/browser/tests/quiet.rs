//! One session of everything the page can do, watched from below: the browser's own record of its network, all its processes included, shows
//! that the hosted page asks for its own parts and the saved file for nothing. And nothing that could send is left open.

use browser_tests::table::{bring, give, saved, value, write};
use browser_tests::{Browser, Page};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A browser that keeps a record of its network, and where.
fn recording() -> (Browser, TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("net-log.json");
    (Browser::launch_with_switches(&[format!("--log-net-log={}", log.display())]), folder, log)
}

/// The addresses that a page asked for, whichever process did, from the record of a browser that has ended. Requests without a page as their
/// initiator are the browser's own errands.
fn asked(log: &Path) -> Vec<String> {
    let log: Value = serde_json::from_str(&fs::read_to_string(log).unwrap()).expect("the record is complete");
    let start = log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"].as_u64().expect("requests are recorded");
    let started = log["events"].as_array().unwrap().iter().filter(|event| event["type"] == start).map(|event| &event["params"]);
    let own = started.filter(|request| request["initiator"].as_str().is_some_and(|by| by != "not an origin"));
    own.map(|request| request["url"].as_str().unwrap_or_default().to_owned()).collect()
}

/// A table that no form fits, so that its own words are held against it.
const ANY_TABLE: &str = "支出明细表\n项目,金额（万元）\n道路养护,30\n桥梁维修,20\n合计,51\n";

/// A whole document with a rate that is wrong.
const REPORT: &str = "某单位项目支出绩效自评报告\n一、资金情况\n项目预算安排100.00万元，实际支出90.00万元，预算执行率95.00%。\n";

/// Import, whole documents, preview, findings, working, profiles, charts, report, rates, every kind of file, clipboard, 套用模板, history, print, help.
fn everything(page: &Page) {
    page.open_example("yiyang-2020");
    write(page, "project_name", "路灯改造");
    write(page, "funds.executed", "90");
    saved(page);
    for tab in ["formula", "profile", "charts", "findings"] {
        page.click(&format!("#tab-{tab}"));
        page.wait_until(&format!("document.querySelector('#tab-{tab}').getAttribute('aria-selected') === 'true'"));
    }
    page.run("document.querySelector('[data-cell=\"project_name\"]').focus()");
    page.press("F4");
    page.wait_until("!document.querySelector('.form-table')");
    page.press("F4");
    page.wait_for(".form-table");
    let mut files = Vec::new();
    for id in ["#give-docx", "#give-xlsx", "#give-html", "#give-csv", "#give-txt", "#give-json"] {
        let file = give(page, id);
        assert!(fs::metadata(&file).unwrap().len() > 100, "{id}");
        files.push((id, file));
    }
    page.click("#export");
    page.wait_for("#copy-table");
    page.click("#copy-table");
    page.wait_until("document.querySelector('.notices').textContent.includes('表格已复制')");
    page.press("Escape");
    for (id, file) in &files[..3] {
        bring(page, file);
        assert_eq!(value(page, "funds.executed"), "90", "{id}");
    }
    // Of several projects there is a list.
    for id in ["#give-all-xlsx", "#give-all-docx"] {
        assert!(fs::read(give(page, id)).unwrap().starts_with(b"PK"));
    }
    let template = files[0].1.with_file_name("template.docx");
    fs::copy(&files[0].1, &template).unwrap();
    page.click("#export");
    page.wait_for("#template-file");
    page.set_files("#template-file", &[&template]);
    page.wait_for("#save-template");
    assert!(fs::read(page.download(|page| page.click("#save-template"))).unwrap().starts_with(b"PK"));
    page.press("Escape");
    // What is pasted is previewed; a table that no form fits is held against its words.
    page.click("#new-project");
    page.wait_for("#form-national");
    page.paste();
    page.wait_for("#accept");
    page.click("#accept");
    page.wait_until("!document.querySelector('#accept')");
    page.click("#new-project");
    page.wait_for("#form-national");
    page.drop_file("body", "any.csv", ANY_TABLE);
    page.wait_until("document.querySelector('.by-words')");
    page.drop_file("body", "report.txt", REPORT);
    page.wait_for(".whole-text");
    page.click(".whole-said .finding-text");
    page.wait_for(".whole-text .is-chosen");
    let list = page.download(|page| page.click("[data-do=whole-csv]"));
    assert!(fs::read_to_string(list).unwrap().contains("90.00%"));
    page.reload();
    page.wait_for(".project");
    page.run("document.querySelector('.projects .list .project button').click()");
    page.wait_for("[data-cell=\"project_name\"]");
    write(page, "project_name", "路灯");
    saved(page);
    page.click("#past");
    page.wait_for(".past");
    page.press("Escape");
    page.pdf(page.download_dir().join("print.pdf"));
    page.press("F1");
    page.wait_for("#about summary");
    page.click("#about summary");
    page.wait_until("document.querySelector('#notices').textContent.includes('wasm-bindgen')");
    page.press("Escape");
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn the_saved_file_asks_for_nothing_whatever_is_done() {
    let (browser, _folder, log) = recording();
    let page = browser.open_saved_file();
    everything(&page);
    assert_eq!(page.requests(), [""; 0]);
    drop((page, browser));
    assert_eq!(asked(&log), [""; 0]);
}

#[test]
fn the_hosted_page_asks_for_its_own_parts_only() {
    let (browser, _folder, log) = recording();
    let page = browser.open_hosted();
    let place: String = page.eval("location.href");
    let started = page.requests().len();
    everything(&page);
    let later: Vec<String> = page.requests()[started..].to_vec();
    drop((page, browser));
    let asked = asked(&log);
    assert!(asked.len() > 3, "the record has what is known to be asked for: {asked:?}");
    let parts = [
        "page-",
        "rest-",
        "office_module-",
        "tables_module-",
        "whole_module-",
        "writer_module-",
        "notices-",
        "jixiao.html",
        "worker.js",
        "manifest-",
    ];
    let is_part = |url: &String| {
        url.strip_prefix(&place).is_some_and(|name| name.is_empty() || parts.iter().any(|part| name.starts_with(part)))
    };
    let foreign: Vec<&String> = asked.iter().chain(&later).filter(|url| !is_part(url)).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    // Nothing is sent along: no part has an address with a question in it.
    assert!(asked.iter().all(|url| !url.contains(['?', '#'])), "{asked:?}");
}

/// Each way by which a script could send something, tried from a script of the page: the policy refuses it, or it is not there.
#[test]
fn every_way_out_is_closed() {
    let browser = Browser::launch();
    for page in [browser.open_saved_file(), browser.open_hosted()] {
        let refused = |what: &str, script: &str| {
            // What the debugger evaluates is exempt from parts of the policy; what a timer calls later is not.
            let outcome: String = page.eval(&format!(
                "new Promise(done => setTimeout(() => {{ try {{ {script} }} catch (error) {{ done(error.name); }} setTimeout(done, 3000, 'nothing'); }}))"
            ));
            assert!(!outcome.starts_with("sent") && outcome != "nothing", "{what}: {outcome}");
        };
        let away = "http://127.0.0.1:9/";
        refused("WebRTC", "new RTCPeerConnection(); done('sent');");
        refused("fetch", &format!("fetch('{away}').then(() => done('sent'), error => done(error.name));"));
        refused(
            "beacon",
            &format!(
                "addEventListener('securitypolicyviolation', event => done(event.violatedDirective)); navigator.sendBeacon('{away}', 'x');"
            ),
        );
        refused(
            "image",
            &format!(
                "addEventListener('securitypolicyviolation', event => done(event.violatedDirective)); new Image().src = '{away}';"
            ),
        );
        refused(
            "socket",
            "const socket = new WebSocket('ws://127.0.0.1:9/'); addEventListener('securitypolicyviolation', event => done(event.violatedDirective));",
        );
        refused(
            "form",
            &format!(
                "addEventListener('securitypolicyviolation', event => done(event.violatedDirective)); const form = document.createElement('form'); form.action = '{away}'; document.body.append(form); form.submit();"
            ),
        );
        refused("a script by its address", &format!("document.createElement('script').src = '{away}'; done('sent');"));
        refused("a worker by its address", "new Worker(URL.createObjectURL(new Blob(['1']))); done('sent');");
        refused("a script as text", "document.createElement('script').text = '1'; done('sent');");
        refused("HTML", "document.createElement('div').innerHTML = '<img src=x onerror=1>'; done('sent');");
        refused("an attribute that runs", "document.createElement('div').innerHTML = '<p onclick=\"1\">x</p>'; done('sent');");
        refused("a policy of one's own", "trustedTypes.createPolicy('other', {}); done('sent');");
    }
}
