//! Maps and sets in order. Those of the standard library write a whole tree out for every type, several KB of wasm each; here a map is
//! a list of short sorted lists, so that its code is short, and one more entry moves a few others at the most, however many there are.

use alloc::vec::Vec;
use core::borrow::Borrow;
use core::cmp::Ordering;
use core::fmt;
use core::mem;

/// As many entries as one list holds.
const FULL: usize = 128;

/// Values by key, in the order of the keys.
#[derive(Clone)]
pub struct SortedMap<K, V> {
    /// None is empty.
    lists: Vec<Vec<(K, V)>>,
}

/// Where an entry stands, or belongs: its list, and its place there.
type Place = (usize, usize);

/// The place that does not come before what is looked for; the comparison tells how the one at a place stands to it.
fn search(count: usize, compare: &dyn Fn(usize) -> Ordering) -> Result<usize, usize> {
    let (mut from, mut to) = (0, count);
    while from < to {
        let middle = from.midpoint(to);
        match compare(middle) {
            Ordering::Equal => return Ok(middle),
            Ordering::Less => from = middle.saturating_add(1),
            Ordering::Greater => to = middle,
        }
    }
    Err(from)
}

impl<K, V> SortedMap<K, V> {
    pub const fn new() -> Self {
        SortedMap { lists: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.lists.iter().map(Vec::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    pub fn clear(&mut self) {
        self.lists.clear();
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + Clone {
        self.lists.iter().flatten().map(|(key, value)| (key, value))
    }

    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&K, &mut V)> {
        self.lists.iter_mut().flatten().map(|(key, value)| (&*key, value))
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + Clone {
        self.lists.iter().flatten().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.lists.iter().flatten().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.lists.iter_mut().flatten().map(|(_, value)| value)
    }

    pub fn into_keys(self) -> impl DoubleEndedIterator<Item = K> {
        self.lists.into_iter().flatten().map(|(key, _)| key)
    }

    pub fn into_values(self) -> impl DoubleEndedIterator<Item = V> {
        self.lists.into_iter().flatten().map(|(_, value)| value)
    }

    pub fn first_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next()
    }

    pub fn last_key_value(&self) -> Option<(&K, &V)> {
        self.iter().next_back()
    }

    pub fn retain(&mut self, mut stays: impl FnMut(&K, &mut V) -> bool) {
        self.lists.iter_mut().for_each(|list| list.retain_mut(|(key, value)| stays(key, value)));
        self.lists.retain(|list| !list.is_empty());
    }

    /// Takes an entry in where it belongs, and says where that has become.
    fn put(&mut self, (mut list, mut at): Place, entry: (K, V)) -> Place {
        let count = self.lists.get(list).map_or(0, Vec::len);
        if count == FULL {
            // What comes in order fills every list.
            let half = if at == FULL { FULL } else { FULL / 2 };
            let behind = self.lists[list].split_off(half);
            self.lists.insert(list.saturating_add(1), behind);
            if at >= half {
                (list, at) = (list.saturating_add(1), at.saturating_sub(half));
            }
        } else if count == 0 {
            self.lists.push(Vec::new());
        }
        self.lists[list].insert(at, entry);
        (list, at)
    }

    fn at(&self, (list, at): Place) -> Option<&(K, V)> {
        self.lists.get(list)?.get(at)
    }

    fn at_mut(&mut self, (list, at): Place) -> Option<&mut (K, V)> {
        self.lists.get_mut(list)?.get_mut(at)
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<Place, Place>
    where
        K: Borrow<Q>,
    {
        // The last list that begins with the key or before it.
        let begins = |list: usize| self.at((list, 0)).map_or(Ordering::Greater, |(first, _)| first.borrow().cmp(key));
        let list = match search(self.lists.len(), &begins) {
            Ok(list) => return Ok((list, 0)),
            Err(next) => next.saturating_sub(1),
        };
        let count = self.lists.get(list).map_or(0, Vec::len);
        let stands = |at: usize| self.at((list, at)).map_or(Ordering::Greater, |(known, _)| known.borrow().cmp(key));
        search(count, &stands).map(|at| (list, at)).map_err(|at| (list, at))
    }

    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.get_key_value(key).map(|(_, value)| value)
    }

    pub fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.at(self.find(key).ok()?).map(|(key, value)| (key, value))
    }

    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.find(key).ok()?;
        self.at_mut(place).map(|(_, value)| value)
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// What stood there before is handed back.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(place) => self.at_mut(place).map(|(_, known)| mem::replace(known, value)),
            Err(place) => {
                self.put(place, (key, value));
                None
            }
        }
    }

    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let (list, at) = self.find(key).ok()?;
        let entries = self.lists.get_mut(list)?;
        let (_, value) = entries.remove(at);
        if entries.is_empty() {
            self.lists.remove(list);
        }
        Some(value)
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        let place = self.find(&key);
        Entry { map: self, place, key }
    }

    /// The last entry before a key.
    pub fn last_before<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        let (list, at) = self.find(key).unwrap_or_else(|place| place);
        let before = self.lists.iter().take(list).next_back().and_then(|list| list.last());
        let entry = at.checked_sub(1).map_or(before, |at| self.at((list, at)));
        entry.map(|(key, value)| (key, value))
    }

    /// Everything from a key on.
    pub fn starting_at<'a, Q: Ord + ?Sized>(&'a self, key: &Q) -> impl Iterator<Item = (&'a K, &'a V)> + use<'a, K, V, Q>
    where
        K: Borrow<Q>,
    {
        let (list, at) = self.find(key).unwrap_or_else(|place| place);
        self.lists.iter().skip(list).flatten().skip(at).map(|(key, value)| (key, value))
    }
}

