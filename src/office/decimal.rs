//! Stored numbers as decimal digits. A number of a workbook is a binary one; what people see are decimal digits of it, and those are
//! made here by integers alone: never through a number that a float has already rounded.

use crate::prelude::*;

/// ±0.d₁d₂d₃… × 10^point, without leading or trailing zeros; no digits are 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decimal {
    pub negative: bool,
    digits: Vec<u8>,
    point: i32,
}

/// How many digits Excel keeps of a number, and shows at most.
const SIGNIFICANT: usize = 15;
/// Beyond this power of ten nothing is a number of a table, nor a number of Excel.
const LARGEST_POWER: i32 = 310;

impl Decimal {
    /// A number as files write it: `-12.50`, `4.5999999999999996`, `1E-05`. Excel keeps 15 digits, so the tail goes first.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, power) = match text.find(['e', 'E']) {
            Some(at) => (text.get(..at)?, text.get(at + 1..)?.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() || mantissa.len() > 800 {
            return None;
        }
        let digits: Option<Vec<u8>> = whole.bytes().chain(fraction.bytes()).map(digit).collect();
        let point = i32::try_from(whole.len()).ok()?.checked_add(power)?;
        let number = Self { negative, digits: digits?, point }.trimmed();
        let in_range = number.is_zero() || (-LARGEST_POWER..=LARGEST_POWER).contains(&number.point);
        in_range.then(|| number.round_significant(SIGNIFICANT))
    }

    pub fn from_integer(value: i64) -> Self {
        let digits: Vec<u8> = value.unsigned_abs().to_string().bytes().filter_map(digit).collect();
        let point = i32::try_from(digits.len()).unwrap_or(0);
        Self { negative: value < 0, digits, point }.trimmed()
    }

    /// A binary number of 64 bits (IEEE 754), by its bits; none if it is no number.
    pub fn from_bits(bits: u64) -> Option<Self> {
        let negative = bits >> 63 != 0;
        let field = i32::try_from(bits >> 52 & 0x7ff).ok()?;
        let fraction = bits & ((1 << 52) - 1);
        let (mantissa, power) = match field {
            0x7ff => return None,
            0 => (fraction, -1074),
            _ => (fraction | 1 << 52, field - 1075),
        };
        let twos = mantissa.trailing_zeros().min(52);
        let (mantissa, power) = if power < 0 {
            let shift = twos.min(power.unsigned_abs());
            (mantissa >> shift, power + i32::try_from(shift).ok()?)
        } else {
            (mantissa, power)
        };
        // m × 2^-k = m × 5^k ÷ 10^k, so that only whole numbers are multiplied.
        let mut large = Large::from(mantissa);
        let base = if power < 0 { 5 } else { 2 };
        for _ in 0..power.unsigned_abs() / 13 {
            large.multiply(u64::pow(base, 13));
        }
        large.multiply(u64::pow(base, power.unsigned_abs() % 13));
        let digits = large.digits();
        let point = i32::try_from(digits.len()).ok()? + power.min(0);
        Some(Self { negative, digits, point }.trimmed().round_significant(SIGNIFICANT))
    }

    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    pub fn magnitude(&self) -> Self {
        Self { negative: false, ..self.clone() }
    }

    /// Times 10^places.
    pub fn shift(mut self, places: i32) -> Self {
        if !self.is_zero() {
            self.point = self.point.saturating_add(places);
        }
        self
    }

    /// Rounds half away from zero, as Excel shows it, to so many places after the point.
    pub fn round(self, places: usize) -> Self {
        let keep = i64::from(self.point) + i64::try_from(places).unwrap_or(i64::MAX / 2);
        self.keep(keep)
    }

    pub fn round_significant(self, count: usize) -> Self {
        self.keep(i64::try_from(count).unwrap_or(i64::MAX))
    }

    fn keep(mut self, count: i64) -> Self {
        let Ok(count) = usize::try_from(count) else {
            return Self { negative: self.negative, ..Self::default() };
        };
        let up = self.digits.get(count).is_some_and(|next| *next >= 5);
        self.digits.truncate(count);
        if up {
            let mut carry = true;
            for digit in self.digits.iter_mut().rev() {
                *digit += 1;
                carry = *digit == 10;
                if !carry {
                    break;
                }
                *digit = 0;
            }
            if carry {
                self.digits.insert(0, 1);
                self.point += 1;
            }
        }
        self.trimmed()
    }

    fn trimmed(mut self) -> Self {
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point = self.point.saturating_sub(i32::try_from(zeros).unwrap_or(i32::MAX));
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
        self
    }

    /// The power of ten of its first digit: 0 for 4.6, 2 for 180.
    pub fn power(&self) -> i32 {
        if self.is_zero() { 0 } else { self.point - 1 }
    }

