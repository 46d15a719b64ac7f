//! The third reading of every formula: neither its value nor its explanation, but the formula itself, for a spreadsheet that goes on computing.
//!
//! A rule is run once for each way it may go ([`Calc::choose`]), and the ways become one formula of conditions.

use crate::engine::calc::{Calc, Constant, Decision, Direct, Is, Label};
use crate::engine::{Outcome, Values, Why};
use crate::id::CellId;
use crate::number::Exact;
use crate::prelude::*;
use crate::template::SourceId;

/// A rule that goes more ways than this is written down as its value.
const MOST_WAYS: usize = 64;

/// A part of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A cell, with what it counts as now.
    Cell(CellId, Outcome),
    Number(Exact),
    Sum(Vec<Node>),
    Pair(Pair, Box<[Node; 2]>),
    Whole(Box<Node>),
    /// There is no value, whatever is typed.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    Sub,
    Mul,
    Div,
    Min,
    Max,
}

/// A formula with its conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tree {
    Leaf(Node),
    If(Box<Question>, Box<[Tree; 2]>),
}

/// What a rule branches on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) left: Node,
    pub(super) is: Is,
    pub(super) right: Node,
}

impl Node {
    /// The parts that this one is made of.
    pub(super) fn children(&self) -> &[Node] {
        match self {
            Node::Cell(..) | Node::Number(_) | Node::Nothing => &[],
            Node::Sum(items) => items,
            Node::Pair(_, pair) => &**pair,
            Node::Whole(node) => core::slice::from_ref(&**node),
        }
    }

    /// Its value, from what its cells count as now.
    fn value(&self) -> Outcome {
        let calc = &mut Direct;
        match self {
            Node::Cell(_, outcome) => outcome.clone(),
            Node::Number(number) => Outcome::Value(*number),
            Node::Sum(items) => calc.sum(items.iter().map(Node::value).collect()),
            Node::Whole(node) => calc.whole(node.value()),
            Node::Nothing => Outcome::nothing(),
            Node::Pair(pair, parts) => {
                let [a, b] = &**parts;
                let (a, b) = (a.value(), b.value());
                match pair {
                    Pair::Sub => calc.sub(a, b),
                    Pair::Mul => calc.mul(a, b),
                    Pair::Div => calc.div(a, b),
                    Pair::Min => calc.min(a, b),
                    Pair::Max => calc.max(a, b),
                }
            }
        }
    }

    /// Every cell that is read, in order.
    fn cells(&self, found: &mut Vec<(CellId, Outcome)>) {
        match self {
            Node::Cell(cell, outcome) => found.push((*cell, outcome.clone())),
            other => other.children().iter().for_each(|child| child.cells(found)),
        }
    }
}

impl Node {
    /// The same with what these cells count as left open.
    fn opened(self, open: &dyn Fn(CellId) -> bool) -> Node {
        let both = |pair: Box<[Node; 2]>| Box::new((*pair).map(|node| node.opened(open)));
        match self {
            Node::Cell(cell, _) if open(cell) => Node::Cell(cell, Outcome::missing(cell)),
            Node::Sum(items) => Node::Sum(items.into_iter().map(|item| item.opened(open)).collect()),
            Node::Pair(pair, parts) => Node::Pair(pair, both(parts)),
            Node::Whole(node) => Node::Whole(Box::new(node.opened(open))),
            other => other,
        }
    }
}

impl Tree {
    /// The same with what these cells count as left open.
    pub(super) fn opened(self, open: &dyn Fn(CellId) -> bool) -> Tree {
        match self {
            Tree::Leaf(node) => Tree::Leaf(node.opened(open)),
            Tree::If(question, ways) => {
                let Question { left, is, right } = *question;
                let question = Question { left: left.opened(open), is, right: right.opened(open) };
                Tree::If(Box::new(question), Box::new((*ways).map(|way| way.opened(open))))
            }
        }
    }

