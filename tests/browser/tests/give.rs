//! Handing out: each kind of file is written in the page and brought back, and the table goes over the clipboard.

use browser_tests::{Browser, Page};
use std::fs;
use std::path::{Path, PathBuf};

/// What is printed in every cell, in the order of the sheet.
fn printed(page: &Page) -> Vec<String> {
    page.eval(
        "[...document.querySelectorAll('.paper [data-cell]')].map(field => field.closest('.stack').querySelector('.mirror').textContent)",
    )
}

fn give(page: &Page, id: &str) -> PathBuf {
    page.click("#export");
    page.wait_for(id);
    page.download(|page| page.click(id))
}

fn bring(page: &Page, file: &Path) {
    page.set_files("#file-field", &[file]);
    page.wait_for("#accept");
    page.click("#accept");
    page.wait_until("!document.querySelector('#accept')");
}

#[test]
fn every_kind_of_file_comes_back_as_it_was_printed() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    let before = printed(&page);
    assert!(before.len() > 80, "{}", before.len());
    for (id, ending) in [("#give-docx", "docx"), ("#give-xlsx", "xlsx"), ("#give-html", "html")] {
        let file = give(&page, id);
        assert_eq!(file.extension().unwrap(), ending);
        page.wait_until("document.querySelector('.notices').textContent.includes('已导出')");
        bring(&page, &file);
        page.wait(&format!("the table out of {ending}"), || printed(&page) == before);
    }
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn the_hosted_page_loads_what_writes_when_it_is_needed() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    page.open_example("yiyang-2020");
    assert!(!page.requests().iter().any(|url| url.contains("writer_module")), "{:?}", page.requests());
    let file = give(&page, "#give-docx");
    assert!(fs::read(file).unwrap().starts_with(b"PK"));
    assert!(page.requests().iter().any(|url| url.contains("writer_module")));
    // Only the chosen parts are in it.
    page.click("#export");
    page.click("#part-findings");
    page.wait_until("document.querySelector('#part-findings').checked");
    let both = fs::read_to_string(page.download(|page| page.click("#give-html"))).unwrap();
    assert!(both.contains("<h1 class=\"title\">核对结果</h1>") && both.contains("项目支出绩效自评表"), "{both}");
    // What was chosen for one project is not chosen for the next.
    page.click("#new-project");
    page.open_example("heping-2020");
    page.click("#export");
    page.wait_for("#part-findings");
    assert!(!page.eval::<bool>("document.querySelector('#part-findings').checked"));
}

#[test]
fn findings_are_a_list_and_a_text() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    let count: usize = page.eval("document.querySelectorAll('.inspector .finding').length");
    let list = fs::read_to_string(give(&page, "#give-csv")).unwrap();
    assert!(list.starts_with("\u{feff}文件,项目名称,"), "{list}");
    assert_eq!(list.matches("\r\n").count(), count + 1, "{list}");
    let text = fs::read_to_string(give(&page, "#give-txt")).unwrap();
    assert!(text.starts_with("\u{feff}核对结果\r\n项目名称：") && text.contains("\r\n\r\n1. "), "{text}");
}

#[test]
fn a_copied_table_is_pasted_back_equal() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    let before = printed(&page);
    page.click("#export");
    page.click("#copy-table");
    page.wait_until("document.querySelector('.notices').textContent.includes('表格已复制')");
    page.click("#new-project");
    page.wait_for("[id^=\"form-\"]");
    page.paste();
    page.wait_for("#accept");
    page.click("#accept");
    page.wait("the table out of the clipboard", || printed(&page) == before);
}
