//! What a text may be: a value of its kind, a grade, a choice among boxes.

use super::key::key;
use crate::number::{Reading, Unit, is_space, read};
use crate::prelude::*;
use crate::template::CellKind;

/// Without the white space around it, which is layout.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Parts of a line that are set apart by wide gaps or line breaks.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    let apart = |char: char| matches!(char, '\n' | '\t' | '\u{3000}' | '\u{2003}');
    text.split(apart).flat_map(|part| part.split("  ")).map(trimmed).filter(|part| !part.is_empty())
}

/// Whether a text may stand in a cell of this kind. In doubt it may not, and is listed.
pub(crate) fn fits(kind: CellKind, text: &str) -> bool {
    match kind {
        CellKind::Amount | CellKind::Price | CellKind::Count | CellKind::Percent | CellKind::Points => match read(text) {
            Reading::Blank | Reading::NotApplicable => true,
            Reading::Quantity(quantity) => match quantity.unit {
                Unit::Percent => !matches!(kind, CellKind::Amount | CellKind::Price | CellKind::Count),
                Unit::Money(_) => matches!(kind, CellKind::Amount | CellKind::Price),
                Unit::None | Unit::Other { .. } => true,
            },
            Reading::Range { .. } => true,
            Reading::Date(_) => false,
            Reading::Words => is_nothing(text) || is_broken_number(text),
        },
        CellKind::Grade => text.chars().count() <= 12,
        CellKind::Year | CellKind::Date => {
            text.chars().count() <= 60
                && text.contains(|char: char| char.is_numeric() || "年月日略〇一二三四五六七八九十/／-—".contains(char))
        }
        CellKind::Text | CellKind::Choice => text.chars().count() <= 400,
        CellKind::Prose | CellKind::Value => true,
    }
}

/// 主管部门：（公章）市财政局 names the bureau behind the place for its seal.
pub(super) fn without_seal(text: &str) -> &str {
    let inside = text.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）']));
    inside.filter(|(seal, _)| ["公章", "盖章", "签章", "签字"].contains(seal)).map_or(text, |(_, rest)| trimmed(rest))
}

/// 无, …… where a number is asked for.
fn is_nothing(text: &str) -> bool {
    matches!(key(text).as_str(), "无" | "没有" | "未" | "暂无" | "空" | "零") || text.chars().all(|char| !char.is_alphanumeric())
}

/// 677,00 and 100. 60%: digits and signs that make no number, which the checks name.
fn is_broken_number(text: &str) -> bool {
    let plain: String = text.chars().map(crate::number::half_width).filter(|char| !char.is_whitespace()).collect();
    let body = plain.trim_end_matches(['%', '元', '万', '分', '亿']);
    const NUMERALS: &str = "零〇一二三四五六七八九十百千万亿两点元约近余多";
    if plain.chars().count() <= 12 && plain.chars().any(|char| char.is_ascii_digit() || "一二三四五六七八九十两".contains(char))
    {
        let numeral = |char: char| char.is_ascii_digit() || char == '.' || NUMERALS.contains(char);
        if plain.chars().all(numeral) {
            return true;
        }
    }
    body.chars().any(|char| char.is_ascii_digit())
        && body.chars().all(|char| char.is_ascii_digit() || matches!(char, '.' | ',' | '-' | '+' | '。' | '%'))
        && body.chars().filter(|char| *char == '%').count() == 0
}

/// A text without the line breaks that only the width of its cell asked for. Running text keeps its lines.
pub(super) fn tidy(kind: CellKind, text: &str) -> String {
    if kind == CellKind::Prose || !text.contains(['\n', '\r']) {
        return text.to_owned();
    }
    let mut tidied = String::with_capacity(text.len());
    for line in text.split(['\n', '\r']).map(trimmed).filter(|line| !line.is_empty()) {
        let (before, after) = (tidied.chars().next_back(), line.chars().next());
        let apart = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
        // Two numbers one below the other are two numbers; a line that begins with a number of a list begins something new.
        let listed = super::key::without_numbering(line).len() < line.len();
        if (apart(before) && apart(after)) || (listed && !tidied.is_empty() && kind != CellKind::Text) {
            tidied.push('\n');
        }
        tidied.push_str(line);
    }
    tidied
}

/// Whether a text is a grade and nothing else.
pub(super) fn is_grade(text: &str) -> bool {
    let key = key(text);
    let grade = key.split_once(':').map_or(key.as_str(), |(_, grade)| grade);
    matches!(
        grade,
        "优" | "良"
            | "中"
            | "差"
            | "优秀"
            | "良好"
            | "中等"
            | "一般"
            | "及格"
            | "合格"
            | "不及格"
            | "不合格"
            | "较好"
            | "较差"
            | "好"
    )
}

const TICKED: &[char] = &['☑', '☒', '■', '√', '✓', '✔', '🗹', '⊠', '\u{F0FE}', '\u{F052}'];
const UNTICKED: &[char] = &['□', '☐', '○', '\u{F0A8}', '\u{F06F}'];

/// What is ticked of boxes: ☑ 优 □良. `None` for a text without boxes, an error where not one box is ticked or several are.
pub(super) fn ticked(kind: CellKind, text: &str) -> Option<Result<String, ()>> {
    if !matches!(kind, CellKind::Grade | CellKind::Choice) || !text.contains(UNTICKED) && !text.contains(TICKED) {
        return None;
    }
    let mut choices: Vec<String> = Vec::new();
    let leads = text.trim_start().starts_with(TICKED) || text.trim_start().starts_with(UNTICKED);
    let mut rest = text;
    let mut before = String::new();
    while let Some((at, sign)) = rest.char_indices().find(|(_, char)| TICKED.contains(char) || UNTICKED.contains(char)) {
        let (name, behind) = rest.split_at(at);
        let behind = behind.get(sign.len_utf8()..).unwrap_or_default();
        before.push_str(name);
        if TICKED.contains(&sign) {
            let own = if leads {
                behind.split(UNTICKED).next().and_then(|own| own.split(TICKED).next()).unwrap_or_default()
            } else {
                name
            };
            choices.push(own.trim_matches(|char: char| !char.is_alphanumeric()).to_owned());
        }
        rest = behind;
    }
    match choices.as_slice() {
        [only] if !only.is_empty() => Some(Ok(only.clone())),
        _ => Some(Err(())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_ticked_box_is_a_choice() {
        for (text, expected) in [
            ("☑ 优 □良 □中 □差", Some(Ok("优"))),
            ("□优 ■良 □中", Some(Ok("良"))),
            ("优□ 良√ 中□", Some(Ok("良"))),
            ("□优 □良", Some(Err(()))),
            ("☑优 ☑良", Some(Err(()))),
            ("优", None),
        ] {
            assert_eq!(ticked(CellKind::Grade, text), expected.map(|choice| choice.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn line_breaks_of_narrow_cells_go() {
        for (kind, text, expected) in [
            (CellKind::Text, "经济效\n益指标", "经济效益指标"),
            (CellKind::Value, "持续\n稳定运行", "持续稳定运行"),
            (CellKind::Value, "100\n200", "100\n200"),
            (CellKind::Value, "1.完成建设\n2.通过验收", "1.完成建设\n2.通过验收"),
            (CellKind::Prose, "一\n二", "一\n二"),
            (CellKind::Amount, "1,200\n.50", "1,200.50"),
        ] {
            assert_eq!(tidy(kind, text), expected, "{text}");
        }
    }
}
