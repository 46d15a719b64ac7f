//! The harness itself, tried on a page of a few lines, so that a failing test of the real page is never its fault.

use browser_tests::{Browser, Page};
use std::fs;
use std::time::Duration;

const HTML: &str = r#"<!doctype html><html data-started="true"><meta charset="utf-8"><link rel="icon" href="data:,">
<label for="a">甲</label><input id="a"><input id="b" aria-label="乙" value="5"><button id="save">保存</button>
<input type="file" id="file" hidden><div id="zone">拖到这里</div><p id="seen"></p>
<script>
const seen = text => { document.querySelector('#seen').innerText += text + ';'; };
const a = document.querySelector('#a');
a.addEventListener('compositionend', event => seen('composed ' + event.data));
a.addEventListener('keydown', event => { if (event.ctrlKey) seen('Control+' + event.key); });
document.querySelector('#save').onclick = () => {
  if (!confirm('保存吗？')) return;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([a.value]));
  link.download = '表.txt';
  link.click();
};
const read = async files => seen(files[0].name + ' ' + await files[0].text());
document.querySelector('#file').onchange = event => read(event.target.files);
const zone = document.querySelector('#zone');
zone.ondragover = event => event.preventDefault();
zone.ondrop = event => { event.preventDefault(); read(event.dataTransfer.files); };
</script></html>"#;

fn open(browser: &Browser) -> (tempfile::TempDir, Page) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("index.html"), HTML).unwrap();
    let url = local::server::start(folder.path(), 0).unwrap();
    (folder, browser.open(&url, false))
}

#[test]
fn keys_and_text_arrive_as_a_person_would_give_them() {
    let browser = Browser::launch();
    let (_folder, page) = open(&browser);
    page.click("#a");
    page.type_text("a+1 １８０");
    assert_eq!(page.value("#a"), "a+1 １８０");
    assert_eq!(page.focused().to_string(), r#"<input id="a"> "甲" = "a+1 １８０""#);
    page.press("Control+a");
    page.press("Backspace");
    page.ime_compose("绩效");
    assert_eq!(page.value("#a"), "绩效");
    page.press("Control+z");
    page.wait_until("document.querySelector('#a').value !== '绩效'");
    page.press("Tab");
    assert_eq!((page.focused().label.as_str(), page.focused().value.as_str()), ("乙", "5"));
    page.press("Shift+Tab");
    assert_eq!(page.focused().id, "a");
    assert_eq!(page.text("#seen"), "Control+a;composed 绩效;Control+z;");
}

#[test]
fn files_come_out_and_go_in() {
    let browser = Browser::launch();
    let (folder, page) = open(&browser);
    page.click("#a");
    page.type_text("一二");
    let file = page.download(|page| page.click("#save"));
    assert_eq!(file.file_name().unwrap(), "表.txt");
    assert_eq!(fs::read_to_string(&file).unwrap(), "一二");
    assert_eq!(page.dialogs(), ["保存吗？"]);

    let chosen = folder.path().join("x.json");
    fs::write(&chosen, "chosen").unwrap();
    page.set_files("#file", &[&chosen]);
    page.wait_until("document.querySelector('#seen').innerText.includes('x.json chosen')");
    page.drop_file("#zone", "y.json", "dropped");
    page.wait_until("document.querySelector('#seen').innerText.includes('y.json dropped')");
}

#[test]
fn what_a_screen_reader_says_is_known() {
    let browser = Browser::launch();
    let (_folder, page) = open(&browser);
    let names = page.accessible_names();
    let expected = [("textbox", "甲"), ("textbox", "乙"), ("button", "保存")];
    assert_eq!(names, expected.map(|(role, name)| (role.to_owned(), name.to_owned())));
}

#[test]
fn errors_and_requests_are_recorded() {
    let browser = Browser::launch();
    let (_folder, page) = open(&browser);
    page.run("console.error('first', 1); setTimeout(() => { throw new Error('second') }); fetch('/missing').then()");
    page.wait("three errors", || page.console_errors().len() >= 3);
    let errors = page.console_errors().join("\n");
    assert!(errors.contains("first 1") && errors.contains("second") && errors.contains("404"), "{errors}");
    assert!(page.requests().last().unwrap().ends_with("/missing"));
    page.reload();
    assert_eq!(page.value("#a"), "");
}

#[test]
#[should_panic(expected = "waited in vain for document.querySelector(\"#none\")")]
fn an_element_that_never_comes_is_an_error_that_shows_the_page() {
    let browser = Browser::launch();
    let (_folder, mut page) = open(&browser);
    page.patience = Duration::from_millis(100);
    page.wait_for("#none");
}

#[test]
fn pictures_have_the_size_asked_for() {
    let browser = Browser::launch();
    let (folder, page) = open(&browser);
    let picture = folder.path().join("pictures/narrow.png");
    page.screenshot(&picture, 390, 844);
    let png = fs::read(picture).unwrap();
    assert_eq!((&png[16..20], &png[20..24]), (&390u32.to_be_bytes()[..], &844u32.to_be_bytes()[..]));
}
