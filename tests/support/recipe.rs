//! Documents made at random: forms filled with the texts that people, spreadsheets and scanners put into cells, and sound or published
//! tables with some cells changed.
#![allow(dead_code)] // Not every test uses all of it.

use crate::support::{Case, cases};
use jixiao::document::{Document, Typed};
use jixiao::template::{Library, Template};
use proptest::prelude::*;

/// Texts that people, spreadsheets and scanners put into cells.
pub const TEXTS: [&str; 50] = [
    "",
    " ",
    "0",
    "-1",
    "100",
    "82",
    "4.6",
    "46%",
    "０．５",
    "1，234",
    "1,23",
    "≥95%",
    "95%以上",
    "≤10次",
    "不超过90万元",
    "=0件",
    "12月底前",
    "9月前",
    "2021年12月",
    "7*24小时",
    "/",
    "——",
    "不适用",
    "无",
    "达成预期指标",
    "部分达成",
    "未完成",
    "是",
    "否",
    "90%-95%",
    "63%~68%",
    "99999999999999999999999999999999999999999",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "-79228162514264337593543950335",
    "1e9",
    "NaN",
    "%",
    "。",
    "万元",
    "480000",
    "180 万元",
    "２０２０",
    "优秀",
    "higher-better",
    "tier",
    "met",
    "扣分项",
    "2021年批复下达预算48万元，支付6万元，支付42.48万元，结余480000元，执行率40%，自评得分85分，等级为“良”。",
    "24.90万是2019年的费用，148.00万是2020年费用；对2020年度另一名称项目开展绩效自评；站点3个（甲、乙、丙、丁）",
];

pub fn templates(library: &Library) -> Vec<Template> {
    library
        .forms
        .iter()
        .flat_map(|form| {
            library.profiles.iter().map(|profile| Template { form: form.clone(), profile: profile.clone() }).collect::<Vec<_>>()
        })
        .collect()
}

/// Texts to be put into cells, wherever these lie.
pub type Recipe = Vec<(usize, String)>;

/// A document of a form with texts put into cells, by a generated recipe.
pub fn filled(template: &Template, recipe: &[(usize, String)]) -> Document {
    put(Document::blank(&template.form), recipe)
}

/// A document with texts put into its cells.
pub fn put(mut document: Document, recipe: &[(usize, String)]) -> Document {
    for (place, text) in recipe {
        let fixed = document.cells.len();
        let total = fixed + document.tables.iter().flatten().map(|row| row.cells.len()).sum::<usize>();
        let mut at = place % total;
        if at < fixed {
            document.cells[at] = Typed::new(text);
            continue;
        }
        at -= fixed;
        'rows: for table in &mut document.tables {
            for row in table {
                if at < row.cells.len() {
                    std::rc::Rc::make_mut(row).cells[at] = Typed::new(text);
                    break 'rows;
                }
                at -= row.cells.len();
            }
        }
    }
    document
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(TEXTS.to_vec()).prop_map(str::to_owned),
        1 => ".{0,12}",
        1 => "[0-9.,%元万≥≤<>=年月日/—-]{0,10}",
    ]
}

pub fn recipe() -> impl Strategy<Value = Recipe> {
    prop::collection::vec((any::<usize>(), text()), 0..120)
}

/// Texts for a few cells of a table that is filled in already.
pub fn changes() -> impl Strategy<Value = Recipe> {
    let text =
        prop_oneof![2 => text(), 1 => "[1-9][0-9]{0,3}(\\.[0-9]{1,2})?%?", 1 => Just(String::new()), 1 => Just("/".to_owned())];
    prop::collection::vec((any::<usize>(), text), 0..8)
}

/// 400 documents each, or as many as `PROPTEST_CASES` says: a long run now and then finds what a short one does not.
pub fn how_many() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

/// Every published and made-up table, to be changed.
pub fn known(library: &Library) -> Vec<Case> {
    cases(library)
}
