//! Which way a number without a sign is meant (指标方向): 100个 is a least, 30分钟 to answer a call and 0起 are most.
//!
//! Where neither way is sure, the direction stays open and the person says it: a wrong score costs more than a question.

use super::Aspect;
use super::words::Senses;
use crate::engine::cells::Cells;
use crate::id::ScoringKind;
use crate::number::{Comparator, Dimension, Quantity, Reading, Unit};

/// How a number bounds what is to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// 不低于
    AtLeast,
    /// 不超过
    AtMost,
    /// 等于
    Equal,
    /// Not to be told: the person says it.
    Open,
}

/// What a direction was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// The target's own sign.
    Sign,
    /// 计分方式 as the person chose it.
    Chosen,
    /// 指标性质: 正向 or 反向.
    Column,
    /// The indicator's own name: 不超过, 至少.
    Name,
    /// A target of 0.
    Zero,
    /// A time to be kept to.
    Time,
    /// A cost.
    Cost,
    /// Counts and rates, where nothing else is said.
    Usual,
    /// The name says something nobody wants: a ceiling, or a count of it.
    Unwanted,
    /// A rate or an amount that is meant neither to be high nor to be low.
    Balanced,
    /// A time that may be meant to be long.
    Lasting,
    /// Sign and 指标性质 contradict each other.
    Contradiction,
}

/// How a number counts, and what says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadAs {
    pub direction: Direction,
    pub because: Because,
}

/// The direction that a chosen way of scoring gives a number whose sign does not say it.
pub(super) fn chosen(kind: ScoringKind, target: &Reading) -> Option<ReadAs> {
    let Reading::Quantity(quantity) = target else { return None };
    let direction = match kind {
        ScoringKind::HigherBetter | ScoringKind::Satisfaction => Direction::AtLeast,
        ScoringKind::LowerBetter => Direction::AtMost,
        ScoringKind::Equal => Direction::Equal,
        ScoringKind::Open
        | ScoringKind::Range
        | ScoringKind::Deadline
        | ScoringKind::YesNo
        | ScoringKind::Tier
        | ScoringKind::Execution
        | ScoringKind::Rule
        | ScoringKind::Manual
        | ScoringKind::Deduction
        | ScoringKind::Bonus
        | ScoringKind::NotApplicable => return None,
    };
    (!super::is_said(direction, quantity.comparator)).then_some(ReadAs { direction, because: Because::Chosen })
}

/// How the number of a target counts.
pub(super) fn of(cells: &Cells<'_>, quantity: &Quantity, aspect: Aspect, senses: Senses) -> ReadAs {
    let read = |direction, because| ReadAs { direction, because };
    let said = |column| {
        let said = Senses::of(cells.typed(column).text());
        match (said.has(Senses::HIGHER), said.has(Senses::LOWER)) {
            (true, false) => Some(Direction::AtLeast),
            (false, true) => Some(Direction::AtMost),
            (_, _) => None,
        }
    };
    let column = said(cells.def.at.direction).or_else(|| said(cells.def.at.sign));
    let signed = match quantity.comparator {
        Some(Comparator::AtLeast | Comparator::MoreThan) => Some(Direction::AtLeast),
        Some(Comparator::AtMost | Comparator::LessThan) => Some(Direction::AtMost),
        Some(Comparator::Equal) | None => None,
    };
    match (signed, column) {
        (Some(signed), Some(column)) if signed != column => return read(Direction::Open, Because::Contradiction),
        (Some(signed), _) => return read(signed, Because::Sign),
        (None, _) if quantity.number.is_zero() => return read(Direction::AtMost, Because::Zero),
        (None, Some(column)) => return read(column, Because::Column),
        (None, None) => {}
    }
    let bare = Bare { quantity, aspect, senses };
    if quantity.comparator == Some(Comparator::Equal) {
        // =3天 is kept to in 2天, and =30万元 is no duty to spend it. Anything else is met by what is asked for.
        let limit = bare.limit().filter(|limit| limit.direction == Direction::AtMost && limit.because != Because::Name);
        return limit.unwrap_or(read(Direction::Equal, Because::Sign));
    }
    let text = cells.typed(cells.def.at.target).text();
    bare.limit().filter(|_| !is_round_the_clock(text, quantity)).unwrap_or_else(|| bare.count(text))
}

