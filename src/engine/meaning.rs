//! What a row of an indicator table is (指标含义): what it measures, how it is scored, and which way a number without a sign is meant.
//! Decided once for each row, from words that are data (`templates/words.toml`); scoring, checks, explanations and the printed row read it.

mod direction;
mod words;

pub use direction::{Because, Direction, ReadAs};
use words::Senses;

use super::cells::Cells;
use super::groups::Rows;
use super::levels::Levels;
use crate::document::Row;
use crate::id::ScoringKind;
use crate::number::{Comparator, Reading};
use crate::prelude::*;
use crate::template::{Role, SatisfactionRule, TableDef, TableIndex, TableRole, Template};
use alloc::borrow::Cow;

/// What an indicator measures (指标类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// 数量
    Quantity,
    /// 质量
    Quality,
    /// 时效
    Timeliness,
    /// 成本
    Cost,
    /// 产出, where no more is said
    Output,
    /// 经济效益
    Economic,
    /// 社会效益
    Social,
    /// 生态效益
    Ecological,
    /// 可持续影响
    Sustained,
    /// 效益, where no more is said
    Benefit,
    /// 满意度
    Satisfaction,
    /// 扣分项
    Deduction,
    /// 加分项
    Bonus,
    /// Nothing that the words tell.
    Other,
}

impl Aspect {
    /// What the name of a level says.
    pub fn of_level(name: &str) -> Aspect {
        words::of_level(name)
    }

    /// Whether it is one of the benefits (效益指标).
    pub fn is_benefit(self) -> bool {
        match self {
            Aspect::Economic | Aspect::Social | Aspect::Ecological | Aspect::Sustained | Aspect::Benefit => true,
            Aspect::Quantity
            | Aspect::Quality
            | Aspect::Timeliness
            | Aspect::Cost
            | Aspect::Output
            | Aspect::Satisfaction
            | Aspect::Deduction
            | Aspect::Bonus
            | Aspect::Other => false,
        }
    }
}

/// What one row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// What it measures: by its 二级指标, where that tells nothing by its 一级指标, and where no level does by its own name.
    pub aspect: Aspect,
    /// What its 一级指标 says.
    pub section: Aspect,
    /// How it is scored.
    pub kind: ScoringKind,
    /// How its number counts, where the target's own sign does not say it; `None` for everything else.
    pub read_as: Option<ReadAs>,
    /// Prints the points of the rows that follow, and no values of its own.
    pub is_group: bool,
    /// What its own name says about its number.
    senses: Senses,
    /// 指标值, put together where the form prints its sign and its unit apart.
    target: Option<Rc<Reading>>,
    /// 完成值, put together where the form prints its unit apart.
    actual: Option<Rc<Reading>>,
}

impl Meaning {
    /// Of a row that is no indicator.
    pub const NONE: Meaning = Meaning {
        aspect: Aspect::Other,
        section: Aspect::Other,
        kind: ScoringKind::Manual,
        read_as: None,
        is_group: false,
        senses: Senses::NEUTRAL,
        target: None,
        actual: None,
    };

    /// 指标值, where it is put together from several cells.
    pub(super) fn target(&self) -> Option<&Reading> {
        self.target.as_deref()
    }

    /// 完成值, where it is put together from several cells.
    pub(super) fn actual(&self) -> Option<&Reading> {
        self.actual.as_deref()
    }

    /// Whether it is about satisfaction (满意度), by its levels or by its own name.
    pub(super) fn is_satisfaction(&self, name: &str) -> bool {
        [self.aspect, self.section].contains(&Aspect::Satisfaction) || words::of_name(name) == Aspect::Satisfaction
    }

    /// Whether its own name is that of a rate, so that a bare number in it is a percentage.
    pub(super) fn names_rate(&self) -> bool {
        self.senses.has(Senses::RATE)
    }

    /// Whether its own name speaks of the money of a project, and of no rate of it.
    pub(super) fn names_funds(&self) -> bool {
        self.senses.has(Senses::FUNDS) && !self.names_rate()
    }

    /// Whether its own name says that it is the execution of the budget (预算执行率).
    pub(super) fn names_execution(&self) -> bool {
        self.senses.has(Senses::EXECUTION)
    }

    /// Whether its own name says that it is what the whole project cost (项目总成本), and not a share or a saving of it.
    pub(super) fn names_whole_cost(&self) -> bool {
        self.senses.has(Senses::WHOLE) && !self.senses.has(Senses::RATE.and(Senses::SAVING).and(Senses::SHARE))
    }
}

/// Whether the words of an actual value say that nothing happened: 未发生.
pub(super) fn says_nothing(text: &str) -> bool {
    words::is_nothing(text.trim().trim_end_matches('。'))
}

/// What each row of a table is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meanings {
    rows: Vec<Meaning>,
}

impl Meanings {
    /// Of a table without indicators.
    pub const NONE: Meanings = Meanings { rows: Vec::new() };

