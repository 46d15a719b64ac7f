/// What a cell holds, which decides how it is read, compared and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// One line of words.
    Text,
    /// Several lines of words.
    Prose,
    Year,
    Date,
    /// Money in the form's unit.
    Amount,
    /// 单价: money in 元, whatever the form's unit.
    Price,
    /// A number of things, with or without its measure word: 100, 100条.
    Count,
    /// A rate, shown in percent.
    Percent,
    /// 分值 or 得分.
    Points,
    /// 指标值 or 完成值: number, date or words.
    Value,
    Grade,
    /// One of a closed list that the engine knows.
    Choice,
}

impl CellKind {
    /// Whether what is typed must be a number.
    pub fn is_numeric(self) -> bool {
        match self {
            CellKind::Amount | CellKind::Price | CellKind::Count | CellKind::Percent | CellKind::Points => true,
            CellKind::Text
            | CellKind::Prose
            | CellKind::Year
            | CellKind::Date
            | CellKind::Value
            | CellKind::Grade
            | CellKind::Choice => false,
        }
    }
}
