//! The outline of a document: its contents against its chapters, the order of their numbers, and the years of their headings.

use super::statement::{Remnant, RemnantKind};
use super::words;
use crate::block::{Block, Blocks};
use crate::number::{half_width, is_space};
use crate::prelude::*;

/// The contents have no more lines than this, and so many of them are no entries.
const MOST_ENTRIES: usize = 60;
const MOST_OTHERS: usize = 3;
/// With fewer entries, or fewer found, they are no contents of this file.
const FEWEST_ENTRIES: usize = 5;

/// A line that may be a heading.
struct Heading {
    block: usize,
    plain: String,
    /// 3 of 三、
    number: Option<u32>,
    /// Without its number.
    title: String,
}

pub(super) fn outline(blocks: &Blocks, is_table: impl Fn(usize) -> bool, year: Option<u16>) -> Vec<Remnant> {
    let lines: Vec<Heading> = blocks
        .list
        .iter()
        .enumerate()
        .filter_map(|(at, block)| match block {
            Block::Paragraph(paragraph) if !is_table(at) => Some((at, paragraph)),
            Block::Paragraph(_) | Block::Grid(_) => None,
        })
        .flat_map(|(at, paragraph)| paragraph.text.lines().map(move |line| heading(line, at)))
        .filter(|line| !line.plain.is_empty())
        .collect();
    let contents = contents(&lines);
    let body = lines.get(contents.end..).unwrap_or(&[]);
    let mut found = chapters(lines.get(contents).unwrap_or(&[]), body);
    found.extend(numbers(body));
    found.extend(year.into_iter().flat_map(|year| years(body, year)));
    found
}

fn heading(line: &str, block: usize) -> Heading {
    let plain: String = line.chars().filter(|char| !is_space(*char)).map(half_width).collect();
    let digits: String = plain.chars().take_while(|char| "一二三四五六七八九十".contains(*char)).collect();
    let rest = plain.get(digits.len()..).unwrap_or_default();
    let number = rest.starts_with('、').then(|| ordinal(&digits)).flatten();
    let part = plain.strip_prefix('第').and_then(|rest| rest.split_once("部分")).map(|(_, title)| title);
    let title = if number.is_some() { rest.trim_start_matches('、') } else { part.unwrap_or_default() };
    // 一、部门概况……3
    let title = title.trim_end_matches(|char: char| char.is_ascii_digit() || matches!(char, '.' | '…' | '·' | '-' | '。' | ':'));
    Heading { block, number, title: words::key(title), plain }
}

/// 十二 is 12.
fn ordinal(digits: &str) -> Option<u32> {
    let of = |char: char| "一二三四五六七八九".chars().position(|known| known == char).and_then(|at| u32::try_from(at + 1).ok());
    match digits.chars().collect::<Vec<char>>().as_slice() {
        ['十'] => Some(10),
        [one] => of(*one),
        ['十', one] => Some(10 + of(*one)?),
        [tens, '十'] => Some(of(*tens)? * 10),
        [tens, '十', one] => Some(of(*tens)? * 10 + of(*one)?),
        _ => None,
    }
}

/// 12 is 十二.
fn numeral(number: u32) -> String {
    let of = |digit: u32| "一二三四五六七八九".chars().nth(usize::try_from(digit).unwrap_or(0).wrapping_sub(1)).into_iter();
    match (number / 10, number % 10) {
        (0, one) => of(one).collect(),
        (1, one) => core::iter::once('十').chain(of(one)).collect(),
        (tens, one) => of(tens).chain(core::iter::once('十')).chain(of(one)).collect(),
    }
}

/// The lines of the contents.
fn contents(lines: &[Heading]) -> core::ops::Range<usize> {
    let Some(title) = lines.iter().take(200).position(|line| line.plain == "目录" || line.plain == "目次") else {
        return 0..0;
    };
    let first = lines.get(title + 1..).unwrap_or(&[]).iter().find(|line| !line.title.is_empty()).map(|line| line.title.clone());
    let (mut end, mut others) = (title + 1, 0);
    for (at, line) in lines.iter().enumerate().skip(title + 1).take(MOST_ENTRIES) {
        let again = end > title + 2 && Some(&line.title) == first.as_ref();
        others += usize::from(line.title.is_empty());
        if again || others > MOST_OTHERS {
            break;
        }
        end = if line.title.is_empty() { end } else { at + 1 };
    }
    title + 1..end
}

