//! Tags and texts of a web page, as forgiving as a browser: any text is some page.

use crate::prelude::*;

pub enum Token<'a> {
    Open { name: String, attributes: &'a str, closed: bool },
    Close(String),
    Text(&'a str),
}

pub struct Tokens<'a> {
    rest: &'a str,
    /// The element whose contents are no markup, until it closes.
    raw: Option<String>,
    /// How often a tag with a quote that is never closed was searched to the end; a page full of them must end too.
    searched: u32,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { rest: text, raw: None, searched: 0 }
    }

    /// Where a tag ends: at the first `>` outside of quotes, or at the first one if a quote is never closed.
    fn end_of_tag(&mut self, text: &str) -> usize {
        let within_quotes = if self.searched < 4 { end_outside_quotes(text) } else { None };
        within_quotes.unwrap_or_else(|| {
            self.searched += 1;
            text.find('>').unwrap_or(text.len())
        })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            let end = find_close(self.rest, &name);
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            if !text.is_empty() {
                return Some(Token::Text(text));
            }
        }
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(at) = self.rest.find('<') else {
                return Some(Token::Text(core::mem::take(&mut self.rest)));
            };
            if at > 0 {
                let (text, rest) = self.rest.split_at(at);
                self.rest = rest;
                return Some(Token::Text(text));
            }
            let after = self.rest.get(1..).unwrap_or("");
            if let Some(comment) = after.strip_prefix("!--") {
                self.rest = behind(comment, "-->");
            } else if after.starts_with("!") || after.starts_with("?") {
                // `<!DOCTYPE …>`, and the conditions that Word and Excel leave open to everyone: `<![if …]>`.
                self.rest = behind(after, ">");
            } else if after.starts_with("%") {
                self.rest = behind(after, "%>");
            } else if let Some(close) = after.strip_prefix('/').filter(|rest| rest.starts_with(is_letter)) {
                let name = name(close);
                self.rest = behind(close, ">");
                return Some(Token::Close(name));
            } else if after.starts_with(is_letter) {
                let name = name(after);
                let end = self.end_of_tag(after);
                let inner = after.get(..end).unwrap_or(after);
                self.rest = after.get(end + 1..).unwrap_or("");
                let closed = inner.ends_with('/');
                let attributes = inner.get(name.len()..).unwrap_or("");
                if matches!(name.as_str(), "script" | "style" | "title" | "textarea" | "xmp") && !closed {
                    self.raw = Some(name.clone());
                }
                return Some(Token::Open { name, attributes, closed });
            } else {
                self.rest = after;
                return Some(Token::Text("<"));
            }
        }
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic()
}

fn behind<'a>(text: &'a str, sign: &str) -> &'a str {
    text.find(sign).and_then(|at| text.get(at + sign.len()..)).unwrap_or("")
}

fn name(text: &str) -> String {
    let end = text.find(|letter: char| letter.is_ascii_whitespace() || matches!(letter, '>' | '/' | '<')).unwrap_or(text.len());
    text.get(..end).unwrap_or("").to_ascii_lowercase()
}

fn end_outside_quotes(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if after_equals => quote = Some(letter),
            (None, '>') => return Some(at),
            (None, _) => {}
        }
        after_equals = letter == '=' || after_equals && letter.is_ascii_whitespace();
    }
    None
}

/// Where an element closes whose contents are no markup.
fn find_close(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("</")) {
        let start = from + at;
        let inner = text.as_bytes().get(start + 2..start + 2 + name.len());
        if inner.is_some_and(|inner| inner.eq_ignore_ascii_case(name.as_bytes())) {
            return start;
        }
        from = start + 2;
    }
    text.len()
}

/// An attribute by its name in small letters; empty if it has no value.
pub fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|letter: char| letter.is_ascii_whitespace() || letter == '=' || letter == '/').unwrap_or(rest.len());
        // A stray equals sign is passed over.
        let (key, after) = rest.split_at(end.max(usize::from(rest.starts_with('='))));
        let after_space = after.trim_start();
        let mut value = "";
        rest = after;
        if let Some(behind) = after_space.strip_prefix('=') {
            let behind = behind.trim_start();
            let quote = behind.chars().next().filter(|letter| matches!(letter, '"' | '\''));
            (value, rest) = match quote.and_then(|quote| behind.get(1..)?.split_once(quote)) {
                Some(found) => found,
                None => behind.split_at(behind.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(behind.len())),
            };
        }
        if key.eq_ignore_ascii_case(wanted) {
            return Some(text(value.trim_end_matches('/')));
        }
    }
}

/// Text with its references resolved.
pub fn text(raw: &str) -> String {
    let mut whole = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        whole.push_str(before);
        let end = after.char_indices().take(32).find(|(_, letter)| !letter.is_ascii_alphanumeric() && *letter != '#');
        let end = end.map_or(after.len().min(32), |(at, _)| at);
        let name = after.get(..end).unwrap_or("");
        match reference(name) {
            Some(letter) => {
                whole.push(letter);
                rest = after.get(end..).unwrap_or("");
                rest = rest.strip_prefix(';').unwrap_or(rest);
            }
            None => {
                whole.push('&');
                rest = after;
            }
        }
    }
    whole.push_str(rest);
    whole
}

fn reference(name: &str) -> Option<char> {
    if let Some(letter) = super::super::xml::entity(name) {
        // Numbers from 128 to 159 mean the western code page in web pages.
        let code = u32::from(letter);
        return match u8::try_from(code) {
            Ok(byte @ 0x80..=0x9f) => super::super::decode::windows_1252(&[byte]).chars().next(),
            _ => Some(letter),
        };
    }
    Some(match name {
        "ensp" | "emsp" | "thinsp" => ' ',
        "copy" => '©',
        "reg" => '®',
        "deg" => '°',
        "plusmn" => '±',
        "times" => '×',
        "divide" => '÷',
        "middot" => '·',
        "bull" => '•',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "yen" => '¥',
        "permil" => '‰',
        "le" => '≤',
        "ge" => '≥',
        "ne" => '≠',
        "asymp" => '≈',
        "radic" => '√',
        "sum" => '∑',
        "infin" => '∞',
        "sup2" => '²',
        "sup3" => '³',
        "frac12" => '½',
        "larr" => '←',
        "uarr" => '↑',
        "rarr" => '→',
        "darr" => '↓',
        "zwnj" | "zwj" => '\u{200c}',
        "shy" => '\u{ad}',
        _ => return None,
    })
}
