//! The browser's storage: blocked, full, cleared, of an older version, and what is asked on leaving.

use browser_tests::table::{national, projects, saved, stored, value, write};
use browser_tests::{Browser, Page};
use std::fs;

/// Both places refuse to write.
const FULL: &str =
    "Storage.prototype.setItem = IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }";

#[test]
fn blocked_storage_is_said_before_anything_is_typed() {
    let blocked = "for (const name of ['localStorage', 'indexedDB'])
        Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } })";
    for (trouble, words) in [(blocked, "未开放本机存储"), (FULL, "存储空间不足")] {
        let browser = Browser::launch();
        browser.before_load(trouble);
        let page = browser.open_saved_file();
        page.wait_for("#storage-notice");
        assert!(page.text("#storage-notice").contains(words), "{}", page.text("#storage-notice"));
        national(&page);
        write(&page, "project_name", "unkept");
        page.wait_for("#save-file");
        assert!(page.text("#storage-notice").contains("关闭页面"));
        // Back on the start page the way out is there too.
        page.run(
            "[...document.querySelectorAll('.projects button')].find(button => button.textContent.includes('新建')).click()",
        );
        page.wait_for("#save-all");
        assert!(page.text(".projects .list").contains("草稿未保存"));
        let path = page.download(|page| page.click("#save-all"));
        assert!(fs::read_to_string(path).unwrap().contains("unkept"));
        page.wait_until("!document.querySelector('#save-all')");
    }
}

/// Without a database texts stand in `localStorage`, whose room ends soon.
#[test]
fn storage_that_is_really_full_is_said_and_empties_again() {
    let browser = Browser::launch();
    browser.before_load("Object.defineProperty(window, 'indexedDB', { value: undefined })");
    let page = browser.open_hosted();
    page.run(
        "{ let size = 1 << 20; let text = 'x'.repeat(size);
           for (let i = 0; size > 8; i++) { try { localStorage.setItem('other' + i, text); } catch { size >>= 1; text = text.slice(0, size); } } }",
    );
    page.reload();
    page.wait_for("#storage-notice");
    national(&page);
    write(&page, "project_name", "no room");
    page.wait_for("#save-file");
    page.run("Object.keys(localStorage).filter(key => key.startsWith('other')).forEach(key => localStorage.removeItem(key))");
    page.run("[...document.querySelectorAll('#storage-notice button')].find(button => button.textContent === '重试').click()");
    saved(&page);
    page.wait_until("!document.querySelector('#storage-notice')");
    assert!(page.eval::<String>("Object.values(localStorage).join()").contains("no room"));
    page.reload();
    page.wait("what was typed", || projects(&page) == ["no room"]);
}

#[test]
fn a_full_disk_is_said_and_what_was_refused_is_written_by_itself() {
    let browser = Browser::launch();
    browser.before_load(
        "{ const put = IDBObjectStore.prototype.put;
           IDBObjectStore.prototype.put = function (...what) {
               if (window.full) throw new DOMException('full', 'QuotaExceededError');
               return put.apply(this, what);
           }; }",
    );
    let page = browser.open_hosted();
    national(&page);
    write(&page, "project_name", "before");
    page.wait("the first text", || stored(&page).concat().contains("before"));
    page.run("window.full = true");
    write(&page, "project_name", "no room");
    page.wait_for("#storage-notice");
    assert!(page.text("#storage-notice").contains("存储空间不足"), "{}", page.text("#storage-notice"));
    assert!(stored(&page).concat().contains("before"), "what was kept stays");
    page.run("window.full = false");
    page.wait("the text without a word", || stored(&page).concat().contains("no room"));
    page.wait_until("!document.querySelector('#storage-notice')");
}

/// Drafts of older versions stand in `localStorage`: they are taken over, and nothing is left there.
#[test]
fn older_drafts_are_taken_over_into_the_database() {
    let browser = Browser::launch();
    let old = browser.open_hosted();
    let document = "{\"format\":\"jixiao\",\"version\":1,\"form\":{\"id\":\"national\"},\"cells\":{\"project_name\":\"old\"}}";
    let draft = serde_json::json!({ "id": "a1", "revision": 3, "saved_at": "2024-01-02 03:04", "name": "old", "about": "", "document": document });
    old.run(&format!(
        "localStorage['jixiao/project/a1'] = {:?}; localStorage['jixiao/project/b2'] = '{{damaged'",
        draft.to_string()
    ));
    old.reload();
    old.wait("both are listed", || projects(&old).len() == 2);
    assert_eq!(stored(&old).len(), 2);
    assert_eq!(old.eval::<usize>("Object.keys(localStorage).filter(key => key.includes('project')).length"), 0);
    old.run("[...document.querySelectorAll('.projects .list .project button')].find(button => button.textContent.includes('old')).click()");
    old.wait("its text", || value(&old, "project_name") == "old");
}

/// Clearing the browser's data under an open page: what is in memory is written again.
#[test]
fn what_is_cleared_from_outside_is_written_again() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    national(&page);
    write(&page, "project_name", "cleared");
    saved(&page);
    let origin: String = page.eval("location.origin");
    page.call("Storage.clearDataForOrigin", serde_json::json!({ "origin": origin, "storageTypes": "all" }));
    page.wait("it stands there again", || stored(&page).concat().contains("cleared"));
    saved(&page);
    page.reload();
    page.wait_for(".project");
    assert!(stored(&page).concat().contains("cleared"));
}

