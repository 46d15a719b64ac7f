//! Bytes to text: the encodings that Chinese offices write. The bytes decide, not what a file says of itself, since many say gb2312
//! and are UTF-8.

use super::bytes;
use super::gb18030::Gb18030;
use crate::block::Refusal;
use crate::prelude::*;

/// A text and how sure it is.
#[derive(Debug, Default)]
pub struct Decoded {
    pub text: String,
    /// Characters that could not be read.
    pub damaged: u32,
    /// Nothing says that this encoding is the right one.
    pub guessed: bool,
}

/// Reads bytes as text, or says that the encoding is not known.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Ok(lossy(rest));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe\0\0") {
        return Ok(four_byte_units(rest));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Ok(utf16(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Ok(utf16(rest, u16::from_be_bytes));
    }
    // Before UTF-8: ASCII in UTF-16 is valid UTF-8 too.
    if let Some(read) = utf16_without_mark(bytes) {
        return Ok(read);
    }
    if let Ok(text) = core::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), ..Decoded::default() });
    }
    let utf8 = lossy(bytes);
    let wide = utf8.text.chars().filter(|letter| !letter.is_ascii() && *letter != '\u{fffd}').count();
    if wide > 4 * usize::try_from(utf8.damaged).unwrap_or(usize::MAX) {
        return Ok(utf8);
    }
    gb18030(bytes).or_else(|| western(bytes)).ok_or(Refusal::Encoding)
}

fn lossy(bytes: &[u8]) -> Decoded {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let damaged = count(&text);
    Decoded { text, damaged, guessed: false }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().filter(|letter| *letter == '\u{fffd}').count()).unwrap_or(u32::MAX)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let units = bytes.chunks(2).map(|pair| pair.first_chunk().copied().map_or(0xfffd, unit));
    let text: String = char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect();
    let damaged = count(&text);
    Decoded { text, damaged, guessed: false }
}

fn four_byte_units(bytes: &[u8]) -> Decoded {
    let letter = |four: &[u8]| bytes::u32(four, 0).and_then(char::from_u32).unwrap_or('\u{fffd}');
    let text: String = bytes.chunks(4).map(letter).collect();
    let damaged = count(&text);
    Decoded { text, damaged, guessed: false }
}

/// UTF-16 without a mark at its beginning: every second byte of its ASCII signs is 0.
fn utf16_without_mark(bytes: &[u8]) -> Option<Decoded> {
    let head = bytes.get(..bytes.len().min(4_096))?;
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    if !bytes.len().is_multiple_of(2) || half < 4 || even.max(odd) * 5 < half {
        return None;
    }
    // In a text with a stray zero or two, both halves have them.
    let read = if odd > 8 * even {
        utf16(bytes, u16::from_le_bytes)
    } else if even > 8 * odd {
        utf16(bytes, u16::from_be_bytes)
    } else {
        return None;
    };
    let everyday = |letter: &char| matches!(letter, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{ff}' | '\u{2000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let sample: Vec<char> = read.text.chars().take(2_048).collect();
    let known = sample.iter().filter(|letter| everyday(letter)).count();
    (known * 10 >= sample.len() * 9).then_some(read)
}

/// GB18030, which contains GBK and GB2312, if it reads like a Chinese text: any bytes are some characters of it, but those of another
/// encoding are rare ones.
fn gb18030(bytes: &[u8]) -> Option<Decoded> {
    let read = Gb18030::table().decode(bytes);
    let damaged = usize::try_from(read.damaged).unwrap_or(usize::MAX);
    let wide = read.common + read.rare;
    if wide == 0 || damaged * 10 > wide.max(10) || read.common < 3 * read.rare {
        return None;
    }
    Some(Decoded { text: read.text, damaged: read.damaged, guessed: false })
}

/// Bytes of a file in GBK that says so, without any doubt about it.
pub fn gbk(bytes: &[u8]) -> String {
    Gb18030::table().decode(bytes).text
}

/// The code page of western Windows, where single letters with an accent stand among plain ones.
fn western(bytes: &[u8]) -> Option<Decoded> {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    if high * 5 > bytes.len() || bytes.iter().any(|byte| *byte < 9) {
        return None;
    }
    let accents = bytes.iter().filter(|byte| **byte >= 0xc0).count();
    if accents * 2 < high {
        return None;
    }
    Some(Decoded { text: windows_1252(bytes), damaged: 0, guessed: true })
}

/// Each byte a letter of the western code page.
pub fn windows_1252(bytes: &[u8]) -> String {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“',
        '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let letter = |byte: &u8| match byte {
        0x80..=0x9f => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
        _ => char::from(*byte),
    };
    bytes.iter().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_the_encoding() {
        let utf16: Vec<u8> = "项目\t180\r\n总额\t82\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xff\xfe".to_vec(), utf16.clone()].concat();
        let gbk = encoding_rs::GBK.encode("项目名称,小型水库维修").0.into_owned();
        for (bytes, expected) in [
            (utf16, "项目\t180\r\n总额\t82\r\n"),
            (marked, "项目\t180\r\n总额\t82\r\n"),
            (gbk, "项目名称,小型水库维修"),
            ("项目名称".as_bytes().to_vec(), "项目名称"),
            (b"\xef\xbb\xbfa,b".to_vec(), "a,b"),
            (b"caf\xe9,12\nplain,13\n".to_vec(), "café,12\nplain,13\n"),
        ] {
            assert_eq!(decode(&bytes).map(|read| read.text), Ok(expected.to_owned()));
        }
        let big5 = encoding_rs::BIG5.encode("項目名稱,小型水庫維修工程").0.into_owned();
        assert_eq!(decode(&big5).map(|read| read.text), Err(Refusal::Encoding));
    }
}
