//! Formulas as templates write them: `a + b`, `paid / adjusted`, `below(amount) or price * count`.
//!
//! Names are cells of the form, columns of the row's own table, or `table.column` inside `sum` and `mean`. `or` binds loosest, then
//! `+ -`, then `* /`.

use crate::number::{Exact, Reading, read};
use crate::prelude::*;
use crate::template::{CellDef, CellIndex, CellRange, ColumnIndex, Expr, Operand, Operator, RelationKind, TableDef, TableIndex};

/// What names mean where a formula stands.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub cells: &'a [CellDef],
    pub tables: &'a [TableDef],
    /// The table whose row the formula stands in.
    pub table: Option<TableIndex>,
}

/// What is wrong in a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A name that nothing bears.
    Unknown(String),
    /// What stands there can't be read on.
    Syntax(String),
}

/// How deep brackets may nest; a file can't exhaust the stack.
const DEPTH: u8 = 20;

/// Reads a formula.
pub fn expression(text: &str, scope: Scope<'_>) -> Result<Expr, Fault> {
    let mut parser = Parser { rest: text, scope, depth: 0 };
    let expr = parser.alternatives()?;
    parser.end()?;
    Ok(expr)
}

/// Reads a relation: two formulas with `=`, `<=` or `~` between them.
pub fn relation(text: &str, scope: Scope<'_>) -> Result<(Expr, RelationKind, Expr), Fault> {
    let mut parser = Parser { rest: text, scope, depth: 0 };
    let left = parser.alternatives()?;
    let kind = if parser.take("<=") {
        RelationKind::AtMost
    } else if parser.take("=") {
        RelationKind::Equal
    } else if parser.take("~") {
        RelationKind::Tail
    } else {
        return Err(parser.fault());
    };
    let right = parser.alternatives()?;
    parser.end()?;
    Ok((left, kind, right))
}

struct Parser<'a> {
    rest: &'a str,
    scope: Scope<'a>,
    depth: u8,
}

impl<'a> Parser<'a> {
    fn take(&mut self, token: &str) -> bool {
        match self.rest.trim_start().strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Result<(), Fault> {
        if self.take(token) { Ok(()) } else { Err(self.fault()) }
    }

    fn fault(&self) -> Fault {
        Fault::Syntax(self.rest.trim().to_owned())
    }

    fn end(&mut self) -> Result<(), Fault> {
        if self.rest.trim().is_empty() { Ok(()) } else { Err(self.fault()) }
    }

    /// A run of letters, digits, dots and underscores.
    fn word(&mut self) -> &'a str {
        let text = self.rest.trim_start();
        let end = text.find(|char: char| !char.is_ascii_alphanumeric() && char != '.' && char != '_').unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        self.rest = rest;
        word
    }

    fn alternatives(&mut self) -> Result<Expr, Fault> {
        let first = self.sum()?;
        let mut all = vec![first];
        while self.take("or ") {
            all.push(self.sum()?);
        }
        Ok(one_or(all, Expr::Or))
    }

    fn sum(&mut self) -> Result<Expr, Fault> {
        let mut items = vec![self.product()?];
        loop {
            if self.take("+") {
                items.push(self.product()?);
            } else if self.take("-") {
                let left = one_or(items, Expr::Sum);
                items = vec![Expr::Pair(Operator::Sub, Box::new([left, self.product()?]))];
            } else {
                return Ok(one_or(items, Expr::Sum));
            }
        }
    }

    fn product(&mut self) -> Result<Expr, Fault> {
        let mut left = self.atom()?;
        loop {
            if self.take("*") {
                left = Expr::Pair(Operator::Mul, Box::new([left, self.atom()?]));
            } else if self.take("/") {
                left = Expr::Pair(Operator::Div, Box::new([left, self.atom()?]));
            } else {
                return Ok(left);
            }
        }
    }

