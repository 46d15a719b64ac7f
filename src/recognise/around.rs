//! What stands around a table: titles, years, units, notes, lines to sign.

use super::key::bare;
use crate::number::Magnitude;
use crate::prelude::*;
use crate::template::{Labels, amount_unit};

/// Longer than any title.
const LONGEST_TITLE: usize = 42;

/// Whether a line is the title of a table: 项目支出绩效自评表（2020年度）.
pub(super) fn is_title(words: &Labels, key: &str) -> bool {
    if key.is_empty() || key.chars().count() > LONGEST_TITLE || key.contains(['。', ';', ',']) {
        return false;
    }
    let bare = bare(key);
    words.titles.iter().any(|title| bare.ends_with(title.as_str()))
        || words.titles.iter().any(|title| key.contains(title.as_str()) && year(key).is_some())
}

/// Whether a line says nothing but the year: （2020年度）.
pub(super) fn is_year_line(key: &str) -> bool {
    let inner = key.trim_start_matches('(').trim_end_matches(')');
    let rest = inner.trim_start_matches(|char: char| char.is_ascii_digit() || matches!(char, '-' | '~' | '至' | '年'));
    year(key).is_some() && matches!(rest, "" | "度")
}

/// Whether a line waits for a year, or a label for one: （　　年度）, 年度, 评价年度.
pub(super) fn is_open_year(key: &str) -> bool {
    let blank = |char: char| matches!(char, '(' | ')' | '_' | '-' | 'x' | '×' | '○' | '/');
    year(key).is_none()
        && (key.trim_matches(blank).ends_with("年度") || key.trim_matches(blank) == "年")
        && key.chars().count() <= 12
}

/// The year that a line names: 2020, or 2020-2022.
pub(super) fn year(key: &str) -> Option<String> {
    let digits = |from: usize| {
        let text = key.get(from..from + 4)?;
        let alone = key.get(..from)?.chars().next_back().is_none_or(|before| !before.is_ascii_digit() && before != '.')
            && key.get(from + 4..)?.chars().next().is_none_or(|after| !after.is_ascii_digit());
        let year: u16 = text.parse().ok()?;
        (alone && text.bytes().all(|byte| byte.is_ascii_digit()) && (1990..=2099).contains(&year)).then_some(text)
    };
    for (from, _) in key.char_indices() {
        let Some(first) = digits(from) else { continue };
        let rest = key.get(from + 4..)?;
        let after = rest.strip_prefix('年').unwrap_or(rest).strip_prefix('度').unwrap_or(rest.strip_prefix('年').unwrap_or(rest));
        if let Some(tail) = after.strip_prefix(['-', '~', '至', '到']) {
            let tail = tail.trim_start_matches('-');
            if let Some(second) = digits(key.len() - tail.len()).filter(|second| *second > first) {
                return Some(format!("{first}-{second}"));
            }
        }
        if rest.starts_with('年') || (rest.starts_with(')') || rest.is_empty()) && key.starts_with('(') {
            return Some(first.to_owned());
        }
    }
    None
}

/// The unit that a line or label states: 单位：万元, 项目资金（万元）, 预算数/元.
pub(super) fn unit(key: &str) -> Option<Magnitude> {
    let words = ["单位:", "单位为", "单位均为", "金额单位", "货币单位", "计量单位:"];
    let stated = words.iter().find_map(|word| key.split_once(word)).map(|(_, rest)| rest);
    let found = match stated {
        Some(rest) => named(rest.trim_start_matches([':', '('])),
        None => key.match_indices('(').find_map(|(at, _)| {
            let (inside, _) = key.get(at + 1..)?.split_once(')')?;
            named(inside.strip_prefix("单位:").unwrap_or(inside))
        }),
    };
    found.or_else(|| named(key)).or_else(|| named(key.rsplit_once('/')?.1))
}

/// The unit of all amounts that a note or a sentence states: 本表金额单位均为元.
pub(super) fn unit_of_all(text: &str) -> Option<Magnitude> {
    let plain: String = text.chars().filter(|char| !char.is_whitespace()).map(crate::number::half_width).collect();
    let (_, rest) = ["金额单位", "货币单位", "单位均为", "金额均以", "金额以"].iter().find_map(|word| plain.split_once(word))?;
    named(rest.trim_start_matches([':', '(', '均', '为', '是', '以']))
}

/// 元, 人民币万元, and nothing else behind it but another remark.
fn named(text: &str) -> Option<Magnitude> {
    let text = text.split(['(', ')', ',', ';', '。', '、']).next().unwrap_or_default();
    let text = text.strip_prefix("人民币").unwrap_or(text);
    let text = text.strip_suffix("人民币").or_else(|| text.strip_suffix("为单位")).unwrap_or(text);
    amount_unit(text)
}

/// Whether a line does nothing but state the unit.
pub(super) fn is_unit_line(key: &str) -> bool {
    let inner = key.trim_start_matches('(').trim_end_matches(')');
    unit(key).is_some()
        && (named(inner).is_some() || ["单位", "金额单位", "计量单位", "货币单位"].iter().any(|word| inner.starts_with(word)))
}

