//! What each column of a section holds, by the words over it and by what stands in it.

use super::lay::Lay;
use super::value::Value;
use super::words::{self, AROUND, Name, has};
use crate::number::{self, Reading, Unit};
use crate::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Names, remarks.
    Words,
    /// 序号
    Order,
    /// 科目编码
    Code,
    /// 年度, 日期
    Time,
    Amount,
    /// 数量, which adds up down a column and never with amounts.
    Quantity,
    /// 天数, 次数
    Times,
    /// 单价, 标准
    Price,
    Rate,
}

impl Kind {
    pub fn is_figure(self) -> bool {
        match self {
            Kind::Amount | Kind::Quantity | Kind::Times | Kind::Price | Kind::Rate => true,
            Kind::Words | Kind::Order | Kind::Code | Kind::Time => false,
        }
    }

    /// Whether figures of one column may be added up.
    pub fn adds_up(self) -> bool {
        matches!(self, Kind::Amount | Kind::Quantity | Kind::Times)
    }
}

pub(super) struct Column {
    /// Column of the grid.
    pub at: usize,
    /// The titles over it, from the top down.
    pub path: Vec<Name>,
    /// As people read it: 合计 of 基本支出 is 基本支出·合计.
    pub text: String,
    pub kind: Kind,
    /// What its title says, or for amounts what stands above the table.
    pub unit: Option<Unit>,
    /// Whether its own title names a unit.
    pub own_unit: bool,
    /// Whether 其中 stands over it: figures of it are parts of what stands before.
    pub part: bool,
    /// Whether any words stand in it.
    pub worded: bool,
}

impl Column {
    pub fn leaf(&self) -> Option<&Name> {
        self.path.last()
    }

    /// The titles above its own.
    pub fn above(&self) -> &[Name] {
        self.path.split_last().map_or(&[][..], |(_, above)| above)
    }

    /// All titles in one.
    pub fn whole(&self) -> Name {
        let keys: Vec<&str> = self.path.iter().map(|name| name.key.as_str()).collect();
        Name { key: keys.join("/"), inside: self.path.iter().flat_map(|name| name.inside.clone()).collect() }
    }
}

pub(super) fn columns(lay: &Lay<'_>, head: &[usize], body: &[usize], stated: Option<&Unit>) -> Vec<Column> {
    let mut columns: Vec<Column> = (0..lay.columns)
        .map(|at| {
            let (path, text) = path(lay, head, at);
            let own = path.iter().rev().flat_map(|name| &name.inside).find_map(|inside| unit(inside));
            let counts = counts(lay, body, at);
            let kind = kind(lay, body, at, &path, own.as_ref(), &counts);
            let money = matches!(kind, Kind::Amount | Kind::Price);
            let (own_unit, unit) = (own.is_some(), own.or_else(|| stated.filter(|_| money).cloned()));
            let part = path.iter().any(words::is_part);
            Column { at, path, text, kind, unit, own_unit, part, worded: counts.words > 0 }
        })
        .collect();
    // Beside a price, what is counted in 人 or 亩 is its quantity.
    if columns.iter().any(|column| column.kind == Kind::Price) {
        let counted =
            |column: &&mut Column| column.kind == Kind::Amount && column.own_unit && column.unit.as_ref().is_some_and(is_count);
        columns.iter_mut().filter(counted).for_each(|column| column.kind = Kind::Quantity);
    }
    columns
}

fn is_count(unit: &Unit) -> bool {
    unit.dimension().is_some_and(number::Dimension::is_amount)
}

/// 万元 as a unit; nothing for words that are none.
pub(super) fn unit(text: &str) -> Option<Unit> {
    let text = text.split([',', ';', '、', '，', '；']).next().unwrap_or_default();
    if text.is_empty() || text.chars().count() > 8 || text.chars().any(|char| char.is_ascii_digit()) {
        return None;
    }
    let Reading::Quantity(quantity) = number::read(&format!("1{text}")) else { return None };
    match &quantity.unit {
        Unit::None => None,
        Unit::Other { .. } if quantity.unit.dimension() == Some(number::Dimension::Word) => None,
        unit => Some(unit.clone()),
    }
}

