//! What is left of a label when everything is taken off that only its place on the paper asked for: spaces, line breaks, full width,
//! colons, numbers of lists, and brackets with units, points or advice.

use crate::number::half_width;
use crate::prelude::*;

/// A longer text is no label.
const LONGEST: usize = 48;

/// One spelling of a label; empty for a text that is too long to be one.
pub(crate) fn key(text: &str) -> String {
    if text.len() > LONGEST * 6 {
        return String::new();
    }
    let mut key = String::new();
    let mut length = 0_usize;
    for char in text.chars().filter(|char| !is_left_out(*char)) {
        length += 1;
        if length > LONGEST {
            return String::new();
        }
        key.push(match half_width(char) {
            '〔' | '【' | '［' | '[' => '(',
            '〕' | '】' | '］' | ']' => ')',
            '﹙' => '(',
            '﹚' => ')',
            '∶' | '︰' => ':',
            char => char.to_ascii_lowercase(),
        });
    }
    let end = key.trim_end_matches([':', '。', ';', ',']).len();
    key.truncate(end);
    key
}

/// White space, invisible characters, quotes and marks of lists.
fn is_left_out(char: char) -> bool {
    char.is_whitespace()
        || crate::number::is_space(char)
        || matches!(
            char,
            '“' | '”' | '"' | '＂' | '‘' | '’' | '*' | '＊' | '★' | '▲' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}'
        )
}

/// A key without its number in a list and without brackets at its end.
pub(crate) fn bare(key: &str) -> &str {
    let bare = without_brackets(without_numbering(key));
    // 预算数/元
    let label = bare.rsplit_once('/').filter(|(label, unit)| !label.is_empty() && crate::template::amount_unit(unit).is_some());
    label.map_or(bare, |(label, _)| label)
}

/// Without 一、（一）1. （1）① at the beginning.
pub(crate) fn without_numbering(key: &str) -> &str {
    let numeral = |char: char| char.is_ascii_digit() || "一二三四五六七八九十".contains(char);
    let rest = if let Some(inside) = key.strip_prefix('(') {
        let rest = inside.trim_start_matches(numeral);
        if rest.len() < inside.len() { rest.strip_prefix(')') } else { None }
    } else {
        let rest = key.trim_start_matches(numeral);
        if rest.len() < key.len() { rest.strip_prefix(['、', '.']) } else { None }
    };
    let rest = rest.or_else(|| key.strip_prefix(|char| ('①'..='⑳').contains(&char)));
    // 1.1 is a number, and nothing may be left of a text that is only one.
    rest.filter(|rest| !rest.is_empty() && !rest.starts_with(|char: char| char.is_ascii_digit())).unwrap_or(key)
}

/// Without （万元）, （50分）, （A） and the like at the end, however many.
fn without_brackets(key: &str) -> &str {
    let mut left = key;
    while let Some(inside) = left.strip_suffix(')') {
        let mut depth = 1_u32;
        let open = inside.char_indices().rev().find(|(_, char)| {
            match char {
                ')' => depth += 1,
                '(' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        match open {
            Some((at, _)) if at > 0 => {
                let (before, bracket) = (inside.get(..at).unwrap_or_default(), inside.get(at..).unwrap_or_default());
                // 填报人：（略） is a word and its value.
                if before.ends_with(':') && !bracket.ends_with('元') {
                    break;
                }
                left = before.trim_end_matches(':');
            }
            _ => break,
        }
    }
    left
}

/// The points that a label carries in brackets: 产出指标（50分）, 预算执行情况（20分）.
pub(crate) fn points(text: &str) -> Option<String> {
    let key = key(text);
    let (at, _) = key.match_indices('(').find(|(at, _)| {
        key.get(at + 1..).and_then(|rest| rest.split_once(')')).is_some_and(|(inside, _)| number_of_points(inside).is_some())
    })?;
    let (inside, _) = key.get(at + 1..)?.split_once(')')?;
    number_of_points(inside)
}

/// 20 of 20分 and 20分*执行率.
fn number_of_points(inside: &str) -> Option<String> {
    let digits: String = inside.chars().take_while(|char| char.is_ascii_digit() || *char == '.').collect();
    let rest = inside.get(digits.len()..)?;
    (!digits.is_empty() && rest.starts_with('分')).then_some(digits)
}

/// Rows that a blank form prints for people to go on: 指标1, 指标2：, ……
pub(crate) fn is_filler(text: &str) -> bool {
    let key = key(text);
    let dots = |text: &str| !text.is_empty() && text.chars().all(|char| matches!(char, '…' | '.' | '·' | '。'));
    let rest = key.strip_prefix("指标").unwrap_or("-");
    dots(&key) || dots(rest) || (!rest.is_empty() && rest.chars().all(|char| char.is_ascii_digit() || char == 'n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lose_what_paper_asked_for() {
        for (text, plain, bared) in [
            ("项\n目\n资\n金\n（万元）", "项目资金(万元)", "项目资金"),
            ("年 初\n预算数：", "年初预算数", "年初预算数"),
            ("年初预算数／万元", "年初预算数/万元", "年初预算数"),
            ("执行率（B/A）", "执行率(b/a)", "执行率"),
            ("2.项目实施内容及过程概述", "2.项目实施内容及过程概述", "项目实施内容及过程概述"),
            ("一、\n基本\n情况", "一、基本情况", "基本情况"),
            ("（一）概况", "(一)概况", "概况"),
            ("“三公经费”变动率", "三公经费变动率", "三公经费变动率"),
            ("实施单位（盖章）：", "实施单位(盖章)", "实施单位"),
            ("得分(20分*执行率)", "得分(20分执行率)", "得分"),
            ("(1)", "(1)", "(1)"),
            ("1.1", "1.1", "1.1"),
            ("（万元）", "(万元)", "(万元)"),
            ("填报人：（略）", "填报人:(略)", "填报人:(略)"),
            ("项目资金：（万元）", "项目资金:(万元)", "项目资金"),
            ("绩效监督（实施过程）（30）", "绩效监督(实施过程)(30)", "绩效监督"),
        ] {
            let key = key(text);
            assert_eq!((key.as_str(), bare(&key)), (plain, bared), "{text}");
        }
        assert_eq!(key(&"很长的文字".repeat(20)), "");
    }

    #[test]
    fn points_in_brackets_are_seen() {
        for (text, expected) in [
            ("产出指标（50分）", Some("50")),
            ("得分(20分*执行率)", Some("20")),
            ("预算执行情况(万元) (20分)", Some("20")),
            ("执行率（B/A）", None),
            ("100字以内", None),
        ] {
            assert_eq!(points(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn template_rows_are_told_from_indicators() {
        for text in ["指标1", "指标2：", "……", "...", "指标n", "指标……"] {
            assert!(is_filler(text), "{text}");
        }
        for text in ["指标1工程款", "指标", "", "1", "指标1:/"] {
            assert!(!is_filler(text), "{text}");
        }
    }
}