/// Whether a text is a note under a table or advice for filling it in.
pub(super) fn is_note(words: &Labels, text: &str) -> bool {
    let plain = text.chars().filter(|char| !char.is_whitespace() && *char != '*').take(12);
    let start: String = plain.map(crate::number::half_width).collect();
    words.notes.iter().any(|note| start.starts_with(note.as_str()))
}

/// Whether a text is a line to fill in by hand or to sign: 填报人：, （公章）.
pub(super) fn is_sign(words: &Labels, key: &str) -> bool {
    let name = key.split_once(':').map_or(key, |(name, _)| name);
    let name = name.trim_start_matches('(').trim_end_matches(')');
    let name = bare(name);
    words.sign.iter().any(|sign| sign == name)
}

/// Whether a text is the number of an annex or of a printed form: 附件1, 公开14表, 报表编号：510000.
pub(super) fn is_annex(words: &Labels, key: &str) -> bool {
    let short = key.chars().count() <= 24;
    let numbered = |rest: &str| {
        rest.trim_start_matches(|char: char| char.is_ascii_alphanumeric() || "一二三四五六七八九十-_表号:()".contains(char))
            .is_empty()
    };
    short && words.annexes.iter().any(|annex| key.strip_prefix(annex.as_str()).is_some_and(numbered))
}

/// Whether a paragraph is running text and not a line around a table.
pub(super) fn is_prose(text: &str) -> bool {
    text.chars().count() > 60 || text.contains('。') || text.trim_end().ends_with(['；', '，', ';'])
}

#[cfg(test)]
mod tests {
    use super::super::key::key;
    use super::*;

    #[test]
    fn years_and_units_are_read_from_lines() {
        for (text, expected) in [
            ("（2020年度）", Some("2020")),
            ("( 2021 年度)", Some("2021")),
            ("2019年度)", Some("2019")),
            ("2022年度共享工程项目自评表", Some("2022")),
            ("（2020-2022年度）", Some("2020-2022")),
            ("2020年—2022年", Some("2020-2022")),
            ("（2023）", Some("2023")),
            ("51000021R000000019951", None),
            ("报告2020字", None),
        ] {
            assert_eq!(year(&key(text)).as_deref(), expected, "{text}");
        }
        for (text, expected) in [
            ("单位：万元", Some(4)),
            ("金额单位：元", Some(0)),
            ("项目资金\n（万元）", Some(4)),
            ("（单位：亿元）", Some(8)),
            ("实施单位：市公安局", None),
            ("年度预算数（元）", Some(0)),
            ("单位：个", None),
            ("单位：元（保留两位小数）", Some(0)),
            ("货币单位：人民币元", Some(0)),
            ("年初预算数/元", Some(0)),
            ("项目支出绩效自评表（单位：元）", Some(0)),
            ("单位：元/人", None),
        ] {
            assert_eq!(unit(&key(text)).map(|unit| unit.0), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_states_the_unit_of_all_amounts() {
        for (text, expected) in [
            ("注：本表金额单位为元\u{3002}", Some(0)),
            ("说明：金额单位均为万元\u{FF0C}得分保留两位小数\u{3002}", Some(4)),
            ("以下金额除特别注明外\u{FF0C}单位均为元\u{3002}", Some(0)),
            ("金额以人民币元为单位\u{3002}", Some(0)),
            ("本单位为一级预算单位\u{3002}", None),
            ("注：金额单位自定\u{3002}", None),
            ("全年支出200万元\u{3002}", None),
        ] {
            assert_eq!(unit_of_all(text).map(|unit| unit.0), expected, "{text}");
        }
    }

    #[test]
    fn lines_around_a_table_are_told_apart() {
        let words = Labels::builtin();
        for title in [
            "项目支出绩效自评表",
            "2022年度共享工程项目自评表",
            "绩效自评表(修改)",
            "宣城市转移支付区域（项目）绩效目标自评表（2023年度）",
        ] {
            assert!(is_title(&words, &key(title)), "{title}");
        }
        for other in ["项目名称", "详见2020年自评表\u{FF0C}已报财政局\u{3002}", "绩效指标"] {
            assert!(!is_title(&words, &key(other)), "{other}");
        }
        for note in ["注：1.其他资金", "填表说明：", "备注：", "说明：一、"] {
            assert!(is_note(&words, note), "{note}");
        }
        assert!(!is_note(&words, "备注") && !is_note(&words, "说明") && !is_note(&words, "注意到"));
        for sign in ["填报人：张某", "（公章）", "财务负责人：", "单位负责人："] {
            assert!(is_sign(&words, &key(sign)), "{sign}");
        }
        assert!(!is_sign(&words, &key("联系人满意度")));
        for annex in ["附件1", "附表2：", "公开14表", "报表编号:510000_0013zp", "附件："] {
            assert!(is_annex(&words, &key(annex)), "{annex}");
        }
        assert!(!is_annex(&words, &key("公开招标次数")) && !is_annex(&words, &key("附属设施数量")));
    }
}
