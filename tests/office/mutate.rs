//! Damages files the way the world does, and worse: bytes flipped, cut off, doubled, taken out, elements of XML doubled and nested,
//! numbers made huge.

/// A small generator of random numbers, so that every run can be repeated (xorshift).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

/// One to four changes to bytes.
pub fn bytes(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut out = original.to_vec();
    for _ in 0..=random.below(4) {
        if out.is_empty() {
            return out;
        }
        let at = random.below(out.len());
        let length = 1 + random.below(out.len() - at).min(random.below(64));
        match random.below(9) {
            0 => out[at] ^= 1 << random.below(8),
            1 => out[at] = random.next() as u8,
            2 => out[at] = if random.below(2) == 0 { 0 } else { 0xff },
            3 => out.truncate(at),
            4 => {
                let part = out[at..at + length].to_vec();
                out.splice(at..at, part);
            }
            5 => {
                out.drain(at..at + length);
            }
            6 => {
                let part = out[at..at + length].to_vec();
                let to = random.below(out.len() - length + 1);
                out[to..to + length].copy_from_slice(&part);
            }
            7 => {
                // A number of two or four bytes, at a bound.
                let bounds = [0_u32, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff_fffe, 0x0001_0000];
                let value = bounds[random.below(bounds.len())].to_le_bytes();
                let width = (2 + 2 * random.below(2)).min(out.len() - at);
                out[at..at + width].copy_from_slice(&value[..width]);
            }
            _ => {
                let noise: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
                out.splice(at..at, noise);
            }
        }
    }
    out
}

/// One to four changes to a text of markup.
pub fn markup(original: &str, random: &mut Random) -> String {
    let mut out = original.to_owned();
    for _ in 0..=random.below(4) {
        let starts: Vec<usize> = out.match_indices('<').map(|(at, _)| at).collect();
        if starts.len() < 2 || out.len() > 4 * original.len() + 100_000 {
            return out;
        }
        let first = starts[random.below(starts.len())];
        let second = starts[random.below(starts.len())];
        let (from, to) = (first.min(second), first.max(second));
        let part = out[from..to].to_owned();
        match random.below(8) {
            0 => out.replace_range(from..to, ""),
            1 => out.insert_str(to, &part),
            2 => {
                // The same within itself, many times.
                let deep = part.repeat(1 + random.below(40));
                out.insert_str(from, &deep);
            }
            3 => out.truncate(to),
            4 | 5 => {
                let digits: Vec<usize> =
                    out.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at).collect();
                if !digits.is_empty() {
                    let at = digits[random.below(digits.len())];
                    let values =
                        ["0", "-1", "4294967295", "2147483647", "1048576", "99999999999999999999", "1e308", "XFD1048576", ""];
                    out.replace_range(at..=at, values[random.below(values.len())]);
                }
            }
            6 => {
                let pieces =
                    ["<", ">", "\"", "&", "&#x110000;", "]]>", "<!--", "<![CDATA[", "<?", "/>", "\u{0}", "é", "\r", "</", "<a:b"];
                out.insert_str(to, pieces[random.below(pieces.len())]);
            }
            _ => {
                let end = out[from..].find('>').map_or(out.len(), |at| from + at + 1);
                out.replace_range(from..end, "");
            }
        }
    }
    out
}
