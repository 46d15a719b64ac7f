//! How names of lists are numbered: 一、（一）1. 1.1 其中.

mod style;

use crate::number::is_quantity;
pub(crate) use style::{Numbered, Style, WHOLES, parents, styles};

/// A name without what forms print before it: 其中：当年财政拨款, 一、基本支出, 1. 人员经费, （1）行政运行.
pub fn bare_name(name: &str) -> &str {
    let name = name.trim().trim_start_matches("其中：").trim_start_matches("其中:");
    let digits = |char: char| char.is_ascii_digit() || "一二三四五六七八九十".contains(char);
    let plain = name.trim_start_matches(|char| digits(char) || char == '.');
    let plain = match plain.strip_prefix(['、', ' ']) {
        // 3 台电脑 counts, and numbers nothing.
        Some(rest) if plain.len() < name.len() && !(plain.starts_with(' ') && is_quantity(name)) => rest,
        // 1.人员经费, with nothing between; but 3000万元 is a name.
        _ if plain.len() < name.len()
            && name.get(..name.len().saturating_sub(plain.len())).is_some_and(|number| number.ends_with('.')) =>
        {
            plain
        }
        _ => name,
    };
    let bracketed = plain.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')']));
    let plain = bracketed.filter(|(number, _)| !number.is_empty() && number.chars().all(digits)).map_or(plain, |(_, rest)| rest);
    bare(plain)
}

/// A text without the sign that ends it.
pub fn bare(text: &str) -> &str {
    text.trim().trim_end_matches(['。', '；', '，', ';', '.', '、']).trim()
}
