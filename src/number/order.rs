//! Equality, order and hash of exact fractions: by value, total, and without overflow.

use core::cmp::Ordering;
use core::hash::{Hash, Hasher};

use super::exact::{Exact, div_rem, product};

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((num, den), (other_num, other_den)) = (self.parts(), other.parts());
        if den == other_den {
            return num.cmp(&other_num);
        }
        if let (Some(left), Some(right)) = (product(num, other_den), product(other_num, den)) {
            return left.cmp(&right);
        }
        num.signum().cmp(&other_num.signum()).then_with(|| {
            let order = compare_magnitudes(self.magnitude(), other.magnitude());
            if num < 0 { order.reverse() } else { order }
        })
    }
}

impl Hash for Exact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.reduced().parts().hash(state);
    }
}

/// Compares two fractions without a product, by their continued fractions.
fn compare_magnitudes(mut left: (u128, u128), mut right: (u128, u128)) -> Ordering {
    // Each turn compares whole parts and then the reciprocals of what is left, which turns the order round.
    let mut turned = false;
    loop {
        let (left_whole, left_rest) = div_rem(left.0, left.1);
        let (right_whole, right_rest) = div_rem(right.0, right.1);
        let order = left_whole.cmp(&right_whole);
        if order != Ordering::Equal || left_rest == 0 || right_rest == 0 {
            let order = order.then(left_rest.cmp(&right_rest));
            return if turned { order.reverse() } else { order };
        }
        left = (left.1, left_rest);
        right = (right.1, right_rest);
        turned = !turned;
    }
}