    /// How many digits stand after the point.
    pub fn places(&self) -> usize {
        usize::try_from(i64::try_from(self.digits.len()).unwrap_or(0) - i64::from(self.point)).unwrap_or(0)
    }

    /// The digits before the point, none for 0.
    pub fn whole(&self) -> String {
        let count = usize::try_from(self.point).unwrap_or(0);
        (0..count).map(|at| char::from(b'0' + self.digits.get(at).copied().unwrap_or(0))).collect()
    }

    /// The digit at so many places after the point, from 0.
    pub fn place(&self, place: usize) -> u8 {
        let at = i64::from(self.point) + i64::try_from(place).unwrap_or(i64::MAX / 2);
        usize::try_from(at).ok().and_then(|at| self.digits.get(at)).copied().unwrap_or(0)
    }

    /// As plain digits: `-12.5`, `0.00001`.
    pub fn plain(&self) -> String {
        let whole = self.whole();
        let mut text = String::new();
        if self.negative && !self.is_zero() {
            text.push('-');
        }
        text.push_str(if whole.is_empty() { "0" } else { &whole });
        let places = self.places();
        if places > 0 {
            text.push('.');
            text.extend((0..places).map(|place| char::from(b'0' + self.place(place))));
        }
        text
    }

    /// Its whole part, cut towards zero; none beyond 10^18.
    pub fn whole_number(&self) -> Option<i64> {
        if self.point > 18 {
            return None;
        }
        let whole: i64 = if self.point <= 0 { 0 } else { self.whole().parse().ok()? };
        Some(if self.negative { -whole } else { whole })
    }

    /// What is behind the point, in units of 10^-places, cut off.
    pub fn fraction(&self, places: usize) -> i128 {
        (0..places.min(36)).fold(0, |sum, place| sum * 10 + i128::from(self.place(place)))
    }
}

fn digit(byte: u8) -> Option<u8> {
    byte.is_ascii_digit().then(|| byte - b'0')
}

/// A whole number of any size, in limbs of nine decimal digits, the lowest first.
struct Large(Vec<u64>);

const LIMB: u64 = 1_000_000_000;

impl From<u64> for Large {
    fn from(value: u64) -> Self {
        Self(vec![value % LIMB, value / LIMB % LIMB, value / LIMB / LIMB])
    }
}

impl Large {
    /// By a factor under 2^31, so that no limb overflows.
    fn multiply(&mut self, factor: u64) {
        let mut carry = 0;
        for limb in &mut self.0 {
            let product = *limb * factor + carry;
            *limb = product % LIMB;
            carry = product / LIMB;
        }
        while carry > 0 {
            self.0.push(carry % LIMB);
            carry /= LIMB;
        }
    }

    fn digits(&self) -> Vec<u8> {
        self.0.iter().rev().flat_map(|limb| format!("{limb:09}").into_bytes()).filter_map(digit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_numbers_become_the_digits_that_excel_shows() {
        for (bits, expected) in [
            (0x4012_6666_6666_6666_u64, "4.6"),
            (0x3fd3_3333_3333_3334, "0.3"),
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x4066_8000_0000_0000, "180"),
            (0x3ff0_147a_e147_ae14, "1.005"),
            (0x3ee4_f8b5_88e3_68f1, "0.00001"),
            (0xc029_0000_0000_0000, "-12.5"),
            (0x4202_a05f_2000_0000, "10000000000"),
        ] {
            assert_eq!(Decimal::from_bits(bits).map(|number| number.plain()).as_deref(), Some(expected), "{bits:x}");
        }
        assert_eq!(Decimal::from_bits(0x7ff0_0000_0000_0000), None);
        let largest = Decimal::from_bits(0x7fef_ffff_ffff_ffff).map(|number| number.plain());
        assert_eq!(largest.map(|text| (text.len(), text[..16].to_owned())), Some((309, "1797693134862320".to_owned())));
        let smallest = Decimal::from_bits(1).map(|number| number.plain());
        assert!(smallest.is_some_and(|text| text.starts_with("0.000") && text.ends_with("494065645841247")));
    }

    #[test]
    fn written_numbers_lose_what_is_beyond_fifteen_digits_and_nothing_else() {
        for (text, expected) in [
            ("4.5999999999999996", "4.6"),
            ("0.30000000000000004", "0.3"),
            ("1E-05", "0.00001"),
            ("1.5e3", "1500"),
            ("-0.000", "0"),
            ("9999999999999999", "10000000000000000"),
            ("123456789012345", "123456789012345"),
            (".5", "0.5"),
            ("5.", "5"),
        ] {
            assert_eq!(Decimal::parse(text).map(|number| number.plain()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", ".", "1e999", "abc", "1,000", "0x10", "1e", "--1"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}