/// 7×24小时: how long something is open, and no time to be kept to.
fn is_round_the_clock(text: &str, quantity: &Quantity) -> bool {
    text.contains(['*', '×', '＊', 'x', 'X', '✕']) && quantity.unit.dimension().is_some_and(Dimension::is_time)
}

/// A number that has no sign.
struct Bare<'a> {
    quantity: &'a Quantity,
    aspect: Aspect,
    senses: Senses,
}

impl Bare<'_> {
    /// The direction of times and of money, and what the name says itself.
    fn limit(&self) -> Option<ReadAs> {
        let has = |sense| self.senses.has(sense);
        let read = |direction, because| Some(ReadAs { direction, because });
        match (has(Senses::AT_LEAST), has(Senses::AT_MOST)) {
            (true, false) => return read(Direction::AtLeast, Because::Name),
            (false, true) => return read(Direction::AtMost, Because::Name),
            (_, _) => {}
        }
        if self.is_time() {
            return match (has(Senses::SHORTER), has(Senses::LASTING)) {
                (false, true) if self.is_limited() => read(Direction::Open, Because::Lasting),
                (_, _) if self.is_limited() => read(Direction::AtMost, Because::Time),
                (true, false) => read(Direction::AtMost, Because::Time),
                (_, _) => None,
            };
        }
        self.is_money().then(|| self.money()).flatten()
    }

    fn money(&self) -> Option<ReadAs> {
        let has = |sense| self.senses.has(sense);
        let read = |direction, because| Some(ReadAs { direction, because });
        if has(Senses::SAVING) {
            return None;
        }
        match self.aspect {
            // What is paid by a standard is not better for being less.
            Aspect::Cost if has(Senses::STANDARD) => read(Direction::Open, Because::Balanced),
            Aspect::Cost => read(Direction::AtMost, Because::Cost),
            aspect if has(Senses::COSTLY) && !aspect.is_benefit() => read(Direction::Open, Because::Balanced),
            _ => None,
        }
    }

    /// The direction of everything that is counted or is a rate: the more the better, unless the name says otherwise.
    fn count(&self, text: &str) -> ReadAs {
        let has = |sense| self.senses.has(sense);
        let read = |direction, because| ReadAs { direction, because };
        if is_round_the_clock(text, self.quantity) {
            read(Direction::Open, Because::Lasting)
        } else if has(Senses::BALANCED) || (self.aspect == Aspect::Cost && has(Senses::SHARE) && !has(Senses::SAVING)) {
            read(Direction::Open, Because::Balanced)
        } else if has(Senses::UNWANTED) && !has(Senses::TURNED) {
            read(Direction::Open, Because::Unwanted)
        } else if self.aspect == Aspect::Cost && self.quantity.unit == Unit::None && has(Senses::CONTROLLED) && !has(Senses::RATE)
        {
            read(Direction::Open, Because::Balanced)
        } else {
            read(Direction::AtLeast, Because::Usual)
        }
    }

    /// Whether times are limits here, whatever the name says.
    fn is_limited(&self) -> bool {
        matches!(self.aspect, Aspect::Timeliness | Aspect::Cost)
    }

    /// A length of time, or a number that the name calls one.
    fn is_time(&self) -> bool {
        let has = |sense| self.senses.has(sense);
        match &self.quantity.unit {
            Unit::None => has(Senses::TIME) && !has(Senses::RATE) && (self.aspect == Aspect::Timeliness || has(Senses::SHORTER)),
            Unit::Percent | Unit::Money(_) => false,
            // Times are rare elsewhere, so a unit is looked up only where it would make a difference.
            unit @ Unit::Other { .. } => {
                (self.is_limited() || has(Senses::SHORTER)) && unit.dimension().is_some_and(Dimension::is_time)
            }
        }
    }

    /// Money, money for each of something, or a bare number where the indicator is a cost.
    fn is_money(&self) -> bool {
        let has = |sense| self.senses.has(sense);
        match &self.quantity.unit {
            Unit::Money(_) => true,
            Unit::Percent => false,
            Unit::None => self.aspect == Aspect::Cost && !has(Senses::RATE) && !has(Senses::CONTROLLED),
            Unit::Other { name, .. } if name.is_empty() => self.aspect == Aspect::Cost && !has(Senses::RATE),
            Unit::Other { name, .. } => name.starts_with('元'),
        }
    }
}
