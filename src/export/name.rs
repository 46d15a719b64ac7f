//! What files are called that are handed out.

use crate::prelude::*;
use crate::wording;

/// The name of a file: without what file systems refuse, and short enough for all of them.
pub fn file_name(project: &str, year: &str, time: &str, extension: &str) -> String {
    let clean = |text: &str| -> String {
        text.chars().filter(|char| !char.is_control() && !r#"\/:*?"<>|"#.contains(*char) && !char.is_whitespace()).collect()
    };
    let tail = [clean(year), time.to_owned()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .fold(String::new(), |tail, part| tail + "_" + &part);
    let room = 80_usize.saturating_sub(tail.chars().count() + extension.chars().count() + 1);
    let mut name: String = clean(project).trim_matches('.').chars().take(room).collect();
    if name.is_empty() {
        name = wording::PRODUCT.to_owned();
    }
    format!("{name}{tail}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_hold_no_forbidden_sign_and_stay_short() {
        assert_eq!(file_name("A/B:项目?", "2020", "20210401-1032", "json"), "AB项目_2020_20210401-1032.json");
        assert_eq!(file_name(" ", "", "20210401-1032", "json"), "绩效自评_20210401-1032.json");
        let long = file_name(&"项".repeat(200), "2020", "20210401-1032", "json");
        assert_eq!(long.chars().count(), 80);
        assert!(long.ends_with("_2020_20210401-1032.json"));
    }
}
