//! Nothing that was typed is lost: rows, merged cells, drafts, windows, deletion.

use browser_tests::table::{change, focus, kept, national, projects, saved, stored, value, write};
use browser_tests::{Browser, Page};
use std::thread::sleep;
use std::time::Duration;

fn indicator_rows(page: &Page) -> Vec<String> {
    page.eval("[...document.querySelectorAll('[data-cell$=\".indicator\"]')].map(field => field.dataset.cell.split('.')[1])")
}

/// The handle of an indicator row, under a name.
fn grip(page: &Page, row: &str) -> String {
    page.run(&format!("document.querySelector('[data-cell=\"indicators.{row}.indicator\"]').closest('tr').querySelector('.grip').id = 'grip-{row}'"));
    format!("#grip-{row}")
}

#[test]
fn a_pointer_on_its_way_to_the_handle_deletes_nothing() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    let rows = indicator_rows(&page);
    for row in &rows {
        let indicator = format!("[data-cell=\"indicators.{row}.indicator\"]");
        page.run(&format!("document.querySelector('{indicator}').scrollIntoView({{ block: 'center' }})"));
        let grip = grip(&page, row);
        let (from, to) = (page.middle(&indicator), page.middle(&grip));
        // From the row itself, from the row above, and from the margin.
        for start in [from, (from.0, from.1 - 40.0), (to.0 + 60.0, to.1 + 10.0)] {
            page.move_mouse(start, to);
            page.press_mouse(to);
            page.wait_for(".row-menu");
            assert_eq!(indicator_rows(&page).len(), rows.len());
            assert!(page.eval::<bool>(&format!("document.querySelector('{grip}').getAttribute('aria-expanded') === 'true'")));
            // Pressing once more where the pointer is only closes it.
            page.press_mouse(to);
            page.wait_until("!document.querySelector('.row-menu')");
        }
    }
    assert_eq!(indicator_rows(&page), rows);
    assert_eq!(page.text("#total"), "89.60");
}

