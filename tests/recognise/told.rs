//! What a person says about a file counts more than what was recognised.

use super::accounts::{accounted, places};
use super::support::library;
use super::tables::{blocks, said};
use jixiao::block::Blocks;
use jixiao::recognise::{Recogniser, SourcePlace, Told};

const TABLE: &str = "
> 项目支出绩效自评表
> （2023年度）
| 项目名称 | 防汛物资 | < | < | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 应达到 | | 分值 | 得分 | 责任人 |
| 产出指标 | 数量指标 | 编织袋 | ≥1000条 | 1100条 | 50 | 50 | 甲 |
| 效益指标 | 社会效益指标 | 响应时间 | ≤30分钟 | 25分钟 | 40 | 40 | 乙 |
";

fn at(blocks: &Blocks, text: &str) -> SourcePlace {
    places(blocks).into_iter().find(|(_, known)| known == text).map(|(place, _)| place).expect("a text of the table")
}

#[test]
fn a_column_may_be_told_by_its_title() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let blocks = blocks(TABLE);
    let mut told = Told::default();
    assert_eq!(recogniser.recognise_told(&blocks, &told).tables[0].unrecognised.len(), 8, "before anything is told");
    told.words.insert(at(&blocks, "应达到"), "年度指标值".to_owned());
    // A title that is not printed at all.
    told.words.insert(SourcePlace::Cell { block: 2, row: 1, column: 4 }, "实际完成值".to_owned());
    let recognised = recogniser.recognise_told(&blocks, &told);
    accounted("told", &blocks, &recognised);
    let found = &recognised.tables[0];
    let form = library.form(&found.form).unwrap();
    let said = said(&form, &found.document);
    assert_eq!(said["indicators.1.target"], "≥1000条");
    assert_eq!(said["indicators.2.actual"], "25分钟");
    let listed: Vec<&str> = found.unrecognised.iter().map(|unread| unread.text.as_str()).collect();
    assert_eq!(listed, ["责任人", "甲", "乙"]);
}

#[test]
fn a_text_may_be_told_its_cell_or_that_it_has_none() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let blocks = blocks(TABLE);
    let mut told = Told::default();
    told.cells.insert(at(&blocks, "甲"), "indicators.1.reason".to_owned());
    told.cells.insert(at(&blocks, "乙"), String::new());
    // It was understood otherwise.
    told.cells.insert(at(&blocks, "防汛物资"), "competent_department".to_owned());
    let recognised = recogniser.recognise_told(&blocks, &told);
    accounted("told", &blocks, &recognised);
    let found = &recognised.tables[0];
    let said = said(&library.form(&found.form).unwrap(), &found.document);
    assert_eq!(said["indicators.1.reason"], "甲");
    assert_eq!(said["competent_department"], "防汛物资");
    assert!(!said.contains_key("project_name") && !said.contains_key("indicators.2.reason"));
    assert!(found.unrecognised.iter().all(|unread| unread.text != "甲" && unread.text != "乙"));
}

#[test]
fn a_table_may_be_told_its_form() {
    let library = library();
    let recogniser = Recogniser::new(&library);
    let blocks = blocks(TABLE);
    assert_eq!(recogniser.recognise(&blocks).tables[0].form, "national");
    let mut told = Told::default();
    told.forms.insert(at(&blocks, "防汛物资"), "sichuan".to_owned());
    let recognised = recogniser.recognise_told(&blocks, &told);
    accounted("told", &blocks, &recognised);
    assert_eq!(recognised.tables[0].form, "sichuan");
    assert_eq!(recogniser.recognise_as(&blocks, "hebei").tables[0].form, "hebei");
    assert!(recogniser.recognise_as(&blocks, "no such form").tables.is_empty());
}
