//! Formulas as spreadsheets write them.
//!
//! A spreadsheet counts in binary floats, so 2.675 may lie a little below itself. Whatever is rounded or compared is first rounded to
//! twelve decimals, which no such error reaches and no half of a score lies within: then halves go where the engine has them.

use super::formula::{Node, Pair, Question, Tree};
use super::guards::Guards;
use super::places::{Found, Places, Taken};
use super::{At, Sheets};
use crate::engine::Outcome;
use crate::engine::calc::Is;
use crate::number::{Exact, Rounding, RoundingMode};
use crate::prelude::*;

/// Excel takes no longer formula.
const LONGEST: usize = 8000;
const BLANK: &str = "\"\"";

/// What a formula's result is made into for its cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finish {
    /// What one of the number in the cell is worth.
    pub(super) worth: Exact,
    /// In the cell's own number.
    pub(super) rounding: Option<Rounding>,
    /// Whether the rule gives nothing unless all that it asks about is there.
    pub(super) waits: bool,
}

/// A piece of a formula.
struct Piece {
    text: String,
    level: Level,
    /// What one of its number is worth.
    worth: Exact,
}

/// How firmly a piece holds together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sum,
    Product,
    Atom,
}

pub(super) struct Renderer<'a> {
    pub(super) places: &'a Places<'a>,
    /// The sheet that the formula stands on.
    pub(super) from: Sheets,
}

impl Question {
    /// What is above 0 once the answer is no, where that is known.
    fn positive_after_no<'a>(&'a self, positive: &[&'a Node]) -> Option<&'a Node> {
        let least = matches!(&self.right, Node::Number(number) if !number.is_negative()) || positive.contains(&&self.right);
        (self.is == Is::AtMost && least).then_some(&self.left)
    }
}

impl Renderer<'_> {
    /// A formula, which waits for these besides, and has no value under a condition; `None` where it would be too long, or never has a value.
    pub(super) fn formula(&self, tree: &Tree, finish: Finish, needed: &Guards, unless: Option<&str>) -> Option<String> {
        let (text, mut guards) = self.tree(tree, finish, &[]);
        if text == BLANK {
            return None;
        }
        guards.wait(needed);
        let text = match unless {
            Some(condition) => format!("IF({condition},{BLANK},{text})"),
            None => text,
        };
        let formula = guards.around(text, BLANK, &|cells| self.list(cells));
        (formula.len() <= LONGEST).then_some(formula)
    }

    /// Cells as the arguments of a function: neighbours below each other as a range.
    pub(super) fn list(&self, cells: &[At]) -> String {
        let mut ranges: Vec<(At, At)> = Vec::new();
        for at in cells {
            match ranges.last_mut() {
                Some((_, last))
                    if last.sheet == at.sheet && last.column == at.column && last.row.checked_add(1) == Some(at.row) =>
                {
                    *last = *at;
                }
                _ => ranges.push((*at, *at)),
            }
        }
        let range = |(first, last): &(At, At)| {
            let name = self.places.name(*first, self.from);
            if first == last { name } else { format!("{name}:{}", super::reference(last.row, last.column)) }
        };
        ranges.iter().map(range).collect::<Vec<_>>().join(",")
    }

    /// A formula and what it waits for. `positive` is what the questions before have shown to be above 0.
    fn tree(&self, tree: &Tree, finish: Finish, positive: &[&Node]) -> (String, Guards) {
        let (question, ways) = match tree {
            Tree::Leaf(Node::Nothing) => return (BLANK.to_owned(), Guards::default()),
            Tree::Leaf(node) => return (self.finished(node, finish), self.guards(node, positive)),
            Tree::If(question, ways) => (question, ways),
        };
        let [yes, no] = &**ways;
        let mut above = positive.to_vec();
        above.extend(question.positive_after_no(positive));
        let ((yes, yes_waits), (no_text, no_waits)) = (self.tree(yes, finish, positive), self.tree(no, finish, &above));
        let mut asked = self.guards(&question.left, positive);
        asked.add(&self.guards(&question.right, positive));
        // What is waited for before the question: without it no way gives anything, since an open question is answered with no.
        let mut before = no_waits.common(&yes_waits);
        before.add(&no_waits.common(&asked));
        if matches!(no, Tree::Leaf(Node::Nothing)) {
            before.add(&asked);
        }
        if finish.waits {
            before.wait(&asked);
            before.wait(&yes_waits);
            before.wait(&no_waits);
        }
        let list = |cells: &[At]| self.list(cells);
        let question = asked.beyond(&before).around(self.question(question), "FALSE", &list);
        let way = |text: String, waits: &Guards| waits.beyond(&before).around(text, BLANK, &list);
        (format!("IF({question},{},{})", way(yes, &yes_waits), way(no_text, &no_waits)), before)
    }