/// What the contents name, and no line of the text.
fn chapters(entries: &[Heading], body: &[Heading]) -> Vec<Remnant> {
    let entries: Vec<&Heading> =
        entries.iter().filter(|entry| entry.title.chars().count() > 3 && !entry.title.ends_with('表')).collect();
    if entries.len() < FEWEST_ENTRIES {
        return Vec::new();
    }
    // 其他重要事项说明 is 其他重要事项的情况说明.
    let core = |text: &str| text.replace('的', "").replace("情况", "").replace("说明", "");
    let titles: Vec<(String, String)> = body.iter().map(|line| (core(&words::key(&line.plain)), core(&line.title))).collect();
    let is_there = |entry: &Heading| {
        let name = core(&entry.title);
        titles.iter().any(|(plain, title)| plain.contains(&name) || title.chars().count() > 5 && name.contains(title))
    };
    let missing: Vec<&&Heading> = entries.iter().filter(|entry| !is_there(entry)).collect();
    if missing.len() * 4 > entries.len() {
        return Vec::new();
    }
    missing.iter().map(|entry| remnant(entry, RemnantKind::Chapter)).collect()
}

fn remnant(line: &Heading, kind: RemnantKind) -> Remnant {
    Remnant { block: line.block, kind, quote: line.plain.chars().take(30).collect() }
}

/// 一、二、四、: a number left out, or given twice.
fn numbers(body: &[Heading]) -> Vec<Remnant> {
    // A chapter may begin with a sentence in the line of its number; only a plain heading is named.
    let short = |line: &&Heading| line.plain.chars().count() <= 40 && !line.plain.contains(['。', ';']);
    let numbered: Vec<(usize, &Heading)> = body.iter().enumerate().filter(|(_, line)| line.number.is_some()).collect();
    // Where a heading was put together with the text before it, no number is left out.
    let between = |from: usize, to: usize, number: u32| {
        let word = format!("{}、", numeral(number));
        body.get(from..to).unwrap_or(&[]).iter().any(|line| line.plain.contains(&word))
    };
    // The chapters of another part begin with 一 again, also where each part has only the one.
    let anew = |from: usize, to: usize, number: Option<u32>| {
        let is_part = |line: &Heading| line.plain.starts_with('第') && line.plain.contains("部分");
        number == Some(1) && body.get(from..to).unwrap_or(&[]).iter().any(is_part)
    };
    let wrong = |pair: &&[(usize, &Heading)]| match pair {
        [(from, before), (to, line)] => match (before.number, line.number) {
            (Some(before), Some(number)) if number == before + 2 => !between(*from, *to, before + 1),
            (before, number) => before == number && !anew(*from, *to, number),
        },
        _ => false,
    };
    numbered
        .windows(2)
        .filter(wrong)
        .filter_map(|pair| pair.last().map(|(_, line)| *line))
        .filter(short)
        .map(|line| remnant(line, RemnantKind::Numbering))
        .collect()
}

/// 2022年度收入决算情况说明 among the chapters of 2023.
fn years(body: &[Heading], year: u16) -> Vec<Remnant> {
    let of = |year: u16| {
        body.iter().filter(move |line| {
            let named = line.plain.contains(&format!("{year}年"));
            let chapter = line.number.is_some() || line.plain.starts_with('第');
            let short = line.plain.chars().count() <= 40 && !line.plain.contains(['。', ',']);
            named
                && chapter
                && short
                && (line.plain.contains("决算") || line.plain.contains("预算"))
                && !line.plain.contains("执行")
        })
    };
    if of(year).count() < 2 {
        return Vec::new();
    }
    // 2023年决算与2022年决算对比 speaks of both.
    let both = |line: &&Heading| line.plain.contains(&format!("{year}年"));
    of(year.saturating_sub(1)).filter(|line| !both(line)).map(|line| remnant(line, RemnantKind::Year)).collect()
}
