//! Numbers that a program puts before paragraphs by itself: 一、 1. （1）. They stand nowhere as text.

use crate::block::{FileKind, Refusal};
use crate::office::xml::{Node, Xml};
use crate::prelude::*;

#[derive(Default)]
pub struct Numbering {
    /// Levels of a list, by its id.
    lists: SortedMap<String, Vec<Level>>,
    /// Which list a number id uses, and where its levels begin anew.
    uses: SortedMap<String, Use>,
    /// The counters of each list.
    counters: SortedMap<String, [u32; LEVELS]>,
}

const LEVELS: usize = 9;

#[derive(Clone, Default)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

#[derive(Default)]
struct Use {
    list: String,
    starts: Vec<(usize, u32)>,
}

impl Numbering {
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut numbering = Self::default();
        let mut xml = Xml::new(text, FileKind::Word);
        let mut list = String::new();
        let mut used = String::new();
        let mut level = 0;
        let mut in_use = false;
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            let value = || tag.get("val").unwrap_or_default();
            match tag.name() {
                "abstractNum" => {
                    list = tag.get("abstractNumId").unwrap_or_default();
                    in_use = false;
                    numbering.lists.insert(list.clone(), vec![Level { start: 1, ..Level::default() }; LEVELS]);
                }
                "num" => {
                    used = tag.get("numId").unwrap_or_default();
                    in_use = true;
                    numbering.uses.insert(used.clone(), Use::default());
                }
                "abstractNumId" => {
                    if let Some(used) = numbering.uses.get_mut(&used) {
                        used.list = value();
                    }
                }
                "lvlOverride" => level = number(tag.get("ilvl")),
                "startOverride" => {
                    if let (Some(used), Ok(start)) = (numbering.uses.get_mut(&used), value().parse()) {
                        used.starts.push((level, start));
                    }
                }
                "lvl" if in_use => xml.skip()?,
                "lvl" => level = number(tag.get("ilvl")),
                name @ ("start" | "numFmt" | "lvlText") => {
                    let known = numbering.lists.get_mut(&list).and_then(|levels| levels.get_mut(level));
                    if let Some(known) = known {
                        match name {
                            "start" => known.start = value().parse().unwrap_or(1),
                            "numFmt" => known.format = value(),
                            _ => known.text = value(),
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(numbering)
    }

    /// A list by the format, text and first number of its levels.
    pub fn add_list(&mut self, id: &str, levels: &[(&str, String, u32)]) {
        let level = |(format, text, start): &(&str, String, u32)| Level {
            format: (*format).to_owned(),
            text: text.clone(),
            start: *start,
        };
        self.lists.insert(id.to_owned(), levels.iter().map(level).collect());
    }

    /// A number id that uses a list.
    pub fn add_use(&mut self, id: &str, list: &str) {
        self.uses.insert(id.to_owned(), Use { list: list.to_owned(), starts: Vec::new() });
    }

    /// Counts on and gives what stands before the paragraph; empty for bullets.
    pub fn next(&mut self, number_id: &str, level: usize) -> String {
        let Some(used) = self.uses.get_mut(number_id) else { return String::new() };
        let Some(levels) = self.lists.get(&used.list) else { return String::new() };
        let Some(own) = levels.get(level) else { return String::new() };
        let fresh: [u32; LEVELS] = core::array::from_fn(|at| levels.get(at).map_or(0, |level| level.start.saturating_sub(1)));
        let counters = self.counters.entry(used.list.clone()).or_insert(fresh);
        for (at, start) in used.starts.drain(..) {
            if let Some(counter) = counters.get_mut(at) {
                *counter = start.saturating_sub(1);
            }
        }
        for (at, counter) in counters.iter_mut().enumerate() {
            if at == level {
                *counter = counter.saturating_add(1);
            } else if at > level {
                *counter = fresh.get(at).copied().unwrap_or(0);
            }
        }
        if matches!(own.format.as_str(), "bullet" | "none") {
            return String::new();
        }
        let mut label = String::new();
        let mut letters = own.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let place = (letter == '%').then(|| letters.peek().and_then(|next| next.to_digit(10))).flatten();
            match place.and_then(|place| usize::try_from(place).ok()?.checked_sub(1)) {
                Some(at) => {
                    letters.next();
                    let format = levels.get(at).map_or("decimal", |level| level.format.as_str());
                    // A level above that was never used counts as begun.
                    let counter = counters.get(at).copied().unwrap_or(0).max(u32::from(at < level));
                    label.push_str(&written(counter, format));
                }
                None => label.push(letter),
            }
        }
        if label.ends_with(|last: char| last.is_alphanumeric() || last == '.') {
            label.push(' ');
        }
        label
    }
}

fn number(text: Option<String>) -> usize {
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// A counter in one of the ways that Word writes it.
pub fn written(value: u32, format: &str) -> String {
    let from = |first: char, count: u32| {
        (1..=count).contains(&value).then(|| char::from_u32(u32::from(first) + value - 1).map(String::from)).flatten()
    };
    let plain = value.to_string();
    let made = match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital" => Some(chinese(value, ["", "十", "百", "千"], "〇一二三四五六七八九")),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            Some(chinese(value, ["", "拾", "佰", "仟"], "零壹贰叁肆伍陆柒捌玖"))
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from('①', 20),
        "decimalEnclosedParen" => from('⑴', 20),
        "decimalEnclosedFullstop" => from('⒈', 20),
        "ideographEnclosedCircle" => from('㊀', 10),
        "decimalFullWidth" | "decimalFullWidth2" => {
            Some(plain.chars().filter_map(|digit| char::from_u32(u32::from(digit) - 0x30 + 0xff10)).collect())
        }
        "decimalZero" => Some(format!("{value:02}")),
        "upperLetter" => from('A', 26),
        "lowerLetter" => from('a', 26),
        "upperRoman" => Some(roman(value)),
        "lowerRoman" => Some(roman(value).to_ascii_lowercase()),
        "ideographTraditional" => {
            usize::try_from(value).ok().and_then(|at| "甲乙丙丁戊己庚辛壬癸".chars().nth(at.checked_sub(1)?)).map(String::from)
        }
        _ => None,
    };
    made.unwrap_or(plain)
}

fn chinese(value: u32, units: [&str; 4], digits: &str) -> String {
    if value == 0 || value > 9_999 {
        return value.to_string();
    }
    let text = value.to_string();
    let mut said = String::new();
    let mut zero = false;
    for (at, digit) in text.chars().enumerate() {
        let left = text.len() - 1 - at;
        let name = digit.to_digit(10).and_then(|digit| digits.chars().nth(usize::try_from(digit).ok()?));
        if digit == '0' {
            zero = true;
            continue;
        }
        if zero {
            said.push('零');
        }
        zero = false;
        if !(digit == '1' && left == 1 && said.is_empty() && units.contains(&"十")) {
            said.extend(name);
        }
        said.push_str(units.get(left).copied().unwrap_or(""));
    }
    said
}

fn roman(value: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = value.min(3_999);
    let mut text = String::new();
    for (worth, sign) in SIGNS {
        while rest >= worth {
            text.push_str(sign);
            rest -= worth;
        }
    }
    text
}
