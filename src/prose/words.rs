//! The words that say what a number is about, as official prose uses them.

use super::{Scope, Topic};

/// Words before (or right behind) an amount. `None` ends the search: such an amount belongs to something else.
const AMOUNTS: &[(&str, Option<Topic>)] = &[
    ("年初预算", Some(Topic::InitialBudget)),
    ("年初安排", Some(Topic::InitialBudget)),
    ("全年预算", Some(Topic::AdjustedBudget)),
    ("调整后预算", Some(Topic::AdjustedBudget)),
    ("预算调整为", Some(Topic::AdjustedBudget)),
    ("预算", Some(Topic::Budget)),
    ("批复", Some(Topic::Budget)),
    ("下达", Some(Topic::Budget)),
    ("安排", Some(Topic::Budget)),
    ("到位", Some(Topic::Received)),
    ("支付", Some(Topic::Executed)),
    ("支出", Some(Topic::Executed)),
    ("列支", Some(Topic::Executed)),
    ("使用", Some(Topic::Executed)),
    ("执行", Some(Topic::Executed)),
    ("付款", Some(Topic::Executed)),
    ("结余", Some(Topic::Balance)),
    ("剩余", Some(Topic::Balance)),
    ("结转", Some(Topic::Balance)),
    ("合同", Some(Topic::Contract)),
    ("协议", Some(Topic::Contract)),
    ("中标", Some(Topic::Contract)),
    ("预算支出", None),
    ("完成预算", None),
    ("完成预算资金", None),
    ("预算收入", None),
    ("预算调整", None),
    ("支出预算", Some(Topic::Budget)),
    ("支出标准", None),
    ("使用费", None),
    ("使用单位", None),
    ("上年结转", None),
    ("年初结转", None),
    ("上年结余", None),
    ("年初结余", None),
    ("结转结余率", None),
    ("上级", None),
    ("采购", None),
    ("概算", None),
    ("估算", None),
    ("控制价", None),
    ("总投资", None),
    ("限额", None),
    ("拨付", None),
    ("配套", None),
    ("自筹", None),
    ("收入", None),
    ("产值", None),
    ("贷款", None),
    ("税", None),
    ("奖励", None),
    ("补助", None),
    ("补贴", None),
    ("节约", None),
    ("节省", None),
    ("缺口", None),
    ("调剂", None),
    ("收回", None),
];

/// Words before a percentage.
const RATES: &[(&str, Option<Topic>)] = &[
    ("预算执行率", Some(Topic::ExecutionRate)),
    ("资金执行率", Some(Topic::ExecutionRate)),
    ("执行率", Some(Topic::ExecutionRate)),
    ("到位率", Some(Topic::ReceiptRate)),
    ("完成率", Some(Topic::CompletionRate)),
    ("率", None),
    ("占", None),
    ("比例", None),
    ("度", None),
];

/// Words before a score that is the total.
const TOTALS: &[(&str, Option<Topic>)] = &[
    ("自评得分", Some(Topic::TotalScore)),
    ("自评总得分", Some(Topic::TotalScore)),
    ("自评总分", Some(Topic::TotalScore)),
    ("自评综合得分", Some(Topic::TotalScore)),
    ("自评分", Some(Topic::TotalScore)),
    ("自评分数", Some(Topic::TotalScore)),
    ("自我评分", Some(Topic::TotalScore)),
    ("总得分", Some(Topic::TotalScore)),
    ("总分", Some(Topic::TotalScore)),
    ("综合得分", Some(Topic::TotalScore)),
    ("综合评分", Some(Topic::TotalScore)),
    ("评价得分", Some(Topic::TotalScore)),
    ("评价分", Some(Topic::TotalScore)),
    ("绩效得分", Some(Topic::TotalScore)),
    ("最终得分", Some(Topic::TotalScore)),
    ("最终评分", Some(Topic::TotalScore)),
    ("最后得分", Some(Topic::TotalScore)),
    ("平均得分", Some(Topic::TotalScore)),
    ("平均分", Some(Topic::TotalScore)),
    ("合计得分", Some(Topic::TotalScore)),
    ("得分合计", Some(Topic::TotalScore)),
    ("满分", None),
    ("分值", None),
    ("扣分", None),
    ("扣", None),
];

