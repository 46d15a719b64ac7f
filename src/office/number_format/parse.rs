//! Reading a format code.

use super::{Comparison, DatePart, Decimal, NumberFormat, Numerals, Piece, Section};
use crate::prelude::*;

/// Codes beyond this length are none of a person; the rest is left away.
const LONGEST: usize = 1_000;

pub fn format(code: &str) -> NumberFormat {
    let code: String = code.chars().take(LONGEST).collect();
    let mut sections: Vec<Section> = parts(&code).iter().map(|part| section(part)).collect();
    let is_text = |section: &Section| section.pieces.contains(&Piece::Text);
    let text = match sections.len() {
        4.. => sections.get(3).cloned(),
        _ => sections.last().filter(|section| is_text(section)).cloned(),
    };
    sections.truncate(3);
    if sections.len() > 1 && sections.last().is_some_and(is_text) {
        sections.pop();
    }
    for section in &mut sections {
        settle_minutes(&mut section.pieces);
        settle_signs(&mut section.pieces);
    }
    NumberFormat { sections, text }
}

/// The sections between semicolons that stand for themselves.
fn parts(code: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = code.chars();
    let mut quoted = false;
    let mut bracket = false;
    while let Some(letter) = letters.next() {
        if letter == ';' && !quoted && !bracket {
            parts.push(String::new());
            continue;
        }
        let Some(part) = parts.last_mut() else { break };
        part.push(letter);
        match letter {
            '"' => quoted = !quoted,
            '\\' | '!' | '_' | '*' if !quoted => part.extend(letters.next()),
            '[' if !quoted => bracket = true,
            ']' => bracket = false,
            _ => {}
        }
    }
    parts
}

fn section(code: &str) -> Section {
    let mut section = Section::default();
    let letters: Vec<char> = code.chars().collect();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        let rest: String = letters.iter().skip(at).take(12).collect();
        let mut used = 1;
        match letter {
            '"' => {
                let text: String = letters.iter().skip(at + 1).take_while(|letter| **letter != '"').collect();
                used = text.chars().count() + 2;
                literal(&mut section.pieces, &text);
            }
            '\\' | '!' => {
                used = 2;
                literal(&mut section.pieces, &letters.get(at + 1).map(char::to_string).unwrap_or_default());
            }
            '_' => {
                used = 2;
                literal(&mut section.pieces, " ");
            }
            '*' => used = 2,
            '[' => {
                let text: String = letters.iter().skip(at + 1).take_while(|letter| **letter != ']').collect();
                used = text.chars().count() + 2;
                if bracket(&mut section, &text) {
                    break;
                }
            }
            '0' | '#' | '?' => section.pieces.push(Piece::Digit(letter)),
            '.' => section.pieces.push(Piece::Point),
            ',' => section.pieces.push(Piece::Comma),
            '%' => section.pieces.push(Piece::Percent),
            '/' => section.pieces.push(Piece::Slash),
            '@' => section.pieces.push(Piece::Text),
            'E' | 'e' if rest.chars().nth(1).is_some_and(|sign| sign == '+' || sign == '-') => {
                used = 2;
                section.pieces.push(Piece::Exponent { plus: rest.chars().nth(1) == Some('+') });
            }
            'G' | 'g' => {
                // Else it is the name of an era, which no Chinese date has.
                if let Some(length) = general(&rest) {
                    used = length;
                    section.pieces.push(Piece::General);
                }
            }
            '上' if rest.starts_with("上午/下午") => {
                used = 5;
                section.pieces.push(Piece::Date(DatePart::HalfDayChinese));
            }
            'A' | 'a' if rest.to_ascii_uppercase().starts_with("AM/PM") => {
                used = 5;
                section.pieces.push(Piece::Date(DatePart::HalfDay));
            }
            'A' | 'a' if rest.to_ascii_uppercase().starts_with("A/P") => {
                used = 3;
                section.pieces.push(Piece::Date(DatePart::HalfDay));
            }
            'Y' | 'y' | 'E' | 'e' | 'M' | 'm' | 'D' | 'd' | 'H' | 'h' | 'S' | 's' | 'A' | 'a' => {
                let same = letters.iter().skip(at).take_while(|other| other.eq_ignore_ascii_case(&letter)).count();
                match date_part(letter.to_ascii_lowercase(), same) {
                    Some(part) => {
                        used = same;
                        section.pieces.push(Piece::Date(part));
                    }
                    None => literal(&mut section.pieces, &letter.to_string()),
                }
            }
            _ => literal(&mut section.pieces, &letter.to_string()),
        }
        at += used;
    }
    section
}

fn literal(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Literal(before)) => before.push_str(text),
        _ => pieces.push(Piece::Literal(text.to_owned())),
    }
}

/// `General`, or what a Chinese Excel writes for it.
fn general(rest: &str) -> Option<usize> {
    if rest.to_ascii_lowercase().starts_with("general") { Some(7) } else { rest.starts_with("G/通用格式").then_some(6) }
}

fn date_part(letter: char, count: usize) -> Option<DatePart> {
    match letter {
        'y' => Some(DatePart::Year(if count <= 2 { 2 } else { 4 })),
        'e' => Some(DatePart::Year(4)),
        'm' => Some(DatePart::Month(count)),
        'd' => Some(DatePart::Day(count)),
        'h' => Some(DatePart::Hour(count)),
        's' => Some(DatePart::Second(count)),
        'a' if count >= 3 => Some(DatePart::Weekday(count)),
        _ => None,
    }
}

