//! Tables that share structure, so that keeping every past world is cheap: a clone costs one reference count, a write
//! copies the path to one row.
//!
//! A table is a typed face over a [tree](super::tree) that does not know its rows. rpds, which stood here before, compiles
//! its tree anew for each of some forty pairs of key and row: 516 of the 4,565 KB of the page's code, against 24 KB for this
//! file and the tree (21 KB of the brotli). The tests hold it to what the standard map does.

use super::tree::{Entry, Probe, Tree};
use crate::base::key::{Key, is_exact};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::any::Any;
use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Bound, RangeBounds};
use std::rc::Rc;

/// Rows of one kind by their key, always iterated in the key's order.
pub struct Table<K, V> {
    tree: Tree,
    rows: PhantomData<fn() -> (K, V)>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Table {
            tree: Tree::default(),
            rows: PhantomData,
        }
    }
}

impl<K, V> Clone for Table<K, V> {
    fn clone(&self) -> Self {
        Table {
            tree: self.tree.clone(),
            rows: PhantomData,
        }
    }
}

/// How a key compares with that of an entry of the same place.
fn compare<K: Key, V: 'static>(key: &K, entry: &dyn Any) -> Ordering {
    if is_exact::<K>() {
        return Ordering::Equal;
    }
    entry
        .downcast_ref::<(K, V)>()
        .map_or(Ordering::Equal, |(other, _)| key.cmp(other))
}

/// The entry as what it was put in as.
fn typed<K: Key, V: 'static>(entry: &Entry) -> Option<(&K, &V)> {
    entry.downcast_ref::<(K, V)>().map(|(key, row)| (key, row))
}

impl<K: Key, V: Clone + 'static> Table<K, V> {
    /// The row of this key.
    pub fn get(&self, key: &K) -> Option<&V> {
        let compare = |entry: &dyn Any| compare::<K, V>(key, entry);
        let entry = self.tree.find(Probe::new(key.place(), &compare))?;
        typed::<K, V>(entry).map(|(_, row)| row)
    }
    /// How many rows a range of keys has.
    pub fn count<R: RangeBounds<K>>(&self, range: R) -> usize {
        let (from, to) = self.ranks(&range);
        to.min(self.len()).saturating_sub(from)
    }
    /// Whether both are one and the same: not compared, but shared.
    pub fn is_same(&self, other: &Self) -> bool {
        self.tree.is_same(&other.tree)
    }
    /// Whether there is one.
    pub fn contains(&self, key: &K) -> bool {
        self.get(key).is_some()
    }
    /// All rows, by key.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + '_ {
        self.tree.iter(0, usize::MAX).filter_map(typed)
    }
    /// All rows, by key, without the keys.
    pub fn rows(&self) -> impl Iterator<Item = &V> + '_ {
        self.iter().map(|(_, row)| row)
    }
    /// The rows of a range of keys; none where it ends before it begins.
    pub fn range<'a, R: RangeBounds<K> + 'a>(
        &'a self,
        range: R,
    ) -> impl DoubleEndedIterator<Item = (&'a K, &'a V)> + 'a {
        let (from, to) = self.ranks(&range);
        self.tree.iter(from, to).filter_map(typed)
    }
    /// The row with the smallest key.
    pub fn first(&self) -> Option<(&K, &V)> {
        typed(self.tree.first()?)
    }
    /// How many rows.
    pub fn len(&self) -> usize {
        self.tree.size()
    }
    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Puts a row, replacing that of the same key.
    pub fn insert(&mut self, key: K, row: V) {
        let entry: Rc<(K, V)> = Rc::new((key, row));
        let key = &entry.0;
        let compare = |entry: &dyn Any| compare::<K, V>(key, entry);
        self.tree.insert(Probe::new(key.place(), &compare), entry.clone());
    }
    /// Takes a row away; whether there was one.
    pub fn remove(&mut self, key: &K) -> bool {
        let compare = |entry: &dyn Any| compare::<K, V>(key, entry);
        self.tree.remove(Probe::new(key.place(), &compare))
    }
    /// The row to change in place (it is copied first where a past world still shares it).
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let compare = |entry: &dyn Any| compare::<K, V>(key, entry);
        let entry = self.tree.find_mut(Probe::new(key.place(), &compare))?;
        if Rc::get_mut(entry).is_none() {
            let copy = entry.downcast_ref::<(K, V)>()?.clone();
            *entry = Rc::new(copy);
        }
        let (_, row) = Rc::get_mut(entry)?.downcast_mut::<(K, V)>()?;
        Some(row)
    }

    /// The ranks from which on and before which the rows of a range are.
    fn ranks<R: RangeBounds<K>>(&self, range: &R) -> (usize, usize) {
        let from = match range.start_bound() {
            Bound::Included(key) => self.rank(key, false),
            Bound::Excluded(key) => self.rank(key, true),
            Bound::Unbounded => 0,
        };
        let to = match range.end_bound() {
            Bound::Included(key) => self.rank(key, true),
            Bound::Excluded(key) => self.rank(key, false),
            Bound::Unbounded => usize::MAX,
        };
        (from, to)
    }

    /// How many rows come before a key; with `through`, the key's own counts too.
    fn rank(&self, key: &K, through: bool) -> usize {
        let compare = |entry: &dyn Any| compare::<K, V>(key, entry);
        self.tree.rank(Probe::new(key.place(), &compare), through)
    }
}

impl<K: Key + fmt::Debug, V: Clone + fmt::Debug + 'static> fmt::Debug for Table<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// A map from key to row, by key.
impl<K: Key + Serialize, V: Clone + Serialize + 'static> Serialize for Table<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (key, row) in self.iter() {
            map.serialize_entry(key, row)?;
        }
        map.end()
    }
}
