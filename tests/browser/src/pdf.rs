//! What stands where on the pages of a PDF, as Chromium writes it: texts with their places and straight lines. Only what that needs of the
//! format is understood.

use miniz_oxide::inflate::decompress_to_vec_zlib;
use std::collections::BTreeMap;

/// A printed page; lengths in points, from its upper left corner.
#[derive(Debug, Default)]
pub struct Sheet {
    pub width: f64,
    pub height: f64,
    pub texts: Vec<Run>,
    /// Filled boxes and strokes thinner than two points: left, top, right, bottom.
    pub rules: Vec<[f64; 4]>,
}

/// A text that was drawn at once.
#[derive(Clone, Debug)]
pub struct Run {
    pub x: f64,
    /// The line on which the letters stand.
    pub y: f64,
    pub size: f64,
    pub text: String,
}

impl Sheet {
    /// The texts line by line, downwards; in a line from the left.
    pub fn lines(&self) -> Vec<(f64, String)> {
        let mut runs: Vec<&Run> = self.texts.iter().filter(|run| !run.text.trim().is_empty()).collect();
        runs.sort_by(|one, other| one.y.total_cmp(&other.y));
        let mut lines: Vec<(f64, Vec<&Run>)> = Vec::new();
        for run in runs {
            match lines.last_mut() {
                Some((y, line)) if run.y - *y < 1.0 => line.push(run),
                _ => lines.push((run.y, vec![run])),
            }
        }
        let text = |mut line: Vec<&Run>| {
            line.sort_by(|one, other| one.x.total_cmp(&other.x));
            line.iter().map(|run| run.text.trim()).collect::<String>()
        };
        lines.into_iter().map(|(y, line)| (y, text(line))).collect()
    }

    /// All texts as one, line by line.
    pub fn text(&self) -> String {
        self.lines().into_iter().map(|(_, line)| line + "\n").collect()
    }

    /// Texts in a strip between two verticals, downwards, as one.
    pub fn column(&self, from: f64, to: f64) -> String {
        let texts = self.texts.iter().filter(|run| run.x >= from && run.x < to).cloned().collect();
        Sheet { texts, ..Sheet::default() }.lines().into_iter().map(|(_, line)| line).collect()
    }
}

/// The pages of a PDF file, in order.
pub fn sheets(pdf: &[u8]) -> Vec<Sheet> {
    let objects = objects(pdf);
    let catalog =
        objects.values().find(|object| object.dictionary.contains("/Type /Pages") && !object.dictionary.contains("/Parent"));
    let mut numbers = Vec::new();
    leaves(&objects, catalog.expect("there are pages"), &mut numbers);
    let mut fonts: BTreeMap<u32, Letters> = BTreeMap::new();
    numbers.into_iter().map(|page| sheet(&objects, &objects[&page].dictionary, &mut fonts)).collect()
}

struct Object {
    dictionary: String,
    stream: Vec<u8>,
}

/// What the codes of a font mean, and how many bytes a code has.
struct Letters {
    wide: bool,
    letters: BTreeMap<u32, String>,
}

