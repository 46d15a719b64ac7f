//! The text of a cell or a paragraph as it reads: without what can't be seen, and with words joined that stand one character a line.

use crate::prelude::*;

/// A cell's text: lines trimmed, blank ones gone, vertical words joined. How far a word is set in stays: it tells the members of a group.
pub fn cell(text: &str) -> String {
    let text = visible(text);
    if !text.contains('\n') {
        let line = text.replace('\t', " ");
        let line = line.trim_end();
        let word = line.trim_start();
        let blank = line.strip_suffix(word).unwrap_or_default();
        let width: usize = blank.chars().map(|char| if char == '\u{3000}' { 2 } else { 1 }).sum();
        let set_in = (2..=MOST_SET_IN).contains(&width) && word.contains(char::is_alphabetic);
        return if set_in { format!("{}{word}", "\u{3000}".repeat(width / 2)) } else { word.to_owned() };
    }
    // Blank lines are only there to make room for a signature.
    let lines = text.lines().map(|line| line.replace('\t', " ").trim().to_owned()).filter(|line| !line.is_empty());
    join(lines.collect()).join("\n")
}

/// More blanks than these only put a title into the middle.
const MOST_SET_IN: usize = 12;

/// A paragraph's text.
pub fn paragraph(text: &str) -> String {
    visible(text).trim_matches([' ', '\n', '\t', '\u{a0}', '\u{3000}']).to_owned()
}

/// Without what no one sees: marks of order and of width, control characters. Line ends of any system are `\n`.
pub fn visible(text: &str) -> String {
    let plain = |letter: char| (' '..'\u{7f}').contains(&letter) || letter == '\n' || letter == '\t';
    if text.chars().all(plain) {
        return text.to_owned();
    }
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    let hidden = |letter: char| {
        letter.is_control() && letter != '\n' && letter != '\t'
            || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
            || matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}')
    };
    let space = |letter: char| if letter == '\u{a0}' || letter == '\u{2028}' { ' ' } else { letter };
    text.chars().filter(|letter| !hidden(*letter)).map(space).collect()
}

/// Joins words that stand one character a line (绩 / 效 / 指 / 标), and a note in brackets that stands under its word.
fn join(lines: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let end = vertical(&lines, at);
        let mut word: String = match end {
            Some(end) => lines.iter().take(end).skip(at).map(String::as_str).collect(),
            None => line.clone(),
        };
        let was_vertical = end.is_some();
        at = end.unwrap_or(at + 1);
        if let Some(next) = lines.get(at)
            && is_note(next)
            && (was_vertical || is_label(&word))
        {
            word.push_str(next);
            at += 1;
        }
        joined.push(word);
    }
    joined
}

/// Where a word ends that begins on this line and stands one character a line: at least two characters of Chinese, with digits only
/// within brackets.
fn vertical(lines: &[String], start: usize) -> Option<usize> {
    let mut chinese = 0;
    let mut depth = 0;
    let mut end = start;
    for line in lines.iter().skip(start) {
        let mut letters = line.chars().filter(|letter| !letter.is_whitespace());
        let (first, more) = (letters.next(), letters.next().is_some());
        match first {
            None => break,
            Some(_) if more => break,
            Some('（' | '(' | '︵') if chinese > 0 => depth += 1,
            Some('）' | ')' | '︶') if depth > 0 => depth -= 1,
            Some(letter) if is_chinese(letter) => chinese += 1,
            Some(letter)
                if chinese > 0
                    && (matches!(letter, '、' | '/' | '与' | '及')
                        || depth > 0 && letter.is_alphanumeric()
                        || depth > 0 && letter == '%') => {}
            Some(_) => break,
        }
        end += 1;
    }
    (chinese >= 2 && depth == 0).then_some(end)
}

/// A line in brackets that is no number of a list: （50分）, but not （一） or (1).
fn is_note(line: &str) -> bool {
    let Some(rest) = line.strip_prefix(['（', '(']) else { return false };
    let Some(inner) = rest.strip_suffix(['）', ')']) else { return false };
    let number = inner.chars().all(|letter| letter.is_ascii_digit() || "一二三四五六七八九十".contains(letter));
    !number && !inner.is_empty() && !inner.contains(['（', '(', '。'])
}

/// A few words that are no sentence.
fn is_label(line: &str) -> bool {
    let count = line.chars().count();
    (1..=12).contains(&count)
        && line.chars().any(is_chinese)
        && !line.contains(['。', '；', '：', ':', '，', '）', ')'])
        && !line.starts_with(|first: char| first.is_ascii_digit())
}

pub fn is_chinese(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

#[cfg(test)]
mod tests {
    #[test]
    fn vertical_words_are_joined_and_lists_are_not() {
        for (text, expected) in [
            ("绩\n效\n指\n标", "绩效指标"),
            ("产\n出\n指\n标\n（50分）", "产出指标（50分）"),
            ("产\n出\n指\n标\n（\n5\n0\n分\n）", "产出指标（50分）"),
            ("产出指标\n（50分）", "产出指标（50分）"),
            ("年\n\n度\n\n目\n\n标", "年度目标"),
            ("采\n购\n必\n要\n性\n说明如下", "采购必要性\n说明如下"),
            ("1.完成维修\n2.完成验收", "1.完成维修\n2.完成验收"),
            ("目标\n（一）完成维修\n（二）完成验收", "目标\n（一）完成维修\n（二）完成验收"),
            ("总体目标\n（1）", "总体目标\n（1）"),
            ("8\n9\n7", "8\n9\n7"),
            ("√\n√", "√\n√"),
            ("  项目名称\u{200b}  ", "\u{3000}项目名称"),
            (" 项目名称 ", "项目名称"),
            ("               项目名称", "项目名称"),
            ("    82.5", "82.5"),
            ("a\r\nb\r", "a\nb"),
            ("\u{3000}水 库\u{a0}", "\u{3000}水 库"),
            ("经费\n82万元", "经费\n82万元"),
            ("意见：\n\n\n签字", "意见：\n签字"),
        ] {
            assert_eq!(super::cell(text), expected, "{text:?}");
        }
    }
}
