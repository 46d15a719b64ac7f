//! The units that amounts of a table may be in (金额单位).

use super::{Form, Template};
use crate::number::Magnitude;
use crate::prelude::*;

/// Every unit that a table may be in, by the power of ten that it is of 元.
pub const AMOUNT_UNITS: [(Magnitude, &str); 4] =
    [(Magnitude(0), "元"), (Magnitude(3), "千元"), (Magnitude(4), "万元"), (Magnitude(8), "亿元")];

/// The name of a unit; blank for a power of ten that no table is in.
pub fn amount_unit_name(unit: Magnitude) -> &'static str {
    AMOUNT_UNITS.iter().find(|(known, _)| *known == unit).map_or("", |(_, name)| name)
}

/// The unit of a name, however it is spaced.
pub fn amount_unit(name: &str) -> Option<Magnitude> {
    AMOUNT_UNITS.iter().find(|(_, known)| *known == name.trim()).map(|(unit, _)| *unit)
}

impl Form {
    /// The same form with its amounts in another unit.
    pub fn in_unit(self: &Rc<Form>, unit: Magnitude) -> Rc<Form> {
        if self.unit == unit { self.clone() } else { Rc::new(Form { unit, ..(**self).clone() }) }
    }
}

impl Template {
    /// The same template with the amounts of its form in another unit.
    pub fn in_unit(self, unit: Magnitude) -> Template {
        Template { form: self.form.in_unit(unit), ..self }
    }
}
