//! The main job, as a person does it: fill in, read the findings, explain, undo, keep, take out and bring in.

use browser_tests::{Browser, Page};
use serde_json::Value;
use std::fs;

/// The ids of the indicator rows, in the order of the page.
fn indicator_rows(page: &Page) -> Vec<String> {
    page.eval("[...document.querySelectorAll('[data-cell$=\".indicator\"]')].map(field => field.dataset.cell.split('.')[1])")
}

fn shown(page: &Page, cell: &str) -> String {
    page.eval(&format!("document.querySelector('[data-cell=\"{cell}\"]').closest('td').querySelector('.mirror').textContent"))
}

fn export(page: &Page) -> String {
    let path = page.download(|page| page.press("Control+s"));
    let text = fs::read_to_string(&path).unwrap();
    // The next export within the minute has the same name.
    fs::remove_file(path).unwrap();
    text
}

/// Rows of a national table: target, actual value, points, and the score where a person has to give it.
const ROWS: [(&str, &str, &str, Option<&str>); 9] = [
    ("≥50次", "50次", "15", None),
    ("≥95%", "９０％", "15", None),
    ("12月底前", "11月", "10", None),
    ("≤90万元", "100万元", "10", None),
    ("增收明显", "达成年度指标", "10", Some("9")),
    ("≥200人", "180人", "10", None),
    ("/", "/", "", None),
    ("持续有效", "部分达成", "10", Some("7.5")),
    ("≥90%", "99.5%", "10", None),
];

#[test]
fn a_blank_national_form_is_filled_by_keyboard_alone() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.tab_to_id("form-national");
    page.press("Enter");
    page.wait_for("[data-cell]");
    page.tab_to("project_name");
    page.ime_compose("试验项目");
    let fund: String =
        page.eval("document.querySelector('[data-cell^=\"funds.\"][data-cell$=\".name\"]').dataset.cell.split('.')[1]");
    for (column, amount) in [("initial", "1,000"), ("adjusted", "１２００"), ("executed", "1080。5")] {
        page.tab_to(&format!("funds.{fund}.{column}"));
        page.type_text(amount);
    }
    for (row, (target, actual, weight, score)) in indicator_rows(&page).iter().zip(ROWS) {
        page.tab_to(&format!("indicators.{row}.indicator"));
        page.type_text("指标");
        page.press("Tab");
        page.type_text(target);
        page.press("Tab");
        page.type_text(actual);
        page.press("Tab");
        page.type_text(weight);
        page.press("Tab");
        page.type_text(score.unwrap_or_default());
    }
    page.press("Tab");
    // 15 + 15 × 90/95 + 10 + 10 × 90/100 + 9 + 9 + 7.5 + 10 = 84.71 of indicators, 9.00 of execution; no points are lost to the stroke.
    assert_eq!(shown(&page, "funds.rate"), "90.04%");
    assert_eq!(shown(&page, "funds.score"), "9.00");
    page.wait_until("document.getElementById('total').textContent === '92.71'");
    assert_eq!(page.text("#grade"), "优");
    assert_eq!(page.text("#weight").trim_end_matches('✕'), "100/100");
    assert_eq!(page.console_errors(), [""; 0]);
    assert_eq!(page.requests(), [""; 0]);
}

#[test]
fn a_finding_leads_to_its_cell_and_its_fix_mends_it() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    let text = page.text(".inspector");
    for part in ["分值合计为110分", "各项得分相加为89.6", "未加预算执行得分", "未填扣分原因"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(page.text("#total"), "89.60");
    assert_eq!(page.text("#total-by-rule"), "92.26");
    page.run(
        "[...document.querySelectorAll('.finding-text')].find(button => button.textContent.includes('未填扣分原因')).click()",
    );
    page.wait_until("(document.activeElement.dataset.cell || '').endsWith('.reason')");
    page.type_text("设备到期。");
    page.wait_until("!document.querySelector('.inspector').textContent.includes('未填扣分原因')");
    page.run("[...document.querySelectorAll('.finding button')].find(button => button.textContent === '改为9.9').click()");
    page.wait_until("document.getElementById('total').textContent === '90.50'");
}

#[test]
fn a_cell_explains_itself() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    page.click("#tab-formula");
    page.run("document.querySelector('[data-cell=\"funds.score\"]').focus()");
    page.wait_until("document.querySelector('.inspector').textContent.includes('82 ÷ 180')");
    let text = page.text(".inspector");
    for part in ["（全年执行数 ÷ 全年预算数，超过100%按100%计）", "4.555555…", "4.56", "四舍五入", "表中填4.6"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    let annex = fs::read_to_string(page.download(|page| page.click("#export-annex"))).unwrap();
    assert!(annex.contains("≈ 4.56") && annex.contains("总分·得分合计"), "{annex}");
}

