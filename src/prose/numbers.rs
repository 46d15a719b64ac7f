//! Numbers in prose, with their units and what they are about.

use super::plain::{Sentence, head, is_pause, tail};
use super::time;
use super::words;
use super::{Fact, FactKind, Scope, Topic, Year, other};
use crate::number::{MAGNITUDES, Magnitude, Quantity, Unit, leading_number};
use crate::prelude::*;
use core::ops::Range;
use rust_decimal::Decimal;

/// How far back a number is looked for its word: thirty characters.
const REACH: usize = 90;

/// How far back a sentence is looked at for what it is about.
const SENTENCE: usize = 600;

/// What other readers of the sentence need to know.
#[derive(Default)]
pub(super) struct Walked {
    pub years: Vec<YearAt>,
    /// Amounts with their place in the sentence.
    pub amounts: Vec<(Range<usize>, Quantity)>,
    /// It speaks about the accounts of a department, and its full stop is still to come.
    in_accounts: bool,
}

pub(super) struct YearAt {
    pub at: Range<usize>,
    pub year: Year,
    dated: bool,
}

impl Walked {
    /// The year that governs a place: the last one named before it in the sentence.
    pub fn year_before(&self, at: usize) -> Year {
        self.years.iter().rev().find(|year| year.at.end <= at).map_or(Year::Unstated, |year| year.year)
    }
}

struct Walk<'a> {
    sentence: &'a Sentence<'a>,
    walked: Walked,
    /// How many of the years were known when the last number ended.
    known: usize,
    /// Where the search for words before a number ends: the clause, the last number, a title, a bound field.
    barrier: usize,
    /// The sentence speaks about the accounts of a department; not looked up yet where no number asked.
    accounts: Option<bool>,
}

const RELATIVE: &[(&str, i8)] = &[
    ("本年度", 0),
    ("当年度", 0),
    ("本年", 0),
    ("当年", 0),
    ("今年", 0),
    ("上一年度", -1),
    ("上年度", -1),
    ("上年", -1),
    ("去年", -1),
    ("次年", 1),
    ("下年度", 1),
    ("下年", 1),
    ("翌年", 1),
];

/// Reads the numbers of a sentence. `before` is what the sentence before left.
pub(super) fn read(sentence: &Sentence<'_>, before: &Walked, facts: &mut Vec<Fact>) -> Walked {
    // Only amounts and rates ask, and the sentences of one full stop speak about one thing.
    let goes_on = sentence.text.ends_with([';', '；']);
    let accounts = (before.in_accounts || goes_on).then(|| before.in_accounts || words::has_any(sentence.text, words::ACCOUNTS));
    let mut walk = Walk { sentence, walked: Walked::default(), known: 0, barrier: 0, accounts };
    let mut at = 0;
    while let Some(rest) = sentence.text.get(at..)
        && let Some(char) = rest.chars().next()
    {
        at += match char {
            '0'..='9' => walk.digits(at, rest, facts),
            'a'..='z' | 'A'..='Z' => letters(rest),
            '《' | '【' | '〔' | '[' => walk.quoted(char, at, rest, facts),
            '本' | '当' | '今' | '上' | '去' | '次' | '下' | '翌' => walk.relative(char, at, rest),
            char => {
                if is_pause(char) {
                    walk.barrier = at + char.len_utf8();
                }
                char.len_utf8()
            }
        };
    }
    walk.walked.in_accounts = goes_on && accounts == Some(true);
    walk.walked
}

/// A word in letters takes the digits behind it along: IPv6, S5328.
fn letters(rest: &str) -> usize {
    rest.bytes().take_while(u8::is_ascii_alphanumeric).count()
}

