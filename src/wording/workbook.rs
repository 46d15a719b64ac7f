//! What a workbook says beside the table itself.

use crate::prelude::*;

/// The worksheets.
pub const TABLE: &str = "自评表";

/// 单位：万元
pub fn unit(unit: &str) -> String {
    format!("单位：{unit}")
}

/// The foot of every page: `&P` and `&N` are its number and how many there are.
pub const FOOTER: &str = "&C第 &P 页，共 &N 页";

/// Between two parts of the foot of the table.
pub const BETWEEN_SIGNATURES: &str = "　　　　";
