//! Bringing in what people have: files, folders and the clipboard; looking at what was recognised, correcting it, and taking it.

#[allow(dead_code, reason = "shared with the tests of the readers")]
#[path = "../../office/make.rs"]
mod make;
#[allow(dead_code, reason = "shared with the tests of the readers")]
#[path = "../../office/make_ole.rs"]
mod make_ole;
#[allow(dead_code, reason = "shared with the tests of the readers")]
#[path = "../../office/make_xls.rs"]
mod make_xls;

use browser_tests::table::{projects, stored};
use browser_tests::{Browser, Page};
use make_xls::{Sheet, Value, cell, xls};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A small table of the national form, in which the rate does not follow from the amounts.
fn rows(budget_title: &'static str) -> Vec<Vec<&'static str>> {
    vec![
        vec!["项目支出绩效自评表"],
        vec!["项目名称", "水库清淤", "", "", "", "", ""],
        vec!["主管部门", "水利局", "", "实施单位", "水库管理所", "", ""],
        vec!["项目资金（万元）", "", "年初预算数", budget_title, "全年执行数", "分值", "执行率", "得分"],
        vec!["", "年度资金总额", "200", "200", "150", "10", "80%", "7.5"],
        vec!["", "其中：当年财政拨款", "200", "200", "150", "—", "75%", "—"],
        vec!["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        vec!["产出指标", "数量指标", "清淤量", "≥100立方米", "100立方米", "50", "50", ""],
        vec!["效益指标", "社会效益指标", "受益人口", "≥500人", "500人", "30", "30", ""],
        vec!["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "95%", "10", "10", ""],
        vec!["总分", "", "", "", "", "100", "97.5", ""],
    ]
}

fn html(rows: &[Vec<&str>]) -> String {
    let line = |row: &Vec<&str>| format!("<tr>{}</tr>", row.iter().map(|text| format!("<td>{text}</td>")).collect::<String>());
    format!("<table>{}</table>", rows.iter().map(line).collect::<String>())
}

fn docx(rows: &[Vec<&str>]) -> Vec<u8> {
    let cell = |text: &&str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let line = |row: &Vec<&str>| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    make::docx(&format!("<w:tbl>{}</w:tbl>", rows.iter().map(line).collect::<String>()), &[])
}

fn book(rows: &[Vec<&'static str>]) -> Vec<u8> {
    let mut cells = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            cells.push(cell(at as u16, column as u16, Value::Text(text)));
        }
    }
    xls(&[Sheet { name: "自评表", hidden: 0, cells, merges: Vec::new(), zeros: true }], &[])
}

struct Files(TempDir);

impl Files {
    fn new() -> Files {
        Files(TempDir::new().unwrap())
    }

    fn add(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }
}

fn value(page: &Page, cell: &str) -> String {
    page.eval(&format!("(field => field ? field.value : '(none)')(document.querySelector('[data-cell=\"{cell}\"]'))"))
}

/// The place of the first cell of the source with this text.
fn place(page: &Page, text: &str) -> String {
    page.eval(&format!("[...document.querySelectorAll('.source td')].find(cell => cell.textContent === '{text}').dataset.at"))
}

fn paste(page: &Page, html: &str, plain: &str) {
    page.run(&format!(
        "window.data = new DataTransfer(); data.setData('text/html', {html:?}); data.setData('text/plain', {plain:?});
         document.body.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }}));"
    ));
}

