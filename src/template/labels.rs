//! The words by which tables are recognised: data beside the forms (`templates/labels.toml`).

use super::load;
use crate::prelude::*;
use serde_json::Value;

/// `templates/labels.toml`, as `build.rs` packs it.
const PACKED: &str = include_str!(concat!(env!("OUT_DIR"), "/labels.json"));

/// Other names of the words that forms print (同义标签), and the words around tables.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    pub groups: Vec<LabelGroup>,
    /// What the title of a table says: 自评表, 评分表.
    pub titles: Vec<String>,
    /// What stands at the left of several rows: 项目资金, 绩效指标.
    pub sides: Vec<String>,
    /// How notes and advice begin: 注：, 填表说明.
    pub notes: Vec<String>,
    /// Lines for those who fill in and sign: 填报人, 公章.
    pub sign: Vec<String>,
    /// How numbers of annexes and printed forms begin: 附件, 报表编号.
    pub annexes: Vec<String>,
    /// What stands between a page of a table and the next: 续表.
    pub turns: Vec<String>,
    /// What names of fund sources say: 财政拨款, 上年结转.
    pub funds: Vec<String>,
    /// What names of first-level indicators say: 产出, 效益.
    pub levels: Vec<String>,
    /// Labels that no form has a cell for: 其他需要说明事项.
    pub foreign: Vec<String>,
    /// Words that tell no form, because any table of money has them: 预算数, 合计.
    pub plain: Vec<String>,
}

/// Labels of one meaning.
#[derive(Clone, Debug)]
pub struct LabelGroup {
    /// As a form prints it.
    pub is: String,
    pub also: Vec<String>,
    /// Labels that mean it only where nothing means it better.
    pub weak: Vec<String>,
    /// What means it only where the better meaning has another title in the same line: 预算数 beside 调整后预算数 is 年初预算数.
    pub left: Vec<String>,
}

impl Labels {
    /// The words that come with the program. Only what recognises tables asks for them, so they stand apart from the library.
    /// A problem in the file leaves them out; a test asserts that there is none.
    pub fn builtin() -> Labels {
        let packed: Value = serde_json::from_str(PACKED).unwrap_or_default();
        load::labels(&packed).unwrap_or_default()
    }
}
