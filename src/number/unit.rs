//! Units (计量单位): what a unit measures, and the exact factor between two units of a kind.
//!
//! A number may only be held against another in the same kind of unit: 30分钟 against 1小时 by a factor, 100人 against
//! 1次 not at all. In doubt two units are not comparable, because a wrong score costs more than a question.

mod words;

use core::num::NonZero;

pub(crate) use self::words::MAGNITUDES;
use self::words::{NO_NOUN, UNITS};
use super::exact::{Exact, TooLarge};
use super::lexeme::take_start;
use super::reading::{Magnitude, Quantity, Unit};

/// The kind of thing that a unit measures (计量对象). Units of different kinds are never comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// 比例: % and ‰.
    Share,
    /// 百分点, a difference of shares.
    PercentagePoints,
    /// 分, a score.
    Points,
    /// 倍
    Multiple,
    /// 金额, in 元.
    Money,
    /// 时长 in seconds to weeks. A month has no fixed number of days.
    Duration,
    /// 时长 in months, quarters and years.
    Months,
    /// 工作日, which are not calendar days.
    WorkingDays,
    /// 长度
    Length,
    /// 面积
    Area,
    /// 体积
    Volume,
    /// 质量（重量）
    Mass,
    /// 功率
    Power,
    /// 电量
    Energy,
    /// 带宽
    Bandwidth,
    /// 温度
    Temperature,
    /// 件数: things, counted in 个, 台, 套 and the like.
    Things,
    /// 人数: persons.
    People,
    /// 户数: households, which are neither persons nor companies.
    Households,
    /// 人次: a person each time.
    Visits,
    /// 次数: times, counted in 次, 起, 场 and the like.
    Occasions,
    /// One unit per others: 元/亩, 次/年.
    Rate,
    /// Any other word. Such a unit agrees only with itself.
    Word,
}

impl Dimension {
    /// Whether it is a length of time.
    pub fn is_time(self) -> bool {
        matches!(self, Dimension::Duration | Dimension::Months | Dimension::WorkingDays)
    }

    /// Whether it is a count of whole things, persons or times.
    pub fn is_count(self) -> bool {
        matches!(self, Dimension::Things | Dimension::People | Dimension::Households | Dimension::Visits | Dimension::Occasions)
    }

    /// Whether it is an amount of something, and no time, money, rate or score.
    pub fn is_amount(self) -> bool {
        self.is_count()
            || matches!(
                self,
                Dimension::Length | Dimension::Area | Dimension::Volume | Dimension::Mass | Dimension::Power | Dimension::Energy
            )
    }

    /// Whether words behind a unit of this kind only name what is measured: 亩高标准农田, 名学生.
    fn takes_noun(self) -> bool {
        self.is_count()
            || matches!(
                self,
                Dimension::Money | Dimension::Length | Dimension::Area | Dimension::Volume | Dimension::Mass | Dimension::Word
            )
    }
}

/// Two units that can't be compared, by what they measure; `None` where no unit was typed.
///
/// Both may be of one kind: 名学生 and 名教师, 天 and a number so far off that it may be meant without the 万.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// What the unit to be converted measures.
    pub from: Option<Dimension>,
    /// What the unit wanted measures.
    pub to: Option<Dimension>,
}

impl Unit {
    /// What the unit measures; `None` without a unit, and for a bare 万.
    pub fn dimension(&self) -> Option<Dimension> {
        match self {
            Unit::None => None,
            Unit::Percent => Some(Dimension::Share),
            Unit::Money(_) => Some(Dimension::Money),
            Unit::Other { name, .. } if name.is_empty() => None,
            Unit::Other { name, .. } => Some(Compound::of(name).map_or(Dimension::Word, |compound| compound.dimension())),
        }
    }

    /// The magnitude typed before the unit, 0 for none.
    pub fn magnitude(&self) -> Magnitude {
        match self {
            Unit::None | Unit::Percent => Magnitude(0),
            Unit::Money(magnitude) | Unit::Other { magnitude, .. } => *magnitude,
        }
    }
}

/// The factor that brings a number in `from` to a number in `to`: 60 from 小时 to 分钟, 1/10000 from 亩 to 万亩.
///
/// A side without a unit is in the unit of the other side, so the factor is 1; a bare 万 on one side takes over only
/// the name of the other side's unit.
///
/// # Errors
/// [`Mismatch`] where the two are not comparable.
pub fn in_unit_of(from: &Unit, to: &Unit) -> Result<Exact, Mismatch> {
    if from == to || from == &Unit::None || to == &Unit::None {
        return Ok(Exact::ONE);
    }
    let mismatch = || Mismatch { from: from.dimension(), to: to.dimension() };
    let factor = match (from.name(), to.name()) {
        (Name::Bare, Name::Bare) | (Name::Bare, Name::Typed(_)) | (Name::Typed(_), Name::Bare) => Some(Exact::ONE),
        (Name::Percent, Name::Bare) | (Name::Bare, Name::Percent) => None,
        (Name::Percent, Name::Percent) => Some(Exact::ONE),
        (Name::Percent, Name::Typed(to)) => Compound::of("%").zip(Compound::of(to)).and_then(|(from, to)| from.factor(&to)),
        (Name::Typed(from), Name::Percent) => Compound::of(from).zip(Compound::of("%")).and_then(|(from, to)| from.factor(&to)),
        (Name::Typed(from), Name::Typed(to)) if from == to => Some(Exact::ONE),
        (Name::Typed(from), Name::Typed(to)) => Compound::of(from).zip(Compound::of(to)).and_then(|(from, to)| from.factor(&to)),
    };
    let factor = factor.ok_or_else(mismatch)?;
    scaled(factor, from.magnitude(), to.magnitude()).map_err(|_| mismatch())
}

