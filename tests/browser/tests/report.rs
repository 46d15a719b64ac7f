//! The report: written by keyboard, kept, and following the table.

use browser_tests::{Browser, Page};
use std::fs;

fn report(page: &Page) -> String {
    page.text(".paper.report")
}

#[test]
fn a_report_is_written_by_keyboard_and_its_numbers_follow_the_table() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    page.press("F4");
    page.wait_for(".report-text");
    assert_eq!(page.focused().id, "view-report");
    assert!(report(&page).contains("已支付82万元，执行率为46%。结余98万元。"), "{}", report(&page));
    // Looking at a draft leaves it a draft.
    page.tab_to_id("write-report.use");
    page.press("Enter");
    page.wait_until("document.activeElement.dataset.cell === 'report.use'");
    page.press("Escape");
    page.wait_until("document.activeElement.id === 'write-report.use'");
    assert!(!page.text(".top-bar").is_empty() && page.eval::<bool>("!document.querySelector('.report-editor')"));
    // Two paragraphs, a field among them.
    page.press("Enter");
    page.wait_until("document.activeElement.dataset.cell === 'report.use'");
    page.type_text("结果用于下年预算。\n共支付");
    page.run("(list => { list.value = '【全年执行数】'; list.dispatchEvent(new Event('change', { bubbles: true })); })(document.querySelector('.field-choice'))");
    page.wait_until("document.activeElement.dataset.cell === 'report.use'");
    page.type_text("。");
    assert_eq!(page.value("[data-cell='report.use']"), "结果用于下年预算。\n共支付【全年执行数】。");
    page.press("Escape");
    page.wait_until("document.querySelector('.paper.report').innerText.includes('共支付82万元。')");
    // Kept without a word.
    page.wait_until("document.querySelector('.status').innerText.includes('草稿已存')");
    page.reload();
    page.wait_for("[data-cell]");
    page.press("F4");
    page.wait_for(".report-text");
    assert!(report(&page).contains("共支付82万元。"));
    // A number leads to its cell, and what is changed there is changed here.
    page.click("[title='年度资金总额·全年执行数']");
    page.wait_until("document.activeElement.dataset.cell === 'funds.executed'");
    page.press("Control+a");
    page.type_text("90.5");
    page.press("F4");
    page.wait_for(".report-text");
    let text = report(&page);
    assert!(text.contains("共支付90.5万元。") && text.contains("已支付90.5万元"), "{text}");
    // Undo leads to the table; the report is as it was before.
    page.press("Control+z");
    page.wait_until("document.activeElement.dataset.cell === 'funds.executed'");
    assert_eq!(page.value("[data-cell='funds.executed']"), "82");
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn the_report_prints_alone_and_a_reason_begins_with_a_click() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    page.run("document.querySelector('[data-cell=\"indicators.16.score\"]').focus()");
    page.click("#tab-formula");
    page.click(".phrase");
    page.wait_until("document.activeElement.dataset.cell === 'indicators.16.reason'");
    assert_eq!(
        page.value("[data-cell='indicators.16.reason']"),
        "实际完成98%，比指标值低2个百分点，主要原因是＿＿；下一步＿＿。"
    );
    page.press("F4");
    page.wait_for(".report-text");
    page.press("Control+p");
    assert!(page.text("#dialog").contains("打印自评报告"));
    page.press("Escape");
    let path = page.download_dir().join("report.pdf");
    page.pdf(&path);
    assert!(fs::read(path).unwrap().starts_with(b"%PDF-"));
    for (role, name) in page.accessible_names() {
        assert!(!name.trim().is_empty(), "a {role} without a name");
    }
    page.resize(390, 844);
    assert!(page.eval::<bool>("document.documentElement.scrollWidth <= 390"), "the report is wider than the phone");
    page.click("#copy-report");
    page.wait_until("document.querySelector('.message').innerText.includes('报告全文已复制')");
    assert_eq!(page.console_errors(), [""; 0]);
}