impl Walk<'_> {
    fn push(&self, facts: &mut Vec<Fact>, at: Range<usize>, year: Year, topic: Option<Topic>, scope: Scope, kind: FactKind) {
        let (at, sentence) = (self.sentence.original(at), self.sentence.number);
        facts.push(Fact { at, sentence, year, topic, scope, kind });
    }

    /// Titles, bound fields and the years of document numbers: nothing inside is a fact of its own.
    fn quoted(&mut self, open: char, at: usize, rest: &str, facts: &mut Vec<Fact>) -> usize {
        let (close, most) = match open {
            '《' => ('》', 300),
            '【' => ('】', 600),
            '〔' => ('〕', 24),
            _ => (']', 24),
        };
        let Some(length) = head(rest, most).find(close).map(|found| found + close.len_utf8()) else { return open.len_utf8() };
        if open == '《' || open == '【' {
            self.barrier = at + length;
        }
        if open == '《'
            && let Some(title) = rest.get(open.len_utf8()..length - close.len_utf8()).filter(|title| !title.is_empty())
        {
            let title = FactKind::Title(title.to_owned());
            self.push(facts, at..at + length, Year::Unstated, None, Scope::Plain, title);
        }
        length
    }

    fn relative(&mut self, char: char, at: usize, rest: &str) -> usize {
        let found = RELATIVE.iter().find(|(word, _)| rest.starts_with(word));
        // 以上年限 is no year.
        let Some((word, by)) = found.filter(|_| !tail(self.before(at), 3).ends_with('以')) else { return char.len_utf8() };
        let year = YearAt { at: at..at + word.len(), year: Year::Relative(*by), dated: false };
        self.walked.years.push(year);
        word.len()
    }

    /// The words before a place that may say what it is, at most back to the barrier.
    fn before(&self, at: usize) -> &str {
        tail(self.sentence.text.get(self.barrier..at).unwrap_or_default(), REACH)
    }

    /// Reads digits and gives the number of bytes that are done with.
    fn digits(&mut self, at: usize, rest: &str, facts: &mut Vec<Fact>) -> usize {
        let ordinal = self.sentence.text.get(..at).is_some_and(|before| before.ends_with('第'));
        if let Some((time, length)) = time::read(rest).filter(|_| !ordinal) {
            if let Some((from, to)) = time.years {
                let year = if from == to { Year::In(from) } else { Year::Several };
                self.walked.years.push(YearAt { at: at..at + length, year, dated: time.dated });
                self.push(facts, at..at + length, year, None, Scope::Plain, FactKind::Years(from, to));
            } else {
                // A month without a year belongs to the year named before it.
                let year = self.walked.year_before(at);
                self.walked.years.push(YearAt { at: at..at + length, year, dated: time.dated });
            }
            return length;
        }
        let length = number_length(rest);
        let number = rest.get(..length).and_then(leading_number).filter(|(_, left)| left.is_empty());
        let behind = rest.get(length..).unwrap_or_default();
        let used = match number {
            Some((number, _)) if !ordinal => self.number(at, length, number, behind, facts),
            Some(_) | None => 0,
        };
        let done = length + used.max(skip(behind));
        self.barrier = at + done;
        self.known = self.walked.years.len();
        done
    }

    /// Takes a number with its unit as a fact; gives the bytes of the unit.
    fn number(&mut self, at: usize, length: usize, number: Decimal, behind: &str, facts: &mut Vec<Fact>) -> usize {
        let before = self.before(at).to_owned();
        let ranged = matches!(&*before, "至" | "到");
        let signed = ['-', '~', '*', '/', '.', ':'].iter().any(|sign| {
            let place = before.strip_suffix(*sign);
            // A colon introduces a number, but not between two.
            place.is_some_and(|place| *sign != ':' || place.is_empty())
        });
        let rough = strip_rough(behind);
        let Some((kind, used)) = unit(number, rough) else {
            return self.bare_score(at, length, number, behind, &before, facts);
        };
        let used = behind.len() - rough.len() + used;
        let after = behind.get(used..).unwrap_or_default();
        let range = at..at + length + used;
        let so_far = tail(self.sentence.text.get(..at).unwrap_or_default(), SENTENCE);
        let named = match &kind {
            FactKind::Amount(_) => words::amount(&before, head(after, 30)),
            FactKind::Percent(_) => words::rate(&before).map(|topic| (topic, true)),
            FactKind::Score(_) => total(&before, so_far).map(|topic| (topic, true)),
            FactKind::PercentagePoints(_)
            | FactKind::Count(_)
            | FactKind::Grade(_)
            | FactKind::Years(..)
            | FactKind::Listing { .. }
            | FactKind::Project(_)
            | FactKind::Title(_)
            | FactKind::Cost { .. } => None,
        };
        let topic = named.map(|(topic, _)| topic);
        let about = topic.is_some_and(|topic| topic != Topic::TotalScore) && self.is_about_accounts();
        // Where nothing says what a number is, nothing may ask how much of it.
        let mut scope = if topic.is_some() { words::scope(&before, so_far) } else { words::looseness(&before) };
        if scope == Scope::Plain && named.is_some_and(|(_, direct)| !direct) {
            scope = Scope::Item;
        }
        let bounded = used > 0 && words::strip_any(after, words::ROUGH_AFTER).is_some();
        if signed || ranged || rough.len() != behind.len() || bounded || about || is_range(after) {
            scope = Scope::Loose;
        }
        // 合同约定支付100万元 is to be paid in time, and 100%的目标 to be reached.
        let to_come = topic == Some(Topic::Executed) && before.contains("约定");
        if to_come || words::strip_any(after, &["的目标", "为目标", "的要求"]).is_some() {
            scope = Scope::Loose;
        }
        let (year, dated) = self.year();
        if (dated || after.starts_with("用于")) && scope != Scope::Loose {
            scope = Scope::Part;
        }
        if let FactKind::Amount(quantity) = &kind {
            self.walked.amounts.push((range.clone(), quantity.clone()));
        }
        self.push(facts, range, year, topic, scope, kind);
        used
    }

    /// 自评得分：85, without 分.
    fn bare_score(
        &mut self,
        at: usize,
        length: usize,
        number: Decimal,
        behind: &str,
        before: &str,
        facts: &mut Vec<Fact>,
    ) -> usize {
        let ends = behind.chars().next().is_none_or(|char| is_pause(char) || char == '、' || char == ')');
        let so_far = tail(self.sentence.text.get(..at).unwrap_or_default(), SENTENCE);
        if let Some(topic) = total(before, so_far).filter(|_| ends) {
            let kind = FactKind::Score(other(number, 0, "分"));
            let scope = words::scope(before, so_far);
            self.push(facts, at..at + length, self.year().0, Some(topic), scope, kind);
        }
        0
    }

    fn is_about_accounts(&mut self) -> bool {
        *self.accounts.get_or_insert_with(|| words::has_any(self.sentence.text, words::ACCOUNTS))
    }

    /// The year of the number that stands here: the one named since the last number, else the last one named in the sentence.
    fn year(&self) -> (Year, bool) {
        let fresh = self.walked.years.get(self.known..).unwrap_or_default();
        let Some(last) = self.walked.years.last() else { return (Year::Unstated, false) };
        let one = fresh.iter().all(|year| year.year == last.year);
        (if one { last.year } else { Year::Several }, last.dated)
    }
}

