//! Putting things in order, and gathering them in maps and sets. The standard library writes its sorts out anew for every type, 4 KB of
//! wasm each, also for every map that is collected; here they are written once, and the rest is a few moves.

mod map;
mod set;

pub use map::SortedMap;
pub use set::SortedSet;

use alloc::vec::Vec;

/// Lists that can be put in order. What is equal stays as it stood.
pub trait InOrder<T> {
    /// By a key, which is worked out once for each.
    fn order_by<K: Ord>(&mut self, key: impl FnMut(&T) -> K);

    fn order(&mut self)
    where
        T: Ord + Clone,
    {
        self.order_by(T::clone);
    }
}

impl<T> InOrder<T> for [T] {
    fn order_by<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        let swaps = swaps(order_of(keys.len(), &|one, other| keys.get(one) <= keys.get(other)));
        swaps.into_iter().for_each(|(one, other)| self.swap(one, other));
    }
}

/// What is gathered in a map or a set, one by one; of equal keys the last stays in a map.
pub trait Gather: Iterator + Sized {
    fn into_map<K: Ord, V>(self) -> SortedMap<K, V>
    where
        Self: Iterator<Item = (K, V)>,
    {
        let mut map = SortedMap::new();
        map.extend(self);
        map
    }

    fn into_set(self) -> SortedSet<Self::Item>
    where
        Self::Item: Ord,
    {
        let mut set = SortedSet::new();
        set.extend(self);
        set
    }
}

impl<I: Iterator> Gather for I {}

/// For each place the one that belongs there, by merging ever longer runs.
fn order_of(count: usize, stays: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    // Most lists are in order already.
    if (1..count).all(|at| stays(at.saturating_sub(1), at)) {
        return order;
    }
    let mut width = 1_usize;
    while width < count {
        let mut merged = Vec::with_capacity(count);
        for run in order.chunks(width.saturating_mul(2)) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            loop {
                match (left, right) {
                    ([one, rest @ ..], [other, ..]) if stays(*one, *other) => {
                        merged.push(*one);
                        left = rest;
                    }
                    (_, [other, rest @ ..]) => {
                        merged.push(*other);
                        right = rest;
                    }
                    (rest, []) => {
                        merged.extend_from_slice(rest);
                        break;
                    }
                }
            }
        }
        order = merged;
        width = width.saturating_mul(2);
    }
    order
}

/// The swaps that bring each to its place, one after the other.
fn swaps(mut order: Vec<usize>) -> Vec<(usize, usize)> {
    let mut swaps = Vec::new();
    for first in 0..order.len() {
        let mut at = first;
        while let Some(from) = order.get_mut(at).map(|from| core::mem::replace(from, at)) {
            if from == first {
                break;
            }
            swaps.push((at, from));
            at = from;
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn lists_come_in_the_order_of_the_standard_sort() {
        let mut seed = 1_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed >> 24
        };
        for count in 0..70 {
            let list: Vec<(u32, usize)> = (0..count).map(|at| (next() % 9, at)).collect();
            let (mut ours, mut theirs) = (list.clone(), list);
            ours.order_by(|(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            assert_eq!(ours, theirs);
            ours.order_by(|(_, at)| core::cmp::Reverse(*at));
            assert!(ours.iter().map(|(_, at)| *at).eq((0..count).rev()));
            ours.order();
            assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn the_last_of_equal_keys_stays() {
        let map = [(2, 'a'), (1, 'b'), (2, 'c')].into_iter().into_map();
        assert_eq!(map.into_iter().collect::<Vec<_>>(), [(1, 'b'), (2, 'c')]);
        assert_eq!([3, 1, 3].into_iter().into_set().into_iter().collect::<Vec<_>>(), vec![1, 3]);
    }
}