#[test]
fn leaving_asks_only_where_something_would_be_lost() {
    let asked = |page: &Page| page.dialogs().len();
    let browser = Browser::launch();
    let page = browser.open_hosted();
    national(&page);
    write(&page, "project_name", "stored");
    // Even within the half second before the draft is written: it is written then.
    page.reload();
    assert_eq!(asked(&page), 0);
    page.wait("what was typed", || value(&page, "project_name") == "stored");

    let browser = Browser::launch();
    browser.before_load(FULL);
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    page.reload();
    assert_eq!(asked(&page), 0, "an example that was only looked at");
    page.open_example("yiyang-2020");
    write(&page, "project_name", "unkept");
    page.reload();
    assert_eq!(asked(&page), 1);
    page.open_example("yiyang-2020");
    write(&page, "project_name", "filed");
    page.download(|page| page.press("Control+s"));
    page.wait_until("document.getElementById('file-state').textContent.includes('已导出')");
    page.reload();
    assert_eq!(asked(&page), 1, "it is in a file");
}

/// A profile of the person's own: kept, listed, handed out, taken away; a table that names one that is not at hand says so as long as that
/// holds; and one with the id of a builtin one is refused.
#[test]
fn rules_are_not_exchanged_unseen() {
    let toml = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../templates/profiles/national-2020.toml")).unwrap();
    let mut profile: serde_json::Value = toml::from_str(&toml).unwrap();
    // The place in the list is the builtin ones' alone.
    profile.as_object_mut().unwrap().remove("order");
    let browser = Browser::launch();
    let page = browser.open_hosted();
    national(&page);
    write(&page, "project_name", "scored");
    page.click("#tab-profile");
    page.wait_for("#profile-field");
    let dir = page.download_dir();
    let file = dir.join("profile.json");
    // Under the id of a builtin one.
    fs::write(&file, profile.to_string()).unwrap();
    page.set_files("#profile-field", &[&file]);
    page.wait_for("#notice");
    assert!(page.text("#notice").contains("口径"), "{}", page.text("#notice"));
    assert!(page.eval::<bool>("!document.querySelector('.own-profiles')"));
    // Under an id of its own.
    (profile["id"], profile["name"]) = ("mine".into(), "自拟口径".into());
    fs::write(&file, profile.to_string()).unwrap();
    page.set_files("#profile-field", &[&file]);
    page.wait_for(".own-profiles li");
    assert!(page.text(".own-profiles").contains("自拟口径（mine）"));
    page.wait("it is stored with the table", || stored(&page).concat().contains("mine"));
    page.reload();
    page.wait_for("[data-cell]");
    page.click("#tab-profile");
    page.wait_for(".own-profiles li");
    assert_eq!(page.value("#profile"), "mine");
    let handed = page.download(|page| page.run("document.querySelector('.own-profiles button').click()"));
    assert_eq!(fs::read_to_string(&handed).unwrap(), profile.to_string());
    fs::remove_file(&handed).unwrap();
    let handed = page.download(|page| page.run("document.querySelector('.own-profiles button:last-child').click()"));
    page.wait_for("#profile-notice");
    assert!(page.text("#profile-notice").contains("“mine”不在本机"), "{}", page.text("#profile-notice"));
    page.reload();
    page.wait_for("#profile-notice");
    page.click("#tab-profile");
    page.wait_for("#profile-field");
    page.set_files("#profile-field", &[&handed]);
    page.wait_until("!document.querySelector('#profile-notice')");
    assert_eq!(page.console_errors(), [""; 0]);
}

/// On a computer that several people use: nothing is written, it is said, leaving asks, and it ends with the choice.
#[test]
fn nothing_is_kept_where_that_is_wanted() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    let help = "[...document.querySelectorAll('.bar-buttons button')].find(button => button.textContent === '帮助').click()";
    page.run(help);
    page.wait_for("#keep-nothing");
    page.click("#keep-nothing");
    page.press("Escape");
    page.wait_for("#storage-notice");
    assert!(page.text("#storage-notice").contains("不在本机保存"), "{}", page.text("#storage-notice"));
    national(&page);
    write(&page, "project_name", "confidential");
    page.wait_for("#save-file");
    let everything = "Object.values(localStorage).join()";
    let absent = |page: &Page| !stored(page).concat().contains("conf") && !page.eval::<String>(everything).contains("conf");
    assert!(absent(&page));
    page.reload();
    assert_eq!(page.dialogs().len(), 1, "leaving asks");
    assert!(absent(&page));
    // The choice holds for the next visit, too, and ends.
    national(&page);
    write(&page, "project_name", "confidential");
    page.wait_for("#save-file");
    page.run(help);
    page.wait_until("(document.querySelector('#keep-nothing') || {}).checked");
    page.click("#keep-nothing");
    page.press("Escape");
    page.wait("it is kept now", || stored(&page).concat().contains("confidential"));
    page.wait_until("!document.querySelector('#storage-notice')");
    assert_eq!(page.console_errors(), [""; 0]);
}