    /// Reads every row of a table.
    pub fn of(template: &Template, table: TableIndex, def: &TableDef, rows: &[Rc<Row>], levels: &Levels) -> Meanings {
        if def.role != TableRole::Indicators {
            return Meanings::NONE;
        }
        let all = Rows { template, table, def, rows, levels };
        // Rows of one level follow one another, so its name is read once for all of them.
        let (mut section, mut second) = (Named::NONE, Named::NONE);
        let read = |(position, row): (usize, &Rc<Row>)| {
            let cells = Cells { template, table, def, row };
            let (level1, level2) = levels.names(def, rows, position);
            let (section, second) = (section.read(level1), second.read(level2));
            let own = if second == Aspect::Other { section } else { second };
            let named = own == Aspect::Other && level1.trim().is_empty() && level2.trim().is_empty();
            let aspect = if named { words::of_name(cells.name()) } else { own };
            let meaning = meaning(&cells, aspect, section, Senses::of(cells.name()));
            Meaning { is_group: !all.members(position).is_empty(), ..meaning }
        };
        Meanings { rows: rows.iter().enumerate().map(read).collect() }
    }

    pub fn row(&self, position: usize) -> &Meaning {
        const NONE: &Meaning = &Meaning::NONE;
        self.rows.get(position).unwrap_or(NONE)
    }
}

/// A level's name that was read last, and what it says.
struct Named<'a> {
    name: &'a str,
    aspect: Aspect,
}

impl<'a> Named<'a> {
    const NONE: Named<'static> = Named { name: "", aspect: Aspect::Other };

    fn read(&mut self, name: &'a str) -> Aspect {
        if self.name != name {
            *self = Named { name, aspect: Aspect::of_level(name) };
        }
        self.aspect
    }
}

fn meaning(cells: &Cells<'_>, aspect: Aspect, section: Aspect, senses: Senses) -> Meaning {
    let (target, joined) = match cells.read_target() {
        Cow::Borrowed(target) => (target, None),
        Cow::Owned(target) => (cells.typed(cells.def.at.target).reading(), Some(Rc::new(target))),
    };
    let reading = joined.as_deref().unwrap_or(target);
    let (kind, read_as) = kind(cells, reading, aspect, section, senses);
    let actual = cells.joined_actual().map(Rc::new);
    Meaning { aspect, section, kind, read_as, is_group: false, senses, target: joined, actual }
}

/// How a row is scored: as chosen, or read from what its cells say.
fn kind(cells: &Cells<'_>, target: &Reading, aspect: Aspect, section: Aspect, senses: Senses) -> (ScoringKind, Option<ReadAs>) {
    match cells.chosen() {
        // What a chosen way measures may not be there.
        Some(_) | None if cells.is_not_applicable() => return (ScoringKind::NotApplicable, None),
        Some(kind) => return (kind, direction::chosen(kind, target)),
        None => {}
    }
    let at = &cells.def.at;
    if [aspect, section].contains(&Aspect::Deduction) {
        return (ScoringKind::Deduction, None);
    }
    if [aspect, section].contains(&Aspect::Bonus) {
        return (ScoringKind::Bonus, None);
    }
    if is_execution(cells) {
        return (ScoringKind::Execution, None);
    }
    if at.target.is_none() || at.actual.is_none() {
        // A rubric prints no values: the score is the reviewer's word.
        return (ScoringKind::Manual, None);
    }
    match target {
        Reading::Quantity(quantity) => {
            let read_as = direction::of(cells, quantity, aspect, senses);
            let kind = match read_as.direction {
                Direction::AtLeast if is_sloped(cells, aspect, section) => ScoringKind::Satisfaction,
                Direction::AtLeast => ScoringKind::HigherBetter,
                // Nothing can be less than nothing, so =0 is scored as it is written.
                Direction::AtMost if read_as.because == Because::Zero && quantity.comparator.is_some() => ScoringKind::Equal,
                Direction::AtMost => ScoringKind::LowerBetter,
                Direction::Equal => ScoringKind::Equal,
                Direction::Open => ScoringKind::Open,
            };
            (kind, (!is_said(read_as.direction, quantity.comparator)).then_some(read_as))
        }
        Reading::Range { .. } => (ScoringKind::Range, None),
        Reading::Date(_) => (ScoringKind::Deadline, None),
        Reading::Words if words::is_yes_or_no(cells.typed(at.target).text()) => (ScoringKind::YesNo, None),
        Reading::Words => (ScoringKind::Tier, None),
        Reading::Blank | Reading::NotApplicable => (ScoringKind::Manual, None),
    }
}

/// Whether the target's own sign says the direction.
fn is_said(direction: Direction, sign: Option<Comparator>) -> bool {
    match sign {
        Some(Comparator::AtLeast | Comparator::MoreThan) => direction == Direction::AtLeast,
        Some(Comparator::AtMost | Comparator::LessThan) => direction == Direction::AtMost,
        Some(Comparator::Equal) => direction == Direction::Equal,
        None => false,
    }
}

/// 预算执行率 as an indicator, in a form that gives it no row of its own.
fn is_execution(cells: &Cells<'_>) -> bool {
    let form = &cells.template.form;
    form.role(Role::ExecutionScore).is_none()
        && form.role(Role::ExecutedAmount).is_some()
        && cells.name().contains(words::EXECUTION)
}

/// A satisfaction row gets its own kind only where the profile scores it in its own way.
fn is_sloped(cells: &Cells<'_>, aspect: Aspect, section: Aspect) -> bool {
    [aspect, section].contains(&Aspect::Satisfaction)
        && matches!(cells.template.profile.satisfaction, SatisfactionRule::Slope { .. })
}
