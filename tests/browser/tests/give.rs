//! Handing out: each kind of file is written in the page and brought back, and the table goes over the clipboard.

use browser_tests::table::{bring, give};
use browser_tests::{Browser, Page};
use std::fs;

/// What is printed in every cell, in the order of the sheet.
fn printed(page: &Page) -> Vec<String> {
    page.eval(
        "[...document.querySelectorAll('.paper [data-cell]')].map(field => field.closest('.stack').querySelector('.mirror').textContent)",
    )
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

/// Cells that are chosen with the mouse are copied as they are seen, each once; a selected piece of a text stays the browser's.
#[test]
fn chosen_cells_are_copied_as_they_are_seen() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    page.run(
        "window.taken = null;
        document.addEventListener('copy', event => {
            window.taken = event.defaultPrevented
                ? ['text/html', 'text/plain'].map(kind => event.clipboardData.getData(kind)) : ['', 'left'];
        });
        const rows = [...document.querySelectorAll('.form-table tbody tr')].filter(row => row.querySelectorAll('.mirror').length > 3);
        const [one, two] = [rows.length - 3, rows.length - 2].map(at => [...rows[at].querySelectorAll('td')].slice(-7));
        one[0].id = 'from';
        two[two.length - 1].id = 'to';
        one[0].scrollIntoView({ block: 'center', behavior: 'instant' });
        window.expected = [one, two].map(cells => cells.map(cell => cell.querySelector('.mirror').textContent.trim()));",
    );
    let expected: Vec<Vec<String>> = page.eval("window.expected");
    page.drag(page.middle("#from"), page.middle("#to"));
    page.wait_until("document.querySelectorAll('[data-chosen]').length > 1");
    page.copy_chosen();
    page.wait_until("window.taken");
    let taken: Vec<String> = page.eval("window.taken");
    let lines: Vec<Vec<&str>> = taken[1].lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines, expected, "{taken:?}");
    assert!(taken[0].starts_with("<table><tr><td") && !taken[0].contains("button"), "{taken:?}");
    // The same block by keyboard: arrows choose cells where there is no more text to select, and take the last one back.
    page.run(
        "window.taken = null; document.querySelector('#from .field').focus(); document.activeElement.setSelectionRange(0, 0)",
    );
    let chosen = |count: usize| page.wait_until(&format!("document.querySelectorAll('[data-chosen]').length === {count}"));
    page.press("ArrowLeft");
    chosen(0);
    page.press("Shift+ArrowRight");
    assert_eq!(page.eval::<String>("getSelection().toString()").chars().count(), 1, "text comes first");
    chosen(0);
    page.run("document.activeElement.setSelectionRange(999, 999)");
    for count in 2..=7 {
        page.press("Shift+ArrowRight");
        chosen(count);
    }
    page.press("Shift+ArrowDown");
    chosen(14);
    page.press("Shift+ArrowLeft");
    chosen(12);
    page.press("Shift+ArrowRight");
    chosen(14);
    page.copy_chosen();
    page.wait_until("window.taken");
    let by_keys: Vec<String> = page.eval("window.taken");
    assert_eq!(by_keys, taken);
    // What is typed in a cell ends the choice; without one the cell with the focus is meant.
    page.run("window.taken = null");
    page.click("#from .field");
    assert_eq!(page.eval::<usize>("document.querySelectorAll('[data-chosen]').length"), 0);
    page.run("document.activeElement.setSelectionRange(0, 0)");
    page.copy_chosen();
    page.wait_until("window.taken");
    assert_eq!(page.eval::<Vec<String>>("window.taken"), ["", &expected[0][0]]);
    page.run("window.taken = null; document.activeElement.setSelectionRange(0, 1)");
    page.copy_chosen();
    page.wait_until("window.taken");
    assert_eq!(page.eval::<Vec<String>>("window.taken"), ["", "left"]);
}

