use super::meaning::Meaning;
use super::nesting::Nesting;
use super::scoring::ScoringKind;
use super::settled::Settled;
use crate::document::{CellId, RowId};
use crate::finding::Finding;
use crate::id::{HasRowId, RowIndex};
use crate::number::{Agreement, Exact};
use crate::outcome::Outcome;
use crate::prelude::*;
use crate::template::{CellIndex, ColumnIndex, TableIndex};
use rust_decimal::Decimal;

/// Everything that follows from a document: values, scores, totals, grade and findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// One for each fixed cell of the form; `None` where the cell has no formula.
    pub cells: Vec<Option<CellEval>>,
    /// One list for each table of the form, in the order of its rows.
    pub tables: Vec<Vec<Rc<RowEval>>>,
    /// Absent where the form gives no points.
    pub score: Option<Score>,
    /// What the grade is read from: the total, or the mean of several years.
    pub graded: Option<Decimal>,
    /// How far the work has come. Without it, nothing found would read as nothing wrong.
    pub progress: Progress,
    pub findings: Vec<Finding>,
    /// What every cell counts as, as entered.
    pub(crate) settled: Rc<Settled>,
    /// Where rows stand, by id.
    pub(crate) index: RowIndex,
}

/// How far the work has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Whether anything stands there that a check can look at: a number, a value or prose that the form itself does not give.
    pub checked: bool,
    /// What is still to be filled in, in the order of the form.
    pub open: Vec<CellId>,
}

/// What may be said of a document, beside what was found in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 未核对: nothing stands there that could be checked.
    Unchecked,
    /// 已填部分已核对: so many places are still to be filled in.
    Partial(usize),
    /// 已核对: everything is filled in.
    Complete,
}

impl Progress {
    pub fn standing(&self) -> Standing {
        match (self.checked, self.open.len()) {
            (false, _) => Standing::Unchecked,
            (true, 0) => Standing::Complete,
            (true, open) => Standing::Partial(open),
        }
    }
}

/// A computed cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellEval {
    /// Unrounded, from what stands on the page. Amounts in 元, rates as ratios.
    pub computed: Outcome,
    /// Unrounded, with everything recomputed.
    pub by_rule: Outcome,
    /// Rounded as the profile says, in printed units: amounts in the unit of the table, percent, points.
    pub shown: Option<Decimal>,
    /// How the typed number agrees, where there are both.
    pub agreement: Option<Agreement>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowEval {
    pub row: RowId,
    pub state: RowState,
    pub kind: ScoringKind,
    /// What the row is.
    pub meaning: Meaning,
    /// 分值, where it counts into that of the table; not applicable for 扣分项 and 加分项.
    pub weight: Outcome,
    /// 得分 as typed.
    pub claimed: Outcome,
    /// 建议得分, unrounded.
    pub suggested: Outcome,
    pub suggested_shown: Option<Decimal>,
    /// 定性: the lowest and the highest score of the tier.
    pub interval: Option<(Decimal, Decimal)>,
    /// What counts in the total as entered.
    pub counted: Outcome,
    /// What counts in the total by rule.
    pub by_rule: Outcome,
    pub agreement: Option<Agreement>,
    /// 超额完成达到偏离上限
    pub over: bool,
    /// Other computed cells of the row.
    pub cells: Vec<(ColumnIndex, CellEval)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    Scored,
    /// 不适用, declared or (where the profile says so) blank.
    NotApplicable,
    /// A row of the skeleton that was not used.
    Unused,
    /// 扣分项: carries no weight.
    Deduction,
    /// 加分项: carries no weight.
    Bonus,
    /// 合计: the sum of other rows.
    Sum,
    /// A row of a table without points.
    Plain,
}

/// Points of the whole form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    pub entered: Totals,
    pub by_rule: Totals,
    /// 分值合计, execution included; blank where no weight is printed.
    pub weight: Outcome,
    pub indicator_weight: Outcome,
    pub execution_weight: Outcome,
    /// 不适用指标的分值
    pub not_applicable_weight: Exact,
    pub levels: Vec<LevelSubtotal>,
}

/// One way of adding up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    pub indicators: Outcome,
    pub execution: Outcome,
    /// Indicators and execution, plain.
    pub sum: Outcome,
    /// The sum after rescaling and the execution gate; blank before every score is there.
    pub total: Outcome,
    /// The total rounded as the profile says; as entered the typed one, where the scores give none. Absent before there is something to
    /// grade.
    pub shown: Option<Decimal>,
    /// Position of the band of that total in the profile.
    pub grade: Option<usize>,
    /// The execution gate that lowered the total.
    pub gate: Option<Exact>,
    pub rescaled: bool,
    /// Scores that are still to be given before there is a total.
    pub missing: Vec<CellId>,
}

/// 一级指标小计
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelSubtotal {
    pub table: TableIndex,
    pub name: String,
    /// Points printed in the level's own name, such as 50 in 产出指标（50分）.
    pub printed: Option<Exact>,
    pub weight: Outcome,
    pub entered: Outcome,
    pub by_rule: Outcome,
    /// Its rows by their position in the table.
    pub positions: Vec<usize>,
    /// Points of what does not apply.
    pub not_applicable: Exact,
}

impl HasRowId for RowEval {
    fn row_id(&self) -> RowId {
        self.row
    }
}

impl Evaluation {
    pub fn cell(&self, at: CellIndex) -> Option<&CellEval> {
        self.cells.get(usize::from(at)).and_then(Option::as_ref)
    }

    pub fn rows(&self, table: TableIndex) -> &[Rc<RowEval>] {
        self.tables.get(usize::from(table)).map_or(&[], Vec::as_slice)
    }

    /// The tree of a table's rows.
    pub fn nesting(&self, table: TableIndex) -> &Nesting {
        self.settled.trees.nesting(table)
    }

    pub fn row(&self, table: TableIndex, row: RowId) -> Option<&Rc<RowEval>> {
        self.rows(table).get(self.index.position(&self.tables, table, row)?)
    }
}

impl LevelSubtotal {
    /// Its rows among all rows of its table.
    pub fn rows<'a>(&self, all: &'a [Rc<RowEval>]) -> impl Iterator<Item = &'a Rc<RowEval>> {
        self.positions.iter().filter_map(|position| all.get(*position))
    }
}
