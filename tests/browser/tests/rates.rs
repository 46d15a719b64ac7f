//! The rate calculator, by keyboard alone and without a project.

use browser_tests::{Browser, Page};

fn go_to(page: &Page, there: &str) {
    for _ in 0..60 {
        if page.eval::<bool>(there) {
            return;
        }
        page.press("Tab");
    }
    panic!("Tab never reached {there}; the focus is at {}", page.focused());
}

fn field(label: &str) -> String {
    format!("document.activeElement.dataset.rate === '{label}'")
}

#[test]
fn a_rate_is_chosen_typed_compared_and_copied_by_keyboard() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    go_to(&page, "document.activeElement.id === 'open-rates'");
    page.press("Enter");
    page.wait_for("#rate-result");
    page.wait_until("document.activeElement.id === 'rate-list'");
    go_to(&page, &field("全年执行数"));
    page.type_text("８２");
    go_to(&page, &field("全年预算数"));
    page.type_text("180万元");
    page.wait_until("document.querySelector('#rate-result b').textContent === '45.56%'");
    go_to(&page, "document.activeElement.dataset.printedRate === 'F1'");
    page.type_text("46%");
    page.wait_until("document.querySelector('#rate-result').textContent.includes('后相符')");
    page.run("document.addEventListener('copy', () => { window.copied = String(document.activeElement.value); })");
    go_to(&page, "document.activeElement.id === 'rate-copy'");
    page.press("Enter");
    page.wait_until("(window.copied || '').startsWith('执行率＝全年执行数82÷全年预算数180＝45.56%')");
    page.wait_until("document.querySelector('#rate-copy').textContent === '已复制'");

    // Another definition: the list goes by arrow keys, and what is typed stays.
    go_to(&page, "document.activeElement.id === 'rate-list'");
    page.press("ArrowDown");
    page.wait_until("document.querySelector('.rate h3').textContent.endsWith('F4')");
    page.press("ArrowUp");
    page.wait_until("document.querySelector('#rate-result b').textContent === '45.56%'");
    page.press("Escape");
    page.wait_until("!document.querySelector('#rate-result') && document.activeElement.id === 'open-rates'");
    page.press("F9");
    page.wait_until("document.querySelector('#rate-result b').textContent === '45.56%'");
    assert!(page.requests().is_empty() && page.console_errors().is_empty(), "{:?}", page.console_errors());
}

#[test]
fn the_open_table_gives_its_numbers() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.click("#example-yiyang-2020");
    page.wait_for("[data-cell]");
    page.click("#rates");
    page.click("#rate-take");
    page.wait_until("document.querySelector('#rate-result b').textContent === '45.56%'");
    // The table itself stays as it is.
    page.press("Escape");
    page.wait_until("document.querySelector('[data-cell=\"funds.executed\"]').value === '82'");
}
