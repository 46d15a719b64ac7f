//! Numbers by the digits of a format.

use super::{Decimal, Piece, Section, Shown};
use crate::prelude::*;
use core::cmp::Ordering;

/// `General`: as many digits as Excel shows, eleven signs at most; whole numbers in full, since a person who sees 1.2E+11 opens the
/// cell to read the number.
pub fn general(value: &Decimal) -> Shown {
    let plain = value.plain();
    if value.is_zero() {
        return Shown { text: plain, exact: None };
    }
    let power = value.power();
    let text = if (-9..20).contains(&power) {
        let whole = usize::try_from(power.max(0)).unwrap_or(0) + 1;
        let places = 10_usize.saturating_sub(whole.max(1));
        let short = value.clone().round(places);
        // Small numbers that would lose most of their digits are shown with a power of ten.
        if power < -4 && value.places() > 9 { scientific(value, 5) } else { short.plain() }
    } else {
        scientific(value, 5)
    };
    let exact = (text != plain).then_some(plain);
    Shown { text, exact }
}

fn scientific(value: &Decimal, places: usize) -> String {
    let rounded = value.clone().round_significant(places + 1);
    let power = rounded.power();
    let mantissa = rounded.shift(-power);
    format!("{}E{}{:02}", mantissa.plain(), if power < 0 { '-' } else { '+' }, power.unsigned_abs())
}

pub fn order(left: &Decimal, right: &Decimal) -> Ordering {
    let sign = |value: &Decimal| match (value.is_zero(), value.negative) {
        (true, _) => 0,
        (false, true) => -1,
        (false, false) => 1,
    };
    let by_sign = sign(left).cmp(&sign(right));
    if by_sign.is_ne() || sign(left) == 0 {
        return by_sign;
    }
    let by_power = left.power().cmp(&right.power());
    let places = left.places().max(right.places()).min(700);
    let by_digits = left.whole().cmp(&right.whole()).then_with(|| {
        (0..places).map(|place| left.place(place).cmp(&right.place(place))).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    let magnitude = by_power.then(by_digits);
    if sign(left) < 0 { magnitude.reverse() } else { magnitude }
}

/// A number by a section that is no date. `hide_sign` where the section stands for negative numbers alone.
pub(super) fn number(section: &Section, value: &Decimal, hide_sign: bool) -> Shown {
    let pieces = &section.pieces;
    let has_digits = pieces.iter().any(|piece| matches!(piece, Piece::Digit(_)));
    let has_value = has_digits || pieces.iter().any(|piece| matches!(piece, Piece::General | Piece::Text));
    let negative = value.negative && !value.is_zero();
    if !has_value {
        // Only words, or nothing: the number itself is not to be seen.
        let sign = if negative && !hide_sign && !pieces.is_empty() { "-" } else { "" };
        return Shown { text: format!("{sign}{}", literals(pieces)), exact: Some(value.plain()) };
    }
    if !has_digits {
        let inner = general(&value.magnitude());
        let number = section.numerals.map_or(inner.text.clone(), |numerals| numerals.said(&inner.text));
        let mut text = if negative && !hide_sign { "-".to_owned() } else { String::new() };
        for piece in pieces {
            match piece {
                Piece::General | Piece::Text => text.push_str(&number),
                Piece::Percent => text.push('%'),
                Piece::Point => text.push('.'),
                Piece::Comma => text.push(','),
                Piece::Slash => text.push('/'),
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Digit(_) | Piece::Exponent { .. } | Piece::Date(_) => {}
            }
        }
        let seen = inner.exact.is_none() && !(negative && hide_sign) && section.numerals.is_none();
        return Shown { text, exact: (!seen).then(|| value.plain()) };
    }
    let percents = pieces.iter().filter(|piece| **piece == Piece::Percent).count();
    let scale = i32::try_from(percents).unwrap_or(0) * 2 - 3 * thousands(pieces);
    let scaled = value.magnitude().shift(scale);
    let shape = Shape::of(pieces);
    let (text, shown) = if let Some(power) = shape.exponent {
        powered(pieces, &shape, power, &scaled)
    } else if shape.slash.is_some() {
        (super::render::fraction(pieces, &shape, &scaled), scaled.clone())
    } else {
        let rounded = scaled.clone().round(shape.places);
        (digits(pieces, &shape, &rounded), rounded)
    };
    let text = section.numerals.map_or(text.clone(), |numerals| numerals.spelt(&text));
    let is_seen = text.bytes().any(|byte| byte.is_ascii_digit());
    let signed = if negative && !hide_sign { format!("-{text}") } else { text };
    // A sign that the format leaves away is missing from the text; a format in thousands shows the number in another measure, so
    // the number is given in that measure too.
    let sign_lost = negative && hide_sign && !says_negative(pieces);
    let same = is_seen && shown == scaled && !sign_lost && section.numerals.is_none() && shape.slash.is_none();
    let exact = (!same).then(|| value.clone().shift(-3 * thousands(pieces) - drawn_places(pieces)).plain());
    Shown { text: signed, exact }
}

/// Brackets or a minus of its own.
fn says_negative(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Literal(text) if text.contains(['-', '(', '（', '－', '−'])))
}