    fn question(&self, question: &Question) -> String {
        let (left, right) = self.alike(&question.left, &question.right);
        let sign = match question.is {
            Is::AtLeast => ">=",
            Is::Above => ">",
            Is::Equal => "=",
            Is::AtMost => "<=",
            Is::Below => "<",
        };
        let side = |node: &Node, piece: Piece| match node {
            Node::Cell(..) | Node::Number(_) if piece.level == Level::Atom => piece.text,
            _ => format!("ROUND({},12)", piece.text),
        };
        format!("{}{sign}{}", side(&question.left, left), side(&question.right, right))
    }

    /// A value as the number of its cell.
    fn finished(&self, node: &Node, finish: Finish) -> String {
        if let (Node::Number(number), Some(rounding)) = (node, finish.rounding) {
            let number = number.checked_div(finish.worth).unwrap_or(*number);
            if let Ok(rounded) = number.round(rounding) {
                return rounded.normalize().to_string();
            }
        }
        let piece = self.piece(node);
        let worth = piece.worth.checked_div(finish.worth).unwrap_or(Exact::ONE);
        let text = valued(Piece { worth, ..piece }).text;
        match finish.rounding {
            Some(rounding) => rounded(&text, rounding, matches!(node, Node::Cell(..))),
            None => text,
        }
    }

    /// What a value waits for.
    fn guards(&self, node: &Node, positive: &[&Node]) -> Guards {
        let mut guards = Guards::default();
        match node {
            Node::Number(_) | Node::Nothing => {}
            Node::Cell(cell, outcome) => {
                if let Found::Cell(reference) = self.places.find(*cell, outcome) {
                    guards.cells.push(reference.at);
                }
            }
            Node::Whole(node) => guards.add(&self.guards(node, positive)),
            Node::Pair(pair, parts) => {
                parts.iter().for_each(|part| guards.add(&self.guards(part, positive)));
                let [_, divisor] = &**parts;
                let is_known = matches!(divisor, Node::Number(_)) || positive.contains(&divisor);
                if *pair == Pair::Div && !is_known {
                    let piece = self.piece(divisor);
                    guards.divisors.push(if piece.level < Level::Product { format!("({})", piece.text) } else { piece.text });
                }
            }
            Node::Sum(items) => {
                let each: Vec<Guards> = items.iter().map(|item| self.guards(item, positive)).collect();
                if let [one] = each.as_slice() {
                    return one.clone();
                }
                for (item, own) in items.iter().zip(&each) {
                    // What can't be read makes the whole sum unreadable, unlike what is blank.
                    if matches!(item, Node::Cell(_, Outcome::Undefined(_))) {
                        guards.add(own);
                    }
                }
                // With a number among them there is always something to add up.
                if each.iter().all(|own| *own != Guards::default()) {
                    guards.any.push(each.into_iter().flat_map(|own| own.cells).collect());
                }
            }
        }
        guards
    }

    fn piece(&self, node: &Node) -> Piece {
        match node {
            Node::Nothing => atom(BLANK.to_owned(), Exact::ONE),
            Node::Number(number) => literal(*number),
            Node::Cell(cell, outcome) => match self.places.find(*cell, outcome) {
                Found::Nothing => atom(BLANK.to_owned(), Exact::ONE),
                Found::Number(number) => literal(number),
                Found::Cell(reference) => {
                    let name = self.places.name(reference.at, self.from);
                    match reference.taken {
                        Taken::AsItStands => atom(name, reference.worth),
                        Taken::Off => {
                            let rounding = self.places.values.template.profile.rounding.score;
                            let text = format!("-{}", rounded(&format!("ABS({name})"), rounding, true));
                            Piece { text, level: Level::Sum, worth: reference.worth }
                        }
                        Taken::Percentage => atom(format!("IF(ABS({name})<=1,{name},{name}/100)"), Exact::ONE),
                    }
                }
            },
            Node::Whole(node) => atom(format!("TRUNC(ROUND({},10))", valued(self.piece(node)).text), Exact::ONE),
            Node::Sum(items) => self.sum(items),
            Node::Pair(pair, parts) => {
                let [left, right] = &**parts;
                self.pair(*pair, left, right)
            }
        }
    }

    fn pair(&self, pair: Pair, left: &Node, right: &Node) -> Piece {
        match pair {
            Pair::Sub => {
                let (left, right) = self.alike(left, right);
                let worth = left.worth;
                Piece { text: format!("{}-{}", left.text, within(right, Level::Product)), level: Level::Sum, worth }
            }
            Pair::Min | Pair::Max => {
                let (left, right) = self.alike(left, right);
                let name = if pair == Pair::Min { "MIN" } else { "MAX" };
                atom(format!("{name}({},{})", left.text, right.text), left.worth)
            }
            Pair::Mul | Pair::Div => {
                let (left, right) = (self.piece(left), self.piece(right));
                let worth = if pair == Pair::Mul {
                    left.worth.checked_mul(right.worth).ok()
                } else {
                    left.worth.checked_div(right.worth).ok()
                };
                let Some(worth) = worth else { return atom(BLANK.to_owned(), Exact::ONE) };
                let (sign, firm) = if pair == Pair::Mul { ('*', Level::Product) } else { ('/', Level::Atom) };
                let text = format!("{}{sign}{}", within(left, Level::Product), within(right, firm));
                Piece { text, level: Level::Product, worth }
            }
        }
    }

