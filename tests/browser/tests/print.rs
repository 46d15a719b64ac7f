//! The table on A4, by where every text and line of the print stands.

use browser_tests::pdf::{Sheet, sheets};
use browser_tests::{Browser, Page};
use serde_json::{Value, json};
use std::fs;

/// A group of rows under one label of the first level, and its groups of the second.
type Group = (&'static str, &'static [(&'static str, usize)]);

/// One centimetre in points.
const CM: f64 = 72. / 2.54;

/// Every row has marks of its own at both ends of its text, so that a cut one shows.
fn document(groups: &[Group], reason: usize) -> String {
    let mut rows: Vec<Value> = Vec::new();
    for (level1, parts) in groups {
        for (level2, count) in *parts {
            for _ in 0..*count {
                let number = rows.len() + 1;
                let middle: String = "因进度安排调整".chars().cycle().take(reason).collect();
                rows.push(json!({
                    "level1": level1, "level2": level2, "indicator": format!("N{number:03}项"), "target": "≥100.00%", "actual": "120.00%",
                    "weight": "100.00", "score": "100.00", "reason": format!("A{number:03}{middle}Z{number:03}"),
                }));
            }
        }
    }
    json!({
        "format": "jixiao", "version": 1, "form": { "id": "national" },
        "cells": { "project_name": "分页试验", "fiscal_year": "2024", "funds.rate": "100.00%" },
        "tables": { "indicators": rows },
    })
    .to_string()
}

fn print(page: &Page, text: &str, lying: bool) -> Vec<Sheet> {
    page.drop_file("body", "试验.json", text);
    page.wait_for("[data-cell^=\"indicators.\"]");
    let lies: bool = page.eval("!!document.querySelector('.page.is-landscape')");
    if lies != lying {
        page.resize(1366, 768);
        page.press("Control+p");
        page.click("#print-landscape");
        page.press("Escape");
        page.wait_until(&format!("!!document.querySelector('.page.is-landscape') === {lying}"));
    }
    let path = page.download_dir().join("print.pdf");
    page.pdf(&path);
    let pdf = fs::read(&path).unwrap();
    if let Some(folder) = std::env::var_os("JIXIAO_PRINTS") {
        let folder = std::path::PathBuf::from(folder);
        fs::create_dir_all(&folder).unwrap();
        let count = fs::read_dir(&folder).unwrap().count();
        fs::write(folder.join(format!("{count:02}.pdf")), &pdf).unwrap();
    }
    assert!(!page.eval::<bool>("!!document.getElementById('pages')"), "the copy is gone after the print");
    let sheets = sheets(&pdf);
    page.run("document.querySelector('.projects .pane-head .button:not(.only-drawer)').click()");
    page.wait_for("#form-national");
    sheets
}

/// How much of a horizontal is covered by lines.
fn covered(sheet: &Sheet, y: f64) -> f64 {
    let mut parts: Vec<(f64, f64)> = sheet
        .rules
        .iter()
        .filter(|[_, top, _, bottom]| bottom - top < 2. && (top - y).abs() < 1.5)
        .map(|rule| (rule[0], rule[2]))
        .collect();
    parts.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut total, mut reached) = (0., 0.);
    for (left, right) in parts {
        total += (right - left.max(reached)).max(0.);
        reached = right.max(reached);
    }
    total
}

/// What holds of every print: marks of rows, labels, titles, lines, numbers of pages, the foot.
fn check(sheets: &[Sheet], groups: &[Group], fullness: f64, name: &str) {
    let texts: Vec<String> = sheets.iter().map(Sheet::text).collect();
    let place = |mark: &str| -> usize {
        let found: Vec<usize> = texts.iter().enumerate().filter(|(_, text)| text.contains(mark)).map(|(page, _)| page).collect();
        assert_eq!(found.len(), 1, "{name}: {mark} on pages {found:?}\n{texts:?}");
        found[0]
    };
    let mut number = 0;
    let mut labels: Vec<Vec<&str>> = vec![Vec::new(); sheets.len()];
    let mut rows = vec![0; sheets.len()];
    for (level1, parts) in groups {
        for (level2, count) in *parts {
            for _ in 0..*count {
                number += 1;
                let [row, begin, end] =
                    [format!("N{number:03}项"), format!("A{number:03}"), format!("Z{number:03}")].map(|mark| place(&mark));
                assert!(row == begin && row == end, "{name}: row {number} stands on pages {row}, {begin}, {end}");
                rows[row] += 1;
                labels[row].extend([level1, level2]);
            }
        }
    }
    let count = sheets.len();
    for (at, (sheet, text)) in sheets.iter().zip(&texts).enumerate() {
        let name = format!("{name}, page {} of {count}", at + 1);
        assert!(rows[at] > 0, "{name}: no row\n{text}");
        labels[at].sort();
        labels[at].dedup();
        for label in &labels[at] {
            assert_eq!(text.matches(label).count(), 1, "{name}: {label}\n{text}");
        }
        assert_eq!(text.matches("三级指标").count(), 1, "{name}: titles\n{text}");
        assert!(text.contains(&format!("第{}页共{count}页", at + 1)), "{name}: number\n{text}");
        // A number that breaks leaves a line with a part of it.
        assert_eq!(text.matches("≥100.00%").count(), rows[at], "{name}: ≥100.00%\n{text}");
        assert_eq!(text.matches("120.00%").count(), rows[at], "{name}: 120.00%\n{text}");
        // Lines close the table above and below, over its whole width, within the margins.
        let all: Vec<[f64; 4]> = sheet.rules.iter().filter(|rule| rule[3] - rule[1] < 2.).copied().collect();
        let (left, right) =
            (all.iter().map(|rule| rule[0]).fold(1e9, f64::min), all.iter().map(|rule| rule[2]).fold(0., f64::max));
        let (top, bottom) =
            (all.iter().map(|rule| rule[1]).fold(1e9, f64::min), all.iter().map(|rule| rule[1]).fold(0., f64::max));
        assert!(right - left > sheet.width - 3.7 * CM, "{name}: the table is as wide as the page");
        for y in [top, bottom] {
            assert!(covered(sheet, y) > right - left - 4., "{name}: {} of {} at {y}", covered(sheet, y), right - left);
        }
        let foot = at + 1 == count;
        let below = sheet.lines().into_iter().filter(|(y, line)| *y > bottom && !line.contains('页')).collect::<Vec<_>>();
        assert!(foot || below.is_empty(), "{name}: below the table {below:?}");
        assert!(sheet.lines().iter().all(|(y, line)| *y < sheet.height - 1.8 * CM || line.contains('页')), "{name}: margin");
        assert_eq!(text.contains("公章"), foot, "{name}: the foot stands below the last row");
        // The last page takes a row, the total and the foot from the one before.
        assert!(at + 2 >= count || bottom > sheet.height * fullness, "{name}: ends at {bottom} of {}", sheet.height);
    }
}

const SIXTY: &[Group] = &[
    ("产出甲", &[("数量甲", 11), ("质量甲", 9), ("时效甲", 5), ("成本甲", 4)]),
    ("效益乙", &[("经济乙", 13), ("社会乙", 8)]),
    ("满意丙", &[("满意丁", 10)]),
];
/// A group over more than a page, others of a row each.
const GROUP: &[Group] = &[("产出甲", &[("数量甲", 45), ("质量甲", 1)]), ("效益乙", &[("经济乙", 1)])];
const LARGE: &[Group] = &[
    ("产出甲", &[("数量甲", 61), ("质量甲", 23), ("时效甲", 1), ("成本甲", 31)]),
    ("效益乙", &[("经济乙", 2), ("社会乙", 2), ("生态乙", 70)]),
    ("满意丙", &[("满意丁", 10)]),
];

#[test]
fn no_row_is_cut_and_labels_stand_on_every_page() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.wait_for("#form-national");
    for lying in [false, true] {
        for (name, groups, reason, fullness) in [
            ("60 rows", SIXTY, 4, 0.8),
            ("200 rows", LARGE, 4, 0.8),
            ("a group of 45 rows", GROUP, 4, 0.8),
            ("reasons of 300 characters", SIXTY, 300, 0.4),
        ] {
            let name = format!("{name}, {}", if lying { "lying" } else { "upright" });
            let sheets = print(&page, &document(groups, reason), lying);
            assert!(sheets.iter().all(|sheet| (sheet.width > sheet.height) == lying), "{name}");
            assert!(sheets.len() > 1, "{name}");
            check(&sheets, groups, fullness, &name);
        }
    }
    // On a phone, where the table is shown as cards, it prints the same.
    print(&page, &document(GROUP, 4), false);
    page.resize(390, 844);
    check(&print(&page, &document(SIXTY, 4), false), SIXTY, 0.8, "60 rows, from a phone");
    assert_eq!(page.console_errors(), [""; 0]);
    assert_eq!(page.requests(), [""; 0]);
}

#[test]
fn a_form_that_nearly_fits_stays_on_one_page_in_letters_of_nine_tenths_at_least() {
    let browser = Browser::launch();
    let page = browser.open_saved_file();
    page.wait_for("#form-national");
    let mut seen: Vec<(usize, usize, f64)> = Vec::new();
    for rows in 16..34 {
        let groups: Vec<Value> = (1..=rows)
            .map(|number| json!({ "level1": "产出甲", "level2": "数量甲", "indicator": format!("N{number:03}项"), "weight": "4", "score": "4" }))
            .collect();
        let text = json!({ "format": "jixiao", "version": 1, "form": { "id": "national" }, "tables": { "indicators": groups } });
        let sheets = print(&page, &text.to_string(), false);
        let size = sheets[0].texts.iter().find(|run| run.text.contains('N')).map_or(0., |run| run.size);
        seen.push((rows, sheets.len(), size));
        assert!(sheets.last().unwrap().text().contains(&format!("N{rows:03}")), "the foot is not alone: {seen:?}");
    }
    let full = 10.5;
    assert!(seen.iter().any(|(_, pages, size)| *pages == 1 && (size - full).abs() < 0.1), "{seen:?}");
    assert!(seen.iter().any(|(_, pages, size)| *pages == 1 && *size < full - 0.1), "{seen:?}");
    assert!(seen.iter().any(|(_, pages, _)| *pages == 2), "{seen:?}");
    assert!(seen.iter().all(|(_, _, size)| *size > full * 0.899), "{seen:?}");
    assert!(seen.iter().all(|(_, pages, size)| *pages == 1 || (size - full).abs() < 0.1), "{seen:?}");
    assert!(seen.is_sorted_by_key(|(_, pages, _)| *pages), "{seen:?}");
}