/// What stands in brackets; true if it says what the whole section looks like, whatever follows.
fn bracket(section: &mut Section, text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    if let Some(rest) = text.strip_prefix('$') {
        let (sign, locale) = rest.split_once('-').unwrap_or((rest, ""));
        if !sign.is_empty() {
            literal(&mut section.pieces, sign);
        }
        let locale = locale.to_ascii_uppercase();
        match locale.as_str() {
            "F800" => section.pieces.extend(super::builtin::LONG_DATE.iter().map(|piece| piece.make())),
            "F400" => section.pieces.extend(super::builtin::LONG_TIME.iter().map(|piece| piece.make())),
            _ => section.chinese |= locale.ends_with("804") || locale.starts_with("ZH"),
        }
        return locale == "F800" || locale == "F400";
    }
    let same = !lower.is_empty() && lower.chars().all(|letter| lower.starts_with(letter));
    match lower.chars().next() {
        Some('h') if same => section.pieces.push(Piece::Date(DatePart::ElapsedHours(lower.len()))),
        Some('m') if same => section.pieces.push(Piece::Date(DatePart::ElapsedMinutes(lower.len()))),
        Some('s') if same => section.pieces.push(Piece::Date(DatePart::ElapsedSeconds(lower.len()))),
        Some('<' | '>' | '=') => section.condition = condition(text),
        _ => match lower.as_str() {
            "dbnum1" => section.numerals = Some(Numerals::Plain),
            "dbnum2" => section.numerals = Some(Numerals::Formal),
            "dbnum3" => section.numerals = Some(Numerals::Wide),
            // Colours, and what nobody knows.
            _ => {}
        },
    }
    false
}

fn condition(text: &str) -> Option<(Comparison, Decimal)> {
    let signs = [
        ("<=", Comparison::AtMost),
        (">=", Comparison::AtLeast),
        ("<>", Comparison::Other),
        ("<", Comparison::Less),
        (">", Comparison::More),
        ("=", Comparison::Equal),
    ];
    let (rest, comparison) = signs.iter().find_map(|(sign, found)| text.strip_prefix(sign).map(|rest| (rest, *found)))?;
    Some((comparison, Decimal::parse(rest)?))
}

/// `m` is a month, except behind hours and before seconds.
fn settle_minutes(pieces: &mut [Piece]) {
    let mut after_hour = false;
    let mut month: Option<usize> = None;
    for at in 0..pieces.len() {
        let Some(Piece::Date(part)) = pieces.get(at).cloned() else { continue };
        match part {
            DatePart::Hour(_) | DatePart::ElapsedHours(_) => after_hour = true,
            DatePart::Month(count) if count <= 2 => {
                if after_hour {
                    set(pieces, at, Piece::Date(DatePart::Minute(count)));
                    after_hour = false;
                } else {
                    month = Some(at);
                    continue;
                }
            }
            DatePart::Second(_) | DatePart::ElapsedSeconds(_) => {
                if let Some(at) = month
                    && let Some(Piece::Date(DatePart::Month(count))) = pieces.get(at).cloned()
                {
                    set(pieces, at, Piece::Date(DatePart::Minute(count)));
                }
                after_hour = false;
            }
            DatePart::Year(_)
            | DatePart::Month(_)
            | DatePart::Day(_)
            | DatePart::Weekday(_)
            | DatePart::Minute(_)
            | DatePart::Fraction(_)
            | DatePart::HalfDay
            | DatePart::HalfDayChinese
            | DatePart::ElapsedMinutes(_) => {
                after_hour &= matches!(part, DatePart::HalfDay | DatePart::HalfDayChinese);
            }
        }
        month = None;
    }
}

/// In a date, point and digits behind seconds are parts of a second, and the other signs of numbers stand for themselves.
fn settle_signs(pieces: &mut Vec<Piece>) {
    let is_date = pieces.iter().any(|piece| matches!(piece, Piece::Date(_)));
    let has_digits = pieces.iter().any(|piece| matches!(piece, Piece::Digit(_)));
    if !is_date {
        for piece in pieces.iter_mut() {
            if *piece == Piece::Slash && !has_digits {
                *piece = Piece::Literal("/".into());
            }
        }
        return;
    }
    let mut settled: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += 1;
        let after_second = matches!(settled.last(), Some(Piece::Date(DatePart::Second(_) | DatePart::ElapsedSeconds(_))));
        let zeros = pieces.iter().skip(at).take_while(|piece| **piece == Piece::Digit('0')).count();
        match piece {
            Piece::Point if after_second && zeros > 0 => {
                settled.push(Piece::Date(DatePart::Fraction(zeros.min(3))));
                at += zeros;
            }
            Piece::Point => literal(&mut settled, "."),
            Piece::Comma => literal(&mut settled, ","),
            Piece::Slash => literal(&mut settled, "/"),
            Piece::Percent => literal(&mut settled, "%"),
            Piece::Digit(_) | Piece::Exponent { .. } | Piece::General | Piece::Text => {}
            Piece::Literal(text) => literal(&mut settled, text),
            Piece::Date(part) => settled.push(Piece::Date(*part)),
        }
    }
    *pieces = settled;
}

fn set(pieces: &mut [Piece], at: usize, piece: Piece) {
    if let Some(place) = pieces.get_mut(at) {
        *place = piece;
    }
}
