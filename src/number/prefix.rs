use super::lexeme::{is_longer, take_end};
use super::reading::Comparator::{self, AtLeast, AtMost, Equal, LessThan, MoreThan};

/// What stands before a number.
pub(super) struct Prefix<'a> {
    /// A sign, or a word that says nothing else.
    pub strong: Option<Comparator>,
    /// 达到 and 控制在, which give way to a sign or to 以上 and 以内.
    pub weak: Option<Comparator>,
    /// A currency sign.
    pub money: bool,
    /// Other words, such as the name of the indicator (验收合格率).
    pub words: &'a str,
}

const SIGNS: &[(&str, Comparator)] = &[
    ("≥", AtLeast),
    ("≤", AtMost),
    ("大于=", AtLeast),
    ("高于=", AtLeast),
    ("小于=", AtMost),
    ("低于=", AtMost),
    (">或=", AtLeast),
    ("<或=", AtMost),
    (">", MoreThan),
    ("<", LessThan),
    ("=", Equal),
    ("大于或者等于", AtLeast),
    ("小于或者等于", AtMost),
    ("大于或等于", AtLeast),
    ("高于或等于", AtLeast),
    ("小于或等于", AtMost),
    ("低于或等于", AtMost),
    ("大于等于", AtLeast),
    ("高于等于", AtLeast),
    ("多于等于", AtLeast),
    ("多于或等于", AtLeast),
    ("小于等于", AtMost),
    ("低于等于", AtMost),
    ("少于等于", AtMost),
    ("少于或等于", AtMost),
    ("等于", Equal),
    ("至少", AtLeast),
    ("最少", AtLeast),
    ("至多", AtMost),
    ("最多", AtMost),
    ("不足", LessThan),
    ("不到", LessThan),
];

/// Words that a negation turns round: 低于 is below, 不低于 is at least.
const TURNED_BY_NOT: &[(&str, (Comparator, Comparator))] = &[
    ("低于", (LessThan, AtLeast)),
    ("少于", (LessThan, AtLeast)),
    ("小于", (LessThan, AtLeast)),
    ("高于", (MoreThan, AtMost)),
    ("大于", (MoreThan, AtMost)),
    ("多于", (MoreThan, AtMost)),
    ("超过", (MoreThan, AtMost)),
    ("超", (MoreThan, AtMost)),
];

/// Words that are bounds only when denied: 不突破, but 突破 is more than was asked for.
const ONLY_DENIED: &[(&str, Comparator)] =
    &[("超出", AtMost), ("突破", AtMost), ("多出", AtMost), ("亚于", AtLeast), ("差于", AtLeast), ("逊于", AtLeast)];

const NOT: &[(&str, ())] =
    &[("不得", ()), ("不能", ()), ("不应", ()), ("不可", ()), ("不宜", ()), ("不会", ()), ("不允许", ()), ("不", ())];

const CURRENCY: &[(&str, ())] = &[("人民币¥", ()), ("¥", ()), ("人民币", ()), ("RMB", ()), ("CNY", ())];

const WEAK: &[(&str, Comparator)] = &[("达到", AtLeast), ("达", AtLeast), ("控制在", AtMost)];

/// Endings after which a number is not what it looks like: a rough value, a negation, an ordinal, or a change downwards,
/// whose sign would be lost.
#[rustfmt::skip]
const MISLEADING: &[&str] = &[
    "约", "近", "大概", "几", "余", "未", "没", "没有", "不", "不得", "非", "无",
    "第", "百分之", "下降", "减少", "降低", "下滑", "下跌", "缩减", "压减", "压降", "降", "减",
    "负", "跌", "超出", "超额", "超额完成", "高出", "低", "少", "差",
];

/// Endings of a name that say that a count follows: 培训人数50人, 完成改造3个小区.
#[rustfmt::skip]
const COUNTING: &[&str] = &[
    ":", "数", "数量", "总量", "面积", "里程", "完成", "建成", "建设", "新建", "改建", "扩建", "改造", "培训", "购置", "采购", "安装", "维修",
    "维护", "修缮", "更换", "配备", "举办", "召开", "开展", "组织", "发放", "覆盖", "服务", "受益", "救助", "资助", "帮扶", "补助", "慰问", "检查",
    "巡查", "检测", "监测", "编制", "编印", "印发", "印制", "制作", "出版", "发布", "接待", "种植", "栽植", "修建", "整治", "治理", "引进", "招募",
    "共", "共计", "合计", "总计", "实际", "已", "为",
];