/// The titles over a column. Where a title is not merged over the columns that it stands for, those to its right have it too.
fn path(lay: &Lay<'_>, head: &[usize], at: usize) -> (Vec<Name>, String) {
    let mut path: Vec<Name> = Vec::new();
    let mut texts: Vec<&str> = Vec::new();
    let mut seen: Vec<(usize, usize)> = Vec::new();
    for (position, row) in head.iter().enumerate() {
        let is_last = position + 1 == head.len();
        let own = lay.cell(*row, at).filter(|cell| !has(&cell.name.key, AROUND) || cell.name.key.chars().count() <= 2);
        let lower = || head.iter().skip(position + 1).any(|row| lay.cell(*row, at).is_some());
        let left = || {
            let near = (0..at).rev().take(24).find_map(|column| lay.cell(*row, column))?;
            let plain = near.to_column - near.column == 1 && near.to_row - near.row == 1 && near.is_words();
            // A title with nothing below it has only its own column.
            let headed = head.get(position + 1).is_some_and(|below| lay.own(*below, near.column).is_some());
            (plain && headed && path.is_empty()).then_some(near)
        };
        let Some(cell) = own.or_else(|| if !is_last && lower() { left() } else { None }) else { continue };
        if cell.to_column - cell.column >= lay.columns && lay.columns > 1 || seen.contains(&(cell.row, cell.column)) {
            continue;
        }
        seen.push((cell.row, cell.column));
        path.push(cell.name.clone());
        texts.push(cell.text);
    }
    let text = texts.iter().map(|text| text.split_whitespace().collect::<String>()).collect::<Vec<_>>().join("·");
    (path, text)
}

/// What stands in a column.
#[derive(Default)]
struct Counts {
    numbers: usize,
    words: usize,
    percents: usize,
    whole: usize,
    years: usize,
    /// Numbers that are one more than the one above.
    steps: usize,
    /// Whole numbers of at least three digits without a sign between them.
    codes: usize,
}

fn counts(lay: &Lay<'_>, body: &[usize], at: usize) -> Counts {
    let mut counts = Counts::default();
    let mut last: Option<i128> = None;
    for row in body {
        let Some(cell) = lay.own(*row, at) else { continue };
        match &cell.value {
            Value::Number(number) => {
                counts.numbers += 1;
                counts.percents += usize::from(number.percent);
                let whole = number.decimals() == 0 && !number.percent && number.power == 0;
                let digits = cell.text.chars().all(|char| char.is_ascii_digit());
                counts.whole += usize::from(whole);
                counts.codes += usize::from(whole && digits && cell.text.len() >= 3);
                counts.years += usize::from(whole && number::is_year(cell.text) && cell.text.chars().count() <= 6);
                let own = whole.then(|| number.printed.mantissa());
                counts.steps += usize::from(own.zip(last).is_some_and(|(own, last)| own == last + 1));
                last = own;
            }
            Value::Words => counts.words += 1,
            Value::Blank | Value::Nothing | Value::Covered => {}
        }
    }
    counts
}

fn kind(lay: &Lay<'_>, body: &[usize], at: usize, path: &[Name], unit: Option<&Unit>, counts: &Counts) -> Kind {
    let leaf = path.last().map_or("", |name| name.key.as_str());
    let short = leaf.chars().count() <= 6;
    if short && has(leaf, words::ORDER) && counts.words <= counts.numbers {
        return Kind::Order;
    }
    if has(leaf, words::CODE) {
        return Kind::Code;
    }
    if counts.numbers == 0 || counts.words > counts.numbers {
        return Kind::Words;
    }
    if short && has(leaf, words::TIME) && !has(leaf, words::TIMES) || leaf == "年度" || leaf == "年" || leaf == "月份" {
        return Kind::Time;
    }
    if leaf.is_empty() || matches!(leaf, "项目" | "科目" | "类" | "款" | "项" | "功能科目" | "预算科目") {
        if counts.years == counts.numbers {
            return Kind::Time;
        }
        if at == 0 && counts.whole == counts.numbers && counts.numbers > 1 && counts.steps + 1 >= counts.numbers {
            return Kind::Order;
        }
    }
    let is_code = |share: usize| counts.codes * share >= counts.numbers * (share - 1) && counts.numbers > 1;
    let names_behind =
        || (at + 1..at + 3).any(|next| body.iter().any(|row| lay.own(*row, next).is_some_and(|cell| cell.is_words())));
    if at <= 2
        && (matches!(leaf, "类" | "款" | "项") || is_code(8) && (leaf.is_empty() || has(leaf, words::NAMES)) && names_behind())
    {
        return Kind::Code;
    }
    let whole = path.iter().map(|name| name.key.as_str()).collect::<String>();
    let of_change = path.len() > 1 && has(&whole, words::CHANGE) && words::RATE_LEAF.contains(&leaf);
    // 同比增减额 is an amount.
    let amount = leaf.ends_with('额')
        || leaf.ends_with('数') && !leaf.ends_with("指数") && !leaf.ends_with("系数") && !leaf.ends_with("倍数");
    let percent = unit == Some(&Unit::Percent) || counts.percents * 2 > counts.numbers;
    if percent || of_change || has(leaf, words::RATE) && !amount {
        return Kind::Rate;
    }
    if has(leaf, words::PRICE) {
        return Kind::Price;
    }
    if has(leaf, words::TIMES) {
        return Kind::Times;
    }
    if has(leaf, words::QUANTITY) { Kind::Quantity } else { Kind::Amount }
}
