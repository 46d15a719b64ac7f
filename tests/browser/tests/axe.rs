//! Every state of the page held against the rules of axe-core, which `cargo xtask test` fetches. Where it could not be had, that is said.

use browser_tests::table::{BREAK, focus, give, national, saved, write};
use browser_tests::{Browser, Page};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn axe() -> Option<String> {
    let script = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/axe/axe.min.js")).ok();
    if script.is_none() {
        println!("Not run: axe-core is not there (`cargo xtask test` fetches it)");
    }
    script
}

/// A page in which axe may run: its policy lets no foreign script in.
fn page(browser: &Browser, axe: &str) -> Page {
    let page = browser.open_hosted();
    page.call("Page.setBypassCSP", json!({ "enabled": true }));
    page.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": axe }));
    page.reload();
    page
}

/// What is against the rules in this state, and how it can be found.
fn held(page: &Page, state: &str, wrong: &mut Vec<String>) {
    let found: Value = page.eval(
        "axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.map(one =>
            ({ rule: one.id, help: one.help, places: one.nodes.slice(0, 4).map(node => node.html.slice(0, 160) + '  ' + node.any.concat(node.all, node.none).map(check => check.message).join('; ').slice(0, 160)) })))",
    );
    for one in found.as_array().into_iter().flatten() {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let places: Vec<String> = one["places"].as_array().into_iter().flatten().map(text).collect();
        wrong.push(format!("{state}: {} ({})\n    {}", text(&one["rule"]), text(&one["help"]), places.join("\n    ")));
    }
}

fn by_text(page: &Page, within: &str, text: &str) {
    page.run(&format!(
        "[...document.querySelectorAll('{within} button')].find(button => button.textContent.includes('{text}')).click()"
    ));
}

fn close(page: &Page) {
    page.press("Escape");
    page.wait_until("!document.querySelector('.veil')");
}

/// A whole document with a rate that is wrong.
const REPORT: &str = "某单位项目支出绩效自评报告\n一、资金情况\n项目预算安排100.00万元，实际支出90.00万元，预算执行率95.00%。\n";
const ANY_TABLE: &str = "支出明细表\n项目,金额（万元）\n道路养护,30\n桥梁维修,20\n合计,51\n";
const TABLE: &str = "项目支出绩效自评表\n项目名称,水库清淤\n,年初预算数,全年预算数,全年执行数\n年度资金总额,200,200,150\n";

/// A table with so much in it that it may be meant as a project of its own.
const WHOLE: &str = "项目支出绩效自评表\n项目名称\t水库除险加固\t\t\t\t\t\t\n\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n年度资金总额\t\t180\t180\t82\t10\t46%\t4.6\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n产出指标\t数量指标\t除险\t1座\t1座\t90\t80\t无\n总分\t\t\t\t\t100\t84.6\t良\n";

fn start_and_import(page: &Page, wrong: &mut Vec<String>) {
    held(page, "start page", wrong);
    page.click("#open-rates");
    page.wait_for("#rate-result");
    held(page, "rates", wrong);
    close(page);
    page.drop_file("body", "any.csv", ANY_TABLE);
    page.wait_for(".by-words .finding");
    held(page, "list of imported files", wrong);
    page.drop_file("body", "report.txt", REPORT);
    page.wait_for(".whole-text");
    held(page, "a whole document", wrong);
    page.run("document.querySelector('#import-close').click()");
    page.wait_for("#form-national");
    page.drop_file("body", "table.csv", TABLE);
    page.wait_for("#accept");
    held(page, "preview of an imported table", wrong);
    page.run("document.querySelector('.source td[data-at]').click()");
    held(page, "a chosen place of the source", wrong);
    page.click("#accept");
    page.wait_until("!document.querySelector('#accept')");
    held(page, "an accepted table", wrong);
}

