//! Chinese numerals, as `[DBNum1]` to `[DBNum3]` show them.

use super::Numerals;
use crate::prelude::*;

impl Numerals {
    fn digits(self) -> [char; 10] {
        match self {
            Self::Plain => ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
            Self::Formal => ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
            Self::Wide => ['０', '１', '２', '３', '４', '５', '６', '７', '８', '９'],
        }
    }

    fn units(self) -> [&'static str; 4] {
        match self {
            Self::Plain | Self::Wide => ["", "十", "百", "千"],
            Self::Formal => ["", "拾", "佰", "仟"],
        }
    }

    /// Digit by digit: 2020 is 二〇二〇.
    pub fn spelt(self, text: &str) -> String {
        let digits = self.digits();
        let spell = |letter: char| letter.to_digit(10).and_then(|digit| digits.get(usize::try_from(digit).ok()?).copied());
        text.chars().map(|letter| spell(letter).unwrap_or(letter)).collect()
    }

    /// As it is said: 31 is 三十一, 1200 is 一千二百; digit by digit behind the point.
    pub fn said(self, text: &str) -> String {
        let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
        let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
        if whole.is_empty() || whole.len() > 16 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.spelt(text);
        }
        let mut said = sign.to_owned();
        said.push_str(&self.said_whole(whole));
        if let Some(fraction) = fraction {
            said.push('.');
            said.push_str(&self.spelt(fraction));
        }
        said
    }

    fn said_whole(self, whole: &str) -> String {
        let digits: Vec<usize> = whole.bytes().map(|byte| usize::from(byte - b'0')).collect();
        let mut said = String::new();
        let mut zero = false;
        let mut group_used = false;
        for (at, digit) in digits.iter().enumerate() {
            let left = digits.len() - 1 - at;
            if *digit == 0 {
                zero = true;
            } else {
                if zero && !said.is_empty() {
                    said.push(if self == Self::Wide { '０' } else { self.zero() });
                }
                zero = false;
                group_used = true;
                // 十二, not 一十二, but 壹拾贰.
                let silent = self == Self::Plain && *digit == 1 && left % 4 == 1 && said.is_empty();
                if !silent {
                    said.extend(self.digits().get(*digit));
                }
                said.extend(self.units().get(left % 4).copied());
            }
            if left.is_multiple_of(4) {
                if group_used {
                    said.push_str(match left / 4 {
                        1 => "万",
                        2 => "亿",
                        3 => "兆",
                        _ => "",
                    });
                }
                group_used = false;
            }
        }
        if said.is_empty() {
            said.push(self.zero());
        }
        said
    }

    fn zero(self) -> char {
        match self {
            Self::Plain => '〇',
            Self::Formal => '零',
            Self::Wide => '０',
        }
    }
}
