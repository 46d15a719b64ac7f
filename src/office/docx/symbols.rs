//! Letters of symbol fonts: what a person sees is a tick or a box, what stands in the file is a letter.

/// The sign that a letter of a symbol font shows; none where the letter shows as itself.
pub fn shown(font: &str, letter: char) -> Option<char> {
    // Symbol fonts are also written into the private area from U+F000 on.
    let code = match u32::from(letter) {
        code @ 0xf000..=0xf0ff => code - 0xf000,
        code => code,
    };
    let code = u8::try_from(code).ok()?;
    match font.to_ascii_lowercase().as_str() {
        "wingdings" => match code {
            0x6f | 0xa8 | 0x71 | 0x72 => Some('□'),
            0x6e | 0xa7 => Some('■'),
            0xfc => Some('√'),
            0xfb => Some('×'),
            0xfe => Some('☑'),
            0xfd => Some('☒'),
            0xa1 => Some('○'),
            0x6c => Some('●'),
            0xa4 => Some('◎'),
            0x75 => Some('◆'),
            0xd8 => Some('➢'),
            0xe0 => Some('→'),
            0x80..=0x8a => {
                char::from_u32(0x24ea).filter(|_| code == 0x80).or_else(|| char::from_u32(0x2460 + u32::from(code) - 0x81))
            }
            _ => None,
        },
        "wingdings 2" => match code {
            0x50 => Some('√'),
            0x4f => Some('×'),
            0x52 => Some('☑'),
            0x51 | 0x53 | 0x54 => Some('☒'),
            0x2a | 0xa3 | 0x30 => Some('□'),
            0xa2 => Some('■'),
            0x81 | 0x9a => Some('○'),
            0x98 => Some('●'),
            _ => None,
        },
        "wingdings 3" => match code {
            0x5b => Some('←'),
            0x5c => Some('→'),
            0x5d => Some('↑'),
            0x5e => Some('↓'),
            _ => None,
        },
        "webdings" => match code {
            0x61 => Some('√'),
            0x72 => Some('×'),
            0x63 => Some('□'),
            0x67 => Some('■'),
            _ => None,
        },
        "symbol" => match code {
            0xa3 => Some('≤'),
            0xb3 => Some('≥'),
            0xb4 => Some('×'),
            0xb1 => Some('±'),
            0xb8 => Some('÷'),
            0xb9 => Some('≠'),
            0xbb => Some('≈'),
            0xb7 => Some('·'),
            0xe5 | 0x53 => Some('∑'),
            0xd6 => Some('√'),
            0xb0 => Some('°'),
            0x2d => Some('−'),
            0x20..=0x7e if code.is_ascii_digit() || code == b'%' || code == b'.' => None,
            _ => None,
        },
        _ => None,
    }
}