    fn atom(&mut self) -> Result<Expr, Fault> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEPTH {
            return Err(self.fault());
        }
        let expr = if self.take("(") {
            let inner = self.alternatives()?;
            self.expect(")")?;
            inner
        } else {
            let before = self.rest;
            let word = self.word();
            if word.is_empty() {
                self.rest = before;
                return Err(self.fault());
            }
            if self.take("(") {
                let expr = self.call(word)?;
                self.expect(")")?;
                expr
            } else {
                self.name(word)?
            }
        };
        self.depth = self.depth.saturating_sub(1);
        Ok(expr)
    }

    fn call(&mut self, function: &str) -> Result<Expr, Fault> {
        match function {
            "sum" => {
                let (table, column) = self.table_column()?;
                if !self.take(",") {
                    return Ok(Expr::SumOf(CellRange::All(table, column)));
                }
                let key = self.word();
                let theirs = self.scope.tables.get(usize::from(table)).and_then(|table| table.column_index(key));
                match (theirs, self.own_column(key)) {
                    (Some(theirs), Some(own)) => Ok(Expr::SumOf(CellRange::Matching { table, column, theirs, own })),
                    _ => Err(Fault::Unknown(key.to_owned())),
                }
            }
            "mean" => self.table_column().map(|(table, column)| Expr::MeanOf(CellRange::All(table, column))),
            "below" => self.column().map(|column| Expr::SumOf(CellRange::Below(column))),
            "parent" => self.column().map(|column| Expr::Operand(Operand::Parent(column))),
            "min" => self.two().map(|pair| Expr::Pair(Operator::Min, Box::new(pair))),
            "max" => self.two().map(|pair| Expr::Pair(Operator::Max, Box::new(pair))),
            "typed" => {
                let word = self.word();
                self.operand(word).map(Expr::Typed)
            }
            _ => Err(Fault::Unknown(function.to_owned())),
        }
    }

    fn two(&mut self) -> Result<[Expr; 2], Fault> {
        let first = self.alternatives()?;
        self.expect(",")?;
        Ok([first, self.alternatives()?])
    }

    /// A number, a column of the own row, or a cell.
    fn name(&self, word: &str) -> Result<Expr, Fault> {
        if word.starts_with(|char: char| char.is_ascii_digit()) {
            return match read(word) {
                Reading::Quantity(quantity) => Ok(Expr::Number(Exact::from_decimal(quantity.number))),
                _ => Err(Fault::Syntax(word.to_owned())),
            };
        }
        self.operand(word).map(Expr::Operand)
    }

    /// A column of the own row, or a cell.
    fn operand(&self, word: &str) -> Result<Operand, Fault> {
        if let Some(column) = self.own_column(word) {
            return Ok(Operand::Column(column));
        }
        let at = self.scope.cells.iter().position(|cell| cell.id == word);
        match at.and_then(|at| CellIndex::try_from(at).ok()) {
            Some(at) => Ok(Operand::Cell(at)),
            None => Err(Fault::Unknown(word.to_owned())),
        }
    }

    fn own_column(&self, id: &str) -> Option<ColumnIndex> {
        self.scope.tables.get(usize::from(self.scope.table?))?.column_index(id)
    }

    fn column(&mut self) -> Result<ColumnIndex, Fault> {
        let word = self.word();
        self.own_column(word).ok_or_else(|| Fault::Unknown(word.to_owned()))
    }

    fn table_column(&mut self) -> Result<(TableIndex, ColumnIndex), Fault> {
        let word = self.word();
        let found = word.split_once('.').and_then(|(table, column)| {
            let (at, table) = (0..).zip(self.scope.tables).find(|(_, known)| known.id == table)?;
            Some((at, table.column_index(column)?))
        });
        found.ok_or_else(|| Fault::Unknown(word.to_owned()))
    }
}

/// A list of one is that one.
fn one_or(mut items: Vec<Expr>, many: impl FnOnce(Vec<Expr>) -> Expr) -> Expr {
    match items.pop() {
        Some(only) if items.is_empty() => only,
        Some(last) => {
            items.push(last);
            many(items)
        }
        None => many(items),
    }
}