/// What may come between a word and its number.
const LINKS: &[&str] = &[
    "为",
    "是",
    "达到",
    "达",
    "共",
    "计",
    "合计",
    ":",
    "得",
    "(",
    "百分制",
    ")",
    "最终",
    "总计",
    "结果",
    "了",
    "资金",
    "数",
    "额",
    "金额",
    "总额",
    "总",
    "已",
    "全年",
    "本",
    "项目",
    "经费",
    "款",
    "给",
    "人民币",
    "率",
];

/// A sentence with these speaks about some indicator or level, and a score or grade in it is not that of the whole.
pub(super) const INDICATORS: &[&str] = &[
    "指标",
    "一级",
    "二级",
    "三级",
    "分值",
    "权重",
    "产出",
    "效益",
    "满意",
    "执行率",
    "投入",
    "过程",
    "决策",
    "考核",
    "扣",
    "单项",
    "部门整体",
    "整体支出",
    "完成值",
    "目标值",
];

/// A sentence with these speaks about the accounts of a whole department, up to its full stop.
pub(super) const ACCOUNTS: &[&str] = &[
    "决算",
    "基本支出",
    "人员经费",
    "公用经费",
    "三公",
    "收入",
    "拨款支出",
    "政府采购支出",
    "部门整体",
    "收支",
    "功能分类",
    "公务接待",
];

/// Not what happened this year, or not all of it, or a difference.
const LOOSE: &[&str] = &[
    "申请",
    "申报",
    "计划",
    "拟",
    "预计",
    "预期",
    "目标",
    "力争",
    "应支付",
    "应付",
    "需要",
    "需支付",
    "尚未",
    "未支付",
    "未付",
    "未到位",
    "待支付",
    "累计",
    "历年",
    "历次",
    "增加",
    "减少",
    "增长",
    "下降",
    "上升",
    "提高",
    "降低",
    "调增",
    "调减",
    "追加",
    "核减",
    "压减",
    "相比",
    "同比",
    "较上年",
    "比上年",
    "高于",
    "低于",
    "不含",
    "除",
    "标准",
    "上限",
    "另",
    "超支",
    "节支",
    "以前年度",
    "往年",
    "五年",
    "三年",
    "两年",
    "如",
    "若",
];

const WHOLE: &[&str] = &["共", "总", "合计", "全年", "全部"];

const PART: &[&str] = &[
    "其中", "分别", "每", "各", "第", "首", "预付", "尾款", "质保", "单价", "人均", "户均", "部分", "一是", "二是", "三是",
    "四是", "笔", "一期", "二期", "批次", "次", "占",
];

/// What makes a number rough or a bound, right before it.
const ROUGH: &[&str] = &[
    "约",
    "近",
    "大约",
    "接近",
    "超过",
    "超",
    "不超",
    "不高于",
    "不低于",
    "不少于",
    "不多于",
    "至少",
    "至多",
    "不足",
    "低于",
    "高于",
    "少于",
    "多于",
    "大于",
    "小于",
    "逾",
    "≥",
    "≤",
    ">",
    "<",
    "控制在",
    "不到",
];

/// What makes a number rough or a bound, right behind it.
pub(super) const ROUGH_AFTER: &[&str] = &["以上", "以下", "以内", "之内", "左右", "上下", "不等", "(含)以", "及以", "内"];

pub(super) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// `text` without the first of `words` that it begins with.
pub(super) fn strip_any<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// Where the last of the words ends, and what it means; of two that end together the longer one.
fn last_of<T: Copy>(text: &str, table: &[(&str, T)]) -> Option<(usize, T)> {
    // From the end, since the word mostly stands right before the number.
    let ends = text.char_indices().rev().map(|(at, char)| at + char.len_utf8());
    ends.filter_map(|end| {
        let before = text.get(..end)?;
        let ending = table.iter().filter(|(word, _)| before.ends_with(word)).max_by_key(|(word, _)| word.len());
        ending.map(|(_, meaning)| (end, *meaning))
    })
    .next()
}

