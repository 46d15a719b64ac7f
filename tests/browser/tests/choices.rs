//! The dialogs for the table as a whole: the unit of its amounts, and the columns that it shows.

use browser_tests::{Browser, Page};

fn open_blank(browser: &Browser) -> Page {
    let page = browser.open_saved_file();
    page.click("#form-national");
    page.wait_for("[data-cell]");
    page
}

fn value(page: &Page, cell: &str) -> String {
    page.value(&format!("[data-cell=\"{cell}\"]"))
}

/// Chooses a unit of the open dialog by its name.
fn choose(page: &Page, unit: &str) {
    page.run(&format!(
        "[...document.querySelectorAll('#dialog label')].find(label => label.textContent === '{unit}').querySelector('input').click()"
    ));
}

#[test]
fn amounts_are_converted_or_only_relabelled_and_it_is_said_before_and_after() {
    let browser = Browser::launch();
    let page = open_blank(&browser);
    // Nothing to convert: one button.
    page.click("#unit");
    choose(&page, "元");
    page.wait_until("!document.querySelector('#convert') && !document.querySelector('#relabel').disabled");
    page.press("Escape");
    page.run("document.querySelector('[data-cell=\"funds.initial\"]').focus()");
    page.type_text("180.5");
    page.click("#unit");
    assert!(page.eval::<bool>("document.querySelector('#convert').disabled && document.querySelector('#relabel').disabled"));
    choose(&page, "元");
    page.wait_until("!document.querySelector('#convert').disabled");
    let said = page.text("#dialog");
    assert!(said.contains("180.5万元改写为1,805,000元") && said.contains("180.5万元变为180.5元"), "{said}");
    page.click("#convert");
    page.wait_until("document.querySelector('#unit').textContent.endsWith('元') && !document.querySelector('#dialog')");
    assert_eq!(value(&page, "funds.initial"), "1805000");
    assert!(page.text("#notice").contains("已将1处金额由万元换算为元"), "{}", page.text("#notice"));
    page.click("#take-back");
    page.wait_until("document.querySelector('[data-cell=\"funds.initial\"]').value === '180.5'");
    page.click("#unit");
    choose(&page, "千元");
    page.click("#relabel");
    page.wait_until("document.querySelector('#unit').textContent.endsWith('千元')");
    assert_eq!(value(&page, "funds.initial"), "180.5");
    assert!(page.text(".form-table").contains("千元"));
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn columns_are_shown_and_hidden_by_keyboard() {
    let browser = Browser::launch();
    let page = open_blank(&browser);
    let has = |cell: &str| format!("!!document.querySelector('[data-cell$=\".{cell}\"]')");
    assert!(!page.eval::<bool>(&has("sign")));
    page.tab_to_id("columns");
    page.press("Enter");
    page.wait_for("#dialog");
    let until = |label: &str| format!("(document.activeElement.closest('label') || {{}}).textContent === '{label}'");
    let press = |label: &str| {
        for _ in 0..60 {
            if page.eval::<bool>(&until(label)) {
                page.press(" ");
                return;
            }
            page.press("Tab");
        }
        panic!("{label} was never reached");
    };
    press("计算符号");
    page.wait_until(&has("sign"));
    press("偏差原因分析及改进措施");
    page.wait_until(&format!("!({})", has("reason")));
    page.press("Escape");
    page.wait_until("!document.querySelector('#dialog') && document.activeElement.id === 'columns'");
    page.run("document.querySelector('[data-cell$=\".sign\"]').focus()");
    page.type_text(">=");
    page.click("#columns");
    page.wait_for("#dialog");
    let kept: bool = page.eval(
        "[...document.querySelectorAll('#dialog label')].find(label => label.textContent.startsWith('计算符号')).querySelector('input').disabled",
    );
    assert!(kept, "a column that holds text cannot be hidden");
    // No title stands one character a line, and nothing is cut off at the side of the desk.
    page.press("Escape");
    let narrow: Vec<String> = page.eval(
        "[...document.querySelectorAll('th.title')].filter(title => title.clientWidth < 2 * parseFloat(getComputedStyle(title).fontSize)).map(title => title.textContent)",
    );
    assert_eq!(narrow, [""; 0]);
    page.resize(390, 844);
    page.click("#columns");
    page.wait_for("#dialog");
    let fits: bool = page.eval("document.querySelector('#dialog').scrollWidth <= document.querySelector('#dialog').clientWidth");
    assert!(fits);
    assert_eq!(page.console_errors(), [""; 0]);
}