    /// `SUM` counts no texts, so a blank counts nothing.
    fn sum(&self, items: &[Node]) -> Piece {
        if let [one] = items {
            return self.piece(one);
        }
        let mut cells: Vec<At> = Vec::new();
        let mut others: Vec<String> = Vec::new();
        let worth = self.worth_of_all(items);
        for item in items {
            if let (Node::Cell(cell, outcome), Some(_)) = (item, worth) {
                match self.places.find(*cell, outcome) {
                    Found::Cell(reference) if reference.taken == Taken::AsItStands => {
                        cells.push(reference.at);
                        continue;
                    }
                    Found::Nothing => continue,
                    Found::Cell(_) | Found::Number(_) => {}
                }
            }
            let piece = self.piece(item);
            let own = piece.worth.checked_div(worth.unwrap_or(Exact::ONE)).unwrap_or(Exact::ONE);
            let text = valued(Piece { worth: own, ..piece }).text;
            others.push(self.guards(item, &[]).around(text, "0", &|cells| self.list(cells)));
        }
        let list = (!cells.is_empty()).then(|| self.list(&cells));
        let arguments: Vec<String> = list.into_iter().chain(others).collect();
        atom(format!("SUM({})", arguments.join(",")), worth.unwrap_or(Exact::ONE))
    }

    /// What one is worth of every number that is added up, where it is the same.
    fn worth_of_all(&self, items: &[Node]) -> Option<Exact> {
        let mut all = items.iter().filter(|item| !matches!(item, Node::Number(_))).map(|item| self.piece(item).worth);
        let first = all.next()?;
        all.all(|worth| worth == first).then_some(first)
    }

    /// Two pieces whose numbers are worth the same.
    fn alike(&self, left: &Node, right: &Node) -> (Piece, Piece) {
        let (a, b) = (self.piece(left), self.piece(right));
        if a.worth == b.worth {
            return (a, b);
        }
        match (left, right) {
            (_, Node::Number(number)) => match number.checked_div(a.worth) {
                Ok(number) => {
                    let worth = a.worth;
                    (a, Piece { worth, ..literal(number) })
                }
                Err(_) => (valued(a), valued(b)),
            },
            (Node::Number(number), _) => match number.checked_div(b.worth) {
                Ok(number) => (Piece { worth: b.worth, ..literal(number) }, b),
                Err(_) => (valued(a), valued(b)),
            },
            _ => (valued(a), valued(b)),
        }
    }
}

fn atom(text: String, worth: Exact) -> Piece {
    Piece { text, level: Level::Atom, worth }
}

fn literal(number: Exact) -> Piece {
    let text = number.to_text();
    let level = if text.contains('/') {
        Level::Product
    } else if number.is_negative() {
        Level::Sum
    } else {
        Level::Atom
    };
    Piece { text, level, worth: Exact::ONE }
}

/// A piece in brackets, unless it holds together firmly enough.
fn within(piece: Piece, level: Level) -> String {
    if piece.level < level { format!("({})", piece.text) } else { piece.text }
}

/// A piece whose number is its value.
fn valued(piece: Piece) -> Piece {
    if piece.worth == Exact::ONE {
        return piece;
    }
    let worth = piece.worth;
    let inverse = Exact::ONE.checked_div(worth).ok().filter(|inverse| inverse.is_decimal_at(0));
    let text = within(piece, Level::Product);
    let text = match inverse {
        Some(inverse) => format!("{text}/{}", inverse.to_text()),
        None => format!("{text}*{}", within(literal(worth), Level::Atom)),
    };
    Piece { text, level: Level::Product, worth: Exact::ONE }
}

/// A number rounded as the profile says. What a cell holds is a decimal already.
fn rounded(text: &str, rounding: Rounding, typed: bool) -> String {
    let decimal = if typed { text.to_owned() } else { format!("ROUND({text},12)") };
    let dp = rounding.dp;
    match rounding.mode {
        RoundingMode::HalfUp => format!("ROUND({decimal},{dp})"),
        RoundingMode::Truncate => format!("ROUNDDOWN({decimal},{dp})"),
        RoundingMode::Up => format!("ROUNDUP({decimal},{dp})"),
        // A half goes down from an even number, and up from an odd one.
        RoundingMode::HalfEven => {
            let scaled = format!("ROUND(ABS({text})*10^{dp},10)");
            format!("IF(MOD({scaled},2)=0.5,ROUNDDOWN({decimal},{dp}),ROUND({decimal},{dp}))")
        }
    }
}
