//! Rates (比率): one formula each, for the calculator. A rate is a form of a few cells with one computed result, so that reading,
//! computing, explaining and comparing are the engine's own.

use super::{Band, CellKind, Expr, Form, Grades, Profile, RelationKind, Role, SourceId};
use crate::id::CellId;
use crate::prelude::*;

/// A rate or a score with its formula, what it is divided by, and where it comes from.
#[derive(Clone, Debug)]
pub struct Rate {
    /// F1, F4b: how the formula is cited; unique.
    pub number: String,
    /// 预算执行率
    pub name: String,
    /// The part of the list that it stands in: 资金, 得分.
    pub group: String,
    pub form: Rc<Form>,
    /// The rules by which its score or rounding goes.
    pub profile: Rc<Profile>,
    /// What is typed, in the order of the screen.
    pub inputs: Vec<RateInput>,
    /// The computed cell.
    pub result: CellId,
    /// Whether amounts may be typed in 元 as well as in 万元, as the person likes.
    pub free_unit: bool,
    /// 分母, in words, where something is divided.
    pub base: Option<String>,
    /// What has to be known when it is used.
    pub note: Option<String>,
    pub checks: Vec<RateCheck>,
    /// What the value is called from a lower bound on, best first, e.g. 绿灯 from 80%.
    pub bands: Option<Grades>,
    pub source: SourceId,
}

/// One number that a rate is computed from.
#[derive(Clone, Debug)]
pub struct RateInput {
    pub id: String,
    pub cell: CellId,
    pub label: String,
    pub kind: CellKind,
    /// What to type, where the label does not say it.
    pub hint: Option<String>,
    /// The meaning by which it may be taken from a table.
    pub role: Option<Role>,
    /// May stay blank.
    pub optional: bool,
    /// The input that must be filled together with this one.
    pub with: Option<String>,
}

/// Something to be said where a relation does not hold.
#[derive(Clone, Debug)]
pub struct RateCheck {
    pub left: Expr,
    pub kind: RelationKind,
    pub right: Expr,
    pub say: String,
}

impl Rate {
    pub fn input(&self, id: &str) -> Option<&RateInput> {
        self.inputs.iter().find(|input| input.id == id)
    }

    /// Whether it reads or gives money, so that the unit matters.
    pub fn has_amounts(&self) -> bool {
        let result = self.result.kind(&self.form);
        self.inputs.iter().map(|input| input.kind).chain([result]).any(|kind| kind == CellKind::Amount)
    }

    /// What the value is called.
    pub fn band(&self, value: crate::number::Exact) -> Option<&Band> {
        super::grade_of(self.bands.as_ref()?, value)
    }
}