fn open_table(page: &Page, wrong: &mut Vec<String>) {
    page.click("#new-project");
    page.open_example("yiyang-2020");
    for tab in ["findings", "formula", "profile", "charts"] {
        page.click(&format!("#tab-{tab}"));
        page.wait_until(&format!("document.querySelector('#tab-{tab}').getAttribute('aria-selected') === 'true'"));
        held(page, &format!("tab {tab}"), wrong);
    }
    page.run("document.querySelector('[data-cell=\"funds.rate\"]').focus()");
    page.click("#tab-formula");
    held(page, "a formula", wrong);
    page.run("document.querySelector('[data-cell$=\".indicator\"]').focus()");
    page.press("F2");
    page.wait_for(".row-menu");
    held(page, "menu of a row", wrong);
    page.press("Escape");
    page.press("F4");
    page.wait_until("!document.querySelector('.form-table')");
    held(page, "report", wrong);
    page.press("F4");
    page.wait_for(".form-table");
    for (open, state) in [("#export", "导出"), ("#past", "历史版本")] {
        page.click(open);
        page.wait_for(".veil");
        held(page, state, wrong);
        close(page);
    }
    for (open, state) in [("#unit", "金额单位"), ("#columns", "显示的列")] {
        page.click(open);
        page.wait_for(".veil");
        held(page, state, wrong);
        close(page);
    }
    for (word, state) in [("帮助", "help"), ("打印", "print")] {
        by_text(page, ".top-bar", word);
        page.wait_for(".veil");
        if page.eval("!!document.querySelector('#about summary')") {
            page.click("#about summary");
            page.wait_until("document.querySelector('#notices').textContent.length > 100");
        }
        held(page, state, wrong);
        close(page);
    }
    write(page, "project_name", "");
    page.run("document.querySelector('.project.is-open .project-buttons button:last-child').click()");
    page.wait_for("#notice");
    held(page, "deleted", wrong);
}

/// What a paste leaves over, a whole table that is pasted, a template that is laid, and versions of before.
fn less_usual_dialogs(page: &Page, wrong: &mut Vec<String>) {
    page.click("#new-project");
    page.wait_for("#form-national");
    national(page);
    write(page, "project_name", "路灯");
    saved(page);
    let weight: String = page.eval("document.querySelector('[data-cell$=\".weight\"]').dataset.cell");
    page.copy("8324,23\t20\t无\t多出一格\r\n677,00\t10\t无\t再多一格\r\n", None);
    focus(page, &weight);
    page.paste();
    page.click("#show-rest");
    page.wait_for("#copy-rest");
    held(page, "what a paste left over", wrong);
    close(page);
    page.copy(WHOLE, None);
    focus(page, "project_name");
    page.paste();
    page.wait_for("#paste-here");
    held(page, "a whole table pasted", wrong);
    close(page);
    let template = give(page, "#give-docx");
    page.click("#export");
    page.wait_for("#template-file");
    page.set_files("#template-file", &[&template]);
    page.wait_for("#save-template");
    held(page, "套用模板", wrong);
    close(page);
    page.reload();
    page.wait_for("[data-cell=\"project_name\"]");
    write(page, "project_name", "路灯二期");
    saved(page);
    page.click("#past");
    page.wait_for(".past li summary");
    page.run("document.querySelector('.past li details').open = true");
    held(page, "历史版本 with a version", wrong);
    close(page);
}

/// Names of elements that stay where they are while a test walks about.
fn has_focus(page: &Page, css: &str) -> bool {
    page.eval(&format!("document.activeElement === document.querySelector('{css}')"))
}

