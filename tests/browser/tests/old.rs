//! The main work, one file in and one out: what has to go in the oldest browsers that are promised, too. `cargo xtask test` runs it in
//! today's Chromium and in 79, 86 and 92; `CHROME` names any other.

use browser_tests::table::{saved, value, write};
use browser_tests::{Browser, Page};

/// Fills in, computes, checks, stores, brings in and hands out.
fn main_work(page: &Page) {
    println!("{}", page.eval::<String>("navigator.userAgent"));
    page.open_example("yiyang-2020");
    assert_eq!(page.text("#total"), "89.60");
    assert!(page.eval::<usize>("document.querySelectorAll('.inspector .finding').length") > 5);
    write(page, "funds.executed", "90");
    page.wait_until("document.querySelector('.inspector').textContent.includes('年度资金总额·全年执行数填90')");
    write(page, "project_name", "路灯");
    saved(page);
    page.reload();
    page.wait("what was typed", || value(page, "project_name") == "路灯");
    // Handed out as Excel and Word, and brought in again.
    for (id, ending) in [("#give-xlsx", "xlsx"), ("#give-docx", "docx")] {
        page.click("#export");
        page.wait_for(id);
        let file = page.download(|page| page.click(id));
        assert_eq!(file.extension().unwrap(), ending);
        page.set_files("#file-field", &[&file]);
        page.wait_for("#accept");
        page.click("#accept");
        page.wait("the table out of the file", || value(page, "project_name") == "路灯" && value(page, "funds.executed") == "90");
    }
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn the_saved_file_does_its_work() {
    let browser = Browser::launch();
    main_work(&browser.open_saved_file());
}

#[test]
fn the_hosted_page_does_its_work() {
    let browser = Browser::launch();
    main_work(&browser.open_hosted());
}
