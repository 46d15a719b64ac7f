//! The main work, one file in and one out, in browsers that are no Chromium: Firefox and WebKitGTK, which `cargo xtask test` installs where
//! apt-get may. One that is not there is named in a line.

use browser_tests::{Other, hosted_url, saved_url};
use serde_json::json;

/// Files go out by links to what the page has made: the test keeps that, and no download begins.
const CATCH: &str = "window.made = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = blob => {
        const reader = new FileReader();
        reader.onload = () => window.made.push(reader.result.split(',')[1]);
        if (blob instanceof Blob) reader.readAsDataURL(blob);
        return make.call(URL, blob);
    };
    document.addEventListener('click', event => { if (event.target.download) event.preventDefault(); }, true);";

/// Gives what the page made to its own file field, as if it had been chosen.
const BRING: &str = "const bytes = Uint8Array.from(atob(window.made.pop()), letter => letter.charCodeAt(0));
    const chosen = new DataTransfer();
    chosen.items.add(new File([bytes], 'made.' + ending));
    const field = document.getElementById('file-field');
    field.files = chosen.files;
    field.dispatchEvent(new Event('change', { bubbles: true }));";

fn value(cell: &str) -> String {
    format!("(document.querySelector('[data-cell=\"{cell}\"]') || {{}}).value")
}

fn write(page: &Other, cell: &str, text: &str) {
    page.run(&format!("const field = document.querySelector('[data-cell=\"{cell}\"]'); field.focus(); field.select();"));
    page.type_text(text);
}

/// Fills in, computes, checks, stores, and finds again; hands out and brings in.
fn main_work(page: &Other, url: &str) {
    page.open(url);
    println!("{} {url}", page.eval("navigator.userAgent"));
    page.run("document.querySelector('#example-yiyang-2020').click()");
    page.wait_until("(document.querySelector('#total') || {}).innerText === '89.60'");
    assert!(page.eval("document.querySelectorAll('.inspector .finding').length").as_u64() > Some(5));
    write(page, "funds.executed", "90");
    page.wait_until("document.querySelector('.inspector').textContent.includes('年度资金总额·全年执行数填90')");
    write(page, "project_name", "路灯");
    page.wait_until("document.getElementById('draft').textContent.includes('草稿已存')");
    page.open(url);
    page.wait_until(&format!("{} === '路灯'", value("project_name")));
    page.run(CATCH);
    for ending in ["xlsx", "docx"] {
        page.run("document.getElementById('export').click()");
        page.wait_until(&format!("document.getElementById('give-{ending}')"));
        page.run(&format!("document.getElementById('give-{ending}').click()"));
        page.wait_until("window.made.some(file => file.startsWith('UEs'))");
        page.run(&format!("const ending = '{ending}'; {BRING}"));
        page.wait_until("document.getElementById('accept')");
        page.run("document.getElementById('accept').click()");
        page.wait_until(&format!(
            "!document.getElementById('accept') && {} === '路灯' && {} === '90'",
            value("project_name"),
            value("funds.executed")
        ));
        page.run("window.made.length = 0");
    }
    assert_eq!(page.eval("document.querySelectorAll('#crashed, #start-failed:not([hidden])').length"), json!(0));
}

fn both(name: &str, browser: fn() -> Option<Other>) {
    match browser() {
        Some(page) => [saved_url(), hosted_url()].iter().for_each(|url| main_work(&page, url)),
        None => println!("Not run: {name}, which is not there (cargo xtask other-browsers installs it where apt-get may)"),
    }
}

#[test]
fn firefox_does_the_main_work() {
    both("Firefox", Other::firefox);
}

#[test]
fn webkit_does_the_main_work() {
    both("WebKitGTK", Other::webkit);
}
