//! 自带数据的单文件: the page in one file with projects in it. It opens elsewhere with everything that was in it, writes over nothing, and
//! comes in once.

use browser_tests::table::{give, kept, national, projects, saved, says, stored, value, write};
use browser_tests::{Browser, Page};
use std::fs;
use std::path::{Path, PathBuf};

/// Texts that would end an element or begin one, if they could.
const SHARP: &str = "</script><script>window.ran = 1</script><!--";

/// A table with a text of its own, that text, and another before it.
fn two_versions(page: &Page) {
    national(page);
    write(page, "project_name", "路灯");
    write(page, "competent_department", "before");
    saved(page);
    page.reload();
    page.wait_for("[data-cell=\"competent_department\"]");
    write(page, "competent_department", SHARP);
    saved(page);
}

/// Under a name of its own: downloads go with the browser that made them.
fn moved(file: &Path, to: &tempfile::TempDir) -> PathBuf {
    let place = to.path().join(format!("{}.html", fs::read_dir(to.path()).unwrap().count()));
    fs::copy(file, &place).unwrap();
    place
}

fn in_file(page: &Page) {
    page.wait("what the file carries", || value(page, "competent_department") == SHARP);
    assert_eq!(value(page, "project_name"), "路灯");
    assert!(page.eval::<bool>("window.ran === undefined"));
    page.click("#past");
    page.wait_for(".past li");
    assert!(page.text(".past").contains("before"), "the version before came along: {}", page.text(".past"));
    page.press("Escape");
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn a_file_with_its_data_opens_elsewhere_with_all_of_them() {
    let folder = tempfile::TempDir::new().unwrap();
    let browser = Browser::launch();
    let mut files = Vec::new();
    for page in [browser.open_saved_file(), browser.open_hosted()] {
        two_versions(&page);
        let file = give(&page, "#give-carried");
        assert!(file.file_name().unwrap().to_string_lossy().starts_with("路灯_"), "{file:?}");
        page.wait_until("document.getElementById('file-state').textContent.includes('已导出')");
        assert_eq!(page.console_errors(), [""; 0]);
        files.push(moved(&file, &folder));
        fs::remove_file(file).unwrap();
    }
    drop(browser);
    for file in files {
        let browser = Browser::launch();
        let page = browser.open_file(&file);
        assert!(page.text("#notice").contains("已载入本文件自带的1个项目"), "{}", page.text("#notice"));
        in_file(&page);
        // It is stored here now, and comes in once; what is gone on with stays.
        assert_eq!(stored(&page).len(), 1);
        write(&page, "project_name", "路灯二期");
        saved(&page);
        for again in [true, false] {
            if again {
                page.reload()
            } else {
                browser.open_file(&file).wait_for("[data-cell]")
            }
            assert_eq!(stored(&page).len(), 1);
            page.wait("what was gone on with", || value(&page, "project_name") == "路灯二期");
            assert!(page.eval::<bool>("!document.querySelector('#notice')"), "nothing new came in");
        }
        // The page that was written writes itself again, and but for the data it is the same.
        let second = give(&page, "#give-carried");
        let program = |path: &Path| {
            let text = fs::read_to_string(path).unwrap();
            let (before, rest) = text.rsplit_once("id=\"carried\"").unwrap();
            (before.to_owned(), rest.split_once("</script>").unwrap().1.to_owned())
        };
        let (other, third) = (Browser::launch(), moved(&second, &folder));
        let page = other.open_file(&third);
        page.wait("it opens, too", || value(&page, "project_name") == "路灯二期");
        let fourth = give(&page, "#give-carried");
        assert!(program(&third) == program(&fourth), "a copy of a copy is the same program");
        assert_eq!(page.requests(), [""; 0]);
    }
}

#[test]
fn what_stands_in_the_browser_is_never_written_over() {
    let folder = tempfile::TempDir::new().unwrap();
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    two_versions(&page);
    let file = moved(&give(&page, "#give-carried"), &folder);
    write(&page, "competent_department", "gone on with");
    saved(&page);
    // In the browser that has the project, which says something else by now.
    let opened = browser.open_file(&file);
    opened.wait_for("#notice");
    assert!(opened.text("#notice").contains("路灯（另存）"), "{}", opened.text("#notice"));
    in_file(&opened);
    let mut names = projects(&opened);
    names.sort();
    assert_eq!(names, ["路灯", "路灯（另存）"]);
    assert!(stored(&opened).concat().contains("gone on with"));
    // Ten times more: nothing is lost, nothing is doubled.
    for _ in 0..10 {
        let again = browser.open_file(&file);
        again.wait("the file's own text", || value(&again, "competent_department") == SHARP);
        assert_eq!(stored(&again).len(), 2);
    }
    assert_eq!(kept(&opened, "jixiao/carried/").len(), 1);
}

#[test]
fn where_nothing_can_be_kept_the_file_is_seen_all_the_same_and_dropped_it_is_brought_in() {
    let folder = tempfile::TempDir::new().unwrap();
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    two_versions(&page);
    page.click("#new-project");
    national(&page);
    write(&page, "project_name", "水库");
    saved(&page);
    let file = moved(&give(&page, "#give-all-carried"), &folder);
    // Two projects, both in it.
    let other = Browser::launch();
    let page = other.open_file(&file);
    page.wait("both", || projects(&page).len() == 2);
    assert_eq!(value(&page, "project_name"), "水库");
    // A browser without storage.
    let blocked = Browser::launch();
    blocked.before_load(
        "for (const name of ['localStorage', 'indexedDB'])
            Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } })",
    );
    let page = blocked.open_file(&file);
    page.wait("both without storage", || projects(&page).len() == 2);
    // Dropped onto a page, and cut off.
    let third = Browser::launch();
    let page = third.open_hosted();
    page.set_files("#file-field", &[&file]);
    page.wait("both are brought in", || projects(&page).len() == 2);
    let text = fs::read_to_string(&file).unwrap();
    let at = text.rfind("水库").unwrap();
    let cut = folder.path().join("cut.html");
    fs::write(&cut, &text[..at]).unwrap();
    let page = third.open_file(&cut);
    page.wait_for("#notice");
    assert!(page.text("#notice").contains("不完整"), "{}", page.text("#notice"));
    national(&page);
    assert_eq!(page.console_errors(), [""; 0]);
}

/// A host without the page in one file, and one with another version of it.
#[test]
fn a_host_that_has_no_such_file_is_said_to_have_none() {
    for instead in ["new Response('', { status: 404 })", "new Response('<!doctype html><title>a page</title>')"] {
        let browser = Browser::launch();
        browser.before_load(&format!(
            "const fetched = window.fetch;
            window.fetch = (url, how) => /jixiao\\.html$/.test(String(url && url.url || url)) ? Promise.resolve({instead}) : fetched(url, how)"
        ));
        let page = browser.open_hosted();
        national(&page);
        page.click("#export");
        page.wait_for("#give-carried");
        page.click("#give-carried");
        says(&page, "jixiao.html");
        assert!(page.text("#notice").contains("未能生成"));
    }
}
