//! Draws the pictures in docs/screenshots/ from the saved file, with a fresh browser for each state.

use browser_tests::{Browser, Page};
use std::path::{Path, PathBuf};

/// Brings a page into a state and draws it; the path has no ending yet.
type Shot = fn(&Page, &Path);

fn main() {
    let only = std::env::args().nth(1);
    let shots: [(&str, Shot); 12] = [
        ("start", start),
        ("blank", blank),
        ("yiyang", yiyang),
        ("indicator", indicator),
        ("what-if", what_if),
        ("charts", charts),
        ("help", help),
        ("rates", rates),
        ("heping", heping),
        ("report", report),
        ("phone", phone),
        ("print", print),
    ];
    for (name, shot) in shots {
        if only.as_deref().is_none_or(|only| only == name) {
            let browser = Browser::launch();
            let page = browser.open_saved_file();
            shot(&page, &folder().join(name));
            println!("{name}");
        }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/screenshots")
}

fn desk(page: &Page, path: &Path) {
    page.screenshot(path.with_extension("png"), 1366, 768);
}

fn start(page: &Page, path: &Path) {
    page.wait_for("#form-national");
    desk(page, path);
}

fn blank(page: &Page, path: &Path) {
    page.click("#form-national");
    page.wait_for("table");
    desk(page, path);
}

/// A published table with its findings, and the formula of the total.
fn yiyang(page: &Page, path: &Path) {
    open_example(page, "yiyang-2020");
    desk(page, path);
    page.click("#tab-formula");
    page.run("document.querySelector('[data-cell=\"funds.score\"]').focus()");
    desk(page, &path.with_file_name("formula"));
}

/// The calculator with a rate and a result to compare, on a desk and on a phone.
fn rates(page: &Page, path: &Path) {
    page.click("#open-rates");
    page.wait_for("#rate-result");
    for (label, text) in [("rate=\"全年执行数\"", "82"), ("rate=\"全年预算数\"", "180"), ("printed-rate=\"F1\"", "46%")]
    {
        page.run(&format!("document.querySelector('[data-{label}]').focus()"));
        page.type_text(text);
    }
    page.run("document.querySelector('#rate-list').focus()");
    desk(page, path);
    page.screenshot(path.with_file_name("rates-phone.png"), 390, 844);
}

/// The lower half of the table, with the formula of one indicator.
fn indicator(page: &Page, path: &Path) {
    open_example(page, "yiyang-2020");
    page.click("#tab-formula");
    page.run("document.querySelector('[data-cell=\"indicators.9.score\"]').focus()");
    page.run("document.querySelector('[data-cell=\"indicators.15.score\"]').scrollIntoView({ block: 'center' })");
    desk(page, path);
}

fn help(page: &Page, path: &Path) {
    open_example(page, "yiyang-2020");
    page.press("F1");
    page.wait_for("[role=dialog]");
    desk(page, path);
}

fn what_if(page: &Page, path: &Path) {
    open_example(page, "yiyang-2020");
    page.click("#tab-profile");
    desk(page, path);
}

fn charts(page: &Page, path: &Path) {
    open_example(page, "yiyang-2020");
    page.click("#tab-charts");
    desk(page, path);
}

fn heping(page: &Page, path: &Path) {
    open_example(page, "heping-2020");
    desk(page, path);
}

/// The report, with one section open for writing, and as it prints.
fn report(page: &Page, path: &Path) {
    open_example(page, "yiyang-2020");
    page.press("F4");
    page.wait_for(".report-text");
    desk(page, path);
    page.click("[id='write-report.funds']");
    page.wait_for(".report-editor textarea");
    page.run("document.querySelector('.report-editor').scrollIntoView({ block: 'center' })");
    desk(page, &path.with_file_name("report-writing"));
    page.pdf(path.with_extension("pdf"));
    page.screenshot(path.with_file_name("report-phone.png"), 390, 844);
    page.resize(1366, 768);
    page.press("F4");
    page.wait_for("[data-cell=\"indicators.16.score\"]");
    page.run("document.querySelector('[data-cell=\"indicators.16.score\"]').focus()");
    page.click("#tab-formula");
    page.wait_for(".phrase");
    page.run("document.querySelector('.phrases').scrollIntoView({ block: 'center' })");
    desk(page, &path.with_file_name("reasons"));
}

fn phone(page: &Page, path: &Path) {
    page.resize(390, 844);
    open_example(page, "yiyang-2020");
    page.screenshot(path.with_extension("png"), 390, 844);
    page.run("document.querySelector('[data-cell=\"indicators.15.score\"]').scrollIntoView({ block: 'center' })");
    page.screenshot(path.with_file_name("phone-cards.png"), 390, 844);
}

fn print(page: &Page, path: &Path) {
    open_example(page, "yiyang-2020");
    page.pdf(path.with_extension("pdf"));
}

fn open_example(page: &Page, id: &str) {
    page.wait_for(&format!("#example-{id}"));
    page.run(&format!("document.getElementById('example-{id}').click()"));
    page.wait_for("table");
}
