use super::lexeme::{is_longer, take_end};
use super::reading::Comparator::{self, AtLeast, AtMost, Equal, LessThan, MoreThan};

/// What stands before a number.
pub(super) struct Prefix {
    /// A sign, or a word that says nothing else.
    pub strong: Option<Comparator>,
    /// 达到 and 控制在, which give way to a sign or to 以上 and 以内.
    pub weak: Option<Comparator>,
    /// A currency sign.
    pub money: bool,
    /// Other words, such as the name of the indicator (验收合格率).
    pub words: bool,
}

const SIGNS: &[(&str, Comparator)] = &[
    ("≥", AtLeast),
    ("≤", AtMost),
    (">", MoreThan),
    ("<", LessThan),
    ("=", Equal),
    ("大于或等于", AtLeast),
    ("高于或等于", AtLeast),
    ("小于或等于", AtMost),
    ("低于或等于", AtMost),
    ("大于等于", AtLeast),
    ("高于等于", AtLeast),
    ("小于等于", AtMost),
    ("低于等于", AtMost),
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

const NOT: &[(&str, ())] =
    &[("不得", ()), ("不能", ()), ("不应", ()), ("不可", ()), ("不宜", ()), ("不会", ()), ("不允许", ()), ("不", ())];

const WEAK: &[(&str, Comparator)] = &[("达到", AtLeast), ("达", AtLeast), ("控制在", AtMost)];

/// Endings after which a number is not what it looks like: a rough value, a negation, an ordinal, or a change downwards,
/// whose sign would be lost.
#[rustfmt::skip]
const MISLEADING: &[&str] = &[
    "约", "近", "大概", "几", "余", "未", "没", "没有", "不", "不得", "非", "无",
    "第", "百分之", "下降", "减少", "降低", "下滑", "下跌", "缩减", "压减", "压降", "降", "减",
    "负", "跌", "超出", "超额", "超额完成", "高出", "低", "少", "差",
];

/// Reads what stands before a number; `None` when the number must not be taken for the quantity meant.
pub(super) fn prefix(head: &str) -> Option<Prefix> {
    let (mut rest, money) = match head.strip_suffix('¥').or_else(|| head.strip_suffix("人民币")) {
        Some(rest) => (rest, true),
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
    Some(Prefix { strong, weak, money, words: !rest.is_empty() })
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
    take_end(text, WEAK).map(|(before, sign)| (before, sign, true))
}

impl Prefix {
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
