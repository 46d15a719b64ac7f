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

/// A declaration or selector of a style sheet.
#[derive(serde::Serialize)]
struct Asked {
    selector: String,
    property: String,
    value: String,
}

/// Every declaration and selector of a style sheet, those within `@media` and the like too.
fn declarations(css: &str) -> (Vec<Asked>, Vec<String>) {
    let mut plain = String::new();
    for (at, part) in css.split("/*").enumerate() {
        plain += if at == 0 { part } else { part.split_once("*/").map_or("", |(_, rest)| rest) };
    }
    let (mut found, mut media) = (Vec::new(), Vec::new());
    for rule in plain.split('}') {
        let Some((before, body)) = rule.rsplit_once('{') else { continue };
        let (around, selector) = before.rsplit_once('{').unwrap_or(("", before));
        media.extend(around.trim().strip_prefix("@media").map(|query| query.trim().to_owned()));
        for declaration in body.split(';') {
            if let Some((property, value)) = declaration.split_once(':') {
                let trimmed = |text: &str| text.trim().to_owned();
                found.push(Asked { selector: trimmed(selector), property: trimmed(property), value: trimmed(value) });
            }
        }
    }
    (found, media)
}

/// What this browser does not know of our styles is in this list, with what the page does instead.
const WITHOUT: [(&str, &str); 9] = [
    (":focus-visible", "the plain rule for :focus stands before it, and draws the ring for the mouse, too"),
    ("appearance:", "-webkit-appearance stands beside it"),
    ("@page", "no selector; margin boxes print numbers of pages where they are known"),
    ("@bottom-center", "the same"),
    ("-webkit-sticky", "for Safari; the plain word stands beside it"),
    ("overflow-wrap: anywhere", "word-break: break-word stands beside it, which older Chromium takes for the same"),
    ("forced-colors", "before Chromium 89 no colours are forced"),
    (": Canvas", "only where colours are forced"),
    ("-moz-", "for Firefox; the plain word stands beside it"),
];

#[test]
fn every_style_is_known_or_has_another_beside_it() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    let css: String = page.eval("[...document.querySelectorAll('style')].map(style => style.textContent).join('')");
    let (mut asked, media) = declarations(&css);
    assert!(asked.len() > 500 && media.len() > 2, "{} declarations, {} media", asked.len(), media.len());
    // What nobody knows is found.
    let made_up =
        |selector: &str, property: &str| Asked { selector: selector.into(), property: property.into(), value: "1px".into() };
    asked.extend([made_up("p:no-such", "width"), made_up("p", "no-such")]);
    let wrong: Vec<String> = page.eval(&format!(
        "({}).filter(one => {{
            if (!one.selector.startsWith('@')) try {{ document.querySelector(one.selector); }} catch {{ return true; }}
            return one.selector.startsWith('@') || !one.property.startsWith('--') && !CSS.supports(one.property, one.value.replace(/\\s*!important$/, ''));
        }}).map(one => one.selector + ' {{ ' + one.property + ': ' + one.value + ' }}')
        .concat(({}).filter(query => matchMedia(query).media === 'not all'))",
        serde_json::to_string(&asked).unwrap(),
        serde_json::to_string(&media).unwrap(),
    ));
    let unknown: Vec<&String> = wrong.iter().filter(|one| !WITHOUT.iter().any(|(known, _)| one.contains(known))).collect();
    assert_eq!(unknown, ["p:no-such { width: 1px }", "p { no-such: 1px }"]);
}
