use alloc::boxed::Box;

use super::lexeme::{is_digit, is_longer, is_word, strip_any, take_end, take_start};
use super::reading::Comparator::{self, AtLeast, AtMost, LessThan, MoreThan};
use super::reading::{Magnitude, Unit};
use super::unit::{MAGNITUDES, Spelling, spelling};

/// What stands behind a number.
pub(super) struct Suffix {
    pub unit: Unit,
    /// 以上, 以下, 以内.
    pub comparator: Option<Comparator>,
}

const BOUNDS: &[(&str, Comparator)] = &[
    ("(不含)以上", MoreThan),
    ("以上(不含)", MoreThan),
    ("(不含)以下", LessThan),
    ("以下(不含)", LessThan),
    ("(含)以上", AtLeast),
    ("及其以上", AtLeast),
    ("或以上", AtLeast),
    ("及以上", AtLeast),
    ("含以上", AtLeast),
    ("以上", AtLeast),
    ("(含)以下", AtMost),
    ("及其以下", AtMost),
    ("或以下", AtMost),
    ("及以下", AtMost),
    ("含以下", AtMost),
    ("以下", AtMost),
    ("(含)以内", AtMost),
    ("及以内", AtMost),
    ("含以内", AtMost),
    ("以内", AtMost),
    ("之内", AtMost),
];

/// Spellings of 元.
const YUAN: &[&str] = &["元", "元整", "元人民币", "人民币", "¥", "RMB", "CNY"];

/// Reads what stands behind a number, to the end; `None` when it is more than a unit, a bound and a few words.
pub(super) fn suffix(rest: &str) -> Option<Suffix> {
    match rest {
        "" => return Some(Suffix { unit: Unit::None, comparator: None }),
        "%" => return Some(Suffix { unit: Unit::Percent, comparator: None }),
        _ => {}
    }
    let rest = rest.strip_suffix("(含)").or_else(|| rest.strip_suffix("(含本数)")).unwrap_or(rest);
    let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).filter(|inner| !inner.contains(['(', ')', '含']));
    let rest = inner.unwrap_or(rest);
    if ["左右", "上下", "不等"].iter().any(|rough| rest.contains(rough)) || is_rough(rest) {
        return None;
    }
    if let Some(tail) = strip_any(rest, &["%", "百分比"]) {
        let tail = if tail == "内" { "以内" } else { tail };
        let (tail, comparator) = take_start(tail, BOUNDS).map_or((tail, None), |(tail, bound)| (tail, Some(bound)));
        return is_aside(tail).then_some(Suffix { unit: Unit::Percent, comparator });
    }
    // 3个月内完成 is as good as 3个月内.
    let rest = rest.strip_suffix("完成").filter(|rest| !rest.is_empty()).unwrap_or(rest);
    let bound = if rest.ends_with(['上', '下', '内', ')']) { take_end(rest, BOUNDS) } else { None };
    let (name, comparator) = bound.map_or((rest, None), |(name, bound)| (name, Some(bound)));
    // A bare 内 is a bound only behind a unit: 30天内, but not 5家国内.
    let within =
        name.strip_suffix('内').filter(|_| comparator.is_none()).and_then(unit).filter(|unit| spelling(unit) == Spelling::Plain);
    if let Some(unit) = within {
        return Some(Suffix { unit, comparator: Some(AtMost) });
    }
    Some(Suffix { unit: unit(name)?, comparator })
}

fn unit(name: &str) -> Option<Unit> {
    // 百分点 and 百分制 are names, not hundreds.
    let (name, power) = take_start(name, MAGNITUDES).filter(|(name, _)| !name.starts_with('分')).unwrap_or((name, 0));
    let magnitude = Magnitude(power);
    let name = if name == "个百分点" { "百分点" } else { name };
    if YUAN.contains(&name) {
        return Some(Unit::Money(magnitude));
    }
    if name.is_empty() {
        return Some(if power == 0 { Unit::None } else { Unit::Other { magnitude, name: Box::default() } });
    }
    // 12月 is a month, 30日前 a date and 3年后 a time, none of them an amount.
    let time = name.starts_with(['月', '号']) || name.ends_with(['前', '后']);
    let whole = !name.contains(['(', ')']) || name.matches('(').count() == name.matches(')').count();
    // m2 is typed where the keyboard has no ㎡.
    let letters = name.strip_suffix(['2', '3']).filter(|name| name.ends_with(['m', 'M'])).unwrap_or(name);
    let named = whole
        && !is_longer(name, 8)
        && letters.chars().all(is_word)
        && !name.starts_with(['/', ')', '·', '('])
        && !name.starts_with(is_digit);
    // 5个未完成 denies the number, 5个以上的村 bounds it in the middle of other words, and 1个半月 is more than 1.
    let bending = ["不", "未", "没", "半", "以上", "以下", "以内", "之内"];
    let bent = bending.iter().any(|word| name.contains(word));
    (named && !time && !bent && !is_rough(name)).then(|| Unit::Other { magnitude, name: name.into() })
}

/// 50余个, 100多户: the number is only a lower part of the value meant.
fn is_rough(text: &str) -> bool {
    text.starts_with(['余', '多', '几', '来'])
}

/// A few words behind a percentage that leave it as it is: 100%覆盖, but not 80%未完成.
fn is_aside(tail: &str) -> bool {
    let kept = |character| is_word(character) || matches!(character, ',' | '、' | ':' | ';' | '。');
    !is_longer(tail, 8) && tail.chars().all(kept) && !tail.contains(['不', '未', '没']) && !is_rough(tail)
}
