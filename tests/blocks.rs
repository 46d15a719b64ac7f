//! Blocks that another program hands over: the recogniser answers whatever they say.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use jixiao::export::blocks::{read, write};
use jixiao::export::found::{Beside, Table};
use jixiao::recognise::Recogniser;
use proptest::prelude::*;
use support::library;

/// Words of forms among others, so that tables are found.
const WORDS: [&str; 16] = [
    "项目名称",
    "某项目",
    "年初预算数",
    "全年预算数",
    "全年执行数",
    "分值",
    "执行率",
    "得分",
    "年度资金总额",
    "180",
    "一级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "产出指标",
    "总分",
];

thread_local! {
    /// Forms are turned round only once.
    static RECOGNISER: Recogniser<'static> = Recogniser::new(Box::leak(Box::new(library())));
}

/// A grid in which nothing need be true: places, spans and sizes of any kind.
fn grids() -> impl Strategy<Value = String> {
    let number = || prop_oneof![0_u32..9, 0_u32..9, any::<u32>(), Just(u32::MAX)];
    let cell = (number(), number(), number(), number(), 0_usize..WORDS.len())
        .prop_map(|(row, column, rows, columns, word)| format!("[{row},{column},{rows},{columns},\"{}\",null]", WORDS[word]));
    let cells = proptest::collection::vec(cell, 0..60);
    (number(), number(), cells, any::<bool>()).prop_map(|(rows, columns, cells, sheet)| {
        let sheet = if sheet { format!(",\"sheet\":[\"表\",{rows},{columns}]") } else { String::new() };
        format!("{{\"number\":1,\"rows\":{rows},\"columns\":{columns}{sheet},\"cells\":[{}]}}", cells.join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_of_any_kind_are_answered(grids in proptest::collection::vec(grids(), 1..4)) {
        let blocks = read(&format!("[{}]", grids.join(","))).unwrap();
        let again = read(&write(&blocks));
        prop_assert_eq!(again.as_ref(), Some(&blocks));
        let recognised = RECOGNISER.with(|recogniser| recogniser.recognise(&blocks));
        for found in &recognised.tables {
            let form = library().form(&found.form).unwrap();
            serde_json::to_string(&Table::new(found, &form, &blocks)).unwrap();
        }
        serde_json::to_string(&Beside::new(&recognised, &blocks)).unwrap();
    }
}
