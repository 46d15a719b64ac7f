//! A project with a file of its own: written again and again, never over what somebody else has written into it. Files of the browser's own
//! disk stand in for the person's; they are written by the same calls.

use browser_tests::table::{focus, national, saved, says, write};
use browser_tests::{Browser, Page};
use std::fs;

/// Somebody chooses the file called `window.chosen`, or none.
const CHOOSING: &str = "window.asked = [];
    window.showSaveFilePicker = async how => {
        window.asked.push(how.suggestedName);
        if (!window.chosen) throw new DOMException('none', 'AbortError');
        return (await navigator.storage.getDirectory()).getFileHandle(window.chosen, { create: true });
    }";

fn on_disk(page: &Page, name: &str) -> String {
    page.eval(&format!(
        "navigator.storage.getDirectory().then(folder => folder.getFileHandle('{name}')).then(handle => handle.getFile()).then(file => file.text()).catch(error => error.name)"
    ))
}

/// Somebody else writes the file.
fn meddle(page: &Page, name: &str, text: &str) {
    page.eval::<bool>(&format!(
        "navigator.storage.getDirectory().then(folder => folder.getFileHandle('{name}', {{ create: true }}))
            .then(handle => handle.createWritable()).then(async writing => {{ await writing.write('{text}'); await writing.close(); return true; }})"
    ));
}

fn remove(page: &Page, name: &str) {
    page.eval::<bool>(&format!("navigator.storage.getDirectory().then(folder => folder.removeEntry('{name}')).then(() => true)"));
}

fn asked(page: &Page) -> Vec<String> {
    page.eval("window.asked")
}

fn file_state(page: &Page) -> String {
    page.text("#file-state")
}

/// Types and saves; waits until the page says that what it shows is in the file.
fn save(page: &Page, text: &str) {
    write(page, "project_name", text);
    page.press("Control+s");
    page.wait("it is in the file", || {
        let state = file_state(page);
        state.contains("已导出") && !state.contains("改动")
    });
}

#[test]
fn a_project_is_written_into_its_file_again_and_again() {
    let browser = Browser::launch();
    browser.before_load(CHOOSING);
    let page = browser.open_hosted();
    national(&page);
    write(&page, "project_name", "路灯");
    // None is chosen: nothing happens, and nothing is said to be saved.
    page.press("Control+s");
    page.wait("the question", || asked(&page).len() == 1);
    assert!(asked(&page)[0].starts_with("路灯_") && asked(&page)[0].ends_with(".json"), "{:?}", asked(&page));
    assert!(!file_state(&page).contains("已导出"));
    page.run("window.chosen = 'one.json'");
    save(&page, "路灯");
    assert!(page.text("#notice").contains("已存入“one.json”"), "{}", page.text("#notice"));
    for round in 0..30 {
        let name = format!("路灯{round}");
        save(&page, &name);
        assert!(on_disk(&page, "one.json").contains(&format!("\"{name}\"")), "round {round}");
    }
    assert_eq!(asked(&page).len(), 2, "chosen once");
    // It holds for the next visit.
    saved(&page);
    page.reload();
    page.wait_for("[data-cell=\"project_name\"]");
    save(&page, "路灯二期");
    assert_eq!(asked(&page), [""; 0]);
    assert!(on_disk(&page, "one.json").contains("路灯二期"));
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn what_somebody_else_wrote_into_the_file_is_not_written_over() {
    let browser = Browser::launch();
    browser.before_load(CHOOSING);
    let page = browser.open_hosted();
    national(&page);
    page.run("window.chosen = 'one.json'");
    save(&page, "mine");
    let mut kept = 0;
    for round in 0..30 {
        let theirs = format!("theirs {round}");
        meddle(&page, "one.json", &theirs);
        write(&page, "project_name", &format!("mine {round}"));
        page.press("Control+s");
        says(&page, "未存入");
        assert!(page.text("#notice").contains("已被他人或其他程序修改"), "{}", page.text("#notice"));
        assert!(file_state(&page).contains("改动"));
        kept += usize::from(on_disk(&page, "one.json") == theirs);
        // One time both are kept, the other time it is written over, by the person's word.
        if round % 2 == 0 {
            page.run(&format!("window.chosen = 'file {round}.json'"));
            page.click("#save-anew");
            page.wait("it is in the other file", || {
                on_disk(&page, &format!("file {round}.json")).contains(&format!("mine {round}"))
            });
            assert_eq!(on_disk(&page, "one.json"), theirs);
            // Back to the first.
            page.run("window.chosen = 'one.json'");
            meddle(&page, &format!("file {round}.json"), "changed");
            focus(&page, "project_name");
            page.press("Control+s");
            page.wait_for("#save-anew");
            page.click("#save-anew");
            page.wait("it is in the first file", || on_disk(&page, "one.json").contains(&format!("mine {round}")));
        } else {
            page.click("#save-over");
            page.wait("it is written over", || on_disk(&page, "one.json").contains(&format!("mine {round}")));
        }
    }
    assert_eq!(kept, 30);
    // Gone: nothing is made of it unasked.
    remove(&page, "one.json");
    write(&page, "project_name", "later");
    page.press("Control+s");
    says(&page, "移动、改名或删除");
    assert!(page.eval::<bool>("!document.querySelector('#save-over')"));
    page.click("#save-anew");
    page.wait("it is there again", || on_disk(&page, "one.json").contains("later"));
}

#[test]
fn a_file_that_can_not_be_written_is_said_and_stays_as_it_was() {
    let browser = Browser::launch();
    browser.before_load(CHOOSING);
    browser.before_load(
        "const make = FileSystemFileHandle.prototype.createWritable;
        FileSystemFileHandle.prototype.createWritable = async function () {
            if (window.broken === 'open') throw new DOMException('no', 'NotAllowedError');
            const writing = await make.call(this);
            if (window.broken === 'write') writing.write = async () => { throw new DOMException('full', 'QuotaExceededError'); };
            if (window.broken === 'pretend') writing.write = async () => {};
            return writing;
        }",
    );
    let page = browser.open_hosted();
    national(&page);
    page.run("window.chosen = 'one.json'");
    save(&page, "mine");
    for (broken, words) in [("open", "未获准写入"), ("write", "写入“one.json”时出错"), ("pretend", "写入“one.json”时出错")]
    {
        page.run(&format!("window.broken = '{broken}'"));
        write(&page, "project_name", broken);
        page.press("Control+s");
        says(&page, words);
        assert!(file_state(&page).contains("改动"));
        if broken != "pretend" {
            assert!(on_disk(&page, "one.json").contains("mine"));
        }
        page.run("window.broken = ''; window.chosen = 'two.json'");
        page.click("#save-anew");
        page.wait("another file", || on_disk(&page, "two.json").contains(&format!("\"{broken}\"")));
        page.run("window.chosen = 'one.json'");
        meddle(&page, "two.json", "changed");
        write(&page, "project_name", &format!("mine after {broken}"));
        page.press("Control+s");
        page.wait_for("#save-anew");
        page.click("#save-anew");
        page.wait("the first again", || on_disk(&page, "one.json").contains(&format!("\"mine after {broken}\"")));
    }
    // Where no file can be chosen, or the browser only says so, it is downloaded.
    for choosing in ["", "window.showSaveFilePicker = async () => { throw new DOMException('no', 'SecurityError'); }"] {
        let other = Browser::launch();
        other.before_load(choosing);
        let page = other.open_saved_file();
        national(&page);
        write(&page, "project_name", "elsewhere");
        let file = page.download(|page| page.press("Control+s"));
        assert!(fs::read_to_string(file).unwrap().contains("elsewhere"));
    }
}