fn objects(pdf: &[u8]) -> BTreeMap<u32, Object> {
    let mut objects = BTreeMap::new();
    let mut rest = 0;
    while let Some(at) = find(&pdf[rest..], b" 0 obj").map(|at| rest + at) {
        let digits = pdf[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let number: u32 = std::str::from_utf8(&pdf[at - digits..at]).unwrap().parse().unwrap();
        let begin = at + b" 0 obj".len();
        let end = begin + find(&pdf[begin..], b"endobj").expect("an object ends");
        let stream_at = find(&pdf[begin..end], b"stream").map(|at| begin + at);
        // What looks like an end may stand within packed bytes: their length is told.
        let dictionary = String::from_utf8_lossy(&pdf[begin..stream_at.unwrap_or(end)]).into_owned();
        let (mut stream, mut next) = (Vec::new(), end);
        if let Some(stream_at) = stream_at {
            let length: usize = after(&dictionary, "/Length ").and_then(number_at).expect("a stream has a length") as usize;
            let line = stream_at + b"stream".len();
            let first = line + pdf[line..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count().min(2);
            let bytes = &pdf[first..first + length];
            let packed = dictionary.contains("/FlateDecode");
            stream = if packed { decompress_to_vec_zlib(bytes).unwrap_or_default() } else { bytes.to_vec() };
            next = first + length;
        }
        objects.insert(number, Object { dictionary, stream });
        rest = next;
    }
    objects
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn after<'a>(text: &'a str, what: &str) -> Option<&'a str> {
    text.find(what).map(|at| &text[at + what.len()..])
}

fn number_at(text: &str) -> Option<f64> {
    let end = text.find(|char: char| !matches!(char, '0'..='9' | '.' | '-')).unwrap_or(text.len());
    text[..end].parse().ok()
}

/// Numbers of objects: `[5 0 R 7 0 R]`.
fn references(list: &str) -> Vec<u32> {
    let list = list.split(']').next().unwrap_or_default();
    list.split(" 0 R").filter_map(|part| part.trim_start_matches(['[', ' ', '\n']).trim().parse().ok()).collect()
}

fn leaves(objects: &BTreeMap<u32, Object>, node: &Object, found: &mut Vec<u32>) {
    for number in references(after(&node.dictionary, "/Kids ").unwrap_or_default()) {
        let kid = &objects[&number];
        if kid.dictionary.contains("/Kids ") {
            leaves(objects, kid, found);
        } else {
            found.push(number);
        }
    }
}

fn letters(objects: &BTreeMap<u32, Object>, font: u32) -> Letters {
    let mut found = Letters { wide: objects[&font].dictionary.contains("/Type0"), letters: BTreeMap::new() };
    let Some(map) = after(&objects[&font].dictionary, "/ToUnicode ").and_then(number_at) else { return found };
    let map = String::from_utf8_lossy(&objects[&(map as u32)].stream).into_owned();
    let (mut ranges, mut singles) = (false, false);
    for line in map.lines() {
        match line {
            _ if line.ends_with("beginbfchar") => singles = true,
            _ if line.ends_with("beginbfrange") => ranges = true,
            "endbfchar" => singles = false,
            "endbfrange" => ranges = false,
            _ => {
                let hex: Vec<&str> = line.split(['<', '>']).filter(|part| !part.trim().is_empty()).collect();
                let code = |at: usize| u32::from_str_radix(hex[at], 16).unwrap();
                if singles {
                    found.letters.insert(code(0), utf16(hex[1]));
                } else if ranges {
                    for (step, code) in (code(0)..=code(1)).enumerate() {
                        let first = u32::from_str_radix(hex[2], 16).unwrap() + step as u32;
                        found.letters.insert(code, char::from_u32(first).into_iter().collect());
                    }
                }
            }
        }
    }
    found
}

fn utf16(hex: &str) -> String {
    let units: Vec<u16> =
        bytes_of(hex).chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)])).collect();
    String::from_utf16_lossy(&units).trim_start_matches('\u{feff}').to_owned()
}

