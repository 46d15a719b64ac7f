//! Web archives (`.mht`): web pages as parts of a letter.

use super::decode::decode;
use super::limits;
use crate::block::{FileKind, Limit, Refusal};
use crate::prelude::*;

/// The web pages of an archive, as texts.
pub fn pages(bytes: &[u8]) -> Result<Vec<String>, Refusal> {
    let mut pages = Vec::new();
    let mut left = limits::UNPACKED;
    let mut parts: Vec<(&[u8], u32)> = vec![(bytes, 0)];
    while let Some((part, depth)) = parts.pop() {
        let (head, body) = split_head(part);
        let kind = field(&head, "content-type").unwrap_or_default();
        let lower = kind.to_ascii_lowercase();
        if lower.starts_with("multipart/") {
            // A part within a part within a part: no program writes more.
            if depth >= 4 {
                return Err(Refusal::Over(Limit::Depth));
            }
            let boundary = parameter(&kind, "boundary").ok_or(Refusal::Damaged(FileKind::WebArchive))?;
            let mut found = split_parts(body, &boundary);
            found.reverse();
            if parts.len() + found.len() > limits::PARTS {
                return Err(Refusal::Over(Limit::Parts));
            }
            parts.extend(found.into_iter().map(|part| (part, depth + 1)));
            continue;
        }
        if !lower.starts_with("text/html") && !lower.starts_with("application/xhtml") {
            continue;
        }
        let body = match field(&head, "content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().trim() {
            "quoted-printable" => quoted_printable(body),
            "base64" => base64(body),
            _ => body.to_vec(),
        };
        left = left.checked_sub(body.len()).ok_or(Refusal::Over(Limit::Unpacked))?;
        pages.push(decode(&body)?.text);
    }
    if pages.is_empty() { Err(Refusal::Damaged(FileKind::WebArchive)) } else { Ok(pages) }
}

/// The head as text with its folded lines joined, and the body.
fn split_head(part: &[u8]) -> (String, &[u8]) {
    let mut at = 0;
    let mut end = part.len();
    let mut body = part.len();
    for line in part.split_inclusive(|byte| *byte == b'\n') {
        if line.iter().all(u8::is_ascii_whitespace) && at > 0 {
            end = at;
            body = at + line.len();
            break;
        }
        at += line.len();
        // A head is short.
        if at > 1 << 16 {
            break;
        }
    }
    let head =
        String::from_utf8_lossy(part.get(..end).unwrap_or(&[])).replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ");
    (head, part.get(body..).unwrap_or(&[]))
}

fn field(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').find_map(|part| {
        let (key, value) = part.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn split_parts<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = [b"--", boundary.as_bytes()].concat();
    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(&mark) {
            if let Some(start) = start {
                parts.push(body.get(start..at).unwrap_or(&[]));
            }
            start = Some(at + line.len());
            if parts.len() > limits::PARTS {
                break;
            }
        }
        at += line.len();
    }
    // An archive that was cut off has its last part all the same.
    if let Some(start) = start.filter(|start| *start < body.len()) {
        parts.push(body.get(start..).unwrap_or(&[]));
    }
    parts
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let hex = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        // A soft line break, or two digits.
        if let Some(behind) = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")) {
            rest = behind;
        } else if let [high, low, behind @ ..] = after
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            out.push(high << 4 | low);
            rest = behind;
        } else {
            out.push(byte);
        }
    }
    out
}

fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).unwrap_or(0));
        }
    }
    out
}