/// Words of a name after which the number is a part, a change, a plan or a mean, and not what was reached.
#[rustfmt::skip]
const NOT_COUNTING: &[&str] = &[
    "不", "未", "没", "无", "非", "缺", "差", "剩", "余", "欠", "尚", "仍", "减", "降", "少", "增", "追加", "提高", "提升", "上升", "超", "比", "较", "累",
    "均", "每", "其中", "另", "原", "计划", "目标", "预", "应", "拟", "需", "除", "约", "近", "第", "首", "上年", "去年", "往年", "取消", "淘汰", "退",
];

impl Prefix<'_> {
    /// Whether the words name a count, so that the number behind them is what the cell says.
    pub(super) fn names_count(&self) -> bool {
        COUNTING.iter().any(|ending| self.words.ends_with(ending)) && !NOT_COUNTING.iter().any(|word| self.words.contains(word))
    }

    /// 每人每年, 人均: the units of which each has the number, and the words before them.
    pub(super) fn each(&self) -> Option<(&str, &str)> {
        if self.words.is_empty() {
            return None;
        }
        const MEAN: &[(&str, &str)] =
            &[("人均", "人"), ("户均", "户"), ("亩均", "亩"), ("日均", "日"), ("月均", "月"), ("年均", "年")];
        if let Some((before, unit)) = take_end(self.words, MEAN) {
            return Some((before, unit));
        }
        let at = self.words.find('每')?;
        let (before, each) = self.words.split_at_checked(at)?;
        let known = each.split('每').skip(1).all(super::unit::is_known);
        known.then_some((before, each))
    }
}

/// Reads what stands before a number; `None` when the number must not be taken for the quantity meant.
pub(super) fn prefix(head: &str) -> Option<Prefix<'_>> {
    if head.is_empty() {
        return Some(Prefix { strong: None, weak: None, money: false, words: head });
    }
    let (mut rest, money) = match take_end(head, CURRENCY) {
        Some((rest, ())) => (rest, true),
        None => (head, false),
    };
    let (mut strong, mut weak) = (None, None);
    while let Some((before, sign, is_weak)) = comparator(rest) {
        let slot = if is_weak { &mut weak } else { &mut strong };
        if slot.is_some_and(|known| known != sign) {
            return None;
        }
        *slot = Some(sign);
        rest = before;
    }
    let signed = strong.is_some() || weak.is_some();
    // Punctuation or a Latin letter directly before the digits may be part of the number: ±5, (5, 1:5, A5.
    let attached =
        |last: char| last.is_ascii_alphanumeric() || (!super::lexeme::is_word(last) && last != ':') || "/()".contains(last);
    if is_longer(rest, 16) || MISLEADING.iter().any(|word| rest.ends_with(word)) || (!signed && rest.ends_with(attached)) {
        return None;
    }
    Some(Prefix { strong, weak, money, words: rest })
}

fn comparator(text: &str) -> Option<(&str, Comparator, bool)> {
    if let Some((before, sign)) = take_end(text, SIGNS) {
        return Some((before, sign, false));
    }
    if let Some((before, (plain, turned))) = take_end(text, TURNED_BY_NOT) {
        return Some(match take_end(before, NOT) {
            Some((before, ())) => (before, turned, false),
            None => (before, plain, false),
        });
    }
    if let Some((before, sign)) = take_end(text, ONLY_DENIED)
        && let Some((before, ())) = take_end(before, NOT)
    {
        return Some((before, sign, false));
    }
    take_end(text, WEAK).map(|(before, sign)| (before, sign, true))
}

impl Prefix<'_> {
    /// Whether a sign or word of comparison stands directly before the number.
    pub(super) fn is_signed(&self) -> bool {
        self.strong.is_some() || self.weak.is_some()
    }

    /// Joins the sign before the number with the one behind it; `None` when they contradict each other.
    pub(super) fn join(&self, suffix: Option<Comparator>) -> Option<Option<Comparator>> {
        let upwards = |sign| matches!(sign, AtLeast | MoreThan);
        match (self.strong, suffix) {
            (Some(Equal), Some(_)) => None,
            (Some(before), Some(behind)) => (upwards(before) == upwards(behind)).then_some(Some(before)),
            (Some(sign), None) | (None, Some(sign)) => Some(Some(sign)),
            (None, None) => Some(self.weak),
        }
    }
}