#[test]
fn the_menu_of_a_row_does_its_work_by_mouse_and_by_keyboard() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.open_example("yiyang-2020");
    let rows = indicator_rows(&page);
    let (second, third) = (rows[1].clone(), rows[2].clone());
    let item = |words: &str| {
        page.run(&format!(
            "[...document.querySelectorAll('.menu-item')].find(item => item.textContent.includes('{words}')).id = 'wanted'"
        ));
        page.click("#wanted");
    };
    let open = |row: &str| page.click(&grip(&page, row));
    open(&third);
    page.wait_for(".row-menu");
    assert!(page.eval::<bool>("document.activeElement.className === 'menu-item'"), "{}", page.focused());
    item("上移");
    page.wait("the row is one up", || indicator_rows(&page)[1] == third);
    assert!(page.eval::<bool>("!document.querySelector('.row-menu')"));
    open(&third);
    item("删除本行");
    page.wait("the row is gone", || !indicator_rows(&page).contains(&third));
    assert!(page.text("#notice").contains("已删除第2行"));
    page.wait_until("document.querySelector('div.announced').textContent.includes('已删除第2行，按 Ctrl＋Z 撤销')");
    page.click("#take-back");
    page.wait("the row is back", || indicator_rows(&page)[1] == third);
    assert!(page.eval::<bool>("!document.querySelector('#notice')"));
    // The same by keys alone.
    focus(&page, &format!("indicators.{second}.target"));
    page.press("F2");
    page.wait_for(".row-menu");
    page.press("Escape");
    page.wait_until(&format!("document.activeElement.dataset.cell === 'indicators.{second}.target'"));
    page.press("F2");
    page.wait_for(".row-menu");
    page.press("ArrowUp");
    page.press("Enter");
    page.wait("the row is gone", || !indicator_rows(&page).contains(&second));
    page.press("Control+z");
    page.wait("the row is back", || indicator_rows(&page)[2] == second);
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn typing_through_the_neighbour_s_text_leaves_the_neighbour_alone() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    national(&page);
    let rows = indicator_rows(&page);
    let cell = |row: usize| format!("indicators.{}.level2", rows[row]);
    assert_eq!((value(&page, &cell(0)).as_str(), value(&page, &cell(1)).as_str()), ("数量指标", "质量指标"));
    write(&page, &cell(1), "数量指标");
    assert_eq!(value(&page, &cell(1)), "数量指标", "the cell stays its own while it is written");
    page.type_text("及质量");
    assert_eq!((value(&page, &cell(0)).as_str(), value(&page, &cell(1)).as_str()), ("数量指标", "数量指标及质量"));
    // Equal texts are drawn as one when the focus leaves, and the way on is not lost.
    write(&page, &cell(1), "数量指标");
    page.press("Tab");
    page.wait_until(&format!("document.activeElement.dataset.cell === 'indicators.{}.indicator'", rows[1]));
    page.wait("one cell is drawn", || value(&page, &cell(1)) == "(none)");
    // And a row can be told apart again: its menu draws its cell by itself.
    page.press("F2");
    page.wait_for(".row-menu");
    page.run("[...document.querySelectorAll('.menu-item')].find(item => item.textContent.includes('二级指标')).focus()");
    page.press("Enter");
    page.wait_until(&format!("document.activeElement.dataset.cell === '{}'", cell(1)));
    page.press("Control+a");
    page.type_text("质量");
    page.press("Tab");
    assert_eq!((value(&page, &cell(0)).as_str(), value(&page, &cell(1)).as_str()), ("数量指标", "质量"));
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn one_undo_takes_back_one_pause_of_typing() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    national(&page);
    let undo = |expected: &str| {
        page.press("Control+z");
        page.wait("a step back", || value(&page, "project_name") == expected);
    };
    focus(&page, "project_name");
    page.type_text("road");
    sleep(Duration::from_millis(1300));
    page.type_text(" works");
    undo("road");
    undo("");
    page.press("Control+y");
    page.press("Control+y");
    page.wait("done again", || value(&page, "project_name") == "road works");
    // However fast the keys come, the field holds what the document does.
    for _ in 0..20 {
        page.press("Control+z");
        page.press("Control+y");
    }
    page.wait("the same again", || value(&page, "project_name") == "road works" && projects(&page) == ["road works"]);
    // What an input method puts in is a step, and so is what is taken away.
    focus(&page, "project_name");
    page.press("End");
    page.ime_compose("养护");
    page.ime_compose("工程");
    page.press("Backspace");
    undo("road works养护工程");
    undo("road works养护");
    // Going on from here forgets nothing: behind the new text lies the old one.
    focus(&page, "project_name");
    page.press("End");
    page.type_text("!");
    undo("road works养护");
    page.press("Control+z");
    page.press("Control+z");
    page.wait("what was undone", || value(&page, "project_name") == "road works养护工程");
}

#[test]
fn a_backup_of_several_drafts_is_brought_in_whole() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    let document = |name: &str| {
        let text = format!(
            "{{\"format\":\"jixiao\",\"version\":1,\"form\":{{\"id\":\"national\"}},\"cells\":{{\"project_name\":\"{name}\"}}}}"
        );
        serde_json::json!({ "id": name, "revision": 3, "saved_at": "", "name": name, "about": "", "document": text })
    };
    let backup = serde_json::json!([document("甲"), "{\"damaged\":", document("乙"), document("丙")]).to_string();
    page.drop_file("body", "backup.json", &backup);
    page.wait_until("document.querySelectorAll('.projects .list .project').length === 3");
    let said = page.text("#notice");
    assert!(said.contains("导入3个项目") && said.contains("1个未能导入") && said.contains("第2个"), "{said}");
    page.wait("all three are stored", || stored(&page).len() == 3);
    page.reload();
    page.wait_until("document.querySelectorAll('.projects .list .project').length === 3");
    let mut names = projects(&page);
    names.sort();
    assert_eq!(names, ["丙", "乙", "甲"]);
}

#[test]
fn what_was_typed_last_is_written_though_another_project_is_open() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    national(&page);
    write(&page, "project_name", "first");
    // A file is dropped while the cell has the focus: its text must not go into the new project's cell.
    let other = "{\"format\":\"jixiao\",\"version\":1,\"form\":{\"id\":\"national\"},\"cells\":{\"project_name\":\"brought\"}}";
    page.drop_file("body", "other.json", other);
    page.wait("the brought project", || value(&page, "project_name") == "brought");
    page.type_text("x");
    assert!(stored(&page).iter().all(|text| !text.contains("firstx")));
    page.reload();
    page.wait_for(".project");
    let texts = stored(&page).concat();
    assert!(texts.contains("first") && texts.contains("brought"), "{texts}");
}