/// How much is known of the words of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Units of the table and nothing else: 个, 元/人·年.
    Plain,
    /// A unit of the table and what it counts: 名学生.
    Named,
    /// None, a bare 万, or another word.
    Unknown,
}

/// Whether a word is a unit of the table and nothing else.
pub(super) fn is_known(word: &str) -> bool {
    Part::known(word).is_some_and(|part| part.noun.is_empty())
}

/// How much is known of the words of a unit.
pub(super) fn spelling(unit: &Unit) -> Spelling {
    let name = match unit {
        Unit::None => return Spelling::Unknown,
        Unit::Percent | Unit::Money(_) => return Spelling::Plain,
        Unit::Other { name, .. } => name,
    };
    let Some(compound) = Compound::of(name) else { return Spelling::Unknown };
    let mut parts = core::iter::once(&compound.above).chain(compound.below.iter().flatten());
    if parts.clone().any(|part| part.dimension == Dimension::Word) {
        Spelling::Unknown
    } else if parts.all(|part| part.noun.is_empty()) {
        Spelling::Plain
    } else {
        Spelling::Named
    }
}

fn scaled(factor: Exact, from: Magnitude, to: Magnitude) -> Result<Exact, TooLarge> {
    if from == to {
        return Ok(factor);
    }
    let up = factor.checked_mul(Exact::ten_to(u32::from(from.0))?)?;
    up.checked_div(Exact::ten_to(u32::from(to.0))?).map_err(|_| TooLarge)
}

/// How far a number and the one it is held against may lie apart, for a missing 万 to be told from the size alone.
const NEAR: Exact = Exact::from_int(30);

impl Quantity {
    /// The number of this quantity, in the unit of `other`: 60 for 1小时 against 分钟.
    ///
    /// Where one side has no unit and the other has one with 万 or 亿, the size tells whether the number is in 万: both
    /// `5.2` and `52000` against 5万元 are 52000元. Where neither reading, or either, is near, it is not told.
    ///
    /// # Errors
    /// [`Mismatch`] where the two are not comparable.
    pub fn in_unit_of(&self, other: &Quantity) -> Result<Exact, Mismatch> {
        let mismatch = || Mismatch { from: self.unit.dimension(), to: other.unit.dimension() };
        let own = Exact::from_decimal(self.number);
        let factor = in_unit_of(&self.unit, &other.unit)?;
        let power = match (&self.unit, &other.unit) {
            (Unit::None, unit) | (unit, Unit::None) => unit.magnitude(),
            (_, _) => Magnitude(0),
        };
        let number = own.checked_mul(factor).map_err(|_| mismatch())?;
        let wanted = Exact::from_decimal(other.number);
        if power == Magnitude(0) || number.is_zero() || wanted.is_zero() {
            return Ok(number);
        }
        // Without its unit the number may also be in the plain unit; the one with the 万 is then the larger.
        let (from, to) = if self.unit == Unit::None { (Magnitude(0), power) } else { (power, Magnitude(0)) };
        let plain = scaled(number, from, to).map_err(|_| mismatch())?;
        match (is_near(number, wanted), is_near(plain, wanted)) {
            (true, false) => Ok(number),
            (false, true) => Ok(plain),
            (true, true) | (false, false) => Err(mismatch()),
        }
    }
}

fn is_near(left: Exact, right: Exact) -> bool {
    let (left, right) = (left.abs(), right.abs());
    let within = |small: Exact, large: Exact| small.checked_mul(NEAR).is_ok_and(|limit| large <= limit);
    within(left, right) && within(right, left)
}

/// The name of a unit without its magnitude.
enum Name<'a> {
    Bare,
    Percent,
    Typed(&'a str),
}

impl Unit {
    fn name(&self) -> Name<'_> {
        match self {
            Unit::None => Name::Bare,
            Unit::Percent => Name::Percent,
            Unit::Money(_) => Name::Typed("元"),
            Unit::Other { name, .. } if name.is_empty() => Name::Bare,
            Unit::Other { name, .. } => Name::Typed(name),
        }
    }
}

/// A unit by itself: 亩, 名学生.
#[derive(Clone, Copy)]
struct Part<'a> {
    dimension: Dimension,
    /// What one of it is in the first unit of the kind.
    scale: Exact,
    /// What is counted or measured, where it was typed; the whole word of a unit that is not known.
    noun: &'a str,
}

