//! The cells of one indicator row, by meaning instead of by column, as they were typed.

use crate::document::{CellId, Row, Typed};
use crate::id::ScoringKind;
use crate::number::{Reading, Unit, read};
use crate::prelude::*;
use crate::template::{ColumnIndex, Profile, ScoreRule, TableDef, TableIndex, Template};
use alloc::borrow::Cow;

/// One indicator row as it stands on the page, before anything is computed.
#[derive(Clone, Copy)]
pub struct Cells<'a> {
    pub template: &'a Template,
    pub table: TableIndex,
    pub def: &'a TableDef,
    pub row: &'a Row,
}

impl<'a> Cells<'a> {
    pub fn profile(&self) -> &'a Profile {
        &self.template.profile
    }

    pub fn id(&self, column: Option<ColumnIndex>) -> CellId {
        CellId::Row { table: self.table, row: self.row.id, column: column.unwrap_or(ColumnIndex::MAX) }
    }

    pub fn typed(&self, column: Option<ColumnIndex>) -> &'a Typed {
        self.row.cell_at(column)
    }

    /// 三级指标
    pub fn name(&self) -> &'a str {
        self.typed(self.def.at.indicator).text()
    }

    /// 指标值, put together where the form prints its sign and its unit apart.
    pub(super) fn read_target(&self) -> Cow<'a, Reading> {
        let at = &self.def.at;
        let own = self.typed(at.target);
        if at.sign.is_none() && at.unit.is_none() {
            return Cow::Borrowed(own.reading());
        }
        let (sign, unit) = (self.typed(at.sign).text().trim(), self.typed(at.unit).text().trim());
        let plain = matches!(own.reading(), Reading::Quantity(quantity) if quantity.comparator.is_none());
        if !plain || (sign.is_empty() && unit.is_empty()) {
            return Cow::Borrowed(own.reading());
        }
        // 定性 is no sign, and a number that brings its unit needs none.
        let joined = [format!("{sign}{}{unit}", own.text()), format!("{sign}{}", own.text()), format!("{}{unit}", own.text())];
        let read = joined.iter().map(|text| read(text)).find(|reading| matches!(reading, Reading::Quantity(_)));
        read.map_or(Cow::Borrowed(own.reading()), Cow::Owned)
    }

    /// 完成值 with its unit, where the form prints that apart.
    pub(super) fn joined_actual(&self) -> Option<Reading> {
        let unit = self.typed(self.def.at.actual_unit).text().trim();
        let own = self.typed(self.def.at.actual);
        let bare = |reading: &Reading| matches!(reading, Reading::Quantity(quantity) if quantity.unit == Unit::None);
        if unit.is_empty() || !bare(own.reading()) {
            return None;
        }
        Some(read(&format!("{}{unit}", own.text()))).filter(|reading| matches!(reading, Reading::Quantity(_)))
    }

    /// The rule of the form that the row names.
    pub fn rule(&self) -> Option<&'a ScoreRule> {
        self.def.rule(self.typed(self.def.at.kind).text())
    }

    pub fn actual(&self) -> &'a Reading {
        self.typed(self.def.at.actual).reading()
    }

    /// Whether the score is given directly, and not converted from a typed 单项得分.
    pub fn score_alone(&self) -> bool {
        self.typed(self.def.at.single).is_blank()
    }

    /// 计分方式 as the person chose it, where the choice is known.
    pub fn chosen(&self) -> Option<ScoringKind> {
        let text = self.typed(self.def.at.kind).text();
        if text.is_empty() {
            return None;
        }
        if self.rule().is_some() {
            return Some(ScoringKind::Rule);
        }
        ScoringKind::ALL.into_iter().find(|kind| kind.id() == text)
    }

    /// Nothing but the names that the form gives: a row of the skeleton that was not used.
    pub fn is_unused(&self) -> bool {
        let at = &self.def.at;
        let blank = |column: Option<ColumnIndex>| self.typed(column).is_blank();
        if self.def.fixed {
            return false;
        }
        blank(at.target) && blank(at.actual) && blank(at.weight) && blank(at.score) && is_placeholder(self.name())
    }

    /// Points, but no values in a table that prints values: the heading of the rows that follow, if any do.
    pub(super) fn is_heading(&self) -> bool {
        let at = &self.def.at;
        let blank = |column: Option<ColumnIndex>| self.typed(column).is_blank();
        let pointed = !blank(at.weight) || !blank(at.score);
        let printed = !self.def.fixed && at.indicator.is_some() && (at.target.is_some() || at.actual.is_some());
        printed && pointed && blank(at.target) && blank(at.actual)
    }

    /// Whether it names no indicator.
    pub(super) fn is_nameless(&self) -> bool {
        is_placeholder(self.name())
    }

    /// Declared not applicable: by its kind, or by a stroke where a score, a value or an indicator would stand.
    pub fn is_not_applicable(&self) -> bool {
        let at = &self.def.at;
        let stroke = |column: Option<ColumnIndex>| matches!(self.typed(column).reading(), Reading::NotApplicable);
        let is_number = |column: Option<ColumnIndex>| matches!(self.typed(column).reading(), Reading::Quantity(_));
        let scored = is_number(at.score) || is_number(at.single);
        // Where the score stands, a stroke says it of the whole row, whatever way of scoring was chosen.
        let without_score = !scored && (stroke(at.score) || stroke(at.single));
        match (self.chosen(), self.rule()) {
            (_, Some(rule)) if rule.full_without => without_score,
            (Some(ScoringKind::Rule) | None, _) => {
                without_score || !scored && (stroke(at.actual) || stroke(at.target) || stroke(at.indicator))
            }
            // A chosen way that measures has nothing to measure.
            (Some(kind), _) if kind.measures() => without_score || !scored && stroke(at.actual),
            (Some(kind), _) => kind == ScoringKind::NotApplicable || without_score,
        }
    }

    /// Whether the form asks for no 完成值 here: it has no such column, leaves it free, or the row declares that it has no target.
    pub fn is_free_of_actual(&self) -> bool {
        let at = &self.def.at;
        let free = at.actual.and_then(|column| self.def.column(column)).is_none_or(|column| column.optional);
        free || self.typed(at.target).reading() == &Reading::NotApplicable
    }
}

/// Blank, or only the numbering that forms print (`指标1：`, `……`).
fn is_placeholder(text: &str) -> bool {
    let rest = text
        .trim()
        .trim_start_matches("指标")
        .trim_start_matches(|char: char| char.is_ascii_digit() || "０１２３４５６７８９".contains(char));
    rest.trim_matches(['：', ':', '.', '…', '．', ' ', '　']).is_empty()
}