/// The code below the table is printed, is the same in the files, and a file that was changed is told.
#[test]
fn the_code_of_a_table_is_printed_and_held_against_what_comes_back() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    let code = page.text(".paper .paper-code");
    assert!(code.starts_with("计算核对码："), "{code}");
    let given = give(&page, "#give-html");
    // The next one may have the same name.
    let file = given.with_file_name("first.html");
    fs::rename(&given, &file).unwrap();
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.contains(&code), "{code}");
    bring(&page, &file);
    assert_eq!(page.text(".paper .paper-code"), code);
    page.click("#export");
    page.click("#part-code");
    page.wait_until("!document.querySelector('.paper .paper-code')");
    let without = fs::read_to_string(page.download(|page| page.click("#give-html"))).unwrap();
    assert!(!without.contains("计算核对码"));
    // Of all projects the findings are one list.
    for (id, ending) in [("#give-all-xlsx", "xlsx"), ("#give-all-docx", "docx")] {
        let list = give(&page, id);
        assert!(list.to_string_lossy().contains("核对结果") && list.extension().unwrap() == ending, "{list:?}");
        assert!(fs::read(list).unwrap().starts_with(b"PK"));
    }
    for id in ["#give-all-html", "#give-all-csv", "#give-all-txt"] {
        let list = fs::read_to_string(give(&page, id)).unwrap();
        assert!(list.matches("市电子政务外网平台中心机房租赁费及运行维护费").count() >= 2 && list.contains("A05"), "{list}");
    }
    let changed = file.with_file_name("changed.html");
    fs::write(&changed, written.replacen(">180<", ">181<", 1).replacen(">180.00<", ">181.00<", 1)).unwrap();
    page.set_files("#file-field", &[&changed]);
    page.wait_until("document.body.textContent.includes('内容与打印时不一致')");
}

/// 套用模板: the table goes into a blank one that somebody else made; a place is told another word by keyboard, and the file comes back equal.
#[test]
fn a_template_is_filled_in_and_comes_back() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    let before = printed(&page);
    // A blank table of the same kind stands for the bureau's own.
    page.click("#new-project");
    page.wait_for("#form-national");
    page.click("#form-national");
    page.wait_for(".form-table");
    let given = give(&page, "#give-docx");
    let template = given.with_file_name("template.docx");
    fs::rename(&given, &template).unwrap();
    page.click("#new-project");
    page.open_example("yiyang-2020");
    page.click("#export");
    page.wait_for("#template-file");
    page.set_files("#template-file", &[&template]);
    page.wait_for("#save-template");
    page.run("[...document.querySelectorAll('.fill-list input')].find(input => input.value.includes('主管部门')).focus()");
    page.press("Control+A");
    page.press("Delete");
    page.press("Tab");
    page.wait_until("document.querySelector('#save-template') && !document.querySelector('.fill-list').textContent.includes('益阳市行政审批服务局')");
    let filled = page.download(|page| page.click("#save-template"));
    assert!(fs::read(&filled).unwrap().starts_with(b"PK"));
    // What was said counts for the next template of the same shape, and is taken back with one press.
    let again = || {
        page.click("#export");
        page.wait_for("#template-file");
        page.set_files("#template-file", &[&template]);
        page.wait_for("#save-template");
    };
    again();
    assert!(page.text(".filling").contains("以前对相同格式模板所作的更正"), "{}", page.text(".filling"));
    assert!(!page.text(".fill-list").contains("益阳市行政审批服务局"));
    page.click("[data-do=template-forget]");
    page.wait_until("document.querySelector('.fill-list') && document.querySelector('.fill-list').textContent.includes('益阳市行政审批服务局')");
    assert!(!page.text(".filling").contains("相同格式模板"));
    // Which place holds which cell goes out as a small file, and a colleague's comes in.
    let mapping = page.download(|page| page.click("#save-mapping"));
    let text = fs::read_to_string(&mapping).unwrap();
    assert!(text.contains("jixiao-mapping") && text.contains("competent_department"), "{text}");
    let changed = mapping.with_file_name("colleague.json");
    fs::write(&changed, text.replace("\"competent_department\"", "\"\"")).unwrap();
    page.set_files("#mapping-file", &[&changed]);
    page.wait_until("document.querySelector('.fill-list') && !document.querySelector('.fill-list').textContent.includes('益阳市行政审批服务局')");
    page.press("Escape");
    page.wait_until("!document.querySelector('.fill-list')");
    again();
    page.click("[data-do=template-forget]");
    page.wait_until("document.querySelector('.fill-list') && document.querySelector('.fill-list').textContent.includes('益阳市行政审批服务局')");
    page.press("Escape");
    page.wait_until("!document.querySelector('.fill-list')");
    again();
    assert!(page.text(".fill-list").contains("益阳市行政审批服务局"));
    page.press("Escape");
    bring(&page, &filled);
    page.wait("the table out of the template", || printed(&page).contains(&"100".to_owned()));
    let mut after = printed(&page);
    let lost: Vec<&str> = before
        .iter()
        .filter(|text| after.iter().position(|there| there == *text).map(|at| after.swap_remove(at)).is_none())
        .map(String::as_str)
        .collect();
    // One row has a level of its own, which the template does not have: it stands in a row that was added, under a label of its own.
    assert_eq!(lost, ["益阳市行政审批服务局"]);
    assert_eq!(page.console_errors(), [""; 0]);
}