fn bytes_of(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(char::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
}

/// `x * a + y * c + e`, `x * b + y * d + f`.
type Matrix = [f64; 6];

fn times(one: Matrix, other: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = one;
    let [p, q, r, s, t, u] = other;
    [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}

fn sheet(objects: &BTreeMap<u32, Object>, page: &str, fonts: &mut BTreeMap<u32, Letters>) -> Sheet {
    let size: Vec<f64> =
        after(page, "/MediaBox [").unwrap().split(']').next().unwrap().split(' ').map(|number| number.parse().unwrap()).collect();
    let mut sheet = Sheet { width: size[2], height: size[3], ..Sheet::default() };
    let content = after(page, "/Contents ").and_then(number_at).expect("a page has content") as u32;
    let content = String::from_utf8_lossy(&objects[&content].stream).into_owned();
    let named = |name: &str| after(page, &format!("{name} ")).and_then(number_at).map(|number| number as u32);
    let (mut now, mut kept): (Matrix, Vec<Matrix>) = ([1., 0., 0., 1., 0., 0.], Vec::new());
    let (mut text, mut font, mut points): (Matrix, Option<u32>, f64) = (now, None, 0.);
    let (mut stack, mut path, mut thickness): (Vec<String>, Vec<[f64; 4]>, f64) = (Vec::new(), Vec::new(), 1.);
    let mut said: Option<String> = None;
    for token in tokens(&content) {
        let number = |at: usize| stack.get(stack.len().wrapping_sub(at)).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.);
        let point = |x: f64, y: f64, now: Matrix| {
            let [_, _, _, _, x, y] = times([1., 0., 0., 1., x, y], now);
            (x, size[3] - y)
        };
        match token.as_str() {
            "q" => kept.push(now),
            "Q" => now = kept.pop().expect("what was kept"),
            "cm" => now = times([6, 5, 4, 3, 2, 1].map(number), now),
            "BT" => text = [1., 0., 0., 1., 0., 0.],
            "Tm" => text = [6, 5, 4, 3, 2, 1].map(number),
            "Td" => text = times([1., 0., 0., 1., number(2), number(1)], text),
            "Tf" => {
                points = number(1);
                font = stack.get(stack.len() - 2).and_then(|name| named(name));
            }
            "BDC" => {
                said = stack
                    .iter()
                    .position(|part| part.ends_with("/ActualText"))
                    .and_then(|at| stack.get(at + 1))
                    .map(|hex| utf16(hex))
            }
            "EMC" => said = None,
            "Tj" | "TJ" => {
                let place = times(text, now);
                let letters = font.map(|font| fonts.entry(font).or_insert_with(|| letters(objects, font)));
                let mut shown = String::new();
                for part in stack.iter().filter(|part| part.starts_with('<')) {
                    let bytes = bytes_of(part);
                    let wide = letters.as_ref().is_some_and(|letters| letters.wide);
                    for code in bytes.chunks(if wide { 2 } else { 1 }) {
                        let code = code.iter().fold(0, |code, byte| code * 256 + u32::from(*byte));
                        shown.push_str(
                            letters.as_ref().and_then(|letters| letters.letters.get(&code)).map_or("\u{fffd}", String::as_str),
                        );
                    }
                }
                // A text that is said to be another is that one, once.
                if let Some(said) = &mut said {
                    shown = std::mem::take(said);
                }
                let size_of = points * (place[2].powi(2) + place[3].powi(2)).sqrt();
                sheet.texts.push(Run { x: place[4], y: size[3] - place[5], size: size_of, text: shown });
            }
            "w" => thickness = number(1),
            "re" => {
                let (left, top) = point(number(4), number(3), now);
                let (right, bottom) = point(number(4) + number(2), number(3) + number(1), now);
                path.push([left.min(right), top.min(bottom), left.max(right), top.max(bottom)]);
            }
            "m" => {
                let (x, y) = point(number(2), number(1), now);
                path.push([x, y, x, y]);
            }
            "l" => {
                let (x, y) = point(number(2), number(1), now);
                if let Some(last) = path.last_mut() {
                    *last = [last[0].min(x), last[1].min(y), last[2].max(x), last[3].max(y)];
                }
            }
            "f" | "f*" | "S" => {
                let half = if token == "S" { thickness * now[0].abs() / 2. } else { 0. };
                let drawn =
                    path.drain(..).map(|[left, top, right, bottom]| [left - half, top - half, right + half, bottom + half]);
                sheet.rules.extend(drawn.filter(|[left, top, right, bottom]| right - left < 2. || bottom - top < 2.));
            }
            "n" => path.clear(),
            _ => {}
        }
        let operand = token.starts_with(['<', '/', '(', '[', '-', '.']) || token.starts_with(|char: char| char.is_ascii_digit());
        if operand { stack.push(token) } else { stack.clear() }
    }
    sheet
}

/// Numbers, names, texts in angle brackets, operators. Lists are told by what is in them.
fn tokens(content: &str) -> Vec<String> {
    let spaced = content.replace("<<", " ").replace(">>", " ").replace(['[', ']'], " ").replace('<', " <").replace('>', "> ");
    spaced.split_ascii_whitespace().map(str::to_owned).collect()
}
