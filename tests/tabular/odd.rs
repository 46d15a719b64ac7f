//! No grid panics or takes long: ragged ones, spans beyond the edge and over one another, blanks, digits without end.

use jixiao::block::{Grid, GridCell, Origin};
use jixiao::tabular::check;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    let words = [
        "合计",
        "小计",
        "总计",
        "其中：中央",
        "减：折旧",
        "项目",
        "预算数",
        "执行数",
        "执行率",
        "占比",
        "增减额",
        "增减率",
        "上年",
        "2023年",
        "2024年",
        "单价",
        "数量",
        "金额",
        "结余",
        "期初",
        "一、收入",
        "（一）税收",
        "1.增值税",
        "208",
        "20805",
        "2080501 离退休",
        "——",
        "无",
        "单位：万元",
        "（A）",
        "B/A",
    ];
    prop_oneof![
        3 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        4 => "[0-9]{1,6}(\\.[0-9]{1,3})?%?",
        1 => "[-(△]?[0-9]{0,40}[.,)%万元]{0,3}",
        1 => Just(String::new()),
        1 => "\\PC{0,12}",
    ]
}

fn cell() -> impl Strategy<Value = GridCell> {
    let place = prop_oneof![9 => 0..12_u32, 1 => any::<u32>()];
    let span = prop_oneof![8 => Just(1_u32), 2 => 0..5_u32, 1 => any::<u32>()];
    (place.clone(), place, span.clone(), span, text()).prop_map(|(row, column, row_span, column_span, text)| GridCell {
        row,
        column,
        row_span,
        column_span,
        text,
        exact: None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_grid_is_checked(cells in prop::collection::vec(cell(), 0..140), rows in any::<u32>(), columns in any::<u32>()) {
        let grid = Grid { origin: Origin::Table(1), caption: None, rows, columns, cells };
        let checked = check(&grid);
        for finding in &checked.findings {
            prop_assert!(!finding.readings.is_empty());
            prop_assert!(grid.cells.iter().any(|cell| (cell.row, cell.column) == (finding.claim.place.row, finding.claim.place.column)));
        }
    }
}
