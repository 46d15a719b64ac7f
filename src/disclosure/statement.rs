//! What the sentences of a document say in numbers, and what each was held against.

use super::figure::Key;
use crate::id::Severity;
use crate::number::Exact;
use crate::prelude::*;

/// An amount, a rate or a count of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The paragraph, and the bytes of the number in it.
    pub block: usize,
    pub at: (usize, usize),
    pub printed: String,
    /// The number with the words before it.
    pub quote: String,
    pub kind: StatementKind,
    /// In 元, in percent, or as counted.
    pub value: Exact,
    /// One of its last printed digit.
    pub last: Exact,
    /// Of its unit: 4 for 万元.
    pub power: u32,
    pub key: Option<Key>,
    pub standing: Standing,
    pub against: Option<Against>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatementKind {
    Amount,
    /// 比上年增加…
    Change,
    /// 增长…%
    Growth,
    /// 占…%
    Share,
    /// 完成预算的…%
    Done,
    Count,
}

impl StatementKind {
    pub const ALL: [StatementKind; 6] = [
        StatementKind::Amount,
        StatementKind::Change,
        StatementKind::Growth,
        StatementKind::Share,
        StatementKind::Done,
        StatementKind::Count,
    ];

    /// Stable code.
    pub fn id(self) -> &'static str {
        match self {
            StatementKind::Amount => "D03",
            StatementKind::Change => "D04",
            StatementKind::Growth => "D05",
            StatementKind::Share => "D06",
            StatementKind::Done => "D07",
            StatementKind::Count => "D08",
        }
    }
}

/// How a number stands against what it was held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Right,
    /// Rounding explains it, or its last digits were cut off.
    Tail,
    Wrong,
    /// 存疑: words leave open what it is, or two sentences disagree.
    Doubt,
    /// 未关联: nothing to hold it against.
    Unbound,
}

/// What a number was held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// The same figure in a table, by its position.
    Figure(usize),
    /// The same amount in another sentence, by its position.
    Statement(usize),
    /// A sum of other amounts of the text.
    Sum { parts: Vec<usize>, sum: Exact },
    /// This year's amount less last year's.
    Change { now: Exact, before: Exact },
    /// Change ÷ (value − change), in percent.
    Growth { value: Exact, change: Exact, computed: Exact },
    /// Part ÷ whole, in percent.
    Quotient { of: Exact, over: Exact, computed: Exact },
    /// The base is 0, so there is no rate.
    NoBase,
    /// 大于, 小于, 持平 beside numbers that say otherwise: how the one stands to the other.
    Compared(core::cmp::Ordering),
    /// The change of the other side would make last year's totals differ: income, expenditure.
    LastYear { income: Exact, expenditure: Exact },
    /// A count or a mean that does not fit what stands beside it: another number of the text.
    Beside(usize),
    /// The rate of a whole outside those of its parts.
    Between { least: Exact, most: Exact },
    /// A year that is not the one before.
    Year { said: u16, expected: u16 },
    /// With the unit of the others, 10^`power` 元, it is the sum that it should be.
    Unit { power: u32 },
    /// Shares that are paid one after the other, in percent: together they are 100.
    Instalments(Exact),
    /// 全部拨付, where another number of the text says less.
    Claim { said: String, other: usize },
    /// The price of a contract times the share before it, in 元.
    Due(Exact),
    /// What was paid together, and the contract that it nearly is, in 元.
    Payments { sum: Exact, whole: Exact },
    /// What was planned less what was spent, in 元.
    LeftOver(Exact),
    /// By how many 百分点 two rates differ.
    Points(Exact),
    /// 减少 with a negative number behind it.
    Negative,
    /// A change behind 持平.
    Level,
    /// The grade that a score has by the bands of 90, 80 and 60.
    Grade(&'static str),
    /// An item that no table names, with the items of its group that no sentence names.
    NoSuchItem(Vec<String>),
}

/// What the document lacks as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    pub kind: GapKind,
    /// Where it is announced, or where the table begins.
    pub block: usize,
    /// 支出决算表
    pub table: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// Named in the contents, and not there.
    Absent,
    /// Without figures, and without a sentence that there are none.
    Unexplained,
}

impl GapKind {
    /// Stable code of all of them.
    pub const CODE: &'static str = "D10";
}

/// Words that a template left behind, or signs that were forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remnant {
    pub block: usize,
    pub kind: RemnantKind,
    pub quote: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemnantKind {
    /// XX, 增加（减少）
    Template,
    /// A rate without its sign.
    NoPercent,
    /// 0.39万
    NoUnit,
    /// 大于 or 小于 without a reason.
    NoReason,
    /// 677,00万元: a comma that parts no thousands.
    Separator,
    /// Named in the contents, and no chapter.
    Chapter,
    /// A chapter's number left out, or given twice.
    Numbering,
    /// Last year in the heading of a chapter.
    Year,
}

/// How much of the text could be held against something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub right: usize,
    pub wrong: usize,
    pub doubt: usize,
    pub unbound: usize,
}

impl Standing {
    /// How grave it is; `None` where there is nothing to say.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Standing::Wrong => Some(Severity::Error),
            Standing::Doubt => Some(Severity::Warning),
            Standing::Tail => Some(Severity::Info),
            Standing::Right | Standing::Unbound => None,
        }
    }
}

impl RemnantKind {
    /// Stable code of all of them.
    pub const CODE: &'static str = "D09";
}