/// The score of the whole, and not of an indicator or of full marks.
fn total(before: &str, so_far: &str) -> Option<Topic> {
    let full = so_far.contains("满分") && !so_far.contains("满分100") && !so_far.contains("满分为100");
    words::score(before).filter(|_| !full && !words::has_any(so_far, words::INDICATORS))
}

/// Digits with groups of three and decimals: 480,000.50. A comma before anything else ends a clause.
fn number_length(text: &str) -> usize {
    let run = |from: usize| text.get(from..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let mut length = run(0);
    if length <= 3 && !text.starts_with('0') {
        while text.get(length..).is_some_and(|rest| rest.starts_with(',')) && run(length + 1) == 3 {
            length += 4;
        }
    }
    // 2.2018年 is a heading and a year.
    let behind = text.get(length..).and_then(|rest| rest.strip_prefix('.'));
    let decimals =
        behind.filter(|rest| time::read(rest).is_none_or(|(time, _)| time.years.is_none())).map_or(0, |_| run(length + 1));
    length + if decimals > 0 { decimals + 1 } else { 0 }
}

/// What may follow a number that is no fact, so that its rest is not read as another number: 7*24, 1.2.3, 10:30.
fn skip(behind: &str) -> usize {
    let joined = behind.strip_prefix(['*', '.', ':', '/', '~', '-']).filter(|rest| time::read(rest).is_none());
    let digits = joined.map_or(0, |rest| rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count());
    if digits > 0 { digits + 1 } else { 0 }
}

fn is_range(after: &str) -> bool {
    words::strip_any(after, &["-", "~", "至", "到"]).is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// 余, 多, 几 make a number rough, behind the digits or behind their 万.
fn strip_rough(behind: &str) -> &str {
    behind.strip_prefix(['余', '多', '几', '来']).unwrap_or(behind)
}

/// Units that count things.
const CLASSIFIERS: &[&str] = &[
    "个",
    "家",
    "台",
    "条",
    "项",
    "处",
    "所",
    "次",
    "类",
    "种",
    "名",
    "座",
    "辆",
    "套",
    "间",
    "部",
    "份",
    "批",
    "人",
    "户",
    "件",
    "亩",
    "公里",
    "平方米",
    "米",
    "吨",
    "小时",
    "天",
    "年",
    "例",
    "株",
    "头",
    "只",
    "场",
    "期",
    "册",
    "篇",
    "村",
    "镇",
    "乡",
    "县",
];

/// What 分 begins that is no score.
const NOT_POINTS: &[&str] =
    &["钟", "之", "别", "公司", "局", "析", "类", "配", "项", "期", "批", "两", "段", "布", "级", "支", "行", "制", "为", "成"];

/// The unit behind a number: what kind of fact it makes, and the bytes it takes.
fn unit(number: Decimal, text: &str) -> Option<(FactKind, usize)> {
    let taken = |rest: &str| text.len() - rest.len();
    if let Some(rest) = text.strip_prefix('%') {
        return Some((FactKind::Percent(Quantity { comparator: None, number, unit: Unit::Percent }), taken(rest)));
    }
    if let Some(rest) = words::strip_any(text, &["个百分点", "百分点"]) {
        return Some((FactKind::PercentagePoints(other(number, 0, "百分点")), taken(rest)));
    }
    if let Some(rest) = text.strip_prefix('分').filter(|rest| words::strip_any(rest, NOT_POINTS).is_none()) {
        return Some((FactKind::Score(other(number, 0, "分")), taken(rest)));
    }
    let named = MAGNITUDES.iter().find_map(|(word, power)| Some((text.strip_prefix(word)?, *power)));
    let (rest, power) = named.unwrap_or((text, 0));
    // 840余万件: the rough word may stand behind 万 too, and leaves the unit.
    let rest = strip_rough(rest);
    let money = |rest| {
        let unit = Unit::Money(Magnitude(power));
        Some((FactKind::Amount(Quantity { comparator: None, number, unit }), taken(rest)))
    };
    if let Some(rest) = rest.strip_prefix('元').filter(|rest| !rest.starts_with(['月', '旦', '/'])) {
        return money(rest);
    }
    if power >= 4 && ends_amount(rest) {
        return money(rest);
    }
    let classifier = CLASSIFIERS.iter().find(|word| rest.starts_with(**word))?;
    let rest = rest.strip_prefix(classifier)?;
    Some((FactKind::Count(other(number, power, classifier)), taken(rest)))
}

/// Whether a bare 万 is money: 支付82万，结余98万。 But 3万册 and 2万多 are not.
fn ends_amount(rest: &str) -> bool {
    rest.chars().next().is_none_or(|char| {
        is_pause(char)
            || char.is_ascii_digit()
            || matches!(char, '、' | ')' | '是' | '为' | '用' | '资' | '已' | '的' | '(' | ':')
    })
}