    /// What the formula gives now.
    pub(super) fn value(&self) -> Outcome {
        match self {
            Tree::Leaf(node) => node.value(),
            Tree::If(question, ways) => {
                let [yes, no] = &**ways;
                let sides = (question.left.value().value(), question.right.value().value());
                let holds = matches!(sides, (Some(left), Some(right)) if question.is.holds(left, right));
                if holds { yes.value() } else { no.value() }
            }
        }
    }

    /// Every cell that is read, in order.
    pub(super) fn cells(&self) -> Vec<(CellId, Outcome)> {
        let mut found = Vec::new();
        self.visit(&mut |node| node.cells(&mut found));
        found
    }

    fn visit(&self, seen: &mut dyn FnMut(&Node)) {
        match self {
            Tree::Leaf(node) => seen(node),
            Tree::If(question, ways) => {
                seen(&question.left);
                seen(&question.right);
                ways.iter().for_each(|way| way.visit(seen));
            }
        }
    }
}

/// A part that was read, with its value: some rules look whether there is one.
#[derive(Clone, Debug)]
pub(super) struct Part {
    node: Node,
    outcome: Outcome,
}

/// Runs a rule along one way.
pub(super) struct Writing<'a> {
    /// The answers to the questions, in the order in which they are asked.
    answers: Vec<bool>,
    asked: Vec<Question>,
    given: &'a Given<'a>,
}

/// What a reading looks up, besides the rule itself.
pub(super) struct Given<'a> {
    pub(super) values: &'a Values<'a>,
    /// The points that are added up where the rest is scaled up: the engine has their sum.
    pub(super) applicable: Vec<(CellId, Outcome)>,
}

/// The formula of a rule; `None` where it goes more ways than anybody would read.
pub(super) fn tree(given: &Given<'_>, run: &dyn Fn(&mut Writing<'_>) -> Option<Part>) -> Option<Tree> {
    let mut left = MOST_WAYS;
    explored(given, run, Vec::new(), &mut left)
}

fn explored(
    given: &Given<'_>,
    run: &dyn Fn(&mut Writing<'_>) -> Option<Part>,
    answers: Vec<bool>,
    left: &mut usize,
) -> Option<Tree> {
    *left = left.checked_sub(1)?;
    let known = answers.len();
    let mut writing = Writing { answers, asked: Vec::new(), given };
    let part = run(&mut writing)?;
    let mut tree = Tree::Leaf(part.node);
    // The questions beyond the known answers were answered with yes: what follows a no is run now, the last first.
    for (at, question) in writing.asked.iter().enumerate().skip(known).rev() {
        let mut other: Vec<bool> = writing.answers.iter().take(at).copied().collect();
        other.push(false);
        let no = explored(given, run, other, left)?;
        if tree != no {
            tree = Tree::If(Box::new(question.clone()), Box::new([tree, no]));
        }
    }
    Some(tree)
}

impl Writing<'_> {
    fn pair(pair: Pair, a: Part, b: Part, value: impl FnOnce(&mut Direct, Outcome, Outcome) -> Outcome) -> Part {
        let outcome = value(&mut Direct, a.outcome, b.outcome);
        let node = match (a.node, b.node) {
            (Node::Nothing, _) | (_, Node::Nothing) => Node::Nothing,
            (a, b) => Node::Pair(pair, Box::new([a, b])),
        };
        Part { node, outcome }
    }
}

