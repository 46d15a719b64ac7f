use super::read::read;
use super::reading::{Reading, Unit};
use super::unit::Dimension;

/// Whether a text begins with a number that counts or measures something: 10.5公里道路, 3 台电脑, 50%. Not 1.1联通 and not 2021.
pub(crate) fn is_quantity(text: &str) -> bool {
    let Reading::Quantity(quantity) = read(text) else { return false };
    match &quantity.unit {
        Unit::Percent | Unit::Money(_) => true,
        Unit::None => false,
        Unit::Other { .. } => quantity.unit.dimension().is_some_and(|dimension| dimension != Dimension::Word),
    }
}
