use rust_decimal::Decimal;

/// As many digits as a decimal of 96 bits holds in every case.
const MOST_DIGITS: u32 = 28;

/// Reads a number at the beginning of a normalised text; gives it with the text behind it.
///
/// A number is an optional sign, digits with optional commas that group them by three, and at most one point. The point
/// may come first (`.5`), or last (`5.`) unless words follow: `1.完成任务` is an item of a list.
pub(crate) fn number(text: &str) -> Option<(Decimal, &str)> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mut mantissa, mut length) = (0_i128, 0_usize);
    let (mut digits, mut decimals, mut since_comma) = (0_u32, 0_u32, 0_u32);
    let (mut point, mut grouped) = (false, false);
    for character in unsigned.chars() {
        match (character, character.to_digit(10)) {
            (_, Some(digit)) => {
                digits = digits.checked_add(1).filter(|&digits| digits <= MOST_DIGITS)?;
                mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit))?;
                let count = if point { &mut decimals } else { &mut since_comma };
                *count = count.checked_add(1)?;
            }
            (',', None) if !point => {
                // 0,123 is refused: it is more likely to be a decimal comma than a thousand.
                let complete = if grouped { since_comma == 3 } else { (1..=3).contains(&since_comma) && mantissa != 0 };
                if !complete {
                    return None;
                }
                (grouped, since_comma) = (true, 0);
            }
            ('.', None) if !point => point = true,
            _ => break,
        }
        length = length.checked_add(1)?;
    }
    // Only ASCII was taken, so the count of characters is a count of bytes.
    let rest = unsigned.get(length..)?;
    let list_item = point && decimals == 0 && !(rest.is_empty() || rest.starts_with('%'));
    if digits == 0 || (grouped && since_comma != 3) || list_item {
        return None;
    }
    let signed = if text.starts_with('-') { mantissa.checked_neg()? } else { mantissa };
    Some((Decimal::try_from_i128_with_scale(signed, decimals).ok()?, rest))
}

/// Whether a text begins with a zero and another digit, as telephone numbers and codes do.
pub(super) fn has_leading_zero(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next() == Some('0') && characters.next().is_some_and(|second| second.is_ascii_digit())
}

/// Whether a character can be part of a unit or of words around a number: letters, Chinese characters, unit symbols.
pub(super) fn is_word(character: char) -> bool {
    matches!(
        character,
        'a'..='z' | 'A'..='Z' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}'
            | '〇' | '々' | '\u{3380}'..='\u{33DF}' | '℃' | '°' | '²' | '³' | '‰' | 'µ' | 'μ' | 'Ω' | '·' | '/' | '(' | ')'
    )
}

/// Whether a text has more than `limit` characters, without walking through a long one.
pub(super) fn is_longer(text: &str, limit: usize) -> bool {
    text.chars().nth(limit).is_some()
}

/// The first of `table` that `text` ends with, and the text before it. Longer spellings come first in a table.
pub(super) fn take_end<'a, T: Copy>(text: &'a str, table: &[(&str, T)]) -> Option<(&'a str, T)> {
    table.iter().find_map(|&(word, meaning)| Some((text.strip_suffix(word)?, meaning)))
}

/// The first of `table` that `text` begins with, and the text behind it.
pub(super) fn take_start<'a, T: Copy>(text: &'a str, table: &[(&str, T)]) -> Option<(&'a str, T)> {
    table.iter().find_map(|&(word, meaning)| Some((text.strip_prefix(word)?, meaning)))
}

/// `text` without the first of `words` that it begins with.
pub(super) fn strip_any<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// Whether a character is a Chinese digit.
pub(super) fn is_digit(char: char) -> bool {
    digit(char).is_some()
}

/// The value of a Chinese digit, in either way of writing.
pub(crate) fn digit(char: char) -> Option<u32> {
    Some(match char {
        '〇' | '○' | '零' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The power of ten that a Chinese numeral is built with.
pub(crate) fn power(char: char) -> Option<u32> {
    Some(match char {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        _ => return None,
    })
}