/// Two windows with one stored project of this name.
fn two_windows(browser: &Browser, name: &str) -> (Page, Page) {
    let one = browser.open_hosted();
    national(&one);
    write(&one, "project_name", name);
    saved(&one);
    let two = browser.open_beside(&one);
    two.wait_for("[data-cell=\"project_name\"]");
    (one, two)
}

#[test]
fn two_windows_keep_both_texts() {
    let browser = Browser::launch();
    let (one, two) = two_windows(&browser, "base");
    write(&two, "project_name", "base two");
    saved(&two);
    one.wait_for("#elsewhere-notice");
    assert!(one.text("#elsewhere-notice").contains("另一窗口已修改本项目"));
    // Going on in the first window: the focus stays, and the text gets a name of its own.
    focus(&one, "project_name");
    one.press("End");
    one.type_text(" one");
    assert_eq!(value(&one, "project_name"), "base one");
    saved(&one);
    let mut names = projects(&one);
    names.sort();
    assert_eq!(names, ["base one（另存）", "base two"]);
    assert!(one.text("#notice").contains("（另存）"));
    one.reload();
    one.wait_for("[data-cell=\"project_name\"]");
    assert_eq!(value(&one, "project_name"), "base one");
    let texts = stored(&one).concat();
    assert!(texts.contains("base one") && texts.contains("base two"), "{texts}");
    assert_eq!(one.console_errors(), [""; 0]);
}

#[test]
fn two_windows_typing_at_once_lose_neither() {
    let browser = Browser::launch();
    let (one, two) = two_windows(&browser, "base");
    for page in [&one, &two] {
        focus(page, "project_name");
        page.press("End");
    }
    for key in 0..16_u8 {
        one.press(&char::from(b'A' + key).to_string());
        two.press(&char::from(b'a' + key).to_string());
        if key % 6 == 3 {
            sleep(Duration::from_millis(450));
        }
    }
    let typed = [value(&one, "project_name"), value(&two, "project_name")];
    assert_eq!(typed, ["baseABCDEFGHIJKLMNOP", "baseabcdefghijklmnop"]);
    // Both leave at once, with their last keys not yet written.
    one.reload();
    two.reload();
    let texts = stored(&one).concat();
    assert!(typed.iter().all(|typed| texts.contains(typed)), "{texts}");
}

#[test]
fn taking_the_other_window_s_text_keeps_one_s_own() {
    let browser = Browser::launch();
    let (one, two) = two_windows(&browser, "mine");
    write(&two, "project_name", "theirs");
    saved(&two);
    one.click("#take-other");
    one.wait("the other text", || value(&one, "project_name") == "theirs");
    one.wait("both names", || projects(&one).iter().any(|name| name == "mine（另存）"));
    one.wait("both stored", || stored(&one).len() == 2);
    // The other window deletes it: here it stays, is said, and is written again when someone goes on.
    two.run("document.querySelector('.project.is-open .project-buttons button:last-child').click()");
    one.wait_for("#elsewhere-notice");
    assert!(one.text("#elsewhere-notice").contains("另一窗口已删除本项目"));
    write(&one, "project_name", "theirs still");
    saved(&one);
    assert!(stored(&one).concat().contains("theirs still"));
}

#[test]
fn a_deleted_project_comes_back() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    national(&page);
    write(&page, "project_name", "gone");
    page.run("document.querySelector('.project.is-open .project-buttons button:last-child').click()");
    page.wait_until("document.querySelectorAll('.projects .list .project').length === 0");
    assert!(page.text("#notice").contains("已删除“gone”"));
    page.click("#take-back");
    page.wait("the text", || value(&page, "project_name") == "gone");
    page.press("Control+z");
    page.wait("its undo", || value(&page, "project_name").is_empty());
    page.press("Control+y");
    page.wait("its redo", || value(&page, "project_name") == "gone");
    saved(&page);
    // After a reload it waits in the list of what was deleted.
    page.run("document.querySelector('.project.is-open .project-buttons button:last-child').click()");
    page.wait("nothing is stored", || stored(&page).is_empty());
    page.reload();
    page.wait_for(".deleted summary");
    page.click(".deleted summary");
    page.click(".deleted .link");
    page.wait("the text", || value(&page, "project_name") == "gone");
    page.wait("stored again", || stored(&page).len() == 1);
    assert_eq!(kept(&page, "jixiao/deleted/"), [""; 0]);
}

