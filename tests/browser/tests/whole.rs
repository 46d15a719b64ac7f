//! 整本公开文件: dropped on the page, its tables and sentences are held against each other beside the document as it stands.

use browser_tests::{Browser, Page};
use std::fs;
use std::path::PathBuf;

/// A whole document in which a figure of a table and two numbers of the text were altered.
fn altered() -> String {
    let text = fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../disclosure/national-wan.html")).unwrap();
    let mut altered = text.clone();
    for (from, to) in
        [("其中：基本支出689.83万元", "其中：基本支出689.93万元"), ("占38.24%", "占39.24%"), (">545.05<", ">545.15<")]
    {
        assert!(altered.contains(from), "{from}");
        altered = altered.replacen(from, to, 1);
    }
    altered
}

/// Texts of a part: its lines, as they are read.
fn lines(page: &Page, part: &str) -> Vec<String> {
    page.eval(&format!(
        "(part => [...(part.matches('summary') ? part.parentNode : part.nextElementSibling).querySelectorAll('.finding')].map(line => line.textContent))\
         ([...document.querySelectorAll('.whole-said h3, .whole-said summary')].find(title => title.textContent.startsWith('{part}（')))"
    ))
}

fn marked(page: &Page, class: &str) -> Vec<String> {
    page.eval(&format!("[...document.querySelectorAll('.whole-text .{class}')].map(place => place.textContent)"))
}

#[test]
fn a_whole_document_is_checked_beside_its_text() {
    for hosted in [true, false] {
        let browser = Browser::launch();
        let page = if hosted { browser.open_hosted() } else { browser.open_saved_file() };
        page.resize(1366, 768);
        page.drop_file(".desk", "2023年度部门决算.html", &altered());
        page.wait_for(".whole-text");
        let about = page.text(".whole-about");
        assert!(about.starts_with("整本公开文件，表9张") && about.contains("问题4处"), "{about}");
        // Certain ones and those in doubt are apart; each names what stands on the other side.
        let wrong = lines(&page, "问题");
        assert!(wrong.iter().any(|line| line.contains("填545.05") && line.contains("为545.15")), "{wrong:#?}");
        assert!(wrong.iter().any(|line| line.contains("689.93") && line.contains("《支出决算表》")), "{wrong:#?}");
        assert!(wrong.iter().any(|line| line.contains("39.24%") && line.contains("38.24%")), "{wrong:#?}");
        assert!(lines(&page, "勾稽关系")[0].starts_with("不一致"));
        // A finding marks both ends, the words and the cell; by the keyboard too.
        page.run(
            "[...document.querySelectorAll('.whole-said .finding-text')].find(line => line.textContent.includes('文表相差')).focus()",
        );
        page.press("Enter");
        assert_eq!(marked(&page, "is-chosen"), ["689.93"]);
        assert_eq!(marked(&page, "is-also"), ["689.83", "689.93"]);
        let seen: bool = page.eval(
            "(at => at.top >= 0 && at.bottom <= innerHeight)(document.querySelector('.is-chosen').getBoundingClientRect())",
        );
        assert!(seen, "the words are in view");
        // Once more, the next place: the cell that the words were held against.
        page.press("Enter");
        assert_eq!(marked(&page, "is-chosen"), ["689.83"]);
        // It is handed on as Word, separated values and a page to print.
        for kind in ["docx", "csv", "html"] {
            let file = page.download(|page| page.click(&format!("[data-do=whole-{kind}]")));
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            assert!(name.starts_with("2023年度部门决算_核对结果_") && name.ends_with(kind), "{name}");
            let bytes = fs::read(&file).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            let whole = ["689.93", "表间勾稽", "勾稽关系", "核对日期"].iter().all(|word| text.contains(word));
            assert!(if kind == "docx" { bytes.starts_with(b"PK") } else { whole }, "{kind}");
        }
        // The grids of the document are not said to be without a form.
        let none: usize = page.eval("document.querySelectorAll('.import-table').length");
        assert_eq!(none, 0, "{}", page.text(".import-items"));
        if let Ok(folder) = std::env::var("JIXIAO_LOOK") {
            page.screenshot(format!("{folder}/whole-1366.png"), 1366, 768);
            page.screenshot(format!("{folder}/whole-390.png"), 390, 844);
        }
        assert_eq!(page.console_errors(), [""; 0]);
    }
}

#[test]
fn a_sound_document_has_nothing_wrong_and_a_report_is_read_too() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    let sound = fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../disclosure/national-wan.html")).unwrap();
    page.drop_file(".desk", "决算.html", &sound);
    page.wait_for(".whole-text");
    assert!(page.text(".whole-about").ends_with("未发现问题"), "{}", page.text(".whole-about"));
    assert_eq!(lines(&page, "问题"), [""; 0]);
    let page = browser.open_hosted();
    let report = "某单位项目支出绩效自评报告\n一、资金情况\n项目预算安排100.00万元，实际支出90.00万元，预算执行率95.00%。\n";
    page.drop_file(".desk", "自评报告.txt", report);
    page.wait_for(".whole-text");
    let wrong = lines(&page, "问题");
    assert!(wrong.len() == 1 && wrong[0].contains("90.00%"), "{wrong:#?}");
}