/// What an amount is about, by the words before it in its clause, else by the word right behind it; and whether that word is
/// directly beside it.
pub(super) fn amount(before: &str, behind: &str) -> Option<(Topic, bool)> {
    if let Some((end, topic)) = last_of(before, AMOUNTS) {
        return topic.map(|topic| (topic, links(before, end)));
    }
    let behind = strip_any(behind, &["的", "已全部", "全部", "均已", "已", "资金"]).unwrap_or(behind);
    let named = AMOUNTS.iter().filter(|(word, _)| behind.starts_with(word)).max_by_key(|(word, _)| word.len())?;
    named.1.map(|topic| (topic, true))
}

pub(super) fn rate(before: &str) -> Option<Topic> {
    last_of(before, RATES).and_then(|(end, topic)| topic.filter(|_| links(before, end)))
}

pub(super) fn score(before: &str) -> Option<Topic> {
    last_of(before, TOTALS).and_then(|(end, topic)| topic.filter(|_| links(before, end)))
}

/// Whether nothing but linking words stands behind `end`.
fn links(before: &str, end: usize) -> bool {
    let mut rest = before.get(end..).unwrap_or_default();
    while let Some(shorter) = strip_any(rest, LINKS) {
        rest = shorter;
    }
    rest.is_empty()
}

/// Whether a number is only roughly given, by the word right before it.
pub(super) fn looseness(clause: &str) -> Scope {
    if ROUGH.iter().any(|word| clause.ends_with(word)) { Scope::Loose } else { Scope::Plain }
}

/// How much a number stands for, by the words before it. `clause` goes back to the last number, `sentence` to the stop.
pub(super) fn scope(clause: &str, sentence: &str) -> Scope {
    if looseness(clause) == Scope::Loose || has_any(clause, LOOSE) {
        return Scope::Loose;
    }
    if sentence.contains("其中") || has_any(clause, &["每", "分别"]) {
        return Scope::Part;
    }
    if has_any(clause, WHOLE) {
        return Scope::Whole;
    }
    // 租线费用于2018年支付 is no 用于.
    let spent_on = clause.contains("用于") && !clause.contains("费用于");
    if spent_on || has_any(clause, PART) { Scope::Part } else { Scope::Plain }
}

/// What the label of a cell, a row or a column says that its amounts are: 全年预算数, 实际支出.
pub fn topics(label: &str) -> impl Iterator<Item = Topic> {
    let named = AMOUNTS.iter().filter(move |(word, _)| label.contains(word));
    named.filter_map(|(_, topic)| *topic)
}

/// Which of the usual steps a grade is: 良 and 良好 are one, however many steps there are. `None`: no grade.
pub fn grade_family(name: &str) -> Option<u8> {
    let families =
        [&["优", "优秀"][..], &["良", "良好"], &["中", "中等", "一般"], &["及格", "合格"], &["差", "较差", "不及格", "不合格"]];
    (0..).zip(families).find(|(_, names)| names.contains(&name)).map(|(at, _)| at)
}

pub(super) const TEN_THOUSAND_YUAN: &str = "万元";

/// Behind these a number is wanted before the unit. 万元 alone may stand for itself: 收入万元以上.
pub(super) const WANTING_A_NUMBER: &[&str] =
    &["增加", "减少", "增长", "下降", "合计", "共计", "总计", "为", "支出", "收入", "结余", "预算", "决算"];

/// Before a % that is spoken of or counted in words.
pub(super) const BEFORE_BARE_PERCENT: &[&str] = &[
    "以", "用", "按", "和", "与", "或", "及", "个", "位", "号", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百",
    "千", "几", "数", "多", "余", "零", "两", "半", "点",
];
