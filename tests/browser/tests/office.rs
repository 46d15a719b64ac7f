//! Files that people have: read in the page, from disk and from a host, without asking for anything.

use browser_tests::{Browser, Page};

/// What the module says to a question, and what kind of answer it is.
fn ask(page: &Page, question: &str) -> (String, String) {
    let answer: Vec<Option<String>> =
        page.eval(&format!("new Promise(done => pageOffice.ask({question}, (kind, text) => done([kind, text])))"));
    (answer[0].clone().unwrap_or_default(), answer[1].clone().unwrap_or_default())
}

/// A table that no form fits, of which one relation can be checked.
const TABLE: &str = "{ html: '<table><tr><td>名称</td><td>金额</td></tr><tr><td>甲</td><td>46</td></tr><tr><td>乙</td><td>4</td></tr><tr><td>合计</td><td>50</td></tr></table>', plain: '', told: '' }";
const SAID: &str = "按表内文字核对关系 1 处";

#[test]
fn what_is_pasted_is_read_in_a_worker_from_disk_and_from_a_host() {
    let browser = Browser::launch();
    browser.before_load(
        "const Own = Worker; window.workers = 0; window.Worker = function (url) { workers++; return new Own(url); }",
    );
    for page in [browser.open_saved_file(), browser.open_hosted()] {
        for _ in 0..2 {
            let (kind, answer) = ask(&page, TABLE);
            assert!(kind == "answer" && answer.contains(SAID), "{kind}: {answer:?}");
        }
        assert_eq!(page.eval::<u32>("workers"), 1, "one worker answers all questions");
        assert_eq!(page.console_errors(), [""; 0]);
    }
}

#[test]
fn without_workers_the_page_reads_by_itself() {
    let browser = Browser::launch();
    browser.before_load("window.Worker = function () { throw new Error('none here'); }");
    for page in [browser.open_saved_file(), browser.open_hosted()] {
        let (kind, answer) = ask(&page, TABLE);
        assert!(kind == "answer" && answer.contains(SAID), "{kind}: {answer:?}");
        assert_eq!(page.console_errors(), [""; 0]);
    }
}

#[test]
fn where_the_module_dies_the_next_file_gets_another() {
    for breakage in ["", "window.Worker = function () { throw new Error('none here'); }"] {
        let browser = Browser::launch();
        browser.before_load(breakage);
        let page = browser.open_saved_file();
        // An argument that is no text is a fault of the module.
        let (kind, _) = ask(&page, "{ html: 1, plain: 1, told: '' }");
        assert_eq!(kind, "died", "{breakage}");
        let (kind, _) = ask(&page, TABLE);
        assert_eq!(kind, "answer", "{breakage}");
    }
}

#[test]
fn a_question_that_is_given_up_does_not_hold_up_the_next() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.run(&format!(
        "window.first = {TABLE}; pageOffice.ask(first, () => {{ window.answered = true; }}); pageOffice.stop(first)"
    ));
    let (kind, _) = ask(&page, TABLE);
    assert_eq!(kind, "answer");
    assert!(page.eval::<bool>("!window.answered"));
}

#[test]
fn a_hosted_module_that_cannot_be_loaded_is_said() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    page.run("window.fetch = () => Promise.reject()");
    let (kind, _) = ask(&page, TABLE);
    assert_eq!(kind, "missing");
}

/// The browser's own table of GB18030 is the one that the command has: letters of GB2312, of GBK, and of four bytes.
#[test]
fn a_file_in_gb18030_is_read_by_the_table_of_the_browser() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    let bytes = "[181, 165, 206, 187, 195, 251, 179, 198, 188, 176, 203, 249, 202, 244, 207, 238, 196, 191, 195, 251, 179, 198, 44, 214, 167, 179, 246, 189, 240, 182, 238, 10, 188, 215, 233, 70, 129, 57, 238, 57, 214, 208, 208, 196, 44, 52, 54, 10, 210, 210, 253, 147, 214, 208, 208, 196, 44, 52, 10, 186, 207, 188, 198, 44, 53, 48, 10]";
    let (kind, answer) =
        ask(&page, &format!("{{ file: new File([new Uint8Array({bytes})], '表.csv'), name: '表.csv', told: '' }}"));
    assert!(kind == "answer" && answer.contains(SAID), "{kind}: {answer:?}");
    assert!(["甲镕㐀中心", "乙龘中心"].iter().all(|text| answer.contains(text)), "{answer:?}");
}
