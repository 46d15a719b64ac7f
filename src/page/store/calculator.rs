//! The rate calculator: what was chosen and typed. Kept as long as the page is open, and nowhere else.

use super::Workspace;
use crate::page::field::RateField;
use jixiao::document::CellId;
use jixiao::engine::computed_cell;
use jixiao::number::Magnitude;
use jixiao::order::Gather;
use jixiao::order::SortedMap;
use jixiao::rates::Entered;
use jixiao::template::{Library, Rate, RateInput};
use std::rc::Rc;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calculator {
    /// The number of the chosen rate; the first where none was chosen.
    rate: Option<String>,
    pub unit: Option<Magnitude>,
    /// Rates that ask for the same number share it, so definitions are compared without typing anew.
    texts: SortedMap<RateField, String>,
    /// What was cleared or replaced last, to be had back.
    before: Option<SortedMap<RateField, String>>,
}

/// What a person does in the calculator, beside typing.
#[derive(Clone, Debug)]
pub enum CalculatorAction {
    Choose(String),
    Unit(Magnitude),
    /// Takes what the open table says.
    Take,
    Clear,
    /// Takes back the last clearing or taking.
    Back,
}

impl Calculator {
    pub fn rate<'a>(&self, library: &'a Library) -> Option<&'a Rc<Rate>> {
        self.rate.as_deref().and_then(|number| library.rate(number)).or(library.rates.first())
    }

    /// What is typed for a rate.
    pub fn entered(&self, rate: &Rate) -> Entered {
        let texts = rate.inputs.iter().filter_map(|input| Some((input.id.clone(), self.texts.get(&field(input))?.clone())));
        Entered { texts: texts.into_map(), printed: self.text(&printed_field(rate)).to_owned(), unit: self.unit }
    }

    /// Remembers what stands in the fields before they are written over.
    fn keep(&mut self) {
        if !self.texts.is_empty() {
            self.before = Some(self.texts.clone());
        }
    }

    /// What stands in a field.
    pub fn text(&self, field: &RateField) -> &str {
        self.texts.get(field).map_or("", String::as_str)
    }

    pub fn can_go_back(&self) -> bool {
        self.before.is_some()
    }
}

/// The field of an input.
pub fn field(input: &RateInput) -> RateField {
    RateField::Input(input.label.clone())
}

/// The field that takes a printed result.
pub fn printed_field(rate: &Rate) -> RateField {
    RateField::Printed(rate.number.clone())
}

/// What a field holds now.
pub fn typed(workspace: &mut Workspace, field: RateField, text: String) {
    let calculator = Rc::make_mut(&mut workspace.calculator);
    calculator.before = None;
    if text.is_empty() {
        calculator.texts.remove(&field);
    } else {
        calculator.texts.insert(field, text);
    }
}

pub fn reduce(workspace: &mut Workspace, action: CalculatorAction) {
    let taken = match &action {
        CalculatorAction::Take => workspace.takeable(),
        CalculatorAction::Choose(_) | CalculatorAction::Unit(_) | CalculatorAction::Clear | CalculatorAction::Back => Vec::new(),
    };
    let unit = workspace.entry().map(|entry| entry.template.form.unit);
    let rate = workspace.calculator.rate(&workspace.library).cloned();
    let calculator = Rc::make_mut(&mut workspace.calculator);
    match action {
        CalculatorAction::Choose(number) => calculator.rate = Some(number),
        CalculatorAction::Unit(unit) => calculator.unit = Some(unit),
        CalculatorAction::Take => {
            calculator.unit = unit.or(calculator.unit);
            calculator.keep();
            calculator.texts.extend(taken);
        }
        CalculatorAction::Clear => {
            if let Some(rate) = rate {
                calculator.keep();
                rate.inputs.iter().for_each(|input| drop(calculator.texts.remove(&field(input))));
                calculator.texts.remove(&printed_field(&rate));
            }
        }
        CalculatorAction::Back => {
            if let Some(before) = calculator.before.take() {
                calculator.texts = before;
            }
        }
    }
}

impl Workspace {
    /// The numbers that the open table has for the chosen rate, by the label of their field.
    pub fn takeable(&self) -> Vec<(RateField, String)> {
        let (Some(entry), Some(rate)) = (self.entry(), self.calculator.rate(&self.library)) else { return Vec::new() };
        let form = &entry.template.form;
        let number = |input: &RateInput| {
            let at = form.role(input.role?)?;
            let typed = entry.document().fixed(at).text().trim().to_owned();
            let text = if typed.is_empty() {
                computed_cell(&entry.evaluation, CellId::Fixed(at))?.shown?.normalize().to_string()
            } else {
                typed
            };
            Some((field(input), text))
        };
        rate.inputs.iter().filter_map(number).collect()
    }
}