fn literals(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Percent => text.push('%'),
            Piece::Comma => text.push(','),
            Piece::Point => text.push('.'),
            Piece::Slash => text.push('/'),
            Piece::Digit(_) | Piece::Exponent { .. } | Piece::General | Piece::Text | Piece::Date(_) => {}
        }
    }
    text
}

/// Commas behind the last digit: each divides by a thousand.
fn thousands(pieces: &[Piece]) -> i32 {
    let last = pieces.iter().rposition(|piece| matches!(piece, Piece::Digit(_)));
    let after = last.map(|last| pieces.iter().skip(last + 1).take_while(|piece| **piece == Piece::Comma).count());
    let point = pieces.iter().position(|piece| *piece == Piece::Point);
    // Also before the point: `0,.00`.
    let before = point.map(|point| pieces.iter().take(point).rev().take_while(|piece| **piece == Piece::Comma).count());
    i32::try_from(after.unwrap_or(0) + before.unwrap_or(0)).unwrap_or(0)
}

/// A point that is drawn between digits (`0!.0000`) shows the number in another measure: how many digits stand behind it.
fn drawn_places(pieces: &[Piece]) -> i32 {
    let drawn = pieces.iter().position(|piece| matches!(piece, Piece::Literal(text) if text == "."));
    let digits = |part: Option<&[Piece]>| part.unwrap_or(&[]).iter().filter(|piece| matches!(piece, Piece::Digit(_))).count();
    match drawn {
        Some(at) if !pieces.contains(&Piece::Point) && digits(pieces.get(..at)) > 0 => {
            i32::try_from(digits(pieces.get(at..))).unwrap_or(0)
        }
        _ => 0,
    }
}

struct Shape {
    /// Digits before the point.
    whole: usize,
    /// Digits behind it.
    places: usize,
    grouped: bool,
    point: Option<usize>,
    exponent: Option<usize>,
    slash: Option<usize>,
}

impl Shape {
    fn of(pieces: &[Piece]) -> Self {
        let exponent = pieces.iter().position(|piece| matches!(piece, Piece::Exponent { .. }));
        let mantissa = pieces.get(..exponent.unwrap_or(pieces.len())).unwrap_or(pieces);
        let point = mantissa.iter().position(|piece| *piece == Piece::Point);
        let count = |part: Option<&[Piece]>| part.unwrap_or(&[]).iter().filter(|piece| matches!(piece, Piece::Digit(_))).count();
        let whole = count(mantissa.get(..point.unwrap_or(mantissa.len())));
        let places = point.map_or(0, |point| count(mantissa.get(point..)));
        let first = mantissa.iter().position(|piece| matches!(piece, Piece::Digit(_)));
        let last = mantissa
            .get(..point.unwrap_or(mantissa.len()))
            .unwrap_or(&[])
            .iter()
            .rposition(|piece| matches!(piece, Piece::Digit(_)));
        let between = first.zip(last).and_then(|(first, last)| mantissa.get(first..=last));
        let grouped = between.is_some_and(|between| between.contains(&Piece::Comma));
        let slash = mantissa.iter().position(|piece| *piece == Piece::Slash);
        let around = |at: usize| count(mantissa.get(..at)) > 0 && slash_base(mantissa, at).is_some();
        Self { whole, places, grouped, point, exponent, slash: slash.filter(|at| point.is_none() && around(*at)) }
    }
}

/// The digits of a rounded number over the digits of the format, with what stands between them.
fn digits(pieces: &[Piece], shape: &Shape, value: &Decimal) -> String {
    let whole = value.whole();
    let mut left: Vec<char> = whole.chars().collect();
    // The first sign takes all digits that have no sign of their own.
    let extra = left.len().saturating_sub(shape.whole);
    let mut rest = left.split_off(extra.min(left.len()));
    let missing = shape.whole.saturating_sub(rest.len());
    let mut text = String::new();
    let mut seen = 0;
    let mut place = 0;
    let last_place = value.places();
    let group = |text: &mut String, position: usize, any: bool| {
        if shape.grouped && any && position > 0 && position.is_multiple_of(3) {
            text.push(',');
        }
    };
    rest.reverse();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Digit(sign) if shape.point.is_none_or(|point| at < point) => {
                if seen == 0 {
                    for (index, digit) in left.iter().enumerate() {
                        text.push(*digit);
                        group(&mut text, shape.whole + left.len() - 1 - index, true);
                    }
                }
                let position = shape.whole - 1 - seen.min(shape.whole - 1);
                let digit = if seen < missing { None } else { rest.pop() };
                match (digit, sign) {
                    (Some(digit), _) => text.push(digit),
                    (None, '0') => text.push('0'),
                    (None, '?') => text.push(' '),
                    (None, _) => {}
                }
                let any = digit.is_some() || *sign == '0' || extra > 0;
                group(&mut text, position, any);
                seen += 1;
            }
            Piece::Digit(sign) => {
                let digit = value.place(place);
                if *sign == '0' || place < last_place {
                    text.push(char::from(b'0' + digit));
                } else if *sign == '?' {
                    text.push(' ');
                }
                place += 1;
            }
            Piece::Point => {
                if shape.point == Some(at) && shape.whole == 0 {
                    text.extend(left.iter());
                }
                text.push('.');
            }
            Piece::Percent => text.push('%'),
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Slash => text.push('/'),
            Piece::General | Piece::Text => text.push_str(&value.plain()),
            Piece::Comma | Piece::Exponent { .. } | Piece::Date(_) => {}
        }
    }
    text
}

