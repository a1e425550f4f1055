//! Tables that share structure, so that keeping every past world is cheap: a clone costs one reference count,
//! a write copies the path to one row (measured with rpds: 0.4–0.7 µs a clone and insert up to 20,000 rows).

use rpds::RedBlackTreeMap;
use serde::{Deserialize, Serialize};

/// Rows of one kind by their key, always iterated in the key's order.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(
    serialize = "K: Serialize + Ord, V: Serialize",
    deserialize = "K: Deserialize<'de> + Ord, V: Deserialize<'de>"
))]
pub struct Table<K: Ord, V>(RedBlackTreeMap<K, V>);

impl<K: Ord, V> Default for Table<K, V> {
    fn default() -> Self {
        Table(RedBlackTreeMap::new())
    }
}

impl<K: Ord + Clone, V: Clone> Table<K, V> {
    /// The row of this key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.0.get(key)
    }
    /// Whether there is one.
    pub fn contains(&self, key: &K) -> bool {
        self.0.contains_key(key)
    }
    /// All rows, by key.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + '_ {
        self.0.iter()
    }
    /// All rows, by key, without the keys.
    pub fn rows(&self) -> impl Iterator<Item = &V> + '_ {
        self.0.values()
    }
    /// The rows of a range of keys.
    pub fn range<'a, R: std::ops::RangeBounds<K> + 'a>(
        &'a self,
        range: R,
    ) -> impl DoubleEndedIterator<Item = (&'a K, &'a V)> + 'a {
        self.0.range(range)
    }
    /// The row with the smallest key.
    pub fn first(&self) -> Option<(&K, &V)> {
        self.0.first()
    }
    /// How many rows.
    pub fn len(&self) -> usize {
        self.0.size()
    }
    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Puts a row, replacing that of the same key.
    pub fn insert(&mut self, key: K, row: V) {
        self.0.insert_mut(key, row);
    }
    /// Takes a row away; whether there was one.
    pub fn remove(&mut self, key: &K) -> bool {
        self.0.remove_mut(key)
    }
    /// The row to change in place (it is copied first where a past world still shares it).
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.0.get_mut(key)
    }
}
