//! The rate calculator: what was chosen and typed. Kept as long as the page is open, and nowhere else.

use super::Workspace;
use jixiao::document::CellId;
use jixiao::engine::computed_cell;
use jixiao::number::Magnitude;
use jixiao::rates::Entered;
use jixiao::template::{Library, Rate, RateInput};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Before the name of a field of the calculator.
const FIELD: &str = "rate:";
/// Before the number of the rate whose printed result a field holds.
const PRINTED: &str = "=";

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calculator {
    /// The number of the chosen rate; the first where none was chosen.
    rate: Option<String>,
    pub unit: Option<Magnitude>,
    /// By what the field is for. Rates that ask for the same number share it, so definitions are compared without typing anew.
    texts: BTreeMap<String, String>,
}

/// What a person does in the calculator, beside typing.
#[derive(Clone, Debug)]
pub enum CalculatorAction {
    Choose(String),
    Unit(Magnitude),
    /// Takes what the open table says.
    Take,
    Clear,
}

impl Calculator {
    pub fn rate<'a>(&self, library: &'a Library) -> Option<&'a Rc<Rate>> {
        self.rate.as_deref().and_then(|number| library.rate(number)).or(library.rates.first())
    }

    /// What is typed for a rate.
    pub fn entered(&self, rate: &Rate) -> Entered {
        let texts = rate.inputs.iter().filter_map(|input| Some((input.id.clone(), self.texts.get(&input.label)?.clone())));
        Entered { texts: texts.collect(), printed: self.text(&printed_field(rate)).to_owned(), unit: self.unit }
    }

    /// What stands in a field.
    pub fn text(&self, field: &str) -> &str {
        field.strip_prefix(FIELD).and_then(|key| self.texts.get(key)).map_or("", String::as_str)
    }
}

/// The name of the field of an input.
pub fn field(input: &RateInput) -> String {
    format!("{FIELD}{}", input.label)
}

/// The name of the field that takes a printed result.
pub fn printed_field(rate: &Rate) -> String {
    format!("{FIELD}{PRINTED}{}", rate.number)
}

/// Takes a text where its field is one of the calculator.
pub fn typed(workspace: &mut Workspace, name: &str, text: &str) -> bool {
    let Some(key) = name.strip_prefix(FIELD) else { return false };
    let calculator = Rc::make_mut(&mut workspace.calculator);
    if text.is_empty() {
        calculator.texts.remove(key);
    } else {
        calculator.texts.insert(key.to_owned(), text.to_owned());
    }
    true
}

pub fn reduce(workspace: &mut Workspace, action: CalculatorAction) {
    let taken = match &action {
        CalculatorAction::Take => workspace.takeable(),
        CalculatorAction::Choose(_) | CalculatorAction::Unit(_) | CalculatorAction::Clear => Vec::new(),
    };
    let unit = workspace.entry().map(|entry| entry.template.form.unit);
    let rate = workspace.calculator.rate(&workspace.library).cloned();
    let calculator = Rc::make_mut(&mut workspace.calculator);
    match action {
        CalculatorAction::Choose(number) => calculator.rate = Some(number),
        CalculatorAction::Unit(unit) => calculator.unit = Some(unit),
        CalculatorAction::Take => {
            calculator.unit = unit.or(calculator.unit);
            calculator.texts.extend(taken);
        }
        CalculatorAction::Clear => {
            if let Some(rate) = rate {
                rate.inputs.iter().for_each(|input| drop(calculator.texts.remove(&input.label)));
                calculator.texts.remove(&format!("{PRINTED}{}", rate.number));
            }
        }
    }
}

impl Workspace {
    /// The numbers that the open table has for the chosen rate, by the label of their field.
    pub fn takeable(&self) -> Vec<(String, String)> {
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
            Some((input.label.clone(), text))
        };
        rate.inputs.iter().filter_map(number).collect()
    }
}
