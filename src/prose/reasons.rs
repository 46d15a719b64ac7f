//! Reasons (原因): whether a text gives one, and whether it is one for money that was not spent.

use super::words::has_any;
use crate::prelude::*;
use alloc::borrow::Cow;

/// What stands in a cell for a reason and gives none.
const NONE: &[&str] = &["", "无", "没有", "0", "无偏差", "不适用", "略"];

/// What forms print in the cell themselves, telling what to write there.
const INSTRUCTIONS: &[&str] = &[
    "需说明",
    "应说明",
    "须说明",
    "请说明",
    "单独说明",
    "需要说明",
    "请填写",
    "请在此",
    "字以内",
    "说明理由",
    "填写说明",
    "填报说明",
];

/// Each instruction has one of these, and few reasons have: looked for first.
const OF_INSTRUCTIONS: [char; 4] = ['说', '填', '在', '字'];

/// What a sentence says that speaks of money spent or left over.
const SPENDING: &[&str] = &[
    "执行率",
    "执行进度",
    "预算执行",
    "支出进度",
    "支付进度",
    "支付率",
    "支出率",
    "支出实现率",
    "资金",
    "经费",
    "款项",
    "结余",
    "结转",
    "余额",
    "尾款",
    "质保金",
    "未支付",
    "未支出",
    "未使用",
    "未执行",
    "未拨付",
    "未付",
];

/// What a sentence says that speaks of a budget that was changed.
const ADJUSTMENT: &[&str] = &["调整", "追加", "调减", "调增", "核减", "压减", "调剂"];

/// What a sentence says that tells why.
const CAUSES: &[&str] = &[
    "由于",
    "因为",
    "因此",
    "原因是",
    "原因为",
    "原因：",
    "原因:",
    "系因",
    "是因",
    "因疫情",
    "受疫情",
    "影响",
    "导致",
    "造成",
    "致使",
    "所致",
    "尚未",
    "未能",
    "未到",
    "未达到付款",
    "推迟",
    "延期",
    "延迟",
    "滞后",
    "跨年",
    "跨年度",
    "分期",
    "按进度",
    "按合同",
    "据实",
    "待",
    "压减",
    "节约",
    "节省",
    "政策调整",
    "暂停",
    "取消",
    "核减",
    "收回",
    "招标",
    "财政统筹",
    "下达较晚",
    "下达晚",
    "到位较晚",
    "到位晚",
    "于次年",
    "次年支付",
    "下年",
    "质保金",
];

/// Whether a text in a cell for a reason gives one.
pub fn is_reason(text: &str) -> bool {
    let closed: Cow<'_, str> = match text.contains(char::is_whitespace) {
        true => text.chars().filter(|char| !char.is_whitespace()).collect::<String>().into(),
        false => text.into(),
    };
    let bare = closed.trim_matches(['。', '；', ';', '.', '/', '／', '—', '-', '*']);
    if NONE.contains(&bare) {
        return false;
    }
    let own = ["由于", "因为", "导致", "影响"];
    !bare.contains(OF_INSTRUCTIONS) || !has_any(bare, INSTRUCTIONS) || has_any(bare, &own)
}

/// Whether a sentence of a text tells why money was not spent.
pub fn explains_spending(text: &str) -> bool {
    explains(text, SPENDING)
}

/// Whether a sentence of a text tells why a budget was changed within its year.
pub fn explains_adjustment(text: &str) -> bool {
    explains(text, ADJUSTMENT)
}

fn explains(text: &str, subject: &[&str]) -> bool {
    let why = |sentence: &str| has_any(sentence, CAUSES) || has_cause(sentence);
    let mut sentences = text.split(['。', '；', ';', '\n']);
    sentences.any(|sentence| has_any(sentence, subject) && !has_any(sentence, INSTRUCTIONS) && why(sentence))
}

/// 因 alone, which is also a part of 原因 and 因素, of 因公 and 因地制宜.
fn has_cause(sentence: &str) -> bool {
    sentence.match_indices('因').any(|(at, cause)| {
        let before = sentence.get(..at).unwrap_or_default();
        let behind = sentence.get(at + cause.len()..).unwrap_or_default();
        !before.ends_with(['原', '病', '基', '起']) && !behind.starts_with(['素', '公', '地', '此', '子', '人', '事'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_instruction_is_passed_over() {
        assert!(INSTRUCTIONS.iter().all(|instruction| instruction.contains(OF_INSTRUCTIONS)));
    }
}
