//! The program fails while someone types: nothing pretends to work, everything is handed out at once, and the next start has it.

use browser_tests::table::{BREAK, national, projects, saved, value, write};
use browser_tests::{Browser, Page};
use std::fs;

fn two_projects(page: &Page) {
    national(page);
    write(page, "project_name", "first");
    saved(page);
    page.click("#new-project");
    page.wait_for("#form-national");
    national(page);
    write(page, "project_name", "second");
    saved(page);
}

#[test]
fn after_a_failure_everything_is_offered_and_nothing_can_be_typed() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    two_projects(&page);
    page.run("document.querySelector('[data-cell=\"project_name\"]').focus()");
    page.press("End");
    page.run(&format!("{BREAK}\nwindow.breaking = true"));
    page.type_text("X");
    page.wait_for("#crashed a");
    assert!(page.text("#crashed").contains("已停止运行"), "{}", page.text("#crashed"));
    let open: usize =
        page.eval("[...document.querySelectorAll('input, textarea, select, button')].filter(field => !field.disabled).length");
    assert_eq!(open, 0);
    page.type_text("Y");
    let backup = page.download(|page| page.run("document.querySelector('#crashed a').click()"));
    let text = fs::read_to_string(&backup).unwrap();
    assert!(text.contains("first") && text.contains("secondX") && !text.contains("secondXY"), "{text}");
    // The next start has it, too.
    page.reload();
    page.wait_for("[data-cell=\"project_name\"]");
    assert_eq!(value(&page, "project_name"), "secondX");
    // And so has the file, in another browser.
    let other = Browser::launch();
    let page = other.open_saved_file();
    page.set_files("#file-field", &[&backup]);
    page.wait("both projects", || projects(&page).len() == 2);
    let mut names = projects(&page);
    names.sort();
    assert_eq!(names, ["first", "secondX"]);
}
