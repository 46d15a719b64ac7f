//! What a field stands for.

use super::value::{Bound, Found, Value};
use super::{compare, lists};
use crate::prelude::*;
use crate::template::Derived;
use crate::wording::report as words;

/// A field to choose from, with what it stands for at present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub text: String,
}

/// A field as it is written.
pub fn written(name: &str) -> String {
    format!("【{}】", name.trim())
}

impl Bound<'_> {
    /// What stands behind the name of a field, tried in this order:
    /// an operation over other fields (`增减:a:b`, see [`super::OPERATIONS`]); a meaning that any form may print (全年执行数); a cell by its
    /// row and label (实际到位·合计), its label alone where there is one of that name, or its row alone, for the first cell of the row; a row of a
    /// table and a column (运行维护·实际完成值); a table and a column, for a list of it (资金来源·全年执行数); what follows from the table
    /// ([`derived`]); a level's 得分, 分值 or 完成情况 (产出指标得分).
    pub fn find(&self, name: &str) -> Found {
        let name = name.trim();
        if let Some((operation, arguments)) = name.split_once([':', '：']) {
            return compare::operation(self, &|name| self.find(name), operation.trim(), arguments);
        }
        if let Some(role) = words::role(name)
            && let Some(at) = self.form().role(role)
        {
            return self.fixed(at);
        }
        if let Some(at) = self.named(name) {
            return self.fixed(at);
        }
        if let Some((row, column)) = name.split_once('·') {
            return lists::row_or_column(self, row.trim(), column.trim());
        }
        match Derived::named(name) {
            Some(derived) => derived.find(self),
            None => match lists::of_level(self, name) {
                Found::Unknown if words::role(name).is_some() => Found::Blank(None),
                found => found,
            },
        }
    }

    /// The value of a field, where it has one.
    pub fn value(&self, name: &str) -> Option<Value> {
        match self.find(name) {
            Found::Value(value) => Some(value),
            Found::Condition(_) | Found::Blank(_) | Found::Unknown => None,
        }
    }

    /// The fields that have a value, for a person to choose from.
    pub fn choices(&self) -> Vec<Named> {
        let mut names: Vec<String> = words::ROLES.iter().map(|(name, _)| (*name).to_owned()).collect();
        names.extend(Derived::ALL.iter().map(|derived| derived.name().to_owned()));
        names.extend(lists::level_names(self));
        names.extend(self.form().table_cells().iter().filter(|cell| cell.kind.is_numeric()).map(|cell| cell.place()));
        let mut choices: Vec<Named> = Vec::new();
        let mut cells = Vec::new();
        for name in names {
            let Some(value) = self.value(&name) else { continue };
            // The same cell under its general and under its own name is one choice.
            if choices.iter().any(|known| known.name == name) || (value.cell.is_some() && cells.contains(&value.cell)) {
                continue;
            }
            cells.push(value.cell);
            choices.push(Named { name, text: value.text });
        }
        choices
    }
}
