//! Numbers with a comma where no number has one: 8324,23 is 8324.23 or 832423, and nobody but the person knows.

use crate::number::{Reading, half_width, read};
use crate::prelude::*;

/// What a text may be that is no number because of its one comma; nothing for any other text.
pub(super) fn options(text: &str) -> Vec<String> {
    if text.chars().count() > 40 || read(text) != Reading::Words {
        return Vec::new();
    }
    let plain: String = text.trim().chars().map(half_width).collect();
    let Some((whole, rest)) = plain.split_once(',') else { return Vec::new() };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let decimals = rest.trim_end_matches(|char: char| !char.is_ascii_digit());
    if !digits(whole.trim_start_matches(|char: char| !char.is_ascii_digit())) || !digits(decimals) {
        return Vec::new();
    }
    let unit = rest.get(decimals.len()..).unwrap_or_default();
    let options = [format!("{whole}.{decimals}{unit}"), format!("{whole}{decimals}{unit}")];
    options.into_iter().filter(|option| matches!(read(option), Reading::Quantity(_))).collect()
}

#[cfg(test)]
mod tests {
    use super::options;

    #[test]
    fn only_a_comma_in_the_wrong_place_is_asked() {
        for (text, expected) in [
            ("8324,23", &["8324.23", "832423"][..]),
            ("677,00", &["677.00", "67700"]),
            ("8324\u{FF0C}23", &["8324.23", "832423"]),
            ("8324,23万元", &["8324.23万元", "832423万元"]),
            ("≥95,5%", &["≥95.5%", "≥955%"]),
            ("-12,5", &["-12.5", "-125"]),
            ("1,234", &[]),
            ("1,234.5", &[]),
            ("完成3个,其中2个", &[]),
            ("1,2,3", &[]),
            ("8324.23", &[]),
            ("", &[]),
        ] {
            assert_eq!(options(text), expected, "{text}");
        }
    }
}
