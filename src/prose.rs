//! Prose (文字): what official prose says in numbers, read back into facts, so that report and table can be compared.
//!
//! [`read`] takes any text and finds amounts, rates, scores, grades, years, counts with what they list, names of projects, costs of
//! other years and numbered headings, each with its place in the text. A number carries what it is about (预算, 支付, 执行率, 得分 …),
//! whose year it is, and whether it stands for the whole. In doubt it carries nothing: a check may then not use it.
//! Text in 【】 is bound to the table and is not read. Nothing here fails, and time grows with the length of the text.

mod bonus;
mod costs;
mod grades;
mod headings;
mod lists;
mod missing;
mod names;
mod numbers;
pub mod official;
mod parts;
mod plain;
mod reasons;
mod time;
mod words;

use crate::number::{Quantity, Unit};
use crate::prelude::*;
use core::ops::Range;

pub use bonus::{Bonus, bonus};
pub use headings::{Numbering, NumberingKind};
pub use names::same_name;
pub use official::Slip;
pub use parts::{Part, is_blank_to_fill, parts};
pub use reasons::{explains_adjustment, explains_spending, is_reason};
pub use words::{grade_family, topics};

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// In the order of the text.
    pub facts: Vec<Fact>,
    /// What is wrong with the numbers of the headings, in the order of the text.
    pub numbering: Vec<Numbering>,
    /// What is not written as offices write it, in the order of the text.
    pub slips: Vec<Slip>,
    /// How many blanks ＿＿ are left to fill in.
    pub blanks: usize,
    /// Units without a number before them, with some of what stands there: 占%.
    pub missing: Vec<String>,
}

/// One thing that a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Where it stands: bytes of the text, between characters.
    pub at: Range<usize>,
    /// The sentence it stands in, counted from 0: up to a full stop, semicolon or line break.
    pub sentence: u32,
    pub year: Year,
    pub topic: Option<Topic>,
    pub scope: Scope,
    pub kind: FactKind,
}

/// What kind of thing it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// 48.48万元: the unit is money.
    Amount(Quantity),
    /// 46%
    Percent(Quantity),
    /// 2个百分点
    PercentagePoints(Quantity),
    /// 85分
    Score(Quantity),
    /// 7个, with the unit as written.
    Count(Quantity),
    /// 良好
    Grade(String),
    /// 2021年, 2020-2022年度; the same year twice for one.
    Years(u16, u16),
    /// 7个机房（甲、乙……）: how many are stated, and the fewest and the most that the brackets may list.
    Listing { stated: u32, fewest: u32, most: u32 },
    /// A name that the text gives to the project it is about.
    Project(String),
    /// 《…》
    Title(String),
    /// 2019年的费用: what was paid for a year, with the year of payment and the amount where they are stated.
    Cost { year: u16, paid: Option<u16>, amount: Option<Quantity> },
}

/// What a number is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// 预算安排、批复、下达
    Budget,
    /// 年初预算
    InitialBudget,
    /// 全年预算、调整后预算
    AdjustedBudget,
    /// 到位
    Received,
    /// 支付、支出、使用、执行
    Executed,
    /// 结余
    Balance,
    /// 合同、协议约定
    Contract,
    /// 执行率
    ExecutionRate,
    /// 到位率
    ReceiptRate,
    /// 完成率
    CompletionRate,
    /// 自评得分、总分、平均得分
    TotalScore,
}

/// Whose year a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    Unstated,
    /// 2021年
    In(u16),
    /// 本年 0, 上年 -1, 次年 1
    Relative(i8),
    /// Several years, or a span.
    Several,
}

/// How much of the matter a number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// 共、总、合计、全年
    Whole,
    /// Not said: the number follows its word directly.
    Plain,
    /// A name stands between the word and the number: 支付设备款20万元. It may be all, or one of several.
    Item,
    /// 其中、分别、一笔, or on a day of the year.
    Part,
    /// Roughly given, planned, compared, or about other accounts: not to be held against a table.
    Loose,
}

/// Reads a text.
pub fn read(text: &str) -> Prose {
    let plain = plain::Plain::new(text);
    let mut facts = Vec::new();
    let mut walked = numbers::Walked::default();
    for sentence in plain.sentences() {
        walked = numbers::read(&sentence, &walked, &mut facts);
        costs::read(&sentence, &walked, &mut facts);
        grades::read(&sentence, &walked, &mut facts);
        names::read(&sentence, &mut facts);
        lists::read(&sentence, &mut facts);
    }
    facts.order_by(|fact| fact.at.start);
    let blanks = parts(text).iter().filter(|part| matches!(part, Part::Blank(_))).count();
    Prose { facts, numbering: headings::read(&plain), slips: official::slips(text), blanks, missing: missing::read(&plain) }
}

impl Fact {
    /// The number, where it is one.
    pub fn quantity(&self) -> Option<&Quantity> {
        match &self.kind {
            FactKind::Amount(quantity)
            | FactKind::Percent(quantity)
            | FactKind::PercentagePoints(quantity)
            | FactKind::Score(quantity)
            | FactKind::Count(quantity) => Some(quantity),
            FactKind::Grade(_)
            | FactKind::Years(..)
            | FactKind::Listing { .. }
            | FactKind::Project(_)
            | FactKind::Title(_)
            | FactKind::Cost { .. } => None,
        }
    }

    /// The fact as it is written, with what stands before it in its clause, or the last words of that, on one line.
    pub fn quote(&self, text: &str) -> String {
        const BEFORE: usize = 14;
        let before = text.get(..self.at.start).unwrap_or_default();
        let mut from = self.at.start;
        let mut count = 0;
        for (at, char) in before.char_indices().rev() {
            if plain::is_pause(char) || count == BEFORE {
                break;
            }
            (from, count) = (at, count + 1);
        }
        let cut = count == BEFORE && !text.get(..from).unwrap_or_default().ends_with(plain::is_pause);
        // The quotation mark that closes a grade.
        let behind = text.get(self.at.end..).unwrap_or_default();
        let closing = behind.chars().next().filter(|next| matches!(next, '”' | '’' | '」' | '》')).map_or(0, char::len_utf8);
        let words = text.get(from..self.at.end + closing).unwrap_or_default().chars().filter(|char| !char.is_whitespace());
        cut.then_some('…').into_iter().chain(words).collect()
    }
}

/// A plain number of a named unit.
fn other(number: rust_decimal::Decimal, magnitude: u8, name: &str) -> Quantity {
    Quantity { comparator: None, number, unit: Unit::Other { magnitude: crate::number::Magnitude(magnitude), name: name.into() } }
}