impl Calc for Writing<'_> {
    type V = Part;

    fn outcome(v: &Part) -> &Outcome {
        &v.outcome
    }

    fn cell(&mut self, cell: CellId, outcome: Outcome) -> Part {
        let is_printed = match cell {
            CellId::Fixed(at) => at != u16::MAX,
            CellId::Row { column, .. } => column != u8::MAX,
        };
        // What counts as nothing here although a number stands there, as the points of what is taken off, or 单项得分 beyond 100.
        let is_nothing = outcome == Outcome::NotApplicable || outcome.is_blank();
        let left_out = is_nothing && is_printed && self.given.values.typed(cell).value().is_some();
        let node = match (&outcome, is_printed) {
            (_, true) if left_out => Node::Nothing,
            (_, true) => Node::Cell(cell, outcome.clone()),
            // What stands in no cell, as points in the name of an indicator.
            (Outcome::Value(value), false) => Node::Number(*value),
            (Outcome::Blank(_) | Outcome::NotApplicable | Outcome::Undefined(_), false) => Node::Nothing,
        };
        Part { node, outcome }
    }

    /// Where nothing was typed, the formula stands that would read itself.
    fn typed(&mut self, cell: CellId, outcome: Outcome) -> Part {
        if outcome.is_blank() { Part { node: Node::Nothing, outcome } } else { self.cell(cell, outcome) }
    }

    fn constant(&mut self, name: Constant, value: Exact, _: Option<&SourceId>) -> Part {
        let outcome = Outcome::Value(value);
        if name == Constant::ApplicableWeight {
            let cells = self.given.applicable.iter().map(|(cell, outcome)| Node::Cell(*cell, outcome.clone())).collect();
            return Part { node: Node::Sum(cells), outcome };
        }
        Part { node: Node::Number(value), outcome }
    }

    fn sum(&mut self, items: Vec<Part>) -> Part {
        let outcome = Direct.sum(items.iter().map(|item| item.outcome.clone()).collect());
        let mut nodes = Vec::new();
        for item in items {
            match (item.node, item.outcome) {
                // What is undefined makes the sum undefined; what is blank counts nothing.
                (Node::Nothing, Outcome::Undefined(_)) => return Part { node: Node::Nothing, outcome },
                (Node::Nothing, _) => {}
                (Node::Sum(inner), _) => nodes.extend(inner),
                (node, _) => nodes.push(node),
            }
        }
        let node = if nodes.is_empty() { Node::Nothing } else { Node::Sum(nodes) };
        Part { node, outcome }
    }

    fn sub(&mut self, a: Part, b: Part) -> Part {
        Writing::pair(Pair::Sub, a, b, Direct::sub)
    }

    fn mul(&mut self, a: Part, b: Part) -> Part {
        Writing::pair(Pair::Mul, a, b, Direct::mul)
    }

    fn div(&mut self, a: Part, b: Part) -> Part {
        Writing::pair(Pair::Div, a, b, Direct::div)
    }

    fn min(&mut self, a: Part, b: Part) -> Part {
        Writing::pair(Pair::Min, a, b, Direct::min)
    }

    fn max(&mut self, a: Part, b: Part) -> Part {
        Writing::pair(Pair::Max, a, b, Direct::max)
    }

    fn whole(&mut self, v: Part) -> Part {
        let outcome = Direct.whole(v.outcome.clone());
        let node = if v.node == Node::Nothing { Node::Nothing } else { Node::Whole(Box::new(v.node)) };
        Part { node, outcome }
    }

    fn named(&mut self, _: Label<'_>, v: Part) -> Part {
        v
    }

    fn decided(&mut self, v: Part, _: Decision, _: Option<&SourceId>) -> Part {
        v
    }

    // A formula waits by itself for the cells that it needs.
    fn incomplete(&mut self, v: Part, missing: Vec<CellId>) -> Part {
        Part { outcome: Direct.incomplete(v.outcome, missing), node: v.node }
    }

    fn undefined(&mut self, why: Why) -> Part {
        Part { node: Node::Nothing, outcome: Outcome::Undefined(why) }
    }

    fn choose(&mut self, left: &Part, is: Is, right: &Part) -> bool {
        if let (Node::Number(left), Node::Number(right)) = (&left.node, &right.node) {
            return is.holds(*left, *right);
        }
        if left.node == Node::Nothing || right.node == Node::Nothing {
            return false;
        }
        let question = Question { left: left.node.clone(), is, right: right.node.clone() };
        // The same question has the same answer.
        if let Some(answer) = self.asked.iter().position(|asked| *asked == question).and_then(|at| self.answers.get(at)) {
            return *answer;
        }
        let at = self.asked.len();
        self.asked.push(question);
        match self.answers.get(at) {
            Some(answer) => *answer,
            None => {
                self.answers.push(true);
                true
            }
        }
    }
}