#[test]
fn every_step_is_undone_and_done_again() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    let row = indicator_rows(&page)[0].clone();
    let count = indicator_rows(&page).len();
    page.run(&format!("document.querySelector('[data-cell=\"indicators.{row}.score\"]').focus()"));
    page.press("Control+a");
    page.type_text("4");
    page.wait_until("document.getElementById('total').textContent === '88.60'");
    page.press("Control+Shift+D");
    page.wait("a copy of the row", || indicator_rows(&page).len() == count + 1);
    page.press("Control+z");
    page.wait("the copy is gone", || indicator_rows(&page).len() == count);
    page.press("Control+z");
    page.wait_until("document.getElementById('total').textContent === '89.60'");
    page.press("Control+y");
    page.wait_until("document.getElementById('total').textContent === '88.60'");
}

#[test]
fn a_block_of_cells_is_pasted_in_one_step() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.click("#form-national");
    page.wait_for("[data-cell]");
    let rows = indicator_rows(&page);
    let block: String = (0..rows.len() + 2).map(|row| format!("指标{row}\\t≥{row}个\\t{row}个\\t5\\n")).collect();
    page.run(&format!(
        "{{ const field = document.querySelector('[data-cell=\"indicators.{}.indicator\"]'); field.focus();
            const data = new DataTransfer(); data.setData('text/plain', '{block}');
            field.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }})); }}",
        rows[0]
    ));
    page.wait("two more rows", || indicator_rows(&page).len() == rows.len() + 2);
    assert_eq!(page.text("#weight").trim_end_matches('✕'), "65/100");
    page.press("Control+z");
    page.wait("one undo takes all back", || indicator_rows(&page).len() == rows.len());
}

#[test]
fn a_reload_finds_everything() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    page.run("document.querySelector('[data-cell=\"project_name\"]').focus()");
    page.press("Control+a");
    page.type_text("重新打开的项目");
    page.wait_until("document.getElementById('draft').textContent.includes('草稿已存')");
    page.reload();
    page.wait_for("[data-cell]");
    assert_eq!(page.value("[data-cell=\"project_name\"]"), "重新打开的项目");
    assert_eq!(page.text("#total"), "89.60");
}

#[test]
fn what_is_exported_comes_back_equal() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("heping-2020");
    let first = export(&page);
    let parsed: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(parsed["cells"]["total.score"], "88");
    assert_eq!(parsed["evaluation"]["totals"]["entered"]["shown"], "88.00", "an export carries the evaluation");
    page.drop_file("body", "bring.json", &first);
    page.wait_until("document.querySelectorAll('.project').length === 2");
    assert_eq!(export(&page), first);
}

#[test]
fn a_file_that_cannot_be_read_says_why_and_changes_nothing() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    page.drop_file("body", "damaged.json", "{ \"format\": \"jixiao\", ");
    page.wait_until("document.body.innerText.includes('文件不完整')");
    assert_eq!(page.text("#total"), "89.60");
    assert_eq!(page.eval::<u32>("document.querySelectorAll('.project').length"), 1);
}

#[test]
fn a_file_is_what_its_first_bytes_say_whatever_it_is_called() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("heping-2020");
    let saved = export(&page);
    page.drop_file("body", "数据.txt", &saved);
    page.wait_until("document.querySelectorAll('.project').length === 2");
    let table = "项目支出绩效自评表,,,,,,\n（2020年度）,,,,,,\n项目名称,路灯改造,,主管部门,住建局,,\n,,年初预算数,全年预算数,全年执行数,分值,执行率,得分\n项目资金,年度资金总额,180,180,82,10,46%,4.6\n总分,,,,,100,86\n";
    page.drop_file("body", "表.json", table);
    page.wait_until("(document.querySelector('[data-cell=\"project_name\"]') || {}).value === '路灯改造'");
}

#[test]
fn a_draft_that_cannot_be_read_is_kept() {
    let browser = Browser::launch();
    browser.before_load("localStorage.setItem('jixiao/project/9', '{\"damaged\":');");
    let page = browser.open_hosted();
    page.wait_for(".unreadable");
    page.click("#form-national");
    page.wait_for("[data-cell]");
    page.run("document.querySelector('[data-cell=\"project_name\"]').focus()");
    page.type_text("另一项目");
    page.wait_until("document.getElementById('draft').textContent.includes('草稿已存')");
    page.reload();
    page.wait_for(".unreadable");
    // It can be had as a file, as it is.
    let path = page.download(|page| page.run("document.querySelector('.unreadable button').click()"));
    assert_eq!(fs::read_to_string(path).unwrap(), "{\"damaged\":");
    // And be put away, where it can be had back from.
    page.run("document.querySelector('.unreadable button:last-child').click()");
    page.wait_until("!document.querySelector('.unreadable')");
    page.click("#take-back");
    page.wait_for(".unreadable");
}

