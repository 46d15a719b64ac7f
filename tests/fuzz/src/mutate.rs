//! Changes texts the way people, programs and enemies do: signs, words of the subject, numbers, lines, cells, and pieces of other inputs.

use crate::damage::{self, Random};

/// Most inputs are short, so that many are tried; some are long, so that time that grows faster than the text is seen.
const LONGEST: usize = 24_000;
const SHORT: usize = 3_000;

/// Signs and numbers that mean something to some reader.
const SIGNS: &[&str] = &[
    "%",
    "％",
    "‰",
    "元",
    "万元",
    "千元",
    "亿元",
    "分",
    "≥",
    "≤",
    "＞",
    "<",
    "=",
    "±",
    "-",
    "－",
    "—",
    "/",
    "、",
    "，",
    "。",
    "；",
    "：",
    "（",
    "）",
    "(",
    ")",
    "【",
    "】",
    "《",
    "》",
    "“",
    "”",
    "〔",
    "〕",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "\\",
    "\t",
    "\n",
    "\r\n",
    " ",
    "\u{3000}",
    "\u{feff}",
    "\u{200b}",
    "0",
    "1",
    "9",
    "１",
    "一",
    "十",
    "百",
    "零",
    "〇",
    ".",
    "·",
    "1e400",
    "99999999999999999999999999999",
    "-0.000000000000000000000000001",
    "0.5",
    "100",
    "45.56%",
    "180",
    "82",
    "2020年",
    "2020-02-30",
    "12月底前",
    "不适用",
    "无",
    "其中：",
    "合计",
    "总计",
    "小计",
    "占比",
    "同比",
    "增长",
    "下降",
    "优",
    "良",
    "N/A",
    "#REF!",
    "|",
    "<",
    "&",
    "👍",
    "\u{301}",
];

/// The words that inputs are made of: pieces between signs, and cells.
pub fn words(seeds: &[Vec<u8>]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for seed in seeds {
        let text = String::from_utf8_lossy(seed);
        words.extend(
            text.split(['\n', '\t', '，', '。', '；', '|', '"']).map(str::trim).filter(|word| word.len() > 1).map(str::to_owned),
        );
    }
    words.sort();
    words.dedup();
    words.retain(|word| word.len() < 120);
    words
}

/// What texts are changed with.
pub struct Pool<'a> {
    pub words: &'a [String],
    /// Another input, to take pieces of.
    pub other: &'a [u8],
}

pub fn text(original: &[u8], random: &mut Random, pool: &Pool<'_>) -> Vec<u8> {
    if random.below(24) == 0 {
        return damage::bytes(original, random);
    }
    let mut text = String::from_utf8_lossy(original).into_owned();
    let most = if random.below(64) == 0 { LONGEST } else { SHORT.max(original.len()) };
    for _ in 0..=random.below(4) {
        change(&mut text, random, pool);
        if text.len() > most {
            let end = boundary(&text, most);
            text.truncate(end);
        }
    }
    text.into_bytes()
}

fn change(text: &mut String, random: &mut Random, pool: &Pool<'_>) {
    let at = place(text, random);
    let to = at.max(boundary(text, at + random.below(24)));
    match random.below(16) {
        0 => text.replace_range(at..to, ""),
        1 => {
            let piece = text[at..to].to_owned();
            text.insert_str(at, &piece);
        }
        2..=4 => text.insert_str(at, sign(random)),
        5 | 6 => text.insert_str(at, word(random, pool)),
        7 => text.replace_range(at..to, word(random, pool)),
        8 => {
            // The same sign, very often.
            let piece = if random.below(2) == 0 { sign(random).to_owned() } else { text[at..to].to_owned() };
            let often = random.below(16) == 0;
            let times = 1 << random.below(if often { 12 } else { 5 });
            text.insert_str(at, &piece.repeat(times.min(LONGEST / piece.len().max(1))));
        }
        9 | 10 => number(text, random),
        11..=13 => lines(text, random, pool),
        14 => cells(text, random, pool),
        _ => {
            let other = String::from_utf8_lossy(pool.other);
            let from = boundary(&other, random.below(other.len() + 1));
            let end = boundary(&other, from + random.below(400)).max(from);
            text.insert_str(at, &other[from..end]);
        }
    }
}

/// One number becomes another.
fn number(text: &mut String, random: &mut Random) {
    let digits: Vec<usize> = text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at).collect();
    if digits.is_empty() {
        return;
    }
    let at = digits[random.below(digits.len())];
    let end = at + text[at..].bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
    match random.below(3) {
        0 => text.replace_range(at..=at, &random.below(10).to_string()),
        1 => text.replace_range(at..end, sign(random)),
        _ => text.replace_range(at..end, &(random.next() >> random.below(64)).to_string()),
    }
}

fn lines(text: &mut String, random: &mut Random, pool: &Pool<'_>) {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    let foreign = String::from_utf8_lossy(pool.other).into_owned();
    match random.below(4) {
        0 => lines.swap(one, other),
        1 => lines.insert(one, lines[other]),
        2 => drop(lines.remove(one)),
        _ => {
            let others: Vec<&str> = foreign.split('\n').collect();
            lines.insert(one, others[random.below(others.len())]);
            *text = lines.join("\n");
            return;
        }
    }
    *text = lines.join("\n");
}

/// Cells of a line, told apart by tabs.
fn cells(text: &mut String, random: &mut Random, pool: &Pool<'_>) {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let at = random.below(lines.len());
    let mut cells: Vec<String> = lines[at].split('\t').map(str::to_owned).collect();
    let (one, other) = (random.below(cells.len()), random.below(cells.len()));
    match random.below(5) {
        0 => cells.swap(one, other),
        1 => cells[one] = String::new(),
        2 => cells.insert(one, word(random, pool).to_owned()),
        3 => cells[one] = word(random, pool).to_owned(),
        _ => drop(cells.remove(one)),
    }
    lines[at] = cells.join("\t");
    *text = lines.join("\n");
}

fn sign(random: &mut Random) -> &'static str {
    SIGNS[random.below(SIGNS.len())]
}

fn word<'a>(random: &mut Random, pool: &Pool<'a>) -> &'a str {
    if pool.words.is_empty() || random.below(4) == 0 { sign(random) } else { &pool.words[random.below(pool.words.len())] }
}

fn place(text: &str, random: &mut Random) -> usize {
    boundary(text, random.below(text.len() + 1))
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
