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

pub const FORMULAS: &str = "复核公式";

/// What the sheet of formulas is for.
pub const ABOUT_FORMULAS: &str = "说明：“按公式计算”随自评表中的填报数和本页的取数重新计算；差额＝填报数－按公式计算。自评表中未填报的计算栏，公式就在自评表内。";

pub const CLAIMS: &str = "一、填报数与公式";
pub const CLAIM_COLUMNS: [&str; 6] = ["序号", "栏目", "填报数", "按公式计算", "差额", "算式"];

pub const READINGS: &str = "二、取数（表中以文字填写、公式按数读取的栏目，改动时请一并修改）";
pub const READING_COLUMNS: [&str; 4] = ["序号", "栏目", "表中文字", "取数"];

pub const LEVELS: &str = "三、各级小计";
/// Not in the words of any form: read back, the list is no part of the table.
pub const LEVEL_COLUMNS: [&str; 4] = ["序号", "小计项目", "分值小计", "得分小计"];