#[test]
fn full_storage_is_said_and_the_file_is_one_click_away() {
    let browser = Browser::launch();
    browser.before_load("Storage.prototype.setItem = IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };");
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    page.run("document.querySelector('[data-cell=\"project_name\"]').focus()");
    page.type_text("甲");
    page.wait_until("document.getElementById('draft').textContent.includes('保存失败')");
    let path = page.download(|page| page.click("#draft button"));
    assert!(fs::read_to_string(path).unwrap().contains("甲"));
}

#[test]
fn what_another_profile_would_give_stands_beside() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    page.click("#tab-profile");
    let text = page.text(".inspector");
    assert!(text.contains("59.00"), "the execution gate of the platform manual in {text}");
    open_second(&page, "heping-2020");
    let text = page.text(".inspector");
    assert!(text.contains("100.00") && text.contains("优秀"), "blank indicators as not applicable in {text}");
}

#[test]
fn charts_are_drawn_said_and_printed() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    assert_eq!(page.eval::<u32>("document.querySelectorAll('.chart svg').length"), 0, "no chart is made before it is asked for");
    page.click("#tab-charts");
    page.wait_for("#inspector-pane svg");
    let text = |css: &str| page.eval::<String>(&format!("document.querySelector('{css}').textContent"));
    assert_eq!(text("#inspector-pane svg title"), "各级指标得分（单位：分）");
    assert!(text("#inspector-pane svg desc").contains("预算执行率：得分4.6分，分值10分，得分率46%。"));
    page.run("document.querySelector('[data-cell=\"funds.score\"]').focus()");
    page.press("Control+a");
    page.type_text("12");
    page.wait("the chart follows", || text("#inspector-pane svg desc").contains("得分12分，分值10分，得分率120%"));
    // What exceeds its points goes on behind the line of 100%.
    let ends: Vec<Option<f64>> = page.eval(
        "[...document.querySelectorAll('#inspector-pane svg')][0].querySelectorAll('.chart-bar').length
            ? ['.chart-bar:not([fill=none])', '.chart-full'].map(css => {
                const all = [...document.querySelector('#inspector-pane svg').querySelectorAll(css)];
                return all[all.length - 1].getBoundingClientRect().right;
            }) : []",
    );
    assert!(matches!(ends.as_slice(), [Some(bar), Some(full)] if bar > full), "{ends:?}");
    let inside: bool = page.eval(
        "[...document.querySelectorAll('#inspector-pane svg text')].every(text => {
            const own = text.getBoundingClientRect(), svg = text.closest('svg').getBoundingClientRect();
            return own.left >= svg.left - 1 && own.right <= svg.right + 1 && own.bottom <= svg.bottom + 1;
        })",
    );
    assert!(inside, "every text stands within its chart");
    assert!(page.eval::<bool>("!document.querySelector('.charts-print')"));
    page.press("Control+p");
    page.click("#print-charts");
    page.wait_for(".charts-print svg");
    let ids: Vec<String> = page.eval("[...document.querySelectorAll('svg [id]')].map(element => element.id)");
    let mut unique = ids.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "every id once: {ids:?}");
    page.call("Emulation.setEmulatedMedia", serde_json::json!({ "media": "print" }));
    assert!(page.eval::<bool>("document.querySelector('.charts-print svg').getBoundingClientRect().height > 50"));
    assert_eq!(page.console_errors(), [""; 0]);
}

fn open_second(page: &Page, example: &str) {
    page.run("[...document.querySelectorAll('.projects button')].find(button => button.textContent.includes('新建')).click()");
    page.open_example(example);
    page.click("#tab-profile");
}

#[test]
fn every_field_has_a_name_for_those_who_listen() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    let names = page.accessible_names();
    assert!(names.len() > 100, "{} elements", names.len());
    for (role, name) in names {
        assert!(!name.trim().is_empty(), "a {role} without a name");
    }
}

#[test]
fn nothing_scrolls_sideways_on_a_phone() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.resize(390, 844);
    page.open_example("yiyang-2020");
    assert!(page.eval::<bool>("document.documentElement.scrollWidth <= 390"), "the page is wider than the phone");
}