#[test]
fn a_dropped_document_is_looked_at_accepted_checked_and_taken_back() {
    let browser = Browser::launch();
    let files = Files::new();
    let file = files.add("水库.docx", &docx(&rows("全年预算数")));
    let page = browser.open_saved_file();
    page.drop_paths("body", &[&file]);
    page.wait_for("#accept");
    assert!(page.text("#source-title").contains("水库.docx"), "{}", page.text("#source-title"));
    assert_eq!((value(&page, "project_name").as_str(), value(&page, "funds.executed").as_str()), ("水库清淤", "150"));
    // Choosing a text marks where it went, and the other way round.
    page.click(&format!("[data-at=\"{}\"]", place(&page, "80%")));
    page.wait_for(".is-linked [data-cell=\"funds.rate\"]");
    assert!(page.text("#source-says").contains("80%"));
    page.run("document.querySelector('[data-cell=\"project_name\"]').focus()");
    page.wait_until(
        "document.querySelector('td.is-chosen') && document.querySelector('td.is-chosen').textContent === '水库清淤'",
    );
    // Nothing is kept before it is taken.
    assert_eq!(page.eval::<u32>("document.querySelectorAll('.project').length"), 0);
    page.click("#accept");
    page.wait_until("document.querySelectorAll('.project').length === 1");
    page.wait_until("document.getElementById('draft').textContent.includes('草稿已存')");
    let findings = page.text(".inspector");
    assert!(findings.contains("原表：表1第5行第7列"), "{findings}");
    page.press("Control+z");
    page.wait("one undo gives the blank form", || value(&page, "project_name").is_empty());
    page.wait_until("document.activeElement.dataset.cell === 'project_name'");
    page.press("Control+y");
    page.wait("and one redo the table", || value(&page, "project_name") == "水库清淤");
    // The source is there after a reload too.
    page.wait_until("document.getElementById('draft').textContent.includes('草稿已存')");
    page.reload();
    page.click("#show-source");
    page.wait_for("[data-at]");
    assert_eq!(place(&page, "80%"), "0.4.6");
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn a_folder_a_workbook_and_what_cannot_be_read_make_a_list() {
    let browser = Browser::launch();
    let files = Files::new();
    for name in ["甲.docx", "乙/丙.docx"] {
        files.add(&format!("自评/{name}"), &docx(&rows("全年预算数")));
    }
    files.add("自评/图.docx", b"\x89PNG\r\n\x1a\n........");
    let book = files.add("表.xls", &book(&rows("全年预算数")));
    let page = browser.open_hosted();
    page.drop_paths("body", &[files.0.path().join("自评"), book]);
    page.wait_until("document.querySelectorAll('.import-item').length === 4 && !document.querySelector('#import-cancel')");
    let text = page.text(".import-items");
    assert!(text.contains("自评/乙/丙.docx") && text.contains("图片"), "{text}");
    assert_eq!(
        page.eval::<u32>("document.querySelectorAll('.import-table .trouble').length"),
        3,
        "each table says what its check found: {text}"
    );
    assert!(page.text("#accept-all").contains('3'));
    page.click("#accept-all");
    page.wait_until("document.querySelectorAll('.project').length === 3");
    page.click(".project-open");
    page.wait_for("[data-cell]");
    page.click("#show-source");
    assert_eq!(page.console_errors(), [""; 0]);
}

/// Stored already, or just about to be: after 撤销 nothing of it is in the storage, and the list is there again.
#[test]
fn what_was_taken_together_is_given_back_together() {
    let browser = Browser::launch();
    let files = Files::new();
    for name in ["甲.docx", "乙.docx"] {
        files.add(&format!("自评/{name}"), &docx(&rows("全年预算数")));
    }
    let page = browser.open_hosted();
    for stored_first in [true, false] {
        page.drop_paths("body", &[files.0.path().join("自评")]);
        page.wait_until("document.querySelectorAll('.import-table').length === 2 && !document.querySelector('#import-cancel')");
        page.click("#accept-all");
        page.wait_for("#take-back");
        if stored_first {
            page.wait("both are stored", || stored(&page).len() == 2);
        }
        page.click("#take-back");
        page.wait_until("document.querySelectorAll('.import-table').length === 2 && !!document.querySelector('#accept-all')");
        // Longer than a change waits to be written.
        std::thread::sleep(std::time::Duration::from_secs(1));
        assert_eq!(stored(&page), [""; 0]);
        page.reload();
        page.wait_for("#form-national");
        assert_eq!(projects(&page), [""; 0]);
    }
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn a_column_is_corrected_by_keyboard_and_remembered() {
    let browser = Browser::launch();
    let files = Files::new();
    let first = files.add("一.docx", &docx(&rows("本年安排")));
    let page = browser.open_saved_file();
    page.drop_paths("body", &[&first]);
    page.wait_for("#accept");
    assert_eq!(value(&page, "funds.adjusted"), "");
    page.tab_to_id("source-table");
    let wanted = place(&page, "本年安排");
    for _ in 0..40 {
        page.press("ArrowDown");
        if page.eval::<bool>(&format!(
            "(document.querySelector('.is-chosen') || {{ dataset: {{}} }}).dataset.at === '{}'",
            wanted.replace(".3.3", ".3.0")
        )) {
            break;
        }
    }
    for _ in 0..3 {
        page.press("ArrowRight");
    }
    page.wait_until(&format!("document.querySelector('.is-chosen').dataset.at === '{wanted}'"));
    page.press("Tab");
    assert_eq!(page.eval::<String>("document.activeElement.dataset.do"), "column");
    let titles: Vec<String> = page.eval("[...document.activeElement.options].map(option => option.value)");
    assert!(titles.contains(&"全年预算数".to_owned()), "{titles:?}");
    for _ in &titles {
        if page.eval::<String>("document.activeElement.value") == "全年预算数" {
            break;
        }
        page.press("ArrowDown");
    }
    page.wait("the column is filled in", || value(&page, "funds.adjusted") == "200");
    page.click("#accept");
    page.wait_until("document.querySelectorAll('.project').length === 1");
    // The next table of the same shape needs no word.
    let second = files.add("二.xls", &book(&rows("本年安排")));
    page.drop_paths("body", &[&second]);
    page.wait("the correction is remembered", || value(&page, "funds.adjusted") == "200");
    assert!(page.text(".source-about").contains("更正"));
    page.click("#forget-told");
    page.wait("it can be taken back", || value(&page, "funds.adjusted").is_empty());
}

/// On the screen that most have: the source on one side, what it became on the other, both in sight and each scrolled by itself, and the
/// line between them moved by mouse and by keyboard.
#[test]
fn source_and_form_stand_side_by_side_on_a_small_screen() {
    let browser = Browser::launch();
    let files = Files::new();
    let mut many = rows("全年预算数");
    let row = many[8].clone();
    many.splice(9..9, std::iter::repeat_n(row, 40));
    let file = files.add("水库.docx", &docx(&many));
    let page = browser.open_saved_file();
    page.resize(1366, 768);
    page.drop_paths("body", &[&file]);
    page.wait_for("#accept");
    let edge =
        |css: &str, side: &str| page.eval::<f64>(&format!("document.querySelector('{css}').getBoundingClientRect().{side}"));
    // `above`: what is said above the table for a while.
    let beside = |above: f64| {
        let (source, paper, inspector) = (edge(".source", "right"), edge(".paper", "left"), edge(".inspector", "left"));
        assert!(source <= paper && edge(".paper", "right") <= inspector + 1.0, "{source} {paper} {inspector}");
        assert!(edge(".source", "top") >= 0.0 && edge(".source", "bottom") <= 736.0 + above);
        assert!(edge(".source", "width") > 300.0 && edge(".paper", "width") > 500.0);
    };
    beside(0.0);
    // One scrolls, the other stays.
    page.run("document.getElementById('source-table').scrollTop = 400");
    assert_eq!(page.eval::<f64>("document.getElementById('desk').scrollTop"), 0.0);
    let top = edge("#source-table", "top");
    page.run("document.getElementById('desk').scrollTop = 900");
    assert!((edge("#source-table", "top") - top).abs() < 150.0 && edge(".source", "bottom") <= 736.0);
    assert_eq!(page.eval::<f64>("document.getElementById('source-table').scrollTop"), 400.0);
    // By keyboard.
    let width = edge(".source", "width");
    page.tab_to_id("source-line");
    page.press("ArrowLeft");
    page.wait("the source is narrower", || edge(".source", "width") < width - 20.0);
    assert_eq!(page.eval::<String>("document.activeElement.getAttribute('aria-valuenow')"), "40");
    page.press("End");
    page.wait("as wide as it gets", || edge(".source", "width") > width + 100.0);
    // By mouse.
    let (x, y) = page.middle("#source-line");
    page.drag((x, y), (x - 400.0, y));
    page.wait("the source is narrower again", || edge(".source", "width") < width);
    page.click("#accept");
    page.wait_until("document.querySelectorAll('.project').length === 1");
    // Later at any time.
    page.wait_for("#show-source");
    page.click("#show-source");
    page.wait_for(".source");
    beside(120.0);
    page.resize(1920, 1080);
    assert!(edge(".source", "right") <= edge(".paper", "left") && edge(".projects", "width") > 100.0);
    // On a phone it stands above.
    page.resize(390, 844);
    assert!(edge(".source", "bottom") <= edge(".paper", "top") + 1.0 || edge(".source", "top") >= 0.0);
    assert!(edge(".source", "width") <= 390.0 && page.eval::<f64>("document.documentElement.scrollWidth") <= 390.0);
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn what_programs_put_on_the_clipboard_comes_in_on_the_first_screen() {
    let table = html(&rows("全年预算数"));
    let word = format!(
        "<html xmlns:w=\"urn:schemas-microsoft-com:office:word\"><body><!--StartFragment--><p class=MsoNormal>附件</p>{}<!--EndFragment--></body></html>",
        table.replace("<td>", "<td class=MsoNormal><p class=MsoNormal><span lang=ZH-CN>").replace("</td>", "</span></p></td>")
    );
    let excel = format!(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><style>td{{mso-number-format:General}}</style></head><body><!--StartFragment-->{}<!--EndFragment--></body></html>",
        table.replace("<td></td>", "<td style='mso-ignore:colspan'></td>")
    );
    let wps = format!(
        "<html><head><meta name=Generator content=\"WPS Office ET\"></head><body><!--StartFragment-->{}<!--EndFragment--></body></html>",
        table.replace("<td>", "<td class=xl65 x:str>")
    );
    let web = format!(
        "<meta charset='utf-8'><div class=content><h3>公开</h3>{}</div>",
        table.replace("<table>", "<table border=1><tbody>")
    );
    let plain = rows("全年预算数").iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\r\n");
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    for (name, html) in [("Word", word.as_str()), ("Excel", &excel), ("WPS", &wps), ("a web page", &web), ("plain text", "")] {
        paste(&page, html, &plain);
        page.wait_for("#accept");
        assert_eq!((value(&page, "project_name").as_str(), value(&page, "funds.rate").as_str()), ("水库清淤", "80%"), "{name}");
        page.click("#drop");
        page.wait_for(".welcome");
    }
}

#[test]
fn reading_can_be_given_up_and_what_was_read_stays() {
    let browser = Browser::launch();
    let files = Files::new();
    let names: Vec<PathBuf> = (0..12).map(|at| files.add(&format!("{at:02}.docx"), &docx(&rows("全年预算数")))).collect();
    let page = browser.open_saved_file();
    // The module answers the first, and is then kept busy.
    page.run("const ask = pageOffice.ask; let asked = 0; pageOffice.ask = function (question, done) { if (asked++ < 2) ask(question, done); }");
    page.drop_paths("body", &names);
    page.wait_until("document.querySelectorAll('.import-table').length === 2");
    page.click("#import-cancel");
    page.wait_until("!document.querySelector('#import-cancel')");
    assert!(page.text(".import-items").contains("已取消"));
    assert!(page.text("#accept-all").contains('2'));
}

/// A table that no form fits says what its own words say, and a finding leads to its figure.
#[test]
fn any_table_is_checked_by_its_words() {
    let browser = Browser::launch();
    let files = Files::new();
    let rows = vec![
        vec!["单位", "预算数", "支出数", "执行率"],
        vec!["甲中心", "120.00", "90.00", "75.00%"],
        vec!["乙中心", "80.00", "60.00", "70.00%"],
        vec!["合计", "200.00", "160.00", "80.00%"],
    ];
    let file = files.add("执行.docx", &docx(&rows));
    for page in [browser.open_saved_file(), browser.open_hosted()] {
        page.drop_paths("body", &[&file]);
        page.wait_for(".by-words .finding");
        let found = page.text(".by-words");
        assert!(found.contains("T01") && found.contains("T06"), "{found}");
        assert!(page.text(".import-items").contains("按表内文字核对关系"), "{}", page.text(".import-items"));
        page.click(".by-words .finding-text");
        page.wait_until("document.querySelector('.import-items td.is-chosen')");
        assert!(page.eval::<bool>("document.querySelector('.import-items details').open"));
        assert_eq!(page.console_errors(), [""; 0]);
    }
}
