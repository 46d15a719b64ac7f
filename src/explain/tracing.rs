//! The second reading of every formula: instead of a value alone, the tree of what was computed from what.

use crate::document::CellId;
use crate::engine::calc::{Calc, Constant, Decision, Direct, Label};
use crate::engine::{Outcome, Why};
use crate::number::Exact;
use crate::prelude::*;
use crate::template::SourceId;
use crate::wording::explaining;

/// A part of a formula with its value.
#[derive(Clone, Debug)]
pub struct Node {
    pub op: Op,
    pub outcome: Outcome,
}

#[derive(Clone, Debug)]
pub enum Op {
    Cell(CellId),
    Constant(Constant, Option<SourceId>),
    Sum(Vec<Node>),
    Sub(Box<[Node; 2]>),
    Mul(Box<[Node; 2]>),
    Div(Box<[Node; 2]>),
    Min(Box<[Node; 2]>),
    Max(Box<[Node; 2]>),
    Whole(Box<Node>),
    Named(String, Box<Node>),
    Decided(Decision, Option<SourceId>, Box<Node>),
    Undefined(Why),
}

impl Node {
    /// The parts that this one is made of.
    pub fn children(&self) -> &[Node] {
        match &self.op {
            Op::Cell(_) | Op::Constant(..) | Op::Undefined(_) => &[],
            Op::Sum(items) => items,
            Op::Sub(pair) | Op::Mul(pair) | Op::Div(pair) | Op::Min(pair) | Op::Max(pair) => &**pair,
            Op::Whole(node) | Op::Named(_, node) | Op::Decided(_, _, node) => core::slice::from_ref(node),
        }
    }

    /// Every source that a number or a decision cites.
    pub fn sources(&self) -> Vec<SourceId> {
        let own = match &self.op {
            Op::Constant(_, source) | Op::Decided(_, source, _) => source.clone(),
            _ => None,
        };
        own.into_iter().chain(self.children().iter().flat_map(Node::sources)).collect()
    }

    /// The decisions, outermost first.
    pub fn decisions(&self) -> Vec<Decision> {
        let own = match &self.op {
            Op::Decided(decision, ..) => Some(*decision),
            _ => None,
        };
        own.into_iter().chain(self.children().iter().flat_map(Node::decisions)).collect()
    }
}

/// Explains, by running every operation through [`Direct`] as well.
pub struct Tracing;

impl Tracing {
    fn pair(
        a: Node,
        b: Node,
        value: impl FnOnce(&mut Direct, Outcome, Outcome) -> Outcome,
        op: impl FnOnce(Box<[Node; 2]>) -> Op,
    ) -> Node {
        let outcome = value(&mut Direct, a.outcome.clone(), b.outcome.clone());
        Node { op: op(Box::new([a, b])), outcome }
    }
}

impl Calc for Tracing {
    type V = Node;

    fn outcome(v: &Node) -> &Outcome {
        &v.outcome
    }

    fn cell(&mut self, cell: CellId, outcome: Outcome) -> Node {
        Node { op: Op::Cell(cell), outcome }
    }

    fn constant(&mut self, name: Constant, value: Exact, source: Option<&SourceId>) -> Node {
        Node { op: Op::Constant(name, source.cloned()), outcome: Outcome::Value(value) }
    }

    fn sum(&mut self, items: Vec<Node>) -> Node {
        let outcome = Direct.sum(items.iter().map(|item| item.outcome.clone()).collect());
        Node { op: Op::Sum(items), outcome }
    }

    fn sub(&mut self, a: Node, b: Node) -> Node {
        Tracing::pair(a, b, Direct::sub, Op::Sub)
    }

    fn mul(&mut self, a: Node, b: Node) -> Node {
        Tracing::pair(a, b, Direct::mul, Op::Mul)
    }

    fn div(&mut self, a: Node, b: Node) -> Node {
        Tracing::pair(a, b, Direct::div, Op::Div)
    }

    fn min(&mut self, a: Node, b: Node) -> Node {
        Tracing::pair(a, b, Direct::min, Op::Min)
    }

    fn max(&mut self, a: Node, b: Node) -> Node {
        Tracing::pair(a, b, Direct::max, Op::Max)
    }

    fn whole(&mut self, v: Node) -> Node {
        let outcome = Direct.whole(v.outcome.clone());
        Node { op: Op::Whole(Box::new(v)), outcome }
    }

    fn named(&mut self, label: Label<'_>, v: Node) -> Node {
        let name = match label {
            Label::Whole => explaining::WHOLE,
            Label::Level(name) => name,
        };
        Node { outcome: v.outcome.clone(), op: Op::Named(name.to_owned(), Box::new(v)) }
    }

    fn decided(&mut self, v: Node, decision: Decision, source: Option<&SourceId>) -> Node {
        Node { outcome: v.outcome.clone(), op: Op::Decided(decision, source.cloned(), Box::new(v)) }
    }

    fn incomplete(&mut self, v: Node, missing: Vec<CellId>) -> Node {
        Node { outcome: Direct.incomplete(v.outcome, missing), op: v.op }
    }

    fn undefined(&mut self, why: Why) -> Node {
        Node { op: Op::Undefined(why), outcome: Outcome::Undefined(why) }
    }
}

/// A number of the profile that does not apply.
pub fn not_applicable(name: Constant) -> Node {
    Node { op: Op::Constant(name, None), outcome: Outcome::NotApplicable }
}
