//! What columns mean, whatever a form calls them.

use crate::id::ColumnIndex;

/// Declares every role once: its name in form files, its place in [`ColumnsByRole`].
macro_rules! column_roles {
    ($count:literal: $($role:ident $field:ident $name:literal $doc:literal,)*) => {
        /// What a column means to the engine, independent of what a form calls it and where it prints it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ColumnRole { $(#[doc = $doc] $role,)* }

        impl ColumnRole {
            pub const ALL: [ColumnRole; $count] = [$(ColumnRole::$role,)*];

            /// The name in form files.
            pub fn id(self) -> &'static str {
                match self { $(ColumnRole::$role => $name,)* }
            }
        }

        /// The columns of a table by meaning.
        #[derive(Clone, Copy, Debug, Default)]
        pub struct ColumnsByRole { $(#[doc = $doc] pub $field: Option<ColumnIndex>,)* }

        impl ColumnsByRole {
            /// The column that has a role.
            pub fn get(&self, role: ColumnRole) -> Option<ColumnIndex> {
                match role { $(ColumnRole::$role => self.$field,)* }
            }

            /// Finds the columns by their roles, but for those that a document hides; of two with one role the first counts.
            pub fn of<'a>(columns: impl IntoIterator<Item = &'a super::ColumnDef>) -> ColumnsByRole {
                let mut found = ColumnsByRole::default();
                for (at, column) in (0..).zip(columns) {
                    match column.role {
                        None => {}
                        Some(_) if column.hidden && column.choice == super::ColumnChoice::MayHide => {}
                        $(Some(ColumnRole::$role) => found.$field = found.$field.or(Some(at)),)*
                    }
                }
                found
            }
        }
    };
}

column_roles! { 22:
    Name name "name" "What the row is about, whose numbering tells where a nested row stands.",
    Level1 level1 "level1" "一级指标",
    Level2 level2 "level2" "二级指标",
    Indicator indicator "indicator" "三级指标",
    Sign sign "sign" "指标性质, such as ≥, where the form prints it apart from the target.",
    Target target "target" "指标值",
    Unit unit "unit" "度量单位, where the form prints it apart from the target.",
    Actual actual "actual" "完成值",
    Weight weight "weight" "分值",
    Single single "single" "单项得分, out of 100; `score` is then what it is converted to.",
    Score score "score" "得分",
    Reason reason "reason" "偏差原因",
    Kind kind "kind" "计分方式",
    Tier tier "tier" "评定档次",
    Year year "year" "年度 of a row, which groups the rows of a nested table.",
    Evidence evidence "evidence" "数据来源及佐证材料",
    Paid paid "paid" "实际支出 of a row",
    Standard standard "standard" "评分标准, 指标说明: by what the score is given.",
    Direction direction "direction" "指标方向: 正向 or 反向.",
    ActualUnit actual_unit "actual_unit" "The unit of 完成值, where the form prints it apart.",
    Coefficient coefficient "coefficient" "得分系数: what share of 分值 is earned.",
    Review review "review" "复核分: another's score beside the filler's own, which it never changes.",
}

impl ColumnRole {
    pub fn from_id(id: &str) -> Option<ColumnRole> {
        ColumnRole::ALL.into_iter().find(|role| role.id() == id)
    }
}