/// `0.00E+00`: the mantissa by the digits before, the power by the digits behind.
fn powered(pieces: &[Piece], shape: &Shape, exponent: usize, value: &Decimal) -> (String, Decimal) {
    let step = i32::try_from(shape.whole.max(1)).unwrap_or(1);
    let mut power = value.power().div_euclid(step) * step;
    let round = |power: i32| value.clone().shift(-power).round(shape.places);
    let mut mantissa = round(power);
    if mantissa.power() >= step {
        power += step;
        mantissa = round(power);
    }
    let head = pieces.get(..exponent).unwrap_or(&[]);
    let inner = Shape { exponent: None, ..Shape::of(head) };
    let plus = matches!(pieces.get(exponent), Some(Piece::Exponent { plus: true }));
    let width = pieces.iter().skip(exponent).filter(|piece| matches!(piece, Piece::Digit(_))).count();
    let sign = if power < 0 {
        "-"
    } else if plus {
        "+"
    } else {
        ""
    };
    let tail = literals(pieces.get(exponent..).unwrap_or(&[]));
    let text = format!("{}E{sign}{:0width$}{tail}", digits(head, &inner, &mantissa), power.unsigned_abs());
    (text, mantissa.shift(power))
}

/// The digits behind a slash: how many, or the number that is asked for.
fn slash_base(pieces: &[Piece], slash: usize) -> Option<Denominator> {
    let behind = pieces.get(slash + 1..)?;
    let count = behind.iter().take_while(|piece| matches!(piece, Piece::Digit(_))).count();
    if count > 0 {
        return Some(Denominator::Digits(count.min(3)));
    }
    match behind.first()? {
        Piece::Literal(text) => {
            let zeros = behind.iter().skip(1).take_while(|piece| **piece == Piece::Digit('0')).count();
            let number: String =
                text.chars().take_while(char::is_ascii_digit).chain(core::iter::repeat_n('0', zeros.min(4))).collect();
            number.parse().ok().filter(|number| (1..=9_999).contains(number)).map(Denominator::Fixed)
        }
        Piece::Digit(_)
        | Piece::Point
        | Piece::Comma
        | Piece::Percent
        | Piece::Exponent { .. }
        | Piece::Slash
        | Piece::General
        | Piece::Text
        | Piece::Date(_) => None,
    }
}

enum Denominator {
    Digits(usize),
    Fixed(i128),
}

/// `# ?/?`: the nearest fraction with so many digits below.
fn fraction(pieces: &[Piece], shape: &Shape, value: &Decimal) -> String {
    let slash = shape.slash.unwrap_or(0);
    const PLACES: usize = 15;
    let one = i128::pow(10, 15);
    let part = value.fraction(PLACES);
    let denominators = match slash_base(pieces, slash) {
        Some(Denominator::Fixed(fixed)) => fixed..=fixed,
        Some(Denominator::Digits(count)) => 1..=i128::pow(10, u32::try_from(count).unwrap_or(1)) - 1,
        None => 1..=9,
    };
    let mut best = (i128::MAX, 0, 1);
    for below in denominators {
        let above = (part * below + one / 2) / one;
        // Compared over a common denominator: |part/one − above/below| as a multiple of 1/(one·below).
        let distance = (part * below - above * one).abs();
        let nearer = best.0 == i128::MAX || distance * best.2 < best.0 * below;
        if nearer {
            best = (distance, above, below);
        }
    }
    let (_, mut above, below) = best;
    let mut whole = value.whole();
    let apart = pieces.iter().take(slash).filter(|piece| matches!(piece, Piece::Literal(_))).count() > 0;
    if apart && above == below {
        whole = Decimal::parse(&format!("{}.5", if whole.is_empty() { "0" } else { &whole }))
            .map_or(whole, |number| number.round(0).plain());
        above = 0;
    }
    if !apart {
        above += whole.parse::<i128>().unwrap_or(0).saturating_mul(below);
        return format!("{above}/{below}");
    }
    match (whole.is_empty() || whole == "0", above) {
        (true, 0) => "0".to_owned(),
        (false, 0) => whole,
        (true, _) => format!("{above}/{below}"),
        (false, _) => format!("{whole} {above}/{below}"),
    }
}
