use std::collections::BTreeMap;

use jixiao::number::{Timeliness, timeliness};

#[test]
fn words_about_time_are_read_or_left_open() {
    let table: BTreeMap<String, Vec<String>> = toml::from_str(include_str!("timeliness.toml")).unwrap();
    let mut wrong = Vec::new();
    for (section, texts) in &table {
        let expected = match section.as_str() {
            "on_time" => Some(Timeliness::OnTime),
            "late" => Some(Timeliness::Late),
            _ => None,
        };
        for text in texts {
            let found = timeliness(text);
            if found != expected {
                wrong.push(format!("{text}: {found:?}, not {expected:?}"));
            }
            let spaced = format!(
                "\u{3000}{}。 ",
                text.trim_end_matches('。').chars().flat_map(|character| [character, '\u{200B}']).collect::<String>()
            );
            assert_eq!(timeliness(&spaced), found, "{text}");
        }
    }
    println!("{} texts", table.values().map(Vec::len).sum::<usize>());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