/// The most units that stand under a stroke: 元/人·年 has two.
const MOST_BELOW: usize = 3;

/// A unit per others.
struct Compound<'a> {
    above: Part<'a>,
    below: [Option<Part<'a>>; MOST_BELOW],
}

impl<'a> Compound<'a> {
    /// `None` for a name that is no unit in a form that is known.
    fn of(name: &'a str) -> Option<Self> {
        if let Some(part) = Part::known(name) {
            return Some(Compound { above: part, below: [None; MOST_BELOW] });
        }
        if let Some(part) = Part::either(name) {
            return Some(Compound { above: part, below: [None; MOST_BELOW] });
        }
        let cut = name.find(['/', '每']);
        let (above, below) = cut.and_then(|cut| name.split_at_checked(cut)).unwrap_or((name, ""));
        let mut compound = Compound { above: Part::of(above), below: [None; MOST_BELOW] };
        let mut places = compound.below.iter_mut();
        for word in below.split(['/', '每', '·', '*', '(', ')']).filter(|word| !word.is_empty()) {
            *places.next()? = Some(Part::of(word));
        }
        (!above.is_empty() && !above.contains(['(', ')', '·'])).then_some(compound)
    }

    fn dimension(&self) -> Dimension {
        if self.is_rate() { Dimension::Rate } else { self.above.dimension }
    }

    fn is_rate(&self) -> bool {
        self.below.iter().any(Option::is_some)
    }

    /// The factor to the other unit: part by part, whatever the order of those under the stroke.
    fn factor(&self, to: &Self) -> Option<Exact> {
        let mut factor = self.above.factor(&to.above)?;
        let mut left = to.below;
        for part in self.below.iter().flatten() {
            let (place, by) = left
                .iter_mut()
                .find_map(|place| Some((place.and_then(|other| part.factor(&other))?, place)))
                .map(|(by, place)| (place, by))?;
            *place = None;
            factor = factor.checked_div(by).ok()?;
        }
        left.iter().all(Option::is_none).then_some(factor)
    }
}

impl<'a> Part<'a> {
    /// A word as a unit: known, known behind a 万, or a word of its own.
    fn of(word: &'a str) -> Self {
        let with_power = || {
            let (name, power) = take_start(word, MAGNITUDES)?;
            let part = Part::known(name)?;
            Some(Part { scale: part.scale.checked_mul(Exact::ten_to(u32::from(power)).ok()?).ok()?, ..part })
        };
        Part::known(word).or_else(with_power).unwrap_or(Part { dimension: Dimension::Word, scale: Exact::ONE, noun: word })
    }

    /// A unit of the table, the longest that the word begins with, and the words behind it.
    fn known(word: &'a str) -> Option<Self> {
        let mut best: Option<(&str, Part<'a>)> = None;
        let first = word.as_bytes().first();
        for &(dimension, units) in UNITS {
            for &(unit, above, below) in units {
                // Most are told apart by their first byte.
                if unit.as_bytes().first() == first
                    && best.is_none_or(|(longest, _)| longest.len() < unit.len())
                    && let Some(noun) = word.strip_prefix(unit)
                {
                    let scale = Exact::ratio(above, NonZero::new(below)?);
                    best = Some((unit, Part { dimension, scale, noun }));
                }
            }
        }
        let (unit, part) = best?;
        let spelled_out = !unit.is_ascii() && !NO_NOUN.contains(&unit) && part.dimension.takes_noun();
        let names = spelled_out && !part.noun.starts_with(NO_NOUN_BEGINS) && !part.noun.contains(['/', '(', ')', '·', '每']);
        if part.noun.is_empty() || names { Some(part) } else { None }
    }

    /// 台(套), 处(座): two words for one kind.
    fn either(name: &'a str) -> Option<Self> {
        let (first, rest) = name.split_once('(')?;
        let (first, second) = (Part::known(first)?, Part::known(rest.strip_suffix(')')?)?);
        let same = first.dimension == second.dimension && first.scale == second.scale;
        (same && first.noun.is_empty() && second.noun.is_empty() && first.dimension.is_count()).then_some(first)
    }

    /// The factor to the other unit. Words behind the units must not name different things.
    fn factor(&self, to: &Self) -> Option<Exact> {
        let word = |part: &Self| part.dimension == Dimension::Word;
        let named = self.noun == to.noun && !self.noun.is_empty();
        // 10村 and 10个村.
        if named && (word(self) && to.dimension == Dimension::Things || word(to) && self.dimension == Dimension::Things) {
            return Some(Exact::ONE);
        }
        let nouns = if word(self) { self.noun == to.noun } else { self.noun.ends_with(to.noun) || to.noun.ends_with(self.noun) };
        if self.dimension != to.dimension || !nouns {
            return None;
        }
        self.scale.checked_div(to.scale).ok()
    }
}

/// With these the words behind a unit make another unit of it: 人均, 台次, 人天.
const NO_NOUN_BEGINS: [char; 12] = ['次', '均', '天', '日', '月', '年', '时', '份', '每', '以', '产', '性'];