/// The place of a key, taken or not.
pub struct Entry<'a, K, V> {
    map: &'a mut SortedMap<K, V>,
    place: Result<Place, Place>,
    key: K,
}

impl<'a, K: Ord, V> Entry<'a, K, V> {
    pub fn or_insert_with(self, value: impl FnOnce() -> V) -> &'a mut V {
        let (list, at) = match self.place {
            Ok(place) => place,
            Err(place) => self.map.put(place, (self.key, value())),
        };
        &mut self.map.lists[list][at].1
    }

    pub fn or_insert(self, value: V) -> &'a mut V {
        self.or_insert_with(|| value)
    }

    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        SortedMap::new()
    }
}

impl<K: Ord, V> Extend<(K, V)> for SortedMap<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| {
            self.insert(key, value);
        });
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = SortedMap::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SortedMap<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K, V> IntoIterator for SortedMap<K, V> {
    type Item = (K, V);
    type IntoIter = core::iter::Flatten<alloc::vec::IntoIter<Vec<(K, V)>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.lists.into_iter().flatten()
    }
}

impl<'a, K, V> IntoIterator for &'a SortedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Entries<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        let parts: fn(&'a (K, V)) -> (&'a K, &'a V) = |(key, value)| (key, value);
        self.lists.iter().flatten().map(parts)
    }
}

type Entries<'a, K, V> =
    core::iter::Map<core::iter::Flatten<core::slice::Iter<'a, Vec<(K, V)>>>, fn(&'a (K, V)) -> (&'a K, &'a V)>;

/// How the entries lie in lists is nobody's matter.
impl<K: PartialEq, V: PartialEq> PartialEq for SortedMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for SortedMap<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SortedMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;

    #[test]
    fn a_map_holds_what_the_standard_one_holds() {
        let mut seed = 7_u32;
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % below
        };
        // In order, backwards, and anyhow; few keys and many.
        for kind in 0..6 {
            let (mut ours, mut theirs) = (SortedMap::new(), BTreeMap::new());
            let many: u32 = if kind < 3 { 3000 } else { 40 };
            for step in 0..4000 {
                let key = match kind % 3 {
                    0 => step % many,
                    1 => many.saturating_sub(step % many),
                    _ => next(many),
                };
                match next(8) {
                    0 => assert_eq!(ours.remove(&key), theirs.remove(&key)),
                    1 => {
                        *ours.entry(key).or_insert(0) += step;
                        *theirs.entry(key).or_insert(0) += step;
                    }
                    _ => assert_eq!(ours.insert(key, step), theirs.insert(key, step)),
                }
                assert_eq!(ours.get_mut(&key), theirs.get_mut(&key));
                assert_eq!(ours.get(&key), theirs.get(&key));
                assert_eq!(ours.last_before(&key), theirs.range(..key).next_back());
                assert_eq!(ours.starting_at(&key).next(), theirs.range(key..).next());
            }
            assert!(ours.iter().eq(theirs.iter()) && ours.len() == theirs.len());
            assert!(ours.iter().rev().eq(theirs.iter().rev()));
            let half = many / 2;
            assert!(ours.starting_at(&half).eq(theirs.range(half..)));
            ours.retain(|key, _| key % 3 == 0);
            theirs.retain(|key, _| key % 3 == 0);
            assert!(ours.into_iter().eq(theirs));
        }
    }

    #[test]
    fn how_a_map_was_made_makes_no_difference() {
        let forwards: SortedMap<u32, u32> = (0..500).map(|at| (at, at)).collect();
        let backwards: SortedMap<u32, u32> = (0..500).rev().map(|at| (at, at)).collect();
        assert_eq!(forwards, backwards);
        assert_ne!(forwards, SortedMap::from([(1, 1)]));
        assert!(SortedMap::<u32, u32>::new().last_before(&3).is_none());
    }
}