#[test]
fn the_keyboard_leads_past_the_bar_from_tab_to_tab_and_findings_are_read_with_their_cells() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    saved(&page);
    page.reload();
    page.wait_for("[data-cell]");
    page.press("Tab");
    assert!(has_focus(&page, ".skip"), "{}", page.focused());
    page.press("Enter");
    assert!(has_focus(&page, "#desk"), "{}", page.focused());
    page.run("document.getElementById('tab-findings').focus()");
    for (key, tab) in [
        ("ArrowRight", "formula"),
        ("ArrowRight", "profile"),
        ("ArrowLeft", "formula"),
        ("End", "charts"),
        ("ArrowRight", "findings"),
        ("ArrowLeft", "charts"),
        ("Home", "findings"),
    ] {
        page.press(key);
        page.wait(tab, || has_focus(&page, &format!("#tab-{tab}[aria-selected=\"true\"]")));
        assert_eq!(page.eval::<usize>("document.querySelectorAll('[role=tab][tabindex=\"0\"]').length"), 1);
    }
    // Every cell with a fault says which, and no name stands twice.
    let linked: Vec<String> = page.eval(
        "[...document.querySelectorAll('[data-cell][aria-describedby]')].map(field => document.getElementById(field.getAttribute('aria-describedby'))).filter(Boolean).map(words => words.textContent)",
    );
    assert!(linked.len() > 3 && linked.iter().all(|words| words.chars().count() > 5), "{linked:?}");
    let doubled: Vec<String> =
        page.eval("[...document.querySelectorAll('[id]')].map(one => one.id).filter((id, at, all) => all.indexOf(id) !== at)");
    assert_eq!(doubled, [""; 0]);
    let errors: usize = page.eval("document.querySelectorAll('.finding').length");
    assert!(errors >= linked.len());
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn no_rule_is_broken_after_a_failure() {
    let Some(axe) = axe() else { return };
    let browser = Browser::launch();
    let mut wrong = Vec::new();
    let page = page(&browser, &axe);
    national(&page);
    write(&page, "project_name", "first");
    saved(&page);
    page.run(&format!("{BREAK}\nwindow.breaking = true"));
    page.type_text("X");
    page.wait_for("#crashed a");
    page.run("window.breaking = false");
    held(&page, "after a failure", &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_state_breaks_a_rule() {
    let Some(axe) = axe() else { return };
    let browser = Browser::launch();
    let mut wrong = Vec::new();
    let desk = page(&browser, &axe);
    start_and_import(&desk, &mut wrong);
    open_table(&desk, &mut wrong);
    less_usual_dialogs(&desk, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_rule_is_broken_in_large_print_dark_forced_colours_or_on_a_phone() {
    let Some(axe) = axe() else { return };
    let browser = Browser::launch();
    let mut wrong = Vec::new();
    let desk = page(&browser, &axe);
    national(&desk);
    by_text(&desk, ".top-bar", "大字");
    held(&desk, "large print", &mut wrong);
    for (name, value) in [("prefers-color-scheme", "dark"), ("forced-colors", "active"), ("prefers-reduced-motion", "reduce")] {
        desk.call("Emulation.setEmulatedMedia", json!({ "features": [{ "name": name, "value": value }] }));
        held(&desk, name, &mut wrong);
    }
    desk.call("Emulation.setEmulatedMedia", json!({ "features": [] }));
    desk.resize(390, 844);
    held(&desk, "phone", &mut wrong);
    for (open, shut, state) in [
        (".top-bar .only-drawer", ".projects .only-drawer", "projects on a phone"),
        (".status .only-narrow", ".tabs .only-narrow", "findings on a phone"),
    ] {
        desk.run(&format!("document.querySelector('{open}').click()"));
        desk.wait_until(&format!("document.querySelector('{shut}').offsetParent"));
        held(&desk, state, &mut wrong);
        desk.run(&format!("document.querySelector('{shut}').click()"));
    }
    // As at 200 % of a screen of 1366: everything can be reached, and nothing but the paper scrolls sideways.
    desk.resize(683, 384);
    held(&desk, "200 %", &mut wrong);
    assert!(desk.eval::<bool>("document.documentElement.scrollWidth <= innerWidth + 1"), "the page scrolls sideways at 200 %");
    // As at 400 % of a screen of 1280.
    desk.resize(320, 640);
    held(&desk, "400 %", &mut wrong);
    desk.run("document.querySelector('#new-project').click()");
    desk.wait_for("#form-national");
    held(&desk, "start page at 400 %", &mut wrong);
    let overflow: bool = desk.eval("document.documentElement.scrollWidth > innerWidth + 1");
    assert!(!overflow, "the start page scrolls sideways at 400 %");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
