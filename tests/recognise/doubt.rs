//! What is blank only because its text was not understood is not said to be missing.

use super::support::library;
use super::tables::blocks;
use jixiao::document::CellId;
use jixiao::evaluate;
use jixiao::finding::{Code, Facts, Finding};
use jixiao::recognise::{Found, excuse, recognise};

const TABLE: &str = "
> 项目支出绩效自评表
| 项目名称 | 水库清淤 | < | < | < | < | < | < |
| 主管部门 | 水利局 | < | < | 实施单位 | 水库管理所 | < | < |
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 200 | 200 | 200 | 10 | 100% | 10 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 完成得怎样 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标 | 数量指标 | 清淤量 | ≥100立方米 | 100立方米 | 50 | 50 | |
| 效益指标 | 社会效益指标 | 受益人口 | ≥500人 | 500人 | 30 | 30 | |
| 满意度指标 | 服务对象满意度指标 | 群众满意度 | | | 10 | 10 | |
| 总分 | < | < | < | < | 100 | 100 | |";

fn found(text: &str) -> (Found, Vec<Finding>) {
    let library = library();
    let mut found = recognise(&library, &blocks(text)).tables.remove(0);
    found.document.columns.clear();
    let template = found.document.template(&library).unwrap();
    let mut findings = evaluate(&template, &found.document).findings;
    let doubtful = found.doubtful(&template.form);
    excuse(&mut findings, |cell| doubtful.contains(&cell));
    (found, findings)
}

/// What is said to be missing, by the row of the table and how much.
fn missing(findings: &[Finding]) -> Vec<(u32, usize)> {
    let incomplete = findings.iter().filter(|finding| finding.code == Code::L04);
    incomplete
        .map(|finding| match (&finding.at[0], &finding.facts) {
            (CellId::Row { row, .. }, Facts::RowIncomplete { missing }) => {
                assert_eq!(missing.len(), finding.at.len());
                (*row, missing.len())
            }
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_text_that_was_not_understood_is_no_blank_cell() {
    let (table, findings) = found(TABLE);
    let listed: Vec<&str> = table.unrecognised.iter().map(|unread| unread.text.as_str()).collect();
    assert_eq!(listed, ["完成得怎样", "100立方米", "500人"]);
    // The third row lacks both, and nothing is listed there.
    assert_eq!(missing(&findings), [(3, 2)], "{findings:#?}");
    // Under a title that was understood every blank is one.
    let (table, findings) = found(&TABLE.replace("完成得怎样", "实际完成值"));
    assert_eq!((table.unrecognised.len(), missing(&findings)), (0, vec![(3, 2)]), "{findings:#?}");
    // A text in another column that no title names is not that of a blank cell whose column is known.
    let wide = TABLE.replace("完成得怎样", "实际完成值").replace(" | 10 | 10 | |\n", " | 10 | 10 | | 待查 |\n");
    let (table, findings) = found(&wide);
    assert!(table.unrecognised.iter().any(|unread| unread.text == "待查"), "{:?}", table.unrecognised);
    assert_eq!(missing(&findings), [(3, 2)], "{findings:#?}");
}