/// As fast as a hand can be, and faster than the disk.
#[test]
fn deleting_and_taking_back_at_once_leaves_one_project() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    national(&page);
    write(&page, "project_name", "gone");
    for _ in 0..5 {
        page.run("document.querySelector('.project.is-open .project-buttons button:last-child').click()");
        page.wait_until("document.querySelector('#take-back') || false");
        page.run("document.querySelector('#take-back').click()");
        page.wait("the text", || value(&page, "project_name") == "gone");
    }
    page.wait("it is stored", || stored(&page).len() == 1);
    saved(&page);
    assert_eq!(projects(&page), ["gone"]);
    assert_eq!(kept(&page, "jixiao/deleted/"), [""; 0]);
    page.reload();
    page.wait("the text", || value(&page, "project_name") == "gone");
    assert_eq!(page.console_errors(), [""; 0]);
}

/// Two windows may each have deleted a project, or an older version kept both: it is one in the list.
#[test]
fn what_was_deleted_twice_is_listed_once() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    national(&page);
    write(&page, "project_name", "twice");
    saved(&page);
    change(
        &page,
        "const keys = store.getAllKeys();
        keys.onsuccess = () => {
            const key = keys.result.find(key => key.startsWith('jixiao/project/'));
            const id = key.slice('jixiao/project/'.length);
            const draft = store.get(key);
            draft.onsuccess = () => {
                for (const before of [1000, 2000]) store.put(draft.result, `jixiao/deleted/${Date.now() - before}/${id}`);
                store.delete(key);
            };
        }",
    );
    page.reload();
    page.click(".deleted summary");
    assert_eq!(page.eval::<u32>("document.querySelectorAll('.deleted .project').length"), 1);
    page.click(".deleted .link");
    page.wait("the text", || value(&page, "project_name") == "twice");
    page.wait("nothing is deleted", || kept(&page, "jixiao/deleted/").is_empty());
    assert_eq!(page.console_errors(), [""; 0]);
}

#[test]
fn pasted_cells_without_a_place_are_said() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    national(&page);
    let row = indicator_rows(&page)[0].clone();
    let line = "甲\\t".repeat(14);
    page.run(&format!(
        "{{ const field = document.querySelector('[data-cell=\"indicators.{row}.indicator\"]'); field.focus();
            const data = new DataTransfer(); data.setData('text/plain', '{line}\\n');
            field.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }})); }}"
    ));
    assert!(page.text("#notice").contains("未粘贴"));
}

/// 历史版本: what was written over in a visit is there in the next, in words, and can be had back, as one step.
#[test]
fn what_stood_there_before_can_be_had_back() {
    let browser = Browser::launch();
    let page = browser.open_hosted();
    page.open_example("yiyang-2020");
    write(&page, "project_name", "路灯改造");
    page.wait("it is stored", || stored(&page).concat().contains("路灯改造"));
    page.reload();
    page.wait_for("[data-cell=\"funds.executed\"]");
    write(&page, "funds.executed", "180");
    write(&page, "project_name", "路灯");
    page.wait("it is stored", || stored(&page).concat().contains("路灯\\\""));
    page.reload();
    page.wait_for("[data-cell=\"funds.executed\"]");
    page.click("#past");
    page.wait_for(".past li .button");
    let told = page.text(".past > li");
    assert!(told.contains("全年执行数 82→180") && told.contains("项目名称 路灯改造→路灯"), "{told}");
    page.run("document.querySelector('.past > li .button').click()");
    page.wait("the first text", || value(&page, "project_name") == "路灯改造");
    assert_eq!(value(&page, "funds.executed"), "82");
    assert!(page.text("#notice").contains("已恢复"));
    page.click("#take-back");
    page.wait("the last text", || value(&page, "project_name") == "路灯");
    assert_eq!(value(&page, "funds.executed"), "180");
    assert_eq!(page.console_errors(), [""; 0]);
}
