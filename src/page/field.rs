//! Which field of the page a text stands in: one typed name for all of them. Only the document's attributes hold it as text.

use jixiao::document::CellId;
use jixiao::template::Form;

/// The name of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldName {
    /// A cell of the paper. What is typed goes into all cells that are printed as one with it.
    Cell(CellId),
    /// One cell alone, beside the paper.
    Alone(CellId),
    /// A field of the rate calculator.
    Rate(RateField),
}

/// A field of the rate calculator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RateField {
    /// By what the number is for: rates that ask for the same number share it.
    Input(String),
    /// The printed result of the rate of this number.
    Printed(String),
}

/// How the document tells a field apart: an attribute and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub place: Place,
    pub name: String,
}

/// Where a field stands, and so which attribute names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Cell,
    Alone,
    Rate,
    PrintedRate,
}

impl Place {
    pub const ALL: [Place; 4] = [Place::Cell, Place::Alone, Place::Rate, Place::PrintedRate];

    pub fn attribute(self) -> &'static str {
        match self {
            Place::Cell => "data-cell",
            Place::Alone => "data-alone",
            Place::Rate => "data-rate",
            Place::PrintedRate => "data-printed-rate",
        }
    }
}

impl FieldName {
    /// The name as the document holds it. Cells have names only within a form.
    pub fn mark(&self, form: &Form) -> Mark {
        match self {
            FieldName::Cell(cell) => Mark { place: Place::Cell, name: cell.name(form) },
            FieldName::Alone(cell) => Mark { place: Place::Alone, name: cell.name(form) },
            FieldName::Rate(field) => field.mark(),
        }
    }

    /// The field that a mark stands for; `None` for a cell that the open form does not have.
    pub fn of(mark: Mark, form: Option<&Form>) -> Option<FieldName> {
        let cell = |name: &str| CellId::from_name(name, form?);
        Some(match mark.place {
            Place::Cell => FieldName::Cell(cell(&mark.name)?),
            Place::Alone => FieldName::Alone(cell(&mark.name)?),
            Place::Rate => FieldName::Rate(RateField::Input(mark.name)),
            Place::PrintedRate => FieldName::Rate(RateField::Printed(mark.name)),
        })
    }

    /// The cell that the field shows.
    pub fn cell(&self) -> Option<CellId> {
        match self {
            FieldName::Cell(cell) | FieldName::Alone(cell) => Some(*cell),
            FieldName::Rate(_) => None,
        }
    }
}

impl RateField {
    pub fn mark(&self) -> Mark {
        match self {
            RateField::Input(label) => Mark { place: Place::Rate, name: label.clone() },
            RateField::Printed(number) => Mark { place: Place::PrintedRate, name: number.clone() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jixiao::template::Library;

    #[test]
    fn every_name_comes_back_from_its_mark() {
        let form = Library::builtin().0.form("national").unwrap();
        let cell = |name: &str| CellId::from_name(name, &form).unwrap();
        let names = [
            FieldName::Cell(cell("funds.executed")),
            FieldName::Cell(cell("indicators.4.level1")),
            FieldName::Alone(cell("indicators.4.level1")),
            FieldName::Rate(RateField::Input("全年执行数".into())),
            // What looks like another kind's name is none.
            FieldName::Rate(RateField::Input("alone:funds.executed".into())),
            FieldName::Rate(RateField::Printed("F1".into())),
        ];
        let mut marks: Vec<Mark> = Vec::new();
        for name in names {
            let mark = name.mark(&form);
            assert!(!marks.contains(&mark), "{mark:?}");
            assert_eq!(FieldName::of(mark.clone(), Some(&form)), Some(name));
            marks.push(mark);
        }
        let gone = Mark { place: Place::Cell, name: "indicators.4.nothing".into() };
        assert_eq!(FieldName::of(gone, Some(&form)), None);
        assert_eq!(FieldName::of(Mark { place: Place::Alone, name: "total.score".into() }, None), None);
    }
}
